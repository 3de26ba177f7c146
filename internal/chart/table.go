package chart

import (
	"bytes"
	"encoding/csv"
	"errors"
	"strings"

	"leerblad/internal/bounds"
	"leerblad/internal/diag"
	"leerblad/internal/source"
)

// Table is the rows of a table, of which the first has the headings: those that a chart can show and one more, which has the place where it is too much.
type Table struct {
	Rows []Row
	More int // rows that are left out
}

// add adds a row.
func (t *Table) add(r Row) {
	if len(t.Rows) > bounds.Points+1 {
		t.More++
		return
	}
	t.Rows = append(t.Rows, r)
}

// Row is a row of a table, with its cells as Table has rows.
type Row struct {
	Cells []Cell
	More  int         // cells that are left out
	End   source.Span `digest:"-"` // the empty place behind it
	Sign  string      `digest:"-"` // what stands between its cells

	around bool // a sign stands around the row too
}

// add adds a cell.
func (r *Row) add(c Cell) {
	if len(r.Cells) > bounds.Series+1 {
		r.More++
		return
	}
	r.Cells = append(r.Cells, c)
}

// width is the number of cells.
func (r Row) width() int { return len(r.Cells) + r.More }

// Cell is a cell of a table, without the blanks around it.
type Cell struct {
	Text string
	Span source.Span `digest:"-"`
}

// empty reports whether no cell says anything.
func (r Row) empty() bool {
	for _, c := range r.Cells {
		if c.Text != "" {
			return false
		}
	}
	return true
}

// AddLine reads a line of the block, with | between the cells, and around them if the first line begins with one. A line that says nothing is passed
// over. span gives the place of a part of it.
func (f *Fence) AddLine(line string, span func(from, to int) source.Span) {
	if row := readLine(line, len(f.Table.Rows) == 0 || f.Table.Rows[0].around, span); !row.empty() && !ruled(row) {
		f.Table.add(row)
	}
}

func readLine(line string, around bool, span func(from, to int) source.Span) (row Row) {
	line = strings.TrimRight(line, " \t\r\n")
	from := len(line) - len(strings.TrimLeft(line, " \t"))
	begins := strings.HasPrefix(line[from:], "|")
	if row.around = begins && around; row.around {
		if from++; len(line) > from {
			line = strings.TrimSuffix(line, "|")
		}
	} else if begins {
		from = 0 // the first cell is empty
	}
	row.Sign = " |"
	row.End = span(len(line), len(line))
	for ; ; from++ {
		end := from
		for end < len(line) && line[end] != '|' {
			if end++; line[end-1] == '\\' && end < len(line) {
				end++
			}
		}
		raw := line[from:end]
		text := strings.TrimSpace(raw)
		at := from + strings.Index(raw, text)
		row.add(Cell{strings.ReplaceAll(text, `\|`, "|"), span(at, at+len(text))})
		if from = end; from >= len(line) {
			break
		}
	}
	return row
}

// ruled reports whether a row is the line of hyphens below the headings of a table in Markdown.
func ruled(row Row) bool {
	for _, c := range row.Cells {
		if strings.Trim(c.Text, ":-") != "" || !strings.Contains(c.Text, "--") {
			return false
		}
	}
	return true
}

// ReadCSV reads a CSV file in UTF-8, with or without a byte order mark. Between its cells stands a semicolon, a comma or a tab: whatever there is most of in its
// first line. Columns and rows that say nothing are left out.
func ReadCSV(f *source.File) (table Table, diags diag.List) {
	start := len(f.Data) - len(bytes.TrimPrefix(f.Data, []byte("\xef\xbb\xbf")))
	if bytes.HasPrefix(f.Data[start:], []byte("sep=")) { // which Excel reads and writes no cell of
		start += bytes.IndexByte(append(f.Data[start:len(f.Data):len(f.Data)], '\n'), '\n') + 1
	}
	data := f.Data[min(start, len(f.Data)):]
	lines := []int{start}
	for i, b := range data {
		if b == '\n' {
			lines = append(lines, start+i+1)
		}
	}
	at := func(line, column int) int { return lines[min(line, len(lines))-1] + column - 1 }
	r := csv.NewReader(bytes.NewReader(data))
	r.Comma, r.FieldsPerRecord, r.ReuseRecord = separator(data), -1, true
	for {
		record, err := r.Read()
		var wrong *csv.ParseError
		switch {
		case errors.As(err, &wrong):
			i := at(wrong.Line, wrong.Column)
			diags.Add("chart-csv", source.At(f, i, i+1))
			return Table{}, diags
		case err != nil:
			table.trim()
			return table, nil
		}
		row := Row{Sign: string(r.Comma)}
		for i, text := range record {
			from := at(r.FieldPos(i))
			end := from + len(text)
			if from < len(f.Data) && f.Data[from] == '"' {
				end += len(`""`)
			}
			c := Cell{strings.Join(strings.Fields(text), " "), source.At(f, from, end)}
			row.add(c)
			row.End = source.At(f, c.Span.End, c.Span.End)
		}
		if !row.empty() {
			table.add(row)
		}
	}
}

// separator gives what stands between the cells of a CSV file.
func separator(data []byte) rune {
	first, _, _ := bytes.Cut(data, []byte("\n"))
	best, most := ';', 0
	for _, sign := range ";,\t" {
		if n := bytes.Count(first, []byte(string(sign))); n > most {
			best, most = sign, n
		}
	}
	return best
}

// trim leaves out the columns at the end in which nothing is written, as spreadsheets make them.
func (t *Table) trim() {
	width := 0
	for _, r := range t.Rows {
		for i, c := range r.Cells {
			if c.Text != "" || r.More > 0 {
				width = max(width, i+1)
			}
		}
	}
	for i := range t.Rows {
		r := &t.Rows[i]
		r.Cells = r.Cells[:min(width, len(r.Cells))]
	}
}
