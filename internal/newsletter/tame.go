package newsletter

import (
	"net/url"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// joiner is put between signs that together would begin or end a tag: a zero-width non-joiner, which readers do not see, and
// which, unlike a character reference, is still there after a tool has read the HTML and written it again.
const joiner = "\u200c"

// opens reports whether a and b, side by side, may begin or end a tag of a sending tool: *| |* {{ }} {% %} {# #} [[ ]] [% <% ${ #{,
// [word and %WORD.
func opens(a, b rune) bool {
	switch a {
	case '*':
		return b == '|'
	case '|':
		return b == '*'
	case '{':
		return b == '{' || b == '%' || b == '#'
	case '}':
		return b == '}'
	case '[':
		return b == '[' || b == '%' || unicode.IsLetter(b)
	case ']':
		return b == ']'
	case '%':
		return b == '}' || b == '%' || b == '>' || b == ']' || b == '_' || unicode.IsLetter(b)
	case '<':
		return b == '%'
	case '$':
		return b == '{'
	case '#':
		return b == '{' || b == '}'
	}
	return false
}

// tame gives a text in which no tool finds a tag and no direction reaches past its end: without control characters and those that
// set the direction of what follows, and with a joiner within what looks like a tag. before is the character that it follows.
func tame(text string, before rune) string {
	var out strings.Builder
	for _, r := range text {
		switch {
		case unicode.IsSpace(r) && r != '\u00a0':
			r = ' '
		case unicode.IsControl(r), directs(r), r == utf8.RuneError:
			continue
		}
		if opens(before, r) {
			out.WriteString(joiner)
		}
		out.WriteRune(r)
		before = r
	}
	return out.String()
}

// directs reports whether r is a mark, embedding, override or isolate of Unicode's bidirectional algorithm (UAX 9).
func directs(r rune) bool { return unicode.Is(unicode.Bidi_Control, r) }

// line is tame for a text that stands by itself: on one line, without blanks at its ends.
func line(text string) string { return tame(strings.Join(strings.Fields(text), " "), 0) }

var (
	// braces are the signs of tags that an address means nothing by.
	braces = strings.NewReplacer("{", "%7B", "}", "%7D", "|", "%7C", "[", "%5B", "]", "%5D", "*", "%2A", "<", "%3C", ">", "%3E", `"`, "%22", "$", "%24")
	// escape is a percent sign, perhaps of a byte.
	escape = regexp.MustCompile(`%([0-9A-Fa-f]{2})?`)
	// percents is what may be read as a tag between percent signs although the first is of a byte, as in %ADDRESS%25.
	percents = regexp.MustCompile(`(%[A-Fa-f][0-9A-Fa-f])([A-Za-z_-])([\w:-]*%)`)
)

// tameAddress gives an address that leads to the same place, of ASCII as far as its host goes, and in which no tool finds a tag: what may
// belong to one is percent-encoded.
func tameAddress(address string) string {
	head, rest := "", asciiMailboxes(address)
	if u, err := url.Parse(address); err == nil && u.Host != "" {
		begin, end := hostOf(address)
		head, rest = address[:begin]+asciiHost(u.Host), address[end:]
	}
	rest = strings.Map(func(r rune) rune {
		if r <= ' ' || unicode.IsControl(r) || directs(r) {
			return -1
		}
		return r
	}, rest)
	rest = escape.ReplaceAllStringFunc(braces.Replace(rest), func(s string) string {
		if s == "%" {
			return "%25"
		}
		return s
	})
	for {
		next := percents.ReplaceAllStringFunc(rest, func(s string) string {
			m := percents.FindStringSubmatch(s)
			return m[1] + "%" + strings.ToUpper(hexOf(m[2][0])) + m[3]
		})
		if next == rest {
			return head + rest
		}
		rest = next
	}
}

func hexOf(b byte) string {
	const digits = "0123456789ABCDEF"
	return string([]byte{digits[b>>4], digits[b&15]})
}
