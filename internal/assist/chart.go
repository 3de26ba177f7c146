package assist

import (
	"path"
	"regexp"
	"slices"
	"strings"

	"leerblad/internal/chart"
	"leerblad/internal/diag"
	"leerblad/internal/source"
)

// chartLine matches the line that opens a chart, up to the word behind which its kind, title and options stand.
var chartLine = regexp.MustCompile("^[ \\t>]*(?:(?:[-*+]|\\d{1,9}[.)])[ \\t]+)*(?:`{3,}|~{3,})[ \\t]*" + chart.Word + "[ \\t]")

// optionStart is an option that is being written, with its value so far, and wordStart a word.
var (
	optionStart = regexp.MustCompile(`(?:^|[ \t])([a-z]+)=("?)([^"]*)$`)
	wordStart   = regexp.MustCompile(`(?:^|[ \t])([a-z]*)$`)
)

// chart completes what opens a chart; ok is false on another line.
func (c *completer) chart(before, after string) (ok bool) {
	m := chartLine.FindStringIndex(before)
	if m == nil {
		return false
	}
	written := before[m[1]:]
	if o := optionStart.FindStringSubmatch(written); o != nil && (o[2] != "" || !strings.ContainsAny(o[3], " \t")) {
		if o[1] == "file" {
			end := strings.IndexAny(after, " \t\"")
			if end < 0 {
				end = len(after)
			}
			write := chart.Written
			if o[2] != "" {
				write = func(p string) string { return p }
			}
			c.span = source.At(c.b.File, c.at-len(o[3]), c.at+end)
			c.files(o[3], func(p string) bool { return strings.EqualFold(path.Ext(p), ".csv") }, write)
		}
		return true
	}
	w := wordStart.FindStringSubmatch(written)
	if w == nil || strings.Count(written, `"`)%2 == 1 {
		return true
	}
	c.span = source.At(c.b.File, c.at-len(w[1]), c.at)
	said := strings.Fields(written[:len(written)-len(w[1])])
	if len(said) == 0 {
		for _, k := range chart.Kinds {
			c.add(Completion{Label: string(k), Kind: CompleteValue, Text: string(k), Doc: say(c.l, "chart."+string(k))})
		}
		return true
	}
	for _, o := range chart.Options {
		if !strings.Contains(before+after, " "+o+"=") {
			c.add(Completion{Label: o, Kind: CompleteKey, Text: o + "=", Doc: say(c.l, "chart."+o)})
		}
	}
	return true
}

// hoverChart tells of the kind or an option of a chart.
func (b *Buffer) hoverChart(at int, l diag.Language) (Hover, bool) {
	start, end := b.lineAt(at)
	if b.Doc == nil || at < b.Doc.BodyStart || at < start || at > end {
		return Hover{}, false
	}
	line := string(b.File.Data[start:end])
	m := chartLine.FindStringIndex(line)
	if m == nil || at < start+m[1] {
		return Hover{}, false
	}
	letter := func(i int) bool { return line[i] >= 'a' && line[i] <= 'z' }
	from, to := at-start, at-start
	for from > m[1] && letter(from-1) {
		from--
	}
	for to < len(line) && letter(to) {
		to++
	}
	word := line[from:to]
	isOption := slices.Contains(chart.Options, word) && to < len(line) && line[to] == '='
	if !isOption && (!slices.Contains(chart.Kinds, chart.Kind(word)) || strings.TrimSpace(line[m[1]:from]) != "") {
		return Hover{}, false
	}
	return hover(source.At(b.File, start+from, start+to), say(l, "chart."+word))
}
