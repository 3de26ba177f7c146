package importer

import "strings"

// officeFlow puts blocks in order as a reader comes across them, and makes lists of items that only know their own level.
type officeFlow struct {
	blocks []Block
	open   []officeList
	lines  map[*Code][]string // of code, one paragraph a line
}

// officeList is a list that the next item may belong to.
type officeList struct {
	list   *List
	level  int
	key    string
	indent int
}

// officeItem is what a reader knows of an item: its level in the file's own numbering, the numbering that it has, and where its text begins, in
// docxPoints.
type officeItem struct {
	level   int
	key     string
	ordered bool
	n       int
	mark    string
	indent  int
}

// maxListDepth is how deep lists of a file stand inside each other.
const maxListDepth = 10

// against says whether an item stands deeper (1), as deep (0) or less deep (-1) than those of an open list. Of two numberings on one
// level, the indents say so.
func (i officeItem) against(l officeList) int {
	const slack = 9
	switch {
	case i.level > l.level, i.level == l.level && i.key != l.key && i.indent > l.indent+slack:
		return 1
	case i.level < l.level, i.key != l.key && i.indent < l.indent-slack:
		return -1
	}
	return 0
}

// item adds an item. One that skips levels stands one level deeper only.
func (f *officeFlow) item(i officeItem, blocks ...Block) {
	item := Item{Blocks: blocks, Mark: i.mark}
	for len(f.open) > 0 && (i.against(f.open[len(f.open)-1]) < 0 || len(f.open) >= maxListDepth) {
		f.open = f.open[:len(f.open)-1]
	}
	if last := len(f.open) - 1; last >= 0 && i.against(f.open[last]) == 0 {
		if l := f.open[last].list; l.Ordered == i.ordered && (!i.ordered || i.n == l.Start+len(l.Items)) {
			l.Items = append(l.Items, item)
			f.open[last] = officeList{l, i.level, i.key, i.indent}
			return
		}
		f.open = f.open[:last]
	}
	l := &List{Ordered: i.ordered, Items: []Item{item}}
	if i.ordered {
		l.Start = i.n
	}
	f.put(l, len(f.open))
	f.open = append(f.open, officeList{l, i.level, i.key, i.indent})
}

// put adds a block at the end of the last item of so many open lists; of none, at the end of the text.
func (f *officeFlow) put(b Block, depth int) {
	to := &f.blocks
	if depth > 0 {
		items := f.open[depth-1].list.Items
		to = &items[len(items)-1].Blocks
	}
	if depth == 0 || len(*to) > 0 {
		if last := lastOf(*to); last != nil && f.joined(last, b) {
			return
		}
	}
	*to = append(*to, b)
}

// done gives all that was added.
func (f *officeFlow) done() []Block {
	for code, lines := range f.lines {
		code.Text = strings.TrimRight(strings.Join(lines, "\n"), "\n")
	}
	return f.blocks
}

// joined puts a block into the one before it, if they are one to a reader of the page.
func (f *officeFlow) joined(before, b Block) bool {
	switch b := b.(type) {
	case *Code:
		if last, ok := before.(*Code); ok {
			if f.lines == nil {
				f.lines = map[*Code][]string{}
			}
			if f.lines[last] == nil {
				f.lines[last] = []string{last.Text}
			}
			f.lines[last] = append(f.lines[last], b.Text)
			return true
		}
	case *Quote:
		if last, ok := before.(*Quote); ok {
			last.Blocks = append(last.Blocks, b.Blocks...)
			return true
		}
	case *Definitions:
		if last, ok := before.(*Definitions); ok {
			for _, d := range b.Items {
				if n := len(last.Items); len(d.Term) == 0 && n > 0 {
					last.Items[n-1].Blocks = append(last.Items[n-1].Blocks, d.Blocks...)
					continue
				}
				last.Items = append(last.Items, d)
			}
			return true
		}
	}
	return false
}

// emptyLine adds an empty line to the code that was added last, if code it is.
func (f *officeFlow) emptyLine() {
	if _, ok := lastOf(f.blocks).(*Code); ok && len(f.open) == 0 {
		f.add(&Code{})
	}
}

// add adds a block that is no part of a list.
func (f *officeFlow) add(b Block) {
	f.open = nil
	f.put(b, 0)
}

// within adds a block to the open item of this level, or the one nearest above it. It reports whether there is one.
func (f *officeFlow) within(level int, b Block) bool {
	depth := len(f.open)
	for depth > 0 && f.open[depth-1].level > level {
		depth--
	}
	if depth == 0 {
		return false
	}
	f.open = f.open[:depth]
	f.put(b, depth)
	return true
}

// indented adds a block to the open item that it is indented as much as. It reports whether there is one.
func (f *officeFlow) indented(indent int, b Block) bool {
	const slack = 6
	depth := len(f.open)
	for depth > 0 && f.open[depth-1].indent > indent+slack {
		depth--
	}
	if depth == 0 || indent < 2*slack {
		return false
	}
	f.open = f.open[:depth]
	f.put(b, depth)
	return true
}

// beside adds blocks that belong to what was added last, such as a text box.
func (f *officeFlow) beside(blocks []Block) {
	for _, b := range blocks {
		f.put(b, len(f.open))
	}
}
