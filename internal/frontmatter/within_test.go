package frontmatter_test

import (
	"strings"
	"testing"

	"leerblad/internal/diag"
	"leerblad/internal/frontmatter"
	"leerblad/internal/source"
)

func TestWithin(t *testing.T) {
	for _, c := range []struct{ value, want string }{
		{"sheets/a#b", "a#b"},
		{`"sheets/a#b"   # sheets/a`, "a#b"},
		{"'sheets/a#b'", "a#b"},
		{"&x sheets/a#b", "a#b"},
		{"!!str 'sheets/a#b'", "a#b"},
		{">-\n  sheets/a#b", "a#b"},
		{"|\n\n    sheets/a#b\n", "a#b"},
		{`"sheets\/a#b"`, "a#b"},
		{`"sheets/\x61#b"`, ""},
		{"\n  sheets/a#b", "a#b"},
	} {
		for _, end := range []string{"\n", "\r\n"} {
			f := source.NewFile("a.md", []byte(strings.ReplaceAll("\ufeff---\ntitle: é\nkey: "+c.value+"\nx: y\n---\n", "\n", end)))
			block, _, _, _ := frontmatter.Split(f)
			fields, diags := frontmatter.Read(block)
			text := frontmatter.NewDecoder(fields, &diags).Text("key")
			if text.Value != "sheets/a#b" {
				t.Fatalf("%q: %q %v", c.value, text.Value, diags)
			}
			span, ok := text.Within(len("sheets/"), len(text.Value))
			if ok != (c.want != "") || span.Text() != c.want {
				t.Errorf("%q: %q, %v", c.value, span.Text(), ok)
			}
		}
	}
	f := source.NewFile("a.md", []byte("---\nkey: |\n  een [a](b.md)\n    twee ''\n\n  [c](d.md)\n---\n"))
	block, _, _, _ := frontmatter.Split(f)
	fields, _ := frontmatter.Read(block)
	text := frontmatter.NewDecoder(fields, &diag.List{}).Block("key")
	at := strings.Index(text.Value, "d.md")
	if span, ok := text.Within(at, at+4); !ok || span.Start != strings.Index(string(f.Data), "d.md") {
		t.Errorf("%v %v", span, ok)
	}
}
