package importer

import (
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"
)

// docxNumbering is what a Word file says of lists and numbered headings, and how far their numbers are.
type docxNumbering struct {
	nums     map[string]*docxNum
	counters map[string]*counters // by the abstract numbering
	missing  bool                 // the file has no such part, or a damaged one
}

// bullets stands in for a numbering that is missing.
func (d *docxNumbering) bullets() *docxNum {
	num := &docxNum{}
	for i := range num.levels {
		num.levels[i] = docxLevel{format: "bullet", text: "•", restart: -1}
	}
	return num
}

// docxNum is a numbering that paragraphs refer to.
type docxNum struct {
	abstract  string
	levels    [9]docxLevel
	overrides [9]*int // the number that a level starts at again
	begun     [9]bool // the override has been used
}

type docxLevel struct {
	format  string
	text    string
	start   int
	style   string // of paragraphs that have this level
	restart int    // the number of levels below which it starts again; -1 is the usual
	legal   bool   // all numbers in it are decimal
	font    string
	indent  indents
	said    bool
}

type counters struct {
	value [9]int
	begun [9]bool
}

func readDocxNumbering(root *xmlNode, styles *docxStyles) *docxNumbering {
	out := &docxNumbering{nums: map[string]*docxNum{}, counters: map[string]*counters{}, missing: root == nil}
	abstracts := map[string]*xmlNode{}
	linked := map[string]string{} // a style of lists, and the abstract numbering that is its own
	for _, n := range root.children("w:abstractNum") {
		id := n.attr("w:abstractNumId")
		abstracts[id] = n
		if style := n.child("w:styleLink").attr("w:val"); style != "" {
			linked[style] = id
		}
	}
	levels := map[string]*[9]docxLevel{}
	for _, n := range root.children("w:num") {
		num := &docxNum{abstract: n.child("w:abstractNumId").attr("w:val")}
		if style := abstracts[num.abstract].child("w:numStyleLink").attr("w:val"); style != "" {
			if id, ok := linked[style]; ok {
				num.abstract = id
			}
		}
		if abstracts[num.abstract] == nil {
			continue
		}
		if levels[num.abstract] == nil {
			levels[num.abstract] = readLevels(abstracts[num.abstract])
		}
		num.levels = *levels[num.abstract]
		for _, o := range n.children("w:lvlOverride") {
			i, err := strconv.Atoi(o.attr("w:ilvl"))
			if err != nil || i < 0 || i > 8 {
				continue
			}
			if lvl := o.child("w:lvl"); lvl != nil {
				num.levels[i] = readLevel(lvl)
			}
			if start, err := strconv.Atoi(o.child("w:startOverride").attr("w:val")); err == nil {
				num.overrides[i] = &start
			}
		}
		out.nums[n.attr("w:numId")] = num
	}
	return out
}

func readLevels(abstract *xmlNode) *[9]docxLevel {
	out := new([9]docxLevel)
	for i := range out {
		out[i] = docxLevel{format: "none", restart: -1}
	}
	for _, lvl := range abstract.children("w:lvl") {
		if i, err := strconv.Atoi(lvl.attr("w:ilvl")); err == nil && i >= 0 && i <= 8 {
			out[i] = readLevel(lvl)
		}
	}
	return out
}

func readLevel(n *xmlNode) docxLevel {
	l := docxLevel{format: first(n.child("w:numFmt").attr("w:val"), "decimal"), text: labelOf(n.child("w:lvlText").attr("w:val")), restart: -1, said: true}
	for _, alternative := range n.children("mc:AlternateContent") { // a format that newer versions of Word know
		l.format = first(alternative.child("mc:Fallback", "w:numFmt").attr("w:val"), l.format)
	}
	l.start, _ = strconv.Atoi(n.child("w:start").attr("w:val"))
	l.style = n.child("w:pStyle").attr("w:val")
	if r, err := strconv.Atoi(n.child("w:lvlRestart").attr("w:val")); err == nil {
		l.restart = r
	}
	l.legal = toggle(n, "w:isLgl") == on
	l.font = readRunStyle(n.child("w:rPr")).font
	if n.child("w:lvlPicBulletId") != nil {
		l.text, l.font = "•", ""
	}
	l.indent = readIndents(n.child("w:pPr"))
	return l
}

// labelOf gives what a file writes before items; none where it is longer than Word lets it be.
func labelOf(text string) string {
	const most = 255
	if utf8.RuneCountInString(text) > most {
		return ""
	}
	return text
}

// ordered reports whether a level numbers its items.
func (l docxLevel) ordered() bool {
	return l.format != "bullet" && l.format != "none" && strings.Contains(l.text, "%")
}

// worded reports whether there are words in what a level writes before its items.
func (l docxLevel) worded() bool {
	return l.format != "bullet" && worded.MatchString(levelNumber.ReplaceAllString(l.text, " "))
}

// worded is a text with a word in it.
var worded = regexp.MustCompile(`\p{L}{2}`)

// marked reports whether something stands before the items of a level.
func (l docxLevel) marked() bool {
	text := l.text
	if l.format == "none" {
		text = levelNumber.ReplaceAllString(text, "")
	}
	return strings.Trim(text, " \t\u00a0\uf020\u200b") != ""
}

var levelNumber = regexp.MustCompile(`%[1-9]`)

// mark gives a level's bullet, if that is no ordinary one.
func (l docxLevel) mark() string {
	if l.ordered() || l.format != "bullet" {
		return ""
	}
	return bulletMark(l.font, l.text)
}

// bulletMark gives a bullet in Unicode, if it is no ordinary one.
func bulletMark(font, text string) string {
	r, size := utf8.DecodeRuneInString(strings.TrimSpace(text))
	if size == 0 {
		return ""
	}
	if sign, ok := officeSign(font, r); ok {
		r = sign
	}
	if !isSign(string(r)) || strings.ContainsRune("−➔→⇒⇨", r) { // a dash or arrow is but an item
		return ""
	}
	return string(r)
}

// next gives the number of the next paragraph of a numbering on a level, and what Word writes before it.
func (d *docxNumbering) next(num *docxNum, level int) (n int, label string) {
	c := d.counters[num.abstract]
	if c == nil {
		c = &counters{}
		d.counters[num.abstract] = c
	}
	start := func(i int) int {
		if num.overrides[i] != nil {
			return *num.overrides[i]
		}
		return num.levels[i].start
	}
	switch {
	case num.overrides[level] != nil && !num.begun[level]:
		c.value[level] = start(level)
	case !c.begun[level]:
		c.value[level] = start(level)
	default:
		c.value[level]++
	}
	num.begun[level], c.begun[level] = true, true
	for i := level + 1; i < 9; i++ {
		restart := num.levels[i].restart
		if restart < 0 {
			restart = i
		}
		if level < restart {
			c.begun[i] = false
		}
	}
	label = levelNumber.ReplaceAllStringFunc(num.levels[level].text, func(s string) string {
		i := int(s[1] - '1')
		value := c.value[i]
		if i != level && !c.begun[i] {
			value = start(i)
		}
		format := num.levels[i].format
		if num.levels[level].legal {
			format = "decimal"
		}
		return numeral(format, value)
	})
	return c.value[level], strings.TrimSpace(label)
}

// numeral writes a number in a format of Word or OpenDocument.
func numeral(format string, n int) string {
	switch format {
	case "none", "bullet":
		return ""
	case "lowerLetter", "a":
		return letters(n, 'a')
	case "upperLetter", "A":
		return letters(n, 'A')
	case "lowerRoman", "i":
		return strings.ToLower(roman(n))
	case "upperRoman", "I":
		return roman(n)
	case "decimalZero":
		if n >= 0 && n < 10 {
			return "0" + strconv.Itoa(n)
		}
	}
	return strconv.Itoa(n)
}

func letters(n int, first rune) string {
	if n < 1 || n > 26*20 {
		return strconv.Itoa(n)
	}
	return strings.Repeat(string(first+rune((n-1)%26)), (n-1)/26+1)
}

func roman(n int) string {
	if n < 1 || n > 3999 {
		return strconv.Itoa(n)
	}
	var out strings.Builder
	for _, r := range []struct {
		n    int
		text string
	}{{1000, "M"}, {900, "CM"}, {500, "D"}, {400, "CD"}, {100, "C"}, {90, "XC"}, {50, "L"}, {40, "XL"}, {10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"}} {
		for ; n >= r.n; n -= r.n {
			out.WriteString(r.text)
		}
	}
	return out.String()
}
