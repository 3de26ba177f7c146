// Package render turns a page's View into HTML with the templates of a theme.
//
// Templates are html/template's, which escapes by context. A page is a function of its View and the theme:
// templates see nothing else.
//
// To render fast, a layout is compiled once html/template has escaped it: from its trees, in which the escapers stand,
// into functions that write a page. What the compiled form cannot do, and every mistake, is left to html/template,
// which then renders the whole page; so the compiled form only ever has to be right where nothing is wrong.
//
//   - render.go: the Renderer
//   - standard.go: execution by html/template
//   - work.go: what stops a page without end
//   - mistake.go: the place of a mistake
//   - slow.go: which pages html/template had to render, and why
//   - body.go: the bodies of entries and what fills their holes
//   - compile.go: lists, branches, loops and calls of templates; executing them
//   - expression.go: pipelines, and the functions that templates call
//   - value.go: members of values, truth, comparison, what a range goes over
//   - escape.go: the escapers
//   - prove.go, trials.go: whether our escapers do what html/template's do
package render

import (
	"bytes"
	"html/template"
	"path"
	"regexp"
	"slices"
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
	theme   *theme.Theme
	root    string
	shared  *template.Template // base and partials; only copies of it are executed
	layouts map[string]*layout
	holes   map[string]*routine     // the compiled bodyPartials, if they could be compiled
	why     *Slow                   // they could not
	files   map[string]*source.File // by template name
	own     ownEscapers
	escapes map[string]*escapes // of the compiled templates, by the escapers' names
	dates   sync.Map            // words by day, as strings
	slow    slowPages
	may     work // of each page
}

// layout is the templates of a layout.
type layout struct {
	name, start string
	compiled    *routine        // start, if all that it calls could be compiled
	why         *Slow           // it could not
	mistakes    diag.List       // for which it is not executed
	uses        map[string]bool // the names of the files that it may need
	sets        sets
}

// New parses the templates of a theme for a site at the path root.
func New(t *theme.Theme, root string) (*Renderer, diag.List) { return newRenderer(t, root, proven()) }

func newRenderer(t *theme.Theme, root string, own ownEscapers) (*Renderer, diag.List) {
	r := &Renderer{theme: t, root: root, layouts: map[string]*layout{}, files: map[string]*source.File{}, escapes: map[string]*escapes{}, own: own, may: allWork}
	r.shared = template.New("").Funcs((&set{r: r}).funcs())
	var diags diag.List
	shared := func(f *source.File) {
		r.files[name(f)] = f
		diags = append(diags, r.parse(r.shared, f)...)
	}
	for _, f := range t.Partials {
		shared(f)
	}
	for _, f := range t.Layouts {
		if name(f) == "base" {
			shared(f)
			continue
		}
		r.files[name(f)] = f
		r.layouts[name(f)] = &layout{name: name(f), start: "base"}
		if name(f) == "redirect" {
			r.layouts["redirect"].start = "redirect"
		}
	}
	for _, partial := range bodyPartials {
		if r.shared.Lookup(partial) == nil && !diags.HasErrors() {
			diags.Add("template-error", r.start("base"), "no partial "+partial)
		}
	}
	if !diags.HasErrors() {
		r.compileAll()
	}
	for _, l := range r.layouts {
		l.mistakes = append(slices.Clone(diags), l.mistakes...)
	}
	for _, f := range t.Layouts {
		if l := r.layouts[name(f)]; l != nil {
			diags = append(diags, l.mistakes...)
		}
	}
	return r, diags.Sorted()
}

// compileAll compiles the partials that bodies need and all layouts, or finds the mistakes in them.
func (r *Renderer) compileAll() {
	partials, _ := r.newSet("")
	var err error
	r.holes, r.why, err = r.compile(partials, bodyPartials...)
	find := finder{r: r, known: map[string]*template.Error{}}
	shared := find.mistakes("", err, bodyPartials...)
	for name, l := range r.layouts {
		set, problems := r.newSet(name)
		if l.mistakes = append(slices.Clone(shared), problems...); problems != nil {
			continue
		}
		l.uses = map[string]bool{}
		for _, called := range reachable(set.Template, append([]string{l.start}, bodyPartials...)...) {
			l.uses[called.Tree.ParseName] = true
		}
		compiled, why, err := r.compile(set, l.start)
		l.compiled, l.why = compiled[l.start], why
		l.mistakes = append(l.mistakes, find.mistakes(name, err, l.start)...)
	}
}

// parse parses a file of templates into a set.
func (r *Renderer) parse(set *template.Template, f *source.File) diag.List {
	text := strings.TrimRight(string(f.Data), "\n")
	if _, err := set.New(name(f)).Parse(text); err != nil {
		return diag.List{r.diagnose(err, f)}
	}
	calls := callsIn(name(f), text)
	for _, defined := range set.Templates() {
		if defined.Tree == nil || defined.Tree.ParseName != name(f) {
			continue
		}
		squeeze(defined.Tree)
		if at, ok := instrument(defined.Tree, calls); !ok {
			return diag.List{{Code: "deep-template", Span: source.At(f, int(at), int(at)), Args: []any{mostBlocks, mostLoops}}}
		}
	}
	return nil
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

// date writes a day in words. There are few days, and most are on many pages.
func (r *Renderer) date(day string) string {
	if words, ok := r.dates.Load(day); ok {
		return words.(string)
	}
	words := site.Date(r.theme.Words, frontmatter.Day(day))
	r.dates.Store(day, words)
	return words
}

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
	if l.mistakes != nil {
		return dst, l.mistakes
	}
	view, why := p.View(), l.why
	if l.compiled != nil {
		out, stopped, mistake := r.execute(dst, l.compiled, view, root)
		switch {
		case mistake != nil:
			return dst, mistake
		case stopped == nil:
			return out, nil
		}
		why = stopped
	}
	out, mistakes := r.standard(dst, l, view)
	if mistakes == nil && why != nil {
		r.slow.add(*why)
	}
	return out, mistakes
}

// rest gives what is left of a line of a file from an offset on.
func rest(f *source.File, at int) source.Span {
	span := source.At(f, at, len(f.Data))
	if i := bytes.IndexByte(f.Data[span.Start:], '\n'); i >= 0 {
		span.End = span.Start + i
	}
	return span
}

// Uses reports whether a layout may need the file of a span.
func (r *Renderer) Uses(layout string, at source.Span) bool {
	l := r.layouts[layout]
	return l != nil && at.File != nil && at.File == r.files[name(at.File)] && l.uses[name(at.File)]
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
