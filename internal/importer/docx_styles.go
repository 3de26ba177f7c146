package importer

import (
	"regexp"
	"strconv"
	"strings"
)

// maxStyles is how many styles may be based on each other.
const maxStyles = 100

// tri is a property that is on, off or not said.
type tri int8

const (
	unsaid tri = iota
	off
	on
)

// or gives a property, or another one where it is not said.
func (t tri) or(other tri) tri {
	if t == unsaid {
		return other
	}
	return t
}

// runStyle is how a run is written, as far as it is said.
type runStyle struct {
	strong, em, strike, hidden, underline tri
	vertical                              string // "superscript", "subscript" or "baseline"
	font, colour                          string
	size                                  int // in half docxPoints
}

// over gives a style on top of another one.
func (r runStyle) over(below runStyle) runStyle {
	r.strong, r.em, r.strike = r.strong.or(below.strong), r.em.or(below.em), r.strike.or(below.strike)
	r.hidden, r.underline = r.hidden.or(below.hidden), r.underline.or(below.underline)
	r.vertical, r.font, r.colour = first(r.vertical, below.vertical), first(r.font, below.font), first(r.colour, below.colour)
	if r.size == 0 {
		r.size = below.size
	}
	return r
}

// docxStyle is a style of a Word file with all that it is based on.
type docxStyle struct {
	ids        []string // its own, and those that it is based on
	names      []string // of the same, in lower case
	kind       officeKind
	run        runStyle
	level      int // of a heading; 0 of text
	leveled    bool
	numID      string
	ilvl       int // -1 if it is not said
	indent     indents
	ruled      bool // a line is drawn below or above
	indentFrom int  // where in ids the indents are said, and the numbering
	numFrom    int
}

// indents are those of a paragraph in docxPoints; nil is not said.
type indents struct{ left, first *int }

func (i indents) over(below indents) indents {
	if i.left == nil {
		i.left = below.left
	}
	if i.first == nil {
		i.first = below.first
	}
	return i
}

// docxStyles are the styles of a Word file.
type docxStyles struct {
	byID      map[string]*xmlNode
	resolved  map[string]*docxStyle
	paragraph string // the style of paragraphs that have none
	size      int    // of type where nothing says one
}

func newDocxStyles(root *xmlNode) *docxStyles {
	s := &docxStyles{byID: map[string]*xmlNode{}, resolved: map[string]*docxStyle{}, size: usualSize}
	if size := readRunStyle(root.child("w:docDefaults", "w:rPrDefault", "w:rPr")).size; size > 0 {
		s.size = size
	}
	for _, n := range root.children("w:style") {
		id := n.attr("w:styleId")
		if _, double := s.byID[id]; double {
			continue
		}
		s.byID[id] = n
		if n.attr("w:type") == "paragraph" && truth(n.attr("w:default")) {
			s.paragraph = id
		}
	}
	return s
}

// truth reads what Word has for yes and no.
func truth(value string) bool { return value == "1" || value == "true" || value == "on" }

// toggle reads a property that is on where it stands, unless it says that it is off.
func toggle(pr *xmlNode, name string) tri {
	n := pr.child(name)
	if n == nil {
		return unsaid
	}
	if v, said := n.lookup("w:val"); said && !truth(v) {
		return off
	}
	return on
}

func readRunStyle(pr *xmlNode) runStyle {
	if pr == nil {
		return runStyle{}
	}
	var r runStyle
	for _, k := range pr.kids {
		value := on
		v, said := k.lookup("w:val")
		if said && !truth(v) {
			value = off
		}
		switch k.name {
		case "w:b":
			r.strong = value
		case "w:i":
			r.em = value
		case "w:strike", "w:dstrike":
			r.strike = max(r.strike, value)
		case "w:vanish", "w:webHidden":
			r.hidden = max(r.hidden, value)
		case "w:u":
			r.underline = on
			if v == "none" {
				r.underline = off
			}
		case "w:vertAlign":
			r.vertical = v
		case "w:rFonts":
			r.font = first(k.attr("w:ascii"), k.attr("w:hAnsi"), k.attr("w:cs"))
		case "w:color":
			r.colour = strings.ToLower(v)
		case "w:sz":
			r.size, _ = strconv.Atoi(v)
		}
	}
	return r
}

// docxPoints reads a length of Word: twentieths of a point, or a number with its unit.
func docxPoints(value string) (*int, bool) {
	unit := strings.TrimLeft(value, "+-.0123456789")
	n, err := strconv.ParseFloat(strings.TrimSuffix(value, unit), 64)
	if err != nil {
		return nil, false
	}
	switch unit {
	case "":
		n /= 20
	case "in":
		n *= 72
	case "cm":
		n *= 72 / 2.54
	case "mm":
		n *= 72 / 25.4
	case "pc", "pi":
		n *= 12
	}
	p := int(max(min(n, 10_000), -10_000))
	return &p, true
}

func readIndents(pPr *xmlNode) indents {
	n := pPr.child("w:ind")
	var i indents
	if n == nil {
		return i
	}
	i.left, _ = docxPoints(first(n.attr("w:left"), n.attr("w:start")))
	if p, ok := docxPoints(n.attr("w:hanging")); ok {
		back := -*p
		i.first = &back
	} else if p, ok := docxPoints(n.attr("w:firstLine")); ok {
		i.first = p
	}
	return i
}

var headingName = regexp.MustCompile(`^(?:heading|kop|titre|überschrift|encabezado|título|titolo|rubrik|overskrift|otsikko|nagłówek|cabeçalho|nadpis) ?([1-9])$`)

// style gives a style with all that it is based on. There is one for each id.
func (s *docxStyles) style(id string) *docxStyle { return s.resolve(id, 0) }

func (s *docxStyles) resolve(id string, depth int) *docxStyle {
	if done := s.resolved[id]; done != nil {
		return done
	}
	n := s.byID[id]
	out := &docxStyle{ilvl: -1}
	base := n.child("w:basedOn").attr("w:val")
	if n != nil && base != "" && depth < maxStyles {
		s.resolved[id] = out // a style that is based on itself
		below := s.resolve(base, depth+1)
		*out = *below
		out.ids, out.names = below.ids[:len(below.ids):len(below.ids)], below.names[:len(below.names):len(below.names)]
		if out.indentFrom++; below.indent == (indents{}) {
			out.indentFrom = 0
		}
		out.numFrom++
	}
	s.resolved[id] = out
	name := strings.ToLower(strings.TrimSpace(n.child("w:name").attr("w:val")))
	out.ids = append([]string{id}, out.ids...)
	out.names = append([]string{name}, out.names...)
	if n == nil {
		name = strings.ToLower(id) // a style that the file only names
		out.names[0] = name
	}
	if len(out.ids) > maxStyles {
		out.ids, out.names = out.ids[:maxStyles], out.names[:maxStyles]
	}
	out.kind = kindOf(out.names)
	pPr := n.child("w:pPr")
	out.run = readRunStyle(n.child("w:rPr")).over(out.run)
	for _, candidate := range []string{name, strings.ToLower(id)} {
		if m := headingName.FindStringSubmatch(candidate); m != nil {
			out.level, out.leveled = int(m[1][0]-'0'), true
			break
		}
	}
	if l, ok := outlineLevel(pPr); ok {
		out.level, out.leveled = l, true
	}
	if numPr := pPr.child("w:numPr"); numPr != nil {
		if v, said := numPr.child("w:numId").lookup("w:val"); said {
			out.numID, out.numFrom = v, 0
		}
		if v, err := strconv.Atoi(numPr.child("w:ilvl").attr("w:val")); err == nil {
			out.ilvl = min(max(v, 0), 8)
		}
	}
	if i := readIndents(pPr); i != (indents{}) {
		out.indent, out.indentFrom = i.over(out.indent), 0
	}
	out.ruled = out.ruled || ruled(pPr)
	return out
}

// outlineLevel gives the level of a heading that a paragraph's properties say; 0 is text.
func outlineLevel(pPr *xmlNode) (int, bool) {
	l, err := strconv.Atoi(pPr.child("w:outlineLvl").attr("w:val"))
	if err != nil || l < 0 {
		return 0, false
	}
	if l > 8 {
		l = -1
	}
	return l + 1, true
}

// ruled reports whether a line is drawn across the page above or below a paragraph.
func ruled(pPr *xmlNode) bool {
	border := pPr.child("w:pBdr")
	for _, side := range []string{"w:top", "w:bottom", "w:between"} {
		if v := border.child(side).attr("w:val"); v != "" && v != "none" && v != "nil" {
			return true
		}
	}
	return false
}

// is reports whether a style, or one that it is based on, has one of these names.
func (s *docxStyle) is(names ...string) bool {
	for _, name := range s.names {
		for _, n := range names {
			if name == n {
				return true
			}
		}
	}
	return false
}

// officeKind is what a paragraph is by its style.
type officeKind int

const (
	isText officeKind = iota
	isTitle
	isSubtitle
	isCaption
	isContents
	isQuote
	isCode
	isTerm
	isMeaning
	isLine
)

// kindOf tells what a paragraph is by the names of its style and those that it is based on: Word and LibreOffice keep the English names
// of their own styles in every language; others do not.
func kindOf(names []string) officeKind {
	for _, name := range names {
		switch name {
		case "title", "titel", "titre":
			return isTitle
		case "subtitle", "ondertitel", "untertitel", "sous-titre":
			return isSubtitle
		case "caption", "bijschrift", "image caption", "table caption", "illustration", "légende", "beschriftung":
			return isCaption
		case "table of figures", "lijst met afbeeldingen":
			return isContents
		case "quote", "intense quote", "block text", "quotations", "citaat", "duidelijk citaat":
			return isQuote
		case "source code", "html preformatted", "preformatted text":
			return isCode
		case "definition term", "definition term tight":
			return isTerm
		case "definition", "definition definition", "definition definition tight":
			return isMeaning
		case "horizontal line":
			return isLine
		}
		if contentsName.MatchString(name) {
			return isContents
		}
	}
	return isText
}

var contentsName = regexp.MustCompile(`^(?:toc|inhopg|contents|inhoudsopgave) (?:[1-9]|10|heading)$`)

// isMono reports whether all characters of a font are as wide.
func isMono(font string) bool {
	font = strings.ToLower(font)
	for _, name := range []string{"courier", "consolas", "mono", "menlo", "monaco", "lucida console", "source code", "fixedsys", "andale"} {
		if strings.Contains(font, name) {
			return font != "monotype corsiva"
		}
	}
	return false
}

// officeColour gives a colour that may mean something: neither black, grey nor that of links.
func officeColour(colour string) string {
	n, err := strconv.ParseUint(colour, 16, 32)
	if err != nil || len(colour) != 6 {
		return ""
	}
	r, g, b := int(n>>16), int(n>>8&255), int(n&255)
	if max(r, g, b)-min(r, g, b) < 30 || colour == "0563c1" || colour == "0000ff" || colour == "000080" || colour == "954f72" || colour == "800080" {
		return ""
	}
	return colour
}
