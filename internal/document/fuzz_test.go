package document_test

import (
	"testing"

	"leerblad/internal/diag"
	"leerblad/internal/document"
	"leerblad/internal/markdown"
	"leerblad/internal/source"
)

// FuzzParse looks for a panic and for a diagnostic whose place is outside the file or whose words are missing.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		"---\ntitle: T\ndate: 2021-01-01\n---\n\nTekst.\n", "\ufeff---\r\ntitle: T\r\nsummry: x\r\n---\r\n", "---\ntitle: [a\n---\n", "+++\ntitle = 1\n+++\n",
		"---\n\ttitle: x\n---\n", "---\ntitle: \"x\ndate: 1\n---\n", "---\nimage: {src: a, alt: }\nmedia: [{type: video}]\nchanges: [{date: x}]\n---\n",
		"---\na: &x [*x]\n<<: *x\n? b\n---\n", "---\ntitle: x\n", "", "---\n---\n", "---\ntile: [1, 2]\nitems: [a#b]\nreport: {title: x}\n---\n", "{\n}\n\n", "---json\n{}\n---\nx",
		"---\ntitle: |\n  a\n   b\n---\n", "---\ntitle: é: è\n date: 1\n---\n", "---\n- a\n---\n", "---\n\xff: 1\n---\n",
	} {
		for i := range document.Kinds {
			f.Add([]byte(seed), uint8(i))
		}
	}
	parser := markdown.New()
	f.Fuzz(func(t *testing.T, data []byte, kind uint8) {
		file := source.NewFile("x.md", data)
		place := document.Place{Kind: document.Kinds[int(kind)%len(document.Kinds)].Kind, Slug: "x"}
		doc, diags := document.Parse(parser, file, place)
		if doc == nil || doc.Body == nil {
			t.Fatal("no document")
		}
		for _, d := range diags {
			if s := d.Span; s.File != file || s.Start < 0 || s.End < s.Start || s.End > len(data) {
				t.Errorf("%s: span %d–%d in a file of %d bytes", d.Code, s.Start, s.End, len(data))
			}
			if d.Message(diag.Dutch) == "" || d.Hint(diag.English) == "" {
				t.Errorf("%s has no words", d.Code)
			}
		}
		if doc.Unread && !diags.HasErrors() {
			t.Error("front matter was not read, and nothing says so")
		}
	})
}
