package source

import (
	"bytes"
	"sort"
	"unicode/utf8"
)

// Lines finds lines and columns in a text without going through it each time.
type Lines struct {
	data   []byte
	starts []int // offsets of the lines
	counts []count
}

// count says how many characters stand before an offset.
type count struct{ at, characters int }

// stride is about how many bytes there are between counts.
const stride = 512

// NewLines reads a text, which must not change afterwards.
func NewLines(data []byte) *Lines {
	l := &Lines{data: data, starts: make([]int, 1, 1+bytes.Count(data, []byte("\n"))), counts: make([]count, 1, 1+len(data)/stride)}
	for i, b := range data {
		if b == '\n' {
			l.starts = append(l.starts, i+1)
		}
	}
	for c := (count{}); c.at+stride < len(data); l.counts = append(l.counts, c) {
		next := c.at + stride
		for n := 0; n < utf8.UTFMax && next < len(data) && !utf8.RuneStart(data[next]); n++ {
			next++
		}
		c.characters += utf8.RuneCount(data[c.at:next])
		c.at = next
	}
	return l
}

// line gives the index of the line that an offset is in.
func (l *Lines) line(at int) int { return sort.SearchInts(l.starts, at+1) - 1 }

// before gives how many characters stand before an offset.
func (l *Lines) before(at int) int {
	c := l.counts[sort.Search(len(l.counts), func(i int) bool { return l.counts[i].at > at })-1]
	return c.characters + utf8.RuneCount(l.data[c.at:at])
}

// Position gives the 1-based line and column of an offset. A column counts characters; a byte that is not UTF-8 counts as one.
func (l *Lines) Position(at int) (line, column int) {
	at = min(max(at, 0), len(l.data))
	n := l.line(at)
	return n + 1, l.before(at) - l.before(l.starts[n]) + 1
}

// Offset gives the offset of a 1-based line and column: the end of the line, or of the text, where there are fewer.
func (l *Lines) Offset(line, column int) int {
	if line > len(l.starts) {
		return len(l.data)
	}
	start, end := l.extent(max(line, 1) - 1)
	if column <= 1 {
		return start
	}
	wanted := l.before(start) + column - 1
	c := l.counts[sort.Search(len(l.counts), func(i int) bool { return l.counts[i].characters > wanted })-1]
	at, n := max(c.at, start), wanted-c.characters
	if c.at < start {
		n = column - 1
	}
	for ; n > 0 && at < end; n-- {
		_, size := utf8.DecodeRune(l.data[at:])
		at += size
	}
	return min(at, end)
}

// extent gives where the line with an index begins and where its line break, or the text, begins or ends.
func (l *Lines) extent(n int) (start, end int) {
	if n+1 < len(l.starts) {
		return l.starts[n], l.starts[n+1] - 1
	}
	return l.starts[n], len(l.data)
}
