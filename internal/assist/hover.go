package assist

import (
	"leerblad/internal/diag"
	"leerblad/internal/source"
)

// Hover is what there is to tell of a place.
type Hover struct {
	Span source.Span // of which it tells
	Text string      // Markdown
}

// Hover tells what stands at an offset: a key, a reference, a finding, a marker or an attribute.
func (p *Publication) Hover(b *Buffer, at int, l diag.Language) (Hover, bool) { return Hover{}, false }
