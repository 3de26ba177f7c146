package markdown

import (
	"bytes"
	"slices"
	"sort"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"leerblad/internal/diag"
	"leerblad/internal/edit"
	"leerblad/internal/source"
)

// Parser compiles bodies. It holds no state of its own and may be used by several goroutines.
type Parser struct {
	md goldmark.Markdown

	// NoHints leaves out the hints of readability.
	NoHints bool

	language string // of the texts; "" for the publication's
}

// In gives the parser for texts in a language: quotation marks and hints follow it.
func (p *Parser) In(language string) *Parser {
	of := *p
	of.language = language
	return &of
}

// New makes a parser: CommonMark with tables, strikethrough, footnotes, definition lists,
// typographic quotes and attributes on headings.
func New() *Parser {
	quotes := extension.TypographicSubstitutions{
		extension.LeftSingleQuote: []byte("‘"), extension.RightSingleQuote: []byte("’"),
		extension.LeftDoubleQuote: []byte("“"), extension.RightDoubleQuote: []byte("”"),
		extension.EnDash: []byte("–"), extension.EmDash: []byte("—"), extension.Ellipsis: []byte("…"),
		extension.Apostrophe: []byte("’"),
	}
	typographer := extension.NewTypographerParser(extension.WithTypographicSubstitutions(quotes))
	return &Parser{md: goldmark.New(
		goldmark.WithParser(parser.NewParser(
			parser.WithBlockParsers(blockParsers()...),
			parser.WithInlineParsers(inlineParsers(typographer)...),
			parser.WithParagraphTransformers(
				util.Prioritized(findingTransformer{}, 50),
				util.Prioritized(definitions{parser.LinkReferenceParagraphTransformer}, 100),
				util.Prioritized(tables{extension.NewTableParagraphTransformer()}, 200)),
			parser.WithASTTransformers(
				util.Prioritized(extension.NewTableASTTransformer(), 0),
				util.Prioritized(extension.NewFootnoteASTTransformer(), 999)),
		)),
		goldmark.WithRendererOptions(renderer.WithNodeRenderers(util.Prioritized(nodes{}, 1))),
	)}
}

// Parse compiles the body of f that begins at offset from, of a page with this title. Whatever is wrong with it, the Body holds the rest.
func (p *Parser) Parse(f *source.File, from int, title string) (*Body, diag.List) {
	body, _, diags := p.parse(f, from, "", title, false)
	return body, diags
}

// ParseTree is Parse that gives the body as a tree too.
func (p *Parser) ParseTree(f *source.File, from int, title string) (*Body, Node, diag.List) {
	return p.parse(f, from, "", title, true)
}

// ParseBeside is Parse for a text that is shown on a page beside another body, such as a transcript: its ids begin with
// prefix, which must hold an underscore, and its list items are no findings.
func (p *Parser) ParseBeside(f *source.File, from int, prefix string) (*Body, diag.List) {
	body, _, diags := p.parse(f, from, prefix, "", false)
	return body, diags
}

func (p *Parser) parse(f *source.File, from int, prefix, title string, withTree bool) (body *Body, tree Node, diags diag.List) {
	e, doc := p.read(f, from, prefix, title)
	if withTree {
		tree, _ = e.tree(doc)
	}
	doc.SetAttributeString("prefix", []byte(prefix))
	doc.SetAttributeString("language", []byte(p.language))
	out, ok := writers.Get().(*writer)
	if !ok {
		out = new(writer)
	}
	defer writers.Put(out)
	out.begin(e.positions)
	if err := p.md.Renderer().Render(out, e.src, doc); err != nil {
		panic(err) // a bytes.Buffer takes every write
	}
	e.body.Parts, e.body.Blocks = out.parts(), slices.Clone(out.blocks)
	e.ranges()
	alone := e.body // a Body is kept, and all else of e is not
	return &alone, tree, e.diags
}

// read parses a text and lists what is in it.
func (p *Parser) read(f *source.File, from int, prefix, title string) (*extractor, ast.Node) {
	e := &extractor{
		noHints: p.NoHints || !readable(p.language), positions: newPositions(f, from), prefix: prefix, title: Anchor(title),
		ids: map[string]bool{}, repeats: map[string]int{}, mended: map[string]int{}, unmended: map[string]bool{}, endless: map[string]bool{}, defined: map[string]source.Span{}, said: map[int]bool{},
	}
	e.controls()
	ctx, counted := parser.NewContext(), &tally{positions: e.positions, language: p.language, said: e.said}
	ctx.Set(tallyKey, counted)
	if prefix == "" {
		ctx.Set(positionsKey, e.positions) // which findings need
	}
	doc := p.md.Parser().Parse(text.NewReader(e.src), parser.WithContext(ctx))
	e.diags = append(e.diags, counted.diags...)
	e.noted = counted.defined
	e.reference = func(name string) bool { _, ok := ctx.Reference(util.ToLinkReference([]byte(name))); return ok }
	e.extract(doc)
	return e, doc
}

var positionsKey = parser.NewContextKey()

// positions maps offsets in the text that is parsed, which has \n alone and no control characters, to offsets in
// the editor's file.
type positions struct {
	file    *source.File
	from    int
	src     []byte
	removed []int // offsets in src before which a \r was dropped
	first   int   // the 1-based line of file that src begins on
	lines   []int // offsets in src of the line breaks
}

func newPositions(f *source.File, from int) *positions {
	p := &positions{file: f, from: from, first: 1 + bytes.Count(f.Data[:from], []byte("\n"))}
	kept, _ := source.Conflicts(f.Data)
	p.src = kept[from:]
	if bytes.IndexByte(p.src, '\r') >= 0 {
		p.dropReturns()
	}
	p.lines = make([]int, 0, bytes.Count(p.src, []byte("\n")))
	for i, b := range p.src {
		if b == '\n' {
			p.lines = append(p.lines, i)
		}
	}
	return p
}

func (p *positions) dropReturns() {
	out := make([]byte, 0, len(p.src))
	for i, b := range p.src {
		if b == '\r' && i+1 < len(p.src) && p.src[i+1] == '\n' {
			p.removed = append(p.removed, len(out))
			continue
		}
		out = append(out, b)
	}
	p.src = out
}

// span gives the place in the editor's file of src[start:end].
func (p *positions) span(start, end int) source.Span {
	return source.At(p.file, p.offset(start), p.offset(end))
}

func (p *positions) offset(i int) int {
	i = max(i, 0)
	return p.from + i + sort.SearchInts(p.removed, i)
}

// lineEnd gives what the function of that name does without reading the line, which may be as long as the text.
func (p *positions) lineEnd(from int) int {
	if i := sort.SearchInts(p.lines, from); i < len(p.lines) {
		return p.lines[i]
	}
	return len(p.src)
}

// start gives the offset in src at which n begins. Below a tab goldmark's is some bytes more, past the end perhaps.
func (p *positions) start(n ast.Node) int { return min(max(n.Pos(), 0), len(p.src)) }

// control reports the control characters that begin at i. Those that some programs break lines with become a space, all others go.
func (e *extractor) control(i int) diag.Diagnostic {
	d := diag.Diagnostic{Code: "control-character", Span: e.span(i, i+1), Args: []any{int(e.src[i])}}
	if e.diags.Long() {
		return d
	}
	end, breaks := i, false
	for ; end < len(e.src) && isControl(e.src[end]); end++ {
		breaks = breaks || bytes.IndexByte([]byte("\v\f\r"), e.src[end]) >= 0
	}
	fix := diag.Fix{Title: "remove-sign", Changes: edit.Changes{{Span: e.span(i, end)}}}
	if breaks {
		fix.Title, fix.Changes[0].Text = "sign-to-space", " "
	}
	d.Fixes = []diag.Fix{fix}
	return d
}

func isControl(b byte) bool { return b < ' ' && b != '\n' && b != '\t' || b == 0x7f }

// controls reports control characters, which no HTML may hold, and takes them out of the text that is parsed.
func (e *extractor) controls() {
	clean := e.src
	for i, b := range e.src {
		if isControl(b) {
			if i == 0 || clean[i-1] != ' ' || e.src[i-1] == ' ' { // once for several in a row
				e.diags = append(e.diags, e.control(i))
			}
			if &clean[0] == &e.src[0] {
				clean = bytes.Clone(e.src)
			}
			clean[i] = ' '
		}
	}
	e.src = clean
}

// setHole remembers, on the node itself, the index of the hole that it becomes.
func setHole(n ast.Node, index int) { n.SetAttributeString("hole", index) }

func holeOf(n ast.Node) (int, bool) {
	v, ok := n.AttributeString("hole")
	if !ok {
		return 0, false
	}
	return v.(int), true
}
