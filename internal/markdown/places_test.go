package markdown

import (
	"strings"
	"testing"

	"leerblad/internal/source"
)

// Addresses, items and attributes are where they are written, whatever stands around them.
func TestPlaces(t *testing.T) {
	for _, c := range []struct{ text, links, items, attributes string }{
		{text: "[a.md](a.md)", links: "a.md"},
		{text: "[b](<a b.md> 'a b.md') en ![x](p.jpg \"p.jpg\")", links: "a b.md|p.jpg"},
		{text: "[`a.md](` a.md](\n  a%20.md#x\n  \"t\")", links: "a%20.md#x"},
		{text: "> [x\n> y](\n> a.md)", links: "a.md"},
		{text: "[![p.jpg](p.jpg)](p.jpg)", links: "p.jpg|p.jpg"},
		{text: "[x][A  b], [a b][] en [a B].\n\n[a b]: <c.md>\n  (titel c.md)\n[d]: d.md\n[A b]: e.md", links: "c.md"},
		{text: "- [x]: niet\n\n  [x]\n\n  [x]: a\\(b.md", links: "niet"},
		{text: "<https://a.nl/b#c> <x@y.nl>", links: "https://a.nl/b#c|x@y.nl"},
		{text: "| [a](b.md) |\n|-|\n| [c](d\\|.md) |", links: "b.md|d\\|.md"},
		{text: "- [+] a [x](y.md)\n  b {#c}\n\n  d\n\n- [!] e\nlui\n[z]: a", links: "y.md", items: "- [+] a [x](y.md)\n  b {#c}\n\n  d|- [!] e\nlui", attributes: "{#c}|"},
		{text: "1. [+] a\n   ```\n   b\n   ```\n2. [?] b\n\n       code\n\n\ntekst", items: "1. [+] a\n   ```\n   b\n   ```|2. [?] b\n\n       code", attributes: "|"},
		{text: "- a\n  - [+] b  {reach=most #c}  \n    - [-] d\n- e\n", items: "  - [+] b  {reach=most #c}  \n    - [-] d|    - [-] d", attributes: "{reach=most #c}|"},
		{text: "- [+] a\n## kop\n", items: "- [+] a", attributes: ""},
		{text: "- [+] a\n\n[x]: y\n\n[^1]: noot\n", items: "- [+] a", attributes: ""},
		{text: "- [+] a [^1]\n[^1]: noot\n\n  b\n", items: "- [+] a [^1]", attributes: ""},
		{text: "> - [+] a\n", items: "", attributes: ""},
		{text: "*\t[+] a\n\n\tb\n\nc", items: "*\t[+] a\n\n\tb", attributes: ""},
		{text: "- [+] a\n- {#b moved=sheets/c#d}\n- [+] e", items: "- [+] a|- [+] e|- {#b moved=sheets/c#d}", attributes: "|"},
	} {
		for name, lines := range map[string]func(string) string{
			"lf": func(s string) string { return s }, "crlf": func(s string) string { return strings.ReplaceAll(s, "\n", "\r\n") },
		} {
			text := lines(c.text)
			b, _ := New().Parse(source.NewFile("a.md", []byte("\ufeff"+text)), len("\ufeff"), "")
			var links, items, attributes []string
			seen := map[source.Span]bool{}
			add := func(at source.Span) {
				if !seen[at] {
					links = append(links, at.Text())
				}
				seen[at] = true
			}
			for _, l := range append(b.Links, b.Cards...) {
				add(l.At)
			}
			for _, p := range b.Pictures {
				add(p.At)
			}
			for _, f := range b.Findings {
				items, attributes = append(items, f.Item.Text()), append(attributes, f.Attributes.Text())
			}
			for _, m := range b.Moved {
				items = append(items, m.Item.Text())
				if m.To.Span.Text() != m.To.Value {
					t.Errorf("%q: %q", text, m.To.Span.Text())
				}
			}
			want := c.links
			if got := strings.Join(links, "|"); got != want {
				t.Errorf("%s %q: addresses %q, want %q", name, text, got, want)
			}
			if got := strings.Join(items, "|"); got != lines(c.items) {
				t.Errorf("%s %q: items %q, want %q", name, text, got, lines(c.items))
			}
			if got := strings.Join(attributes, "|"); got != c.attributes {
				t.Errorf("%s %q: attributes %q, want %q", name, text, got, c.attributes)
			}
		}
	}
}
