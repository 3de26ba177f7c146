package frontmatter

import (
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"
)

// bracketed gives the list or mapping n, which stands between brackets, as w says, with its own blanks and line breaks.
func (e *editor) bracketed(n *yaml.Node, w want) string {
	if n.Kind == yaml.SequenceNode {
		return e.flowList(n, w)
	}
	return e.flowPairs(n, w)
}

// within gives a value between brackets as w says: with its own bytes, if it is that already.
func (e *editor) within(n *yaml.Node, w want) string {
	raw := string(e.block.text[e.content(n):e.end(n)])
	switch {
	case matches(n, w):
		return string(e.block.text[e.start(n):e.end(n)])
	case e.isFlow(n) && (n.Kind == yaml.SequenceNode && w.kind == list || n.Kind == yaml.MappingNode && w.kind == mapping):
		return e.bracketed(n, w)
	case n.Kind == yaml.ScalarNode && w.kind <= number:
		return spell(w, n, raw, spot{flow: true})
	case hasComment(raw):
		e.fail()
	}
	return e.inline(w)
}

// inline gives a new value for between brackets, or for a line of its own.
func (e *editor) inline(w want) string {
	var parts []string
	switch w.kind {
	case list:
		for _, item := range w.list {
			parts = append(parts, e.inline(item))
		}
		return "[" + strings.Join(parts, ", ") + "]"
	case mapping:
		for _, f := range w.pairs {
			if f.value.kind != nothing {
				parts = append(parts, e.flowPair(f))
			}
		}
		return "{" + strings.Join(parts, ", ") + "}"
	case kept:
		e.fail()
		return ""
	}
	if e.plainly {
		return plainly(w)
	}
	return spell(w, nil, "", spot{flow: true})
}

func (e *editor) flowPair(f field) string { return keyName(f.name) + ": " + e.inline(f.value) }

// piece is something between brackets: as it becomes, and which one it was, or -1.
type piece struct {
	text string
	was  int
}

func (e *editor) flowList(n *yaml.Node, w want) string {
	in, moved := same(n.Content, w.list)
	becomes, _ := changed(len(n.Content), in, moved)
	var spans [][2]int
	for _, item := range n.Content {
		spans = append(spans, [2]int{e.start(item), e.end(item)})
	}
	var like *yaml.Node
	if len(n.Content) > 0 {
		like = n.Content[len(n.Content)-1]
	}
	var out []piece
	for j, item := range w.list {
		switch i := max(in[j], moved[j], becomes[j]); {
		case i >= 0:
			out = append(out, piece{e.within(n.Content[i], item), i})
		case item.kind <= number && !e.plainly:
			out = append(out, piece{spell(item, like, "", spot{flow: true}), -1})
		default:
			out = append(out, piece{e.inline(item), -1})
		}
	}
	return e.joined(n, spans, out)
}

func (e *editor) flowPairs(n *yaml.Node, w want) string {
	strays := strays(n, w)
	value := map[string]want{}
	for _, f := range w.pairs {
		value[f.name] = f.value
	}
	var spans [][2]int
	var out []piece
	var names []string
	for i := 0; i+1 < len(n.Content); i += 2 {
		k, v := n.Content[i], n.Content[i+1]
		start, end := e.start(k), e.end(k)
		name := k.Value
		after, null := end, unwritten(v)
		if colon := e.skip(end); colon < len(e.block.text) && e.block.text[colon] == ':' {
			after, end = colon+1, colon+1
		}
		if !null {
			end = e.end(v)
		}
		spans = append(spans, [2]int{start, end})
		to, told := value[name]
		was := piece{string(e.block.text[start:end]), len(spans) - 1}
		switch {
		case slices.Contains(strays, i), told && to.kind == nothing && !null:
			continue
		case !told, matches(v, to):
		case null:
			was.text = string(e.block.text[start:e.end(k)]) + ": " + e.inline(to)
		default:
			was.text = string(e.block.text[start:after]) + string(e.block.text[after:e.start(v)]) + e.within(v, to)
		}
		delete(value, name)
		out, names = append(out, was), append(names, name)
	}
	for _, f := range w.pairs {
		if to, isNew := value[f.name]; isNew && to.kind != nothing && len(pairsOf(n, f.name)) == 0 {
			at := len(out)
			if rank := w.keys.at(f.name); rank < len(w.keys) {
				best := -1
				for i, name := range names {
					if r := w.keys.at(name); r < rank && (best < 0 || r > w.keys.at(names[best])) {
						best = i
					}
				}
				at = best + 1
			}
			out, names = slices.Insert(out, at, piece{e.flowPair(f), -1}), slices.Insert(names, at, f.name)
		}
	}
	return e.joined(n, spans, out)
}

// joined gives what stands between the brackets of n, and these, with other pieces in place of those that were at spans. What stood between two
// pieces stays between them; where there are comments, all pieces must stay at their places.
func (e *editor) joined(n *yaml.Node, spans [][2]int, pieces []piece) string {
	text := string(e.block.text)
	start, end := e.content(n), e.end(n)
	if e.failed {
		return ""
	}
	if len(spans) == 0 || len(pieces) == 0 {
		if hasComment(text[start+1 : end-1]) {
			e.fail()
		}
		var all []string
		for _, p := range pieces {
			all = append(all, p.text)
		}
		return text[start:start+1] + strings.Join(all, ", ") + text[end-1:end]
	}
	before, after := text[start:spans[0][0]], text[spans[len(spans)-1][1]:end]
	gaps := make([]string, len(spans))
	gap := ", "
	for i := 1; i < len(spans); i++ {
		gaps[i] = text[spans[i-1][1]:spans[i][0]]
	}
	if len(spans) > 1 {
		gap = gaps[1]
	} else if i := strings.LastIndexByte(before, '\n'); i >= 0 {
		gap = "," + before[i:]
	}
	inPlace := len(pieces) == len(spans)
	for i, p := range pieces {
		inPlace = inPlace && p.was == i
	}
	if !inPlace && hasComment(before+strings.Join(gaps, "")+after) {
		e.fail()
	}
	var out strings.Builder
	out.WriteString(before)
	for i, p := range pieces {
		switch {
		case i == 0:
		case p.was > 0 && pieces[i-1].was == p.was-1:
			out.WriteString(gaps[p.was])
		default:
			out.WriteString(gap)
		}
		out.WriteString(p.text)
	}
	out.WriteString(after)
	return out.String()
}
