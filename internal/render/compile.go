package render

import (
	"errors"
	"html/template"
	"io"
	"reflect"
	"slices"
	"text/template/parse"

	"leerblad/internal/diag"
	"leerblad/internal/source"
)

// routine is a compiled template.
type routine struct {
	steps []step
	slots int // its variables, of which $ is the first
	at    source.Span
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
	file     *source.File // of the template at hand
	at       int          // the offset in it of the node at hand
	scope    []string     // the variables that can be seen in the template at hand, by slot
	current  *routine
}

// compile makes routines of the named templates of a set, which is not used any more, and all that they call. It gives none where one of
// them needs more than the compiled form does, and why. The error is html/template's, which escapes them.
func (r *Renderer) compile(set *set, names ...string) (made map[string]*routine, why *Slow, err error) {
	c := &compiler{r: r, trees: map[string]*parse.Tree{}, routines: map[string]*routine{}, file: r.start(names[0]).File}
	defer func() {
		if stopped := recover(); stopped != nil {
			made, why = nil, slowly(stopped, rest(c.file, c.at))
		}
	}()
	for _, name := range names {
		set.work = work{} // html/template escapes before it executes, and then ends at once
		var wrong *template.Error
		if errors.As(set.ExecuteTemplate(refusal{}, name, nil), &wrong) {
			return nil, nil, wrong
		}
	}
	for _, t := range set.Templates() {
		c.trees[t.Name()] = t.Tree
	}
	for _, name := range names {
		c.routine(name)
	}
	return c.routines, nil, nil
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
	file, scope, current := c.file, c.scope, c.current
	c.file, c.scope, c.current = c.r.files[tree.ParseName], []string{"$"}, &routine{slots: 1, at: source.At(c.r.files[tree.ParseName], 0, 0)}
	made := c.current
	c.routines[name] = made
	made.steps = c.list(tree.Root)
	c.file, c.scope, c.current = file, scope, current
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
		c.at = int(n.Position())
		switch n := n.(type) {
		case *parse.TextNode:
			b.text = append(b.text, n.Text...)
		case *parse.CommentNode:
		case *parse.ActionNode:
			c.action(&b, n)
		case *parse.IfNode:
			if function, cost := counting(n); function != "" {
				c.counting(&b, n, cost)
				continue
			}
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

// counting compiles what instrument put into a template.
func (c *compiler) counting(b *block, n *parse.IfNode, cost int) {
	if cost == 0 {
		return // the end of a call
	}
	at := rest(c.file, int(n.Pipe.Cmds[0].Pos))
	b.add(func(s *state, _ reflect.Value) flow {
		s.at = &at
		s.spend(cost)
		return onward
	})
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
	work  work            // its room is the length that out may have
	at    *source.Span    // of the turn or call that began last
	set   *set            // html/template's, if that fills the holes of bodies
	root  string          // of the places at which blocks were written, "" where they are not told
}

// execute appends to dst what a routine makes of data. It gives why html/template must do it, or a mistake, where it cannot.
func (r *Renderer) execute(dst []byte, called *routine, data any, root string) (out []byte, why *Slow, mistake diag.List) {
	s := state{r: r, out: dst, root: root, vars: make([]reflect.Value, 0, 32), work: r.may, at: &called.at}
	s.work.room += len(dst)
	defer func() {
		switch stopped := recover().(type) {
		case nil:
		case endless:
			mistake = diag.List{{Code: "endless-template", Span: *stopped.at}}
		default: // html/template may find a mistake
			why = slowly(stopped, *s.at)
		}
	}()
	s.call(called, reflect.ValueOf(data))
	return s.out, nil, nil
}

// spend counts work.
func (s *state) spend(cost int) {
	if s == nil { // what is always the same is made once
		return
	}
	if s.work.left -= cost; s.work.left < 0 {
		panic(endless{s.at})
	}
}

func (s *state) call(called *routine, dot reflect.Value) {
	if s.work.depth++; s.work.depth > deepest {
		panic(endless{s.at})
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
	s.work.depth--
}

func (s *state) run(steps []step, dot reflect.Value) flow {
	for _, do := range steps {
		if f := do(s, dot); f != onward {
			return f
		}
		if len(s.out) > s.work.room {
			panic(endless{s.at})
		}
	}
	return onward
}
