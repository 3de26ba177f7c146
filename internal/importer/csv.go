package importer

import (
	"encoding/csv"
	"errors"
	"io"
	"strings"
)

// readCSV reads a table of values that a sign parts.
func readCSV(data []byte) (*Document, error) {
	text := decode(data)
	var comma rune
	if first, rest, _ := strings.Cut(text, "\n"); len(first) == len("sep=;") && strings.HasPrefix(strings.ToLower(first), "sep=") { // as Excel says it
		comma, text = rune(first[len(first)-1]), rest
	}
	if comma == 0 || comma == '"' {
		comma = delimiter(text)
	}
	rows, err := records(text, comma, maxCells)
	if err != nil {
		return nil, err
	}
	cells := make([][]Cell, len(rows))
	for i, row := range rows {
		for _, value := range row {
			cells[i] = append(cells[i], Cell{Blocks: paragraphs(value)})
		}
	}
	doc := &Document{}
	if t := tableOf(cells); t != nil {
		doc.Blocks = []Block{t}
	}
	return doc, nil
}

// records gives the rows of values, and an error if there are more than so many values.
func records(text string, comma rune, most int) (rows [][]string, err error) {
	r := csv.NewReader(strings.NewReader(text))
	r.Comma, r.LazyQuotes, r.FieldsPerRecord = comma, true, -1
	for {
		row, err := r.Read()
		if errors.Is(err, io.EOF) {
			return rows, nil
		}
		if err != nil {
			return nil, &Error{Code: "broken-file"}
		}
		if most -= len(row); most < 0 {
			return rows, &Error{Code: "too-many-cells", Args: []any{maxCells}}
		}
		rows = append(rows, row)
	}
}

// delimiter finds the sign that parts values: by which most of the first rows have equally many. Where none does, each row is one value.
func delimiter(text string) rune {
	const sample = 64 << 10
	if len(text) > sample {
		text = text[:strings.LastIndexByte(text[:sample], '\n')+1]
	}
	best, found := 0., '\x1f'
	for _, comma := range "\t;|," {
		rows, _ := records(text, comma, maxCells)
		counts, most, usual := map[int]int{}, 0, 0
		for _, row := range rows {
			counts[len(row)]++
			if n := counts[len(row)]; n > most || n == most && len(row) > usual {
				most, usual = n, len(row)
			}
		}
		if usual < 2 {
			continue
		}
		if alike := float64(most) / float64(len(rows)); alike > best+.05 {
			best, found = alike, comma
		}
	}
	return found
}

// paragraphs gives a value as a paragraph, with its line breaks.
func paragraphs(value string) []Block {
	var text []Inline
	for i, line := range strings.Split(strings.TrimSpace(value), "\n") {
		if i > 0 {
			text = append(text, Inline{Break: true})
		}
		if line != "" {
			text = append(text, Inline{Text: line})
		}
	}
	if text == nil {
		return nil
	}
	return []Block{&Paragraph{Text: text}}
}

// tableOf makes a table of rows, of which the first is its head, without rows and columns that are empty throughout; nil if all are.
func tableOf(rows [][]Cell) *Table {
	used := map[int]bool{}
	columns := 0
	for _, row := range rows {
		columns = max(columns, len(row))
		for x, c := range row {
			used[x] = used[x] || len(c.Blocks) > 0
		}
	}
	t := &Table{Head: 1}
	for _, row := range rows {
		var cells []Cell
		says := false
		for x := range columns {
			if !used[x] {
				continue
			}
			c := Cell{}
			if x < len(row) {
				c = row[x]
			}
			says = says || len(c.Blocks) > 0
			cells = append(cells, c)
		}
		if says {
			t.Rows = append(t.Rows, cells)
		}
	}
	if len(t.Rows) == 0 {
		return nil
	}
	return t
}
