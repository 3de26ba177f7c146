package build_test

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"leerblad/internal/bounds"
)

// Front matter and settings of thousands of keys and items, in lines and on one line: each problem has its place, and the last of
// those that are told stands before the one that counts the rest.
func TestProblemsOfLongFrontMatterHaveTheirPlaces(t *testing.T) {
	const many = bounds.Diagnostics + 500
	numbered := func(format string) string {
		var b strings.Builder
		for i := range many {
			fmt.Fprintf(&b, format, i)
		}
		return b.String()
	}
	page := func(meta string) map[string]string {
		return map[string]string{"pages/p.md": "---\ntitle: P\n" + meta + "---\n[weg](weg.md)\n"}
	}
	settings := "title: Proef\nurl: https://example.org/\n"
	for _, c := range []struct {
		name  string
		files map[string]string
		want  []string
	}{
		{"unknown keys", page(numbered("k%d: x\n")), []string{
			"pages/p.md:3:1 unknown-key", "pages/p.md:1002:1 unknown-key", "pages/p.md:1003:1 unknown-key +500", "pages/p.md:1504:7 broken-link"}},
		{"duplicate keys", page("summary: x\n" + strings.Repeat("summary: x\n", many)), []string{
			"pages/p.md:4:1 duplicate-key", "pages/p.md:1003:1 duplicate-key", "pages/p.md:1004:1 duplicate-key +500", "pages/p.md:1505:7 broken-link"}},
		{"items on one line", page("authors: [" + strings.Repeat("[é], ", many) + "x]\n"), []string{
			"pages/p.md:3:11 wrong-type", "pages/p.md:3:5006 wrong-type", "pages/p.md:3:5011 wrong-type +500", "pages/p.md:5:7 broken-link"}},
		{"settings", map[string]string{"site.yaml": settings + numbered("k%d: x\n")}, []string{
			"site.yaml:3:1 unknown-key", "site.yaml:1002:1 unknown-key", "site.yaml:1003:1 unknown-key +500"}},
		{"synonyms", map[string]string{"site.yaml": settings + "search:\n  synonyms:\n    - [a, b]\n    - [" + strings.Repeat("w, ", bounds.Synonyms-2) + "x, y]\n    - [c, d]\n"}, []string{
			"site.yaml:6:30002 too-many"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			write(t, filepath.Join(dir, "content/site.yaml"), []byte(settings))
			for name, text := range c.files {
				write(t, filepath.Join(dir, "content", name), []byte(text))
			}
			result, _ := buildFolder(t, dir)
			var got []string
			for i, d := range result.Problems {
				if i > 0 && i < bounds.Diagnostics-1 && result.Problems[i-1].Code == d.Code {
					continue // one of many
				}
				line, column := d.Span.Position()
				place := fmt.Sprintf("%s:%d:%d %s", d.Span.File.Path, line, column, d.Code)
				if d.More > 0 {
					place += fmt.Sprintf(" +%d", d.More)
				}
				got = append(got, place)
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}
