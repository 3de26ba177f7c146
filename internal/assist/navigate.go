package assist

import "leerblad/internal/source"

// Link is a place in the buffer that leads to a file or an address.
type Link struct {
	Span source.Span
	Path string // of a file in the publication folder, "" for one that leads elsewhere
	URL  string // elsewhere
}

// Definition gives where that is to which a place refers: an entry, heading, finding or file; none where it refers to nothing.
func (p *Publication) Definition(b *Buffer, at int) []source.Span { return nil }

// References gives all places that refer to what stands or is referred to at an offset, sorted by file and place; with own that itself too.
func (p *Publication) References(b *Buffer, at int, own bool) []source.Span { return nil }

// Links gives all places of the buffer that lead to a file or an address, in their order.
func (p *Publication) Links(b *Buffer) []Link { return nil }
