package search

import (
	"slices"
	"strings"
)

const (
	mostListed = 48   // units listed for the beginning of words
	longList   = 1000 // postings of a list of which all are in the shard
	firstPart  = 600  // postings of a longer one that are, the greatest impacts
)

// ownOf gives the list of a form itself.
func (in *index) ownOf(i int) []posting {
	if f := in.forms[i]; f.word >= 0 {
		return in.own.of(uint32(f.word))
	}
	return nil
}

// entry gives a form as shards hold it.
func (in *index) entry(i int) entry {
	f := in.forms[i]
	return entry{text: f.text, class: int(f.class), own: in.ownOf(i), extra: in.extra.of(f.class)}
}

// size gives how many bytes a form takes in a shard, about.
func (in *index) size(i int) int {
	listed := func(n int) int {
		if n > longList {
			return firstPart
		}
		return n
	}
	f := in.forms[i]
	return 4 + len(f.text)/2 + listed(len(in.ownOf(i))) + listed(len(in.extra.of(f.class)))
}

// classes gives the forms by class, one class after the other, and where each begins.
func (in *index) classes() (start, forms []uint32) {
	start = make([]uint32, len(in.members)+1)
	for _, f := range in.forms {
		start[f.class+1]++
	}
	for i := range in.members {
		start[i+1] += start[i]
	}
	forms = make([]uint32, len(in.forms))
	next := slices.Clone(start)
	for i, f := range in.forms {
		forms[next[f.class]] = uint32(i)
		next[f.class]++
	}
	return start, forms
}

// terms writes the shards of terms. A shard that has a form has all of its class.
func (w *writer) terms(limit int) shards {
	in := w.in
	texts, sizes := make([]string, len(in.forms)), make([]int, len(in.forms))
	for i, f := range in.forms {
		texts[i], sizes[i] = f.text, in.size(i)
	}
	class, members := in.classes()
	starts := partition(texts, sizes, limit)
	beginnings := in.beginnings(starts)
	var s shards
	for n, from := range starts {
		to := len(in.forms)
		if n+1 < len(starts) {
			to = starts[n+1]
		}
		var shard []entry
		seen := map[uint32]bool{}
		for i := from; i < to; i++ {
			shard = append(shard, in.entry(i))
			c := in.forms[i].class
			if seen[c] {
				continue
			}
			seen[c] = true
			for _, j := range members[class[c]:class[c+1]] {
				if int(j) < from || int(j) >= to {
					shard = append(shard, in.entry(int(j)))
				}
			}
		}
		shard = append(shard, beginnings[n]...)
		slices.SortFunc(shard, func(a, b entry) int { return strings.Compare(a.text, b.text) })
		s.add(w, texts, starts, n, encodeTerms(shard, uint32(len(in.docs)), w.file)...)
	}
	return s
}

// foremost gives the n postings of a list with the greatest impacts, of those with equal ones the last, and the others, both by
// unit as the list is.
func foremost(list []posting, n int) (first, others []posting) {
	var count [levels + 1]int
	for _, p := range list {
		count[p.impact()]++
	}
	least, room := uint8(levels), n
	for least > 0 && count[least] <= room {
		room -= count[least]
		least--
	}
	passed := count[least] - room // of the least impact, those that have no room
	first, others = make([]posting, 0, min(n, len(list))), make([]posting, 0, max(0, len(list)-n))
	for _, p := range list {
		switch {
		case p.impact() > least:
			first = append(first, p)
		case p.impact() == least && passed <= 0:
			first = append(first, p)
		default:
			others = append(others, p)
			if p.impact() == least {
				passed--
			}
		}
	}
	return first, others
}

// beginnings gives, by shard, an entry for each beginning of one to three letters that more than two shards share,
// with the units that have most to do with words that begin so.
func (in *index) beginnings(starts []int) map[int][]entry {
	out := map[int][]entry{}
	best := make([]uint8, len(in.units))
	for letters := 1; letters <= 3; letters++ {
		for from := 0; from < len(in.forms); {
			to := from + 1
			begin, ok := firstLetters(in.forms[from].text, letters)
			for to < len(in.forms) && strings.HasPrefix(in.forms[to].text, begin) {
				to++
			}
			first, last := shardOf(starts, from), shardOf(starts, to-1)
			if ok && last-first >= 2 {
				list := in.best(from, to, best)
				at := shardOf(starts, max(0, from-1))
				if from == 0 || starts[first] == from {
					at = first
				}
				out[at] = append(out[at], entry{text: begin + "*", class: -1, own: list})
			}
			from = to
		}
	}
	return out
}

// best gives the units that have most to do with the forms from one to another. scratch is zero for every unit, before and after.
func (in *index) best(from, to int, scratch []uint8) []posting {
	var touched []uint32
	for i := from; i < to; i++ {
		for _, p := range in.ownOf(i) {
			if scratch[p.unit()] == 0 {
				touched = append(touched, p.unit())
			}
			scratch[p.unit()] = max(scratch[p.unit()], p.impact())
		}
	}
	slices.Sort(touched)
	list := make([]posting, 0, len(touched))
	for _, u := range touched {
		list = append(list, newPosting(u, scratch[u]))
		scratch[u] = 0
	}
	best, _ := foremost(list, mostListed)
	return best
}

// firstLetters gives the first n characters of a text, ok if it has that many.
func firstLetters(text string, n int) (begin string, ok bool) {
	for i := range text {
		if n == 0 {
			return text[:i], true
		}
		n--
	}
	return text, n == 0
}

// shardOf gives the shard that holds the entry at i.
func shardOf(starts []int, i int) int {
	n, ok := slices.BinarySearch(starts, i)
	if !ok {
		n--
	}
	return n
}
