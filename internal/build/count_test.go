package build_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"leerblad/internal/build"
)

// counter is a Progress that keeps how many steps each stage had.
type counter map[build.Stage]int

func (c counter) Begin(stage build.Stage, steps int) { c[stage] = steps }
func (counter) Step()                                {}

func TestAnEditParsesItsFileAndRendersThePagesThatShowIt(t *testing.T) {
	dir := t.TempDir()
	if err := os.CopyFS(filepath.Join(dir, "content"), os.DirFS("../../content")); err != nil {
		t.Fatal(err)
	}
	steps := counter{}
	b := build.New(build.Options{Content: filepath.Join(dir, "content"), Now: "2021-07-01", Cache: pictures}, steps)
	rebuild := func(paths ...string) (files map[string][]byte, rendered int) {
		t.Helper()
		result, err := b.Build(context.Background(), paths...)
		if err != nil {
			t.Fatal(err)
		}
		_, rendered, err = b.Check(context.Background(), result)
		if err != nil || result.Problems.HasErrors() {
			t.Fatalf("%v %v", err, result.Problems)
		}
		return filesOf(t, result), rendered
	}
	before, all := rebuild()
	if all != len(pagesOf(before)) || steps[build.Parse] < 70 {
		t.Errorf("the first build parsed %d and rendered %d of %d pages", steps[build.Parse], all, len(pagesOf(before)))
	}
	for _, c := range []struct {
		file, old, new string
		more           int // pages rendered that turn out the same: their views hold more of the entry than the theme shows
	}{
		{"sheets/tussenevaluatie.md", "\n\n", "\n\nEen nieuwe alinea.\n\n", 0},
		{"sheets/tussenevaluatie.md", "- [+] ", "- [+] Nog steeds: ", 0},
		{"sheets/tussenevaluatie.md", "title: \"", "title: \"Nieuwe ", 1},
		{"topics/samenwerking.md", "title: ", "title: Nieuwe ", 2},
		{"media/na-het-programma-transcript.md", "\n", "\nNog een regel.\n", 0},
	} {
		path := filepath.Join(dir, "content", c.file)
		text, err := os.ReadFile(path)
		if err != nil || !strings.Contains(string(text), c.old) {
			t.Fatalf("%s has no %q: %v", c.file, c.old, err)
		}
		write(t, path, []byte(strings.Replace(string(text), c.old, c.new, 1)))
		after, rendered := rebuild(path)
		changed := 0
		for name := range pagesOf(after) {
			if !bytes.Equal(before[name], after[name]) {
				changed++
			}
		}
		parsed := 1
		if strings.HasPrefix(c.file, "media/") {
			parsed = 0
		}
		if steps[build.Parse] != parsed || rendered != changed+c.more || changed == 0 && parsed > 0 {
			t.Errorf("%q in %s: parsed %d, rendered %d, %d changed", c.new, c.file, steps[build.Parse], rendered, changed)
		}
		before = after
	}
}

func pagesOf(files map[string][]byte) map[string][]byte {
	pages := map[string][]byte{}
	for name, data := range files {
		if filepath.Ext(name) == ".html" && filepath.Base(name) != "mail.html" {
			pages[name] = data
		}
	}
	return pages
}
