package importer

import "testing"

func TestSignsOfSymbolsFonts(t *testing.T) {
	for _, c := range []struct {
		font     string
		in, want rune
	}{{"Wingdings", 'J', '☺'}, {"Wingdings", 'L', '☹'}, {"Wingdings", 'ü', '✓'}, {"Wingdings", 0xf0fb, '✗'}, {"Wingdings", '§', '▪'}, {"Wingdings", 'Ø', '➢'},
		{"Wingdings", 'v', '❖'}, {"Wingdings", 'q', '□'}, {"Wingdings", 'à', '→'}, {"Wingdings", 'è', '➔'}, {"Wingdings", 'ÿ', '⊞'}, {"Wingdings", 'l', '●'},
		{"Wingdings", 'Ÿ', '•'}, {"Symbol", '·', '•'}, {"Symbol", 0xf0b7, '•'}, {"Symbol", 'Å', '⊕'}, {"Symbol", 'a', 'α'}, {"Symbol", '-', '−'}, {"symbol", '³', '≥'},
		{"Symbol", 'Ö', '√'}, {"Symbol", 'ò', '∫'}, {"Symbol", 'W', 'Ω'}, {"Wingdings 2", 'P', '✓'}, {"Webdings", 'r', '✖'}, {"Arial", 'J', 'J'}, {"Wingdings", ' ', ' '}} {
		if got, _ := signOf(c.font, c.in); got != c.want {
			t.Errorf("%s %q: %q, want %q", c.font, c.in, got, c.want)
		}
	}
	for name, table := range map[string]string{"wingdings": wingdings, "symbol": symbol} {
		if n := len([]rune(table)); n != 0x100-0x21 {
			t.Errorf("%s has %d signs", name, n)
		}
	}
}
