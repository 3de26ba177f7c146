package source

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Visible gives s without what nobody sees: soft hyphens, spaces of no width and marks of direction, which come along from word processors and
// make two words that look alike differ. Joiners stay, which some signs are made with.
func Visible(s string) string {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return strings.Map(func(r rune) rune {
				if unicode.Is(unicode.Cf, r) && r != '\u200c' && r != '\u200d' {
					return -1
				}
				return r
			}, s)
		}
	}
	return s
}
