package markdown

import (
	"bytes"
	"regexp"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"

	"leerblad/internal/diag"
	"leerblad/internal/source"
)

// These are slow on a long line: a line without the signs in them is not shown to them.
var (
	// strayAttribute is what was meant as an id or attribute, and is text.
	strayAttribute = regexp.MustCompile(`\{[ \t]*#[^}\n]*\}?|\{[^}\n]*\b(?:reach|follows|topic)[ \t]*=[^}\n]*\}?|[^\]]\(#[a-z0-9-]+\)[ \t]*$`)
	wholeComment   = regexp.MustCompile("(?s)<!--.*?-->|`[^`]*`")
	footnoteRef    = regexp.MustCompile(`\[\^([^\]\n]+)\](:?)`)
)

// written looks at a paragraph, or the text of an item: for what was meant otherwise, and how it reads.
func (e *extractor) written(n ast.Node) {
	lines, has := e.look(n)
	e.marks(n, lines, has)
	paragraph := n.Kind() == ast.KindParagraph
	if e.prefix == "" && e.loose(n, lines) || e.grid(n, lines, has) {
		return
	}
	if paragraph {
		e.looseHeading(n, lines)
	}
	e.sentences(n)
}

// marks looks for what is no text in the lines of any block.
func (e *extractor) marks(n ast.Node, lines []line, has traits) {
	for _, l := range lines {
		if has&hasSquare != 0 {
			e.footnoteRefs(l)
			e.paths(l)
		}
		if bytes.IndexByte(l.text, '{') < 0 && !bytes.Contains(l.text, []byte("(#")) {
			continue
		}
		if m := strayAttribute.FindIndex(l.text); m != nil {
			text := string(l.text[m[0]:m[1]])
			d := diag.Diagnostic{Code: "stray-attribute", Span: e.span(l.start+m[0], l.start+m[1]), Args: []any{text}}
			if len(bytes.TrimSpace(l.text[m[1]:])) == 0 {
				d.Fixes = tightened(d.Span, text)
			}
			e.diags = append(e.diags, d)
		}
	}
	if len(lines) > 0 && e.callouts(n, lines[0]) {
		lines = lines[1:]
	}
	e.emptyParagraph(lines)
	e.foreign(n, lines, has)
}

// looseSign is a sign of an attribute with blanks that it may not have.
var looseSign = regexp.MustCompile(`(\{)[ \t]*(#)[ \t]*|[ \t]*(=)[ \t]*`)

// tightened gives the fix for attributes at the end of a line that only have too many blanks.
func tightened(span source.Span, text string) []diag.Fix {
	tight := looseSign.ReplaceAllString(text, "$1$2$3")
	_, inside, ok := cutBraces(tight)
	if !ok || tight == text || span.Text() != text {
		return nil
	}
	for _, w := range words(inside) {
		if m := attribute.FindStringSubmatch(w.text); m == nil || m[1] != "" && !IsID(m[1]) {
			return nil
		}
	}
	return []diag.Fix{diag.Replace(span, tight)}
}

// openComment reports a comment that does not end in its paragraph, and so is text.
func (e *extractor) openComment(n ast.Node) {
	if !hasComment(n.Lines(), e.src) {
		return
	}
	text := n.Lines().Value(e.src)
	rest := wholeComment.ReplaceAllFunc(text, func(c []byte) []byte { return bytes.Repeat([]byte(" "), len(c)) })
	if i := bytes.Index(rest, []byte("<!--")); i >= 0 {
		e.diags.Add("unclosed-comment", e.spanOf(n, "<!--"))
	}
}

func hasComment(lines *text.Segments, src []byte) bool {
	for i := range lines.Len() {
		if line := lines.At(i); bytes.Contains(src[line.Start:line.Stop], []byte("<!--")) {
			return true
		}
	}
	return false
}

// definedNote is a footnote, and where its name stands.
type definedNote struct {
	node  *east.Footnote
	start int
}

// footnoteRefs reports references in a line to footnotes that are not there; goldmark leaves them as text.
func (e *extractor) footnoteRefs(l line) {
	if !bytes.Contains(l.text, []byte("[^")) {
		return
	}
	for _, m := range footnoteRef.FindAllSubmatchIndex(l.text, -1) {
		if name := string(l.text[m[2]:m[3]]); m[4] == m[5] && !e.footnotes()[name] {
			d := diag.Diagnostic{Code: "missing-footnote", Span: e.span(l.start+m[0], l.start+m[1]), Args: []any{name}}
			if near := e.unusedNear(name); near != "" {
				d.Suggest = "[^" + near + "]"
			}
			e.diags = append(e.diags, d)
		}
	}
}

// unusedNear gives the footnote that nothing refers to and that a name is nearest to, or "".
func (e *extractor) unusedNear(name string) string {
	var unused []string
	if !e.diags.Long() {
		for _, d := range e.noted[:min(len(e.noted), 100)] {
			if d.node.Index < 0 {
				unused = append(unused, string(d.node.Ref))
			}
		}
	}
	return diag.Nearest(name, unused)
}

// footnotes gives the names of the footnotes that are there.
func (e *extractor) footnotes() map[string]bool {
	if e.names == nil {
		e.names = map[string]bool{}
		for _, d := range e.noted {
			e.names[string(d.node.Ref)] = true
		}
	}
	return e.names
}

// tellNotes reports the footnotes that are not shown: those that nothing refers to, and second ones of a name.
func (e *extractor) tellNotes() {
	seen := map[string]bool{}
	for _, d := range e.noted {
		name := string(d.node.Ref)
		span := e.span(d.start, d.start+len("[^]")+len(name))
		if seen[name] {
			e.diags.Add("duplicate-footnote", span, name)
		} else if d.node.Index < 0 {
			e.diags.Add("unused-footnote", span, name)
		}
		seen[name] = true
	}
}
