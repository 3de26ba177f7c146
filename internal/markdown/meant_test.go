package markdown

import (
	"strings"
	"testing"

	"leerblad/internal/edit"
	"leerblad/internal/source"
)

// codes gives the codes of a text's diagnostics, and the text with the first fix of each that overlaps no other.
func codes(text string) (codes, mended string) {
	f := source.NewFile("a.md", []byte(text))
	_, diags := New().Parse(f, 0, "")
	var all []string
	var changes edit.Changes
	for _, d := range diags.Sorted() {
		all = append(all, string(d.Code))
		if len(d.Fixes) > 0 && !overlap(changes, d.Fixes[0].Changes) {
			changes = append(changes, d.Fixes[0].Changes...)
		}
	}
	out, err := edit.Apply(f.Data, changes)
	if err != nil {
		return err.Error(), ""
	}
	return strings.Join(all, " "), string(out)
}

func overlap(a, b edit.Changes) bool {
	for _, x := range a {
		for _, y := range b {
			if x.Span.Start < y.Span.End && y.Span.Start < x.Span.End || x.Span.Start == y.Span.Start {
				return true
			}
		}
	}
	return false
}

func TestWhatWasMeantIsToldAndMended(t *testing.T) {
	for _, c := range []struct{ text, codes, mended string }{
		{"• Een\n• Twee\n", "loose-bullet", "- Een\n- Twee\n"},
		{"- Een\n• Twee\n", "loose-bullet", "- Een\n- Twee\n"},
		{"* Een\n• Twee\n", "loose-bullet", "* Een\n* Twee\n"},
		{"- • Een\n", "loose-bullet", "- Een\n"},
		{"> • Een\n> • Twee\n", "loose-bullet", "> - Een\n> - Twee\n"},
		{"De aanpak:\n•\tEen\no\tonder\n•\tTwee\n", "loose-bullet", "De aanpak:\n- Een\n  - onder\n- Twee\n"},
		{"  • Een\n      ◦ Onder\n  • Twee\n", "loose-bullet", "- Een\n  - Onder\n- Twee\n"},
		{"§  Een\r\n§  Twee\r\n", "loose-bullet", "- Een\r\n- Twee\r\n"},
		{"-Een\n-Twee\n", "loose-bullet", "- Een\n- Twee\n"},
		{"Drie punten:\n– een;\n– twee.\n", "loose-bullet", "Drie punten:\n- een;\n- twee.\n"},
		{"1)Een\n2)Twee\n", "loose-bullet", "1. Een\n2. Twee\n"},
		{"Zie\n2. Twee\n3. Drie\n", "loose-bullet", "Zie\n\n2. Twee\n3. Drie\n"},
		{"a) Een\nb) Twee\n", "loose-bullet", "- a) Een\n- b) Twee\n"},
		{"• Een • Twee\n", "loose-bullet", "- Een\n- Twee\n"},
		{"•\nEen\n•\nTwee\n", "loose-bullet", "- Een\n- Twee\n"},
		{"    • Een\n    • Twee\n", "loose-bullet", "- Een\n- Twee\n"},
		{"- ☺ Een\n- ☺ Twee\n- ⊕ Drie\n", "loose-sign loose-sign", "- [+] Een\n- [+] Twee\n- [+] Drie\n"},
		{"✔️ Een\n", "loose-sign", "- [+] Een\n"},
		{"+ Een\n- Twee\n", "loose-sign loose-sign", "- [+] Een\n- [+] Twee\n"},
		{"- **☹** Een\n", "loose-sign", "- [+] Een\n"},
		{"- [+]een\n* [+]twee\n", "tight-marker tight-marker", "- [+] een\n* [+] twee\n"},
		{"- + een\n", "loose-marker", "- [+] een\n"},
		{"-[+] een\n", "loose-marker", "- [+] een\n"},
		{"- \\[+\\] een\n", "loose-marker", "- [+] een\n"},
		{"- [ +] een\n", "unknown-marker", "- [+] een\n"},
		{"- [x] een\n", "task-item", "- een\n"},
		{"Samenwerking\n\nDe samenwerking is goed. Dat blijft zo.\n", "loose-heading", "## Samenwerking\n\nDe samenwerking is goed. Dat blijft zo.\n"},
		{"## A\n\n**B**\n\nTekst.\n", "loose-heading", "## A\n\n### B\n\nTekst.\n"},
		{"1.1 Een\n\nTekst.\n\n1.2 Twee\n\nTekst.\n", "loose-heading loose-heading", "## Een\n\nTekst.\n\n## Twee\n\nTekst.\n"},
		{"1. Een\n\nTekst.\n\n2. Twee\n\nTekst.\n", "loose-heading loose-heading", "## Een\n\nTekst.\n\n## Twee\n\nTekst.\n"},
		{"##Kop\n", "tight-heading", "## Kop\n"},
		{"Een zin.\n---\n", "underlined", "Een zin.\n\n---\n"},
		{"- een\n\n\t\tvervolg van een\n", "indented-code", "- een\n\n  vervolg van een\n"},
		{"A\tB|\nC\tD\n", "loose-table", "| A | B\\| |\n| --- | --- |\n| C | D |\n"},
		{"A\tB\n\nC\tD\n", "loose-table", "| A | B |\n| --- | --- |\n| C | D |\n"},
		{"Tel:\na | b\nc | d\n", "loose-table", "Tel:\n\na | b\n| --- | --- |\nc | d\n"},
		{"| a | `b|c` |\n|---|---|\n", "table-head", "| a | `b\\|c` |\n|---|---|\n"},
		{"| a | b |\n| — | — |\n", "loose-table", "| a | b |\n| --- | --- |\n"},
		{"| a | b |\n|---|---|\n| c | `d|e` |\n", "table-row", "| a | b |\n|---|---|\n| c | `d\\|e` |\n"},
		{"[^n]: Nooit gebruikt.\n", "unused-footnote", "[^n]: Nooit gebruikt.\n"},
		{"![f](IMG 1.HEIC)\n", "path-space", "![f](<IMG 1.HEIC>)\n"},
		{"![f](..\\a b.jpg \"t\")\n", "path-space", "![f](<../a b.jpg> \"t\")\n"},
		{"[a] (b.md)\n", "apart-link", "[a](b.md)\n"},
		{"[a](b.md “t”)\n", "title-quotes", "[a](b.md \"t\")\n"},
		{"!!! tip \"Let op\"\n\n    Een.\n\nTwee.\n", "foreign-mark", "> **Let op**\n>\n> Een.\n\nTwee.\n"},
		{":::note\nEen.\n:::\n", "foreign-mark", "> Een.\n"},
		{"* TOC\n{:toc}\n\nEen.\n", "foreign-mark", "\nEen.\n"},
		{"%%\nweg\n%%\n", "foreign-mark", "<!--\nweg\n-->\n"},
		{"{::comment}\nweg\n{:/comment}\n", "foreign-mark", "<!--\nweg\n-->\n"},
		{"H~2~O, m^2^ en ==ja==.\n", "foreign-mark foreign-mark foreign-mark", "H₂O, m² en **ja**.\n"},
	} {
		if codes, mended := codes(c.text); codes != c.codes || mended != c.mended {
			t.Errorf("%q: %s, %q; want %s, %q", c.text, codes, mended, c.codes, c.mended)
		}
	}
}

// Ordinary prose says nothing of all that.
func TestProseIsLeftAlone(t *testing.T) {
	for _, text := range []string{
		"– maar toch ging het door.\n", "De samenwerking – zo blijkt –\nis goed, en dat is\n– helaas – niet overal zo.\n", "– Hoe gaat het?\n\n– Goed, dank u.\n",
		"Tot ziens.\n\nMet vriendelijke groet,\n\nDe redactie\n\nPostbus 1\n1000 AA Voorbeeldstad\n", "> Een citaat.\n\nEen projectleider uit Twente\n\nHij vat samen wat velen zeggen. Het is niet overal zo.\n",
		"1.500 mensen deden mee.\n\n1.5 miljoen euro is begroot\n\nDat bedrag is op. Er komt niets bij.\n", "Van 10:30 tot 12:00:00 uur; zie a:b:c, x^2, c == d, $5 en $10, 5%, 10%% en ~100 mensen.\n",
		"Gebruik {naam}, {1, 2} en {x=1} in de brief. Hij zei [sic] en [..] [1][2].\n", "+31 6 12345678\n\n±20 mensen.\n\n− 5 graden.\n", "o zo mooi\n\na. een punt\n\nZie artikel\n3. van de wet en artikel\n12. ook.\n",
		"#PoW is de hashtag, en #1 ook.\n\n:) is een lach, → een pijl.\n", "- x is onbekend\n- o ja\n- A. Jansen\n- 📅 8 april\n", "```\n!!! tip\n[[wiki]] {{ x }}\n• punt\n```\n\nEn `[[wiki]]`, `{% x %}`, `==x==`.\n",
		"    x = 1\n", "Een zin.  Nog een.  En nog een.\nTweede.  Met dubbele.  Ook hier.\n", "**Let op!** Dit is belangrijk.\n\n**Deze hele zin is vet.**\n\nTekst.\n", "<https://example.org/?a==b==&c=:smile:> en [a](https://example.org/~x~?^2^).\n",
		"Fout! Dat was het niet.\n", "Zij zei \\[sic\\] (.. /a.md) en \\[a\\](b c.md).\n", "Kop\n---\n\nTekst.\n\n---\n", "| a | b |\n|---|---|\n| ✓ | `a\\|b` |\n| p | q | |\n| z |\n",
	} {
		if codes, _ := codes(text); codes != "" {
			t.Errorf("%q: %s", text, codes)
		}
	}
}
