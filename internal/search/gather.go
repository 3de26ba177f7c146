package search

import (
	"cmp"
	"slices"
	"strings"
)

// share is what a word gives to a class that it is not of.
type share struct {
	word   uint32
	weight float64
}

// gather lists the forms, splits the compounds among them and makes the lists of what classes get from elsewhere.
func (in *index) gather() error {
	alike := in.languages()
	var ids []uint32
	for id := range in.words {
		if len(in.own.of(uint32(id))) > 0 {
			ids = append(ids, uint32(id))
		}
	}
	slices.SortFunc(ids, func(a, b uint32) int { return strings.Compare(in.words[a].text, in.words[b].text) })
	for _, id := range ids {
		in.forms = append(in.forms, form{in.words[id].text, int(id), in.words[id].class})
	}
	shares, parts, err := in.compounds(ids)
	if err != nil {
		return err
	}
	for w := range in.stemmer.stems {
		parts = append(parts, w)
	}
	for _, p := range in.phrases {
		for _, id := range p.words {
			parts = append(parts, in.words[id].text)
		}
	}
	for _, p := range parts {
		in.class(p) // those that are new must be there before the lists
	}
	for c, list := range alike {
		shares[c] = append(shares[c], list...)
	}
	in.spread(shares)
	for _, p := range parts {
		c := in.class(p)
		if id, ok := in.ids[p]; (!ok || !in.occurs(id)) && (len(in.extra.of(c)) > 0 || slices.ContainsFunc(in.members[c], in.occurs)) {
			in.forms = append(in.forms, form{p, -1, c})
		}
	}
	slices.SortFunc(in.forms, func(a, b form) int {
		return cmp.Or(strings.Compare(a.text, b.text), cmp.Compare(b.word, a.word))
	})
	in.forms = slices.CompactFunc(in.forms, func(a, b form) bool { return a.text == b.text })
	return nil
}

// compounds splits the compounds among words, which are sorted by text, and gives their parts and what classes get of them.
func (in *index) compounds(ids []uint32) (shares map[uint32][]share, parts []string, err error) {
	shares = map[uint32][]share{}
	if in.language != "nl" {
		return shares, nil, nil
	}
	if in.foreign != nil {
		ids = slices.DeleteFunc(slices.Clone(ids), func(id uint32) bool { return in.foreign[id] })
	}
	known, err := dictionary()
	if err != nil {
		return nil, nil, err
	}
	words, counts := make([]string, len(ids)), make([]int, len(ids))
	for i, id := range ids {
		words[i], counts[i] = in.words[id].text, len(in.own.of(id))
	}
	s := newSplitter(words, counts, known)
	for i, w := range words {
		split := s.split(w, counts[i])
		if split == nil {
			if head := s.head(w); head != "" {
				c := in.class(head)
				shares[c] = append(shares[c], share{ids[i], headPart})
				parts = append(parts, head)
			}
		}
		give := func(class uint32, last int) {
			weight := modifierPart
			if last == len(split)-1 {
				weight = headPart
			}
			shares[class] = append(shares[class], share{ids[i], weight})
		}
		for j, p := range split {
			give(in.class(p), j)
			for k := j + 1; k < len(split) && k-j < len(split)-1; k++ { // what several parts make together may be a word too
				from, to := strings.Index(w, p), strings.LastIndex(w, split[k])+len(split[k])
				if from < 0 || to <= from {
					continue
				}
				if id, ok := in.ids[w[from:to]]; ok {
					give(in.words[id].class, k)
				}
			}
		}
		parts = append(parts, split...)
	}
	return shares, parts, nil
}

// occurs says whether a word is in some text.
func (in *index) occurs(id uint32) bool {
	return int(id)+1 < len(in.own.start) && len(in.own.of(id)) > 0
}

// spread makes the lists of what classes get from elsewhere.
func (in *index) spread(shares map[uint32][]share) {
	synonyms := map[uint32][]posting{}
	for i, u := range in.units {
		for _, s := range u.synonyms {
			for _, p := range in.own.of(s.source) {
				if p.unit() == uint32(i) {
					c := in.words[s.word].class
					synonyms[c] = append(synonyms[c], newPosting(p.unit(), scale(p.impact(), synonymWeight)))
				}
			}
		}
	}
	l := &in.extra
	l.start = make([]uint32, len(in.members)+1)
	best := make([]uint8, len(in.units))
	var touched []uint32
	add := func(unit uint32, impact uint8) {
		if best[unit] == 0 {
			touched = append(touched, unit)
		}
		best[unit] = max(best[unit], impact)
	}
	for c := range in.members {
		touched = touched[:0]
		for _, p := range synonyms[uint32(c)] {
			add(p.unit(), p.impact())
		}
		for _, s := range shares[uint32(c)] {
			for _, p := range in.own.of(s.word) {
				add(p.unit(), scale(p.impact(), s.weight))
			}
		}
		if len(touched) > 0 {
			for _, id := range in.members[c] { // a unit that has the word itself gains nothing
				for _, p := range in.own.of(id) {
					if best[p.unit()] <= p.impact() {
						best[p.unit()] = 0
					}
				}
			}
			slices.Sort(touched)
			for _, u := range touched {
				if best[u] > 0 {
					l.postings = append(l.postings, newPosting(u, best[u]))
				}
				best[u] = 0
			}
		}
		l.start[c+1] = uint32(len(l.postings))
	}
}

// scale gives a share of an impact.
func scale(i uint8, weight float64) uint8 { return uint8(max(1, float64(i)*weight+.5)) }
