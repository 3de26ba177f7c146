package search

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"hash/maphash"
	"slices"
	"strings"
)

// What a word in a field counts for, in occurrences in running text, and the length from which on it counts for less.
// The figures were tuned on questions and known pages of three Dutch collections.
const (
	titleWeight, titleLength     = 18, 20
	nameWeight, nameLength       = 12, 3
	headingWeight, headingLength = 5, 6
	facetWeight, facetLength     = 1, 3
	synonymWeight                = .5
)

// mostSharing is the number of phrases of a group that, in one unit, lead to the others of the group: with as many the unit is found by
// all of them.
const mostSharing = 20

// analysis is what is kept of a document: the words of itself and of its findings.
type analysis struct{ units []unit }

// unit is what one result can be found by.
type unit struct {
	words    []occurrence // by word
	length   int          // words of running text
	synonyms []synonym
}

// occurrence is what a word does in a unit.
type occurrence struct {
	word uint32
	head uint16 // in 64ths: what it counts for in title, names and headings
	text uint16 // how often it occurs in running text
}

// synonym says that word stands for something that source says in the unit.
type synonym struct{ word, source uint32 }

// pairMark parts the words of a pair; no word has it.
const pairMark = " "

func isPair(form string) bool { return strings.Contains(form, pairMark) }

// phrase is a member of a group of synonyms.
type phrase struct {
	words []uint32
	group int
}

// reader makes analyses. Its words have numbers in the order of their first appearance.
type reader struct {
	*tokenizer
	stemmer *stemmer
	stops   map[string]bool
	ids     map[string]uint32
	often   [1 << 16]uint32 // some words, each at its hash, as their numbers from 1 on: most words are read again soon
	seed    maphash.Seed
	pairs   map[[2]uint32]uint32
	words   []word
	classes map[string]uint32
	members [][]uint32 // words by class
	phrases []phrase
	ending  map[uint32][]int // phrases by last word

	tally   []occurrence // of the unit being read, by word
	touched []uint32
	field   []uint32 // the words of a field
	recent  []uint32 // the words just read, for phrases
	found   []int    // phrases in the unit
}

// word is what is known of a word.
type word struct {
	text  string
	class uint32
	stop  bool
}

func newReader(o Options) *reader {
	r := &reader{
		seed:      maphash.MakeSeed(),
		tokenizer: newTokenizer(), stemmer: newStemmer(o.Language), stops: map[string]bool{}, ids: map[string]uint32{}, pairs: map[[2]uint32]uint32{},
		classes: map[string]uint32{}, ending: map[uint32][]int{},
	}
	for _, w := range stopWords(o.Language) {
		r.stops[w] = true
	}
	for g, group := range o.Synonyms {
		seen := map[string]bool{}
		for _, text := range group {
			p := phrase{group: g}
			r.each(text, func(w []byte, joined bool) {
				if !joined {
					p.words = append(p.words, r.id(w))
				}
			})
			key := fmt.Sprint(p.words)
			if n := len(p.words); n > 0 && !seen[key] {
				seen[key] = true
				r.ending[p.words[n-1]] = append(r.ending[p.words[n-1]], len(r.phrases))
				r.phrases = append(r.phrases, p)
			}
		}
	}
	return r
}

// id gives the number of a word.
func (r *reader) id(w []byte) uint32 {
	at := &r.often[maphash.Bytes(r.seed, w)%uint64(len(r.often))]
	if *at > 0 && r.words[*at-1].text == string(w) {
		return *at - 1
	}
	if id, ok := r.ids[string(w)]; ok {
		*at = id + 1
		return id
	}
	id, text := uint32(len(r.words)), string(w)
	class := r.class(text)
	r.ids[text] = id
	r.words = append(r.words, word{text, class, r.stops[text]})
	r.members[class] = append(r.members[class], id)
	r.tally = append(r.tally, occurrence{word: id})
	return id
}

// class gives the number of the class that a word belongs to.
func (r *reader) class(text string) uint32 {
	if isPair(text) {
		return r.classOf(text)
	}
	return r.classOf(r.stemmer.stem(text))
}

// classOf gives the number of the class of the words with a stem.
func (r *reader) classOf(stem string) uint32 {
	c, ok := r.classes[stem]
	if !ok {
		c = uint32(len(r.members))
		r.classes[stem] = c
		r.members = append(r.members, nil)
	}
	return c
}

// analyse reads a document.
func (r *reader) analyse(d *Document) *analysis {
	a := &analysis{units: make([]unit, 0, 1+len(d.Findings))}
	length := 0
	r.head(titleWeight, titleLength, d.Title)
	r.head(nameWeight, nameLength, d.Names...)
	r.head(headingWeight, headingLength, d.Headings...)
	r.head(facetWeight, facetLength, d.Topics...)
	r.head(facetWeight, facetLength, d.Regions...)
	length += r.text(d.Summary)
	for _, p := range d.Passages {
		length += r.text(p.Text)
	}
	a.units = append(a.units, r.unit(length))
	for _, f := range d.Findings {
		r.head(facetWeight, facetLength, f.Topics...)
		r.head(facetWeight, facetLength, f.Label)
		a.units = append(a.units, r.unit(r.text(f.Text)))
	}
	return a
}

// head reads texts of a field that weighs more than running text.
func (r *reader) head(weight, full float32, texts ...string) {
	for _, text := range texts {
		r.field = r.field[:0]
		r.read(text, func(id uint32, _ bool) { r.field = append(r.field, id) })
		share := uint16(64 * weight / (.5 + .5*max(1, float32(len(r.field))/full)))
		for i, id := range r.field {
			r.touch(id).add(share)
			if weight >= headingWeight && i > 0 {
				if pair, ok := r.pair(r.field[i-1], id); ok {
					r.touch(pair).add(share)
				}
			}
		}
	}
}

// pair gives the number of the form of two words that follow each other in a title; ok is false for two stop words. A
// stop word stands last, so that the shard of the other word holds the pair.
func (r *reader) pair(first, second uint32) (id uint32, ok bool) {
	key := [2]uint32{first, second}
	if id, ok = r.pairs[key]; ok {
		return id, true
	}
	a, b := r.words[first], r.words[second]
	switch {
	case a.stop && b.stop:
		return 0, false
	case a.stop:
		id = r.id([]byte(b.text + pairMark + "<" + a.text))
	default:
		id = r.id([]byte(a.text + pairMark + b.text))
	}
	r.pairs[key] = id
	return id, true
}

// add counts what a word is worth in a title or heading.
func (o *occurrence) add(head uint16) { o.head = uint16(min(1<<16-1, uint32(o.head)+uint32(head))) }

// text reads running text and gives its length in words.
func (r *reader) text(text string) (length int) {
	r.read(text, func(id uint32, joined bool) {
		if r.words[id].stop {
			return
		}
		if !joined {
			length++
		}
		if t := r.touch(id); t.text < 1<<16-1 {
			t.text++
		}
	})
	return length
}

// read gives the words of a text and notes the phrases in it.
func (r *reader) read(text string, each func(id uint32, joined bool)) {
	r.recent = r.recent[:0]
	r.each(text, func(w []byte, joined bool) {
		id := r.id(w)
		each(id, joined)
		if joined || len(r.phrases) == 0 {
			return
		}
		r.recent = append(r.recent, id)
		for _, p := range r.ending[id] {
			if words := r.phrases[p].words; len(words) <= len(r.recent) && slices.Equal(words, r.recent[len(r.recent)-len(words):]) {
				r.found = append(r.found, p)
			}
		}
	})
}

// touch gives the tally of a word in the unit being read.
func (r *reader) touch(id uint32) *occurrence {
	t := &r.tally[id]
	if t.head == 0 && t.text == 0 {
		r.touched = append(r.touched, id)
	}
	return t
}

// unit ends a unit.
func (r *reader) unit(length int) unit {
	u := unit{words: make([]occurrence, len(r.touched)), length: length}
	for i, id := range r.touched {
		u.words[i] = r.tally[id]
		r.tally[id] = occurrence{word: id}
	}
	slices.Sort(r.found)
	group, sharing := -1, 0
	for _, p := range slices.Compact(r.found) {
		own := r.phrases[p]
		if own.group != group {
			group, sharing = own.group, 0
		}
		if sharing++; sharing > mostSharing {
			continue
		}
		source := own.words[0]
		for _, id := range own.words {
			if !r.words[id].stop {
				source = id
			}
		}
		first := p // of the group, whose phrases follow each other
		for first > 0 && r.phrases[first-1].group == group {
			first--
		}
		for other := first; other < len(r.phrases) && r.phrases[other].group == group; other++ {
			if other == p {
				continue
			}
			for _, id := range r.phrases[other].words {
				u.synonyms = append(u.synonyms, synonym{id, source})
			}
		}
	}
	r.touched, r.found = r.touched[:0], r.found[:0]
	return u
}

// digest gives a digest of all that the analysis of a document rests on.
func (d *Document) digest() [sha256.Size]byte {
	h := sha256.New()
	var size [8]byte
	add := func(texts ...string) {
		binary.LittleEndian.PutUint64(size[:], uint64(len(texts)))
		h.Write(size[:])
		for _, t := range texts {
			binary.LittleEndian.PutUint64(size[:], uint64(len(t)))
			h.Write(size[:])
			h.Write([]byte(t))
		}
	}
	add(d.Title, d.Summary)
	add(d.Topics...)
	add(d.Regions...)
	add(d.Names...)
	add(d.Headings...)
	for _, f := range d.Findings {
		add(f.Label, f.Text)
		add(f.Topics...)
	}
	for _, p := range d.Passages {
		add(p.Text)
	}
	return [sha256.Size]byte(h.Sum(nil))
}
