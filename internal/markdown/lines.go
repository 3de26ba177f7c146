package markdown

import (
	"bytes"

	"github.com/yuin/goldmark/ast"

	"leerblad/internal/diag"
	"leerblad/internal/edit"
)

// line is a line of a block's text; what stands in code is zero bytes in it.
type line struct {
	start int // its offset in the text that is parsed
	text  []byte
}

// traits say which signs a block has that something must be looked for at.
type traits uint8

const (
	hasCode   traits = 1 << iota // a backtick
	hasTab                       // a tab
	hasBar                       // |
	hasSquare                    // [
	hasMark                      // a sign that another program's mark may begin with
	hasWide                      // a character outside ASCII
)

var traitsOf = func() (out [256]traits) {
	for _, b := range []byte("[{=^%$&+!:<~\\") {
		out[b] = hasMark
	}
	out['`'], out['\t'], out['|'], out['['] = hasCode, hasTab, hasBar, hasSquare|hasMark
	for b := 0x80; b < 0x100; b++ {
		out[b] = hasWide
	}
	return out
}()

// look gives the lines of a block and what is in them. The next call writes over them.
func (e *extractor) look(n ast.Node) ([]line, traits) {
	out, has := e.buffer[:0], traits(0)
	for i := range n.Lines().Len() {
		segment := n.Lines().At(i)
		text := e.src[segment.Start:segment.Stop]
		for _, b := range text {
			has |= traitsOf[b]
		}
		out = append(out, line{segment.Start, text})
	}
	if has&hasCode != 0 {
		e.blankCode(n, out)
	}
	e.buffer = out
	return out, has
}

// blankCode puts copies in the place of lines with code in them.
func (e *extractor) blankCode(n ast.Node, lines []line) {
	at, copied := 0, -1
	_ = ast.Walk(n, func(c ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering || c.Kind() != ast.KindCodeSpan {
			return ast.WalkContinue, nil
		}
		for t := c.FirstChild(); t != nil; t = t.NextSibling() {
			text, ok := t.(*ast.Text)
			if !ok {
				continue
			}
			for at < len(lines) && lines[at].start+len(lines[at].text) <= text.Segment.Start {
				at++
			}
			if at == len(lines) || text.Segment.Start < lines[at].start {
				continue
			}
			l := &lines[at]
			if copied != at {
				l.text, copied = bytes.Clone(l.text), at
			}
			clear(l.text[text.Segment.Start-l.start : min(text.Segment.Stop-l.start, len(l.text))])
		}
		return ast.WalkSkipChildren, nil
	})
}

// change puts text in place of src[start:end].
func (p *positions) change(start, end int, text string) edit.Change {
	return edit.Change{Span: p.span(start, end), Text: edit.Lines(p.file, text)}
}

// sure adds a diagnostic about src[start:end] with the fix that mends it.
func (e *extractor) sure(code diag.Code, start, end int, title string, titled []any, changes edit.Changes, args ...any) {
	e.diags = append(e.diags, diag.Diagnostic{Code: code, Span: e.span(start, end), Args: args,
		Fixes: []diag.Fix{{Title: title, Args: titled, Changes: changes}}})
}

// lineStart gives the offset at which the line of an offset begins.
func (e *extractor) lineStart(at int) int { return bytes.LastIndexByte(e.src[:at], '\n') + 1 }

// topLevel reports whether a block stands in no other.
func topLevel(n ast.Node) bool { return n.Parent() != nil && n.Parent().Kind() == ast.KindDocument }

// beginsItem reports whether a block is the first of a list's item.
func beginsItem(n ast.Node) bool {
	return n.Parent() != nil && n.Parent().Kind() == ast.KindListItem && n.PreviousSibling() == nil
}
