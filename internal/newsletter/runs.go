package newsletter

import (
	"cmp"
	"net/url"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"leerblad/internal/bounds"
	"leerblad/internal/markdown"
	"leerblad/internal/source"
)

// runs makes the runs of what stands within a block.
func (c *composer) runs(n *markdown.Node) []run {
	var raw []run
	c.collect(&raw, n.Nodes, run{language: c.Issue.Language})
	var out []run
	for i := 0; i < len(raw); {
		r := raw[i]
		text := []byte(r.text)
		for i++; i < len(raw) && r.text != "" && raw[i].text != "" && sameStyle(r, raw[i]); i++ {
			text = append(text, raw[i].text...) // one element for all of it
		}
		r.text = c.words(string(text), r.span)
		out = append(out, r)
	}
	before := rune(0)
	for i := range out {
		if r := &out[i]; r.text != "" {
			r.text = tame(r.text, before)
			before, _ = utf8.DecodeLastRuneInString(r.text)
		}
	}
	return out
}

// words gives a text with blanks in words that are too long, which it reports.
func (c *composer) words(text string, span source.Span) string {
	if len(text) <= bounds.Word {
		return text
	}
	var out strings.Builder
	length, long := 0, false
	for _, r := range text {
		if unicode.IsSpace(r) {
			length = 0
		} else if length++; length > bounds.Word {
			out.WriteByte(' ')
			length, long = 1, true
		}
		out.WriteRune(r)
	}
	if long {
		c.diags.Add("mail-long-word", span, bounds.Word)
	}
	return out.String()
}

func sameStyle(a, b run) bool {
	a.text, a.span, b.text, b.span = "", source.Span{}, "", source.Span{}
	return a == b && a.picture == nil
}

// collect appends the runs of nodes that stand in the style of run in.
func (c *composer) collect(out *[]run, nodes []markdown.Node, in run) {
	body := &c.Issue.Body
	for i := range nodes {
		n := &nodes[i]
		r := in
		r.span = n.Span
		switch n.Kind {
		case markdown.TextNode:
			r.text = n.Text
		case markdown.CodeNode:
			r.text, r.code = n.Text, true
		case markdown.BreakNode:
			r = run{isBreak: true}
		case markdown.NoteMarkNode:
			r.text = "[" + strconv.Itoa(n.Index) + "]"
		case markdown.PictureNode:
			p := c.picture(body.Pictures[n.Index], body.Compiled.Pictures[n.Index].Span)
			if p == nil || p.address == "" && p.alt == "" {
				continue
			}
			if r.picture = p; p.address == "" {
				r.text, r.picture = p.alt, nil
			}
		case markdown.EmphasisNode:
			r.emphasis = true
		case markdown.StrongNode:
			r.strong = true
		case markdown.DeletedNode:
			r.deleted = true
		case markdown.ForeignNode:
			r.language = cmp.Or(n.Text, r.language)
		case markdown.LinkNode:
			r.address, r.span = c.link(n.Index), body.Compiled.Links[n.Index].Span
		}
		if len(n.Nodes) > 0 {
			c.collect(out, n.Nodes, r)
			if n.Kind == markdown.LinkNode && body.Files[n.Index] != nil {
				f := body.Files[n.Index]
				r.text = " " + c.Words("download.file", f.Type, c.Size(f.Size))
				*out = append(*out, r)
			}
		} else if r.text != "" || r.picture != nil || r.isBreak {
			*out = append(*out, r)
		}
	}
}

// link gives the address of the body's link with an index, "" for a broken one. A link to a heading of the issue itself leads
// to the issue's page.
func (c *composer) link(index int) string {
	target := c.Issue.Body.Links[index]
	if target == "" {
		return ""
	}
	return c.address(target)
}

// bare gives an address without its scheme, as it is recognised in a text.
func bare(address string) string {
	if u, err := url.Parse(address); err == nil && (u.Scheme == "mailto" || u.Scheme == "tel") {
		return u.Opaque
	}
	return address
}
