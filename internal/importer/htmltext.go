package importer

import (
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
)

var (
	headingClass = regexp.MustCompile(`^(?:msoheading|heading-?)([1-9])$`)
	caption      = regexp.MustCompile(`(?i)^(?:mso)?caption$|^bijschrift$`)
)

// kindOf tells what a paragraph is.
func (f *flow) kindOf(n *html.Node, list []property, l look) kind {
	k := kind{quote: f.kind.quote, pre: l.pre, indent: f.kind.indent, caption: f.kind.caption}
	if len(n.Data) == 2 && n.Data[0] == 'h' && n.Data[1] >= '1' && n.Data[1] <= '6' {
		k.heading = int(n.Data[1] - '0')
	}
	if attr(n, "role") == "heading" {
		level, _ := strconv.Atoi(attr(n, "aria-level"))
		k.heading = min(max(level, 1), 9)
	}
	styles := strings.Fields(strings.ToLower(attr(n, "class")))
	if n.Data == "p" && strings.Contains(attr(n, "class"), "Paragraph") { // Word online
		if named := parastyleOf(n); named != "" {
			styles = append(styles, strings.ToLower(strings.ReplaceAll(named, " ", "")))
		}
	}
	for _, class := range styles {
		switch {
		case class == "msotitle" || class == "title" && (n.Data == "p" || n.Data == "h1"):
			k.title = true
		case class == "msosubtitle" || class == "subtitle" && (n.Data == "p" || n.Data[0] == 'h'):
			k.subtitle = true
		case strings.HasPrefix(class, "msoquote") || strings.HasPrefix(class, "msointensequote"):
			k.quote = true
		case caption.MatchString(class):
			k.caption = true
		case strings.HasPrefix(class, "msolist") && n.Data == "p":
			k.more = true
		default:
			if m := headingClass.FindStringSubmatch(class); m != nil && n.Data == "p" {
				k.heading = int(m[1][0] - '0')
			}
		}
	}
	if n.Data == "figcaption" || n.Data == "caption" {
		k.caption = true
	}
	if n.Data != "p" && n.Data != "div" && k.heading == 0 {
		return k
	}
	if level, err := strconv.Atoi(value(list, "mso-outline-level")); err == nil && n.Data == "p" && level >= 1 && level <= 9 && !k.title {
		k.heading = level
	}
	firstLine, edge := edge(list, l.size)
	k.indent += int(max(firstLine, edge))
	if n.Data != "p" && k.heading == 0 {
		return k
	}
	f.marker(n, list, &k, edge)
	return k
}

// parastyleOf gives the name of the style that Word online says a paragraph has.
func parastyleOf(n *html.Node) string {
	for c := range n.Descendants() {
		if style := attr(c, "data-ccp-parastyle"); style != "" {
			return style
		}
		if c.Type == html.TextNode && strings.TrimSpace(c.Data) != "" {
			break
		}
	}
	return ""
}

// write adds characters. White space counts as one space, but where the page says that all of it counts.
func (f *flow) write(s string, l look) {
	if f.r.field > 0 || s == "" {
		return
	}
	if trimmed := strings.TrimSpace(s); l.font != "" && trimmed != "" && utf8.RuneCountInString(trimmed) <= 2 || strings.ContainsFunc(s, private) {
		f.symbols(s, l)
		return
	}
	var out strings.Builder
	flush := func() {
		if out.Len() > 0 {
			f.add(f.inline(out.String(), l))
			out.Reset()
		}
	}
	for _, c := range s {
		if l.soft && c == '\u00a0' {
			c = ' '
		}
		switch c {
		case '\n', '\r', '\f':
			if l.pre && c == '\n' {
				flush()
				f.newline()
				continue
			}
			c = ' '
		case '\t':
			if !l.pre {
				c = ' '
			}
		}
		if c == ' ' && !l.pre && (f.last == ' ' || f.last == 0 && len(f.text) == 0) {
			continue
		}
		f.last = c
		out.WriteRune(c)
	}
	flush()
}

func private(r rune) bool { return r >= 0xf020 && r <= 0xf0ff }

func (f *flow) inline(s string, l look) Inline {
	if n := len(strings.TrimSpace(s)); n > 0 {
		f.r.sizes[int(l.size*2)] += n
		if l.size < f.size || f.size == 0 {
			f.size = max(l.size, .1)
		}
		f.tagged = f.tagged || l.tagged
	}
	t := Inline{Text: s, Style: l.style, Link: l.link}
	if l.link == "" {
		t.Colour = l.colour
	}
	return t
}

// symbols adds signs of a symbols font: of Wingdings, where the page does not say which.
func (f *flow) symbols(s string, l look) {
	font := l.font
	l.font = ""
	for _, c := range s {
		font := font
		if font == "" && private(c) {
			if font = "wingdings"; c == 0xf0b7 {
				font = "symbol"
			}
		}
		sign, ok := signOf(font, c)
		if !ok {
			if !private(c) {
				f.write(string(c), l)
			}
			continue
		}
		t := f.inline(string(sign), l)
		t.Symbol = true
		f.last = sign
		f.add(t)
	}
}

// add puts a run after the text.
func (f *flow) add(t Inline) {
	if t.Text == "" {
		f.last = 0xfffc
	}
	f.text = append(f.text, t)
}

// joined makes one of runs that are written alike.
func joined(text []Inline) []Inline {
	out := text[:0]
	var words strings.Builder
	for i, t := range text {
		words.WriteString(t.Text)
		alike := t
		if i+1 < len(text) {
			alike.Text = text[i+1].Text
		}
		if i+1 == len(text) || t.Text == "" || alike.Text == "" || alike != text[i+1] {
			t.Text = words.String()
			words.Reset()
			out = append(out, t)
		}
	}
	return out
}

// newline begins a new line of the paragraph.
func (f *flow) newline() {
	if f.r.field > 0 {
		return
	}
	if len(f.text) > 0 {
		f.text = append(f.text, Inline{Break: true})
	}
	f.last = ' '
}

// end ends the paragraph.
func (f *flow) end() {
	text, k := joined(f.text), f.kind
	size, tagged := f.size, f.tagged
	f.text, f.last, f.size, f.tagged = nil, 0, 0, false
	if !says(text) && !hasMark(text) {
		return
	}
	anchors := f.anchors
	f.anchors = nil
	if !tagged {
		without(text, Mono)
	}
	if k.quote || k.caption { // all of it looks so, by its style
		without(text, Em)
		without(text, Strong)
	}
	r := f.r
	p := &Paragraph{Text: text, Caption: k.caption, Indent: max(k.indent, 0)}
	r.size[p] = size
	switch {
	case k.title && r.doc.Title == nil && len(f.out) == 0 && f.top:
		r.doc.Title = text
	case k.subtitle && r.doc.Title != nil && r.doc.Subtitle == nil && len(f.out) == 0 && f.top:
		r.doc.Subtitle = text
	case k.title || k.subtitle:
		f.out = append(f.out, &Heading{Level: 1, Text: text, Anchors: anchors})
	case k.heading > 0:
		f.out = append(f.out, &Heading{Level: k.heading, Text: text, Number: k.number, Anchors: anchors})
		f.kind.number = ""
	case k.item != nil:
		item := *k.item
		item.blocks = []Block{p}
		f.kind.item, f.kind.more = nil, true
		f.out = append(f.out, &item)
	case k.quote:
		if q, ok := lastOf(f.out).(*Quote); ok {
			q.Blocks = append(q.Blocks, p)
			break
		}
		f.out = append(f.out, &Quote{[]Block{p}})
	case k.more:
		f.out = append(f.out, &moreText{p})
	default:
		f.out = append(f.out, p)
	}
}

// without takes a style off a text that has it throughout.
func without(text []Inline, style Style) {
	for _, t := range text {
		if t.Style&style == 0 && strings.TrimSpace(t.Text) != "" {
			return
		}
	}
	for i := range text {
		text[i].Style &^= style
	}
}
