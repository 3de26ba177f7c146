package markdown

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark/ast"

	"leerblad/internal/diag"
	"leerblad/internal/edit"
	"leerblad/internal/source"
)

// leveled is a heading with the level that the editor gave it.
type leveled struct {
	*ast.Heading
	level int
	span  source.Span
}

// repeatsTitle reports a heading that says the title of the page again. Taking it out may take the id away that the editor gave it.
func (e *extractor) repeatsTitle(n *ast.Heading, span source.Span) {
	d := diag.Diagnostic{Code: "repeated-title", Span: span}
	start, end := e.start(n), e.headingEnd(n)
	line := bytes.LastIndexByte(e.src[:start], '\n') + 1
	if n.Parent().Kind() == ast.KindDocument && blank(e.src[line:start]) {
		above := e.src[:max(0, line-1)]
		if start = line; blank(above[bytes.LastIndexByte(above, '\n')+1:]) { // with the blank lines below it
			for end < len(e.src) && blank(e.src[end:lineEnd(e.src, end)]) {
				end = min(len(e.src), lineEnd(e.src, end)+1)
			}
		}
		d.Fixes = []diag.Fix{{Title: "remove-line", Changes: edit.Changes{{Span: e.span(start, end)}}, Choose: len(n.Attributes()) > 0}}
	}
	e.diags = append(e.diags, d)
}

func blank(text []byte) bool { return len(bytes.TrimSpace(text)) == 0 }

// headingEnd gives where the last line of a heading ends: of one that is underlined that is the line below its text.
func (e *extractor) headingEnd(n *ast.Heading) int {
	start := e.start(n)
	if start < len(e.src) && e.src[start] == '#' || n.Lines().Len() == 0 {
		return lineEnd(e.src, start)
	}
	end := lineEnd(e.src, e.lastOf(n))
	return lineEnd(e.src, min(end+1, len(e.src)))
}

// lastOf gives the offset of the last character of a heading's text.
func (e *extractor) lastOf(n *ast.Heading) int {
	last := n.Lines().At(n.Lines().Len() - 1)
	return max(last.Start, last.Start+len(bytes.TrimRight(e.src[last.Start:last.Stop], " \t\n"))-1)
}

// headingsDown reports that there is a heading of level 1, once, and makes it and what comes below it one level lower.
func (e *extractor) headingsDown() {
	if e.lower == nil {
		return
	}
	fix := diag.Fix{Title: "headings-down"}
	for _, h := range e.lower {
		if h.level == 6 {
			continue
		}
		changes, ok := e.down(h)
		if !ok {
			e.diags.Add("heading-one", e.lower[0].span)
			return
		}
		fix.Changes = append(fix.Changes, changes...)
	}
	e.diags = append(e.diags, diag.Diagnostic{Code: "heading-one", Span: e.lower[0].span, Fixes: []diag.Fix{fix}})
}

// down gives the changes that make a heading one level lower. It is not ok for one that is written in a way that it does not know.
func (e *extractor) down(h leveled) (changes edit.Changes, ok bool) {
	start := e.start(h.Heading)
	hashes := strings.Repeat("#", h.level)
	if bytes.HasPrefix(e.src[start:], []byte(hashes)) {
		return edit.Changes{{Span: e.span(start, start), Text: "#"}}, true
	}
	if h.Lines().Len() == 0 {
		return nil, false
	}
	textEnd := e.lastOf(h.Heading) + 1
	from := min(lineEnd(e.src, textEnd)+1, len(e.src))
	end := lineEnd(e.src, from)
	line := bytes.TrimRight(e.src[from:end], " \t")
	mark := "=-"[h.level-1 : h.level]
	signs := bytes.TrimRight(line, mark)
	if h.level > 2 || len(signs) == len(line) || len(bytes.Trim(signs, " \t>")) > 0 {
		return nil, false
	}
	if h.level == 1 {
		return edit.Changes{{Span: e.span(from+len(signs), from+len(line)), Text: strings.Repeat("-", max(3, len(line)-len(signs)))}}, true
	}
	changes = edit.Changes{{Span: e.span(start, start), Text: "### "}}
	for i := 1; i < h.Lines().Len(); i++ {
		above, below := h.Lines().At(i-1), h.Lines().At(i)
		stop := above.Start + len(bytes.TrimRight(e.src[above.Start:above.Stop], " \t\n\\"))
		changes = append(changes, edit.Change{Span: e.span(stop, below.Start), Text: " "})
	}
	if e.src[textEnd-1] == '#' {
		changes = append(changes, edit.Change{Span: e.span(textEnd-1, textEnd-1), Text: `\`})
	}
	return append(changes, edit.Change{Span: e.span(textEnd, end)}), true
}
