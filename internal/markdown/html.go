package markdown

import (
	"bytes"
	"html"
	"net/url"
	"path"
	"regexp"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"

	"leerblad/internal/diag"
	"leerblad/internal/edit"
)

var (
	tagName   = regexp.MustCompile(`^</?([a-zA-Z][a-zA-Z0-9-]*)`)
	component = regexp.MustCompile(`^</?[A-Z][\w.]*`) // of MDX
	breakEl   = regexp.MustCompile(`(?i)^<br\s*/?>$`)
)

// instead says what to write in Markdown for an HTML element.
var instead = map[string]string{
	"b": "**…**", "strong": "**…**", "i": "*…*", "em": "*…*", "s": "~~…~~", "del": "~~…~~",
	"a": "[…](…)", "img": "![…](….jpg)", "ul": "- …", "ol": "1. …", "li": "- …",
	"h1": "## …", "h2": "## …", "h3": "### …", "h4": "#### …", "blockquote": "> …", "hr": "---", "code": "`…`", "pre": "```",
	"table": "| … | … |", "tr": "| … | … |", "td": "| … | … |", "th": "| … | … |", "sup": "[^1]",
	"dl": ": …", "dt": ": …", "dd": ": …", "figure": `![…](….jpg "…")`, "figcaption": `![…](….jpg "…")`,
}

// rawHTML reports an HTML element in a line, unless it is a line break or a comment: of each name once what a fix mends, and once what none
// does, but each that shows something from elsewhere. A closing tag is reported only where its opening tag was not.
func (e *extractor) rawHTML(tag string, start, end int) {
	if breakEl.MatchString(tag) || strings.HasPrefix(tag, "<!--") {
		return
	}
	if m := component.FindString(tag); m != "" {
		tag, _, _ = strings.Cut(tag, "\n")
		from, to := e.around(start, start+len(tag))
		e.sure("foreign-element", start, start+len(tag), "remove", []any{tag}, edit.Changes{e.change(from, to, "")}, m+">")
		return
	}
	name := tag
	if m := tagName.FindStringSubmatch(tag); m != nil {
		name = strings.ToLower(m[1])
	}
	first, again := e.mended[name]
	if strings.HasPrefix(tag, "</") && (again || e.unmended[name]) {
		return
	}
	line, _, _ := strings.Cut(tag, "\n")
	d := diag.Diagnostic{Code: "raw-html", Span: e.span(start, start+len(line)), Args: []any{name, diag.Term("")}, Suggest: instead[name]}
	if embedding[name] && !strings.HasPrefix(tag, "</") {
		e.unmended[name] = true
		e.diags = append(e.diags, e.embedded(d, tag, start, end))
		return
	}
	fix, mends := e.emphasis(line, start)
	switch {
	case mends && again: // one fix mends all that can be
		fixes := e.diags[first].Fixes
		fixes[0].Changes = append(fixes[0].Changes, fix.Changes...)
		return
	case mends:
		e.mended[name] = len(e.diags)
	case e.unmended[name]:
		return
	default:
		e.unmended[name] = true
	}
	if mends {
		d.Fixes = []diag.Fix{fix}
	}
	e.diags = append(e.diags, d)
}

// around has what Markdown writes around the words of an HTML element.
var around = map[string]string{"b": "**", "strong": "**", "i": "*", "em": "*"}

// plainWords are words between the tags of such an element that mean the same between signs.
var plainWords = regexp.MustCompile(`^[\p{L}\p{N}](?:[^<>*_\x60\[\]\\]*[\p{L}\p{N}])?$`)

// emphasis gives the fix for an element without attributes that makes words in one line bold or italic.
func (e *extractor) emphasis(tag string, start int) (fix diag.Fix, ok bool) {
	name := strings.ToLower(strings.Trim(tag, "<>"))
	if around[name] == "" {
		return fix, false
	}
	line := e.src[start:min(len(e.src), start+reachOfSpan)]
	line = line[:lineEnd(line, 0)]
	from := len(tag)
	to := bytes.Index(line, []byte("</"+strings.Trim(tag, "<>")+">"))
	if to < from || !plainWords.Match(line[from:to]) {
		return fix, false
	}
	after := to + len(tag) + len("/")
	apart := func(b []byte, at int) bool {
		return at < 0 || at >= len(b) || bytes.IndexByte([]byte(" \t\n.,;:!?()"), b[at]) >= 0
	}
	if !apart(e.src, start-1) || !apart(line, after) {
		return fix, false // signs in the middle of a word are not always signs
	}
	fix = diag.Fix{Title: "replace", Args: []any{string(line[:after]), around[name] + string(line[from:to]) + around[name]}}
	fix.Changes = edit.Changes{{Span: e.span(start, start+from), Text: around[name]}, {Span: e.span(start+to, start+after), Text: around[name]}}
	return fix, true
}

// Elsewhere is an argument of what is reported of HTML that shows something from elsewhere.
const Elsewhere diag.Term = "shown-nowhere"

// embedding are the elements that show something from elsewhere on the page.
var embedding = map[string]bool{"iframe": true, "embed": true, "object": true, "video": true, "audio": true}

// embedded is what is reported of an element that shows something from elsewhere, whose tag stands from start to end.
func (e *extractor) embedded(d diag.Diagnostic, tag string, start, end int) diag.Diagnostic {
	d.Suggest, d.Args[1] = "[…](https://…)", Elsewhere
	if link := linkInstead(tag); link != "" {
		fix := diag.Replace(e.span(start, e.closing(d.Args[0].(string), end)), link)
		fix.Args, fix.Choose = []any{d.Span.Text(), link}, true
		d.Suggest, d.Fixes = link, []diag.Fix{fix}
	}
	return d
}

var (
	shownAddress = regexp.MustCompile(`(?i)\s(?:src|data)\s*=\s*["']?([^\s"'<>()\\]+)`)
	shownTitle   = regexp.MustCompile(`(?i)\stitle\s*=\s*(?:"([^"\[\]\n]+)"|'([^'\[\]\n]+)')`)
	youTube      = regexp.MustCompile(`^https?://(?:www\.)?youtube(?:-nocookie)?\.com/embed/([A-Za-z0-9_-]+)`)
	vimeo        = regexp.MustCompile(`^https?://player\.vimeo\.com/video/(\d+)`)
)

// linkInstead gives the link that stands for an element that shows something from elsewhere; "" if that has no address.
func linkInstead(tag string) string {
	m := shownAddress.FindStringSubmatch(tag)
	if m == nil {
		return ""
	}
	address := html.UnescapeString(m[1])
	if strings.HasPrefix(address, "//") {
		address = "https:" + address
	}
	address = youTube.ReplaceAllString(address, "https://www.youtube.com/watch?v=$1")
	address = vimeo.ReplaceAllString(address, "https://vimeo.com/$1")
	if strings.HasPrefix(address, "https://www.youtube.com/watch?v=") {
		address, _, _ = strings.Cut(address, "?si=")
	}
	text := path.Base(address)
	if u, err := url.Parse(address); err == nil && u.Host != "" {
		text = strings.TrimPrefix(u.Host, "www.")
	}
	if m := shownTitle.FindStringSubmatch(tag); m != nil {
		text = html.UnescapeString(m[1] + m[2])
	}
	return "[" + text + "](" + address + ")"
}

// closing gives the end of the element whose opening tag ends at an offset, if that is in the same lines.
func (e *extractor) closing(name string, end int) int {
	rest := e.src[end:min(len(e.src), end+reachOfSpan)]
	if i := bytes.Index(rest, []byte("\n\n")); i >= 0 {
		rest = rest[:i]
	}
	if i := bytes.Index(bytes.ToLower(rest), []byte("</"+name+">")); i >= 0 {
		return end + i + len("</"+name+">")
	}
	return end
}

// commentParser takes a comment that stands by itself as a block. All other HTML is left to stand in a
// paragraph, where each element is found and the text around it stays.
type commentParser struct{ parser.BlockParser }

func (p commentParser) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, _ := reader.PeekLine()
	rest := bytes.TrimLeft(line, " \t")
	if !bytes.HasPrefix(rest, []byte("<!--")) {
		return nil, parser.NoChildren
	}
	if _, after, closed := bytes.Cut(rest, []byte("-->")); closed && len(bytes.TrimSpace(after)) > 0 {
		return nil, parser.NoChildren
	}
	return p.BlockParser.Open(parent, reader, pc)
}

// afterComment reports text on the line that ends a comment, which would be dropped with it.
func (e *extractor) afterComment(n *ast.HTMLBlock) {
	if n.Lines().Len() > 0 {
		e.cutComment(n.Lines().Value(e.src), n.Lines().At(0).Start)
	}
	if !n.HasClosure() { // of more lines than one
		if !bytes.Contains(n.Lines().Value(e.src), []byte("-->")) {
			e.diags.Add("unclosed-comment", e.span(n.Pos(), n.Pos()+len("<!--")))
		}
		return
	}
	line := n.ClosureLine.Value(e.src)
	if _, after, _ := bytes.Cut(line, []byte("-->")); len(bytes.TrimSpace(after)) > 0 {
		at := n.ClosureLine.Start + bytes.Index(line, []byte("-->")) + 3
		at += len(after) - len(bytes.TrimLeft(after, " \t"))
		d := diag.Diagnostic{Code: "after-comment", Span: e.span(at, at+len(bytes.TrimSpace(after)))}
		d.Fixes = []diag.Fix{{Title: "new-line", Changes: edit.Changes{{Span: e.span(at, at), Text: edit.Lines(e.file, "\n")}}}}
		e.diags = append(e.diags, d)
	}
}
