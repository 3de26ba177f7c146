package markdown

import (
	"bytes"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"

	"leerblad/internal/lang"
)

// quotationMarks makes typographic quotation marks and apostrophes of straight ones, by what stands on either side of them beside
// the marks of layout. goldmark's typographer does so by English words ('tis, 'em), takes many a Dutch quotation ('een plan') for
// one, and sees marks of layout as words; it still does all other signs.
type quotationMarks struct{}

var (
	// clitic matches the Dutch words that begin with an apostrophe ('s avonds, 't, 's-Gravenhage).
	clitic = regexp.MustCompile(`(?i)^'[stnkmr](?:[^\p{L}\p{N}'’]|$)`)
	// englishClitic matches the English ones.
	englishClitic = regexp.MustCompile(`(?i)^'(?:tis|twas|em|til|cause|bout|round)(?:[^\p{L}\p{N}'’]|$)`)
	// noClitic matches nothing.
	noClitic = regexp.MustCompile(`a^`)
	// year matches those that do without their century ('21); a quotation may begin with a number too.
	year = regexp.MustCompile(`^'\d\d(?:\D|$)`)
	// and matches the word of rock 'n' roll, and named what stands before the letter that looks like it.
	and   = regexp.MustCompile(`(?i)^'n'(?:\s+\p{L}|\n)`)
	named = regexp.MustCompile(`(?i)(?:^|\P{L})(?:de|het|een|die|deze|dit|dat|geen|letters?|klank|teken|slot|the|an?) $`)
	// ending matches what is joined to a word between brackets: the (OCW)'s of a sentence.
	ending = regexp.MustCompile(`^'(?:s|en|ers?|tjes?)(?:\P{L}|$)`)
)

func (quotationMarks) Trigger() []byte { return []byte{'\'', '"'} }

func (quotationMarks) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	line, at := block.PeekLine()
	if row(line) {
		return nil
	}
	t := tallyOf(pc)
	if t.quoted != parent {
		t.quoted, t.double, t.single = parent, 0, 0
	}
	n, start := at.Start, at.Start
	if i, _ := block.Position(); i < parent.Lines().Len() {
		start = min(n, parent.Lines().At(i).Start)
	}
	head := block.Source()[max(start, n-reachOfQuote):n]
	sign, quotes, language := "", true, ""
	if t.language != "" {
		language = lang.Base(t.language)
	}
	if line[0] == '"' {
		sign = doubleQuote(head, line[1:], &t.double)
	} else {
		before := t.single
		sign = singleQuote(head, line, &t.single, cliticOf(language))
		quotes = t.single != before // else it is an apostrophe
	}
	if language != "" && quotes && signsOf[language] != nil {
		sign = signsOf[language].Replace(sign)
	}
	node := ast.NewString([]byte(sign))
	node.SetCode(len(sign) > 1)
	block.Advance(1)
	return node
}

// cliticOf matches the words of a text's language that begin with an apostrophe.
func cliticOf(language string) *regexp.Regexp {
	switch language {
	case "", "nl":
		return clitic
	case "en":
		return englishClitic
	}
	return noClitic
}

// signsOf are the quotation marks of languages that have others than Dutch and English: double and single ones (Unicode CLDR, delimiters).
var signsOf = map[string]*strings.Replacer{
	"bg": strings.NewReplacer("“", "„", "”", "“", "‘", "‚", "’", "‘"),
	"cs": strings.NewReplacer("“", "„", "”", "“", "‘", "‚", "’", "‘"),
	"de": strings.NewReplacer("“", "„", "”", "“", "‘", "‚", "’", "‘"),
	"es": strings.NewReplacer("“", "«", "”", "»", "‘", "“", "’", "”"),
	"fr": strings.NewReplacer("“", "«\u202f", "”", "\u202f»", "‘", "“", "’", "”"),
	"hu": strings.NewReplacer("“", "„", "‘", "»", "’", "«"),
	"it": strings.NewReplacer("“", "«", "”", "»", "‘", "“", "’", "”"),
	"pl": strings.NewReplacer("“", "„", "‘", "«", "’", "»"),
	"ro": strings.NewReplacer("“", "„", "‘", "«", "’", "»"),
	"ru": strings.NewReplacer("“", "«", "”", "»", "‘", "„", "’", "“"),
	"sv": strings.NewReplacer("“", "”", "‘", "’"),
	"uk": strings.NewReplacer("“", "«", "”", "»", "‘", "„", "’", "“"),
}

// reachOfQuote is how many bytes on either side of a quotation mark count.
const reachOfQuote = 64

// doubleQuote gives the sign between two parts of a line; open is how many quotations are.
func doubleQuote(head, tail []byte, open *int) string {
	before, after := lastSide(head), firstSide(tail)
	opens := before == outside || before == dash
	switch {
	case opens && after == outside, before == inside && after == inside, before == inside && *open == 0: // alone, or of inches
		if *open == 0 {
			return `"`
		}
		opens = false
	case after == punctuation || before == punctuation || before == bracket:
		opens = *open == 0 && (opens || after == inside)
	}
	if opens {
		*open++
		return "“"
	}
	*open = max(0, *open-1)
	return "”"
}

// singleQuote is doubleQuote for a line that begins with the mark, which may be an apostrophe: that of a word which clitic matches, too.
func singleQuote(head, line []byte, open *int, clitic *regexp.Regexp) string {
	before, after := lastSide(head), firstSide(line[1:])
	opens := before == outside || before == dash
	switch {
	case opens && (clitic.Match(line) || year.Match(line) && !closes(line[1:]) || and.Match(line) && !named.Match(head)):
		return "’"
	case bytes.HasSuffix(head, []byte("'n")) && !named.Match(head[:len(head)-2]): // what ends rock 'n'
		return "’"
	case opens && after == outside:
		if *open == 0 {
			return "'" // a sign of minutes, perhaps
		}
		opens = false
	case opens && after == punctuation:
		opens = *open == 0
	case before == punctuation:
		opens = *open == 0 && after == inside
	case before == bracket && after == inside && !ending.Match(line):
		opens = *open == 0
	case before != outside && before != dash && after == inside: // within a word
		return "’"
	}
	if opens {
		*open++
		return "‘"
	}
	*open = max(0, *open-1)
	return "’"
}

// closes reports whether a line has a mark that ends a quotation before one that begins another.
func closes(line []byte) bool {
	line = line[:min(len(line), reachOfSpan)]
	for i, b := range line {
		if b == '\'' && firstSide(line[i+1:]) != inside {
			return true
		} else if before := lastSide(line[:i]); b == '\'' && before != inside {
			return false
		}
	}
	return false
}

// side is what stands beside a quotation mark.
type side int

const (
	outside     side = iota // nothing, white space or a bracket that is open on this side
	dash                    // what joins or parts words
	punctuation             // what ends words
	bracket                 // one that closes
	inside                  // a word, code, or what begins one on this side
)

// lastSide gives what stands at the end of a part of a line, beside marks of layout and other quotation marks.
func lastSide(head []byte) side {
	head = head[max(0, len(head)-reachOfQuote):]
	for len(head) > 0 {
		r, n := utf8.DecodeLastRune(head)
		switch {
		case strings.ContainsRune("*_~\"'“”‘’", r):
			head = head[:len(head)-n]
			continue
		case unicode.IsSpace(r) || strings.ContainsRune("([{<„‚«‹¿¡", r):
			return outside
		case strings.ContainsRune(")]}>»›", r):
			return bracket
		case strings.ContainsRune(".,;:!?…%", r):
			return punctuation
		case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) || r == '`':
			return inside
		}
		return dash
	}
	return outside
}

// firstSide gives what stands at the start of a part of a line, as lastSide does.
func firstSide(tail []byte) side {
	tail = tail[:min(len(tail), reachOfQuote)]
	for len(tail) > 0 {
		r, n := utf8.DecodeRune(tail)
		switch {
		case strings.ContainsRune("*_~\"'“”‘’", r):
			tail = tail[n:]
			continue
		case unicode.IsSpace(r):
			return outside
		case bytes.HasPrefix(tail, []byte("...")), bytes.HasPrefix(tail, []byte("![")):
			return inside
		case strings.ContainsRune("-–—/", r):
			return dash
		case strings.ContainsRune(".,;:!?)]}>»›", r):
			return punctuation
		}
		return inside
	}
	return outside
}
