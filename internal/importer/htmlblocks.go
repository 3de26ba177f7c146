package importer

import (
	"regexp"
	"strings"

	"golang.org/x/net/html"
)

// pre reads text in which all white space counts: code, but for mails, which are prose.
func (f *flow) pre(n *html.Node, l look, list []property) {
	class := attr(n, "class")
	_, wraps := f.r.has(n, "wrap")
	prose := wraps || strings.Contains(class, "moz-")
	if !prose && f.kind.heading == 0 && f.kind.item == nil {
		f.end()
		sub := &flow{r: f.r}
		l.pre = true
		sub.children(n, l)
		var out strings.Builder
		plain := true
		for _, t := range sub.text {
			switch {
			case t.Break:
				out.WriteByte('\n')
			case t.Text == "":
				plain = false
			default:
				out.WriteString(t.Text)
			}
		}
		if plain && len(sub.out) == 0 {
			f.out = append(f.out, &Code{strings.Trim(out.String(), "\n"), languageOf(n)})
			return
		}
	}
	f.block(n, l, list)
}

// codeLanguage is a class by which highlighters of code know its language.
var codeLanguage = regexp.MustCompile(`(?:^|\s)(?:language|lang|highlight-source)-([\w+#.-]{1,30})(?:\s|$)`)

// languageOf gives the language of code, by the class of its element, the one around it or the only one in it.
func languageOf(n *html.Node) string {
	for _, at := range []*html.Node{n, n.FirstChild, n.Parent} {
		if at != nil {
			if m := codeLanguage.FindStringSubmatch(attr(at, "class")); m != nil {
				return m[1]
			}
		}
	}
	return ""
}

// definitions reads a list of terms. What stands without a term is text of its own.
func (r *htmlReader) definitions(n *html.Node, l look) (out []Block) {
	d := &Definitions{}
	var walk func(n *html.Node, l look)
	walk = func(n *html.Node, l look) {
		for c := range n.ChildNodes() {
			if c.Type != html.ElementNode || r.isLeft(c) {
				if c.Type == html.TextNode && strings.TrimSpace(c.Data) != "" {
					d.more([]Block{&Paragraph{Text: []Inline{{Text: strings.TrimSpace(c.Data)}}}})
				}
				continue
			}
			in := r.lookOf(c, r.sheet.of(c), l)
			switch {
			case in.hidden:
			case c.Data == "div":
				walk(c, in)
			case c.Data == "dt":
				f := &flow{r: r}
				f.children(c, in)
				f.end()
				blocks := gather(f.out)
				term := Definition{}
				if p, ok := at(blocks, 0).(*Paragraph); ok {
					term.Term, blocks = p.Text, blocks[1:]
				}
				term.Blocks = blocks
				d.Items = append(d.Items, term)
			default:
				d.more(r.read(c, in))
			}
		}
	}
	walk(n, l)
	from := 0
	for i, item := range d.Items {
		if !says(item.Term) {
			if i > from {
				out = append(out, &Definitions{d.Items[from:i]})
			}
			out, from = append(out, item.Blocks...), i+1
		}
	}
	if from < len(d.Items) {
		out = append(out, &Definitions{d.Items[from:]})
	}
	return out
}

// more adds to what the last term means.
func (d *Definitions) more(blocks []Block) {
	if len(d.Items) == 0 {
		d.Items = append(d.Items, Definition{})
	}
	last := &d.Items[len(d.Items)-1]
	last.Blocks = append(last.Blocks, blocks...)
}

var (
	commentAuthor = regexp.MustCompile(`mso-comment-author:\s*"?([^";]+)`)
	commentMark   = regexp.MustCompile(`^\[\p{L}{1,4}\d+\]`)
)

// comments reads the comments in Word's margin.
func (r *htmlReader) comments(n *html.Node) {
	for c := range n.Descendants() {
		if c.Type != html.ElementNode || value(r.sheet.of(c), "mso-element") != "comment" {
			continue
		}
		by := "?"
		for d := range c.Descendants() {
			if m := commentAuthor.FindStringSubmatch(attr(d, "style")); m != nil {
				by = m[1]
			}
		}
		text := strings.Join(strings.Fields(textOf(c, 4000)), " ")
		if text = strings.TrimSpace(commentMark.ReplaceAllString(text, "")); text != "" {
			r.doc.Comments = append(r.doc.Comments, Comment{By: by, Text: text})
		}
	}
}
