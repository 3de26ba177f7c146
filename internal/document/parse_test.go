package document_test

import (
	"os"
	"testing"

	"leerblad/internal/document"
	"leerblad/internal/markdown"
	"leerblad/internal/source"
)

// BenchmarkParse parses all entries of the sample publication.
func BenchmarkParse(b *testing.B) {
	tree, err := (&source.Tree{}).Update(os.DirFS("../../content"), source.Ignored, []string{"."})
	if err != nil {
		b.Fatal(err)
	}
	type entry struct {
		file  *source.File
		place document.Place
	}
	var entries []entry
	size := 0
	for _, p := range tree.Paths() {
		f := tree.File(p)
		if place, ok, _ := document.Locate(f, func(p string) bool { return tree.File(p) != nil }); ok {
			entries, size = append(entries, entry{f, place}), size+len(f.Data)
		}
	}
	parser := markdown.New()
	b.SetBytes(int64(size))
	b.ReportAllocs()
	for b.Loop() {
		for _, e := range entries {
			document.Parse(parser, e.file, e.place)
		}
	}
}
