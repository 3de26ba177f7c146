package markdown

import (
	"bytes"
	"html"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"

	"leerblad/internal/bounds"
	"leerblad/internal/chart"
	"leerblad/internal/diag"
	"leerblad/internal/edit"
)

// Marks of other programs are text in Markdown, and would be shown as such. Each is looked for where its first sign stands, in the
// characters up to reachOfMark after it.
const reachOfMark = 400

// mark is what another program reads in a text.
type mark struct {
	at   string // the signs that it begins with
	form *regexp.Regexp
	tool diag.Term // whose it is
	what diag.Term // what to do instead
	// mend gives the text in its place; false where there is none. A nil one knows none.
	mend func(m []string) (string, bool)
}

// sought is a mark as it is looked for.
type sought struct {
	mark
	end []byte // what stands in its form after at, so that most of what is none is cheap
	any []any  // what is told of any of them
}

func nothing([]string) (string, bool) { return "", true }

func put(format string) func(m []string) (string, bool) {
	return func(m []string) (string, bool) { return strings.ReplaceAll(format, "$1", m[1]), true }
}

// inlineMarks are the marks that may stand anywhere in a line, by their first sign.
var inlineMarks = byFirst([]mark{
	{"{{<", regexp.MustCompile(`^\{\{<\s*/?\s*(?:rel)?ref\s+"?([^"\s>]+)"?\s*>\}\}`), "tool-hugo", "instead-path", put("$1")},
	{"{{<", regexp.MustCompile(`^\{\{<\s*figure\s+([^>]*)>\}\}`), "tool-hugo", "instead-picture", figure},
	{"{{<", regexp.MustCompile(`^\{\{<\s*youtube\s+"?(?:id=")?([\w-]+)"?\s*>\}\}`), "tool-hugo", "instead-film", put("<https://www.youtube.com/watch?v=$1>")},
	{"{{<", regexp.MustCompile(`^\{\{<[^\n]*?>\}\}`), "tool-hugo", "instead-nothing", nil},
	{"{{%", regexp.MustCompile(`^\{\{%[^\n]*?%\}\}`), "tool-hugo", "instead-nothing", nil},
	{"{{<", regexp.MustCompile(`^\{\{<`), "tool-hugo", "instead-nothing", nil},
	{"{{", regexp.MustCompile(`^\{\{[^\n{}]*\}\}`), "tool-template", "instead-words", nil},
	{"{{", regexp.MustCompile(`^\{\{`), "tool-template", "instead-words", nil},
	{"{%", regexp.MustCompile(`^\{%-?\s*(?:end)?raw\s*-?%\}`), "tool-jekyll", "instead-nothing", nothing},
	{"{%", regexp.MustCompile(`^\{%[^\n]*?%\}`), "tool-jekyll", "instead-nothing", nil},
	{"{%", regexp.MustCompile(`^\{%`), "tool-jekyll", "instead-nothing", nil},
	{"{::", regexp.MustCompile(`^\{::comment\}([^\n]*?)\{:/(?:comment)?\}`), "tool-jekyll", "instead-comment", put("<!--$1-->")},
	{"{:", regexp.MustCompile(`^\{:[:/][^\n{}]*\}`), "tool-jekyll", "instead-nothing", nil},
	{"{:", regexp.MustCompile(`^\{:\s*toc[^\n{}]*\}`), "tool-jekyll", "instead-contents", nothing},
	{"{:", regexp.MustCompile(`^\{:[^\n{}]*\}`), "tool-jekyll-mkdocs", "instead-attribute", nothing},
	{"{==", regexp.MustCompile(`^\{==([^\n{}]*?)==\}`), "tool-critic", "instead-change", put("$1")},
	{"{++", regexp.MustCompile(`^\{\+\+([^\n{}]*?)\+\+\}`), "tool-critic", "instead-change", put("$1")},
	{"{--", regexp.MustCompile(`^\{--([^\n{}]*?)--\}`), "tool-critic", "instead-change", nothing},
	{"{~~", regexp.MustCompile(`^\{~~[^\n{}]*?~>([^\n{}]*?)~~\}`), "tool-critic", "instead-change", put("$1")},
	{"{>>", regexp.MustCompile(`^\{>>[^\n{}]*?<<\}`), "tool-critic", "instead-remark", nothing},
	{"{/*", regexp.MustCompile(`^\{/\*([^\n]*?)\*/\}`), "tool-docusaurus", "instead-comment", put("<!--$1-->")},
	{"{", regexp.MustCompile(`^\{\s*HYPERLINK\s+"((?:https?|mailto):[^"\s]+)"\s*\}`), "tool-word", "instead-field", put("<$1>")},
	{"{", regexp.MustCompile(`^\{\s*(?:HYPERLINK|PAGE|PAGEREF|REF|TOC|SEQ|INCLUDEPICTURE|MERGEFIELD|DATE|TIME)\b[^\n{}]*\}`), "tool-word", "instead-field", nil},
	{"{", regexp.MustCompile(`^\{[ \t]*(?:[.][A-Za-z][\w-]*|[A-Za-z][\w-]*=(?:"[^"\n]*"|'[^'\n]*'|[^\s{}"']+))(?:[ \t]+[^\n{}]*)?\}`), "tool-attributes", "instead-attribute", nothing},
	{"{", regexp.MustCompile(`^\{[a-z]\w*(?:\.\w+)+\}`), "tool-docusaurus", "instead-words", nil},
	{"{", regexp.MustCompile(`^\{(?:doc|ref|term|func|class|mod|abbr|eq|cite)\}\x60`), "tool-sphinx", "instead-words", nil},
	{"[", regexp.MustCompile(`^\[(?i:toc)\]$`), "tool-mkdocs", "instead-contents", nothing},
	{"[[", regexp.MustCompile(`^\[\[(?i:_?toc_?)\]\]`), "tool-toc", "instead-contents", nothing},
	{"[", regexp.MustCompile(`^\[(?:if|endif)\b[^\]\n]*\]`), "tool-word", "instead-nothing", nothing},
	{"[@", regexp.MustCompile(`^\[@[\w:.-]+[^\]\n]*\]`), "tool-pandoc", "instead-note", nil},
	{"[", regexp.MustCompile(`^\[(?:b|i|u|s|url|img|quote|size|color)(?:=[^\]\n]*)?\][^\[\n]*\[/\w+\]`), "tool-forum", "instead-markdown", nil},
	{"==", regexp.MustCompile(`^==([^\s=](?:[^=\n]*[^\s=])?)==`), "tool-obsidian-mkdocs", "instead-bold", put("**$1**")},
	{"^^", regexp.MustCompile(`^\^\^([^\s^](?:[^^\n]*[^\s^])?)\^\^`), "tool-mkdocs", "instead-bold", put("$1")},
	{"^[", regexp.MustCompile(`^\^\[[^\]\n]+\]`), "tool-pandoc", "instead-note", nil},
	{"^", regexp.MustCompile(`^\^([A-Za-z0-9-]+)$`), "tool-obsidian", "instead-id", nothing},
	{"^", regexp.MustCompile(`^\^([^\s^\[\](){}]{1,20})\^`), "tool-pandoc-mkdocs", "instead-raised", raised},
	{"%%", regexp.MustCompile(`^%%([^%\n]+)%%`), "tool-obsidian", "instead-comment", put("<!--$1-->")},
	{"$$", regexp.MustCompile(`^\$\$[^$\n]*(?:\$\$)?`), "tool-formula", "instead-formula", nil},
	{"$", regexp.MustCompile(`^\$[^$\s\n](?:[^$\n]*[^$\s])?\$`), "tool-formula", "instead-formula", nil},
	{"\\", regexp.MustCompile(`^\\(?:begin|end|ref|cite|label|frac|section|textbf|emph)\{`), "tool-latex", "instead-markdown", nil},
	{"\\", regexp.MustCompile(`^\\(?:h|z|u|o|\* MERGEFORMAT)(?:\s|"|$)`), "tool-word", "instead-field", nil},
	{"+", regexp.MustCompile(`^\+\+([a-z][a-z0-9+-]*)\+\+`), "tool-mkdocs", "instead-words", put("$1")},
	{"&", regexp.MustCompile(`^&amp;((?:nbsp|amp|lt|gt|quot|eacute|euml|#\d{2,5});)`), "tool-html", "instead-character", put("&$1")},
	{"&nbsp", regexp.MustCompile(`^&nbsp(?:[^;\w]|$)`), "tool-html", "instead-character", nil},
	{":", regexp.MustCompile(`^:(?:ref|doc|term|class|func|file|guilabel|menuselection|kbd):\x60`), "tool-sphinx", "instead-words", nil},
	{":", regexp.MustCompile(`^:((?:material|fontawesome|octicons|simple)-[a-z0-9-]+):(?:\{[^}\n]*\})?`), "tool-mkdocs", "instead-nothing", nothing},
	{":", regexp.MustCompile(`^:([a-z][a-z0-9_+-]*|\+1|-1|100):`), "tool-emoji", "instead-emoji", emoji},
	{"<", regexp.MustCompile(`^<(?:/?[A-Z]\w*(?:\.\w+)?\b|[a-z][\w-]*\s[^<>\n]*=\{)[^<>\n]*/?>?`), "tool-docusaurus", "instead-nothing", nil},
	{"<<", regexp.MustCompile(`^<<[\w\s,#-]+>>`), "tool-asciidoc", "instead-path", nil},
	{"!", regexp.MustCompile(`^!(?: Bladwijzer niet gedefinieerd| Verwijzingsbron niet gevonden| Geen (?:tekst met|index|inhoudsopgave)| Ongeldig| Onbekende| De hyperlink| Bestandsnaam| Fout in| Bookmark not defined| Reference source not found| No (?:text of|table of|index)| Not a valid| Unknown| Hyperlink reference| Filename not|(?: )?Main Document Only)[^\n.]*\.?`), "tool-word", "instead-reference", nil},
})

// lineMarks are the marks that begin a line.
var lineMarks = byFirst([]mark{
	{"!!!", regexp.MustCompile(`^!!!\+?[ \t]+[\w -]+?(?:[ \t]+"([^"\n]*)")?[ \t]*$`), "tool-mkdocs", "instead-quotation", nil},
	{"???", regexp.MustCompile(`^\?\?\?\+?[ \t]+[\w -]+?(?:[ \t]+"([^"\n]*)")?[ \t]*$`), "tool-mkdocs", "instead-quotation", nil},
	{"===", regexp.MustCompile(`^===[!+]?[ \t]+"([^"\n]*)"[ \t]*$`), "tool-mkdocs", "instead-tabs", nil},
	{":::", regexp.MustCompile(`^:{3,}[ \t]*(?:\{[^}\n]*\}|[\w-]*)[ \t]*(?:\[([^\]\n]*)\]|([^\n]*?))[ \t]*$`), "tool-docusaurus-pandoc", "instead-quotation", nil},
	{"--8<--", regexp.MustCompile(`^--8<--.*$`), "tool-mkdocs", "instead-include", nil},
	{"..", regexp.MustCompile(`^\.\. [\w:-]+::.*$`), "tool-sphinx", "instead-markdown", nil},
	{"import ", regexp.MustCompile(`^import\s+(?:[\w{},* ]+\s+from\s+)?['"][^'"\n]+['"];?[ \t]*$`), "tool-docusaurus", "instead-nothing", nothing},
	{"export ", regexp.MustCompile(`^export\s+(?:default|const|function|let)\b.*$`), "tool-docusaurus", "instead-nothing", nil},
	{"%%", regexp.MustCompile(`^%%[ \t]*$`), "tool-obsidian", "instead-comment", nil},
	{"{::comment}", regexp.MustCompile(`^\{::comment\}[ \t]*$`), "tool-jekyll", "instead-comment", nil},
	{"{% comment %}", regexp.MustCompile(`^\{% comment %\}[ \t]*$`), "tool-jekyll", "instead-comment", nil},
	{"*[", regexp.MustCompile(`^\*\[[^\]\n]+\]:.*$`), "tool-mkdocs", "instead-definition", nil},
	{"+++", regexp.MustCompile(`^\+\+\+[ \t]*$`), "tool-hugo", "instead-front-matter", nil},
	{"#", regexp.MustCompile(`^#[a-z][\w/-]*(?:[ \t]+#[a-z][\w/-]*)*[ \t]*$`), "tool-obsidian", "instead-topics", nothing},
	{"^", regexp.MustCompile(`^\^[a-z0-9-]+[ \t]*$`), "tool-obsidian", "instead-id", nothing},
	{"h", regexp.MustCompile(`^h[1-6]\.[ \t]+\S.*$`), "tool-confluence", "instead-markdown", nil},
	{"HYPERLINK", regexp.MustCompile(`^HYPERLINK\s+"((?:https?|mailto):[^"\s]+)"\s*$`), "tool-word", "instead-field", put("<$1>")},
	{"HYPERLINK", regexp.MustCompile(`^HYPERLINK\s+"((?:https?|mailto):[^"\s]+)"\s*([^\[\]]+)$`), "tool-word", "instead-field",
		func(m []string) (string, bool) { return "[" + m[2] + "](" + m[1] + ")", true }},
	{"HYPERLINK", regexp.MustCompile(`^HYPERLINK\s+.*$`), "tool-word", "instead-field", nil},
	{"TOC \\", regexp.MustCompile(`^TOC \\.*$`), "tool-word", "instead-contents", nothing},
	{"/* ", regexp.MustCompile(`^/\* (?:Style|Font) Definitions \*/.*$`), "tool-word", "instead-nothing", nothing},
	{"table.Mso", regexp.MustCompile(`^table\.Mso.*$`), "tool-word", "instead-nothing", nothing},
	{"mso-", regexp.MustCompile(`^mso-[\w-]+:.*$`), "tool-word", "instead-nothing", nothing},
	{"Met opmerkingen [", regexp.MustCompile(`^Met opmerkingen \[[^\]\n]+\]:?.*$`), "tool-word", "instead-remark", nothing},
	{"Commented [", regexp.MustCompile(`^Commented \[[^\]\n]+\]:?.*$`), "tool-word", "instead-remark", nothing},
	{"Opmerking [", regexp.MustCompile(`^Opmerking \[[^\]\n]+\]:?.*$`), "tool-word", "instead-remark", nothing},
})

func byFirst(list []mark) (out [256][]sought) {
	for _, row := range list {
		m := sought{mark: row, any: []any{row.at, row.tool, row.what}}
		if form := m.form.String(); form != "^"+regexp.QuoteMeta(m.at) && m.what != "instead-id" {
			m.end = []byte(closing[m.at])
		}
		out[m.at[0]] = append(out[m.at[0]], m)
	}
	return out
}

// closing is what the marks that begin so end in.
var closing = map[string]string{
	"{{<": ">}}", "{{%": "%}}", "{{": "}}", "{%": "%}", "{:": "}", "{::": "}", "{": "}", "{/*": "*/}", "{==": "==}", "{++": "++}", "{--": "--}", "{~~": "~~}",
	"{>>": "<<}", "[": "]", "[[": "]]", "[@": "]", "==": "==", "^^": "^^", "^": "^", "^[": "]", "%%": "%%", "$": "$", "+": "++", "&": ";", "<<": ">>",
}

// foreign reports the marks of other programs in the lines of a block.
func (e *extractor) foreign(n ast.Node, lines []line, has traits) {
	for i, l := range lines {
		head := bytes.TrimLeft(l.text, " \t")
		if len(head) == 0 {
			continue
		}
		at := l.start + len(l.text) - len(head)
		whole := e.lineMark(n, i, head, at)
		if !whole && has&hasMark != 0 {
			e.inLine(n, l)
		}
		if !whole {
			e.contents(l)
		}
	}
}

// lineMark reports a mark that a line begins with.
func (e *extractor) lineMark(n ast.Node, i int, head []byte, at int) bool {
	if at < e.quoted { // within what the mark before takes along
		return true
	}
	for _, m := range lineMarks[head[0]] {
		if !bytes.HasPrefix(head, []byte(m.at)) {
			continue
		}
		text := bytes.TrimRight(head[:min(len(head), reachOfMark)], " \t\n")
		found := m.form.FindSubmatch(text)
		if found == nil {
			continue
		}
		if m.what == "instead-quotation" {
			title := string(bytes.TrimSpace(bytes.Join(found[1:], nil)))
			e.admonition(n, m, at, text, title)
		} else {
			if m.what == "instead-tabs" {
				level := strings.Repeat("#", max(2, min(e.level+1, 6)))
				m.mend = func(f []string) (string, bool) { return level + " " + f[1] + "\n", f[1] != "" }
			}
			e.foreignMark(m, at, at+len(text), texts(found))
		}
		if ends := hiding[m.at]; ends != "" {
			e.hidden(at, ends)
		}
		return true
	}
	return false
}

// hiding are the lines that begin what readers do not see, and what the line that ends it begins with.
var hiding = map[string]string{"%%": "%%", "{::comment}": "{:/", "{% comment %}": "{% endcomment"}

// hidden gives the last diagnostic, of a line that hides what is below it, the fix that makes a comment of that.
func (e *extractor) hidden(at int, ends string) {
	if e.endless[ends] {
		return
	}
	from := lineEnd(e.src, at)
	i := bytes.Index(e.src[from:], []byte("\n"+ends))
	if i < 0 {
		e.endless[ends] = true // nor is there one below the next
		return
	}
	end := from + i + 1
	e.quoted = lineEnd(e.src, end)
	e.diags[len(e.diags)-1].Fixes = []diag.Fix{{Title: "comment", Changes: edit.Changes{e.change(at, from, "<!--"), e.change(end, e.quoted, "-->")}}}
}

func texts(found [][]byte) (out []string) {
	for _, f := range found {
		out = append(out, string(f))
	}
	return out
}

// foreignMark reports one mark, at src[start:end].
func (e *extractor) foreignMark(m sought, start, end int, found []string) {
	if e.marked++; e.marked > bounds.Diagnostics && m.any != nil { // such are counted
		e.diags = append(e.diags, diag.Diagnostic{Code: "foreign-mark", Span: e.span(start, end), Args: m.any})
		return
	}
	d := diag.Diagnostic{Code: "foreign-mark", Span: e.span(start, end), Args: []any{string(e.src[start:end]), m.tool, m.what}}
	if m.mend != nil {
		if text, ok := m.mend(found); ok {
			from, to := start, end
			if text == "" { // the blank before it goes too, or the line
				from, to = e.around(start, end)
			}
			if m.at == "{:" && m.what == "instead-contents" {
				from = e.itemBefore(from)
			}
			d.Fixes = []diag.Fix{fixOf(e.src[start:end], text, edit.Changes{e.change(from, to, text)})}
		}
	} else if m.what == "instead-nothing" {
		from, to := e.around(start, end)
		d.Fixes = []diag.Fix{fixOf(e.src[start:end], "", edit.Changes{e.change(from, to, "")})}
		d.Fixes[0].Choose = true // what it stood for may have to be told otherwise
	}
	e.diags = append(e.diags, d)
}

func fixOf(written []byte, text string, changes edit.Changes) diag.Fix {
	if text == "" {
		return diag.Fix{Title: "remove", Args: []any{string(written)}, Changes: changes}
	}
	return diag.Fix{Title: "replace", Args: []any{string(written), strings.TrimSpace(text)}, Changes: changes}
}

// itemBefore gives the offset of the item of a list on the line before an offset, where Jekyll wants one above {:toc}.
func (e *extractor) itemBefore(at int) int {
	if at == 0 || at != e.lineStart(at) {
		return at
	}
	start := e.lineStart(at - 1)
	if line := e.src[start:at]; len(line) < 40 && (bytes.HasPrefix(line, []byte("* ")) || bytes.HasPrefix(line, []byte("- ")) || bytes.HasPrefix(line, []byte("1. "))) {
		return start
	}
	return at
}

// around gives what to take away with src[start:end]: the whole line where nothing else is in it, or else the blanks before it.
func (e *extractor) around(start, end int) (from, to int) {
	blank := func(i int) bool { return e.src[i] == ' ' || e.src[i] == '\t' }
	for from = start; from > 0 && blank(from-1); from-- {
	}
	for to = end; to < len(e.src) && blank(to); to++ {
	}
	if begins := from == 0 || e.src[from-1] == '\n'; !begins {
		return from, end
	} else if to < len(e.src) && e.src[to] != '\n' {
		return start, end
	}
	return from, min(to+1, len(e.src))
}

// inLine reports the marks anywhere in a line.
func (e *extractor) inLine(n ast.Node, l line) {
	text := l.text
	address := 0 // up to where an address goes, in which signs mean something else
	for i := 0; i < len(text); i++ {
		if traitsOf[text[i]]&hasMark == 0 {
			continue
		}
		escaped := i > 0 && text[i-1] == '\\' && (i < 2 || text[i-2] != '\\')
		switch text[i] {
		case ':':
			if bytes.HasPrefix(text[i:], []byte("://")) {
				address = i + addressLength(text[i:])
			}
			if i > 0 && bytes.HasPrefix(text[i:], []byte(":: ")) && bytes.IndexFunc(text[:i], func(r rune) bool { return !unicode.IsLetter(r) && r != '-' }) < 0 {
				e.foreignMark(sought{mark: mark{tool: "tool-obsidian", what: "instead-words"}}, l.start, l.start+i+2, nil)
			}
			if i > 0 && (wordByte(text[i-1]) || text[i-1] == ':' || text[i-1] >= utf8.RuneSelf) {
				continue
			}
		case '[':
			if e.wiki(l, i) {
				i++
				continue
			}
		case '!':
			if !bytes.HasSuffix(text[:i], []byte("Fout")) && !bytes.HasSuffix(text[:i], []byte("Error")) {
				continue
			}
		}
		if escaped || i < address && text[i] != '{' || e.said[l.start+i] {
			continue
		}
		if size := e.inlineMark(n, l, i); size > 0 {
			i += size - 1
		}
	}
}

// addressLength gives how far an address goes that text is in.
func addressLength(text []byte) int {
	if i := bytes.IndexAny(text[:min(len(text), 2*reachOfMark)], " \t\n<>\""); i >= 0 {
		return i
	}
	return min(len(text), 2*reachOfMark)
}

// inlineMark reports the mark at an index of a line, and gives its length.
func (e *extractor) inlineMark(n ast.Node, l line, i int) int {
	window := l.text[i:min(len(l.text), i+reachOfMark)]
	for _, m := range inlineMarks[l.text[i]] {
		if !bytes.HasPrefix(window, []byte(m.at)) {
			continue
		}
		if !bytes.Contains(window[len(m.at):], m.end) {
			continue
		}
		line := bytes.TrimRight(window, " \t\n")
		found := m.form.FindSubmatch(line)
		if found == nil || bytes.IndexByte(found[0], 0) >= 0 {
			continue
		}
		switch {
		case m.what == "instead-formula" && m.at == "$" && !formula(found[0]):
			continue
		case m.tool == "tool-attributes" && !attributed(n, l.text, i, i+len(found[0])):
			continue
		case m.at == "<" && bytes.IndexByte(found[0], '{') < 0: // HTML is reported by itself
			continue
		case m.at == "[" && m.what == "instead-contents" && i > 0, m.what == "instead-id" && (i == 0 || l.text[i-1] != ' '):
			continue
		}
		start, end := l.start+i, l.start+i+len(found[0])
		if bytes.HasSuffix(l.text[:i], []byte("](")) && m.mend == nil { // an address
			m.what = "instead-path"
		}
		if m.what == "instead-reference" {
			start -= len("Fout")
			if bytes.HasSuffix(l.text[:i], []byte("Error")) {
				start--
			}
		}
		e.foreignMark(m, start, end, texts(found))
		return len(found[0])
	}
	return 0
}

// formula reports whether what stands between dollar signs is one; amounts are not.
func formula(text []byte) bool { return bytes.ContainsAny(text, `\^_`) }

// attributed reports whether braces stand where other programs read attributes: behind a link, a picture or code, or alone at the end
// of a line. leerblad's own are reported elsewhere.
func attributed(n ast.Node, text []byte, start, end int) bool {
	if _, heading := n.(*ast.Heading); heading || strayAttribute.Match(text[start:end]) {
		return false
	}
	return start == 0 || bytes.IndexByte([]byte(")]`\x00*_>"), text[start-1]) >= 0 || len(bytes.TrimSpace(text[end:])) == 0
}

var parameter = regexp.MustCompile(`(\w+)="([^"]*)"`)

// figure gives a picture for the parameters of Hugo's.
func figure(m []string) (string, bool) {
	values := map[string]string{}
	for _, p := range parameter.FindAllStringSubmatch(m[1], -1) {
		values[p[1]] = p[2]
	}
	out := "![" + values["alt"] + "](<" + values["src"] + ">"
	if !strings.ContainsAny(values["src"], " ()") {
		out = "![" + values["alt"] + "](" + values["src"]
	}
	if values["caption"] != "" {
		out += ` "` + values["caption"] + `"`
	}
	return out + ")", values["src"] != "" && !strings.ContainsAny(out, "\n<\\")
}

// emojis are the names that are used most.
var emojis = map[string]string{
	"smile": "😄", "smiley": "😃", "slightly_smiling_face": "🙂", "frowning": "😦", "disappointed": "😞", "neutral_face": "😐", "+1": "👍", "thumbsup": "👍",
	"-1": "👎", "thumbsdown": "👎", "warning": "⚠", "white_check_mark": "✅", "heavy_check_mark": "✔", "x": "❌", "bulb": "💡", "question": "❓",
	"exclamation": "❗", "star": "⭐", "tada": "🎉", "rocket": "🚀", "memo": "📝", "point_right": "👉", "green_circle": "🟢", "red_circle": "🔴",
	"orange_circle": "🟠", "heart": "❤", "information_source": "ℹ", "pencil": "📝", "wink": "😉", "100": "💯",
}

func emoji(m []string) (string, bool) { return emojis[m[1]], emojis[m[1]] != "" }

var (
	raisedSigns  = strings.NewReplacer("0", "⁰", "1", "¹", "2", "²", "3", "³", "4", "⁴", "5", "⁵", "6", "⁶", "7", "⁷", "8", "⁸", "9", "⁹", "+", "⁺", "-", "⁻", "n", "ⁿ")
	loweredSigns = strings.NewReplacer("0", "₀", "1", "₁", "2", "₂", "3", "₃", "4", "₄", "5", "₅", "6", "₆", "7", "₇", "8", "₈", "9", "₉", "+", "₊", "-", "₋")
)

// raised gives what has a character of its own when it is raised, and else the words as they are.
func raised(m []string) (string, bool) {
	if strings.Trim(m[1], "0123456789+-n") == "" {
		return raisedSigns.Replace(m[1]), true
	}
	return m[1], true
}

// lowered reports what stands between single tildes: other programs set it lower, and here it is struck out.
func (e *extractor) lowered(n *east.Strikethrough) {
	text, ok := n.FirstChild().(*ast.Text)
	if !ok {
		return
	}
	start := text.Segment.Start - 1
	if start < 0 || e.src[start] != '~' || start > 0 && e.src[start-1] == '~' {
		return
	}
	last, ok := n.LastChild().(*ast.Text)
	if !ok || last.Segment.Stop >= len(e.src) || e.src[last.Segment.Stop] != '~' { // what it ends in has no place
		e.diags.Add("foreign-mark", e.span(start, start+1), "~…~", diag.Term("tool-pandoc-mkdocs"), diag.Term("instead-lowered"))
		return
	}
	end := last.Segment.Stop
	inside := string(e.src[start+1 : end])
	if strings.Trim(inside, "0123456789+-") == "" {
		e.foreignMark(sought{mark: mark{tool: "tool-pandoc-mkdocs", what: "instead-lowered", mend: put("$1")}}, start, end+1, []string{"", loweredSigns.Replace(inside)})
		return
	}
	d := diag.Diagnostic{Code: "foreign-mark", Span: e.span(start, end+1), Args: []any{string(e.src[start : end+1]), diag.Term("tool-pandoc-mkdocs"), diag.Term("instead-lowered")}}
	for _, text := range []string{"~~" + inside + "~~", inside} {
		d.Fixes = append(d.Fixes, diag.Fix{Title: "write", Args: []any{text}, Choose: true, Changes: edit.Changes{e.change(start, end+1, text)}})
	}
	e.diags = append(e.diags, d)
}

// wikiForm is a link of Obsidian.
var wikiForm = regexp.MustCompile(`^\[\[([^\[\]|\n]+)(?:\|([^\[\]\n]+))?\]\]`)

// wiki notes a link of Obsidian, which the publication finds an entry for. The ones of tables of contents are none.
func (e *extractor) wiki(l line, i int) bool {
	if i+1 >= len(l.text) || l.text[i+1] != '[' {
		return false
	}
	m := wikiForm.FindSubmatch(l.text[i:min(len(l.text), i+reachOfMark)])
	if m == nil || i > 0 && l.text[i-1] == '\\' || bytes.IndexByte(m[0], 0) >= 0 {
		return false
	}
	if name := strings.Trim(strings.ToLower(string(m[1])), "_"); name == "toc" {
		return false
	}
	start := l.start + i
	w := Wiki{Target: string(m[1]), Text: string(m[2])}
	if i > 0 && l.text[i-1] == '!' {
		w.Embed = true
		start--
	}
	w.Span = e.span(start, l.start+i+len(m[0]))
	w.Written = w.Span.Text()
	e.body.Wikis = append(e.body.Wikis, w)
	return true
}

// contentsLine is a line of a table of contents as a word processor makes it.
var contentsLine = regexp.MustCompile(`(?:\.{4,}|…{2,}|(?: \.){4,})[ \t]*\d{1,3}[ \t]*$`)

// contents reports a line of a table of contents.
func (e *extractor) contents(l line) {
	text := bytes.TrimRight(l.text, " \t\n")
	if len(text) == 0 || len(text) > reachOfMark || text[len(text)-1] < '0' || text[len(text)-1] > '9' || !contentsLine.Match(text) {
		return
	}
	e.foreignMark(sought{mark: mark{tool: "tool-word", what: "instead-contents", mend: nothing}}, l.start, l.start+len(text), nil)
}

// callout is the first line of a callout of Obsidian or GitHub: a quotation with a word between brackets.
var callout = regexp.MustCompile(`^\[!([A-Za-z][\w-]*)(?:\|[^\]\n]*)?\][+-]?[ \t]*(.*?)[ \t]*$`)

// callouts reports the first line of a quotation that is a callout.
func (e *extractor) callouts(n ast.Node, l line) bool {
	if n.Parent().Kind() != ast.KindBlockquote || n.PreviousSibling() != nil || !bytes.HasPrefix(l.text, []byte("[!")) {
		return false
	}
	text := bytes.TrimRight(l.text, "\n")
	m := callout.FindSubmatch(text[:min(len(text), reachOfMark)])
	if m == nil {
		return false
	}
	title := ""
	if len(m[2]) > 0 {
		title = "**" + string(m[2]) + "**"
		if len(text) < len(l.text) {
			title += `\`
		}
	}
	e.diags = append(e.diags, diag.Diagnostic{Code: "foreign-mark", Span: e.span(l.start, l.start+len(text)),
		Args:  []any{string(text), diag.Term("tool-obsidian-github"), diag.Term("instead-callout")},
		Fixes: []diag.Fix{fixOf(text, title, edit.Changes{e.change(l.start, l.start+len(text), title)})}})
	return true
}

// admonition reports a frame of MkDocs, Docusaurus or Pandoc at src[at:]; text is its first line. The fix makes a quotation of it.
func (e *extractor) admonition(n ast.Node, m sought, at int, text []byte, title string) {
	d := diag.Diagnostic{Code: "foreign-mark", Span: e.span(at, at+len(text)), Args: []any{string(text), m.tool, m.what}}
	closing := len(bytes.Trim(text, ": \t")) == 0
	if closing {
		from, to := e.around(at, at+len(text))
		d.Fixes = []diag.Fix{fixOf(text, "", edit.Changes{e.change(from, to, "")})}
	} else if content, end, ok := e.frame(n, m.at, at); ok {
		var out []string
		if title != "" {
			out = append(out, "> **"+title+"**", ">")
		}
		for _, line := range content {
			out = append(out, strings.TrimRight("> "+line, " "))
		}
		e.quoted = end
		if len(content) > 0 {
			out = append(out, "")
			d.Fixes = []diag.Fix{{Title: "quotation", Changes: edit.Changes{e.change(e.lineStart(at), end, strings.Join(out, "\n"))}}}
		}
	}
	e.diags = append(e.diags, d)
}

// frame is framed for a block that stands in no other.
func (e *extractor) frame(n ast.Node, kind string, at int) (content []string, end int, ok bool) {
	if !topLevel(n) {
		return nil, 0, false
	}
	return e.framed(kind, at)
}

// framed gives the lines within a frame that begins on the line of an offset, and where it ends.
func (e *extractor) framed(kind string, at int) (content []string, end int, ok bool) {
	next := min(len(e.src), lineEnd(e.src, at)+1)
	end = next
	blank := 0
	for next < len(e.src) {
		stop := lineEnd(e.src, next)
		line := string(e.src[next:stop])
		next = min(len(e.src), stop+1)
		switch {
		case kind == ":::" && strings.HasPrefix(line, ":::"):
			return trimBlank(content), next, strings.Trim(line, ": \t") == ""
		case strings.TrimSpace(line) == "":
			blank++
			if kind == ":::" || len(content) > 0 {
				content = append(content, "")
			}
			continue
		case kind == ":::":
			content = append(content, line)
			end = next
			continue
		}
		rest, indented := strings.CutPrefix(line, "    ")
		if !indented {
			rest, indented = strings.CutPrefix(line, "\t")
		}
		if !indented {
			break
		}
		content = append(content, rest)
		end = next
		continue
	}
	return trimBlank(content), end, kind != ":::"
}

func trimBlank(lines []string) []string {
	for len(lines) > 0 && lines[0] == "" {
		lines = lines[1:]
	}
	for len(lines) > 0 && lines[len(lines)-1] == "" {
		lines = lines[:len(lines)-1]
	}
	return lines
}

// foreignCode are the languages of blocks that other programs draw something from.
var foreignCode = map[string]diag.Term{
	"mermaid": "tool-mermaid", "plantuml": "tool-mermaid", "dataview": "tool-obsidian", "dataviewjs": "tool-obsidian", "query": "tool-obsidian",
	"tasks": "tool-obsidian", "math": "tool-formula", "{note}": "tool-sphinx", "{warning}": "tool-sphinx", "{toctree}": "tool-sphinx", "mdx-code-block": "tool-docusaurus",
}

// fenced reads a chart, and reports a block of code that another program makes something else of.
func (e *extractor) fenced(n *ast.FencedCodeBlock) {
	if n.Info == nil {
		return
	}
	info := n.Info.Segment
	if chart.IsFence(string(info.Value(e.src))) {
		e.chart(n)
		return
	}
	word, _, _ := strings.Cut(strings.TrimSpace(string(info.Value(e.src))), " ")
	if tool := foreignCode[strings.ToLower(word)]; tool != "" || strings.HasPrefix(word, "ad-") {
		if tool == "" {
			tool = "tool-obsidian"
		}
		e.diags.Add("foreign-mark", e.span(info.Start, info.Stop), word, tool, diag.Term("instead-drawing"))
	}
}

// moreComment are comments by which other programs cut off the summary.
var moreComment = regexp.MustCompile(`^\s*<!--\s*(?:more|truncate|excerpt|end_excerpt|read ?more)\s*-->\s*$`)

// cutComment reports a comment that cuts off the summary elsewhere.
func (e *extractor) cutComment(text []byte, start int) {
	if len(text) > 40 || !moreComment.Match(text) {
		return
	}
	start += len(text) - len(bytes.TrimLeft(text, " \t"))
	e.foreignMark(sought{mark: mark{tool: "tool-more", what: "instead-summary", mend: nothing}}, start, start+len(bytes.TrimSpace(text)), nil)
}

// emptyParagraph reports a paragraph of no more than a space that a program wrote as &nbsp;
func (e *extractor) emptyParagraph(lines []line) {
	if len(lines) != 1 || !bytes.HasPrefix(lines[0].text, []byte("&nbsp;")) {
		return
	}
	text := bytes.TrimSpace(lines[0].text)
	if strings.TrimFunc(html.UnescapeString(string(text)), unicode.IsSpace) == "" {
		e.foreignMark(sought{mark: mark{tool: "tool-html", what: "instead-nothing", mend: nothing}}, lines[0].start, lines[0].start+len(text), nil)
	}
}
