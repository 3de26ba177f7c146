package search

import (
	_ "embed"
	"strings"

	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/dutch"
	"github.com/blevesearch/snowballstem/english"
)

// exceptions says which words share a stem where the rules are wrong: a class a line, the stem first.
//
//go:embed exceptions.txt
var exceptions string

// stemmer gives a folded word's stem: words with the same stem find each other.
type stemmer struct {
	language string
	stems    map[string]string // of exceptional words
}

func newStemmer(language string) *stemmer {
	s := &stemmer{language: language, stems: map[string]string{}}
	if language == "nl" {
		for line := range strings.Lines(exceptions) {
			words := strings.Fields(line)
			for _, w := range words {
				s.stems[w] = words[0]
			}
		}
	}
	return s
}

// stem gives the stem of a word, by Porter's rules for the language and the table of exceptions.
func (s *stemmer) stem(word string) string {
	if e, ok := s.stems[word]; ok {
		return e + "." // apart from the stems that rules make
	}
	if len(word) < 4 {
		return word
	}
	env := snowballstem.NewEnv(word)
	if s.language == "nl" {
		dutch.Stem(env)
	} else {
		english.Stem(env)
	}
	return env.Current()
}
