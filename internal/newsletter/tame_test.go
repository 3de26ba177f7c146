package newsletter

import (
	"strings"
	"testing"

	"leerblad/internal/bounds"
	"leerblad/internal/source"
)

func TestAddressesHoldNoTags(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]string{
		"https://example.com/a%20b?c=d&e=%C3%A9#f": "https://example.com/a%20b?c=d&e=%C3%A9#f",
		"https://[2001:db8::1]/[x]":                "https://[2001:db8::1]/%5Bx%5D",
		"https://example.com/*|UNSUB|*":            "https://example.com/%2A%7CUNSUB%7C%2A",
		"https://example.com/%UNSUBSCRIBELINK%":    "https://example.com/%25UNSUBSCRIBELINK%25",
		"https://example.com/%ADDRESS%25":          "https://example.com/%AD%44RESS%25",
		"mailto:a@example.com?subject={{ x }}":     "mailto:a@example.com?subject=%7B%7Bx%7D%7D",
		"https://example.com/\u202ea\nb":           "https://example.com/ab",
	} {
		if got := tameAddress(address); got != want {
			t.Errorf("%q became %q, want %q", address, got, want)
		}
	}
}

func TestTextsHoldNoTags(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"50% van 3 [1] {a} * | #": "50% van 3 [1] {a} * | #",
		"*|X|*":                   "*\u200c|X|\u200c*",
		"{{{x}}}":                 "{\u200c{\u200c{x}\u200c}\u200c}",
		" a\r\n\tb\u202ec ":       "a bc",
	} {
		if got := line(text); got != want {
			t.Errorf("%q became %q, want %q", text, got, want)
		}
	}
}

func TestLongWordIsCutInPiecesOfALine(t *testing.T) {
	w := &textWriter{}
	w.wrap("Een " + strings.Repeat("é", 200_000) + " woord")
	lines := strings.Split(strings.TrimSuffix(w.out.String(), "\n"), "\n")
	if n := len(lines); n != 200_000/textWidth+2 || lines[0] != "Een" || !strings.HasSuffix(lines[n-1], "é woord") {
		t.Errorf("%d lines, from %q to %q", n, lines[0], lines[n-1])
	}
	c := &composer{}
	if got := c.words(strings.Repeat("é", 2*bounds.Word+1)+" b", source.Span{}); got != strings.Repeat("é", bounds.Word)+" "+strings.Repeat("é", bounds.Word)+" é b" || len(c.diags) != 1 {
		t.Errorf("%d bytes, %d problems", len(got), len(c.diags))
	}
}
