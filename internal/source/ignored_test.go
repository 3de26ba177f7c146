package source_test

import (
	"testing"

	"leerblad/internal/source"
)

func TestIgnoredNames(t *testing.T) {
	for _, name := range []string{
		".git", ".DS_Store", ".#lock", ".page.md.swp", "page.md~", "#page.md#", "a.swp", "a.swx", "a.tmp",
		"~$report.docx", "4913", "Thumbs.db",
	} {
		if !source.Ignored(name) {
			t.Errorf("%q is not ignored", name)
		}
	}
	for _, name := range []string{"page.md", "49132", "a.tmpl", "#", "#a", "a#", "thumbs.dbx", "a~b"} {
		if source.Ignored(name) {
			t.Errorf("%q is ignored", name)
		}
	}
}
