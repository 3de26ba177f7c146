package render

import (
	"hash/maphash"
	"os"
	"testing"

	"leerblad/internal/diag"
	"leerblad/internal/document"
	"leerblad/internal/frontmatter"
	"leerblad/internal/markdown"
	"leerblad/internal/publication"
	"leerblad/internal/site"
	"leerblad/internal/source"
	"leerblad/internal/theme"
	"leerblad/themes"
)

// samplePages plans the publication in dir as on the day now, with pictures of a made-up size, in its own theme.
func samplePages(tb testing.TB, dir string, now frontmatter.Day) (*theme.Theme, []site.Page) {
	tb.Helper()
	tree, err := (&source.Tree{}).Update(os.DirFS(dir), source.Ignored, []string{"."})
	if err != nil {
		tb.Fatal(err)
	}
	settings, _ := publication.ReadSettings(tree.File(publication.SettingsFile), "")
	th, _, err := theme.Load(settings.Language, theme.Layer{FS: themes.Default(), Path: "themes/default"})
	if err != nil {
		tb.Fatal(err)
	}
	parser := markdown.New()
	in := publication.Input{
		Settings: settings, Tree: tree, Options: publication.Options{Now: now},
		Transcript: func(f *source.File, prefix string) (*markdown.Body, diag.List) {
			return document.Transcript(parser, f, prefix)
		},
	}
	for _, p := range tree.Paths() {
		f := tree.File(p)
		place, ok, _ := document.Locate(f, func(p string) bool { return tree.File(p) != nil })
		if !ok {
			continue
		}
		doc, problems := document.Parse(parser, f, place)
		in.Documents, in.Problems, in.Hints = append(in.Documents, doc), append(in.Problems, problems), append(in.Hints, nil)
	}
	pub, _ := publication.Assemble(in)
	assets := map[string]site.Asset{}
	for _, use := range pub.Files {
		assets[use.Path] = site.Asset{File: use.Path, Width: 1600, Height: 900, Size: 123456, ContentType: "video/mp4",
			Copies: []site.Copy{{File: "small, " + use.Path, Width: 480}}}
	}
	plan, _ := site.Make(site.Input{Publication: pub, Words: th.Words, Assets: assets, Seed: maphash.MakeSeed()})
	return th, plan.Pages
}
