package search

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// said gives a text as the only passage of a page.
func said(text string) []Passage { return []Passage{{Text: text}} }

// text gives what the passages of a document say.
func (d *Document) text() string {
	var texts []string
	for _, p := range d.Passages {
		texts = append(texts, p.Text)
	}
	return strings.Join(texts, " ")
}

// small is a small publication below /sub/.
func small() []Document {
	doc := func(url, kind, date, title, text string) Document {
		return Document{URL: "/sub/" + url + "/", Kind: kind, Date: date, Title: title, Passages: said(text)}
	}
	docs := []Document{
		doc("amr", "stories", "2020-01-01", "Samen in de arbeidsmarktregio", "Partijen zoeken elkaar op."),
		doc("zon", "stories", "2020-02-01", "Zon op het dak", "De zon schijnt."),
		doc("gezond", "pages", "", "Gezondheid van werknemers", "Over gezond werken."),
		doc("steden", "sheets", "2021-03-01", "Grote steden", "In steden wonen mensen."),
		doc("steeds", "sheets", "2021-04-01", "Steeds beter", "Het gaat steeds beter."),
		doc("belgie", "documents", "2021-05-01", "Lessen uit België", "Onze buren doen het anders. De financiële regeling."),
		doc("pow", "pages", "", "Perspectief op Werk", "Een landelijke aanpak."),
		doc("taart", "stories", "2022-01-01", "Appeltaart", "Een gemeente bakt. De werkgever eet de taart op."),
		doc("markup", "stories", "2022-02-01", "<b>Vet</b> & schuin", "<script>alert(1)</script>"),
	}
	docs[0].Topics, docs[0].Regions = []string{"samenwerking", "scholing"}, []string{"twente"}
	docs[3].Topics = []string{"scholing"}
	docs[3].Findings = []Finding{
		{URL: "/sub/steden/#f1", Valence: "works", Label: "Dit werkt", Text: "Partijen vinden elkaar gemakkelijk.", Topics: []string{"samenwerking"}},
		{URL: "/sub/steden/#f2", Valence: "attention", Label: "Aandachtspunt", Text: "Werkgevers haken af."},
	}
	return docs
}

func TestReadersFindWhatTheyMean(t *testing.T) {
	t.Parallel()
	cases := []struct{ query, first, never string }{
		{"arbeidsmarktregio", "amr", ""},
		{"regio", "amr", ""},
		{"markt", "amr", ""},
		{"arbeidsmarkt ", "amr", ""},
		{"arbeidsmarkt regio", "amr", ""},
		{"gezondheid", "gezond", "zon"},
		{"steden", "steden", "steeds"},
		{"stad ", "steden", "steeds"},
		{"steeds ", "steeds", "steden"},
		{"belgie", "belgie", ""},
		{"financiele", "belgie", ""},
		{"gezondhied", "gezond", ""},
		{"epsrpectief ", "pow", ""},
		{"PoW ", "pow", ""},
		{"appelta", "taart", ""},
		{"wat is er met de gezondheid van xyzzy aan de hand?", "gezond", ""},
		{"\"werkgever eet\"", "taart", "pow"},
		{"Aandachtspunt", "steden/#f2", ""},
		{"werkgevers haken", "steden/#f2", ""},
		{"op", "zon", ""},
		{"<b>vet", "markup", ""},
	}
	var searches []asked
	for _, c := range cases {
		searches = append(searches, asked{Query: c.query})
	}
	place := func(s string) string { return "/sub/" + strings.TrimSuffix(s, "/") }
	for i, a := range ask(t, small(), searches...) {
		c := cases[i]
		if len(a.Results) == 0 || strings.TrimSuffix(a.Results[0].URL, "/") != place(c.first) {
			t.Errorf("%q finds %v %s, want %s first", c.query, a.urls(), a.Error, c.first)
		}
		if c.never != "" && slices.Contains(strings.Fields(a.urls()), place(c.never)+"/") {
			t.Errorf("%q finds %s", c.query, c.never)
		}
	}
}

func TestCompoundsWrittenApartAreFoundBeforeTheirParts(t *testing.T) {
	t.Parallel()
	var docs []Document
	add := func(url, title, text string) {
		docs = append(docs, Document{URL: "/sub/" + url + "/", Kind: "pages", Title: title, Passages: said(text)})
	}
	for _, apart := range []string{"beleid terrein", "sier teelt", "voor zijde"} {
		add(strings.ReplaceAll(apart, " ", ""), "Over van alles", strings.Repeat(strings.ReplaceAll(apart, " ", " en ook ")+". ", 5))
	}
	for i, compound := range []string{"beleidsterreinen", "sierteelt", "voorzijde"} {
		add(fmt.Sprint(i), "Over iets anders", "Een pagina van enkele woorden over hoe het gaat met de "+compound+" in het algemeen.")
	}
	for i := range 20 {
		add(fmt.Sprint("other", i), "Nog iets", "Een andere pagina.")
	}
	queries := []string{"beleid terreinen", "sier teelt", "Voor zijde"}
	for i, a := range ask(t, docs, asked{Query: queries[0]}, asked{Query: queries[1]}, asked{Query: queries[2]}) {
		if want := fmt.Sprintf("/sub/%d/", i); len(a.Results) == 0 || a.Results[0].URL != want {
			t.Errorf("%q finds %v %s, want %s first", queries[i], a.urls(), a.Error, want)
		}
	}
}

func TestNumbersAreFoundHoweverTheyAreWritten(t *testing.T) {
	t.Parallel()
	var docs []Document
	for i, text := range []string{"1.000", "2000", "3 000", "4\u00a0000", "12.500,50", "1,5", "€ 7.000,-", "06-12345678", "06 87654321", "0201234567", "2021-2024", "5.5", "15", "1 en 5",
		"2031/2032", "62.34.56.78", "91 82 73", "05 1234", "01/12/2030", "54321"} {
		docs = append(docs, Document{URL: fmt.Sprintf("/sub/%d/", i), Kind: "pages", Title: "Getal", Passages: said("Er waren " + text + " deelnemers.")})
	}
	cases := []struct {
		doc     int
		queries []string
	}{
		{0, []string{"1000", "1.000", "1 000", "1,000", "1\u00a0000", "€ 1.000 ", "\"1.000 deelnemers\"", "\"1000 deelnemers\""}}, {1, []string{"2000", "2.000", "2 000"}},
		{2, []string{"3000", "3.000", "3 000"}}, {3, []string{"4000", "4.000", "4 000"}}, {4, []string{"12500,50", "12.500", "12500", "12500.50", "12,500.50"}},
		{5, []string{"1,5", "1.5", "1.5 deelnemers"}}, {6, []string{"7000", "€ 7000", "€7.000"}}, {7, []string{"0612345678", "06 12345678", "06-12345678", "06 12 34 56 78"}},
		{8, []string{"0687654321", "06-87654321"}}, {9, []string{"020-1234567", "020 123 45 67"}}, {10, []string{"2021", "2024", "2021-2024", "2021 2024"}}, {11, []string{"5,5"}}, {12, []string{"15"}},
		{14, []string{"20312032", "2031-2032", "2031/2032", "2031 2032"}}, {15, []string{"62345678", "62 34 56 78", "623 456 78", "62-34-56-78"}}, {16, []string{"918273", "91-82-73", "91.82.73", "918 273"}},
		{17, []string{"051234", "05-1234", "05 12 34"}}, {18, []string{"01-12-2030", "01.12.2030", "01122030"}}, {19, []string{"54.321", "543 21", "54-321"}},
	}
	var searches []asked
	var want []string
	for _, c := range cases {
		for _, q := range c.queries {
			searches, want = append(searches, asked{Query: q}), append(want, docs[c.doc].URL)
		}
	}
	for i, a := range ask(t, docs, searches...) {
		if len(a.Results) == 0 || a.Results[0].URL != want[i] {
			t.Errorf("%q finds %v %s, want %s first", searches[i].Query, a.urls(), a.Error, want[i])
		}
	}
}

func TestEnglishIsSearchedByItsOwnRules(t *testing.T) {
	t.Parallel()
	docs := []Document{
		{URL: "/sub/a/", Kind: "stories", Title: "Working together in the regions", Passages: said("Municipalities shared what they learned.")},
		{URL: "/sub/b/", Kind: "stories", Title: "Marketplace", Passages: said("Employers met job seekers.")},
		{URL: "/sub/c/", Kind: "pages", Title: "About", Passages: said("Who we are.")},
	}
	for i, a := range askIn(t, Options{Language: "en"}, docs, asked{Query: "region"}, asked{Query: "municipality "}, asked{Query: "emploiers"},
		asked{Query: "what did they learn"}, asked{Query: "place "}) {
		want := []string{"/sub/a/", "/sub/a/", "/sub/b/", "/sub/a/", ""}[i]
		if len(a.Results) > 0 != (want != "") || want != "" && a.Results[0].URL != want {
			t.Errorf("search %d finds %s %s, want %s first", i, a.urls(), a.Error, want)
		}
	}
}

func TestPhraseThatNoPageSaysFindsNothing(t *testing.T) {
	t.Parallel()
	for _, a := range ask(t, small(), asked{Query: `"eet werkgever"`}, asked{Query: `"gemakkelijk elkaar"`}, asked{Query: ""}, asked{Query: "?!"}) {
		if a.Total != 0 || a.Error != "" {
			t.Errorf("found %s %s", a.urls(), a.Error)
		}
	}
}

func TestFiltersNarrowResultsAndCountsSayByHowMuch(t *testing.T) {
	t.Parallel()
	filter := func(name string, values ...string) map[string]any {
		return map[string]any{"filters": map[string]any{name: values}}
	}
	got := ask(t, small(), asked{Query: "partijen"}, asked{Query: "partijen", Options: filter("kind", "stories")},
		asked{Query: "partijen", Options: filter("valence", "works")}, asked{Query: "partijen", Options: filter("region", "twente")},
		asked{Query: "partijen", Options: filter("year", "2021")}, asked{Query: "partijen", Options: filter("topic", "scholing", "samenwerking")})
	story, finding := "/sub/amr/", "/sub/steden/#f1"
	for i, want := range []string{story + " " + finding, story, finding, story, finding, story + " " + finding} {
		if got[i].urls() != want {
			t.Errorf("search %d finds %s, want %s", i, got[i].urls(), want)
		}
	}
	want := map[string]map[string]int{
		"kind": {"stories": 1, "findings": 1}, "topic": {"samenwerking": 2, "scholing": 1}, "region": {"twente": 1},
		"year": {"2020": 1, "2021": 1}, "valence": {"works": 1},
	}
	if !reflect.DeepEqual(got[0].Facets, want) {
		t.Errorf("counts %v, want %v", got[0].Facets, want)
	}
	if kinds := got[1].Facets["kind"]; kinds["findings"] != 1 || got[1].Facets["year"]["2021"] != 0 {
		t.Errorf("with a filter, counts %v: its own facet must not narrow, others must", got[1].Facets)
	}
}

// many makes n pages of words that are made up, and one that all have.
func many(n int) []Document {
	var docs []Document
	word := func(i int) string {
		return string([]byte{byte('a' + i%23), byte('a' + i/7%19), 'o', byte('b' + i%11), byte('a' + i%13), 'n'})
	}
	for i := range n {
		text := []string{"overal"}
		for j := range 60 {
			text = append(text, word(i*j*j+j*7))
		}
		docs = append(docs, Document{
			URL: fmt.Sprintf("/sub/%d/", i), Kind: "pages", Date: fmt.Sprintf("20%02d-01-01", i%30), Title: "Over " + word(i*3) + " en " + word(i),
			Summary: strings.Join(text[:12], " "), Passages: said(strings.Join(text, " ")),
		})
	}
	return docs
}

func TestSameDocumentsGiveSameFilesInAnyOrderAndAfterOthers(t *testing.T) {
	t.Parallel()
	o := Options{Language: "nl"}
	docs := many(400)
	want := makeIndex(t, o, docs)
	slices.Reverse(docs)
	x := New(o)
	if _, err := x.Index(slices.Values(small())); err != nil {
		t.Fatal(err)
	}
	got, err := x.Index(slices.Values(docs))
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%d files, want the same %d: %v", len(got), len(want), err)
	}
}

func TestEditOfAWordChangesAtMostTenFiles(t *testing.T) {
	t.Parallel()
	x := New(Options{Language: "nl"})
	docs := many(2000)
	for i := range docs {
		docs[i].Findings = []Finding{{URL: docs[i].URL + "#f", Valence: "works", Label: "Dit werkt", Text: docs[(i+1)%2000].Title}}
	}
	before := map[string]string{}
	files, _ := x.Index(slices.Values(docs))
	for _, f := range files {
		before[f.Path] = string(f.Data)
	}
	for what, edit := range map[string]func(d *Document){
		"word added":      func(d *Document) { d.Passages = said(d.text() + " toegevoegd") },
		"word of another": func(d *Document) { d.Passages = said(d.text() + " overal " + strings.Fields(d.Title)[1]) },
		"word replaced": func(d *Document) {
			d.Passages = said(strings.Replace(d.text(), strings.Fields(d.text())[7], "anders", 1))
		},
		"title":   func(d *Document) { d.Title += " verder" },
		"finding": func(d *Document) { d.Findings[0].Text += " beter" },
		"summary": func(d *Document) { d.Summary += " samengevat" },
	} {
		edited := slices.Clone(docs)
		edited[1000].Findings = slices.Clone(edited[1000].Findings)
		edit(&edited[1000])
		files, _ := x.Index(slices.Values(edited))
		changed := 0
		for _, f := range files {
			if before[f.Path] != string(f.Data) {
				changed++
			}
		}
		if len(files) < 500 || changed == 0 || changed > 10 {
			t.Errorf("%s: %d of %d files changed", what, changed, len(files))
		}
	}
}

func TestLongListsAreReadToTheirEndWhereThatMatters(t *testing.T) {
	t.Parallel()
	docs := many(2000)
	docs[3].Summary, docs[3].Title = "", "Overal te vinden"
	got := ask(t, docs, asked{Query: "overal"}, asked{Query: "overal", Options: map[string]any{"facets": true}},
		asked{Query: "overal", Options: map[string]any{"filters": map[string]any{"year": "2004"}}}, asked{Query: `"overal te"`})
	first, counted, filtered, phrase := got[0], got[1], got[2], got[3]
	limited := ask(t, docs, asked{Query: "overal over", Options: map[string]any{"limit": 400}}, asked{Query: "overal over", Options: map[string]any{"limit": 3000}})
	some, everything := strings.Fields(limited[0].urls()), strings.Fields(limited[1].urls())
	if len(some) != 400 || !limited[0].AtLeast || len(everything) != 2000 || limited[1].AtLeast || limited[1].Total != 2000 {
		t.Errorf("%d of %d results (at least: %t), and %d of %d (at least: %t)", len(some), limited[0].Total, limited[0].AtLeast, len(everything), limited[1].Total, limited[1].AtLeast)
	}
	if !slices.Equal(everything[:len(some)], some) {
		t.Error("more results have another order")
	}
	if slices.Sort(everything); len(slices.Compact(everything)) != 2000 {
		t.Error("a result comes twice")
	}
	if first.Total != 2000 || !first.AtLeast || len(first.Facets) > 0 || first.Results[0].URL != docs[3].URL {
		t.Errorf("%d results (at least: %t), facets %v, first %s", first.Total, first.AtLeast, first.Facets, first.urls())
	}
	if counted.Total != 2000 || counted.AtLeast || counted.Facets["kind"]["pages"] != 2000 {
		t.Errorf("with counts %d results (at least: %t), %v", counted.Total, counted.AtLeast, counted.Facets["kind"])
	}
	if len(first.Results) > 0 && first.Results[0].Score != counted.Results[0].Score {
		t.Errorf("scores %v, and %v with the whole list", first.Results[0].Score, counted.Results[0].Score)
	}
	if len(counted.Fetched) <= len(first.Fetched) {
		t.Errorf("counts need %d files, results %d: the list is not long", len(counted.Fetched), len(first.Fetched))
	}
	if filtered.AtLeast || filtered.Total != filtered.Facets["year"]["2004"] || filtered.Total < 60 {
		t.Errorf("with a filter %d results (at least: %t), %v", filtered.Total, filtered.AtLeast, filtered.Facets["year"])
	}
	if phrase.Total != 1 || phrase.AtLeast {
		t.Errorf("%d pages say the phrase", phrase.Total)
	}
}

func TestTwoDocumentsAtOneAddressAreAnError(t *testing.T) {
	t.Parallel()
	docs := small()
	docs[1].URL = docs[7].URL
	if _, err := New(Options{Language: "nl"}).Index(slices.Values(docs)); err == nil || !strings.Contains(err.Error(), docs[1].URL) {
		t.Errorf("got %v", err)
	}
}

func TestMissingOrDamagedFileIsAnErrorUntilItIsThere(t *testing.T) {
	t.Parallel()
	docs := many(2000)
	query := docs[5].Title
	fine := ask(t, docs, asked{Query: query})[0]
	if len(fine.Fetched) < 5 {
		t.Fatalf("only %q were read", fine.Fetched)
	}
	var searches []asked
	for _, path := range fine.Fetched {
		searches = append(searches, asked{Query: query, Without: path}, asked{Query: query, Warm: true}, asked{Query: query, Damaged: path}, asked{Query: query, Warm: true})
	}
	for i, a := range ask(t, docs, searches...) {
		path := fine.Fetched[i/4]
		switch {
		case i%2 == 0 && a.Error == "":
			t.Errorf("%s is missing or damaged, and the search finds %s", path, a.urls())
		case i%2 == 1 && (a.Error != "" || a.urls() != fine.urls()):
			t.Errorf("%s is there again, and the search finds %s %s", path, a.urls(), a.Error)
		}
	}
}

func TestWhatWasLoadedBeforeChangesNothing(t *testing.T) {
	t.Parallel()
	docs := many(2000)
	query := docs[5].Title
	got := ask(t, docs, asked{Query: query}, asked{Query: "oo"}, asked{Query: docs[8].Title + " overal", Warm: true}, asked{Query: query, Warm: true})
	if got[0].urls() == "" || got[3].urls() != got[0].urls() {
		t.Errorf("finds %s, without what was loaded before %s", got[3].urls(), got[0].urls())
	}
}

func TestSmallIndexIsOneFileBesideTheClient(t *testing.T) {
	t.Parallel()
	if files := makeIndex(t, Options{Language: "nl"}, small()); len(files) != 2 {
		t.Errorf("%d files", len(files))
	}
}

func TestNothingToIndexIsAnIndexThatFindsNothing(t *testing.T) {
	t.Parallel()
	if a := ask(t, nil, asked{Query: "iets"})[0]; a.Total != 0 || a.Error != "" {
		t.Errorf("got %+v", a)
	}
}

func TestSimpleWordsAreNotSplit(t *testing.T) {
	t.Parallel()
	known, err := dictionary()
	if err != nil {
		t.Fatal(err)
	}
	words := []string{"arbeidsmarktregio", "gemeenten", "regering", "werkgelegenheidsbeleid", "arbeid", "markt", "regio", "beleid", "werkgelegenheid", "ring", "gemeente"}
	s := newSplitter(words, slices.Repeat([]int{3}, len(words)), known)
	for word, want := range map[string][]string{
		"arbeidsmarktregio": {"arbeid", "markt", "regio"}, "werkgelegenheidsbeleid": {"werkgelegenheid", "beleid"}, "gemeenten": nil, "regering": nil,
	} {
		if got := s.split(word, 3); !slices.Equal(got, want) {
			t.Errorf("%s is split into %q, want %q", word, got, want)
		}
	}
}

func TestHeadIsFoundBehindShortWordsAndPrepositions(t *testing.T) {
	t.Parallel()
	known, err := dictionary()
	if err != nil {
		t.Fatal(err)
	}
	words := []string{"achterrand", "zeerand", "rand", "zee", "uitrand", "uit", "xyzrand", "wegmarkering", "bosrand", "bermrand", "akkerrand"}
	s := newSplitter(words, slices.Repeat([]int{3}, len(words)), known)
	for word, want := range map[string]string{"achterrand": "rand", "zeerand": "rand", "uitrand": "", "xyzrand": "", "rand": ""} {
		if got := s.head(word); got != want {
			t.Errorf("the head of %s is %q, want %q", word, got, want)
		}
	}
	docs := many(100)
	docs[7].Passages = said("Dat stond op de achterrand.")
	docs[8].Passages = said("Een akkerrand is iets anders: één van de weinige randen zonder zoom.")
	if a := ask(t, docs, asked{Query: "rand "})[0]; !slices.Contains(strings.Fields(a.urls()), docs[7].URL) {
		t.Errorf("finds %s, want %s too", a.urls(), docs[7].URL)
	}
}

func TestCompoundsOfTheOnlyWordCountMore(t *testing.T) {
	t.Parallel()
	docs := []Document{
		{URL: "/sub/word/", Kind: "pages", Title: "Iets", Passages: said("Een spiegel. " + strings.Repeat("Veel andere woorden eromheen. ", 20))},
		{URL: "/sub/part/", Kind: "pages", Title: "Stijging van de oceaanspiegel", Passages: said("Over spiegelreflecties en de oceaan.")},
		{URL: "/sub/other/", Kind: "pages", Title: "Oceaan", Passages: said("Over water.")},
	}
	got := ask(t, docs, asked{Query: "spiegel "}, asked{Query: "spiegel xyzzy "})
	score := func(a answer, url string) float64 {
		for _, r := range a.Results {
			if r.URL == url {
				return r.Score
			}
		}
		return 0
	}
	alone := score(got[0], "/sub/part/") / score(got[0], "/sub/word/")
	beside := score(got[1], "/sub/part/") / score(got[1], "/sub/word/")
	if beside == 0 || alone < 1.5*beside {
		t.Errorf("a compound counts %v of the word where it is alone, %v elsewhere", alone, beside)
	}
}

func TestWordsThatAreJoinedMakeNoTextLonger(t *testing.T) {
	t.Parallel()
	if n := newReader(Options{Language: "nl"}).text("AI-systemen bellen 06 12345678"); n != 5 {
		t.Errorf("%d words, want 5", n)
	}
}

func TestLengthThatHardlyChangesCountsTheSame(t *testing.T) {
	t.Parallel()
	if coarse(500) != coarse(505) || coarse(500) == coarse(800) {
		t.Errorf("500 counts as %v, 505 as %v, 800 as %v", coarse(500), coarse(505), coarse(800))
	}
}
