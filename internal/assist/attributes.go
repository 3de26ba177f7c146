package assist

import (
	"bytes"
	"strings"

	"leerblad/internal/source"
)

// attribute is one word between the braces behind a heading or finding: #id, .class or name=value.
type attribute struct {
	name  string // "#" of an id, "." of a class
	span  source.Span
	value source.Span // without quotation marks
	set   bool        // there is a = , # or .
}

// attributesIn gives the words between the braces that a span holds.
func attributesIn(span source.Span) (out []attribute) {
	if span.File == nil {
		return nil
	}
	text := span.Text()
	open := strings.IndexByte(text, '{')
	if open < 0 {
		return nil
	}
	start, quoted := -1, false
	for i := open + 1; i <= len(text); i++ {
		end := i == len(text) || text[i] == '}' && !quoted
		if !end && text[i] == '"' {
			quoted = !quoted
		}
		if !end && (quoted || text[i] != ' ' && text[i] != '\t') {
			if start < 0 {
				start = i
			}
			continue
		}
		if start >= 0 {
			out = append(out, attributeAt(source.At(span.File, span.Start+start, span.Start+i)))
			start = -1
		}
		if end {
			break
		}
	}
	return out
}

func attributeAt(span source.Span) attribute {
	a, text := attribute{span: span, value: source.At(span.File, span.End, span.End)}, []byte(span.Text())
	switch i := bytes.IndexByte(text, '='); {
	case text[0] == '#' || text[0] == '.':
		a.name, a.value, a.set = string(text[:1]), source.At(span.File, span.Start+1, span.End), true
	case i < 0:
		a.name = string(text)
	default:
		a.name, a.set = string(text[:i]), true
		start, end := span.Start+i+1, span.End
		if start < end && span.File.Data[start] == '"' {
			start++
			if end > start && span.File.Data[end-1] == '"' {
				end--
			}
		}
		a.value = source.At(span.File, start, end)
	}
	return a
}
