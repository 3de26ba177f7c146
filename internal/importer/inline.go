package importer

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/util"

	"leerblad/internal/bounds"
	"leerblad/internal/markdown"
	"leerblad/internal/source"
)

// atom is one character in its style, or, where r is 0, a line break, note or picture.
type atom struct {
	r       rune
	style   Style
	link    string
	note    int // as in Inline
	picture int
}

func (a atom) isText() bool  { return a.r != 0 }
func (a atom) isBreak() bool { return a.r == 0 && a.note == 0 && a.picture == 0 }
func (a atom) isSpace() bool { return a.r == ' ' || a.isBreak() }

// written are the styles that Markdown has.
const written = Strong | Em | Strike | Mono

// small are the raised and lowered characters that Unicode has.
var small = map[Style]map[rune]rune{
	Super: {'0': '⁰', '1': '¹', '2': '²', '3': '³', '4': '⁴', '5': '⁵', '6': '⁶', '7': '⁷', '8': '⁸', '9': '⁹', '+': '⁺', '-': '⁻', 'n': 'ⁿ'},
	Sub:   {'0': '₀', '1': '₁', '2': '₂', '3': '₃', '4': '₄', '5': '₅', '6': '₆', '7': '₇', '8': '₈', '9': '₉', '+': '₊', '-': '₋'},
}

// shrink gives text raised or lowered, if Unicode has all of its characters so.
func shrink(text string, style Style) string {
	table := small[style&(Super|Sub)]
	var out strings.Builder
	for _, r := range text {
		s, ok := table[r]
		if !ok {
			return text
		}
		out.WriteRune(s)
	}
	return out.String()
}

// silent are characters that show nothing.
const silent = "\u00ad\u200b\u2060\ufeff\ufffd"

// shows reports whether a character is one that atoms keeps wherever it stands.
func shows(r rune) bool {
	return !unicode.IsSpace(r) && !unicode.IsControl(r) && !strings.ContainsRune(silent, r)
}

// atoms gives the characters of a text: white space as single spaces, none at its ends or beside a line break, soft hyphens left out,
// and no-break spaces where they bind two words.
func atoms(text []Inline) []atom {
	most := len(text)
	for _, t := range text {
		most += utf8.RuneCountInString(t.Text)
	}
	out := make([]atom, 0, most)
	for _, t := range text {
		style := t.Style & written
		switch {
		case t.Note > 0:
			out = append(out, atom{note: t.Note, link: t.Link})
		case t.Picture > 0:
			out = append(out, atom{picture: t.Picture, link: t.Link})
		case t.Break:
			out = append(out, atom{})
		}
		for _, r := range shrink(t.Text, t.Style) {
			switch {
			case r == '\v', r == '\u2028', r == '\u2029':
				out = append(out, atom{})
				continue
			case r == '\u00a0', r == '\u202f':
			case unicode.IsSpace(r):
				r = ' '
			case !shows(r):
				continue
			}
			out = append(out, atom{r: r, style: style, link: t.Link})
		}
	}
	return tidy(out)
}

// tidy leaves of all white space what counts, in place. White space has the styles, and the link, that what is before and after it both have.
func tidy(in []atom) []atom {
	space := func(a atom) bool { return a.isSpace() || a.r == '\u00a0' || a.r == '\u202f' }
	out := in[:0]
	for i := 0; i < len(in); {
		if !space(in[i]) {
			out = append(out, in[i])
			i++
			continue
		}
		j, broken := i, false
		for ; j < len(in) && space(in[j]); j++ {
			broken = broken || in[j].isBreak()
		}
		if len(out) > 0 && j < len(in) {
			between := atom{r: ' '}
			if broken {
				between.r = 0
			} else if j == i+1 {
				between.r = in[i].r
			}
			before, after := out[len(out)-1], in[j]
			between.style = before.style & after.style
			if before.link == after.link {
				between.link = before.link
			}
			out = append(out, between)
		}
		i = j
	}
	return quiet(out)
}

// quiet takes the style off runs without a letter or digit: a full stop that happens to be bold.
func quiet(in []atom) []atom {
	for _, style := range []Style{Strong, Em, Strike, Mono} {
		for i := 0; i < len(in); {
			j, says := i, false
			for ; j < len(in) && in[j].style&style != 0; j++ {
				says = says || in[j].picture > 0 || in[j].note > 0 || unicode.IsLetter(in[j].r) || unicode.IsDigit(in[j].r) ||
					style == Mono && in[j].r != ' '
			}
			for k := i; k < j && !says; k++ {
				in[k].style &^= style
			}
			i = max(j, i+1)
		}
	}
	return in
}

// plain gives a text without styles, on one line.
func plain(text []Inline) string {
	var out strings.Builder
	for _, a := range atoms(text) {
		switch {
		case a.isBreak():
			out.WriteByte(' ')
		case a.isText():
			out.WriteRune(a.r)
		}
	}
	return out.String()
}

// place is what a text stands in.
type place int

const (
	inParagraph place = iota
	inItem            // the first paragraph of an item
	inHeading
	inCell
	inTerm
)

// inlineWriter writes texts as Markdown, and reads each back to be sure of it.
type inlineWriter struct {
	parser *markdown.Parser
	// picture gives the Markdown of a picture.
	picture func(index int) string
	// note gives the name of a note.
	note func(index int) string
}

// plainSigns are signs that say nothing to Markdown, but perhaps at the beginning of a line.
const plainSigns = " .,;/%()?“”‘’–€…"

// write gives a text as Markdown. It is as simple as it can be and read back as the same; styles that Markdown cannot write at their
// place are left out, words never.
func (w *inlineWriter) write(text []atom, at place) string {
	simple := len(text) > 0 && (at == inCell || unicode.IsLetter(text[0].r))
	for _, a := range text {
		if !a.isText() || a.style != 0 || a.link != "" || !(unicode.IsLetter(a.r) || unicode.IsDigit(a.r) || strings.ContainsRune(plainSigns, a.r)) {
			simple = false
			break
		}
	}
	if simple {
		return str(text)
	}
	moved := text
	if changes(text) <= bounds.Signs { // more are read as none
		if source, ok := w.try(text, at); ok {
			return source
		}
		// Emphasis that begins or ends with a sign beside a letter is none.
		moved = shrinkStyles(text)
		if source, ok := w.try(moved, at); ok {
			return source
		}
	}
	// Then style by style, as far as it goes.
	bare := slices.Clone(moved)
	for i := range bare {
		bare[i].style &= Mono
	}
	source, ok := w.try(bare, at)
	if !ok {
		for i := range bare {
			bare[i].style = 0
		}
		source, _ = w.try(bare, at)
	}
	for tries, i := 0, 0; i < len(moved) && tries < min(40, 400_000/len(moved)); {
		j := i
		for ; j < len(moved) && moved[j].style == moved[i].style; j++ {
		}
		if moved[i].style&^bare[i].style != 0 {
			tries++
			with := slices.Clone(bare)
			for k := i; k < j; k++ {
				with[k].style = moved[k].style
			}
			if better, ok := w.try(with, at); ok {
				bare, source = with, better
			}
		}
		i = j
	}
	return source
}

// changes counts where emphasis begins or ends in a text.
func changes(text []atom) (n int) {
	var before Style
	for _, a := range text {
		if style := a.style &^ Mono; style != before {
			n++
			before = style
		}
	}
	return n
}

// try writes a text in the simplest way that is read back as the same.
func (w *inlineWriter) try(text []atom, at place) (out string, ok bool) {
	tree, tildes := build(text, 0, len(text), 0, false), strings.Count(str(text), "~")
	for _, cautious := range []bool{false, true} {
		for _, em := range []string{"*", "_"} {
			e := emitter{inlineWriter: w, text: text, at: at, em: em, tildes: tildes, cautious: cautious}
			e.nodes(tree, false)
			if e.String() == out { // the other sign of emphasis, of which there is none
				continue
			}
			if out = e.String(); w.same(out, text, at) {
				return out, true
			}
		}
	}
	return out, false
}

// shrinkStyles takes emphasis off the signs that it begins or ends with where a letter or digit stands on the other side.
func shrinkStyles(text []atom) []atom {
	out := append([]atom(nil), text...)
	word := func(i int) bool {
		return i >= 0 && i < len(out) && out[i].isText() && out[i].r != ' ' && !util.IsPunctRune(out[i].r)
	}
	for _, style := range []Style{Strong, Em, Strike} {
		for i := 0; i < len(out); {
			j := i
			for ; j < len(out) && out[j].style&style != 0; j++ {
			}
			next := max(j, i+1)
			for start := i; start < j && word(i-1) && !word(start); start++ {
				out[start].style &^= style
			}
			for end := j; end > i && word(j) && !word(end-1); end-- {
				out[end-1].style &^= style
			}
			i = next
		}
	}
	return quiet(out)
}

// span is a part of a text in one style, or a part without one.
type span struct {
	style    Style // one; 0 for a text, or a link
	link     string
	from, to int
	within   []span // of one with a style or link
}

// build parts a text into spans that stand inside each other; the one that is longest is outermost.
func build(text []atom, from, to int, done Style, linked bool) []span {
	var out []span
	for i := from; i < to; {
		best := span{from: i, to: i}
		if a := text[i]; a.link != "" && !linked {
			best = span{link: a.link, from: i, to: linkEnd(text, i, to)}
		}
		for _, style := range []Style{Strong, Em, Strike} {
			if text[i].style&style == 0 || done&style != 0 {
				continue
			}
			j := i
			for j < to && text[j].style&style != 0 {
				j++
			}
			if !linked && j < to && text[j].link != "" && text[j-1].link == text[j].link {
				for j > i && text[j-1].link == text[j].link {
					j--
				}
			}
			for j > i && text[j-1].isSpace() {
				j--
			}
			if j > best.to {
				best = span{style: style, from: i, to: j}
			}
		}
		switch {
		case best.to > i && best.link != "":
			best.within = build(text, best.from, best.to, done, true)
		case best.to > i:
			best.within = build(text, best.from, best.to, done|best.style, linked)
		case text[i].style&Mono != 0 && text[i].isText():
			j := i
			for j < to && text[j].isText() && text[j].style&Mono != 0 && same(text[j], text[i], done, linked) {
				j++
			}
			best = span{style: Mono, from: i, to: j}
		default:
			j := i + 1
			for j < to && text[j].style&Mono == 0 && same(text[j], text[i], done, linked) {
				j++
			}
			best = span{from: i, to: j}
		}
		out = append(out, best)
		i = best.to
	}
	return out
}

// same reports whether nothing begins or ends between two atoms.
func same(a, b atom, done Style, linked bool) bool {
	return (a.style^b.style)&^(done|Mono) == 0 && (linked || a.link == b.link)
}

func linkEnd(text []atom, i, to int) int {
	j := i
	for j < to && text[j].link == text[i].link {
		j++
	}
	return j
}

// emitter writes spans.
type emitter struct {
	*inlineWriter
	strings.Builder
	text     []atom
	at       place
	em       string
	tildes   int // in text
	cautious bool
}

func (e *emitter) nodes(list []span, linked bool) {
	for _, s := range list {
		switch {
		case s.link != "":
			e.link(s)
		case s.style == Mono:
			e.code(str(e.text[s.from:s.to]))
		case s.style != 0:
			sign := map[Style]string{Strong: "**", Em: e.em, Strike: "~~"}[s.style]
			e.WriteString(sign)
			e.nodes(s.within, linked)
			e.WriteString(sign)
		default:
			for i := s.from; i < s.to; i++ {
				e.atom(i, linked)
			}
		}
	}
}

func str(text []atom) string {
	var out strings.Builder
	for _, a := range text {
		if a.isText() {
			out.WriteRune(a.r)
		}
	}
	return out.String()
}

func (e *emitter) atom(i int, linked bool) {
	a := e.text[i]
	switch {
	case a.note > 0:
		e.WriteString("[^" + e.note(a.note) + "]")
	case a.picture > 0:
		e.WriteString(e.picture(a.picture))
	case a.isBreak() && e.at == inCell:
		e.WriteString("<br>")
	case a.isBreak() && (e.at == inHeading || e.at == inTerm):
		e.WriteString(" ")
	case a.isBreak() && e.rune(i-1) == '\\': // a backslash after one is not read as a line break
		e.WriteString("  \n")
	case a.isBreak():
		e.WriteString("\\\n")
	default:
		if a.r == '|' && e.at == inCell || e.escapes(i, linked) {
			e.WriteByte('\\')
		}
		e.WriteRune(a.r)
	}
}

// link writes a link; one that shows its own address is written as that alone.
func (e *emitter) link(s span) {
	shown := str(e.text[s.from:s.to])
	bare := strings.TrimPrefix(s.link, "mailto:") == shown && autolink.MatchString(s.link) && len(s.within) == 1 && s.within[0].style == 0
	if bare && !strings.ContainsAny(s.link, "|\\") {
		e.WriteString("<" + shown + ">")
		return
	}
	e.WriteByte('[')
	e.nodes(s.within, true)
	e.WriteString("](" + target(s.link, e.at) + ")")
}

var (
	autolink = regexp.MustCompile(`^(?:https?://[^\s<>]+|mailto:[\w.+-]+@[\w-]+(?:\.[\w-]+)+)$`)
	entity   = regexp.MustCompile(`^&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]*);`)
)

// target writes the address of a link.
func target(address string, at place) string {
	var out strings.Builder
	address = paired(address)
	for i, r := range address {
		switch {
		case r == ' ', r == '<', r == '>', r == '\\', r == '"', r < ' ', r == '|' && at == inCell:
			const hex = "0123456789ABCDEF"
			out.WriteString("%" + hex[r>>4:r>>4+1] + hex[r&15:r&15+1])
			continue
		case r == '&' && entity.MatchString(address[i:]):
			out.WriteByte('\\')
		}
		out.WriteRune(r)
	}
	return out.String()
}

// paired gives an address in which parentheses come in pairs; those of others are written as numbers.
func paired(address string) string {
	depth := 0
	for _, r := range address {
		switch r {
		case '(':
			depth++
		case ')':
			depth--
		}
		if depth < 0 {
			depth = len(address) + 1 // for good
		}
	}
	if depth == 0 {
		return address
	}
	return strings.NewReplacer("(", "%28", ")", "%29").Replace(address)
}

// code writes text between backticks, more of them than it has in a row.
func (e *emitter) code(text string) {
	longest, run := 0, 0
	for _, r := range text {
		if run++; r != '`' {
			run = 0
		}
		longest = max(longest, run)
	}
	if e.at == inCell {
		text = strings.ReplaceAll(text, "|", `\|`)
	}
	fence := strings.Repeat("`", longest+1)
	if strings.HasPrefix(text, "`") || strings.HasSuffix(text, "`") {
		text = " " + text + " "
	}
	e.WriteString(fence + text + fence)
}

// rune gives the character at i, or a space where there is none.
func (e *emitter) rune(i int) rune {
	if i < 0 || i >= len(e.text) || !e.text[i].isText() {
		return ' '
	}
	return e.text[i].r
}

// rest gives the characters from i on up to a line break.
func (e *emitter) rest(i int) string {
	var out strings.Builder
	for ; i < len(e.text) && !e.text[i].isBreak() && out.Len() < 512; i++ {
		if e.text[i].isText() {
			out.WriteRune(e.text[i].r)
		} else {
			out.WriteByte('\x00')
		}
	}
	return out.String()
}

var (
	// startsBlock is what would make the beginning of a line something else; its group ends before the sign to escape.
	startsBlock = regexp.MustCompile(`^(?:()#{1,6}(?:\s|$)|()[-+*](?:\s|$)|()[-_*](?:\s*[-_*]){2,}\s*$|()[=-]+\s*$|()>|(\d{1,9})[.)](?:\s|$)|()~~~|():(?:\s|$)|()\|)`)
	bracketed   = regexp.MustCompile(`^\[[^\[\]]*\][(\[:]`)
	boxed       = regexp.MustCompile(`^\[(?:[^\[\]]?|[-+!?~*/=<>✓✗ ]{2,5})\]`)
	tagged      = regexp.MustCompile(`^<[a-zA-Z/!?<]`)
	braced      = regexp.MustCompile(`^\{[^{}]*\}`)
	attributed  = regexp.MustCompile(`^(?:[ \t]*[#.]|[^}]*[a-z][ \t]*=)`)
)

// escapes reports whether the character at i needs a backslash before it.
func (e *emitter) escapes(i int, linked bool) bool {
	r, before, after := e.text[i].r, e.rune(i-1), e.rune(i+1)
	if r >= utf8.RuneSelf || unicode.IsLetter(r) || unicode.IsDigit(r) || r == ' ' {
		return false
	}
	if e.cautious {
		return strings.ContainsRune("\\`*_{}[]<>()#+-.!|~&:=^", r)
	}
	if e.starts(i) {
		return true
	}
	edge := i+1 == len(e.text) || e.text[i+1].style != e.text[i].style || e.text[i+1].link != e.text[i].link || !e.text[i+1].isText()
	word := func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
	switch r {
	case '\\':
		return edge || after < utf8.RuneSelf && util.IsPunct(byte(after))
	case '`':
		return true
	case '*':
		return before != ' ' || after != ' '
	case '_':
		return !(word(before) && word(after)) && !(before == ' ' && after == ' ')
	case '~':
		return e.tildes > 1
	case '[':
		switch {
		case linked || edge || after == '^' || before == '!':
			return true
		case after == '[': // the rest is not looked at from each of many in a row
			return false
		}
		rest := e.rest(i)
		return bracketed.MatchString(rest) || boxed.MatchString(rest) && i == 0
	case ']':
		return linked
	case '^': // with the bracket it would look like a reference to a note
		return before == '[' || linked && (i == 0 || e.text[i-1].link != e.text[i].link)
	case '(': // with what is between brackets it would look like a link
		return before == ']' || i > 0 && (e.text[i-1].note > 0 || e.text[i-1].link != e.text[i].link)
	case '<':
		return edge || tagged.MatchString(e.rest(i))
	case '>':
		return after == '>' || before == '>'
	case '&':
		return entity.MatchString(e.rest(i))
	case '!':
		next := i + 1
		return next < len(e.text) && (e.text[next].note > 0 || e.text[next].link != e.text[i].link || e.text[next].style != e.text[i].style)
	case '-':
		return after == '-' && !(before == ' ' || before == '-') || after == '-' && word(e.rune(i+2))
	case '#':
		if e.at == inHeading && strings.Trim(e.rest(i), "#") == "" {
			return true
		}
		return e.inBraces(i, true)
	case '.', '=':
		return e.inBraces(i, r == '.')
	}
	return false
}

// inBraces reports whether the character at i is in braces that would be read as attributes: the first one in them, if first.
func (e *emitter) inBraces(i int, first bool) bool {
	j := i - 1
	for ; j >= 0 && e.rune(j) != '{' && (!first || e.rune(j) == ' ' && e.text[j].isText()) && i-j < 256; j-- {
		if e.rune(j) == '}' || e.text[j].isBreak() {
			return false
		}
	}
	if j < 0 || e.rune(j) != '{' {
		return false
	}
	rest := e.rest(j)
	return !braced.MatchString(rest) && first || attributed.MatchString(rest[1:])
}

// starts reports whether the character at i would make the beginning of its line something else than text.
func (e *emitter) starts(i int) bool {
	begin := i
	for begin > 0 && !e.text[begin-1].isBreak() {
		if begin--; i-begin > 10 {
			return false
		}
	}
	if e.at == inCell || e.at == inHeading || e.text[begin].style != 0 || e.text[begin].link != "" {
		return false
	}
	m := startsBlock.FindStringSubmatchIndex(e.rest(begin))
	if m == nil {
		return false
	}
	for g := 2; g < len(m); g += 2 {
		if m[g] >= 0 {
			return i-begin == m[g+1]
		}
	}
	return false
}

// same reports whether Markdown is read as a text.
func (w *inlineWriter) same(src string, text []atom, at place) bool {
	whole := src
	switch at {
	case inItem:
		whole = "- " + strings.ReplaceAll(src, "\n", "\n  ")
	case inHeading:
		whole = "## " + src
	case inCell:
		whole = "| " + src + " |\n| --- |"
	case inTerm:
		whole = src + "\n: x"
	}
	var notes strings.Builder
	defined := map[int]bool{}
	for _, a := range text {
		if a.note > 0 && !defined[a.note] {
			defined[a.note] = true
			notes.WriteString("\n\n[^" + w.note(a.note) + "]: x")
		}
	}
	body, tree, _ := w.parser.ParseTree(source.NewFile("x.md", []byte(whole+notes.String()+"\n")), 0, "")
	node := &tree
	var way []markdown.NodeKind
	switch at {
	case inParagraph:
		way = []markdown.NodeKind{markdown.ParagraphNode}
	case inItem:
		way = []markdown.NodeKind{markdown.ListNode, markdown.ItemNode, markdown.ParagraphNode}
	case inHeading:
		way = []markdown.NodeKind{markdown.HeadingNode}
	case inCell:
		way = []markdown.NodeKind{markdown.TableNode, markdown.RowNode, markdown.CellNode}
	case inTerm:
		way = []markdown.NodeKind{markdown.DefinitionsNode, markdown.TermNode}
	}
	for i, kind := range way {
		if len(node.Nodes) == 0 {
			return false
		}
		alone := len(node.Nodes) == 1 || i == 0 && node.Nodes[len(node.Nodes)-1].Kind == markdown.NotesNode && len(node.Nodes) == 2 || at == inTerm
		node = &node.Nodes[0]
		if kind == markdown.ParagraphNode && node.Kind == markdown.FigureNode {
			node = &markdown.Node{Nodes: []markdown.Node{{Kind: markdown.PictureNode}}}
			break
		}
		if node.Kind != kind || !alone {
			return false
		}
	}
	return equal(canonical(flatten(make([]atom, 0, len(text)), node.Nodes, body, atom{})), canonical(w.shown(text, at)))
}

// shown gives a text as a reader sees it.
func (w *inlineWriter) shown(text []atom, at place) []atom {
	out := make([]atom, 0, len(text))
	for _, a := range text {
		if a.isBreak() && (at == inHeading || at == inTerm) {
			a.r = ' '
		}
		a.link = string(util.URLEscape([]byte(paired(a.link)), false))
		out = append(out, a)
	}
	return out
}

// flatten gives the characters of nodes.
func flatten(out []atom, nodes []markdown.Node, body *markdown.Body, in atom) []atom {
	for _, n := range nodes {
		inner := in
		switch n.Kind {
		case markdown.TextNode, markdown.CodeNode:
			if n.Kind == markdown.CodeNode {
				inner.style |= Mono
			}
			for _, r := range n.Text {
				inner.r = r
				out = append(out, inner)
			}
			continue
		case markdown.BreakNode:
			out = append(out, atom{})
			continue
		case markdown.NoteMarkNode:
			inner.note = 1
			out = append(out, inner)
			continue
		case markdown.PictureNode:
			inner.picture = 1
			out = append(out, inner)
			continue
		case markdown.EmphasisNode:
			inner.style |= Em
		case markdown.StrongNode:
			inner.style |= Strong
		case markdown.DeletedNode:
			inner.style |= Strike
		case markdown.LinkNode:
			inner.link = "?"
			if n.Index < len(body.Links) {
				inner.link = string(util.URLEscape([]byte(body.Links[n.Index].Dest), false))
			}
		}
		out = flatten(out, n.Nodes, body, inner)
	}
	return out
}

// straight are the typographic signs that Markdown makes of others.
var straight = map[rune]string{'“': `"`, '”': `"`, '„': `"`, '‘': "'", '’': "'", '…': "...", '–': "--", '—': "---"}

// canonical gives a text in the form in which it is compared: how quotes and dashes look and how white space is styled does not matter.
func canonical(text []atom) []atom {
	out := make([]atom, 0, len(text))
	for _, a := range text {
		switch {
		case a.note > 0:
			a = atom{note: 1}
		case a.picture > 0:
			a = atom{picture: 1, link: a.link}
		case a.isSpace():
			a = atom{r: a.r}
		case straight[a.r] != "":
			for _, r := range straight[a.r] {
				a.r = r
				out = append(out, a)
			}
			continue
		}
		out = append(out, a)
	}
	for len(out) > 0 && out[len(out)-1].isSpace() {
		out = out[:len(out)-1]
	}
	return out
}

func equal(a, b []atom) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}
