package build_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"leerblad/internal/build"
)

const settings = "title: Proef\nurl: https://example.org/\n"

func TestSampleHasNoProblems(t *testing.T) {
	result, _ := buildFolder(t, "../..", sample)
	for _, d := range append(result.Problems, result.Hints()...) {
		line, column := d.Span.Position()
		t.Errorf("%s:%d:%d: %s", d.Span.File.Path, line, column, d.Message(result.Language))
	}
	if result.Entries < 60 {
		t.Errorf("only %d entries", result.Entries)
	}
}

// pictures is a folder that keeps scaled pictures while the tests run.
var pictures string

func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "leerblad-pictures-")
	if err != nil {
		panic(err)
	}
	pictures = dir
	status := m.Run()
	os.RemoveAll(dir)
	os.Exit(status)
}

// sample sets the options for the sample publication: a day on which all of it is published.
func sample(o *build.Options) { o.Cache, o.Now = pictures, "2021-07-01" }

func TestListsHaveFiftyEntriesAPage(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "content/site.yaml"), []byte(settings))
	for i := range 101 {
		write(t, filepath.Join(dir, fmt.Sprintf("content/stories/verhaal-%03d.md", i)), fmt.Appendf(nil, "---\ntitle: Verhaal %d\ndate: 2021-01-01\n---\n", i))
	}
	_, site := buildFolder(t, dir)
	for page, want := range map[string]int{"index.html": 50, "pagina/2/index.html": 50, "pagina/3/index.html": 1} {
		if got := bytes.Count(site["praktijkverhalen/"+page], []byte(`class="card"`)); got != want {
			t.Errorf("%s has %d cards, want %d", page, got, want)
		}
	}
	if site["praktijkverhalen/pagina/4/index.html"] != nil {
		t.Error("there is a fourth page")
	}
}

// differences gives the files that two sites do not have in common, byte for byte.
func differences(a, b map[string][]byte) []string {
	var out []string
	for name, data := range a {
		if x, ok := b[name]; !ok || !bytes.Equal(x, data) {
			out = append(out, name)
		}
	}
	for name := range b {
		if _, ok := a[name]; !ok {
			out = append(out, name)
		}
	}
	slices.Sort(out)
	return out
}

func TestSameInputGivesSameBytes(t *testing.T) {
	_, first := buildFolder(t, "../..", sample)
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	_, second := buildFolder(t, "../..", sample)
	if diff := differences(first, second); diff != nil {
		t.Errorf("with one processor these differ: %v", diff)
	}
}

func TestHostileTextNeverBecomesMarkup(t *testing.T) {
	const bad = `"><script>alert(1)</script>{{.Site}}' onload=x <img src=x>`
	quoted := strings.ReplaceAll(strings.ReplaceAll(bad, `"`, `\"`), "\n", " ")
	dir := t.TempDir()
	write(t, filepath.Join(dir, "content/site.yaml"), []byte(settings+`tagline: "`+quoted+`"`+"\n"))
	write(t, filepath.Join(dir, "content/media/x.svg"), []byte(`<svg xmlns="http://www.w3.org/2000/svg" width="4" height="3"/>`))
	write(t, filepath.Join(dir, "content/topics/t.md"), []byte("---\ntitle: \""+quoted+"\"\n---\n"))
	write(t, filepath.Join(dir, "content/stories/s.md"), []byte("---\ntitle: \""+quoted+"\"\nsummary: \""+quoted+"\"\ndate: 2021-01-01\ntopics: [t]\nauthors: [\""+quoted+
		"\"]\nlessons: [\""+quoted+"\"]\nimage: {src: ../media/x.svg, alt: \""+quoted+"\", credit: \""+quoted+"\"}\nmedia:\n  - {type: testimonial, quote: \""+quoted+"\", person: \""+quoted+
		"\"}\n---\n\n- [+] `"+bad+"`\n\n![\\\"\\>\\<script\\>](../media/x.svg '\\\"\\><script>')\n"))
	result, site := buildFolder(t, dir)
	if result.Problems.HasErrors() {
		t.Fatalf("%v", result.Problems)
	}
	for p, data := range site {
		if filepath.Ext(p) == ".html" && (bytes.Contains(data, []byte("<script>")) || bytes.Contains(data, []byte("<img src=x>")) || bytes.Contains(data, []byte(`" onload`))) {
			t.Errorf("%s holds markup from a text", p)
		}
	}
}

func TestTranscriptsDoNotShareIDsWithTheirPage(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "content/site.yaml"), []byte(settings))
	text := "## Kop\n\n- [+] Geen bevinding.\n\nNoot[^1].\n\n[^1]: N.\n"
	write(t, filepath.Join(dir, "content/media/t.md"), []byte(text))
	write(t, filepath.Join(dir, "content/stories/s.md"), []byte("---\ntitle: S\ndate: 2021-01-01\nmedia:\n"+
		"  - {type: video, link: \"https://example.org/a\", transcript: ../media/t.md}\n  - {type: audio, link: \"https://example.org/b\", transcript: ../media/t.md}\n---\n\n"+text))
	_, site := buildFolder(t, dir)
	page := site["praktijkverhalen/s/index.html"]
	for _, id := range []string{"kop", "transcript_1_kop", "transcript_2_kop", "fn:1", "transcript_1_fn:1", "transcript_2_fn:1", "geen-bevinding"} {
		if n := bytes.Count(page, []byte(` id="`+id+`"`)); n != 1 {
			t.Errorf("id %q stands %d times on the page", id, n)
		}
	}
}
