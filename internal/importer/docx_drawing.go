package importer

import (
	"slices"
	"strconv"
	"strings"
)

// drawing reads a picture, text box, chart or the like.
func (r *docxReader) drawing(p *docxParagraph, n *xmlNode) {
	if r.dropping() {
		return
	}
	if n.name == "w:object" {
		r.remark("object-left-out")
	}
	properties := n.find("wp:docPr")
	alt, link := r.described(properties)
	r.draw(p, n, alt, link)
}

// described gives the alternative text that a drawing has, and where it leads.
func (r *docxReader) described(properties *xmlNode) (alt, link string) {
	alt = first(strings.TrimSpace(properties.attr("descr")), strings.TrimSpace(properties.attr("title")))
	if d := properties.find("adec:decorative"); d != nil && truth(d.attr("val")) {
		alt = decoration
	}
	if click := properties.child("a:hlinkClick"); click != nil {
		if rel := r.related(r.part)[click.attr("r:id")]; rel.external {
			link = rel.target
		}
	}
	return alt, link
}

// decoration is the alternative text of a picture that is but decoration.
const decoration = "-"

// draw reads what is in a drawing, of which the alternative text is that of the first picture without its own.
func (r *docxReader) draw(p *docxParagraph, n *xmlNode, alt, link string) {
	for _, k := range n.kids {
		switch k.name {
		case "pic:pic":
			own, to := r.described(k.child("pic:nvPicPr", "pic:cNvPr"))
			if n.name == "a:graphicData" || own == "" {
				own = first(alt, own)
			}
			r.draw(p, k, own, first(to, link))
		case "a:blip":
			id := first(k.attr("r:embed"), k.attr("r:link"))
			if id == "" {
				continue
			}
			if i := r.picture(id, alt); i > 0 {
				r.emit(p, Inline{Picture: i, Link: link})
			}
		case "v:imagedata":
			id := first(k.attr("r:id"), k.attr("r:pict"), k.attr("r:href"), k.attr("o:relid"))
			if id == "" {
				continue
			}
			if i := r.picture(id, first(n.attr("alt"), alt, k.attr("o:title"))); i > 0 {
				to := link
				if href := n.attr("href"); href != "" {
					to = href
				}
				r.emit(p, Inline{Picture: i, Link: to})
			}
		case "w:txbxContent":
			r.depth++
			p.boxes = append(p.boxes, r.story(k)...)
			r.depth--
		case "v:textpath":
			if s := k.attr("string"); s != "" {
				p.boxes = append(p.boxes, &Paragraph{Text: []Inline{{Text: s}}})
			}
		case "a:txBody":
			p.boxes = append(p.boxes, drawn(k)...)
		case "c:chart":
			if id := k.attr("r:id"); id != "" {
				p.boxes = append(p.boxes, r.chart(id)...)
			}
		case "dgm:relIds":
			p.boxes = append(p.boxes, r.diagram(k.attr("r:dm"))...)
		case "wp:docPr", "w:control":
		default:
			if hr := k.attr("o:hr"); hr == "t" || hr == "true" {
				p.rule = true
				continue
			}
			r.draw(p, k, alt, link)
		}
	}
}

// drawn gives the paragraphs of a text in a drawing.
func drawn(n *xmlNode) []Block {
	var out []Block
	for _, p := range n.children("a:p") {
		var text []Inline
		for _, k := range p.kids {
			switch k.name {
			case "a:r", "a:fld":
				rPr := k.child("a:rPr")
				t := Inline{Text: k.child("a:t").words()}
				if truth(rPr.attr("b")) {
					t.Style |= Strong
				}
				if truth(rPr.attr("i")) {
					t.Style |= Em
				}
				if t.Text != "" {
					text = append(text, t)
				}
			case "a:br":
				text = append(text, Inline{Break: true})
			}
		}
		if len(text) > 0 {
			out = append(out, &Paragraph{Text: text})
		}
	}
	return out
}

// chart gives the title of a chart, and its figures as a table.
func (r *docxReader) chart(id string) []Block {
	r.remark("chart")
	root := r.tree(r.related(r.part)[id].target)
	if root == nil {
		return nil
	}
	r.clean(root)
	out, cells := chartBlocks(root, maxCells-r.cells)
	r.cells += cells
	return out
}

// chartBlocks gives what a chart of Office shows, in a table of no more than so many cells.
func chartBlocks(root *xmlNode, most int) (out []Block, cells int) {
	chart := root.find("c:chart")
	titles := func(n *xmlNode) {
		title := n.child("c:title")
		text := drawn(title.find("c:rich").orEmpty())
		if s := strings.TrimSpace(title.find("c:strCache").words()); len(text) == 0 && s != "" {
			text = []Block{&Paragraph{Text: []Inline{{Text: s}}}}
		}
		out = append(out, text...)
	}
	titles(chart)
	for _, axis := range chart.child("c:plotArea").orEmpty().kids {
		titles(axis)
	}
	book := &workbook{dutch: strings.HasPrefix(root.child("c:lang").attr("val"), "nl")}
	figures := func(n *xmlNode) map[int]string {
		found := map[int]string{}
		if cache := n.find("c:strCache", "c:numCache", "c:strLit", "c:numLit", "c:lvl"); cache != nil {
			format := cache.child("c:formatCode").words()
			for _, pt := range cache.children("c:pt") {
				i, err := strconv.Atoi(pt.attr("idx"))
				if err != nil {
					continue
				}
				if found[i] = pt.child("c:v").words(); strings.HasPrefix(cache.name, "c:num") {
					found[i] = book.show(found[i], first(pt.attr("formatCode"), format))
				}
			}
		}
		return found
	}
	categories := map[int]string{}
	var names []string
	var values []map[int]string
	rows := map[int]bool{}
	for _, plot := range chart.child("c:plotArea").orEmpty().kids {
		for _, ser := range plot.children("c:ser") {
			name := ser.child("c:tx").find("c:v").words()
			for i, c := range figures(firstNode(ser.child("c:cat"), ser.child("c:xVal"))) {
				if categories[i] == "" {
					categories[i] = c
				}
				rows[i] = true
			}
			v := figures(firstNode(ser.child("c:val"), ser.child("c:yVal")))
			for i := range v {
				rows[i] = true
			}
			names, values = append(names, name), append(values, v)
		}
	}
	columns := len(names) + 1
	cells = columns * (len(rows) + 1)
	if len(names) == 0 || columns > maxColumns || cells > most {
		return out, 0
	}
	cell := func(text string) Cell {
		if text == "" {
			return Cell{}
		}
		return Cell{Blocks: []Block{&Paragraph{Text: []Inline{{Text: text}}}}}
	}
	t := &Table{Head: 1, Rows: [][]Cell{{{}}}}
	for _, name := range names {
		t.Rows[0] = append(t.Rows[0], cell(name))
	}
	order := make([]int, 0, len(rows))
	for i := range rows {
		order = append(order, i)
	}
	slices.Sort(order)
	for _, i := range order {
		row := []Cell{cell(categories[i])}
		for _, v := range values {
			row = append(row, cell(v[i]))
		}
		t.Rows = append(t.Rows, row)
	}
	return append(out, t), cells
}

func firstNode(a, b *xmlNode) *xmlNode {
	if a != nil {
		return a
	}
	return b
}

// diagram gives the texts of a diagram (SmartArt) as a list.
func (r *docxReader) diagram(id string) []Block {
	r.remark("diagram")
	root := r.tree(r.related(r.part)[id].target)
	texts, kids := map[string][]Block{}, map[string][]*xmlNode{}
	var order []string
	top := ""
	for _, pt := range root.child("dgm:ptLst").children("dgm:pt") {
		id := pt.attr("modelId")
		switch pt.attr("type") {
		case "doc":
			top = id
		case "", "node", "asst":
			texts[id] = drawn(pt.child("dgm:t").orEmpty())
			order = append(order, id)
		}
	}
	for _, c := range root.child("dgm:cxnLst").children("dgm:cxn") {
		if kind := c.attr("type"); kind == "" || kind == "parOf" {
			kids[c.attr("srcId")] = append(kids[c.attr("srcId")], c)
		}
	}
	f := &officeFlow{}
	seen := map[string]bool{}
	var walk func(id string, level int)
	show := func(id string, level int) {
		if seen[id] {
			return
		}
		seen[id] = true
		if text := texts[id]; len(text) > 0 {
			f.item(officeItem{level: min(level, maxListDepth-1)}, text...)
		}
		if level < maxDepth {
			walk(id, level+1)
		}
	}
	walk = func(id string, level int) {
		list := kids[id]
		slices.SortStableFunc(list, func(a, b *xmlNode) int {
			x, _ := strconv.Atoi(a.attr("srcOrd"))
			y, _ := strconv.Atoi(b.attr("srcOrd"))
			return x - y
		})
		for _, c := range list {
			show(c.attr("destId"), level)
		}
	}
	walk(top, 0)
	for _, id := range order {
		show(id, 0)
	}
	return f.done()
}
