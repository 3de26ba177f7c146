package site_test

import (
	"fmt"
	"strings"
	"testing"

	"leerblad/internal/site"
	"leerblad/internal/testpub"
)

// posters plans a site whose pictures are named after their texts, and gives the plan.
func posters(t *testing.T, files map[string]string) *site.Plan {
	t.Helper()
	pub, _ := testpub.Assemble(t, files)
	assets := map[string]site.Asset{}
	for _, use := range pub.Files {
		assets[use.Path] = site.Asset{File: "assets/" + use.Path, Width: 900, Height: 600}
	}
	p, _ := site.Make(site.Input{Publication: pub, Words: words, Assets: assets, Seed: seed, Poster: func(t site.PosterText) string {
		return "assets/" + t.Label + "-" + t.Title + ".png"
	}})
	return p
}

func TestPagesHaveAPictureForOtherSites(t *testing.T) {
	files := map[string]string{
		"media/a.jpg": "x", "media/a.svg": "x", "media/b.jpg": "x",
		"stories/foto.md":     "---\ntitle: Foto\ndate: 2021-01-01\nimage: {src: media/a.jpg, alt: Zee}\n---\n",
		"stories/tekening.md": "---\ntitle: Tekening\ndate: 2021-01-01\nimage: {src: media/a.svg, alt: Zee}\n---\n",
		"sheets/s.md":         "---\ntitle: Sheet\nnumber: 3\ndate: 2021-01-01\n---\n",
		"documents/d.md":      "---\ntitle: Rapport\ntype: action-plan\nlink: https://example.org/x\ndate: 2021-01-01\n---\n",
	}
	const at = "https://example.org/le/assets/"
	for settings, want := range map[string]map[string]site.Poster{
		"": {
			"stories/foto": {URL: at + "media/a.jpg", Alt: "Zee", Width: 900, Height: 600}, "stories/tekening": {URL: at + "kind.stories-Tekening.png", Alt: "kind.stories: Tekening", Width: 1200, Height: 630},
			"sheets/s": {URL: at + "kind.sheets 3-Sheet.png", Alt: "kind.sheets 3: Sheet", Width: 1200, Height: 630}, "documents/d": {URL: at + "type.action-plan-Rapport.png", Alt: "type.action-plan: Rapport", Width: 1200, Height: 630},
			"findings": {URL: at + "Ondertitel-Proef.png", Alt: "Ondertitel: Proef", Width: 1200, Height: 630},
		},
		"image: {src: media/b.jpg, alt: Duin}\n": {
			"stories/foto": {URL: at + "media/a.jpg", Alt: "Zee", Width: 900, Height: 600}, "sheets/s": {URL: at + "media/b.jpg", Alt: "Duin", Width: 900, Height: 600},
			"findings": {URL: at + "media/b.jpg", Alt: "Duin", Width: 900, Height: 600},
		},
	} {
		files["site.yaml"] = "title: Proef\ntagline: Ondertitel\nurl: https://example.org/le/\n" + settings
		p := posters(t, files)
		for path, want := range want {
			page, ok := p.Page(path + "/index.html")
			if !ok {
				t.Fatalf("there is no %s", path)
			}
			got := page.View().Common().Poster
			if got == nil || *got != want {
				t.Errorf("%s has %+v", path, got)
			}
			if name := strings.TrimPrefix(got.URL, "https://example.org/le/"); strings.HasSuffix(name, ".png") != (p.Posters[name] != site.PosterText{}) {
				t.Errorf("%s is made: %v", name, p.Posters)
			}
		}
	}
}

func TestOldEntriesShareThePictureOfTheirKind(t *testing.T) {
	files := map[string]string{"site.yaml": "title: Proef\nurl: https://example.org/\n"}
	for i := range 150 {
		files[fmt.Sprintf("stories/s%d.md", i)] = fmt.Sprintf("---\ntitle: Verhaal %d\ndate: 2019-%02d-%02d\n---\n", i, 1+i/25, 1+i%25)
	}
	p := posters(t, files)
	if n := len(p.Posters); n < 101 || n > 110 {
		t.Errorf("%d pictures are made", n)
	}
	for path, want := range map[string]string{"stories/s149": "kind.stories-Verhaal 149", "stories/s0": "-kinds.stories"} {
		page, _ := p.Page(path + "/index.html")
		if got := page.View().Common().Poster.URL; got != "https://example.org/assets/"+want+".png" {
			t.Errorf("%s has %s", path, got)
		}
	}
}
