package frontmatter

import (
	"bytes"
	"regexp"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"
)

// What the YAML library does not tell is where a value ends; offsets here are those in a block's text.

// marks are the anchor and the tag before a value.
var marks = regexp.MustCompile(`^(?:[&!](?:<[^>\s]*>|[^\s,\[\]{}]*)[ \t]*)*`)

// start gives where a value begins, with its marks.
func (e *editor) start(n *yaml.Node) int { return e.block.lines.Offset(n.Line, n.Column) }

// content gives where a value begins behind its marks.
func (e *editor) content(n *yaml.Node) int {
	at := e.start(n)
	if n.Anchor == "" && n.Style&yaml.TaggedStyle == 0 || n.Kind == yaml.AliasNode {
		return at
	}
	after := at + len(marks.Find(e.block.text[at:]))
	if n.Kind == yaml.ScalarNode && n.Value == "" && n.Style&quotes == 0 { // there is nothing behind them
		return at + len(bytes.TrimRight(e.block.text[at:after], " \t"))
	}
	return e.skip(after)
}

// blankSigns are what YAML takes for blanks and line breaks.
const blankSigns = " \t\r\n"

// skip gives where the next sign is that is no blank, line break or part of a comment.
func (e *editor) skip(at int) int {
	text := e.block.text
	for at < len(text) {
		switch c := text[at]; {
		case blank(c):
			at++
		case c == '#' && (at == 0 || blank(text[at-1])):
			at = e.lineEnd(at)
		default:
			return at
		}
	}
	return at
}

// lineStart gives where the line begins that an offset is in.
func (e *editor) lineStart(at int) int { return bytes.LastIndexByte(e.block.text[:at], '\n') + 1 }

// lineEnd gives where the line ends that an offset is in, before its line break.
func (e *editor) lineEnd(at int) int {
	end := len(e.block.text)
	if i := bytes.IndexByte(e.block.text[at:], '\n'); i >= 0 {
		end = at + i
		if end > at && e.block.text[end-1] == '\r' {
			end--
		}
	}
	return end
}

// nextLine gives where the line begins that is below the one that an offset is in.
func (e *editor) nextLine(at int) int {
	if i := bytes.IndexByte(e.block.text[at:], '\n'); i >= 0 {
		return at + i + 1
	}
	return len(e.block.text)
}

// isBlank reports whether there is nothing but blanks in a part of the text.
func (e *editor) isBlank(start, end int) bool {
	return start <= end && len(bytes.Trim(e.block.text[start:end], blankSigns)) == 0
}

// end gives where a value ends.
func (e *editor) end(n *yaml.Node) int {
	at := e.content(n)
	text := e.block.text
	switch {
	case n.Kind == yaml.AliasNode:
		return at + len("*") + len(n.Value)
	case n.Kind == yaml.ScalarNode:
		return e.scalarEnd(n, at)
	case len(n.Content) > 0:
		if e.isFlow(n) {
			return e.closer(e.end(n.Content[len(n.Content)-1]))
		}
		return e.end(n.Content[len(n.Content)-1])
	case e.isFlow(n):
		return e.closer(at + 1)
	}
	e.fail()
	return min(at, len(text))
}

// isFlow reports whether a list or mapping stands between brackets.
func (e *editor) isFlow(n *yaml.Node) bool {
	at := e.content(n)
	return at < len(e.block.text) && (n.Kind == yaml.SequenceNode && e.block.text[at] == '[' || n.Kind == yaml.MappingNode && e.block.text[at] == '{') && n.Style&yaml.FlowStyle != 0
}

// closer gives where the bracket ends that closes what has its last value before an offset.
func (e *editor) closer(at int) int {
	for text := e.block.text; ; at++ {
		at = e.skip(at)
		switch {
		case at >= len(text) || !bytes.ContainsRune([]byte(",:?]}"), rune(text[at])):
			e.fail()
			return min(at, len(text))
		case text[at] == ']' || text[at] == '}':
			return at + 1
		}
	}
}

// scalarEnd gives where a text ends whose content begins at an offset.
func (e *editor) scalarEnd(n *yaml.Node, at int) int {
	text := e.block.text
	switch {
	case n.Style&yaml.DoubleQuotedStyle != 0:
		for at++; at < len(text) && text[at] != '"'; at++ {
			if text[at] == '\\' {
				at++
			}
		}
		return min(at+1, len(text))
	case n.Style&yaml.SingleQuotedStyle != 0:
		for at++; at < len(text); at++ {
			if text[at] == '\'' {
				if at+1 == len(text) || text[at+1] != '\'' {
					break
				}
				at++
			}
		}
		return min(at+1, len(text))
	case n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0:
		if strings.Trim(n.Value, blankSigns) == "" {
			return e.lineEnd(at)
		}
		at = e.lineEnd(at)
	}
	from := at
	for value := strings.Trim(n.Value, blankSigns); value != ""; {
		r, size := utf8.DecodeRuneInString(value)
		if value = value[size:]; size == 1 && blank(byte(r)) {
			continue
		}
		for at < len(text) && blank(text[at]) {
			at++
		}
		if !bytes.HasPrefix(text[at:], []byte(string(r))) {
			e.fail()
			return at
		}
		at += size
	}
	if n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0 && bytes.IndexByte(text[e.lineStart(from):from], '+') >= 0 { // blank lines are of the text too
		for next := e.nextLine(at); next < len(text) && e.isBlank(next, e.lineEnd(next)); next = e.nextLine(next) {
			at = e.lineEnd(next)
		}
	}
	return at
}

// key gives where a key begins, and where what is behind its colon.
func (e *editor) key(n *yaml.Node) (start, after int) {
	start = e.start(n)
	after = e.end(n)
	for after < len(e.block.text) && (e.block.text[after] == ' ' || e.block.text[after] == '\t') {
		after++
	}
	if after >= len(e.block.text) || e.block.text[after] != ':' {
		e.fail()
		return start, after
	}
	return start, after + 1
}
