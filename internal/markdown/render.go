package markdown

import (
	"fmt"
	"path"
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/util"
)

// nodes renders all blocks, so that the writer knows where they begin, and of the inline nodes those that leave a hole
// or where goldmark's own HTML does not serve.
type nodes struct{}

func (nodes) RegisterFuncs(reg renderer.NodeRendererFuncRegisterer) {
	reg = tracer{reg}
	html.NewRenderer().RegisterFuncs(reg)
	extension.NewTableHTMLRenderer(extension.WithTableCellAlignMethod(extension.TableCellAlignNone)).RegisterFuncs(reg)
	extension.NewStrikethroughHTMLRenderer().RegisterFuncs(reg)
	extension.NewDefinitionListHTMLRenderer().RegisterFuncs(reg)
	extension.NewFootnoteHTMLRenderer(extension.WithFootnoteIDPrefixFunction(idPrefix)).RegisterFuncs(reg)
	reg.Register(ast.KindLink, renderLink)
	reg.Register(ast.KindAutoLink, renderLink)
	reg.Register(foreignKind, renderForeign)
	reg.Register(ast.KindImage, renderImage)
	reg.Register(ast.KindParagraph, renderParagraph)
	reg.Register(ast.KindList, renderList)
	reg.Register(ast.KindListItem, renderListItem)
	reg.Register(ast.KindRawHTML, renderRawHTML)
	reg.Register(ast.KindHTMLBlock, renderHTMLBlock)
	reg.Register(east.KindTable, renderTable)
	reg.Register(east.KindFootnoteBacklink, renderBacklink)
}

func renderLink(w util.BufWriter, src []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	index, _ := holeOf(n)
	if !entering {
		if link, ok := n.(*ast.Link); ok {
			if toFile(string(link.Destination)) {
				hole(w, Part{Hole: FileNote, Index: index})
			}
			_, _ = w.WriteString("</a>")
		}
		return ast.WalkContinue, nil
	}
	_, _ = w.WriteString(`<a href="`)
	hole(w, Part{Hole: LinkHref, Index: index})
	if link, ok := n.(*ast.Link); ok && len(link.Title) > 0 {
		_, _ = w.WriteString(`" title="`)
		_, _ = w.Write(util.EscapeHTML(unescape(link.Title)))
	}
	_, _ = w.WriteString(`">`)
	if auto, ok := n.(*ast.AutoLink); ok {
		_, _ = w.Write(util.EscapeHTML(auto.Label(src)))
		_, _ = w.WriteString("</a>")
	}
	return ast.WalkContinue, nil
}

// toFile reports whether a link may lead to a file of the publication that is no text.
func toFile(dest string) bool {
	name, _, _ := strings.Cut(dest, "#")
	ext := path.Ext(name)
	return ext != "" && ext != ".md" && !strings.Contains(name, ":")
}

func renderImage(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		index, _ := holeOf(n)
		hole(w, Part{Hole: Inline, Index: index})
	}
	return ast.WalkSkipChildren, nil
}

func renderParagraph(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if index, card := holeOf(n); card {
		if entering {
			hole(w, Part{Hole: CardOf, Index: index})
		}
		return ast.WalkSkipChildren, nil
	}
	if _, figure := n.AttributeString("figure"); figure {
		if entering {
			index, _ := holeOf(n.FirstChild())
			hole(w, Part{Hole: Figure, Index: index})
		}
		return ast.WalkSkipChildren, nil
	}
	if entering {
		_, _ = w.WriteString("<p>")
	} else {
		_, _ = w.WriteString("</p>\n")
	}
	return ast.WalkContinue, nil
}

func renderList(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	list := n.(*ast.List)
	tag := "ul"
	if list.IsOrdered() {
		tag = "ol"
	}
	if !entering {
		_, _ = fmt.Fprintf(w, "</%s>\n", tag)
		return ast.WalkContinue, nil
	}
	_, _ = w.WriteString("<" + tag)
	if _, ok := n.AttributeString("findings"); ok {
		_, _ = w.WriteString(` class="findings"`)
	}
	if list.IsOrdered() && list.Start != 1 {
		_, _ = fmt.Fprintf(w, ` start="%d"`, list.Start)
	}
	_, _ = w.WriteString(">\n")
	return ast.WalkContinue, nil
}

func renderListItem(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	raw := findingOf(n)
	index, _ := holeOf(n)
	switch {
	case movedOf(n) != nil && entering:
		_, _ = w.WriteString(`<li class="moved">`)
		hole(w, Part{Hole: MovedTo, Index: index})
	case raw != nil && entering:
		hole(w, Part{Hole: FindingTop, Index: index})
	case raw != nil:
		hole(w, Part{Hole: FindingEnd, Index: index})
		_, _ = w.WriteString("\n")
	case entering:
		_, _ = w.WriteString("<li>")
	default:
		_, _ = w.WriteString("</li>\n")
	}
	return ast.WalkContinue, nil
}

func renderRawHTML(w util.BufWriter, src []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering && breakEl.Match(n.(*ast.RawHTML).Segments.Value(src)) {
		_, _ = w.WriteString("<br>")
	}
	return ast.WalkSkipChildren, nil
}

// renderHTMLBlock drops a comment.
func renderHTMLBlock(util.BufWriter, []byte, ast.Node, bool) (ast.WalkStatus, error) {
	return ast.WalkSkipChildren, nil
}

// renderTable wraps a table, which may be wider than a phone, in a group that scrolls and can be reached by keyboard.
func renderTable(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		_, _ = w.WriteString(`<div class="table" role="group" tabindex="0"`)
		own := tongue(w, n)
		_, _ = w.WriteString(` aria-label="`)
		hole(w, Part{Hole: Word, Word: "table"})
		_, _ = w.WriteString("\"><table" + own + ">\n")
	} else {
		_, _ = w.WriteString("</table></div>\n")
	}
	return ast.WalkContinue, nil
}

func renderBacklink(w util.BufWriter, _ []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkContinue, nil
	}
	n := node.(*east.FootnoteBacklink)
	ref := ""
	if n.RefIndex > 0 {
		ref = strconv.Itoa(n.RefIndex)
	}
	_, _ = fmt.Fprintf(w, ` <a href="#%sfnref%s:%d" class="footnote-backref" role="doc-backlink"`, idPrefix(n), ref, n.Index)
	tongue(w, n)
	_, _ = w.WriteString(` aria-label="`)
	hole(w, Part{Hole: Word, Word: "footnote-back"})
	_, _ = fmt.Fprintf(w, ` %d">↩︎</a>`, n.Index)
	return ast.WalkContinue, nil
}

// tongue says of an element with words of the interface in which language those are, where the text is in one of its own; own is the attribute that
// says so of what stands in it.
func tongue(w util.BufWriter, n ast.Node) (own string) {
	language, _ := attributeText(n.OwnerDocument(), "language")
	if language == "" {
		return ""
	}
	_, _ = w.WriteString(` lang="`)
	hole(w, Part{Hole: Tongue})
	_, _ = w.WriteString(`"`)
	return ` lang="` + language + `"`
}

// idPrefix gives what the ids of footnotes begin with.
func idPrefix(n ast.Node) []byte {
	prefix, _ := n.OwnerDocument().AttributeString("prefix")
	return prefix.([]byte)
}

// ranges notes where in the parts each finding's text stands.
func (e *extractor) ranges() {
	for i, p := range e.body.Parts {
		switch p.Hole {
		case FindingTop:
			e.body.Findings[p.Index].First = i + 1
		case FindingEnd:
			e.body.Findings[p.Index].Last = i + 1
		}
	}
}
