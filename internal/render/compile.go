package render

import (
	"html/template"
	"io"
	"reflect"
	"slices"
	"text/template/parse"
)

// routine is a compiled template.
type routine struct {
	steps []step
	slots int // its variables, of which $ is the first
}

// step does what a node of a template does, with dot.
type step func(s *state, dot reflect.Value) flow

// flow says how a list of steps ended.
type flow int

const (
	onward flow = iota
	breaking
	continuing
)

// unable is a panic's value: the compiled form cannot do this, html/template must.
type unable string

// compiler compiles the templates of one set.
type compiler struct {
	r        *Renderer
	trees    map[string]*parse.Tree
	routines map[string]*routine
	scope    []string // the variables that can be seen in the template at hand, by slot
	current  *routine
}

// compile makes routines of the named templates of a set and all that they call. It gives none where one of them needs
// more than the compiled form does.
func (r *Renderer) compile(set *template.Template, names ...string) map[string]*routine {
	defer func() {
		_ = recover() // unable, or a bug of html/template, which will show when it executes
	}()
	for _, name := range names {
		_ = set.ExecuteTemplate(refusal{}, name, nil) // html/template escapes before it executes
	}
	c := &compiler{r: r, trees: map[string]*parse.Tree{}, routines: map[string]*routine{}}
	for _, t := range set.Templates() {
		c.trees[t.Name()] = t.Tree
	}
	for _, name := range names {
		c.routine(name)
	}
	return c.routines
}

// refusal is a writer that ends an execution at its first output.
type refusal struct{}

func (refusal) Write([]byte) (int, error) { return 0, io.ErrClosedPipe }

func (c *compiler) routine(name string) *routine {
	if known := c.routines[name]; known != nil {
		return known
	}
	tree := c.trees[name]
	if tree == nil || tree.Root == nil {
		panic(unable("template " + name)) // or one that html/template derived for another context than text
	}
	scope, current := c.scope, c.current
	c.scope, c.current = []string{"$"}, &routine{slots: 1}
	made := c.current
	c.routines[name] = made
	made.steps = c.list(tree.Root)
	c.scope, c.current = scope, current
	return made
}

func (c *compiler) declare(name string) int {
	c.scope = append(c.scope, name)
	c.current.slots = max(c.current.slots, len(c.scope))
	return len(c.scope) - 1
}

func (c *compiler) slot(name string) int {
	for i, known := range slices.Backward(c.scope) {
		if known == name {
			return i
		}
	}
	panic(unable("variable " + name))
}

// block is a list of steps that grows. Texts that follow each other become one step.
type block struct {
	steps []step
	text  []byte
}

func (b *block) add(next step) {
	if text := slices.Clip(b.text); len(text) > 0 {
		b.steps = append(b.steps, func(s *state, _ reflect.Value) flow {
			s.out = append(s.out, text...)
			return onward
		})
	}
	b.text = nil
	if next != nil {
		b.steps = append(b.steps, next)
	}
}

func (c *compiler) list(l *parse.ListNode) []step {
	if l == nil {
		return nil
	}
	seen := len(c.scope)
	var b block
nodes:
	for _, n := range l.Nodes {
		switch n := n.(type) {
		case *parse.TextNode:
			b.text = append(b.text, n.Text...)
		case *parse.CommentNode:
		case *parse.ActionNode:
			c.action(&b, n)
		case *parse.IfNode:
			b.add(c.branch(&n.BranchNode, false))
		case *parse.WithNode:
			b.add(c.branch(&n.BranchNode, true))
		case *parse.RangeNode:
			b.add(c.loop(n))
		case *parse.TemplateNode:
			b.add(c.template(n))
		case *parse.BreakNode:
			b.add(func(*state, reflect.Value) flow { return breaking })
			break nodes // html/template does not escape what follows
		case *parse.ContinueNode:
			b.add(func(*state, reflect.Value) flow { return continuing })
			break nodes
		default:
			panic(unable(n.String()))
		}
	}
	b.add(nil)
	c.scope = c.scope[:seen]
	return b.steps
}

// action compiles {{…}}, of which html/template made a pipeline that ends in escapers.
func (c *compiler) action(b *block, n *parse.ActionNode) {
	if len(n.Pipe.Decl) > 0 {
		e := c.pipeline(n.Pipe)
		b.add(func(s *state, dot reflect.Value) flow {
			e.eval(s, dot)
			return onward
		})
		return
	}
	commands, esc := c.escapers(n.Pipe.Cmds)
	e := c.commands(commands)
	switch {
	case e.stream != nil && esc.markup:
		b.add(func(s *state, dot reflect.Value) flow {
			e.stream(s, dot)
			return onward
		})
	case e.fixed:
		var s state
		s.emit(e.eval(nil, reflect.Value{}), esc)
		b.text = append(b.text, s.out...)
	case e.text != nil:
		b.add(func(s *state, dot reflect.Value) flow {
			s.emitText(e.text(s, dot), esc)
			return onward
		})
	default:
		b.add(func(s *state, dot reflect.Value) flow {
			s.emit(e.eval(s, dot), esc)
			return onward
		})
	}
}

func (c *compiler) branch(n *parse.BranchNode, with bool) step {
	seen := len(c.scope)
	e := c.pipeline(n.Pipe)
	then, otherwise := c.list(n.List), c.list(n.ElseList)
	c.scope = c.scope[:seen]
	return func(s *state, dot reflect.Value) flow {
		v := e.eval(s, dot)
		if !truth(v) {
			return s.run(otherwise, dot)
		}
		if with {
			dot = v
		}
		return s.run(then, dot)
	}
}

// loop compiles a range. Its variables have the whole value until the first turn, and so in the else branch.
func (c *compiler) loop(n *parse.RangeNode) step {
	seen := len(c.scope)
	e := c.pipeline(n.Pipe)
	var slots []int
	for _, v := range n.Pipe.Decl {
		slots = append(slots, c.slot(v.Ident[0]))
	}
	body, otherwise := c.list(n.List), c.list(n.ElseList)
	c.scope = c.scope[:seen]
	return func(s *state, dot reflect.Value) flow {
		empty := true
		each(e.eval(s, dot), len(slots) > 1, func(index, elem reflect.Value) bool {
			empty = false
			switch len(slots) {
			case 1:
				s.vars[s.base+slots[0]] = elem
			case 2:
				s.vars[s.base+slots[0]], s.vars[s.base+slots[1]] = index, elem
			}
			return s.run(body, elem) != breaking
		})
		if empty {
			return s.run(otherwise, dot)
		}
		return onward
	}
}

func (c *compiler) template(n *parse.TemplateNode) step {
	called, e := c.routine(n.Name), constant(reflect.Value{})
	if n.Pipe != nil {
		e = c.pipeline(n.Pipe)
	}
	return func(s *state, dot reflect.Value) flow {
		s.call(called, e.eval(s, dot))
		return onward
	}
}

// state is an execution.
type state struct {
	r     *Renderer
	out   []byte
	spare []byte          // to escape with
	vars  []reflect.Value // of all routines that are being executed
	base  int             // where those of the innermost one begin
	depth int             // of calls
	slow  bool            // html/template fills the holes of bodies
	root  string          // of the places at which blocks were written, "" where they are not told
}

// deepest is how deep routines may call each other. What goes deeper is html/template's, which knows a limit of its own.
const deepest = 1000

// execute appends to dst what a routine makes of data. It is not ok where html/template must do it.
func (r *Renderer) execute(dst []byte, called *routine, data any, root string) (out []byte, ok bool) {
	defer func() {
		_ = recover() // html/template will find the mistake again, and report it
	}()
	s := state{r: r, out: dst, root: root, vars: make([]reflect.Value, 0, 32)}
	s.call(called, reflect.ValueOf(data))
	return s.out, true
}

func (s *state) call(called *routine, dot reflect.Value) {
	if s.depth++; s.depth > deepest {
		panic(unable("depth"))
	}
	base := s.base
	s.base = len(s.vars)
	s.vars = append(s.vars, dot)
	for range called.slots - 1 {
		s.vars = append(s.vars, reflect.Value{})
	}
	s.run(called.steps, dot)
	s.vars = s.vars[:s.base]
	s.base = base
	s.depth--
}

func (s *state) run(steps []step, dot reflect.Value) flow {
	for _, do := range steps {
		if f := do(s, dot); f != onward {
			return f
		}
	}
	return onward
}
