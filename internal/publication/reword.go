package publication

import (
	"hash/maphash"
	"slices"

	"leerblad/internal/digest"
	"leerblad/internal/document"
	"leerblad/internal/markdown"
)

// shapeSeed is of the digests that Reworded compares.
var shapeSeed = maphash.MakeSeed()

// Reworded gives an entry with another document of its file, if that says the same in other words: its title, summary, paragraphs
// or findings read differently, but it refers to the same things. All else then stands as it is. Old has the texts that it had and has no
// more: where they are still shown, something shows the entry as it was.
func (p *Publication) Reworded(e *Entry, d *document.Document) (next *Entry, old map[string]bool, ok bool) {
	if e.doc.Place != d.Place || d.Meta.Title.Value == "" ||
		digest.Of(shapeSeed, e.Meta, e.doc.Body) != digest.Of(shapeSeed, &d.Meta, d.Body) {
		return nil, nil, false
	}
	c := *e
	c.Title, c.Summary, c.Key, c.Meta, c.doc = d.Meta.Title.Value, d.Meta.Summary.Value, d.TitleKey, &d.Meta, d
	c.Body.Body, c.Body.File, c.Body.Findings = d.Body, d.File, nil
	old = map[string]bool{}
	if c.Title != e.Title {
		old[e.Title] = true
	}
	if c.Summary != e.Summary {
		old[e.Summary] = true
	}
	for i, f := range e.Body.Findings {
		again := *f
		again.Finding, again.Entry = d.Body.Findings[i], &c
		c.Body.Findings = append(c.Body.Findings, &again)
		if again.Text != f.Text || !slices.EqualFunc(d.Body.Parts[again.First:again.Last], e.Body.Parts[f.First:f.Last], samePart) {
			old[f.Text] = true
		}
	}
	return &c, old, true
}

func samePart(x, y markdown.Part) bool {
	return x.HTML == y.HTML && x.Hole == y.Hole && x.Word == y.Word
}
