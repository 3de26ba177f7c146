package search

import (
	"unicode/utf8"

	"leerblad/internal/fold"
)

// maxWord is the length of the longest word in characters; what is longer is cut, here and in client/words.js.
const maxWord = 48

// tokenizer cuts text into folded words. It is for one goroutine.
type tokenizer struct {
	folded  map[rune]string
	emit    func(word []byte, joined bool)
	word    []byte // the word that is being read
	letters int    // characters in word
	run     []byte // the words before it that hyphens join to it
	parts   int    // words in run
	pending rune   // an apostrophe or hyphen that stands after a letter, or 0
}

func newTokenizer() *tokenizer { return &tokenizer{folded: map[rune]string{}} }

// fold gives the folded form of a character.
func (t *tokenizer) fold(r rune) string {
	s, ok := t.folded[r]
	if !ok {
		s = fold.Rune(r)
		t.folded[r] = s
	}
	return s
}

// each calls emit with every word of text in order, and after words that hyphens join with all of them as one word
// (joined), at the end with numbers that are written in parts as one (joined). An apostrophe between letters is left out. The bytes are only
// good during the call.
func (t *tokenizer) each(text string, emit func(word []byte, joined bool)) {
	t.emit = emit
	text, whole := numbers(text)
	for i := 0; i < len(text); {
		c := text[i]
		switch {
		case 'a' <= c && c <= 'z' || '0' <= c && c <= '9':
			t.letter(rune(c))
			i++
		case 'A' <= c && c <= 'Z':
			t.letter(rune(c + 'a' - 'A'))
			i++
		case c < utf8.RuneSelf:
			t.other(rune(c))
			i++
		default:
			r, n := utf8.DecodeRuneInString(text[i:])
			for _, f := range t.fold(r) {
				if f == fold.Separator || f == fold.Apostrophe || f == fold.Hyphen {
					t.other(f)
				} else {
					t.letter(f)
				}
			}
			i += n
		}
	}
	t.other(fold.Separator)
	for _, number := range whole {
		emit(cut([]byte(number)), true)
	}
}

// letter takes a character of a word.
func (t *tokenizer) letter(c rune) {
	if t.pending == fold.Hyphen {
		t.end(true)
	}
	t.pending = 0
	if t.letters < maxWord {
		t.letters++
		if c < utf8.RuneSelf {
			t.word = append(t.word, byte(c))
		} else {
			t.word = utf8.AppendRune(t.word, c)
		}
	}
}

// other takes a character between words.
func (t *tokenizer) other(c rune) {
	if (c == fold.Apostrophe || c == fold.Hyphen) && t.pending == 0 && t.letters > 0 {
		t.pending = c
		return
	}
	t.pending = 0
	if t.letters > 0 {
		t.end(false)
	}
}

// end gives the word that was read; more says that a hyphen joins it to the next.
func (t *tokenizer) end(more bool) {
	t.emit(t.word, false)
	if more || t.parts > 0 {
		t.run = append(t.run, t.word...)
		t.parts++
	}
	if !more && t.parts > 1 {
		t.emit(cut(t.run), true)
	}
	if !more {
		t.run, t.parts = t.run[:0], 0
	}
	t.word, t.letters = t.word[:0], 0
}

// cut gives the first maxWord characters of a word.
func cut(word []byte) []byte {
	n := 0
	for i := range string(word) {
		if n == maxWord {
			return word[:i]
		}
		n++
	}
	return word
}
