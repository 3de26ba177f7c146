package search

import (
	"strings"
	"unicode/utf8"

	"leerblad/internal/fold"
)

// numbers gives text without the signs between thousands, and what numbers in it are as one word: those with decimals with a point before
// them, those with blanks between their digits without. client/words.js reads them in the same way.
func numbers(text string) (plain string, whole []string) {
	var out strings.Builder
	done := 0 // how much of text is in out
	eachNumber(text, point, func(from, to int) {
		number := text[from:to]
		if n := thousands(number); n > 0 {
			out.WriteString(text[done:from])
			out.WriteString(digits(number[:n]))
			done = from + n
			number = digits(number[:n]) + number[n:]
		}
		if parts := strings.FieldsFunc(number, func(r rune) bool { return !isDigit(r) }); len(parts) == 2 {
			whole = append(whole, parts[0]+"."+parts[1])
		}
	})
	plain = text
	if done > 0 {
		out.WriteString(text[done:])
		plain = out.String()
	}
	eachNumber(plain, gap, func(from, to int) {
		if number := plain[from:to]; grouped(number) {
			whole = append(whole, digits(number))
		}
	})
	return plain, whole
}

// eachNumber calls each with where digits begin and end that have one sign between them at least. between gives the length of such a sign at
// the beginning of a text, or 0.
func eachNumber(text string, between func(text string) int, each func(from, to int)) {
	end := func(at int) int {
		for at < len(text) && isDigit(rune(text[at])) {
			at++
		}
		return at
	}
	for from := 0; from < len(text); from++ {
		if !isDigit(rune(text[from])) { // most are not
			next := strings.IndexAny(text[from:], "0123456789")
			if next < 0 {
				return
			}
			from += next
		}
		first := end(from)
		to := first
		for to > from {
			n := between(text[to:])
			next := end(to + n)
			if n == 0 || next == to+n {
				break
			}
			to = next
		}
		if to > first {
			each(from, to)
		}
		from = to
	}
}

// point gives the length of a sign that stands between thousands or before decimals.
func point(text string) int {
	if text != "" && (text[0] == '.' || text[0] == ',') {
		return 1
	}
	return 0
}

// gap gives the length of a blank or hyphen.
func gap(text string) int {
	switch r, n := utf8.DecodeRuneInString(text); r {
	case ' ', fold.Hyphen, '\u00a0', '\u2009', '\u202f':
		return n
	}
	return 0
}

// thousands gives how many bytes of a number are one whose thousands have signs between them, all the same.
func thousands(number string) int {
	to := strings.IndexAny(number, ".,")
	if number[0] == '0' || to > 3 {
		return 0
	}
	for sign := number[to]; to < len(number) && number[to] == sign; {
		group, _, _ := strings.Cut(strings.ReplaceAll(number[to+1:min(len(number), to+5)], ",", "."), ".")
		if len(group) != 3 {
			return 0
		}
		to += 4
	}
	return to
}

// grouped reports whether digits with blanks between them are one number: thousands, or those of a telephone. What hyphens alone join is one
// word anyhow.
func grouped(number string) bool {
	if !strings.ContainsFunc(number, func(r rune) bool { return !isDigit(r) && r != fold.Hyphen }) {
		return false
	}
	if number[0] == '0' {
		n := len(digits(number))
		return 9 <= n && n <= 12
	}
	parts := strings.FieldsFunc(number, func(r rune) bool { return !isDigit(r) })
	for _, p := range parts[1:] {
		if len(p) != 3 {
			return false
		}
	}
	return len(parts[0]) <= 3
}

// digits gives the digits of a number.
func digits(number string) string {
	return strings.Map(func(r rune) rune {
		if isDigit(r) {
			return r
		}
		return -1
	}, number)
}
