package importer

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"leerblad/internal/bounds"
)

// readText reads text without marks of its own: paragraphs, quotations of mails, underlined headings, and tables by tabs. Lists that
// were typed are left to Understand.
func readText(data []byte) (*Document, error) {
	if len(data) > maxPlain {
		return nil, tooMuchText()
	}
	text := decode(data)
	if len(text) > bounds.Text {
		return nil, tooMuchText()
	}
	text = strings.ReplaceAll(text, "\f", "\n\n")
	return &Document{Blocks: textBlocks(strings.Split(text, "\n"), 0)}, nil
}

var (
	underline = regexp.MustCompile(`^\s{0,3}(={3,}|-{3,}|~{3,}|\*{3,}|_{3,})\s*$`)
	mailQuote = regexp.MustCompile(`^ ?>`)
)

// width is how wide a line is, a tab as far as the next of each eight columns.
func width(line string) (n int) {
	for _, r := range line {
		if n++; r == '\t' {
			n = (n + 7) / 8 * 8
		}
	}
	return n
}

// wrappedAt tells at which width lines were broken by the program; 0 if each line is a paragraph of its own.
func wrappedAt(lines []string) int {
	const widest = 100
	full, above := 0, 0
	widths := map[int]int{}
	for _, l := range lines {
		w := utf8.RuneCountInString(strings.TrimRight(l, " \t"))
		if w > widest {
			above++
		} else if w >= 50 {
			full++
			widths[w]++
		}
	}
	if above*4 > full+above || full == 0 {
		return 0
	}
	wrapped := 0
	for w := widest; w > 0; w-- {
		if widths[w] > 0 {
			if wrapped == 0 {
				wrapped = w
			}
			if n := widths[w] + widths[w-1] + widths[w-2]; n*10 >= full { // no line that is longer by chance
				return max(w, wrapped-8)
			}
		}
	}
	return wrapped
}

func textBlocks(lines []string, depth int) (out []Block) {
	wrap := wrappedAt(lines)
	var text []string // of the paragraph
	indent := 0
	last := ""
	end := func() {
		if len(text) > 0 {
			p := &Paragraph{Indent: indent * 6}
			for i, line := range text {
				if i > 0 {
					p.Text = append(p.Text, Inline{Break: true})
				}
				p.Text = append(p.Text, Inline{Text: line})
			}
			out = append(out, p)
		}
		text, last = nil, ""
	}
	for i := 0; i < len(lines); i++ {
		line := strings.TrimRight(lines[i], " \t\u00a0")
		trimmed := strings.TrimLeft(line, " \t\u00a0")
		switch {
		case trimmed == "":
			end()
			continue
		case mailQuote.MatchString(line) && depth < maxNesting:
			end()
			var within []string
			for ; i < len(lines) && mailQuote.MatchString(lines[i]); i++ {
				l := strings.TrimPrefix(strings.TrimPrefix(lines[i], " "), ">")
				within = append(within, strings.TrimPrefix(l, " "))
			}
			i--
			if q := textBlocks(within, depth+1); len(q) > 0 {
				out = append(out, &Quote{q})
			}
			continue
		case underline.MatchString(line):
			sign := trimmed[0]
			if len(text) == 1 && last == text[0] && (sign == '=' || sign == '-' || sign == '~') && utf8.RuneCountInString(trimmed)*2 >= utf8.RuneCountInString(text[0]) {
				if _, over := lastOf(out).(*Rule); over && i >= 2 && underline.MatchString(lines[i-2]) { // a line above it too
					out = out[:len(out)-1]
				}
				level := 2
				if sign == '=' {
					level = 1
				}
				out = append(out, &Heading{Level: level, Text: []Inline{{Text: text[0]}}})
				text, last = nil, ""
				continue
			}
			end()
			out = append(out, &Rule{})
			continue
		}
		if t, n := tabTable(lines[i:]); t != nil {
			end()
			out = append(out, t)
			i += n - 1
			continue
		}
		_, marked := markOf([]Inline{{Text: trimmed}})
		word, _, _ := strings.Cut(trimmed, " ")
		full := wrap > 0 && utf8.RuneCountInString(last)+1+utf8.RuneCountInString(word) > wrap
		switch {
		case len(text) == 0 || marked || wrap == 0 && (i == 0 || width(line) > 60 || utf8.RuneCountInString(last) > 60):
			end()
			text, indent = []string{trimmed}, width(line)-width(trimmed)
		case full:
			text[len(text)-1] += " " + trimmed
		case i+1 < len(lines) && wrap > 0 && utf8.RuneCountInString(line)+15 > wrap: // a short line above a paragraph
			end()
			text, indent = []string{trimmed}, width(line)-width(trimmed)
		default:
			text = append(text, trimmed)
		}
		last = line
		if len(text) == 1 && text[0] == trimmed {
			last = trimmed
		}
	}
	end()
	return out
}

// tabTable gives the table that lines begin with, and how many lines it has: at least two, with equally many tabs.
func tabTable(lines []string) (*Table, int) {
	n, tabs := 0, 0
	var rows [][]Cell
	for _, line := range lines {
		line = strings.TrimRight(line, " \t")
		count := strings.Count(line, "\t")
		if _, marked := markOf([]Inline{{Text: line}}); count == 0 || marked || line[0] == '\t' || n > 0 && count != tabs || len(rows)*(count+1) > maxCells {
			break
		}
		var row []Cell
		for _, value := range strings.Split(line, "\t") {
			row = append(row, Cell{Blocks: paragraphs(value)})
		}
		tabs, rows = count, append(rows, row)
		n++
	}
	if n < 2 {
		return nil, 0
	}
	return tableOf(rows), n
}
