// Package testpub makes publications out of archives of files, for the tests of packages that work on publications. It holds no code of the
// product.
package testpub

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/tools/txtar"

	"leerblad/internal/diag"
	"leerblad/internal/document"
	"leerblad/internal/markdown"
	"leerblad/internal/publication"
	"leerblad/internal/source"
)

var update = flag.Bool("update", false, "rewrite the wanted parts of the archives")

// Settings stand in for a site.yaml that an archive has not.
const Settings = "title: Proef\nurl: https://example.org/le/\n"

// Assemble makes a publication of files by their paths, as on 1 June 2021, and gives what is wrong with it.
func Assemble(t testing.TB, files map[string]string, change ...func(*publication.Input)) (*publication.Publication, diag.List) {
	t.Helper()
	folder := fstest.MapFS{}
	for name, text := range files {
		folder[name] = &fstest.MapFile{Data: []byte(text)}
	}
	if folder[publication.SettingsFile] == nil {
		folder[publication.SettingsFile] = &fstest.MapFile{Data: []byte(Settings)}
	}
	tree, err := (&source.Tree{}).Update(folder, source.Ignored, []string{"."})
	if err != nil {
		t.Fatal(err)
	}
	in, diags := Input(tree, markdown.New(), publication.Options{Now: "2021-06-01"})
	for _, c := range change {
		c(&in)
	}
	pub, list := publication.Assemble(in)
	return pub, append(diags, list...)
}

// Input reads the texts of a tree, and gives what is wrong with where they stand and with the settings.
func Input(tree *source.Tree, parser *markdown.Parser, options publication.Options) (publication.Input, diag.List) {
	in := publication.Input{Tree: tree, Options: options,
		Transcript: func(f *source.File, prefix string) (*markdown.Body, diag.List) {
			return document.Transcript(parser, f, prefix)
		}}
	settings, diags := publication.ReadSettings(tree.File(publication.SettingsFile), "")
	in.Settings = settings
	for _, p := range tree.Paths() {
		place, ok, list := document.Locate(tree.File(p), func(p string) bool { return tree.File(p) != nil })
		diags = append(diags, list...)
		if ok {
			doc, list := document.Parse(parser, tree.File(p), place)
			problems, hints := list.Hints()
			in.Documents, in.Problems, in.Hints = append(in.Documents, doc), append(in.Problems, problems), append(in.Hints, hints)
		}
	}
	return in, diags
}

// Text writes diagnostics as the command does, in Dutch.
func Text(t testing.TB, diags diag.List) string {
	t.Helper()
	var out bytes.Buffer
	if err := (diag.Printer{Language: diag.Dutch}).Text(&out, diags.Sorted()); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// Golden makes of each archive that pattern names what must come out: its files named want/… are what is given for the rest of their
// names. With -update they are rewritten.
func Golden(t *testing.T, pattern string, is func(t *testing.T, files map[string]string, name string) string) {
	archives, err := filepath.Glob(pattern)
	if err != nil || len(archives) == 0 {
		t.Fatalf("no archives %s: %v", pattern, err)
	}
	for _, file := range archives {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			files := map[string]string{}
			for _, f := range archive.Files {
				if !strings.HasPrefix(f.Name, "want/") {
					files[f.Name] = string(f.Data)
				}
			}
			for i, f := range archive.Files {
				name, ok := strings.CutPrefix(f.Name, "want/")
				if !ok {
					continue
				}
				got := is(t, files, name)
				if *update {
					archive.Files[i].Data = []byte(got)
				} else if got != string(f.Data) {
					t.Errorf("%s:\n--- got\n%s\n--- want\n%s", name, got, f.Data)
				}
			}
			if *update {
				if err := os.WriteFile(file, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}
