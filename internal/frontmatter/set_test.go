package frontmatter_test

import (
	"errors"
	"strings"
	"testing"

	"leerblad/internal/edit"
	"leerblad/internal/frontmatter"
	"leerblad/internal/source"
)

// keys are those of the texts in these tests.
var keys = frontmatter.Keys{{Name: "title"}, {Name: "summary"}, {Name: "date"}, {Name: "changes", Keys: frontmatter.Keys{{Name: "date"}, {Name: "note"}}},
	{Name: "topics"}, {Name: "image", Keys: frontmatter.Keys{{Name: "src"}, {Name: "alt"}, {Name: "credit"}}}, {Name: "draft"}, {Name: "number"},
	{Name: "evidence"}, {Name: "media", Keys: frontmatter.Keys{{Name: "type"}, {Name: "src"}, {Name: "transcript"}}}}

// set gives the text with a value set, or why it is not.
func set(t *testing.T, text, path string, v any) (string, *frontmatter.Refusal) {
	t.Helper()
	f := source.NewFile("a.md", []byte(text))
	changes, err := frontmatter.Set(f, frontmatter.Front, keys, strings.Split(path, "."), v)
	var refusal *frontmatter.Refusal
	if err != nil && !errors.As(err, &refusal) {
		t.Fatal(err)
	}
	data, err := edit.Apply(f.Data, changes)
	if err != nil {
		t.Fatalf("%q: %v", text, err)
	}
	return string(data), refusal
}

type mapped = map[string]any

func TestSet(t *testing.T) {
	for _, c := range []struct {
		block, path string
		value       any
		want        string // of the block; "-" where it is refused
	}{
		// A text keeps its quotation marks.
		{"title: a\n", "title", "b", "title: b\n"},
		{"title: a   # c\n", "title", "b", "title: b   # c\n"},
		{"title:\ta\n", "title", "b", "title:\tb\n"},
		{"title: a\n", "title", "b: c", "title: \"b: c\"\n"},
		{"title: a\n", "title", "b \"c\": 'd'", "title: \"b \\\"c\\\": 'd'\"\n"},
		{"title: a\n", "title", "true", "title: \"true\"\n"},
		{"title: a\n", "title", "2021", "title: \"2021\"\n"},
		{"title: 2020\n", "title", "2021", "title: 2021\n"},
		{"title: a\n", "title", "~", "title: \"~\"\n"},
		{"title: a\n", "title", "", "title: \"\"\n"},
		{"title: a\n", "title", "'s avonds", "title: \"'s avonds\"\n"},
		{"title: a\n", "title", "Plek #1", "title: \"Plek #1\"\n"},
		{"title: a\n", "title", "!x", "title: \"!x\"\n"},
		{"title: a\n", "title", "“b c”", "title: \"“b c”\"\n"},
		{"title: a\n", "title", "- b", "title: \"- b\"\n"},
		{"title: 'a'\n", "title", "b's", "title: 'b''s'\n"},
		{"title: \"a\" # c\n", "title", "b", "title: \"b\" # c\n"},
		{"title: \"a\"\n", "title", `"b" \`, `title: "\"b\" \\"` + "\n"},
		{"\"title\" : a\n", "title", "b", "\"title\" : b\n"},
		{"title: a\n", "title", "  b\n c ", "title: b c\n"},
		{"title: a\u00adb\n", "title", "ab", ""},
		{"title: a\n", "date", "2021-04-08", "title: a\ndate: 2021-04-08\n"},
		{"title: !!str a\n", "title", "b", "title: b\n"},
		{"title: &x a\n", "title", "b", "title: &x b\n"},
		{"title: &x a\nsummary: *x\n", "title", "b", "-"},
		{"title: &x a\nsummary: *x\n", "summary", "b", "title: &x a\nsummary: b\n"},
		{"title: &x a\nsummary: *x\n", "title", nil, "-"},

		{"title: \"a\\\"b\" # c\n", "title", "d", "title: \"d\" # c\n"},
		{"title: #5\n", "title", "b", "title: \"b\" #5\n"},

		// Texts on several lines.
		{"title: |\n  a\n  b\n\ndate: x\n", "title", "c", "title: |\n  c\n\ndate: x\n"},
		{"title: >- # c\n    a\n    b\ndate: x\n", "title", "c d", "title: >- # c\n    c d\ndate: x\n"},
		{"title: |2\n   a\n  b\ndate: x\n", "title", "c", "title: |\n   c\ndate: x\n"},
		{"title: |+\n  a\n\n\ndate: x\n", "summary", "b", "title: |+\n  a\n\n\nsummary: b\ndate: x\n"},
		{"title: een lange titel die over twee regels gaat\n  en doorloopt\n", "title", "een andere lange titel die ook over twee regels gaat", "title: een andere lange titel die ook over twee\n  regels gaat\n"},
		{"title: \"een lange titel die over twee regels gaat\n  en doorloopt\" # c\n", "title", "kort", "title: \"kort\" # c\n"},
		{"title:\n  a\ndate: x\n", "title", "b", "title:\n  b\ndate: x\n"},
		{"title: a\n", "title", frontmatter.Prose("b\nc\n"), "title: |\n  b\n  c\n"},
		{"title: a # d\n", "title", frontmatter.Prose("b\nc\n"), "title: \"b\\nc\" # d\n"},
		{"title: a\n", "title", frontmatter.Prose("b\n---\nc"), "title: \"b\\n---\\nc\"\n"},
		{"title: |\n  b\n  c\n", "title", frontmatter.Prose("b\n\nd\n  e\n"), "title: |\n  b\n\n  d\n    e\n"},
		{"title: >\n  b\n  c\n", "title", frontmatter.Prose("b\nc"), "title: |\n  b\n  c\n"},

		{"media:\n  - src: a # c\n    transcript: b # d\n", "media.0.transcript", frontmatter.Prose("x\ny"), "media:\n  - src: a # c\n    transcript: \"x\\ny\" # d\n"},

		// What is not there, and what goes.
		{"title:\ndate: x\n", "title", "a", "title: a\ndate: x\n"},
		{"title:   # c\ndate: x\n", "title", "a", "title: a   # c\ndate: x\n"},
		{"title: ~ # c\n", "title", "a", "title: a # c\n"},
		{"title: # c\n", "topics", []any{"a"}, "title: # c\ntopics: [a]\n"},
		{"topics: # c\n", "topics", []any{"a/b", "c"}, "topics: # c\n  - a/b\n  - c\n"},
		{"", "title", "a", "title: a\n"},
		{"# c\n", "title", "a", "# c\ntitle: a\n"},
		{"title: a\n# d\ndate: x\n", "summary", "b", "title: a\nsummary: b\n# d\ndate: x\n"},
		{"# t\n# u\ndate: x\n", "title", "a", "title: a\n# t\n# u\ndate: x\n"},
		{"  date: x\n  draft: true\n", "topics", []any{"a", "b"}, "  date: x\n  topics: [a, b]\n  draft: true\n"},
		{"title: a\nkleur: rood\n", "vorm", "b", "title: a\nkleur: rood\nvorm: b\n"},
		{"title: a\n# s\nsummary: b # c\n# d\ndate: x\n", "summary", nil, "title: a\n# s\n# d\ndate: x\n"},
		{"title: a\nsummary: |\n  b\n\n  c\n\ndate: x\n", "summary", nil, "title: a\n\ndate: x\n"},
		{"title: a\ntopics:\n- a\n# over b\n- b\n# d\ndate: x\n", "topics", nil, "title: a\n# d\ndate: x\n"},
		{"title: a\n", "title", nil, ""},
		{"title: a\n", "summary", nil, "title: a\n"},
		{"title: a\ntitle: b\n", "title", "c", "-"},
		{"title: a\ntitle: b\n", "summary", "c", "title: a\nsummary: c\ntitle: b\n"},
		{"title: a\n? date\n: x\n", "title", "b", "title: b\n? date\n: x\n"},
		{"? title\n: a\ndate: x\n", "title", nil, "-"},
		{"draft: false\n", "draft", true, "draft: true\n"},
		{"number: 3 # c\n", "number", 4, "number: 4 # c\n"},
		{"number: 3\n", "number", 4.5, "-"},

		// Lists.
		{"topics: [a, b] # c\n", "topics", []any{"a", "b", "c"}, "topics: [a, b, c] # c\n"},
		{"topics: [a,b]\n", "topics", []any{"b", "a"}, "topics: [b,a]\n"},
		{"topics: [ 'a', \"b\" ]\n", "topics", []any{"b"}, "topics: [ \"b\" ]\n"},
		{"topics: [ 'a' ]\n", "topics", []any{"a", "b, c"}, "topics: [ 'a', 'b, c' ]\n"},
		{"topics: []\n", "topics", []any{"a", "b"}, "topics: [a, b]\n"},
		{"topics: [a, b,]\n", "topics", []any{}, "topics: []\n"},
		{"topics: [\n  a, # over a\n  b\n] # e\n", "topics", []any{"a", "c"}, "topics: [\n  a, # over a\n  c\n] # e\n"},
		{"topics: [\n  a, # over a\n  b\n]\n", "topics", []any{"b", "a"}, "-"},
		{"topics: [\n  a,\n  b,\n]\n", "topics", []any{"a", "c", "b"}, "topics: [\n  a,\n  c,\n  b,\n]\n"},
		{"topics: {a: b}\n", "topics", []any{"a"}, "topics: [a]\n"},
		{"topics: a # c\n", "topics", []any{"a", "b/c"}, "topics: # c\n  - a\n  - b/c\n"},
		{"topics:\n- a\n- b\ndate: x\n", "topics", []any{"a", "c", "b"}, "topics:\n- a\n- c\n- b\ndate: x\n"},
		{"topics:\n  - a # over a\n  # van b\n  - b\n  - 'c'\n", "topics", []any{"c", "a", "b"}, "topics:\n  - 'c'\n  - a # over a\n  # van b\n  - b\n"},
		{"topics:\n  - a # over a\n  # van b\n  - b # over b\n  - c\n", "topics", []any{"b", "a", "c"}, "topics:\n  # van b\n  - b # over b\n  - a # over a\n  - c\n"},
		{"topics:\n  - a # over a\n  # van b\n  - b\n  # slot\ndate: x\n", "topics", []any{"a"}, "topics:\n  - a # over a\n  # slot\ndate: x\n"},
		{"topics:\n  - a # over a\n  - b\n", "topics", []any{"x", "b"}, "topics:\n  - x # over a\n  - b\n"},
		{"topics:\n    -   \"a\"\n", "topics", []any{"a", "b"}, "topics:\n    -   \"a\"\n    -   \"b\"\n"},
		{"topics:\n  - a\n", "topics", []any{}, "topics: []\n"},
		{"topics: # c\n  - a\ndate: x\n", "topics", []any{}, "topics: [] # c\ndate: x\n"},
		{"topics:\n-\n- b\n", "topics", []any{"a", "b"}, "topics:\n- a\n- b\n"},
		{"topics:\n- a # c\n", "topics", []any{"a", "b： d", "e: f", "- g"}, "topics:\n- a # c\n- \"b： d\"\n- \"e: f\"\n- \"- g\"\n"},
		{"topics:\n- a # c\n- b # d\n", "topics", []any{"a： x", "b"}, "topics:\n- \"a： x\" # c\n- b # d\n"},
		{"topics: &x\n  - a\n  - b\n", "topics", []any{"b", "c"}, "topics: &x\n  - b\n  - c\n"},
		{"topics:\n- a\n", "evidence", []any{"x/a", "x/b"}, "topics:\n- a\nevidence:\n- x/a\n- x/b\n"},
		{"topics:\n  - a\n  - b\n", "topics.1", "c", "topics:\n  - a\n  - c\n"},
		{"topics:\n  - a\n  - b\n", "topics.2", "c", "topics:\n  - a\n  - b\n  - c\n"},
		{"topics:\n  - a\n  - b\n", "topics.0", nil, "topics:\n  - b\n"},
		{"topics:\n  - a\n  - b\n", "topics.4", "c", "-"},
		{"title: a\n", "topics.1", "c", "-"},
		{"topics: [a]\n", "topics.x", "c", "-"},
		{"media:\n  - src: [a]\n", "media.0.src.3", "c", "-"},
		{"topics:\n  - [a, b]\n  - - c\n    - d\n", "topics", []any{[]any{"a"}, []any{"c", "e", "d"}}, "topics:\n  - [a]\n  - - c\n    - e\n    - d\n"},
		{"title: a\n", "topics", []any{[]any{"a b", "c"}, []any{"d"}}, "title: a\ntopics:\n  - [a b, c]\n  - [d]\n"},

		// Mappings, and lists of them.
		{"image: {src: a.jpg, alt: x} # c\n", "image.alt", "y, z", "image: {src: a.jpg, alt: \"y, z\"} # c\n"},
		{"image: {src: a.jpg}\n", "image", mapped{"src": "a.jpg", "alt": "x", "credit": nil}, "image: {src: a.jpg, alt: x}\n"},
		{"image: {src: a.jpg, credit: z}\n", "image.alt", "", "image: {src: a.jpg, alt: \"\", credit: z}\n"},
		{"image: {src: a.jpg, alt: x, kleur: r}\n", "image", mapped{"src": "a.jpg"}, "image: {src: a.jpg, kleur: r}\n"},
		{"image: {src: a.jpg, alt}\n", "image.alt", "x", "image: {src: a.jpg, alt: x}\n"},
		{"image:\n  src: a.jpg # c\n  # over z\n  credit: z\n", "image", mapped{"src": "a.jpg", "credit": "z", "alt": "x"}, "image:\n  src: a.jpg # c\n  alt: x\n  # over z\n  credit: z\n"},
		{"image:\n  src: a.jpg\n  alt: x\n", "image.alt", nil, "image:\n  src: a.jpg\n"},
		{"image:\n  alt: x\n", "image.alt", nil, ""},
		{"image:\n    src: a.jpg\n", "image", nil, ""},
		{"title: a\n", "image", mapped{"src": "a.jpg", "alt": ""}, "title: a\nimage:\n  src: a.jpg\n  alt: \"\"\n"},
		{"image: a.jpg # c\n", "image", mapped{"src": "a.jpg"}, "image: # c\n  src: a.jpg\n"},
		{"image:\n  src: a.jpg # c\ndate: x\n", "image", "a.jpg", "image: a.jpg\ndate: x\n"},
		{"media:\n  - type: image # c\n    src: a\n", "media.0.src", "b", "media:\n  - type: image # c\n    src: b\n"},
		{"media:\n  - type: image\n    src: a\n", "media", []any{mapped{"type": "image", "src": "a"}, mapped{"src": "b", "type": "video", "transcript": frontmatter.Prose("x\ny")}},
			"media:\n  - type: image\n    src: a\n  - type: video\n    src: b\n    transcript: |\n      x\n      y\n"},
		{"media:\n- type: image\n  src: a\n", "media", []any{mapped{"src": "a"}}, "media:\n- src: a\n"},
		{"media:\n- src: a\n", "media.0.type", "image", "media:\n- src: a\n  type: image\n"},
		{"title: a\n", "media", []any{mapped{"type": "image", "src": "a"}}, "title: a\nmedia:\n  - type: image\n    src: a\n"},
		{"title: a\n", "changes", []any{mapped{"note": "x", "date": "2021-04-08"}}, "title: a\nchanges:\n  - date: 2021-04-08\n    note: x\n"},
		{"media:\n  - {type: image, src: a}\n  - {type: image, src: b}\n", "media", []any{mapped{"type": "image", "src": "b"}, mapped{"type": "image", "src": "a"}},
			"media:\n  - {type: image, src: b}\n  - {type: image, src: a}\n"},

		// Blocks of other forms.
		{"{title: a, date: x}\n", "title", "b", "{title: b, date: x}\n"},
		{"{title: a, date: x}\n", "summary", "b", "{title: a, summary: b, date: x}\n"},
		{"{title: a, date: x}\n", "date", nil, "{title: a}\n"},
		{"title: “a”\ndate: x\n", "summary", "b", "title: “a”\nsummary: b\ndate: x\n"},
		{"title: “a”\ndate: x\n", "title", "b", "title: \"b\"\ndate: x\n"},
		{"title:\u00a0a\ndate: x\n", "title", "b", "title:\u00a0b\ndate: x\n"},
		{"date: x\n“title”: a\nnumber: 1\n", "title", nil, "date: x\nnumber: 1\n"},
		{"date: x\n“title”: a\n", "date", nil, "“title”: a\n"},
		{"title: a: b\ndate: x\n", "date", "y", "-"},
		{"title: a\n\tdate: x\n", "date", "y", "-"},
		{"- a\n", "date", "y", "-"},
		{"title: a\n<<<<<<< x\ndate: a\n=======\ndate: b\n>>>>>>> y\n", "title", "b", "-"},
	} {
		for _, form := range []struct{ end, start, after string }{{"\n", "---\n", "---\n\nTekst.\n"}, {"\r\n", "\ufeff--- \n", " ---\nTekst."}} {
			whole := func(block string) string { return strings.ReplaceAll(form.start+block+form.after, "\n", form.end) }
			text, want := whole(c.block), whole(c.want)
			if c.want == "-" || c.want == "" && c.block == "title: a\u00adb\n" {
				want = text
			}
			got, refusal := set(t, text, c.path, c.value)
			if got != want || (refusal != nil) != (c.want == "-") {
				t.Errorf("%q with %s = %v became\n%q, want\n%q (%v)", text, c.path, c.value, got, want, refusal)
			}
		}
	}
}

func TestSetInWholeFiles(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"", "date: x\n"},
		{"\ufeff", "\ufeffdate: x\n"},
		{"# c", "# c\ndate: x"},
		{"title: a", "title: a\ndate: x"},
		{"title: a\r\ntopics:\r\n  - b", "title: a\r\ndate: x\r\ntopics:\r\n  - b"},
		{"date: y\ntitle: a", "date: x\ntitle: a"},
		{"title: a\n---\ntitle: b\n", ""},
	} {
		f := source.NewFile("site.yaml", []byte(c.text))
		changes, err := frontmatter.Set(f, frontmatter.Whole, keys, []string{"date"}, "x")
		got, _ := edit.Apply(f.Data, changes)
		if (err != nil) != (c.want == "") || err == nil && string(got) != c.want {
			t.Errorf("%q became %q, want %q (%v)", c.text, got, c.want, err)
		}
	}
}

func TestSetMakesFrontMatter(t *testing.T) {
	for text, want := range map[string]string{
		"":                             "---\ntitle: a\n---\n",
		"\ufeff":                       "\ufeff---\ntitle: a\n---\n",
		"Tekst.\n":                     "---\ntitle: a\n---\n\nTekst.\n",
		"\ufeff# Kop\r\nx":             "\ufeff---\r\ntitle: a\r\n---\r\n\r\n# Kop\r\nx",
		"---\n---\n":                   "---\ntitle: a\n---\n",
		"---\n---":                     "---\ntitle: a\n---",
		"---\n\n---\nTekst.\n":         "---\n\ntitle: a\n---\nTekst.\n",
		"+++\ntitle = 1\n+++\n":        "+++\ntitle = 1\n+++\n",
		"---\ntitle: b\n...\nTekst.\n": "---\ntitle: b\n...\nTekst.\n",
		"–––\ntitle: b\n–––\nTekst.\n":     "–––\ntitle: a\n–––\nTekst.\n",
		"```yaml\ntitle: b\n```\nTekst.\n": "```yaml\ntitle: a\n```\nTekst.\n",
	} {
		got, refusal := set(t, text, "title", "a")
		if got != want || (refusal != nil) != (text == want) {
			t.Errorf("%q became %q, want %q (%v)", text, got, want, refusal)
		}
		if refusal != nil && refusal.Problem.Code == "" {
			t.Errorf("%q: %v", text, refusal)
		}
		if got, _ := set(t, text, "title", nil); text == "" && got != "" {
			t.Errorf("%q became %q", text, got)
		}
	}
}
