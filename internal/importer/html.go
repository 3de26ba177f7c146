package importer

import (
	"bytes"
	"net/url"
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/charset"
)

// htmlReader reads a page, or what a program put on the clipboard.
type htmlReader struct {
	doc     *Document
	sheet   sheet
	index   *pageIndex
	base    *url.URL
	skip    map[*html.Node]bool // marks of list items, which are read already
	fields  bool                // instructions of Word's fields stand in the text
	field   int                 // how many fields stand around whose instruction has begun
	nesting int
	cells   int
	err     error
	tracked bool // changes that were tracked are told of

	sizes map[int]int            // how many letters there are of each size
	size  map[*Paragraph]float64 // of the smallest letters
	usual float64                // the size of most letters
}

// readHTML reads a saved page or a fragment of a clipboard.
func readHTML(data []byte) (*Document, error) {
	text, source := htmlText(data)
	if err := boundHTML(text); err != nil {
		return nil, err
	}
	root, err := html.ParseWithOptions(strings.NewReader(text), html.ParseOptionEnableScripting(false))
	if err != nil { // more than 512 elements inside each other
		return nil, &Error{Code: "too-deep", Args: []any{maxDepth}}
	}
	r := &htmlReader{doc: &Document{}, sheet: sheet{rules: map[string][]property{}, levels: map[string][]property{}, inline: map[string][]property{}},
		skip: map[*html.Node]bool{}, sizes: map[int]int{}, size: map[*Paragraph]float64{}}
	r.base, _ = url.Parse(source)
	begins := strings.Count(text, "mso-element:field-begin")
	r.fields = begins > 0 && begins == strings.Count(text, "mso-element:field-end")
	for n := range root.Descendants() {
		switch n.Data {
		case "style":
			if n.Type == html.ElementNode {
				r.sheet.read(textOf(n, 1<<20))
			}
		case "base":
			if u, err := url.Parse(attr(n, "href")); err == nil && u.IsAbs() {
				r.base = u
			}
		}
	}
	top := content(root)
	r.index = indexPage(root)
	r.doc.Notes = make([]Note, len(r.index.notes))
	f := &flow{r: r, top: true}
	f.children(top, r.lookOf(top, r.sheet.of(top), look{}))
	f.end()
	r.doc.Blocks = gather(f.out)
	for i, nodes := range r.index.notes {
		f := &flow{r: r}
		for _, n := range nodes {
			delete(r.index.inNote, n)
			f.node(n, look{})
		}
		f.end()
		blocks := gather(f.out)
		if list, ok := at(blocks, 0).(*List); ok && len(blocks) == 1 && len(list.Items) == 1 { // the note was an item of a list of notes
			blocks = list.Items[0].Blocks
		}
		r.doc.Notes[i].Blocks = blocks
	}
	if _, rule := lastOf(r.doc.Blocks).(*Rule); rule && len(r.doc.Notes) > 0 {
		r.doc.Blocks = r.doc.Blocks[:len(r.doc.Blocks)-1]
	}
	r.large()
	if r.doc.Title == nil {
		r.titles()
	}
	return r.doc, r.err
}

// titles makes the title and subtitle of the first paragraphs, where their letters are much larger than those of the text.
func (r *htmlReader) titles() {
	size := 0.
	for _, to := range []*[]Inline{&r.doc.Title, &r.doc.Subtitle} {
		p, ok := at(r.doc.Blocks, 0).(*Paragraph)
		if !ok || !p.Large || len(r.doc.Blocks) < 2 || hasMark(p.Text) || len(plain(p.Text)) > 200 || size > 0 && r.size[p] >= size || r.size[p] < 1.2*r.usual {
			return
		}
		size = r.size[p]
		*to, r.doc.Blocks = p.Text, r.doc.Blocks[1:]
	}
}

// read reads what stands in an element.
func (r *htmlReader) read(n *html.Node, l look) []Block {
	f := &flow{r: r}
	f.children(n, l)
	f.end()
	return gather(f.out)
}

var (
	clipboardHead = regexp.MustCompile(`^\s*Version:[\d.]+\s+(?:[A-Za-z]+:[^\n]*\n)+`)
	sourceURL     = regexp.MustCompile(`(?m)^SourceURL:\s*(https?://\S+)`)
	savedFrom     = regexp.MustCompile(`<!-- saved from url=\(\d+\)(https?://\S+) -->`)
)

// htmlText gives the characters of a page, and the address that it comes from, if it says that. What is valid as UTF-8 is that, whatever
// the page says.
func htmlText(data []byte) (text, source string) {
	wide := bytes.HasPrefix(data, []byte("\xff\xfe")) || bytes.HasPrefix(data, []byte("\xfe\xff"))
	if !wide && !utf8.Valid(data) {
		if e, _, _ := charset.DetermineEncoding(data[:min(len(data), 1024)], "text/html"); e != nil {
			if out, err := e.NewDecoder().Bytes(data); err == nil {
				data = out
			}
		}
	}
	text = decode(data)
	head := text[:min(len(text), 4096)]
	for _, form := range []*regexp.Regexp{sourceURL, savedFrom} {
		if m := form.FindStringSubmatch(head); m != nil {
			source = m[1]
			break
		}
	}
	if at := clipboardHead.FindStringIndex(head); at != nil {
		text = text[at[1]:]
	}
	return text, source
}

// content gives the element with the text of a page: what it calls that itself, or all of it.
func content(root *html.Node) *html.Node {
	var body *html.Node
	var mains, articles []*html.Node
	for n := range root.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		switch {
		case n.Data == "body" && body == nil:
			body = n
		case n.Data == "main" || attr(n, "role") == "main":
			mains = append(mains, n)
		case n.Data == "article":
			articles = append(articles, n)
		}
	}
	for _, only := range [][]*html.Node{mains, articles} {
		if len(only) == 1 && strings.TrimSpace(textOf(only[0], 500)) != "" {
			return only[0]
		}
	}
	if body == nil {
		return root
	}
	return body
}

// large marks the paragraphs whose letters are larger than most.
func (r *htmlReader) large() {
	usual, most := 0, 0
	for size, n := range r.sizes {
		if n > most || n == most && size < usual {
			usual, most = size, n
		}
	}
	if usual == 0 {
		usual = 24
	}
	r.usual = float64(usual) / 2
	for p, size := range r.size {
		p.Large = size > r.usual*1.15 && size > 1
	}
}
