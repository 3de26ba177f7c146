package assist

import (
	"bytes"
	"slices"
	"strings"

	"leerblad/internal/diag"
	"leerblad/internal/markdown"
	"leerblad/internal/publication"
	"leerblad/internal/source"
)

// Symbol is a part of a text that has a name.
type Symbol struct {
	Name      string
	Detail    string
	Kind      SymbolKind
	Span      source.Span // all of it
	Selection source.Span // its name, within Span
	Children  []Symbol
}

// SymbolKind says what a Symbol is.
type SymbolKind string

// The kinds of symbols.
const (
	SymbolData    SymbolKind = "data" // the front matter as a whole
	SymbolKey     SymbolKind = "key"
	SymbolHeading SymbolKind = "heading"
	SymbolFinding SymbolKind = "finding"
)

// Symbols gives the front matter with its keys, and the headings, each with the findings under it and the headings below it.
func (p *Publication) Symbols(b *Buffer, l diag.Language) (out []Symbol) {
	if start, end, ok := b.block(); ok {
		keys := b.keySymbols(start, end, l)
		if b.File.Path == publication.SettingsFile {
			return keys
		}
		if keys != nil {
			whole := source.At(b.File, keys[0].Span.Start, keys[len(keys)-1].Span.End)
			out = append(out, Symbol{Name: words["data"].In(l), Kind: SymbolData, Span: whole, Selection: keys[0].Selection, Children: keys})
		}
	}
	if b.Doc == nil {
		return out
	}
	body := b.Doc.Body
	section := func(i int) int { return sectionEnd(b, i) }
	type open struct {
		level int
		at    *[]Symbol
	}
	stack := []open{{0, &out}}
	next := 0
	findings := func(heading int) {
		for ; next < len(body.Findings) && body.Findings[next].Heading <= heading; next++ {
			f := &body.Findings[next]
			span := f.Item
			if span.File == nil || span.Start > f.Span.Start || span.End < f.Span.End {
				span = f.Span
			}
			at := stack[len(stack)-1].at
			*at = append(*at, Symbol{Name: markOf(f.Valence) + " " + f.Text, Detail: p.word("valence."+string(f.Valence), l), Kind: SymbolFinding,
				Span: span, Selection: f.Span})
		}
	}
	findings(-1)
	for i, h := range body.Headings {
		for stack[len(stack)-1].level >= h.Level {
			stack = stack[:len(stack)-1]
		}
		at := stack[len(stack)-1].at
		*at = append(*at, Symbol{Name: named(h), Detail: "#" + h.ID, Kind: SymbolHeading, Span: source.At(b.File, h.Span.Start, max(section(i), h.Span.End)), Selection: h.Span})
		stack = append(stack, open{h.Level, &(*at)[len(*at)-1].Children})
		findings(i)
	}
	return out
}

// named gives a heading's text; an editor's list must have something for each.
func named(h markdown.Heading) string {
	if h.Text == "" {
		return "…"
	}
	return h.Text
}

// sectionEnd gives where the section under a heading ends.
func sectionEnd(b *Buffer, i int) int {
	headings := b.Doc.Body.Headings
	end := len(b.File.Data)
	for _, h := range headings[i+1:] {
		if h.Level <= headings[i].Level {
			end, _ = b.lineAt(h.Span.Start)
			break
		}
	}
	start := headings[i].Span.End
	return start + len(bytes.TrimRight(b.File.Data[min(start, end):end], "\r\n"))
}

// keySymbols gives the keys of a block, with those of mappings in it.
func (b *Buffer) keySymbols(start, end int, l diag.Language) (out []Symbol) {
	lines := b.blockLines(start, end)
	for i, line := range lines {
		if line.key == "" || line.inside || line.indent > 0 || line.dash >= 0 {
			continue
		}
		last := line.end
		for _, below := range lines[i+1:] {
			if below.key != "" && !below.inside && below.indent == 0 && below.dash < 0 {
				break
			}
			if !below.empty() {
				last = below.end
			}
		}
		s := Symbol{Name: line.key, Kind: SymbolKey, Span: source.At(b.File, line.content, last), Selection: source.At(b.File, line.content, line.keyEnd)}
		if k := b.keyAt([]string{line.key}); k != nil {
			s.Detail = k.Label.In(l)
		}
		out = append(out, s)
	}
	return out
}

// blockLines gives the lines of a block, and which go on with a value above them.
func (b *Buffer) blockLines(start, end int) []yamlLine {
	lines := yamlLines(b.File.Data, start, end)
	for i := range lines {
		stop, _ := b.continues(lines, i)
		for j := i + 1; j < len(lines) && lines[j].start < stop; j++ {
			lines[j].inside = true
		}
	}
	return lines
}

// Fold is a part of the buffer that may be shown as its first line alone: from an offset on its first line to one on its last.
type Fold struct {
	Start, End int
	Kind       string // "region" or "comment"
}

// Folds gives what may be folded: the front matter and what stands below a key in it, sections, lists, tables, quotations, code and comments.
func (p *Publication) Folds(b *Buffer) (out []Fold) {
	data := b.File.Data
	add := func(start, end int, kind string) {
		end = start + len(bytes.TrimRight(data[start:max(start, end)], " \t\r\n"))
		if bytes.IndexByte(data[start:end], '\n') >= 0 {
			out = append(out, Fold{start, end, kind})
		}
	}
	if start, end, ok := b.block(); ok {
		if b.File.Path != publication.SettingsFile && start > 0 {
			first, _ := b.lineAt(start - 1)
			_, last := b.lineAt(min(end, len(data)))
			add(first, last, "region")
		}
		for _, s := range b.keySymbols(start, end, diag.English) {
			add(s.Span.Start, s.Span.End, "region")
		}
	}
	if b.Doc == nil {
		return out
	}
	for i, h := range b.Doc.Body.Headings {
		add(h.Span.Start, sectionEnd(b, i), "region")
	}
	b.blocks(add)
	slices.SortStableFunc(out, func(a, b Fold) int { return a.Start - b.Start })
	return out
}

// blocks adds blocks of the body that are told by how their lines begin.
func (b *Buffer) blocks(add func(start, end int, kind string)) {
	data := b.File.Data
	type open struct{ start, indent int }
	var lists []open
	fence, fenceStart := "", 0
	block, blockStart, last := byte(0), 0, b.Doc.BodyStart // of a table, quotation or comment; last is the end of the last line with text
	shut := func() {
		if kind := map[byte]string{'<': "comment"}[block]; block != 0 {
			if kind == "" {
				kind = "region"
			}
			add(blockStart, last, kind)
		}
		block = 0
	}
	for start := b.Doc.BodyStart; start < len(data); {
		end := len(data)
		if i := bytes.IndexByte(data[start:], '\n'); i >= 0 {
			end = start + i
		}
		line := data[start:end]
		text := strings.TrimSpace(string(line))
		indent := len(line) - len(bytes.TrimLeft(line, " \t"))
		was := fence
		if block != '<' {
			fence = fenced(line, fence)
		}
		item := was == "" && fence == "" && block != '<' && itemLine.Match(append(line[:len(line):len(line)], ' '))
		if was == "" && block != '<' && text != "" { // what is less indented ends lists
			for len(lists) > 0 && (indent < lists[len(lists)-1].indent || indent == lists[len(lists)-1].indent && !item) {
				add(lists[len(lists)-1].start, last, "region")
				lists = lists[:len(lists)-1]
			}
		}
		switch {
		case was != "" && fence == "":
			add(fenceStart, end, "region")
		case was == "" && fence != "":
			shut()
			fenceStart = start
		case was != "":
		case block == '<':
			if strings.Contains(text, "-->") {
				last = end
				shut()
			}
		case strings.HasPrefix(text, "<!--") && !strings.Contains(text, "-->"):
			shut()
			block, blockStart = '<', start
		case text != "" && (text[0] == '|' || text[0] == '>'):
			if block != text[0] {
				shut()
				block, blockStart = text[0], start
			}
		default:
			shut()
		}
		if item && (len(lists) == 0 || indent > lists[len(lists)-1].indent) {
			lists = append(lists, open{start, indent})
		}
		if text != "" {
			last = end
		}
		start = end + 1
	}
	shut()
	for _, l := range lists {
		add(l.start, last, "region")
	}
}
