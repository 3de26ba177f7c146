package assist

import (
	"leerblad/internal/diag"
	"leerblad/internal/source"
)

// Completion is something that may be written at a place.
type Completion struct {
	Label  string // what a list of them shows
	Detail string // beside it, short
	Doc    string // Markdown: what it is
	Kind   CompletionKind
	Span   source.Span // what Text stands in place of; the place that was asked for is in it or at its end
	Text   string
	Filter string // the words by which it is found, among them what stands in Span
	Sort   string // orders a list
}

// CompletionKind says what a Completion is.
type CompletionKind string

// The kinds of completions.
const (
	CompleteKey       CompletionKind = "key"
	CompleteValue     CompletionKind = "value"
	CompleteEntry     CompletionKind = "entry"
	CompleteFinding   CompletionKind = "finding"
	CompleteHeading   CompletionKind = "heading"
	CompleteFile      CompletionKind = "file"
	CompleteMarker    CompletionKind = "marker"
	CompleteAttribute CompletionKind = "attribute"
	CompleteNote      CompletionKind = "footnote"
	CompleteBlock     CompletionKind = "block"
)

// Complete gives what may be written at an offset, best first.
func (p *Publication) Complete(b *Buffer, at int, l diag.Language) []Completion { return nil }
