package importer

import (
	"fmt"
	"testing"

	"leerblad/internal/markdown"
)

func newInline() *inlineWriter {
	parser := markdown.New()
	parser.NoHints = true
	return &inlineWriter{parser: parser, picture: func(int) string { return "![x](x.png)" }, note: func(i int) string { return fmt.Sprint(i) }}
}

func TestTypedSignsComeOutAsTyped(t *testing.T) {
	for typed, want := range map[string]string{
		"5 * 3 = 15":                           "5 * 3 = 15",
		"* geen lijst":                         `\* geen lijst`,
		"# geen kop":                           `\# geen kop`,
		"C# en F#":                             "C# en F#",
		"[+] geen bevinding":                   `\[+] geen bevinding`,
		"zie [tekst](zo)":                      `zie \[tekst]\(zo)`,
		"[sic] staat er":                       "[sic] staat er",
		"verslag_van_de_regio.docx":            "verslag_van_de_regio.docx",
		"sleutel __init__":                     `sleutel \_\_init\_\_`,
		`C:\regio\verslag`:                     `C:\regio\verslag`,
		`een \* en \`:                          `een \\\* en \\`,
		"3 < 4 > 2":                            "3 < 4 > 2",
		"<b>vet</b>":                           `\<b>vet\</b>`,
		"AT&amp;T & R&D":                       `AT\&amp;T & R&D`,
		"`code`":                               "\\`code\\`",
		"~~door~~":                             `\~\~door\~\~`,
		"~10%":                                 "~10%",
		"a|b":                                  "a|b",
		"{#id} en {reach=most}":                `{\#id} en {reach\=most}`,
		"1986. Een goed jaar":                  `1986\. Een goed jaar`,
		"in 1986. Een goed jaar":               "in 1986. Een goed jaar",
		"+ plus":                               `\+ plus`,
		"> geen citaat":                        `\> geen citaat`,
		": geen uitleg":                        `\: geen uitleg`,
		"[^1] geen noot":                       `\[\^1] geen noot`,
		"--drafts en -- een streep":            `\--drafts en -- een streep`,
		"---":                                  `\---`,
		"<<zo>>":                               `\<\<zo\>\>`,
		"https://example.org/a_b":              "https://example.org/a_b",
		"\"dubbel\" en 'enkel' — … ’s":         "\"dubbel\" en 'enkel' — … ’s",
		"zacht\u00adkoppelteken en 10\u00a0km": "zachtkoppelteken en 10\u00a0km",
	} {
		if got := newInline().write(atoms([]Inline{{Text: typed}}), inItem); got != want {
			t.Errorf("%q: %q, want %q", typed, got, want)
		}
	}
}

func TestStylesAreWrittenWhereMarkdownHasThem(t *testing.T) {
	b := func(s string) Inline { return Inline{Text: s, Style: Strong} }
	i := func(s string) Inline { return Inline{Text: s, Style: Em} }
	p := func(s string) Inline { return Inline{Text: s} }
	for _, c := range []struct {
		text []Inline
		want string
	}{
		{[]Inline{b("vet"), p("ge")}, "**vet**ge"},
		{[]Inline{p("Vet"), b("ge"), p("drukt")}, "Vet**ge**drukt"},
		{[]Inline{b("vet "), p("ge")}, "**vet** ge"},
		{[]Inline{p("a"), b(" vet")}, "a **vet**"},
		{[]Inline{b("vet:"), p("ge")}, "**vet**:ge"},
		{[]Inline{i("schuin:"), b("vet"), p(" ernaast")}, "_schuin:_**vet** ernaast"},
		{[]Inline{i("schuin"), b("vet")}, "*schuin***vet**"},
		{[]Inline{{Text: "alles", Style: Strong | Em}}, "***alles***"},
		{[]Inline{b("a"), {Text: "b", Style: Strong | Em}, i("c")}, "**a*b***c"},
		{[]Inline{b("a "), p("b"), b(" c")}, "**a** b **c**"},
		{[]Inline{p("een"), b("."), p(" twee")}, "een. twee"},
		{[]Inline{p("H"), {Text: "2", Style: Sub}, p("O en m"), {Text: "2", Style: Super}, p(" en 1"), {Text: "e", Style: Super}}, "H₂O en m² en 1e"},
		{[]Inline{{Text: "a`b", Style: Mono}}, "``a`b``"},
		{[]Inline{b("zie "), {Text: "hier", Style: Strong, Link: "https://e.org/a b(c"}, b(" nu")}, `**zie [hier](https://e.org/a%20b%28c) nu**`},
		{[]Inline{p("Kijk!"), {Text: "hier", Link: "https://e.org/"}}, `Kijk\![hier](https://e.org/)`},
		{[]Inline{p("Zie "), {Text: "https://e.org/a_b?x=1&y=2", Link: "https://e.org/a_b?x=1&y=2"}}, "Zie <https://e.org/a_b?x=1&y=2>"},
		{[]Inline{p("een"), {Break: true}, p("- twee")}, "een\\\n\\- twee"},
		{[]Inline{p("x!"), {Note: 1}}, "x\\![^1]"},
	} {
		if got := newInline().write(atoms(c.text), inParagraph); got != c.want {
			t.Errorf("%v: %q, want %q", c.text, got, c.want)
		}
	}
}

func TestTablesAndLists(t *testing.T) {
	p := func(s string) Block { return &Paragraph{Text: []Inline{{Text: s}}} }
	item := func(b ...Block) Item { return Item{Blocks: b} }
	doc := &Document{Blocks: []Block{
		&Heading{Level: 1, Text: []Inline{{Text: "Kop"}}}, &Heading{Level: 4, Text: []Inline{{Text: "Diep"}}},
		&List{Items: []Item{item(p("a"), &List{Ordered: true, Start: 1, Items: []Item{item(p("b"))}}), item(p("c"))}},
		&List{Items: []Item{item(p("d"), p("e")), item(p("f"), &List{Ordered: true, Start: 3, Items: []Item{item(p("g"))}})}},
		p("tussen"),
		&List{Ordered: true, Start: 9, Items: []Item{item(p("negen")), item(p("tien"), &List{Items: []Item{item(p("h"))}}),
			item(p("elf"), &Table{Rows: [][]Cell{{{Blocks: []Block{p("x")}}, {Covered: true}}, {{}, {Blocks: []Block{p("a|b"), &List{Items: []Item{item(p("i")), item(p("j"))}}}}}}})}},
		&Definitions{Items: []Definition{{Term: []Inline{{Text: "Begrip"}}, Blocks: []Block{p("Uitleg.")}}}},
		&Quote{Blocks: []Block{p("q"), p("r")}}, &Code{Text: "a\n  b"}, &Rule{},
		&Paragraph{Text: []Inline{{Text: "noot"}, {Note: 2}}},
	}, Notes: []Note{{Blocks: []Block{p("los")}}, {Blocks: []Block{p("een"), p("twee")}}}}
	got, _ := write(doc, front{title: "Titel: 1"}, nil)
	const want = `---
title: "Titel: 1"
draft: true
---

## Kop

### Diep

- a
  1. b
- c

* d

  e

* f

  3. g

tussen

9. negen

10. tien

    - h

11. elf

    | x | |
    | --- | --- |
    | | a\|b<br>i<br>j |

Begrip
: Uitleg.

> q
>
> r

` + "```\na\n  b\n```" + `

---

noot[^1]

los

[^1]: een

    twee
`
	if string(got) != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
