package markdown_test

import (
	"strings"
	"testing"
	"time"

	"leerblad/internal/bounds"
	"leerblad/internal/markdown"
	"leerblad/internal/source"
)

func TestWordsInOtherLanguages(t *testing.T) {
	for text, want := range map[string]string{
		"[a]{lang=en}":                          `<p><span lang="en">a</span></p>`,
		"[a *b* [c](https://d.e)]{lang=\"en\"}": `<p><span lang="en">a <em>b</em> <a href="">c</a></span></p>`,
		"*a [b* c]{lang=en} d*":                 `<p><em>a <span lang="en">b* c</span> d</em></p>`,
		"[a [b]{lang=en} c](https://d.e)":       `<p><a href="">a <span lang="en">b</span> c</a></p>`,
		"[a [b]{lang=en} c]{lang=de}":           `<p><span lang="de">a <span lang="en">b</span> c</span></p>`,
		"[a\nb]{lang=en}":                       "<p><span lang=\"en\">a\nb</span></p>",
		"[a `]` b]{lang=en} [c]{lang=en}":       "<p>[a <code>]</code> b]{lang=en} <span lang=\"en\">c</span></p>",
		"[a](x]{lang=en})":                      `<p><a href="">a</a></p>`,
		"[]{lang=en} [a {lang=en} a]{lang=en":   `<p>[]{lang=en} [a {lang=en} a]{lang=en</p>`,
		"![a [b]{lang=en}](c.png)":              `<p></p>`,
	} {
		body, _ := markdown.New().Parse(source.NewFile("a.md", []byte(text+"\n")), 0, "")
		var got strings.Builder
		for _, p := range body.Parts {
			got.WriteString(p.HTML)
		}
		if html := strings.TrimSpace(got.String()); html != want && !strings.Contains(text, "![") {
			t.Errorf("%s: %s, want %s", text, html, want)
		} else if strings.Contains(text, "![") && body.Pictures[0].Alt != "a b" {
			t.Errorf("%s is described as %q", text, body.Pictures[0].Alt)
		}
	}
}

// Nothing is quadratic in how many such words there are, or look so.
func TestManyWordsInOtherLanguages(t *testing.T) {
	const n = 40_000
	for _, text := range []string{
		strings.Repeat("[a]{lang=en}", n), strings.Repeat("[", n) + "a" + strings.Repeat("]{lang=en}", n), strings.Repeat("[a", n) + strings.Repeat("*]{lang=en}", n),
		strings.Repeat("*[a*]{lang=en}", n), strings.Repeat("]{lang=en}[", n), strings.Repeat("[a]{lang=", n),
	} {
		start := time.Now()
		_, diags := markdown.New().Parse(source.NewFile("a.md", []byte(text+"\n")), 0, "")
		if spent := time.Since(start); spent > 5*time.Second {
			t.Errorf("%.30s…: %s", text, spent)
		}
		if strings.HasPrefix(text, "[a]{lang=en}") && len(diags) == 0 {
			t.Errorf("more than %d are taken without a word", bounds.Signs)
		}
	}
}
