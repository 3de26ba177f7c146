package chart

// The heights of a row of bars, in em.
const (
	nameHeight = 1.4
	barHeight  = 1.0
	barPitch   = 1.2
	rowGap     = 0.8
	textHeight = 1.2 // of numbers below a bar
)

// bars is the layout of a chart of bars: rows with the name of a point, and its bars below it.
type bars struct {
	Figure
	low, high   float64 // of what is drawn; 0 is in it
	left, right float64 // room for numbers beside the bars, in percent
}

func newBars(f Figure) *bars {
	b := &bars{Figure: f}
	series := f.Series
	if f.Kind == Stacked {
		series = []Series{f.Totals()}
	}
	var left, right float64 // in pixels
	for _, s := range series {
		for _, v := range s.Values {
			b.low, b.high = min(b.low, v.Number), max(b.high, v.Number)
			room := width(f.Text(v)) + em/2
			if v.Number < 0 {
				left = max(left, room)
			} else {
				right = max(right, room)
			}
		}
	}
	if b.low == b.high {
		b.high = 1
	}
	const most = 80 // percent, for numbers of as many digits as there may be on both sides
	b.left, b.right = left*100/narrow, right*100/narrow
	if all := b.left + b.right; all > most {
		b.left, b.right = b.left*most/all, b.right*most/all
	}
	return b
}

// x gives the place of a number, in percent.
func (b *bars) x(n float64) float64 {
	return b.left + (n-b.low)/(b.high-b.low)*(100-b.left-b.right)
}

// row is how high a point is.
func (b *bars) row() float64 {
	height := nameHeight + barPitch + rowGap
	switch {
	case b.Kind == Bar:
		height += float64(len(b.Series)-1) * barPitch
	case b.Piled():
		height += textHeight
	}
	return height
}

func (b *bars) height() float64 { return float64(len(b.Points))*b.row() - rowGap }

func (b *bars) draw(w *svg) {
	for i, name := range b.Points {
		top := float64(i) * b.row()
		b.name(w, name, top)
		top += nameHeight
		if b.Kind == Stacked {
			b.pile(w, i, top)
			b.axis(w, top, 1)
			continue
		}
		for j, s := range b.Series {
			b.bar(w, s.Values[i], j, top+float64(j)*barPitch)
		}
		b.axis(w, top, len(b.Series))
	}
}

// name writes the name of a point, as much of it as there is room for; the table has all of it.
func (b *bars) name(w *svg, name string, top float64) {
	y := unit(top+1, "em")
	short, long := cut(name, narrow), cut(name, wide)
	if short == long {
		w.text(name, "class", "name", "x", "0", "y", y)
		return
	}
	w.text(short, "class", "name narrow", "x", "0", "y", y)
	w.text(long, "class", "name wide", "x", "0", "y", y)
}

// axis draws the line from which bars begin.
func (b *bars) axis(w *svg, top float64, n int) {
	x := percent(b.x(0))
	w.empty("line", "class", "axis", "x1", x, "x2", x, "y1", unit(top-(barPitch-barHeight)/2, "em"), "y2", unit(top+float64(n)*barPitch-(barPitch-barHeight)/2, "em"))
}

// bar draws one bar with its number behind it.
func (b *bars) bar(w *svg, v Value, series int, top float64) {
	zero, end := b.x(0), b.x(v.Number)
	if v.Number != 0 {
		w.fill(class(series), min(zero, end), max(zero, end), unit(top, "em"), unit(barHeight, "em"), unit(top+barHeight/2, "em"))
	}
	anchor, aside := "start", "0.4em"
	if v.Number < 0 {
		anchor, aside = "end", "-0.4em"
	}
	w.text(b.Text(v), "class", "value", "x", percent(end), "dx", aside, "y", unit(top+0.85, "em"), "text-anchor", anchor)
}

// pile draws the bars of a point in one, each with its number below it where there is room for that, and their sum behind it.
func (b *bars) pile(w *svg, point int, top float64) {
	y := unit(top+0.85, "em")
	total := b.Total(point)
	sum := 0.0
	for j, s := range b.Series {
		v := s.Values[point]
		if v.Number == 0 {
			continue
		}
		from, to := b.x(sum), b.x(sum+v.Number)
		sum += v.Number
		w.fill(class(j), from, to, unit(top, "em"), unit(barHeight, "em"), unit(top+barHeight/2, "em"))
		if !b.Piled() {
			continue
		}
		text, room := b.Text(v), (to-from)/100
		if fit := fits(width(text)+2, room); fit != "none" {
			w.text(text, "class", "value"+fit, "x", percent((from+to)/2), "y", unit(top+0.95+textHeight, "em"), "text-anchor", "middle")
		}
	}
	w.text(b.Text(total), "class", "value total", "x", percent(b.x(total.Number)), "dx", "0.4em", "y", y)
}

// fits tells whether there is room for something of so many pixels in a part of a drawing: "" if there always is, " wide" if only in a wide one, or "none".
func fits(pixels, part float64) string {
	switch {
	case pixels <= part*narrow:
		return ""
	case pixels <= part*wide:
		return " wide"
	}
	return "none"
}
