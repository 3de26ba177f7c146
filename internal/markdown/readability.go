package markdown

import (
	"regexp"
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

var sentenceEnd = regexp.MustCompile(`[.!?…]["”’)]*\s+`)

// sentences gives a hint for each long sentence of a paragraph, at the line on which the paragraph begins or the
// sentence's first words stand.
func (e *extractor) sentences(n ast.Node) {
	text := plain(n, e.src)
	for _, s := range sentenceEnd.Split(text, -1) {
		words := strings.Fields(s)
		if len(words) <= maxWords {
			continue
		}
		span := e.spanOf(n, words[0]+" "+words[1])
		e.diags.Add("long-sentence", span, len(words))
	}
}
