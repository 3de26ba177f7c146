package frontmatter

import (
	"leerblad/internal/diag"
	"leerblad/internal/edit"
	"leerblad/internal/source"
)

// Conflicts reports the places of f where two versions were merged and nobody chose. Front matter and bodies are read with the first version.
func Conflicts(f *source.File) (diags diag.List) {
	_, list := source.Conflicts(f.Data)
	for _, c := range list {
		remove := func(from, to int) edit.Change { return edit.Change{Span: source.At(f, from, to)} }
		d := diag.Diagnostic{Code: "conflict-marker", Span: source.At(f, c.Marker.Start, c.Marker.Start+len("<<<<<<<"))}
		if c.Alone() {
			d.Fixes = []diag.Fix{{Title: "remove-line", Changes: edit.Changes{remove(c.Whole.Start, c.Whole.End)}}}
		} else {
			d.Fixes = []diag.Fix{
				{Title: "keep-first", Choose: true, Changes: edit.Changes{remove(c.Whole.Start, c.First.Start), remove(c.First.End, c.Whole.End)}},
				{Title: "keep-second", Choose: true, Changes: edit.Changes{remove(c.Whole.Start, c.Second.Start), remove(c.Second.End, c.Whole.End)}},
				{Title: "keep-both", Choose: true, Changes: edit.Changes{
					remove(c.Whole.Start, c.First.Start), remove(c.First.End, c.Second.Start), remove(c.Second.End, c.Whole.End),
				}},
			}
		}
		diags = append(diags, d)
	}
	return diags
}
