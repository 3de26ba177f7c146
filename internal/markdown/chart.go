package markdown

import (
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/util"

	"leerblad/internal/bounds"
	"leerblad/internal/chart"
	"leerblad/internal/diag"
	"leerblad/internal/source"
)

// chart reads a block that is a chart. What its table says is read where its file and the publication's language are known.
func (e *extractor) chart(n *ast.FencedCodeBlock) {
	if e.charts++; e.charts > bounds.Charts {
		if e.charts == bounds.Charts+1 {
			at := n.Info.Segment
			e.diags.Add("too-many", e.span(at.Start, at.Stop), bounds.Charts, diag.Term("bound-charts"))
		}
		return
	}
	within := func(from int) func(start, end int) source.Span {
		return func(start, end int) source.Span { return e.span(from+start, from+end) }
	}
	info := n.Info.Segment
	f, diags := chart.ParseFence(string(info.Value(e.src)), within(info.Start))
	e.diags = append(e.diags, diags...)
	for i := range n.Lines().Len() {
		line := n.Lines().At(i)
		f.AddLine(string(line.Value(e.src)[line.Padding:]), within(line.Start))
	}
	if f.File != "" && f.Table.Rows != nil {
		e.diags.Add("chart-two-tables", f.Told)
	}
	setHole(n, len(e.body.Charts))
	e.body.Charts = append(e.body.Charts, f)
}

// orChart renders a fenced block that is a chart as a hole, and others as render does.
func orChart(render renderer.NodeRendererFunc) renderer.NodeRendererFunc {
	return func(w util.BufWriter, src []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
		index, is := holeOf(n)
		if !is {
			return render(w, src, n, entering)
		}
		if entering {
			hole(w, Part{Hole: ChartOf, Index: index})
		}
		return ast.WalkSkipChildren, nil
	}
}
