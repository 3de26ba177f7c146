package output

import (
	"context"
	"os"
	"path/filepath"
	"testing"
)

func TestHoldsKnowsTheSiteThatStandsThere(t *testing.T) {
	site := map[string]string{"index.html": "een", "a/b/index.html": "twee", "a/c.css": ""}
	for _, c := range []struct {
		name   string
		change func(t *testing.T, dir string)
		holds  bool
	}{
		{"as it was written", func(*testing.T, string) {}, true},
		{"with a foreign file", func(t *testing.T, dir string) { write(t, dir, "a/CNAME", "x") }, true},
		{"other bytes", func(t *testing.T, dir string) { write(t, dir, "index.html", "eén") }, false},
		{"emptied", func(t *testing.T, dir string) { write(t, dir, "a/b/index.html", "") }, false},
		{"gone", func(t *testing.T, dir string) { remove(t, dir, "a/c.css") }, false},
		{"a folder in its place", func(t *testing.T, dir string) { remove(t, dir, "a/c.css"); write(t, dir, "a/c.css/x", "") }, false},
		{"what a kill left", func(t *testing.T, dir string) { write(t, dir, tempPrefix+"0", "") }, false},
		{"no manifest", func(t *testing.T, dir string) { remove(t, dir, manifestName) }, false},
		{"the manifest of another", func(t *testing.T, dir string) { mustSync(t, dir, map[string]string{"index.html": "een"}) }, false},
		{"no folder", func(t *testing.T, dir string) {
			if err := os.RemoveAll(dir); err != nil {
				t.Fatal(err)
			}
		}, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "public")
			sum := mustSync(t, dir, site).Site
			c.change(t, dir)
			if got := Holds(context.Background(), sum, dir); got != c.holds {
				t.Errorf("Holds gave %t", got)
			}
		})
	}
}

func write(t *testing.T, dir, name, data string) {
	t.Helper()
	name = filepath.Join(dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(data), 0o666); err != nil {
		t.Fatal(err)
	}
}

func remove(t *testing.T, dir, name string) {
	t.Helper()
	if err := os.Remove(filepath.Join(dir, filepath.FromSlash(name))); err != nil {
		t.Fatal(err)
	}
}
