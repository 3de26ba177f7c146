package markdown

import (
	"bytes"
	"regexp"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"

	"leerblad/internal/diag"
	"leerblad/internal/source"
)

// These are slow on a long line: a line without the signs in them is not shown to them.
var (
	// looseMarker is a line that was meant as a finding: a marker without a dash, after another dash than a
	// hyphen, after a dash without a space, or in other brackets.
	looseMarker = regexp.MustCompile(`^[ \t]*(?:[-–—•*·] ?)?(?:\[[+!~?-]\]|\([+!~]\)|\{[+!~?]\})[ \t]*\p{L}`)
	// strayAttribute is what was meant as an id or attribute, and is text.
	strayAttribute = regexp.MustCompile(`\{[ \t]*#[^}\n]*\}?|\{[^}\n]*\b(?:reach|follows|topic)[ \t]*=[^}\n]*\}?|[^\]]\(#[a-z0-9-]+\)[ \t]*$`)
	wholeComment   = regexp.MustCompile("(?s)<!--.*?-->|`[^`]*`")
	footnoteRef    = regexp.MustCompile(`\[\^([^\]\s]+)\](:?)`)
)

// loose warns of lines that look like a finding or its attributes, and are plain text.
func (e *extractor) loose(n ast.Node) {
	_, refused := n.Parent().AttributeString("refused") // a finding that is too much
	for i := range n.Lines().Len() {
		segment := n.Lines().At(i)
		line := segment.Value(e.src)
		head := bytes.TrimLeft(line, " \t")
		if bytes.ContainsAny(head[:min(len(head), len("– ["))], "[({") {
			if m := looseMarker.FindIndex(line); m != nil && !refused {
				e.diags.Add("loose-marker", e.span(segment.Start, segment.Start+m[1]), strings.TrimSpace(string(line[:m[1]])))
			}
		}
		e.footnoteRefs(line, segment.Start)
		if bytes.IndexByte(line, '{') < 0 && !bytes.Contains(line, []byte("(#")) {
			continue
		}
		if m := strayAttribute.FindIndex(line); m != nil && !bytes.Contains(line, []byte("`")) {
			text := string(line[m[0]:m[1]])
			d := diag.Diagnostic{Code: "stray-attribute", Span: e.span(segment.Start+m[0], segment.Start+m[1]), Args: []any{text}}
			if len(bytes.TrimSpace(line[m[1]:])) == 0 {
				d.Fixes = tightened(d.Span, text)
			}
			e.diags = append(e.diags, d)
		}
	}
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
		if m := attribute.FindStringSubmatch(w.text); m == nil || m[1] != "" && !idForm.MatchString(m[1]) {
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

// footnoteRefs reports references in a line to footnotes that are not there; goldmark leaves them as text.
func (e *extractor) footnoteRefs(line []byte, start int) {
	if !bytes.Contains(line, []byte("[^")) {
		return
	}
	for _, m := range footnoteRef.FindAllSubmatchIndex(line, -1) {
		name := string(line[m[2]:m[3]])
		if m[4] == m[5] && !bytes.Contains(line, []byte("`")) && !e.footnotes()[name] {
			e.diags.Add("missing-footnote", e.span(start+m[0], start+m[1]), name)
		}
	}
}

// longestName is the length in bytes of the longest name of a footnote that goldmark reads.
const longestName = 999

// footnotes gives the names of the footnotes that are there.
func (e *extractor) footnotes() map[string]bool {
	if e.notes == nil {
		e.notes = map[string]bool{}
		for rest := e.src; ; {
			_, after, found := bytes.Cut(rest, []byte("[^"))
			if !found {
				break
			}
			if end := bytes.IndexByte(after[:min(len(after), longestName)], ']'); end >= 0 && bytes.HasPrefix(after[end:], []byte("]:")) {
				e.notes[string(after[:end])] = true
			}
			rest = after
		}
	}
	return e.notes
}
