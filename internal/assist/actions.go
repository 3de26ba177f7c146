package assist

import (
	"leerblad/internal/diag"
	"leerblad/internal/edit"
	"leerblad/internal/source"
)

// Action is something that mends a problem.
type Action struct {
	Title     string
	Problem   diag.Diagnostic
	Changes   edit.Changes
	Preferred bool // it needs no choice
}

// Problems gives the problems and hints of the build in the file at path, at their places in the text that was built.
func (p *Publication) Problems(path string) diag.List { return nil }

// Actions gives what mends the problems that touch a span of the buffer. Each is a change of the buffer's own bytes, or of other files as they
// were built.
func (p *Publication) Actions(b *Buffer, span source.Span, l diag.Language) []Action { return nil }
