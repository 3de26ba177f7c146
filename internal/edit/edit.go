// Package edit holds changes to the publication's sources as data, and applies them.
//
// What writes in a text of an editor (a fix, a move, the form of a browser editor) says so as Changes. They are applied to the
// very bytes that they were made from, all or none, and leave every byte outside their spans as it was.
package edit

import (
	"cmp"
	"fmt"
	"slices"

	"leerblad/internal/source"
)

// Change puts Text in place of the bytes of Span, in a file whose digest is that of Span.File. An empty span is a place to insert at.
type Change struct {
	Span source.Span
	Text string
}

// Changes are changes in any number of files, in no order; those in one file do not overlap.
type Changes []Change

// Apply gives data, the bytes of one file, with changes, which are all in that file. The error says that changes overlap or lie outside.
func Apply(data []byte, changes Changes) ([]byte, error) {
	sorted := slices.Clone(changes)
	slices.SortStableFunc(sorted, func(a, b Change) int {
		return cmp.Or(cmp.Compare(a.Span.Start, b.Span.Start), cmp.Compare(a.Span.End, b.Span.End))
	})
	var out []byte
	at := 0
	for _, c := range sorted {
		if c.Span.Start < at || c.Span.End < c.Span.Start || c.Span.End > len(data) {
			return nil, fmt.Errorf("change of bytes %d to %d of %d, after a change up to %d", c.Span.Start, c.Span.End, len(data), at)
		}
		out = append(append(out, data[at:c.Span.Start]...), c.Text...)
		at = c.Span.End
	}
	return append(out, data[at:]...), nil
}

// Difference gives the change of one span that makes data of the file's bytes.
func Difference(f *source.File, data []byte) Change {
	start, end := 0, len(f.Data)
	for start < end && start < len(data) && f.Data[start] == data[start] {
		start++
	}
	last := len(data)
	for end > start && last > start && f.Data[end-1] == data[last-1] {
		end, last = end-1, last-1
	}
	return Change{source.Span{File: f, Start: start, End: end}, string(data[start:last])}
}
