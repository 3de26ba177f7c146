package source

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// describe gives a tree's files with their digests, and what was lost.
func describe(t *Tree) []string {
	var out []string
	for _, p := range t.Paths() {
		f := t.File(p)
		out = append(out, fmt.Sprintf("%s %d %x", p, f.Size, f.Digest))
	}
	for _, o := range t.Odd() {
		out = append(out, fmt.Sprint("odd ", o))
	}
	return out
}

// throughLink reports whether a name is a symbolic link or below one.
func throughLink(dir, name string) bool {
	for ; name != "."; name = filepath.Dir(name) {
		if info, err := os.Lstat(filepath.Join(dir, name)); err == nil && info.Mode()&os.ModeSymlink != 0 {
			return true
		}
	}
	return false
}

func TestUpdateGivesWhatLoadGives(t *testing.T) {
	dir := t.TempDir()
	names := []string{"a.md", "b/a.md", "b/b/c.md", "b/film.mp4", ".hidden/x.md", "b/~$a.md", "c/link.md", "b", "c", "b/b"}
	random := rand.New(rand.NewPCG(1, 2))
	tree, err := (&Tree{}).Update(os.DirFS(dir), Ignored, []string{"."})
	if err != nil {
		t.Fatal(err)
	}
	for step := range 400 {
		var changed []string
		for range 1 + random.IntN(3) {
			name := names[random.IntN(len(names))]
			file := filepath.Join(dir, name)
			if throughLink(dir, name) {
				continue // what happens there, happens elsewhere
			}
			changed = append(changed, name)
			switch random.IntN(5) {
			case 0, 1:
				_ = os.MkdirAll(filepath.Dir(file), 0o755)
				_ = os.WriteFile(file, fmt.Appendf(nil, "%d", random.IntN(3)), 0o644)
			case 2:
				_ = os.RemoveAll(file)
			case 3:
				other := names[random.IntN(len(names))]
				if throughLink(dir, other) {
					continue
				}
				_ = os.Rename(file, filepath.Join(dir, other))
				changed = append(changed, other)
			case 4:
				_ = os.Symlink(filepath.Join(dir, names[random.IntN(len(names))]), file)
			}
		}
		before := describe(tree)
		next, err := tree.Update(os.DirFS(dir), Ignored, changed)
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(before, describe(tree)) {
			t.Fatal("Update changed the tree that it was given")
		}
		clean, err := (&Tree{}).Update(os.DirFS(dir), Ignored, []string{"."})
		if err != nil {
			t.Fatal(err)
		}
		if got, want := describe(next), describe(clean); !slices.Equal(got, want) {
			t.Fatalf("step %d, after %q:\n%q\nwant\n%q", step, changed, got, want)
		}
		tree = next
	}
}

func TestUnchangedTextsStayTheSameFile(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "a.md")
	if err := os.WriteFile(file, []byte("x"), 0o644); err != nil {
		t.Fatal(err)
	}
	tree, _ := (&Tree{}).Update(os.DirFS(dir), Ignored, []string{"."})
	if err := os.WriteFile(file, []byte("x"), 0o644); err != nil {
		t.Fatal(err)
	}
	next, _ := tree.Update(os.DirFS(dir), Ignored, []string{"."})
	if tree.File("a.md") != next.File("a.md") {
		t.Error("a new *File for the same bytes")
	}
}
