package markdown

import (
	"bytes"
	"strings"
	"unicode"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"

	"leerblad/internal/lang"
)

// vague are link texts that say nothing outside their sentence.
var vague = map[string]bool{
	"hier": true, "klik hier": true, "lees meer": true, "meer": true, "deze link": true, "link": true, "lees hier": true,
	"here": true, "click here": true, "read more": true, "more": true, "this link": true,
}

// maxWords is the number of words up to which a sentence reads easily.
const maxWords = 25

// readable reports whether sentences in a language are as long as ones that read easily in Dutch and English.
func readable(language string) bool {
	base := lang.Base(language)
	return base == "" || base == "nl" || base == "en"
}

// sentences gives a hint for each long sentence of a paragraph, at the place of its first words.
func (e *extractor) sentences(n ast.Node) {
	if e.noHints || !manyWords(n.Lines(), e.src) {
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

// Ease gives the Flesch-Douma reading ease of a body, from about 0 (hard) to 100 (easy):
// 206.84 − 0.77 × syllables per 100 words − 0.93 × words per sentence. ok is false where there are too few words to say.
func (b *Body) Ease() (score int, ok bool) {
	const enough = 100
	words, sentences, syllables := 0, 0, 0
	inTag, inWord, inVowels, ended := false, false, false, true
	for _, part := range b.Parts {
		for _, r := range part.HTML {
			switch {
			case inTag || r == '<':
				inTag = r != '>'
			case unicode.IsLetter(r):
				if !inWord {
					words++
				}
				vowel := strings.ContainsRune("aeiouyáéíóúàèëïöüêîôûAEIOUYÁÉÍÓÚÈËÏÖÜ", r)
				if vowel && !inVowels {
					syllables++
				}
				inWord, inVowels, ended = true, vowel, false
			default:
				if (r == '.' || r == '!' || r == '?') && !ended {
					sentences++
					ended = true
				}
				inWord, inVowels = false, false
			}
		}
	}
	if words < enough {
		return 0, false
	}
	ease := 206.84 - 0.77*100*float64(syllables)/float64(words) - 0.93*float64(words)/float64(max(1, sentences))
	return int(ease + 0.5), true
}
