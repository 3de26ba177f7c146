package chart

import (
	"fmt"
	"math"
	"strings"
)

// The heights of a chart of lines, in em.
const (
	headRoom   = 1.6 // for numbers above the highest line
	plotHeight = 14.0
	footHeight = 1.9 // for the names of the points
)

// plot is the layout of a chart of lines.
type plot struct {
	Figure
	ticks       []Value
	left, right float64 // of the lines, in percent
	spaces      []*space
	written     map[mark]bool
}

func newPlot(f Figure) *plot {
	p := &plot{Figure: f, ticks: f.scale(), right: 93, spaces: []*space{{width: narrow}, {width: wide}}, written: map[mark]bool{}}
	room := 0.0
	for _, t := range p.ticks {
		room = max(room, width(f.Text(t)))
	}
	p.left = min(40, (room+em)*100/narrow) + 2
	return p
}

func (p *plot) height() float64 { return headRoom + plotHeight + footHeight }

// scale gives the numbers along the side: from 0 on, unless all that is shown lies so far from it that lines would be flat.
func (c *Chart) scale() (ticks []Value) {
	high, low := extremes(c.Series)
	top, bottom := c.Series[high.series].Values[high.point].Number, c.Series[low.series].Values[low.point].Number
	if bottom > 0 && bottom < top/2 || top == bottom && top > 0 {
		bottom = 0
	}
	if top < 0 && top > bottom/2 || top == bottom && top < 0 {
		top = 0
	}
	if top == bottom {
		top++
	}
	const about = 4
	power := math.Pow(10, math.Floor(math.Log10((top-bottom)/about)))
	step := 10 * power
	for _, n := range []float64{1, 2, 5} {
		if n*power*about >= top-bottom {
			step = n * power
			break
		}
	}
	decimals := max(0, int(-math.Floor(math.Log10(step)+1e-9)))
	first := math.Floor(bottom/step + 1e-9)
	for i := first; ; i++ {
		ticks = append(ticks, Value{true, i * step, decimals})
		if i*step >= top-step*1e-9 {
			return ticks
		}
	}
}

// x gives the place of a point, in percent.
func (p *plot) x(point int) float64 {
	if len(p.Points) == 1 {
		return (p.left + p.right) / 2
	}
	return p.left + (p.right-p.left)*float64(point)/float64(len(p.Points)-1)
}

// y gives the place of a number, in em.
func (p *plot) y(n float64) float64 {
	low, high := p.ticks[0].Number, p.ticks[len(p.ticks)-1].Number
	return headRoom + (high-n)/(high-low)*plotHeight
}

func (p *plot) draw(w *svg) {
	for _, t := range p.ticks {
		y := p.y(t.Number)
		w.empty("line", "class", "grid", "x1", percent(p.left-2), "x2", "100%", "y1", unit(y, "em"), "y2", unit(y, "em"))
		w.text(p.Text(t), "class", "tick", "x", percent(p.left-2), "dx", "-0.4em", "y", unit(y+0.35, "em"), "text-anchor", "end")
	}
	p.names(w)
	p.lines(w)
	p.marks(w)
	p.values(w)
}

// lines draws the lines in a picture of their own that is stretched, which dashes and strokes are not. Where a value is not known a line has a gap.
func (p *plot) lines(w *svg) {
	const size = 1000
	w.tag("svg", "class", "lines", "x", percent(p.left), "y", unit(headRoom, "em"), "width", percent(p.right-p.left), "height", unit(plotHeight, "em"),
		"viewBox", fmt.Sprintf("0 0 %d %d", size, size), "preserveAspectRatio", "none")
	for j, s := range p.Series {
		var d strings.Builder
		sign := "M"
		for i, v := range s.Values {
			if !v.Known {
				sign = "M"
				continue
			}
			x := (p.x(i) - p.left) / (p.right - p.left) * size
			y := (p.y(v.Number) - headRoom) / plotHeight * size
			fmt.Fprintf(&d, "%s%.0f %.0f", sign, x, y)
			sign = "L"
		}
		w.empty("path", "class", "stroke "+class(j), "d", d.String())
	}
	w.WriteString("</svg>")
}

// marks draws the marks of the series: of every point if there are few, or else of some, and of those that no line leads to.
func (p *plot) marks(w *svg) {
	every := (len(p.Points) + 15) / 16
	for j, s := range p.Series {
		for i, v := range s.Values {
			alone := (i == 0 || !s.Values[i-1].Known) && (i+1 == len(s.Values) || !s.Values[i+1].Known)
			if !v.Known || (i+j)%every != 0 && !alone {
				continue
			}
			w.mark(j, p.x(i), unit(p.y(v.Number), "em"))
			for _, s := range p.spaces {
				s.take(s.box(p.x(i), p.y(v.Number)*em, 2, "middle"))
			}
		}
	}
}

// names writes the names of as many points as there is room for below them, at equal distances from the first.
func (p *plot) names(w *svg) {
	const longest = 14 * letter
	room := 0.0
	texts := make([]string, len(p.Points))
	for i, name := range p.Points {
		texts[i] = cut(name, longest)
		room = max(room, width(texts[i])+em/2)
	}
	every := func(pixels float64) int {
		apart := (p.right - p.left) / 100 * pixels / float64(max(1, len(p.Points)-1))
		return max(1, int(math.Ceil(room/apart)))
	}
	apart := [2]int{every(narrow), every(wide)}
	y := headRoom + plotHeight + 1.45
	for i, text := range texts {
		var free [2]bool
		for k, s := range p.spaces {
			if box := s.box(p.x(i), y*em, width(text), p.anchor(i, width(text))); i%apart[k] == 0 && s.free(box) {
				free[k] = true
				s.take(box)
			}
		}
		kind, ok := shown(free)
		if !ok {
			continue
		}
		x := percent(p.x(i))
		w.empty("line", "class", "axis"+kind, "x1", x, "x2", x, "y1", unit(headRoom+plotHeight, "em"), "y2", unit(headRoom+plotHeight+0.35, "em"))
		w.text(text, "class", "tick"+kind, "x", x, "y", unit(y, "em"), "text-anchor", p.anchor(i, width(text)))
	}
}

// shown gives the class of what is free in narrow drawings, in wide ones or in both; ok is false for what is in neither.
func shown(free [2]bool) (kind string, ok bool) {
	switch free {
	case [2]bool{true, true}:
		return "", true
	case [2]bool{true, false}:
		return " narrow", true
	case [2]bool{false, true}:
		return " wide", true
	}
	return "", false
}

// anchor tells on which side of its point a text stands that would leave the drawing in the middle of it.
func (p *plot) anchor(point int, pixels float64) string {
	const margin = 14 // of the page, which a text may stand in
	at := p.x(point) / 100 * narrow
	switch {
	case pixels/2 > narrow-at+margin:
		return "end"
	case pixels/2 > at+margin:
		return "start"
	}
	return "middle"
}

// values writes the numbers at the marks, the most telling first: the last, the first, the highest and the lowest of each series, then all others for which there is room, unless
// there are so many that lines would be hard to see.
func (p *plot) values(w *svg) {
	const many = 60
	for _, telling := range []bool{true, false} {
		if !telling && len(p.Points)*len(p.Series) > many {
			return
		}
		for j, s := range p.Series {
			first, last := s.ends()
			high, low := extremes([]Series{s})
			order := []int{last, first, high.point, low.point}
			if !telling {
				order = nil
				for i := range s.Values {
					order = append(order, i)
				}
			}
			for _, i := range order {
				if s.Values[i].Known && !p.written[mark{j, i}] {
					p.written[mark{j, i}] = true
					p.value(w, j, i)
				}
			}
		}
	}
}

// value writes a number above its mark, or else below it, if there is room in a wide drawing at least.
func (p *plot) value(w *svg, series, point int) {
	v := p.Series[series].Values[point]
	text := p.Text(v)
	anchor := p.anchor(point, width(text))
	for _, away := range []float64{-0.65, 1.35} {
		base := p.y(v.Number) + away
		if base > headRoom+plotHeight {
			continue
		}
		var free [2]bool
		for i, s := range p.spaces {
			free[i] = s.free(s.box(p.x(point), (base-0.35)*em, width(text), anchor))
		}
		if !free[1] {
			continue
		}
		for i, s := range p.spaces {
			if free[i] {
				s.take(s.box(p.x(point), (base-0.35)*em, width(text), anchor))
			}
		}
		kind, _ := shown(free)
		w.text(text, "class", "value "+class(series)+kind, "x", percent(p.x(point)), "y", unit(base, "em"), "text-anchor", anchor)
		return
	}
}

// space is a drawing of a width in pixels, in which texts have taken places.
type space struct {
	width float64
	taken []box
}

type box struct{ left, top, right, bottom float64 }

// box gives the place of a text of so many pixels whose middle line is y.
func (s *space) box(x, y, pixels float64, anchor string) box {
	left := x/100*s.width - pixels/2
	switch anchor {
	case "start":
		left += pixels / 2
	case "end":
		left -= pixels / 2
	}
	return box{left - 3, y - em/2, left + pixels + 3, y + em/2}
}

func (s *space) free(b box) bool {
	for _, t := range s.taken {
		if b.left < t.right && t.left < b.right && b.top < t.bottom && t.top < b.bottom {
			return false
		}
	}
	return true
}

func (s *space) take(b box) { s.taken = append(s.taken, b) }
