package lint

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// maxStyle is the most bytes that style blocks may have together: they are a bonus, and Gmail drops long ones.
const maxStyle = 2048

// The least size of text, in pixels.
const (
	leastText   = 16
	leastFooter = 14
)

// style checks style blocks, margins and padding.
func (c *checker) style() {
	total := 0
	for _, b := range c.mail.blocks {
		if total += len(b.text); total > maxStyle {
			c.add(b.offset, StyleSize, total)
		}
		for _, r := range b.sheet.rules {
			if outer := len(r.within); outer > 1 || outer == 1 && (r.at != "" || r.within[0].at != "media") {
				c.add(b.offset+r.offset, NestedRule, text(r.prelude))
			}
			if slices.ContainsFunc(r.selectors, func(s selector) bool { return !s.simple }) {
				c.add(b.offset+r.offset, Selector, text(r.prelude))
			}
		}
	}
	for _, n := range c.mail.nodes {
		if n.style == nil {
			continue
		}
		for _, d := range n.style.declarations {
			if property, _, _ := strings.Cut(d.property, "-"); property == "margin" && automatic(d.value) {
				c.add(n.offset, Margin, d.property+":"+d.value)
			} else if property == "padding" && !is("td", "th")(n) && strings.Trim(d.value, "0px ") != "" {
				c.add(n.offset, Padding, n.tag)
				break
			}
		}
	}
}

// automatic reports whether a margin is automatic or negative, which Outlook does not know.
func automatic(margin string) bool {
	for _, value := range strings.Fields(margin) {
		if value == "auto" || strings.HasPrefix(value, "-") {
			return true
		}
	}
	return false
}

// text checks that texts are large enough, and keep their look when all but the table around them is lost.
func (c *checker) text() {
	for _, n := range c.mail.nodes {
		if n.text == "" || !n.shown() {
			continue
		}
		for _, property := range []string{"font-family", "font-size", "color"} {
			if !n.keeps(property) {
				c.add(n.offset, NotInline, property, excerpt(n.text))
			}
		}
		least := float64(leastText)
		if n.in(footer) != nil {
			least = leastFooter
		}
		if size := n.size(); size < least && n.in(is("sup", "sub")) == nil {
			c.add(n.offset, TextSize, strconv.FormatFloat(size, 'f', -1, 64), int(least), excerpt(n.text))
		}
	}
}

func footer(n *node) bool {
	role, _ := n.attr("role")
	return role == "contentinfo"
}

// keeps reports whether a property of a text comes from the text's innermost table or what is in it. What is outside does not come in:
// browsers in quirks mode (mail that was pasted has no doctype) give tables a size and colour of their own, Word a font, too.
// https://quirks.spec.whatwg.org/#the-tables-inherit-color-from-body-quirk. Links have a colour of their own, and headings a size; pages of
// tools often give headings a font and colour, too.
func (n *node) keeps(property string) bool {
	for p := n.parent; p != nil && !is("body", "html")(p); p = p.parent {
		if _, ok := p.inline(property); ok {
			return true
		}
		if is("table", "h1", "h2", "h3", "h4", "h5", "h6")(p) || property == "color" && p.tag == "a" {
			return false
		}
	}
	return false
}

// size gives the size of a text in pixels. Sizes that are not in pixels, em or percent are passed over.
func (n *node) size() float64 {
	factor := 1.0
	for p := n.parent; p != nil; p = p.parent {
		value, ok := p.inline("font-size")
		if !ok {
			continue
		}
		digits := strings.TrimRight(value, "abcdefghijklmnopqrstuvwxyz% ")
		number, err := strconv.ParseFloat(digits, 64)
		if err != nil {
			continue
		}
		switch value[len(digits):] {
		case "px":
			return factor * number
		case "em":
			factor *= number
		case "%":
			factor *= number / 100
		}
	}
	return factor * 16
}

// excerpt gives the first words of a text.
func excerpt(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	if utf8.RuneCountInString(text) > 40 {
		return string([]rune(text)[:39]) + "…"
	}
	return text
}
