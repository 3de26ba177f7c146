package source

import (
	"os"
	"path/filepath"
	"testing"
)

func TestMomentTellsChanges(t *testing.T) {
	dir := t.TempDir()
	put := func(name, text string) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	moment := func() Digest {
		sum, err := Moment(os.DirFS(dir), Ignored)
		if err != nil {
			t.Fatal(err)
		}
		return sum
	}
	put("a.md", "x")
	put("other", "y")
	before := moment()
	put(".a.md.swp", "")
	if moment() != before {
		t.Error("an ignored file counts")
	}
	for _, c := range []struct {
		what   string
		change func()
	}{
		{"longer", func() { put("a.md", "xx") }},
		{"new", func() { put("b.md", "x") }},
		{"renamed", func() { _ = os.Rename(filepath.Join(dir, "b.md"), filepath.Join(dir, "c.md")) }},
		{"a folder", func() { _ = os.Mkdir(filepath.Join(dir, "d"), 0o755) }},
		{"a link", func() { _ = os.Symlink("other", filepath.Join(dir, "l.md")) }},
		{"replaced, with the same size and time", func() {
			info, _ := os.Stat(filepath.Join(dir, "a.md"))
			put("new.tmp", "zz")
			_ = os.Chtimes(filepath.Join(dir, "new.tmp"), info.ModTime(), info.ModTime())
			_ = os.Rename(filepath.Join(dir, "new.tmp"), filepath.Join(dir, "a.md"))
		}},
	} {
		before := moment()
		if c.change(); moment() == before {
			t.Errorf("%s: the moment is the same", c.what)
		}
	}
}

func TestTextsAreRestoredAsTheyWereRead(t *testing.T) {
	f := NewFile("a.md", []byte("tekst"))
	now := "tekst"
	read := func(string) ([]byte, error) { return []byte(now), nil }
	f.Release()
	if err := f.Restore(read); err != nil || string(f.Data) != "tekst" {
		t.Errorf("%q, %v", f.Data, err)
	}
	f.Release()
	now = "ander"
	if err := f.Restore(read); err == nil || f.Data != nil {
		t.Errorf("another text was taken: %q", f.Data)
	}
}
