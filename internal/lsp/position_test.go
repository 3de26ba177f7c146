package lsp

import (
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"
)

// split gives the lines of a text as the protocol has them, with their line breaks.
func split(text string) (out []string) {
	for from, i := 0, 0; ; i++ {
		switch {
		case i == len(text):
			return append(out, text[from:])
		case text[i] == '\n', text[i] == '\r' && !strings.HasPrefix(text[i:], "\r\n"):
			out, from = append(out, text[from:i+1]), i+1
		}
	}
}

// slowOffset is offset, by going through the text.
func slowOffset(text string, p Position, e encoding) int {
	all := split(text)
	if p.Line < 0 {
		return 0
	}
	if p.Line >= len(all) {
		return len(text)
	}
	at := len(strings.Join(all[:p.Line], ""))
	left := p.Character
	for _, r := range strings.TrimRight(all[p.Line], "\r\n") {
		size := utf8.RuneLen(r)
		if e == utf16Units {
			left -= utf16.RuneLen(r)
		} else {
			left -= size
		}
		if left < 0 {
			break
		}
		at += size
	}
	return at
}

// slowPosition is position of an offset at the start of a character, by going through the text.
func slowPosition(text string, at int, e encoding) Position {
	all := split(text)
	n, from := 0, 0
	for n+1 < len(all) && from+len(all[n]) <= at {
		from += len(all[n])
		n++
	}
	before := text[from:min(at, from+len(strings.TrimRight(all[n], "\r\n")))]
	if e == utf8Bytes {
		return Position{n, len(before)}
	}
	return Position{n, len(utf16.Encode([]rune(before)))}
}

var letters = []string{"a", "b", "é", "ë", "€", "😀", "\n", "\r\n", "\r", "\n", " ", "- ", "\ufeff", "𝕏", "\x00", strings.Repeat("ü", 300), strings.Repeat("x", 600), strings.Repeat("😀", 200)}

func randomText(r *rand.Rand, n int) string {
	var out strings.Builder
	for range r.IntN(n) {
		out.WriteString(letters[r.IntN(len(letters))])
	}
	return out.String()
}

func TestPositionsAreThoseThatGoingThroughTheTextGives(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 40 {
		text := randomText(r, 60)
		l := newLines([]byte(text), false)
		for _, e := range []encoding{utf8Bytes, utf16Units} {
			for range 40 {
				p := Position{r.IntN(12) - 1, r.IntN(900) - 1}
				if got, want := l.offset(p, e), slowOffset(text, p, e); got != want {
					t.Fatalf("%s: offset of %v in %q is %d, want %d", e, p, text, got, want)
				}
			}
			for at := range text + "." {
				if got, want := l.position(at, e), slowPosition(text, at, e); got != want {
					t.Fatalf("%s: position of %d in %q is %v, want %v", e, at, text, got, want)
				}
			}
		}
	}
}

func TestPositions(t *testing.T) {
	for _, c := range []struct {
		text      string
		p         Position
		u16, u8   int
		back, b8  Position // of those offsets
		described string
	}{
		{"één", Position{0, 1}, 2, 0, Position{0, 1}, Position{0, 0}, "in the middle of a character in bytes is its start"},
		{"a😀b", Position{0, 2}, 1, 1, Position{0, 1}, Position{0, 1}, "between surrogates is the start of the character"},
		{"a😀b", Position{0, 3}, 5, 1, Position{0, 3}, Position{0, 1}, "after two units"},
		{"a\r\nb", Position{0, 9}, 1, 1, Position{0, 1}, Position{0, 1}, "beyond the end of a line is before its line break"},
		{"a\rb", Position{1, 0}, 2, 2, Position{1, 0}, Position{1, 0}, "a carriage return ends a line"},
		{"a\n", Position{1, 0}, 2, 2, Position{1, 0}, Position{1, 0}, "after the last line break"},
		{"a\n", Position{7, 3}, 2, 2, Position{1, 0}, Position{1, 0}, "beyond the last line"},
		{"", Position{0, 0}, 0, 0, Position{0, 0}, Position{0, 0}, "nothing"},
		{"a", Position{0, 1 << 60}, 1, 1, Position{0, 1}, Position{0, 1}, "a very long way"},
		{"a\xff\xe2\x82b", Position{0, 4}, 4, 4, Position{0, 4}, Position{0, 4}, "each byte that is not UTF-8 is a character"},
	} {
		l := newLines([]byte(c.text), false)
		if got := l.offset(c.p, utf16Units); got != c.u16 || l.position(got, utf16Units) != c.back {
			t.Errorf("%s: in UTF-16 %d, and back %v", c.described, got, l.position(got, utf16Units))
		}
		if got := l.offset(c.p, utf8Bytes); got != c.u8 || l.position(got, utf8Bytes) != c.b8 {
			t.Errorf("%s: in UTF-8 %d, and back %v", c.described, got, l.position(got, utf8Bytes))
		}
	}
}

func TestByteOrderMarkOfAFileIsNoCharacter(t *testing.T) {
	l := newLines([]byte("\ufeffab\ncd"), true)
	for at, want := range map[int]Position{0: {0, 0}, 3: {0, 0}, 4: {0, 1}, 6: {1, 0}} {
		if got := l.position(at, utf16Units); got != want {
			t.Errorf("position of %d is %v, want %v", at, got, want)
		}
	}
	if got := l.offset(Position{0, 1}, utf16Units); got != 4 {
		t.Errorf("offset is %d", got)
	}
}

func TestLineBreakIsTheEndOfItsLine(t *testing.T) {
	l := newLines([]byte("ab\r\nc"), false)
	for at, want := range map[int]Position{2: {0, 2}, 3: {0, 2}, 4: {1, 0}} {
		if got := l.position(at, utf16Units); got != want {
			t.Errorf("position of %d is %v, want %v", at, got, want)
		}
	}
}

func FuzzPositions(f *testing.F) {
	f.Add("a😀\r\n\xffé", 0, 1)
	f.Fuzz(func(t *testing.T, text string, line, character int) {
		l := newLines([]byte(text), line%2 == 0)
		for _, e := range []encoding{utf8Bytes, utf16Units} {
			at := l.offset(Position{line, character}, e)
			if at < 0 || at > len(text) {
				t.Fatalf("offset %d of %d", at, len(text))
			}
			if again := l.offset(l.position(at, e), e); again != at {
				t.Fatalf("%s: %d becomes %d", e, at, again)
			}
		}
	})
}
