package diag

import (
	"encoding/json"
	"fmt"
	"io"
	"path/filepath"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"leerblad/internal/source"
)

// Language is the language of messages.
type Language string

// The languages that every text exists in.
const (
	Dutch   Language = "nl"
	English Language = "en"
)

func (w words) in(l Language) string {
	if l == English {
		return w.en
	}
	return w.nl
}

// Message gives what is wrong, in one line.
func (d Diagnostic) Message(l Language) string {
	if d.More > 0 {
		return fmt.Sprintf(words{"en nog %s van zulke meldingen, de eerste hier", "and %s more of these, the first here"}.in(l), grouped(d.More, l))
	}
	t := texts[d.Code]
	return d.fill(words{t.nl, t.en}.in(l), l)
}

// Hint gives what to do about it, in one line.
func (d Diagnostic) Hint(l Language) string {
	t := texts[d.Code]
	switch {
	case d.More > 0:
		return words{"herstel eerst wat hierboven staat", "mend first what is told above"}.in(l)
	case d.Suggest != "" && t.suggestion.nl != "":
		return d.fill(t.suggestion.in(l), l)
	case d.Suggest != "":
		return d.fill(words{"bedoelde u {s}?", "did you mean {s}?"}.in(l), l)
	}
	return d.fill(t.hint.in(l), l)
}

// grouped writes a number with a sign between its thousands.
func grouped(n int, l Language) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + words{".", ","}.in(l) + s[i:]
	}
	return s
}

// Words gives what the fix does, in one line.
func (f Fix) Words(l Language) string { return fill(titles[f.Title].in(l), f.Args, nil, l) }

func (d Diagnostic) fill(s string, l Language) string {
	return fill(s, d.Args, []string{"{s}", quote(d.Suggest)}, l)
}

// fill puts arguments in their places, and the second of pairs in that of the first.
func fill(s string, args []any, pairs []string, l Language) string {
	for i, a := range args {
		value, raw := "", ""
		switch a := a.(type) {
		case Term:
			value = terms[a].in(l)
			if key, ok := args[0].(string); ok && i > 0 && examplesOf[key].nl != "" {
				pairs = append(pairs, "{4}", examplesOf[key].in(l))
			}
			if e, ok := examples[a]; ok {
				pairs = append(pairs, "{4}", e.in(l))
			}
		case Phrase:
			value = a.In(l)
		case string:
			value, raw = quote(a), clean(a)
		default:
			value = fmt.Sprint(a)
		}
		if raw == "" {
			raw = value
		}
		pairs = append(pairs, fmt.Sprintf("{%d}", i+1), value, fmt.Sprintf("{=%d}", i+1), raw)
	}
	return strings.NewReplacer(pairs...).Replace(s)
}

// quote puts an editor's words between quotation marks, on one line and not too long.
func quote(s string) string {
	runes := []rune(clean(s))
	if len(runes) > 120 {
		runes = append(runes[:119], '…')
	}
	return "‘" + string(runes) + "’"
}

// clean replaces what could steer a terminal: control and format characters.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		if r == '\t' {
			return ' '
		}
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || r == utf8.RuneError {
			return '�' // one character for one, so that the caret stays below its place
		}
		return r
	}, s)
}

// Printer writes diagnostics for people or programs. Root is the path of the publication folder as the
// user gave it; it is put before each file's path.
type Printer struct {
	Root     string
	Language Language
	Colour   bool // for a terminal
}

// file gives the path of the span's file as the user can open it.
func (p Printer) file(s source.Span) string {
	if s.File == nil {
		return p.Root
	}
	if s.File.Outside {
		return s.File.Path
	}
	return filepath.Join(p.Root, filepath.FromSlash(s.File.Path))
}

// Text writes each diagnostic as file:line:column, severity, code and message, with the source line, a
// caret below the place and how to mend it: by a fix that says so, else by the hint.
func (p Printer) Text(w io.Writer, list List) error {
	for _, d := range list {
		line, column := d.Span.Position()
		if _, err := fmt.Fprintf(w, "%s:%d:%d: %s %s: %s\n", p.paint("1", clean(p.file(d.Span))), line, column,
			p.severity(d.Severity()), p.paint("2", "["+string(d.Code)+"]"), d.Message(p.Language)+p.state(d.State)); err != nil {
			return err
		}
		p.source(w, d, line)
		if hint := d.Hint(p.Language); hint != "" && len(d.Fixes) == 0 {
			_, _ = fmt.Fprintf(w, "      = %s\n", hint)
		}
		if fixes := d.fixes(p.Language); fixes != "" {
			_, _ = fmt.Fprintf(w, "      = %s\n", fixes)
		}
	}
	return nil
}

// Fixed writes each diagnostic that a fix has mended, or would mend, as file:line:column, code and what was done.
func (p Printer) Fixed(w io.Writer, list List, would bool) error {
	word := words{"hersteld", "fixed"}.in(p.Language)
	if would {
		word = words{"te herstellen", "to fix"}.in(p.Language)
	}
	for _, d := range list {
		fix, _ := d.Sure()
		line, column := d.Span.Position()
		if _, err := fmt.Fprintf(w, "%s:%d:%d: %s %s: %s\n", p.paint("1", clean(p.file(d.Span))), line, column,
			p.paint("1;32", word), p.paint("2", "["+string(d.Code)+"]"), fix.Words(p.Language)); err != nil {
			return err
		}
	}
	return nil
}

// fixes says in one line how the diagnostic can be mended by the program, if it can.
func (d Diagnostic) fixes(l Language) string {
	if fix, ok := d.Sure(); ok {
		return words{"check --fix: ", "check --fix: "}.in(l) + fix.Words(l)
	}
	var all []string
	for _, f := range d.Fixes {
		all = append(all, f.Words(l))
	}
	if len(all) == 0 {
		return ""
	}
	if len(all) == 1 {
		return words{"misschien: ", "perhaps: "}.in(l) + all[0]
	}
	return words{"kies: ", "choose: "}.in(l) + strings.Join(all, words{"; of ", "; or "}.in(l))
}

// maxWidth is the number of characters of a source line that is shown.
const maxWidth = 100

func (p Printer) source(w io.Writer, d Diagnostic, line int) {
	text, at := d.Span.Excerpt(maxWidth)
	if text == "" || strings.ContainsRune(text, 0) { // no text, or one in another encoding
		return
	}
	shown := clean(text)
	width := max(utf8.RuneCountInString(strings.SplitN(d.Span.Text(), "\n", 2)[0]), 1)
	width = max(1, min(width, utf8.RuneCountInString(shown)-at))
	_, _ = fmt.Fprintf(w, "%5d | %s\n", line, shown)
	_, _ = fmt.Fprintf(w, "      | %s%s\n", strings.Repeat(" ", at), p.paint("31", strings.Repeat("^", width)))
}

func (p Printer) severity(s Severity) string {
	name := [...]words{{"fout", "error"}, {"waarschuwing", "warning"}, {"hint", "hint"}}[s].in(p.Language)
	return p.paint([...]string{"1;31", "1;33", "36"}[s], name)
}

// state gives what is said of the text that a diagnostic is in, if that is not published.
func (p Printer) state(s string) string {
	if s == "" {
		return ""
	}
	return p.paint("2", " ("+map[string]words{
		"draft": {"concept", "draft"}, "scheduled": {"gepland", "scheduled"}, "expired": {"verlopen", "expired"},
	}[s].in(p.Language)+")")
}

func (p Printer) paint(code, s string) string {
	if !p.Colour {
		return s
	}
	return "\x1b[" + code + "m" + s + "\x1b[0m"
}

// Record is a diagnostic as JSON, one object a line.
type Record struct {
	Severity string      `json:"severity"`
	Code     Code        `json:"code"`
	File     string      `json:"file"`
	Line     int         `json:"line"`
	Column   int         `json:"column"`
	Message  string      `json:"message"`
	Hint     string      `json:"hint"`
	State    string      `json:"state,omitempty"`
	More     int         `json:"more,omitempty"`  // it stands for so many of its code
	Fixed    bool        `json:"fixed,omitempty"` // by the one of Fixes
	Fixes    []FixRecord `json:"fixes,omitempty"`
}

// FixRecord is a fix as JSON. Choose says that the editor must say whether it was meant.
type FixRecord struct {
	Title  string       `json:"title"`
	Choose bool         `json:"choose,omitempty"`
	Edits  []EditRecord `json:"edits"`
}

// EditRecord is a change as JSON: the bytes [Start, End) of File become Text.
type EditRecord struct {
	File  string `json:"file"`
	Start int    `json:"start"`
	End   int    `json:"end"`
	Text  string `json:"text"`
}

// Record gives the diagnostic in the words and with the path of the printer.
func (p Printer) Record(d Diagnostic) Record {
	line, column := d.Span.Position()
	record := Record{Severity: d.Severity().String(), Code: d.Code, File: filepath.ToSlash(p.file(d.Span)), Line: line, Column: column,
		Message: d.Message(p.Language), Hint: d.Hint(p.Language), State: d.State, More: d.More}
	for _, f := range d.Fixes {
		fix := FixRecord{Title: f.Words(p.Language), Choose: f.Choose, Edits: []EditRecord{}}
		for _, c := range f.Changes {
			fix.Edits = append(fix.Edits, EditRecord{filepath.ToSlash(p.file(c.Span)), c.Span.Start, c.Span.End, c.Text})
		}
		record.Fixes = append(record.Fixes, fix)
	}
	return record
}

// JSON writes each diagnostic as one JSON object on a line of its own; fixed says that they have been mended.
func (p Printer) JSON(w io.Writer, list List, fixed bool) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	for _, d := range list {
		record := p.Record(d)
		record.Fixed = fixed
		if err := enc.Encode(record); err != nil {
			return err
		}
	}
	return nil
}
