package assist

import (
	"slices"

	"leerblad/internal/document"
	"leerblad/internal/markdown"
	"leerblad/internal/refactor"
	"leerblad/internal/source"
)

// target is what a place refers to, or what stands there.
type target struct {
	doc   *document.Document // as it stands in the buffer, if it does; nil for a file that is no text
	id    string             // of a heading or finding in it
	file  string             // the path of the file, also of doc's
	span  source.Span        // the words in the buffer that tell of it
	here  bool               // it stands here, and is not referred to
	key   string             // as of a refactor.Reference
	fixed bool               // of its words only the beginning is in span
}

// finding gives the finding that the target is, or nil. It may be called by an id that it had before.
func (t target) finding() *markdown.Finding {
	if t.doc == nil || t.id == "" {
		return nil
	}
	if f := t.doc.Body.Finding(t.id); f != nil {
		return f
	}
	for i := range t.doc.Body.Findings {
		if slices.Contains(t.doc.Body.Findings[i].Aliases, t.id) {
			return &t.doc.Body.Findings[i]
		}
	}
	return nil
}

// heading gives the heading that the target is, or nil.
func (t target) heading() *markdown.Heading {
	if t.doc == nil || t.id == "" {
		return nil
	}
	if i := slices.IndexFunc(t.doc.Body.Headings, func(h markdown.Heading) bool { return h.ID == t.id }); i >= 0 {
		return &t.doc.Body.Headings[i]
	}
	return nil
}

// at tells what stands at an offset of the buffer, or is referred to there.
func (p *Publication) at(b *Buffer, at int) (t target, ok bool) {
	if t, ok = p.referredAt(b, at); ok {
		return t, true
	}
	return b.standsAt(at)
}

func touches(s source.Span, at int) bool { return s.File != nil && s.Start <= at && at <= s.End }

// referredAt is at for references alone.
func (p *Publication) referredAt(b *Buffer, at int) (t target, ok bool) {
	for _, r := range p.refers(b) {
		if r.Span.File == b.File && touches(r.Span, at) {
			return b.target(r), true
		}
	}
	return t, false
}

func (b *Buffer) target(r refactor.Reference) target {
	return target{doc: b.newest(r.Entry), id: r.ID, file: r.File, span: r.Span, key: r.Key, fixed: r.Fixed}
}

// standsAt gives the finding or heading on the line of an offset, or the text as a whole on that of its title, and on the first.
func (b *Buffer) standsAt(at int) (t target, ok bool) {
	d := b.Doc
	if d == nil {
		return t, false
	}
	t = target{doc: d, file: d.File.Path, here: true}
	start, end := b.lineAt(at)
	if at < d.BodyStart {
		t.span = head(d)
		return t, start <= t.span.Start && t.span.Start <= end || start == d.Top.Start
	}
	for i := range d.Body.Findings {
		f := &d.Body.Findings[i]
		if start <= f.Span.Start && f.Span.End <= end || touches(f.Attributes, at) && f.Attributes.Start < f.Attributes.End {
			t.id, t.span = f.ID, nameOf(f)
			return t, true
		}
	}
	for _, h := range d.Body.Headings {
		if start <= h.Span.Start && h.Span.Start <= end {
			t.id, t.span = h.ID, h.Span
			return t, true
		}
	}
	return t, false
}

// nameOf gives the place of a finding's id, or of its marker where it has none that is written.
func nameOf(f *markdown.Finding) source.Span {
	if span, ok := writtenID(f); ok {
		return span
	}
	return f.Span
}

// writtenID gives the place of a finding's id without its #.
func writtenID(f *markdown.Finding) (source.Span, bool) {
	for _, w := range attributesIn(f.Attributes) {
		if w.name == "#" && w.value.Text() == f.ID {
			return w.value, true
		}
	}
	return source.Span{}, false
}

// places gives where the target is.
func (t target) places(p *Publication) []source.Span {
	switch f, h := t.finding(), t.heading(); {
	case f != nil:
		return []source.Span{f.Span}
	case h != nil:
		return []source.Span{h.Span}
	case t.doc != nil:
		return []source.Span{head(t.doc)}
	}
	if f := p.in.Tree.File(t.file); f != nil {
		return []source.Span{source.At(f, 0, 0)}
	}
	return nil
}
