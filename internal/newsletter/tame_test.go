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
		"https://caf%C3%A9.nl/%C3%A9?q=%C3%BC#%C3": "https://xn--caf-dma.nl/%C3%A9?q=%C3%BC#%C3",
		"https://CAFÉ.nl:8080/{x}":                 "https://xn--caf-dma.nl:8080/%7Bx%7D",
		"https://a%40b@straße.example?x":           "https://a%40b@xn--strae-oqa.example?x",
		"https://a@b@é.nl/":                        "https://a@b@xn--9ca.nl/",
		"//café.nl":                                "//xn--caf-dma.nl",
		"https://%F0%9F%98%80.nl/":                 "https://xn--e28h.nl/",
		"https://xn--caf-dma.nl/":                  "https://xn--caf-dma.nl/",
		"mailto:a@caf%C3%A9.nl,b@é.nl?cc=c@é.nl":   "mailto:a@xn--caf-dma.nl,b@xn--9ca.nl?cc=c@é.nl",
		"mailto:a%40b":                             "mailto:a%40b",
		"tel:+31-6":                                "tel:+31-6",
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

func TestLongWordStandsWholeOnALineOfItsOwn(t *testing.T) {
	t.Parallel()
	word := strings.Repeat("aé", 60)
	for text, want := range map[string]string{
		"Een " + word + " woord":         "Een\n" + word + "\nwoord\n",
		word:                             word + "\n",
		word + word + " " + word:         word + word + "\n" + word + "\n",
		strings.Repeat("x", 78) + " y":   strings.Repeat("x", 78) + "\ny\n",
		strings.Repeat("x", 77) + " y z": strings.Repeat("x", 77) + "\ny z\n",
		strings.Repeat("é", 500) + " w":  strings.Repeat("é", 499) + "\né\nw\n",
		"<https://example.org/" + strings.Repeat("x", 970) + ">": "<https://example.org/" + strings.Repeat("x", 970) + ">\n",
	} {
		w := &textWriter{}
		if w.wrap(text); w.out.String() != want {
			t.Errorf("%q became %q", text, w.out.String())
		}
	}
	w := &textWriter{prefix: "> "}
	w.wrap(strings.Repeat("x", 2000))
	for l := range strings.Lines(w.out.String()) {
		if len(l) > 999 || !strings.HasPrefix(l, "> x") {
			t.Errorf("a line of %d bytes, %.10q", len(l), l)
		}
	}
}

func TestLinesOfCodeAreBrokenAtBlanks(t *testing.T) {
	t.Parallel()
	w := &textWriter{}
	lines := []run{{text: "  a  b"}, {}, {text: "    " + strings.Repeat("ab  ", 20)}, {text: "        " + strings.Repeat("x", 90) + " y"}}
	w.block(&code{lines: lines})
	want := "      a  b\n\n        " + strings.TrimSpace(strings.Repeat("ab  ", 18)) + "\n     ab  ab\n    " + strings.Repeat("x", 90) + "\n    y\n"
	if got := w.out.String(); got != want {
		t.Errorf("got\n%s, want\n%s", got, want)
	}
}

func TestLongWordGetsBlanks(t *testing.T) {
	t.Parallel()
	c := &composer{}
	if got := c.words(strings.Repeat("é", 2*bounds.Word+1)+" b", source.Span{}); got != strings.Repeat("é", bounds.Word)+" "+strings.Repeat("é", bounds.Word)+" é b" || len(c.diags) != 1 {
		t.Errorf("%d bytes, %d problems", len(got), len(c.diags))
	}
}
