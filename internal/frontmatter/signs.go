package frontmatter

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"leerblad/internal/diag"
	"leerblad/internal/edit"
	"leerblad/internal/source"
)

const (
	curlyOpen  = "“”„‟«»" // and those that stand at the end in some languages
	curlyClose = "”“‟»«"
	thinOpen   = "‘’‚‛‹›"
	thinClose  = "’‘›‹"
	blanks     = "[ \t\\p{Zs}\u200b\ufeff]*"
)

var (
	// suspects are what a block must have for one of its signs to be wrong.
	suspects = regexp.MustCompile("[\u00a0\u1680\u2000-\u200b\u202f\u205f\u3000\ufeff" + curlyOpen + thinOpen + "：﹕∶꞉=–—•·*‣◦●▪]")
	// item is a line with an item of a list, of which the bullet may be another sign.
	item = regexp.MustCompile("^(" + blanks + ")([-–—•·*‣◦●▪])(" + blanks + ")(.*)$")
	// pair is a line with a name and a value.
	pair = regexp.MustCompile("^(" + blanks + ")(- +)?([\"'" + curlyOpen + thinOpen + "]?)([\\p{L}\\d_-]+)([\"'" + curlyClose + thinClose + "]?)(" + blanks + ")([:：﹕∶꞉=])(" + blanks + ")(.*)$")
	// lower is a name as the keys within others are.
	lower = regexp.MustCompile(`^[a-z_]+$`)
	// listed is a text in curly quotation marks within brackets.
	listed = regexp.MustCompile("(?:^|[\\[{,:])\\s*([" + curlyOpen + thinOpen + "])([^" + curlyOpen + thinOpen + "\"\\\\\\[\\]{}]*)([" + curlyClose + thinClose + "])\\s*(?:[\\]},:]|$)")
)

// mender finds signs that a word processor, or another keyboard, put in place of those of YAML.
type mender struct {
	block   source.Span
	changes edit.Changes
	diags   diag.List
}

// mend gives the changes with which a block reads as it was meant, in order, and what they mend.
func mend(block source.Span) (edit.Changes, diag.List) {
	text := block.Text()
	if !strings.ContainsFunc(text, func(r rune) bool { return r == '=' || r == '*' || r > '~' }) || !suspects.MatchString(text) {
		return nil, nil
	}
	m := &mender{block: block}
	at := 0
	under, listing := -1, false // the indentation of a value that goes on while lines are deeper; may the next line be an item
	for line := range strings.Lines(text) {
		start := at
		at += len(line)
		line = strings.TrimRight(line, "\r\n")
		depth := utf8.RuneCountInString(line) - utf8.RuneCountInString(strings.TrimLeftFunc(line, isBlank))
		if strings.TrimFunc(line, isBlank) == "" || strings.HasPrefix(strings.TrimLeftFunc(line, isBlank), "#") {
			continue
		}
		if under >= 0 && depth > under {
			continue
		}
		under = -1
		value := ""
		if p := pair.FindStringSubmatchIndex(line); p != nil && m.pair(line, start, p) {
			value, listing = line[p[18]:p[19]], p[18] == p[19]
			depth += max(0, p[5]-p[4])
		} else if i := item.FindStringSubmatchIndex(line); i != nil && (listing || line[i[4]:i[5]] == "-") && m.item(line, start, i) {
			value, listing = line[i[8]:i[9]], true
		} else {
			listing = false
		}
		if value != "" && !strings.ContainsAny(value[:1], "[{") {
			under = depth
		}
	}
	slices.SortStableFunc(m.changes, func(a, b edit.Change) int { return a.Span.Start - b.Span.Start })
	return m.changes, m.diags
}

func isBlank(r rune) bool { return unicode.IsSpace(r) || r == '\u200b' || r == '\ufeff' }

// pair mends a line with a name and a value, of which p has the parts; false says that it is none.
func (m *mender) pair(line string, start int, p []int) bool {
	part := func(n int) (from, to int) { return start + p[2*n], start + p[2*n+1] }
	text := func(n int) string { return line[p[2*n]:p[2*n+1]] }
	open, name, shut, sign, after, value := text(3), text(4), text(5), text(7), text(8), text(9)
	within := p[4] >= 0 // in an item of a list, which may be a text
	letter, _ := utf8.DecodeRuneInString(name)
	switch {
	case (open == "") != (shut == ""), sign == ":" && after == "" && value != "", sign == "=" && (within || value == "" || open != ""),
		sign != ":" && (!unicode.IsLetter(letter) || within && !lower.MatchString(name)):
		return false
	}
	m.indent(text(1), start+p[2])
	if strings.ContainsAny(open+shut, curlyOpen+thinOpen) {
		from, begin := part(3)
		end, to := part(5)
		m.add("curly-quotes", from, to, edit.Changes{m.change(from, begin, ""), m.change(end, to, "")}, open+name+shut, name)
	}
	if from, to := part(6); hasOdd(text(6)) {
		m.sign(from, to, "", blankTerm(text(6)), "sign-nothing")
	}
	from, to := part(7)
	_, valueAt := part(8)
	space := " "
	if value == "" {
		space = ""
	}
	switch {
	case sign != ":":
		m.add("wrong-sign", from, to, edit.Changes{m.change(from, valueAt, ":"+space)}, sign, diag.Term("sign-colon"))
	case hasOdd(after):
		m.sign(to, valueAt, space, blankTerm(after), "sign-blank")
	}
	m.value(value, valueAt)
	return true
}

// item mends a line with an item of a list.
func (m *mender) item(line string, start int, i []int) bool {
	bullet, after := line[i[4]:i[5]], line[i[6]:i[7]]
	if after == "" && i[8] != i[9] {
		return false // a word that begins with the sign
	}
	m.indent(line[i[2]:i[3]], start+i[2])
	if bullet != "-" {
		m.sign(start+i[4], start+i[5], "-", bullet, "sign-hyphen")
	}
	if hasOdd(after) {
		m.sign(start+i[6], start+i[7], " ", blankTerm(after), "sign-blank")
	}
	m.value(line[i[8]:i[9]], start+i[8])
	return true
}

// indent mends the blanks that a line begins with.
func (m *mender) indent(text string, start int) {
	if hasOdd(text) {
		m.sign(start, start+len(text), strings.Repeat(" ", utf8.RuneCountInString(text)), blankTerm(text), "sign-blank")
	}
}

// value mends a value: what stands around it, and its quotation marks.
func (m *mender) value(value string, start int) {
	trimmed := strings.TrimRightFunc(value, isBlank)
	if rest := value[len(trimmed):]; hasOdd(rest) {
		m.sign(start+len(trimmed), start+len(value), "", blankTerm(rest), "sign-nothing")
	}
	if trimmed == "" {
		return
	}
	if strings.ContainsAny(trimmed[:1], "[{") {
		for from := 0; from < len(trimmed); {
			l := listed.FindStringSubmatchIndex(trimmed[from:])
			if l == nil {
				break
			}
			m.quotes(trimmed[from+l[2]:from+l[7]], start+from+l[2])
			from += l[7]
		}
		return
	}
	first, n := utf8.DecodeRuneInString(trimmed)
	last, k := utf8.DecodeLastRuneInString(trimmed)
	if len(trimmed) < n+k {
		return
	}
	inner := inside(trimmed)
	curly := strings.ContainsRune(curlyOpen, first) && strings.ContainsRune(curlyClose, last) || strings.ContainsRune(thinOpen, first) && strings.ContainsRune(thinClose, last)
	half := (first == '"' || strings.ContainsRune(curlyOpen, first)) && (last == '"' || strings.ContainsRune(curlyClose, last)) ||
		(first == '\'' || strings.ContainsRune(thinOpen, first)) && (last == '\'' || strings.ContainsRune(thinClose, last))
	switch {
	case !half || first == last && last < utf8.RuneSelf || strings.ContainsAny(inner, `"\`) || strings.ContainsAny(inner, curlyOpen) || last != '"' && !strings.ContainsRune(curlyClose, last) && strings.ContainsAny(inner, thinOpen+"'"):
	case curly && strings.ContainsFunc(inner, isBlank):
		m.quotation(trimmed, start)
	default:
		m.quotes(trimmed, start)
	}
}

// quotation asks what the quotation marks around a text are: it is read as one that has them.
func (m *mender) quotation(text string, start int) {
	end := start + len(text)
	m.add("curly-text", start, end, edit.Changes{m.change(start, start, `"`), m.change(end, end, `"`)}, text)
	d := &m.diags[len(m.diags)-1]
	straight := m.straight(text, start)
	d.Fixes = []diag.Fix{
		{Title: "replace", Args: []any{text, `"` + inside(text) + `"`}, Changes: straight, Choose: true},
		{Title: "replace", Args: []any{text, `"` + text + `"`}, Changes: d.Fixes[0].Changes, Choose: true},
	}
}

// quotes puts straight quotation marks in place of those that a text begins and ends with.
func (m *mender) quotes(text string, start int) {
	m.add("curly-quotes", start, start+len(text), m.straight(text, start), text, `"`+inside(text)+`"`)
}

func (m *mender) straight(text string, start int) edit.Changes {
	_, n := utf8.DecodeRuneInString(text)
	_, k := utf8.DecodeLastRuneInString(text)
	end := start + len(text)
	return edit.Changes{m.change(start, start+n, `"`), m.change(end-k, end, `"`)}
}

// inside gives a text without its first and last character.
func inside(text string) string {
	_, n := utf8.DecodeRuneInString(text)
	_, k := utf8.DecodeLastRuneInString(text)
	return text[n : len(text)-k]
}

// sign reports a sign, or its name, that stands where another belongs.
func (m *mender) sign(from, to int, text string, found any, wanted diag.Term) {
	m.add("wrong-sign", from, to, edit.Changes{m.change(from, to, text)}, found, wanted)
}

func (m *mender) add(code diag.Code, from, to int, changes edit.Changes, args ...any) {
	title := "put"
	switch {
	case code == "curly-quotes":
		title = "replace"
	case slices.Contains(args, any(diag.Term("sign-nothing"))):
		title = "remove"
	}
	m.changes = append(m.changes, changes...)
	m.diags = append(m.diags, diag.Diagnostic{Code: code, Span: source.At(m.block.File, m.block.Start+from, m.block.Start+to), Args: args,
		Fixes: []diag.Fix{{Title: title, Args: args, Changes: slices.Clone(changes)}}})
}

func (m *mender) change(from, to int, text string) edit.Change {
	return edit.Change{Span: source.At(m.block.File, m.block.Start+from, m.block.Start+to), Text: text}
}

// hasOdd reports whether there are other blanks among blanks than those of YAML.
func hasOdd(text string) bool {
	return strings.ContainsFunc(text, func(r rune) bool { return r != ' ' && r != '\t' && isBlank(r) })
}

// blankTerm names the first odd one of blanks.
func blankTerm(text string) diag.Term {
	if strings.ContainsRune(text, '\u00a0') {
		return "sign-hard-blank"
	}
	return "sign-odd-blank"
}
