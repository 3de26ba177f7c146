package importer

import (
	"regexp"
	"strings"

	"golang.org/x/net/html"
)

// pageIndex is what links within a page lead to, and what of it are notes.
type pageIndex struct {
	named  map[string]*html.Node   // by id and name
	span   map[*html.Node][2]int   // where an element begins and ends, by the order of the page
	wanted map[string]bool         // names that links lead to
	refs   map[*html.Node]int      // references to notes, with 1 + index of the note
	back   map[*html.Node]bool     // links from a note back to its reference
	notes  [][]*html.Node          // what each note is
	inNote map[*html.Node]struct{} // those elements, which are no text where they stand
}

func (x *pageIndex) within(n, outer *html.Node) bool {
	return x.span[n][0] >= x.span[outer][0] && x.span[n][1] <= x.span[outer][1]
}

// noteMark is the text of a reference.
var noteMark = regexp.MustCompile(`^\s*[\[(]?(?:\d{1,3}|[a-z]{1,4}|[*†‡§]{1,4}|\p{Lu})?[\])]?\s*$`)

// indexPage finds notes: a link that looks like a reference leads to a place from which another one leads back.
func indexPage(root *html.Node) *pageIndex {
	x := &pageIndex{named: map[string]*html.Node{}, span: map[*html.Node][2]int{}, wanted: map[string]bool{}, refs: map[*html.Node]int{},
		back: map[*html.Node]bool{}, inNote: map[*html.Node]struct{}{}}
	var links []*html.Node
	count := 0
	var walk func(n *html.Node)
	walk = func(n *html.Node) {
		begin := count
		count++
		if n.Type == html.ElementNode {
			for _, key := range []string{"id", "name"} {
				if name := attr(n, key); name != "" && x.named[name] == nil {
					x.named[name] = n
				}
			}
			if n.Data == "a" && within(attr(n, "href")) != "" {
				links = append(links, n)
				x.wanted[within(attr(n, "href"))] = true
			}
		}
		for c := range n.ChildNodes() {
			walk(c)
		}
		x.span[n] = [2]int{begin, count}
	}
	walk(root)

	// The links in each place that something leads to, for those that lead back.
	to := map[string][]*html.Node{}
	for _, a := range links {
		name := within(attr(a, "href"))
		to[name] = append(to[name], a)
	}
	index := map[*html.Node]int{}
	var order []*html.Node
	for _, a := range links {
		name := within(attr(a, "href"))
		target := x.named[name]
		if target == nil || x.back[a] || strings.Contains(name, "_mso") || x.within(a, target) || x.span[target][0] < x.span[a][0] || !noteMark.MatchString(textOf(a, 20)) {
			continue
		}
		place := target
		for place.Parent != nil && inlineElements[place.Data] {
			place = place.Parent
		}
		if x.within(a, place) || place == root {
			continue
		}
		returns := false
		for outer := a; outer != nil && inlineElements[outer.Data]; outer = outer.Parent {
			for _, name := range []string{attr(outer, "id"), attr(outer, "name")} {
				const most = 50 // of several references to one note, each of which it leads back to
				for _, b := range to[name][:min(len(to[name]), most)] {
					if name != "" && x.within(b, place) {
						x.back[b], returns = true, true
					}
				}
			}
		}
		if !returns && index[place] == 0 {
			continue
		}
		if index[place] == 0 {
			order = append(order, place)
			index[place] = len(order)
		}
		x.refs[a] = index[place]
	}
	starts := map[int]bool{}
	for _, p := range order {
		starts[x.span[p][0]] = true
	}
	for _, p := range order {
		x.notes = append(x.notes, x.whole(p, starts))
		for _, n := range x.notes[len(x.notes)-1] {
			x.inNote[n] = struct{}{}
		}
	}
	return x
}

// noteBox is how boxes of one note are called.
var noteBox = regexp.MustCompile(`^(?:sd)?(?:foot|end)note[-_:]?\d+$|^_?(?:ftn|edn|fn)[-_:]?\d+$`)

// whole gives all that belongs to a note which begins with a block.
func (x *pageIndex) whole(p *html.Node, starts map[int]bool) []*html.Node {
	if box := p.Parent; box != nil && p.Data != "li" && (box.Data == "div" || box.Data == "aside" || box.Data == "li" || box.Data == "dd") {
		alone := noteBox.MatchString(attr(box, "id"))
		if !alone {
			first := box.FirstChild
			for first != nil && first.Type != html.ElementNode {
				first = first.NextSibling
			}
			alone = first == p
			for i := x.span[p][0] + 1; alone && i < x.span[box][1]; i++ {
				alone = !starts[i]
			}
		}
		if alone {
			return []*html.Node{box}
		}
	}
	out := []*html.Node{p}
	for n := p.NextSibling; n != nil && p.Data == "p"; n = n.NextSibling { // further paragraphs in a note's style
		if n.Type != html.ElementNode {
			continue
		}
		class := strings.ToLower(attr(n, "class"))
		if n.Data != "p" || class == "" || class != strings.ToLower(attr(p, "class")) || !strings.Contains(class, "note") || starts[x.span[n][0]] {
			break
		}
		out = append(out, n)
	}
	return out
}

// within gives the name that a link within the page leads to.
func within(href string) string {
	if href == "" {
		return ""
	}
	before, name, ok := strings.Cut(href, "#")
	switch scheme, _, _ := strings.Cut(before, ":"); {
	case !ok || before != "" && scheme != "applewebdata" && scheme != "about" && scheme != "file":
		return ""
	}
	return strings.TrimSpace(name)
}

// textOf gives the text in an element, as far as so many bytes.
func textOf(n *html.Node, most int) string {
	var out strings.Builder
	var walk func(n *html.Node)
	walk = func(n *html.Node) {
		if n.Type == html.TextNode {
			out.WriteString(n.Data)
		}
		for c := n.FirstChild; c != nil && out.Len() <= most; c = c.NextSibling {
			walk(c)
		}
	}
	walk(n)
	return out.String()
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}
