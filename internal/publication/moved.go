package publication

import (
	"leerblad/internal/document"
	"leerblad/internal/markdown"
)

// movedTo resolves where a finding has gone; the zero Target if that is nowhere.
func (a *assembler) movedTo(m markdown.Moved) Target {
	e, f := a.reference(m.To, "moved", append(document.Which(func(*document.Row) bool { return true }), document.Finding)...)
	switch {
	case f != nil:
		return Target{Entry: f.Entry, Fragment: f.ID}
	case e != nil:
		return Target{Entry: e}
	}
	return Target{}
}

// nowCalled gives the reference of the finding that once was id in the entry: it was given another id, or went elsewhere; else "".
func nowCalled(e *Entry, id string) string {
	for i := range e.Body.Body.Findings {
		for _, alias := range e.Body.Body.Findings[i].Aliases {
			if alias == id {
				return e.ref + "#" + e.Body.Body.Findings[i].ID
			}
		}
	}
	for _, m := range e.Body.Body.Moved {
		if m.ID == id {
			return m.To.Value
		}
	}
	return ""
}

// Relative gives the path of target as seen from the folder of from.
func Relative(from, target string) string { return relative(from, target) }
