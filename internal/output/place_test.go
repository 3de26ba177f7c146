package output

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"testing"
)

// syncWatched calls look before each change, one at a time, and ends as if killed when it gives false.
func syncWatched(t *testing.T, dir string, site map[string]string, look func() bool) {
	t.Helper()
	killed := errors.New("killed")
	var mu sync.Mutex
	_, err := syncWith(context.Background(), setOf(t, site), dir, func() error {
		mu.Lock()
		defer mu.Unlock()
		if !look() {
			return killed
		}
		return nil
	})
	if err != nil && !errors.Is(err, killed) {
		t.Fatal(err)
	}
}

func exists(dir, name string) bool {
	_, err := os.Lstat(filepath.Join(dir, filepath.FromSlash(name)))
	return err == nil
}

// What a killed build left may lack what it needs, so no page of another site may lead there.
func TestSyncReplacesWhatAKilledBuildLeftBeforePagesLeadThere(t *testing.T) {
	first := map[string]string{"index.html": html(1, "d/b.html"), "d/b.html": html(1)}
	last := map[string]string{
		"index.html": html(3, "d/b.html"), "d/b.html": html(3, "d/q.html"), "d/q.html": html(3),
	}
	for name, c := range map[string]struct {
		first, second map[string]string
		present, lost string // when the build is killed
	}{
		"new pages": {first, map[string]string{
			"index.html": html(2, "d/b.html"), "d/b.html": html(2, "d/q.html"),
			"d/q.html": html(2, "d/z.html"), "d/z.html": html(2),
		}, "d/q.html", "d/z.html"},
		"stale pages": {map[string]string{
			"index.html": html(2, "d/b.html"), "d/b.html": html(2, "d/q.html"),
			"d/q.html": html(2, "d/a.html"), "d/a.html": html(2),
		}, first, "d/q.html", "d/a.html"},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			mustSync(t, dir, c.first)
			hit := false
			syncWatched(t, dir, c.second, func() bool {
				hit = hit || exists(dir, c.present) && !exists(dir, c.lost)
				return !hit
			})
			if !hit {
				t.Fatal("the build was not killed")
			}
			syncWatched(t, dir, last, func() bool {
				followLinks(t, dir)
				return true
			})
			wantTree(t, dir, last)
		})
	}
}

func TestSyncSwapsFilesAndFoldersAtOnce(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("there is no exchange")
	}
	dir := t.TempDir()
	mustSync(t, dir, map[string]string{"index.html": html(1, "a", "b"), "a": html(1), "b/index.html": html(1)})
	two := map[string]string{"index.html": html(2, "a", "b"), "a/index.html": html(2), "b": html(2)}
	syncWatched(t, dir, two, func() bool {
		followLinks(t, dir)
		return true
	})
	wantTree(t, dir, two)
}

func TestSwapInTurnPutsBackWhatItCannotReplace(t *testing.T) {
	dir := t.TempDir()
	put(t, dir, "a", "file")
	put(t, dir, "b/c", "folder")
	d, err := openDisk(context.Background(), dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer d.close()
	for name, data := range map[string]string{"a/c": "new", "b": "new"} {
		if err := d.stage(name, []byte(data)); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"a", "b"} {
		if err := d.swapInTurn(name); err != nil {
			t.Fatal(err)
		}
	}
	if err := d.swapInTurn("b"); err == nil { // nothing is staged any more
		t.Error("nothing was put in place of b")
	}
	if tree := siteTree(t, dir); tree["a/c"] != "new" || tree["b"] != "new" || len(tree) != 2 {
		t.Errorf("%q", tree)
	}
}
