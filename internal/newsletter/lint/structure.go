package lint

import (
	"bytes"
	"net/url"
	"strconv"
	"strings"
)

// Sizes in bytes. Gmail shows no more than 102 kB of a mail; mailing tools replace each link's address by a longer one of their own, for
// which linkTracking is counted.
const (
	largeMail    = 70_000
	tooLargeMail = 102_000
	linkTracking = 150
	longestLine  = 998
	lookedInto   = 10 * tooLargeMail // a mail that is larger, which nobody can send, is only told to be too large
)

// size checks how large the mail gets, and how long its lines are.
func (c *checker) size() {
	total := len(c.whole) + linkTracking*bytes.Count(bytes.ToLower(c.whole), []byte("<a "))
	switch {
	case total > tooLargeMail:
		c.add(0, TooLarge, (total+999)/1000)
	case total > largeMail:
		c.add(0, Large, (total+999)/1000)
	}
	offset := 0
	for line := range bytes.Lines(c.whole) {
		if n := len(bytes.TrimRight(line, "\r\n")); n > longestLine {
			c.add(offset+longestLine, LongLine, n)
		}
		offset += len(line)
	}
}

// forbidden are elements that clients remove, or that make them warn or refuse: they run, fetch, ask or embed.
var forbidden = is("script", "form", "input", "button", "select", "textarea", "iframe", "object", "embed", "applet", "link", "base", "video", "audio", "svg")

// structure checks elements and attributes.
func (c *checker) structure() {
	for _, s := range c.mail.astray {
		c.add(s.offset, Unclosed, s.tag)
	}
	data := c.dataTables()
	for _, n := range c.mail.nodes {
		switch {
		case forbidden(n):
			c.add(n.offset, Forbidden, n.tag)
		case n.tag == "html":
			c.need(n, Language, "lang", "dir")
		case n.tag == "body":
			c.wrapper(n)
		case n.tag == "table":
			if role, _ := n.attr("role"); role != "presentation" && !data[n] {
				c.add(n.offset, LayoutTable)
			}
		case n.tag == "img":
			c.picture(n)
		}
	}
	c.headings()
	c.links()
}

func (c *checker) need(n *node, code Code, attributes ...string) {
	for _, key := range attributes {
		if value, _ := n.attr(key); strings.TrimSpace(value) == "" {
			c.add(n.offset, code, key)
		}
	}
}

// wrapper checks the element in the body that repeats what mailing tools drop with <html> and <body>: Gmail and others keep neither.
func (c *checker) wrapper(body *node) {
	for _, n := range c.mail.nodes {
		if role, _ := n.attr("role"); role == "article" {
			c.need(n, Wrapper, "lang", "dir", "aria-label")
			return
		}
	}
	c.add(body.offset, Wrapper, `role="article"`)
}

// dataTables gives the tables that have header cells of their own.
func (c *checker) dataTables() map[*node]bool {
	out := map[*node]bool{}
	for _, n := range c.mail.nodes {
		if n.tag == "th" {
			out[n.in(is("table"))] = true
		}
	}
	return out
}

func (c *checker) picture(n *node) {
	src, _ := n.attr("src")
	if _, ok := n.attr("alt"); !ok {
		c.add(n.offset, PictureAlt, src)
	}
	for _, key := range []string{"width", "height"} {
		value, _ := n.attr(key)
		if pixels, err := strconv.Atoi(value); err != nil || pixels < 1 {
			c.add(n.offset, PictureSize, src)
			break
		}
	}
	if u, err := url.Parse(src); err != nil || u.Scheme != "https" || u.Host == "" {
		c.add(n.offset, PictureFrom, src)
	}
}

// headings checks that levels begin at 1 and go down one by one.
func (c *checker) headings() {
	allowed := 1
	for _, n := range c.mail.nodes {
		if len(n.tag) == 2 && n.tag[0] == 'h' && n.tag[1] >= '1' && n.tag[1] <= '6' {
			level := int(n.tag[1] - '0')
			if level > allowed {
				c.add(n.offset, HeadingOrder, level, allowed)
			}
			allowed = level + 1
		}
	}
}

// vague are link texts that say nothing out of their sentence, as lists of links in screen readers show them (WCAG 2.4.4).
var vague = map[string]bool{
	"hier": true, "klik hier": true, "deze link": true, "link": true, "lees meer": true, "lees verder": true, "meer": true, "verder": true,
	"here": true, "click here": true, "this link": true, "read more": true, "more": true,
}

// links checks that links have a text that says where they lead.
func (c *checker) links() {
	isLink := is("a")
	texts := map[*node]string{}
	for _, n := range c.mail.nodes {
		said := n.text
		if n.tag == "img" {
			said, _ = n.attr("alt")
		}
		if link := n.in(isLink); link != nil && said != "" {
			texts[link] += said
		}
	}
	for _, n := range c.mail.nodes {
		address, linked := n.attr("href")
		if !isLink(n) || !linked {
			continue
		}
		said := texts[n]
		if label, ok := n.attr("aria-label"); ok {
			said = label
		}
		said = strings.Join(strings.Fields(said), " ")
		if said == "" {
			c.add(n.offset, LinkEmpty, address)
		} else if vague[strings.ToLower(strings.Trim(said, " .…›»→>"))] {
			c.add(n.offset, LinkText, said)
		}
	}
}
