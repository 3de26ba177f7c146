package importer

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"

	"leerblad/internal/diag"
	"leerblad/internal/markdown"
	"leerblad/internal/source"
)

var seeds = flag.Uint64("seeds", 400, "how many random trees are written and read back")

// maker makes random trees.
type maker struct {
	*rand.Rand
	notes int
}

// pieces are what texts are made of: words, and all that means something to Markdown somewhere.
var pieces = strings.Split("woord|regio’s|Eén|2020|3.|1)|a|- |+ |* |# |## |> |: |[+] |[!] |[x]|[^1]|[a](b)|![a](b)|[a]: b|<b>|</b>|<!-- -->|<br>|<https://a.b>|&amp;|&#38;|&copy|R&D|`|``|~|~~|"+
	"**|*|_|__|a_b_c|\\|\\\\|\\*|{#id}|{.a}|{a=b}|{reach=most}|--|---|===|...|<<|>>|'s|'een'|\"twee\"|“drie”|€ 5|10\u00a0km|²|!|?|.|,|;|(|)|/|=|+|^|$|%|@|a@b.nl|https://e.org/a_b|🙂|☺|é", "|")

func (m *maker) text(depth int) []Inline {
	var out []Inline
	for range 1 + m.IntN(4) {
		var t Inline
		for range 1 + m.IntN(4) {
			t.Text += pieces[m.IntN(len(pieces))]
			if m.IntN(2) == 0 {
				t.Text += " "
			}
		}
		if m.IntN(8) == 0 {
			t.Text += "|"
		}
		if m.IntN(3) == 0 {
			t.Style = []Style{Strong, Em, Strong | Em, Strike, Mono, Strong | Strike}[m.IntN(6)]
		}
		if m.IntN(8) == 0 {
			t.Link = []string{"https://e.org/a b(c", "https://e.org/?a=1&amp;b=2", "mailto:a@b.nl", "https://e.org/a|b*c*"}[m.IntN(4)]
		}
		out = append(out, t)
		switch m.IntN(12) {
		case 0:
			out = append(out, Inline{Break: true})
		case 1:
			if depth < 10 && m.notes < 5 {
				m.notes++
				out = append(out, Inline{Note: m.notes})
			}
		}
	}
	return append(out, Inline{Text: "x"})
}

func (m *maker) blocks(depth, most int) []Block {
	var out []Block
	for range 1 + m.IntN(most) {
		switch kind := m.IntN(12); {
		case kind < 4:
			out = append(out, &Paragraph{Text: m.text(depth)})
		case kind < 7 && depth < 4:
			l := &List{Ordered: m.IntN(2) == 0, Start: 1 + m.IntN(2)*m.IntN(12)}
			for range 1 + m.IntN(3) {
				item := Item{}
				if m.IntN(8) > 0 {
					item.Blocks = []Block{&Paragraph{Text: m.text(depth)}}
				}
				if m.IntN(2) == 0 || item.Blocks == nil {
					item.Blocks = append(item.Blocks, m.blocks(depth+1, 2)...)
				}
				l.Items = append(l.Items, item)
			}
			out = append(out, l)
		case kind == 7:
			t := &Table{}
			columns := 1 + m.IntN(3)
			for range 1 + m.IntN(3) {
				var row []Cell
				for range columns {
					row = append(row, Cell{Blocks: []Block{&Paragraph{Text: m.text(depth)}}})
				}
				t.Rows = append(t.Rows, row)
			}
			out = append(out, t)
		case kind == 8 && depth < 3:
			out = append(out, &Quote{Blocks: m.blocks(depth+1, 3)})
		case kind == 9:
			out = append(out, &Code{Text: "a  b\n\n  `c` ```\n- d"})
		case kind == 10 && depth == 0:
			out = append(out, &Heading{Level: 1 + m.IntN(6), Text: m.text(depth)})
		case kind == 11 && depth == 0:
			out = append(out, &Definitions{Items: []Definition{{Term: m.text(20), Blocks: []Block{&Paragraph{Text: m.text(depth)}}}}})
		default:
			out = append(out, &Paragraph{Text: m.text(depth)})
		}
	}
	return out
}

// outline says what is in blocks, and which texts, without their styles, are in them.
func outline(blocks []Block) string {
	var out strings.Builder
	text := func(t []Inline) {
		for _, a := range canonical(atoms(t)) {
			out.WriteString(shownAtom(a))
		}
		out.WriteString("\n")
	}
	var walk func(blocks []Block)
	walk = func(blocks []Block) {
		for _, b := range blocks {
			switch b := b.(type) {
			case *Paragraph:
				out.WriteString("p ")
				text(b.Text)
			case *Heading:
				out.WriteString("h ")
				var t []Inline
				for _, i := range b.Text {
					if i.Break {
						i = Inline{Text: " "}
					}
					t = append(t, i)
				}
				text(t)
			case *List:
				fmt.Fprintf(&out, "list %v %d\n", b.Ordered, b.Start*b2i(b.Ordered))
				for _, i := range b.Items {
					out.WriteString("item\n")
					walk(i.Blocks)
				}
				out.WriteString("end\n")
			case *Table:
				for _, row := range b.Rows {
					out.WriteString("row\n")
					for _, c := range row {
						text(c.Blocks[0].(*Paragraph).Text)
					}
				}
			case *Quote:
				out.WriteString("quote\n")
				walk(b.Blocks)
				out.WriteString("end\n")
			case *Code:
				fmt.Fprintf(&out, "code %q\n", b.Text)
			case *Definitions:
				for _, d := range b.Items {
					out.WriteString("term ")
					var t []Inline
					for _, i := range d.Term {
						if i.Break {
							i = Inline{Text: " "}
						}
						t = append(t, i)
					}
					text(t)
					walk(d.Blocks)
				}
			}
		}
	}
	walk(blocks)
	return out.String()
}

func shownAtom(a atom) string {
	switch {
	case a.note > 0:
		return "(noot)"
	case a.picture > 0:
		return "(beeld)"
	case a.isBreak():
		return "/"
	}
	return string(a.r)
}

// outlineOf is outline of what Markdown was read as.
func outlineOf(nodes []markdown.Node, body *markdown.Body) string {
	var out strings.Builder
	text := func(n markdown.Node) {
		for _, a := range canonical(flatten(nil, n.Nodes, body, atom{})) {
			out.WriteString(shownAtom(a))
		}
		out.WriteString("\n")
	}
	var walk func(nodes []markdown.Node)
	walk = func(nodes []markdown.Node) {
		for _, n := range nodes {
			switch n.Kind {
			case markdown.ParagraphNode:
				out.WriteString("p ")
				text(n)
			case markdown.HeadingNode:
				out.WriteString("h ")
				text(n)
			case markdown.ListNode:
				fmt.Fprintf(&out, "list %v %d\n", n.Level >= 0, max(n.Level, 0))
				for _, i := range n.Nodes {
					if i.Kind == markdown.FindingNode {
						out.WriteString("finding ")
					}
					out.WriteString("item\n")
					walk(i.Nodes)
				}
				out.WriteString("end\n")
			case markdown.TableNode:
				for _, r := range n.Nodes {
					out.WriteString("row\n")
					for _, c := range r.Nodes {
						text(c)
					}
				}
			case markdown.QuoteNode:
				out.WriteString("quote\n")
				walk(n.Nodes)
				out.WriteString("end\n")
			case markdown.CodeBlockNode:
				var lines []string
				for _, l := range n.Nodes {
					lines = append(lines, l.Text)
				}
				fmt.Fprintf(&out, "code %q\n", strings.Join(lines, "\n"))
			case markdown.DefinitionsNode:
				walk(n.Nodes)
			case markdown.TermNode:
				out.WriteString("term ")
				text(n)
			case markdown.DescriptionNode:
				walk(n.Nodes)
			case markdown.NotesNode:
			default:
				fmt.Fprintf(&out, "%d?\n", n.Kind)
			}
		}
	}
	walk(nodes)
	return out.String()
}

// Whatever stands in a tree, its Markdown is read as the same blocks with the same words, and says nothing that its text does not say.
func TestMarkdownIsReadAsTheTreeThatItWasWrittenFrom(t *testing.T) {
	parser := markdown.New()
	kept, all := 0, 0
	for seed := range uint64(*seeds) {
		m := &maker{Rand: rand.New(rand.NewPCG(seed, 1))}
		blocks := m.blocks(0, 4)
		doc := &Document{Blocks: blocks}
		for range m.notes {
			doc.Notes = append(doc.Notes, Note{Blocks: []Block{&Paragraph{Text: m.text(20)}, &Paragraph{Text: m.text(20)}}})
		}
		out, _ := write(doc, front{title: "x"}, nil)
		f := source.NewFile("x.md", out)
		body, tree, diags := parser.ParseTree(f, bodyAt(out), "")
		want, got := outline(blocks), outlineOf(tree.Nodes, body)
		if got != want {
			t.Fatalf("seed %d:\n%s\ngot\n%s\nwant\n%s", seed, out, got, want)
		}
		for _, d := range diags {
			// What only looks like something that was meant is told of, as of any text.
			switch d.Code {
			case "raw-html", "missing-footnote", "missing-link-text", "empty-heading", "heading-one", "heading-skip", "duplicate-id", "unknown-marker", "unknown-attribute", "bad-attribute":
				t.Fatalf("seed %d:\n%s\n%s: %s", seed, out, d.Code, d.Message(diag.English))
			}
		}
		if again, _ := write(doc, front{title: "x"}, nil); string(again) != string(out) {
			t.Fatalf("seed %d: written in two ways", seed)
		}
		kept, all = kept+styledIn(flatten(nil, tree.Nodes, body, atom{})), all+wantedStyles(blocks)
		for _, n := range doc.Notes {
			all += wantedStyles(n.Blocks)
		}
	}
	if kept < all*9/10 {
		t.Errorf("of %d styled characters %d are left", all, kept)
	}
	t.Logf("of %d styled characters %d are left", all, kept)
}

func styledIn(list []atom) (n int) {
	for _, a := range list {
		if a.style&(Strong|Em|Strike) != 0 && a.r != ' ' {
			n++
		}
	}
	return n
}

func wantedStyles(blocks []Block) (n int) {
	eachText(blocks, func(text []Inline) []Inline {
		n += styledIn(atoms(text))
		return text
	})
	return n
}

// Whatever is typed, each word stands in the text once, in order.
func TestNoWordIsLostDoubledOrMoved(t *testing.T) {
	starts := strings.Split("|||• |•|– |- |* |+ |o\t|1. |2. |3) |(4) |a) |b. |(i) |(ii) |☺ |☺|⊕\t|✓ |(+) |(-) |[+] |[!] |[ |! |? |1.2 |1 |Datum: 3 maart 2021 |www.a.nl |#|→ |★★", "|")
	word := regexp.MustCompile(`w\d+x`)
	for seed := range *seeds {
		m := &maker{Rand: rand.New(rand.NewPCG(seed, 2))}
		n := 0
		line := func() (out []Inline) {
			for i := range 1 + m.IntN(3) {
				if i > 0 && m.IntN(2) == 0 {
					out = append(out, Inline{Break: true})
				}
				text := starts[m.IntN(len(starts))]
				for range 1 + m.IntN(12) {
					n++
					text += fmt.Sprintf("w%dx%s", n, []string{" ", ". ", ": ", "\u00a0"}[m.IntN(4)])
				}
				out = append(out, Inline{Text: text, Style: []Style{0, 0, Strong, Em}[m.IntN(4)], Colour: []string{"", "", "ff0000", "00b050"}[m.IntN(4)], Symbol: m.IntN(20) == 0})
			}
			return out
		}
		doc := &Document{}
		if m.IntN(4) == 0 {
			doc.Title = line()
		}
		for range 1 + m.IntN(12) {
			switch m.IntN(8) {
			case 0:
				doc.Blocks = append(doc.Blocks, &Heading{Level: 1 + m.IntN(3), Text: line()})
			case 1:
				l := &List{Ordered: m.IntN(2) == 0, Start: 1 + m.IntN(3)}
				for range 1 + m.IntN(3) {
					l.Items = append(l.Items, Item{Blocks: []Block{&Paragraph{Text: line()}, &Paragraph{Text: line()}}, Mark: []string{"", "", "☺", "✓"}[m.IntN(4)]})
				}
				doc.Blocks = append(doc.Blocks, l)
			case 2:
				doc.Blocks = append(doc.Blocks, &Table{Rows: [][]Cell{{{Blocks: []Block{&Paragraph{Text: line()}, &List{Items: []Item{{Blocks: []Block{&Paragraph{Text: line()}}}}}}}}}})
			default:
				doc.Blocks = append(doc.Blocks, &Paragraph{Text: line(), Indent: m.IntN(4) * 18, Large: m.IntN(6) == 0})
			}
		}
		text := Import(doc, Options{Name: "naam.docx", Unnumber: m.IntN(2) == 0, Signs: []map[string]string{nil, {"☺": "!", "⊕": "+", "●rood": "-"}}[m.IntN(2)]})
		got := word.FindAllString(string(text.Markdown), -1)
		for i := range max(n, len(got)) {
			if i >= len(got) || got[i] != fmt.Sprintf("w%dx", i+1) {
				t.Fatalf("seed %d: word %d of %d is %q\n%s", seed, i+1, n, got[min(i, len(got)):min(i+1, len(got))], text.Markdown)
			}
		}
	}
}
