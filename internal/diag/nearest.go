package diag

import "strings"

// Nearest gives the candidate with the smallest edit distance to word, compared without case, or ""
// where even that one differs in more than a quarter of word's letters (two edits are always
// near enough for words of four letters and more). Of equals the first one wins.
func Nearest(word string, candidates []string) string {
	w := []rune(strings.ToLower(word))
	limit := max(len(w)/4, min(2, len(w)/2))
	best := ""
	for _, c := range candidates {
		if d := distance(w, []rune(strings.ToLower(c)), limit); d <= limit {
			best, limit = c, d-1
		}
	}
	return best
}

// distance is the optimal string alignment distance (insert, delete, replace, swap of neighbours);
// it gives limit+1 for words that differ more than limit in length.
func distance(a, b []rune, limit int) int {
	if len(a)-len(b) > limit || len(b)-len(a) > limit {
		return limit + 1
	}
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}
