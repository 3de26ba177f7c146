package markdown_test

import (
	"slices"
	"testing"

	"leerblad/internal/diag"
	"leerblad/internal/edit"
	"leerblad/internal/markdown"
	"leerblad/internal/source"
)

// fixed gives a text after the fixes of its headings and of links without an address, of which choose says whether those that must be chosen count.
func fixed(t *testing.T, text, title string, choose bool) string {
	t.Helper()
	f := source.NewFile("a.md", []byte(text))
	_, diags := markdown.New().Parse(f, 0, title)
	var changes edit.Changes
	for _, d := range diags {
		if !slices.Contains([]diag.Code{"heading-one", "repeated-title", "no-address"}, d.Code) {
			continue
		}
		if fix, ok := d.Sure(); ok {
			changes = append(changes, fix.Changes...)
		} else if choose {
			changes = append(changes, d.Fixes[0].Changes...)
		}
	}
	out, err := edit.Apply(f.Data, changes)
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

func TestHeadingsAreMended(t *testing.T) {
	for text, want := range map[string]string{
		"# Titel\n\nTekst.\n":                   "Tekst.\n",
		"  # *titel!* #\n\n\n## A\n":            "## A\n",
		"Tekst.\n\nTitel\n=====\n\nMeer.\n":     "Tekst.\n\nMeer.\n",
		"Tekst.\n# Titel\nMeer.\n":              "Tekst.\n\nMeer.\n",
		"\r\n# Titel\r\n\r\nTekst.\r\n":         "\r\nTekst.\r\n",
		"# Titel":                               "",
		"# Titel {#a}\n":                        "# Titel {#a}\n",
		"# A\n\n## B\n\n###### C\n\n# D\n":      "## A\n\n### B\n\n###### C\n\n## D\n",
		"## V\n\n# A\n\n## B\n":                 "## V\n\n## A\n\n### B\n",
		"# Titel\n\n## V\n\n# A\n":              "## V\n\n## A\n",
		"A\n=\n\nB\nb #\n---\n\n> C\n> ===\n":   "A\n---\n\n### B b \\#\n\n> C\n> ---\n",
		"# A\r\n\r\nB\r\n---\r\n\r\n- # C\r\n":  "## A\r\n\r\n### B\r\n\r\n- ## C\r\n",
		"# A {#x}\n\n> B\n> b\n> ---\n>\n> t\n": "## A {#x}\n\n> ### B b\n>\n> t\n",
		"#\n\n# A\n\n#\n":                       "#\n\n## A\n\n##\n",
	} {
		if got := fixed(t, text, "Titel", false); got != want {
			t.Errorf("%q becomes %q, want %q", text, got, want)
		}
	}
}

func TestALinkWithoutAnAddressBecomesItsText(t *testing.T) {
	if got := fixed(t, "Een [*leeg* adres]( ) en\n> [een](<>).\n", "", true); got != "Een *leeg* adres en\n> een.\n" {
		t.Errorf("%q", got)
	}
}

func TestPlacesOfAddressesAreExact(t *testing.T) {
	for text, want := range map[string][]string{
		"[![Overleg](weg.png)](weg.png \"t\")":              {"weg.png", "weg.png"},
		"[weg.md](weg.md) [b](<weg naar.md> 'weg naar.md')": {"weg.md", "<weg naar.md>"},
		"[x](a\\(b\\).md) [y](a%20b.md) [z]( \n  c.md\n)":   {"a\\(b\\).md", "a%20b.md", "c.md"},
		"[a][r] en [r] ![p][r]\n\n[r]:\n  <een b.md> \"t\"": {"<een b.md>", "<een b.md>", "<een b.md>"},
		"> - [a.md](a.md)\n>   [b](\n>   b.md)":             {"a.md", "b.md"},
		"| a |\n|---|\n| [x](x.md) [x.md](x.md) |":          {"x.md", "x.md"},
		"<https://example.org/a> <a@example.org>":           {"https://example.org/a", "a@example.org"},
		"\t- [a.md](a.md)\n":                                nil,
	} {
		body, _ := parse("Eén\r\n\r\n" + text + "\n")
		var got []string
		for _, l := range body.Links {
			got = append(got, l.Told.Text())
		}
		for _, p := range body.Pictures {
			got = append(got, p.Told.Text())
		}
		if len(got) != len(want) {
			t.Fatalf("%q gives %q", text, got)
		}
		for i := range want {
			if got[i] != want[i] {
				t.Errorf("%q gives %q, want %q", text, got, want)
			}
		}
	}
	body, _ := parse("[![Overleg](weg.png)](weg.png \"t\")\n")
	if a, b := body.Pictures[0].Span.Start, body.Links[0].Span.Start; a != 12 || b != 22 {
		t.Errorf("picture at %d, link at %d", a, b)
	}
}
