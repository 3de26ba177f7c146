// Package lang knows languages by their tags (BCP 47, RFC 5646): which tags there are, what an editor meant by a word that is none, and what else
// they are called by programs.
package lang

import (
	"slices"
	"strings"

	"golang.org/x/text/language"
)

// Read gives a tag as BCP 47 writes it: its parts in their usual capitals. ok is false for what is no tag, or the tag of no known language; then
// near is the one that was probably meant, or "".
func Read(written string) (tag, near string, ok bool) {
	word := strings.TrimSpace(written)
	t, err := language.Parse(word)
	base, sure := t.Base()
	if err != nil || sure != language.Exact || slices.Contains(none, base.String()) {
		return "", named(word), false
	}
	if tag = t.String(); !strings.EqualFold(tag, written) { // such as eng, en_GB and iw
		return "", tag, false
	}
	return tag, "", true
}

// none are tags of what is no language.
var none = []string{"mul", "mis", "zxx", "qaa"}

// Base gives the language of a tag alone: "en" of "en-GB".
func Base(tag string) string {
	base, _, _ := strings.Cut(tag, "-")
	return base
}

// Locale gives a tag with an underscore and the country where most people speak the language, if it has none, as the Open Graph protocol wants it:
// "en_US" of "en".
func Locale(tag string) string {
	t := language.Make(tag)
	base, _ := t.Base()
	region, _ := t.Region()
	return base.String() + "_" + region.String()
}

// Authority gives the address by which catalogues of the European Union call the language of a tag (the authority table of languages of the Publications
// Office); "" for what is no tag.
func Authority(tag string) string {
	t, err := language.Parse(tag)
	if err != nil {
		return ""
	}
	base, _ := t.Base()
	return "http://publications.europa.eu/resource/authority/language/" + strings.ToUpper(base.ISO3())
}

// named gives the tag of a language that somebody calls by its name, or "".
func named(word string) string {
	word = strings.ToLower(word)
	for tag, names := range names {
		if slices.Contains(strings.Fields(names), word) {
			return tag
		}
	}
	return ""
}

// names are what languages are called that texts in the Netherlands are in: in Dutch, in English and by themselves, each once.
var names = map[string]string{
	"ar":  "arabisch arabic العربية",
	"bg":  "bulgaars bulgarian български",
	"cs":  "tsjechisch czech čeština",
	"da":  "deens danish dansk",
	"de":  "duits german deutsch",
	"el":  "grieks greek ελληνικά",
	"en":  "engels english",
	"es":  "spaans spanish español",
	"fa":  "perzisch farsi persian فارسی",
	"fi":  "fins finnish suomi",
	"fr":  "frans french français",
	"fy":  "fries frisian frysk",
	"hu":  "hongaars hungarian magyar",
	"it":  "italiaans italian italiano",
	"ku":  "koerdisch kurdish kurdî",
	"la":  "latijn latin",
	"nds": "nedersaksisch",
	"nl":  "nederlands dutch vlaams flemish",
	"no":  "noors norwegian norsk",
	"pap": "papiaments papiamento papiamentu",
	"pl":  "pools polish polski",
	"pt":  "portugees portuguese português",
	"ro":  "roemeens romanian română",
	"ru":  "russisch russian русский",
	"so":  "somalisch somali soomaali",
	"srn": "sranan sranantongo",
	"sv":  "zweeds swedish svenska",
	"ti":  "tigrinya ትግርኛ",
	"tr":  "turks turkish türkçe",
	"uk":  "oekraïens oekraiens ukrainian українська",
	"zh":  "chinees chinese 中文",
}
