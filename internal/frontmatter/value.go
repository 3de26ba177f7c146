package frontmatter

import (
	"bytes"
	"regexp"
	"sort"
	"strings"

	"go.yaml.in/yaml/v4"

	"leerblad/internal/bounds"
	"leerblad/internal/diag"
	"leerblad/internal/edit"
	"leerblad/internal/source"
)

// Value is one YAML value with its place.
type Value struct {
	node  *yaml.Node
	block *block
}

// block is the YAML text that values stand in, read with changes.
type block struct {
	source.Span
	text    []byte // with the changes
	lines   *source.Lines
	changes edit.Changes // in order
	starts  []int        // of the changes, in text
}

// newBlock reads a block as it was meant.
func newBlock(span source.Span) (*block, diag.List) {
	data, conflicts := source.Conflicts(span.File.Data)
	var changes edit.Changes
	var diags diag.List
	if conflicts == nil { // else the editor must choose first
		changes, diags = mend(span)
	}
	b := &block{Span: span, text: data[span.Start:span.End], changes: changes}
	if len(changes) > 0 {
		var out []byte
		at := span.Start
		for _, c := range changes {
			out = append(out, span.File.Data[at:c.Span.Start]...)
			b.starts = append(b.starts, len(out))
			out, at = append(out, c.Text...), c.Span.End
		}
		b.text = append(out, span.File.Data[at:span.End]...)
	}
	b.lines = source.NewLines(b.text)
	return b, diags
}

// offset turns a line and column of the text (1-based, columns in characters) into an offset in the file.
func (b *block) offset(line, column int) int { return b.origin(b.lines.Offset(line, column)) }

// origin turns an offset in the text into one in the file.
func (b *block) origin(at int) int {
	n := sort.SearchInts(b.starts, at+1) - 1 // the last change that begins at it or before it
	if n < 0 {
		return b.Start + at
	}
	c, behind := b.changes[n], at-b.starts[n]-len(b.changes[n].Text)
	if behind < 0 {
		return c.Span.Start
	}
	return c.Span.End + behind
}

// within turns an offset in the text into one in the file, before what is changed there. Of one within a change it gives where this begins
// and ends in the file, and what its text has before and after the offset.
func (b *block) within(at int) (start, end int, before, after string) {
	n := sort.SearchInts(b.starts, at) - 1 // the last change that begins before it
	if n < 0 {
		return b.Start + at, b.Start + at, "", ""
	}
	c, inside := b.changes[n], at-b.starts[n]
	if inside < len(c.Text) {
		return c.Span.Start, c.Span.End, c.Text[:inside], c.Text[inside:]
	}
	start = c.Span.End + inside - len(c.Text)
	return start, start, "", ""
}

// reach is how many bytes of a line count for the place of a value that is no plain text.
const reach = 4096

// rest gives what stands in the block's line from an offset in the file on, as far as reach.
func (b *block) rest(start int) []byte {
	rest := b.File.Data[start:max(start, min(b.End, start+reach))]
	if i := bytes.IndexByte(rest, '\n'); i >= 0 {
		rest = rest[:i]
	}
	return rest
}

// Field is one key of a mapping with its value.
type Field struct {
	Key     string
	KeySpan source.Span
	Value   Value
}

// secondDocument is a line that ends a YAML document after something was in it; what follows would be lost.
var secondDocument = regexp.MustCompile(`(?m)^[^\s#%-](?:.*\n)+?(---|\.\.\.)[ \t\r]*$`)

// Read gives the fields of the YAML mapping in block. A block that is not YAML, or not a mapping, gives
// no fields and a diagnostic; a key written twice gives its first value and a diagnostic.
func Read(span source.Span) ([]Field, diag.List) {
	block, diags := newBlock(span)
	text := block.text
	if d, bad := tab(block); bad {
		return nil, append(diags, d)
	}
	if bytes.Contains(text, []byte("\n---")) || bytes.Contains(text, []byte("\n...")) {
		if m := secondDocument.FindSubmatchIndex(text); m != nil {
			return nil, append(diags, diag.Diagnostic{Code: "yaml-syntax", Span: source.At(block.File, block.origin(m[2]), block.origin(m[3]))})
		}
	}
	var doc yaml.Node
	if err := yaml.Unmarshal(text, &doc); err != nil {
		return nil, append(diags, explain(block, err))
	}
	if doc.Kind != yaml.DocumentNode || len(doc.Content) == 0 {
		return nil, diags
	}
	root := Value{doc.Content[0], block}
	if source.Visible(string(text)) != string(text) {
		onlyVisible(root.node)
	}
	if deep := deeper(root.node, bounds.Nesting); deep != nil {
		diags.Add("too-deep", Value{deep, block}.Span(), bounds.Nesting)
		return nil, diags
	}
	if root.node.Kind == yaml.ScalarNode && root.node.Tag == "!!null" {
		return nil, diags
	}
	if root.node.Kind != yaml.MappingNode {
		diags.Add("not-a-mapping", root.Span())
		return nil, diags
	}
	return root.fields(&diags), diags
}

// deeper gives the first node in n that stands in more than so many others, or nil.
func deeper(n *yaml.Node, levels int) *yaml.Node {
	if levels < 0 {
		return n
	}
	for _, c := range n.Content {
		if deep := deeper(c, levels-1); deep != nil {
			return deep
		}
	}
	return nil
}

// onlyVisible takes what nobody sees out of keys and values. Lines that are kept as they are may be a body.
func onlyVisible(n *yaml.Node) {
	for _, c := range n.Content {
		onlyVisible(c)
	}
	if plain := source.Visible(n.Value); n.Kind == yaml.ScalarNode && n.Style&yaml.LiteralStyle == 0 && plain != n.Value {
		n.Value = plain
		if n.Style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle|yaml.FoldedStyle) == 0 {
			n.Tag = "" // which ShortTag finds out again
			n.Tag = n.ShortTag()
		}
	}
}

func (v Value) fields(diags *diag.List) []Field {
	var out []Field
	seen := map[string]Field{}
	for i := 0; i+1 < len(v.node.Content); i += 2 {
		key, value := Value{v.node.Content[i], v.block}, Value{v.node.Content[i+1], v.block}
		name := key.node.Value
		if key.node.Kind != yaml.ScalarNode {
			diags.Add("yaml-syntax", key.Span())
			continue
		}
		if first, twice := seen[name]; twice {
			d := diag.Diagnostic{Code: "duplicate-key", Span: key.Span(), Args: []any{name}}
			if !diags.Long() {
				d.Fixes = removeKey(first, Field{name, key.Span(), value})
			}
			*diags = append(*diags, d)
			continue
		}
		seen[name] = Field{name, key.Span(), value}
		value = value.check(diags)
		out = append(out, Field{name, key.Span(), value})
	}
	return out
}

// check reports what YAML takes for something else than text: a word after an exclamation mark, and # in the middle.
// It gives the value as it was meant.
func (v Value) check(diags *diag.List) Value {
	if v.node.Kind != yaml.ScalarNode || v.node.Style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle|yaml.LiteralStyle|yaml.FoldedStyle) != 0 {
		return v
	}
	start := v.block.offset(v.node.Line, v.node.Column)
	line := string(v.block.rest(start))
	if strings.HasPrefix(line, "!") && !strings.HasPrefix(line, "!!") {
		span := source.At(v.block.File, start, start+len(strings.TrimRight(line, " \r")))
		d := diag.Diagnostic{Code: "yaml-special", Span: span, Args: []any{"!"}}
		if !diags.Long() {
			d.Fixes = quoting(span, span.Text(), false)
		}
		*diags = append(*diags, d)
		return Value{&yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: line, Line: v.node.Line, Column: v.node.Column}, v.block}
	}
	comment, found := strings.CutPrefix(line, v.node.Value+" #")
	if found && v.node.Value != "" && comment != "" && comment[0] != ' ' && comment[0] != '\t' {
		d := diag.Diagnostic{Code: "yaml-comment", Span: source.At(v.block.File, start, start+len(strings.TrimRight(line, " \r"))), Args: []any{v.node.Value}}
		if !diags.Long() && aloneAfterKey(d.Span) { // a number as in #1 is meant
			fix := diag.Replace(d.Span, Quote(d.Span.Text()))
			fix.Choose = comment[0] < '0' || comment[0] > '9'
			d.Fixes = []diag.Fix{fix}
		}
		*diags = append(*diags, d)
	}
	return v
}

// Span gives the value's place: a scalar's own text, or the line on which a list or mapping begins.
func (v Value) Span() source.Span {
	start := v.block.offset(v.node.Line, v.node.Column)
	rest := v.block.rest(start)
	if i := bytes.IndexByte(rest, '\r'); i >= 0 {
		rest = rest[:i]
	}
	rest = bytes.TrimRight(rest, " \t")
	n := len(rest)
	if v.node.Kind == yaml.ScalarNode {
		switch {
		case len(rest) > 1 && (rest[0] == '"' || rest[0] == '\''):
			if i := bytes.IndexByte(rest[1:], rest[0]); i >= 0 {
				n = i + 2
			}
		case bytes.HasPrefix(rest, []byte(v.node.Value)):
			n = len(v.node.Value)
		}
	}
	return source.At(v.block.File, start, start+n)
}

// null reports whether the value is empty or null.
func (v Value) null() bool {
	return v.node.Kind == yaml.ScalarNode && v.node.Tag == "!!null"
}

// typeName gives the term for what the editor wrote.
func (v Value) typeName() diag.Term {
	switch v.node.Kind {
	case yaml.SequenceNode:
		return "type-list"
	case yaml.MappingNode:
		return "type-mapping"
	case yaml.AliasNode:
		return "type-alias"
	}
	switch v.node.Tag {
	case "!!null":
		return "type-nothing"
	case "!!bool":
		return "type-bool"
	case "!!int":
		return "type-int"
	case "!!float":
		return "type-float"
	}
	return "type-text"
}

// text gives a scalar's text on one line with single spaces: YAML folds lines, editors indent them.
func (v Value) text() string { return strings.Join(strings.Fields(v.node.Value), " ") }
