package importer

import (
	"regexp"
	"strings"

	"golang.org/x/net/html"
)

// flow is what is read of an element: blocks, and the text of the next paragraph.
type flow struct {
	r       *htmlReader
	out     []Block
	text    []Inline
	last    rune // the last character of text
	kind    kind
	size    float64
	tagged  bool // some of text is Mono by its element
	anchors []string
	top     bool // it is the page, not what stands in a list, table or quotation
}

// kind is what a paragraph is by its element, class and style.
type kind struct {
	heading                         int
	number                          string
	title, subtitle, quote, caption bool
	more                            bool // it goes on with an item of a list, by its class
	indent                          int
	item                            *listItem // whose text it is
	pre                             bool
}

// children reads the nodes within an element. Between two comments of Word may stand what programs are to show that do not know its
// notes, line breaks and the like.
func (f *flow) children(n *html.Node, l look) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.CommentNode {
			if end := unsupported(c); end != nil {
				c = end
			}
			continue
		}
		f.node(c, l)
	}
}

var fallback = regexp.MustCompile(`^\[if !support(?:Footnotes|Annotations|LineBreakNewLine|EmptyParas|MisalignedColumns|MisalignedRows)\]`)

// unsupported gives the comment that ends what stands in place of something, if a comment begins that.
func unsupported(c *html.Node) *html.Node {
	if !fallback.MatchString(c.Data) {
		return nil
	}
	for n := c.NextSibling; n != nil; n = n.NextSibling {
		if n.Type == html.CommentNode {
			if strings.HasPrefix(n.Data, "[endif]") {
				return n
			}
			return nil
		}
	}
	return nil
}

// left are elements that hold no text of the page.
var left = map[string]bool{"head": true, "script": true, "style": true, "template": true, "noscript": true, "xml": true, "nav": true, "button": true, "select": true,
	"textarea": true, "svg": true, "canvas": true, "datalist": true, "title": true, "meta": true, "link": true, "dialog": true, "annotation": true, "annotation-xml": true,
	"rp": true, "w:worddocument": true, "o:documentproperties": true, "m:mathpr": true}

var leftClass = regexp.MustCompile(`(?i)\b(?:MsoToc\w*|Kopvaninhoudsopgave|toc-?heading|sr-only|visually-?hidden|screen-reader-text|EOP|MsoCommentReference|msocomanchor|mw-editsection|headerlink)\b`)

// isLeft reports whether an element is no text of the document.
func (r *htmlReader) isLeft(n *html.Node) bool {
	_, note := r.index.inNote[n]
	id := attr(n, "id")
	switch {
	case note, left[n.Data], r.skip[n], r.index.back[n]:
		return true
	case (n.Data == "header" || n.Data == "footer" || n.Data == "aside") && n.Parent != nil && n.Parent.Data == "body":
		titled := false // a header may hold the title of the text
		for d := range n.Descendants() {
			titled = titled || d.Data == "h1"
		}
		return !titled
	case n.Data == "div" && (strings.HasPrefix(id, "Table of Contents") || strings.HasPrefix(id, "Inhoudsopgave") || attr(n, "title") == "header" || attr(n, "title") == "footer"):
		return true
	case n.Data == "p" && r.isContents(n):
		return true
	}
	for _, a := range n.Attr {
		switch a.Key {
		case "hidden":
			return true
		case "aria-hidden":
			if a.Val == "true" && (inlineElements[n.Data] || n.Data == "i") {
				return true
			}
		case "role":
			if a.Val == "navigation" || a.Val == "banner" || a.Val == "contentinfo" || a.Val == "search" {
				return true
			}
		case "class":
			if leftClass.MatchString(a.Val) {
				return true
			}
		}
	}
	return false
}

// isContents reports whether a paragraph is a line of a table of contents.
func (r *htmlReader) isContents(n *html.Node) bool {
	const most = 1000
	for a := range n.Descendants() {
		if a.Data == "a" && (strings.HasPrefix(attr(a, "href"), "#_Toc") || strings.HasPrefix(attr(a, "href"), "#__RefHeading")) {
			return strings.TrimSpace(textOf(a, most)) == strings.TrimSpace(textOf(n, most))
		}
		if a.Type == html.TextNode && strings.TrimSpace(a.Data) != "" {
			return false
		}
	}
	return false
}

// blockElements stand on lines of their own.
var blockElements = map[string]bool{"p": true, "div": true, "section": true, "article": true, "main": true, "header": true, "footer": true, "aside": true, "address": true,
	"figure": true, "form": true, "fieldset": true, "legend": true, "details": true, "center": true, "body": true, "html": true, "h1": true, "h2": true, "h3": true,
	"h4": true, "h5": true, "h6": true, "figcaption": true, "caption": true, "summary": true, "hgroup": true, "dd": true, "dt": true, "tr": true, "td": true, "th": true}

func (f *flow) node(n *html.Node, outer look) {
	r := f.r
	switch n.Type {
	case html.TextNode:
		f.write(n.Data, outer)
		return
	case html.DocumentNode:
		f.children(n, outer)
		return
	case html.ElementNode:
	default:
		return
	}
	if r.isLeft(n) || r.err != nil {
		return
	}
	list := r.sheet.of(n)
	switch element := value(list, "mso-element"); {
	case element == "" || !r.fields && strings.HasPrefix(element, "field"):
	case element == "field-begin":
		r.field++
		return
	case element == "field-separator" || element == "field-end":
		if r.field > 0 {
			r.field--
		}
		return
	case element == "header" || element == "footer":
		return
	case element == "comment-list":
		r.comments(n)
		return
	}
	l := r.lookOf(n, list, outer)
	if (n.Data == "ins" || n.Data == "del") && !r.tracked && (attr(n, "datetime") != "" || attr(n, "cite") != "") {
		r.tracked = true
		r.doc.Remarks = append(r.doc.Remarks, Remark{"tracked", nil})
	}
	if l.hidden {
		return
	}
	if note := r.index.refs[n]; note > 0 {
		f.add(Inline{Note: note})
		return
	}
	for _, key := range []string{"id", "name"} {
		if name := attr(n, key); name != "" && r.index.wanted[name] && len(f.anchors) < 20 {
			f.anchors = append(f.anchors, name)
		}
	}
	switch n.Data {
	case "br":
		f.newline()
	case "hr":
		f.end()
		f.out = append(f.out, &Rule{})
	case "img":
		if attr(n, "aria-roledescription") == "checkbox" { // of Google Docs, before a paragraph on the same line
			f.write(map[bool]string{true: "☑ ", false: "☐ "}[attr(n, "alt") == "checked"], l)
			break
		}
		f.picture(n, l)
	case "input":
		if attr(n, "type") == "checkbox" {
			_, checked := r.has(n, "checked")
			f.write(map[bool]string{true: "☑ ", false: "☐ "}[checked], l)
		}
	case "iframe", "video", "audio", "object", "embed":
		if src := first(attr(n, "src"), attr(n, "data")); src != "" && len(r.doc.Remarks) < maxRemarks {
			r.doc.Remarks = append(r.doc.Remarks, Remark{"media-left-out", []any{short(src)}})
		}
		if n.Data == "object" {
			f.children(n, l)
		}
	case "ul", "ol", "menu", "dir":
		f.list(n, l, 1)
	case "li":
		f.end()
		f.item(n, l, list, 1, false, 1)
	case "dl":
		f.end()
		if f.deeper() {
			f.out = append(f.out, r.definitions(n, l)...)
			r.nesting--
		}
	case "table":
		f.table(n, l)
	case "blockquote":
		f.end()
		if value(list, "border") == "none" || strings.HasPrefix(value(list, "border"), "none ") { // browsers indent so
			f.block(n, l, list)
			break
		}
		if !f.deeper() {
			f.block(n, l, list)
			break
		}
		f.out = append(f.out, &Quote{r.read(n, l)})
		r.nesting--
	case "pre":
		f.pre(n, l, list)
	default:
		switch tabs := value(list, "mso-tab-count"); {
		case tabs != "":
			f.write("\t", look{style: l.style, pre: true, link: l.link})
		case n.Data == "o:p" && strings.TrimSpace(textOf(n, 100)) == "":
		case blockElements[n.Data] && !(value(list, "display") == "inline-block" && isBox(f.text)):
			f.block(n, l, list)
		default:
			f.children(n, l)
		}
	}
}

func (*htmlReader) has(n *html.Node, key string) (string, bool) {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val, true
		}
	}
	return "", false
}

// deeper goes into a list, table or quotation; false if there are too many around it already, and it is read as if it were none.
func (f *flow) deeper() bool {
	if f.r.nesting >= maxNesting {
		return false
	}
	f.r.nesting++
	return true
}

// block reads an element that stands on lines of its own.
func (f *flow) block(n *html.Node, l look, list []property) {
	if f.kind.heading > 0 && n.Data[0] != 'h' || f.kind.item != nil && n.Data == "div" { // it stays one
		f.newline()
		f.children(n, l)
		f.newline()
		return
	}
	f.end()
	outer := f.kind
	f.kind = f.kindOf(n, list, l)
	f.children(n, l)
	f.end()
	f.kind = outer
}
