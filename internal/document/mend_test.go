package document_test

import (
	"cmp"
	"testing"

	"golang.org/x/tools/txtar"

	"leerblad/internal/diag"
	"leerblad/internal/document"
	"leerblad/internal/edit"
	"leerblad/internal/markdown"
	"leerblad/internal/source"
)

// What is read as it was meant is read the same once its fixes are applied, without a word.
func TestFixesOfSignsGiveWhatWasRead(t *testing.T) {
	t.Parallel()
	archive, err := txtar.ParseFile("../build/testdata/golden/signs.txtar")
	if err != nil {
		t.Fatal(err)
	}
	texts := map[string]string{
		"UTF-16": "\xff\xfe-\x00-\x00-\x00\n\x00t\x00:\x00 \x00\xe9\x00\n\x00-\x00-\x00-\x00\n\x00", "UTF-16, other order": "\xfe\xff\x00-\x00-\x00-\x00\r\x00\n\x00-\x00-\x00-",
		"Windows-1252": "---\ntitle: caf\xe9 \x80\n---\n", "Mac": "---\rtitle: T\r---\r\rTekst.\r", "some lines of a Mac": "---\ntitle: T\n---\n\nTekst.\rMeer.\r\r\n",
	}
	for _, f := range archive.Files {
		texts[f.Name] = string(f.Data)
	}
	p := markdown.New()
	for name, text := range texts {
		read := func(text string) (*document.Document, diag.List) {
			return document.Parse(p, source.NewFile("sheets/x.md", []byte(text)), document.Place{Kind: document.Sheets, Slug: "x"})
		}
		d, diags := read(text)
		var changes edit.Changes
		for _, d := range diags {
			if fix, ok := d.Sure(); ok {
				changes = append(changes, fix.Changes...)
			}
		}
		fixed, err := edit.Apply([]byte(text), changes)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		again, problems := read(string(fixed))
		for _, problem := range problems {
			if _, ok := problem.Sure(); ok {
				t.Errorf("%s: %s in\n%s", name, problem.Message(diag.English), fixed)
			}
		}
		if !d.Unread && cmp.Or(d.Meta.Title.Value, "T") != again.Meta.Title.Value {
			t.Errorf("%s: title %q, then %q in\n%s", name, d.Meta.Title.Value, again.Meta.Title.Value, fixed)
		}
	}
}
