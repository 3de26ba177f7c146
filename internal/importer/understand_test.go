package importer

import (
	"slices"
	"strings"
	"testing"
	"time"

	"leerblad/internal/diag"
)

// typed makes a document of lines: each is a paragraph, with spaces before it for its indent, ** around bold and / for a line break.
func typed(text string) *Document {
	d := &Document{}
	for line := range strings.Lines(text) {
		line = strings.TrimSuffix(line, "\n")
		p := &Paragraph{Indent: 9 * (len(line) - len(strings.TrimLeft(line, " ")))}
		for i, part := range strings.Split(strings.TrimLeft(line, " "), " // ") {
			if i > 0 {
				p.Text = append(p.Text, Inline{Break: true})
			}
			for j, run := range strings.Split(part, "**") {
				if run != "" {
					p.Text = append(p.Text, Inline{Text: run, Style: Strong * Style(j%2)})
				}
			}
		}
		d.Blocks = append(d.Blocks, p)
	}
	return d
}

// body gives a text without its front matter.
func body(t *Text) string { return strings.TrimSpace(string(t.Markdown[bodyAt(t.Markdown):])) }

func TestTypedListsAreLists(t *testing.T) {
	for name, c := range map[string]struct{ typed, want string }{
		"bullets":                        {"Vooraf.\n• een\n•twee\n\n•\tdrie\nNa.", "Vooraf.\n\n- een\n- twee\n- drie\n\nNa."},
		"hyphens":                        {"Vooraf.\n- een\n- twee", "Vooraf.\n\n- een\n- twee"},
		"o and a tab":                    {"Vooraf.\no\teen\no\ttwee", "Vooraf.\n\n- een\n- twee"},
		"one hyphen is a dash":           {"Vooraf.\n- een streep", "Vooraf.\n\n\\- een streep"},
		"one bullet is an item":          {"Vooraf.\n• een", "Vooraf.\n\n- een"},
		"one star is a note":             {"Vooraf.\n* Voorlopig", "Vooraf.\n\n\\* Voorlopig"},
		"a year is no number":            {"Vooraf.\n1986. Een goed jaar", "Vooraf.\n\n1986\\. Een goed jaar"},
		"one number is none":             {"Vooraf.\n3. Een zin", "Vooraf.\n\n3\\. Een zin"},
		"numbers":                        {"Vooraf.\n1. een\n2. twee\n3) drie", "Vooraf.\n\n1. een\n2. twee\n3. drie"},
		"letters":                        {"Vooraf.\na) een\nb) twee", "Vooraf.\n\n1. een\n2. twee"},
		"romans":                         {"Vooraf.\n(i) een\n(ii) twee\n(iii) drie", "Vooraf.\n\n1. een\n2. twee\n3. drie"},
		"numbers go on after a text":     {"Vooraf.\n1. een\n2. twee\nTussen.\n3. drie\nNa.", "Vooraf.\n\n1. een\n2. twee\n\nTussen.\n\n3. drie\n\nNa."},
		"numbers begin anew":             {"Vooraf.\n1. een\n2. twee\n1. weer een\n2. weer twee", "Vooraf.\n\n1. een\n2. twee\n\n1) weer een\n2) weer twee"},
		"another sign stands within":     {"Vooraf.\n• een\n– binnen\n– nog\n• twee", "Vooraf.\n\n- een\n  - binnen\n  - nog\n- twee"},
		"another sign after it does not": {"Vooraf.\n1. een\n2. twee\n- drie\n- vier", "Vooraf.\n\n1. een\n2. twee\n\n- drie\n- vier"},
		"indent":                         {"Vooraf.\n• een\n  • binnen\n    • diep\n• twee", "Vooraf.\n\n- een\n  - binnen\n    - diep\n- twee"},
		"letters within numbers":         {"Vooraf.\n1. een\na. binnen\nb. nog\n2. twee", "Vooraf.\n\n1. een\n   1. binnen\n   2. nog\n2. twee"},
		"a paragraph goes on":            {"Vooraf.\n• een\n  Verder.\n• twee", "Vooraf.\n\n- een\n\n  Verder.\n\n- twee"},
		"line breaks":                    {"Nodig: // • een // • twee // en meer // • drie\nNa.", "Nodig:\n\n- een\n- twee\\\n  en meer\n- drie\n\nNa."},
		"line breaks that are none":      {"Regel een // regel twee", "Regel een\\\nregel twee"},
		"an empty line parts":            {"Een. //  // Twee.", "Een.\n\nTwee."},
		"signs":                          {"Vooraf.\n☺ een\n⊕ twee\n☺ drie", "Vooraf.\n\n- ☺ een\n- ⊕ twee\n- ☺ drie"},
		"plus and minus":                 {"Vooraf.\n+ een\n- twee\n– drie", "Vooraf.\n\n- \\+ een\n- \\- twee\n- – drie"},
		"one smile is a smile":           {"Vooraf.\n☺ een", "Vooraf.\n\n☺ een"},
		"our own marker":                 {"Vooraf.\n• [+] een\n• [x] twee", "Vooraf.\n\n- [+] een\n- \\[x] twee"},
	} {
		if got := body(Import(typed(c.typed), Options{Title: "T"})); got != c.want {
			t.Errorf("%s: got\n%s\nwant\n%s", name, got, c.want)
		}
	}
}

func TestBoldLinesBeforeTextAreHeadings(t *testing.T) {
	for name, c := range map[string]struct{ typed, title, want string }{
		"title and heading": {"**De titel**\n**Inleiding**\nEen zin van de tekst.\n**Wat nodig is**\n• een\n• twee", "De titel", "## Inleiding\n\nEen zin van de tekst.\n\n## Wat nodig is\n\n- een\n- twee"},
		"numbered":          {"**Titel**\nEen zin van de tekst.\n**1. Een**\nEen zin van de tekst.\n**1.1 Twee**\nEen zin van de tekst.\n**2 Drie**\nEen zin van de tekst.", "Titel", "Een zin van de tekst.\n\n## Een\n\nEen zin van de tekst.\n\n### Twee\n\nEen zin van de tekst.\n\n## Drie\n\nEen zin van de tekst."},
		"at the end":        {"Een zin van de tekst.\n**Slot**", "Naam", "Een zin van de tekst.\n\n**Slot**"},
		"short text":        {"Tekst.\n**Een vette regel**\nKort.", "Naam", "Tekst.\n\n**Een vette regel**\n\nKort."},
		"a sentence":        {"Een zin van de tekst.\n**Dit is een zin.**\nEen zin van de tekst.", "Naam", "Een zin van de tekst.\n\n**Dit is een zin.**\n\nEen zin van de tekst."},
		"half bold":         {"Een zin van de tekst.\n**Let op:** dit.\nEen zin van de tekst.", "Naam", "Een zin van de tekst.\n\n**Let op:** dit.\n\nEen zin van de tekst."},
		"three in a row":    {"Een zin van de tekst.\n**a**\n**b**\n**c**\nEen zin van de tekst.", "Naam", "Een zin van de tekst.\n\n**a**\n\n**b**\n\n**c**\n\nEen zin van de tekst."},
		"a caption":         {"Een zin van de tekst.\n**Tabel 1. Cijfers**\nEen zin van de tekst.", "Naam", "Een zin van de tekst.\n\n**Tabel 1. Cijfers**\n\nEen zin van de tekst."},
		"no styles at all": {"Lerende evaluatie\n" + strings.Repeat("Een lange alinea. ", 6) + "\nErvaringen delen\n" + strings.Repeat("Nog een lange alinea. ", 6), "Lerende evaluatie",
			strings.TrimSpace(strings.Repeat("Een lange alinea. ", 6)) + "\n\n## Ervaringen delen\n\n" + strings.TrimSpace(strings.Repeat("Nog een lange alinea. ", 6))},
	} {
		text := Import(typed(c.typed), Options{Name: "map/naam.docx", Unnumber: true})
		if got := body(text); got != c.want || text.Title != c.title {
			t.Errorf("%s: got %q\n%s\nwant %q\n%s", name, text.Title, got, c.title, c.want)
		}
	}
}

func heading(level int, text string) Block {
	return &Heading{Level: level, Text: []Inline{{Text: text}}}
}

func para(text string) Block { return &Paragraph{Text: []Inline{{Text: text}}} }

func TestTitleAndHeadings(t *testing.T) {
	for name, c := range map[string]struct {
		doc         Document
		title, want string
		asks        bool
	}{
		"title style":      {Document{Title: []Inline{{Text: "Stijl"}}, Blocks: []Block{heading(1, "Een"), para("a"), heading(1, "Twee")}}, "Stijl", "## Een\n\na\n\n## Twee", false},
		"only first":       {Document{Blocks: []Block{heading(1, "Een"), para("a"), heading(2, "Twee")}}, "Een", "a\n\n## Twee", false},
		"first of several": {Document{Blocks: []Block{heading(1, "Een"), para("a"), heading(1, "Twee")}}, "Een", "a\n\n## Twee", true},
		"numbered": {Document{Blocks: []Block{heading(1, "1 Aanleiding"), para("a"), heading(2, "1.1 Vraag"), heading(1, "2 Slot"), heading(2, "2020 was goed")}}, "Naam",
			"## Aanleiding\n\na\n\n### Vraag\n\n## Slot\n\n### 2020 was goed", true},
		"introduction": {Document{Blocks: []Block{heading(1, "Inleiding"), para("a"), heading(1, "Twee")}}, "Naam", "## Inleiding\n\na\n\n## Twee", true},
		"after text":   {Document{Blocks: []Block{para("a"), heading(1, "Een"), para("b")}}, "Naam", "a\n\n## Een\n\nb", true},
		"skipped":      {Document{Title: []Inline{{Text: "T"}}, Blocks: []Block{heading(2, "a"), heading(4, "b"), heading(4, "c"), heading(3, "d"), heading(1, "e")}}, "T", "## a\n\n### b\n\n### c\n\n### d\n\n## e", false},
		"bold title":   {Document{Blocks: []Block{&Paragraph{Text: []Inline{{Text: "De titel", Style: Strong}}}, heading(1, "Een"), para("a"), heading(1, "Twee")}}, "De titel", "## Een\n\na\n\n## Twee", false},
		"not numbers":  {Document{Title: []Inline{{Text: "T"}}, Blocks: []Block{heading(1, "7 tips"), heading(1, "10 vragen")}}, "T", "## 7 tips\n\n## 10 vragen", false},
	} {
		text := Import(&c.doc, Options{Name: "naam.docx", Unnumber: true})
		if got := body(text); got != c.want || text.Title != c.title || len(text.Questions) > 0 != c.asks {
			t.Errorf("%s: got %q %v\n%s\nwant %q %v\n%s", name, text.Title, text.Questions, got, c.title, c.asks, c.want)
		}
	}
}

func TestTextsAreNamedByTheirTitles(t *testing.T) {
	for name, want := range map[string]string{"map/regios.csv": "regios-csv", "Verslag_van 2021.docx": "verslag-van-2021", "?.txt": "import"} {
		if got := Import(&Document{Blocks: []Block{para("tekst")}}, Options{Name: name}).Slug; got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	long := strings.Repeat("lang woord ", 10)
	if got, want := Import(&Document{Blocks: []Block{para("tekst")}}, Options{Title: long}).Slug, "lang-woord-lang-woord-lang-woord-lang-woord-lang-woord-lang"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestTypedNumbersStayUntilTheEditorSaysOtherwise(t *testing.T) {
	doc := Document{Title: []Inline{{Text: "T"}}, Blocks: []Block{heading(1, "1 Samenwerking"), heading(2, "1.1 Overleg"), heading(1, "Slot")}}
	text := Import(&doc, Options{Topics: map[string]string{"Samenwerking": "samen"}})
	if got, want := body(text), "## 1 Samenwerking {topic=samen}\n\n### 1.1 Overleg\n\n## Slot"; got != want || len(text.Questions) != 1 || text.Questions[0].Flag != "--unnumber" {
		t.Errorf("got %v\n%s\nwant\n%s", text.Questions, got, want)
	}
}

func TestSignsAreAskedAndAnswered(t *testing.T) {
	doc := func() *Document {
		sign := func(text string, symbol bool, colour string) Block {
			return &Paragraph{Text: []Inline{{Text: text[:3], Symbol: symbol, Colour: colour}, {Text: text[3:]}}}
		}
		return &Document{Title: []Inline{{Text: "T"}}, Blocks: []Block{
			heading(1, "Samenwerking"),
			&List{Items: []Item{{Blocks: []Block{para("⊕ een")}}, {Blocks: []Block{&Paragraph{Text: []Inline{{Text: "☺ "}, {Text: "Start:", Style: Strong}, {Text: " twee"}}}}}, {Blocks: []Block{para("drie")}, Mark: "✓"}}},
			para("Tussen."), sign("☹\tvier", true, ""), sign("☹\tvijf", true, ""),
			para("Tussen."), sign("● zes", false, "00b050"), sign("● zeven", false, "ff0000"),
			para("Tussen."), para("(+) acht"), para("(-) negen"),
		}}
	}
	text := Import(doc(), Options{})
	const open = "## Samenwerking\n\n- ⊕ een\n- ☺ **Start:** twee\n- ✓ drie\n\nTussen.\n\n- ☹ vier\n- ☹ vijf\n\nTussen.\n\n- ● zes\n- ● zeven\n\nTussen.\n\n- (+) acht\n- (-) negen"
	if got := body(text); got != open {
		t.Errorf("got\n%s\nwant\n%s", got, open)
	}
	var signs []string
	for _, q := range text.Questions {
		if q.Kind == "sign" {
			signs = append(signs, q.Args[0].(string))
			if q.Line == 0 || len(q.Items) == 0 {
				t.Errorf("%s: line %d, items %q", q.Args[0], q.Line, q.Items)
			}
		}
	}
	const asked = "⊕ ☺ ✓ ☹ ●groen ●rood (+) (-)"
	if got := strings.Join(signs, " "); got != asked {
		t.Errorf("asks for %q, want %q", got, asked)
	}
	text = Import(doc(), Options{Signs: map[string]string{"⊕": "+", "☺": "!", "✓": "+", "☹": "-", "●groen": "+", "●rood": "-", "(+)": "+", "(-)": "~"}, Topics: map[string]string{"samenwerking": "samen"}})
	const answered = "## Samenwerking\n\n- [+] een\n- [!] **Start:** twee\n- [+] drie\n\nTussen.\n\n- [-] vier\n- [-] vijf\n\nTussen.\n\n- [+] zes\n- [-] zeven\n\nTussen.\n\n- [+] acht\n- [~] negen"
	if got := body(text); got != answered || len(text.Questions) > 0 {
		t.Errorf("got %v\n%s\nwant\n%s", text.Questions, got, answered)
	}
}

func TestDates(t *testing.T) {
	for line, want := range map[string]string{
		"Datum: 3 maart 2021": "2021-03-03", "3 maart 2021": "2021-03-03", "Utrecht, 3 mrt. 2021": "2021-03-03", "2021-03-03": "2021-03-03",
		"03-03-2021": "2021-03-03", "3/4/2021": "2021-04-03", "March 3, 2021": "2021-03-03", "3rd of March 2021": "2021-03-03", "Versie 12 december 2020": "2020-12-12",
		"maart 2021": "2021-03-01?", "Sheet van 3 maart 2021 over werk": "2021-03-03?", "31 februari 2021": "2021-02-01?", "Geen datum": "2030-01-01?",
	} {
		text := Import(typed(line+"\nTekst."), Options{Title: "T", Today: "2030-01-01", Dated: true})
		_, got, _ := strings.Cut(string(text.Markdown), "date: ")
		got, _, _ = strings.Cut(got, "\n")
		if len(text.Questions) > 0 {
			got += "?"
		}
		if got != want {
			t.Errorf("%q gives %q, want %q", line, got, want)
		}
		if !strings.Contains(body(text), strings.Fields(line)[0]) {
			t.Errorf("%q is lost", line)
		}
	}
}

func TestBareAddressesBecomeLinks(t *testing.T) {
	for typed, want := range map[string]string{
		"Zie https://e.org/a_b.":             "Zie <https://e.org/a_b>.",
		"Zie www.e.org (of mail a.b@e.org).": "Zie [www.e.org](https://www.e.org) (of mail <a.b@e.org>).",
		"Zie https://e.org/a_(b)":            "Zie <https://e.org/a_(b)>",
		"a@b is geen adres":                  "a@b is geen adres",
	} {
		if got := body(Import(&Document{Blocks: []Block{para(typed)}}, Options{Title: "T"})); got != want {
			t.Errorf("%q gives %q, want %q", typed, got, want)
		}
	}
}

func TestLinksLeadSomewhere(t *testing.T) {
	link := func(to string) Inline { return Inline{Text: "hier", Link: to} }
	doc := &Document{Title: []Inline{{Text: "T"}}, Blocks: []Block{
		&Paragraph{Text: []Inline{link("#_Ref1"), {Text: ", "}, link("#weg"), {Text: ", "}, link("file:///C:/a.docx"), {Text: ", "}, link("www.e.org"), {Text: ", "},
			link("http://localhost:80/"), {Text: ", "}, link("https://e.org/%zz"), {Text: ", "}, link("javascript:alert(1)"), {Text: ", "}, link("MAILTO:a@e.org")}},
		heading(1, "Eén kop"), &Heading{Level: 1, Text: []Inline{{Text: "Eén kop"}}, Anchors: []string{"_Ref1"}},
	}}
	text := Import(doc, Options{})
	const want = "[hier](#een-kop-2), hier, hier, [hier](https://www.e.org), hier, hier, hier, [hier](MAILTO:a@e.org)\n\n## Eén kop\n\n## Eén kop"
	if got := body(text); got != want || len(text.Remarks) != 5 || text.Remarks[4].Code != "link-inside" {
		t.Errorf("got %v\n%s\nwant\n%s", text.Remarks, got, want)
	}
}

func TestPicturesGetNamesOfTheirOwn(t *testing.T) {
	png := func(s string) []byte { return []byte("\x89PNG\r\n\x1a\n" + s) }
	pic := func(n int) Inline { return Inline{Picture: n} }
	doc := &Document{Title: []Inline{{Text: "T"}}, Pictures: []Picture{
		{Name: "image1.png", Data: png("a"), Alt: "Een *ster*"}, {Name: "De Brug.PNG", Data: png("b")}, {Name: "x.emf", Data: []byte("emf")},
		{Name: "y.png", Hint: "https://e.org/y.png"}, {Name: "z.png", Data: png("a"), Alt: "weer"}, {Name: "unused.png", Data: png("c")},
	}, Blocks: []Block{&Paragraph{Text: []Inline{pic(1)}}, &Paragraph{Text: []Inline{{Text: "a "}, pic(2), {Text: " b "}, pic(3), pic(4), {Text: " c "}, {Picture: 5, Link: "https://e.org/"}}}}}
	text := Import(doc, Options{})
	const want = `![Een \*ster\*](afbeelding-1.png)

a ![](de-brug.png) b c [![weer](afbeelding-1.png)](https://e.org/)`
	if got := body(text); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	var said []string
	for _, r := range text.Remarks {
		said = append(said, r.Code)
		if r.Text(diag.English) == "" || r.Text(diag.Dutch) == "" {
			t.Errorf("%s says nothing", r.Code)
		}
	}
	if got := strings.Join(said, " "); got != "picture-kind picture-elsewhere" || len(text.Files) != 2 {
		t.Errorf("remarks %q, %d files", got, len(text.Files))
	}
}

// What nobody types takes time too, but not more than in proportion.
func TestHostileTextsAreBounded(t *testing.T) {
	many := func(n int, block func(i int) Block) *Document {
		d := &Document{}
		for i := range n {
			d.Blocks = append(d.Blocks, block(i))
		}
		return d
	}
	for name, doc := range map[string]*Document{
		"signs":  many(1, func(int) Block { return para(strings.Repeat("- a *b* _c_ [d](e) ~f~ {#x} ", 10000)) }),
		"marks":  many(10000, func(i int) Block { return para([]string{"• a", "– b", "1. c", "☺ d"}[i%4]) }),
		"indent": many(10000, func(i int) Block { return &Paragraph{Text: []Inline{{Text: "• a"}}, Indent: i % 40 * 10} }),
		"deep":   many(10000, func(i int) Block { return &Paragraph{Text: []Inline{{Text: "• a"}}, Indent: i * 10} }),
		"levels": many(10000, func(i int) Block { return heading(i%9+1, "1.1.1.1 Kop") }),
		"styles": many(1, func(int) Block {
			p := &Paragraph{}
			for i := range 20000 {
				p.Text = append(p.Text, Inline{Text: "a*", Style: Style(i % 8)})
			}
			return p
		}),
	} {
		start := time.Now()
		text := Import(doc, Options{Title: "T"})
		if took := time.Since(start); took > 10*time.Second || len(text.Markdown) == 0 {
			t.Errorf("%s: %d bytes in %v", name, len(text.Markdown), took)
		} else {
			t.Logf("%s: %d bytes in %v", name, len(text.Markdown), took)
		}
	}
}

func TestRecommendationsBecomeTextsOfTheirOwn(t *testing.T) {
	item := func(text ...Inline) Item { return Item{Blocks: []Block{&Paragraph{Text: text}}} }
	plainItem := func(text string) Item { return item(Inline{Text: text}) }
	doc := func(more ...Item) *Document {
		return &Document{Title: []Inline{{Text: "Sheet"}}, Blocks: []Block{
			heading(1, "Vooraf"), para("Tekst."),
			heading(1, "Aanbevelingen voor regio’s"), &List{Items: append([]Item{
				plainItem("Werk samen, bijv. in overleg. Dat helpt. Echt."), plainItem("Eén zin alleen"),
				item(Inline{Text: "Verdeel:", Style: Strong}, Inline{Text: " wie doet wat."}), item(Inline{Text: "Regel een"}, Inline{Break: true}, Inline{Text: "regel twee"}),
			}, more...)},
			heading(1, "Advies"), para("Dit vooraf."), &List{Items: []Item{plainItem("Doe dit.")}},
			heading(1, "Recommendations"), &List{Items: []Item{plainItem("Do that.")}}, para("Dit erna."),
			heading(1, "Slot"), &List{Items: []Item{plainItem("geen aanbeveling")}},
		}}
	}
	text := Import(doc(), Options{Apart: true, Date: "2026-01-02"})
	if got, want := body(text), "## Vooraf\n\nTekst.\n\n## Advies\n\nDit vooraf.\n\n## Recommendations\n\nDit erna.\n\n## Slot\n\n- geen aanbeveling"; got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
	if len(text.Questions) != 0 || len(text.Remarks) != 1 || text.Remarks[0].Code != "heading-left-out" {
		t.Errorf("%v %v", text.Questions, text.Remarks)
	}
	var got []string
	for _, r := range text.Recommendations("sheets/een") {
		got = append(got, string(r.Markdown))
	}
	const head = "\ndate: 2026-01-02\norder: %\nsheet: sheets/een\ndraft: true\n---\n"
	for i, want := range []string{"Werk samen, bijv. in overleg%\nDat helpt. Echt.\n", "Eén zin alleen%", "Verdeel%\nwie doet wat.\n", "Regel een%\nregel twee\n", "Doe dit%", "Do that%"} {
		want = "---\ntitle: " + strings.Replace(strings.Replace(want, "%", head, 1), "%", string(rune('1'+i)), 1)
		if i >= len(got) || got[i] != want {
			t.Errorf("%q\nwant\n%q", got, want)
		}
	}
	for kind, want := range map[string]string{"documents/a": "evidence: [documents/a]\n", "pages/a": "order: 1\ndraft"} {
		if got := string(text.Recommendations(kind)[0].Markdown); !strings.Contains(got, want) {
			t.Errorf("%s: %s", kind, got)
		}
	}

	for name, odd := range map[string]Item{"a finding": plainItem("[+] werkt"), "a note": item(Inline{Text: "Doe"}, Inline{Note: 1}), "a link": item(Inline{Text: "Doe", Link: "https://e.org"}), "no text": {Blocks: []Block{&Rule{}}}} {
		d := doc(odd)
		d.Notes = []Note{{}}
		text := Import(d, Options{Apart: true})
		if len(text.Recommendations("sheets/een")) != 2 || !strings.Contains(body(text), "Aanbevelingen voor") || !slices.ContainsFunc(text.Questions, func(q Question) bool { return q.Code == "ask-recommendations-hand" && q.Flag == "" }) {
			t.Errorf("%s: %v\n%s", name, text.Questions, body(text))
		}
	}
	if q := Import(doc(), Options{}).Questions; !slices.ContainsFunc(q, func(q Question) bool { return q.Flag == "--recommendations" }) {
		t.Errorf("%v", q)
	}
}
