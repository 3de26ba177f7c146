package frontmatter

import (
	"bytes"
	"regexp"

	"leerblad/internal/source"
)

// properties are what may stand before a YAML value: an anchor or a tag.
var properties = regexp.MustCompile(`^(?:[&!]\S*[ \t\r\n]+)*`)

// Within gives the place of Value[start:end] as it is written: between quotation marks, indented, or on more lines. ok is false where that
// cannot be told, for it is written with escapes.
func (t Text) Within(start, end int) (span source.Span, ok bool) {
	if !t.Set() || start < 0 || start > end || end > len(t.Value) {
		return source.Span{}, false
	}
	data := t.Span.File.Data
	at := t.Span.Start + len(properties.Find(data[t.Span.Start:]))
	var quote byte
	if at < len(data) {
		switch data[at] {
		case '"', '\'':
			quote = data[at]
			at++
		case '|', '>':
			i := bytes.IndexByte(data[at:], '\n')
			if i < 0 {
				return source.Span{}, false
			}
			at += i
		}
	}
	for ; at < len(data) && blank(data[at]); at++ {
	}
	first := at
	for i := 0; ; i++ {
		if i == start {
			first = at
		}
		if i == end {
			return source.At(t.Span.File, first, at), true
		}
		if blank(t.Value[i]) {
			for ; at < len(data) && blank(data[at]); at++ {
			}
			continue
		}
		if at+1 < len(data) && (quote == '\'' && data[at] == '\'' && data[at+1] == '\'' || quote == '"' && data[at] == '\\') {
			at++
		}
		if at >= len(data) || data[at] != t.Value[i] {
			return source.Span{}, false
		}
		at++
	}
}

func blank(b byte) bool { return b == ' ' || b == '\t' || b == '\n' || b == '\r' }
