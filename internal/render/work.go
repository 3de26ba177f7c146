package render

import (
	"reflect"
	"strconv"
	"text/template/parse"

	"leerblad/internal/source"
)

// A theme's mistake must not keep a build, or fill the memory. So each turn of a loop and each call of a template counts as what there
// is to execute in it, by costOf. What html/template executes, and the compiled form, meet the same bounds.
const (
	mostWork    = 100e6    // what may be executed for a page, and bytes of texts made for it
	largestPage = 50 << 20 // bytes
	longestText = 4 << 20  // bytes that a function of templates makes a text of
	deepest     = 1000     // templates that call each other
	mostBlocks  = 100      // in each other, in a template
	mostLoops   = 8        // in each other; html/template reads what is in n loops 2^n times
	eachTurn    = 16       // what a turn or call counts beside its source
)

// work is what an execution may still do.
type work struct {
	left, room int
	depth      int // of calls
}

// allWork is what a page may do.
var allWork = work{left: mostWork, room: largestPage}

// endless is the error of what goes on for too long.
type endless struct{ at *source.Span }

func (endless) Error() string { return "no end" }

func (w *work) done() bool { return w.left < 0 || w.room < 0 }

func (w *work) spend(cost int) error {
	if w.left -= cost; w.done() {
		return endless{}
	}
	return nil
}

func (w *work) enter(cost int) error {
	if w.depth++; w.depth > deepest {
		return endless{}
	}
	return w.spend(cost)
}

// printable reports whether a text of these arguments cannot get too long.
func printable(format string, args []any) bool {
	length := 0
	for _, arg := range args {
		if v := reflect.ValueOf(arg); v.Kind() == reflect.String {
			length += v.Len()
		}
	}
	return length*(1+len(format)/4) <= longestText // a verb that says which argument, as %[1]s, may come again
}

// The functions that instrument has called. They give false.
const (
	turnFunction  = "_leerblad_turn"
	enterFunction = "_leerblad_enter"
	leaveFunction = "_leerblad_leave"
)

// instrument puts {{if <function> <cost>}}{{end}} where turns of loops and calls of templates begin, and where a call ends: html/template
// sees nothing there that would change how the rest is escaped. It is not ok where blocks are too deep in each other, at an offset.
func instrument(tree *parse.Tree, calls calls) (at parse.Pos, ok bool) {
	if tree.Root == nil {
		return 0, true
	}
	if first, _ := counting(node(tree.Root, 0)); first == enterFunction { // of a partial with the name of a layout
		return 0, true
	}
	ok = true
	var list func(l *parse.ListNode, blocks, loops int)
	list = func(l *parse.ListNode, blocks, loops int) {
		if l == nil {
			return
		}
		if ok && (blocks > mostBlocks || loops > mostLoops) {
			at, ok = l.Pos, false
		}
		for _, n := range l.Nodes {
			if !ok {
				return
			}
			branch := branchOf(n)
			if branch == nil {
				continue
			}
			loop, isLoop := n.(*parse.RangeNode)
			if !isLoop {
				list(branch.List, blocks+1, loops)
			} else {
				cost := eachTurn + costOf(loop.List)
				list(loop.List, blocks+1, loops+1)
				loop.List.Nodes = append([]parse.Node{calls.call(turnFunction, loop.Pos, cost)}, loop.List.Nodes...)
			}
			list(branch.ElseList, blocks+1, loops)
		}
	}
	cost := eachTurn + costOf(tree.Root)
	list(tree.Root, 0, 0)
	tree.Root.Nodes = append(append([]parse.Node{calls.call(enterFunction, tree.Root.Pos, cost)}, tree.Root.Nodes...), calls.call(leaveFunction, tree.Root.Pos, 0))
	return at, ok
}

// costOf gives what executing a list counts: the length of its source, but of texts, which are only copied, a part. What loops in it do
// counts by the turn.
func costOf(l *parse.ListNode) (cost int) {
	for _, n := range l.Nodes {
		switch n := n.(type) {
		case *parse.TextNode:
			cost += len(n.Text) / 16
		case *parse.RangeNode:
			cost += len(n.Pipe.String())
			if n.ElseList != nil {
				cost += costOf(n.ElseList)
			}
		case *parse.IfNode, *parse.WithNode:
			for _, inner := range listsOf(n) {
				cost += costOf(inner)
			}
			cost += len(branchOf(n).Pipe.String())
		default:
			cost += len(n.String())
		}
	}
	return cost
}

func node(l *parse.ListNode, i int) parse.Node {
	if i < len(l.Nodes) {
		return l.Nodes[i]
	}
	return nil
}

// calls makes nodes {{if <function> <cost>}}{{end}} that say that they are of a template's file, which is text.
type calls struct{ like *parse.IfNode }

func callsIn(name, text string) calls {
	blank := []byte(text) // nodes know their line by the text of the tree that they are parsed with
	for i, c := range blank {
		if c != '\n' {
			blank[i] = ' '
		}
	}
	tree := parse.New(name)
	tree.Mode = parse.SkipFuncCheck
	tree, err := tree.Parse(string(blank)+"{{if "+turnFunction+" 1}}{{end}}", "", "", map[string]*parse.Tree{})
	if err != nil {
		panic(err) // there is nothing else in it
	}
	return calls{tree.Root.Nodes[len(tree.Root.Nodes)-1].(*parse.IfNode)}
}

func (c calls) call(function string, at parse.Pos, cost int) parse.Node {
	made := c.like.Copy().(*parse.IfNode)
	command := made.Pipe.Cmds[0]
	command.Pos = at
	name, number := command.Args[0].(*parse.IdentifierNode), command.Args[1].(*parse.NumberNode)
	name.Ident, name.Pos = function, at
	number.Pos, number.Int64, number.Text = at, int64(cost), strconv.Itoa(cost)
	return made
}

// counting gives the function and the cost of a node that instrument made, or "".
func counting(n parse.Node) (function string, cost int) {
	branch, ok := n.(*parse.IfNode)
	if !ok || len(branch.List.Nodes) > 0 || len(branch.Pipe.Cmds) != 1 {
		return "", 0
	}
	args := branch.Pipe.Cmds[0].Args
	called, ok := args[0].(*parse.IdentifierNode)
	if !ok {
		return "", 0
	}
	switch called.Ident {
	case turnFunction, enterFunction, leaveFunction:
		return called.Ident, int(args[1].(*parse.NumberNode).Int64)
	}
	return "", 0
}
