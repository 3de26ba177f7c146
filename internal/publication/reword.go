package publication

import (
	"bytes"
	"slices"

	"leerblad/internal/document"
	"leerblad/internal/markdown"
)

// Reworded gives an entry with another document of its file, if that says the same in other words: its title, summary, paragraphs
// or findings read differently, but it refers to the same things. All else then stands as it is. It is not ok where the entry's
// page may show the words by another way too, and for topics, regions and the start page, which gather what others say.
func (p *Publication) Reworded(e *Entry, d *document.Document) (next *Entry, ok bool) {
	if e.Kind == document.Home || e.Kind == document.Topics || e.Kind == document.Regions || e.doc.Place != d.Place ||
		!bytes.Equal(rest(e.doc), rest(d)) || !sameShape(e.Body.Body, d.Body) {
		return nil, false
	}
	shown := e.Kind == document.Pages || slices.ContainsFunc(p.Navigation, func(t Target) bool { return t.Entry == e })
	if title := d.Meta.Title.Value; title == "" || title != e.Title && shown {
		return nil, false
	}
	c := *e
	c.Title, c.Summary, c.Key, c.doc = d.Meta.Title.Value, d.Meta.Summary.Value, d.TitleKey, d
	c.Body.Body, c.Body.File, c.Body.Findings = d.Body, d.File, nil
	for i, f := range e.Body.Findings {
		if f.Follows != nil && f.Follows.Entry == e || slices.ContainsFunc(f.FollowedBy, func(f *Finding) bool { return f.Entry == e }) {
			return nil, false
		}
		again := *f
		again.Finding, again.Entry = d.Body.Findings[i], &c
		c.Body.Findings = append(c.Body.Findings, &again)
	}
	return &c, !e.refersTo(e)
}

// refersTo reports whether the entry's page shows another in its text, as evidence or among its items.
func (e *Entry) refersTo(other *Entry) bool {
	shows := func(b Body) bool {
		own := func(t Target) bool { return t.Entry == other }
		return slices.ContainsFunc(b.Links, own) || slices.ContainsFunc(b.Cards, own)
	}
	switch {
	case shows(e.Body):
		return true
	case e.story != nil:
		return slices.ContainsFunc(e.story.Media, func(m Media) bool { return shows(m.Transcript) })
	case e.recommendation != nil:
		return slices.ContainsFunc(e.recommendation.Evidence, func(x Evidence) bool {
			return x.Entry == other || x.Finding != nil && x.Finding.Entry == other
		})
	case e.newsletter != nil:
		return slices.ContainsFunc(e.newsletter.Items, func(i Item) bool { return i.Entry == other })
	}
	return false
}

// rest gives the front matter of a document but for its title and summary.
func rest(d *document.Document) []byte {
	var out []byte
	for line := range bytes.Lines(d.File.Data[:d.BodyStart]) {
		if !bytes.HasPrefix(line, []byte("title:")) && !bytes.HasPrefix(line, []byte("summary:")) {
			out = append(out, line...)
		}
	}
	return out
}

// sameShape reports whether two bodies refer to the same things, in the same order.
func sameShape(a, b *markdown.Body) bool {
	return slices.EqualFunc(a.Headings, b.Headings, func(x, y markdown.Heading) bool {
		return x.ID == y.ID && x.Text == y.Text && x.Topic.Value == y.Topic.Value
	}) && slices.EqualFunc(a.Findings, b.Findings, func(x, y markdown.Finding) bool {
		return x.ID == y.ID && x.Valence == y.Valence && x.Reach == y.Reach && x.Follows.Value == y.Follows.Value && x.Heading == y.Heading
	}) && slices.EqualFunc(a.Links, b.Links, sameLink) && slices.EqualFunc(a.Cards, b.Cards, sameLink) &&
		slices.EqualFunc(a.Pictures, b.Pictures, func(x, y markdown.Picture) bool { return x.Src == y.Src && x.Alt == y.Alt && x.Caption == y.Caption })
}

func sameLink(x, y markdown.Link) bool { return x.Dest == y.Dest }
