package lint

import (
	"slices"
	"strings"

	"github.com/tdewolff/parse/v2/css"
)

// A selector is one of a rule's selectors. Kinds are what it is made of, as in data/features.txt. A simple one consists of elements (or
// :root), ids and classes, each compound in what the one before it names.
type selector struct {
	compounds []compound
	kinds     []string
	simple    bool
}

type compound struct {
	tag, id string
	classes []string
}

// selectors reads the prelude of a rule.
func selectors(tokens []css.Token) []selector {
	var out []selector
	start, depth := 0, 0
	for i, t := range tokens {
		switch t.TokenType {
		case css.LeftParenthesisToken, css.FunctionToken:
			depth++
		case css.RightParenthesisToken:
			depth--
		case css.CommaToken:
			if depth == 0 {
				out = append(out, readSelector(tokens[start:i]))
				start = i + 1
			}
		}
	}
	return append(out, readSelector(tokens[start:]))
}

// combinators gives the kind that a delimiter in a selector shows.
var combinators = map[string]string{">": "child", "+": "adjacent", "~": "sibling", "&": "nesting"}

func readSelector(tokens []css.Token) selector {
	s := selector{compounds: make([]compound, 1)}
	add := func(kind string) { s.kinds = append(s.kinds, kind) }
	last, inside := "", false // the delimiter before; in brackets or parentheses
	for i, t := range tokens {
		data := string(t.Data)
		c := &s.compounds[len(s.compounds)-1]
		switch {
		case t.TokenType == css.RightBracketToken || t.TokenType == css.RightParenthesisToken:
			inside, data = false, ""
		case inside || t.TokenType == css.CommentToken:
		case t.TokenType == css.LeftBracketToken:
			add("selector attribute")
			inside = true
		case t.TokenType == css.FunctionToken:
			add("pseudo " + strings.TrimSuffix(strings.ToLower(data), "("))
			inside = true
		case t.TokenType == css.WhitespaceToken:
			if i > 0 && i < len(tokens)-1 && combinators[last] == "" && combinators[string(tokens[i+1].Data)] == "" {
				add("selector descendant")
				s.compounds = append(s.compounds, compound{})
			}
			continue
		case t.TokenType == css.HashToken:
			add("selector id")
			c.id = data[1:]
		case t.TokenType == css.IdentToken:
			add(c.name(last, data))
			data = ""
		case combinators[data] != "":
			add("selector " + combinators[data])
		case data == "*":
			add("selector universal")
		}
		last = data
	}
	if slices.ContainsFunc(s.compounds, func(c compound) bool { return len(c.classes) > 1 }) {
		add("selector chaining")
	}
	s.simple = len(s.kinds) > 0 && !slices.ContainsFunc(s.kinds, func(k string) bool { return !simple[k] })
	return s
}

// simple are the kinds that simple selectors are made of.
var simple = map[string]bool{
	"selector type": true, "selector class": true, "selector id": true, "selector chaining": true, "selector descendant": true, "pseudo root": true,
}

// name takes in a name, by the delimiter before it, and gives its kind.
func (c *compound) name(delimiter, name string) (kind string) {
	switch delimiter {
	case ".":
		c.classes = append(c.classes, name)
		return "selector class"
	case ":":
		if name == "root" {
			c.tag = "html"
		}
		return "pseudo " + strings.ToLower(name)
	default:
		c.tag = strings.ToLower(name)
		return "selector type"
	}
}

// matches reports whether a simple selector is the element's, and its specificity (https://www.w3.org/TR/selectors-4/#specificity-rules) as
// one number.
func (s selector) matches(n *node) (specificity int, ok bool) {
	if !s.simple || !s.compounds[len(s.compounds)-1].matches(n) {
		return 0, false
	}
	for i := len(s.compounds) - 1; i >= 0; i-- {
		c := s.compounds[i]
		if n = n.in(c.matches); n == nil {
			return 0, false
		}
		n = n.parent
		specificity += min(1, len(c.id))*10_000 + len(c.classes)*100 + min(1, len(c.tag))
	}
	return specificity, true
}

func (c compound) matches(n *node) bool {
	if n.tag == "" || c.tag != "" && c.tag != n.tag {
		return false
	}
	if id, _ := n.attr("id"); c.id != "" && c.id != id {
		return false
	}
	return !slices.ContainsFunc(c.classes, func(name string) bool { return !slices.Contains(n.classes, name) })
}
