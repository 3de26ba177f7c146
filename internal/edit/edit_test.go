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

func FuzzApply(f *testing.F) {
	f.Add([]byte("een\r\ntwee"), 0, 3, "1", 5, 9, "2")
	f.Add([]byte(""), 0, 0, "a", 0, 0, "b")
	f.Add([]byte("een"), -1, 2, "a", 2, 1, "b")
	f.Fuzz(func(t *testing.T, data []byte, from, to int, text string, from2, to2 int, text2 string) {
		file := source.NewFile("a.md", data)
		changes := edit.Changes{{Span: source.Span{File: file, Start: from, End: to}, Text: text}, {Span: source.Span{File: file, Start: from2, End: to2}, Text: text2}}
		got, err := edit.Apply(data, changes)
		if err != nil {
			return
		}
		if len(got) != len(data)-(to-from)-(to2-from2)+len(text)+len(text2) {
			t.Fatalf("%d bytes", len(got))
		}
		first, last := changes[0], changes[1]
		if last.Span.Start < first.Span.Start || last.Span.Start == first.Span.Start && last.Span.End < first.Span.End {
			first, last = last, first
		}
		between := string(data[first.Span.End:last.Span.Start])
		if want := string(data[:first.Span.Start]) + first.Text + between + last.Text + string(data[last.Span.End:]); string(got) != want {
			t.Errorf("%q, want %q", got, want)
		}
	})
}

func TestLines(t *testing.T) {
	for data, want := range map[string]string{"": "a\nb\n", "x\n": "a\nb\n", "x\r\ny\n": "a\r\nb\r\n", "\r\n": "a\r\nb\r\n", "\n\r\n": "a\nb\n", "x": "a\nb\n"} {
		if got := edit.Lines(source.NewFile("a.md", []byte(data)), "a\nb\n"); got != want {
			t.Errorf("%q: %q", data, got)
		}
	}
}
