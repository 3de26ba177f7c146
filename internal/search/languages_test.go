package search

import (
	"reflect"
	"slices"
	"testing"
)

// spokenDocs are texts in three languages. A Dutch stemmer makes one of the two German words, and takes the bandstand apart.
var spokenDocs = []Document{
	{URL: "/nl/", Title: "Leren", Passages: said("Het heet learning, en de stand is goed.")},
	{URL: "/nl2/", Title: "Praktijken", Passages: said("Wat een praktijk.")},
	{URL: "/en/", Language: "en", Title: "Good practices", Passages: said("What we learned of studies."), Findings: []Finding{{URL: "/en/#a", Label: "Dit werkt", Text: "Partners share their practices."}}},
	{URL: "/en2/", Language: "en-GB", Title: "In practice", Passages: said("One study at a bandstand.")},
	{URL: "/de/", Language: "de", Title: "Gruppe", Passages: said("Eine.")},
	{URL: "/de2/", Language: "de", Title: "Gruppen", Passages: said("Viele.")},
}

func TestTextsInOtherLanguagesAreFoundByTheirStems(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ query, urls string }{
		{"practice ", "/en2/ /en/ /en/#a"},
		{"practices ", "/en/ /en2/ /en/#a"},
		{"studies ", "/en/ /en2/"},
		{"study ", "/en/ /en2/"},
		{"learned ", "/en/ /nl/"},  // which a Dutch text has too
		{"learning ", "/en/ /nl/"}, // and is found by it
		{"praktijk ", "/nl2/"},
		{"gruppe ", "/de/"},
		{"gruppen ", "/de2/"},
		{"stand ", "/nl/"},
	} {
		a := ask(t, spokenDocs, asked{Query: c.query})[0]
		if a.Error != "" || a.urls() != c.urls {
			t.Errorf("%s: %q, want %q (%s)", c.query, a.urls(), c.urls, a.Error)
		}
		for _, r := range a.Results {
			i := slices.IndexFunc(spokenDocs, func(d Document) bool { return d.URL == r.URL || r.Kind == "findings" && d.URL+"#a" == r.URL })
			if want := spokenDocs[i].Language; r.Language != want && (want != "" || r.Language != "nl") {
				t.Errorf("%s is in %q", r.URL, r.Language)
			}
		}
	}
}

func TestOtherLanguagesLeaveNoTrace(t *testing.T) {
	o := Options{Language: "nl"}
	x := New(o)
	if _, err := x.Index(slices.Values(spokenDocs)); err != nil {
		t.Fatal(err)
	}
	for _, docs := range [][]Document{spokenDocs[:2], spokenDocs[:4], spokenDocs} {
		again, err := x.Index(slices.Values(docs))
		if err != nil {
			t.Fatal(err)
		}
		backwards := slices.Clone(docs)
		slices.Reverse(backwards)
		if !reflect.DeepEqual(again, makeIndex(t, o, backwards)) {
			t.Errorf("the index of %d texts is another after that of all", len(docs))
		}
	}
}
