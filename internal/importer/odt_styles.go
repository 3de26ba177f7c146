package importer

import (
	"strconv"
	"strings"
)

// odtStyle is a style of an OpenDocument text with all that it is based on.
type odtStyle struct {
	names  []string // its own, and those that it is based on, in lower case
	run    runStyle
	kind   officeKind
	indent indents
	list   string // the style of lists that its paragraphs are in
	ruled  bool
}

// odtStyles are the styles of an OpenDocument text.
type odtStyles struct {
	nodes    map[string]*xmlNode // by family and name
	resolved map[string]*odtStyle
	lists    map[string]*xmlNode
	levels   map[*xmlNode]*[11]odtLevel
	outline  *xmlNode
	fonts    map[string]string
}

func newOdtStyles(roots ...*xmlNode) *odtStyles {
	s := &odtStyles{nodes: map[string]*xmlNode{}, resolved: map[string]*odtStyle{}, lists: map[string]*xmlNode{}, levels: map[*xmlNode]*[11]odtLevel{}, fonts: map[string]string{}}
	for _, root := range roots {
		for _, n := range root.child("office:font-face-decls").orEmpty().kids {
			s.fonts[n.attr("style:name")] = strings.Trim(n.attr("svg:font-family"), "'\"")
		}
		for _, name := range []string{"office:styles", "office:automatic-styles"} {
			for _, n := range root.child(name).orEmpty().kids {
				switch n.name {
				case "style:style":
					s.nodes[n.attr("style:family")+" "+n.attr("style:name")] = n
				case "text:list-style":
					s.lists[n.attr("style:name")] = n
				case "text:outline-style":
					s.outline = n
				}
			}
		}
	}
	return s
}

// style gives a style with all that it is based on. There is one for each name.
func (s *odtStyles) style(family, name string) *odtStyle { return s.resolve(family, name, 0) }

func (s *odtStyles) resolve(family, name string, depth int) *odtStyle {
	key := family + " " + name
	if done := s.resolved[key]; done != nil {
		return done
	}
	out := &odtStyle{}
	s.resolved[key] = out
	n := s.nodes[key]
	if n == nil {
		out.names = []string{strings.ToLower(strings.ReplaceAll(name, "_20_", " "))}
		out.kind = kindOf(out.names)
		return out
	}
	if parent := n.attr("style:parent-style-name"); parent != "" && depth < maxStyles {
		below := s.resolve(family, parent, depth+1)
		*out = *below
		out.names = below.names[:len(below.names):len(below.names)]
	}
	shown := first(n.attr("style:display-name"), strings.ReplaceAll(name, "_20_", " "))
	out.names = append([]string{strings.ToLower(shown)}, out.names...)
	if len(out.names) > maxStyles {
		out.names = out.names[:maxStyles]
	}
	out.run = s.runStyle(n.child("style:text-properties"), out.run)
	out.kind = kindOf(out.names)
	if v, said := n.lookup("style:list-style-name"); said {
		out.list = v
	}
	if p := n.child("style:paragraph-properties"); p != nil {
		var i indents
		if at, ok := docxPoints(p.attr("fo:margin-left")); ok {
			i.left = at
		}
		if at, ok := docxPoints(p.attr("fo:text-indent")); ok {
			i.first = at
		}
		out.indent = i.over(out.indent)
		for _, side := range []string{"fo:border-top", "fo:border-bottom"} {
			if v := p.attr(side); v != "" && v != "none" {
				out.ruled = true
			}
		}
	}
	return out
}

// runStyle reads how text is written, over what it is based on.
func (s *odtStyles) runStyle(n *xmlNode, below runStyle) runStyle {
	if n == nil {
		return below
	}
	var r runStyle
	is := func(v string, yes bool) tri {
		switch {
		case v == "":
			return unsaid
		case yes:
			return on
		}
		return off
	}
	for _, a := range n.attrs {
		v := a.value
		switch a.name {
		case "fo:font-weight":
			weight, _ := strconv.Atoi(v)
			r.strong = is(v, v == "bold" || weight >= 600)
		case "fo:font-style":
			r.em = is(v, v == "italic" || v == "oblique")
		case "style:text-line-through-style", "style:text-line-through-type":
			r.strike = max(r.strike, is(v, v != "none"))
		case "style:text-underline-style":
			r.underline = is(v, v != "none")
		case "text:display":
			r.hidden = is(v, v == "none")
		case "style:text-position":
			switch {
			case strings.HasPrefix(v, "super"), v != "" && v[0] >= '1' && v[0] <= '9':
				r.vertical = "superscript"
			case strings.HasPrefix(v, "sub"), strings.HasPrefix(v, "-"):
				r.vertical = "subscript"
			default:
				r.vertical = "baseline"
			}
		case "style:font-name":
			r.font = first(r.font, s.fonts[v], v)
		case "fo:font-family":
			r.font = strings.Trim(v, "'\"")
		case "fo:color":
			r.colour = strings.ToLower(strings.TrimPrefix(v, "#"))
		case "fo:font-size":
			if p, ok := docxPoints(v); ok {
				r.size = 2 * *p
			} else if percent, err := strconv.Atoi(strings.TrimSuffix(v, "%")); err == nil {
				r.size = max(min(below.size, 10_000)*max(min(percent, 1000), 0)/100, 0)
			}
		}
	}
	return r.over(below)
}

// odtLevel is a level of a style of lists.
type odtLevel struct {
	ordered, marked bool
	mark            string
	format          string
	prefix, suffix  string
	display         int // how many levels its numbers show
	start           int
	indent          int
}

// level gives a level, from 1 to 10, of a style of lists or of the outline.
func (s *odtStyles) level(style *xmlNode, level int) odtLevel {
	if style == nil {
		return odtLevel{start: 1, display: 1, marked: true}
	}
	if s.levels[style] == nil {
		all := new([11]odtLevel)
		said := [11]bool{}
		for _, n := range style.kids {
			if i, err := strconv.Atoi(n.attr("text:level")); err == nil && i > 0 && i < len(all) {
				all[i], said[i] = s.readLevel(n), true
			}
		}
		all[0] = odtLevel{start: 1, display: 1, marked: true}
		for i := 1; i < len(all); i++ { // a level that the style does not have is as the one above it
			if !said[i] {
				all[i] = all[i-1]
			}
		}
		s.levels[style] = all
	}
	return s.levels[style][level]
}

func (s *odtStyles) readLevel(n *xmlNode) odtLevel {
	out := odtLevel{start: 1, display: 1}
	position := n.child("style:list-level-properties")
	indent := n.find("style:list-level-label-alignment")
	if p, ok := docxPoints(first(indent.attr("fo:margin-left"), position.attr("text:space-before"))); ok {
		out.indent = *p
	}
	switch n.name {
	case "text:list-level-style-bullet":
		char := n.attr("text:bullet-char")
		out.marked = strings.Trim(char, " \u00a0\u200b\uf020") != ""
		properties := s.runStyle(n.child("style:text-properties"), s.style("text", n.attr("text:style-name")).run)
		out.mark = bulletMark(properties.font, char)
	case "text:list-level-style-image":
		out.marked = true
	case "text:list-level-style-number", "text:outline-level-style":
		out.format, out.prefix, out.suffix = n.attr("style:num-format"), labelOf(n.attr("style:num-prefix")), labelOf(n.attr("style:num-suffix"))
		if i, err := strconv.Atoi(n.attr("text:start-value")); err == nil {
			out.start = i
		}
		if i, err := strconv.Atoi(n.attr("text:display-levels")); err == nil {
			out.display = min(max(i, 1), 10)
		}
		out.ordered = out.format != ""
		out.marked = out.ordered || strings.TrimSpace(out.prefix+out.suffix) != ""
		if !out.ordered {
			out.mark = bulletMark("", out.prefix+out.suffix)
		}
	}
	return out
}
