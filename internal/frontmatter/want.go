package frontmatter

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"

	"leerblad/internal/source"
)

// Prose is a text whose lines stay as they are, for Set.
type Prose string

// want is a value as it must become.
type want struct {
	kind  kind
	text  string     // of a line, prose or a word
	list  []want     // of a list
	pairs []field    // of a mapping
	keys  Keys       // of a mapping: those that it may have, in their order
	stay  stay       // of a mapping: which of its other keys stay
	node  *yaml.Node // of what stays
}

type kind int

const (
	nothing kind = iota
	line         // a text that is read on one line
	prose
	boolean
	number
	list
	mapping
	kept     // as it is now
	unplaced // there is no such item
)

// stay says which keys of a mapping stay that it is not told to have.
type stay int

const (
	unknown stay = iota // those that it may not have
	all
	none
)

// field is a key of a mapping with its value.
type field struct {
	name  string
	value want
}

// wanted turns a value of Set for the key or item at path into what must be written. ok is false for one that front matter cannot hold.
func wanted(v any, keys Keys, path []string) (w want, ok bool) {
	for _, name := range path {
		if _, err := strconv.Atoi(name); err != nil {
			keys = keys.within(name)
		}
	}
	return wantedIn(v, keys)
}

func wantedIn(v any, keys Keys) (w want, ok bool) {
	switch v := v.(type) {
	case nil:
		return want{}, true
	case string:
		return want{kind: line, text: strings.Join(strings.Fields(source.Visible(strings.ToValidUTF8(v, ""))), " ")}, true
	case Prose:
		return want{kind: prose, text: strings.TrimSpace(strings.ReplaceAll(strings.ToValidUTF8(string(v), ""), "\r\n", "\n"))}, true
	case bool:
		return want{kind: boolean, text: strconv.FormatBool(v)}, true
	case int:
		return want{kind: number, text: strconv.Itoa(v)}, true
	case []any:
		w := want{kind: list}
		for _, x := range v {
			item, ok := wantedIn(x, keys)
			if !ok || item.kind == nothing {
				return want{}, false
			}
			w.list = append(w.list, item)
		}
		return w, true
	case map[string]any:
		w := want{kind: mapping, keys: keys}
		names := slices.Sorted(maps.Keys(v))
		slices.SortStableFunc(names, func(a, b string) int { return keys.at(a) - keys.at(b) })
		for _, name := range names {
			value, ok := wantedIn(v[name], keys.within(name))
			if !ok {
				return want{}, false
			}
			w.pairs = append(w.pairs, field{name, value})
		}
		return w, true
	}
	return want{}, false
}

// toplevel gives the mapping in which the key path[0] has a value that differs from what it has in root at the rest of the path alone.
func toplevel(root *yaml.Node, keys Keys, path []string, w want) want {
	var value *yaml.Node
	if at := pairsOf(root, path[0]); len(at) > 0 {
		value = root.Content[at[0]+1]
	}
	return want{kind: mapping, keys: keys, stay: all, pairs: []field{{path[0], placed(value, keys.within(path[0]), path[1:], w)}}}
}

// placed gives n as it must be with w at a path within it.
func placed(n *yaml.Node, keys Keys, path []string, w want) want {
	if len(path) == 0 {
		return w
	}
	if at, err := strconv.Atoi(path[0]); err == nil && (n == nil || n.Kind != yaml.MappingNode) {
		out := want{kind: list}
		if n != nil && n.Kind == yaml.SequenceNode {
			for _, item := range n.Content {
				out.list = append(out.list, want{kind: kept, node: item})
			}
		}
		switch {
		case at < 0 || at > len(out.list): // there is no such place
			return want{kind: unplaced}
		case at == len(out.list):
			out.list = append(out.list, placed(nil, keys, path[1:], w))
		default:
			out.list[at] = placed(out.list[at].node, keys, path[1:], w)
		}
		if slices.ContainsFunc(out.list, func(w want) bool { return w.kind == unplaced }) {
			return want{kind: unplaced}
		}
		out.list = slices.DeleteFunc(out.list, func(w want) bool { return w.kind == nothing })
		return orNothing(out, len(out.list))
	}
	if n != nil && n.Kind == yaml.SequenceNode {
		return want{kind: unplaced}
	}
	out := want{kind: mapping, keys: keys, stay: none}
	at := -1
	if n != nil && n.Kind == yaml.MappingNode {
		for i := 0; i+1 < len(n.Content); i += 2 {
			if n.Content[i].Value == path[0] {
				at = len(out.pairs)
			}
			out.pairs = append(out.pairs, field{n.Content[i].Value, want{kind: kept, node: n.Content[i+1]}})
		}
	}
	if at < 0 {
		at = len(out.pairs)
		out.pairs = append(out.pairs, field{path[0], want{}})
	}
	value := placed(out.pairs[at].value.node, keys.within(path[0]), path[1:], w)
	switch out.pairs[at].value = value; value.kind {
	case unplaced:
		return value
	case nothing:
		out.pairs = slices.Delete(out.pairs, at, at+1)
	}
	return orNothing(out, len(out.pairs))
}

// orNothing gives a list or mapping, or nothing in place of an empty one.
func orNothing(w want, n int) want {
	if n == 0 {
		return want{}
	}
	return w
}

// pairsOf gives where in the content of a mapping a key is.
func pairsOf(n *yaml.Node, name string) (at []int) {
	for i := 0; n != nil && n.Kind == yaml.MappingNode && i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == name && n.Content[i].Kind == yaml.ScalarNode {
			at = append(at, i)
		}
	}
	return at
}

func isNull(n *yaml.Node) bool { return n.Kind == yaml.ScalarNode && n.Tag == "!!null" }

// unwritten reports whether there is nothing where a value could be.
func unwritten(n *yaml.Node) bool {
	return isNull(n) && n.Value == "" && n.Anchor == "" && n.Style&yaml.TaggedStyle == 0
}

// quotes are the styles of a text that says by itself that it is one.
const quotes = yaml.SingleQuotedStyle | yaml.DoubleQuotedStyle | yaml.LiteralStyle | yaml.FoldedStyle

// matches reports whether n is read as w.
func matches(n *yaml.Node, w want) bool {
	if n.Style&yaml.TaggedStyle != 0 && !strings.HasPrefix(n.Tag, "!!") {
		return w.kind == kept && n == w.node
	}
	text := n.Kind == yaml.ScalarNode && (n.Style&quotes != 0 || n.Tag != "!!bool" && n.Tag != "!!null")
	switch w.kind {
	case nothing:
		return isNull(n)
	case line:
		return text && strings.Join(strings.Fields(source.Visible(n.Value)), " ") == w.text
	case prose:
		return text && strings.TrimSpace(source.Visible(n.Value)) == strings.TrimSpace(source.Visible(w.text))
	case boolean:
		return n.Kind == yaml.ScalarNode && n.Tag == "!!bool" && strings.EqualFold(n.Value, w.text)
	case number:
		i, err := strconv.Atoi(n.Value)
		return n.Kind == yaml.ScalarNode && n.Tag == "!!int" && err == nil && strconv.Itoa(i) == w.text
	case list:
		return n.Kind == yaml.SequenceNode && slices.EqualFunc(n.Content, w.list, matches)
	case mapping:
		if n.Kind != yaml.MappingNode {
			return false
		}
		for _, f := range w.pairs {
			if len(pairsOf(n, f.name)) > 1 || !matchesField(n, f) {
				return false
			}
		}
		return len(strays(n, w)) == 0
	}
	return w.node != nil && (n == w.node || comparison{}.nodes(n, w.node))
}

// strays gives where in the content of a mapping keys are that must go.
func strays(n *yaml.Node, w want) (at []int) {
	has := map[string]bool{}
	for _, f := range w.pairs {
		has[f.name] = true
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		if name := n.Content[i].Value; !has[name] && (w.stay == none || w.stay == unknown && w.keys.at(name) < len(w.keys)) {
			at = append(at, i)
		}
	}
	return at
}

// matchesField reports whether a mapping, or none, has a field.
func matchesField(n *yaml.Node, f field) bool {
	at := pairsOf(n, f.name)
	if len(at) == 0 {
		return f.value.kind == nothing
	}
	return matches(n.Content[at[0]+1], f.value)
}
