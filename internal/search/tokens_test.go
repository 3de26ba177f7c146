package search

import (
	"encoding/json"
	"os"
	"slices"
	"testing"
	"unicode/utf8"
)

func tokens(text string) []string {
	out := []string{}
	newTokenizer().each(text, func(w []byte, _ bool) { out = append(out, string(w)) })
	return out
}

func TestWordsAreThoseOfTheVectors(t *testing.T) {
	data, err := os.ReadFile("testdata/tokens.json")
	if err != nil {
		t.Fatal(err)
	}
	var vectors []struct {
		Text  string
		Words []string
	}
	if err := json.Unmarshal(data, &vectors); err != nil {
		t.Fatal(err)
	}
	for _, v := range vectors {
		if got := tokens(v.Text); !slices.Equal(got, v.Words) {
			t.Errorf("%q: got %q, want %q", v.Text, got, v.Words)
		}
	}
}

func FuzzTokens(f *testing.F) {
	for _, s := range []string{"Regio's én België", "a-b-c", "’s-Her\u00adtogen", "Ĳ½ŉ", "\xff\u0301a"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, w := range tokens(text) {
			if w == "" || !utf8.ValidString(w) || utf8.RuneCountInString(w) > maxWord {
				t.Fatalf("word %q of %q", w, text)
			}
			if again := tokens(w); !slices.Equal(again, []string{w}) && !slices.Contains(again[1:], w) { // a number with decimals has parts
				t.Fatalf("word %q of %q is read as %q", w, text, again)
			}
		}
	})
}
