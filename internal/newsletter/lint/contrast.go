package lint

import (
	"slices"
	"strconv"
	"strings"
)

// Mode is a way in which clients show a mail's colours.
type Mode string

// The modes. Mail is Light as it is written. It is Dark where a client prefers dark and reads the style block (Apple Mail); Inverted where
// one inverts all colours (Outlook for Windows, Gmail on iOS); HalfInverted where one inverts light backgrounds and dark texts only (Gmail
// on Android). Which client does what: https://www.litmus.com/blog/the-ultimate-guide-to-dark-mode-for-email-marketers
const (
	Light        Mode = "light"
	Dark         Mode = "dark"
	Inverted     Mode = "inverted"
	HalfInverted Mode = "half-inverted"
)

// Contrast needed by a text, and by a large one: https://www.w3.org/TR/WCAG22/#contrast-minimum. Large is 18 pt (24 px), or 14 pt (18.66 px)
// and bold. Boxes and lines need none: their texts alone say what they are (WCAG 1.4.11 asks for no boundary around a text).
const (
	enough      = 4.5
	enoughLarge = 3
)

// view is how texts are shown in a mode.
type view struct {
	mode Mode
	pair pair
}

// contrast checks each text, and each picture's alternative, against its background in all modes.
func (c *checker) contrast() {
	light, dark := c.scheme(nil), c.scheme(c.mail.darkRules())
	ratios, told := map[view]float64{}, map[view]bool{}
	for _, n := range c.mail.nodes {
		said := n.text
		if n.tag == "img" {
			said, _ = n.attr("alt")
		}
		if strings.TrimSpace(said) == "" || !n.shown() {
			continue
		}
		need := n.contrastNeeded()
		for _, v := range views(light.of(n), dark.of(n)) {
			ratio, known := ratios[v]
			if !known {
				shown := v.shown()
				ratio = contrast(shown.text, shown.background)
				ratios[v] = ratio
			}
			if ratio < need && !told[v] {
				told[v] = true
				shown := v.shown()
				// Rounded down: 4.49 is not 4.5.
				c.add(n.offset, Contrast, excerpt(said), strconv.FormatFloat(float64(int(ratio*10))/10, 'f', 1, 64),
					strconv.FormatFloat(need, 'f', -1, 64), shown.text.String(), shown.background.String(), string(v.mode))
			}
		}
	}
}

// views gives the ways in which a text of these colours is shown. Where the style block changes nothing there is no Dark.
func views(light, dark pair) []view {
	out := []view{{Light, light}, {Inverted, light}, {HalfInverted, light}}
	if dark != light {
		out = append(out, view{Dark, dark})
	}
	return out
}

// shown gives the colours that a reader sees.
func (v view) shown() pair {
	switch v.mode {
	case Inverted:
		return pair{v.pair.text.inverted(), v.pair.background.inverted()}
	case HalfInverted:
		return pair{v.pair.text.halfInverted(false), v.pair.background.halfInverted(true)}
	}
	return v.pair
}

// contrastNeeded gives the least contrast of a text, by its size and weight.
func (n *node) contrastNeeded() float64 {
	bold := false
	for p := n; p != nil; p = p.parent {
		if weight, ok := p.inline("font-weight"); ok {
			number, _ := strconv.Atoi(weight)
			bold = weight == "bold" || number >= 700
			break
		}
		if is("b", "strong", "th", "h1", "h2", "h3", "h4", "h5", "h6")(p) {
			bold = true
			break
		}
	}
	if size := n.size(); size >= 24 || bold && size >= 18.66 {
		return enoughLarge
	}
	return enough
}

// A pair is the colours of a text and of what is behind it.
type pair struct{ text, background color }

// A scheme is the colours of elements under rules; without rules they are the inline ones.
type scheme struct {
	*checker
	rules []*rule
	known map[*node]pair
}

func (c *checker) scheme(rules []*rule) scheme { return scheme{c, rules, map[*node]pair{}} }

// of gives the colours of a text, or of texts in an element.
func (s scheme) of(n *node) pair {
	if n == nil {
		return pair{black, white}
	}
	if known, ok := s.known[n]; ok {
		return known
	}
	out := s.of(n.parent)
	if n.tag == "" {
		return out
	}
	if value, ok := n.declared(s.rules, "color"); ok {
		if read, ok := s.readColor(n, value); ok {
			out.text = read
		}
	} else if _, linked := n.attr("href"); linked && n.tag == "a" {
		out.text = blue
	}
	value, ok := n.declared(s.rules, "background-color", "background")
	if !ok {
		value, ok = n.attr("bgcolor")
	}
	if ok {
		if read, ok := s.readColor(n, value); ok {
			out.background = read
		}
	}
	s.known[n] = out
	return out
}

// readColor reads the colour in a value. It is false where that leaves the colour as it is around the element.
func (c *checker) readColor(n *node, value string) (color, bool) {
	if slices.Contains([]string{"inherit", "transparent", "none", "currentcolor", ""}, value) {
		return color{}, false
	}
	if read, ok := parseColor(value); ok {
		return read, true
	}
	for part := range strings.FieldsSeq(value) { // background: url(…) #fff
		if read, ok := parseColor(part); ok {
			return read, true
		}
	}
	if !strings.Contains(value, "url(") {
		c.add(n.offset, Color, value)
	}
	return color{}, false
}

// declared gives the value of a property on an element: of the style block's important rules, else its own, else of the other rules; of
// several rules that of the most specific, the last of those.
func (n *node) declared(rules []*rule, properties ...string) (value string, found bool) {
	var normal, important string
	var normalWeight, importantWeight int
	for _, r := range rules {
		weight := -1
		for _, d := range r.declarations {
			if !slices.Contains(properties, d.property) {
				continue
			}
			if weight < 0 {
				weight = r.weight(n)
			}
			if d.important && weight >= importantWeight {
				important, importantWeight = d.value, weight
			} else if !d.important && weight >= normalWeight {
				normal, normalWeight = d.value, weight
			}
		}
	}
	own, _ := n.inline(properties...)
	for _, value := range []string{important, own, normal} {
		if value != "" {
			return value, true
		}
	}
	return "", false
}

// weight gives the specificity of the rule's selectors for an element, -1 where none is its.
func (r *rule) weight(n *node) int {
	weight := -1
	for _, s := range r.selectors {
		if specificity, ok := s.matches(n); ok {
			weight = max(weight, specificity)
		}
	}
	return weight
}

// darkRules gives the style rules that hold where dark is preferred, in order.
func (m *mail) darkRules() []*rule {
	var out []*rule
	for _, b := range m.blocks {
		for _, r := range b.sheet.rules {
			if r.at == "" && !slices.ContainsFunc(r.within, func(outer *rule) bool { return !outer.holdsInDark() }) {
				out = append(out, r)
			}
		}
	}
	return out
}

func (r *rule) holdsInDark() bool {
	query := strings.ReplaceAll(text(r.prelude), " ", "")
	return r.at == "media" && strings.Contains(query, "(prefers-color-scheme:dark)")
}
