package markdown

import (
	"strings"
	"testing"
)

func TestEaseFallsWithLongWordsAndSentences(t *testing.T) {
	ease := func(html string) int {
		score, ok := (&Body{Parts: []Part{{HTML: html}}}).Ease()
		if !ok {
			t.Fatalf("no score for %q", html)
		}
		return score
	}
	easy := ease(strings.Repeat("<p>De kat zit op de mat.</p>", 20))
	long := ease("<p>" + strings.Repeat("de kat zit op de mat ", 20) + ".</p>")
	hard := ease(strings.Repeat("<p>Arbeidsmarktregio's organiseren werkgeversdienstverlening voor participanten.</p>", 25))
	// Six words of one syllable: 206.84 - 77 - 5.58.
	if easy != 124 || long >= easy || hard >= 20 {
		t.Errorf("easy %d, long %d, hard %d", easy, long, hard)
	}
	if _, ok := (&Body{Parts: []Part{{HTML: "<p class=\"een twee drie\">" + strings.Repeat("woord ", 99)}}}).Ease(); ok {
		t.Error("a score for too few words")
	}
}
