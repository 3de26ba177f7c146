package render

import (
	"fmt"
	"html/template"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"text/template/parse"

	"leerblad/internal/chart"
	"leerblad/internal/site"
)

// expr is a compiled expression. The values are those that text/template would have, down to being addressable, but for
// interfaces, which here stay until what is in them matters.
type expr struct {
	eval   func(s *state, dot reflect.Value) reflect.Value
	text   func(s *state, dot reflect.Value) string // where every value is a string; spares boxing it
	stream func(s *state, dot reflect.Value)        // of a body: writes it
	fixed  bool                                     // the value is always the same; eval needs no state
}

func constant(v reflect.Value) expr {
	e := expr{eval: func(*state, reflect.Value) reflect.Value { return v }, fixed: true}
	if v.IsValid() && v.Type() == stringType {
		text := v.String()
		e.text = func(*state, reflect.Value) string { return text }
	}
	return e
}

func textual(make func(s *state, dot reflect.Value) string) expr {
	text := func(s *state, dot reflect.Value) string {
		text := make(s, dot)
		s.spend(len(text))
		return text
	}
	return expr{text: text, eval: func(s *state, dot reflect.Value) reflect.Value { return reflect.ValueOf(text(s, dot)) }}
}

// words gives an expression as a string, which it must be.
func (e expr) words() func(s *state, dot reflect.Value) string {
	if e.text != nil {
		return e.text
	}
	return func(s *state, dot reflect.Value) string { return typed(e.eval(s, dot), stringType).String() }
}

func (c *compiler) pipeline(p *parse.PipeNode) expr {
	e := c.commands(p.Cmds)
	if len(p.Decl) == 0 {
		return e
	}
	var slots []int
	for _, v := range p.Decl {
		if p.IsAssign {
			slots = append(slots, c.slot(v.Ident[0]))
		} else {
			slots = append(slots, c.declare(v.Ident[0]))
		}
	}
	return expr{eval: func(s *state, dot reflect.Value) reflect.Value {
		v := e.eval(s, dot)
		for _, slot := range slots {
			s.vars[s.base+slot] = v
		}
		return v
	}}
}

// commands compiles the commands of a pipeline. The value of each is the last argument of the next.
func (c *compiler) commands(commands []*parse.CommandNode) expr {
	var e expr
	for i, command := range commands {
		first := command.Args[0]
		if function, ok := first.(*parse.IdentifierNode); ok {
			var args []expr
			for _, arg := range command.Args[1:] {
				args = append(args, c.operand(arg))
			}
			if i > 0 {
				args = append(args, e)
			}
			e = c.function(function.Ident, args)
			continue
		}
		if len(command.Args) > 1 || i > 0 || first.Type() == parse.NodeNil {
			panic(unable(command.String()))
		}
		e = c.operand(first)
	}
	return e
}

func (c *compiler) operand(n parse.Node) expr {
	switch n := n.(type) {
	case *parse.BoolNode:
		return constant(reflect.ValueOf(n.True))
	case *parse.StringNode:
		return constant(reflect.ValueOf(n.Text))
	case *parse.NumberNode:
		return constant(number(n))
	case *parse.NilNode:
		return constant(reflect.Value{})
	case *parse.DotNode:
		return expr{eval: func(_ *state, dot reflect.Value) reflect.Value { return dot }}
	case *parse.FieldNode:
		return chain(expr{eval: func(_ *state, dot reflect.Value) reflect.Value { return dot }}, n.Ident)
	case *parse.VariableNode:
		slot := c.slot(n.Ident[0])
		return chain(expr{eval: func(s *state, _ reflect.Value) reflect.Value { return s.vars[s.base+slot] }}, n.Ident[1:])
	case *parse.ChainNode:
		if n.Node.Type() != parse.NodeNil {
			return chain(c.operand(n.Node), n.Field)
		}
	case *parse.IdentifierNode:
		return c.function(n.Ident, nil)
	case *parse.PipeNode:
		if len(n.Decl) == 0 { // one with variables might not be evaluated, as an argument of "and"
			return c.commands(n.Cmds)
		}
	}
	panic(unable(n.String()))
}

// number gives the value of a whole number in digits.
func number(n *parse.NumberNode) reflect.Value {
	i, err := strconv.Atoi(n.Text)
	if err != nil || !n.IsInt || strings.HasPrefix(strings.TrimLeft(n.Text, "+-"), "0") && i != 0 {
		panic(unable(n.Text)) // another form, which may be of another type
	}
	return reflect.ValueOf(i)
}

// chain compiles the fields or methods of a value.
func chain(e expr, names []string) expr {
	for _, name := range names {
		of, m := e, &member{name: name}
		e = expr{eval: func(s *state, dot reflect.Value) reflect.Value { return m.of(of.eval(s, dot)) }}
	}
	return e
}

// function compiles a call. One with fixed arguments is done at once, unless it is a mistake.
func (c *compiler) function(name string, args []expr) (e expr) {
	e = c.themeFunction(name, args)
	if e.eval == nil {
		e = builtin(name, args)
	}
	if e.eval == nil {
		panic(unable("function " + name))
	}
	if e.stream != nil || slices.ContainsFunc(args, func(arg expr) bool { return !arg.fixed }) {
		return e
	}
	defer func() {
		_ = recover() // the page that makes the mistake reports it
	}()
	return constant(e.eval(nil, reflect.Value{}))
}

// themeFunction compiles the functions of Renderer.funcs.
func (c *compiler) themeFunction(name string, args []expr) expr {
	r := c.r
	if len(args) == 0 || len(args) > 1 && name != "t" {
		return expr{}
	}
	first := args[0]
	switch name {
	case "t":
		key, rest := first.words(), args[1:]
		return textual(func(s *state, dot reflect.Value) string {
			text, ok := r.theme.Text(key(s, dot), values(s, dot, rest)...)
			if !ok {
				panic(unable("text"))
			}
			return text
		})
	case "asset":
		file := first.words()
		return textual(func(s *state, dot reflect.Value) string {
			if file := r.theme.Asset(file(s, dot)); file != "" {
				return r.root + file
			}
			panic(unable("asset"))
		})
	case "date":
		return textual(func(s *state, dot reflect.Value) string {
			return r.date(typed(first.eval(s, dot), dayType).String())
		})
	case "number":
		return textual(func(s *state, dot reflect.Value) string {
			return r.theme.Number(int(typed(first.eval(s, dot), intType).Int()))
		})
	case "size":
		return textual(func(s *state, dot reflect.Value) string {
			return r.theme.Size(typed(first.eval(s, dot), int64Type).Int())
		})
	case "draw":
		return expr{eval: func(s *state, dot reflect.Value) reflect.Value {
			drawing, ok := valueOf(concrete(first.eval(s, dot))).(chart.Drawing)
			if !ok {
				panic(unable("drawing"))
			}
			html := draw(drawing)
			s.spend(len(html))
			return reflect.ValueOf(html)
		}}
	case "body":
		stream := func(s *state, dot reflect.Value) {
			if err := s.body(bodyOf(typed(first.eval(s, dot), bodyType))); err != nil {
				panic(unable("body"))
			}
		}
		return expr{stream: stream, eval: func(s *state, dot reflect.Value) reflect.Value {
			start := len(s.out)
			stream(s, dot)
			html := template.HTML(s.out[start:])
			s.out = s.out[:start]
			s.spend(len(html))
			return reflect.ValueOf(html)
		}}
	}
	return expr{}
}

func bodyOf(v reflect.Value) *site.Body {
	if v.CanAddr() {
		return v.Addr().Interface().(*site.Body)
	}
	b := v.Interface().(site.Body)
	return &b
}

// builtin compiles a function of text/template.
func builtin(name string, args []expr) expr {
	switch name {
	case "and", "or":
		return choice(name == "or", args)
	case "print":
		return textual(func(s *state, dot reflect.Value) string { return sprint(s, dot, args) })
	}
	if len(args) == 0 {
		return expr{}
	}
	first, rest := args[0], args[1:]
	switch name {
	case "printf":
		format := first.words()
		return textual(func(s *state, dot reflect.Value) string {
			format, args := format(s, dot), values(s, dot, rest)
			if !printable(format, args) {
				panic(endless{s.at})
			}
			return fmt.Sprintf(format, args...)
		})
	case "index", "slice":
		do := map[string]func(v reflect.Value, at []reflect.Value) reflect.Value{"index": index, "slice": slice}[name]
		return expr{eval: func(s *state, dot reflect.Value) reflect.Value {
			item, at := first.eval(s, dot), make([]reflect.Value, len(rest))
			for i, e := range rest {
				at[i] = e.eval(s, dot)
			}
			return do(item, at)
		}}
	}
	if do := unary(name); do != nil && len(rest) == 0 {
		return expr{eval: func(s *state, dot reflect.Value) reflect.Value { return do(first.eval(s, dot)) }}
	}
	if do := comparison(name); do != nil && (len(rest) == 1 || len(rest) > 1 && name == "eq") {
		return expr{eval: func(s *state, dot reflect.Value) reflect.Value {
			v, found := first.eval(s, dot), false
			for _, e := range rest {
				other := e.eval(s, dot)
				found = found || do(v, other)
			}
			return reflect.ValueOf(found)
		}}
	}
	return expr{}
}

// choice compiles "or" and "and", which give the first argument that is true or false, or else the last.
func choice(wanted bool, args []expr) expr {
	if len(args) == 0 {
		return expr{}
	}
	return expr{eval: func(s *state, dot reflect.Value) (v reflect.Value) {
		for _, e := range args {
			if v = e.eval(s, dot); truth(v) == wanted {
				break
			}
		}
		return v
	}}
}

func sprint(s *state, dot reflect.Value, args []expr) string {
	var room [64]byte
	text := room[:0]
	for _, e := range args {
		if e.text != nil {
			text = append(text, e.text(s, dot)...)
			continue
		}
		v := e.eval(s, dot)
		if v.Kind() != reflect.String || v.Type().NumMethod() > 0 {
			values := values(s, dot, args)
			if !printable("", values) {
				panic(endless{s.at})
			}
			return fmt.Sprint(values...)
		}
		text = append(text, v.String()...)
		if len(text) > longestText {
			panic(endless{s.at})
		}
	}
	return string(text)
}

func values(s *state, dot reflect.Value, args []expr) []any {
	var out []any
	for _, e := range args {
		out = append(out, valueOf(e.eval(s, dot)))
	}
	return out
}
