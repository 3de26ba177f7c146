package importer

import (
	"encoding/xml"
	"errors"
	"io"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"leerblad/internal/diag"
)

// readXLSX reads a workbook: each sheet as a table, below its name where there are several. Values are as the sheet shows them
// to somebody who reads this language: Excel puts decimals behind what the computer is set to.
func readXLSX(data []byte, l diag.Language) (*Document, error) {
	a, err := openArchive(data)
	if err != nil {
		return nil, err
	}
	b := &workbook{archive: a, doc: &Document{}, dutch: l != diag.English}
	if err := b.read(); err != nil {
		return nil, err
	}
	return b.doc, nil
}

// workbook is a workbook that is being read.
type workbook struct {
	archive *archive
	doc     *Document
	strings [][]Inline
	formats []string // of each style of a cell
	since04 bool     // days are counted from 1904 on
	dutch   bool     // decimals come behind a comma
	cells   int
	nodes   int // elements so far
	text    int // bytes of the text in cells so far, with what writing it takes
}

const (
	// maxSheetNodes is how many elements the XML of a workbook may have, and maxRowNodes those that are kept together, such as a row.
	maxSheetNodes, maxRowNodes = 5_000_000, 500_000
	// maxFormat is how long a form of numbers may be in Excel, and mostColumns how many columns a sheet has there.
	maxFormat, mostColumns = 255, 16_384
)

// node is an element of XML with what is in it.
type node struct {
	Name  xml.Name
	Attr  []xml.Attr
	Text  string
	Nodes []*node

	chars []byte // of Text, until all are there
}

func (n *node) attr(name string) string {
	for _, a := range n.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// on reports whether an attribute says yes.
func (n *node) on(name string) bool { v := n.attr(name); return v == "1" || v == "true" }

// child gives the first element of a name; an empty one if there is none.
func (n *node) child(name string) *node {
	for _, c := range n.Nodes {
		if c.Name.Local == name {
			return c
		}
	}
	return &node{}
}

// each reads a part of the archive and calls do for each element of these names, with all that is in it.
func (b *workbook) each(part string, do func(n *node) error, names ...string) error {
	data, err := b.archive.readXML(part)
	if err != nil {
		return err
	}
	x := newXML(data)
	var open []*node
	kept := 0
	for {
		t, err := x.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		switch t := t.(type) {
		case xml.StartElement:
			if b.nodes++; b.nodes > maxSheetNodes {
				return &Error{Code: "too-many-nodes", Args: []any{maxSheetNodes}}
			}
			if len(open) == 0 && !slices.Contains(names, t.Name.Local) {
				continue
			}
			if kept++; kept > maxRowNodes {
				return &Error{Code: "too-many-nodes", Args: []any{maxRowNodes}}
			}
			n := &node{Name: t.Name, Attr: slices.Clone(t.Attr)}
			if len(open) > 0 {
				outer := open[len(open)-1]
				outer.Nodes = append(outer.Nodes, n)
			}
			open = append(open, n)
		case xml.CharData:
			if len(open) > 0 {
				last := open[len(open)-1]
				last.chars = append(last.chars, t...)
			}
		case xml.EndElement:
			if len(open) == 0 {
				continue
			}
			last := open[len(open)-1]
			last.Text, last.chars = string(last.chars), nil
			if open = open[:len(open)-1]; len(open) == 0 {
				kept = 0
				if err := do(last); err != nil {
					return err
				}
			}
		}
	}
}

// targets gives what the relations of a part lead to, by their id.
func (b *workbook) targets(part string) map[string]string {
	out := map[string]string{}
	rels := path.Join(path.Dir(part), "_rels", path.Base(part)+".rels")
	_ = b.each(rels, func(n *node) error { // a part may have none
		to := n.attr("Target")
		if n.attr("TargetMode") != "External" {
			if strings.HasPrefix(to, "/") {
				to = to[1:]
			} else {
				to = path.Join(path.Dir(part), to)
			}
		}
		out[n.attr("Id")] = to
		return nil
	}, "Relationship")
	return out
}

func (b *workbook) read() error {
	part := "xl/workbook.xml"
	for _, to := range b.targets("x") { // the archive's own
		if strings.HasSuffix(to, "workbook.xml") && b.archive.has(to) {
			part = to
		}
	}
	parts := b.targets(part)
	type sheet struct{ name, part string }
	var sheets []sheet
	if err := b.each(part, func(n *node) error {
		switch {
		case n.Name.Local == "workbookPr":
			b.since04 = n.on("date1904")
		case n.attr("state") == "hidden" || n.attr("state") == "veryHidden":
			b.remark("sheet-hidden", n.attr("name"))
		default:
			sheets = append(sheets, sheet{n.attr("name"), parts[n.attr("id")]})
		}
		return nil
	}, "workbookPr", "sheet"); err != nil {
		return &Error{Code: "broken-file"}
	}
	for _, to := range parts {
		var err error
		switch path.Base(to) {
		case "styles.xml":
			err = b.styles(to)
		case "sharedStrings.xml":
			err = b.each(to, func(n *node) error { b.strings = append(b.strings, richText(n)); return nil }, "si")
		}
		if err != nil {
			return err
		}
	}
	var names []string
	var tables []*Table
	for _, s := range sheets {
		if !b.archive.has(s.part) {
			continue
		}
		t, err := b.sheet(s.name, s.part)
		if err != nil {
			return err
		}
		if t != nil {
			names, tables = append(names, s.name), append(tables, t)
		}
	}
	for i, t := range tables {
		if len(tables) > 1 {
			b.doc.Blocks = append(b.doc.Blocks, &Heading{Level: 2, Text: []Inline{{Text: names[i]}}})
		}
		b.doc.Blocks = append(b.doc.Blocks, t)
	}
	return nil
}

func (b *workbook) remark(code string, args ...any) {
	if len(b.doc.Remarks) >= maxRemarks {
		return
	}
	b.doc.Remarks = append(b.doc.Remarks, Remark{code, args})
}

// styles reads how values are shown.
func (b *workbook) styles(part string) error {
	own := map[string]string{}
	return b.each(part, func(n *node) error {
		if n.Name.Local == "numFmts" {
			for _, f := range n.Nodes {
				own[f.attr("numFmtId")] = f.attr("formatCode")
				b.dutch = b.dutch || strings.Contains(f.attr("formatCode"), "-413]") || strings.Contains(f.attr("formatCode"), "\"€\"\\ ")
			}
			return nil
		}
		for _, xf := range n.Nodes {
			id := xf.attr("numFmtId")
			format, is := own[id]
			if !is {
				format = builtIn[id]
			}
			if len(format) > maxFormat {
				format = ""
			}
			b.formats = append(b.formats, format)
		}
		return nil
	}, "numFmts", "cellXfs")
}

// richText gives the text of a string: in runs, or in one.
func richText(n *node) (out []Inline) {
	add := func(text string, style Style) {
		for i, line := range strings.Split(strings.ReplaceAll(text, "\r", ""), "\n") {
			if i > 0 {
				out = append(out, Inline{Break: true})
			}
			if line != "" {
				out = append(out, Inline{Text: line, Style: style})
			}
		}
	}
	for _, c := range n.Nodes {
		switch c.Name.Local {
		case "t":
			add(c.Text, 0)
		case "r":
			var style Style
			for _, p := range c.child("rPr").Nodes {
				if p.attr("val") == "0" || p.attr("val") == "false" || p.attr("val") == "none" {
					continue
				}
				switch p.Name.Local {
				case "b":
					style |= Strong
				case "i":
					style |= Em
				case "strike":
					style |= Strike
				case "vertAlign":
					style |= map[string]Style{"superscript": Super, "subscript": Sub}[p.attr("val")]
				}
			}
			add(c.child("t").Text, style)
		}
	}
	return out
}

var cellName = regexp.MustCompile(`^\$?([A-Z]{1,3})\$?(\d{1,7})$`)

// at gives the column and row of a cell's name, from 0 on.
func cellAt(name string) (x, y int, ok bool) {
	m := cellName.FindStringSubmatch(name)
	if m == nil {
		return 0, 0, false
	}
	for _, r := range m[1] {
		x = x*26 + int(r-'A') + 1
	}
	y, _ = strconv.Atoi(m[2])
	const rows = 1_048_576
	return x - 1, y - 1, x <= mostColumns && y >= 1 && y <= rows
}

// sheet reads a sheet as a table; nil if nothing is on it.
func (b *workbook) sheet(name, part string) (*Table, error) {
	type place struct{ x, y int }
	cells := map[place][]Inline{}
	covered := map[place]bool{}
	linked := map[place]bool{}
	hiddenRows, hidings := map[int]bool{}, map[int]int{} // columns: how many more are hidden from each on
	merged := 0                                          // cells
	links := b.targets(part)
	row := -1
	err := b.each(part, func(n *node) error {
		switch n.Name.Local {
		case "col":
			from, _ := strconv.Atoi(n.attr("min"))
			to, _ := strconv.Atoi(n.attr("max"))
			if n.on("hidden") && from <= to {
				hidings[max(from, 1)-1]++
				hidings[to]--
			}
		case "row":
			if r, err := strconv.Atoi(n.attr("r")); err == nil {
				row = r - 1
			} else {
				row++
			}
			if n.on("hidden") {
				hiddenRows[row] = true
			}
			x := -1
			for _, c := range n.Nodes {
				if at, _, ok := cellAt(c.attr("r")); ok {
					x = at
				} else {
					x++
				}
				if text := b.value(c); says(text) {
					const run = 8 // what writing one takes
					if b.text += textLength(text) + run*len(text); b.text > maxOfficeText {
						return tooMuchText()
					}
					if b.cells++; b.cells > maxCells {
						return &Error{Code: "too-many-cells", Args: []any{maxCells}}
					}
					cells[place{x, row}] = text
				}
			}
		case "mergeCell":
			from, to, _ := strings.Cut(n.attr("ref"), ":")
			left, top, ok := cellAt(from)
			right, bottom, also := cellAt(to)
			if !ok || !also || right < left || bottom < top || (right-left+1)*(bottom-top+1) > maxCells {
				break
			}
			if merged += (right - left + 1) * (bottom - top + 1); merged > 10*maxCells {
				break
			}
			for y := top; y <= bottom; y++ {
				for x := left; x <= right; x++ {
					if (x != left || y != top) && len(covered) < maxCells {
						covered[place{x, y}] = true
					}
				}
			}
		case "hyperlink":
			to := links[n.attr("id")]
			if where := n.attr("location"); where != "" && strings.HasPrefix(to, "http") {
				to += "#" + where
			}
			ref, _, _ := strings.Cut(n.attr("ref"), ":")
			x, y, ok := cellAt(ref)
			if linked[place{x, y}] {
				break
			}
			linked[place{x, y}] = true
			for i, t := range cells[place{x, y}] {
				if ok && t.Link == "" && (strings.HasPrefix(to, "http") || strings.HasPrefix(to, "mailto:")) {
					cells[place{x, y}][i].Link = to
				}
			}
		}
		return nil
	}, "col", "row", "mergeCell", "hyperlink")
	if err != nil {
		return nil, err
	}
	hiddenColumns, over := make([]bool, mostColumns), 0
	for x := range hiddenColumns {
		over += hidings[x]
		hiddenColumns[x] = over > 0
	}
	columns, rows := map[int]bool{}, map[int]bool{}
	hidden := false
	for at := range cells {
		if covered[at] || hiddenRows[at.y] || at.x >= mostColumns || hiddenColumns[at.x] {
			hidden = hidden || !covered[at]
			delete(cells, at)
			continue
		}
		columns[at.x], rows[at.y] = true, true
	}
	if hidden {
		b.remark("cells-hidden", name)
	}
	if len(columns)*len(rows) > maxCells {
		return nil, &Error{Code: "too-many-cells", Args: []any{maxCells}}
	}
	if len(cells) == 0 {
		return nil, nil
	}
	t := &Table{Head: 1}
	xs := sorted(columns)
	for _, y := range sorted(rows) {
		line := make([]Cell, len(xs))
		for i, x := range xs {
			if text := cells[place{x, y}]; text != nil {
				line[i].Blocks = []Block{&Paragraph{Text: text}}
			}
			line[i].Covered = covered[place{x, y}]
		}
		t.Rows = append(t.Rows, line)
	}
	return t, nil
}

func sorted(set map[int]bool) []int {
	out := make([]int, 0, len(set))
	for n := range set {
		out = append(out, n)
	}
	slices.Sort(out)
	return out
}

// truths are how Excel says yes and no.
var truths = map[bool]map[bool]string{false: {true: "TRUE", false: "FALSE"}, true: {true: "WAAR", false: "ONWAAR"}}

// value gives what a cell shows.
func (b *workbook) value(c *node) []Inline {
	v := strings.TrimSpace(c.child("v").Text)
	switch c.attr("t") {
	case "s":
		if n, err := strconv.Atoi(v); err == nil && n >= 0 && n < len(b.strings) {
			return slices.Clone(b.strings[n])
		}
		return nil
	case "inlineStr":
		return richText(c.child("is"))
	case "str", "e":
		return richText(&node{Nodes: []*node{{Name: xml.Name{Local: "t"}, Text: c.child("v").Text}}})
	case "b":
		return []Inline{{Text: truths[b.dutch][v == "1"]}}
	case "d":
		day, _, _ := strings.Cut(v, "T00:00:00")
		return []Inline{{Text: day}}
	}
	if v == "" {
		return nil
	}
	format := ""
	if style, err := strconv.Atoi(c.attr("s")); err == nil && style >= 0 && style < len(b.formats) {
		format = b.formats[style]
	}
	return []Inline{{Text: b.show(v, format)}}
}
