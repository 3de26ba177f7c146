package draft

import (
	"strings"
	"testing"

	"leerblad/internal/document"
	"leerblad/internal/markdown"
	"leerblad/internal/source"
)

// What new writes is right for its kind, in both languages.
func TestTemplatesAreRight(t *testing.T) {
	for _, language := range []string{"nl", "en"} {
		for _, row := range document.Kinds {
			text, err := templates.ReadFile("templates/" + language + "/" + string(row.Kind) + ".md")
			if err != nil {
				t.Error(err)
				continue
			}
			filled := strings.NewReplacer("TITLE", `"Titel"`, "DATE", "2021-01-01", "NUMBER", "1").Replace(string(text))
			_, problems := document.Parse(markdown.New(), source.NewFile("x.md", []byte(filled)), document.Place{Kind: row.Kind, Slug: "x"})
			if problems, _ := problems.Hints(); len(problems) > 0 {
				t.Errorf("%s/%s: %v", language, row.Kind, problems)
			}
		}
	}
}
