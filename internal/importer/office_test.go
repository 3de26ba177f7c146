package importer

import (
	"archive/zip"
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
)

// zipped makes an archive of parts.
func zipped(t testing.TB, parts map[string]string) []byte {
	t.Helper()
	var names []string
	for name := range parts {
		names = append(names, name)
	}
	slices.Sort(names)
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, name := range names {
		w, err := z.Create(name)
		if err == nil {
			_, err = w.Write([]byte(parts[name]))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// sketch draws a Document, a block a line.
func sketch(doc *Document) string {
	var out strings.Builder
	var blocks func(list []Block, lead string)
	blocks = func(list []Block, lead string) {
		for _, b := range list {
			switch b := b.(type) {
			case *Heading:
				fmt.Fprintf(&out, "%sh%d %s", lead, b.Level, sketchText(doc, b.Text))
				if b.Number != "" {
					fmt.Fprintf(&out, " (%s)", b.Number)
				}
				for _, a := range b.Anchors {
					out.WriteString(" #" + a)
				}
				out.WriteString("\n")
			case *Paragraph:
				sign := "p "
				if b.Caption {
					sign = "caption "
				}
				if b.Large {
					sign = "large "
				}
				out.WriteString(lead + sign + sketchText(doc, b.Text) + "\n")
			case *List:
				for i, item := range b.Items {
					mark := "- "
					if b.Ordered {
						mark = fmt.Sprintf("%d. ", b.Start+i)
					}
					if item.Mark != "" {
						mark = item.Mark + " "
					}
					at := out.Len()
					blocks(item.Blocks, lead+"  ")
					whole := out.String()
					out.Reset()
					out.WriteString(whole[:at] + lead + mark + strings.TrimPrefix(strings.TrimPrefix(whole[at:], lead+"  "), "p "))
				}
			case *Table:
				fmt.Fprintf(&out, "%stable %d\n", lead, b.Head)
				for _, row := range b.Rows {
					out.WriteString(lead + "  row\n")
					for _, c := range row {
						switch {
						case c.Covered:
							out.WriteString(lead + "    ^\n")
						case len(c.Blocks) == 0:
							out.WriteString(lead + "    .\n")
						}
						blocks(c.Blocks, lead+"    ")
					}
				}
			case *Quote:
				blocks(b.Blocks, lead+"> ")
			case *Code:
				fmt.Fprintf(&out, "%scode %q\n", lead, b.Text)
			case *Rule:
				out.WriteString(lead + "---\n")
			case *Definitions:
				for _, d := range b.Items {
					out.WriteString(lead + "term " + sketchText(doc, d.Term) + "\n")
					blocks(d.Blocks, lead+"  ")
				}
			}
		}
	}
	if doc.Title != nil {
		out.WriteString("title " + sketchText(doc, doc.Title) + "\n")
	}
	if doc.Subtitle != nil {
		out.WriteString("subtitle " + sketchText(doc, doc.Subtitle) + "\n")
	}
	blocks(doc.Blocks, "")
	for i, n := range doc.Notes {
		fmt.Fprintf(&out, "note %d\n", i+1)
		blocks(n.Blocks, "  ")
	}
	for _, c := range doc.Comments {
		fmt.Fprintf(&out, "comment %s: %s\n", c.By, c.Text)
	}
	for _, r := range doc.Remarks {
		out.WriteString("! " + r.Code)
		for _, a := range r.Args {
			fmt.Fprintf(&out, " %v", a)
		}
		out.WriteString("\n")
	}
	return out.String()
}

// sketchText draws a text: what has a style is in braces with the first letters of its styles, a colon, and so on.
func sketchText(doc *Document, text []Inline) string {
	var out strings.Builder
	for _, t := range text {
		marks := ""
		for i, letter := range []string{"b", "i", "x", "m", "^", "_", "u"} {
			if t.Style&(1<<i) != 0 {
				marks += letter
			}
		}
		if t.Symbol {
			marks += "s"
		}
		if t.Colour != "" {
			marks += "#" + t.Colour
		}
		words := t.Text
		switch {
		case t.Break:
			words = "⏎"
		case t.Note > 0:
			words = fmt.Sprintf("[^%d]", t.Note)
		case t.Picture > 0:
			p := doc.Pictures[t.Picture-1]
			words = fmt.Sprintf("![%s](%s)", p.Alt, first(p.Hint, p.Name))
		}
		if t.Link != "" {
			words += "→" + t.Link
		}
		if marks != "" || t.Link != "" {
			words = "{" + marks + ":" + words + "}"
		}
		out.WriteString(words)
	}
	return out.String()
}

// sketched compares a sketch with what it is to be, of which the lines may be indented.
func sketched(t *testing.T, got, want string) {
	t.Helper()
	lines := strings.Split(strings.Trim(want, "\n"), "\n")
	indent := len(lines[0]) - len(strings.TrimLeft(lines[0], "\t"))
	for i, l := range lines {
		lines[i] = strings.TrimPrefix(l, strings.Repeat("\t", indent))
	}
	want = strings.TrimRight(strings.Join(lines, "\n"), "\n\t")
	if got = strings.TrimRight(got, "\n"); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
