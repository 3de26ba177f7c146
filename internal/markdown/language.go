package markdown

import (
	"bytes"
	"regexp"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"leerblad/internal/bounds"
	"leerblad/internal/diag"
	"leerblad/internal/lang"
	"leerblad/internal/source"
)

// foreignWords are words in another language: [a good practice]{lang=en}. Marks and links may stand in them.
type foreignWords struct{}

// spoken is what says of words between brackets in which language they are, from the closing bracket on.
var spoken = regexp.MustCompile(`^\]\{[ \t]*lang[ \t]*=[ \t]*(?:"([^"{}\n]*)"|([^\s"{}]+))[ \t]*\}`)

// reachOfSpoken is how many bytes of a line are looked at for it; no tag is nearly as long.
const reachOfSpoken = 200

var foreignKind, openKind = ast.NewNodeKind("ForeignWords"), ast.NewNodeKind("ForeignWordsOpen")

// foreign is a node of words in another language; its tag stands at src[start:end].
type foreign struct {
	ast.BaseInline
	start, end int
	language   string // "" where the tag is none
}

func (*foreign) Kind() ast.NodeKind           { return foreignKind }
func (n *foreign) Dump(src []byte, level int) { ast.DumpHelper(n, src, level, nil, nil) }

// opened is where such words begin, until their end is met.
type opened struct {
	ast.BaseInline
	at     text.Segment
	bottom ast.Node // the last sign of emphasis before it
}

func (*opened) Kind() ast.NodeKind           { return openKind }
func (n *opened) Dump(src []byte, level int) { ast.DumpHelper(n, src, level, nil, nil) }

// ends are, in one block, the offsets of the brackets that end such words by those that begin them.
type ends struct {
	block ast.Node
	of    map[int]int
	open  []*opened
}

func (foreignWords) Trigger() []byte { return []byte{'[', ']'} }

func (foreignWords) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	t := tallyOf(pc)
	if t.foreign.block != parent {
		t.foreign = ends{block: parent, of: pairsIn(parent.Lines(), block.Source())}
	}
	if t.foreign.of == nil {
		return nil
	}
	line, at := block.PeekLine()
	if line[0] == '[' {
		if _, begins := t.foreign.of[at.Start]; !begins {
			return nil
		}
		n := &opened{at: at.WithStop(at.Start + 1)}
		if last := pc.LastDelimiter(); last != nil {
			n.bottom = last
		}
		t.foreign.open = append(t.foreign.open, n)
		block.Advance(1)
		return n
	}
	return t.foreign.end(parent, block, pc, t)
}

// end gives the words that end at the bracket which the reader is at, or nil.
func (e *ends) end(parent ast.Node, block text.Reader, pc parser.Context, t *tally) ast.Node {
	line, at := block.PeekLine()
	i := len(e.open) - 1
	for i >= 0 && e.of[e.open[i].at.Start] != at.Start {
		i--
	}
	if i < 0 || e.open[i].Parent() != parent {
		return nil
	}
	first := e.open[i]
	for _, other := range e.open[i+1:] { // whose ends were taken for something else
		ast.MergeOrReplaceTextSegment(other.Parent(), other, other.at)
	}
	e.open = e.open[:i]
	m := spoken.FindSubmatchIndex(line[:min(len(line), reachOfSpoken)])
	tag := m[2:4]
	if tag[0] < 0 {
		tag = m[4:6]
	}
	n := &foreign{start: at.Start + tag[0], end: at.Start + tag[1]}
	n.SetPos(first.at.Start)
	parser.ProcessDelimiters(first.bottom, pc)
	for c := first.NextSibling(); c != nil; {
		next := c.NextSibling()
		parent.RemoveChild(parent, c)
		n.AppendChild(n, c)
		c = next
	}
	parent.RemoveChild(parent, first)
	t.said[at.Start+1] = true
	block.Advance(m[1])
	return n
}

// CloseBlock makes text of what does not end.
func (foreignWords) CloseBlock(parent ast.Node, block text.Reader, pc parser.Context) {
	t := tallyOf(pc)
	if t.foreign.block != parent || t.foreign.of == nil {
		return
	}
	for _, n := range t.foreign.open {
		ast.MergeOrReplaceTextSegment(n.Parent(), n, n.at)
	}
	t.foreign = ends{}
}

// pairsIn gives the brackets of words in another language in the lines of a block, nil where there are none.
func pairsIn(lines *text.Segments, src []byte) (of map[int]int) {
	var open []int
	for i := range lines.Len() {
		line := lines.At(i)
		if of == nil && open == nil && !bytes.Contains(src[line.Start:lines.At(lines.Len()-1).Stop], []byte("]{")) {
			return nil
		}
		for j := line.Start; j < line.Stop; j++ {
			switch src[j] {
			case '\\':
				j++
			case '[':
				open = append(open, j)
			case ']':
				if len(open) == 0 {
					continue
				}
				first := open[len(open)-1]
				open = open[:len(open)-1]
				if j > first+1 && len(of) < bounds.Signs && spoken.Match(src[j:min(line.Stop, j+reachOfSpoken)]) {
					if of == nil {
						of = map[int]int{}
					}
					of[first] = j
				}
			}
		}
	}
	return of
}

// endsSpoken reports whether a line ends in words of another language, so that what stands between its last braces is of those alone.
func endsSpoken(line []byte) bool {
	line = bytes.TrimRight(line, " \t\r\n")
	i := bytes.LastIndex(line, []byte("]{"))
	return i >= 0 && len(line)-i < reachOfSpoken && len(spoken.Find(line[i:])) == len(line)-i
}

// spoken checks the language of words.
func (e *extractor) spoken(n *foreign) {
	var problem diag.List
	if n.language, problem = Language(string(e.src[n.start:n.end]), e.span(n.start, n.end)); problem != nil {
		e.diags = append(e.diags, problem...)
	}
}

// Words are a piece of a caption in one language; "" for that of the text.
type Words struct{ Text, Language string }

// marked are words of another language in a text without other marks.
var marked = regexp.MustCompile(`\[([^\[\]\n]+)(\]\{[ \t]*lang[ \t]*=[^{}\n]*\})`)

// sayIn notes where braces begin in src[from:to], a picture's address and caption, that say in which language words are.
func sayIn(said map[int]bool, src []byte, from, to int) {
	for i := from; i < to; i++ {
		if src[i] == ']' && spoken.Match(src[i:min(to, i+reachOfSpoken)]) {
			said[i+1] = true
		}
	}
}

// caption gives a picture's caption without marks, and in pieces where some of it is in another language.
func (e *extractor) caption(n ast.Node, written string) (plain string, pieces []Words) {
	if !strings.Contains(written, "]{") { // most
		return written, nil
	}
	from := 0
	for _, m := range marked.FindAllStringSubmatchIndex(written, -1) {
		at := spoken.FindStringSubmatch(written[m[4]:m[5]])
		if at == nil {
			continue
		}
		tag := at[1] + at[2]
		language, problem := Language(tag, e.spanOf(n, tag))
		e.diags = append(e.diags, problem...)
		pieces = append(pieces, Words{Text: written[from:m[0]]}, Words{written[m[2]:m[3]], language})
		from = m[1]
	}
	if pieces == nil {
		return written, nil
	}
	pieces = append(pieces, Words{Text: written[from:]})
	for _, p := range pieces {
		plain += p.Text
	}
	return plain, slices.DeleteFunc(pieces, func(p Words) bool { return p.Text == "" })
}

// PlainWords warns of marks of another language in a text of front matter, which is shown as it is.
func PlainWords(text string, at source.Span) (diags diag.List) {
	if !strings.Contains(text, "]{") { // most
		return nil
	}
	for _, m := range marked.FindAllStringSubmatch(text, -1) {
		d := diag.Diagnostic{Code: "plain-language", Span: at, Args: []any{m[0]}}
		if i := strings.Index(at.Text(), m[0]); i >= 0 && strings.Count(at.Text(), m[0]) == 1 {
			d.Span = source.At(at.File, at.Start+i, at.Start+i+len(m[0]))
			d.Fixes = []diag.Fix{diag.Replace(d.Span, m[1])}
		}
		diags = append(diags, d)
	}
	return diags
}

// Language gives the tag of a language as it is written at a place, or says what is wrong with it.
func Language(written string, at source.Span) (tag string, diags diag.List) {
	tag, near, ok := lang.Read(written)
	if !ok {
		diags = diag.List{diag.Diagnostic{Code: "bad-language", Span: at, Args: []any{written}, Suggest: near}.Guessed(written)}
	}
	return tag, diags
}

func renderForeign(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	language := n.(*foreign).language
	switch {
	case language == "":
	case entering:
		_, _ = w.WriteString(`<span lang="` + language + `">`)
	default:
		_, _ = w.WriteString("</span>")
	}
	return ast.WalkContinue, nil
}
