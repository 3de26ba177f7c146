package build_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"leerblad/internal/build"
	"leerblad/internal/output"
)

const settings = "title: Proef\nurl: https://example.org/\n"

func TestSampleHasNoProblems(t *testing.T) {
	result := buildFolder(t, "../..", sample)
	for _, d := range result.Problems {
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
	site := buildFolder(t, dir).Site
	for page, want := range map[string]int{"index.html": 50, "pagina/2/index.html": 50, "pagina/3/index.html": 1} {
		data, ok, _ := site.Get("praktijkverhalen/" + page)
		if got := bytes.Count(data, []byte(`class="card"`)); !ok || got != want {
			t.Errorf("%s has %d cards, want %d", page, got, want)
		}
	}
	if site.Has("praktijkverhalen/pagina/4/index.html") {
		t.Error("there is a fourth page")
	}
}

// differences gives the files that two sites do not have in common, byte for byte.
func differences(a, b *output.Set) []string {
	var out []string
	for _, p := range a.Paths() {
		x, _, _ := a.Get(p)
		if y, ok, _ := b.Get(p); !ok || !bytes.Equal(x, y) {
			out = append(out, p)
		}
	}
	if a.Len() != b.Len() {
		out = append(out, fmt.Sprintf("%d and %d files", a.Len(), b.Len()))
	}
	return out
}

func TestSameInputGivesSameBytes(t *testing.T) {
	first := buildFolder(t, "../..", sample)
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	if diff := differences(first.Site, buildFolder(t, "../..", sample).Site); diff != nil {
		t.Errorf("with one processor these differ: %v", diff)
	}
}

func TestRebuildGivesWhatACleanBuildGives(t *testing.T) {
	dir := t.TempDir()
	if err := os.CopyFS(filepath.Join(dir, "content"), os.DirFS("../../content")); err != nil {
		t.Fatal(err)
	}
	o := build.Options{Content: filepath.Join(dir, "content"), Now: "2021-07-01", Cache: pictures}
	kept := build.New(o, silent{})
	edit := func(name, old, new string) func() {
		return func() {
			file := filepath.Join(dir, "content", name)
			data, err := os.ReadFile(file)
			if err != nil || !strings.Contains(string(data), old) {
				t.Fatalf("%s has no %q: %v", name, old, err)
			}
			write(t, file, []byte(strings.Replace(string(data), old, new, 1)))
		}
	}
	for _, step := range []func(){
		func() {},
		edit("sheets/tussenevaluatie.md", "\n\n", "\n\nEen nieuwe alinea.\n\n"),
		edit("topics/samenwerking.md", "title: ", "title: Nieuwe "),
		edit("topics/samenwerking.md", "title: Nieuwe ", "title: "),
		edit("pages/over.md", "title:", "titel:"),
		edit("pages/over.md", "titel:", "title:"),
		edit("site.yaml", "tagline: ", "tagline: Nog eens "),
		func() { write(t, filepath.Join(dir, "content/pages/nieuw.md"), []byte("---\ntitle: Nieuw\n---\n")) },
		func() { _ = os.Remove(filepath.Join(dir, "content/pages/nieuw.md")) },
	} {
		step()
		again, err := kept.Build(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		clean, err := build.New(o, silent{}).Build(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		if diff := differences(again.Site, clean.Site); diff != nil {
			t.Errorf("these differ: %v", diff)
		}
		if len(again.Problems) != len(clean.Problems) {
			t.Errorf("%d and %d problems", len(again.Problems), len(clean.Problems))
		}
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
	result := buildFolder(t, dir)
	if result.Problems.HasErrors() {
		t.Fatalf("%v", result.Problems)
	}
	for _, p := range result.Site.Paths() {
		data, _, _ := result.Site.Get(p)
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
	site := buildFolder(t, dir).Site
	page, _, _ := site.Get("praktijkverhalen/s/index.html")
	for _, id := range []string{"kop", "transcript_1_kop", "transcript_2_kop", "fn:1", "transcript_1_fn:1", "transcript_2_fn:1", "geen-bevinding"} {
		if n := bytes.Count(page, []byte(` id="`+id+`"`)); n != 1 {
			t.Errorf("id %q stands %d times on the page", id, n)
		}
	}
}
