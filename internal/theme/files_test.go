package theme

import (
	"fmt"

	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"

	"leerblad/internal/source"
)

// layerOf makes a layer of a folder with files.
func layerOf(t *testing.T, files map[string]string) (Layer, string) {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		file := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { root.Close() })
	return Layer{FS: source.FS(root), Path: "mine"}, dir
}

// problemsOf loads a layer and gives what is wrong, as <file>:<line>:<column> <code> <args>, and the names of what is used.
func problemsOf(t *testing.T, layer Layer) (problems, used []string) {
	t.Helper()
	th, diags, err := Load("nl", layer)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range diags {
		line, column := d.Span.Position()
		problems = append(problems, fmt.Sprintf("%s:%d:%d %s %v", d.Span.File.Path, line, column, d.Code, d.Args))
		if !d.Span.File.Outside {
			t.Errorf("%s counts as a file of the publication", d.Span.File.Path)
		}
	}
	for _, f := range slices.Concat(th.Layouts, th.Partials) {
		used = append(used, f.Path)
	}
	for _, a := range th.Assets {
		used = append(used, a.Name)
	}
	slices.Sort(problems)
	return problems, used
}

func expect(t *testing.T, what string, got []string, want ...string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s:\n%q, want\n%q", what, got, want)
	}
}

func TestFilesThatCannotBeUsedArePassedOver(t *testing.T) {
	layer, dir := layerOf(t, map[string]string{
		"layouts/a.html": "a", "layouts/latin.html": "één\n\xe9\xe9n", "layouts/notes.txt": "\xff", "partials/b.html": "b", "assets/latin.css": "p{}/* \xe9 */",
		"assets/photo.png": "\xff", "strings/nl.yaml": "key: \xe9", "strings/fr.yaml": "\xff", "README.md": "\xff", ".hidden/pipe": "", "elsewhere/x.html": "x",
	})
	link := func(to, name string) {
		t.Helper()
		if err := os.Symlink(to, filepath.Join(dir, name)); err != nil {
			t.Skip("no links here: ", err)
		}
	}
	link("../partials/b.html", "partials/linked.html")
	link("loop.html", "partials/loop.html")
	link("/etc/hostname", "partials/out.html")
	link("nowhere", "partials/dangling.html")
	link("elsewhere", "assets/folder")
	link("elsewhere", "more")
	for _, name := range []string{"layouts/pipe.html", "partials/pipe.html", "assets/pipe.css", "assets/pipe", "strings/en.yaml", "pipe"} {
		if err := exec.Command("mkfifo", filepath.Join(dir, name)).Run(); err != nil {
			t.Skip("no pipes here: ", err)
		}
	}
	problems, used := problemsOf(t, layer)
	expect(t, "problems", problems,
		"mine/assets/folder:1:1 unreadable-file []", "mine/assets/latin.css:1:7 not-utf8 []", "mine/assets/pipe.css:1:1 unreadable-file []", "mine/assets/pipe:1:1 unreadable-file []",
		"mine/layouts/latin.html:2:1 not-utf8 []", "mine/layouts/pipe.html:1:1 unreadable-file []", "mine/more:1:1 unreadable-file []", "mine/partials/dangling.html:1:1 unreadable-file []",
		"mine/partials/loop.html:1:1 unreadable-file []", "mine/partials/out.html:1:1 unreadable-file []", "mine/partials/pipe.html:1:1 unreadable-file []", "mine/pipe:1:1 unreadable-file []",
		"mine/strings/en.yaml:1:1 unreadable-file []", "mine/strings/nl.yaml:1:6 not-utf8 []")
	expect(t, "used", used, "mine/layouts/a.html", "mine/partials/b.html", "mine/partials/linked.html", "photo.png")
}

// A hole of 3 GB takes no room on disk.
func TestFilesThatAreTooLargeAreNotRead(t *testing.T) {
	layer, dir := layerOf(t, map[string]string{"layouts/a.html": "", "layouts/b.html": "", "assets/a.js": "", "assets/film.mp4": "", "assets/font.woff2": ""})
	for name, size := range map[string]int64{"layouts/a.html": 3e9, "layouts/b.html": 1 << 20, "assets/a.js": 1<<20 + 1, "assets/film.mp4": 3e9, "assets/font.woff2": 1<<20 + 1} {
		if err := os.Truncate(filepath.Join(dir, name), size); err != nil {
			t.Fatal(err)
		}
	}
	problems, used := problemsOf(t, layer)
	expect(t, "problems", problems, "mine/assets/a.js:1:1 theme-file-too-large [1.0 1]", "mine/assets/film.mp4:1:1 theme-file-too-large [2861.0 20]", "mine/layouts/a.html:1:1 theme-file-too-large [2861.0 1]")
	expect(t, "used", used, "mine/layouts/b.html", "font.woff2")
}

// growing is a file that says that it is empty and does not end.
type growing struct{ fs.File }

func (growing) Read(p []byte) (int, error) { clear(p); return len(p), nil }

type growingFS struct{ fs.FS }

func (g growingFS) Open(name string) (fs.File, error) {
	f, err := g.FS.Open(name)
	if filepath.Ext(name) == ".html" {
		return growing{f}, err
	}
	return f, err
}

func TestFileThatGrowsWhileItIsReadHasAnEnd(t *testing.T) {
	layer, dir := layerOf(t, map[string]string{"layouts/a.html": ""})
	layer.FS = growingFS{os.DirFS(dir)}
	problems, _ := problemsOf(t, layer)
	expect(t, "problems", problems, "mine/layouts/a.html:1:1 theme-file-too-large [1.0 1]")
}
