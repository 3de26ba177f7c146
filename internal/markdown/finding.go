package markdown

import (
	"bytes"
	"regexp"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"

	"leerblad/internal/bounds"
	"leerblad/internal/diag"
	"leerblad/internal/edit"
	"leerblad/internal/frontmatter"
	"leerblad/internal/source"
)

// rawFinding is what findingTransformer takes off a list item before its text is parsed.
type rawFinding struct {
	finding  Finding
	explicit source.Span // the place of {#id}, if any
	diags    diag.List
}

var (
	markerAt = regexp.MustCompile(`^\[([^\[\]\n]{0,5})\](?:[ \t]+|$)`)
	// tightMarker is a marker without the space after it; a link's text is no marker.
	tightMarker = regexp.MustCompile(`^\[([+!~?-])\][\p{L}\p{N}"“‘*_]`)
	attribute   = regexp.MustCompile(`^(?:#(\S*)|([a-z]+)=("[^"]*"|\S*))$`)
	looksLike   = regexp.MustCompile(`^\s*#|[a-z]+=`)
	idForm      = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
)

// findingTransformer takes the marker and the attributes off the first paragraph of a list item and keeps them
// on the item. It works on lines, before goldmark sees links and quotes in them.
type findingTransformer struct{}

func (findingTransformer) Transform(par *ast.Paragraph, reader text.Reader, pc parser.Context) {
	item, ok := par.Parent().(*ast.ListItem)
	pos, _ := pc.Get(positionsKey).(*positions)
	if !ok || pos == nil || item.FirstChild() != ast.Node(par) || par.Lines().Len() == 0 {
		return
	}
	lines := par.Lines()
	first := lines.At(0)
	line := string(first.Value(reader.Source()))
	if !strings.HasPrefix(line, "[") {
		return
	}
	m := markerAt.FindStringSubmatch(strings.TrimRight(line, "\n"))
	if m == nil {
		m = tightMarker.FindStringSubmatch(line)
	}
	if m == nil || !isMarker(m[1]) {
		return
	}
	if _, linked := pc.Reference(m[1]); linked {
		return
	}
	if t := tallyOf(pc); t.more(&t.findings, 1, bounds.Findings, "bound-findings", first.Start) {
		item.SetAttributeString("refused", true)
		return
	}
	raw := &rawFinding{}
	raw.finding.Span = pos.span(first.Start, first.Start+len(m[1])+2)
	valence, known := markers[m[1]]
	if !known {
		raw.diags = append(raw.diags, unknownMarker(raw.finding.Span, m[1]))
		valence = Attention
	}
	raw.finding.Valence = valence
	skip := len(m[1]) + len("[]")
	rest := text.NewSegment(first.Start+skip, first.Stop)
	lines.Set(0, rest.TrimLeftSpace(reader.Source()))
	raw.takeAttributes(lines, reader.Source(), pos)
	dropBlankEnds(lines, reader.Source())
	if strings.TrimSpace(string(lines.Value(reader.Source()))) == "" {
		raw.diags.Add("empty-finding", raw.finding.Span)
	}
	item.SetAttributeString("finding", raw)
}

// dropBlankEnds drops lines that taking off the marker and the attributes left blank; goldmark expects text on every
// line of a paragraph but an only one.
func dropBlankEnds(lines *text.Segments, src []byte) {
	blank := func(i int) bool {
		line := lines.At(i)
		return len(bytes.TrimSpace(line.Value(src))) == 0
	}
	for lines.Len() > 1 && blank(0) {
		lines.SetSliced(1, lines.Len())
	}
	for lines.Len() > 1 && blank(lines.Len()-1) {
		lines.SetSliced(0, lines.Len()-1)
	}
}

// isMarker reports whether s, from between brackets at the start of a list item, is meant as a marker: one character,
// or a few signs.
func isMarker(s string) bool {
	s = strings.TrimSpace(s)
	return len([]rune(s)) <= 1 || !strings.ContainsFunc(s, func(r rune) bool { return !strings.ContainsRune("+-!?~*/=<>✓✗", r) })
}

// takeAttributes cuts {#id key=value …} off the end of the last line.
func (raw *rawFinding) takeAttributes(lines *text.Segments, src []byte, pos *positions) {
	n := lines.Len() - 1
	segment := lines.At(n)
	line := strings.TrimRight(string(segment.Value(src)), "\n")
	before, inside, ok := cutBraces(line)
	if !ok || !looksLike.MatchString(inside) {
		return
	}
	at := segment.Start - segment.Padding + strings.LastIndexByte(line, '{') + 1
	list := words(inside)
	if len(list) > bounds.Attributes {
		raw.diags.Add("too-many", pos.span(at-1, at), bounds.Attributes, diag.Term("bound-attributes"))
		list = nil
	}
	for _, word := range list {
		raw.set(word.text, pos.span(at+word.at, at+word.at+len(word.text)))
	}
	segment.Stop = segment.Start - segment.Padding + len(before)
	lines.Set(n, segment)
}

// cutBraces cuts a line that ends in {…}, without blanks around it.
func cutBraces(line string) (before, inside string, ok bool) {
	rest, closed := strings.CutSuffix(strings.TrimRight(line, " \t"), "}")
	open := strings.LastIndexByte(rest, '{')
	if !closed || open < 0 || strings.ContainsAny(rest[open:], "}\n") {
		return line, "", false
	}
	return strings.TrimRight(rest[:open], " \t"), rest[open+1:], true
}

// unknownMarker reports a marker that is none; what it was meant as is for the editor to say.
func unknownMarker(span source.Span, marker string) diag.Diagnostic {
	d := diag.Diagnostic{Code: "unknown-marker", Span: span, Args: []any{marker}}
	for _, m := range []string{"+", "!", "~", "-", "?"} {
		fix := diag.Fix{Title: "marker", Args: []any{"[" + m + "]", diag.Term(markers[m])}, Choose: true}
		fix.Changes = edit.Changes{{Span: span, Text: "[" + m + "]"}}
		d.Fixes = append(d.Fixes, fix)
	}
	return d
}

// badID reports an id that is none. What refers to it means its slug already.
func badID(span source.Span, id string) diag.Diagnostic {
	d := diag.Diagnostic{Code: "bad-id", Span: span, Args: []any{id}, Suggest: Slug(id)}
	if d.Suggest != "" && span.Text() == "#"+id {
		d.Fixes = []diag.Fix{diag.Replace(span, "#"+d.Suggest)}
	}
	return d
}

func (raw *rawFinding) set(word string, span source.Span) {
	f := &raw.finding
	m := attribute.FindStringSubmatch(word)
	switch {
	case m == nil:
		raw.diags.Add("bad-attribute", span, word)
	case strings.HasPrefix(word, "#"):
		if !idForm.MatchString(m[1]) {
			raw.diags = append(raw.diags, badID(span, m[1]))
		}
		f.ID, raw.explicit = Slug(m[1]), span
	case m[2] == "reach":
		f.Reach = strings.Trim(m[3], `"`)
		if !slices.Contains(Reaches, f.Reach) {
			raw.diags = append(raw.diags, frontmatter.BadChoice(f.Reach, "reach", Reaches, span))
			f.Reach = ""
		}
	case m[2] == "follows":
		value := strings.Trim(m[3], `"`)
		f.Follows = frontmatter.Text{Value: value, Span: source.At(span.File, span.End-len(m[3]), span.End)}
	default:
		raw.diags.AddNear("unknown-attribute", span, m[2], []string{"reach", "follows"}, m[2])
	}
}

type word struct {
	text string
	at   int
}

// words splits s at white space outside quotation marks.
func words(s string) []word {
	var out []word
	start, quoted := -1, false
	for i, r := range s + " " {
		switch {
		case r == '"':
			quoted = !quoted
		case (r == ' ' || r == '\t') && !quoted:
			if start >= 0 {
				out = append(out, word{s[start:i], start})
			}
			start = -1
			continue
		}
		if start < 0 {
			start = i
		}
	}
	if start >= 0 && start < len(s) {
		out = append(out, word{s[start:], start})
	}
	return out
}
