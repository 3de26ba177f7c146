package newsletter

import (
	"bytes"
	"strconv"
	"strings"
	"unicode/utf8"
)

const (
	// textWidth is the most characters of a line of text (RFC 3676 asks for 78). Only a word may be longer, on a line of its own.
	textWidth = 78
	// longestLine is the most bytes of a line (RFC 5322 section 2.1.1).
	longestLine = 998
)

// textWriter writes plain text. Lines within a list or quote begin with a prefix.
type textWriter struct {
	out    strings.Builder
	prefix string // of each line
	first  string // of the next line instead, such as a list's number
}

// writeText gives a mail as text: the same headings, words and addresses as in HTML, in the same order.
func writeText(t *tree) []byte {
	w := &textWriter{}
	w.link(t.site)
	w.wrap(t.tagline)
	w.blank()
	w.wrap(t.kicker)
	w.blank()
	w.heading(1, t.title)
	w.wrap(t.lead)
	w.blank()
	w.blocks(t.body)
	if len(t.cards) > 0 {
		w.blank()
		w.heading(2, t.items)
	}
	for _, c := range t.cards {
		w.card(c)
	}
	w.blank()
	w.line(strings.Repeat("-", 40))
	for _, f := range t.footer {
		w.wrap(f.words)
		switch {
		case f.tag == nil && f.link.text != "":
			w.link(f.link)
		case f.tag != nil && f.tag.Address != "":
			w.line(f.link.text + ": " + f.tag.Address)
		case f.tag != nil:
			w.line(f.link.text + ": " + f.tag.Text)
		}
	}
	return []byte(strings.TrimLeft(w.out.String(), "\n"))
}

// line writes a line as it is.
func (w *textWriter) line(text string) {
	start := w.prefix
	if w.first != "" {
		start, w.first = w.first, ""
	}
	w.out.WriteString(strings.TrimRight(start+text, " ") + "\n")
}

// blank writes an empty line, unless there is one or a list's mark is to come.
func (w *textWriter) blank() {
	empty := strings.TrimRight(w.prefix, " ") + "\n"
	if w.first == "" && !strings.HasSuffix(w.out.String(), "\n"+empty) {
		w.out.WriteString(empty)
	}
}

// wrap writes a text in lines of at most textWidth.
func (w *textWriter) wrap(text string) {
	for _, paragraph := range strings.Split(text, "\n") {
		w.fill(strings.Fields(paragraph))
	}
}

// room is how many characters there are in a line behind its prefix.
func (w *textWriter) room() int { return max(20, textWidth-utf8.RuneCountInString(w.prefix)) }

// fill writes words with blanks between them, as many on a line as there is room for. One that is longer than a line has its own.
func (w *textWriter) fill(words []string) {
	room := w.room()
	line, length := "", -1 // with a blank before each word, but for the first
	end := func() {
		if strings.TrimSpace(line) != "" {
			w.line(line)
		}
		line, length = "", -1
	}
	for _, word := range words {
		n := utf8.RuneCountInString(word)
		if length+1+n > room {
			end()
		}
		if n > room {
			w.whole(word)
			continue
		}
		if length >= 0 {
			line += " "
		}
		line, length = line+word, length+1+n
	}
	end()
}

// whole writes a line however long, in pieces that a line of a mail may have.
func (w *textWriter) whole(text string) {
	most := max(20, longestLine-len(w.prefix))
	for len(text) > most {
		cut := most
		for !utf8.RuneStart(text[cut]) {
			cut--
		}
		w.line(text[:cut])
		text = text[cut:]
	}
	w.line(text)
}

func (w *textWriter) heading(level int, text string) {
	w.wrap(text)
	if sign := map[int]string{1: "=", 2: "-"}[level]; sign != "" {
		w.line(strings.Repeat(sign, min(utf8.RuneCountInString(text), textWidth-utf8.RuneCountInString(w.prefix))))
	}
	w.blank()
}

func (w *textWriter) link(l link) {
	w.wrap(l.text)
	w.line("<" + l.address + ">")
}

// flat gives runs as text: each link as its words with its address behind them, breaks as line ends.
func flat(runs []run) string {
	var out []byte
	for i, r := range runs {
		switch {
		case r.isBreak:
			out = append(out, '\n')
		case r.picture != nil:
			out = append(out, r.picture.alt...)
		default:
			out = append(out, r.text...)
		}
		if r.address != "" && (i+1 == len(runs) || runs[i+1].address != r.address) {
			if r.text == bare(r.address) || tameAddress(r.text) == r.address {
				out = bytes.TrimSuffix(out, []byte(r.text))
			} else {
				out = append(out, ' ')
			}
			out = append(out, "<"+r.address+">"...)
		}
	}
	return string(out)
}

func (w *textWriter) blocks(all []block) {
	for i, b := range all {
		if i > 0 {
			w.blank()
		}
		w.block(b)
	}
}

func (w *textWriter) block(b block) {
	switch b := b.(type) {
	case *heading:
		w.heading(b.level, flat(b.runs))
	case *paragraph:
		w.wrap(flat(b.runs))
	case *list:
		for i, x := range b.items {
			mark := "* "
			if b.first >= 0 {
				mark = strconv.Itoa(b.first+i) + ". "
			}
			if i > 0 && len(b.items[i-1].blocks) > 1 {
				w.blank()
			}
			w.item(mark, x)
		}
	case *group:
		w.blocks(b.blocks)
	case *quote:
		w.within("> ", "> ", func() { w.blocks(b.blocks) })
	case *picture:
		w.wrap(b.words())
	case *table:
		for _, row := range b.rows {
			var cells []string
			for _, c := range row {
				cells = append(cells, flat(c.runs))
			}
			w.within("", "  ", func() { w.wrap(strings.Join(cells, " | ")) })
		}
	case *code:
		w.within("    ", "    ", func() {
			for _, l := range b.lines {
				if utf8.RuneCountInString(l.text) <= w.room() {
					w.line(l.text)
				} else {
					w.fill(strings.Split(l.text, " "))
				}
			}
		})
	case *rule:
		w.line("* * *")
	case *definitions:
		for _, x := range b.list {
			if x.term != nil {
				w.wrap(flat(x.term))
			} else {
				w.within("  ", "  ", func() { w.blocks(x.blocks) })
			}
		}
	case *card:
		w.card(b)
	case *greeting:
		if len(b.pieces) == 1 {
			w.wrap(b.pieces[0])
		} else { // a tag may have blanks, at which no line ends
			w.whole(strings.Join(b.pieces, b.tag))
		}
	}
}

// within writes lines that begin with next, the first of them with first.
func (w *textWriter) within(first, next string, write func()) {
	before := w.prefix
	if w.first == "" {
		w.first = before
	}
	w.first, w.prefix = w.first+first, before+next
	write()
	w.first, w.prefix = "", before
}

func (w *textWriter) item(mark string, x item) {
	w.within(mark, strings.Repeat(" ", len(mark)), func() {
		first, rest := x.split()
		text := flat(first)
		if x.label != "" {
			text = x.label + ": " + text
		}
		w.wrap(text)
		if len(rest) > 0 {
			w.blank()
			w.blocks(rest)
		}
	})
}

func (w *textWriter) card(c *card) {
	w.blank()
	w.wrap(c.kicker)
	w.link(c.title)
	w.wrap(c.summary)
	for _, f := range c.findings {
		w.item("* ", f)
	}
	w.wrap(c.facts)
	if c.button != "" {
		w.link(link{c.button + ":", c.title.address})
	}
	w.blank()
}
