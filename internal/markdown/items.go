package markdown

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"

	"leerblad/internal/bounds"
	"leerblad/internal/diag"
	"leerblad/internal/edit"
)

// Editors write lists and findings as their word processor shows them. What begins as such a line does and is plain text is looked for
// here, in each block once.

// looseMarker is a line that was meant as a finding: a marker without a dash, after another dash than a hyphen, after a dash
// without a space, in other brackets, with blanks or a backslash in them, or in bold. Its groups hold the marker.
var looseMarker = regexp.MustCompile(`^[ \t]*(?:[-–—•*·][ \t]?|\d{1,3}[.)])?(?:\*\*|__)?(?:\\?\[[ \t]*([+!~?–—−-])[ \t]*\\?\]|\(([!~?])\)|\{([+!~?])\})(?:\*\*|__)?[ \t]*(?:[\p{L}\p{N}"“‘*_]|$)`)

// bareMarker is an item that begins with a marker's sign without brackets.
var bareMarker = regexp.MustCompile(`^([!?~])[ \t]+["“‘]?\p{L}`)

// plainMarker gives the marker that a sign of typography stands for.
var plainMarker = strings.NewReplacer("–", "-", "—", "-", "−", "-", "‐", "-", "＋", "+", "！", "!", "？", "?", "～", "~", "∼", "~", " ", "", "\t", "")

// telling are characters that say how things go, as markers do; what each of them means, its editor knows.
var telling = &unicode.RangeTable{
	R16: []unicode.Range16{
		{Lo: 0x00b1, Hi: 0x00b1, Stride: 1},                                      // ±
		{Lo: 0x203c, Hi: 0x203c, Stride: 1}, {Lo: 0x2049, Hi: 0x2049, Stride: 1}, // ‼ ⁉
		{Lo: 0x2191, Hi: 0x2191, Stride: 1}, {Lo: 0x2193, Hi: 0x2193, Stride: 1}, {Lo: 0x2195, Hi: 0x2199, Stride: 1}, // ↑ ↓ ↗
		{Lo: 0x2212, Hi: 0x2213, Stride: 1}, {Lo: 0x2295, Hi: 0x22a1, Stride: 1}, // − ∓ ⊕ ⊖
		{Lo: 0x25b2, Hi: 0x25b3, Stride: 1}, {Lo: 0x25bc, Hi: 0x25bd, Stride: 1}, // ▲ ▼
		{Lo: 0x2605, Hi: 0x2606, Stride: 1}, {Lo: 0x2610, Hi: 0x2613, Stride: 1}, // ★ ☐ ☑ ☒
		{Lo: 0x2639, Hi: 0x263b, Stride: 1}, {Lo: 0x2665, Hi: 0x2665, Stride: 1}, {Lo: 0x2691, Hi: 0x2691, Stride: 1}, // ☹ ☺ ♥ ⚑
		{Lo: 0x26a0, Hi: 0x26a1, Stride: 1}, {Lo: 0x26aa, Hi: 0x26ab, Stride: 1}, {Lo: 0x26d4, Hi: 0x26d4, Stride: 1}, // ⚠ ⚪ ⛔
		{Lo: 0x2705, Hi: 0x2705, Stride: 1}, {Lo: 0x270a, Hi: 0x270c, Stride: 1}, {Lo: 0x2713, Hi: 0x2718, Stride: 1}, // ✅ ✓ ✗
		{Lo: 0x2728, Hi: 0x2728, Stride: 1}, {Lo: 0x274c, Hi: 0x274e, Stride: 1}, {Lo: 0x2753, Hi: 0x2757, Stride: 1}, // ❌ ❓ ❗
		{Lo: 0x2763, Hi: 0x2764, Stride: 1}, {Lo: 0x2795, Hi: 0x2797, Stride: 1}, {Lo: 0x2a01, Hi: 0x2a02, Stride: 1}, // ❤ ➕ ➖
		{Lo: 0x2b06, Hi: 0x2b07, Stride: 1}, {Lo: 0x2b50, Hi: 0x2b50, Stride: 1}, {Lo: 0x2b55, Hi: 0x2b55, Stride: 1}, // ⬆ ⭐ ⭕
		{Lo: 0xf000, Hi: 0xf0ff, Stride: 1}, // of Word's symbol fonts, but for its bullets
		{Lo: 0xff0b, Hi: 0xff0b, Stride: 1}, {Lo: 0xff0d, Hi: 0xff0d, Stride: 1},
	},
	R32: []unicode.Range32{
		{Lo: 0x1f44a, Hi: 0x1f450, Stride: 1}, {Lo: 0x1f494, Hi: 0x1f494, Stride: 1}, {Lo: 0x1f499, Hi: 0x1f49c, Stride: 1}, // 👍 👎 💔
		{Lo: 0x1f4a1, Hi: 0x1f4a1, Stride: 1}, {Lo: 0x1f4a5, Hi: 0x1f4a5, Stride: 1}, {Lo: 0x1f4aa, Hi: 0x1f4aa, Stride: 1}, // 💡 💪
		{Lo: 0x1f4af, Hi: 0x1f4af, Stride: 1}, {Lo: 0x1f4c8, Hi: 0x1f4c9, Stride: 1}, {Lo: 0x1f525, Hi: 0x1f525, Stride: 1}, // 💯 📈 🔥
		{Lo: 0x1f534, Hi: 0x1f535, Stride: 1}, {Lo: 0x1f53a, Hi: 0x1f53d, Stride: 1}, {Lo: 0x1f5f8, Hi: 0x1f5f9, Stride: 1}, // 🔴 🔺
		{Lo: 0x1f600, Hi: 0x1f64f, Stride: 1}, {Lo: 0x1f6a6, Hi: 0x1f6a9, Stride: 1}, {Lo: 0x1f6ab, Hi: 0x1f6ab, Stride: 1}, // 😀 🚦 🚩 🚫
		{Lo: 0x1f6d1, Hi: 0x1f6d1, Stride: 1}, {Lo: 0x1f7e0, Hi: 0x1f7eb, Stride: 1}, {Lo: 0x1f7f0, Hi: 0x1f7f0, Stride: 1}, // 🛑 🟢
		{Lo: 0x1f90c, Hi: 0x1f92f, Stride: 1}, {Lo: 0x1f970, Hi: 0x1f97a, Stride: 1}, {Lo: 0x1fae0, Hi: 0x1fae8, Stride: 1}, // 🤔
	},
}

// typed are signs that are typed with more keys than one.
var typed = []string{"(+/-)", "(+)", "(-)", "(–)", "(−)", "(±)", "+/-", "+/–", ":-)", ":)", ":-(", ":(", ":-|", ":|", ";-)", ";)", "++", "--"}

// signAt gives the sign that a text begins with, without what only says how it looks, and how long it is with the blanks after it.
func signAt(text []byte) (sign string, size int) {
	if len(text) == 0 || text[0] < utf8.RuneSelf && bytes.IndexByte([]byte("(+:;-"), text[0]) < 0 {
		return "", 0
	}
	if r, n := utf8.DecodeRune(text); r >= utf8.RuneSelf {
		if !unicode.Is(telling, r) || bullets[r] {
			return "", 0
		}
		sign, size = string(r), n
		for size < len(text) {
			r, n := utf8.DecodeRune(text[size:])
			if r != '\ufe0e' && r != '\ufe0f' && r != '\u200d' && (r < 0x1f3fb || r > 0x1f3ff) && r != '\u2642' && r != '\u2640' {
				break
			}
			size += n
		}
	} else if i := slices.IndexFunc(typed, func(s string) bool { return bytes.HasPrefix(text, []byte(s)) }); i >= 0 {
		sign, size = typed[i], len(typed[i])
	} else {
		return "", 0
	}
	n := blanks(text[size:])
	next, _ := utf8.DecodeRune(text[size+n:])
	symbol, _ := utf8.DecodeRuneInString(sign)
	switch {
	case unicode.IsDigit(next) && (unicode.Is(unicode.Sm, symbol) || symbol < utf8.RuneSelf): // a number with its sign
		return "", 0
	case symbol < utf8.RuneSelf && n == 0, len(bytes.TrimSpace(text[size:])) == 0:
		return "", 0
	}
	return sign, size + n
}

// blanks counts the bytes of the blanks that a text begins with.
func blanks(text []byte) (n int) {
	for n < len(text) {
		switch r, size := utf8.DecodeRune(text[n:]); {
		case r == ' ', r == '\t', r == '\u00a0', r >= '\u2000' && r <= '\u200b', r == '\u202f', r == '\u3000', r == '\ufeff':
			n += size
		default:
			return n
		}
	}
	return n
}

// loose looks for what was meant as findings and lists in a paragraph or the text of an item. It reports whether it found a list.
func (e *extractor) loose(n ast.Node, lines []line) bool {
	if _, refused := n.Parent().AttributeString("refused"); refused { // a finding that is too much
		return false
	}
	finding := findingOf(n.Parent()) != nil
	for i, l := range lines {
		first := i == 0 && beginsItem(n)
		if first && finding {
			continue
		}
		if !e.marker(l, first) {
			e.sign(l, first)
		}
	}
	return e.bullets(n, lines)
}

// marker reports a line that looks like a finding and is none.
func (e *extractor) marker(l line, first bool) bool {
	head := bytes.TrimLeft(l.text, " \t")
	m := []int(nil)
	if bytes.ContainsAny(head[:min(len(head), len("– **\\["))], "[({") {
		m = looseMarker.FindSubmatchIndex(l.text)
	} else if first && len(head) > 1 && bytes.IndexByte([]byte("!?~"), head[0]) >= 0 {
		m = bareMarker.FindSubmatchIndex(l.text)
	}
	if m == nil {
		return false
	}
	sign, end := "", m[1]
	for i := 2; i < len(m); i += 2 {
		if m[i] >= 0 {
			sign = plainMarker.Replace(string(l.text[m[i]:m[i+1]]))
			end = m[i+1]
		}
	}
	for end < len(l.text) && bytes.IndexByte([]byte(`])}\*_`), l.text[end]) >= 0 && end < m[1]-1 {
		end++
	}
	end += blanks(l.text[end:])
	start := l.start + len(l.text) - len(head)
	text := "[" + sign + "] "
	if !first {
		text = "- " + text
	}
	e.sure("loose-marker", start, max(start+1, l.start+end), "write", []any{strings.TrimSpace(text)}, edit.Changes{e.change(start, l.start+end, text)})
	return true
}

// signed is a sign that lines of a text begin with, and the places to write a marker at.
type signed struct {
	sign   string
	start  int // of the first
	end    int
	places []place
}

// place is where a marker belongs in the place of something, as an item where dash is set.
type place struct {
	start, end int
	dash       bool
}

// sign notes a line that begins with a sign.
func (e *extractor) sign(l line, first bool) {
	head := bytes.TrimLeft(l.text, " \t")
	skipped := 0
	if b, ok := bulletAt(head); ok && b.strong {
		skipped = b.size
	}
	bold := bytes.TrimLeft(head[skipped:], "*_")
	marks := len(head) - skipped - len(bold)
	if marks > 3 {
		return
	}
	sign, size := signAt(bold)
	if marks > 0 { // a sign in bold
		if after := bytes.TrimPrefix(bold[len(sign):], []byte("\ufe0f")); sign == "" || !bytes.HasPrefix(after, head[skipped:skipped+marks]) {
			return
		}
		size = len(bold) - len(bytes.TrimLeft(bytes.TrimPrefix(bold[len(sign):], []byte("\ufe0f")), "*_"))
		size += blanks(bold[size:])
		size += marks
	}
	if sign == "" || !first && skipped == 0 && sign[0] < utf8.RuneSelf && sign[0] != '(' { // typed at the beginning of a paragraph
		return
	}
	start := l.start + len(l.text) - len(head)
	e.signAt(sign, start+skipped, start+skipped+max(1, len(bytes.TrimSpace(head[skipped:skipped+size]))), place{start, start + skipped + size, !first})
}

func (e *extractor) signAt(sign string, start, end int, where place) {
	i := slices.IndexFunc(e.signed, func(s signed) bool { return s.sign == sign })
	if i < 0 {
		if len(e.signed) > 100 {
			return // no text has so many
		}
		i = len(e.signed)
		e.signed = append(e.signed, signed{sign: sign, start: start, end: end})
	}
	e.signed[i].places = append(e.signed[i].places, where)
}

// oppositeLists takes an item of a list of + beside a list of - for a finding: the bullets are the signs.
func (e *extractor) oppositeLists(n *ast.List) {
	beside := func(o ast.Node) bool {
		l, ok := o.(*ast.List)
		return ok && (l.Marker == '+' && n.Marker == '-' || l.Marker == '-' && n.Marker == '+')
	}
	if n.Marker != '+' && n.Marker != '-' || !beside(n.PreviousSibling()) && !beside(n.NextSibling()) {
		return
	}
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		at := e.start(c)
		if findingOf(c) != nil || !c.HasChildren() || at+1 >= len(e.src) || e.src[at] != n.Marker {
			continue
		}
		if sign, _ := signAt(e.src[at+1+blanks(e.src[at+1:]):]); sign == "" { // else that is its sign
			e.signAt(string(n.Marker), at, at+1, place{at, at + 1 + blanks(e.src[at+1:]), true})
		}
	}
}

// itemInItem reports `- + tekst`, which is a list in a list.
func (e *extractor) itemInItem(n *ast.List) {
	if _, ok := n.Parent().(*ast.ListItem); !ok || n.Marker != '+' || n.PreviousSibling() != nil || !n.HasChildren() {
		return
	}
	at := e.start(n.FirstChild())
	if at < len(e.src) && e.src[at] == '+' && findingOf(n.FirstChild()) == nil && len(bytes.TrimLeft(e.src[e.lineStart(at):at], " \t")) > 0 {
		e.sure("loose-marker", at, at+1, "write", []any{"[+]"}, edit.Changes{e.change(at, at+1, "[+]")})
	}
}

// tellSigns gives each sign of the text with the markers to choose from.
func (e *extractor) tellSigns() {
	for _, s := range e.signed {
		shown := s.sign
		if r, _ := utf8.DecodeRuneInString(shown); r >= 0xf000 && r <= 0xf0ff { // a box, but where Word's font is
			shown = fmt.Sprintf("U+%04X (Wingdings)", r)
		}
		d := diag.Diagnostic{Code: "loose-sign", Span: e.span(s.start, s.end), Args: []any{shown, len(s.places)}}
		d.Fixes = e.choices(s.places[:min(len(s.places), bounds.Findings)])
		e.diags = append(e.diags, d)
	}
}

// choices are the markers that may have been meant in some places.
func (p *positions) choices(places []place) (fixes []diag.Fix) {
	for _, valence := range Valences {
		marker := "[" + markerOf[valence] + "]"
		fix := diag.Fix{Title: "marker", Args: []any{marker, diag.Term(valence)}, Choose: true}
		for _, at := range places {
			text := marker + " "
			if at.dash {
				text = "- " + text
			}
			fix.Changes = append(fix.Changes, p.change(at.start, at.end, text))
		}
		fixes = append(fixes, fix)
	}
	return fixes
}

// markerOf gives the markers of valences.
var markerOf = func() map[Valence]string {
	out := map[Valence]string{}
	for marker, valence := range markers {
		out[valence] = marker
	}
	return out
}()

// bullets are characters that nobody begins a sentence with, and word processors begin the items of a list with.
var bullets = func() map[rune]bool {
	out := map[rune]bool{}
	for _, r := range "•‣▪▫◦⁃∙●○■□◾◽►▶▸➢➤➔❖◆◇❍❏❑❒✦✧⦿⦾" + "\uf0b7\uf0a7\uf0d8\uf076\uf0a8\uf06e\uf06c\uf0a1\uf071\uf0e0\uf0f0\uf0d7\uf02d\uf0de\uf077\uf075\uf09f\uf0e8" {
		out[r] = true
	}
	return out
}()

// bullet is what a line begins with that was meant as an item of a list.
type bullet struct {
	class  string // of bullets that make one list
	size   int    // in bytes, with the blanks after it
	strong bool   // it is nothing else, even once
	marker string // in Markdown
	number int    // of a letter or number
	line   line
	at     int // where the bullet begins
	indent int // in columns
}

// numberForm are items with a number or letter that Markdown does not take for one.
var numberForm = regexp.MustCompile(`^(?:(\d{1,3})([.)])(\pL)|\((\d{1,2})\)[ \t]+\S|(\d{1,3})[.)][ \t]+\S|(?:([a-z])[.)]|\(([a-z])\))[ \t]+\S)`)

// bulletAt gives the bullet that a text begins with.
func bulletAt(text []byte) (b bullet, ok bool) {
	r, n := utf8.DecodeRune(text)
	gap := blanks(text[min(n, len(text)):])
	tab := gap > 0 && bytes.IndexByte(text[n:n+gap], '\t') >= 0
	next, _ := utf8.DecodeRune(text[min(n+gap, len(text)):])
	b = bullet{class: string(r), size: n + gap, marker: "- ", strong: bullets[r]}
	switch {
	case next == '\n' && bullets[r]: // and its text on the next line
		b.size++
		return b, true
	case len(text) == n+gap || next == '\n':
		return b, false
	case bullets[r]:
	case r == '·' && (gap > 0 || unicode.IsLetter(next)):
		b.strong = true
	case strings.ContainsRune("o§Øüvq", r):
		b.strong = tab || gap > 1
		return b, b.strong || r == 'o' && gap > 0
	case strings.ContainsRune("–—―‐‑", r):
		b.class = "–"
	case strings.ContainsRune("→⇒➜»", r):
		return b, gap > 0
	case r == '-':
		return b, gap == 0 && (unicode.IsLetter(next) || strings.ContainsRune(`"'“‘`, next))
	case r == '*', r == '+':
		return b, gap == 0 && unicode.IsLetter(next) && bytes.Count(text, text[:1]) == 1
	case r >= '0' && r <= '9', r == '(', r >= 'a' && r <= 'z':
		return numberAt(text)
	default:
		return b, false
	}
	return b, true
}

func numberAt(text []byte) (b bullet, ok bool) {
	if len(text) < 3 || text[0] >= 'a' && text[1] != '.' && text[1] != ')' {
		return b, false
	}
	m := numberForm.FindSubmatchIndex(text[:min(len(text), 24)])
	if m == nil {
		return b, false
	}
	b.class, b.marker = "1", "1. "
	number := func(i int) {
		for _, digit := range text[m[i]:m[i+1]] {
			b.number = b.number*10 + int(digit-'0')
		}
		b.marker = string(text[m[i]:m[i+1]]) + ". "
	}
	switch {
	case m[2] >= 0: // without a space
		number(2)
		b.size, b.strong = m[6], text[m[4]] == ')'
	case m[8] >= 0: // between brackets
		number(8)
		b.class, b.size = "(1)", m[1]-1
	case m[10] >= 0:
		number(10)
		b.class, b.size = "1.", m[1]-1
	default: // a letter, which stays
		i := max(m[12], m[14])
		b.class, b.marker, b.number = "a", "- ", int(text[i]-'a')+1
	}
	return b, true
}

// bulletOf gives the bullet of a line of a block.
func (e *extractor) bulletOf(n ast.Node, l line) (bullet, bool) {
	head := bytes.TrimLeft(l.text, " \t")
	if len(head) == 0 {
		return bullet{}, false
	}
	b, ok := bulletAt(head)
	if !ok || len(head) > b.size && bytes.IndexByte([]byte("[({\\*_"), head[b.size]) >= 0 && looseMarker.Match(head) { // a finding
		return b, false
	}
	b.line, b.at = l, l.start+len(l.text)-len(head)
	if topLevel(n) {
		for _, c := range e.src[e.lineStart(b.at):b.at] {
			if b.indent++; c == '\t' {
				b.indent += 3 - (b.indent-1)%4
			}
		}
	}
	return b, true
}

// bullets reports a series of lines that were meant as a list: those of a paragraph, and of the paragraphs after it that begin so.
func (e *extractor) bullets(n ast.Node, lines []line) bool {
	if n.Pos() < e.listed {
		return false
	}
	var list []bullet
	var before []byte // the line before the first bullet
	found := func(n ast.Node, lines []line) {
		for i, l := range lines {
			b, ok := e.bulletOf(n, l)
			if ok && b.class == "1." && (i == 0 || beginsItem(n) && len(list) == 0 && i == 0) {
				ok = false // Markdown's own
			}
			if ok {
				list = append(list, b)
			} else if len(list) == 0 {
				before = l.text
			}
		}
	}
	found(n, lines)
	if len(list) == 0 {
		return false
	}
	starts := list[0].line.start == lines[0].start || beginsItem(n)
	blocks := 1
	for next := n.NextSibling(); next != nil && topLevel(n); next = next.NextSibling() {
		if next.Kind() != ast.KindParagraph && next.Kind() != ast.KindCodeBlock || next.Lines().Len() == 0 {
			break
		}
		var more []line
		for i := range next.Lines().Len() {
			segment := next.Lines().At(i)
			more = append(more, line{segment.Start, e.src[segment.Start:segment.Stop]})
		}
		if b, ok := e.bulletOf(next, more[0]); !ok || b.class == "1." {
			break
		}
		found(next, more)
		e.listed = next.Pos() + 1
		blocks++
	}
	intro := bytes.HasSuffix(bytes.TrimSpace(before), []byte(":"))
	if prev := n.PreviousSibling(); len(before) == 0 && prev != nil && prev.Kind() == ast.KindParagraph {
		last := prev.Lines().At(prev.Lines().Len() - 1)
		intro = bytes.HasSuffix(bytes.TrimSpace(last.Value(e.src)), []byte(":"))
	}
	list = meant(list, starts || intro, intro || blocks < 2)
	if len(list) == 0 {
		return false
	}
	first := list[0]
	e.sure("loose-bullet", first.at, first.at+max(1, len(bytes.TrimSpace(first.line.text[first.at-first.line.start:][:first.size]))), "list", nil,
		e.listChanges(n, lines, list), len(list))
	return true
}

// meant gives the bullets that were meant as such. A dash, a letter or a number is one only where others follow it, from the beginning of a
// paragraph on or after a colon: begins says so. Two paragraphs that begin with a dash may be a conversation: close says that these are not.
func meant(list []bullet, begins, close bool) (out []bullet) {
	count := map[string]int{}
	last := map[string]int{}
	for _, b := range list {
		if b.class == "a" || b.class == "1." || b.class == "(1)" { // these count on
			if b.number != last[b.class]+1 && (b.class != "1." || last[b.class] > 0) {
				continue
			}
			last[b.class] = b.number
		}
		count[b.class]++
	}
	for _, b := range list {
		enough := 2
		if b.class == "–" && !close {
			enough = 3
		}
		switch {
		case b.strong, len(out) > 0 && out[0].strong && b.class != "1." && b.class != "*" && b.class != "+":
		case b.class == "-" && begins:
		case count[b.class] >= enough && (begins || b.class == "1."):
		default:
			continue
		}
		out = append(out, b)
	}
	return out
}

// under are bullets that word processors use below others.
const under = "o◦▪▫■□–-§‣⁃\uf0a7\uf06e\uf0a8"

// listChanges make a list of bullets.
func (e *extractor) listChanges(n ast.Node, lines []line, list []bullet) (changes edit.Changes) {
	type level struct {
		indent, content int
		class           string
	}
	var stack []level
	top := topLevel(n)
	sign := ""
	if item, ok := n.Parent().(*ast.ListItem); ok && !item.Parent().(*ast.List).IsOrdered() {
		sign = string(item.Parent().(*ast.List).Marker) + " " // another one would begin a new list
	}
	for i, b := range list {
		marker := b.marker
		if sign != "" && marker == "- " {
			marker = sign
		}
		start, end := b.at, b.at+b.size
		if b.class == "a" {
			end = b.at
		}
		if !top {
			if b.line.start == lines[0].start && beginsItem(n) {
				marker = ""
			}
			changes = append(changes, e.change(start, end, marker))
			continue
		}
		at := slices.IndexFunc(stack, func(l level) bool { return l.class == b.class && l.indent-b.indent < 2 && b.indent-l.indent < 2 })
		switch {
		case at >= 0:
			stack = stack[:at]
		case len(stack) > 0 && b.indent >= stack[len(stack)-1].indent+2:
		case len(stack) > 0 && b.indent <= stack[len(stack)-1].indent-2:
			for len(stack) > 0 && stack[len(stack)-1].indent > b.indent-2 {
				stack = stack[:len(stack)-1]
			}
		case len(stack) > 0 && !strings.Contains(under, b.class):
			stack = stack[:len(stack)-1]
		}
		const deepest = 9
		stack = stack[:min(len(stack), deepest)]
		content := 0
		if len(stack) > 0 {
			content = stack[len(stack)-1].content
		}
		stack = append(stack, level{b.indent, content + len(marker), b.class})
		text := strings.Repeat(" ", content) + marker
		if i == 0 && b.line.start != lines[0].start && b.marker != "- " && b.number != 1 {
			text = "\n" + text // such an item does not interrupt a paragraph
		}
		changes = append(changes, e.change(e.lineStart(start), end, text))
		changes = append(changes, e.onOneLine(b, content)...)
	}
	return changes
}

// onOneLine parts bullets that stand behind each other.
func (e *extractor) onOneLine(b bullet, indent int) (changes edit.Changes) {
	if !b.strong || len(b.class) < 2 {
		return nil
	}
	rest := b.line.text[b.at-b.line.start+b.size:]
	at := b.at + b.size
	for {
		i := bytes.Index(rest, []byte(" "+b.class))
		if i < 0 {
			return changes
		}
		end := i + 1 + len(b.class)
		end += blanks(rest[end:])
		start := len(bytes.TrimRight(rest[:i], " \t"))
		changes = append(changes, e.change(at+start, at+end, "\n"+strings.Repeat(" ", indent)+b.marker))
		rest, at = rest[end:], at+end
	}
}
