package markdown_test

import (
	"html"
	"regexp"
	"strings"
	"testing"
)

func TestQuotationMarksAreTypographic(t *testing.T) {
	tags := regexp.MustCompile(`<[^>]*>`)
	for text, want := range map[string]string{
		`*"[tekst](https://example.org/)" meer*`:       `“tekst” meer`,
		`"[tekst](a.md)", zei *"een"* ["twee"](b.md)`:  `“tekst”, zei “een” “twee”`,
		"\"`code`\" en '`code`' en `x`'s":              `“code” en ‘code’ en x’s`,
		`rock 'n' roll, Rock 'n' Roll en R'n'B`:        `rock ’n’ roll, Rock ’n’ Roll en R’n’B`,
		"rock\n'n' roll, drum 'n'\nbass":               "rock\n’n’ roll, drum ’n’\nbass",
		`de letter 'n' en een 'n' erbij`:               `de letter ‘n’ en een ‘n’ erbij`,
		`'s morgens, 't, '90 en ('s avonds) "'t is"`:   `’s morgens, ’t, ’90 en (’s avonds) “’t is”`,
		`*'s avonds* in '20-'21, **'t** dorp`:          `’s avonds in ’20-’21, ’t dorp`,
		`'12 maanden' duurt het, in '98 zei hij 'nee'`: `‘12 maanden’ duurt het, in ’98 zei hij ‘nee’`,
		"zei: \"een\ntwee\" en\n'drie'":                "zei: “een\ntwee” en\n‘drie’",
		`("ja"), ['nee'] en "(misschien)".`:            `(“ja”), [‘nee’] en “(misschien)”.`,
		`dit --"tussen"-- en –'zo'– of en/"of"`:        `dit –“tussen”– en –‘zo’– of en/“of”`,
		`'centrum'-gebied, "plan"-fase`:                `‘centrum’-gebied, “plan”-fase`,
		`**"Vet"**, ***'alle'***, ~~"weg"~~`:           `“Vet”, ‘alle’, “weg”`,
		`"'Een' en 'twee'", zei "hij 'drie'"`:          `“‘Een’ en ‘twee’”, zei “hij ‘drie’”`,
		`"?" en "..." en "…ja" of "!"`:                 `“?” en “…” en “…ja” of “!”`,
		`zei:"ja" en zei "ja!", dan`:                   `zei:“ja” en zei “ja!”, dan`,
		`een scherm van 5" en 10' lang`:                `een scherm van 5" en 10’ lang`,
		`(OCW)'s plan en [OCW](a.md)'s plan`:           `(OCW)’s plan en OCW’s plan`,
		`<br>'een' <br>"twee"`:                         `‘een’ “twee”`,
		`> "citaat" van 'ons'`:                         `“citaat” van ‘ons’`,
		`>"citaat"`:                                    `“citaat”`,
		`- "punt"`:                                     `“punt”`,
		`"![Foto](a.png)" erbij`:                       `“” erbij`,
		`\"recht\" en \'recht\'`:                       `"recht" en 'recht'`,
		`een " los en ' los`:                           `een " los en ' los`,
		`De partners' plan en O'Neill 'citaat`:         `De partners’ plan en O’Neill ‘citaat`,
	} {
		body, _ := parse(text + "\n")
		var out strings.Builder
		for _, p := range body.Parts {
			out.WriteString(p.HTML)
		}
		if got := strings.TrimSpace(html.UnescapeString(tags.ReplaceAllString(out.String(), ""))); got != want {
			t.Errorf("%s\ngot  %s\nwant %s", text, got, want)
		}
	}
}
