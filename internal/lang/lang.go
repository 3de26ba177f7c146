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

// Name gives what a language is called in another, which is "nl" or "en"; "" for one that has no name here.
func Name(tag, in string) string {
	n, ok := names[Base(tag)]
	switch {
	case !ok:
		return ""
	case in == "en":
		return n.english
	}
	return n.dutch
}

// named gives the tag of a language that somebody calls by its name, or "".
func named(word string) string {
	for tag, n := range names {
		if strings.EqualFold(word, n.dutch) || strings.EqualFold(word, n.english) || slices.ContainsFunc(strings.Fields(n.others), func(name string) bool { return strings.EqualFold(word, name) }) {
			return tag
		}
	}
	return ""
}

// name is what a language is called: in Dutch, in English, and otherwise.
type name struct{ dutch, english, others string }

// names are those of the languages that texts in the Netherlands are in most; no name is there twice.
var names = map[string]name{
	"ar":  {"Arabisch", "Arabic", "العربية"},
	"bg":  {"Bulgaars", "Bulgarian", "български"},
	"cs":  {"Tsjechisch", "Czech", "čeština"},
	"da":  {"Deens", "Danish", "dansk"},
	"de":  {"Duits", "German", "deutsch"},
	"el":  {"Grieks", "Greek", "ελληνικά"},
	"en":  {"Engels", "English", ""},
	"es":  {"Spaans", "Spanish", "español"},
	"fa":  {"Perzisch", "Persian", "farsi فارسی"},
	"fi":  {"Fins", "Finnish", "suomi"},
	"fr":  {"Frans", "French", "français"},
	"fy":  {"Fries", "Frisian", "frysk"},
	"hu":  {"Hongaars", "Hungarian", "magyar"},
	"it":  {"Italiaans", "Italian", "italiano"},
	"ku":  {"Koerdisch", "Kurdish", "kurdî"},
	"la":  {"Latijn", "Latin", ""},
	"nds": {"Nedersaksisch", "Low Saxon", ""},
	"nl":  {"Nederlands", "Dutch", "vlaams flemish"},
	"no":  {"Noors", "Norwegian", "norsk"},
	"pap": {"Papiaments", "Papiamento", "papiamentu"},
	"pl":  {"Pools", "Polish", "polski"},
	"pt":  {"Portugees", "Portuguese", "português"},
	"ro":  {"Roemeens", "Romanian", "română"},
	"ru":  {"Russisch", "Russian", "русский"},
	"so":  {"Somalisch", "Somali", "soomaali"},
	"srn": {"Sranan", "Sranan Tongo", "sranantongo"},
	"sv":  {"Zweeds", "Swedish", "svenska"},
	"ti":  {"Tigrinya", "Tigrinya", "ትግርኛ"},
	"tr":  {"Turks", "Turkish", "türkçe"},
	"uk":  {"Oekraïens", "Ukrainian", "oekraiens українська"},
	"zh":  {"Chinees", "Chinese", "中文"},
}
