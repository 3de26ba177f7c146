package importer

import (
	"strings"

	"golang.org/x/text/encoding/charmap"
)

// What the signs of symbols fonts look like, from code 0x21 on; a space where Unicode has nothing like it.
const (
	wingdings = "🖉✂✁👓🔔🕮🕯☎✆✉🖃📪📫📬📭📁📂📄🗏🗐🗄⌛🖮🖰🖲🖳🖴🖫🖬✇✍🖎✌👌👍👎☜☞☝☟🖐☺😐☹💣☠🏳🏱✈☼💧❄🕆✞🕈✠✡☪☯ॐ☸♈♉♊♋♌♍♎♏♐♑♒♓&&●🔾■□□□□⬧⧫◆❖⬥⌧⮹⌘🏵🏶“” " +
		"⓪①②③④⑤⑥⑦⑧⑨⑩⓿❶❷❸❹❺❻❼❽❾❿🙢🙠🙡🙣🙞🙜🙝🙟·•▪○⭘◯◉◎🔿▪◻▲✦★✶✴✹✵⯐⌖⟡⌑⯑✪✰🕐🕑🕒🕓🕔🕕🕖🕗🕘🕙🕚🕛⮰⮱⮲⮳⮴⮵⮶⮷🙪🙫🙕🙔🙗🙖🙐🙑🙒🙓⌫⌦⮘➢⮙⮛⮈➲⮉⮋←→↑↓↖↗↙↘⬅➔⬆⬇↖↗↙↘⇦⇨⇧⇩⬄⇳⬁⬀⬃⬂▭▫✗✓☒☑⊞"
	symbol = "!∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼ " +
		"                                €ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐—↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊⟨®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪ ⟩∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭ "
)

// otherSymbols are the signs of Webdings and the later Wingdings that texts have.
var otherSymbols = map[string]map[rune]rune{
	"wingdings2": {'O': '✗', 'P': '✓', 'Q': '☒', 'R': '☑', 'S': '☒', 'T': '☑', 'U': '☒', 'V': '☒', 0x95: '•', 0x96: '•', 0x97: '●', 0x98: '●', 0x99: '○', 0x9F: '■', 0xA2: '■', 0xA3: '□', 0xAE: '◆'},
	"wingdings3": {'f': '←', 'g': '→', 'h': '↑', 'i': '↓', 'j': '↖', 'k': '↗', 'l': '↙', 'm': '↘', 'p': '▲', 'q': '▼', 't': '◀', 'u': '▶', '}': '▶', '~': '◀'},
	"webdings":   {'a': '✔', 'r': '✖', 'n': '●', 'g': '■', 'c': '□', '<': '■', '=': '►', '4': '▶', '3': '◀', '5': '▲', '6': '▼', 'i': 'ℹ', 's': '?', 'x': '⚠'},
}

// isSymbols reports whether a font has signs where others have letters.
func isSymbols(font string) bool {
	_, other := otherSymbols[fontKey(font)]
	return other || fontKey(font) == "wingdings" || fontKey(font) == "symbol"
}

func fontKey(font string) string { return strings.ToLower(strings.ReplaceAll(font, " ", "")) }

// signOf gives the character that looks like a sign of a symbols font; false if none is known, or the font is another.
func signOf(font string, r rune) (rune, bool) {
	code := r
	switch b, ok := charmap.Windows1252.EncodeRune(r); {
	case r >= 0xf020 && r <= 0xf0ff:
		code = r - 0xf000
	case ok:
		code = rune(b)
	}
	if code < 0x21 || code > 0xff {
		return r, false
	}
	sign, known := ' ', false
	switch key := fontKey(font); key {
	case "wingdings":
		sign, known = []rune(wingdings)[code-0x21], true
	case "symbol":
		sign, known = []rune(symbol)[code-0x21], true
	default:
		sign, known = otherSymbols[key][code]
	}
	if !known || sign == ' ' {
		return r, false
	}
	return sign, true
}
