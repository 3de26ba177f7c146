package importer

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// docxField is a field that is being read.
type docxField struct {
	instruction []byte
	result      bool   // its result is being read
	drop        bool   // the result is no text
	link        string // where it leads
	form        string // what a check box or list of choices shows
	page        bool   // it is the number of a page
	shown       bool   // its result has text
}

// lines of a paragraph, as they are put together.
type docxParagraph struct {
	text    []Inline
	boxes   []Block  // text boxes and the like that stand at it
	anchors []string // bookmarks
	rule    bool     // it is a line across the page
	initial bool     // it is but the large first letter of the next one
	join    bool     // what comes next was another paragraph
	size    int      // of its smallest type, in half docxPoints

	last    Inline // what is still being added to
	buffer  strings.Builder
	style   *docxStyle
	link    string
	plain   bool // the paragraph's own style is no emphasis
	hasText bool
}

func (p *docxParagraph) flush() {
	if p.buffer.Len() > 0 {
		p.last.Text = p.buffer.String()
		p.text = append(p.text, p.last)
	}
	p.buffer.Reset()
	p.last = Inline{}
}

// add puts text, a break, note or picture at the end.
func (p *docxParagraph) add(t Inline) {
	text := t.Text
	t.Text = ""
	if text == "" {
		p.flush()
		p.text = append(p.text, t)
		return
	}
	if t != p.last {
		p.flush()
		p.last = t
	}
	p.buffer.WriteString(text)
	p.hasText = true
}

// says reports whether there is anything in a paragraph.
func (p *docxParagraph) says() bool {
	p.flush()
	for _, t := range p.text {
		if t.Note > 0 || t.Picture > 0 || strings.TrimSpace(t.Text) != "" {
			return true
		}
	}
	return false
}

// blocks reads paragraphs and tables.
func (r *docxReader) blocks(kids []*xmlNode) []Block {
	f := &officeFlow{}
	var joined *docxParagraph // what stands before a paragraph mark that was deleted
	var anchors []string
	settle := func() {
		if joined != nil && joined.says() {
			f.add(&Paragraph{Text: joined.text})
		}
		if joined != nil {
			f.beside(joined.boxes)
		}
		joined = nil
	}
	for _, k := range kids {
		switch k.name {
		case "w:p":
			pPr := k.child("w:pPr")
			p := &docxParagraph{style: r.paragraphStyle(pPr)}
			if joined != nil {
				p.text, p.boxes, p.anchors, p.hasText = joined.text, joined.boxes, joined.anchors, joined.hasText
			}
			p.anchors = append(p.anchors, anchors...)
			anchors = nil
			before := len(p.text)
			r.paragraph(p, k)
			p.flush()
			if joined != nil && !joined.initial {
				p.text = unglued(p.text, before)
			}
			joined = nil
			if drop := pPr.child("w:framePr").attr("w:dropCap"); drop == "drop" || drop == "margin" {
				p.initial = true
				joined = p
				continue
			}
			if mark := pPr.child("w:rPr"); mark.child("w:del") != nil || mark.child("w:moveFrom") != nil {
				joined = p
				continue
			}
			r.place(f, p, pPr)
			if !p.says() && len(p.boxes) == 0 {
				anchors = p.anchors // a bookmark in an empty paragraph leads to what follows
			}
		case "w:tbl":
			settle()
			if r.depth >= maxNesting {
				for _, tc := range k.children("w:tr") {
					for _, c := range tc.children("w:tc") {
						for _, b := range r.inner(c) {
							f.add(b)
						}
					}
				}
				continue
			}
			if t := r.table(k); t != nil {
				indent, ok := docxPoints(k.child("w:tblPr", "w:tblInd").attr("w:w"))
				if !ok || !f.indented(*indent, t) { // a table may be indented as an item is
					f.add(t)
				}
			}
			anchors = nil
		case "w:bookmarkStart":
			anchors = append(anchors, k.attr("w:name"))
		case "w:altChunk":
			settle()
			for _, b := range r.alternativePart(k.attr("r:id")) {
				f.add(b)
			}
		case "w:subDoc":
			r.remark("part-left-out", first(r.related(r.part)[k.attr("r:id")].target, "?"))
		case "m:oMathPara", "m:oMath", "w:r", "w:hyperlink", "w:fldSimple": // loose in the text, by a program that knows no better
			settle()
			p := &docxParagraph{style: r.paragraphStyle(nil)}
			r.inlines(p, []*xmlNode{k})
			r.place(f, p, nil)
		}
	}
	settle()
	return f.done()
}

// unglued puts a space between two paragraphs that became one, if there is none.
func unglued(text []Inline, at int) []Inline {
	if at == 0 || at >= len(text) {
		return text
	}
	before, _ := utf8.DecodeLastRuneInString(text[at-1].Text)
	after, _ := utf8.DecodeRuneInString(text[at].Text)
	if (unicode.IsLetter(before) || unicode.IsDigit(before) || unicode.IsPunct(before)) && (unicode.IsLetter(after) || unicode.IsDigit(after)) {
		return slices.Insert(text, at, Inline{Text: " "})
	}
	return text
}

func (r *docxReader) paragraphStyle(pPr *xmlNode) *docxStyle {
	return r.styles.style(first(pPr.child("w:pStyle").attr("w:val"), r.styles.paragraph))
}

// number gives the numbering of a paragraph and its level; nil if it has none. direct says that the paragraph itself names it.
func (r *docxReader) number(pPr *xmlNode, style *docxStyle) (num *docxNum, level int, direct bool) {
	numPr := pPr.child("w:numPr")
	id, said := numPr.child("w:numId").lookup("w:val")
	direct = said
	if !said {
		id = style.numID
	}
	if id == "" || id == "0" {
		return nil, 0, false
	}
	num = r.numbering.nums[id]
	if num == nil && r.numbering.missing {
		r.remark("lists-missing")
		num = r.numbering.bullets()
	}
	if num == nil {
		return nil, 0, false
	}
	level, err := strconv.Atoi(numPr.child("w:ilvl").attr("w:val"))
	switch {
	case err == nil:
	case !said && style.ilvl >= 0:
		level = style.ilvl
	case !said:
		level = 0
		for i, l := range num.levels {
			if l.style != "" && slices.Contains(style.ids, l.style) {
				level = i
			}
		}
	}
	return num, min(max(level, 0), 8), direct
}

// place says what a paragraph is, and puts it into the text.
func (r *docxReader) place(f *officeFlow, p *docxParagraph, pPr *xmlNode) {
	p.flush()
	style := p.style
	is := style.kind
	says := p.says()
	level := style.level
	if l, ok := outlineLevel(pPr); ok && first(pPr.child("w:numPr", "w:numId").attr("w:val"), "0") == "0" && textLength(p.text) < 300 {
		level = l
	}
	num, ilvl, direct := r.number(pPr, style)
	n, label := 0, ""
	hidden := !says && readRunStyle(pPr.child("w:rPr")).over(style.run).hidden == on
	if num != nil && !hidden && !r.dropping() {
		n, label = r.numbering.next(num, ilvl)
		label = r.made(label)
	}
	if num != nil && says && num.levels[ilvl].worded() && label != "" { // "Aanbeveling 1:" is text, which Word writes
		p.text = append([]Inline{{Text: label + " "}}, p.text...)
		num, label = nil, ""
	}
	indent := readIndents(pPr)
	switch {
	case num == nil:
		indent = indent.over(style.indent)
	case direct || style.indentFrom > style.numFrom:
		indent = indent.over(num.levels[ilvl].indent).over(style.indent)
	default:
		indent = indent.over(style.indent).over(num.levels[ilvl].indent)
	}
	left, right := 0, 0
	if indent.left != nil {
		left = *indent.left
	}
	if right = left; indent.first != nil && *indent.first > 0 {
		right += *indent.first
	}
	defer func() { f.beside(p.boxes) }()
	switch {
	case is == isContents:
		return
	case p.rule || !says && (is == isLine || ruled(pPr) && len(p.boxes) == 0):
		f.add(&Rule{})
	case !says && (num == nil || level > 0):
		if is == isCode {
			f.emptyLine()
		}
		return
	}
	if !says && num == nil {
		return
	}
	text := &Paragraph{Text: p.text, Indent: max(right, 0)}
	if p.size > 0 {
		r.sized = append(r.sized, sized{text, p.size})
	}
	var b Block = text
	switch {
	case !says:
	case is == isTitle && r.depth == 0 && r.doc.Title == nil && r.words <= wordsAbove:
		r.doc.Title = p.text
		r.words = 0
		return
	case is == isTitle:
		b = &Heading{Level: 1, Text: p.text, Anchors: p.anchors}
	case is == isSubtitle && r.depth == 0 && r.doc.Title != nil && r.doc.Subtitle == nil && r.words == 0:
		r.doc.Subtitle = p.text
		r.words = 1000
		return
	case level > 0:
		b = &Heading{Level: level, Text: p.text, Number: label, Anchors: p.anchors}
		r.words = 1000
	case is == isCaption:
		text.Caption = true
	case is == isQuote && (num == nil || !num.levels[ilvl].marked()):
		b = &Quote{Blocks: []Block{text}}
	case is == isCode && !hasMark(p.text) && (num == nil || !num.levels[ilvl].marked()):
		b = &Code{Text: verbatim(p.text)}
	case is == isTerm:
		b = &Definitions{Items: []Definition{{Term: p.text}}}
	case is == isMeaning && num == nil:
		if d, ok := lastOf(f.blocks).(*Definitions); ok && len(d.Items) > 0 {
			b = &Definitions{Items: []Definition{{Blocks: []Block{text}}}}
		}
	}
	if r.depth == 0 {
		r.words += len(strings.Fields(verbatim(p.text)))
	}
	_, heading := b.(*Heading)
	switch {
	case heading:
		f.add(b)
	case num != nil && num.levels[ilvl].marked():
		l := num.levels[ilvl]
		f.item(officeItem{level: ilvl, key: num.abstract, ordered: l.ordered(), n: n, mark: l.mark(), indent: left}, b)
	case num != nil && f.within(ilvl, b):
	case num == nil && !text.Caption && f.indented(left, b):
	default:
		f.add(b)
	}
}

func textLength(text []Inline) int {
	n := 0
	for _, t := range text {
		n += len(t.Text)
	}
	return n
}

// verbatim gives a text as it is, with line breaks.
func verbatim(text []Inline) string {
	var out strings.Builder
	for _, t := range text {
		if t.Break {
			out.WriteByte('\n')
		}
		out.WriteString(t.Text)
	}
	return out.String()
}

// dropping reports whether a field is being read of which the result is no text.
func (r *docxReader) dropping() bool {
	for _, f := range r.fields {
		if f.drop {
			return true
		}
	}
	return false
}

// emit adds to a paragraph what stands in no field, or in the result of those that are text.
func (r *docxReader) emit(p *docxParagraph, t Inline) {
	for i := len(r.fields) - 1; i >= 0; i-- {
		f := r.fields[i]
		if !f.result {
			f.instruction = append(f.instruction, t.Text...)
			return
		}
		if f.drop {
			return
		}
		f.shown = true
		t.Link = outerLink(t.Link, f.link)
	}
	t.Link = outerLink(t.Link, p.link)
	p.add(t)
}

// outerLink gives the link of a text that two lead from: one out of the file says more than one within it.
func outerLink(inner, outer string) string {
	if inner == "" || outer != "" && strings.HasPrefix(inner, "#") {
		return outer
	}
	return inner
}

func (r *docxReader) paragraph(p *docxParagraph, n *xmlNode) {
	switch p.style.kind {
	case isQuote, isCaption, isTitle, isSubtitle:
		p.plain = true
	}
	p.plain = p.plain || p.style.level > 0
	r.inlines(p, n.kids)
}

func (r *docxReader) inlines(p *docxParagraph, kids []*xmlNode) {
	for _, k := range kids {
		switch k.name {
		case "w:r":
			r.run(p, k)
		case "w:hyperlink":
			outer := p.link
			if link := r.target(k); link != "" {
				p.link = link
			}
			r.inlines(p, k.kids)
			p.link = outer
		case "w:fldSimple":
			if len(r.fields) >= maxNesting {
				r.inlines(p, k.kids)
				continue
			}
			f := &docxField{instruction: []byte(k.attr("w:instr")), result: true}
			f.understand()
			r.fields = append(r.fields, f)
			r.inlines(p, k.kids)
			r.fields = r.fields[:len(r.fields)-1]
			r.fieldShows(p, f, runStyle{})
		case "w:bookmarkStart":
			if name := k.attr("w:name"); name != "" && name != "_GoBack" {
				p.anchors = append(p.anchors, name)
			}
		case "m:oMath":
			r.equation(p, k)
		case "m:oMathPara":
			for _, m := range k.children("m:oMath") {
				r.equation(p, m)
			}
			for _, m := range k.children("w:r") {
				r.run(p, m)
			}
		case "w:p": // in a paragraph, by a program that knows no better
			r.inlines(p, k.kids)
		case "w:subDoc":
			r.remark("part-left-out", first(r.related(r.part)[k.attr("r:id")].target, "?"))
		}
	}
}

// target gives where a link leads.
func (r *docxReader) target(n *xmlNode) string {
	link := ""
	if id := n.attr("r:id"); id != "" {
		rel := r.related(r.part)[id]
		if link = rel.target; !rel.external {
			link = ""
		}
	}
	if anchor := n.attr("w:anchor"); anchor != "" && !strings.Contains(link, "#") {
		link += "#" + anchor
	}
	return link
}

func (r *docxReader) equation(p *docxParagraph, n *xmlNode) {
	r.remark("equation")
	for _, t := range formula(n) {
		r.emit(p, t)
	}
}

// written gives how a run looks: what it says itself, else what its own style and that of its paragraph say, of which two make none.
func (r *docxReader) written(p *docxParagraph, rPr *xmlNode) runStyle {
	own := readRunStyle(rPr)
	var named runStyle
	if id := rPr.child("w:rStyle").attr("w:val"); id != "" {
		s := r.styles.style(id)
		named = s.run
		if named.font == "" && s.is("verbatim char", "html code", "source text", "html typewriter", "html keyboard", "html sample") {
			named.font = "monospace"
		}
	}
	below := p.style.run
	if p.plain {
		below.strong, below.em = unsaid, unsaid
	}
	out := own.over(named)
	either := func(own, named, below tri) tri {
		if own != unsaid {
			return own
		}
		if (named == on) != (below == on) {
			return on
		}
		return off
	}
	out.strong = either(own.strong, named.strong, below.strong)
	out.em = either(own.em, named.em, below.em)
	out.strike = either(own.strike, named.strike, below.strike)
	out.hidden = either(own.hidden, named.hidden, below.hidden)
	if !isSymbols(out.font) && isSymbols(below.font) && out.font == "" {
		out.font = below.font
	}
	if out.size == 0 {
		out.size = below.size
	}
	return out
}

// inline gives the style of a run as the tree has it.
func (s runStyle) inline() Inline {
	var t Inline
	for _, has := range []struct {
		is    bool
		style Style
	}{{s.strong == on, Strong}, {s.em == on, Em}, {s.strike == on, Strike}, {isMono(s.font), Mono}, {s.underline == on, Underline},
		{s.vertical == "superscript", Super}, {s.vertical == "subscript", Sub}} {
		if has.is {
			t.Style |= has.style
		}
	}
	t.Colour = officeColour(s.colour)
	return t
}

// run reads a run.
func (r *docxReader) run(p *docxParagraph, n *xmlNode) {
	rPr := n.child("w:rPr")
	if rPr.child("w:del") != nil && rPr.child("w:ins") == nil {
		return
	}
	s := r.written(p, rPr)
	hidden := s.hidden == on
	style := s.inline()
	text := func(words string) {
		if hidden && strings.TrimSpace(words) != "" && p.style.kind != isContents && !r.dropping() {
			r.remark("hidden-text")
		}
		if hidden || words == "" {
			return
		}
		size := s.size
		if size == 0 {
			size = r.styles.size
		}
		r.measure(words, size, &p.size)
		for i, piece := range officeSigns(s.font, words) {
			if piece != "" {
				t := style
				t.Text, t.Symbol = piece, i%2 == 1
				r.emit(p, t)
			}
		}
	}
	custom := false
	for _, k := range n.kids {
		switch k.name {
		case "w:t":
			if words := k.words(); !custom {
				text(tidyLines.Replace(words))
			}
			custom = false
		case "w:tab", "w:ptab":
			text("\t")
		case "w:br", "w:cr":
			if hidden {
				continue
			}
			if r.emit(p, Inline{Break: true}); k.attr("w:type") == "page" || k.attr("w:type") == "column" {
				r.emit(p, Inline{Break: true}) // what comes next is another paragraph
			}
		case "w:noBreakHyphen":
			text("-")
		case "w:softHyphen":
			text("\u00ad")
		case "w:sym":
			r.sign(p, k, style, hidden)
		case "w:fldChar":
			r.fieldChar(p, k, s)
		case "w:instrText":
			if last := len(r.fields) - 1; last >= 0 && !r.fields[last].result && r.skipped == 0 {
				r.fields[last].instruction = append(r.fields[last].instruction, k.words()...)
			}
		case "w:footnoteReference", "w:endnoteReference":
			if hidden {
				continue
			}
			if i := r.note(strings.TrimSuffix(k.name, "Reference"), k.attr("w:id")); i > 0 {
				r.emit(p, Inline{Note: i})
				custom = truth(k.attr("w:customMarkFollows"))
			}
		case "w:drawing", "w:pict", "w:object":
			if !hidden {
				r.drawing(p, k)
			}
		case "w:ruby":
			r.inlines(p, k.child("w:rubyBase").orEmpty().kids)
			small := &docxParagraph{style: p.style, link: p.link}
			if r.inlines(small, k.child("w:rt").orEmpty().kids); small.says() {
				r.emit(p, Inline{Text: " (" + strings.TrimSpace(verbatim(small.text)) + ")"})
			}
		case "m:oMath":
			r.equation(p, k)
		}
	}
}

// tidyLines makes spaces of the line ends of XML, which say nothing.
var tidyLines = strings.NewReplacer("\r\n", " ", "\n", " ", "\r", " ")

// sign reads a sign of a font of symbols.
func (r *docxReader) sign(p *docxParagraph, n *xmlNode, style Inline, hidden bool) {
	code, err := strconv.ParseUint(n.attr("w:char"), 16, 32)
	if err != nil || hidden {
		return
	}
	char := rune(code)
	if sign, ok := officeSign(n.attr("w:font"), char); ok {
		char = sign
	} else if char >= 0xf020 && char <= 0xf0ff {
		char -= 0xf000
	}
	style.Text, style.Symbol = string(char), true
	r.emit(p, style)
}

// fieldChar reads the beginning, middle or end of a field.
func (r *docxReader) fieldChar(p *docxParagraph, n *xmlNode, s runStyle) {
	switch n.attr("w:fldCharType") {
	case "begin":
		if !r.ends[n] {
			return
		}
		if len(r.fields) >= maxNesting {
			r.skipped++
			return
		}
		f := &docxField{}
		if data := n.child("w:ffData"); data != nil {
			f.form = formShows(data)
		}
		r.fields = append(r.fields, f)
	case "separate":
		if last := len(r.fields) - 1; last >= 0 && r.skipped == 0 && !r.fields[last].result {
			r.fields[last].result = true
			r.fields[last].understand()
		}
	case "end":
		if !r.ends[n] {
			return
		}
		if r.skipped > 0 {
			r.skipped--
			return
		}
		last := len(r.fields) - 1
		if last < 0 {
			return
		}
		f := r.fields[last]
		r.fields = r.fields[:last]
		if !f.result {
			f.understand()
		}
		r.fieldShows(p, f, s)
	}
}

// formShows gives what a check box or list of choices shows.
func formShows(data *xmlNode) string {
	if box := data.child("w:checkBox"); box != nil {
		checked := toggle(box, "w:checked")
		if checked == unsaid {
			checked = toggle(box, "w:default")
		}
		if checked == on {
			return "☒"
		}
		return "☐"
	}
	if list := data.child("w:ddList"); list != nil {
		i, err := strconv.Atoi(list.child("w:result").attr("w:val"))
		if err != nil {
			i, _ = strconv.Atoi(list.child("w:default").attr("w:val"))
		}
		if entries := list.children("w:listEntry"); i >= 0 && i < len(entries) {
			return entries[i].attr("w:val")
		}
	}
	return ""
}

// understand says what a field is, by its instruction.
func (f *docxField) understand() {
	words := instruction(string(f.instruction))
	if len(words) == 0 {
		return
	}
	switch strings.ToUpper(words[0]) {
	case "TOC", "INDEX", "TC", "XE", "RD", "TA", "TOA":
		f.drop = true
	case "PAGE", "NUMPAGES", "SECTIONPAGES":
		f.drop, f.page = true, true
	case "HYPERLINK":
		address, anchor := "", ""
		for i := 1; i < len(words); i++ {
			switch strings.ToLower(words[i]) {
			case `\l`:
				if i++; i < len(words) {
					anchor = words[i]
				}
			case `\o`, `\t`, `\s`:
				i++
			case `\n`, `\m`, `\h`:
			default:
				address = first(address, words[i])
			}
		}
		if f.link = address; anchor != "" && !strings.Contains(address, "#") {
			f.link += "#" + anchor
		}
	case "REF", "PAGEREF", "NOTEREF":
		f.page = strings.EqualFold(words[0], "PAGEREF")
		if len(words) > 1 && slices.Contains(words, `\h`) {
			f.link = "#" + words[1]
		}
	}
}

// fieldShows adds what fields show that have no result.
func (r *docxReader) fieldShows(p *docxParagraph, f *docxField, s runStyle) {
	if f.page && !r.dropping() && s.hidden != on {
		r.remark("page-number")
	}
	if f.shown || f.drop || s.hidden == on {
		return
	}
	words := instruction(string(f.instruction))
	if len(words) == 0 {
		return
	}
	t := s.inline()
	switch strings.ToUpper(words[0]) {
	case "FORMCHECKBOX", "FORMDROPDOWN":
		t.Text = f.form
	case "MACROBUTTON", "GOTOBUTTON":
		t.Text = strings.Join(words[min(2, len(words)):], " ")
	case "QUOTE":
		t.Text = strings.Join(words[1:], " ")
	case "EQ":
		r.remark("equation")
		t.Text = equationField(string(f.instruction))
	case "SYMBOL":
		if len(words) > 1 {
			font := ""
			if i := slices.Index(words, `\f`); i >= 0 && i+1 < len(words) {
				font = words[i+1]
			}
			if code, err := strconv.ParseInt(words[1], 0, 32); err == nil && code > 0 {
				sign, _ := officeSign(font, rune(code))
				t.Text, t.Symbol = string(sign), isSymbols(font)
			}
		}
	}
	if t.Text != "" {
		r.emit(p, t)
	}
}

// instruction gives the words of a field's instruction: what is quoted is one.
func instruction(text string) []string {
	var out []string
	var word strings.Builder
	quoted, begun := false, false
	end := func() {
		if begun {
			out = append(out, word.String())
		}
		word.Reset()
		begun = false
	}
	runes := []rune(text)
	for i := 0; i < len(runes); i++ {
		c := runes[i]
		switch {
		case c == '"' || c == '“' || c == '”':
			if quoted {
				end()
			}
			quoted, begun = !quoted, !quoted
		case c == '\\' && quoted && i+1 < len(runes) && (runes[i+1] == '\\' || runes[i+1] == '"'):
			i++
			word.WriteRune(runes[i])
		case unicode.IsSpace(c) && !quoted:
			end()
		default:
			begun = true
			word.WriteRune(c)
		}
	}
	end()
	return out
}
