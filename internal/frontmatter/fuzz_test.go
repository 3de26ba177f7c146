package frontmatter_test

import (
	"testing"

	"leerblad/internal/frontmatter"
	"leerblad/internal/source"
)

// FuzzRead looks for a panic and for a key or value whose place is outside the block.
func FuzzRead(f *testing.F) {
	for _, seed := range []string{
		"title: T\ntopics: [a, b]\nimage: {src: x}\n", "a: 'x\nb: 1\n", "a:\n  - b\n - c\n", "\ta: 1\n", "a: b: c\n", "? [x]\n: y\n", "a: é\r\n\"b\": 'ü'\r\n", "&a b: *a\n",
		"%YAML 1.2\n", "a: !!binary x\n", "...\n", "a: |\n x\n", "[a, {b: c", "a: {b: {c: [d, {e: f}]}}\n", "-\n-", "a: \"\\x\"",
		"a:\u00a0“b”: c\n“d”：‘e f’\n\u00a0– g\nh = [“i”, j]\n", "a:\n* b\n• “c\n",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		file := source.NewFile("x.yaml", data)
		fields, diags := frontmatter.Read(source.At(file, 0, len(data)))
		inside := func(s source.Span) {
			if s.Start < 0 || s.End < s.Start || s.End > len(data) {
				t.Errorf("span %d–%d in a block of %d bytes", s.Start, s.End, len(data))
			}
		}
		for _, d := range diags {
			inside(d.Span)
		}
		for _, field := range fields {
			inside(field.KeySpan)
			inside(field.Value.Span())
		}
	})
}
