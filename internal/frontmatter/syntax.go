package frontmatter

import (
	"bytes"
	"errors"
	"regexp"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"

	"leerblad/internal/diag"
	"leerblad/internal/edit"
	"leerblad/internal/source"
)

// tab finds a tab in the indentation of a line: YAML forbids it, and its reader then complains about another line.
func tab(block *block) (diag.Diagnostic, bool) {
	at := 0
	for line := range bytes.Lines(block.text) {
		indent := line[:len(line)-len(bytes.TrimLeft(line, " \t"))]
		if i := bytes.IndexByte(indent, '\t'); i >= 0 && len(bytes.TrimSpace(line)) > 0 {
			start := block.origin(at + i)
			return diag.Diagnostic{Code: "yaml-tab", Span: source.At(block.File, start, start+1), Fixes: untab(block.Span)}, true
		}
		at += len(line)
	}
	return diag.Diagnostic{}, false
}

// tightKey is a key without a space after its colon; an address is none.
var tightKey = regexp.MustCompile(`^\s*(?:- )?[a-z]+:[^\s/]`)

var keyLine = regexp.MustCompile(`^(\s*)(?:- +)?["']?[\p{L}\d_-]+["']?\s*:(?:\s+(.*))?$`)

// explain says what is wrong with a block that the YAML reader refused. The reader's own words speak of
// tokens and mappings; these are looked for in the order in which an editor makes such mistakes.
func explain(block *block, err error) diag.Diagnostic {
	line, opened := 1, 0
	var load *yaml.LoadError
	if errors.As(err, &load) {
		line, opened = load.Mark.Line, load.ContextMark.Line
	}
	lines := strings.Split(strings.ReplaceAll(string(block.text), "\r\n", "\n"), "\n")
	if n := opened; n >= 1 && n <= len(lines) && n < line {
		if d, ok := unclosed(block, lines, n); ok {
			return d
		}
	}
	// The reader notices a mistake on its line or on one of the lines after it.
	for n := min(max(line, 1), len(lines)); n >= 1 && n >= line-2; n-- {
		if d, ok := explainLine(block, lines, n); ok {
			return d
		}
	}
	return at(block, lines, min(max(line, 1), len(lines)), "yaml-syntax")
}

// explainLine looks for a mistake on the 1-based line n.
func explainLine(block *block, lines []string, n int) (diag.Diagnostic, bool) {
	line := strings.TrimRight(lines[n-1], " ")
	if strings.TrimSpace(line) == "" || strings.HasPrefix(strings.TrimSpace(line), "#") {
		return diag.Diagnostic{}, false
	}
	if d, ok := unclosed(block, lines, n); ok {
		return d, true
	}
	m := keyLine.FindStringSubmatch(line)
	value := strings.TrimPrefix(strings.TrimSpace(line), "- ")
	if m != nil {
		value = m[2]
	}
	switch {
	case tightKey.MatchString(line):
		d := at(block, lines, n, "yaml-space")
		if key := d.Span.Start + strings.IndexByte(d.Span.Text(), ':') + 1; !strings.HasPrefix(line, " ") {
			d.Fixes = []diag.Fix{{Title: "space", Changes: edit.Changes{{Span: source.At(block.File, key, key), Text: " "}}}}
		}
		return d, true
	case value != "" && strings.ContainsRune("@`%&*!|>", rune(value[0])):
		d := atText(block, lines, n, value, "yaml-special", value[:1])
		d.Fixes = quoting(d.Span, d.Span.Text(), strings.ContainsAny(value[:1], "|>"))
		return d, true
	case m != nil && !quoted(value) && strings.Contains(value, ": "):
		d := atText(block, lines, n, value, "yaml-colon")
		if first, _ := utf8.DecodeRuneInString(value); strings.ContainsRune(curlyOpen+thinOpen, first) {
			d = atText(block, lines, n, value, "yaml-curly", string(first))
		}
		d.Fixes = quoting(d.Span, d.Span.Text(), false)
		return d, true
	case m != nil && quoted(value) && !closed(value):
		d := atText(block, lines, n, value, "yaml-quote")
		d.Fixes = quoteMarks(d.Span)
		return d, true
	case wrongIndent(lines, n):
		return at(block, lines, n, "yaml-indent"), true
	case m == nil && !strings.Contains(line, ":") && !strings.HasPrefix(strings.TrimSpace(line), "-"):
		return at(block, lines, n, "yaml-no-colon"), true
	}
	return diag.Diagnostic{}, false
}

// unclosed looks for a quotation mark or bracket that is opened on line n and not closed there.
func unclosed(block *block, lines []string, n int) (diag.Diagnostic, bool) {
	m := keyLine.FindStringSubmatch(strings.TrimRight(lines[n-1], " "))
	if m == nil || m[2] == "" {
		return diag.Diagnostic{}, false
	}
	value := m[2]
	switch value[0] {
	case '"', '\'':
		if strings.Count(value, value[:1]) == 1 {
			d := atText(block, lines, n, value, "yaml-unclosed", value[:1])
			d.Fixes = closeValue(d.Span, value[:1])
			if value[0] == '\'' { // an apostrophe, as in 's avonds
				d.Suggest = doubleQuoted(value)
			}
			return d, true
		}
	case '[', '{':
		closer := map[byte]string{'[': "]", '{': "}"}[value[0]]
		if !strings.Contains(value, closer) {
			d := atText(block, lines, n, value, "yaml-unclosed", value[:1])
			d.Fixes = closeValue(d.Span, closer)
			return d, true
		}
	}
	return diag.Diagnostic{}, false
}

// wrongIndent reports whether line n begins deeper than a complete line above it, or at a depth that no line above
// it has.
func wrongIndent(lines []string, n int) bool {
	depth := func(s string) int { return len(s) - len(strings.TrimLeft(s, " ")) }
	own := depth(lines[n-1])
	known := map[int]bool{}
	previous := ""
	for _, l := range lines[:n-1] {
		if strings.TrimSpace(l) != "" {
			known[depth(l)] = true
			previous = l
		}
	}
	if previous == "" {
		return own > 0
	}
	if own > depth(previous) {
		m := keyLine.FindStringSubmatch(strings.TrimRight(previous, " "))
		return m != nil && m[2] != ""
	}
	return !known[own]
}

func quoted(s string) bool { return s != "" && (s[0] == '"' || s[0] == '\'') }

// closed reports whether the quotation mark that s begins with stands again at its end and nowhere between.
func closed(s string) bool {
	return len(s) > 1 && strings.IndexByte(s[1:], s[0]) == len(s)-2
}

// at makes a diagnostic for the text of line n, without its indentation.
func at(block *block, lines []string, n int, code diag.Code) diag.Diagnostic {
	return atText(block, lines, n, strings.TrimSpace(lines[n-1]), code)
}

func atText(block *block, lines []string, n int, part string, code diag.Code, args ...any) diag.Diagnostic {
	start := block.lines.Offset(n, 1) + max(strings.LastIndex(lines[n-1], part), 0)
	return diag.Diagnostic{Code: code, Span: source.At(block.File, block.origin(start), block.origin(start+len(part))), Args: args}
}
