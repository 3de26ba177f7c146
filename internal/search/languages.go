package search

import (
	"cmp"
	"maps"
	"slices"
	"strings"
)

// foreignStem is what a word of a text in another language counts for under a word with the same stem there that texts in the site's language have too,
// and so is of another class.
const foreignStem = .95

// languages gives the words that only texts in other languages have the classes that those languages make of them; of a language without a stemmer each
// is a class of its own. What words with one stem there get of each other that are of several classes, it gives by class.
func (in *index) languages() map[uint32][]share {
	words := in.wordsByLanguage()
	home := words[in.language]
	if delete(words, in.language); len(words) == 0 {
		return nil
	}
	known := make([]bool, len(in.words))
	for _, id := range home {
		known[id] = true
	}
	in.words, in.foreign = slices.Clone(in.words), make([]bool, len(in.words))
	stems := map[string][]uint32{}
	for _, language := range slices.Sorted(maps.Keys(words)) {
		stem := stemmerOf(language)
		for _, id := range words[language] {
			text := in.words[id].text
			if isPair(text) {
				continue
			}
			key := language + ":" + stem(text) // no stem of the site's language has a colon
			stems[key] = append(stems[key], id)
			if !known[id] {
				known[id], in.foreign[id] = true, true
				in.words[id].class = in.reader.classOf(key)
			}
		}
	}
	met := map[string]int{} // how many words of a stem such texts have; those after them others have alone
	for _, language := range slices.Sorted(maps.Keys(words)) {
		stem := stemmerOf(language)
		for _, id := range home {
			text := in.words[id].text
			if isPair(text) {
				continue
			}
			key := language + ":" + stem(text)
			list, ok := stems[key]
			if !ok || slices.Contains(list, id) {
				continue
			}
			if met[key] == 0 {
				met[key] = len(list)
			}
			stems[key] = append(list, id)
		}
	}
	in.members = make([][]uint32, len(in.reader.members))
	for id := range in.words {
		c := in.words[id].class
		in.members[c] = append(in.members[c], uint32(id))
	}
	shares := map[uint32][]share{}
	for _, key := range slices.Sorted(maps.Keys(stems)) {
		list := stems[key]
		own := cmp.Or(met[key], len(list))
		for i, id := range list {
			for j, other := range list {
				if c := in.words[id].class; (i < own || j < own) && c != in.words[other].class {
					shares[c] = append(shares[c], share{other, foreignStem})
				}
			}
		}
	}
	return shares
}

// base gives the language of a tag alone.
func base(tag string) string {
	language, _, _ := strings.Cut(tag, "-")
	return language
}

// stemmerOf gives what makes stems of a language's words: the words themselves where it is not known.
func stemmerOf(language string) func(word string) string {
	if language == "nl" || language == "en" {
		return newStemmer(language).stem
	}
	return func(word string) string { return word }
}

// wordsByLanguage gives the words that texts in each language have; only those of the site's language where there is no other.
func (in *index) wordsByLanguage() map[string][]uint32 {
	words := map[string][]uint32{}
	if !slices.ContainsFunc(in.docs, func(d Document) bool { return base(d.Language) != in.language }) {
		return words
	}
	of := make([]string, 0, len(in.units))
	for i := range in.docs {
		of = append(of, base(in.docs[i].Language))
	}
	for i := range in.docs {
		for range in.docs[i].Findings {
			of = append(of, of[i])
		}
	}
	seen := map[string][]bool{}
	for i, u := range in.units {
		language := of[i]
		if seen[language] == nil {
			seen[language] = make([]bool, len(in.words))
		}
		for _, o := range u.words {
			if !seen[language][o.word] {
				seen[language][o.word] = true
				words[language] = append(words[language], o.word)
			}
		}
	}
	return words
}

// class gives the number of the class that a word belongs to in this index.
func (in *index) class(text string) uint32 {
	if id, ok := in.ids[text]; ok && in.foreign != nil {
		return in.words[id].class
	}
	c := in.reader.class(text)
	in.members = append(in.members, in.reader.members[len(in.members):]...)
	return c
}
