package markdown_test

import (
	"testing"

	"leerblad/internal/diag"
	"leerblad/internal/edit"
	"leerblad/internal/markdown"
	"leerblad/internal/source"
)

// FuzzParse looks for a panic, a place outside the file, and a part or range that leads nowhere.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		"## Kop {#x topic=y}\n\n- [+] Een. {#a reach=most follows=sheets/x#y}\n- [!]\n", "- [x] y\r\n\r\n![](a.png) [b](c.md#d)\r\n",
		"<b>x</b> <!-- y -->\n\n<div>\n\n[^1]\n\n[^1]: z\n", "| a | b |\n|---|--:|\n| 1 | 2 |\n\nT\n: d\n", "[a](b.md)\n\n![x](y.jpg \"z\")\n",
		"- [+] a\n  - [-] b {#c}\n    > [?] d\n", "\ufeff- [~] \"x\" {#\x00}\n", "> - [+] x {#y\n> z}\n", "1. [+] {#}\n\t- [+]\n", "- a\n\t#", "- a\n\t-\n\t\tb\n",
	} {
		f.Add([]byte(seed), 0)
	}
	parser := markdown.New()
	f.Fuzz(func(t *testing.T, data []byte, from int) {
		file := source.NewFile("sheets/x.md", data)
		body, diags := parser.Parse(file, min(max(from, 0), len(data)), "")
		check := func(s source.Span) {
			if s.File != file || s.Start < 0 || s.End < s.Start || s.End > len(data) {
				t.Errorf("span %d–%d in a file of %d bytes", s.Start, s.End, len(data))
			}
			if line, column := s.Position(); line < 1 || column < 1 {
				t.Errorf("position %d:%d", line, column)
			}
		}
		for _, d := range diags {
			check(d.Span)
			_, _ = d.Message(diag.Dutch), d.Hint(diag.English)
			for _, fix := range d.Fixes {
				if _, err := edit.Apply(data, fix.Changes); err != nil || fix.Words(diag.Dutch) == "" {
					t.Errorf("%s: %s: %v", d.Code, fix.Title, err)
				}
			}
		}
		ids := map[string]bool{}
		for _, id := range body.IDs() {
			if id == "" {
				t.Error("an empty id")
			}
			ids[id] = true
		}
		for _, finding := range body.Findings {
			check(finding.Span)
			if finding.First < 1 || finding.Last < finding.First || finding.Last > len(body.Parts) {
				t.Errorf("finding %q is parts %d–%d of %d", finding.ID, finding.First, finding.Last, len(body.Parts))
			}
		}
		checkBlocks(t, body, data)
		for _, p := range body.Parts {
			counts := map[markdown.Hole]int{markdown.LinkHref: len(body.Links), markdown.CardOf: len(body.Cards),
				markdown.Inline: len(body.Pictures), markdown.Figure: len(body.Pictures), markdown.FindingTop: len(body.Findings), markdown.FindingEnd: len(body.Findings)}
			if n, indexed := counts[p.Hole]; indexed && p.Index >= n {
				t.Errorf("hole %d has index %d of %d", p.Hole, p.Index, n)
			}
		}
	})
}
