package importer

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// What a reader of the page sees and the file does not say is understood here: lists, headings and findings that were typed. Words are
// never changed, left out but for a typed sign or number that Markdown writes itself, or put in another order.

// tidyBlocks leaves out what is empty, parts paragraphs at empty lines and where typed items stand on lines of their own, and puts
// lists together that follow each other.
func tidyBlocks(list []Block) []Block {
	var out []Block
	for _, b := range list {
		switch b := b.(type) {
		case *Paragraph:
			for _, p := range parts(b) {
				out = append(out, p)
			}
		case *List:
			items := make([]Item, 0, len(b.Items))
			for _, item := range b.Items {
				item.Blocks = tidyBlocks(item.Blocks)
				if len(item.Blocks) > 0 {
					items = append(items, item)
				}
			}
			if b.Items = items; len(items) == 0 {
				continue
			}
			if last, ok := lastOf(out).(*List); ok && last.Ordered == b.Ordered && (!b.Ordered || b.Start == last.Start+len(last.Items)) {
				last.Items = append(last.Items, items...)
				continue
			}
			out = append(out, b)
		case *Quote:
			if b.Blocks = tidyBlocks(b.Blocks); len(b.Blocks) > 0 {
				out = append(out, b)
			}
		case *Definitions:
			for i := range b.Items {
				b.Items[i].Blocks = tidyBlocks(b.Items[i].Blocks)
			}
			out = append(out, b)
		case *Heading:
			if says(b.Text) {
				out = append(out, b)
			}
		case *Table:
			if box, ok := unboxed(b); ok {
				out = append(out, tidyBlocks(box)...)
				continue
			}
			out = append(out, b)
		default:
			out = append(out, b)
		}
	}
	return out
}

func lastOf(list []Block) Block {
	if len(list) == 0 {
		return nil
	}
	return list[len(list)-1]
}

// says reports whether there is anything in a text.
func says(text []Inline) bool {
	return slices.ContainsFunc(text, func(t Inline) bool {
		return t.Note > 0 || t.Picture > 0 || strings.ContainsFunc(t.Text, shows)
	})
}

// unboxed gives what stands in a table of one cell that is a box around several things, or a list.
func unboxed(t *Table) ([]Block, bool) {
	if len(t.Rows) != 1 || len(t.Rows[0]) != 1 {
		return nil, false
	}
	blocks := t.Rows[0][0].Blocks
	for _, b := range blocks {
		switch b.(type) {
		case *List, *Heading, *Table:
			return blocks, true
		}
	}
	return blocks, len(blocks) > 1
}

// parts gives the paragraphs that a paragraph is by its line breaks.
func parts(p *Paragraph) []*Paragraph {
	var lines [][]Inline
	var line []Inline
	empty := []bool{} // whether an empty line stands before
	gap := false
	end := func() {
		if says(line) {
			lines, empty = append(lines, line), append(empty, gap)
			gap = false
		} else {
			gap = true
		}
		line = nil
	}
	for _, t := range p.Text {
		if t.Break {
			end()
			continue
		}
		line = append(line, t)
	}
	end()
	if len(lines) == 0 {
		return nil
	}
	marks := make([]bool, len(lines))
	families := map[string][]int{} // the lines that begin with a mark of one
	for i, l := range lines {
		if m, ok := markOf(l); ok {
			families[m.family()] = append(families[m.family()], i)
		}
	}
	for _, of := range families {
		for _, i := range of {
			marks[i] = len(of) > 1
		}
	}
	var out []*Paragraph
	for i, l := range lines {
		if i > 0 && !marks[i] && !empty[i] {
			last := out[len(out)-1]
			last.Text = append(append(last.Text, Inline{Break: true}), l...)
			continue
		}
		part := *p
		part.Text = l
		out = append(out, &part)
	}
	return out
}

// mark is what a typed item begins with.
type mark struct {
	sign   string // the bullet or sign; "" of a number
	colour string
	form   string // of a number: what stands where it does is "1", "a" or "i"
	n      int    // the number
	length int    // in bytes of the text before the item's own, with white space
	wide   bool   // a tab or several spaces follow
}

// family says which marks belong to one list.
func (m mark) family() string {
	switch {
	case m.form != "":
		return m.form
	case isSign(m.sign):
		return "sign"
	}
	return m.sign
}

// sure reports whether a mark is one wherever it stands; a hyphen, a plus or a number may begin a sentence.
func (m mark) sure() bool { return m.form == "" && !strings.Contains("-–—*+!?o", m.sign) || m.wide }

// bullets are signs that mean nothing but an item.
const bullets = "•·●○◦▪▫■□◆◇‣⁃∙➢➤►▸▶»›❖☐-–—*"

// meaning are signs that may say how a finding is meant, beside pictographs.
const meaning = "+−!?⊕⊖⊗⊙⊘☺☹☻✓✔✗✘✕✖✚➕➖☑☒★☆↑↓→←↗↘▲▼△▽⚠❗❓±√⇒⇨➔♥♦♣♠"

// isSign reports whether a bullet may say how a finding is meant.
func isSign(s string) bool {
	r, size := utf8.DecodeRuneInString(s)
	if r == '(' || r == '[' {
		return len(s) > 1
	}
	if size == 0 || strings.ContainsRune(bullets, r) {
		return false
	}
	return strings.ContainsRune(meaning, r) || isPictograph(r)
}

func isPictograph(r rune) bool {
	return r >= 0x1F300 && r <= 0x1FAFF || r >= 0x2600 && r <= 0x27BF && unicode.Is(unicode.So, r) || r >= 0x2B00 && r <= 0x2BFF
}

// romans are the numbers that are written with small letters.
var romans = []string{"i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv"}

var (
	numberMark = regexp.MustCompile(`^(\(?)(\d{1,3}|[a-z]|[ivx]{2,5})([.)])([ \t\x{a0}]+)`)
	bracedSign = regexp.MustCompile(`^(?:\([-+!?~−–/]{1,3}\)|\[[-+!?~−–]\])`)
	blanks     = regexp.MustCompile(`^[ \t\x{a0}\x{2002}-\x{200a}]+`)
)

// markOf gives the mark that a line begins with.
func markOf(text []Inline) (mark, bool) {
	var head strings.Builder
	first := Inline{}
	for _, t := range text {
		if t.Note > 0 || t.Picture > 0 || t.Break || t.Link != "" {
			break
		}
		if head.Len() == 0 && strings.TrimSpace(t.Text) != "" {
			first = t
		}
		if head.WriteString(t.Text); head.Len() > 40 {
			break
		}
	}
	line := head.String()
	trimmed := strings.TrimLeft(line, " \t\u00a0")
	lead := len(line) - len(trimmed)
	if m := numberMark.FindStringSubmatchIndex(trimmed); m != nil {
		opens, value, closes, gap := trimmed[m[2]:m[3]], trimmed[m[4]:m[5]], trimmed[m[6]:m[7]], trimmed[m[8]:m[9]]
		if opens != "" && closes == "." {
			return mark{}, false
		}
		out := mark{length: lead + m[1], wide: strings.Contains(gap, "\t") || utf8.RuneCountInString(gap) > 1}
		if n, err := strconv.Atoi(value); err == nil {
			out.n, out.form = n, opens+"1"+closes
		} else if n := slices.Index(romans, value) + 1; n > 0 {
			out.n, out.form = n, opens+"i"+closes
		} else if len(value) > 1 {
			return mark{}, false
		} else {
			out.n, out.form = int(value[0]-'a')+1, opens+"a"+closes
		}
		return out, true
	}
	r, size := utf8.DecodeRuneInString(trimmed)
	if size == 0 {
		return mark{}, false
	}
	sign, rest := trimmed[:size], trimmed[size:]
	if braced := bracedSign.FindString(trimmed); braced != "" {
		sign, rest = braced, trimmed[len(braced):]
	}
	for strings.HasPrefix(rest, "\ufe0f") || strings.HasPrefix(rest, "\ufe0e") {
		rest = rest[len("\ufe0f"):]
	}
	gap := blanks.FindString(rest)
	body := rest[len(gap):]
	m := mark{sign: sign, length: len(line) - len(body), wide: strings.Contains(gap, "\t") || utf8.RuneCountInString(gap) > 1}
	if strings.ContainsRune(bullets+"+!?−", r) {
		m.colour = first.Colour
	}
	switch {
	case body == "" && len(text) < 2:
		return mark{}, false
	case first.Symbol && !unicode.IsLetter(r) && !unicode.IsDigit(r):
		return m, true
	case r == 'o' && m.wide:
		return m, true
	case isSign(sign) && !strings.ContainsRune("+!?", r):
		next, _ := utf8.DecodeRuneInString(body)
		return m, gap != "" || isPictograph(r) && (unicode.IsLetter(next) || unicode.IsDigit(next))
	case strings.ContainsRune("•●▪■➢►❖", r):
		return m, true
	case strings.ContainsRune(bullets+"+!?", r):
		return m, gap != ""
	}
	return mark{}, false
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

// cut takes so many bytes off the beginning of a text.
func cut(text []Inline, length int) []Inline {
	var out []Inline
	for i, t := range text {
		if length >= len(t.Text) && t.Note == 0 && t.Picture == 0 && !t.Break {
			length -= len(t.Text)
			continue
		}
		t.Text = t.Text[length:]
		return append(append(out, t), text[i+1:]...)
	}
	return out
}

// understander finds lists, headings and signs in a Document.
type understander struct {
	last    int // the last number of a typed list
	signs   map[string]*signUse
	order   []string
	answers map[string]string
	colours map[string]bool // of bullets
	lone    map[string]int  // how often a sign begins a paragraph
	marks   map[*Paragraph]found
}

// found is the mark of a paragraph, if it has one.
type found struct {
	mark
	ok bool
}

func newUnderstander(answers map[string]string) *understander {
	return &understander{signs: map[string]*signUse{}, answers: answers, colours: map[string]bool{}, lone: map[string]int{}, marks: map[*Paragraph]found{}}
}

// signUse is a sign at the beginning of items.
type signUse struct {
	sign  string
	items []string
}

// lists makes lists of paragraphs that were typed as such.
func (u *understander) lists(blocks []Block) []Block {
	var out []Block
	for i := 0; i < len(blocks); {
		if run := u.run(blocks[i:]); len(run) > 0 {
			out = append(out, u.nest(run)...)
			for _, e := range run {
				i += 1 + len(e.more)
			}
			continue
		}
		switch b := blocks[i].(type) {
		case *List:
			for j := range b.Items { // what begins an item is marked already
				blocks := b.Items[j].Blocks
				b.Items[j].Blocks = append(blocks[:1:1], u.lists(blocks[1:])...)
			}
			if b.Ordered {
				u.last = b.Start + len(b.Items) - 1
			}
		case *Quote:
			b.Blocks = u.lists(b.Blocks)
		}
		out = append(out, blocks[i])
		i++
	}
	return tidyBlocks(out)
}

// entry is a typed item.
type entry struct {
	mark
	paragraph *Paragraph
	more      []*Paragraph // paragraphs that go on with it
}

// longestRun is how many typed items are looked at together.
const longestRun = 300

// mark gives the mark that a paragraph begins with.
func (u *understander) mark(p *Paragraph) (mark, bool) {
	m, known := u.marks[p]
	if !known {
		m.mark, m.ok = markOf(p.Text)
		u.marks[p] = m
	}
	return m.mark, m.ok
}

// run gives the typed items that blocks begin with; none if these are no list.
func (u *understander) run(blocks []Block) []entry {
	var out []entry
	for i := 0; i < min(len(blocks), longestRun); i++ {
		p, ok := blocks[i].(*Paragraph)
		if !ok || p.Caption {
			break
		}
		m, ok := u.mark(p)
		if !ok {
			// An indented paragraph between two items goes on with the first of them.
			if next, is := at(blocks, i+1).(*Paragraph); is && len(out) > 0 && p.Indent >= 12 && p.Indent >= out[0].paragraph.Indent {
				if n, marked := u.mark(next); marked && n.family() == out[len(out)-1].family() && len(out[len(out)-1].more) == 0 {
					out[len(out)-1].more = append(out[len(out)-1].more, p)
					continue
				}
			}
			break
		}
		out = append(out, entry{mark: m, paragraph: p})
	}
	return u.likely(out)
}

func at(blocks []Block, i int) Block {
	if i < len(blocks) {
		return blocks[i]
	}
	return nil
}

// likely gives as many entries from the first one on as are a list.
func (u *understander) likely(run []entry) []entry {
	next := map[string]int{}
	for i, e := range run {
		if letters := strings.Replace(e.form, "i", "a", 1); strings.Contains(e.form, "i") && len(romans[e.n-1]) == 1 &&
			next[letters] == int(romans[e.n-1][0]-'a')+1 { // the i after h
			run[i].form, run[i].n = letters, next[letters]
			e = run[i]
		}
		family := e.family()
		good := false
		switch {
		case e.form != "":
			want, begun := next[family]
			switch {
			case begun && (e.n == want || e.n == 1):
				good = true
			case e.n == 1 && u.follows(run[i+1:], family, 2):
				good = true
			case e.n > 1 && strings.Contains(e.form, "1") && (e.n == u.last+1 || u.follows(run[i+1:], family, e.n+1)) && i == 0:
				good = true
			}
			next[family] = e.n + 1
		case e.sure():
			good = !isSign(e.sign) || len(run) > 1 || u.lone[e.sign] > 1 || u.answers[e.sign] != ""
		default:
			// A hyphen, plus or o is a bullet if there are several.
			same := 0
			for _, x := range run {
				if x.family() == family || x.form == "" && strings.Contains("-–−+", x.sign) && strings.Contains("-–−+", e.sign) {
					same++
				}
			}
			good = same > 1
		}
		if !good {
			return run[:i]
		}
	}
	return run
}

// follows reports whether the next number of a form stands among entries.
func (u *understander) follows(run []entry, family string, n int) bool {
	return slices.ContainsFunc(run, func(e entry) bool { return e.family() == family && e.n == n })
}

// nest gives the lists that typed items are: those that are indented further, or have another mark between those of one list, stand
// in the item before them.
func (u *understander) nest(run []entry) []Block {
	plus := slices.ContainsFunc(run, func(e entry) bool { return e.sign == "+" || e.sign == "−" })
	family := func(e entry) string {
		if plus && strings.Contains("-–—", e.sign) && e.form == "" {
			return "sign" // beside a plus, a hyphen is a minus
		}
		return e.family()
	}
	type level struct {
		indent int
		family string
		list   *List
	}
	var out []Block
	var stack []level
	for i, e := range run {
		const slack = 6
		f := family(e)
		for len(stack) > 1 && e.paragraph.Indent < stack[len(stack)-1].indent-slack {
			stack = stack[:len(stack)-1]
		}
		for k := len(stack) - 2; k >= 0; k-- { // back to an outer list with this mark
			if stack[len(stack)-1].family != f && stack[k].family == f && e.paragraph.Indent <= stack[k].indent+slack {
				stack = stack[:k+1]
				break
			}
		}
		item := Item{Blocks: []Block{&Paragraph{Text: u.own(e, f)}}}
		for _, p := range e.more {
			item.Blocks = append(item.Blocks, p)
		}
		if len(stack) > 0 {
			top := stack[len(stack)-1]
			deeper := e.paragraph.Indent > top.indent+slack && len(stack) < maxNesting
			returns := top.family != f && slices.ContainsFunc(run[i+1:], func(x entry) bool {
				return family(x) == top.family && x.paragraph.Indent <= top.indent+slack && (x.form == "" || x.n > 1)
			})
			restart := e.form != "" && top.family == f && e.n != top.list.Start+len(top.list.Items)
			switch {
			case top.family == f && !deeper && !restart:
				top.list.Items = append(top.list.Items, item)
				continue
			case deeper || returns && len(stack) < maxNesting:
				inner := &List{Ordered: e.form != "", Start: max(e.n, 1), Items: []Item{item}}
				last := &top.list.Items[len(top.list.Items)-1]
				last.Blocks = append(last.Blocks, inner)
				stack = append(stack, level{e.paragraph.Indent, f, inner})
				continue
			}
			stack = stack[:len(stack)-1]
		}
		l := &List{Ordered: e.form != "", Start: max(e.n, 1), Items: []Item{item}}
		if len(stack) > 0 {
			top := stack[len(stack)-1]
			last := &top.list.Items[len(top.list.Items)-1]
			last.Blocks = append(last.Blocks, l)
		} else {
			out = append(out, l)
		}
		stack = append(stack, level{e.paragraph.Indent, f, l})
		if l.Ordered {
			u.last = l.Start
		}
	}
	for _, l := range stack {
		if l.list.Ordered {
			u.last = l.list.Start + len(l.list.Items) - 1
		}
	}
	return out
}

// own gives an item's text: without a bullet or number, and with a sign that may mean something.
func (u *understander) own(e entry, family string) []Inline {
	rest := cut(e.paragraph.Text, e.length)
	if family != "sign" && (e.colour == "" || len(u.colours) < 2) {
		return rest
	}
	return append([]Inline{{Text: e.sign + " ", Colour: e.colour}}, rest...)
}

// count looks which signs begin several paragraphs, and in which colours bullets are.
func (u *understander) count(blocks []Block) {
	for _, b := range blocks {
		switch b := b.(type) {
		case *Paragraph:
			if m, ok := markOf(b.Text); ok {
				u.lone[m.sign]++
				if m.colour != "" {
					u.colours[m.colour] = true
				}
			}
		case *List:
			for _, item := range b.Items {
				u.count(item.Blocks)
			}
		case *Quote:
			u.count(b.Blocks)
		}
	}
}

// Valences are the contract's own signs of findings.
var Valences = []string{"+", "!", "~", "-", "?"}

// findings makes findings of items that begin with a sign of which the editor said what it means, and gathers the other signs.
func (u *understander) findings(blocks []Block) {
	for _, b := range blocks {
		switch b := b.(type) {
		case *List:
			for i := range b.Items {
				u.finding(&b.Items[i])
				u.findings(b.Items[i].Blocks)
			}
		case *Quote:
			u.findings(b.Blocks)
		}
	}
}

func (u *understander) finding(item *Item) {
	var text *Paragraph
	if len(item.Blocks) > 0 {
		text, _ = item.Blocks[0].(*Paragraph)
	}
	if text == nil {
		return
	}
	m, marked := markOf(text.Text)
	sign := strings.TrimRight(item.Mark, "\ufe0f\ufe0e")
	switch {
	case sign != "" && !(marked && m.sign == sign):
		text.Text = append([]Inline{{Text: sign + " "}}, text.Text...)
		m = mark{sign: sign, length: len(sign) + 1}
	case !marked || m.form != "":
		return
	case strings.HasPrefix(m.sign, "[") && len(m.sign) > 2:
		if slices.Contains(Valences, m.sign[1:2]) {
			item.finding, text.Text = m.sign[1:2], cut(text.Text, m.length)
			return
		}
	case m.colour != "" && len(u.colours) > 1:
		m.sign += colourName(m.colour)
	case !isSign(m.sign) && (!strings.Contains("-–", m.sign) || u.lone["+"] == 0):
		return
	}
	use := u.signs[m.sign]
	if use == nil {
		use = &signUse{sign: m.sign}
		u.signs[m.sign] = use
		u.order = append(u.order, m.sign)
	}
	use.items = append(use.items, short(plain(cut(text.Text, m.length))))
	if valence := u.answers[m.sign]; valence != "" {
		item.finding, text.Text = valence, cut(text.Text, m.length)
	}
}

// colourName gives a colour's name, as the sign of a coloured bullet has it.
func colourName(hex string) string {
	n, err := strconv.ParseUint(strings.TrimPrefix(hex, "#"), 16, 32)
	if err != nil {
		return "#" + hex
	}
	r, g, b := int(n>>16&255), int(n>>8&255), int(n&255)
	high, low := max(r, g, b), min(r, g, b)
	switch {
	case high-low < 30:
		return "grijs"
	case r == high && g > (r+b)/2 && g > r*3/4:
		return "geel"
	case r == high && g > r*2/5 && b < g:
		return "oranje"
	case r == high && b > r*2/3:
		return "paars"
	case r == high:
		return "rood"
	case g == high:
		return "groen"
	}
	return "blauw"
}

var (
	endsSentence = regexp.MustCompile(`[.,;…]["”’)]*$`)
	captioned    = regexp.MustCompile(`(?i)^(?:tabel|figuur|table|figure|fig\.|afbeelding|grafiek|kaart|bron|source|noot|note)\b[ .:]*\d*`)
	// numbered is a typed number before a heading.
	numbered = regexp.MustCompile(`^(\d{1,2}(?:\.\d{1,2}){0,5})[.)]?[ \t\x{a0}]+(?:[-–.][ \t]+)?`)
)

// bold reports whether a text is bold, or larger, as a whole, and as short as a heading.
func bold(p *Paragraph) bool {
	for _, t := range p.Text {
		if !p.Large && t.Style&Strong == 0 && len(strings.TrimSpace(t.Text)) > 10 {
			return false
		}
	}
	all := atoms(p.Text)
	if len(all) == 0 || len(all) > 140 || p.Caption {
		return false
	}
	letters := false
	for _, a := range all {
		switch {
		case a.picture > 0:
			return false
		case !a.isText() || !unicode.IsLetter(a.r) && !unicode.IsDigit(a.r):
		case a.style&Strong == 0 && !p.Large:
			return false
		default:
			letters = letters || unicode.IsLetter(a.r)
		}
	}
	text := str(all)
	return letters && !endsSentence.MatchString(text) && !captioned.MatchString(text)
}

// headings makes headings of paragraphs that are bold as a whole and stand before text. In a file that has headings of its own this
// is the first line alone, if it is large or stands before a heading: the title.
func (u *understander) headings(blocks []Block) []Block {
	out := slices.Clone(blocks)
	if slices.ContainsFunc(blocks, func(b Block) bool { _, is := b.(*Heading); return is }) {
		_, before := at(blocks, 1).(*Heading)
		if p, ok := blocks[0].(*Paragraph); ok && u.isBold(p) && (p.Large || before) {
			out[0] = &Heading{Level: 0, Text: p.Text}
		}
		return out
	}
	for i := 0; i < len(blocks); {
		j := i
		for j < len(blocks) && u.isBold(blocks[j]) {
			j++
		}
		if n := j - i; n > 0 && n <= 2 && j < len(blocks) && u.carries(blocks[j], blocks[j-1]) {
			for k := i; k < j; k++ {
				p := blocks[k].(*Paragraph)
				level := 2
				if m := numbered.FindStringSubmatch(plain(p.Text)); m != nil {
					level += strings.Count(m[1], ".")
				}
				if k == 0 {
					level = 1
				}
				out[k] = &Heading{Level: level, Text: p.Text}
			}
		}
		i = max(j, i+1)
	}
	return out
}

// carries reports whether a block is what a heading before it would be a heading of: of paragraphs, an item, or one that is no shorter.
func (u *understander) carries(b, heading Block) bool {
	switch b := b.(type) {
	case *Paragraph:
		_, marked := u.mark(b)
		return marked || len(plain(b.Text)) >= len(plain(heading.(*Paragraph).Text))
	case *Rule:
		return false
	}
	return true
}

func (u *understander) isBold(b Block) bool {
	p, ok := b.(*Paragraph)
	if !ok || !bold(p) {
		return false
	}
	m, marked := markOf(p.Text)
	return !marked || m.form != ""
}

// plainHeadings makes headings of short lines before long paragraphs, in a text that has no styles to tell them by.
func (u *understander) plainHeadings(blocks []Block) []Block {
	out := slices.Clone(blocks)
	for i := 0; i+1 < len(blocks); i++ {
		p, ok := blocks[i].(*Paragraph)
		next, also := blocks[i+1].(*Paragraph)
		if !ok || !also {
			continue
		}
		text, below := plain(p.Text), plain(next.Text)
		first, _ := utf8.DecodeRuneInString(text)
		if len(text) <= 70 && len(strings.Fields(text)) <= 8 && (unicode.IsUpper(first) || unicode.IsDigit(first)) && !strings.ContainsAny(text[len(text)-1:], ".,;:!?") &&
			len(below) >= 80 && strings.ContainsAny(below[len(below)-1:], ".?!:") && !captioned.MatchString(text) {
			out[i] = &Heading{Level: 2 - b2i(i == 0), Text: p.Text}
		}
	}
	return out
}

// typedNumbers gives the headings that begin with a typed number, where these number headings throughout.
func typedNumbers(blocks []Block) (found []*Heading) {
	first := ""
	for _, b := range blocks {
		if h, ok := b.(*Heading); ok {
			if m := numbered.FindStringSubmatch(plain(h.Text)); m != nil {
				if found = append(found, h); first == "" {
					first = m[1]
				}
			}
		}
	}
	if len(found) < 2 || first != "1" && first != "0" && !strings.HasPrefix(first, "1.") && !strings.HasPrefix(first, "0.") {
		return nil
	}
	return found
}

// unnumbered gives the text of a heading without its typed number.
func unnumbered(text []Inline) []Inline {
	var whole strings.Builder
	for _, t := range text {
		whole.WriteString(t.Text)
	}
	line := whole.String()
	lead := len(line) - len(strings.TrimLeft(line, " \t\u00a0"))
	number := numbered.FindString(line[lead:])
	if rest := cut(text, lead+len(number)); number != "" && says(rest) {
		return rest
	}
	return text
}

// bareLink is an address or e-mail address in a text.
var bareLink = regexp.MustCompile(`(?:https?://|www\.)[^\s\pZ<>"“”]*[^\s\pZ<>"“”.,;:!?'’)\]]|[\p{L}\p{N}._%+-]*[\p{L}\p{N}_]@[a-zA-Z0-9-]+(?:\.[a-zA-Z0-9-]+)*\.[a-zA-Z]{2,}`)

// links makes links of addresses in a text.
func links(text []Inline) []Inline {
	var out []Inline
	for i, t := range text {
		glued := i+1 < len(text) && text[i+1].Text != "" && !unicode.IsSpace([]rune(text[i+1].Text)[0])
		if t.Link != "" || t.Style&Mono != 0 || !strings.Contains(t.Text, "@") && !strings.Contains(t.Text, "://") && !strings.Contains(t.Text, "www.") {
			out = append(out, t)
			continue
		}
		rest := t.Text
		for {
			m := bareLink.FindStringIndex(rest)
			if m == nil || glued && m[1] == len(rest) {
				break
			}
			address := rest[m[0]:m[1]]
			if open := strings.Count(address, "("); open > 0 && m[1] < len(rest) && rest[m[1]] == ')' && open > strings.Count(address, ")") {
				m[1]++
				address += ")"
			}
			before, link := t, t
			before.Text, link.Text = rest[:m[0]], address
			switch {
			case strings.HasPrefix(address, "www."):
				link.Link = "https://" + address
			case strings.Contains(address, "://"):
				link.Link = address
			default:
				link.Link = "mailto:" + address
			}
			if before.Text != "" {
				out = append(out, before)
			}
			out = append(out, link)
			rest = rest[m[1]:]
		}
		if t.Text = rest; rest != "" || len(out) == 0 {
			out = append(out, t)
		}
	}
	return out
}

// eachText puts other texts in place of all texts of blocks.
func eachText(blocks []Block, change func([]Inline) []Inline) {
	for _, b := range blocks {
		switch b := b.(type) {
		case *Heading:
			b.Text = change(b.Text)
		case *Paragraph:
			b.Text = change(b.Text)
		case *List:
			for _, item := range b.Items {
				eachText(item.Blocks, change)
			}
		case *Definitions:
			for i := range b.Items {
				b.Items[i].Term = change(b.Items[i].Term)
				eachText(b.Items[i].Blocks, change)
			}
		case *Table:
			for _, row := range b.Rows {
				for _, c := range row {
					eachText(c.Blocks, change)
				}
			}
		case *Quote:
			eachText(b.Blocks, change)
		}
	}
}
