package assist

import (
	"leerblad/internal/diag"
	"leerblad/internal/edit"
	"leerblad/internal/source"
)

// Action is something that mends a problem.
type Action struct {
	Title     string
	Problem   diag.Diagnostic // at its place in the buffer
	Changes   edit.Changes
	Preferred bool // it needs no choice
}

// Problems gives the problems and hints of the build in the file at path, at their places in the text that was built.
func (p *Publication) Problems(path string) diag.List { return p.problems()[path] }

// Actions gives what mends the problems that touch a span of the buffer. Each is a change of the buffer's own bytes, or of other files as they
// were built.
func (p *Publication) Actions(b *Buffer, span source.Span, l diag.Language) (out []Action) {
	for _, d := range p.current(b) {
		if d.Span.File != b.File || d.Span.Start > span.End || d.Span.End < span.Start {
			continue
		}
		_, sure := d.Sure()
		for _, fix := range d.Fixes {
			out = append(out, Action{Title: fix.Words(l), Problem: d, Changes: fix.Changes, Preferred: sure})
		}
	}
	return out
}

// current gives the problems of the buffer: those of the text by itself as it is now, and those of the build that hold for what did not change.
func (p *Publication) current(b *Buffer) diag.List {
	type place struct {
		code       diag.Code
		start, end int
	}
	list := b.problems
	known := make(map[place]bool, len(list))
	for _, d := range list {
		known[place{d.Code, d.Span.Start, d.Span.End}] = true
	}
	carry := b.carrier(p.in.Tree.File(b.File.Path))
	for _, d := range p.Problems(b.File.Path) {
		if moved, ok := carry(d); ok && d.More == 0 && !known[place{d.Code, moved.Span.Start, moved.Span.End}] {
			list = append(list[:len(list):len(list)], moved)
		}
	}
	return list
}

// carrier gives what takes a problem of the text that was built to its place in the buffer. It is not ok where the buffer holds other bytes in
// the place of the problem, or of a change that mends it.
func (b *Buffer) carrier(was *source.File) func(diag.Diagnostic) (diag.Diagnostic, bool) {
	if b.built || was == nil {
		return func(d diag.Diagnostic) (diag.Diagnostic, bool) { return d, d.Span.File == b.File }
	}
	changed := edit.Difference(was, b.File.Data)
	longer := len(changed.Text) - (changed.Span.End - changed.Span.Start)
	move := func(s source.Span) (source.Span, bool) {
		switch {
		case s.File.Path != was.Path:
			return s, true
		case s.File != was:
			return s, false
		case s.End < changed.Span.Start: // what touches the change may be about it
			return source.At(b.File, s.Start, s.End), true
		case s.Start > changed.Span.End:
			return source.At(b.File, s.Start+longer, s.End+longer), true
		}
		return s, false
	}
	return func(d diag.Diagnostic) (diag.Diagnostic, bool) {
		var ok bool
		if d.Span, ok = move(d.Span); !ok {
			return d, false
		}
		fixes := d.Fixes
		d.Fixes = nil
		for _, fix := range fixes {
			changes := make(edit.Changes, len(fix.Changes))
			for i, c := range fix.Changes {
				if changes[i].Span, ok = move(c.Span); !ok {
					return d, false
				}
				changes[i].Text = c.Text
			}
			fix.Changes = changes
			d.Fixes = append(d.Fixes, fix)
		}
		return d, true
	}
}
