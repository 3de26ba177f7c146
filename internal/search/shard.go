package search

import (
	"encoding/binary"
	"math"
	"slices"
)

// entry is a form as a shard holds it.
type entry struct {
	text  string
	class int // forms of one class in a shard have the same; -1 for a form of none
	own   []posting
	extra []posting // of the class
}

// encodeTerms gives the parts of a shard of entries, which are sorted. Units from findings on are findings. What long lists have
// beside their first part is in a file of its own, which file makes and names.
func encodeTerms(entries []entry, findings uint32, file func(parts ...[]byte) (name string)) [][]byte {
	var heads, counts []byte
	var here, there columns
	last := map[int]int{} // the last entry of a class
	previous := ""
	list := func(l []posting) {
		counts = appendCounts(counts, l, findings)
		if len(l) <= longList {
			here.add(l, findings)
			return
		}
		first, others := foremost(l, firstPart)
		counts = appendCounts(counts, first, findings)
		here.add(first, findings)
		there.add(others, findings)
	}
	for i, e := range entries {
		heads = appendFront(heads, previous, e.text)
		previous = e.text
		before, known := last[e.class]
		if e.class < 0 || !known {
			counts = binary.AppendUvarint(counts, 0)
			list(e.own)
			list(e.extra)
		} else {
			counts = binary.AppendUvarint(counts, uint64(i-before))
			list(e.own)
		}
		last[e.class] = i
	}
	rest := ""
	if len(there.impacts) > 0 {
		rest = file(there.gaps, there.impacts)
	}
	out := binary.AppendUvarint(nil, uint64(len(rest)))
	out = append(out, rest...)
	out = binary.AppendUvarint(out, uint64(len(entries)))
	return [][]byte{slices.Concat(out, heads, counts), here.gaps, here.impacts}
}

// split gives how many of the units of a list are entries; findings follow.
func split(l []posting, findings uint32) int {
	n, _ := slices.BinarySearchFunc(l, findings, func(p posting, u uint32) int { return int(p.unit()) - int(u) })
	return n
}

// appendCounts appends how many entries and findings a list has.
func appendCounts(out []byte, l []posting, findings uint32) []byte {
	n := split(l, findings)
	return binary.AppendUvarint(binary.AppendUvarint(out, uint64(n)), uint64(len(l)-n))
}

// columns hold the units and the impacts of lists.
type columns struct{ gaps, impacts []byte }

func (c *columns) add(l []posting, findings uint32) {
	next, n := uint32(0), split(l, findings)
	for i, p := range l {
		if i == n {
			next = findings
		}
		c.gaps = binary.AppendUvarint(c.gaps, uint64(p.unit()-next))
		next = p.unit() + 1
		c.impacts = append(c.impacts, p.impact())
	}
}

// appendFront appends a text in a sorted list: how many bytes it shares with the one before, how many follow, and those.
func appendFront(out []byte, previous, text string) []byte {
	n := 0
	for n < len(previous) && n < len(text) && previous[n] == text[n] {
		n++
	}
	out = binary.AppendUvarint(out, uint64(n))
	out = binary.AppendUvarint(out, uint64(len(text)-n))
	return append(out, text[n:]...)
}

// encodeWords gives a shard of sorted words alone.
func encodeWords(words []string) []byte {
	out := binary.AppendUvarint(nil, uint64(len(words)))
	previous := ""
	for _, w := range words {
		out = appendFront(out, previous, w)
		previous = w
	}
	return out
}

// shardSize gives the size at which shards of an index of total bytes are cut: what a query costs is least when it
// grows with the square root. Steps of the root of two keep it the same through most edits.
func shardSize(total int, factor float64) int {
	return int(math.Exp2(math.Round(2*math.Log2(factor*math.Sqrt(float64(max(1, total))))) / 2))
}

// partition cuts sorted texts into shards of at most limit bytes where that can be, and gives where each begins. Cuts depend
// on what is near: texts that begin alike are kept together, so that an edit moves few cuts.
func partition(texts []string, sizes []int, limit int) []int {
	var starts []int
	var cutAt func(from, to, depth int)
	cutAt = func(from, to, depth int) {
		room := 0
		for from < to {
			end, size := from, 0
			for end < to && letter(texts[end], depth) == letter(texts[from], depth) {
				size += sizes[end]
				end++
			}
			switch {
			case size > limit && end-from > 1 && depth < maxWord:
				cutAt(from, end, depth+1)
				room = 0
			case size > room:
				starts = append(starts, from)
				room = limit - size
			default:
				room -= size
			}
			from = end
		}
	}
	cutAt(0, len(texts), 0)
	if len(starts) == 0 {
		starts = []int{0}
	}
	return starts
}

// letter gives the byte of text at depth, -1 past its end.
func letter(text string, depth int) int {
	if depth < len(text) {
		return int(text[depth])
	}
	return -1
}
