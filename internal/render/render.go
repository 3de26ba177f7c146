// Package render turns a page's View into HTML with the templates of a theme.
//
// Templates are html/template's, which escapes by context. A page is a function of its View and the theme:
// templates see nothing else.
//
// To render fast, a layout is compiled once html/template has escaped it: from its trees, in which the escapers stand,
// into functions that write a page. What the compiled form cannot do, and every mistake, is left to html/template,
// which then renders the whole page; so the compiled form only ever has to be right where nothing is wrong.
//
//   - render.go: the Renderer, and the place of a mistake
//   - body.go: the bodies of entries and what fills their holes
//   - compile.go: lists, branches, loops and calls of templates; executing them
//   - expression.go: pipelines, and the functions that templates call
//   - value.go: members of values, truth, comparison, what a range goes over
//   - escape.go: the escapers
//   - prove.go, trials.go: whether our escapers do what html/template's do
package render

import (
	"bytes"
	"fmt"
	"html/template"
	"path"
	"regexp"
	"strconv"
	"strings"
	"sync"
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
	layouts  map[string]layout
	partials *template.Template
	holes    map[string]*routine     // the compiled bodyPartials, if they could be compiled
	files    map[string]*source.File // by template name
	own      ownEscapers
	escapes  map[string]*escapes // of the compiled templates, by the escapers' names
	dates    sync.Map            // words by day, as strings
}

// layout is the templates of a layout.
type layout struct {
	set      *template.Template
	start    string
	compiled *routine // start, if all that it calls could be compiled
}

// New parses the templates of a theme for a site at the path root.
func New(t *theme.Theme, root string) (*Renderer, diag.List) { return newRenderer(t, root, proven()) }

func newRenderer(t *theme.Theme, root string, own ownEscapers) (*Renderer, diag.List) {
	r := &Renderer{theme: t, root: root, layouts: map[string]layout{}, files: map[string]*source.File{}, escapes: map[string]*escapes{}, own: own}
	var diags diag.List
	shared := template.New("").Funcs(r.funcs())
	parse := func(set *template.Template, name string, f *source.File) {
		r.files[name] = f
		if _, err := set.New(name).Parse(strings.TrimRight(string(f.Data), "\n")); err != nil {
			diags = append(diags, r.diagnose(err, f))
			return
		}
		for _, defined := range set.Templates() {
			if defined.Tree != nil && defined.Tree.ParseName == name {
				squeeze(defined.Tree)
			}
		}
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
		if name(f) == "base" || name(f) == "redirect" {
			continue
		}
		set := template.Must(shared.Clone())
		parse(set, name(f), f)
		r.layouts[name(f)] = layout{set: set, start: "base"}
	}
	for _, f := range t.Layouts {
		if name(f) == "redirect" {
			set := template.Must(shared.Clone())
			parse(set, "redirect", f)
			r.layouts["redirect"] = layout{set: set, start: "redirect"}
		}
	}
	r.partials = shared
	for _, partial := range bodyPartials {
		if shared.Lookup(partial) == nil && !diags.HasErrors() {
			diags.Add("template-error", r.start("base"), "no partial "+partial)
		}
	}
	if !diags.HasErrors() {
		r.holes = r.compile(shared, bodyPartials...)
		for name, l := range r.layouts {
			l.compiled = r.compile(l.set, l.start)[l.start]
			r.layouts[name] = l
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
		"date":   func(d frontmatter.Day) string { return r.date(string(d)) },
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

// date writes a day in words. There are few days, and most are on many pages.
func (r *Renderer) date(day string) string {
	if words, ok := r.dates.Load(day); ok {
		return words.(string)
	}
	words := site.Date(r.theme.Words, frontmatter.Day(day))
	r.dates.Store(day, words)
	return words
}

type missingText string

func (m missingText) Error() string { return "no text " + string(m) }

// Append renders a page onto dst. A mistake in a template is a diagnostic; dst is then given as it was.
func (r *Renderer) Append(dst []byte, p site.Page) ([]byte, diag.List) { return r.append(dst, p, "") }

// Preview is Append for the live preview: the blocks of bodies say where they were written, as data-source="<root>/<file>:<line>".
func (r *Renderer) Preview(dst []byte, p site.Page, root string) ([]byte, diag.List) {
	return r.append(dst, p, root)
}

func (r *Renderer) append(dst []byte, p site.Page, root string) ([]byte, diag.List) {
	l, ok := r.layouts[p.Template]
	if !ok {
		return dst, diag.List{{Code: "template-error", Span: r.start("base"), Args: []any{"no layout " + p.Template}}}
	}
	view := p.View()
	if l.compiled != nil {
		if out, ok := r.execute(dst, l.compiled, view, root); ok {
			return out, nil
		}
	}
	out := bytes.NewBuffer(dst)
	if err := l.set.ExecuteTemplate(out, l.start, view); err != nil {
		return dst, diag.List{r.diagnose(err, r.files[p.Template])}
	}
	return out.Bytes(), nil
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
