package assist

import (
	"leerblad/internal/diag"
	"leerblad/internal/source"
)

// Symbol is a part of a text that has a name.
type Symbol struct {
	Name      string
	Detail    string
	Kind      SymbolKind
	Span      source.Span // all of it
	Selection source.Span // its name, within Span
	Children  []Symbol
}

// SymbolKind says what a Symbol is.
type SymbolKind string

// The kinds of symbols.
const (
	SymbolData    SymbolKind = "data" // the front matter as a whole
	SymbolKey     SymbolKind = "key"
	SymbolHeading SymbolKind = "heading"
	SymbolFinding SymbolKind = "finding"
)

// Symbols gives the keys of the front matter, and the headings, each with those below it and the findings under it.
func (p *Publication) Symbols(b *Buffer, l diag.Language) []Symbol { return nil }

// Fold is a part of the buffer that may be shown as its first line alone: from an offset on its first line to one on its last.
type Fold struct {
	Start, End int
	Kind       string // "region" or "comment"
}

// Folds gives what may be folded: the front matter and lists in it, sections, lists, tables, quotations and code.
func (p *Publication) Folds(b *Buffer) []Fold { return nil }
