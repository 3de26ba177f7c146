// Package render turns a page's View into HTML with the templates of a theme.
//
// Templates are html/template's, which escapes by context. A page is a function of its View and the theme:
// templates see nothing else.
package render

import (
	"bytes"
	"fmt"
	"html/template"
	"path"
	"regexp"
	"strconv"
	"strings"
	"text/template/parse"

	"leerblad/internal/diag"
	"leerblad/internal/frontmatter"
	"leerblad/internal/site"
	"leerblad/internal/source"
	"leerblad/internal/theme"
)

// Renderer renders the pages of one site. Several goroutines may use it.
type Renderer struct {
	theme    *theme.Theme
	root     string
	layouts  map[string]*template.Template
	partials *template.Template
	files    map[string]*source.File // by template name
}

// bodyPartials are the partials that render calls for the holes in a body.
var bodyPartials = []string{"finding", "figure", "picture", "card"}

// New parses the templates of a theme for a site at the path root.
func New(t *theme.Theme, root string) (*Renderer, diag.List) {
	r := &Renderer{theme: t, root: root, layouts: map[string]*template.Template{}, files: map[string]*source.File{}}
	var diags diag.List
	shared := template.New("").Funcs(r.funcs())
	parse := func(set *template.Template, name string, f *source.File) {
		r.files[name] = f
		tmpl, err := set.New(name).Parse(strings.TrimRight(string(f.Data), "\n"))
		if err != nil {
			diags = append(diags, r.diagnose(err, f))
			return
		}
		squeeze(tmpl.Tree)
	}
	for _, f := range t.Partials {
		parse(shared, name(f), f)
	}
	for _, f := range t.Layouts {
		if name(f) == "base" {
			parse(shared, "base", f)
		}
	}
	for _, f := range t.Layouts {
		layout := name(f)
		if layout == "base" || layout == "redirect" {
			continue
		}
		set := template.Must(shared.Clone())
		parse(set, layout, f)
		for _, defined := range set.Templates() {
			squeeze(defined.Tree)
		}
		r.layouts[layout] = set
	}
	for _, f := range t.Layouts {
		if name(f) == "redirect" {
			set := template.Must(shared.Clone())
			parse(set, "redirect", f)
			r.layouts["redirect"] = set
		}
	}
	r.partials = shared
	for _, partial := range bodyPartials {
		if shared.Lookup(partial) == nil && !diags.HasErrors() {
			diags.Add("template-error", r.start("base"), "no partial "+partial)
		}
	}
	return r, diags
}

// start gives the start of a template's file.
func (r *Renderer) start(name string) source.Span {
	f := r.files[name]
	if f == nil {
		f = &source.File{Path: name + ".html", Outside: true}
	}
	return source.At(f, 0, 0)
}

func name(f *source.File) string { return strings.TrimSuffix(path.Base(f.Path), ".html") }

func (r *Renderer) funcs() template.FuncMap {
	return template.FuncMap{
		"t": func(key string, args ...any) (string, error) {
			s, ok := r.theme.Text(key, args...)
			if !ok {
				return "", missingText(key)
			}
			return s, nil
		},
		"date":   func(d frontmatter.Day) string { return site.Date(r.theme.Words, d) },
		"number": r.theme.Number,
		"size":   r.theme.Size,
		"body":   r.body,
		"asset": func(name string) (string, error) {
			if file := r.theme.Asset(name); file != "" {
				return r.root + file, nil
			}
			return "", fmt.Errorf("no asset %q", name)
		},
	}
}

type missingText string

func (m missingText) Error() string { return "no text " + string(m) }

// Page renders a page. A mistake in a template is a diagnostic; there is then no HTML.
func (r *Renderer) Page(p site.Page) ([]byte, diag.List) {
	set := r.layouts[p.Template]
	if set == nil {
		return nil, diag.List{{Code: "template-error", Span: r.start("base"), Args: []any{"no layout " + p.Template}}}
	}
	start := "base"
	if p.Template == "redirect" {
		start = "redirect"
	}
	var out bytes.Buffer
	if err := set.ExecuteTemplate(&out, start, p.View()); err != nil {
		return nil, diag.List{r.diagnose(err, r.files[p.Template])}
	}
	return bytes.Clone(out.Bytes()), nil // without the room that the buffer grew
}

var (
	place = regexp.MustCompile(`template:\s?([\w-]+):(\d+)(?::(\d+))?: (?s)(.*)$`)
	doing = regexp.MustCompile(`^executing "[^"]*" at <[^>]*>: `)
	field = regexp.MustCompile(`can't evaluate field (\w+) in type \S+`)
	text  = regexp.MustCompile(`no text (\S+)$`)
)

// diagnose finds the place of a template's error, the innermost one where a template called another.
func (r *Renderer) diagnose(err error, f *source.File) diag.Diagnostic {
	message := err.Error()
	span := source.At(f, 0, 0)
	for rest := message; ; {
		m := place.FindStringSubmatch(rest)
		if m == nil {
			break
		}
		line, _ := strconv.Atoi(m[2])
		column, _ := strconv.Atoi(m[3])
		if known := r.files[m[1]]; known != nil {
			span = source.Line(known, line)
			span = source.At(known, min(span.Start+column, span.End), span.End)
		}
		message = doing.ReplaceAllString(m[4], "")
		rest = m[4]
	}
	if m := text.FindStringSubmatch(message); m != nil {
		return diag.Diagnostic{Code: "missing-string", Span: span, Args: []any{m[1]}}
	}
	message = field.ReplaceAllString(message, "no field $1")
	message = strings.TrimPrefix(message, "error calling ")
	return diag.Diagnostic{Code: "template-error", Span: span, Args: []any{message}}
}

var space = regexp.MustCompile(`\s+`)

// squeeze takes superfluous white space out of a template's text, which saves minifying every page. Text in
// textarea and pre comes from views and is not touched.
func squeeze(tree *parse.Tree) {
	if tree == nil || tree.Root == nil {
		return
	}
	var walk func(n parse.Node)
	list := func(l *parse.ListNode) {
		if l != nil {
			for _, n := range l.Nodes {
				walk(n)
			}
		}
	}
	branch := func(b *parse.BranchNode) { list(b.List); list(b.ElseList) }
	walk = func(n parse.Node) {
		switch n := n.(type) {
		case *parse.TextNode:
			n.Text = space.ReplaceAllFunc(n.Text, func(s []byte) []byte {
				if bytes.IndexByte(s, '\n') >= 0 {
					return []byte("\n")
				}
				return []byte(" ")
			})
		case *parse.IfNode:
			branch(&n.BranchNode)
		case *parse.RangeNode:
			branch(&n.BranchNode)
		case *parse.WithNode:
			branch(&n.BranchNode)
		case *parse.ListNode:
			list(n)
		}
	}
	list(tree.Root)
}

// Append renders a page onto dst.
func (r *Renderer) Append(dst []byte, p site.Page) ([]byte, diag.List) {
	data, problems := r.Page(p)
	return append(dst, data...), problems
}

// Preview is Append with marks.
func (r *Renderer) Preview(dst []byte, p site.Page) ([]byte, diag.List) { return r.Append(dst, p) }
