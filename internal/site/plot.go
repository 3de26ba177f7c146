package site

import (
	"leerblad/internal/chart"
	"leerblad/internal/publication"
)

// Plot is a chart in a body, with all that is told of it.
type Plot struct {
	chart.Figure
	Head string    // what heads the names of its points
	Keys []PlotKey // how its series are drawn, if there are several
	Rows []PlotRow // its table
	CSV  *File     // from which it was made; nil for one that stands in the text
}

// PlotKey is how a series is drawn.
type PlotKey struct {
	chart.Key
	Name string
}

// PlotRow is a row of the table: what a point is called, and its numbers.
type PlotRow struct {
	Name  string
	Cells []string
}

// Signs gives how a language writes numbers.
func Signs(words chart.Words) chart.Signs {
	return chart.Signs{Thousands: words("thousands"), Decimal: words("decimal")}
}

// plot gives what is shown of a chart, nil of one that was not made.
func (p *presenter) plot(c publication.Chart) *Plot {
	if c.Chart == nil {
		return nil
	}
	signs := Signs(p.Words)
	out := &Plot{Figure: chart.Figure{Chart: c.Chart, Signs: signs, Says: c.Says(p.Words, signs)}}
	if out.Head = c.Of; c.Of == "" {
		out.Head = p.Words("chart.point")
	}
	for i, s := range c.Series {
		if len(c.Series) > 1 {
			out.Keys = append(out.Keys, PlotKey{chart.Key{Kind: c.Kind, Index: i}, s.Name})
		}
	}
	for i, name := range c.Points {
		row := PlotRow{Name: name}
		for _, s := range c.Series {
			row.Cells = append(row.Cells, signs.Text(s.Values[i]))
		}
		out.Rows = append(out.Rows, row)
	}
	if c.File != "" {
		out.CSV = p.download(c.File)
	}
	return out
}

// Charts gives what the charts of a body say in words: their names, those of their series, and the sentences that tell them.
func (p *Plan) Charts(b publication.Body) (out []string) {
	for _, c := range b.Charts {
		if c.Chart == nil {
			continue
		}
		out = append(out, c.Title)
		for _, s := range c.Series {
			out = append(out, s.Name)
		}
		out = append(out, c.Says(p.shared.Words, Signs(p.shared.Words)))
	}
	return out
}
