package chart

import "strings"

// Words gives an interface text with its arguments.
type Words func(key string, args ...any) string

// Says tells a chart in sentences: how each series goes from its first point to its last, if the points are moments or a line joins them, and what is
// highest and lowest. Of bars that stand on each other it is the sums that are told, unless these are all the same.
func (c *Chart) Says(words Words, signs Signs) string {
	text := func(v Value) string { return c.with(signs.Text(v)) }
	series, one := c.Series, len(c.Series) == 1
	if total := c.Totals(); c.Piled() && !total.level() {
		total.Name = words("chart.total")
		series, one = []Series{total}, false
	}
	var out []string
	if c.Kind == Line || moments(c.Points) {
		for _, s := range series {
			first, last := s.ends()
			switch {
			case first == last:
			case one:
				out = append(out, words("chart.course", signs.Text(s.Values[first]), c.Points[first], text(s.Values[last]), c.Points[last]))
			default:
				out = append(out, words("chart.course-of", s.Name, signs.Text(s.Values[first]), c.Points[first], text(s.Values[last]), c.Points[last]))
			}
		}
	}
	high, low := extremes(series)
	where := func(m mark) string {
		if one {
			return c.Points[m.point]
		}
		return series[m.series].Name + ", " + c.Points[m.point]
	}
	if value := series[high.series].Values[high.point]; high == low {
		out = append(out, words("chart.only", text(value), where(high)))
	} else {
		out = append(out, words("chart.highest", text(value), where(high)), words("chart.lowest", text(series[low.series].Values[low.point]), where(low)))
	}
	return strings.Join(out, " ")
}

// with writes the unit behind a number.
func (c *Chart) with(number string) string {
	switch c.Unit {
	case "":
		return number
	case "%", "‰", "°":
		return number + c.Unit
	}
	return number + "\u00a0" + c.Unit
}

// mark is the place of a value.
type mark struct{ series, point int }

// ends gives the first and the last point of which the value is known.
func (s Series) ends() (first, last int) {
	first = -1
	for i, v := range s.Values {
		if v.Known {
			if first < 0 {
				first = i
			}
			last = i
		}
	}
	return max(first, 0), last
}

// level reports whether all values that are known are the same.
func (s Series) level() bool {
	high, low := extremes([]Series{s})
	return high == low
}

// extremes gives the first of the highest and of the lowest values. They are the same where all are equal.
func extremes(series []Series) (high, low mark) {
	found := false
	at := func(m mark) float64 { return series[m.series].Values[m.point].Number }
	for i, s := range series {
		for j, v := range s.Values {
			m := mark{i, j}
			switch {
			case !v.Known:
			case !found:
				high, low, found = m, m, true
			case v.Number > at(high):
				high = m
			case v.Number < at(low):
				low = m
			}
		}
	}
	return high, low
}

// moments reports whether each point names a year, so that their order is that of time.
func moments(points []string) bool {
	for _, p := range points {
		if !hasYear(p) {
			return false
		}
	}
	return true
}

func hasYear(text string) bool {
	isDigit := func(r rune) bool { return '0' <= r && r <= '9' }
	for _, word := range strings.FieldsFunc(text, func(r rune) bool { return !isDigit(r) }) {
		if len(word) == 4 && (word[:2] == "19" || word[:2] == "20") {
			return true
		}
	}
	return false
}
