package assist

import (
	"cmp"
	"slices"
	"strings"

	"leerblad/internal/markdown"
	"leerblad/internal/refactor"
	"leerblad/internal/source"
)

// Link is a place in the buffer that leads to a file or an address.
type Link struct {
	Span source.Span
	Path string // of a file in the publication folder, "" for one that leads elsewhere
	URL  string // elsewhere
}

// Definition gives where that is to which a place refers, or what stands there: an entry, heading, finding or file; none where there is nothing.
func (p *Publication) Definition(b *Buffer, at int) []source.Span {
	if t, ok := p.at(b, at); ok {
		return t.places(p)
	}
	return nil
}

// References gives all places that refer to what stands or is referred to at an offset, sorted by file and place; with own that itself too.
func (p *Publication) References(b *Buffer, at int, own bool) []source.Span {
	t, ok := p.at(b, at)
	if !ok {
		return nil
	}
	var out []source.Span
	add := func(r refactor.Reference) {
		if b.same(t, b.target(r)) {
			out = append(out, r.Span)
		}
	}
	for _, r := range p.about(p.was(t.doc), t.file).All() {
		if r.Span.File.Path != b.File.Path {
			add(r)
		}
	}
	for _, r := range p.refers(b) {
		if r.Span.File == b.File {
			add(r)
		}
	}
	if own {
		out = append(out, t.places(p)...)
	}
	slices.SortStableFunc(out, func(a, b source.Span) int {
		return cmp.Or(cmp.Compare(a.File.Path, b.File.Path), cmp.Compare(a.Start, b.Start))
	})
	return slices.Compact(out)
}

// same reports whether what refers to another target refers to t, or something in it.
func (b *Buffer) same(t, other target) bool {
	switch {
	case t.doc == nil:
		return other.doc == nil && t.file == other.file
	case t.doc != other.doc:
		return false
	case t.id == "":
		return true
	case t.id == other.id:
		return true
	}
	f := t.finding()
	return f != nil && f == other.finding()
}

// Links gives all places of the buffer that lead to a file or an address, in their order.
func (p *Publication) Links(b *Buffer) (out []Link) {
	for _, r := range p.refers(b) {
		if r.File != "" && !r.Fixed && r.Span.File == b.File && r.File != b.File.Path {
			out = append(out, Link{Span: r.Span, Path: r.File})
		}
	}
	if b.Doc != nil {
		known := map[source.Span]bool{}
		for _, l := range out {
			known[l.Span] = true
		}
		elsewhere := func(span source.Span, address string) {
			if span.File == b.File && span.Start < span.End && !known[span] && leadsOut(address) {
				known[span] = true
				out = append(out, Link{Span: span, URL: address})
			}
		}
		for _, list := range [][]markdown.Link{b.Doc.Body.Links, b.Doc.Body.Cards, b.Doc.Body.Definitions} {
			for _, l := range list {
				elsewhere(l.At, l.Dest)
			}
		}
		for _, t := range []struct {
			span    source.Span
			address string
		}{{b.Doc.Meta.Link.Span, b.Doc.Meta.Link.Value}, {b.Doc.Meta.Report.Link.Span, b.Doc.Meta.Report.Link.Value}} {
			elsewhere(t.span, t.address)
		}
		for _, m := range b.Doc.Meta.Media {
			elsewhere(m.Link.Span, m.Link.Value)
		}
	}
	slices.SortStableFunc(out, func(a, b Link) int { return cmp.Compare(a.Span.Start, b.Span.Start) })
	return out
}

// leadsOut reports whether an address is one that a browser or a mail program opens.
func leadsOut(address string) bool {
	scheme, _, ok := strings.Cut(address, ":")
	return ok && slices.Contains([]string{"http", "https", "mailto", "tel"}, strings.ToLower(scheme))
}
