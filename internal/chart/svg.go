package chart

import (
	"html"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Drawing is what has a picture. All text in it is escaped.
type Drawing interface{ SVG() string }

// Figure is a chart with all that its drawing says.
type Figure struct {
	*Chart
	Signs
	Says string // its description
}

// Key shows how a series is drawn.
type Key struct {
	Kind  Kind
	Index int
}

// Strip is a bar by itself, of parts.
type Strip []Part

// Part is a part of a Strip, from one place to another in percent. Its class says what it is.
type Part struct {
	Class    string
	From, To float64
}

// SVG draws a strip.
func (s Strip) SVG() string {
	var w svg
	w.tag("svg", "class", "bar", "aria-hidden", "true", "focusable", "false")
	for _, p := range s {
		w.fill(p.Class, p.From, p.To, "0", "100%", "50%")
	}
	w.WriteString("</svg>")
	return w.String()
}

// A drawing is laid out for a place of narrow pixels and must be readable there; what has room only from wide pixels on has the class "wide", for
// the style sheet to hide it in less. A letter is about letter pixels wide, as digits in the small type of the default theme are.
const (
	narrow = 272.0
	wide   = 528.0
	letter = 7.75
	em     = 14.0
)

// svg writes a drawing.
type svg struct{ strings.Builder }

// SVG draws a chart.
func (f Figure) SVG() string {
	var w svg
	if f.Kind == Line {
		l := newPlot(f)
		w.open(f, l.height())
		l.draw(&w)
	} else {
		b := newBars(f)
		w.open(f, b.height())
		b.draw(&w)
	}
	w.WriteString("</g></svg>")
	return w.String()
}

// open begins a picture with its name and description, as high as ems says.
func (w *svg) open(f Figure, ems float64) {
	w.tag("svg", "class", "plot-area", "role", "img", "width", "100%", "height", unit(ems, "em"))
	w.WriteString("<title>" + html.EscapeString(f.Title) + "</title><desc>" + html.EscapeString(f.Says) + "</desc><g aria-hidden=\"true\">")
}

// SVG draws a key: a bit of a bar, or of a line with its mark.
func (k Key) SVG() string {
	var w svg
	w.tag("svg", "class", "plot-key "+class(k.Index), "aria-hidden", "true", "focusable", "false")
	if k.Kind == Line {
		w.empty("line", "class", "stroke", "x1", "0", "x2", "100%", "y1", "50%", "y2", "50%")
		w.mark(k.Index, 50, "50%")
	} else {
		w.fill(class(k.Index), 0, 100, "0", "100%", "50%")
	}
	w.WriteString("</svg>")
	return w.String()
}

// class is that of a series.
func class(series int) string { return "series-" + strconv.Itoa(series+1) }

// tag writes an opening tag with pairs of attributes.
func (w *svg) tag(name string, attributes ...string) { w.element(name, ">", attributes) }

// empty writes an element without content.
func (w *svg) empty(name string, attributes ...string) { w.element(name, "/>", attributes) }

func (w *svg) element(name, end string, attributes []string) {
	w.WriteString("<" + name)
	for i := 0; i < len(attributes); i += 2 {
		w.WriteString(" " + attributes[i] + `="` + attributes[i+1] + `"`)
	}
	w.WriteString(end)
}

// fill writes a bar: a shape in the light colour of its class with a texture on it in the strong one, which is a thick line, whole or with gaps.
func (w *svg) fill(class string, from, to float64, top, height, middle string) {
	w.tag("g", "class", class)
	w.empty("rect", "class", "base", "x", percent(from), "width", percent(to-from), "y", top, "height", height)
	w.empty("line", "class", "texture", "x1", percent(from), "x2", percent(to), "y1", middle, "y2", middle)
	w.WriteString("</g>")
}

// shapes are the marks of the series along their lines.
var shapes = []string{
	"M-4.5 0a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0-9 0z", "M-4-4h8v8h-8z", "M0-5.5L5.5 4.5h-11z", "M0-6L6 0L0 6L-6 0z", "M-5-4.5h10L0 5.5z", "M-4.5-4.5L4.5 4.5M-4.5 4.5L4.5-4.5",
}

// mark writes the mark of a series.
func (w *svg) mark(series int, x float64, y string) {
	w.tag("svg", "class", "dot "+class(series), "x", percent(x), "y", y, "width", "1", "height", "1")
	w.empty("path", "d", shapes[series])
	w.WriteString("</svg>")
}

// text writes a text.
func (w *svg) text(text string, attributes ...string) {
	w.tag("text", attributes...)
	w.WriteString(html.EscapeString(text) + "</text>")
}

// unit writes a length with at most two decimals.
func unit(n float64, unit string) string {
	s := strconv.FormatFloat(n, 'f', 2, 64)
	s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
	if s == "-0" {
		s = "0"
	}
	if s == "0" {
		return s
	}
	return s + unit
}

func percent(n float64) string { return unit(n, "%") }

// width is about how wide a text is, in pixels.
func width(text string) float64 { return float64(utf8.RuneCountInString(text)) * letter }

// cut gives as much of a text as there is room for in so many pixels.
func cut(text string, room float64) string {
	most := max(2, int(room/letter))
	if utf8.RuneCountInString(text) <= most {
		return text
	}
	return strings.TrimRight(string([]rune(text)[:most-1]), " -–,;.") + "…"
}
