package importer

import (
	"encoding/base64"
	"path"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// readODT reads a text of LibreOffice (OpenDocument): an archive, or all in one file of XML.
func readODT(data []byte) (*Document, error) {
	r := &odtReader{office: newOffice(nil), counters: map[string]*[10]int{}, ids: map[string]*[10]int{}, breaks: map[string]bool{}}
	var content, styles *xmlNode
	if strings.HasPrefix(string(data[:min(len(data), 2)]), "PK") {
		a, err := openArchive(data)
		if err != nil {
			return nil, err
		}
		r.archive = a
		if content, styles = r.tree("content.xml"), r.tree("styles.xml"); content == nil {
			content = &xmlNode{}
		}
		if r.tree("META-INF/manifest.xml").find("manifest:encryption-data") != nil {
			return nil, &Error{Code: "encrypted"}
		}
		if slices.ContainsFunc(a.names, func(name string) bool {
			return strings.HasPrefix(name, "Basic/") && !strings.HasSuffix(name, "-lc.xml")
		}) {
			r.remark("macros")
		}
	} else {
		var err error
		if content, err = r.trees.read(data); err == errDamaged {
			r.remark("damaged-part", "content.xml")
		} else if err != nil {
			return nil, err
		}
	}
	text := content.child("office:body", "office:text")
	if r.fault != nil {
		return nil, r.fault
	}
	if text == nil {
		return nil, &Error{Code: "broken-file"}
	}
	r.styles = newOdtStyles(styles.orEmpty(), content)
	f := &officeFlow{}
	r.blocks(f, text.kids, odtPlace{})
	r.doc.Blocks = f.done()
	r.typed()
	var edges []string
	for _, page := range styles.child("office:master-styles").children("style:master-page") {
		for _, edge := range page.kids {
			if strings.HasPrefix(edge.name, "style:header") || strings.HasPrefix(edge.name, "style:footer") {
				edges = append(edges, r.aside(func() []Block { return r.inner(edge.kids) }))
			}
		}
	}
	r.edges(edges)
	r.large()
	return r.doc, r.fault
}

// odtReader reads one OpenDocument text.
type odtReader struct {
	office
	styles   *odtStyles
	counters map[string]*[10]int // how far the numbers of a style of lists are
	ids      map[string]*[10]int // the same of a list by its id
	outline  [10]int
	anchors  []string        // bookmarks that stand before a heading
	breaks   map[string]bool // deletions, by their ids, that took away where a paragraph ended
}

// odtPlace is where blocks stand in a list.
type odtPlace struct {
	level    int // of lists around it; 0 is none
	style    string
	counters *[10]int
	start    *int // the number that the item has, if it says one
	header   bool // what stands here has no bullet or number
}

// blocks reads what stands in the text, a cell, a note or a text box.
func (r *odtReader) blocks(f *officeFlow, kids []*xmlNode, at odtPlace) {
	for _, k := range kids {
		switch k.name {
		case "text:p", "text:h":
			r.paragraph(f, k, &at)
		case "text:list":
			r.list(f, k, at)
		case "text:numbered-paragraph":
			level, _ := strconv.Atoi(k.attr("text:level"))
			in := odtPlace{level: min(max(level, 1), 10), style: k.attr("text:style-name")}
			in.counters = r.counted(k.attr("text:list-id") + " " + in.style)
			r.blocks(f, k.kids, in)
		case "table:table":
			r.anchors = nil
			if r.depth >= maxNesting {
				for _, row := range rowsOf(k, nil) {
					for _, c := range row.kids {
						r.blocks(f, c.kids, at)
					}
				}
				continue
			}
			if t := r.table(k); t != nil {
				if at.level == 0 || !f.within(at.level-1, t) {
					f.add(t)
				}
			}
		case "text:tracked-changes":
			if len(k.children("text:changed-region")) > 0 {
				r.remark("tracked")
			}
			for _, change := range k.children("text:changed-region") {
				if deletion := change.child("text:deletion"); deletion != nil {
					paragraphs := len(deletion.children("text:p")) + len(deletion.children("text:h"))
					r.breaks[first(change.attr("text:id"), change.attr("xml:id"))] = paragraphs > 1
				}
			}
		case "text:section", "text:bibliography":
			if k.attr("text:display") == "none" || k.attr("text:is-hidden") == "true" {
				r.remark("hidden-text")
				continue
			}
			r.blocks(f, k.kids, at)
		case "text:index-body", "text:index-title":
			r.blocks(f, k.kids, at)
		case "text:soft-page-break", "text:table-of-content", "text:illustration-index", "text:table-index",
			"text:object-index", "text:user-index", "text:alphabetical-index", "office:forms", "text:sequence-decls", "text:variable-decls",
			"text:user-field-decls", "office:annotation-end", "text:change", "text:change-start", "text:change-end", "text:bibliography-source":
		case "text:bookmark", "text:bookmark-start", "text:reference-mark-start":
			r.anchors = append(r.anchors, k.attr("text:name"))
		case "draw:frame", "draw:a", "draw:g", "draw:custom-shape", "draw:rect", "draw:ellipse", "draw:line", "draw:path", "draw:polygon", "draw:connector",
			"draw:polyline", "draw:regular-polygon", "draw:caption", "draw:circle", "draw:control", "office:annotation": // they stand on the page, not in a paragraph
			p := &docxParagraph{style: &docxStyle{}}
			r.inline(p, k, runStyle{}, "")
			if p.says() {
				f.add(&Paragraph{Text: p.text})
			}
			f.beside(p.boxes)
		case "":
		default:
			r.blocks(f, k.kids, at)
		}
	}
}

func (r *odtReader) counted(style string) *[10]int {
	if r.counters[style] == nil {
		r.counters[style] = new([10]int)
	}
	return r.counters[style]
}

// list reads a list. One right in another is a level deeper.
func (r *odtReader) list(f *officeFlow, n *xmlNode, at odtPlace) {
	in := odtPlace{level: min(at.level+1, 10), style: first(n.attr("text:style-name"), at.style), counters: at.counters}
	switch {
	case n.attr("text:continue-list") != "" && r.ids[n.attr("text:continue-list")] != nil:
		in.counters = r.ids[n.attr("text:continue-list")]
	case at.level == 0 && n.attr("text:continue-numbering") == "true":
		in.counters = r.counted(in.style)
	case at.level == 0:
		in.counters = new([10]int)
		r.counters[in.style] = in.counters
	}
	if id := first(n.attr("xml:id"), n.attr("text:id")); id != "" {
		r.ids[id] = in.counters
	}
	for _, k := range n.kids {
		item := in
		switch k.name {
		case "text:list-header":
			item.header = true
		case "text:list-item":
			if start, err := strconv.Atoi(k.attr("text:start-value")); err == nil {
				item.start = &start
			}
		default:
			continue
		}
		r.blocks(f, k.kids, item)
	}
}

// paragraph reads a paragraph or heading, and puts it into the text.
func (r *odtReader) paragraph(f *officeFlow, n *xmlNode, at *odtPlace) {
	if n.child("text:hidden-paragraph").attr("text:is-hidden") == "true" {
		r.remark("hidden-text")
		return
	}
	style := r.styles.style("paragraph", n.attr("text:style-name"))
	is := style.kind
	level := 0
	if n.name == "text:h" {
		if level, _ = strconv.Atoi(n.attr("text:outline-level")); level < 1 {
			level = 1
		}
		level = min(level, 9)
	}
	p := &docxParagraph{style: &docxStyle{}, anchors: r.anchors}
	r.anchors = nil
	run := style.run
	if level > 0 || is == isQuote || is == isCaption || is == isTitle || is == isSubtitle {
		run.strong, run.em = unsaid, unsaid
	}
	run.colour, run.font = "", symbolsOnly(run.font)
	r.inlines(p, n.kids, run, "")
	says := p.says()
	defer func() { f.beside(p.boxes) }()
	if is == isContents {
		return
	}
	lists := at.level > 0 && level == 0
	if !says {
		if is == isLine || style.ruled && len(p.boxes) == 0 && len(n.kids) == 0 && at.level == 0 {
			f.add(&Rule{})
			return
		}
		if !lists {
			if len(p.boxes) == 0 {
				r.anchors = p.anchors
			}
			if is == isCode {
				f.emptyLine()
			}
			return
		}
	}
	left := 0
	if style.indent.left != nil {
		left = *style.indent.left
	}
	edge := left
	if style.indent.first != nil {
		edge += max(*style.indent.first, 0)
	}
	text := &Paragraph{Text: p.text, Indent: max(edge, 0)}
	if p.size > 0 {
		r.sized = append(r.sized, sized{text, p.size})
	}
	var b Block = text
	switch {
	case !says:
	case is == isTitle && r.depth == 0 && r.doc.Title == nil && r.words <= wordsAbove:
		r.doc.Title, r.words = p.text, 0
		return
	case is == isTitle:
		b = &Heading{Level: 1, Text: p.text, Anchors: p.anchors}
	case is == isSubtitle && r.depth == 0 && r.doc.Title != nil && r.doc.Subtitle == nil && r.words == 0:
		r.doc.Subtitle, r.words = p.text, 1000
		return
	case level > 0:
		number := r.number(n, level)
		if worded.MatchString(number) && strings.ContainsAny(number, " \u00a0") { // "Bijlage A" is text, which LibreOffice writes
			p.text, number = append([]Inline{{Text: number + " "}}, p.text...), ""
		}
		b = &Heading{Level: level, Text: p.text, Number: number, Anchors: p.anchors}
		r.words = 1000
	case is == isCaption:
		text.Caption = true
	case is == isQuote:
		b = &Quote{Blocks: []Block{text}}
	case is == isCode && !hasMark(p.text):
		b = &Code{Text: verbatim(p.text)}
	case is == isTerm:
		b = &Definitions{Items: []Definition{{Term: p.text}}}
	case is == isMeaning && at.level == 0:
		if d, ok := lastOf(f.blocks).(*Definitions); ok && len(d.Items) > 0 {
			b = &Definitions{Items: []Definition{{Blocks: []Block{text}}}}
		}
	}
	if r.depth == 0 {
		r.words += len(strings.Fields(verbatim(p.text)))
	}
	if _, heading := b.(*Heading); heading {
		at.header = true // what follows in the same item has no mark
		f.add(b)
		return
	}
	if !lists {
		if !(at.level == 0 && !text.Caption && f.indented(left, b)) {
			f.add(b)
		}
		return
	}
	l := r.styles.level(r.styles.lists[first(at.style, style.list)], at.level)
	if worded.MatchString(l.prefix+" "+l.suffix) && !at.header {
		label := r.made(strings.TrimSpace(l.prefix + numeral(l.format, r.count(at, l)) + l.suffix))
		text.Text = append([]Inline{{Text: label + " "}}, text.Text...)
		at.header = true
		f.add(b)
		return
	}
	if at.header || !l.marked {
		if !l.marked && !at.header {
			r.count(at, l)
		}
		at.header = true
		if !f.within(at.level-1, b) {
			f.add(b)
		}
		return
	}
	item := officeItem{level: at.level - 1, key: at.style, ordered: l.ordered, n: r.count(at, l), mark: l.mark, indent: l.indent}
	if _, quote := b.(*Quote); quote {
		b = text
	}
	f.item(item, b)
	at.header = true
}

// count gives the number of an item.
func (r *odtReader) count(at *odtPlace, l odtLevel) int {
	if at.counters == nil {
		at.counters = new([10]int)
	}
	i := at.level - 1
	switch {
	case at.start != nil:
		at.counters[i] = *at.start
	case at.counters[i] == 0:
		at.counters[i] = l.start
	default:
		at.counters[i]++
	}
	for j := i + 1; j < len(at.counters); j++ {
		at.counters[j] = 0
	}
	return at.counters[i]
}

// number gives what the outline writes before a heading.
func (r *odtReader) number(n *xmlNode, level int) string {
	l := r.styles.level(r.styles.outline, level)
	if !l.ordered || n.attr("text:is-list-header") == "true" {
		return ""
	}
	at := odtPlace{level: level, counters: &r.outline}
	r.count(&at, l)
	var parts []string
	for i := max(level-l.display, 0); i < level; i++ {
		if other := r.styles.level(r.styles.outline, i+1); other.ordered {
			parts = append(parts, numeral(other.format, max(r.outline[i], 1)))
		}
	}
	return r.made(strings.TrimSpace(l.prefix + strings.Join(parts, ".") + l.suffix))
}

// symbolsOnly gives a font if its letters are signs: else that of a whole paragraph says nothing.
func symbolsOnly(font string) string {
	if isSymbols(font) {
		return font
	}
	return ""
}

// rowsOf gives the rows of a table; those that are headings are counted in heads.
func rowsOf(n *xmlNode, heads *int) []*xmlNode {
	var out []*xmlNode
	for _, k := range n.kids {
		switch k.name {
		case "table:table-row":
			out = append(out, k)
		case "table:table-header-rows":
			rows := rowsOf(k, nil)
			if heads != nil && len(out) == *heads {
				*heads += len(rows)
			}
			out = append(out, rows...)
		case "table:table-rows", "table:table-row-group":
			out = append(out, rowsOf(k, heads)...)
		}
	}
	return out
}

func (r *odtReader) table(n *xmlNode) Block {
	t := &Table{}
	for _, row := range rowsOf(n, &t.Head) {
		var cells []Cell
		for _, k := range row.kids {
			if k.name != "table:table-cell" && k.name != "table:covered-table-cell" {
				continue
			}
			c := Cell{Covered: k.name == "table:covered-table-cell"}
			if !c.Covered {
				c.Blocks = r.inner(k.kids)
			}
			repeated, _ := strconv.Atoi(k.attr("table:number-columns-repeated"))
			for i := 0; i < max(repeated, 1) && (i == 0 || len(c.Blocks) == 0 && r.cells < maxCells); i++ {
				if r.cells++; len(cells) >= maxColumns {
					last := &cells[len(cells)-1]
					last.Blocks = append(last.Blocks, c.Blocks...)
					break
				}
				cells = append(cells, c)
			}
		}
		t.Rows = append(t.Rows, cells)
	}
	return r.filled(t)
}

func (r *odtReader) inner(kids []*xmlNode) []Block {
	anchors := r.anchors
	r.anchors = nil
	r.depth++
	f := &officeFlow{}
	r.blocks(f, kids, odtPlace{})
	r.depth--
	r.anchors = anchors
	return f.done()
}

// hidden are elements of a text that show nothing.
var odtHidden = map[string]bool{
	"text:tracked-changes": true, "text:script": true, "office:event-listeners": true, "text:ruby-text": true, "text:page-number": true, "text:page-count": true,
	"text:toc-mark": true, "text:toc-mark-start": true, "text:toc-mark-end": true, "text:placeholder": true, "text:label": true, "office:annotation-end": true,
	"text:alphabetical-index-mark": true, "svg:title": true, "svg:desc": true, "draw:glue-point": true, "draw:enhanced-geometry": true, "draw:image-map": true,
	"text:note-citation": true, "draw:contour-polygon": true, "draw:contour-path": true, "draw:plugin": true, "draw:applet": true,
}

func (r *odtReader) inlines(p *docxParagraph, kids []*xmlNode, run runStyle, link string) {
	for _, k := range kids {
		r.inline(p, k, run, link)
	}
}

func (r *odtReader) inline(p *docxParagraph, n *xmlNode, run runStyle, link string) {
	hidden := run.hidden == on
	say := func(words string) {
		if hidden && strings.TrimSpace(words) != "" {
			r.remark("hidden-text")
		}
		if hidden || words == "" {
			return
		}
		if next, _ := utf8.DecodeRuneInString(words); p.join && (unicode.IsLetter(next) || unicode.IsDigit(next)) {
			p.add(Inline{Text: " "})
		}
		p.join = false
		size := run.size
		if size == 0 {
			size = usualSize
		}
		r.measure(words, size, &p.size)
		for i, piece := range officeSigns(run.font, words) {
			if piece != "" {
				t := run.inline()
				t.Text, t.Symbol, t.Link = piece, i%2 == 1, link
				p.add(t)
			}
		}
	}
	if odtHidden[n.name] {
		if n.name == "text:page-number" || n.name == "text:page-count" {
			r.remark("page-number")
		}
		return
	}
	switch n.name {
	case "":
		say(tidySpace.Replace(n.text))
	case "text:span":
		style := r.styles.style("text", n.attr("text:style-name"))
		in := style.run.over(run)
		switch style.names[0] {
		case "source text", "teletype", "verbatim char":
			in.font = first(symbolsOnly(in.font), "monospace")
		}
		r.inlines(p, n.kids, in, link)
	case "text:a", "draw:a":
		to := n.attr("xlink:href")
		if rest, within := strings.CutPrefix(to, "#"); within {
			rest, _, _ = strings.Cut(rest, "|")
			to = "#" + rest
		}
		if run.colour == "" || n.name == "draw:a" {
			run.underline = unsaid
		}
		r.inlines(p, n.kids, run, first(to, link))
	case "text:change":
		p.join = p.join || r.breaks[n.attr("text:change-id")]
	case "text:s":
		count, err := strconv.Atoi(n.attr("text:c"))
		if err != nil {
			count = 1
		}
		say(r.made(strings.Repeat(" ", min(max(count, 1), 100))))
	case "text:tab":
		say("\t")
	case "text:line-break":
		if !hidden {
			p.add(Inline{Break: true, Link: link})
		}
	case "text:bookmark", "text:bookmark-start", "text:reference-mark", "text:reference-mark-start":
		p.anchors = append(p.anchors, n.attr("text:name"))
	case "text:note":
		if hidden {
			return
		}
		r.doc.Notes = append(r.doc.Notes, Note{})
		i := len(r.doc.Notes)
		p.add(Inline{Note: i})
		r.doc.Notes[i-1].Blocks = r.inner(n.child("text:note-body").orEmpty().kids)
	case "office:annotation":
		r.comment(n)
	case "text:hidden-text", "text:hidden-paragraph":
		if n.attr("text:is-hidden") == "false" {
			r.inlines(p, n.kids, run, link)
		} else {
			r.remark("hidden-text")
		}
	case "text:bookmark-ref", "text:reference-ref":
		if n.attr("text:reference-format") == "page" {
			r.remark("page-number")
		}
		r.inlines(p, n.kids, run, link)
	case "field:fieldmark":
		say(odtFormShows(n))
	case "text:ruby":
		r.inlines(p, n.child("text:ruby-base").orEmpty().kids, run, link)
		if small := strings.TrimSpace(n.child("text:ruby-text").words()); small != "" {
			say(" (" + small + ")")
		}
	case "loext:content-control", "text:content-control":
		if n.attr("loext:showing-place-holder") == "true" {
			return
		}
		r.inlines(p, n.kids, run, link)
	case "draw:frame":
		if !hidden {
			r.frame(p, n, link)
		}
	case "draw:custom-shape", "draw:rect", "draw:ellipse", "draw:circle", "draw:line", "draw:path", "draw:polygon", "draw:polyline", "draw:connector",
		"draw:regular-polygon", "draw:caption", "draw:text-box":
		if !hidden {
			r.box(p, n)
		}
	case "text:p", "text:h", "text:list", "table:table": // within what is unknown
		p.boxes = append(p.boxes, r.inner([]*xmlNode{n})...)
	case "draw:control":
		r.remark("object-left-out")
	default: // fields, groups and what only wraps other elements
		r.inlines(p, n.kids, run, link)
	}
}

// odtFormShows gives what a check box or list of choices shows.
func odtFormShows(n *xmlNode) string {
	kind := n.attr("field:type")
	value, choices := "", []string{}
	for _, p := range n.children("field:param") {
		switch p.attr("field:name") {
		case "Checkbox_Checked", "Dropdown_Selected":
			value = p.attr("field:value")
		case "Dropdown_ListEntry":
			choices = append(choices, p.attr("field:value"))
		}
	}
	switch {
	case strings.HasSuffix(kind, "CHECKBOX") && value == "true":
		return "☒"
	case strings.HasSuffix(kind, "CHECKBOX"):
		return "☐"
	}
	if i, err := strconv.Atoi(value); err == nil && i >= 0 && i < len(choices) {
		return choices[i]
	}
	return ""
}

// tidySpace makes spaces of all white space of XML: what is no space has an element of its own.
var tidySpace = strings.NewReplacer("\r\n", " ", "\n", " ", "\r", " ", "\t", " ")

func (r *odtReader) comment(n *xmlNode) {
	var text []string
	for _, k := range n.kids {
		if k.name == "text:p" || k.name == "text:list" {
			if s := strings.TrimSpace(k.words()); s != "" {
				text = append(text, s)
			}
		}
	}
	if len(text) > 0 {
		r.doc.Comments = append(r.doc.Comments, Comment{By: n.child("dc:creator").words(), Text: strings.Join(text, " ")})
	}
}

// box reads the text in a shape or text box.
func (r *odtReader) box(p *docxParagraph, n *xmlNode) {
	var kids []*xmlNode
	for _, k := range n.kids {
		if !odtHidden[k.name] {
			kids = append(kids, k)
		}
	}
	p.boxes = append(p.boxes, r.inner(kids)...)
}

// frame reads a picture, text box, chart or other object.
func (r *odtReader) frame(p *docxParagraph, n *xmlNode, link string) {
	alt := first(strings.TrimSpace(n.child("svg:desc").words()), strings.TrimSpace(n.child("svg:title").words()))
	if n.attr("loext:decorative") == "true" {
		alt = decoration
	}
	if box := n.child("draw:text-box"); box != nil {
		r.box(p, box)
		return
	}
	if object := n.child("draw:object"); object != nil && r.object(p, object, link) {
		return
	}
	if n.child("draw:object") != nil || n.child("draw:object-ole") != nil {
		r.remark("object-left-out")
	}
	images := n.children("draw:image")
	if len(images) == 0 {
		r.inlinesOfFrame(p, n, link)
		return
	}
	// Of several forms of one picture the first that a website shows.
	var best Picture
	for _, image := range images {
		href := image.attr("xlink:href")
		pic := Picture{Name: path.Base(href), Alt: alt, Hint: href}
		if data := image.child("office:binary-data"); data != nil {
			pic.Name = first(n.attr("draw:name"), "image")
			pic.Data, _ = base64.StdEncoding.DecodeString(strings.Join(strings.Fields(data.words()), ""))
		} else if name := path.Clean(strings.TrimPrefix(href, "./")); r.archive != nil && r.archive.has(name) {
			pic.Data = r.unpack(name)
		}
		if best.Name == "" || pictureEnding(best.Data) == "" && pictureEnding(pic.Data) != "" {
			best = pic
		}
	}
	if best.Hint == "" && len(best.Data) == 0 {
		r.remark("picture-missing")
		return
	}
	p.add(Inline{Picture: r.addPicture(best), Link: link})
}

func (r *odtReader) inlinesOfFrame(p *docxParagraph, n *xmlNode, link string) {
	for _, k := range n.kids {
		if k.name == "table:table" {
			p.boxes = append(p.boxes, r.inner([]*xmlNode{k})...)
		} else if k.name != "" && k.name != "draw:object" && k.name != "draw:object-ole" {
			r.inline(p, k, runStyle{}, link)
		}
	}
}

// object reads an equation or chart. It reports whether it is one.
func (r *odtReader) object(p *docxParagraph, n *xmlNode, link string) bool {
	root := n.child("math:math")
	if root == nil {
		root = n.child("office:document")
	}
	if href := strings.TrimPrefix(n.attr("xlink:href"), "./"); root == nil && href != "" {
		root = r.tree(path.Join(href, "content.xml"))
	}
	if root == nil {
		return false
	}
	if root.name == "math:math" {
		r.remark("equation")
		for _, t := range formula(root) {
			t.Link = link
			p.add(t)
		}
		return true
	}
	chart := root.find("chart:chart")
	if chart == nil {
		return false
	}
	r.remark("chart")
	for _, name := range []string{"chart:title", "chart:subtitle"} {
		if s := strings.TrimSpace(chart.child(name).words()); s != "" {
			p.boxes = append(p.boxes, &Paragraph{Text: []Inline{{Text: s}}})
		}
	}
	for _, axis := range chart.child("chart:plot-area").children("chart:axis") {
		if s := strings.TrimSpace(axis.child("chart:title").words()); s != "" {
			p.boxes = append(p.boxes, &Paragraph{Text: []Inline{{Text: s}}})
		}
	}
	if table := chart.child("table:table"); table != nil && r.depth < maxNesting {
		if t := r.table(table); t != nil {
			if t, ok := t.(*Table); ok {
				t.Head = 1
			}
			p.boxes = append(p.boxes, t)
		}
	}
	return true
}
