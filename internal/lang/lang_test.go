package lang_test

import (
	"testing"

	"leerblad/internal/lang"
)

func TestTagsAreChecked(t *testing.T) {
	for _, c := range []struct{ written, tag, near string }{
		{"en", "en", ""}, {"EN", "en", ""}, {"en-gb", "en-GB", ""}, {"zh-hans", "zh-Hans", ""}, {"pap", "pap", ""}, {"de-CH-1996", "de-CH-1996", ""},
		{"eng", "", "en"}, {"nld", "", "nl"}, {"dut", "", "nl"}, {"ger", "", "de"}, {"en_GB", "", "en-GB"}, {"iw", "", "he"},
		{"nederlands", "", "nl"}, {"Engels", "", "en"}, {"Türkçe", "", "tr"}, {" en", "", "en"},
		{"zz", "", ""}, {"klingonees", "", ""}, {"und", "", ""}, {"mul", "", ""}, {"x-thuis", "", ""}, {"", "", ""}, {`e"n`, "", ""}, {"en-", "", ""},
	} {
		tag, near, ok := lang.Read(c.written)
		if tag != c.tag || near != c.near || ok != (c.tag != "") {
			t.Errorf("%q: %q, near %q, %t; want %q, near %q", c.written, tag, near, ok, c.tag, c.near)
		}
	}
}

func TestLanguagesHaveTheNamesOfCatalogues(t *testing.T) {
	const table = "http://publications.europa.eu/resource/authority/language/"
	for tag, want := range map[string]string{"nl": table + "NLD", "en-GB": table + "ENG", "fy": table + "FRY", "?": ""} {
		if got := lang.Authority(tag); got != want {
			t.Errorf("%s: %q, want %q", tag, got, want)
		}
	}
	for tag, want := range map[string]string{"en": "en_US", "en-GB": "en_GB", "de": "de_DE"} {
		if got := lang.Locale(tag); got != want {
			t.Errorf("%s: locale %q, want %q", tag, got, want)
		}
	}
	for tag, want := range map[string][2]string{"en-GB": {"Engels", "English"}, "de": {"Duits", "German"}, "tlh": {"", ""}} {
		if got := [2]string{lang.Name(tag, "nl"), lang.Name(tag, "en")}; got != want {
			t.Errorf("%s is called %q, want %q", tag, got, want)
		}
	}
	if got := lang.Base("en-GB"); got != "en" {
		t.Errorf("base: %q", got)
	}
}
