package diag

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// Nearest gives the candidate with the smallest edit distance to word, compared without case, or ""
// where even that one differs in more than a quarter of word's letters (two edits are always
// near enough for words of four letters and more). Of equals the first one wins.
func Nearest(word string, candidates []string) string {
	w := []rune(strings.ToLower(word))
	limit := max(len(w)/4, min(2, len(w)/2))
	best := ""
	for _, c := range candidates {
		if n := utf8.RuneCountInString(c) - len(w); n > limit || -n > limit {
			continue
		}
		if d := distance(w, []rune(strings.ToLower(c)), limit); d <= limit {
			best, limit = c, d-1
		}
	}
	return best
}

// distance is the optimal string alignment distance (insert, delete, replace, swap of neighbours); it gives a number above limit for
// words that differ more.
func distance(a, b []rune, limit int) int {
	var short [3][48]int
	before, last, row := short[0][:], short[1][:], short[2][:]
	if len(b) >= len(last) {
		before, last, row = make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	}
	for j := range len(b) + 1 {
		last[j] = j
	}
	nearest := 0 // of the row before
	for i := 1; i <= len(a); i++ {
		row[0] = i
		near := i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
			near = min(near, row[j])
		}
		if near > limit && nearest >= limit {
			return limit + 1 // the next rows are made from these two
		}
		nearest = near
		before, last, row = last, row, before
	}
	return last[len(b)]
}

// Only gives the candidate that word was meant as, like Nearest, if no other is near enough too.
func Only(word string, candidates []string) string {
	near := Nearest(word, candidates)
	if near == "" || Nearest(word, slices.DeleteFunc(slices.Clone(candidates), func(c string) bool { return c == near })) != "" {
		return ""
	}
	return near
}
