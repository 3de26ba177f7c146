// Package diag holds the problems that leerblad finds in content, and prints them.
//
// A Diagnostic is data: a code, a place and arguments. Its words, in Dutch and English, stand in
// one table (texts.go), so that a stage never writes a sentence. Mistakes in content are
// diagnostics; failures of the machine are errors.
package diag

import (
	"cmp"
	"slices"
	"strings"

	"leerblad/internal/bounds"
	"leerblad/internal/edit"
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

// In gives the words in a language.
func (p Phrase) In(l Language) string { return words{p.NL, p.EN}.in(l) }

// Diagnostic is one problem at one place. Args fill the placeholders {1}, {2} … of its texts: a
// string, an int, a Term or a Phrase each. Suggest, where not empty, is the word that was probably meant. Fixes are the ways to mend it that
// can be told as changes. State is "draft", "scheduled" or "expired" for what would be wrong once a text of that state is published.
// One with More stands for so many of its code, of which Span is the first.
type Diagnostic struct {
	Code    Code
	Span    source.Span
	Args    []any
	Suggest string
	Fixes   []Fix
	State   string
	More    int
}

// Fix is a way to mend a diagnostic. Title is a key of the table of titles, and Args fill its placeholders. Where Choose is true the
// editor must say that this was meant: there are others, or it is a guess. Else it may be applied unseen.
type Fix struct {
	Title   string
	Args    []any
	Changes edit.Changes
	Choose  bool
}

// Sure gives the fix that needs no choice, or false.
func (d Diagnostic) Sure() (Fix, bool) {
	if len(d.Fixes) != 1 || d.Fixes[0].Choose {
		return Fix{}, false
	}
	return d.Fixes[0], true
}

// Paths gives the paths of the files that the fix changes.
func (f Fix) Paths() (paths []string) {
	for _, c := range f.Changes {
		if !slices.Contains(paths, c.Span.File.Path) {
			paths = append(paths, c.Span.File.Path)
		}
	}
	return paths
}

// Replace is the fix that puts text in place of a span.
func Replace(span source.Span, text string) Fix {
	return Fix{Title: "replace", Args: []any{span.Text(), text}, Changes: edit.Changes{{Span: span, Text: text}}}
}

// Severity gives the severity that belongs to the code.
func (d Diagnostic) Severity() Severity { return texts[d.Code].severity }

// Hides reports whether a file with this problem is not read to its end, so that mending it may bring others to light.
func (d Diagnostic) Hides() bool { return texts[d.Code].hides }

// List is a series of diagnostics. A stage appends to its own and hands it on.
type List []Diagnostic

// Add appends a diagnostic.
func (l *List) Add(code Code, span source.Span, args ...any) {
	*l = append(*l, Diagnostic{Code: code, Span: span, Args: args})
}

// AddNear appends a diagnostic that suggests the candidate nearest to word, where one is near, and lets the editor choose it. A long list gets no
// more suggestions.
func (l *List) AddNear(code Code, span source.Span, word string, candidates []string, args ...any) {
	d := Diagnostic{Code: code, Span: span, Args: args}
	if !l.Long() {
		d.Suggest = Nearest(word, candidates)
	}
	*l = append(*l, d.Guessed(word))
}

// Guessed gives the diagnostic with its suggestion, if any, as a fix that the editor may choose, where word stands once in its span.
func (d Diagnostic) Guessed(word string) Diagnostic {
	if text := d.Span.Text(); d.Suggest != "" && word != "" && strings.Count(text, word) == 1 {
		start := d.Span.Start + strings.Index(text, word)
		fix := Replace(source.At(d.Span.File, start, start+len(word)), d.Suggest)
		fix.Choose = true
		d.Fixes = []Fix{fix}
	}
	return d
}

// Long reports whether there are so many diagnostics that it is not worth the time to look for what was meant by another.
func (l *List) Long() bool { return len(*l) > bounds.Diagnostics }

// HasErrors reports whether one of the diagnostics is an Error.
func (l List) HasErrors() bool {
	return slices.ContainsFunc(l, func(d Diagnostic) bool { return d.Severity() == Error })
}

// Count gives the number of errors and of warnings.
func (l List) Count() (errors, warnings int) {
	for _, d := range l {
		switch d.Severity() {
		case Error:
			errors += max(1, d.More)
		case Warning:
			warnings += max(1, d.More)
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

// Sorted gives the diagnostics in stable order of file, place, code and words, each once. Of a code it gives the first
// bounds.Diagnostics, and one more that counts the rest.
func (l List) Sorted() List {
	out := slices.Clone(l)
	slices.SortStableFunc(out, byPlace)
	end := 0
	for i := 0; i < len(out); {
		j := i + 1
		for j < len(out) && byPlace(out[i], out[j]) == 0 {
			j++
		}
		end += copy(out[end:], eachOnce(out[i:j]))
		i = j
	}
	return out[:end].bounded()
}

func byPlace(a, b Diagnostic) int {
	return cmp.Or(cmp.Compare(path(a), path(b)), cmp.Compare(a.Span.Start, b.Span.Start), cmp.Compare(a.Code, b.Code))
}

// eachOnce sorts diagnostics of one code at one place by their words, and drops doubles.
func eachOnce(l List) List {
	if len(l) == 1 {
		return l
	}
	type worded struct {
		Diagnostic
		words string
	}
	all := make([]worded, len(l))
	for i, d := range l {
		all[i] = worded{d, d.Message(Dutch)}
	}
	slices.SortStableFunc(all, func(a, b worded) int { return cmp.Compare(a.words, b.words) })
	all = slices.CompactFunc(all, func(a, b worded) bool { return a.words == b.words })
	for i, w := range all {
		l[i] = w.Diagnostic
	}
	return l[:len(all)]
}

// bounded puts one diagnostic in place of those of a code that are too many.
func (l List) bounded() List {
	if len(l) <= bounds.Diagnostics {
		return l
	}
	told, rest := map[Code]int{}, map[Code]int{} // how many of a code there are, and where the one is that counts others
	out := l[:0]
	for _, d := range l {
		if told[d.Code]++; d.More == 0 && told[d.Code] <= bounds.Diagnostics {
			out = append(out, d)
		} else if at, counted := rest[d.Code]; counted {
			out[at].More += max(1, d.More)
		} else {
			rest[d.Code] = len(out)
			out = append(out, Diagnostic{Code: d.Code, Span: d.Span, More: max(1, d.More)})
		}
	}
	return out
}

func path(d Diagnostic) string {
	if d.Span.File == nil {
		return ""
	}
	return d.Span.File.Path
}
