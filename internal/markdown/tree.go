package markdown

import (
	"strings"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"

	"leerblad/internal/source"
)

// Node is a piece of a body as a tree, for what cannot use a Body's HTML; ParseTree gives it. Index points into the Body's list of the
// node's kind, as that of a hole does.
type Node struct {
	Kind  NodeKind
	Level int    // of a heading; the first number of an ordered list, -1 for another list
	Index int    // of a link, picture, card, chart or finding; the number of a note, from 1
	Text  string // of text and code; a block of code has a text for each line
	Align string // of a cell: "", "right" or "center"
	Nodes []Node
	Span  source.Span // of a block its first line
}

// NodeKind says what a Node is.
type NodeKind int

// The kinds of nodes: blocks first, then what stands within a line.
const (
	RootNode NodeKind = iota
	HeadingNode
	ParagraphNode
	ListNode
	ItemNode
	FindingNode // an item of a list
	QuoteNode
	FigureNode // a picture that stands by itself
	CardNode
	ChartNode
	CodeBlockNode
	RuleNode
	TableNode // its first row has the headings
	RowNode
	CellNode
	DefinitionsNode
	TermNode
	DescriptionNode
	NotesNode
	NoteNode
	TextNode
	CodeNode
	EmphasisNode
	StrongNode
	DeletedNode
	ForeignNode // words in the language Text
	LinkNode
	PictureNode
	BreakNode
	NoteMarkNode
)

// kinds are the nodes that are what goldmark has.
var kinds = map[ast.NodeKind]NodeKind{
	ast.KindDocument: RootNode, ast.KindTextBlock: ParagraphNode, ast.KindBlockquote: QuoteNode, ast.KindThematicBreak: RuleNode,
	east.KindTable: TableNode, east.KindTableHeader: RowNode, east.KindTableRow: RowNode, east.KindStrikethrough: DeletedNode,
	east.KindDefinitionList: DefinitionsNode, east.KindDefinitionTerm: TermNode, east.KindDefinitionDescription: DescriptionNode, east.KindFootnoteList: NotesNode,
}

// tree gives n as a Node; it is not ok for what readers do not see.
func (e *extractor) tree(n ast.Node) (out Node, ok bool) {
	start := e.start(n)
	out.Span = e.span(start, e.lineEnd(start))
	if kind, plain := kinds[n.Kind()]; plain {
		out.Kind = kind
		out.Nodes = e.trees(n)
		return out, true
	}
	index, hole := holeOf(n)
	out.Index = index
	switch n := n.(type) {
	case *ast.Heading:
		out.Kind, out.Level = HeadingNode, n.Level
	case *ast.Paragraph:
		_, figure := n.AttributeString("figure")
		switch {
		case hole:
			out.Kind = CardNode
			return out, true
		case figure:
			out.Kind = FigureNode
			out.Index, _ = holeOf(n.FirstChild())
			return out, true
		}
		out.Kind = ParagraphNode
	case *ast.List:
		out.Kind, out.Level = ListNode, -1
		if n.IsOrdered() {
			out.Level = n.Start
		}
	case *ast.ListItem:
		if movedOf(n) != nil {
			return out, false
		}
		out.Kind = ItemNode
		if findingOf(n) != nil {
			out.Kind = FindingNode
		}
	case *ast.FencedCodeBlock, *ast.CodeBlock:
		if hole {
			out.Kind = ChartNode
			return out, true
		}
		out.Kind = CodeBlockNode
		for i := range n.Lines().Len() {
			line := n.Lines().At(i)
			out.Nodes = append(out.Nodes, Node{
				Kind: TextNode, Text: strings.TrimRight(string(line.Value(e.src)), "\n"), Span: e.span(line.Start, line.Stop),
			})
		}
		return out, true
	case *east.TableCell:
		out.Kind = CellNode
		out.Align, _ = attributeText(n, "class")
	case *east.Footnote:
		out.Kind, out.Index = NoteNode, n.Index
	default:
		return e.inline(n, out)
	}
	out.Nodes = e.trees(n)
	return out, out.Kind != ListNode || out.Nodes != nil
}

// inline is tree for what stands within a line.
func (e *extractor) inline(n ast.Node, out Node) (Node, bool) {
	switch n := n.(type) {
	case *ast.Text:
		out.Kind, out.Text = TextNode, string(unescape(n.Segment.Value(e.src)))
		out.Span = e.span(n.Segment.Start, n.Segment.Stop)
		if n.SoftLineBreak() {
			out.Text += " "
		}
		return out, true
	case *ast.String:
		out.Kind, out.Text = TextNode, string(n.Value)
		return out, true
	case *ast.CodeSpan:
		var text strings.Builder
		for c := n.FirstChild(); c != nil; c = c.NextSibling() {
			if t, ok := c.(*ast.Text); ok {
				text.Write(t.Segment.Value(e.src))
			}
		}
		out.Kind, out.Text = CodeNode, strings.ReplaceAll(text.String(), "\n", " ")
		return out, true
	case *ast.Emphasis:
		out.Kind = EmphasisNode
		if n.Level == 2 {
			out.Kind = StrongNode
		}
	case *ast.Link:
		out.Kind = LinkNode
	case *foreign:
		out.Kind, out.Text = ForeignNode, n.language
	case *ast.AutoLink:
		out.Kind, out.Nodes = LinkNode, []Node{{Kind: TextNode, Text: string(n.Label(e.src)), Span: out.Span}}
		return out, true
	case *ast.Image:
		out.Kind = PictureNode
		return out, true
	case *ast.RawHTML:
		out.Kind = BreakNode
		return out, breakEl.Match(n.Segments.Value(e.src))
	case *east.FootnoteLink:
		out.Kind, out.Index = NoteMarkNode, n.Index
		return out, true
	default:
		return out, false
	}
	out.Nodes = e.trees(n)
	return out, true
}

// trees gives the children of n.
func (e *extractor) trees(n ast.Node) []Node {
	var out []Node
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		node, ok := e.tree(c)
		if !ok {
			continue
		}
		out = append(out, node)
		if text, isText := c.(*ast.Text); isText && text.HardLineBreak() {
			out = append(out, Node{Kind: BreakNode, Span: node.Span})
		}
	}
	return out
}
