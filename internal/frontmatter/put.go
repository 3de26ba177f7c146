package frontmatter

import (
	"regexp"
	"strings"

	"go.yaml.in/yaml/v4"
)

// put makes n, the mapping of the block or nil, what w says.
func (e *editor) put(n *yaml.Node, w want) {
	switch {
	case n == nil:
		at := len(e.block.text)
		for _, f := range w.pairs {
			e.cut(at, at, e.entry(f, 0))
		}
	case e.isFlow(n):
		e.cut(e.content(n), e.end(n), e.bracketed(n, w))
	default:
		e.pairs(n, w)
	}
}

// place is where a value stands in a block: behind the colon of its key, or the dash of its item, which begins in a column.
type place struct{ after, column int }

// value makes the value n of a key or item what w says.
func (e *editor) value(n *yaml.Node, w want, at place) {
	switch {
	case matches(n, w):
	case e.plainly && w.kind != kept && !isNull(n):
		e.rewrite(n, w, at)
	case e.isFlow(n) && (n.Kind == yaml.SequenceNode && w.kind == list || n.Kind == yaml.MappingNode && w.kind == mapping):
		e.cut(e.content(n), e.end(n), e.bracketed(n, w))
	case n.Kind == yaml.MappingNode && w.kind == mapping && len(w.pairs) > 0 && len(n.Content) > 0:
		e.pairs(n, w)
	case n.Kind == yaml.SequenceNode && w.kind == list && len(w.list) > 0 && len(n.Content) > 0:
		e.items(n, w)
	case n.Kind == yaml.ScalarNode && w.kind <= number && e.end(n) > e.content(n):
		start, end := e.content(n), e.end(n)
		if n.Style&yaml.TaggedStyle != 0 {
			start = e.start(n)
		}
		raw := string(e.block.text[e.content(n):end])
		e.cut(start, end, spell(w, n, raw, spot{item: e.block.text[at.after-1] == '-', alone: e.isBlank(end, e.lineEnd(end)), indent: at.column + 2}))
	default:
		e.rewrite(n, w, at)
	}
}

// rewrite writes a value anew, whatever it was. What stands behind it in its line stays.
func (e *editor) rewrite(n *yaml.Node, w want, at place) {
	end := at.after
	if !unwritten(n) {
		end = e.end(n)
	}
	tail := e.lineEnd(at.after)
	if e.plainly && w.kind >= list && hasComment(string(e.block.text[at.after:end])) {
		e.fail()
		return
	}
	text, block := e.written(w, at.column)
	onLine := end <= tail || e.start(n) < tail
	switch {
	case onLine && !block:
		if e.isBlank(end, e.lineEnd(end)) || strings.HasPrefix(string(e.block.text[end:]), " ") {
			e.cut(at.after, end, text)
		} else {
			e.cut(at.after, end, text+" ")
		}
	case onLine:
		e.cut(at.after, end, "")
		e.cut(e.lineEnd(end), e.lineEnd(end), text)
	case !block:
		e.cut(at.after, at.after, text)
		e.cut(tail, e.lineEnd(end), "")
	default:
		e.cut(tail, e.lineEnd(end), text)
	}
}

// hasComment reports whether there may be a comment in a part of YAML.
func hasComment(text string) bool {
	return strings.HasPrefix(text, "#") || strings.Contains(text, " #") || strings.Contains(text, "\t#") || strings.Contains(text, "\n#")
}

// bare is a word that needs no thought in a list between brackets, nor as a key.
var bare = regexp.MustCompile(`^[\p{L}\p{N}][\p{L}\p{N}_-]*$`)

// written gives a new value that stands behind a colon or dash: with a space before it, or on lines below, in which case it is a block.
func (e *editor) written(w want, column int) (text string, block bool) {
	indent := strings.Repeat(" ", column+2)
	switch w.kind {
	case list:
		if short(w) {
			return " " + e.inline(w), false
		}
		dash := strings.Repeat(" ", column+e.step())
		var out strings.Builder
		for _, item := range w.list {
			out.WriteString("\n" + dash + strings.TrimSuffix(e.item(item, len(dash), " ", nil), "\n"))
		}
		return out.String(), true
	case mapping:
		if len(w.pairs) == 0 {
			return " {}", false
		}
		var out strings.Builder
		for _, f := range w.pairs {
			if f.value.kind != nothing {
				out.WriteString("\n" + indent + strings.TrimSuffix(e.entry(f, column+2), "\n"))
			}
		}
		return out.String(), true
	case nothing:
		return "", false
	case kept:
		e.fail()
	}
	if e.plainly {
		return " " + plainly(w), false
	}
	return " " + spell(w, nil, "", spot{alone: true, indent: column + 2}), false
}

// plainly writes a text between double quotation marks, in which all can stand.
func plainly(w want) string {
	if w.kind == line || w.kind == prose {
		return escape(w.text)
	}
	return w.text
}

// short reports whether a new list stands between brackets: a short one of words or numbers, or an empty one.
func short(w want) bool {
	long := 0
	for _, item := range w.list {
		if long += len(item.text) + 2; item.kind > number || item.kind != number && !bare.MatchString(item.text) {
			return false
		}
	}
	return long <= 70
}

// step gives how many columns the dashes of lists below a key stand deeper than the key does: as many as they do in the first list.
func (e *editor) step() int {
	for i := 0; e.root != nil && i+1 < len(e.root.Content); i += 2 {
		if n := e.root.Content[i+1]; n.Kind == yaml.SequenceNode && !e.isFlow(n) && n.Anchor == "" && n.Style&yaml.TaggedStyle == 0 {
			return max(0, n.Column-e.root.Column)
		}
	}
	return 2
}

// entry gives the lines of a new key, whose first line begins behind its blanks.
func (e *editor) entry(f field, column int) string {
	text, _ := e.written(f.value, column)
	return keyName(f.name) + ":" + text + "\n"
}

func keyName(name string) string {
	if bare.MatchString(name) {
		return name
	}
	return escape(name)
}

// item gives the lines of a new item of a list, whose first line begins behind its blanks; its value stands a gap behind its dash, and is
// written as like is.
func (e *editor) item(w want, column int, gap string, like *yaml.Node) string {
	inner := column + 1 + len(gap)
	switch w.kind {
	case list:
		return "-" + gap + e.inline(w) + "\n"
	case mapping:
		var out strings.Builder
		for _, f := range w.pairs {
			if f.value.kind == nothing {
				continue
			}
			if out.Len() > 0 {
				out.WriteString(strings.Repeat(" ", inner))
			}
			out.WriteString(e.entry(f, inner))
		}
		if out.Len() == 0 {
			return "-" + gap + "{}\n"
		}
		return "-" + gap + out.String()
	case kept:
		e.fail()
	}
	if e.plainly {
		return "-" + gap + plainly(w) + "\n"
	}
	return "-" + gap + spell(w, like, "", spot{item: true, alone: true, indent: column + 2}) + "\n"
}

// pairs makes the block mapping n what w says.
func (e *editor) pairs(n *yaml.Node, w want) {
	first, _ := e.key(n.Content[0])
	column := first - e.lineStart(first)
	own := e.isBlank(e.lineStart(first), first) // else it begins behind a dash
	if before := strings.TrimRight(string(e.block.text[e.lineStart(first):first]), blankSigns); strings.HasSuffix(before, "?") {
		e.fail()
	}
	at := map[string]int{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		if name := n.Content[i].Value; n.Content[i].Kind == yaml.ScalarNode {
			if _, twice := at[name]; twice && w.stay != all {
				e.fail()
			}
			at[name] = i
		}
	}
	gone := map[int]bool{}
	for _, i := range strays(n, w) {
		gone[i] = true
	}
	for _, f := range w.pairs {
		if i, ok := at[f.name]; ok && f.value.kind == nothing && !matches(n.Content[i+1], f.value) {
			gone[i] = true
		}
	}
	for i := range n.Content {
		if gone[i] {
			e.remove(n, i, own || i > 0, gone)
		}
	}
	indent := strings.Repeat(" ", column)
	for _, f := range w.pairs {
		i, ok := at[f.name]
		switch {
		case ok && !gone[i]:
			_, after := e.key(n.Content[i])
			e.value(n.Content[i+1], f.value, place{after, column})
		case f.value.kind == nothing:
		default:
			e.insert(e.position(n, w.keys, f.name, own, gone), indent+e.entry(f, column))
		}
	}
}

// insert puts lines before the one that begins at an offset.
func (e *editor) insert(at int, text string) { e.cut(at, at, text) }

// position gives the offset of the line before which a new key of a mapping comes: below the nearest key that stands before it in the order of
// keys, or above the first key.
func (e *editor) position(n *yaml.Node, keys Keys, name string, own bool, gone map[int]bool) int {
	best, rank := -1, -1
	if keys.at(name) == len(keys) { // nobody knows where it belongs
		best = len(n.Content) - 2
	}
	for i := 0; keys.at(name) < len(keys) && i+1 < len(n.Content); i += 2 {
		if r := keys.at(n.Content[i].Value); !gone[i] && r > rank && r < keys.at(name) {
			best, rank = i, r
		}
	}
	if best < 0 && own {
		first, _ := e.key(n.Content[0])
		return e.above(e.lineStart(first), 0)
	}
	best = max(best, 0)
	if gone[best] && !own {
		e.fail()
	}
	return e.nextLine(e.valueEnd(n, best))
}

// valueEnd gives where the value of the key at i ends, or the key's colon where there is none.
func (e *editor) valueEnd(n *yaml.Node, i int) int {
	_, after := e.key(n.Content[i])
	if v := n.Content[i+1]; !unwritten(v) {
		return e.end(v)
	}
	return after
}

// above gives where the lines of comments begin that stand directly above a line, but not before an offset.
func (e *editor) above(line, least int) int {
	for line > least {
		before := e.lineStart(line - 1)
		if before < least || !strings.HasPrefix(strings.TrimLeft(string(e.block.text[before:line]), " \t"), "#") {
			break
		}
		line = before
	}
	return line
}

// remove takes the key at i away, with its lines. One that has a line together with the dash of an item leaves its place to the next key.
func (e *editor) remove(n *yaml.Node, i int, own bool, gone map[int]bool) {
	start, _ := e.key(n.Content[i])
	end := e.valueEnd(n, i)
	if own {
		if !e.isBlank(e.lineStart(start), start) {
			e.fail()
		}
		e.cut(e.lineStart(start), e.nextLine(end), "")
		return
	}
	if i+2 >= len(n.Content) || gone[i+2] {
		e.fail()
		return
	}
	next, _ := e.key(n.Content[i+2])
	if !e.isBlank(end, next) {
		e.fail()
	}
	e.cut(start, next, "")
}
