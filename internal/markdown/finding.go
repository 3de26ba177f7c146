package markdown

import (
	"bytes"
	"regexp"
	"slices"
	"sort"
	"strings"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
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
	moved    Moved       // of an item that only says where a finding has gone
	explicit source.Span // the place of {#id}, if any
	aliases  source.Span // the place of aliases, if any
	diags    diag.List
}

var (
	markerAt = regexp.MustCompile(`^\[([^\[\]\n]{0,5})\](?:[ \t]+|$)`)
	// tightMarker is a marker without the space after it; a link's text is no marker.
	tightMarker = regexp.MustCompile(`^\[([+!~?-])\][\p{L}\p{N}"“‘*_]`)
	attribute   = regexp.MustCompile(`^(?:#(\S*)|([a-z]+)=("[^"]*"|\S*))$`)
	looksLike   = regexp.MustCompile(`^\s*#|[a-z]+=`)
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
	if strings.HasPrefix(line, "{#") && lines.Len() == 1 && movedForm.MatchString(line) {
		if t := tallyOf(pc); !t.more(&t.findings, 1, bounds.Findings, "bound-findings", first.Start) {
			takeMoved(par, item, reader.Source(), pos)
		}
		return
	}
	if !strings.HasPrefix(line, "[") {
		return
	}
	m, tight := markerAt.FindStringSubmatch(strings.TrimRight(line, "\n")), false
	if m == nil {
		m = tightMarker.FindStringSubmatch(line)
		tight = m != nil
	}
	if m == nil || !isMarker(m[1]) {
		return
	}
	if _, linked := pc.Reference(m[1]); linked {
		return
	}
	if box := strings.ToLower(strings.TrimSpace(m[1])); box == "" || box == "x" {
		tallyOf(pc).task(first.Start, m[0])
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
		valence = Attention
		d := diag.Diagnostic{Code: "unknown-marker", Span: raw.finding.Span, Args: []any{m[1]}}
		inside := place{start: first.Start, end: first.Start + len(m[0])}
		if meant := plainMarker.Replace(m[1]); markers[meant] != "" {
			valence, d.Suggest = markers[meant], "["+meant+"]"
			d.Fixes = []diag.Fix{{Title: "write", Args: []any{d.Suggest}, Changes: edit.Changes{pos.change(inside.start, inside.end, d.Suggest+" ")}}}
		} else {
			d.Fixes = pos.choices([]place{inside})
		}
		raw.diags = append(raw.diags, d)
	}
	if tight {
		at := first.Start + len(m[1]) + len("[]")
		raw.diags = append(raw.diags, diag.Diagnostic{Code: "tight-marker", Span: raw.finding.Span, Args: []any{m[1]}, Fixes: []diag.Fix{
			{Title: "space-after", Args: []any{"[" + m[1] + "]"}, Changes: edit.Changes{pos.change(at, at, " ")}}}})
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

// task reports an item of a list of tasks, which is a plain item here. The text at start is its box, with the blank after it.
func (t *tally) task(start int, box string) {
	end := start + strings.IndexByte(box, ']') + 1
	t.diags = append(t.diags, diag.Diagnostic{Code: "task-item", Span: t.span(start, end), Args: []any{box[:end-start]}, Fixes: []diag.Fix{
		{Title: "plain-item", Choose: true, Changes: edit.Changes{t.change(start, start+len(box), "")}},
		{Title: "write", Args: []any{`\` + box[:end-start]}, Choose: true, Changes: edit.Changes{t.change(start, start, `\`)}},
	}})
}

// movedForm is a line that only says where a finding has gone.
var movedForm = regexp.MustCompile(`^\{#\S+[ \t]+moved=[^}\s]+[ \t]*\}[ \t]*\n?$`)

// takeMoved takes off a list item the line that says where a finding has gone.
func takeMoved(par *ast.Paragraph, item *ast.ListItem, src []byte, pos *positions) {
	raw := &rawFinding{}
	line := par.Lines().At(0)
	_, inside, _ := cutBraces(strings.TrimRight(string(line.Value(src)), "\n"))
	at := line.Start - line.Padding + len("{")
	for _, word := range words(inside) {
		raw.set(word.text, pos.span(at+word.at, at+word.at+len(word.text)))
	}
	raw.moved.ID = raw.finding.ID
	item.SetAttributeString("moved", raw)
	item.RemoveChild(item, par)
}

// itemStart is what stands on a line before the text of a list item.
var itemStart = regexp.MustCompile(`^[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]+$`)

// definitionAt is a line that is a footnote or the definition of a link, and no part of the item above it.
var definitionAt = regexp.MustCompile(`^ {0,3}\[[^\]]+\]:`)

// item gives the lines of a list item whose text begins at span, without the last line break; zero for one that is no item of a plain list.
func (e *extractor) item(n ast.Node, span source.Span) source.Span {
	data := span.File.Data
	start := max(e.from, bytes.LastIndexByte(data[:span.Start], '\n')+1)
	if !itemStart.Match(data[start:span.Start]) {
		return source.Span{}
	}
	limit, first := len(data), e.first+sort.SearchInts(e.lines, e.start(n))
	for up := n; up != nil; up = up.Parent() {
		if next := up.NextSibling(); next != nil && next.Kind() != east.KindFootnoteList {
			if line := e.line(next) - e.first; line > 0 && line+e.first > first {
				limit = e.offset(e.lines[line-1] + 1)
			}
			break
		}
	}
	width := indent(data[start:span.Start])
	end, blank := lineEnd(data, span.Start), false
	for at := end; at < limit; {
		at += bytes.IndexByte(data[at:], '\n') + 1
		if at == 0 || at >= limit {
			break
		}
		stop := lineEnd(data, at)
		line := bytes.TrimRight(data[at:stop], "\r")
		text := bytes.TrimLeft(line, " \t")
		if len(text) == 0 {
			blank, at = true, stop
			if stop == len(data) {
				break
			}
			continue
		}
		if indent(line[:len(line)-len(text)]) < width && (blank || definitionAt.Match(line)) {
			break
		}
		blank, end, at = false, stop, stop
		if stop == len(data) {
			break
		}
	}
	if end > start && end < len(data) && data[end-1] == '\r' {
		end--
	}
	return source.At(span.File, start, end)
}

// indent gives the width of what stands at the start of a line, in columns.
func indent(s []byte) (columns int) {
	for _, b := range s {
		if columns++; b == '\t' {
			columns += 3 - (columns-1)%4
		}
	}
	return columns
}

func movedOf(n ast.Node) *rawFinding {
	v, ok := n.AttributeString("moved")
	if !ok {
		return nil
	}
	return v.(*rawFinding)
}

// moved lists an item that says where a finding has gone.
func (e *extractor) moved(n *ast.ListItem, raw *rawFinding) {
	e.diags = append(e.diags, raw.diags...)
	m := raw.moved
	m.Item = e.item(n, source.At(raw.explicit.File, raw.explicit.Start-1, raw.explicit.End))
	setHole(n, len(e.body.Moved))
	n.Parent().SetAttributeString("findings", true)
	e.body.Moved = append(e.body.Moved, m)
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
	start := segment.Start - segment.Padding
	if !ok || !looksLike.MatchString(inside) || endsSpoken([]byte(line)) {
		end := start + len(strings.TrimRight(line, " \t"))
		raw.finding.Attributes = pos.span(end, end)
		return
	}
	opening := start + strings.LastIndexByte(line, '{')
	raw.finding.Attributes = pos.span(opening, opening+len(inside)+len("{}"))
	at := segment.Start - segment.Padding + strings.LastIndexByte(line, '{') + 1
	list := words(inside)
	if len(list) > bounds.Attributes {
		raw.diags.Add("too-many", pos.span(at-1, at), bounds.Attributes, diag.Term("bound-attributes"))
		list = nil
	}
	for _, word := range list {
		raw.set(source.Visible(word.text), pos.span(at+word.at, at+word.at+len(word.text)))
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

// badID reports an id that is none. What refers to it means its slug already.
func badID(span source.Span, id string) diag.Diagnostic {
	d := diag.Diagnostic{Code: "bad-id", Span: span, Args: []any{id}, Suggest: Anchor(id)}
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
		f.ID, raw.explicit = Anchor(m[1]), span
		if !IsID(m[1]) {
			raw.diags = append(raw.diags, badID(span, m[1]))
		}
	case m[2] == "reach":
		f.Reach = strings.Trim(m[3], `"`)
		if !slices.Contains(Reaches, f.Reach) {
			raw.diags = append(raw.diags, frontmatter.BadChoice(f.Reach, "reach", Reaches, span))
			f.Reach = ""
		}
	case m[2] == "follows":
		f.Follows = referenceIn(m[3], span)
	case m[2] == "moved" && raw.finding.Span.File == nil:
		raw.moved.To = referenceIn(m[3], span)
	case m[2] == "aliases":
		raw.aliases = span
		for _, id := range strings.Split(strings.Trim(m[3], `"`), ",") {
			if !IsID(id) {
				raw.diags = append(raw.diags, diag.Diagnostic{Code: "bad-id", Span: span, Args: []any{id}, Suggest: Anchor(id)})
				continue
			}
			f.Aliases = append(f.Aliases, id)
		}
	default:
		raw.diags.AddNear("unknown-attribute", span, m[2], []string{"reach", "follows", "aliases"}, m[2])
	}
}

// referenceIn gives the reference that an attribute has as its value.
func referenceIn(value string, span source.Span) frontmatter.Text {
	at := source.At(span.File, span.End-len(value), span.End)
	if text := strings.Trim(value, `"`); text != value {
		at = source.At(span.File, at.Start+strings.Index(value, text), at.Start+strings.Index(value, text)+len(text))
		return frontmatter.Text{Value: text, Span: at}
	}
	return frontmatter.Text{Value: value, Span: at}
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
