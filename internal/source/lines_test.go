package source

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf8"

	"leerblad/internal/bounds"
)

// Lines finds what counting from the beginning finds, at each offset, on lines shorter and longer than its stride.
func TestLinesGoThereAndBack(t *testing.T) {
	for _, text := range []string{
		"", "a", "\n", "een\ntwee\r\n\ndrie", "é€𝄞\nü", strings.Repeat("é€𝄞x", 400), strings.Repeat("a", 511) + "é\n" + strings.Repeat("b€", 700) + "\n\nc",
		strings.Repeat("\xff\x80\x80\x80\x80\x80", 300),
	} {
		lines := NewLines([]byte(text))
		for at := 0; at <= len(text); at++ {
			if at < len(text) && !utf8.RuneStart(text[at]) {
				continue
			}
			before := text[:at]
			wantLine := strings.Count(before, "\n") + 1
			start := strings.LastIndex(before, "\n") + 1
			line, column := lines.Position(at)
			if want := utf8.RuneCountInString(text[start:at]) + 1; line != wantLine || column != want {
				t.Fatalf("%.20q: offset %d is at %d:%d, want %d:%d", text, at, line, column, wantLine, want)
			}
			if utf8.ValidString(text) && lines.Offset(line, column) != at {
				t.Fatalf("%.20q: %d:%d is offset %d, want %d", text, line, column, lines.Offset(line, column), at)
			}
		}
	}
	lines := NewLines([]byte("ab\ncd"))
	for _, c := range []struct{ line, column, want int }{{1, 9, 2}, {2, 9, 5}, {3, 1, 5}, {0, 0, 0}} {
		if got := lines.Offset(c.line, c.column); got != c.want {
			t.Errorf("%d:%d is offset %d, want %d", c.line, c.column, got, c.want)
		}
	}
}

func TestFoldersAreReadToABound(t *testing.T) {
	deep := strings.Repeat("a/", bounds.Folders)
	tree, err := Load(fstest.MapFS{deep + "b.md": {}, deep + "c/d/e.md": {}, "z.md": {}}, Ignored)
	if err != nil {
		t.Fatal(err)
	}
	if want := []string{deep + "b.md", "z.md"}; !slices.Equal(tree.Paths(), want) || !slices.Equal(tree.Lost(), []string{deep + "c"}) {
		t.Errorf("%d files, lost %d", len(tree.Paths()), len(tree.Lost()))
	}
}
