package chart

import (
	"strings"
	"unicode/utf8"

	"leerblad/internal/diag"
	"leerblad/internal/source"
)

// Word is what the info string of a fence begins with that is a chart.
const Word = "chart"

// Options are what may stand after the title, as name="value".
var Options = []string{"source", "unit", "file"}

// Fence is a chart as its editor wrote it. Table is what the block holds, unless the table is in File.
type Fence struct {
	Kind                Kind
	Title, Source, Unit string
	File                string
	Table               Table
	Span                source.Span `digest:"-"` // the line that opens it, from the word chart on
	At                  source.Span `digest:"-"` // the path in File, without what stands around it; zero where it is written with escapes
	Told                source.Span `digest:"-"` // the path with its quotation marks
}

// IsFence reports whether an info string is that of a chart.
func IsFence(info string) bool {
	words := strings.Fields(info)
	return len(words) > 0 && words[0] == Word
}

// piece is one part of an info string.
type piece struct {
	key, value string
	quoted     bool
	from, to   int // in the info string
	at         int // of the value, behind its quotation mark
}

// ParseFence reads an info string. span gives the place of a part of it.
func ParseFence(info string, span func(from, to int) source.Span) (f Fence, diags diag.List) {
	pieces := split(info)
	f.Span = span(pieces[0].from, pieces[len(pieces)-1].to)
	typed, titled := false, false
	for i := 1; i < len(pieces); i++ {
		p := pieces[i]
		switch at := span(p.from, p.to); {
		case p.key != "":
			f.option(p, span, &diags)
		case !p.quoted && !typed:
			typed = true
			f.kind(p, at, &diags)
		case p.quoted && !titled:
			titled = true
			if f.Title = strings.TrimSpace(p.value); f.Title == "" {
				diags.Add("chart-title", at)
			}
		default:
			last := i
			for last+1 < len(pieces) && pieces[last+1].key == "" && !pieces[last+1].quoted {
				last++
			}
			diags = append(diags, unquoted(span(p.from, pieces[last].to), titled || p.quoted))
			titled, i = true, last
		}
	}
	if !typed {
		diags.Add("chart-kind", f.Span)
	}
	if !titled && typed {
		diags.Add("chart-title", f.Span)
	}
	return f, diags
}

// unquoted reports words that belong to no option. If there is no title yet, they are probably meant as it.
func unquoted(at source.Span, titled bool) diag.Diagnostic {
	d := diag.Diagnostic{Code: "chart-word", Span: at, Args: []any{at.Text()}}
	if !titled {
		d.Fixes = []diag.Fix{diag.Replace(at, `"`+strings.ReplaceAll(at.Text(), `"`, "")+`"`)}
	}
	return d
}

func (f *Fence) kind(p piece, at source.Span, diags *diag.List) {
	names := make([]string, 0, len(Kinds))
	for _, k := range Kinds {
		if names = append(names, string(k)); string(k) == p.value {
			f.Kind = k
		}
	}
	if f.Kind == "" {
		diags.AddNear("chart-kind", at, p.value, names, p.value)
	}
}

func (f *Fence) option(p piece, span func(from, to int) source.Span, diags *diag.List) {
	to := map[string]*string{"source": &f.Source, "unit": &f.Unit, "file": &f.File}[p.key]
	switch {
	case to == nil:
		diags.AddNear("chart-option", span(p.from, p.from+len(p.key)), p.key, Options, p.key)
		return
	case p.value == "":
		diags.Add("chart-empty-option", span(p.from, p.to), p.key)
		return
	}
	*to = p.value
	if p.key == "file" {
		f.At, f.Told = span(p.at, p.at+len(p.value)), span(p.from+len("file="), p.to)
		if f.At.Text() != p.value {
			f.At = source.Span{}
		}
	}
}

// Written writes a value as it stands behind an option.
func Written(value string) string {
	if strings.ContainsAny(value, " \t\"“„”") {
		return `"` + strings.ReplaceAll(value, `"`, `\"`) + `"`
	}
	return value
}

// quotes are the marks that a value may stand between, with those that end it: word processors make curly ones.
var quotes = map[rune]string{'"': `"`, '“': `”"`, '„': `”“"`, '”': `”"`}

// split cuts an info string into its pieces, of which the first is the word chart.
func split(info string) (out []piece) {
	for i := 0; i < len(info); {
		if info[i] == ' ' || info[i] == '\t' {
			i++
			continue
		}
		p := piece{from: i}
		end := i
		for end < len(info) && ('a' <= info[end] && info[end] <= 'z' || info[end] == '-') {
			end++
		}
		if end > i && end < len(info) && info[end] == '=' {
			p.key = info[i:end]
			i = end + 1
		}
		mark, size := utf8.DecodeRuneInString(info[i:])
		if ends, ok := quotes[mark]; ok {
			p.quoted, p.at = true, i+size
			p.value, i = quoted(info, i+size, ends)
		} else {
			p.at = i
			for i < len(info) && info[i] != ' ' && info[i] != '\t' {
				i++
			}
			p.value = info[p.at:i]
		}
		p.to = i
		out = append(out, p)
	}
	return out
}

// quoted reads a value up to one of the marks in ends, or to the end, and gives where the rest begins. A backslash stands before a mark within it.
func quoted(info string, from int, ends string) (value string, rest int) {
	var out strings.Builder
	for i, escaped := from, false; i < len(info); {
		r, size := utf8.DecodeRuneInString(info[i:])
		switch {
		case escaped:
			escaped = false
			out.WriteRune(r)
		case r == '\\' && i+1 < len(info) && info[i+1] == '"':
			escaped = true
		case strings.ContainsRune(ends, r):
			return out.String(), i + size
		default:
			out.WriteRune(r)
		}
		i += size
	}
	return out.String(), len(info)
}
