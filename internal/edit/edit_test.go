package edit_test

import (
	"testing"

	"leerblad/internal/edit"
	"leerblad/internal/source"
)

func TestApply(t *testing.T) {
	f := source.NewFile("a.md", []byte("\ufeffeen\r\ntwee\r\n"))
	change := func(start, end int, text string) edit.Change {
		return edit.Change{Span: source.At(f, start, end), Text: text}
	}
	for _, c := range []struct {
		name    string
		changes edit.Changes
		want    string // "" for an error
	}{
		{"none", nil, "\ufeffeen\r\ntwee\r\n"},
		{"in no order", edit.Changes{change(8, 12, "2"), change(3, 6, "1")}, "\ufeff1\r\n2\r\n"},
		{"side by side", edit.Changes{change(3, 6, "1"), change(6, 8, "\n")}, "\ufeff1\ntwee\r\n"},
		{"inserted", edit.Changes{change(3, 3, "a"), change(3, 3, "b"), change(14, 14, "c")}, "\ufeffabeen\r\ntwee\r\nc"},
		{"overlap", edit.Changes{change(3, 6, "1"), change(5, 8, "2")}, ""},
		{"outside", edit.Changes{{Span: source.Span{File: f, Start: 13, End: 15}}}, ""},
	} {
		got, err := edit.Apply(f.Data, c.changes)
		if string(got) != c.want || (err != nil) != (c.want == "") {
			t.Errorf("%s: %q, %v", c.name, got, err)
		}
	}
}
