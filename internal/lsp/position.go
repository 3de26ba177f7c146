package lsp

import (
	"bytes"
	"sort"
	"unicode/utf8"
)

// encoding says what the character of a Position counts.
type encoding string

// The encodings that are spoken: bytes, and what most editors hold texts in, of which characters beyond U+FFFF take two.
const (
	utf8Bytes  encoding = "utf-8"
	utf16Units encoding = "utf-16"
)

// lines finds positions in a text without going through it each time. A line ends with \n, \r\n or \r.
type lines struct {
	data   []byte
	starts []int // offsets of the lines
	counts []count
}

// count says how many UTF-16 units stand before an offset.
type count struct{ at, units int }

// stride is about how many bytes there are between counts.
const stride = 512

var bom = []byte("\ufeff")

// newLines reads a text, which must not change afterwards. Where skip is true a byte order mark is not part of the first line: editors that
// read a file themselves do not show it.
func newLines(data []byte, skip bool) *lines {
	l := &lines{data: data, starts: make([]int, 1, 1+bytes.Count(data, []byte("\n"))), counts: make([]count, 1, 1+len(data)/stride)}
	if skip && bytes.HasPrefix(data, bom) {
		l.starts[0] = len(bom)
	}
	for i, b := range data {
		if b == '\n' || b == '\r' && (i+1 == len(data) || data[i+1] != '\n') {
			l.starts = append(l.starts, i+1)
		}
	}
	for c := (count{}); c.at+stride < len(data); l.counts = append(l.counts, c) {
		next := c.at + stride
		for n := 0; n < utf8.UTFMax && next < len(data) && !utf8.RuneStart(data[next]); n++ {
			next++
		}
		c.units += units(data[c.at:next])
		c.at = next
	}
	return l
}

// units counts the UTF-16 units of a text. A byte that is not UTF-8 counts as one: it is shown as one character.
func units(data []byte) (n int) {
	for len(data) > 0 {
		r, size := utf8.DecodeRune(data)
		n++
		if r > 0xffff {
			n++
		}
		data = data[size:]
	}
	return n
}

// before gives how many UTF-16 units stand before an offset.
func (l *lines) before(at int) int {
	c := l.counts[sort.Search(len(l.counts), func(i int) bool { return l.counts[i].at > at })-1]
	return c.units + units(l.data[c.at:at])
}

// end gives where the line with an index ends, before its line break.
func (l *lines) end(n int) int {
	if n+1 == len(l.starts) {
		return len(l.data)
	}
	end := l.starts[n+1] - 1
	if end > l.starts[n] && l.data[end] == '\n' && l.data[end-1] == '\r' {
		end--
	}
	return end
}

// position gives the position of an offset. One in a line break is at the end of its line, one in a character at its start.
func (l *lines) position(at int, e encoding) Position {
	at = min(max(at, l.starts[0]), len(l.data))
	n := sort.SearchInts(l.starts, at+1) - 1
	start, end := l.starts[n], l.end(n)
	if at = min(at, end); at < end {
		at = start + runeStart(l.data[start:end], at-start)
	}
	if e == utf8Bytes {
		return Position{n, at - start}
	}
	return Position{n, l.before(at) - l.before(start)}
}

// offset gives the offset of a position: the end of the line, or of the text, where there are fewer, and the start of a character that it is
// in the middle of.
func (l *lines) offset(p Position, e encoding) int {
	switch {
	case p.Line < 0:
		return l.starts[0]
	case p.Line >= len(l.starts):
		return len(l.data)
	}
	start, end := l.starts[p.Line], l.end(p.Line)
	if p.Character <= 0 {
		return start
	}
	if e == utf8Bytes {
		if p.Character >= end-start {
			return end
		}
		return start + runeStart(l.data[start:end], p.Character)
	}
	// There are no more units than bytes.
	wanted := l.before(start) + min(p.Character, end-start)
	c := l.counts[sort.Search(len(l.counts), func(i int) bool { return l.counts[i].units > wanted })-1]
	if c.at < start {
		c = count{start, l.before(start)}
	}
	for c.at < end {
		r, size := utf8.DecodeRune(l.data[c.at:])
		if c.units++; r > 0xffff {
			c.units++
		}
		if c.units > wanted {
			break
		}
		c.at += size
	}
	return min(c.at, end)
}

// runeStart gives where the character begins that the byte at an offset is part of.
func runeStart(data []byte, at int) int {
	for from := at; from >= 0 && from > at-utf8.UTFMax; from-- {
		if utf8.RuneStart(data[from]) {
			if _, size := utf8.DecodeRune(data[from:]); from+size > at {
				return from
			}
			break
		}
	}
	return at
}
