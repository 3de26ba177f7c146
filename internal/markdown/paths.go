package markdown

import (
	"bytes"
	"path"
	"regexp"
	"strings"
	"unicode"

	"leerblad/internal/bounds"
	"leerblad/internal/diag"
	"leerblad/internal/edit"
)

// pathLike is what stands between round brackets where it was meant as an address.
var pathLike = regexp.MustCompile(`^(?:https?:|mailto:|tel:|\.{0,2}/|#|<)|\.(?i:md|jpe?g|png|gif|webp|svg|pdf|heic|docx?|xlsx?|pptx?|csv|mp[34]|vtt|html?)(?:#[^()\s]*)?(?:\s+["“].*)?$`)

// definition is the address of links that stands apart from them, with a space in it.
var definition = regexp.MustCompile(`^\[[^\]\n^][^\]\n]*\]:[ \t]+([^<\s"'][^\n"']*[ ][^\n"']*\S)[ \t]*$`)

// fileEnd is where the name of a file ends and other words begin.
var fileEnd = regexp.MustCompile(`^([^\s]+\.(?i:md|jpe?g|png|gif|webp|svg|pdf|docx?|xlsx?))\s+(\S.*)$`)

// quotedTitle is a title between quotation marks that Markdown does not know.
var quotedTitle = regexp.MustCompile(`^(\S+)\s+[“”„‘’«»]([^“”„‘’«»"]*)[“”„‘’«»]\s*$`)

// paths reports links and pictures in a line that are text because of how their address is written.
func (e *extractor) paths(l line) {
	if m := definition.FindSubmatchIndex(l.text[:min(len(l.text), bounds.Address)]); m != nil && pathLike.Match(l.text[m[2]:m[3]]) {
		e.path(l.start+m[2], l.start+m[3], string(l.text[m[2]:m[3]]))
	}
	for at := 0; ; {
		i := bytes.IndexByte(l.text[at:], ']')
		if i < 0 {
			return
		}
		at += i + 1
		if before := l.text[:at-1]; (len(before)-len(bytes.TrimRight(before, `\`)))%2 == 1 { // it was said to be text
			continue
		}
		if at < len(l.text) && l.text[at] == '[' {
			e.undefined(l, at)
			continue
		}
		gap := 0
		for at+gap < len(l.text) && (l.text[at+gap] == ' ' || l.text[at+gap] == '\t') {
			gap++
		}
		if at+gap >= len(l.text) || l.text[at+gap] != '(' || gap > 1 {
			continue
		}
		open := at + gap
		window := l.text[open+1 : min(len(l.text), open+1+bounds.Address)]
		if gap > 0 {
			e.apart(l, at, open, window)
		} else {
			e.address(l, open+1, window)
		}
		at = open
	}
}

// undefined reports a link whose address should stand apart from it and is not there.
func (e *extractor) undefined(l line, open int) {
	end := bytes.IndexByte(l.text[open:min(len(l.text), open+reachOfMark)], ']')
	begin := bytes.LastIndexByte(l.text[max(0, open-reachOfMark):open-1], '[')
	if end < 0 || begin < 0 {
		return
	}
	begin += max(0, open-reachOfMark)
	name := l.text[open+1 : open+end]
	if len(name) == 0 {
		name = l.text[begin+1 : open-1]
	}
	first := l.text[begin:]
	if bytes.IndexFunc(name, unicode.IsLetter) < 0 || name[0] == '^' || bytes.ContainsAny(name, "[\x00") || bytes.HasPrefix(first, []byte("[^")) ||
		begin > 0 && (l.text[begin-1] == '\\' || l.text[begin-1] == '[') || open+end+1 < len(l.text) && l.text[open+end+1] == '(' || e.reference(string(name)) {
		return
	}
	e.diags.Add("missing-definition", e.span(l.start+open, l.start+open+end+1), string(name))
}

// apart reports a link with a space between its text and its address.
func (e *extractor) apart(l line, at, open int, window []byte) {
	end := bytes.IndexByte(window, ')')
	begin := bytes.LastIndexByte(l.text[max(0, at-bounds.Address):at], '[')
	if end <= 0 || begin < 0 || !pathLike.Match(window[:end]) {
		return
	}
	begin += max(0, at-bounds.Address)
	if begin+1 < len(l.text) && l.text[begin+1] == '^' {
		return
	}
	e.sure("apart-link", l.start+at, l.start+open, "together", nil, edit.Changes{e.change(l.start+at, l.start+open, "")})
}

// address reports an address between brackets, of which window is what follows them, that Markdown cannot read.
func (e *extractor) address(l line, start int, window []byte) {
	inside, closed := insideBrackets(window)
	plain := strings.TrimSpace(string(inside))
	if plain == "" || plain[0] == '<' || bytes.IndexByte(inside, 0) >= 0 || strings.Contains(plain, "{{") || strings.Contains(plain, "{%") {
		return
	}
	if !closed {
		if len(window) < bounds.Address && pathLike.Match(bytes.TrimSpace(inside)) {
			word := len(inside) - len(bytes.TrimLeft(inside, " "))
			word += max(0, len(bytes.Fields(inside)[0]))
			end := l.start + start + word
			e.diags = append(e.diags, diag.Diagnostic{Code: "open-link", Span: e.span(l.start+start-1, l.start+start), Fixes: []diag.Fix{
				{Title: "close", Args: []any{string(l.text[start : start+word])}, Choose: true, Changes: edit.Changes{e.change(end, end, ")")}}}})
		}
		return
	}
	from, to := l.start+start, l.start+start+len(inside)
	dest, rest, spaced := strings.Cut(plain, " ")
	rest = strings.TrimSpace(rest)
	if !spaced {
		if strings.Count(plain, "(") != strings.Count(plain, ")") { // else it is a link
			e.path(from, to, plain)
		}
		return
	}
	if closing := map[byte]byte{'"': '"', '\'': '\'', '(': ')'}[rest[0]]; closing != 0 && balanced(dest) && len(rest) > 1 {
		if rest[len(rest)-1] == closing {
			return // a title
		}
		if closing != ')' && strings.IndexByte(rest[1:], closing) < 0 {
			e.sure("title-quotes", from, to, "write", []any{plain + string(closing)}, edit.Changes{e.change(to, to, string(closing))})
			return
		}
	}
	if m := quotedTitle.FindStringSubmatch(plain); m != nil {
		text := m[1] + ` "` + m[2] + `"`
		e.sure("title-quotes", from, to, "write", []any{text}, edit.Changes{e.change(from, to, text)})
		return
	}
	for _, quote := range []string{` "`, ` '`, ` “`} { // a path with a space and a title
		if i := strings.Index(plain, quote); i > 0 {
			title := strings.NewReplacer("“", `"`, "”", `"`).Replace(plain[i:])
			e.path(from, to, plain[:i], title)
			return
		}
	}
	if m := fileEnd.FindStringSubmatch(plain); m != nil && !pathLike.MatchString(m[2]) {
		text := m[1] + ` "` + m[2] + `"`
		e.diags = append(e.diags, diag.Diagnostic{Code: "title-quotes", Span: e.span(from, to),
			Fixes: []diag.Fix{{Title: "write", Args: []any{text}, Choose: true, Changes: edit.Changes{e.change(from, to, text)}}}})
		return
	}
	e.path(from, to, plain)
}

// path reports a path that must stand between < and >.
func (e *extractor) path(from, to int, written string, title ...string) {
	text := "<" + strings.ReplaceAll(slashes(written), "<", "") + ">" + strings.Join(title, "")
	e.sure("path-space", from, to, "write", []any{text}, edit.Changes{e.change(from, to, text)}, written)
}

// slashes gives a path as it is written on the web.
func slashes(p string) string {
	if strings.Contains(p, "://") || !strings.Contains(p, `\`) {
		return p
	}
	return strings.ReplaceAll(p, `\`, "/")
}

// balanced reports whether the brackets in an address match.
func balanced(s string) bool { return strings.Count(s, "(") == strings.Count(s, ")") }

// insideBrackets gives what stands before the bracket that closes an address: the last one before the next link or the end of the line,
// where brackets within it do not match.
func insideBrackets(window []byte) (inside []byte, closed bool) {
	if i := bytes.IndexByte(window, '\n'); i >= 0 {
		window = window[:i]
	}
	if i := bytes.Index(window, []byte("](")); i >= 0 {
		window = window[:i]
	}
	depth := 0
	for i, b := range window {
		switch b {
		case '(':
			depth++
		case ')':
			if depth == 0 {
				return window[:i], true
			}
			depth--
		}
	}
	if i := bytes.LastIndexByte(window, ')'); i >= 0 {
		return window[:i], true
	}
	return window, false
}

// ofDisk matches a path that begins at a disk or a server, which leads nowhere with slashes either.
var ofDisk = regexp.MustCompile(`^(?:[A-Za-z]:|\\)`)

// backslashes reports a path in a link with the backslashes of Windows, and gives it with slashes.
func (e *extractor) backslashes(at int, written []byte) []byte {
	i := bytes.IndexByte(written, '\\')
	if i < 0 || bytes.Contains(written, []byte("://")) || i+1 >= len(written) || !wordByte(written[i+1]) && written[i+1] != '.' || ofDisk.Match(written) {
		return written
	}
	text := slashes(string(written))
	start := min(max(at, 0), len(e.src))
	if end := min(len(e.src), start+reachOfSpan); bytes.Contains(e.src[start:end], written) {
		start += bytes.Index(e.src[start:end], written)
		stop := start + len(written)
		e.sure("backslash-path", start, stop, "write", []any{text}, edit.Changes{e.change(start, stop, text)}, path.Clean(text))
		return []byte(text)
	}
	return written
}

func wordByte(b byte) bool {
	return b|0x20 >= 'a' && b|0x20 <= 'z' || b >= '0' && b <= '9'
}
