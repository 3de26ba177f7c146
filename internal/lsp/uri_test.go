package lsp

import (
	"os"
	"path/filepath"
	"runtime"
	"testing"
)

func TestFilesAreNamedByTheirPlaceOnTheDisk(t *testing.T) {
	root := filepath.Join(t.TempDir(), "een map")
	if err := os.MkdirAll(root, 0o777); err != nil {
		t.Fatal(err)
	}
	link := filepath.Join(t.TempDir(), "koppeling")
	if err := os.Symlink(root, link); err != nil && runtime.GOOS != "windows" {
		t.Fatal(err)
	}
	uri, path := Files(link)
	for _, name := range []string{"sheets/een.md", "sheets/é 100% #1?.md"} {
		if got, ok := path(uri(name)); !ok || got != name {
			t.Errorf("%s is %s, which is %q", name, uri(name), got)
		}
	}
	if got, ok := path(FileURI(filepath.Join(root, "site.yaml"))); !ok || got != "site.yaml" {
		t.Errorf("by the folder itself: %q", got)
	}
	for _, other := range []string{
		FileURI(link), FileURI(link + "2/a.md"), FileURI(filepath.Join(link, "..", "a.md")), uri("") + "/../a.md", "untitled:a.md", "http://example.org/a.md", "", "file:", "%", "a.md",
		uri("a.md") + "%00",
	} {
		if got, ok := path(other); ok {
			t.Errorf("%s is %q", other, got)
		}
	}
}

func TestNamesSayNothingOfTheDisk(t *testing.T) {
	uri, path := Names()
	if got := uri("sheets/é 1.md"); got != "leerblad:///sheets/%C3%A9%201.md" {
		t.Error(got)
	}
	for _, name := range []string{"sheets/een.md", "sheets/é 100% #1?.md"} {
		if got, ok := path(uri(name)); !ok || got != name {
			t.Errorf("%s is %s, which is %q", name, uri(name), got)
		}
	}
	for _, other := range []string{
		"leerblad:///", "leerblad:///../a.md", "leerblad:///a/../b.md", "leerblad:////etc/passwd", "leerblad://host/a.md", "leerblad:///a%00.md", `leerblad:///a%5Cb.md`,
		"file:///a.md", "leerblad:a.md", "", "%",
	} {
		if got, ok := path(other); ok {
			t.Errorf("%s is %q", other, got)
		}
	}
}
