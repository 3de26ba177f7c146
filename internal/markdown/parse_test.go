package markdown_test

import (
	"slices"
	"strings"
	"testing"

	"leerblad/internal/diag"
	"leerblad/internal/markdown"
	"leerblad/internal/source"
)

func TestParseReportsWhatLooksLikeASignOfFindings(t *testing.T) {
	for text, want := range map[string]diag.Code{
		"{+} Tekst\n": "loose-marker", "  –  [+] Tekst\n": "", " – [+] Tekst\n": "loose-marker", "(!)Tekst\n": "loose-marker", "Tekst (+)\n": "",
		"Tekst (#a)\n": "stray-attribute", "Tekst {#a}\n": "stray-attribute", "Tekst {reach=x\n": "stray-attribute", "`(#a)`\n": "",
		"- [+] Tekst {#a} \n": "", "- [+] Tekst {#a}\t\n": "", "Tekst [^1]\n": "missing-footnote", "Tekst `a` <!-- b\n": "unclosed-comment",
	} {
		var got diag.Code
		if _, diags := parse(text); len(diags) > 0 {
			got = diags[0].Code
		}
		if got != want {
			t.Errorf("%q gives %q, want %q", text, got, want)
		}
	}
}

func TestTextsArePlainAndOnOneLine(t *testing.T) {
	for text, want := range map[string]string{
		"## A  *b*\n": "A b", "## a\\*b\n": "a*b", "## a&nbsp; b &amp; c\n": "a b & c", "## `a  b` ![c](d.png)\n": "a b c", "## \u00a0é ’x’\n": "é ’x’",
		"## AT\\&amp;T \\&lt\\; &\\#38; &amp;amp;\n": "AT&amp;T &lt; &#38; &amp;",
	} {
		if body, _ := parse(text); body.Headings[0].Text != want {
			t.Errorf("%q gives %q, want %q", text, body.Headings[0].Text, want)
		}
	}
}

func TestALongSentenceIsReportedAtItsFirstWords(t *testing.T) {
	long := strings.Repeat("woord ", 25)
	for text, want := range map[string][]string{
		"Kort. Een *lange* " + long: {"K"}, "Een lange " + long + "zin. En nog een " + long + "zin.": {"Een lange", "En nog"},
		long[:len(long)-1]: nil, strings.Repeat("Vijf woorden in een zin! ", 9): nil, strings.Repeat("Zo (en “zo.”) ", 20): nil,
	} {
		var got []string
		_, diags := parse(text)
		for _, d := range diags {
			got = append(got, d.Span.Text())
		}
		if !slices.EqualFunc(got, want, strings.HasPrefix) {
			t.Errorf("%q gives %q, want %q", text, got, want)
		}
	}
}

func TestIDsOfATextBesideAnotherBeginWithItsPrefix(t *testing.T) {
	body, _ := markdown.New().ParseBeside(source.NewFile("a.md", []byte("## A[^1]\n\n[^1]: b\n")), 0, "x_")
	var html strings.Builder
	for _, p := range body.Parts {
		html.WriteString(p.HTML)
	}
	for _, want := range []string{`id="x_a`, `id="x_fnref:1"`, `href="#x_fn:1"`, `id="x_fn:1"`, `href="#x_fnref:1"`} {
		if !strings.Contains(html.String(), want) {
			t.Errorf("%s is not in %s", want, html.String())
		}
	}
}

func TestSlugHasPlainLettersDigitsAndHyphens(t *testing.T) {
	for text, want := range map[string]string{"Eén Café, 's avonds": "een-cafe-s-avonds", "A -- B": "a-b", "ﬁets 2²": "fiets-22", "–": ""} {
		if got := markdown.Slug(text); got != want {
			t.Errorf("%q gives %q, want %q", text, got, want)
		}
	}
}

func TestIDsKeepTheirLettersAndDoNotDependOnOrder(t *testing.T) {
	for text, want := range map[string]string{
		"## Straße Øst Łódź\n": "strasse-ost-lodz", "## 学习 en werken\n": "学习-en-werken", "## 한국\n": "한국", "## Ærø ĳs\n": "aero-ijs", "## Zelf\u00adbeeld\n": "zelfbeeld",
		"## Één\n": "een", "## Één\n": "een", "## ☺\n\n## ☹\n": "kop-dfa62991", "## ☹\n\n## ☺\n": "kop-8aff3a13", "- [+] 学习\n": "学习",
		"- [+] ☺\n": "bevinding-dfa62991", "- [+] Tekst {#学习}\n": "学习", "## Tekst {#学习}\n": "学习",
	} {
		body, diags := parse(text)
		if got := body.IDs()[0]; got != want {
			t.Errorf("%q gives %q, want %q", text, got, want)
		}
		if diags.HasErrors() {
			t.Errorf("%q: %v", text, diags)
		}
	}
}

func parse(text string) (*markdown.Body, diag.List) {
	return markdown.New().Parse(source.NewFile("sheets/x.md", []byte(text)), 0, "")
}
