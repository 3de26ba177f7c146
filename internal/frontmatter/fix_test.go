package frontmatter_test

import (
	"strings"
	"testing"

	"go.yaml.in/yaml/v4"

	"leerblad/internal/diag"
	"leerblad/internal/edit"
	"leerblad/internal/frontmatter"
	"leerblad/internal/source"
)

// problemsOf reads a text as an entry with some keys is.
func problemsOf(text string) diag.List {
	f := source.NewFile("a.md", []byte(text))
	block, _, ok, diags := frontmatter.Split(f)
	if !ok {
		return diags
	}
	fields, more := frontmatter.Read(block)
	diags = append(diags, more...)
	d := frontmatter.NewDecoder(fields, &diags)
	d.Only([]string{"title", "summary", "date", "topics", "number", "draft"})
	d.Text("title")
	d.Text("summary")
	d.Date("date")
	d.Texts("topics")
	d.Number("number")
	d.Bool("draft")
	return diags
}

func TestFixes(t *testing.T) {
	for _, c := range []struct{ line, want string }{ // want is "" where nothing is sure
		{"title: a: b", `title: "a: b"`},
		{`title: a: "b"`, `title: 'a: "b"'`},
		{`title: 's "a": b`, `title: "'s \"a\": b"`},
		{"title: een: twee\n  drie", ""},
		{"title: een: twee # drie", ""},
		{"title: 's avonds", `title: "'s avonds"`},
		{`title: "half`, `title: "half"`},
		{"topics: [a", "topics: [a]"},
		{"title: {a: [b", ""},
		{`title: "Samen" sterk`, `title: '"Samen" sterk'`},
		{`title: "Samen" en "apart"`, `title: '"Samen" en "apart"'`},
		{`title: "het "plan" nu"`, `title: 'het "plan" nu'`},
		{"title: 'het 'plan'", ""},
		{"title: @x", `title: "@x"`},
		{"title: | x", ""},
		{"title: !x", `title: "!x"`},
		{"topics: [!x, y]", ""},
		{"title: Plek #1", `title: "Plek #1"`},
		{"title: Plek #goed", ""},
		{"title:x\ndate: 2021-01-01", "title: x\ndate: 2021-01-01"},
		{"topics:\n\t- a\n\t- b", "topics:\n  - a\n  - b"},
		{"topics:\n\t- a\n  - b", ""},
		{"title: x\ntitle: x", "title: x"},
		{"title: x\ntitle: y", ""},
		{"titel: x", "title: x"},
		{"'titel': x", "title: x"},
		{"titel: x\ntitle: y", ""},
		{"sumary: x", "summary: x"},
		{"kleur: x", ""},
		{"topics: a", "topics: [a]"},
		{"topics: a, b", "topics: [a, b]"},
		{"topics: \"a\"", ""},
		{"number: \"3\"", "number: 3"},
		{"draft: ja", "draft: true"},
		{"draft: \"no\"", "draft: false"},
		{"date: 8-4-2021", "date: 2021-04-08"},
		{"date: 2021/4/8", "date: 2021-04-08"},
		{"date: 13/8/2021", "date: 2021-08-13"},
		{"date: 4/8/2021", ""},
		{"date: 4/13/2021", "date: 2021-04-13"},
		{"date: 2021-13-01", ""},
		{"date: \"8 april 2021\"", "date: 2021-04-08"},
		{"date: 2021-04-08 10:00", "date: 2021-04-08"},
		{"date: 8-4-2021 of later", ""},
	} {
		for _, end := range []string{"\n", "\r\n"} {
			text := strings.ReplaceAll("\ufeff---\n"+c.line+"\n---\n\nTekst.\n", "\n", end)
			want := strings.ReplaceAll("\ufeff---\n"+c.want+"\n---\n\nTekst.\n", "\n", end)
			var got string
			for _, d := range problemsOf(text) {
				if fix, sure := d.Sure(); sure {
					data, err := edit.Apply([]byte(text), fix.Changes)
					if err != nil {
						t.Fatal(err)
					}
					got = string(data)
				}
			}
			switch {
			case c.want == "" && got != "":
				t.Errorf("%q became %q", text, got)
			case c.want != "" && got != want:
				t.Errorf("%q became %q, want %q", text, got, want)
			case c.want != "" && len(problemsOf(got)) > 0:
				t.Errorf("%q: %v", got, problemsOf(got))
			}
		}
	}
}

func TestFencesAreAdded(t *testing.T) {
	for text, want := range map[string]string{
		"---\ntitle: T\n\nTekst.\n":          "---\ntitle: T\n---\n\nTekst.\n",
		"---\r\ntitle: T":                    "---\r\ntitle: T\r\n---\r\n",
		"title: T\n---\n\nTekst.\n":          "---\ntitle: T\n---\n\nTekst.\n",
		"\ufefftitle: T\r\n---\r\nTekst.":    "\ufeff---\r\ntitle: T\r\n---\r\nTekst.",
		"---\ntitle: T\nTekst.\n":            "",
		"---\ntitle: T\n\ndate: 2021-01-01":  "",
		"title: T\n\nTekst.\n---\n":          "",
		"---\nEen: zin\n  met: [meer\n\nx\n": "",
	} {
		got := ""
		for _, d := range problemsOf(text) {
			if fix, sure := d.Sure(); sure {
				data, _ := edit.Apply([]byte(text), fix.Changes)
				got = string(data)
			}
		}
		if got != want {
			t.Errorf("%q became %q, want %q", text, got, want)
		}
	}
}

func FuzzQuote(f *testing.F) {
	for _, s := range []string{"a", `"`, "'", `\`, `a: "b's"`, "#", "é"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if strings.ContainsFunc(s, func(r rune) bool {
			return r < ' ' || r == 0x7f || r == 0xfeff || r == 0xfffd || r >= 0x80 && r < 0xa0 || r == 0x2028 || r == 0x2029 || r > 0xfffd
		}) {
			return
		}
		var got string
		if err := yaml.Unmarshal([]byte(frontmatter.Quote(s)), &got); err != nil || got != s {
			t.Errorf("%q: %q, %v", s, got, err)
		}
	})
}
