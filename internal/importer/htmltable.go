package importer

import (
	"strconv"
	"strings"

	"golang.org/x/net/html"
)

// tableRow is a row of a table, with its cells.
type tableRow struct {
	head  bool
	cells []*html.Node
	looks []look
}

// rowsOf gives the rows of a table, and its caption.
func (r *htmlReader) rowsOf(table *html.Node, l look) (rows []tableRow, captions []*html.Node) {
	var walk func(n *html.Node, l look, head bool)
	walk = func(n *html.Node, l look, head bool) {
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			if c.Type == html.CommentNode {
				if end := unsupported(c); end != nil {
					c = end
				}
				continue
			}
			if c.Type != html.ElementNode || r.isLeft(c) {
				continue
			}
			in := r.lookOf(c, r.sheet.of(c), l)
			switch {
			case in.hidden:
			case c.Data == "caption":
				captions = append(captions, c)
			case c.Data == "thead", c.Data == "tbody", c.Data == "tfoot":
				walk(c, in, c.Data == "thead")
			case c.Data == "tr":
				row := tableRow{head: head}
				for cell := range c.ChildNodes() {
					if cell.Data != "td" && cell.Data != "th" || cell.Type != html.ElementNode {
						continue
					}
					if look := r.lookOf(cell, r.sheet.of(cell), in); !look.hidden {
						row.cells, row.looks = append(row.cells, cell), append(row.looks, look)
					}
				}
				rows = append(rows, row)
			}
		}
	}
	walk(table, l, false)
	return rows, captions
}

// table reads a table. One that only arranges what is in it is not a table to a reader.
func (f *flow) table(n *html.Node, l look) {
	f.end()
	r := f.r
	rows, captions := r.rowsOf(n, l)
	for _, c := range captions {
		f.block(c, r.lookOf(c, r.sheet.of(c), l), nil)
	}
	arranges := attr(n, "role") == "presentation" || attr(n, "role") == "none" || r.arranges(n, rows)
	if arranges || !f.deeper() {
		for _, row := range rows {
			for i, c := range row.cells {
				f.block(c, row.looks[i], nil)
			}
		}
		return
	}
	defer func() { r.nesting-- }()
	t := &Table{}
	covered := map[int]int{} // by column, how many of the rows below are covered
	heads := true
	for y, row := range rows {
		var cells []Cell
		cover := func() {
			for covered[len(cells)] > 0 {
				covered[len(cells)]--
				cells = append(cells, Cell{Covered: true})
			}
		}
		all := true
		for i, c := range row.cells {
			cover()
			wide, high := spanOf(c, "colspan", 1000), spanOf(c, "rowspan", len(rows)-y)
			if r.cells += wide * high; r.cells > maxCells {
				r.err = &Error{Code: "too-many-cells", Args: []any{maxCells}}
				return
			}
			all = all && c.Data == "th"
			for x := range wide {
				if high > 1 {
					covered[len(cells)] = high - 1
				}
				cell := Cell{Covered: x > 0}
				if x == 0 {
					cell.Blocks = r.read(c, row.looks[i])
				}
				cells = append(cells, cell)
			}
		}
		cover()
		if heads = heads && (row.head || all && len(row.cells) > 0); heads {
			t.Head++
		}
		if len(cells) > 0 {
			t.Rows = append(t.Rows, cells)
		}
	}
	t.Head = min(t.Head, len(t.Rows))
	columns := 0
	for _, row := range t.Rows {
		columns = max(columns, len(row))
	}
	for i, row := range t.Rows {
		if r.cells += columns - len(row); r.cells > maxCells {
			r.err = &Error{Code: "too-many-cells", Args: []any{maxCells}}
			return
		}
		for len(row) < columns {
			row = append(row, Cell{})
		}
		t.Rows[i] = row
	}
	if len(t.Rows) > 0 {
		f.out = append(f.out, t)
	}
}

// arranges reports whether a table has no more than one cell with something in it in each row, and more than text in one, or none at all.
func (r *htmlReader) arranges(n *html.Node, rows []tableRow) bool {
	if attr(n, "border") != "" && attr(n, "border") != "0" {
		return false
	}
	more, words := false, false
	for _, row := range rows {
		filled := 0
		for _, c := range row.cells {
			holds := strings.TrimSpace(textOf(c, 100)) != ""
			words = words || holds
			for d := range c.Descendants() {
				switch d.Data {
				case "table", "ul", "ol", "h1", "h2", "h3":
					more, holds = true, true
				case "img":
					holds = true
				case "th":
					return false
				}
			}
			if c.Data == "th" {
				return false
			}
			if holds {
				filled++
			}
		}
		if filled > 1 {
			return false
		}
	}
	return more || !words
}

func spanOf(n *html.Node, key string, most int) int {
	v, err := strconv.Atoi(strings.TrimSpace(attr(n, key)))
	if err != nil || v < 1 {
		return 1
	}
	return min(v, max(most, 1))
}
