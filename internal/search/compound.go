package search

import (
	_ "embed"
	"math"
	"strings"
)

// How compounds are split, after Koehn and Knight, Empirical Methods for Compound Splitting (2003).
const (
	shortestCompound = 8 // letters
	shortestPart     = 4
	mostParts        = 4
	headShare        = .4 // of the words that end in a head, those that leave a word when it is taken off
)

// linkers stand between the parts of a compound; the earlier is preferred.
var linkers = []string{"", "s", "en", "e"}

// affixes are no parts, though they are words.
var affixes = strings.Fields(`aard achtig achtige baar bare heden heid ingen lijk lijke lijks loos loze schap schappen over voor
onder tegen achter zaam zame ster sters isch ische iteit tie ties atie aties istisch eren erend erende elijk elijke tussen
door mede waar daar hier alle niet deze zijn hebt heeft wordt weer terug samen`)

// prepositions stand before heads, as in achterrand; they are no parts that anybody looks for.
var prepositions = strings.Fields("achter voor tegen over onder tussen door mede samen weer terug binnen buiten boven")

// splitter splits compounds. Parts are weighed by how often they occur as words of their own.
type splitter struct {
	counts map[string]float64
	heads  map[string]bool
	none   map[string]bool
	before map[string]bool // what may stand before a head and is no part: prepositions, and words that are too short
}

// newSplitter makes a splitter for words, by how often each occurs.
func newSplitter(words []string, count []int, dictionary []string) *splitter {
	s := &splitter{counts: make(map[string]float64, len(words)+len(dictionary)), heads: map[string]bool{}, none: map[string]bool{}, before: map[string]bool{}}
	for _, a := range affixes {
		s.none[a] = true
	}
	for _, w := range dictionary {
		s.counts[w] = 2
	}
	for i, w := range words {
		if len(w) >= shortestPart && !isPair(w) && (count[i] > 2 || s.counts[w] > 0) {
			s.counts[w] += float64(count[i])
		}
		if len(w) == shortestPart-1 && count[i] > 2 && !isPair(w) {
			s.before[w] = true
		}
	}
	for _, w := range stopWords("nl") {
		delete(s.before, w)
	}
	for _, w := range prepositions {
		s.before[w] = true
	}
	ends, rests := map[string]int{}, map[string]int{}
	for _, w := range words {
		if isPair(w) {
			continue
		}
		for i := shortestPart; i <= len(w)-shortestPart; i++ {
			if head := w[i:]; s.counts[head] > 0 {
				ends[head]++
				if s.modifier(w[:i]) {
					rests[head]++
				}
			}
		}
	}
	for head, n := range ends {
		s.heads[head] = float64(rests[head]) >= headShare*float64(n)
	}
	return s
}

// modifier says whether a word, perhaps with a linker, can stand before a head: a known one, or two of them.
func (s *splitter) modifier(w string) bool {
	if s.linked(w) {
		return true
	}
	for i := shortestPart; i <= len(w)-shortestPart; i++ {
		if s.linked(w[:i]) && s.linked(w[i:]) {
			return true
		}
	}
	return false
}

// linked says whether a word is known, without the linker that it may end in.
func (s *splitter) linked(w string) bool {
	for _, l := range linkers {
		if p, ok := strings.CutSuffix(w, l); ok && len(p) >= shortestPart && s.counts[p] > 0 && !s.none[p] {
			return true
		}
	}
	return false
}

// split gives the parts of a compound that occurs count times, or nil for a word that is none.
func (s *splitter) split(w string, count int) []string {
	if len(w) < shortestCompound || isPair(w) {
		return nil
	}
	parts, sum := s.best(w, mostParts)
	if len(parts) < 2 || sum/float64(len(parts)) <= math.Log(float64(max(count, 1)))/2 {
		return nil
	}
	return parts
}

// head gives the head of a compound that has no other part, as zeemijl and achterrand have none, or "" for a word that is none.
func (s *splitter) head(w string) string {
	if len(w) < shortestCompound-1 || isPair(w) {
		return ""
	}
	for i := shortestPart - 1; i <= len(w)-shortestPart; i++ {
		if head := w[i:]; s.before[w[:i]] && s.heads[head] && !s.none[head] {
			return head
		}
	}
	return ""
}

// best gives the parts of w with the greatest mean of the logarithms of their counts, and their sum.
func (s *splitter) best(w string, most int) (parts []string, sum float64) {
	mean := -1.
	if c := s.counts[w]; c > 0 && !s.none[w] && (most == mostParts || s.heads[w]) {
		if most < mostParts {
			parts, sum = []string{w}, math.Log(c)
			mean = sum
		}
	}
	if most == 1 {
		return parts, sum
	}
	for i := shortestPart; i <= len(w)-shortestPart; i++ {
		first := w[:i]
		c := s.counts[first]
		if c == 0 || s.none[first] {
			continue
		}
		for _, l := range linkers {
			rest, ok := strings.CutPrefix(w[i:], l)
			if !ok || len(rest) < shortestPart {
				continue
			}
			more, part := s.best(rest, most-1)
			if len(more) == 0 {
				continue
			}
			if m := (math.Log(c) + part) / float64(len(more)+1); m > mean {
				mean, sum = m, math.Log(c)+part
				parts = append([]string{first}, more...)
			}
		}
	}
	return parts, sum
}
