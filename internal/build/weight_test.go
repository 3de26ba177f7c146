package build_test

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// How many entries the large publication has. All are on one topic and in one region, so that those have as many as in a publication of
// ten times as many entries.
const (
	manySheets, manyRecommendations, manyStories, manyDocuments = 150, 400, 900, 60
	findingsEach                                                = 8
)

// large makes a publication with more than any one page can show. Its words are random, as a text that compresses well would hide its weight.
func large(t *testing.T, dir string) {
	r := rand.New(rand.NewPCG(1, 1))
	word := func() string {
		b := make([]byte, 3+r.IntN(9))
		for i := range b {
			b[i] = "etaoinshrdlubcmfgkvpwz"[min(r.IntN(22), r.IntN(22))]
		}
		return string(b)
	}
	sentence := func(n int) string {
		words := make([]string, n)
		for i := range words {
			words[i] = word()
		}
		return strings.Join(words, " ")
	}
	put := func(kind, slug, format string, args ...any) {
		write(t, filepath.Join(dir, "content", kind, slug+".md"), fmt.Appendf(nil, format, args...))
	}
	write(t, filepath.Join(dir, "content/site.yaml"), []byte(settings))
	put("topics", "t", "---\ntitle: Het thema\nsummary: %s\n---\n%s\n", sentence(15), sentence(60))
	put("topics", "ander", "---\ntitle: Ander thema\n---\n")
	put("regions", "r", "---\ntitle: De regio\n---\n%s\n", sentence(60))
	head := func() string {
		return fmt.Sprintf("---\ntitle: H%s\nsummary: %s\ndate: %d-%02d-11\ntopics: [t]\n", sentence(7), sentence(18), 2015+r.IntN(6), 1+r.IntN(12))
	}
	for i := range manySheets {
		var list strings.Builder
		for range findingsEach {
			fmt.Fprintf(&list, "- [%c] %s\n", "+!~-"[r.IntN(4)], sentence(22))
		}
		put("sheets", fmt.Sprint("s", i), "%snumber: %d\n---\n%s\n\n%s", head(), i+1, sentence(200), list.String())
	}
	for i := range manyRecommendations {
		put("recommendations", fmt.Sprint("a", i), "%sregions: [r]\n---\n%s\n", head(), sentence(30))
	}
	for i := range manyStories {
		put("stories", fmt.Sprint("v", i), "%sregions: [r]\n---\n%s\n", head(), sentence(30))
	}
	for i := range manyDocuments {
		put("documents", fmt.Sprint("d", i), "%sregions: [r]\ntype: other\nlink: https://example.org/\n---\n", head())
	}
}

func compressed(data []byte) int {
	var out bytes.Buffer
	w := gzip.NewWriter(&out)
	_, _ = w.Write(data)
	_ = w.Close()
	return out.Len()
}

// pagesOfList gives the pages of the list at a path, one after the other.
func pagesOfList(site map[string][]byte, at string) (out []byte) {
	for i := 1; ; i++ {
		name := at + "index.html"
		if i > 1 {
			name = fmt.Sprintf("%spagina/%d/index.html", at, i)
		}
		if site[name] == nil {
			return out
		}
		out = append(out, site[name]...)
	}
}

func TestALargePublicationStaysUsable(t *testing.T) {
	dir := t.TempDir()
	large(t, dir)
	result, site := buildFolder(t, dir)
	if result.Problems.HasErrors() {
		t.Fatal(result.Problems[0].Message(result.Language))
	}
	t.Run("first views are light", func(t *testing.T) { firstViewsAreLight(t, site) })
	t.Run("every entry is in the lists", func(t *testing.T) {
		for _, above := range []string{"themas/t/", "regios/r/"} {
			for list, want := range map[string]int{"aanbevelingen/": manyRecommendations, "praktijkverhalen/": manyStories, "documenten/": manyDocuments} {
				if !bytes.Contains(site[above+"index.html"], []byte(`href="/`+above+list+`"`)) {
					t.Errorf("%s does not lead to its %s", above, list)
				}
				differentLinks(t, site, above+list, `class="card-title"><a href="/`+list, want)
			}
		}
	})
	t.Run("every title is on the pages of its letter", func(t *testing.T) {
		for kind, want := range map[string]int{"sheets/": manySheets, "aanbevelingen/": manyRecommendations, "praktijkverhalen/": manyStories, "documenten/": manyDocuments} {
			differentLinks(t, site, "zoeken/h/", `<li><a href="/`+kind, want)
		}
	})
	t.Run("years lead to their findings", func(t *testing.T) { yearsLeadToFindings(t, site) })
	t.Run("the index for the filter tells what is where", func(t *testing.T) { indexTellsWhere(t, site) })
}

// firstViewsAreLight adds up what a browser fetches before it shows a page: it, and all styles and scripts of the theme.
func firstViewsAreLight(t *testing.T, site map[string][]byte) {
	theme := 0
	for name, data := range site {
		if ext := path.Ext(name); strings.HasPrefix(name, "assets/") && (ext == ".css" || ext == ".js") {
			theme += compressed(data)
		}
	}
	for name, page := range pagesOf(site) {
		most := 60_000
		if strings.HasPrefix(name, "sheets/s") {
			most = 40_000
		}
		if got := theme + compressed(page); got > most {
			t.Errorf("%s weighs %d bytes, more than %d", name, got, most)
		}
	}
}

// differentLinks counts the different links that begin so on all pages of a list.
func differentLinks(t *testing.T, site map[string][]byte, at, begin string, want int) {
	t.Helper()
	seen := map[string]bool{}
	for _, rest := range strings.Split(string(pagesOfList(site, at)), begin)[1:] {
		link, _, _ := strings.Cut(rest, `"`)
		seen[link] = true
	}
	delete(seen, "") // the list of the kind, in the navigation
	if len(seen) != want {
		t.Errorf("%s has %d links, want %d", at, len(seen), want)
	}
}

func yearsLeadToFindings(t *testing.T, site map[string][]byte) {
	link := regexp.MustCompile(`href="/([^"#]*)#(year_20\d\d)"`)
	for _, name := range []string{"themas/t/index.html", "bevindingen/index.html"} {
		links := link.FindAllSubmatch(site[name], -1)
		if len(links) != 6 {
			t.Errorf("%s leads to %d years, want 6", name, len(links))
		}
		list := path.Dir(name) + "/"
		for _, l := range links {
			for i := 1; ; i++ {
				at := fmt.Sprintf("%spagina/%d/", list, i)
				if i == 1 {
					at = list
				}
				if site[at+"index.html"] == nil {
					t.Errorf("%s: there is no %s", name, l[2])
					break
				}
				if bytes.Contains(site[at+"index.html"], []byte(`id="`+string(l[2])+`"`)) {
					if at != string(l[1]) {
						t.Errorf("%s: %s begins at %s, not at %s", name, l[2], at, l[1])
					}
					break
				}
			}
		}
	}
}

func indexTellsWhere(t *testing.T, site map[string][]byte) {
	var index struct {
		Valences, Topics []string
		Sources          []struct {
			URL      string
			Findings [][]int
		}
	}
	if err := json.Unmarshal(site["bevindingen/filter.json"], &index); err != nil {
		t.Fatal(err)
	}
	items := regexp.MustCompile(`(?s)<li class="finding (\w+)">.*?class="permalink" href="([^"#]*)#`).FindAllSubmatch(pagesOfList(site, "bevindingen/"), -1)
	if len(items) != manySheets*findingsEach {
		t.Fatalf("the pages have %d findings", len(items))
	}
	for _, s := range index.Sources {
		for _, f := range s.Findings {
			if got, want := string(items[0][1])+" "+string(items[0][2]), index.Valences[f[0]]+" "+s.URL; got != want || index.Topics[f[2]] != "Het thema" {
				t.Fatalf("the page has %s where the index has %s", got, want)
			}
			items = items[1:]
		}
	}
}
