package markdown

import (
	"bytes"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"

	"leerblad/internal/edit"
)

// tightHeading is a heading without a space after its signs.
var tightHeading = regexp.MustCompile(`^(#{1,6})(\p{Lu}.*|#*\p{L}.*)$`)

// numberedHeading is one with the number that a word processor gave it.
var numberedHeading = regexp.MustCompile(`^(\d{1,2}(?:\.\d{1,2})+\.?)[ \t]+(\p{Lu})`)

// boldLine is a line that is bold as a whole.
var boldLine = regexp.MustCompile(`^(?:\*\*[^*]+\*\*|__[^_]+__)$`)

// noHeading are the words that other short lines begin with.
var noHeading = regexp.MustCompile(`(?i)^(?:met vriendelijke|vriendelijke groet|groet|hartelijk|beste |geachte |bron|foto|figuur|tabel|grafiek|namens|door |veel |dear |kind regards|best |regards|source|photo|figure|table|by )|\b\d{1,2} (?:jan|feb|m[ae][ai]|mrt|apr|ju[nl]|aug|sep|o[kc]t|nov|dec)|\b\d{4} ?[A-Z]{2}\b`)

// longestHeading is the number of characters up to which a line may be one.
const longestHeading = 70

// looseHeading gives a hint for a paragraph that was meant as a heading: one line that is bold as a whole, has the number of one, or
// is short and does not end as a sentence, with text below it.
func (e *extractor) looseHeading(n ast.Node, lines []line) {
	if len(lines) == 0 || !topLevel(n) {
		return
	}
	text := bytes.TrimRight(lines[0].text, " \t\n")
	if len(text) > 0 && text[0] == '#' {
		e.tightHeading(lines)
		return
	}
	next := n.NextSibling()
	if m := boldLine.Find(text); m != nil && len(lines) > 1 && !e.noHints && boldHeading(text) && utf8.RuneCount(text) <= longestHeading { // right above its text
		e.suggest(lines[0].start, len(text), max(2, min(e.level+1, 6)), string(bytes.Trim(text, "*_ ")))
		return
	}
	if e.noHints || len(lines) != 1 || len(text) == 0 || utf8.RuneCount(text) > longestHeading+4 || !beginsText(next) {
		return
	}
	start := lines[0].start
	only := n.FirstChild()
	if only.Kind() == ast.KindEmphasis && only.NextSibling() == nil && only.FirstChild() != nil && only.FirstChild().NextSibling() == nil && only.FirstChild().Kind() == ast.KindEmphasis {
		only = only.FirstChild() // in bold and italics
	}
	if strong, ok := only.(*ast.Emphasis); ok && (strong.Level == 2 || strong.Parent() != n) && only.NextSibling() == nil && boldHeading(text) {
		level := max(2, min(e.level+1, 6))
		e.suggest(start, len(text), level, string(bytes.Trim(text, "*_ ")))
		return
	}
	if m := numberedHeading.FindSubmatchIndex(text); m != nil && !endsLine(text) {
		e.suggest(start, len(text), e.numberedLevel(strings.Count(strings.TrimSuffix(string(text[m[2]:m[3]]), "."), ".")), string(text[m[4]:]))
		return
	}
	if e.plainHeading(n, text, next) {
		e.suggest(start, len(text), max(2, e.level), string(text))
	}
}

// numberedLevel gives the level of a heading whose number has so many full stops: that of the last one with as many, or else
// one below the one above it.
func (e *extractor) numberedLevel(stops int) int {
	stops = min(stops, len(e.suggested)-1)
	if e.suggested[stops] == 0 {
		above := e.level
		for _, level := range e.suggested[:stops] {
			above = max(above, level)
		}
		e.suggested[stops] = max(2, min(stops+2, above+1, 6))
	}
	clear(e.suggested[stops+1:])
	return e.suggested[stops]
}

func (e *extractor) suggest(start, length, level int, text string) {
	e.sure("loose-heading", start, start+length, "heading", []any{level},
		edit.Changes{e.change(e.lineStart(start), start+length, strings.Repeat("#", level)+" "+text)})
}

// chapter gives a hint for a numbered heading that Markdown takes for a list of one item: another one with the next number follows, or
// the one with the number before it was reported.
func (e *extractor) chapter(n *ast.List) {
	if e.noHints || !n.IsOrdered() || !topLevel(n) || !oneHeading(n, e.src) {
		return
	}
	next := n.NextSibling()
	if next == nil || next.Kind() != ast.KindParagraph {
		return
	}
	for next != nil && next.Kind() != ast.KindList && next.Kind() != ast.KindHeading {
		next = next.NextSibling()
	}
	after, ok := next.(*ast.List)
	if e.chapters != n.Start-1 && (!ok || !after.IsOrdered() || after.Start != n.Start+1 || !oneHeading(after, e.src)) {
		return
	}
	e.chapters = n.Start
	line := n.FirstChild().FirstChild().Lines().At(0)
	text := bytes.TrimSpace(line.Value(e.src))
	from := e.lineStart(line.Start)
	level := e.numberedLevel(0)
	e.sure("loose-heading", from, line.Start+len(text), "heading", []any{level},
		edit.Changes{e.change(from, line.Start+len(text), strings.Repeat("#", level)+" "+string(text))})
}

// oneHeading reports whether a list has one item that may be a heading.
func oneHeading(n *ast.List, src []byte) bool {
	item := n.FirstChild()
	if item == nil || item.NextSibling() != nil || item.FirstChild() == nil || item.FirstChild().NextSibling() != nil || findingOf(item) != nil {
		return false
	}
	text := item.FirstChild()
	if text.Kind() != ast.KindTextBlock && text.Kind() != ast.KindParagraph || text.Lines().Len() != 1 {
		return false
	}
	line := text.Lines().At(0)
	words := bytes.TrimSpace(line.Value(src))
	first, _ := utf8.DecodeRune(words)
	return unicode.IsUpper(first) && !endsLine(words) && utf8.RuneCount(words) <= longestHeading
}

// tightHeading reports a heading without a space after its signs.
func (e *extractor) tightHeading(lines []line) {
	for _, l := range lines {
		text := bytes.TrimRight(l.text, " \t\n")
		if m := tightHeading.FindSubmatch(text); m != nil && (len(m[1]) > 1 || unicode.IsUpper(rune(text[1])) && bytes.IndexByte(text[1:], '#') < 0) {
			level := string(m[1])
			if level == "#" {
				level = "##" // the title is the page's only #
			}
			end := l.start + len(m[1])
			e.sure("tight-heading", l.start, end, "space-after", []any{level}, edit.Changes{e.change(l.start, end, level+" ")}, string(m[1]))
		}
	}
}

// boldHeading reports whether a paragraph that is bold as a whole is no sentence.
func boldHeading(text []byte) bool {
	inside := bytes.TrimRight(bytes.Trim(text, "*_ "), ":")
	return len(inside) > 0 && !endsLine(inside) && !bytes.Contains(inside, []byte("**")) && !bytes.Contains(inside, []byte("\\"))
}

// endsLine reports whether a text ends with a sign that headings do not end with.
func endsLine(text []byte) bool {
	last, _ := utf8.DecodeLastRune(bytes.TrimRight(text, " \t*_"))
	return strings.ContainsRune(".,:;!?…\"”’')]}>|/\\", last)
}

// beginsText reports whether a block is text that a heading may stand above.
func beginsText(n ast.Node) bool {
	if n == nil {
		return false
	}
	switch n.Kind() {
	case ast.KindParagraph, ast.KindList, east.KindTable, ast.KindBlockquote, east.KindDefinitionList:
		return true
	}
	return false
}

// plainHeading reports whether a line of text alone is a heading: prose follows, and it is no signature, caption, quotation or address.
func (e *extractor) plainHeading(n ast.Node, text []byte, next ast.Node) bool {
	only, ok := n.FirstChild().(*ast.Text)
	first, _ := utf8.DecodeRune(text)
	switch {
	case !ok || !unicode.IsUpper(first), only.NextSibling() != nil && !plainInline(n), endsLine(text), len(text) < 4, len(bytes.Fields(text)) > 9,
		bytes.ContainsAny(text, "@|:;=<>{}[]\t"), bytes.Contains(text, []byte("  ")), noHeading.Match(text):
		return false
	}
	if prev := n.PreviousSibling(); prev != nil {
		switch prev.Kind() {
		case east.KindTable, ast.KindBlockquote: // a caption, or who said it
			return false
		case ast.KindParagraph:
			last := prev.Lines().At(prev.Lines().Len() - 1)
			if _, picture := prev.FirstChild().(*ast.Image); picture || !endsLine(bytes.TrimSpace(last.Value(e.src))) {
				return false
			}
		}
	}
	if next.Kind() != ast.KindParagraph {
		return next.Kind() == ast.KindList
	}
	last := next.Lines().At(next.Lines().Len() - 1)
	words := bytes.TrimSpace(last.Value(e.src))
	return endsLine(words) && (next.Lines().Len() > 1 || len(words) > len(text)) || len(words) > 2*longestHeading
}

// plainInline reports whether a block has text alone, such as the typographer makes of quotation marks.
func plainInline(n ast.Node) bool {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if c.Kind() != ast.KindText && c.Kind() != ast.KindString {
			return false
		}
	}
	return true
}

// underlined reports text that became a heading because a line of dashes stands right below it.
func (e *extractor) underlined(n *ast.Heading) {
	if n.Lines().Len() == 0 || n.Level != 2 {
		return
	}
	first, last := n.Lines().At(0), n.Lines().At(n.Lines().Len()-1)
	if bytes.IndexByte(e.src[e.lineStart(first.Start):first.Start], '#') >= 0 {
		return
	}
	text := bytes.TrimSpace(last.Value(e.src))
	if n.Lines().Len() == 1 && !endsLine(text) && utf8.RuneCount(text) <= longestHeading {
		return
	}
	at := lineEnd(e.src, max(first.Start, last.Stop-1)) + 1
	if at >= len(e.src) || !topLevel(n) {
		e.diags.Add("underlined", e.span(first.Start, first.Stop))
		return
	}
	e.sure("underlined", at, lineEnd(e.src, at), "blank-line", nil, edit.Changes{e.change(at, at, "\n")})
}

// codeLike are signs that code has and prose has not.
var codeLike = regexp.MustCompile("[{}<>=$\\\\`|]|;[ \t]*$|\\w\\(|://|^[ \t]*(?:\\$|#|//|--)")

// indented gives a hint for text that became code because it is indented.
func (e *extractor) indented(n *ast.CodeBlock) {
	lines := n.Lines()
	if written, _ := e.look(n); len(written) > 0 && n.Pos() >= max(e.listed, e.quoted) && topLevel(n) {
		if b, ok := e.bulletOf(n, written[0]); ok && b.strong && e.bullets(n, written) {
			return
		}
	}
	if e.noHints || lines.Len() == 0 || n.Pos() < max(e.listed, e.quoted) {
		return
	}
	content, ok := 0, true // the column at which the blocks around it have their text
	for p := n.Parent(); p != nil; p = p.Parent() {
		switch p := p.(type) {
		case *ast.ListItem:
			content += p.Offset
		case *ast.Blockquote, *east.Footnote, *east.DefinitionDescription:
			ok = false
		}
	}
	if prev, list := n.PreviousSibling().(*ast.List); list && prev.LastChild() != nil {
		content += prev.LastChild().(*ast.ListItem).Offset
	}
	var changes edit.Changes
	first := -1
	for i := range lines.Len() {
		segment := lines.At(i)
		text := bytes.TrimSpace(e.src[segment.Start:segment.Stop])
		if len(text) == 0 {
			continue
		}
		start, _ := utf8.DecodeRune(text)
		if codeLike.Match(text) || first < 0 && (len(bytes.Fields(text)) < 2 || !unicode.IsLetter(start) && !unicode.IsDigit(start) && !strings.ContainsRune("\"'“‘„[(-*•–", start)) {
			return
		}
		from := e.lineStart(segment.Start)
		to := segment.Start + len(e.src[segment.Start:segment.Stop]) - len(bytes.TrimLeft(e.src[segment.Start:segment.Stop], " \t"))
		if first < 0 {
			first = to
		}
		changes = append(changes, e.change(from, to, strings.Repeat(" ", content)))
	}
	if first < 0 {
		return
	}
	if !ok {
		e.diags.Add("indented-code", e.span(first, lineEnd(e.src, first)))
		return
	}
	e.sure("indented-code", first, lineEnd(e.src, first), "dedent", nil, changes)
}
