package history

import (
	"context"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"
)

// openAll counts pictures too.
func (r *repository) openAll() *Git {
	g := r.open()
	g.counts = func(path string) bool { return isMarkdown(path) || strings.HasSuffix(path, ".jpg") }
	return g
}

// wantChanged asks which files have changed.
func (r *repository) wantChanged(g *Git, when string, want ...string) {
	r.Helper()
	if changed, err := g.Changed(context.Background()); err != nil || !slices.Equal(changed, want) {
		r.Errorf("%s: %q, %v", when, changed, err)
	}
}

// at sets when a file was written.
func (r *repository) at(name string, when time.Time) {
	r.Helper()
	if err := os.Chtimes(filepath.Join(r.dir, name), when, when); err != nil {
		r.Fatal(err)
	}
}

func TestReplacedPictureIsChanged(t *testing.T) {
	r := newRepository(t)
	ctx := context.Background()
	before := time.Now().Add(-time.Hour)
	large := strings.Repeat("beeld\x00", maxText/5)
	for _, name := range []string{"klein.jpg", "groot.jpg"} {
		r.write(name, map[string]string{"klein.jpg": "beeld", "groot.jpg": large}[name])
		r.at(name, before)
	}
	g := r.openAll()
	if paths, err := g.Commit(ctx, "eerste"); err != nil || len(paths) != 3 {
		t.Fatalf("%q, %v", paths, err)
	}
	r.wantChanged(g, "at first")
	other := "B" + large[1:]
	r.write("klein.jpg", "BEELD")
	r.write("groot.jpg", other)
	r.wantChanged(g, "replaced", "groot.jpg", "klein.jpg")
	if paths, err := g.Commit(ctx, "tweede"); err != nil || len(paths) != 2 {
		t.Fatalf("%q, %v", paths, err)
	}
	r.wantChanged(g, "committed")
	r.at("groot.jpg", before)
	r.wantChanged(g, "with another time alone")

	// What has the size and time that git knows is not read, but for a time in which git may have missed a change.
	r.git("add", "--all")
	r.write("groot.jpg", large)
	r.at("groot.jpg", before)
	r.wantChanged(g, "not read")
	r.write("groot.jpg", other)
	later := time.Now().Add(time.Hour)
	r.at("groot.jpg", later)
	r.git("add", "--all")
	r.write("groot.jpg", large)
	r.at("groot.jpg", later)
	r.wantChanged(g, "of the moment of the index", "groot.jpg")
	r.at("groot.jpg", before)
	r.git("add", "--all")
	r.wantChanged(g, "staged", "groot.jpg")
}

func TestFilteredFilesAreNotChangedForEver(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the filters are shell scripts")
	}
	r := newRepository(t)
	ctx := context.Background()
	r.git("config", "filter.secret.clean", "tr a-z b-za")
	r.git("config", "filter.secret.smudge", "tr b-za a-z")
	r.git("config", "filter.lfs.clean", `printf 'version x\noid sha256:%s\nsize 1\n' "$(sha256sum | cut -d ' ' -f 1)"`)
	if err := os.WriteFile(filepath.Join(r.top, ".gitattributes"), []byte("*.md filter=secret\n*.jpg filter=lfs\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	r.write("b.jpg", "beeld")
	r.commit("eerste")
	g := r.openAll()
	r.wantChanged(g, "at first")
	before := time.Now().Add(-time.Hour)
	r.at("a.md", before)
	r.at("b.jpg", before)
	r.wantChanged(g, "with another time", "a.md")
	if _, err := g.Commit(ctx, "niets"); err != ErrNothing {
		t.Errorf("%v", err)
	}
	r.wantChanged(g, "once git has seen it")
	r.write("a.md", "twee\n")
	r.write("b.jpg", "BEELD")
	r.at("b.jpg", before)
	r.wantChanged(g, "replaced", "a.md", "b.jpg")
	if paths, err := g.Commit(ctx, "tweede"); err != nil || len(paths) != 2 {
		t.Errorf("%q, %v", paths, err)
	}
	r.wantChanged(g, "committed")
}
