package frontmatter

import (
	"bytes"
	"regexp"
	"strings"

	"go.yaml.in/yaml/v4"

	"leerblad/internal/diag"
	"leerblad/internal/edit"
	"leerblad/internal/source"
)

// Quote gives a text on one line as YAML between quotation marks, of the kind that needs no escapes if there is one.
func Quote(s string) string {
	switch {
	case !strings.ContainsAny(s, `"\`):
		return `"` + s + `"`
	case !strings.Contains(s, "'"):
		return "'" + s + "'"
	}
	return doubleQuoted(s)
}

func doubleQuoted(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s) + `"`
}

// quoting gives the fix that puts the whole value of a line, which is at span, between quotation marks, with text for what is between. There
// is none where the value goes on below, or may end in a comment.
func quoting(span source.Span, text string, choose bool) []diag.Fix {
	if text == "" || strings.Contains(text, " #") || strings.ContainsAny(text, "\t\r\n") || !aloneAfterKey(span) {
		return nil
	}
	fix := diag.Replace(span, Quote(text))
	fix.Choose = choose
	return []diag.Fix{fix}
}

// aloneAfterKey reports whether span is all that a line of a block has behind its key, and the value does not go on in the next line.
func aloneAfterKey(span source.Span) bool {
	line, ok := lineOf(span)
	m := keyLine.FindStringSubmatch(strings.TrimRight(line.Text(), " "))
	return ok && m != nil && m[2] == span.Text() && !continued(line)
}

// lineOf gives the line that span begins in, without its line break; it is not ok if that is a very long one.
func lineOf(span source.Span) (line source.Span, ok bool) {
	data := span.File.Data
	from, to := max(0, span.Start-reach), min(len(data), span.Start+reach)
	start, end := from+bytes.LastIndexByte(data[from:span.Start], '\n')+1, to
	if i := bytes.IndexByte(data[span.Start:to], '\n'); i >= 0 {
		end = span.Start + i
	} else if to < len(data) {
		return line, false
	}
	if start == from && from > 0 {
		return line, false
	}
	if start == 0 && bytes.HasPrefix(data, []byte("\ufeff")) {
		start = len("\ufeff")
	}
	if end > start && data[end-1] == '\r' && end < len(data) {
		end--
	}
	return source.At(span.File, start, end), true
}

// whole gives a line with its line break.
func whole(line source.Span) source.Span {
	data := line.File.Data
	end := len(data)
	if i := bytes.IndexByte(data[line.End:], '\n'); i >= 0 {
		end = line.End + i + 1
	}
	return source.At(line.File, line.Start, end)
}

// continued reports whether the next line with text goes on with the value of this one: it stands deeper, or is an item of a list.
func continued(line source.Span) bool {
	depth := func(s string) int { return len(s) - len(strings.TrimLeft(s, " \t")) }
	isItem := func(s string) bool { return strings.HasPrefix(strings.TrimLeft(s, " \t"), "- ") }
	own, item := depth(line.Text()), isItem(line.Text())
	if item {
		own += len("- ")
	}
	for at := whole(line).End; at < len(line.File.Data); {
		next, ok := lineOf(source.At(line.File, at, at))
		if text := next.Text(); !ok || strings.TrimSpace(text) != "" {
			return !ok || depth(text) > own || !item && isItem(text) && depth(text) == own
		}
		at = whole(next).End
	}
	return false
}

// quoteMarks mends a value whose quotation marks do not match: where those inside open and close words by themselves, the outer ones
// stay and the inner ones are the words'; where the value only begins or ends with a quoted word, all are.
func quoteMarks(span source.Span) []diag.Fix {
	value := span.Text()
	mark := value[:1]
	inside := strings.TrimSuffix(value[1:], mark)
	first := strings.Index(inside, mark)
	opens := first == 0 || first > 0 && strings.ContainsAny(inside[first-1:first], " (")
	switch {
	case strings.Count(value, mark)%2 != 0 || strings.Contains(value, `\`):
		return nil
	case !strings.HasSuffix(value, mark), !opens:
		return quoting(span, value, false)
	}
	return quoting(span, inside, false)
}

// closeValue mends a value whose quotation mark or bracket is not closed.
func closeValue(span source.Span, closer string) []diag.Fix {
	value := span.Text()
	if closer == value[:1] {
		if value[0] == '\'' { // an apostrophe, as in 's avonds
			return quoting(span, value, false)
		}
		return quoting(span, strings.TrimSpace(value[1:]), strings.Contains(value, `\`))
	}
	if strings.ContainsAny(value[1:], "\"'#[]{}") || !aloneAfterKey(span) {
		return nil
	}
	end := source.At(span.File, span.End, span.End)
	return []diag.Fix{{Title: "add", Args: []any{closer}, Changes: edit.Changes{{Span: end, Text: closer}}}}
}

// untab mends indentation with tabs, if there are no spaces in any. A list below its key may stand as deep as that.
func untab(block source.Span) []diag.Fix {
	var changes edit.Changes
	at := block.Start
	for line := range bytes.Lines(block.File.Data[block.Start:block.End]) {
		indent := line[:len(line)-len(bytes.TrimLeft(line, " \t"))]
		switch {
		case len(bytes.TrimSpace(line)) == 0:
		case bytes.IndexByte(indent, ' ') >= 0:
			return nil
		case len(indent) > 0:
			changes = append(changes, edit.Change{Span: source.At(block.File, at, at+len(indent)), Text: strings.Repeat("  ", len(indent))})
		}
		at += len(line)
	}
	return []diag.Fix{{Title: "untab", Changes: changes}}
}

// RemoveItem gives the fix that takes the item of a list at span away: with the comma before it, or with its line.
func RemoveItem(span source.Span) []diag.Fix {
	line, ok := lineOf(span)
	if !ok {
		return nil
	}
	before := strings.TrimRight(string(span.File.Data[line.Start:span.Start]), " ")
	after := strings.TrimSpace(string(span.File.Data[span.End:max(span.End, line.End)]))
	fix := diag.Fix{Title: "remove", Args: []any{span.Text()}}
	switch {
	case strings.TrimSpace(before) == "-" && after == "" && !continued(line):
		fix.Changes = edit.Changes{{Span: whole(line)}}
	case strings.HasSuffix(before, ",") && after != "" && strings.ContainsAny(after[:1], ",]"):
		fix.Changes = edit.Changes{{Span: source.At(span.File, line.Start+len(before)-1, span.End)}}
	default:
		return nil
	}
	return []diag.Fix{fix}
}

// removeKey gives the fixes for a key that is there twice: its line goes if both say the same, else one of the two is chosen.
func removeKey(first, second Field) []diag.Fix {
	remove := func(f Field) (diag.Fix, bool) {
		line, ok := lineOf(f.KeySpan)
		text := strings.TrimRight(line.Text(), " ")
		m := keyLine.FindStringSubmatch(text)
		if !ok || m == nil || continued(line) || strings.TrimLeft(text, " ")[:len(f.KeySpan.Text())] != f.KeySpan.Text() {
			return diag.Fix{}, false
		}
		return diag.Fix{Title: "remove", Args: []any{strings.TrimSpace(text)}, Changes: edit.Changes{{Span: whole(line)}}}, true
	}
	two, ok := remove(second)
	if ok && first.Value.node.Kind == yaml.ScalarNode && second.Value.node.Kind == yaml.ScalarNode && first.Value.node.Value == second.Value.node.Value {
		return []diag.Fix{two}
	}
	one, both := remove(first)
	if !ok || !both {
		return nil
	}
	one.Choose, two.Choose = true, true
	return []diag.Fix{one, two}
}

// plainList is a value that becomes a list of texts between brackets.
var plainList = regexp.MustCompile(`^[\p{L}\p{N}][^\[\]{}"'#:&*!|>%@\x60\\]*$`)

// keysAt gives the offset after the lines, from an offset in a text on, of which YAML makes a mapping: all up to a blank one, a line of three
// dashes or the end. It is 0 where there are none.
func keysAt(f *source.File, from int) (end int) {
	data := f.Data[from:]
	for line := range bytes.Lines(data) {
		text := bytes.TrimRight(line, " \r\n")
		if len(text) == 0 || string(text) == "---" {
			break
		}
		if end == 0 && !keyLine.Match(text) {
			return 0
		}
		end += len(line)
	}
	var doc yaml.Node
	if yaml.Unmarshal(data[:end], &doc) != nil || len(doc.Content) == 0 || doc.Content[0].Kind != yaml.MappingNode {
		return 0
	}
	return from + end
}

// shut gives the fix for front matter, from an offset on, of which the keys end at a blank line with no others below it: that of the end is missing.
func shut(f *source.File, start int) []diag.Fix {
	end := keysAt(f, start)
	if end == 0 {
		return nil
	}
	if line, _ := firstLine(f.Data[end:]); keyLine.Match(f.Data[end+line.start : end+line.end]) {
		return nil
	}
	if f.Data[end-1] != '\n' {
		return insertFence(f, end, "\n---\n")
	}
	return insertFence(f, end, "---\n")
}

func insertFence(f *source.File, at int, text string) []diag.Fix {
	return []diag.Fix{{Title: "add", Args: []any{"---"}, Changes: edit.Changes{{Span: source.At(f, at, at), Text: edit.Lines(f, text)}}}}
}

// replacing gives the fix that puts text in place of a value, which must stand at span as it is or between quotation marks.
func replacing(span source.Span, value, text string, choose bool) []diag.Fix {
	if raw := span.Text(); raw != value && raw != `"`+value+`"` && raw != "'"+value+"'" {
		return nil
	}
	fix := diag.Replace(span, text)
	fix.Choose = choose
	return []diag.Fix{fix}
}
