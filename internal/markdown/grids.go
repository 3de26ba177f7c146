package markdown

import (
	"bytes"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"

	"leerblad/internal/bounds"
	"leerblad/internal/diag"
	"leerblad/internal/edit"
)

// grid reports lines of a paragraph that were meant as a table: in columns by tabs or spaces, or with bars and no row of dashes that fits.
func (e *extractor) grid(n ast.Node, lines []line, has traits) bool {
	if !topLevel(n) {
		return e.tabbed(lines, has)
	}
	if has&hasBar != 0 && e.bars(n, lines) {
		return true
	}
	if len(lines) == 1 {
		return has&hasTab != 0 && e.apartRows(n, lines[0])
	}
	if has&hasTab == 0 && e.fixed(lines) {
		return true
	}
	split := byTabs
	if has&hasTab == 0 {
		split = bySpaces
	}
	var rows [][]string
	var starts []int // of the second cells, where there are two
	first := len(lines)
	for i := len(lines) - 1; i >= 0; i-- {
		text := lines[i].text
		if i == 0 || has&hasTab != 0 { // with the blanks before it
			text = e.src[e.lineStart(lines[i].start) : lines[i].start+len(lines[i].text)]
		}
		row, second := split(strings.TrimRight(string(text), " \t\n"))
		if len(row) < 2 || len(row) > bounds.Columns || has&hasTab == 0 && len(rows) > 0 && len(row) != len(rows[0]) {
			break
		}
		rows, starts, first = append(rows, row), append(starts, second), i
	}
	if len(rows) < 2 || has&hasTab == 0 && !aligned(rows, starts) {
		return false
	}
	slices.Reverse(rows)
	last := lines[len(lines)-1]
	e.table(lines[first], last.start+len(bytes.TrimRight(last.text, "\n")), rows, first > 0)
	return true
}

// table reports rows that begin with a line and go on up to src[end]; after says that text stands right above them.
func (e *extractor) table(first line, end int, rows [][]string, after bool) {
	columns := 0
	for _, row := range rows {
		columns = max(columns, len(row))
	}
	var table strings.Builder
	if after {
		table.WriteByte('\n')
	}
	for i, row := range rows {
		writeRow(&table, row, columns)
		if i == 0 {
			writeRow(&table, nil, columns)
		}
	}
	e.sure("loose-table", first.start, first.start+len(bytes.TrimRight(first.text, "\n")), "table", nil,
		edit.Changes{e.change(e.lineStart(first.start), end, strings.TrimSuffix(table.String(), "\n"))}, len(rows), columns)
}

// tabbed reports rows in a quotation or list, which the editor must mend.
func (e *extractor) tabbed(lines []line, has traits) bool {
	if has&hasTab == 0 || len(lines) < 2 {
		return false
	}
	columns := 0
	for _, l := range lines {
		row, _ := byTabs(string(bytes.TrimRight(l.text, " \t\n")))
		if len(row) < 2 || columns > 0 && len(row) != columns {
			return false
		}
		columns = len(row)
	}
	first := lines[0]
	e.diags.Add("loose-table", e.span(first.start, first.start+len(bytes.TrimRight(first.text, "\n"))), len(lines), columns)
	return true
}

// apartRows reports rows with tabs that are paragraphs of one line each.
func (e *extractor) apartRows(n ast.Node, first line) bool {
	if first.start < e.listed {
		return true
	}
	var rows [][]string
	end := 0
	for next := n; next != nil && next.Kind() == ast.KindParagraph && next.Lines().Len() == 1; next = next.NextSibling() {
		segment := next.Lines().At(0)
		text := bytes.TrimRight(e.src[segment.Start:segment.Stop], " \t\n")
		row, _ := byTabs(string(text))
		if len(row) < 2 || len(row) > bounds.Columns || len(rows) > 0 && len(row) != len(rows[0]) {
			break
		}
		rows, end = append(rows, row), segment.Start+len(text)
		e.listed = end
	}
	if len(rows) < 2 {
		return false
	}
	e.table(first, end, rows, false)
	return true
}

// fixed reports rows whose cells begin below each other, as in a text of letters of one width.
func (e *extractor) fixed(lines []line) bool {
	head := string(bytes.TrimRight(lines[0].text, " \n"))
	cells, _ := bySpaces(head)
	if len(cells) < 2 || len(cells) > bounds.Columns || len(lines) < 3 && len(cells) < 3 {
		return false
	}
	var starts []int // in characters
	letters := []rune(head)
	for i := 2; i < len(letters); i++ {
		if letters[i] != ' ' && letters[i-1] == ' ' && letters[i-2] == ' ' {
			starts = append(starts, i)
		}
	}
	var rows [][]string
	for _, l := range lines {
		text := []rune(string(bytes.TrimRight(l.text, " \n")))
		var row []string
		from := 0
		for _, start := range starts {
			if start < len(text) && (text[start-1] != ' ' || text[start] == ' ') {
				return false
			}
			row = append(row, strings.TrimSpace(string(text[min(from, len(text)):min(start, len(text))])))
			from = start
		}
		rows = append(rows, append(row, string(text[min(from, len(text)):])))
	}
	end := lines[len(lines)-1]
	e.table(lines[0], end.start+len(bytes.TrimRight(end.text, "\n")), rows, false)
	return true
}

// writeRow writes a row of a table; that of dashes for none.
func writeRow(w *strings.Builder, row []string, columns int) {
	for i := range columns {
		cell := "---"
		if row != nil {
			cell = ""
		}
		if i < len(row) {
			cell = strings.ReplaceAll(strings.TrimSpace(row[i]), "|", `\|`)
		}
		w.WriteString("| " + cell + " ")
	}
	w.WriteString("|\n")
}

func byTabs(text string) (cells []string, second int) {
	if strings.IndexByte(strings.TrimLeft(text, " \t"), '\t') < 0 {
		return nil, 0
	}
	return strings.Split(text, "\t"), 0
}

// bySpaces parts a line where it has several spaces, and says at which character the second cell begins.
func bySpaces(text string) (cells []string, second int) {
	text = strings.TrimLeft(text, " ")
	for rest := text; ; {
		i := strings.Index(rest, "  ")
		if i < 0 {
			return append(cells, rest), second
		}
		if cells = append(cells, rest[:i]); i > 0 && strings.IndexByte(".?!,;:", rest[i-1]) >= 0 { // sentences
			return nil, 0
		}
		rest = strings.TrimLeft(rest[i:], " ")
		if second == 0 {
			second = utf8.RuneCountInString(text[:len(text)-len(rest)])
		}
	}
}

// aligned reports whether rows that are parted by spaces make a table: of three columns or more, or of two that begin below each other.
func aligned(rows [][]string, starts []int) bool {
	if len(rows[0]) > 2 {
		return true
	}
	for _, at := range starts {
		if at != starts[0] {
			return false
		}
	}
	return len(rows) > 2
}

// barred gives the offsets of the bars in a line of a table between its cells, and the number of cells.
func barred(text []byte) (bars []int, cells int) {
	trimmed := bytes.TrimSpace(text)
	from := len(text) - len(bytes.TrimLeft(text, " \t"))
	end := from + len(trimmed)
	if len(trimmed) > 0 && trimmed[0] == '|' {
		from++
	}
	if end > from && text[end-1] == '|' && (end < 2 || text[end-2] != '\\') {
		end--
	}
	for i := from; i < end; i++ {
		if text[i] == '|' && (i == 0 || text[i-1] != '\\') {
			bars = append(bars, i)
		}
	}
	return bars, len(bars) + 1
}

// bars reports a table without a row of dashes, or with one that does not fit its head.
func (e *extractor) bars(n ast.Node, lines []line) bool {
	if columns := dashed(lines[0].text); columns > 1 {
		e.headless(n, lines[0], len(lines), columns)
		return true
	}
	for i := 1; i < len(lines); i++ {
		if columns := dashed(lines[i].text); columns > 0 && (columns > 1 || bytes.IndexByte(lines[i].text, '|') >= 0) {
			return e.unlike(lines, i, columns)
		}
	}
	first, columns := len(lines), 0
	for i := len(lines) - 1; i >= 0; i-- {
		_, cells := barred(lines[i].text) // those in code are blank
		if cells < 2 || cells > bounds.Columns || columns > 0 && cells != columns || !bytes.Contains(lines[i].text, []byte("|")) {
			break
		}
		first, columns = i, cells
	}
	if len(lines)-first < 2 {
		return false
	}
	var row strings.Builder
	writeRow(&row, nil, columns)
	start := lines[first].start
	head := start + len(bytes.TrimRight(lines[first].text, "\n"))
	changes := edit.Changes{e.change(head, head, "\n"+strings.TrimSuffix(row.String(), "\n"))}
	if first > 0 {
		changes = append(changes, e.change(e.lineStart(start), e.lineStart(start), "\n"))
	}
	e.sure("loose-table", start, head, "table", nil, changes, len(lines)-first, columns)
	return true
}

// headless reports a table of which the head is missing, or stands above a blank line.
func (e *extractor) headless(n ast.Node, dashes line, rows, columns int) {
	start := e.lineStart(dashes.start)
	changes := edit.Changes{e.change(start, start, strings.Repeat("|  ", columns)+"|\n")}
	if prev, ok := n.PreviousSibling().(*ast.Paragraph); ok {
		head := prev.Lines().At(prev.Lines().Len() - 1)
		if _, cells := barred(head.Value(e.src)); cells == columns {
			changes = edit.Changes{e.change(lineEnd(e.src, head.Start)+1, start, "")}
		}
	}
	e.sure("loose-table", dashes.start, dashes.start+len(bytes.TrimRight(dashes.text, "\n")), "table", nil, changes, rows, columns)
}

// dashed gives the columns of a row of dashes, as a word processor may write them; 0 for another line.
func dashed(text []byte) int {
	return delimited(bytes.ReplaceAll(bytes.ReplaceAll(text, []byte("—"), []byte("---")), []byte("–"), []byte("---")))
}

// unlike reports a row of dashes, the line at an index, that has not as many columns as the head above it.
func (e *extractor) unlike(lines []line, at, columns int) bool {
	head, dashes := lines[at-1], lines[at]
	whole := e.src[head.start : head.start+len(head.text)] // with what is code
	bars, cells := barred(whole)
	if cells == columns {
		if delimited(dashes.text) == 0 { // dashes that a word processor made longer; else the table is too large
			end := dashes.start + len(bytes.TrimRight(dashes.text, "\n"))
			text := strings.NewReplacer("—", "---", "–", "---").Replace(string(e.src[dashes.start:end]))
			e.sure("loose-table", dashes.start, end, "write", []any{text}, edit.Changes{e.change(dashes.start, end, text)}, len(lines)-at, columns)
		}
		return true
	}
	if _, outside := barred(head.text); outside == columns {
		e.sure("table-head", head.start, head.start+len(bytes.TrimSpace(whole)), "escape-bars", nil, e.escapes(head, bars), cells, columns)
		return true
	}
	fix := diag.Fix{Title: "table-dashes"}
	start, end := dashes.start, dashes.start+len(bytes.TrimRight(dashes.text, "\n"))
	if cells <= bounds.Columns {
		parts := strings.Split(strings.Trim(strings.TrimSpace(string(dashes.text)), "|"), "|")
		var row strings.Builder
		for i := range cells {
			part := "---"
			if i < len(parts) {
				if p := strings.TrimSpace(parts[i]); strings.HasSuffix(p, ":") && p != ":" {
					part = "---:"
					if strings.HasPrefix(p, ":") {
						part = ":---:"
					}
				}
			}
			row.WriteString("| " + part + " ")
		}
		fix.Changes = edit.Changes{e.change(start, end, row.String()+"|")}
	}
	d := diag.Diagnostic{Code: "table-head", Span: e.span(start, end), Args: []any{cells, columns}}
	if fix.Changes != nil {
		d.Fixes = []diag.Fix{fix}
	}
	e.diags = append(e.diags, d)
	return true
}

// escapes puts a backslash before the bars of a line that stand in code.
func (e *extractor) escapes(l line, bars []int) (changes edit.Changes) {
	for _, i := range bars {
		if l.text[i] == 0 {
			changes = append(changes, e.change(l.start+i, l.start+i, `\`))
		}
	}
	return changes
}

// row reports a row of a table that has more cells than its head: they are not shown.
func (e *extractor) row(n *east.TableRow) {
	start := n.Pos()
	if start < 0 || start >= len(e.src) {
		return
	}
	text := e.src[start:lineEnd(e.src, start)]
	columns := len(n.Alignments)
	if bytes.Count(text, []byte("|")) < columns {
		return // nearly all, for a row of which all cells are shown has a bar at its begin and its end
	}
	bars, cells := barred(text)
	if cells <= columns || len(bytes.Trim(text[bars[columns-1]:], "| \t")) == 0 {
		return
	}
	code := line{start, inCode(text)}
	escaped := e.escapes(code, bars)
	at := start + bars[columns-1]
	if len(escaped) > 0 && cells-len(escaped) == columns {
		e.sure("table-row", at, at+1, "escape-bars", nil, escaped, cells, columns)
		return
	}
	d := diag.Diagnostic{Code: "table-row", Span: e.span(at, at+1), Args: []any{cells, columns}}
	const few = 6
	for i, bar := range bars {
		if cells == columns+1 && cells <= few {
			before, after := 0, len(bytes.TrimRight(text, " \t|"))
			if i > 0 {
				before = bars[i-1]
			}
			if i+1 < len(bars) {
				after = bars[i+1]
			}
			shown := strings.Trim(string(text[before:bar]), "| \t") + ` \| ` + strings.Trim(string(text[bar:after]), "| \t")
			d.Fixes = append(d.Fixes, diag.Fix{Title: "write", Args: []any{shown}, Choose: true, Changes: edit.Changes{e.change(start+bar, start+bar, `\`)}})
		}
	}
	e.diags = append(e.diags, d)
}

// inCode gives a line of a table with zero bytes for what its editor meant as code, bars included.
func inCode(text []byte) []byte {
	if bytes.IndexByte(text, '`') < 0 {
		return text
	}
	out := bytes.Clone(text)
	for at := 0; at < len(out); {
		open := bytes.IndexByte(out[at:], '`')
		if open < 0 {
			break
		}
		open += at + 1
		end := bytes.IndexByte(out[open:], '`')
		if end < 0 {
			break
		}
		clear(out[open : open+end])
		at = open + end + 1
	}
	return out
}
