package markdown

import (
	"bytes"
	"slices"
	"sync"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/util"
)

// writer collects a body's HTML, and where its holes and blocks are.
type writer struct {
	bytes.Buffer
	positions *positions
	holes     []Part // without their HTML
	ends      []int  // of the HTML before each hole
	blocks    []Block
	notes     bool // the footnotes have begun, which stand anywhere in the file
}

var writers sync.Pool // of *writer

// begin makes w ready for a body; the room that others took stays.
func (w *writer) begin(p *positions) {
	w.Reset()
	*w = writer{Buffer: w.Buffer, positions: p, holes: w.holes[:0], ends: w.ends[:0], blocks: w.blocks[:0]}
}

// Buffered and Flush make a writer a util.BufWriter, so that goldmark puts no buffer before it.
func (w *writer) Buffered() int { return 0 }

// Flush does nothing.
func (w *writer) Flush() error { return nil }

// hole begins a new part.
func hole(w util.BufWriter, p Part) {
	out := w.(*writer)
	out.holes, out.ends = append(out.holes, p), append(out.ends, out.Len())
}

// partStart is the offset at which the part that is being written begins.
func (w *writer) partStart() int {
	if len(w.ends) == 0 {
		return 0
	}
	return w.ends[len(w.ends)-1]
}

// parts cuts the HTML at the holes.
func (w *writer) parts() []Part {
	html, start := w.String(), 0
	out := append(make([]Part, 0, len(w.holes)+1), w.holes...)
	for i, end := range w.ends {
		out[i].HTML, start = html[start:end], end
	}
	return append(out, Part{HTML: html[start:]})
}

// tags are what the elements of blocks begin with, of the element that Blocks names where there are several.
var tags = map[ast.NodeKind]string{
	ast.KindHeading: "<h", ast.KindParagraph: "<p", ast.KindBlockquote: "<blockquote", ast.KindThematicBreak: "<hr",
	ast.KindCodeBlock: "<pre", ast.KindFencedCodeBlock: "<pre", ast.KindList: "<", ast.KindListItem: "<li",
	east.KindTable: "<table", east.KindTableHeader: "<tr", east.KindTableRow: "<tr",
	east.KindDefinitionList: "<dl", east.KindDefinitionTerm: "<dt", east.KindDefinitionDescription: "<dd",
	east.KindFootnoteList: "<ol", east.KindFootnote: "<li",
}

// tracer registers renderers of blocks so that the writer notes where each block begins.
type tracer struct {
	renderer.NodeRendererFuncRegisterer
}

func (t tracer) Register(kind ast.NodeKind, render renderer.NodeRendererFunc) {
	tag := tags[kind]
	if kind == ast.KindFencedCodeBlock {
		render = orChart(render)
	}
	if tag == "" {
		t.NodeRendererFuncRegisterer.Register(kind, render)
		return
	}
	t.NodeRendererFuncRegisterer.Register(kind, func(w util.BufWriter, src []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
		out := w.(*writer)
		from := out.Len()
		status, err := render(w, src, n, entering)
		if entering {
			out.block(n, from, tag)
		}
		return status, err
	})
}

// block notes the block n, written from offset from on, unless it is one that a partial draws.
func (w *writer) block(n ast.Node, from int, tag string) {
	html := w.Bytes()
	i := bytes.Index(html[from:], []byte(tag))
	if i < 0 {
		return
	}
	end := from + i + len(tag)
	for 'a' <= html[end] && html[end] <= 'z' || '0' <= html[end] && html[end] <= '9' {
		end++
	}
	line := int32(w.positions.line(n))
	w.notes = w.notes || n.Kind() == east.KindFootnoteList
	for i := len(w.blocks) - 1; i >= 0 && w.blocks[i].Line > line && !w.notes; i-- {
		w.blocks[i].Line = line // of what n stands in, after a tab: see start
	}
	w.blocks = append(w.blocks, Block{int32(len(w.holes)), int32(end - w.partStart()), line})
}

// grouped are the blocks whose own position is not that of their first line.
var grouped = []ast.NodeKind{east.KindTable, east.KindDefinitionList, east.KindFootnoteList}

// line gives the line of the editor's file on which the block n begins.
func (p *positions) line(n ast.Node) int {
	for n.FirstChild() != nil && (n.Pos() < 0 || slices.Contains(grouped, n.Kind())) {
		n = n.FirstChild()
	}
	before, _ := slices.BinarySearch(p.lines, p.start(n))
	return p.first + before
}
