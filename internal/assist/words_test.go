package assist

import (
	"io/fs"
	"regexp"
	"strings"
	"testing"

	"leerblad/internal/diag"
	"leerblad/themes"
)

// Words that are the theme's too are the same as there, and every word is there in both languages.
func TestWordsAreThoseOfTheTheme(t *testing.T) {
	line := regexp.MustCompile(`(?m)^((?:valence|reach|outcome|type|media)\.[a-z-]+): "(.*)"$`)
	shared := 0
	for _, l := range []diag.Language{diag.Dutch, diag.English} {
		data, err := fs.ReadFile(themes.Default(), "strings/"+string(l)+".yaml")
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range line.FindAllStringSubmatch(string(data), -1) {
			if w, ok := words[m[1]]; ok {
				if shared++; w.In(l) != m[2] {
					t.Errorf("%s is %q in the theme, and %q here", m[1], m[2], w.In(l))
				}
			}
		}
	}
	if shared != 2*27 {
		t.Errorf("%d words are in the theme too", shared)
	}
	for name, w := range words {
		if w.NL == "" || w.EN == "" || strings.Count(w.NL, "%") != strings.Count(w.EN, "%") {
			t.Errorf("%s: %+v", name, w)
		}
	}
}
