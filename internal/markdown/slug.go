package markdown

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Slug gives s in the form [a-z0-9]+(-[a-z0-9]+)*: lower case, accents dropped, every other
// character a hyphen. It is "" for a text without letters or digits.
func Slug(s string) string {
	var b strings.Builder
	hyphen := false
	s = strings.ToLower(s)
	if !ascii(s) {
		s = norm.NFKD.String(s)
	}
	for _, r := range s {
		switch {
		case r < unicode.MaxASCII && (unicode.IsLetter(r) || unicode.IsDigit(r)):
			if hyphen && b.Len() > 0 {
				b.WriteByte('-')
			}
			hyphen = false
			b.WriteRune(unicode.ToLower(r))
		case unicode.In(r, unicode.Mn, unicode.Cf), r == '\'', r == '’', r == '‘':
		default:
			hyphen = true
		}
	}
	return b.String()
}

func ascii(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// shortSlug is the slug of the first words of s, at most six of them and 48 letters, but at least one word.
func shortSlug(s string) string {
	words := strings.Split(Slug(s), "-")
	out := words[0]
	for _, w := range words[1:min(len(words), 6)] {
		if len(out)+1+len(w) > 48 {
			break
		}
		out += "-" + w
	}
	return out[:min(len(out), 48)]
}
