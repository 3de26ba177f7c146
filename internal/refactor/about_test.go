package refactor_test

import (
	"testing"

	"leerblad/internal/refactor"
)

// What refers to a text is found where only its file's name, a transcript or another way of writing it tells of it.
func TestAboutFindsAllThatRefers(t *testing.T) {
	const story = "---\ntitle: T\ndate: 2021-01-01\n"
	p := read(t, map[string]string{
		"site.yaml":                "title: Proef\nurl: https://example.org/le/\nnavigation: [pages/over-ons]\n",
		"pages/over-ons.md":        "---\ntitle: Over\n---\n",
		"stories/a.md":             story + "media: [{type: audio, src: g.mp3, transcript: media/g.md}]\n---\n",
		"stories/g.mp3":            "x",
		"media/g.md":               "Zie [dit](../pages/over-ons.md).\n",
		"stories/b.md":             story + "media: [{type: audio, link: 'https://example.com/', transcript: \"Zie [dit](../pages/over-ons.md).\"}]\n---\n",
		"stories/c.md":             story + "---\n[x](../pages/over%2Dons.md)\n",
		"stories/d.md":             story + "---\n[x][y]\n\n[y]: https://example.org/le/pages/over-ons/\n",
		"stories/e.md":             story + "---\nNiets.\n",
		"stories/Met Spaties.md":   story + "---\nTekst.\n",
		"stories/f.md":             story + "---\n[x](<Met Spaties.md>)\n",
		"sheets/map/index.md":      story + "image: {src: foto.png, alt: x}\n---\n[y](#kop)\n\n## Kop\n",
		"sheets/map/foto.png":      "x",
		"recommendations/ander.md": story + "evidence: [sheets/map]\n---\n![x](../sheets/map/foto.png)\n",
	})
	open := refactor.Open(p.Input, address)
	mentions := func(i int) string { return refactor.Mentions(p.Documents[i]) }
	for _, d := range p.Documents {
		got, want := open.About(d, mentions).To(d, "", nil), p.To(d, "", nil)
		if len(got) != len(want) {
			t.Errorf("%s: %d references, want %d: %v", d.Reference(), len(got), len(want), want)
		}
	}
	seen := 0
	for _, r := range open.AboutFile("sheets/map/foto.png", mentions).All() {
		if r.File == "sheets/map/foto.png" {
			seen++
		}
	}
	if seen != 2 {
		t.Errorf("%d references to the picture", seen)
	}
}
