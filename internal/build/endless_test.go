package build_test

import (
	"context"
	"path/filepath"
	"testing"

	"leerblad/internal/build"
	"leerblad/internal/frontmatter"
)

// A page takes long to have no end; so a page that needs the same template is not tried, but in the preview.
func TestPagesOfAnEndlessTemplateAreNotTried(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "content/site.yaml"), []byte("title: Proef\nurl: https://example.org/\n"))
	for _, name := range []string{"a", "b"} {
		write(t, filepath.Join(dir, "content/pages/"+name+".md"), []byte("---\ntitle: "+name+"\n---\nTekst.\n"))
	}
	write(t, filepath.Join(dir, "theme/layouts/page.html"), []byte(`{{define "main"}}{{if eq .Title "a"}}{{range 1000000000}}{{end}}{{end}}{{end}}`))
	b := build.New(build.Options{Content: filepath.Join(dir, "content"), Theme: filepath.Join(dir, "theme"), Now: frontmatter.Day("2021-06-01")}, nil)
	result, err := b.Build(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	mistakes, _, err := b.Check(context.Background(), result)
	if err != nil || len(mistakes) != 1 || mistakes[0].Code != "endless-template" {
		t.Fatalf("%v %v", mistakes, err)
	}
	set, err := result.Set()
	if err != nil {
		t.Fatal(err)
	}
	for file, wrong := range map[string]bool{"a/index.html": true, "b/index.html": true, "index.html": false} {
		_, _, err := set.Get(file)
		if list, ok := build.Mistakes(err); wrong != (err != nil) || err != nil && (!ok || len(list) != 1) {
			t.Errorf("%s: %v", file, err)
		}
	}
	if _, ok, err := result.Preview("b/index.html"); !ok || err != nil {
		t.Errorf("the preview: %v %v", ok, err)
	}
	if result, err = b.Build(context.Background()); err != nil {
		t.Fatal(err)
	}
	if set, err = result.Set(); err != nil {
		t.Fatal(err)
	}
	if _, _, err := set.Get("b/index.html"); err != nil {
		t.Errorf("the next build: %v", err)
	}
}
