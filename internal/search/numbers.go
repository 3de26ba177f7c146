package search

import (
	"strings"
	"unicode/utf8"

	"leerblad/internal/fold"
)

// What numbers in parts that are no thousands and no telephone's are one word too, such as 2021/2022 or 12.34.56.
const (
	shortestPartOfNumber = 2 // digits
	leastDigits          = 5
	mostDigits           = 15 // more are a row of a table
)

// numbers gives text without the signs between thousands, and what numbers in it are as one word: those with decimals with a point before
// them, those with other signs between their digits without. client/words.js reads them in the same way.
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
	for _, between := range []func(string) int{gap, mark} {
		eachNumber(plain, between, func(from, to int) {
			if number := plain[from:to]; grouped(number) {
				whole = append(whole, digits(number))
			}
		})
	}
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

// mark gives the length of a point, slash or hyphen.
func mark(text string) int {
	if text != "" && strings.IndexByte("./-", text[0]) >= 0 {
		return 1
	}
	return 0
}

// grouped reports whether digits with signs between them are one number: that of a telephone, thousands, or parts that are not too short. What
// hyphens alone join is one word anyhow; a slash parts no thousands, and one point stands before decimals.
func grouped(number string) bool {
	parts := strings.FieldsFunc(number, func(r rune) bool { return !isDigit(r) })
	n := len(digits(number))
	switch {
	case number == strings.Join(parts, "-"):
		return false
	case number[0] == '0' && 9 <= n && n <= 12:
		return true
	case len(parts) == 2 && strings.Contains(number, "."):
		return false
	}
	thousands := number[0] != '0' && len(parts[0]) <= 3 && !strings.Contains(number, "/")
	long := leastDigits <= n && n <= mostDigits && len(parts[0]) >= shortestPartOfNumber
	for _, p := range parts[1:] {
		thousands, long = thousands && len(p) == 3, long && len(p) >= shortestPartOfNumber
	}
	return thousands || long
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
