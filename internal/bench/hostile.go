package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// hostile is an input that costs much, or did once: write adds it to a small publication.
type hostile struct {
	name  string
	write func(w *writer)
}

// writeTo writes the small publication with the input in it.
func (in hostile) writeTo(dir string) error {
	w := &writer{dir: dir}
	w.file("site.yaml", smallSettings)
	w.file("index.md", "---\ntitle: Lerende evaluatie\n---\nWelkom.\n")
	w.file("topics/samenwerking.md", "---\ntitle: Samenwerking\n---\nTekst.\n")
	w.file("stories/verhaal.md", "---\ntitle: Verhaal\ndate: 2021-01-01\ntopics: [samenwerking]\n---\nTekst.\n")
	if in.write != nil {
		in.write(w)
	}
	return w.err
}

const smallSettings = "title: Lerende evaluatie\ndescription: Een proefpublicatie.\nurl: https://example.org/\n" +
	"contact: {name: Redactie, email: redactie@example.org}\nnewsletter: {profile: laposta, address: \"Postbus 1, 1000 AA Voorbeeldstad\"}\n"

const (
	pageHead   = "---\ntitle: Proef\n---\n"
	sheetHead  = "---\ntitle: Proef\ndate: 2021-01-01\ntopics: [samenwerking]\n---\n"
	letterHead = "---\ntitle: Proef\ndate: 2021-01-01\npreheader: Een eerste regel die een postvak achter het onderwerp laat zien, en die dus lang genoeg is.\n---\n"
)

// repeated writes n times what line gives for 0, 1 …
func repeated(n int, line func(i int) string) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(line(i))
	}
	return b.String()
}

// numbered writes n times a format that has room for one number.
func numbered(n int, format string) string {
	return repeated(n, func(i int) string { return fmt.Sprintf(format, i) })
}

// page is an input that is the text of a page: part, n times.
func page(name string, n int, part string) hostile {
	return text(name, strings.Repeat(part, n)+"\n")
}

func text(name, body string) hostile {
	return hostile{name, func(w *writer) { w.file("pages/proef.md", pageHead+body) }}
}

func sheet(name, body string) hostile {
	return hostile{name, func(w *writer) { w.file("sheets/proef.md", sheetHead+body) }}
}

func letter(name, body string) hostile {
	return hostile{name, func(w *writer) { w.file("newsletters/proef.md", letterHead+body) }}
}

// meta is an input that stands in the front matter of a page, after its title.
func meta(name, lines string) hostile {
	return hostile{name, func(w *writer) {
		w.file("pages/proef.md", "---\ntitle: Proef\n"+lines+"---\nTekst.\n")
	}}
}

func settings(name, lines string) hostile {
	return hostile{name, func(w *writer) { w.file("site.yaml", smallSettings+lines) }}
}

// many is an input of n files.
func many(name string, n int, file, content string) hostile {
	return hostile{name, func(w *writer) {
		for i := range n {
			w.file(fmt.Sprintf(file, i), strings.ReplaceAll(content, "#", fmt.Sprint(i)))
		}
	}}
}

// hostileInputs makes the inputs one after the other, of at most 1 MB a text.
func hostileInputs(yield func(hostile) bool) {
	_ = yield(hostile{name: "nothing hostile"}) &&
		// Links.
		yield(page("[]( 50,000 times", 50_000, "[](")) &&
		yield(page("a chart 20,000 times", 20_000, "```chart line \"T\" file=t.csv\n```\n")) &&
		yield(text("a chart of 400,000 cells", pageHead+"```chart bar \"T\"\nA|B\n"+strings.Repeat("x|y\n", 100_000)+strings.Repeat("|", 500_000)+"\n```\n")) &&
		yield(page("[a](<b 50,000 times", 50_000, "[a](<b")) &&
		yield(page("[a](b 200,000 times", 200_000, "[a](b")) &&
		yield(page("[a](b \" 100,000 times", 100_000, `[a](b "`)) &&
		yield(page("[a](b ( 100,000 times", 100_000, "[a](b (")) &&
		yield(page("![]( 50,000 times", 50_000, "![](")) &&
		yield(page("[ 900,000 times", 900_000, "[")) &&
		yield(page("] 900,000 times", 900_000, "]")) &&
		yield(page("![ 450,000 times", 450_000, "![")) &&
		yield(page("[a][ 200,000 times", 200_000, "[a][")) &&
		yield(page("[a] 300,000 times", 300_000, "[a]")) &&
		yield(page("[]() 200,000 times", 200_000, "[]()")) &&
		yield(page("[[a](b)] nested", 1, strings.Repeat("[", 100_000)+"a"+strings.Repeat("](b)", 100_000))) &&
		yield(page("[x](y) in [ 50,000 times", 50_000, "[[x](y) ")) &&
		yield(page("![a]( b) nested", 1, strings.Repeat("![", 100_000)+"a"+strings.Repeat("](b)", 100_000))) &&
		yield(page("[a]: < 100,000 lines", 100_000, "[a]: <\n")) &&
		yield(page("[a]: [ 100,000 times", 100_000, "[a]: [")) &&
		yield(text("30,000 reference definitions", numbered(30_000, "[r%d]: https://example.org/\n"))) &&
		yield(text("30,000 reference definitions apart", numbered(30_000, "[r%d]: https://example.org/\n\n"))) &&
		yield(text("a definition of 20 kB used 45,000 times", "[r]: https://example.org/"+strings.Repeat("a", 20_000)+"\n\n"+strings.Repeat("[r]\n", 45_000))) &&
		yield(text("a title of 20 kB used 45,000 times", "[r]: https://example.org/ '"+strings.Repeat("a", 20_000)+"'\n\n"+strings.Repeat("[r]\n", 45_000))) &&
		yield(text("a picture's definition of 20 kB used 45,000 times", "[r]: https://example.org/"+strings.Repeat("a", 20_000)+"\n\n"+strings.Repeat("![r] ", 45_000))) &&
		// Nesting.
		yield(page("> 10,000 times", 10_000, ">")) &&
		yield(page("> 300,000 times", 300_000, ">")) &&
		yield(page("> on 1,300 lines, one more each", 1, repeated(1_300, func(i int) string { return strings.Repeat(">", i+1) + "a\n" }))) &&
		yield(page("- 300,000 times", 300_000, "- ")) &&
		yield(page("1. 300,000 times", 300_000, "1. ")) &&
		yield(page("> - 200,000 times", 200_000, "> - ")) &&
		yield(page("a list 1,000 deep by lines", 1, repeated(1_000, func(i int) string { return strings.Repeat("  ", i%500) + "- a\n" }))) &&
		yield(page("> 90 deep on 9,000 lines", 9_000, strings.Repeat(">", 90)+" a\n")) &&
		yield(page("> 100 deep and 9,000 lazy lines", 1, strings.Repeat(">", 100)+" a\n"+strings.Repeat("a\n", 400_000))) &&
		yield(text("definitions nested 300,000 times", "a\n"+strings.Repeat(": ", 300_000)+"b\n")) &&
		yield(text("footnotes nested 100,000 times", "a[^1]\n\n"+strings.Repeat("[^1]: ", 100_000)+"b\n")) &&
		yield(page("* 900,000 times", 900_000, "*")) &&
		yield(page("*a 400,000 times", 400_000, "*a")) &&
		yield(page("*a_ 200,000 times", 200_000, "*a_ ")) &&
		yield(page("a**b 200,000 times", 200_000, "a**b")) &&
		yield(page("**a *b 150,000 times", 150_000, "**a *b")) &&
		yield(text("* opened and closed 200,000 times", strings.Repeat("*a ", 200_000)+strings.Repeat("b*", 150_000)+"\n")) &&
		yield(page("~~a 200,000 times", 200_000, "~~a ")) &&
		yield(page("` in ever longer rows", 1, repeated(1_300, func(i int) string { return strings.Repeat("`", i+1) + "a" }))) &&
		yield(page("` and a letter 400,000 times", 400_000, "`a")) &&
		yield(page("\" 900,000 times", 900_000, `"`)) &&
		yield(page("' a 300,000 times", 300_000, "' a")) &&
		yield(page("<a 300,000 times", 300_000, "<a ")) &&
		yield(page("<a b=\" 150,000 times", 150_000, `<a b="`)) &&
		yield(page("<!-- 200,000 times", 200_000, "<!--")) &&
		yield(page("a <!-- 100,000 times", 100_000, "a <!-- ")) &&
		yield(page("a <!-- on 100,000 lines", 100_000, "a <!--\n")) &&
		yield(page("<? 300,000 times", 300_000, "<?")) &&
		yield(page("a <![CDATA[ 80,000 times", 80_000, "a <![CDATA[")) &&
		yield(page("a <!A 150,000 times", 150_000, "a <!A ")) &&
		yield(page("<b> 300,000 times", 300_000, "<b>")) &&
		yield(page("<https://e.org/> 60,000 times", 60_000, "<https://e.org/>")) &&
		yield(page("&a 400,000 times", 400_000, "&a")) &&
		yield(page("\\ 900,000 times", 900_000, "\\")) &&
		yield(page("control characters 400,000 times", 400_000, "a\x01")) &&
		yield(page("a line of 1 MB", 1_000_000, "a")) &&
		yield(page("a hundred thousand paragraphs", 300_000, "a\n\n")) &&
		// Tables.
		yield(text("a table of 5,000 columns and 20,000 rows", strings.Repeat("|a", 5_000)+"|\n"+strings.Repeat("|-", 5_000)+"|\n"+strings.Repeat("|a\n", 20_000))) &&
		yield(text("a table of 3,000 columns in 24 kB", strings.Repeat("|a", 3_000)+"|\n"+strings.Repeat("|-", 3_000)+"|\n"+strings.Repeat("|\n", 6_000))) &&
		yield(text("a table of 500 columns and 300,000 rows", strings.Repeat("|a", 500)+"|\n"+strings.Repeat("|-", 500)+"|\n"+strings.Repeat("|a\n", 300_000))) &&
		yield(page("tables of 300 columns, 700 of them", 700, strings.Repeat("|a", 300)+"|\n"+strings.Repeat("|-", 300)+"|\n"+strings.Repeat("|\n", 40)+"\n")) &&
		yield(text("a table of 200,000 columns", strings.Repeat("|a", 200_000)+"|\n"+strings.Repeat("|-", 200_000)+"|\n")) &&
		yield(text("a table with 60,000 escaped signs in code", "|a|\n|-|\n"+strings.Repeat("|`\\|`|\n", 60_000))) &&
		yield(text("a cell with 200,000 escaped signs in code", "|a|\n|-|\n|`"+strings.Repeat("\\|", 200_000)+"`|\n")) &&
		// Footnotes.
		yield(text("20,000 footnotes", numbered(20_000, "a[^%d] ")+"\n\n"+numbered(20_000, "[^%d]: noot\n"))) &&
		yield(text("20,000 footnotes apart", numbered(20_000, "a[^%d]\n\n")+numbered(20_000, "[^%d]: noot\n\n"))) &&
		yield(text("20,000 footnotes that nothing uses", numbered(20_000, "[^%d]: noot\n"))) &&
		yield(text("a footnote used 120,000 times", strings.Repeat("a[^1] ", 120_000)+"\n\n[^1]: noot\n")) &&
		yield(text("60,000 notes that are missing", numbered(60_000, "a[^%d] "))) &&
		yield(text("60,000 notes that are missing, on lines", numbered(60_000, "a[^%d]\n"))) &&
		// Attributes, headings, findings.
		yield(text("{a=b a=b …} of 200,000 on a heading", "## Kop {"+strings.Repeat("a=b ", 200_000)+"}\n")) &&
		yield(text("{.a .a …} of 200,000 on a heading", "## Kop {"+strings.Repeat(".a ", 200_000)+"}\n")) &&
		yield(sheet("{a=b a=b …} of 200,000 on a finding", "- [+] Tekst {"+strings.Repeat("a=b ", 200_000)+"}\n")) &&
		yield(text("{ 900,000 times", "## Kop "+strings.Repeat("{", 900_000)+"\n")) &&
		yield(text("{# 300,000 times", strings.Repeat("{# ", 300_000)+"\n")) &&
		yield(page("100,000 headings alike", 100_000, "## a\n")) &&
		yield(text("60,000 headings", numbered(60_000, "## kop %d\n"))) &&
		yield(text("60,000 headings a and a-1", numbered(60_000, "## a-%d\n## a\n"))) &&
		yield(sheet("12,000 findings", numbered(12_000, "- [+] Bevinding nummer %d.\n"))) &&
		yield(sheet("50,000 findings alike", strings.Repeat("- [+] a\n", 50_000))) &&
		yield(sheet("12,000 findings with a reach and an id", numbered(12_000, "- [+] Bevinding. {#f%d reach=many}\n"))) &&
		// Links that lead nowhere.
		yield(text("80,000 broken fragments on one line", strings.Repeat("[a](#b) ", 80_000)+"\n")) &&
		yield(text("80,000 broken fragments on 80,000 lines", strings.Repeat("[a](#b)\n", 80_000))) &&
		yield(text("60,000 links to files that are missing", numbered(50_000, "[a](b%d.md) "))) &&
		yield(text("30,000 cards", strings.Repeat("[a](../stories/verhaal.md)\n\n", 30_000))) &&
		yield(text("40,000 links to headings", "## Kop\n\n"+strings.Repeat("[a](#kop) ", 40_000)+"\n")) &&
		yield(text("a heading sought among 20,000", numbered(20_000, "## a-%d\n")+numbered(20_000, "[a](#a-%d)\n"))) &&
		// Newsletters.
		yield(letter("a word of 990 kB in a newsletter", strings.Repeat("a", 990_000)+"\n")) &&
		yield(letter("words of 990 kB of two bytes in a newsletter", strings.Repeat("é", 495_000)+"\n")) &&
		yield(letter("a link of 990 kB in a newsletter", "[link](https://example.org/"+strings.Repeat("a", 990_000)+")\n")) &&
		yield(letter("an address of %25 in a newsletter", "[link](https://example.org/"+strings.Repeat("%25a", 200_000)+")\n")) &&
		yield(letter("100,000 words in a newsletter", strings.Repeat("woord ", 150_000)+"\n")) &&
		yield(letter("a newsletter of 30,000 addresses", strings.Repeat("<https://e.org/> ", 55_000)+"\n")) &&
		yield(letter("a newsletter of 100,000 paragraphs", strings.Repeat("a\n\n", 300_000))) &&
		yield(letter("a newsletter of 60,000 headings", strings.Repeat("## a\n", 190_000))) &&
		yield(letter("a newsletter of 200,000 list items", strings.Repeat("- a\n", 240_000))) &&
		yield(letter("a newsletter with quotations 90 deep", strings.Repeat(strings.Repeat(">", 90)+"a\n\n", 9_000))) &&
		yield(letter("a newsletter with lists 90 deep", strings.Repeat(repeated(90, func(i int) string { return strings.Repeat("  ", i) + "- a\n" })+"\n\ntekst\n\n", 100))) &&
		yield(letter("a newsletter with emphasis 100,000 deep", strings.Repeat("*", 400_000)+"a"+strings.Repeat("*", 400_000)+"\n")) &&
		yield(letter("a newsletter with a table of 500 columns", strings.Repeat("|a", 500)+"|\n"+strings.Repeat("|-", 500)+"|\n"+strings.Repeat("|a\n", 300_000))) &&
		yield(letter("a newsletter with code of 990 kB", "```\n"+strings.Repeat("a", 990_000)+"\n```\n")) &&
		yield(letter("a newsletter with {{ 300,000 times", strings.Repeat("{{ ", 300_000)+"\n")) &&
		yield(hostile{"a newsletter of 40,000 items", func(w *writer) {
			w.file("newsletters/proef.md", strings.TrimSuffix(letterHead, "---\n")+"items:\n"+strings.Repeat("  - stories/verhaal\n", 40_000)+"---\nTekst.\n")
		}}) &&
		// Front matter.
		yield(meta("90,000 unknown keys", numbered(90_000, "k%d: x\n"))) &&
		yield(meta("90,000 duplicate keys", strings.Repeat("summary: a\n", 90_000))) &&
		yield(meta("90,000 keys without a space", strings.Repeat("a:b\n", 90_000))) &&
		yield(meta("40,000 aliases", "aliases:\n"+numbered(40_000, "  - /oud/%d/\n"))) &&
		yield(meta("40,000 list items that are wrong", "aliases:\n"+strings.Repeat("  - [a]\n", 40_000))) &&
		yield(meta("200,000 list items on one line", "aliases: ["+strings.Repeat("a, ", 200_000)+"a]\n")) &&
		yield(meta("20,000 authors", "authors:\n"+numbered(20_000, "  - Auteur %d\n"))) &&
		yield(meta("20,000 changes", "changes:\n"+strings.Repeat("  - {date: 2021-01-01, note: a}\n", 20_000))) &&
		yield(meta("[ 300,000 times in front matter", "authors: "+strings.Repeat("[", 300_000)+"\n")) &&
		yield(meta("[] 5,000 deep in front matter", "authors: "+strings.Repeat("[", 5_000)+strings.Repeat("]", 5_000)+"\n")) &&
		yield(meta("- 300,000 times in front matter", "authors:\n  "+strings.Repeat("- ", 300_000)+"a\n")) &&
		yield(meta("{a: 200,000 times in front matter", "authors: "+strings.Repeat("{a: ", 200_000)+"\n")) &&
		yield(meta("? 300,000 times in front matter", strings.Repeat("? ", 300_000)+"a\n")) &&
		yield(meta("a key of 900 kB", strings.Repeat("a", 900_000)+": b\n")) &&
		yield(meta("anchors that multiply", "a: &a [x,x,x,x,x,x,x,x,x]\n"+repeated(9, func(i int) string {
			return fmt.Sprintf("%c: &%c [%s]\n", 'b'+i, 'b'+i, strings.TrimSuffix(strings.Repeat(fmt.Sprintf("*%c,", 'a'+i), 9), ","))
		})+"authors: *j\n")) &&
		yield(meta("a quotation that is not closed over 90,000 lines", "summary: \"a\n"+strings.Repeat("b: c\n", 90_000))) &&
		yield(meta("90,000 comments", strings.Repeat("# a\n", 200_000))) &&
		yield(hostile{"a title of 900 kB", func(w *writer) {
			w.file("pages/proef.md", "---\ntitle: "+strings.Repeat("lang ", 180_000)+"\n---\nTekst.\n")
		}}) &&
		yield(hostile{"40,000 list items in front matter", func(w *writer) {
			w.file("sheets/proef.md", "---\ntitle: Proef\ndate: 2021-01-01\ntopics: [samenwerking]\nsources:\n"+numbered(40_000, "  - Bron %d\n")+"---\nTekst.\n")
		}}) &&
		yield(hostile{"40,000 topics that are missing", func(w *writer) {
			w.file("sheets/proef.md", "---\ntitle: Proef\ndate: 2021-01-01\ntopics:\n"+numbered(40_000, "  - thema-%d\n")+"---\nTekst.\n")
		}}) &&
		yield(hostile{"40,000 names of a topic", func(w *writer) {
			w.file("topics/ander.md", "---\ntitle: Ander\nnames:\n"+numbered(40_000, "  - naam %d\n")+"---\nTekst.\n")
		}}) &&
		yield(hostile{"40,000 pieces of evidence", func(w *writer) {
			w.file("sheets/sheet.md", sheetHead+"- [+] Bevinding. {#f}\n")
			w.file("recommendations/proef.md", "---\ntitle: Proef\ndate: 2021-01-01\ntopics: [samenwerking]\nevidence:\n"+strings.Repeat("  - sheets/sheet#f\n", 40_000)+"---\nTekst.\n")
		}}) &&
		yield(hostile{"findings that follow each other, 2,000", func(w *writer) {
			for i := range 2000 {
				w.file(fmt.Sprintf("sheets/sheet-%d.md", i), sheetHead+fmt.Sprintf("- [+] Bevinding. {#f follows=sheets/sheet-%d#f}\n", max(0, i-1)))
			}
		}}) &&
		yield(hostile{"a transcript of 900 kB", func(w *writer) {
			w.file("media/film.txt", "")
			w.file("stories/proef.md", "---\ntitle: Proef\ndate: 2021-01-01\ntopics: [samenwerking]\nmedia:\n  - type: video\n    link: https://example.org/\n    transcript: |\n"+strings.Repeat("      - > - > a\n", 60_000)+"---\nTekst.\n")
		}}) &&
		yield(hostile{"8,000 media items", func(w *writer) {
			w.file("stories/proef.md", "---\ntitle: Proef\ndate: 2021-01-01\ntopics: [samenwerking]\nmedia:\n"+strings.Repeat("  - {type: testimonial, quote: a, person: b}\n", 20_000)+"---\nTekst.\n")
		}}) &&
		// Settings.
		yield(settings("90,000 unknown keys in site.yaml", numbered(90_000, "k%d: x\n"))) &&
		yield(settings("90,000 duplicate keys in site.yaml", strings.Repeat("title: a\n", 90_000))) &&
		yield(settings("100,000 synonyms", "search:\n  synonyms:\n    - ["+numbered(100_000, "w%d, ")+"w]\n")) &&
		yield(settings("20,000 lists of synonyms", "search:\n  synonyms:\n"+numbered(20_000, "    - [a%[1]d, b%[1]d]\n"))) &&
		yield(settings("100,000 synonyms that are all the same", "search:\n  synonyms:\n    - ["+strings.Repeat("tekst, ", 100_000)+"w]\n")) &&
		yield(settings("20,000 items of navigation", "navigation:\n"+strings.Repeat("  - stories\n", 20_000))) &&
		// Files.
		yield(many("16,000 pages", 16_000, "pages/pagina-%d.md", "---\ntitle: Pagina #\n---\nTekst.\n")) &&
		yield(many("16,000 stories", 16_000, "stories/verhaal-%d.md", "---\ntitle: Verhaal #\ndate: 2021-01-01\ntopics: [samenwerking]\n---\nTekst.\n")) &&
		yield(many("8,000 regions", 8_000, "regions/regio-%d.md", "---\ntitle: Regio #\n---\nTekst.\n")) &&
		yield(many("4,000 topics", 4_000, "topics/thema-%d.md", "---\ntitle: Thema #\n---\nTekst.\n")) &&
		yield(many("20,000 empty texts", 20_000, "pages/leeg-%d.md", "")) &&
		yield(many("20,000 texts out of place", 20_000, "weg/tekst-%d.md", "a")) &&
		// What was meant otherwise, and marks of other programs.
		yield(page("bullets in 140,000 paragraphs", 140_000, "• a\n\n")) &&
		yield(page("bullets on one line 100,000 times", 100_000, "• a • ")) &&
		yield(page("letters in 160,000 paragraphs", 160_000, "a) b\n\n")) &&
		yield(sheet("signs before 110,000 items", strings.Repeat("- ☺ a\n", 110_000))) &&
		yield(page("numbered headings 100,000 times", 100_000, "1. A\n\nb\n\n")) &&
		yield(page("rows of tabs in 200,000 paragraphs", 200_000, "x\ty\n\n")) &&
		yield(page("{{< 330,000 times", 330_000, "{{<")) &&
		yield(page("{% 500,000 times", 500_000, "{%")) &&
		yield(page("[[a| 250,000 times", 250_000, "[[a|")) &&
		yield(page("[[a]] 200,000 times", 200_000, "[[a]]")) &&
		yield(page("==a 250,000 times", 250_000, "==a ")) &&
		yield(page("!!! in each other 60,000 times", 60_000, "!!! a\n    !!! b\n")) &&
		yield(page("{% comment %} 70,000 times", 70_000, "{% comment %}\n")) &&
		yield(page("::: 200,000 times", 200_000, ":::a\n")) &&
		yield(page("[a](b c 140,000 times", 140_000, "[a](b c")) &&
		yield(page("<A { 250,000 times", 250_000, "<A {")) &&
		yield(page("marks of a merge 100,000 times", 100_000, "<<<<<<< a\n")) &&
		// As much as is allowed.
		yield(page("at the bound: 48 paragraphs of 4,900 signs of emphasis", 48, strings.Repeat("*a_ ", 2_450)+strings.Repeat("**b ", 2_400)+"\n\n")) &&
		yield(page("at the bound: 60 paragraphs of 4,900 brackets", 60, strings.Repeat("[a](<b", 2_450)+"\n\n")) &&
		yield(text("at the bound: 5,000 footnotes", numbered(5_000, "a[^%d]\n\n")+numbered(5_000, "[^%d]: noot\n\n"))) &&
		yield(text("at the bound: 5,000 footnotes, the last used 4,999 times", strings.Repeat("a[^4999]\n\n", 4_999)+numbered(5_000, "[^%d]: noot\n\n"))) &&
		yield(text("at the bound: an address of 4 kB used 5,000 times", "[r]: https://example.org/"+strings.Repeat("a", 4_000)+"\n\n"+strings.Repeat("a [r]\n\n", 4_999))) &&
		yield(text("at the bound: 100,000 cells", repeated(2, func(int) string {
			return strings.Repeat("|a", 500) + "|\n" + strings.Repeat("|-", 500) + "|\n" + strings.Repeat("|\n", 98) + "\n"
		}))) &&
		yield(sheet("at the bound: 2,000 findings", numbered(2_000, "- [+] Bevinding nummer %d.\n"))) &&
		yield(text("at the bound: 5,000 headings and 30,000 links to them", numbered(5_000, "## Kop %d\n\n")+numbered(30_000, "a [b](#kop-%d)\n\n"))) &&
		yield(hostile{"at the bound: 10,000 synonyms, all in one text", func(w *writer) {
			w.file("site.yaml", smallSettings+"search:\n  synonyms:\n    - ["+numbered(9_999, "woord%d, ")+"w]\n")
			w.file("pages/proef.md", pageHead+numbered(9_999, "woord%d "))
		}}) &&
		yield(hostile{"folders 3,000 deep", func(w *writer) { addDeep(w, 3_000) }})
}

// addDeep adds folders inside each other, more than a path can name.
func addDeep(w *writer, depth int) {
	if w.err != nil {
		return
	}
	if w.err = os.MkdirAll(filepath.Join(w.dir, "stories", "a"), 0o755); w.err != nil {
		return
	}
	folder, err := os.OpenRoot(filepath.Join(w.dir, "stories", "a"))
	for range depth {
		if err == nil {
			err = folder.Mkdir("a", 0o755)
		}
		if err != nil {
			break
		}
		deeper, problem := folder.OpenRoot("a")
		err = errors.Join(problem, folder.Close())
		folder = deeper
	}
	if err == nil {
		err = errors.Join(folder.WriteFile("tekst.md", []byte(pageHead), 0o644), folder.Close())
	}
	w.err = err
}
