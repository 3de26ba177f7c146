package site_test

import (
	"fmt"
	"hash/maphash"
	"reflect"
	"strings"
	"testing"

	"leerblad/internal/diag"
	"leerblad/internal/document"
	"leerblad/internal/markdown"
	"leerblad/internal/publication"
	"leerblad/internal/site"
	"leerblad/internal/source"
	"leerblad/internal/testpub"
)

// words are interface texts that say their own names and what is put into them.
func words(key string, args ...any) string {
	if list, ok := strings.CutPrefix(key, "url."); ok {
		return list
	}
	for _, a := range args {
		key += fmt.Sprintf("|%v", a)
	}
	return key
}

var seed = maphash.MakeSeed()

// plan plans the site of files; all of its media have an asset.
func plan(t testing.TB, files map[string]string) (*publication.Publication, *site.Plan, diag.List) {
	t.Helper()
	pub, _ := testpub.Assemble(t, files)
	assets := map[string]site.Asset{}
	for _, use := range pub.Files {
		a := site.Asset{File: "assets/" + use.Path, Size: int64(len(files[use.Path])), ContentType: "type"}
		if use.Picture {
			a.Width, a.Height, a.Copies = 900, 600, []site.Copy{{File: "assets/480-" + use.Path, Width: 480}}
		}
		if use.Mail {
			a.Mail = site.Copy{File: "assets/mail-" + use.Path, Width: 600}
		}
		assets[use.Path] = a
	}
	p, diags := site.Make(site.Input{Publication: pub, Words: words, Assets: assets, Theme: "theme", Seed: seed})
	return pub, p, diags
}

// An archive holds the files of a publication; want/plan is which pages there are and what else, want/problems what is wrong with them, and
// want/PAGE all that a page shows, or the mail of the issue in a folder.
func TestMake(t *testing.T) {
	testpub.Golden(t, "testdata/*.txtar", func(t *testing.T, files map[string]string, name string) string {
		_, p, diags := plan(t, files)
		for _, i := range p.Issues {
			if i.Folder == name {
				return shown(i.View())
			}
		}
		switch page, ok := p.Page(name); {
		case name == "problems":
			return testpub.Text(t, diags)
		case name == "plan":
			return planned(p)
		case ok:
			return page.Template + "\n" + shown(page.View())
		}
		t.Fatalf("there is no %s", name)
		return ""
	})
}

// planned tells which pages there are.
func planned(p *site.Plan) string {
	var out strings.Builder
	for _, page := range p.Pages {
		fmt.Fprintf(&out, "%s %s %q", page.File, page.Template, page.View().Common().Title)
		if page.NoIndex {
			fmt.Fprint(&out, " hidden")
		}
		fmt.Fprintln(&out, "", page.Modified)
	}
	for _, f := range p.Feeds {
		fmt.Fprintf(&out, "feed %s %q %s %s\n", f.File, f.Title, f.Link, f.Address)
		for _, e := range f.Entries() {
			fmt.Fprintln(&out, "  ", e.Address, e.Updated, e.Authors)
		}
	}
	for _, m := range p.Moved {
		fmt.Fprintln(&out, "moved", m.From, m.To)
	}
	for _, r := range p.Rows() {
		fmt.Fprintf(&out, "finding %+v\n", r)
	}
	return out.String()
}

// shown tells all that is in a view, what is empty and what all pages share left out.
func shown(view any) string {
	var out strings.Builder
	var walk func(path string, v reflect.Value)
	walk = func(path string, v reflect.Value) {
		switch v.Kind() {
		case reflect.Pointer:
			if !v.IsNil() {
				walk(path, v.Elem())
			}
		case reflect.Slice, reflect.Array:
			for i := range v.Len() {
				walk(fmt.Sprintf("%s[%d]", path, i), v.Index(i))
			}
		case reflect.Struct:
			for i := range v.NumField() {
				f := v.Type().Field(i)
				switch {
				case !f.IsExported() || f.Name == "Site" || f.Name == "Navigation" || f.Name == "Kept" || f.Name == "Top" || f.Name == "Span":
				case f.Anonymous:
					walk(path, v.Field(i))
				case f.Name == "Compiled":
					if b := v.Addr().Interface().(*site.Body); b.Compiled != nil {
						for _, part := range b.Compiled.Parts[b.From:b.To] {
							fmt.Fprintf(&out, "%s.HTML: %q %d\n", path, part.HTML, part.Hole)
						}
					}
				case v.Type() == reflect.TypeFor[site.Body]() && (f.Name == "From" || f.Name == "To"):
				default:
					walk(strings.TrimPrefix(path+"."+f.Name, "."), v.Field(i))
				}
			}
		default:
			if !v.IsZero() {
				fmt.Fprintf(&out, "%s: %v\n", path, v)
			}
		}
	}
	walk("", reflect.ValueOf(view))
	return out.String()
}

// many is a publication that has more than one page of all that has pages.
func many() map[string]string {
	files := map[string]string{"topics/t.md": "---\ntitle: Thema\n---\n", "regions/r.md": "---\ntitle: Regio\ntile: [1, 1]\n---\n"}
	for i := range 300 {
		files[fmt.Sprintf("stories/v%03d.md", i)] = fmt.Sprintf("---\ntitle: Verhaal %03d\ndate: 2021-01-%02d\ntopics: [t]\nregions: [r]\n---\n", i, i%28+1)
		files[fmt.Sprintf("sheets/s%03d.md", i)] = fmt.Sprintf("---\ntitle: Sheet %03d\ndate: 20%02d-01-01\ntopics: [t]\n---\n\n- [+] Een.\n- [!] Twee.\n- [?] Drie.\n", i, i%20)
	}
	return files
}

func TestLongListsHavePages(t *testing.T) {
	_, p, _ := plan(t, many())
	for file, want := range map[string]string{
		"sheets/page/6/index.html":           "Links: 1 … 4 5 6",
		"stories/page/3/index.html":          "Links: 1 2 3 4 5 6",
		"topics/t/index.html":                "Links: 1 2 3 … 12",
		"topics/t/page/7/index.html":         "Links: 1 … 5 6 7 8 9 … 12",
		"topics/t/stories/page/2/index.html": "Links: 1 2 3 4 … 6",
		"regions/r/stories/index.html":       "Links: 1 2 3 … 6",
		"findings/page/18/index.html":        "Links: 1 … 16 17 18",
		"search/s/page/2/index.html":         "Links: 1 2",
		"search/v/index.html":                "Links: 1 2",
		"search/index.html":                  "Links:",
	} {
		page, ok := p.Page(file)
		if !ok {
			t.Errorf("there is no %s", file)
			continue
		}
		links := "Links:"
		for _, l := range reflect.ValueOf(page.View()).Elem().FieldByName("Pager").Interface().(site.Pager).Links {
			links += " " + l.Title
		}
		if links != want {
			t.Errorf("%s: %s, want %s", file, links, want)
		}
	}
	if _, ok := p.Page("topics/t/page/13/index.html"); ok {
		t.Error("a page without findings")
	}
}

// What every page shows of all others stays within bounds.
func TestEveryPageHasAPartOfManyOthers(t *testing.T) {
	files := map[string]string{}
	for i := range 500 {
		files[fmt.Sprintf("pages/p%d.md", i)] = "---\ntitle: Pagina\n---\n"
		files[fmt.Sprintf("regions/r%d.md", i)] = fmt.Sprintf("---\ntitle: Regio\ntile: [%d, %d]\n---\n", i%12+1, min(i/12, 19)+1)
	}
	files["regions/los.md"] = "---\ntitle: Aan geen kant\n---\n"
	_, p, _ := plan(t, files)
	if n := len(p.Site.Footer); n != 100 {
		t.Errorf("the foot has %d pages", n)
	}
	region, _ := p.Page("regions/r13/index.html")
	if tiles := region.View().(*site.RegionView).Tiles; len(tiles) != 9 || !tiles[0].Near || !tiles[4].Current {
		t.Errorf("the map of a region has %d tiles: %+v", len(tiles), tiles)
	}
	list, _ := p.Page("regions/index.html")
	view := list.View().(*site.RegionsView)
	if n := len(view.Tiles); n != 501 || view.Tiles[500].Title != "Aan geen kant" || view.Regions[0].Title != "Aan geen kant" {
		t.Errorf("the map has %d tiles, at its end %v; the list begins with %v", n, view.Tiles[n-1], view.Regions[0])
	}
}

// Two plans of the same files have the same digests, whatever was asked first, and those of pages that differ differ.
func TestSum(t *testing.T) {
	_, one, _ := plan(t, many())
	_, two, _ := plan(t, many())
	sums := map[any]string{}
	for i := len(one.Pages) - 1; i >= 0; i-- {
		page := one.Pages[i]
		sum := one.Sum(page)
		if other, there := sums[sum]; there {
			t.Errorf("%s and %s have the same digest", page.File, other)
		}
		sums[sum] = page.File
	}
	for _, page := range two.Pages {
		if file := sums[two.Sum(page)]; file != page.File {
			t.Errorf("%s has a digest that it had not, or that of %s", page.File, file)
		}
	}
}

func TestRewordedShowsNoOldWords(t *testing.T) {
	files := map[string]string{
		"sheets/een.md":          "---\ntitle: Een\nsummary: Kort\ndate: 2021-01-01\n---\n\nTekst.\n\n- [+] Bevinding. {#a}\n",
		"sheets/zelf.md":         "---\ntitle: Zelf\ndate: 2021-01-01\n---\n\n[Zelf](zelf.md)\n",
		"pages/over.md":          "---\ntitle: Over\n---\n\nTekst.\n",
		"topics/t.md":            "---\ntitle: Thema\nsummary: Kort\n---\n\n- [+] Bevinding. {#a}\n",
		"recommendations/doe.md": "---\ntitle: Doe\ndate: 2021-01-01\nevidence: [sheets/een#a]\n---\n\nTekst.\n",
	}
	pub, p, _ := plan(t, files)
	for _, c := range []struct {
		entry, old, new string
		ok              bool
	}{
		{"sheets/een", "title: Een", "title: Eerste", true},
		{"sheets/een", "Tekst", "Andere tekst", true},
		{"sheets/een", "Bevinding.", "Andere bevinding.", true},
		{"sheets/zelf", "title: Zelf", "title: Zelfde", false},
		{"pages/over", "title: Over", "title: Ons", false},
		{"pages/over", "Tekst", "Andere tekst", true},
		{"topics/t", "Kort", "Korter", true},
		{"topics/t", "Bevinding.", "Andere bevinding.", false},
		{"recommendations/doe", "Tekst", "Andere tekst", true},
		{"recommendations/doe", "title: Doe", "title: Doen", false},
	} {
		e := entry(pub, c.entry)
		before := files[c.entry+".md"]
		files[c.entry+".md"] = strings.Replace(before, c.old, c.new, 1)
		doc, _ := document.Parse(markdown.New(), source.NewFile(c.entry+".md", []byte(files[c.entry+".md"])), document.Place{Kind: e.Kind, Slug: e.Slug})
		_, again, _ := plan(t, files)
		files[c.entry+".md"] = before
		next, old, ok := pub.Reworded(e, doc)
		if !ok {
			t.Errorf("%s, %q for %q: not reworded", c.entry, c.new, c.old)
			continue
		}
		page, ok := p.Reworded(next, old)
		if ok != c.ok {
			t.Errorf("%s, %q for %q: %v", c.entry, c.new, c.old, ok)
		}
		want, _ := again.Page(page.File)
		if ok && shown(page.View()) != shown(want.View()) {
			t.Errorf("%s, %q for %q:\n%s\nwant\n%s", c.entry, c.new, c.old, shown(page.View()), shown(want.View()))
		}
	}
}

func entry(pub *publication.Publication, reference string) *publication.Entry {
	for _, e := range pub.Entries {
		if e.Reference() == reference {
			return e
		}
	}
	return nil
}
