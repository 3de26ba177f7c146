package importer

import (
	"bytes"
	"encoding/base64"
	"net/url"
	"path"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/charset"
)

const (
	// maxTags is how many tags a page may have, those counted that the parser opens again after a block.
	maxTags = 500_000
	// maxPage is the size of a page without the pictures in it, and maxText that of the text on it.
	maxPage = 30 << 20
	maxText = 4 << 20
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

// formatting are the elements that the parser opens again in the next block if they were not closed in the last.
var formatting = map[string]bool{"a": true, "b": true, "big": true, "code": true, "em": true, "font": true, "i": true, "nobr": true, "s": true, "small": true,
	"strike": true, "strong": true, "tt": true, "u": true}

// boundHTML makes sure that a page does not become much larger than it is when it is parsed: each tag may open all elements again
// that are still open. End tags within a table do not close what was opened outside of it.
func boundHTML(text string) error {
	type scope struct {
		tag  string
		open map[string]int
		sum  int
	}
	scopes := []scope{{open: map[string]int{}}}
	z := html.NewTokenizer(strings.NewReader(text))
	tags, size, words, all := 0, 0, 0, 0
	raw := false // within a style sheet or script
	for {
		kind := z.Next()
		switch kind {
		case html.ErrorToken:
			return nil
		case html.TextToken:
			if size += len(z.Raw()); !raw {
				words += len(z.Raw())
			}
			tags += all
		case html.StartTagToken, html.SelfClosingTagToken, html.EndTagToken:
			if whole := z.Raw(); !bytes.Contains(whole, []byte("data:")) {
				size += len(whole)
			}
			name, _ := z.TagName()
			tag := string(name)
			raw = kind == html.StartTagToken && (tag == "style" || tag == "script")
			top := &scopes[len(scopes)-1]
			switch {
			case formatting[tag] && kind != html.EndTagToken:
				top.open[tag]++
				top.sum++
				all++
			case formatting[tag] && top.open[tag] > 0:
				top.open[tag]--
				top.sum--
				all--
			case tag == "table" || tag == "td" || tag == "th" || tag == "caption" || tag == "object" || tag == "template" || tag == "svg" || tag == "math":
				cell := func(tag string) bool { return tag == "td" || tag == "th" || tag == "caption" }
				if kind == html.EndTagToken || cell(tag) { // a cell ends the one before it
					for len(scopes) > 1 {
						top := scopes[len(scopes)-1]
						if top.tag != tag && !(cell(top.tag) && (tag == "table" || cell(tag))) {
							break
						}
						scopes = scopes[:len(scopes)-1]
						outer := &scopes[len(scopes)-1]
						outer.sum += top.sum
						for tag, n := range top.open {
							outer.open[tag] += n
						}
						if top.tag == tag {
							break
						}
					}
				}
				if kind == html.StartTagToken {
					scopes = append(scopes, scope{tag: tag, open: map[string]int{}})
				}
			}
			tags += 1 + all
		}
		switch {
		case words > maxText:
			return tooMuchText()
		case tags > maxTags || size > maxPage:
			return &Error{Code: "page-too-large"}
		}
	}
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

// isBox reports whether a text is but a box to be checked.
func isBox(text []Inline) bool {
	return len(text) == 1 && (text[0].Text == "☑ " || text[0].Text == "☐ ")
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

// address gives where a link leads: past the pages of Google and Outlook that only lead on.
func (r *htmlReader) address(href string) string {
	if name := within(href); name != "" {
		return "#" + name
	}
	for range 3 {
		u, err := url.Parse(href)
		if err != nil {
			return href
		}
		host, to := strings.ToLower(u.Host), ""
		switch {
		case strings.TrimPrefix(host, "www.") == "google.com" && u.Path == "/url":
			to = first(u.Query().Get("q"), u.Query().Get("url"))
		case strings.HasSuffix(host, ".safelinks.protection.outlook.com"):
			to = u.Query().Get("url")
		}
		if !strings.HasPrefix(to, "http") {
			if u.Scheme == "" && r.base != nil && r.base.Host != "" && (u.Path != "" || u.Host != "") {
				return r.base.ResolveReference(u).String()
			}
			break
		}
		href = to
	}
	return href
}

// picture adds a picture. Those that stand for a sign are that sign; those of one point tell a sender that a mail was read.
func (f *flow) picture(n *html.Node, l look) {
	alt := strings.TrimSpace(attr(n, "alt"))
	if runes := []rune(alt); len(runes) > 0 && len(runes) <= 3 && isSign(alt) {
		f.write(alt, l)
		return
	}
	src := strings.TrimSpace(first(attr(n, "src"), attr(n, "data-src"), attr(n, "o:href")))
	w, h := attr(n, "width"), attr(n, "height")
	if src == "" || (w == "0" || w == "1") && (h == "0" || h == "1") || f.r.field > 0 {
		return
	}
	if alt == attr(n, "name") && madeName.MatchString(alt) {
		if next := nextElement(n); next != nil && next.Data == "span" && madeName.MatchString(attr(next, "id")) {
			return // LibreOffice's picture of the frame whose text follows
		}
		alt = ""
	}
	p := Picture{Alt: alt}
	if meta, body, ok := strings.Cut(src, ","); ok && len(src) > 5 && strings.EqualFold(src[:5], "data:") {
		if strings.HasSuffix(meta, ";base64") {
			clean := strings.NewReplacer(" ", "", "\n", "", "\t", "", "%2B", "+", "%2F", "/", "%3D", "=").Replace(body)
			p.Data, _ = base64.RawStdEncoding.DecodeString(strings.TrimRight(clean, "="))
		} else if text, err := url.PathUnescape(body); err == nil {
			p.Data = []byte(text)
		}
		kind, _, _ := strings.Cut(strings.TrimPrefix(meta[5:], "image/"), ";")
		p.Name, p.Hint = "image."+kind, short(meta)
	} else {
		p.Hint = src
		if u, err := url.Parse(src); err == nil {
			p.Name = path.Base(strings.ReplaceAll(u.Path+u.Opaque, `\`, "/"))
		}
	}
	if before, after := n.PrevSibling, n.NextSibling; l.link == "" && before != nil && after != nil { // LibreOffice's link around a picture
		if blank(before) && before.Type == html.TextNode {
			before = before.PrevSibling
		}
		if blank(after) && after.Type == html.TextNode {
			after = after.NextSibling
		}
		if href := linkOf(before); href != "" && href == linkOf(after) && blank(before) && blank(after) {
			l.link = f.r.address(href)
		}
	}
	f.r.doc.Pictures = append(f.r.doc.Pictures, p)
	f.add(Inline{Picture: len(f.r.doc.Pictures), Link: l.link})
}

// madeName is a name that LibreOffice made.
var madeName = regexp.MustCompile(`^\p{L}+ ?\d+$`)

func nextElement(n *html.Node) *html.Node {
	for n = n.NextSibling; n != nil && n.Type != html.ElementNode; n = n.NextSibling {
	}
	return n
}

func blank(n *html.Node) bool { return strings.TrimSpace(textOf(n, 100)) == "" }

// linkOf gives where a link leads; "" for other nodes.
func linkOf(n *html.Node) string {
	if n == nil || n.Type != html.ElementNode || n.Data != "a" {
		return ""
	}
	return attr(n, "href")
}
