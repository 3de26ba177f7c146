package source

import (
	"bytes"
	"unicode/utf8"
)

var bom = []byte("\ufeff")

// Span is a range of bytes [Start, End) in a file.
type Span struct {
	File       *File
	Start, End int
}

// At makes a span in f, cut to the file's length.
func At(f *File, start, end int) Span {
	start = min(max(start, 0), len(f.Data))
	return Span{f, start, min(max(end, start), len(f.Data))}
}

// Line gives the span of the 1-based line n of f, without its line break.
func Line(f *File, n int) Span {
	start := 0
	for ; n > 1; n-- {
		i := bytes.IndexByte(f.Data[start:], '\n')
		if i < 0 {
			break
		}
		start += i + 1
	}
	return At(f, start, lineEnd(f.Data, start))
}

// Position gives the 1-based line and column of the span's start. A column counts characters; a
// byte order mark is not one of them. A byte that is not UTF-8 counts as one character.
func (s Span) Position() (line, column int) {
	if s.File == nil {
		return 1, 1
	}
	lines := s.File.index()
	line, column = lines.Position(s.Start)
	if line == 1 && column > 1 && bytes.HasPrefix(lines.data, bom) {
		column--
	}
	return line, column
}

// line gives the text, and where in it the span's start is and its line begins and ends, without byte order mark and line break, and
// without a secret.
func (s Span) line() (data []byte, start, from, to int) {
	lines := s.File.index()
	data = lines.data
	start = min(s.Start, len(data))
	from, to = lines.extent(lines.line(start))
	if to > start && data[to-1] == '\r' && to < len(data) {
		to--
	}
	if from == 0 && bytes.HasPrefix(data[:start], bom) {
		from = len(bom)
	}
	to = shown(s.File.Path, data, min(from, to), to)
	return data, min(start, to), from, to
}

// LineText gives the whole first line of the span, without byte order mark and line break.
func (s Span) LineText() string {
	if s.File == nil {
		return ""
	}
	data, _, from, to := s.line()
	return string(bytes.TrimPrefix(data[from:to], bom))
}

// Excerpt gives the part of the span's first line around its start, of at most width characters, and how many
// of them stand before the start. All of a line that is short enough is given.
func (s Span) Excerpt(width int) (text string, before int) {
	if s.File == nil {
		return "", 0
	}
	data, start, from, to := s.line()
	const wide = utf8.UTFMax
	head := []rune(string(data[max(from, start-width*wide):start]))
	if len(head) > width*3/4 {
		head = head[len(head)-width/2:]
	}
	tail := []rune(string(data[start:min(to, start+width*wide)]))
	tail = tail[:min(len(tail), width-len(head))]
	return string(head) + string(tail), len(head)
}

// Text gives the bytes that the span covers.
func (s Span) Text() string {
	if s.File == nil {
		return ""
	}
	data := s.File.Data
	return string(data[min(s.Start, len(data)):min(s.End, len(data))])
}

// lineEnd gives the offset of the end of the line that start is in, before \n or \r\n.
func lineEnd(data []byte, start int) int {
	end := len(data)
	if i := bytes.IndexByte(data[start:], '\n'); i >= 0 {
		end = start + i
		if end > start && data[end-1] == '\r' {
			end--
		}
	}
	return end
}

// InvalidUTF8 gives the offset of the first byte that is not UTF-8, or -1.
func InvalidUTF8(data []byte) int {
	if utf8.Valid(data) {
		return -1
	}
	at := 0
	for at < len(data) {
		r, n := utf8.DecodeRune(data[at:])
		if r == utf8.RuneError && n == 1 {
			break
		}
		at += n
	}
	return at
}
