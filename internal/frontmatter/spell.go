package frontmatter

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"

	"leerblad/internal/source"
)

// spot is where a text is written.
type spot struct {
	flow   bool // between brackets
	item   bool // behind the dash of an item
	alone  bool // nothing stands behind it in its line
	indent int  // of the lines below the first
}

// spell writes a text, a number or a word as YAML: as like is written, whose own bytes are raw, if it can be, and else as plainly as it can be.
// like is nil for one that is new. Lines below the first begin with their blanks.
func spell(w want, like *yaml.Node, raw string, at spot) string {
	if w.kind == boolean || w.kind == number {
		return w.text
	}
	var ways []string
	style, numeric := yaml.Style(0), false
	if like != nil && like.Kind == yaml.ScalarNode {
		style, numeric = like.Style, like.Tag == "!!int" || like.Tag == "!!float"
	}
	lines := strings.Contains(w.text, "\n")
	below := !at.flow && at.alone
	switch {
	case style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0 && below:
		ways = append(ways, under(w.text, raw, at.indent, w.kind == line || style&yaml.FoldedStyle != 0))
		if lines && style&yaml.FoldedStyle != 0 {
			ways = append(ways, under(w.text, "|", at.indent, false))
		}
	case style&yaml.DoubleQuotedStyle != 0 && !lines:
		ways = append(ways, wrap(escape(w.text), raw), escape(w.text))
	case style&yaml.SingleQuotedStyle != 0 && !lines:
		single := "'" + strings.ReplaceAll(w.text, "'", "''") + "'"
		ways = append(ways, wrap(single, raw), single)
	case !lines:
		ways = append(ways, wrap(w.text, raw), w.text)
	}
	if lines && below {
		ways = append(ways, under(w.text, "|", at.indent, false))
	}
	if !lines {
		ways = append(ways, Quote(w.text))
	}
	for _, s := range ways {
		if reads(s, w, at, numeric) {
			return s
		}
	}
	return escape(w.text)
}

// reads reports whether s is read as w, without a problem. A text that looks like a number is only one that may be a number.
func reads(s string, w want, at spot, numeric bool) bool {
	before, after := "k: ", "\n"
	switch {
	case at.flow:
		before, after = "k: [", "]\n"
	case at.item:
		before = "k:\n- "
	}
	f := source.NewFile("", []byte(before+s+after))
	fields, diags := Read(source.At(f, 0, len(f.Data)))
	if len(diags) > 0 || len(fields) != 1 {
		return false
	}
	n := fields[0].Value.node
	if at.flow || at.item {
		if n.Kind != yaml.SequenceNode || len(n.Content) != 1 {
			return false
		}
		n = n.Content[0]
	}
	return matches(n, w) && (numeric || n.Style&quotes != 0 || n.Tag != "!!int" && n.Tag != "!!float")
}

// wrap breaks a text as raw is, which has several lines or one.
func wrap(text, raw string) string {
	all := strings.Split(strings.ReplaceAll(raw, "\r\n", "\n"), "\n")
	if len(all) == 1 || strings.Contains(text, "  ") {
		return text
	}
	indent := all[1][:len(all[1])-len(strings.TrimLeft(all[1], " "))]
	return strings.Join(broken(text, widest(all)), "\n"+indent)
}

// broken gives a text as lines of at most width characters, if its words allow.
func broken(text string, width int) (lines []string) {
	line, long := "", 0
	for i, word := range strings.Split(text, " ") {
		n := utf8.RuneCountInString(word)
		if i > 0 && long+1+n <= width {
			line, long = line+" "+word, long+1+n
			continue
		}
		if i > 0 {
			lines = append(lines, line)
		}
		line, long = word, n
	}
	return append(lines, line)
}

func widest(lines []string) (width int) {
	for _, l := range lines {
		width = max(width, utf8.RuneCountInString(strings.TrimRight(l, " ")))
	}
	return max(width, 40)
}

// header is the first line of a text that stands on the lines below it: the sign, how the end of the text is read, its indentation, and a comment.
var header = regexp.MustCompile(`^([|>])([-+]?)[0-9]?([-+]?)([^\r\n]*)`)

// under writes a text on the lines below a first one as in raw. One line may become more where breaks says that these are read as one.
func under(text, raw string, indent int, breaks bool) string {
	m := header.FindStringSubmatch(raw)
	var out strings.Builder
	out.WriteString(m[1] + m[2] + m[3] + m[4])
	lines := strings.Split(text, "\n")
	before := strings.Split(strings.ReplaceAll(raw, "\r\n", "\n"), "\n")[1:]
	for _, l := range before {
		if strings.TrimSpace(l) != "" {
			indent = len(l) - len(strings.TrimLeft(l, " "))
			break
		}
	}
	if len(before) > 1 && len(lines) == 1 && breaks && !strings.Contains(text, "  ") {
		lines = broken(text, widest(before)-indent)
	}
	for _, l := range lines {
		if out.WriteByte('\n'); strings.TrimSpace(l) != "" {
			out.WriteString(strings.Repeat(" ", indent) + l)
		}
	}
	return out.String()
}

// escape gives a text between double quotation marks, with escapes for all that cannot stand there.
func escape(s string) string {
	var out strings.Builder
	out.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			out.WriteString(`\` + string(r))
		case r == '\n':
			out.WriteString(`\n`)
		case r == '\t':
			out.WriteString(`\t`)
		case r == '\u2028' || r == '\u2029' || r == '\ufeff' || unicode.IsControl(r):
			fmt.Fprintf(&out, `\u%04X`, r)
		default:
			out.WriteRune(r)
		}
	}
	return out.String() + `"`
}
