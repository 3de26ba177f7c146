package importer

import (
	"encoding/json"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"leerblad/internal/markdown"
	"leerblad/internal/source"
)

// front is what stands in a text's front matter.
type front struct {
	title, summary, date string
	more                 string // other lines
}

// writer writes a Document in the contract's Markdown.
type writer struct {
	inline   *inlineWriter
	doc      *Document
	files    map[int]string    // the names of the pictures that are there, by their index from 1
	notes    []int             // the notes in the order of their references
	names    map[int]string    // of those
	anchors  map[string]string // where links within the file lead, once that is known
	headings [][]string        // the names by which links lead to each heading
	open     []int             // the levels of the headings that the last one stands below, and its own, as the file has them
	remarks  []Remark
	inside   []string // texts of links within the file that do not lead to a heading
}

// write gives a Document, of which the pictures have these file names, as Markdown. It reads back what it wrote to know what its headings
// are called, and writes it again if links lead to them.
func write(doc *Document, f front, files map[int]string) ([]byte, []Remark) {
	w := &writer{doc: doc, files: files}
	parser := markdown.New()
	parser.NoHints = true
	w.inline = &inlineWriter{parser: parser, picture: w.picture, note: w.note}
	text := w.text(f)
	if named := w.leads(); named {
		body, _, _ := parser.ParseTree(source.NewFile("x.md", text), bodyAt(text), "")
		w.anchors = map[string]string{}
		for i, h := range body.Headings {
			if i < len(w.headings) {
				for _, name := range w.headings[i] {
					w.anchors[name] = h.ID
				}
			}
		}
		text = w.text(f)
	}
	return text, w.remarks
}

// bodyAt gives where the text below the front matter begins.
func bodyAt(text []byte) int { return strings.Index(string(text), "\n---\n") + len("\n---\n") }

// leads reports whether there are headings that links lead to.
func (w *writer) leads() bool {
	for _, names := range w.headings {
		if len(names) > 0 {
			return true
		}
	}
	return false
}

func (w *writer) text(f front) []byte {
	w.notes, w.names, w.headings, w.open, w.remarks, w.inside = nil, map[int]string{}, nil, nil, nil, nil
	lines := f.lines()
	lines = append(lines, w.blocks(w.doc.Blocks)...)
	var notes []string
	for written := 0; ; {
		for ; written < len(w.notes); written++ { // a note may refer to others
			notes = append(append(notes, ""), w.noteLines(w.notes[written])...)
		}
		stray := w.stray()
		if stray == nil {
			break
		}
		lines = append(append(lines, ""), w.blocks(stray)...)
	}
	if w.inside != nil {
		w.remark("link-inside", quoted(w.inside))
	}
	return []byte(strings.TrimRight(strings.Join(append(lines, notes...), "\n"), "\n") + "\n")
}

// lines gives the front matter, with an empty line after it.
func (f front) lines() []string {
	lines := []string{"---", "title: " + frontText(f.title)}
	if f.summary != "" {
		lines = append(lines, "summary: "+frontText(f.summary))
	}
	if f.date != "" {
		lines = append(lines, "date: "+f.date)
	}
	if f.more != "" {
		lines = append(lines, f.more)
	}
	return append(lines, "draft: true", "---", "")
}

// bareYAML is a text that YAML needs no quotation marks around.
var bareYAML = regexp.MustCompile(`^\p{L}[\p{L}\p{N} ,.()’“”–/-]*$`)

// wordsYAML are words that mean something else to one YAML or another.
var wordsYAML = regexp.MustCompile(`(?i)^(?:true|false|yes|no|on|off|null|y|n)$`)

func frontText(text string) string {
	if bareYAML.MatchString(text) && !wordsYAML.MatchString(text) && !strings.HasSuffix(text, " ") {
		return text
	}
	var out strings.Builder
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	_ = enc.Encode(text) // a JSON string is a YAML string
	return strings.TrimSpace(out.String())
}

// blocks gives blocks as lines, with an empty line between them.
func (w *writer) blocks(list []Block) []string {
	var out []string
	var before Block
	marker := 0
	for _, b := range list {
		lines := []string(nil)
		if l, ok := b.(*List); ok { // another list right after a list needs another sign
			if last, also := before.(*List); also && last.Ordered == l.Ordered {
				marker = 1 - marker
			} else {
				marker = 0
			}
			lines = w.list(l, marker)
		} else {
			lines = w.block(b)
		}
		if len(lines) == 0 {
			continue
		}
		if out != nil {
			out = append(out, "")
		}
		out = append(out, lines...)
		before = b
	}
	return out
}

func (w *writer) block(b Block) []string {
	switch b := b.(type) {
	case *Heading:
		return w.heading(b)
	case *Paragraph:
		return w.paragraph(b.Text, inParagraph)
	case *Definitions:
		return w.definitions(b)
	case *Table:
		return w.table(b)
	case *Quote:
		return prefixed(w.blocks(b.Blocks), "> ", "> ")
	case *Code:
		return code(b)
	case *Rule:
		return []string{"---"}
	}
	return nil
}

// prefixed puts something before the first line, and before each other that is not empty.
func prefixed(lines []string, first, rest string) []string {
	out := make([]string, len(lines))
	for i, l := range lines {
		before := rest
		if i == 0 {
			before = first
		}
		if out[i] = before + l; l == "" {
			out[i] = strings.TrimRight(before, " ")
		}
	}
	return out
}

// linked gives the characters of a text with the links that the contract knows.
func (w *writer) linked(text []Inline) []atom {
	out := atoms(text)
	missing := func(a atom) bool { return a.picture > 0 && w.files[a.picture] == "" }
	if slices.ContainsFunc(out, missing) {
		out = tidy(slices.DeleteFunc(out, missing))
	}
	links := map[string]string{}
	for i, a := range out {
		if a.link == "" {
			continue
		}
		to, known := links[a.link]
		if !known {
			to = w.address(a.link)
			links[a.link] = to
			if to == "" && strings.HasPrefix(a.link, "#") {
				w.leadsInside(out[i:])
			}
		}
		out[i].link = to
	}
	return sayless(out)
}

// leadsInside keeps the text of the link that a text begins with, of which the text alone is left.
func (w *writer) leadsInside(text []atom) {
	n := 1
	for n < len(text) && text[n].link == text[0].link {
		n++
	}
	if words := strings.TrimSpace(str(text[:n])); words != "" && len(w.inside) < 1000 && !slices.Contains(w.inside, short(words)) {
		w.inside = append(w.inside, short(words))
	}
}

// quoted gives the first of some texts, between quotation marks.
func quoted(texts []string) string {
	const most = 4
	out := "“" + strings.Join(texts[:min(len(texts), most)], "”, “") + "”"
	if len(texts) > most {
		out += fmt.Sprintf(" (+%d)", len(texts)-most)
	}
	return out
}

// sayless takes away links that have no text.
func sayless(text []atom) []atom {
	for i := 0; i < len(text); {
		j, says := i, false
		for ; j < len(text) && text[j].link == text[i].link; j++ {
			says = says || text[j].isText() && text[j].r != ' ' && text[j].r != '\u00a0' || text[j].picture > 0
		}
		for k := i; k < j && !says; k++ {
			text[k].link = ""
		}
		i = j
	}
	return text
}

// address gives the address that a link has in the text, or "" for one that leads nowhere there.
func (w *writer) address(link string) string {
	link = strings.TrimSpace(link)
	scheme, _, _ := strings.Cut(strings.ToLower(link), ":")
	switch {
	case strings.HasPrefix(link, "#"):
		if id := w.anchors[link[1:]]; id != "" {
			return "#" + id
		}
		return ""
	case len(link) > 4000:
	case scheme == "http", scheme == "https":
		if u, err := url.Parse(link); err == nil && u.Hostname() != "" && u.Hostname() != "localhost" && u.Hostname() != "127.0.0.1" {
			return link
		}
	case scheme == "tel":
		return link
	case strings.HasPrefix(scheme, "www."):
		return "https://" + link
	case scheme == "mailto":
		if strings.ContainsAny(link, "\r\n") {
			break
		}
		return link
	}
	w.remark("link-left-out", short(link))
	return ""
}

func (w *writer) remark(code string, args ...any) {
	w.remarks = append(w.remarks, Remark{code, args})
}

// short cuts a text that is too long to be shown in a message.
func short(text string) string {
	const most = 60
	if r := []rune(text); len(r) > most {
		return strings.TrimSpace(string(r[:most-1])) + "…"
	}
	return text
}

// note gives the name of a note: notes are numbered in the order in which the text refers to them.
func (w *writer) note(index int) string {
	if w.names[index] == "" {
		w.notes = append(w.notes, index)
		w.names[index] = strconv.Itoa(len(w.notes))
	}
	return w.names[index]
}

func (w *writer) noteLines(index int) []string {
	var blocks []Block
	if index <= len(w.doc.Notes) {
		blocks = inside(w.doc.Notes[index-1].Blocks)
	}
	lines := w.blocks(blocks)
	if len(lines) == 0 {
		lines = []string{""}
	}
	for i := 1; i < len(lines); i++ {
		if lines[i] != "" {
			lines[i] = "    " + lines[i]
		}
	}
	lines[0] = strings.TrimRight("[^"+w.names[index]+"]: "+lines[0], " ")
	return lines
}

// picture gives the Markdown of a picture, or "" for one that is not there.
func (w *writer) picture(index int) string {
	name := w.files[index]
	if name == "" {
		return ""
	}
	return "![" + w.description(index) + "](" + target(name, inCell) + ")"
}

// description writes a picture's alternative text.
func (w *writer) description(index int) string {
	var out strings.Builder
	for _, r := range str(atoms([]Inline{{Text: strings.ReplaceAll(w.doc.Pictures[index-1].Alt, "\n", " ")}})) {
		if strings.ContainsRune("\\`*_[]<>&|~!", r) {
			out.WriteByte('\\')
		}
		out.WriteRune(r)
	}
	return out.String()
}

func (w *writer) paragraph(text []Inline, at place) []string {
	all := w.linked(text)
	for _, a := range all {
		if !a.isBreak() {
			return strings.Split(w.inline.write(all, at), "\n")
		}
	}
	return nil
}

// heading writes a heading one level below the one that it stands below; the title is the page's only one of level 1.
func (w *writer) heading(h *Heading) []string {
	text := w.linked(h.Text)
	for i := range text {
		text[i].style &^= Strong
	}
	text = alone(text, Em)
	if strings.TrimSpace(str(text)) == "" {
		return w.paragraph(h.Text, inParagraph)
	}
	for len(w.open) > 0 && w.open[len(w.open)-1] >= h.Level {
		w.open = w.open[:len(w.open)-1]
	}
	w.open = append(w.open, h.Level)
	level := min(1+len(w.open), 6)
	w.headings = append(w.headings, h.Anchors)
	line := strings.Repeat("#", level) + " " + w.inline.write(text, inHeading)
	if h.topic != "" {
		line += " {topic=" + h.topic + "}"
	}
	return []string{line}
}

// alone takes a style off a text that has it throughout.
func alone(text []atom, style Style) []atom {
	for _, a := range text {
		if a.style&style == 0 && a.isText() && a.r != ' ' && (unicode.IsLetter(a.r) || unicode.IsDigit(a.r)) {
			return text
		}
	}
	for i := range text {
		text[i].style &^= style
	}
	return text
}

// inside gives blocks as they may stand in an item, a quotation or a note: headings are bold paragraphs there.
func inside(list []Block) []Block {
	var out []Block
	for _, b := range list {
		if h, ok := b.(*Heading); ok {
			b = &Paragraph{Text: styled(h.Text, Strong)}
		}
		out = append(out, b)
	}
	return out
}

func styled(text []Inline, style Style) []Inline {
	out := append([]Inline(nil), text...)
	for i := range out {
		out[i].Style |= style
	}
	return out
}

// list writes a list. Items have empty lines between them if one holds more than a paragraph and lists.
func (w *writer) list(l *List, other int) []string {
	bullet, dot := []string{"-", "*"}[other], []string{".", ")"}[other]
	var items [][]string
	loose := false
	n := l.Start
	for _, item := range l.Items {
		mark := bullet + " "
		if l.Ordered {
			mark = strconv.Itoa(max(n, 0)) + dot + " "
		}
		lines, open := w.item(item, len(mark))
		if len(lines) == 0 {
			continue
		}
		n++
		loose = loose || open
		items = append(items, prefixed(lines, mark, strings.Repeat(" ", len(mark))))
	}
	var out []string
	for i, lines := range items {
		if i > 0 && loose {
			out = append(out, "")
		}
		for _, line := range lines {
			if line != "" || loose {
				out = append(out, line)
			}
		}
	}
	return out
}

// item gives the lines of an item, and whether it needs empty lines in it.
func (w *writer) item(item Item, indent int) (out []string, loose bool) {
	blocks := inside(item.Blocks)
	if item.finding != "" {
		blocks = textFirst(blocks)
	}
	var before Block
	marker := 0
	for _, b := range blocks {
		var lines []string
		l, isList := b.(*List)
		switch {
		case isList:
			if last, also := before.(*List); also && last.Ordered == l.Ordered {
				marker = 1 - marker
			} else {
				marker = 0
			}
			lines = w.list(l, marker)
		case out == nil:
			if p, ok := b.(*Paragraph); ok {
				lines = w.paragraph(p.Text, inItem)
				if item.finding != "" && len(lines) > 0 {
					lines[0] = "[" + item.finding + "] " + lines[0]
				}
			} else {
				lines = w.block(b)
			}
		default:
			lines = w.block(b)
		}
		if len(lines) == 0 {
			continue
		}
		if out != nil {
			_, below := before.(*Paragraph)
			if tight := isList && below && (!l.Ordered || l.Start == 1) && !open(lines); !tight {
				loose = true
			}
			out = append(out, "")
		}
		loose = loose || open(lines)
		if _, text := b.(*Paragraph); text && out != nil {
			loose = true
		}
		out = append(out, lines...)
		before = b
	}
	return out, loose
}

// textFirst makes sure that an item that becomes a finding begins with a paragraph.
func textFirst(blocks []Block) []Block {
	if len(blocks) > 0 {
		if _, ok := blocks[0].(*Paragraph); ok {
			return blocks
		}
	}
	return append([]Block{&Paragraph{}}, blocks...)
}

// open reports whether there are empty lines among lines.
func open(lines []string) bool {
	for _, l := range lines {
		if strings.TrimSpace(l) == "" {
			return true
		}
	}
	return false
}

func (w *writer) definitions(d *Definitions) []string {
	var out []string
	for i, item := range d.Items {
		term := w.linked(item.Term)
		name := w.inline.write(alone(term, Strong), inTerm)
		if strings.TrimSpace(name) == "" {
			continue
		}
		if i > 0 {
			out = append(out, "")
		}
		out = append(out, name)
		lines := w.blocks(inside(item.Blocks))
		if len(lines) == 0 {
			lines = []string{"–"}
		}
		out = append(out, prefixed(lines, ": ", "  ")...)
	}
	return out
}

// code writes a block in which all counts.
func code(c *Code) []string {
	text := strings.Trim(c.Text, "\n")
	if strings.TrimSpace(text) == "" {
		return nil
	}
	fence := "```"
	for strings.Contains(text, fence) {
		fence += "`"
	}
	lines := append([]string{fence + c.Language}, strings.Split(strings.ReplaceAll(text, "\r", ""), "\n")...)
	return append(lines, fence)
}

// table writes a table. Its first row is its head: Markdown has no table without one.
func (w *writer) table(t *Table) []string {
	rows, columns := w.rows(t)
	if len(rows) == 0 {
		return nil
	}
	var out []string
	for i, row := range rows {
		for len(row) < columns {
			row = append(row, "")
		}
		out = append(out, strings.ReplaceAll("| "+strings.Join(row, " | ")+" |", "|  |", "| |"))
		if i == 0 {
			out = append(out, "|"+strings.Repeat(" --- |", columns))
		}
	}
	for i := range out {
		for strings.Contains(out[i], "|  |") {
			out[i] = strings.ReplaceAll(out[i], "|  |", "| |")
		}
	}
	return out
}

// rows gives the cells of a table as texts, without rows that are empty throughout, and columns at the right that are.
func (w *writer) rows(t *Table) (rows [][]string, columns int) {
	lists, merged := false, false
	for _, row := range t.Rows {
		cells, empty := make([]string, len(row)), true
		for i, c := range row {
			text, several := w.cell(c.Blocks, len(rows) == 0)
			lists, merged = lists || several, merged || c.Covered
			if cells[i] = text; text != "" {
				empty, columns = false, max(columns, i+1)
			}
		}
		if !empty {
			rows = append(rows, cells)
		}
	}
	for i, row := range rows {
		rows[i] = row[:min(len(row), columns)]
	}
	if lists {
		w.remark("list-in-cell", firstCell(rows))
	}
	if merged && len(rows) > 0 {
		w.remark("merged-cells", firstCell(rows))
	}
	return rows, columns
}

func firstCell(rows [][]string) string {
	for _, row := range rows {
		for _, c := range row {
			if c != "" {
				return short(c)
			}
		}
	}
	return ""
}

// cell gives a cell on one line, and whether it holds a list or a table, of which each item or row becomes a line.
func (w *writer) cell(blocks []Block, head bool) (text string, several bool) {
	var lines [][]Inline
	var walk func(blocks []Block)
	walk = func(blocks []Block) {
		for _, b := range blocks {
			switch b := b.(type) {
			case *Paragraph:
				lines = append(lines, b.Text)
			case *Heading:
				lines = append(lines, styled(b.Text, Strong))
			case *List:
				several = true
				for _, item := range b.Items {
					walk(item.Blocks)
				}
			case *Definitions:
				for _, d := range b.Items {
					lines = append(lines, d.Term)
					walk(d.Blocks)
				}
			case *Quote:
				walk(b.Blocks)
			case *Code:
				for _, l := range strings.Split(b.Text, "\n") {
					lines = append(lines, []Inline{{Text: l, Style: Mono}})
				}
			case *Table:
				several = true
				for _, row := range b.Rows {
					var line []Inline
					for _, c := range row {
						var in [][]Inline
						in, lines, several = lines, nil, true
						walk(c.Blocks)
						for _, l := range lines {
							if len(atoms(l)) == 0 {
								continue
							}
							if line != nil {
								line = append(line, Inline{Text: "; "})
							}
							line = append(line, l...)
						}
						lines = in
					}
					lines = append(lines, line)
				}
			}
		}
	}
	walk(blocks)
	var parts []string
	for _, l := range lines {
		all := w.linked(l)
		if head {
			all = alone(all, Strong)
		}
		if part := w.inline.write(all, inCell); strings.TrimSpace(part) != "" {
			parts = append(parts, part)
		}
	}
	return strings.Join(parts, "<br>"), several
}

// stray gives a note that no text refers to, as blocks, and nil if there is none.
func (w *writer) stray() []Block {
	for i, n := range w.doc.Notes {
		if w.names[i+1] == "" && len(n.Blocks) > 0 {
			w.names[i+1] = "-"
			return n.Blocks
		}
	}
	return nil
}
