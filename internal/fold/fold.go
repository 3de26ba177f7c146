// Package fold makes characters alike that readers take for one: those of search and of addresses.
package fold

import (
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// special gives the letters that compatibility decomposition leaves whole and that readers type otherwise; search/client/words.js has them too.
var special = map[rune]string{
	'ß': "ss", 'æ': "ae", 'œ': "oe", 'ø': "o", 'ð': "d", 'đ': "d", 'ł': "l", 'ı': "i", 'ς': "σ", 'þ': "th", 'ħ': "h",
}

// Folded characters that are not part of a word.
const (
	Separator  = ' '
	Apostrophe = '\''
	Hyphen     = '-'
)

// Rune gives the folded form of a character: Unicode's compatibility decomposition without marks, in lower case.
// Characters beyond the basic plane separate words, so that the order of words is the same in UTF-8 and UTF-16.
func Rune(r rune) string {
	s := ""
	for _, c := range norm.NFKD.String(string(r)) {
		c = unicode.ToLower(c)
		switch {
		case unicode.Is(unicode.M, c) || c == '\u00ad' || '\u200b' <= c && c <= '\u200d' || c == '\u2060' || c == '\ufeff':
		case c == '’' || c == 'ʼ' || c == Apostrophe:
			s += string(Apostrophe)
		case c == '\u2010' || c == Hyphen:
			s += string(Hyphen)
		case c > 0xffff || !unicode.IsLetter(c) && !unicode.IsNumber(c):
			s += string(Separator)
		case special[c] != "":
			s += special[c]
		default:
			s += string(c)
		}
	}
	return s
}
