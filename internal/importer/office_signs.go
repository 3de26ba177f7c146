package importer

import "strings"

// officeSign gives the character that looks like a sign of a symbols font. One of which the font is lost is of Symbol if it is a bullet, else of Wingdings.
func officeSign(font string, r rune) (rune, bool) {
	if !isSymbols(font) && r >= 0xf021 && r <= 0xf0ff {
		font = "Wingdings"
		if r == 0xf0b7 {
			font = "Symbol"
		}
	}
	return signOf(font, r)
}

// officeSigns puts Unicode characters in place of those of a font of symbols: the text in pieces, of which each other one, from the second on, is of
// symbols.
func officeSigns(font, text string) []string {
	whole := isSymbols(font)
	if !whole && !strings.ContainsFunc(text, func(r rune) bool { return r >= 0xf000 && r <= 0xf0ff }) {
		return []string{text}
	}
	var pieces []string
	var piece strings.Builder
	signs := false
	for _, r := range text {
		sign, is := r, false
		if whole || r >= 0xf000 && r <= 0xf0ff {
			sign, is = officeSign(font, r)
		}
		if is != signs {
			pieces = append(pieces, piece.String())
			piece.Reset()
			signs = is
		}
		piece.WriteRune(sign)
	}
	return append(pieces, piece.String())
}
