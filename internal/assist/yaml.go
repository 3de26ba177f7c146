package assist

import (
	"bytes"
	"slices"
	"strings"
)

// yamlLine is a line of a block.
type yamlLine struct {
	start, end int    // of its text, without line break
	dash       int    // the column of its first dash, or -1
	indent     int    // the column of what follows dashes
	content    int    // the offset of that
	key        string // "" without one
	keyEnd     int
	value      int  // the offset of the value behind a key or dash
	inside     bool // it goes on with a value above it
}

func (l yamlLine) empty() bool { return l.content == l.end }

const letters = "abcdefghijklmnopqrstuvwxyz"

// keyLike reports whether a line begins with a key.
func keyLike(line string) bool {
	name, _, ok := strings.Cut(strings.TrimLeft(line, " "), ":")
	return ok && name != "" && !strings.ContainsAny(name, " \t\"'[]{},")
}

// yamlLines gives the lines of the block.
func yamlLines(data []byte, start, end int) (out []yamlLine) {
	for at := start; ; {
		l := yamlLine{start: at, end: end, dash: -1}
		next := end
		if i := bytes.IndexByte(data[at:end], '\n'); i >= 0 {
			l.end, next = at+i, at+i+1
		}
		if l.end > at && data[l.end-1] == '\r' {
			l.end--
		}
		l.content = at
		blanks := func() {
			for l.content < l.end && (data[l.content] == ' ' || data[l.content] == '\t') {
				l.content++
			}
		}
		blanks()
		for l.content < l.end && data[l.content] == '-' && (l.content+1 == l.end || data[l.content+1] == ' ') {
			if l.dash < 0 {
				l.dash = l.content - at
			}
			l.content++
			blanks()
		}
		l.indent, l.value, l.keyEnd = l.content-at, l.content, l.content
		text := string(data[l.content:l.end])
		if name, rest, ok := strings.Cut(text, ":"); ok && keyLike(text) && (rest == "" || rest[0] == ' ' || rest[0] == '\t') {
			l.key, l.keyEnd = name, l.content+len(name)
			l.value = l.keyEnd + 1
			for l.value < l.end && (data[l.value] == ' ' || data[l.value] == '\t') {
				l.value++
			}
		}
		out = append(out, l)
		if next == end {
			if next > at && data[next-1] == '\n' { // the block may go on on the line that it ends before
				out = append(out, yamlLine{start: end, end: end, dash: -1, content: end, value: end, keyEnd: end})
			}
			return out
		}
		at = next
	}
}

// continues gives the offset up to which the value of a line goes on, and whether it is one between brackets.
func (b *Buffer) continues(lines []yamlLine, i int) (stop int, flow bool) {
	l, data := lines[i], b.File.Data
	if l.inside || l.empty() || l.value >= l.end {
		return l.end, false
	}
	deeper := func() int { // the lines that belong to it by their indents
		least := l.indent
		if l.key == "" && l.dash >= 0 {
			least = l.dash
		}
		stop := l.end
		for _, next := range lines[i+1:] {
			if !next.empty() && min(next.indent, or(next.dash, next.indent)) <= least {
				break
			}
			stop = next.end
		}
		return stop
	}
	switch data[l.value] {
	case '|', '>':
		return deeper(), false
	case '[', '{':
		return bracketEnd(data, l.value, deeper(), l.end), true
	case '"', '\'':
		stop := deeper()
		if end := quoteEnd(data, l.value, stop); end < stop {
			return max(end, l.end), false
		}
		return l.end, false
	}
	return l.end, false
}

func or(dash, indent int) int {
	if dash >= 0 {
		return dash
	}
	return indent
}

// quoteEnd gives the offset of the quotation mark that closes the one at an offset, or limit.
func quoteEnd(data []byte, open, limit int) int {
	for i := open + 1; i < limit; i++ {
		switch {
		case data[open] == '"' && data[i] == '\\':
			i++
		case data[i] != data[open]:
		case data[open] == '\'' && i+1 < limit && data[i+1] == '\'':
			i++
		default:
			return i
		}
	}
	return limit
}

// bracketEnd gives the offset behind the bracket that closes the one at open; without one that is the end of the line.
func bracketEnd(data []byte, open, limit, line int) int {
	depth := 0
	for i := open; i < limit; i++ {
		switch data[i] {
		case '[', '{':
			depth++
		case ']', '}':
			if depth--; depth == 0 {
				return i + 1
			}
		case '"', '\'':
			if i > open && opens(data[open:i]) {
				i = quoteEnd(data, i, limit)
			}
		}
	}
	return line
}

// opens reports whether a quotation mark behind text opens a value between brackets.
func opens(text []byte) bool {
	text = bytes.TrimRight(text, " \t\r\n")
	return len(text) > 0 && bytes.IndexByte([]byte("[{,:"), text[len(text)-1]) >= 0
}

// closed reports whether what begins with a bracket at open ends before stop.
func closed(data []byte, open, stop int) bool {
	return stop > open+1 && (data[stop-1] == ']' || data[stop-1] == '}')
}

func blank(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' }

// comment gives where the comment of a line begins, or -1.
func comment(line []byte) int {
	var quote byte
	for i, c := range line {
		switch {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case (c == '"' || c == '\'') && (i == 0 || blank(line[i-1])):
			quote = c
		case c == '#' && (i == 0 || blank(line[i-1])):
			return i
		}
	}
	return -1
}

// pathTo gives the keys in whose values a line stands.
func pathTo(lines []yamlLine, n int) (out []string) {
	col, item := lines[n].indent, false
	if lines[n].dash >= 0 {
		col, item = lines[n].dash, true
	}
	for i := n - 1; i >= 0 && (col > 0 || item); i-- {
		l := lines[i]
		switch {
		case l.inside || l.empty() && l.dash < 0:
		case l.dash >= 0 && l.dash < col && l.indent >= col && !item: // the item that the line belongs to
			col, item = l.dash, true
		case l.key != "" && (l.indent < col || item && l.indent == col && l.dash < 0):
			out = append(out, l.key)
			if col, item = l.indent, false; l.dash >= 0 {
				col, item = l.dash, true
			}
		}
	}
	slices.Reverse(out)
	return out
}

// others gives the keys of the mapping that a line stands in, but for its own.
func others(lines []yamlLine, n int) (out []string) {
	own := lines[n]
	for i := n - 1; i >= 0 && own.dash < 0; i-- {
		l := lines[i]
		if l.inside || l.empty() && l.dash < 0 {
			continue
		}
		if l.indent < own.indent {
			break
		}
		if l.indent == own.indent {
			if l.key != "" {
				out = append(out, l.key)
			}
			if l.dash >= 0 {
				break
			}
		}
	}
	for _, l := range lines[n+1:] {
		if l.inside || l.empty() && l.dash < 0 {
			continue
		}
		if l.indent < own.indent || l.dash >= 0 && l.dash < own.indent {
			break
		}
		if l.indent == own.indent && l.key != "" {
			out = append(out, l.key)
		}
	}
	return out
}
