package assist_test

import (
	"bytes"
	"os"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"leerblad/internal/assist"
	"leerblad/internal/diag"
	"leerblad/internal/edit"
	"leerblad/internal/markdown"
	"leerblad/internal/publication"
	"leerblad/internal/source"
	"leerblad/internal/testpub"
)

// sample reads the sample publication.
func sample(t testing.TB) assist.Input {
	t.Helper()
	tree, err := (&source.Tree{}).Update(os.DirFS("../../content"), source.Ignored, []string{"."})
	if err != nil {
		t.Fatal(err)
	}
	in, diags := testpub.Input(tree, markdown.New(), publication.Options{Now: "2021-12-01", Drafts: true, Future: true})
	return built(in, diags)
}

// everything calls all functions for an offset, and checks what they give.
func everything(t testing.TB, p *assist.Publication, b *assist.Buffer, at int) {
	t.Helper()
	data := b.File.Data
	good := func(what string, s source.Span) {
		if s.File == nil || s.Start < 0 || s.End < s.Start || s.End > len(s.File.Data) && s.File.Data != nil {
			t.Fatalf("%s at %d in\n%q: span %d to %d", what, at, data, s.Start, s.End)
		}
	}
	own := func(what string, s source.Span) {
		good(what, s)
		if s.File != b.File {
			t.Fatalf("%s at %d in\n%q: in another file", what, at, data)
		}
	}
	asked := at // perhaps outside
	at = min(max(at, 0), len(data))
	valid := utf8.Valid(data)
	whole := valid && (at == len(data) || utf8.RuneStart(data[at]))
	apply := func(what string, changes edit.Changes) {
		text, err := edit.Apply(data, changes)
		if err != nil {
			t.Fatalf("%s at %d in\n%q: %v", what, at, data, err)
		}
		if whole && !utf8.Valid(text) {
			t.Fatalf("%s at %d in\n%q gives\n%q", what, at, data, text)
		}
	}
	for _, l := range []diag.Language{diag.Dutch, diag.English} {
		for i, c := range p.Complete(b, asked, l) {
			own("completion", c.Span)
			if c.Span.Start > at || c.Span.End < at {
				t.Fatalf("completion %q at %d in\n%q: span %d to %d", c.Label, at, data, c.Span.Start, c.Span.End)
			}
			if bytes.IndexByte(data[c.Span.Start:c.Span.End], '\n') >= 0 {
				t.Fatalf("completion %q at %d in\n%q: spans several lines", c.Label, at, data)
			}
			if !strings.HasPrefix(c.Filter, string(data[c.Span.Start:at])) {
				t.Fatalf("completion %q at %d in\n%q: filter %q", c.Label, at, data, c.Filter)
			}
			if i < 3 {
				apply("completion "+c.Label, edit.Changes{{Span: c.Span, Text: c.Text}})
			}
		}
		if h, ok := p.Hover(b, asked, l); ok {
			own("hover", h.Span)
			if h.Text == "" || valid && !utf8.ValidString(h.Text) {
				t.Fatalf("hover at %d in\n%q: %q", at, data, h.Text)
			}
		}
		for _, a := range p.Actions(b, source.At(b.File, at, at), l) {
			own("problem", a.Problem.Span)
			if a.Title == "" || strings.Contains(a.Title, "{1}") {
				t.Fatalf("action at %d in\n%q: title %q", at, data, a.Title)
			}
			if !slices.ContainsFunc(a.Changes, func(c edit.Change) bool { return c.Span.File != b.File }) {
				apply("action "+a.Title, a.Changes)
			}
		}
	}
	for _, s := range p.Definition(b, asked) {
		good("definition", s)
	}
	for _, s := range p.References(b, asked, true) {
		good("reference", s)
	}
	if span, name, err := p.Renaming(b, asked); err == nil {
		own("name", span)
		_, err := p.Rename(b, asked, name+"-2")
		if err == assist.ErrNoName {
			t.Fatalf("%q at %d in\n%q has a name that cannot be changed", name, at, data)
		}
	}
}

// wholeBuffer calls the functions that are for a whole buffer, and checks what they give.
func wholeBuffer(t testing.TB, p *assist.Publication, b *assist.Buffer) {
	t.Helper()
	size := len(b.File.Data)
	var inside func(outer source.Span, list []assist.Symbol)
	inside = func(outer source.Span, list []assist.Symbol) {
		for _, s := range list {
			if s.Span.File != b.File || s.Span.Start < outer.Start || s.Span.End > outer.End || s.Selection.Start < s.Span.Start || s.Selection.End > s.Span.End ||
				s.Selection.End < s.Selection.Start || s.Name == "" {
				t.Fatalf("symbol %+v in %d to %d of\n%q", s, outer.Start, outer.End, b.File.Data)
			}
			inside(s.Span, s.Children)
		}
	}
	inside(source.At(b.File, 0, size), p.Symbols(b, diag.Dutch))
	for _, f := range p.Folds(b) {
		if f.Start < 0 || f.End > size || bytes.IndexByte(b.File.Data[f.Start:f.End], '\n') < 0 {
			t.Fatalf("fold %+v of\n%q", f, b.File.Data)
		}
	}
	for _, l := range p.Links(b) {
		if l.Span.File != b.File || l.Span.End > size || (l.Path == "") == (l.URL == "") {
			t.Fatalf("link %+v of\n%q", l, b.File.Data)
		}
	}
}

// All functions can be asked everywhere in the sample, and in what it is while somebody types it.
func TestEverywhereInTheSample(t *testing.T) {
	t.Parallel()
	in := sample(t)
	p := assist.New(in)
	step := 7
	for _, name := range in.Tree.Paths() {
		data := in.Tree.File(name).Data
		if data == nil {
			continue
		}
		b := p.Buffer(name, data)
		wholeBuffer(t, p, b)
		for at := 0; at <= len(data); at += step {
			everything(t, p, b, at)
		}
		for at := step; at <= len(data); at += 97 { // broken off
			cut := p.Buffer(name, data[:at])
			wholeBuffer(t, p, cut)
			everything(t, p, cut, at)
		}
	}
}

func FuzzAssist(f *testing.F) {
	in := sample(f)
	p := assist.New(in)
	for _, name := range in.Tree.Paths() {
		if data := in.Tree.File(name).Data; data != nil && len(data) < 3000 {
			f.Add(name, data, len(data)/2)
		}
	}
	for _, text := range []string{
		"---\ntopics: [a, \"b\n", "---\nimage: {src: , alt: 'x}\n---\n", "---\nmedia:\n  - type:\n    \n", "\ufeff---\r\ntitle:\r\n---\r\n\r\n- [", "---\n---\n![x](", "---\n---\n## K {#",
		"---\n---\n- [+] a {follows=\n", "---\n---\n[^", "---\n---\n\xff[x](../", "---\ntitle: \xff\n---\n", "---\r", "-", "",
	} {
		f.Add("stories/x.md", []byte(text), len(text))
	}
	f.Fuzz(func(t *testing.T, name string, data []byte, at int) {
		if len(data) > 10_000 || !slices.Contains([]string{".md", ".yaml"}, name[max(0, strings.LastIndexByte(name, '.')):]) {
			t.Skip()
		}
		b := p.Buffer(name, data)
		wholeBuffer(t, p, b)
		p.Find(string(data[:min(len(data), 60)]), assist.FindOptions{Texts: true, Findings: true}, diag.Dutch)
		everything(t, p, b, at)
		if len(data) > 0 {
			everything(t, p, b, int(uint(at)%uint(len(data)+1)))
		}
	})
}
