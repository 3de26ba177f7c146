package refactor

import (
	"cmp"
	"slices"

	"leerblad/internal/diag"
	"leerblad/internal/edit"
)

// Record is a plan as JSON. Paths are those that files have before it.
type Record struct {
	From    string            `json:"from"`
	To      string            `json:"to,omitempty"`
	DryRun  bool              `json:"dryRun,omitempty"`
	Moves   []MoveRecord      `json:"moves,omitempty"`
	Removed []string          `json:"removed,omitempty"`
	Edits   []diag.EditRecord `json:"edits"`
	Leads   []string          `json:"leads,omitempty"`
}

// MoveRecord is a file that gets another path, as JSON.
type MoveRecord struct {
	From string `json:"from"`
	To   string `json:"to"`
}

// Changes gives the changes of a plan, sorted by their places.
func (p *Plan) Changes() edit.Changes {
	return slices.SortedStableFunc(slices.Values(p.Set.Texts), func(a, b edit.Change) int {
		return cmp.Or(cmp.Compare(a.Span.File.Path, b.Span.File.Path), cmp.Compare(a.Span.Start, b.Span.Start))
	})
}

// Record gives the plan as it is printed; file gives the name by which somebody knows a file of the publication.
func (p *Plan) Record(file func(path string) string, dry bool) Record {
	r := Record{From: p.From, To: p.To, DryRun: dry, Edits: []diag.EditRecord{}, Leads: p.Leads}
	for _, m := range p.Set.Moves {
		r.Moves = append(r.Moves, MoveRecord{file(m.File.Path), file(m.To)})
	}
	for _, f := range p.Set.Removed {
		r.Removed = append(r.Removed, file(f.Path))
	}
	for _, c := range p.Changes() {
		r.Edits = append(r.Edits, diag.EditRecord{File: file(c.Span.File.Path), Start: c.Span.Start, End: c.Span.End, Text: c.Text})
	}
	return r
}
