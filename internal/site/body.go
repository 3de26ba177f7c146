package site

import (
	"slices"
	"strings"

	"leerblad/internal/digest"
	"leerblad/internal/markdown"
	"leerblad/internal/publication"
)

// Body is a part of a compiled body with everything that its holes show. Findings are those within the part, from the index FirstFinding on.
type Body struct {
	*Holes
	Compiled     *markdown.Body
	File         string // in which it stands, in the publication folder; "" for a text within front matter
	From, To     int    // the parts that it consists of
	Findings     []*Finding
	FirstFinding int
	Away         bool // it is shown on another page than its own, where its footnotes are not
}

// Holes is what a body's holes show but for its findings. The lists run parallel to those of the compiled body.
type Holes struct {
	Links    []string
	Files    []*File // to which they lead; nil for other links, and for those whose words say it
	Pictures []*Picture
	Cards    []*Card
	Plots    []*Plot
	Moved    []*Moved
}

// Moved says where a finding has gone that had an id.
type Moved struct {
	Link
	ID    string // "" away from the page on which it had
	Apart bool   // as of a Card
}

// Empty reports whether there is nothing to show.
func (b Body) Empty() bool {
	return b.Compiled == nil || b.To == 0 || b.To == 1 && b.Compiled.Parts[0].HTML == ""
}

// linked gives the file to which a link leads, nil for another link, and for one whose words say what kind of file it is.
func (p *presenter) linked(t publication.Target, words string) *File {
	if t.File == "" {
		return nil
	}
	f := p.download(t.File)
	if strings.Contains(strings.ToUpper(words), f.Type+",") || strings.Contains(strings.ToUpper(words), "("+f.Type) {
		return nil
	}
	return f
}

// Fill gives what is shown in the hole after a part: text as a string, a *File, *Picture, *Card, *Plot or *Finding, or nil.
func (b *Body) Fill(part *markdown.Part) any {
	switch part.Hole {
	case markdown.LinkHref:
		return b.Links[part.Index]
	case markdown.FileNote:
		if f := b.Files[part.Index]; f != nil {
			return f
		}
	case markdown.Inline, markdown.Figure:
		if p := b.Pictures[part.Index]; p != nil {
			return p
		}
	case markdown.CardOf:
		if c := b.Cards[part.Index]; c != nil {
			return c
		}
	case markdown.ChartOf:
		if p := b.Plots[part.Index]; p != nil {
			return p
		}
	case markdown.MovedTo:
		if m := *b.Moved[part.Index]; b.Away {
			m.ID = ""
			return &m
		}
		return b.Moved[part.Index]
	case markdown.FindingTop:
		return b.Findings[part.Index-b.FirstFinding]
	}
	return nil
}

// Walk tells a digest what a body shows: its parts, and what fills the holes after them.
func (b *Body) Walk(w *digest.Walker) {
	if b.Compiled == nil {
		return
	}
	b.Compiled.Say(w, b.From, b.To)
	for i := b.From; i < b.To; i++ {
		if part := &b.Compiled.Parts[i]; part.Hole != markdown.None {
			w.Value(b.Fill(part))
		}
	}
	w.Number(b.To - b.From)
	w.Value(b.Away)
}

// body gives a body with everything that its holes show. here is the entry whose page it is shown on, if that is
// the body's own.
func (p *presenter) body(b publication.Body, here *publication.Entry) Body {
	if b.Body == nil {
		return Body{}
	}
	return p.part(b, 0, len(b.Parts), here)
}

// part gives the parts [from, to) of a body. Findings outside them are left out.
func (p *presenter) part(b publication.Body, from, to int, here *publication.Entry) Body {
	out := Body{Holes: p.holes(b), Compiled: b.Body, From: from, To: to, Away: here == nil}
	if b.File != nil {
		out.File = b.File.Path
	}
	// Findings stand in the order of their first parts, so those of this part are a run.
	first, _ := slices.BinarySearchFunc(b.Findings, from+1, func(f *publication.Finding, part int) int { return f.First - part })
	for _, f := range b.Findings[first:] {
		if f.First >= to {
			break
		}
		out.Findings = append(out.Findings, p.findingOn(f, here))
	}
	out.FirstFinding = first
	return out
}

// holes gives what a body's holes show but for its findings, which is the same wherever a part of it is shown. It is
// remembered for the next finding of the same body.
func (p *presenter) holes(b publication.Body) *Holes {
	if p.last == b.Body {
		return p.lastHoles
	}
	out := &Holes{}
	for i, l := range b.Links {
		out.Links = append(out.Links, p.target(l))
		out.Files = append(out.Files, p.linked(l, b.Body.Links[i].Text))
	}
	for _, pic := range b.Pictures {
		out.Pictures = append(out.Pictures, p.picture(pic))
	}
	for _, t := range b.Cards {
		out.Cards = append(out.Cards, p.cardAt(t, b.Language != ""))
	}
	for _, c := range b.Charts {
		out.Plots = append(out.Plots, p.plot(c))
	}
	for i, t := range b.Moved {
		m := &Moved{ID: b.Body.Moved[i].ID, Apart: b.Language != "", Link: Link{URL: p.target(t)}}
		if t.Entry != nil {
			m.Title, m.Language = t.Entry.Title, t.Entry.Language
		}
		out.Moved = append(out.Moved, m)
	}
	p.last, p.lastHoles = b.Body, out
	return out
}
