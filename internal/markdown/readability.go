package markdown

import (
	"strings"

	"github.com/yuin/goldmark/ast"
)

// vague are link texts that say nothing outside their sentence.
var vague = map[string]bool{
	"hier": true, "klik hier": true, "lees meer": true, "meer": true, "deze link": true, "link": true, "lees hier": true,
	"here": true, "click here": true, "read more": true, "more": true, "this link": true,
}

// maxWords is the number of words up to which a sentence reads easily.
const maxWords = 25

// sentences gives a hint for each long sentence of a paragraph, at the place of its first words.
func (e *extractor) sentences(n ast.Node) {
	if n.Lines().Len() == 0 || wordCount(n.Lines().Value(e.src)) <= maxWords {
		return
	}
	words := strings.Fields(plain(n, e.src))
	start := 0
	for i, w := range words {
		if i < len(words)-1 && !endsSentence(w) {
			continue
		}
		if count := i + 1 - start; count > maxWords {
			e.diags.Add("long-sentence", e.spanOf(n, words[start]+" "+words[start+1]), count)
		}
		start = i + 1
	}
}

// endsSentence reports whether a word ends a sentence, inside quotation marks or brackets perhaps.
func endsSentence(word string) bool {
	word = strings.TrimRight(word, `"”’)`)
	return word != "" && strings.ContainsRune(".!?", rune(word[len(word)-1])) || strings.HasSuffix(word, "…")
}

// wordCount counts the runs of characters between white space.
func wordCount(text []byte) int {
	n, inside := 0, false
	for _, b := range text {
		blank := b == ' ' || b == '\n' || b == '\t'
		if !blank && !inside {
			n++
		}
		inside = !blank
	}
	return n
}
