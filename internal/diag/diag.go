// Package diag holds the problems that leerblad finds in content, and prints them.
//
// A Diagnostic is data: a code, a place and arguments. Its words, in Dutch and English, stand in
// one table (texts.go), so that a stage never writes a sentence. Mistakes in content are
// diagnostics; failures of the machine are errors.
package diag

import (
	"cmp"
	"slices"

	"leerblad/internal/source"
)

// Severity says what a diagnostic means for publishing.
type Severity int

// An Error stops publishing; a Warning and a Hint do not. Hints are shown by `check` alone.
const (
	Error Severity = iota
	Warning
	Hint
)

func (s Severity) String() string { return [...]string{"error", "warning", "hint"}[s] }

// Code names a kind of problem; it is a key of the table of texts.
type Code string

// Term is an argument that is itself translated, such as the name of a kind or a type.
type Term string

// Phrase is an argument that comes with its words in both languages.
type Phrase struct{ NL, EN string }

// Diagnostic is one problem at one place. Args fill the placeholders {1}, {2} … of its texts: a
// string, an int, a Term or a Phrase each. Suggest, where not empty, is the word that was probably meant.
type Diagnostic struct {
	Code    Code
	Span    source.Span
	Args    []any
	Suggest string
}

// Severity gives the severity that belongs to the code.
func (d Diagnostic) Severity() Severity { return texts[d.Code].severity }

// List is a series of diagnostics. A stage appends to its own and hands it on.
type List []Diagnostic

// Add appends a diagnostic.
func (l *List) Add(code Code, span source.Span, args ...any) {
	*l = append(*l, Diagnostic{Code: code, Span: span, Args: args})
}

// AddNear appends a diagnostic that suggests the candidate nearest to word, where one is near.
func (l *List) AddNear(code Code, span source.Span, word string, candidates []string, args ...any) {
	*l = append(*l, Diagnostic{Code: code, Span: span, Args: args, Suggest: Nearest(word, candidates)})
}

// HasErrors reports whether one of the diagnostics is an Error.
func (l List) HasErrors() bool {
	return slices.ContainsFunc(l, func(d Diagnostic) bool { return d.Severity() == Error })
}

// Count gives the number of errors and of warnings.
func (l List) Count() (errors, warnings int) {
	for _, d := range l {
		switch d.Severity() {
		case Error:
			errors++
		case Warning:
			warnings++
		}
	}
	return errors, warnings
}

// Hints parts the hints from the other diagnostics.
func (l List) Hints() (others, hints List) {
	for _, d := range l {
		if d.Severity() == Hint {
			hints = append(hints, d)
		} else {
			others = append(others, d)
		}
	}
	return others, hints
}

// Sorted gives the diagnostics in stable order of file, place, code and words, each once.
func (l List) Sorted() List {
	out := slices.Clone(l)
	slices.SortStableFunc(out, compare)
	return slices.CompactFunc(out, func(a, b Diagnostic) bool { return compare(a, b) == 0 })
}

func compare(a, b Diagnostic) int {
	if c := cmp.Or(cmp.Compare(path(a), path(b)), cmp.Compare(a.Span.Start, b.Span.Start), cmp.Compare(a.Code, b.Code)); c != 0 {
		return c
	}
	return cmp.Compare(a.Message(Dutch), b.Message(Dutch))
}

func path(d Diagnostic) string {
	if d.Span.File == nil {
		return ""
	}
	return d.Span.File.Path
}
