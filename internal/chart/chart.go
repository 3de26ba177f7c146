// Package chart turns a fence and a table, as an editor wrote them, into a chart, and a chart into SVG.
//
// A Fence is read from a text alone; its table stands in the block or in a file beside the text, so that only who knows that file and the
// publication's language can make a Chart of it. Each mistake is told at its own cell. A drawing has no colours and no sizes of its own: the
// theme's style sheet gives both by class. It grows with its place and its letters do not, for it is as wide as it is allowed, with places
// along it in percent and heights in em. Nothing in it tells series apart by colour alone.
//
//   - fence.go: the words after the three backticks
//   - table.go: rows of the block, or of a CSV file
//   - number.go: what a cell says
//   - read.go: the chart, and what is wrong with it
//   - says.go: the sentences that tell it
//   - bars.go, line.go, label.go: the drawing
package chart

import (
	"math"
	"strconv"
	"strings"
)

// Kind says how a chart is drawn.
type Kind string

// The kinds of charts.
const (
	Bar     Kind = "bar"     // a bar for each value, side by side
	Stacked Kind = "stacked" // the bars of a row in one
	Line    Kind = "line"
)

// Kinds are all kinds.
var Kinds = []Kind{Bar, Stacked, Line}

// Chart is a table of numbers with how it is to be drawn. Values of all series run parallel to Points.
type Chart struct {
	Kind                Kind
	Title, Source, Unit string
	Of                  string // what the points are: the heading of the first column
	Points              []string
	Series              []Series
}

// Series is one column of numbers.
type Series struct {
	Name   string
	Values []Value
}

// Value is a number as it was written, with so many decimals, or none.
type Value struct {
	Known    bool
	Number   float64
	Decimals int
}

// Signs are what a language writes between thousands and before decimals.
type Signs struct{ Thousands, Decimal string }

// Text writes a value, "–" for none.
func (s Signs) Text(v Value) string {
	if !v.Known {
		return "–"
	}
	whole, decimals, _ := strings.Cut(strconv.FormatFloat(math.Abs(v.Number), 'f', v.Decimals, 64), ".")
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + s.Thousands + whole[i:]
	}
	if decimals != "" {
		whole += s.Decimal + decimals
	}
	if v.Number < 0 {
		return "−" + whole
	}
	return whole
}

// Total is the sum of the values of all series at a point; it is not known where none of them is.
func (c *Chart) Total(point int) (sum Value) {
	for _, s := range c.Series {
		if v := s.Values[point]; v.Known {
			sum = Value{true, sum.Number + v.Number, max(sum.Decimals, v.Decimals)}
		}
	}
	sum.Number, _ = strconv.ParseFloat(strconv.FormatFloat(sum.Number, 'f', sum.Decimals, 64), 64) // 0.1 + 0.2 is 0.3
	return sum
}

// Totals are the sums of all points, as a series.
func (c *Chart) Totals() (out Series) {
	for i := range c.Points {
		out.Values = append(out.Values, c.Total(i))
	}
	return out
}

// Piled reports whether the sums of the points are seen: bars stand on each other.
func (c *Chart) Piled() bool { return c.Kind == Stacked && len(c.Series) > 1 }
