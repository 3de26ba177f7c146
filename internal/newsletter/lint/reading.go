package lint

import (
	"bytes"
	"cmp"
	"regexp"
	"strings"

	"golang.org/x/net/html"
)

// marks are the beginnings and ends of what conditional comments enclose: <!--[if …]><!--> and <!--<![endif]--> around what is no
// comment to other clients, and <!--[if …]> and <![endif]--> around what is.
var marks = regexp.MustCompile(`<!(?:--\[if ([^\]]*)\]>(<!--(?:\s+--)?>)?|(?:--<!)?\[endif\]-->)`)

// reading gives the HTML as Word reads it, or as all other clients do. What they do not read is blanked: offsets stay.
func reading(source []byte, word bool) []byte {
	out := bytes.Clone(source)
	blank := func(from, to int) {
		for i := from; i < to; i++ {
			if out[i] != '\n' {
				out[i] = ' '
			}
		}
	}
	skip := -1 // where the part began that is not read
	for _, m := range marks.FindAllSubmatchIndex(source, -1) {
		switch {
		case m[2] < 0: // an end
			if skip >= 0 {
				blank(skip, m[0])
			}
			skip = -1
		case skip < 0:
			forWord := holdsForWord(string(source[m[2]:m[3]]))
			if word && !forWord || !word && m[4] < 0 {
				skip = m[0]
			}
		}
		blank(m[0], m[1])
	}
	if skip >= 0 {
		blank(skip, len(out))
	}
	return out
}

// holdsForWord reports whether Word reads what is under a condition, such as "mso", "!mso" or "(gte mso 9)|(IE)".
func holdsForWord(condition string) bool {
	return strings.Contains(strings.ReplaceAll(condition, "!mso", ""), "mso")
}

// A mail is the elements and texts of one reading, in order.
type mail struct {
	nodes    []*node
	comments []int // offsets
	doctype  int   // offset, or -1
	astray   []stray
	blocks   []block
}

// A stray is an element without an end tag, or an end tag without an element.
type stray struct {
	tag    string
	offset int
}

// A block is a <style> element's text.
type block struct {
	text   string
	offset int
	sheet  *sheet
}

// A node is an element, or a text where tag is empty.
type node struct {
	tag     string
	text    string
	offset  int
	attrs   []html.Attribute
	classes []string
	style   *style
	parent  *node
}

// A style is what a style attribute says.
type style struct {
	declarations []declaration
	values       map[string]string // by property
	uses         []string          // as in data/features.txt
}

// attr gives the value of an attribute, and whether it is there.
func (n *node) attr(key string) (string, bool) {
	for _, a := range n.attrs {
		if a.Key == key {
			return a.Val, true
		}
	}
	return "", false
}

// inline gives the value that the style attribute has for the first of the properties that it has, in the shorthand font, too.
func (n *node) inline(properties ...string) (value string, found bool) {
	if n.style == nil {
		return "", false
	}
	for _, p := range properties {
		if value, found = n.style.values[p]; found {
			break
		}
	}
	return value, found
}

// fonts matches the shorthand font: style and weight, size, height and family.
var fonts = regexp.MustCompile(`^(.*?)([\d.]+(?:px|em|%|pt|rem))(?:\s*/\s*\S+)?\s+(.+)$`)

// readStyle reads a style attribute.
func readStyle(source string) *style {
	s := &style{declarations: declarations(source), values: map[string]string{}}
	for _, d := range s.declarations {
		d.uses(func(use string) { s.uses = append(s.uses, use) })
		s.values[d.property] = d.value
		if d.property != "font" {
			continue
		}
		if m := fonts.FindStringSubmatch(d.value); m != nil {
			s.values["font-size"], s.values["font-family"] = m[2], m[3]
			s.values["font-weight"] = cmp.Or(strings.TrimSpace(strings.ReplaceAll(m[1], "italic", "")), "normal")
		}
	}
	return s
}

// in gives the nearest of the node and what it is in for which test holds, or nil.
func (n *node) in(test func(*node) bool) *node {
	for ; n != nil; n = n.parent {
		if test(n) {
			return n
		}
	}
	return nil
}

func is(tags ...string) func(*node) bool {
	return func(n *node) bool {
		for _, tag := range tags {
			if n.tag == tag {
				return true
			}
		}
		return false
	}
}

// shown reports whether readers see the node.
func (n *node) shown() bool {
	return n.in(func(n *node) bool {
		display, _ := n.inline("display")
		return display == "none" || is("head", "title", "style", "script")(n)
	}) == nil
}

// voids are the elements without an end tag: https://html.spec.whatwg.org/multipage/syntax.html#void-elements
var voids = is("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr")

// read reads HTML. It needs end tags, as many tools do, and tells which are missing.
func (l *Linter) read(source []byte) *mail {
	m := &mail{doctype: -1}
	var open *node
	tokens := html.NewTokenizer(bytes.NewReader(source))
	for offset := 0; ; {
		kind := tokens.Next()
		raw := len(tokens.Raw())
		switch kind {
		case html.ErrorToken:
			for ; open != nil; open = open.parent {
				m.astray = append(m.astray, stray{open.tag, open.offset})
			}
			return m
		case html.TextToken:
			l.addText(m, string(tokens.Raw()), offset, open)
		case html.CommentToken:
			m.comments = append(m.comments, offset)
		case html.DoctypeToken:
			m.doctype = offset
		case html.StartTagToken, html.SelfClosingTagToken:
			t := tokens.Token()
			n := &node{tag: t.Data, offset: offset, attrs: t.Attr, parent: open}
			if source, ok := n.attr("style"); ok {
				n.style = l.style(source)
			}
			if class, ok := n.attr("class"); ok {
				n.classes = strings.Fields(class)
			}
			m.nodes = append(m.nodes, n)
			if kind == html.StartTagToken && !voids(n) {
				open = n
			}
		case html.EndTagToken:
			name, _ := tokens.TagName()
			open = m.close(open, string(name), offset)
		}
		offset += raw
	}
}

func (l *Linter) addText(m *mail, raw string, offset int, open *node) {
	if open != nil && open.tag == "style" {
		m.blocks = append(m.blocks, block{raw, offset, l.sheet(raw)})
	} else if strings.TrimSpace(raw) != "" {
		m.nodes = append(m.nodes, &node{text: html.UnescapeString(raw), offset: offset, parent: open})
	}
}

// close ends the nearest element of a name, and gives the one around it.
func (m *mail) close(open *node, tag string, offset int) *node {
	end := open.in(is(tag))
	if end == nil {
		m.astray = append(m.astray, stray{tag, offset})
		return open
	}
	for ; open != end; open = open.parent {
		m.astray = append(m.astray, stray{open.tag, open.offset})
	}
	return end.parent
}
