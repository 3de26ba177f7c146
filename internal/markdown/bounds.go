package markdown

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"leerblad/internal/bounds"
	"leerblad/internal/diag"
)

// goldmark is quadratic in some things: in quotations and lists that stand inside each other, definitions of links in a paragraph,
// signs of emphasis and brackets, attributes of a heading; it looks for the end of an address as far as the line goes; and it
// fills up the rows of a table. What is here stands before its parsers and refuses what is too much, which then is text.

// tally counts what a text has. It reports each thing that it has too much of once.
type tally struct {
	*positions
	diags    diag.List
	findings int
	notes    int // footnotes
	marks    int // references to them
	links    int // definitions of links
	defined  []definedNote
	cells    int
	escapes  int // signs of tables in code in tables
	block    ast.Node
	signs    int               // in block
	plain    map[ast.Node]bool // headings of which the attributes are not read
	quoted   ast.Node
	double   int // quotations that are open in quoted
	single   int
	language string       // of the text; "" for the publication's
	foreign  ends         // of words in another language, in one block
	said     map[int]bool // where braces begin that say in which language words are
}

var tallyKey = parser.NewContextKey()

func tallyOf(pc parser.Context) *tally { return pc.Get(tallyKey).(*tally) }

// more counts n more of something, at an offset of the text, and reports whether there are too many of them now.
func (t *tally) more(counter *int, n, most int, what diag.Term, at int) bool {
	before := *counter
	*counter += n
	if *counter > most && before <= most {
		t.diags.Add("too-many", t.span(at, at+1), most, what)
	}
	return *counter > most
}

// tooDeep reports a block that stands in too many others.
func (t *tally) tooDeep(parent ast.Node, pc parser.Context) bool {
	if len(pc.OpenedBlocks()) < bounds.Nesting {
		return false
	}
	levels := 0
	for n := parent; n != nil; n = n.Parent() {
		switch n.Kind() {
		case ast.KindBlockquote, ast.KindList, east.KindDefinitionList, east.KindFootnote:
			levels++
		}
	}
	return levels >= bounds.Nesting
}

// blockParsers are goldmark's, within bounds.
func blockParsers() []util.PrioritizedValue {
	blocks := append(parser.DefaultBlockParsers(),
		util.Prioritized(extension.NewDefinitionListParser(), 101),
		util.Prioritized(extension.NewDefinitionDescriptionParser(), 102),
		util.Prioritized(footnotes{extension.NewFootnoteBlockParser()}, 999),
	)
	for i, b := range blocks {
		p := b.Value.(parser.BlockParser)
		switch string(p.Trigger()) {
		case "<":
			p = commentParser{p}
		case "#":
			p = heading{p, parser.NewATXHeadingParser(parser.WithHeadingAttribute())}
		case "-=":
			p = heading{p, parser.NewSetextHeadingParser(parser.WithHeadingAttribute())}
		case ">", string(parser.NewListParser().Trigger()), "[", ":":
			if b.Priority != 400 && b.Priority != 102 { // the items of a list go with it
				p = nested{p}
			}
		}
		blocks[i].Value = p
	}
	return blocks
}

// nested is a block in which blocks stand.
type nested struct{ parser.BlockParser }

func (p nested) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	t := tallyOf(pc)
	if !t.tooDeep(parent, pc) {
		return p.BlockParser.Open(parent, reader, pc)
	}
	if p.Trigger()[0] == ':' { // opening one changes what stands before it
		return nil, parser.NoChildren
	}
	line, at := reader.Position()
	if node, _ := p.BlockParser.Open(parent, reader, pc); node != nil {
		reader.SetPosition(line, at)
		start := at.Start + max(0, pc.BlockOffset())
		t.diags.Add("too-deep", t.span(start, start+1), bounds.Nesting)
	}
	return nil, parser.NoChildren
}

// footnotes are the footnotes themselves.
type footnotes struct{ parser.BlockParser }

func (p footnotes) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, at := reader.Position()
	offset := pc.BlockOffset()
	node, state := p.BlockParser.Open(parent, reader, pc)
	if node == nil {
		return node, state
	}
	t := tallyOf(pc)
	t.defined = append(t.defined, definedNote{node.(*east.Footnote), at.Start + max(0, offset)})
	if t.more(&t.notes, 1, bounds.Footnotes, "bound-footnotes", at.Start) {
		reader.SetPosition(line, at)
		return nil, parser.NoChildren
	}
	return node, state
}

// heading is a heading; with reads its attributes, too.
type heading struct {
	parser.BlockParser
	with parser.BlockParser
}

func (p heading) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, at := reader.PeekLine()
	start := at.Start
	if last := pc.LastOpenedBlock().Node; p.Trigger()[0] != '#' {
		if last == nil || last.Kind() != ast.KindParagraph || last.Lines().Len() == 0 {
			return nil, parser.NoChildren
		}
		at = last.Lines().At(last.Lines().Len() - 1)
		line, start = at.Value(reader.Source()), at.Start
	}
	many := bytes.IndexByte(line, '{') >= 0 && attributes(line) > bounds.Attributes
	if !many && !endsSpoken(line) {
		return p.with.Open(parent, reader, pc)
	}
	node, state := p.BlockParser.Open(parent, reader, pc)
	if node != nil {
		t := tallyOf(pc)
		if many {
			start += bytes.IndexByte(line, '{')
			t.diags.Add("too-many", t.span(start, start+1), bounds.Attributes, diag.Term("bound-attributes"))
		}
		if t.plain == nil {
			t.plain = map[ast.Node]bool{}
		}
		t.plain[node] = true
	}
	return node, state
}

func (p heading) Close(node ast.Node, reader text.Reader, pc parser.Context) {
	if tallyOf(pc).plain[node] {
		p.BlockParser.Close(node, reader, pc)
	} else {
		p.with.Close(node, reader, pc)
	}
}

// attributes counts the words of a line that may be attributes.
func attributes(line []byte) (n int) {
	for word := range bytes.FieldsSeq(line[bytes.IndexByte(line, '{')+1:]) {
		if word[0] == '#' || word[0] == '.' || bytes.IndexByte(word, '=') >= 0 {
			n++
		}
	}
	return n
}

// definitions are the definitions of links that a paragraph begins with.
type definitions struct{ parser.ParagraphTransformer }

func (p definitions) Transform(par *ast.Paragraph, reader text.Reader, pc parser.Context) {
	lines, src := par.Lines(), reader.Source()
	if first := lines.At(0); !bytes.HasPrefix(bytes.TrimLeft(first.Value(src), " "), []byte("[")) {
		return // nothing that goldmark could take for one
	}
	t, n, first := tallyOf(pc), 0, -1
	for i := range lines.Len() {
		line := lines.At(i)
		if !bytes.Contains(line.Value(src), []byte("]:")) {
			continue
		}
		if n++; t.links+n > bounds.References && first < 0 {
			first = line.Start
		}
	}
	if n > 0 && t.more(&t.links, n, bounds.References, "bound-references", first) {
		return
	}
	p.ParagraphTransformer.Transform(par, reader, pc)
}

// tables are the tables that a paragraph is or ends in.
type tables struct{ parser.ParagraphTransformer }

func (p tables) Transform(par *ast.Paragraph, reader text.Reader, pc parser.Context) {
	lines, src := par.Lines(), reader.Source()
	columns, head := 0, 0
	for i := 1; i < lines.Len(); i++ {
		line := lines.At(i)
		if n := delimited(line.Value(src)); n > columns {
			if columns == 0 {
				head = i - 1
			}
			columns = n
		}
	}
	if columns == 0 { // nothing that goldmark could take for a table
		return
	}
	t, start := tallyOf(pc), lines.At(head).Start
	if columns > bounds.Columns {
		t.diags.Add("too-many", t.span(start, start+1), bounds.Columns, diag.Term("bound-columns"))
		return
	}
	escapes := 0
	for i := head; i < lines.Len(); i++ {
		line := lines.At(i)
		if cell := line.Value(src); bytes.IndexByte(cell, '`') >= 0 {
			escapes += bytes.Count(cell, []byte(`\|`))
		}
	}
	if t.more(&t.cells, columns*(lines.Len()-head-1), bounds.Cells, "bound-cells", start) || t.more(&t.escapes, escapes, bounds.Columns, "bound-signs", start) {
		return
	}
	p.ParagraphTransformer.Transform(par, reader, pc)
}

// delimited gives the number of columns of the row below a table's head; 0 for another line.
func delimited(line []byte) int {
	line = bytes.TrimSuffix(bytes.TrimPrefix(bytes.TrimSpace(line), []byte("|")), []byte("|"))
	columns, dash := 1, false
	for _, b := range line {
		switch b {
		case '|':
			columns++
		case '-':
			dash = true
		case ':', ' ', '\t':
		default:
			return 0
		}
	}
	if !dash {
		return 0
	}
	return columns
}

// inlineParsers are goldmark's, within bounds.
func inlineParsers(typographer parser.InlineParser) []util.PrioritizedValue {
	inlines := append(parser.DefaultInlineParsers(),
		util.Prioritized(foreignWords{}, 150), // before links
		util.Prioritized(noteMarks{extension.NewFootnoteParser()}, 101),
		util.Prioritized(extension.NewStrikethroughParser(), 500),
		util.Prioritized(quotationMarks{}, 9998), // before the typographer
		util.Prioritized(quotes{typographer}, 9999),
	)
	for i, p := range inlines {
		switch inline := p.Value.(parser.InlineParser); string(inline.Trigger()) {
		case "![]":
			inlines[i].Value = links{signs{inline}, inline.(parser.CloseBlocker)}
		case "*_", "~":
			inlines[i].Value = signs{inline}
		}
	}
	return inlines
}

// signs are brackets and signs of emphasis, each of which goldmark compares with others of the paragraph.
type signs struct{ parser.InlineParser }

func (p signs) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	line, at := block.PeekLine()
	if row(line) {
		return nil
	}
	t := tallyOf(pc)
	if t.block != parent {
		t.block, t.signs = parent, 0
	}
	if t.more(&t.signs, 1, bounds.Signs, "bound-signs", at.Start) {
		return nil
	}
	return p.InlineParser.Parse(parent, block, pc)
}

// links are links and pictures.
type links struct {
	signs
	parser.CloseBlocker
}

func (p links) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	line, at := block.PeekLine()
	if line[0] != ']' {
		return p.signs.Parse(parent, block, pc)
	}
	number, closing := block.Position()
	var reader text.Reader = block
	if len(line) > bounds.Address {
		reader = shortLines{block}
	}
	node := p.signs.Parse(parent, reader, pc)
	if node != nil {
		placeAddress(node, block, number, closing)
		if _, end := block.Position(); node.Kind() == ast.KindImage {
			sayIn(tallyOf(pc).said, block.Source(), closing.Start, end.Start)
		}
	}
	if len(line) > bounds.Address && node == nil && line[1] == '(' && endless(line[2:]) {
		t := tallyOf(pc)
		t.diags.Add("long-address", t.span(at.Start+1, at.Start+2), bounds.Address)
	}
	return node
}

// placeAddress notes on an inline link or picture, which the bracket at a position closes, where its address begins; or, of one with
// nothing between its brackets, where these are.
func placeAddress(node ast.Node, block text.Reader, line int, closing text.Segment) {
	var address []byte
	switch n := node.(type) {
	case *ast.Link:
		if n.Reference != nil {
			return
		}
		address = n.Destination
	case *ast.Image:
		if n.Reference != nil {
			return
		}
		address = n.Destination
	default:
		return
	}
	after, end := block.Position()
	if len(address) == 0 {
		node.SetAttributeString("empty", text.NewSegment(closing.Start+1, end.Start))
		return
	}
	block.SetPosition(line, closing)
	block.Advance(len("]("))
	setAddress(node, block)
	block.SetPosition(after, end)
}

// setAddress notes on a node that its address begins where the reader is, but for blanks and an angle bracket.
func setAddress(node ast.Node, block text.Reader) {
	block.SkipSpaces()
	if block.Peek() == '<' {
		block.Advance(1)
	}
	_, at := block.Position()
	node.SetAttributeString("address", at.Start)
}

// endless reports whether an address that begins a line is too long.
func endless(line []byte) bool {
	line = bytes.TrimLeft(line, " \t")
	end := " \t\n"
	if bytes.HasPrefix(line, []byte("<")) {
		end = ">\n"
	}
	return len(line) > bounds.Address && !bytes.ContainsAny(line[:bounds.Address], end)
}

// shortLines shows the beginnings of long lines.
type shortLines struct{ text.Reader }

func (r shortLines) PeekLine() ([]byte, text.Segment) {
	line, at := r.Reader.PeekLine()
	return line[:min(len(line), bounds.Address)], at
}

// noteMarks are the references to footnotes.
type noteMarks struct{ parser.InlineParser }

func (p noteMarks) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	line, _ := block.PeekLine()
	if !bytes.HasPrefix(line[1:], []byte("^")) && !bytes.HasPrefix(line, []byte("![^")) {
		return nil
	}
	_, at := block.Position()
	if t := tallyOf(pc); t.more(&t.marks, 1, bounds.Footnotes, "bound-notemarks", at.Start) {
		return nil
	}
	return p.InlineParser.Parse(parent, block, pc)
}

// quotes are typographic quotes.
type quotes struct{ parser.InlineParser }

func (p quotes) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	if line, _ := block.PeekLine(); row(line) {
		return nil
	}
	return p.InlineParser.Parse(parent, block, pc)
}

// row reports whether a line begins with so many quotation marks or signs of emphasis that nobody means them: goldmark looks for
// the end of the row at each of them, or puts as many elements in each other.
func row(line []byte) bool {
	const long = 64
	if len(line) < long || line[1] != line[0] || line[long-1] != line[0] || bytes.IndexByte([]byte("\"'*_~"), line[0]) < 0 {
		return false
	}
	return bytes.Count(line[:long], line[:1]) == long
}
