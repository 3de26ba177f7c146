package importer

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/net/html"
)

// listItem is an item as a page has it: pages of Word and others put items of all depths beside each other, as paragraphs or as lists
// of one item. gather makes lists of them.
type listItem struct {
	depth   int // the larger, the deeper
	ordered bool
	n       int // the number; 0 for one more than the last
	roman   int // the number, if its letter is a Roman one
	mark    string
	indent  int // of its text, in points
	blocks  []Block
}

// moreText is a paragraph that goes on with the item before it, by its style.
type moreText struct{ *Paragraph }

func (*listItem) block() {}

// depthOf is the depth of items of a level, in the measure of those that are known by their indent in points.
func depthOf(level int) int { return 36 * level }

// list reads a list. Lists straight in lists are levels of it.
func (f *flow) list(n *html.Node, l look, level int) {
	f.end()
	if !f.deeper() {
		f.children(n, l)
		return
	}
	number := 1
	if start, err := strconv.Atoi(attr(n, "start")); err == nil {
		number = start
	}
	_, started := f.r.has(n, "start")
	for c := range n.ChildNodes() {
		if c.Type != html.ElementNode {
			if c.Type == html.TextNode && strings.TrimSpace(c.Data) != "" {
				f.node(c, l)
			}
			continue
		}
		list := f.r.sheet.of(c)
		in := f.r.lookOf(c, list, l)
		switch {
		case f.r.isLeft(c) || in.hidden:
		case c.Data == "li":
			f.end()
			if position, err := strconv.Atoi(attr(c, "data-aria-posinset")); err == nil && !started { // Word online
				number = position
			}
			if v, err := strconv.Atoi(attr(c, "value")); err == nil {
				number = v
			}
			f.item(c, in, list, level, n.Data == "ol", number)
			number++
		case c.Data == "ul" || c.Data == "ol":
			f.list(c, in, level+1)
		default:
			f.node(c, l)
		}
	}
	f.end()
	f.r.nesting--
}

// item reads an item of a list.
func (f *flow) item(n *html.Node, l look, list []property, level int, ordered bool, number int) {
	for _, key := range []string{"data-aria-level", "aria-level"} {
		if said, err := strconv.Atoi(attr(n, key)); err == nil && said > 0 && said <= 9 {
			level = max(level, said)
			break
		}
	}
	item := &listItem{depth: depthOf(level), ordered: ordered, n: number}
	if !ordered {
		item.mark = bulletOf(strings.Trim(value(list, "list-style-type"), `"' `), "")
		if said := attr(n, "data-leveltext"); said != "" && item.mark == "" {
			item.mark = bulletOf(said, attr(n, "data-font"))
		}
	}
	if item.blocks = f.r.read(n, l); len(item.blocks) > 0 {
		f.out = append(f.out, item)
	}
}

// bulletOf gives a list's own mark, if it is no ordinary one.
func bulletOf(text, font string) string {
	runes := []rune(strings.TrimSpace(text))
	if len(runes) == 0 || len(runes) > 2 {
		return ""
	}
	sign := runes[0]
	if s, ok := signOf(font, sign); ok {
		sign = s
	}
	if strings.ContainsRune(bullets+"o§·", sign) || unicode.IsLetter(sign) || unicode.IsDigit(sign) || private(sign) || sign > 0xe000 && sign < 0xf900 || !isSign(string(sign)) {
		return ""
	}
	return string(sign)
}

var (
	wordList  = regexp.MustCompile(`^(l\d+) (level[1-9])`)
	markParts = regexp.MustCompile(`[\p{L}\p{N}]+`)
)

// marker finds the mark of an item that Word made a paragraph of, and takes it out of the text; that of a heading is its number.
func (f *flow) marker(n *html.Node, list []property, k *kind, edge float64) {
	said := wordList.FindStringSubmatch(strings.Join(strings.Fields(value(list, "mso-list")), " "))
	text, font, nodes := f.r.markOf(n)
	if said == nil && nodes == nil {
		return
	}
	item := &listItem{depth: int(edge), indent: int(edge)}
	format := ""
	if said != nil {
		level := f.r.sheet.levels[said[1]+":"+said[2]]
		format = value(level, "mso-level-number-format")
		item.depth = depthOf(int(said[2][len("level")] - '0'))
		if nodes == nil && format == "none" { // a paragraph of a list, without a mark of its own
			k.more = k.heading == 0
			return
		}
		item.ordered = nodes == nil && level != nil && format != "bullet" && format != "image"
	}
	if words := markParts.FindAllString(text, -1); len(words) > 0 && len(words[0]) > 3 && font == "" && k.heading == 0 && romanValue(strings.ToLower(words[0])) == 0 &&
		unicode.IsLetter([]rune(words[0])[0]) { // "Article 1" is text
		k.more = false
		return
	}
	if nodes != nil && !item.numbered(text, format) {
		item.mark = bulletOf(text, font)
	}
	for _, node := range nodes {
		f.r.skip[node] = true
	}
	switch {
	case k.heading > 0:
		if item.ordered {
			k.number = text
		}
	case !k.title && !k.subtitle:
		k.item = item
	}
}

// markOf gives the mark of an item, the symbols font that it is in, and the nodes that it is; no nodes if there is none.
func (r *htmlReader) markOf(n *html.Node) (text, font string, nodes []*html.Node) {
	trim := func(s string) string { return strings.Join(strings.Fields(s), " ") }
	const most = 200
	var first *html.Node
	for d := range n.Descendants() {
		if d.Type == html.ElementNode && value(r.sheet.of(d), "mso-list") == "ignore" {
			nodes, text = []*html.Node{d}, trim(textOf(d, most))
			first = d
		}
		if d.Type == html.TextNode && strings.TrimSpace(d.Data) != "" {
			first = d
			break
		}
	}
	if first == nil {
		return "", "", nil
	}
	for e := first.Parent; font == "" && e != n.Parent; e = e.Parent {
		font = r.lookOf(e, r.sheet.of(e), look{}).font
	}
	if nodes != nil {
		return text, font, nodes
	}
	for e := first; e != n; e = e.Parent { // between Word's comments
		begin := e.PrevSibling
		for begin != nil && begin.Type != html.CommentNode {
			begin = begin.PrevSibling
		}
		if begin == nil || !strings.HasPrefix(begin.Data, "[if !supportLists]") {
			continue
		}
		for c := begin.NextSibling; c != nil; c = c.NextSibling {
			if c.Type == html.CommentNode && strings.HasPrefix(c.Data, "[endif]") {
				return trim(text), font, nodes
			}
			nodes = append(nodes, c)
			text += textOf(c, most)
		}
		nodes, text = nil, ""
	}
	for e := first.Parent; e != n; e = e.Parent { // Safari leaves the blanks behind the mark, in small type
		if text := trim(textOf(e, most)); len([]rune(text)) <= 10 && r.hasFiller(e) {
			nodes = []*html.Node{e}
		}
	}
	if nodes != nil {
		return trim(textOf(nodes[0], most)), font, nodes
	}
	return "", "", nil
}

// hasFiller reports whether there are the blanks in an element that Word puts between a mark and the text.
func (r *htmlReader) hasFiller(e *html.Node) bool {
	for d := range e.Descendants() {
		if d.Type != html.ElementNode || strings.TrimSpace(textOf(d, 100)) != "" || !strings.Contains(textOf(d, 100), "\u00a0") {
			continue
		}
		style := strings.ToLower(attr(d, "style"))
		if strings.Contains(style, "7pt") || strings.Contains(style, "7.0pt") || strings.Contains(style, "9.333") || strings.Contains(style, "9px") {
			return true
		}
	}
	return false
}

// numbered reads the number of a mark; false for a bullet.
func (item *listItem) numbered(text, format string) bool {
	parts := markParts.FindAllString(text, -1)
	if len(parts) == 0 {
		return false
	}
	value := parts[len(parts)-1]
	if n, err := strconv.Atoi(value); err == nil && n < 100_000 {
		item.ordered, item.n = true, n
		return true
	}
	if format == "bullet" || format == "image" {
		return false
	}
	lower := strings.ToLower(value)
	roman := romanValue(lower)
	letter := 0
	if strings.Trim(lower, lower[:1]) == "" && lower[0] >= 'a' && lower[0] <= 'z' && len(lower) <= 3 {
		letter = int(lower[0]-'a') + 1 + 26*(len(lower)-1)
	}
	switch {
	case text == value && format == "" && value != lower && roman == 0, text == value && format == "" && roman == 0:
		return false // a bullet such as o or §
	case strings.HasPrefix(format, "roman") && roman > 0:
		item.n = roman
	case strings.HasPrefix(format, "alpha") && letter > 0:
		item.n = letter
	case letter > 0:
		item.n, item.roman = letter, roman
	case roman > 0:
		item.n = roman
	default:
		return false
	}
	item.ordered = true
	return true
}

// romanValue reads a Roman number in small letters; 0 if it is none.
func romanValue(s string) int {
	values := map[byte]int{'i': 1, 'v': 5, 'x': 10, 'l': 50, 'c': 100}
	sum := 0
	for i := range len(s) {
		v, ok := values[s[i]]
		switch {
		case !ok || len(s) > 9:
			return 0
		case i+1 < len(s) && values[s[i+1]] > v:
			sum -= v
		default:
			sum += v
		}
	}
	return sum
}

// gather makes lists of items that stand beside each other.
func gather(blocks []Block) []Block {
	if !slices.ContainsFunc(blocks, func(b Block) bool {
		switch b.(type) {
		case *listItem, *moreText:
			return true
		}
		return false
	}) {
		return blocks
	}
	type level struct {
		depth, indent int
		list          *List
	}
	var out []Block
	var open []level // from the outermost list on
	last := func(l level) *Item { return &l.list.Items[len(l.list.Items)-1] }
	paragraph := func(p *Paragraph, always bool) {
		_, marked := markOf(p.Text)
		if !marked && !p.Caption {
			for _, l := range slices.Backward(open) {
				const slack = 3
				if d := p.Indent - l.indent; d >= -slack && (always || d <= slack && p.Indent > slack) {
					last(l).Blocks = append(last(l).Blocks, p)
					return
				}
			}
		}
		open, out = nil, append(out, p)
	}
	for _, b := range blocks {
		var item *listItem
		switch b := b.(type) {
		case *moreText:
			paragraph(b.Paragraph, b.Indent > 0)
			continue
		case *Paragraph:
			paragraph(b, false)
			continue
		case *listItem:
			item = b
		default:
			open, out = nil, append(out, b)
			continue
		}
		for len(open) > 1 && item.depth < open[len(open)-1].depth-3 {
			open = open[:len(open)-1]
		}
		if _, only := at(item.blocks, 0).(*List); only && len(open) > 0 { // a list in an item without text
			l := last(open[len(open)-1])
			l.Blocks = append(l.Blocks, item.blocks...)
			continue
		}
		in := Item{Blocks: item.blocks, Mark: item.mark}
		if len(open) > 0 {
			top := &open[len(open)-1]
			const most = 12
			if item.depth > top.depth+3 && len(open) < most {
				l := &List{Ordered: item.ordered, Start: item.first(), Items: []Item{in}}
				last(*top).Blocks = append(last(*top).Blocks, l)
				open = append(open, level{item.depth, item.indent, l})
				continue
			}
			next := top.list.Start + len(top.list.Items)
			if top.list.Ordered == item.ordered && (!item.ordered || item.n == next || item.n == 0 || item.roman == next) {
				top.list.Items = append(top.list.Items, in)
				top.depth = min(top.depth, item.depth)
				continue
			}
			open = open[:len(open)-1]
		}
		l := &List{Ordered: item.ordered, Start: item.first(), Items: []Item{in}}
		if len(open) > 0 {
			outer := last(open[len(open)-1])
			outer.Blocks = append(outer.Blocks, l)
		} else {
			out = append(out, l)
		}
		open = append(open, level{item.depth, item.indent, l})
	}
	return out
}

// first gives the number with which a list begins.
func (item *listItem) first() int {
	if item.roman == 1 || item.n == 0 {
		return 1
	}
	return item.n
}
