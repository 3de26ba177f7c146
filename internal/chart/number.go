package chart

import (
	"strconv"
	"strings"
)

// digits is the most digits of a number: a float64 holds no more, and no chart is read with more.
const digits = 15

// reading says with what sign before its decimals a number can be read.
type reading int

const (
	noNumber reading = iota
	anyway           // it has no sign that could be either
	comma            // as in Dutch: 1.000,5
	point            // as in English: 1,000.5
	either           // 1.000 or 1,000: a thousand or one with three decimals
	tooLong
)

// plain takes out of a cell the blanks between thousands, and gives its sign apart.
func plain(text string) (unsigned string, negative bool) {
	text = strings.NewReplacer(" ", "", "\u00a0", "", "\u202f", "", "\u2009", "", "'", "", "’", "").Replace(text)
	for _, minus := range []string{"-", "−", "–"} {
		if rest, ok := strings.CutPrefix(text, minus); ok {
			return rest, true
		}
	}
	return strings.TrimPrefix(text, "+"), false
}

// readingOf tells how a cell that is not empty can be read. What settles it, in this order: a sign that stands more than once is between thousands; of two
// signs the last is before decimals; a single one that does not stand before just three digits, after one to three that begin with no 0, is before
// decimals. Otherwise it is either.
func readingOf(text string) reading {
	text, _ = plain(text)
	n := 0
	for _, r := range text {
		if '0' <= r && r <= '9' {
			n++
		} else if r != '.' && r != ',' {
			return noNumber
		}
	}
	if n == 0 {
		return noNumber
	}
	if n > digits {
		return tooLong
	}
	as := func(decimal byte) bool { return grouped(text, decimal) }
	commas, points := strings.Count(text, ","), strings.Count(text, ".")
	switch asComma, asPoint := as(','), as('.'); {
	case commas == 0 && points == 0:
		return anyway
	case asComma && asPoint:
		return either
	case asComma:
		return comma
	case asPoint:
		return point
	}
	return noNumber
}

// grouped reports whether a text is a number with this sign before its decimals, and the other one, if at all, between thousands.
func grouped(text string, decimal byte) bool {
	thousands := byte('.' + ',' - int(decimal))
	whole, decimals, has := strings.Cut(text, string(decimal))
	if has && (decimals == "" || whole == "" || strings.IndexByte(decimals, decimal) >= 0 || strings.IndexByte(decimals, thousands) >= 0) {
		return false
	}
	groups := strings.Split(whole, string(thousands))
	if len(groups) == 1 {
		return true
	}
	if groups[0] == "" || len(groups[0]) > 3 || groups[0][0] == '0' {
		return false
	}
	for _, g := range groups[1:] {
		if len(g) != 3 {
			return false
		}
	}
	return true
}

// valueOf reads a number with comma or point before its decimals.
func valueOf(text string, as reading) Value {
	text, negative := plain(text)
	if as == comma {
		text = strings.ReplaceAll(strings.ReplaceAll(text, ".", ""), ",", ".")
	} else {
		text = strings.ReplaceAll(text, ",", "")
	}
	_, decimals, _ := strings.Cut(text, ".")
	n, _ := strconv.ParseFloat(text, 64)
	if negative && n != 0 {
		n = -n
	}
	return Value{Known: true, Number: n, Decimals: len(decimals)}
}
