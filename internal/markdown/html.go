package markdown

import (
	"regexp"
	"strings"

	"github.com/yuin/goldmark/ast"

	"leerblad/internal/diag"
)

var (
	comment = regexp.MustCompile(`(?s)<!--.*?(-->|$)`)
	tagName = regexp.MustCompile(`^</?([a-zA-Z][a-zA-Z0-9-]*)`)
	breakEl = regexp.MustCompile(`(?i)^<br\s*/?>$`)
)

// instead says what to write in Markdown for an HTML element.
var instead = map[string]string{
	"b": "**…**", "strong": "**…**", "i": "*…*", "em": "*…*", "s": "~~…~~", "del": "~~…~~",
	"a": "[…](…)", "img": "![…](….jpg)", "ul": "- …", "ol": "1. …", "li": "- …",
	"h1": "## …", "h2": "## …", "h3": "### …", "h4": "#### …", "blockquote": "> …", "hr": "---", "code": "`…`", "pre": "```",
	"table": "| … | … |", "tr": "| … | … |", "td": "| … | … |", "th": "| … | … |", "sup": "[^1]",
	"dl": ": …", "dt": ": …", "dd": ": …", "figure": `![…](….jpg "…")`, "figcaption": `![…](….jpg "…")`,
	"video": "media:", "audio": "media:", "iframe": "media:",
}

// rawHTML reports an HTML element in a line, unless it is a line break or a comment. A closing tag is reported only
// where its opening tag was not.
func (e *extractor) rawHTML(tag string, start int) {
	if breakEl.MatchString(tag) || strings.HasPrefix(tag, "<!--") {
		return
	}
	name := tag
	if m := tagName.FindStringSubmatch(tag); m != nil {
		name = strings.ToLower(m[1])
	}
	if strings.HasPrefix(tag, "</") && e.opened[name] {
		return
	}
	e.opened[name] = true
	tag, _, _ = strings.Cut(tag, "\n")
	e.diags = append(e.diags, diag.Diagnostic{Code: "raw-html", Span: e.span(start, start+len(tag)),
		Args: []any{name}, Suggest: instead[name]})
}

// htmlBlock reports a block of HTML at its first element that is no comment.
func (e *extractor) htmlBlock(n *ast.HTMLBlock) {
	text := string(n.Lines().Value(e.src))
	if n.HasClosure() {
		text += string(n.ClosureLine.Value(e.src))
	}
	start := n.Pos()
	if n.Lines().Len() > 0 {
		start = n.Lines().At(0).Start
	} else if n.HasClosure() {
		start = n.ClosureLine.Start
	}
	blank := comment.ReplaceAllStringFunc(text, func(c string) string { return strings.Repeat(" ", len(c)) })
	rest := strings.TrimLeft(blank, " \t\n")
	if rest == "" {
		return
	}
	at := start + len(blank) - len(rest)
	line, _, _ := strings.Cut(rest, "\n")
	if breakEl.MatchString(strings.TrimSpace(line)) && strings.TrimSpace(rest) == strings.TrimSpace(line) {
		return
	}
	m := tagName.FindStringSubmatch(line)
	if m == nil {
		e.diags.Add("raw-html", e.span(at, at+len(line)), strings.TrimSpace(line))
		return
	}
	tag := line
	if i := strings.IndexByte(line, '>'); i >= 0 {
		tag = line[:i+1]
	}
	delete(e.opened, strings.ToLower(m[1]))
	e.rawHTML(tag, at)
}
