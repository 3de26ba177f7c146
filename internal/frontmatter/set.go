package frontmatter

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"

	"leerblad/internal/diag"
	"leerblad/internal/edit"
	"leerblad/internal/source"
)

// Keys are the names of the keys that a mapping may have, in the order in which new ones are written, with the keys of mappings within.
type Keys []Named

// Named is one of Keys.
type Named struct {
	Name string
	Keys Keys
}

// at gives the place of a name, which is behind all for one that is not among the keys.
func (k Keys) at(name string) int {
	if i := slices.IndexFunc(k, func(n Named) bool { return n.Name == name }); i >= 0 {
		return i
	}
	return len(k)
}

func (k Keys) within(name string) Keys {
	if i := k.at(name); i < len(k) {
		return k[i].Keys
	}
	return nil
}

// Refusal is why a value was not written. Problem, if it has a code, must be mended first.
type Refusal struct {
	Why     diag.Phrase
	Problem diag.Diagnostic
}

func (r *Refusal) Error() string { return r.In(diag.English) }

// In gives the reason in a language.
func (r *Refusal) In(l diag.Language) string {
	if r.Problem.Code == "" {
		return r.Why.In(l)
	}
	line, _ := r.Problem.Span.Position()
	return fmt.Sprintf(r.Why.In(l), line, r.Problem.Message(l))
}

// The reasons.
var (
	whyUnread = diag.Phrase{
		NL: "de gegevens zijn zo niet te veranderen; herstel eerst regel %d: %s", EN: "the data cannot be changed like this; first mend line %d: %s"}
	whyTwice = diag.Phrase{
		NL: "deze gegevens staan er meer dan één keer; verander ze in de tekst", EN: "these data are there more than once; change them in the text"}
	whyConflict = diag.Phrase{
		NL: "hier staan twee versies die nog samengevoegd moeten worden; kies eerst een van de twee", EN: "two versions stand here that were not merged yet; choose one of the two first"}
	whyOdd = diag.Phrase{
		NL: "deze gegevens zijn zo geschreven dat ze alleen in de tekst te veranderen zijn", EN: "these data are written in such a way that they can be changed in the text alone"}
	whyValue = diag.Phrase{
		NL: "deze waarde kan hier niet staan", EN: "this value cannot be here"}
)

// Unread is the refusal because of a problem that must be mended first.
func Unread(problem diag.Diagnostic) *Refusal { return &Refusal{whyUnread, problem} }

// Part is where the YAML of a file is.
type Part int

// The parts.
const (
	Front Part = iota // its front matter
	Whole             // all of it
)

// find gives the part of f, and what follows it; without ok there is none.
func (p Part) find(f *source.File) (block source.Span, rest []byte, ok bool, diags diag.List) {
	if p == Whole {
		return source.At(f, len(f.Data)-len(bytes.TrimPrefix(f.Data, []byte("\ufeff"))), len(f.Data)), nil, true, nil
	}
	block, body, ok, diags := Split(f)
	return block, f.Data[body:], ok, diags
}

// Fields reads the part of f as it may be changed, with what is wrong in it. The Refusal says why nothing in it may be.
func Fields(f *source.File, part Part) ([]Field, diag.List, *Refusal) {
	block, _, ok, diags := part.find(f)
	if !ok {
		if diags[0].Code == "empty-file" || diags[0].Code == "missing-front-matter" { // which Set makes
			return nil, nil, nil
		}
		return nil, nil, Unread(diags[0])
	}
	_, conflicts := source.Conflicts(f.Data)
	if slices.ContainsFunc(conflicts, func(c source.Conflict) bool { return c.Whole.Start < block.End && block.Start < c.Whole.End }) {
		return nil, nil, &Refusal{Why: whyConflict}
	}
	fields, problems := Read(block)
	if fields == nil && problems.HasErrors() {
		return nil, nil, Unread(problems[slices.IndexFunc(problems, func(d diag.Diagnostic) bool { return d.Severity() == diag.Error })])
	}
	return fields, append(diags, problems...), nil
}

// Set gives the changes with which one value of the part of f is v: of the key path[0], or of a key or item within its value by
// more of the path. Where f has no front matter they make it. A string is a text on one line, Prose one whose lines stay; a bool, an int,
// []any and map[string]any are what they say; nil takes the key or item away. In a map that is there already, keys stay that v does not
// have and keys does not know.
//
// The least is changed: a value keeps its quotation marks, or its lines and their indentation, as long as what is new can be written so; a
// list or mapping is changed where it differs, and items that move take their comments along. Everything else stays, byte for byte. The
// error is a *Refusal where that cannot be done.
func Set(f *source.File, part Part, keys Keys, path []string, v any) (edit.Changes, error) {
	w, ok := wanted(v, keys, path)
	if !ok {
		return nil, &Refusal{Why: whyValue}
	}
	_, problems, refused := Fields(f, part)
	if refused != nil {
		return nil, refused
	}
	block, rest, ok, _ := part.find(f)
	if !ok {
		return begin(f, keys, path, w)
	}
	old := &outcome{file: f, rest: rest, problems: len(problems)}
	old.block, _ = newBlock(block)
	if old.root, ok = tree(old.block); !ok {
		return nil, &Refusal{Why: whyOdd}
	}
	if len(pairsOf(old.root, path[0])) > 1 {
		return nil, &Refusal{Why: whyTwice}
	}
	top := toplevel(old.root, keys, path, w)
	if top.pairs[0].value.kind == unplaced {
		return nil, &Refusal{Why: whyValue}
	}
	if matchesField(old.root, top.pairs[0]) {
		return nil, nil
	}
	for _, plainly := range []bool{false, true} {
		e := &editor{outcome: old, keys: keys, plainly: plainly}
		e.put(e.root, top)
		if e.failed {
			continue
		}
		changes := e.changes()
		if now, ok := apply(f, part, changes); ok && old.becomes(now, top.pairs[0]) {
			return changes, nil
		}
	}
	return nil, &Refusal{Why: whyOdd}
}

// begin gives the changes that make front matter where there is none. Before a text a blank line stands.
func begin(f *source.File, keys Keys, path []string, w want) (edit.Changes, error) {
	top := toplevel(nil, keys, path, w)
	switch top.pairs[0].value.kind {
	case nothing:
		return nil, nil
	case unplaced:
		return nil, &Refusal{Why: whyValue}
	}
	at := len(f.Data) - len(bytes.TrimPrefix(f.Data, []byte("\ufeff")))
	e := &editor{outcome: &outcome{file: f}, keys: keys}
	block := "---\n" + e.entry(top.pairs[0], 0) + "---\n"
	if len(bytes.TrimSpace(f.Data[at:])) > 0 {
		block += "\n"
	}
	changes := edit.Changes{{Span: source.At(f, at, at), Text: edit.Lines(f, block)}}
	now, ok := apply(f, Front, changes)
	if !ok || !matchesField(now.root, top.pairs[0]) {
		return nil, &Refusal{Why: whyOdd}
	}
	return changes, nil
}

// outcome is a file as it is read.
type outcome struct {
	file     *source.File
	block    *block
	root     *yaml.Node // nil where there is nothing in the block
	rest     []byte     // what follows the block
	problems int
}

// tree gives what is in a block, with all that nobody sees; ok is false where that is no mapping.
func tree(b *block) (root *yaml.Node, ok bool) {
	var doc yaml.Node
	if yaml.Unmarshal(b.text, &doc) != nil {
		return nil, false
	}
	if len(doc.Content) == 0 {
		return nil, true
	}
	root = doc.Content[0]
	if unwritten(root) {
		return nil, true
	}
	return root, root.Kind == yaml.MappingNode
}

func apply(f *source.File, part Part, changes edit.Changes) (*outcome, bool) {
	data, err := edit.Apply(f.Data, changes)
	if err != nil {
		return nil, false
	}
	out := &outcome{file: source.NewFile(f.Path, data)}
	_, problems, refused := Fields(out.file, part)
	block, rest, ok, _ := part.find(out.file)
	if !ok || refused != nil {
		return nil, false
	}
	out.problems, out.rest = len(problems), rest
	out.block, _ = newBlock(block)
	out.root, ok = tree(out.block)
	return out, ok
}

// becomes reports whether a file is now as it was but for one field, without a problem more.
func (o *outcome) becomes(now *outcome, f field) bool {
	if now.problems > o.problems || !bytes.Equal(now.rest, o.rest) || !matchesField(now.root, f) {
		return false
	}
	others := func(n *yaml.Node) (out []*yaml.Node) {
		for i := 0; n != nil && i+1 < len(n.Content); i += 2 {
			if n.Content[i].Value != f.name {
				out = append(out, n.Content[i], n.Content[i+1])
			}
		}
		return out
	}
	same := comparison{}
	return slices.EqualFunc(others(o.root), others(now.root), same.nodes)
}

// comparison remembers which aliases lead to the same.
type comparison map[*yaml.Node]bool

func (c comparison) nodes(a, b *yaml.Node) bool {
	if a.Kind != b.Kind || a.Tag != b.Tag || a.Value != b.Value || a.Anchor != b.Anchor {
		return false
	}
	if a.Kind == yaml.AliasNode && !c[a.Alias] {
		c[a.Alias] = true // also while it is found out: what is in itself
		return c.nodes(a.Alias, b.Alias)
	}
	return slices.EqualFunc(a.Content, b.Content, c.nodes)
}

// editor collects the changes of a block's text.
type editor struct {
	*outcome
	keys    Keys
	plainly bool // a value that is another is written anew
	failed  bool
	cuts    []cut
}

// cut puts text, whose lines end in \n, in place of a part of the block's text.
type cut struct {
	start, end int
	text       string
}

func (e *editor) cut(start, end int, text string) { e.cuts = append(e.cuts, cut{start, end, text}) }

func (e *editor) fail() { e.failed = true }

// changes gives the cuts as changes of the file, in order: each as short as it can be.
func (e *editor) changes() (out edit.Changes) {
	slices.SortStableFunc(e.cuts, func(a, b cut) int { return cmp.Or(cmp.Compare(a.start, b.start), cmp.Compare(a.end, b.end)) })
	for _, c := range e.cuts {
		text := strings.ReplaceAll(c.text, "\r\n", "\n")
		if n := len(e.block.text); c.start == n && n > 0 && e.block.text[n-1] != '\n' && strings.HasSuffix(text, "\n") { // new lines below a last one that is not ended
			text = "\n" + strings.TrimSuffix(text, "\n")
		}
		start, _, before, _ := e.block.within(c.start)
		_, end, _, after := e.block.within(c.end)
		old, text := string(e.file.Data[start:max(start, end)]), edit.Lines(e.file, before+text+after)
		same := 0
		for same < min(len(old), len(text)) && old[same] == text[same] {
			same++
		}
		for same > 0 && (same < len(old) && !utf8.RuneStart(old[same]) || same < len(text) && !utf8.RuneStart(text[same])) {
			same--
		}
		old, text, start = old[same:], text[same:], start+same
		same = 0
		for same < min(len(old), len(text)) && old[len(old)-1-same] == text[len(text)-1-same] {
			same++
		}
		for same > 0 && !utf8.RuneStart(old[len(old)-same]) {
			same--
		}
		if old, text = old[:len(old)-same], text[:len(text)-same]; old != text {
			out = append(out, edit.Change{Span: source.At(e.file, start, start+len(old)), Text: text})
		}
	}
	return out
}
