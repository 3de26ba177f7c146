package frontmatter

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"go.yaml.in/yaml/v4"
	"golang.org/x/tools/txtar"

	"leerblad/internal/edit"
	"leerblad/internal/source"
)

var sets = flag.Int("sets", 1500, "how many values TestSetInRandomTexts sets")

var some = Keys{{Name: "title"}, {Name: "summary"}, {Name: "date"}, {Name: "changes", Keys: Keys{{Name: "date"}, {Name: "note"}}}, {Name: "topics"},
	{Name: "image", Keys: Keys{{Name: "src"}, {Name: "alt"}, {Name: "credit"}}}, {Name: "draft"}, {Name: "number"}, {Name: "evidence"},
	{Name: "media", Keys: Keys{{Name: "type"}, {Name: "src"}, {Name: "transcript"}}}}

// told gives the values of a text's keys as they are read, in words.
func told(f *source.File, find Part) (values map[string]string, rest string, ok bool) {
	block, body, ok, _ := find.find(f)
	if !ok {
		return nil, "", false
	}
	b, _ := newBlock(block)
	root, ok := tree(b)
	values = map[string]string{}
	for i := 0; root != nil && i+1 < len(root.Content); i += 2 {
		values[root.Content[i].Value] += words(root.Content[i+1], 9) + ";"
	}
	return values, string(body), ok
}

func words(n *yaml.Node, deep int) string {
	out := fmt.Sprint(n.Kind, n.Tag, strconv.Quote(n.Value), "(")
	if n.Alias != nil && deep > 0 {
		out += words(n.Alias, deep-1)
	}
	for _, c := range n.Content {
		out += words(c, deep)
	}
	return out + ")"
}

// present gives a value as a form has it.
func present(n *yaml.Node) any {
	switch {
	case n.Kind == yaml.SequenceNode:
		out := []any{}
		for _, c := range n.Content {
			out = append(out, present(c))
		}
		return out
	case n.Kind == yaml.MappingNode:
		out := map[string]any{}
		for i := 0; i+1 < len(n.Content); i += 2 {
			out[n.Content[i].Value] = present(n.Content[i+1])
		}
		return out
	case isNull(n):
		return nil
	case n.Tag == "!!bool":
		return strings.EqualFold(n.Value, "true")
	}
	return n.Value
}

// odd reports whether a value has what no form has.
func odd(n *yaml.Node) bool {
	twice := n.Kind == yaml.MappingNode && slices.ContainsFunc(n.Content, func(c *yaml.Node) bool { return len(pairsOf(n, c.Value)) > 1 })
	return twice || n.Kind == yaml.AliasNode || n.Style&yaml.TaggedStyle != 0 || n.Kind == yaml.SequenceNode && slices.ContainsFunc(n.Content, isNull) || slices.ContainsFunc(n.Content, odd)
}

// tryTo sets a value and reports what is wrong with what comes of it. It gives whether it was refused.
func tryTo(t *testing.T, f *source.File, find Part, path []string, v any) (refused bool) {
	t.Helper()
	report := func(what string, more ...any) {
		t.Helper()
		t.Errorf("%s\nof %q\nwith %v = %#v: %v", what, f.Data, path, v, more)
	}
	changes, err := Set(f, find, some, path, v)
	if err != nil {
		var r *Refusal
		if !errors.As(err, &r) || r.Error() == "" || changes != nil {
			report("error", err)
		}
		return true
	}
	data, err := edit.Apply(f.Data, changes)
	if err != nil {
		report("changes", err)
		return false
	}
	was, body, before := told(f, find)
	now := source.NewFile(f.Path, data)
	is, same, ok := told(now, find)
	if !before && len(changes) == 0 { // there is nothing that could be taken away
		return false
	}
	if !ok || before && same != body {
		report("cannot be read or has another body", string(data))
		return false
	}
	delete(was, path[0])
	value := is[path[0]]
	delete(is, path[0])
	if before && fmt.Sprint(was) != fmt.Sprint(is) {
		report("other values changed", string(data), was, is)
	}
	_, err = strconv.Atoi(path[len(path)-1])
	if again, failed := Set(now, find, some, path, v); (err != nil || v != nil) && (len(again) > 0 || failed != nil) { // another item may have come in its place
		report("set again", string(data), value, again, failed)
	}
	if s, isText := v.(string); isText && len(path) == 1 { // as a reader of the key reads it
		block, _, _, _ := find.find(now)
		fields, diags := Read(block)
		if got := NewDecoder(fields, &diags).Text(path[0]).Value; got != strings.Join(strings.Fields(source.Visible(s)), " ") {
			report("is read as", got, string(data))
		}
	}
	if bytes.Count(data, []byte("\r\n")) > 0 && bytes.Count(f.Data, []byte("\r\n")) == bytes.Count(f.Data, []byte("\n")) && bytes.Count(data, []byte("\r\n")) != bytes.Count(data, []byte("\n")) {
		report("line ends", string(data))
	}
	return false
}

// without gives a text without the lines of a key and its value. Comments and blank lines below these are those of a neighbour, unless the value keeps
// the blank lines behind it.
func without(t *testing.T, f *source.File, find Part, key string) string {
	t.Helper()
	block, _, ok, _ := find.find(f)
	fields, _ := Read(block)
	n := slices.IndexFunc(fields, func(f Field) bool { return f.Key == key })
	if !ok || n < 0 {
		return string(f.Data)
	}
	lineStart := func(at int) int { return max(block.Start, bytes.LastIndexByte(f.Data[:at], '\n')+1) }
	start, end := lineStart(fields[n].KeySpan.Start), block.End
	if n+1 < len(fields) {
		end = lineStart(fields[n+1].KeySpan.Start)
	}
	for end > start {
		last := lineStart(end - 1)
		if line := strings.TrimSpace(string(f.Data[last:end])); line != "" && line[0] != '#' {
			break
		}
		end = last
	}
	return string(f.Data[:start]) + string(f.Data[end:])
}

// remains reports whether all lines of was are in is, and no others but blank ones and comments, which stood between items that are gone. The last
// line may have been ended.
func remains(was, is string) bool {
	if !strings.HasSuffix(was, "\n") {
		was, is = was+"\n", strings.TrimRight(is, "\r\n")+"\n"
	}
	left := strings.SplitAfter(was, "\n")
	for line := range strings.SplitAfterSeq(is, "\n") {
		if text := strings.TrimSpace(line); len(left) > 0 && line == left[0] {
			left = left[1:]
		} else if text != "" && text[0] != '#' {
			return false
		}
	}
	return len(left) == 0
}

// texts gives all texts of the sample and of the golden files.
func texts(t testing.TB) (out []*source.File) {
	golden, err := filepath.Glob("../*/testdata/*/*.txtar")
	if err != nil || len(golden) == 0 {
		t.Fatal("no golden files", err)
	}
	for _, p := range golden {
		archive, err := txtar.ParseFile(p)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range archive.Files {
			if strings.HasSuffix(f.Name, ".md") || strings.HasSuffix(f.Name, "site.yaml") {
				out = append(out, source.NewFile(f.Name, f.Data))
			}
		}
	}
	sample, _ := filepath.Glob("../../content/*/*.md")
	for _, p := range append(sample, "../../content/site.yaml") {
		data, err := os.ReadFile(p)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, source.NewFile(p, data))
	}
	return out
}

// trial is what random values are made with.
type trial struct{ *rand.Rand }

func (r trial) one(of ...string) string { return of[r.IntN(len(of))] }

func (r trial) text() string {
	var out []string
	for range 1 + r.IntN(4) {
		out = append(out, r.one("een", "woord", "'s", "\"x\"", "a:", "#1", "#", "-", "- b", "?", "|", ">", "!x", "&x", "*x", "@", "%", "`", "[", "]", "{a}", ",", "x,", "true", "null", "~", "12", "0x1f", "1e3",
			"2021-04-08", "“x”", "é", "😀", "\u00a0", "\u200b", "\t", "\\", "---", "...", "---\n", "<<", "=", "zonder, einde", "sheets/a#b", "https://example.org/", "een lange rij van woorden die niet op een regel past"))
	}
	return strings.Join(out, " ")
}

func (r trial) value() any {
	list := func(item func() any) any {
		out := []any{}
		for range r.IntN(4) {
			out = append(out, item())
		}
		return out
	}
	switch r.IntN(9) {
	case 0:
		return nil
	case 1:
		return r.IntN(2) == 0
	case 2:
		return r.IntN(50)
	case 3:
		return Prose(r.text() + "\n" + r.text() + r.one("", "\n", "\n\n  x", "\r\n\tx"))
	case 4:
		return list(func() any { return r.text() })
	case 5:
		return list(func() any { return map[string]any{"type": r.one("image", "video"), "src": r.text()} })
	case 6:
		return map[string]any{"src": r.text(), "alt": r.one("", "x", "een: y")}
	case 7:
		return list(func() any { return r.one("a", "b", "c", "d") })
	}
	return r.text()
}

// block makes a random block.
func (r trial) block() string {
	var out strings.Builder
	indent := r.one("", "", "", "  ")
	comment := func() string { return r.one("", "", "", " # over") }
	between := func() {
		out.WriteString(r.one("", "", "", "\n", indent+"# van hierna\n", "# los\n\n"))
	}
	text := func() string {
		return r.one("een", "twee woorden", "'drie'", "\"vier \\\" x\"", "'v''ijf'", "2021-04-08", "6", "true", "~", "sheets/a#b", "een\u00a0x", "“acht”", "&y negen", "!!str 10", "ja, nee")
	}
	flow := func() string {
		return r.one("een", "twee woorden", "'drie'", "\"v, ier\"", "6", "sheets/a#b", "acht")
	}
	names := []string{"title", "summary", "date", "topics", "image", "draft", "evidence", "media", "kleur", "number"}
	r.Shuffle(len(names), func(i, j int) { names[i], names[j] = names[j], names[i] })
	for _, name := range names[:r.IntN(len(names))] {
		between()
		out.WriteString(indent + r.one(name, name, name, "\""+name+"\"") + ":")
		in := indent + r.one("", "  ", "    ")
		deep := indent + r.one("  ", "   ")
		switch r.IntN(12) {
		case 0:
			out.WriteString(comment() + "\n")
		case 1:
			out.WriteString(" " + r.one("|", "|-", "|+", ">", ">-") + comment() + "\n" + deep + "een regel\n" + deep + "# geen opmerking\n" + r.one("", "\n") + deep + "nog een\n" + r.one("", "\n"))
		case 2:
			out.WriteString(" een regel\n" + deep + "die doorloopt" + comment() + "\n")
		case 3:
			out.WriteString(" \"een regel\n" + deep + "die doorloopt\"" + comment() + "\n")
		case 4:
			out.WriteString(" [" + flow() + ", " + flow() + r.one("", ",") + "]" + comment() + "\n")
		case 5:
			out.WriteString(" [\n" + deep + flow() + "," + comment() + "\n" + deep + flow() + r.one("", ",") + "\n" + indent + r.one("", " ") + "]" + comment() + "\n")
		case 6:
			out.WriteString(" {src: " + flow() + ", " + r.one("alt: "+flow(), "alt", "alt: ") + "}" + comment() + "\n")
		case 7:
			out.WriteString(comment() + "\n" + deep + "src: " + text() + comment() + "\n" + r.one("", deep+"# bij\n") + deep + "alt:" + r.one("", " "+text()) + "\n")
		case 8, 9:
			out.WriteString(comment() + "\n")
			for range 1 + r.IntN(4) {
				out.WriteString(r.one("", "", in+"# erboven\n", "\n") + in + "-" + r.one(" ", " ", "   ") + r.one(text(), text(), "a", "b", "c") + comment() + "\n")
			}
		case 10:
			out.WriteString("\n")
			for range 1 + r.IntN(3) {
				out.WriteString(in + "- type: " + r.one("image", "video") + comment() + "\n" + in + "  " + r.one("src: ", "transcript: |\n    "+in) + flow() + "\n")
			}
		default:
			out.WriteString(r.one(" ", "   ") + text() + comment() + "\n")
		}
	}
	between()
	return out.String()
}

func TestSetInRandomTexts(t *testing.T) {
	r := trial{rand.New(rand.NewPCG(uint64(*sets), 4))}
	tried, refused := 0, 0
	for tried < *sets && !t.Failed() {
		text := r.block()
		find := Whole
		if r.IntN(3) > 0 {
			find, text = Front, r.one("", "\ufeff")+"---\n"+text+r.one("---\n", "---  \n\nTekst.\n", "---")
		} else if r.IntN(4) == 0 {
			text = strings.TrimSuffix(text, "\n")
		}
		if r.IntN(3) == 0 {
			text = strings.ReplaceAll(text, "\n", "\r\n")
		}
		f := source.NewFile("a.md", []byte(text))
		block, _, ok, _ := find.find(f)
		if fields, diags := Read(block); !ok || fields == nil && diags.HasErrors() {
			continue // what no editor can read
		}
		path := []string{some[r.IntN(len(some))].Name}
		if r.IntN(4) == 0 {
			path = append(path, r.one("alt", "src", "0", "1", "type"))
		}
		tried++
		v := r.value()
		if tryTo(t, f, find, path, v) {
			refused++
			continue
		}
		changes, _ := Set(f, find, some, path, v)
		data, _ := edit.Apply(f.Data, changes)
		_, lines := v.(Prose) // of which some may look like comments
		if !lines && !strings.Contains(text, "|+") && !remains(without(t, f, find, path[0]), without(t, source.NewFile(f.Path, data), find, path[0])) {
			t.Errorf("other lines changed\nof %q\nwith %v = %#v: %q", text, path, v, data)
		}
	}
	t.Logf("%d of %d were refused", refused, tried)
	if refused*10 > tried {
		t.Errorf("%d of %d were refused", refused, tried)
	}
}

// Every key of every text is set to what it is and to something else.
func TestSetInAllTexts(t *testing.T) {
	r := trial{rand.New(rand.NewPCG(1, 2))}
	tried, refused, unread := 0, 0, 0
	for _, f := range texts(t) {
		find := Front
		if filepath.Base(f.Path) == "site.yaml" {
			find = Whole
		}
		block, _, ok, _ := find.find(f)
		fields, diags := Read(block)
		if !ok || fields == nil && diags.HasErrors() {
			unread++
			continue
		}
		for _, field := range fields {
			name := field.Key
			for _, v := range []any{nil, r.value()} {
				tried++
				if tryTo(t, f, find, []string{name}, v) {
					refused++
				}
			}
			if n := field.Value.node; !odd(n) && !strings.HasPrefix(n.Value, "!") && n.Value == field.Value.text() { // in one line, and as YAML has it
				if changes, err := Set(f, find, some, []string{name}, present(n)); len(changes) > 0 || err != nil && !strings.Contains(err.Error(), "more than once") && !strings.Contains(err.Error(), "two versions") {
					t.Errorf("%s: %s is set to what it is (%v): %v %v", f.Path, name, present(n), changes, err)
				}
			}
		}
		for range 3 {
			tried++
			if tryTo(t, f, find, []string{some[r.IntN(len(some))].Name}, r.value()) {
				refused++
			}
		}
	}
	t.Logf("%d of %d were refused; %d texts cannot be read", refused, tried, unread)
}

func FuzzSet(f *testing.F) {
	r := trial{rand.New(rand.NewPCG(5, 6))}
	for range 200 {
		f.Add("---\n"+r.block()+"---\nx\n", some[r.IntN(len(some))].Name, r.text(), uint8(r.IntN(8)))
	}
	for _, file := range texts(f) {
		f.Add(string(file.Data), "title", "x", uint8(0))
	}
	f.Fuzz(func(t *testing.T, text, key, value string, form uint8) {
		value = strings.ToValidUTF8(value, "?")
		v := []any{value, Prose(value), []any{value, "a"}, map[string]any{"src": value}, []any{map[string]any{"src": "a", "type": value}}, nil, len(value), []any{}}[form%8]
		if slices.Contains([]string{"", "<<"}, key) || !strings.Contains("title summary topics image media evidence kleur", key) {
			key = "title"
		}
		tryTo(t, source.NewFile("a.md", []byte(text)), Front, []string{key}, v)
	})
}
