package build

import (
	"context"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"leerblad/internal/search"
)

// publish writes the files of a publication and builds it.
func publish(t *testing.T, files map[string]string) (*Builder, *Result) {
	t.Helper()
	dir := t.TempDir()
	files["site.yaml"] = "title: Proef\nurl: https://example.org/le/\n"
	for name, text := range files {
		if err := os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	b := New(Options{Content: dir, Now: "2021-07-01"}, nil)
	r, err := b.Build(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return b, r
}

func TestSearchKnowsWhatPagesSay(t *testing.T) {
	_, r := publish(t, map[string]string{
		"topics/scholing.md": "---\ntitle: Scholing\nnames: [Leren]\n---\n",
		"regions/twente.md":  "---\ntitle: Twente\nmunicipality: Enschede\ncode: AM05\n---\n",
		"media/t.md":         "Uitgeschreven.\n",
		"stories/verhaal.md": "---\ntitle: Verhaal\nsummary: Kort.\ndate: 2021-05-01\ntopics: [scholing]\nregions: [twente]\nlessons: [Een les]\n" +
			"media:\n  - {type: video, link: \"https://example.org/f\", caption: Een film, transcript: ../media/t.md}\n---\n\n" +
			"## Kop\n\n*Te*kst.\n\n- [+] Het werkt. {#f1 reach=many}\n\n  Lang verhaal.\n\n" +
			"```chart bar \"Banen\"\nSoort | Aantal\nZorg | 1\nTechniek | 2\n```\n",
	})
	if len(r.Problems) > 0 {
		t.Fatal(r.Problems)
	}
	byURL := map[string]search.Document{}
	for d := range r.documents() {
		byURL[d.URL] = d
	}
	story := byURL["/le/praktijkverhalen/verhaal/"]
	for i := range story.Passages {
		story.Passages[i].Text = words(story.Passages[i].Text)
	}
	if want := (search.Document{
		URL: "/le/praktijkverhalen/verhaal/", Title: "Verhaal", Kind: "stories", Date: "2021-05-01", Summary: "Kort.",
		Topics: []string{"Scholing"}, Regions: []string{"Twente"}, Headings: []string{"Kop"}, Findings: []search.Finding{{
			URL: "/le/praktijkverhalen/verhaal/#f1", Valence: "works", Label: "Dit werkt", Reach: "many", Topics: []string{"Scholing"}, Text: "Het werkt.",
		}},
		Passages: []search.Passage{
			{Anchor: "kop", Heading: "Kop", Text: "Tekst."}, {Anchor: "f1", Heading: "Dit werkt", Text: "Het werkt. Lang verhaal."},
			{Text: "Een les Een film"}, {Text: "Banen Aantal Het hoogst: 2 (Techniek). Het laagst: 1 (Zorg)."}, {Text: "Uitgeschreven."},
		},
	}); !reflect.DeepEqual(story, want) {
		t.Errorf("got  %+v\nwant %+v", story, want)
	}
	if d := byURL["/le/regios/twente/"]; !reflect.DeepEqual(d.Names, []string{"Enschede"}) || !reflect.DeepEqual(d.Regions, []string{"Twente"}) {
		t.Errorf("region: %+v", d)
	}
	if d := byURL["/le/themas/scholing/"]; !reflect.DeepEqual(d.Names, []string{"Leren"}) || !reflect.DeepEqual(d.Topics, []string{"Scholing"}) {
		t.Errorf("topic: %+v", d)
	}
}

func words(s string) string { return strings.Join(strings.Fields(s), " ") }

func TestTheIndexFollowsBuildsOnceSomebodySearches(t *testing.T) {
	b, r := publish(t, map[string]string{"pages/a.md": "---\ntitle: A\n---\n"})
	made := 0
	count := func(r *Result) {
		index := r.index
		r.index = func() (map[string][]byte, error) { made++; return index() }
	}
	count(r)
	r.FollowSearch(context.Background())
	if r.Sum("index.html") == "" || r.Sum("sitemap.xml") == "" || made != 0 {
		t.Fatalf("nobody searched, but the index was made")
	}
	if data, ok, err := r.Preview("search/client.js"); !ok || err != nil || len(data) == 0 || r.Sum("search/client.js") == "" || r.Sum("search/no.bin") != "" {
		t.Fatalf("no client: %t %v", ok, err)
	}
	made = 0
	next, err := b.Build(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	count(next)
	ended, end := context.WithCancel(context.Background())
	end()
	if next.FollowSearch(ended); made != 0 {
		t.Error("the index was made for a build that is no longer shown")
	}
	if next.FollowSearch(context.Background()); made != 1 {
		t.Error("the index did not follow")
	}
}

func TestAnAddressOfTheIndexIsTaken(t *testing.T) {
	_, r := publish(t, map[string]string{"pages/a.md": "---\ntitle: A\naliases: [/search/client.js]\n---\n"})
	if len(r.Problems) != 1 || r.Problems[0].Code != "duplicate-url" {
		t.Errorf("problems: %v", r.Problems)
	}
}

func TestTheSearchPageOffersEachFacet(t *testing.T) {
	_, r := publish(t, map[string]string{})
	page, _, err := r.Preview("zoeken/index.html")
	if err != nil {
		t.Fatal(err)
	}
	var offered []string
	for _, m := range regexp.MustCompile(`<select [^>]*name="(\w+)"`).FindAllSubmatch(page, -1) {
		offered = append(offered, string(m[1]))
	}
	if !slices.Equal(offered, search.Facets) {
		t.Errorf("it offers %v, the index has %v", offered, search.Facets)
	}
}
