package lint

import (
	"fmt"
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

// contrast checks each text, and each picture's alternative, against its background in all modes.
func (c *checker) contrast() {
	dark := c.mail.darkRules()
	told := map[string]bool{} // by colours and mode
	for _, n := range c.mail.nodes {
		said := n.text
		if n.tag == "img" {
			said, _ = n.attr("alt")
		}
		if strings.TrimSpace(said) == "" || !n.shown() {
			continue
		}
		light := c.colors(n, nil)
		for _, shown := range []struct {
			mode Mode
			pair pair
		}{
			{Light, light},
			{Dark, c.colors(n, dark)},
			{Inverted, pair{light.text.inverted(), light.background.inverted()}},
			{HalfInverted, pair{light.text.halfInverted(false), light.background.halfInverted(true)}},
		} {
			ratio, need := contrast(shown.pair.text, shown.pair.background), n.contrastNeeded()
			key := fmt.Sprint(shown)
			if shown.mode == Dark && shown.pair == light {
				continue // the style block changes nothing
			}
			if ratio < need && !told[key] {
				told[key] = true
				// Rounded down: 4.49 is not 4.5.
				c.add(n.offset, Contrast, excerpt(said), strconv.FormatFloat(float64(int(ratio*10))/10, 'f', 1, 64),
					strconv.FormatFloat(need, 'f', -1, 64), shown.pair.text.String(), shown.pair.background.String(), string(shown.mode))
			}
		}
	}
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

// colors finds a text's colours. Without rules they are the inline ones.
func (c *checker) colors(n *node, rules []*rule) pair {
	found := pair{black, white}
	for p := n; p != nil; p = p.parent {
		if value, ok := p.declared(rules, "color"); ok {
			if read, ok := c.readColor(p, value); ok {
				found.text = read
				break
			}
		} else if _, linked := p.attr("href"); linked && p.tag == "a" {
			found.text = blue
			break
		}
	}
	for p := n; p != nil; p = p.parent {
		value, ok := p.declared(rules, "background-color", "background")
		if !ok {
			value, ok = p.attr("bgcolor")
		}
		if ok {
			if read, ok := c.readColor(p, value); ok {
				found.background = read
				break
			}
		}
	}
	return found
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
		for _, s := range r.selectors {
			if specificity, ok := s.matches(n); ok {
				weight = max(weight, specificity)
			}
		}
		for _, d := range r.declarations {
			if !slices.Contains(properties, d.property) {
				continue
			} else if d.important && weight >= importantWeight {
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

// darkRules gives the style rules that hold where dark is preferred, in order.
func (m *mail) darkRules() []*rule {
	var out []*rule
	for _, b := range m.blocks {
		for _, r := range readSheet(b.text).rules {
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
