package markdown

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
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
	if !manyWords(n.Lines(), e.src) {
		return
	}
	words := e.plainBytes(n)
	start, word, count, second := 0, 0, 0, 0 // where the sentence and the word begin, its words so far, and where the second ends
	for i := range len(words) + 1 {
		if i < len(words) && words[i] != ' ' {
			continue
		}
		if count++; count == 2 {
			second = i
		}
		if i == len(words) || endsSentence(words[word:i]) {
			if count > maxWords {
				e.diags.Add("long-sentence", e.spanOf(n, string(words[start:second])), count)
			}
			start, count = i+1, 0
		}
		word = i + 1
	}
}

// endsSentence reports whether a word ends a sentence, inside quotation marks or brackets perhaps.
func endsSentence(word []byte) bool {
	if len(word) == 0 || 'a' <= word[len(word)-1] && word[len(word)-1] <= 'z' { // most words
		return false
	}
	word = bytes.TrimRight(word, `"”’)`)
	return len(word) > 0 && strings.IndexByte(".!?", word[len(word)-1]) >= 0 || bytes.HasSuffix(word, []byte("…"))
}

// manyWords reports whether lines have more than maxWords runs of characters between white space.
func manyWords(lines *text.Segments, src []byte) bool {
	n, inside := 0, false
	for i := range lines.Len() {
		line := lines.At(i)
		for _, b := range src[line.Start:line.Stop] {
			blank := b == ' ' || b == '\n' || b == '\t'
			if !blank && !inside {
				if n++; n > maxWords {
					return true
				}
			}
			inside = !blank
		}
	}
	return false
}
