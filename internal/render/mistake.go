package render

import (
	"bytes"
	"errors"
	"html/template"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"text/template/parse"

	"leerblad/internal/diag"
	"leerblad/internal/source"
)

var (
	place    = regexp.MustCompile(`template:\s?([\w-]+):(\d+)(?::(\d+))?: (?s)(.*)$`)
	doing    = regexp.MustCompile(`^executing "[^"]*" at <[^>]*>: `)
	field    = regexp.MustCompile(`can't evaluate field (\w+) in type \S+`)
	text     = regexp.MustCompile(`no text (\S+)$`)
	contexts = regexp.MustCompile(`: \{state.*`) // in html/template's own words
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
	if errors.As(err, new(endless)) {
		return diag.Diagnostic{Code: "endless-template", Span: span}
	}
	if m := text.FindStringSubmatch(message); m != nil {
		return diag.Diagnostic{Code: "missing-string", Span: span, Args: []any{m[1]}}
	}
	message = field.ReplaceAllString(message, "no field $1")
	message = strings.TrimPrefix(message, "error calling ")
	return diag.Diagnostic{Code: "template-error", Span: span, Args: []any{contexts.ReplaceAllString(message, "")}}
}

// finder finds the templates that html/template cannot escape. It says of many mistakes in which page they come to light, not where
// they are made; so each template is tried alone.
type finder struct {
	r     *Renderer
	known map[string]*template.Error // of the shared templates, tried alone; nil where there is nothing wrong
}

// mistakes gives the mistakes in the templates of a layout, "" for the shared ones, that made html/template give err for the templates
// called starts.
func (f *finder) mistakes(layout string, err error, starts ...string) (diags diag.List) {
	var whole *template.Error
	if !errors.As(err, &whole) {
		return nil
	}
	set, _ := f.r.newSet(layout)
	called := reachable(set.Template, starts...)
	wrong := map[string]*template.Error{}
	for _, t := range called {
		if e := f.alone(layout, t); e != nil {
			wrong[t.Name()] = e
		}
	}
	for _, t := range called {
		e := wrong[t.Name()]
		within := slices.ContainsFunc(reachable(set.Template, t.Name()), func(inner *template.Template) bool {
			return inner.Name() != t.Name() && wrong[inner.Name()] != nil
		})
		if e != nil && !within {
			diags = append(diags, f.describe(e, layout, t))
		}
	}
	if diags == nil {
		diags = diag.List{f.describe(whole, layout, set.Lookup(starts[0]))}
	}
	return diags
}

// alone tries a template by itself.
func (f *finder) alone(layout string, t *template.Template) *template.Error {
	shared := t.Tree.ParseName != layout
	if e, tried := f.known[t.Name()]; shared && tried {
		return e
	}
	e := f.try(layout, func(set *set) string { return t.Name() })
	if shared {
		f.known[t.Name()] = e
	}
	return e
}

// try gives the mistake that html/template finds in the template of a new set that choose gives or makes.
func (f *finder) try(layout string, choose func(*set) string) *template.Error {
	set, _ := f.r.newSet(layout)
	var e *template.Error
	errors.As(set.ExecuteTemplate(refusal{}, choose(set), nil), &e)
	return e
}

// describe makes a diagnostic of a mistake in a template, at its place if html/template knows that, else where it comes to light.
func (f *finder) describe(e *template.Error, layout string, t *template.Template) diag.Diagnostic {
	d := f.r.diagnose(e, f.r.files[t.Tree.ParseName])
	if e.Node == nil && e.Line == 0 {
		description := e.Description
		if e.ErrorCode == template.ErrEndContext {
			description = "a tag, attribute, comment or script has no end"
		}
		d.Args = []any{description}
		d.Span = f.span(layout, t.Tree, e.ErrorCode == template.ErrEndContext)
	}
	return d
}

// span finds where a template, which is wrong by itself, is so: the first piece with which it is. Where something has no end, that is the
// first piece after which all is within it.
func (f *finder) span(layout string, tree *parse.Tree, unended bool) source.Span {
	file := f.r.files[tree.ParseName]
	wrong := func(nodes []parse.Node) bool {
		e := f.try(layout, func(set *set) string {
			const name = "_leerblad_piece"
			piece := &parse.Tree{Name: name, ParseName: tree.ParseName, Root: &parse.ListNode{NodeType: parse.NodeList}}
			for _, n := range nodes {
				piece.Root.Nodes = append(piece.Root.Nodes, n.Copy())
			}
			template.Must(set.AddParseTree(name, piece))
			return name
		})
		return e != nil && (unended || e.ErrorCode != template.ErrEndContext)
	}
	var before []parse.Node
	nodes := tree.Root.Nodes
	for {
		n := len(nodes)
		if unended {
			for n > 0 && wrong(nodes[:n-1]) {
				n--
			}
		} else {
			n = 1
			for n < len(nodes) && !wrong(slices.Concat(before, nodes[:n])) {
				n++
			}
		}
		if n == 0 {
			return source.At(file, int(tree.Root.Pos), int(tree.Root.Pos))
		}
		at := nodes[n-1]
		before = slices.Concat(before, nodes[:n-1])
		start := int(at.Position())
		if piece, ok := at.(*parse.TextNode); ok {
			return f.line(file, piece, before, wrong, unended)
		}
		lists := listsOf(at)
		inner := slices.IndexFunc(lists, func(l *parse.ListNode) bool { return !unended && wrong(slices.Concat(before, l.Nodes)) })
		if inner < 0 {
			return source.At(file, start, start)
		}
		nodes = lists[inner].Nodes
	}
}

// line finds the line of a text with which the templates' nodes before it are wrong.
func (f *finder) line(file *source.File, piece *parse.TextNode, before []parse.Node, wrong func([]parse.Node) bool, unended bool) source.Span {
	start := min(int(piece.Pos), len(file.Data))
	raw := file.Data[start:]
	if end := bytes.Index(raw, []byte("{{")); end >= 0 {
		raw = raw[:end]
	}
	last := 0
	for end := 0; end < len(raw); {
		from := end
		if i := bytes.IndexByte(raw[end:], '\n'); i >= 0 {
			end += i + 1
		} else {
			end = len(raw)
		}
		is := wrong(append(slices.Clip(before), &parse.TextNode{NodeType: parse.NodeText, Pos: piece.Pos, Text: raw[:end]}))
		switch {
		case is && !unended:
			return source.At(file, start+from, start+from)
		case !is:
			last = end
		}
	}
	return source.At(file, start+last, start+last)
}

// branchOf gives what an if, with or range consists of, nil for another node.
func branchOf(n parse.Node) *parse.BranchNode {
	switch n := n.(type) {
	case *parse.IfNode:
		return &n.BranchNode
	case *parse.WithNode:
		return &n.BranchNode
	case *parse.RangeNode:
		return &n.BranchNode
	}
	return nil
}

// listsOf gives the lists of nodes in a node.
func listsOf(n parse.Node) []*parse.ListNode {
	branch := branchOf(n)
	switch {
	case branch == nil:
		return nil
	case branch.ElseList == nil:
		return []*parse.ListNode{branch.List}
	}
	return []*parse.ListNode{branch.List, branch.ElseList}
}

// reachable gives the templates of a set that those called starts may call, and these, in an order of their own.
func reachable(set *template.Template, starts ...string) (out []*template.Template) {
	seen := map[string]bool{}
	var visit func(name string)
	var list func(l *parse.ListNode)
	list = func(l *parse.ListNode) {
		for _, n := range l.Nodes {
			if called, ok := n.(*parse.TemplateNode); ok {
				visit(called.Name)
			}
			for _, inner := range listsOf(n) {
				list(inner)
			}
		}
	}
	visit = func(name string) {
		t := set.Lookup(name)
		if seen[name] || t == nil || t.Tree == nil || t.Tree.Root == nil {
			return
		}
		seen[name] = true
		out = append(out, t)
		list(t.Tree.Root)
	}
	for _, name := range starts {
		visit(name)
	}
	return out
}
