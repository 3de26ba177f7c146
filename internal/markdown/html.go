package markdown

import (
	"bytes"
	"regexp"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"

	"leerblad/internal/diag"
)

var (
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
		e.diags.Add("after-comment", e.span(at, at+len(bytes.TrimSpace(after))))
	}
}
