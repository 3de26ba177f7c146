package newsletter

import (
	"leerblad/internal/site"
	"leerblad/internal/source"
)

// plot gives a chart as mail programs can show it: its name, its table, and what it says in words.
func (c *composer) plot(p *site.Plot, span source.Span) block {
	plain := func(text string) []run { return []run{{text: line(text), span: span}} }
	name := run{text: line(p.Title), strong: true, span: span}
	title := []run{name}
	if p.Unit != "" {
		title = append(title, run{text: " " + line(c.Words("chart.in", p.Unit)), span: span})
	}
	t := &table{span: span, rows: [][]cell{{{runs: plain(p.Head)}}}}
	for _, s := range p.Series {
		t.rows[0] = append(t.rows[0], cell{align: "right", runs: plain(s.Name)})
	}
	for _, r := range p.Rows {
		row := []cell{{runs: plain(r.Name)}}
		for _, text := range r.Cells {
			row = append(row, cell{align: "right", runs: plain(text)})
		}
		t.rows = append(t.rows, row)
	}
	says := p.Says
	if p.Source != "" {
		says += " " + c.Words("chart.from", p.Source)
	}
	return &group{[]block{&paragraph{title, span}, t, &paragraph{plain(says), span}}}
}
