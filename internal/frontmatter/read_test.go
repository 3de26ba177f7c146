package frontmatter_test

import (
	"reflect"
	"testing"

	"leerblad/internal/frontmatter"
	"leerblad/internal/source"
)

func TestReadReportsASecondDocument(t *testing.T) {
	for text, want := range map[string]string{"a: b\n---\nc: d\n": "---", "a: b\n...\nc: d\n": "...", "---\na: b\n": "", "a: b\nc: ---\n": ""} {
		file := source.NewFile("site.yaml", []byte(text))
		_, diags := frontmatter.Read(source.At(file, 0, len(text)))
		got := ""
		if len(diags) > 0 {
			got = diags[0].Span.Text()
		}
		if got != want {
			t.Errorf("%q is reported at %q, want %q", text, got, want)
		}
	}
}

// Every page has days, and only a string without methods is written by render itself.
func TestDaysHaveNoMethods(t *testing.T) {
	if n := reflect.TypeFor[frontmatter.Day]().NumMethod(); n > 0 {
		t.Errorf("%d methods", n)
	}
}
