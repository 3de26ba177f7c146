package newsletter

import "testing"

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
