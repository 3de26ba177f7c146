package chart

import (
	"strings"

	"leerblad/internal/bounds"
	"leerblad/internal/diag"
	"leerblad/internal/edit"
	"leerblad/internal/source"
)

// reader makes a chart of rows.
type reader struct {
	chart *Chart
	rows  []Row
	diags diag.List
}

// Read makes the chart of a fence and its table; nil where something is wrong. dutch says that a number which may be read either way is Dutch, if the
// table does not say otherwise.
func Read(f *Fence, table Table, dutch bool) (*Chart, diag.List) {
	at := f.Told
	if f.File == "" {
		at = f.Span
	}
	rows := table.Rows
	if len(rows) < 2 || len(rows[0].Cells) < 2 {
		return nil, diag.List{{Code: "chart-no-table", Span: at}}
	}
	r := &reader{&Chart{Kind: f.Kind, Title: f.Title, Source: f.Source, Unit: f.Unit, Of: rows[0].Cells[0].Text}, rows, nil}
	r.size(table.More)
	r.shape()
	if r.diags == nil {
		r.names()
		r.numbers(dutch)
	}
	if r.diags == nil && !r.any() {
		r.diags.Add("chart-no-numbers", at)
	}
	if r.diags != nil {
		return nil, r.diags
	}
	return r.chart, nil
}

// size reports more series and points than a chart can show.
func (r *reader) size(more int) {
	if head := r.rows[0]; len(head.Cells) > bounds.Series+1 {
		r.diags.Add("chart-too-many", head.Cells[bounds.Series+1].Span, head.width()-1, diag.Term("bound-series"), bounds.Series)
	}
	if len(r.rows) > bounds.Points+1 {
		r.diags.Add("chart-too-many", r.rows[bounds.Points+1].Cells[0].Span, len(r.rows)-1+more, diag.Term("bound-points"), bounds.Points)
		r.rows = r.rows[:bounds.Points+1]
	}
}

// shape reports rows that have other cells than the first.
func (r *reader) shape() {
	want := r.rows[0].width()
	for _, row := range r.rows[1:] {
		switch n := row.width(); {
		case n > want && want < len(row.Cells):
			r.diags.Add("chart-ragged", source.At(row.End.File, row.Cells[want].Span.Start, row.End.End), n, want)
		case n > want: // both have too many
		case n < want:
			d := diag.Diagnostic{Code: "chart-ragged", Span: row.End, Args: []any{n, want}}
			d.Fixes = []diag.Fix{{Title: "chart-cells", Args: []any{want - n}, Choose: true,
				Changes: edit.Changes{{Span: row.End, Text: strings.Repeat(row.Sign, want-n)}}}}
			r.diags = append(r.diags, d)
		}
	}
}

// names reads the headings, and what the rows are called.
func (r *reader) names() {
	for _, c := range r.rows[0].Cells[1:] {
		if c.Text == "" {
			r.diags.Add("chart-no-name", c.Span, diag.Term("chart-column"))
		}
		r.chart.Series = append(r.chart.Series, Series{Name: c.Text})
	}
	for _, row := range r.rows[1:] {
		if row.Cells[0].Text == "" {
			r.diags.Add("chart-no-name", row.Cells[0].Span, diag.Term("chart-row"))
		}
		r.chart.Points = append(r.chart.Points, row.Cells[0].Text)
	}
}

// numbers reads the cells. One that may be read either way is read as the others in the table are that may not, or else in the publication's language.
func (r *reader) numbers(dutch bool) {
	as := r.language(dutch)
	for _, row := range r.rows[1:] {
		for i, c := range row.Cells[1:] {
			var v Value
			if c.Text != "" {
				switch reading := readingOf(c.Text); {
				case reading == noNumber:
					r.diags.Add("chart-number", c.Span, c.Text)
				case reading == tooLong:
					r.diags.Add("chart-digits", c.Span, digits)
				case reading == comma && as == point, reading == point && as == comma:
					r.mixed(c, as)
				default:
					v = valueOf(c.Text, as)
				}
			}
			if v.Number < 0 && r.chart.Kind == Stacked {
				r.diags.Add("chart-negative", c.Span, c.Text)
			}
			s := &r.chart.Series[i]
			s.Values = append(s.Values, v)
		}
	}
}

// language tells with which sign before decimals the table is read: that of most cells that can be read in one way alone, or else that of the publication's language.
func (r *reader) language(dutch bool) reading {
	votes := map[reading]int{}
	for _, row := range r.rows[1:] {
		for _, c := range row.Cells[1:] {
			votes[readingOf(c.Text)]++
		}
	}
	if votes[comma] > votes[point] || votes[comma] == votes[point] && dutch {
		return comma
	}
	return point
}

// mixed reports a number that is written as in the other language than the table.
func (r *reader) mixed(c Cell, as reading) {
	other, signs, language := comma, Signs{",", "."}, diag.Term("numbers-en")
	if as == comma {
		other, signs, language = point, Signs{".", ","}, "numbers-nl"
	}
	text := strings.Replace(signs.Text(valueOf(c.Text, other)), "−", "-", 1)
	d := diag.Diagnostic{Code: "chart-mixed", Span: c.Span, Args: []any{c.Text, language}}
	if c.Span.Text() == c.Text {
		d.Fixes = []diag.Fix{diag.Replace(c.Span, text)}
	}
	r.diags = append(r.diags, d)
}

// any reports whether there is any number.
func (r *reader) any() bool {
	for _, s := range r.chart.Series {
		for _, v := range s.Values {
			if v.Known {
				return true
			}
		}
	}
	return false
}
