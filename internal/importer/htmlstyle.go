package importer

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/image/colornames"
	"golang.org/x/net/html"
)

// property is a declaration of a style sheet or of a style attribute.
type property struct{ name, value string }

// sheet holds the rules of a page's own style sheets that name an element, a class, or an element with a class.
type sheet struct {
	rules  map[string][]property // by "p", ".note" or "p.note"
	levels map[string][]property // of Word's lists, by "l0:level1"
	inline map[string][]property // style attributes that were read before
}

// telling are the properties that say what a text means.
var telling = map[string]bool{"font": true, "font-weight": true, "font-style": true, "font-family": true, "font-size": true, "text-decoration": true, "text-decoration-line": true,
	"vertical-align": true, "color": true, "display": true, "visibility": true, "white-space": true, "margin": true, "margin-left": true, "padding-left": true,
	"text-indent": true, "list-style-type": true, "border": true, "mso-list": true, "mso-hide": true, "mso-element": true, "mso-tab-count": true, "mso-spacerun": true,
	"mso-outline-level": true, "mso-symbol-font-family": true, "mso-char-type": true, "mso-level-number-format": true, "mso-level-text": true, "mso-level-start-at": true}

var (
	cssComment     = regexp.MustCompile(`(?s)/\*.*?\*/|<!--|-->`)
	simpleSelector = regexp.MustCompile(`^[a-z][a-z0-9]*$|^[a-z0-9]*\.[a-z0-9_-]+$`)
)

// read adds the rules of a style element.
func (s *sheet) read(css string) {
	css = cssComment.ReplaceAllString(css, "")
	for css != "" {
		open := strings.IndexByte(css, '{')
		if open < 0 {
			return
		}
		selectors := strings.ToLower(strings.TrimSpace(css[:open]))
		if semicolon := strings.LastIndexByte(selectors, ';'); semicolon >= 0 { // after @import and the like
			selectors = strings.TrimSpace(selectors[semicolon+1:])
		}
		body, rest := cutBlock(css[open+1:])
		css = rest
		level, isList := strings.CutPrefix(selectors, "@list ")
		switch {
		case isList:
			s.levels[strings.ReplaceAll(level, " ", "")] = properties(body)
			continue
		case strings.HasPrefix(selectors, "@"):
			continue
		}
		for _, selector := range strings.Split(selectors, ",") {
			selector = strings.TrimSpace(selector)
			if simpleSelector.MatchString(selector) {
				s.rules[selector] = lasting(append(s.rules[selector], properties(body)...))
			}
		}
	}
}

// lasting leaves out declarations that a later one takes the place of.
func lasting(list []property) []property {
	seen := map[string]bool{}
	var out []property
	for _, p := range slices.Backward(list) {
		if !seen[p.name] {
			seen[p.name], out = true, append(out, p)
		}
	}
	slices.Reverse(out)
	return out
}

// cutBlock parts a text at the brace that closes a block.
func cutBlock(css string) (body, rest string) {
	depth, quote := 1, byte(0)
	for i := 0; i < len(css); i++ {
		switch c := css[i]; {
		case quote != 0:
			if c == '\\' {
				i++
			} else if c == quote || c == '\n' {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == '{':
			depth++
		case c == '}':
			if depth--; depth == 0 {
				return css[:i], css[i+1:]
			}
		}
	}
	return css, ""
}

// properties reads declarations. A value is in small letters, but that of a font or a list's own mark.
func properties(text string) (out []property) {
	for text != "" {
		end, quote, depth := len(text), byte(0), 0
	scan:
		for i := 0; i < len(text); i++ {
			switch c := text[i]; {
			case quote != 0:
				if c == quote {
					quote = 0
				}
			case c == '"' || c == '\'':
				quote = c
			case c == '(':
				depth++
			case c == ')':
				depth--
			case c == ';' && depth <= 0:
				end = i
				break scan
			}
		}
		name, value, _ := strings.Cut(text[:end], ":")
		text = text[min(end+1, len(text)):]
		name = strings.ToLower(strings.TrimSpace(name))
		if !telling[name] {
			continue
		}
		value, _, _ = strings.Cut(strings.TrimSpace(value), "!important")
		if name != "list-style-type" && name != "mso-level-text" {
			value = strings.ToLower(strings.TrimSpace(value))
		}
		out = append(out, property{name, value})
	}
	return out
}

// of gives all declarations for an element, those that prevail last.
func (s *sheet) of(n *html.Node) []property {
	style, class := attr(n, "style"), attr(n, "class")
	out := s.rules[n.Data]
	if class != "" && len(s.rules) > 0 {
		out = out[:len(out):len(out)]
		classes := strings.Fields(strings.ToLower(class))
		for _, c := range classes {
			out = append(out, s.rules["."+c]...)
		}
		for _, c := range classes {
			out = append(out, s.rules[n.Data+"."+c]...)
		}
	}
	if style == "" {
		return out
	}
	inline, read := s.inline[style]
	if !read {
		inline = properties(style)
		s.inline[style] = inline
	}
	return append(out[:len(out):len(out)], inline...)
}

// value gives the last value of a property.
func value(list []property, name string) string {
	for i := len(list) - 1; i >= 0; i-- {
		if list[i].name == name {
			return list[i].value
		}
	}
	return ""
}

// look is how text looks, and what it leads to.
type look struct {
	style  Style
	tagged bool // Mono comes of an element, not of a font alone
	link   string
	colour string
	font   string // a symbols font
	size   float64
	pre    bool // white space counts
	soft   bool // no-break spaces bind nothing: the program put them there
	hidden bool
}

// lookOf gives the look of an element in one of another look.
func (r *htmlReader) lookOf(n *html.Node, list []property, outer look) look {
	l := outer
	switch n.Data {
	case "b", "strong":
		l.style |= Strong
	case "i", "em", "cite", "dfn":
		l.style |= Em
	case "u":
		l.style |= Underline
	case "s", "strike":
		l.style |= Strike
	case "del":
		if attr(n, "datetime") != "" || attr(n, "cite") != "" {
			l.hidden = true // a tracked change
		}
		l.style |= Strike
	case "sup":
		l.style |= Super
	case "sub":
		l.style |= Sub
	case "code", "tt", "kbd", "samp":
		l.style, l.tagged = l.style|Mono, true
	case "pre":
		l.pre = true
	case "font":
		r.face(&l, attr(n, "face"), true)
		l.colour = colourOf(attr(n, "color"), l.colour)
	case "a":
		if href := strings.TrimSpace(attr(n, "href")); href != "" {
			l.link = r.address(href)
		}
	}
	for _, p := range list {
		switch v := p.value; p.name {
		case "font-weight":
			l.style = with(l.style, Strong, weighs(v, l.style&Strong != 0))
		case "font-style":
			switch v {
			case "italic", "oblique":
				l.style |= Em
			case "normal", "initial":
				l.style &^= Em
			}
		case "font":
			words := strings.Fields(v)
			l.style = with(l.style, Strong, strings.Contains(v, "bold"))
			l.style = with(l.style, Em, strings.Contains(v, "italic"))
			for i, w := range words {
				size, _, _ := strings.Cut(w, "/")
				if pt, ok := points(size, outer.size); ok && size[0] >= '0' && size[0] <= '9' && i+1 < len(words) {
					l.size = pt
					r.face(&l, strings.Join(words[i+1:], " "), inlineElements[n.Data])
					break
				}
			}
		case "font-family", "mso-symbol-font-family":
			r.face(&l, v, inlineElements[n.Data])
		case "font-size":
			if pt, ok := points(v, outer.size); ok {
				l.size = pt
			}
		case "text-decoration", "text-decoration-line":
			switch {
			case strings.Contains(v, "line-through"):
				l.style |= Strike
			case strings.Contains(v, "none") && n.Data != "span":
				l.style = l.style&^(Strike|Underline) | outer.style&(Strike|Underline)
			}
			if strings.Contains(v, "underline") {
				l.style |= Underline
			}
		case "vertical-align":
			if inlineElements[n.Data] {
				switch v {
				case "super":
					l.style = l.style&^Sub | Super
				case "sub":
					l.style = l.style&^Super | Sub
				}
			}
		case "color":
			l.colour = colourOf(v, l.colour)
		case "display":
			l.hidden = l.hidden || v == "none"
		case "visibility":
			l.hidden = l.hidden || v == "hidden" || v == "collapse"
		case "mso-hide":
			l.hidden = l.hidden || v == "all"
		case "white-space":
			l.pre = strings.HasPrefix(v, "pre") && !inlineElements[n.Data]
		case "mso-spacerun":
			l.soft = v == "yes"
		}
	}
	if n.Data == "span" && attr(n, "class") == "Apple-converted-space" {
		l.soft = true
	}
	return l
}

// inlineElements are elements within a line, whose look is that of words.
var inlineElements = map[string]bool{"span": true, "font": true, "b": true, "strong": true, "i": true, "em": true, "a": true, "u": true, "s": true, "sup": true, "sub": true,
	"code": true, "tt": true, "small": true, "big": true, "mark": true, "label": true, "ins": true, "del": true, "strike": true, "cite": true, "o:p": true, "abbr": true, "q": true}

func with(s, one Style, on bool) Style {
	if on {
		return s | one
	}
	return s &^ one
}

func weighs(v string, before bool) bool {
	switch v {
	case "bold", "bolder":
		return true
	case "normal", "lighter", "initial":
		return false
	}
	if n, err := strconv.Atoi(v); err == nil {
		return n >= 600
	}
	return before
}

var monospaced = regexp.MustCompile(`^(?:courier|consolas|menlo|monaco|lucida console|monospace|liberation mono|dejavu sans mono|sf ?mono|cascadia|roboto mono|source code)`)

// face takes over a font, as far as it says what the text means.
func (r *htmlReader) face(l *look, fonts string, inline bool) {
	first, _, _ := strings.Cut(fonts, ",")
	first = strings.ToLower(strings.Trim(strings.TrimSpace(first), `"'`))
	switch {
	case first == "" || first == "inherit":
	case isSymbols(first):
		l.font = first
	case inline && monospaced.MatchString(first):
		l.font, l.style = "", l.style|Mono
	default:
		l.font = ""
		if !l.tagged {
			l.style &^= Mono
		}
	}
}

// points gives a length in points; relative ones are of the size of the text around.
func points(v string, around float64) (float64, bool) {
	v = strings.TrimSpace(v)
	end := strings.IndexFunc(v, func(r rune) bool { return (r < '0' || r > '9') && r != '.' && r != '-' && r != '+' })
	if end < 0 {
		end = len(v)
	}
	n, err := strconv.ParseFloat(v[:end], 64)
	if err != nil || n != n || n > 1e5 || n < -1e5 {
		return 0, false
	}
	if around == 0 {
		around = 12
	}
	switch strings.TrimSpace(v[end:]) {
	case "pt":
		return n, true
	case "px":
		return n * .75, true
	case "cm":
		return n * 28.35, true
	case "mm":
		return n * 2.835, true
	case "in":
		return n * 72, true
	case "pc":
		return n * 12, true
	case "em", "ex":
		return n * around, true
	case "rem":
		return n * 12, true
	case "%":
		return n * around / 100, true
	case "":
		return n * .75, n == 0
	}
	return 0, false
}

var rgb = regexp.MustCompile(`^rgba?\(\s*(\d{1,3})[\s,]+(\d{1,3})[\s,]+(\d{1,3})`)

// colourOf gives a colour as "00b050", "" for black and greys; the one before if it says nothing.
func colourOf(v, before string) string {
	v = strings.ToLower(strings.TrimSpace(v))
	var red, green, blue int
	if m := rgb.FindStringSubmatch(v); m != nil {
		red, _ = strconv.Atoi(m[1])
		green, _ = strconv.Atoi(m[2])
		blue, _ = strconv.Atoi(m[3])
	} else if named, ok := colornames.Map[v]; ok {
		red, green, blue = int(named.R), int(named.G), int(named.B)
	} else {
		hex := strings.TrimPrefix(v, "#")
		if len(hex) == 3 {
			hex = string([]byte{hex[0], hex[0], hex[1], hex[1], hex[2], hex[2]})
		}
		n, err := strconv.ParseUint(hex, 16, 32)
		switch {
		case v == "windowtext" || v == "auto" || v == "initial":
			return ""
		case err != nil || len(hex) != 6:
			return before
		}
		red, green, blue = int(n>>16), int(n>>8&255), int(n&255)
	}
	if max(red, green, blue)-min(red, green, blue) < 30 || max(red, green, blue) > 255 {
		return ""
	}
	return fmt.Sprintf("%02x%02x%02x", red, green, blue)
}

// edge gives where the first line of an element's text begins, and where the others do, in points.
func edge(list []property, size float64) (first, left float64) {
	for _, p := range list {
		switch p.name {
		case "margin":
			if sides := strings.Fields(p.value); len(sides) > 0 {
				left, _ = points(sides[min(len(sides)-1, []int{0, 1, 1, 3}[min(len(sides), 4)-1])], size)
			}
		case "margin-left", "padding-left":
			if pt, ok := points(p.value, size); ok {
				if p.name == "margin-left" {
					left = pt
				} else if left == 0 {
					left = pt
				}
			}
		}
	}
	indent, _ := points(value(list, "text-indent"), size)
	return left + indent, left
}
