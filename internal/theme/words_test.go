package theme_test

import (
	"io/fs"
	"regexp"
	"slices"
	"testing"

	"leerblad/themes"
)

// Each word of the interface is there in both languages.
func TestBothLanguagesHaveTheSameWords(t *testing.T) {
	key := regexp.MustCompile(`(?m)^ *([^\s#:][^:\n]*):`)
	words := map[string][]string{}
	for _, language := range []string{"nl", "en"} {
		text, err := fs.ReadFile(themes.Default(), "strings/"+language+".yaml")
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range key.FindAllSubmatch(text, -1) {
			words[language] = append(words[language], string(m[1]))
		}
		slices.Sort(words[language])
	}
	for i, w := range words["nl"] {
		if i >= len(words["en"]) || words["en"][i] != w {
			t.Fatalf("nl.yaml and en.yaml differ, first at %q", w)
		}
	}
	if len(words["en"]) != len(words["nl"]) || len(words["nl"]) == 0 {
		t.Errorf("%d words in Dutch, %d in English", len(words["nl"]), len(words["en"]))
	}
}
