package markdown

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"leerblad/internal/bounds"
	"leerblad/internal/source"
)

func times(n int, s string) string { return strings.Repeat(s, n) }

func numbered(n int, format string) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, format, i)
	}
	return b.String()
}

// Of each thing the most that there may be gives no message, and one more gives one, at its place; what follows is read.
func TestBoundsAreToldWhereTheyArePassed(t *testing.T) {
	row := func(columns int) string { return times(columns, "|a") + "|\n" + times(columns, "|-") + "|\n" }
	for _, c := range []struct {
		name string
		text func(n int) string
		most int
		want string
	}{
		{"quotations", func(n int) string { return times(n, ">") + "a\n" }, bounds.Nesting, "1:101 too-deep"},
		{"lists", func(n int) string { return times(n, "1. ") + "a\n" }, bounds.Nesting, "1:301 too-deep"},
		{"lists on lines", func(n int) string {
			var b strings.Builder
			for i := range n {
				b.WriteString(times(i, "  ") + "- a\n")
			}
			return b.String()
		}, bounds.Nesting, "101:201 too-deep"},
		{"findings", func(n int) string { return numbered(n, "- [+] Bevinding %d.\n") }, bounds.Findings, "2001:3 too-many bound-findings"},
		{"headings", func(n int) string { return numbered(n, "## Kop %d\n") }, bounds.Headings, "5001:1 too-many bound-headings"},
		{"footnotes", func(n int) string { return numbered(n, "[^%d]: Noot.\n") }, bounds.Footnotes, "5001:1 too-many bound-footnotes"},
		{"references to a footnote", func(n int) string { return times(n, "a[^1]\n\n") + "[^1]: Noot.\n" }, bounds.Footnotes, "10001:2 too-many bound-notemarks"},
		{"definitions", func(n int) string { return numbered(n, "[r%d]: https://example.org/\n\n") }, bounds.References, "10001:1 too-many bound-references"},
		{"definitions in a paragraph", func(n int) string { return numbered(n-500, "[r%d]: /\n") + "\n" + numbered(500, "[s%d]: /\n") }, bounds.References, "5002:1 too-many bound-references"},
		{"uses of a definition", func(n int) string { return times(n, "[r]\n\n") + "[r]: https://example.org/\n" }, bounds.References, "10001:1 too-many bound-uses"},
		{"charts", func(n int) string { return times(n, "```chart bar \"T\"\nA|B\nx|1\n```\n\n") }, bounds.Charts, "501:4 too-many bound-charts"},
		{"columns", row, bounds.Columns, "1:1 too-many bound-columns"},
		{"cells", func(n int) string { return times(n/5000, row(500)+times(9, "|\n")+"\n") + times(n%5000, row(1)) }, bounds.Cells, "241:1 too-many bound-cells"},
		{"signs in a cell's code", func(n int) string { return row(1) + "|`" + times(n, `\|`) + "`|\n" }, bounds.Columns, "1:1 too-many bound-signs"},
		{"signs of emphasis", func(n int) string { return times(n, "*a ") + "\n\n*b*\n" }, bounds.Signs, "1:15001 too-many bound-signs"},
		{"attributes of a heading", func(n int) string { return "## Kop {" + times(n, ".a ") + "}\n" }, bounds.Attributes, "1:8 too-many bound-attributes"},
		{"attributes of a heading with a line below", func(n int) string { return "Kop {" + times(n, ".a ") + "}\n---\n" }, bounds.Attributes, "1:5 too-many bound-attributes"},
		{"attributes of a finding", func(n int) string { return "- [+] Een. {" + times(n, "reach=many ") + "}\n" }, bounds.Attributes, "1:12 too-many bound-attributes"},
		{"an address", func(n int) string {
			return "[a](https://example.org/" + times(n-len("https://example.org/"), "b") + ")\n"
		}, bounds.Address, "1:4 long-address"},
		{"an address that stands apart", func(n int) string { return "[a]\n\n[a]: " + times(n, "b") + "\n" }, bounds.Address, "1:1 long-address"},
		{"an address that does not end", func(n int) string { return "[a](<" + times((n-bounds.Address)*n+100, "b") + "\n" }, bounds.Address, "1:4 long-address"},
		{"a title", func(n int) string { return "[a](b '" + times(n, "c") + "')\n" }, bounds.Address, "1:1 long-address"},
	} {
		t.Run(c.name, func(t *testing.T) {
			for _, n := range []int{c.most, c.most + 1} {
				f := source.NewFile("a.md", []byte(c.text(n)+"\n[laatste](einde.md)\n"))
				p := New()
				p.NoHints = true
				body, diags := p.Parse(f, 0, "")
				var got []string
				for _, d := range diags {
					if d.Code == "too-many" || d.Code == "too-deep" || d.Code == "long-address" {
						line, column := d.Span.Position()
						got = append(got, strings.TrimSpace(fmt.Sprintf("%d:%d %s %v", line, column, d.Code, strings.Trim(fmt.Sprint(d.Args[1:]), "[]"))))
					}
				}
				var want []string
				if n > c.most {
					want = []string{c.want}
				}
				if !slices.Equal(got, want) {
					t.Errorf("%d: got %q, want %q", n, got, want)
				}
				last := append(slices.Clone(body.Links), body.Cards...)
				if len(last) == 0 || last[len(last)-1].Dest != "einde.md" {
					t.Errorf("%d: the rest is not read", n)
				}
			}
		})
	}
}
