package watch

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"
)

func watch(t *testing.T, opt Options, dirs ...string) <-chan []string {
	t.Helper()
	batches, err := Watch(t.Context(), dirs, opt)
	if err != nil {
		t.Fatal(err)
	}
	return batches
}

// wantPaths receives until every path was reported, gives the number of batches and allows no other path.
func wantPaths(t *testing.T, batches <-chan []string, dir string, names ...string) int {
	t.Helper()
	return receive(t, batches, dir, names, true)
}

// wantAmong allows other paths.
func wantAmong(t *testing.T, batches <-chan []string, dir string, names ...string) {
	t.Helper()
	receive(t, batches, dir, names, false)
}

func receive(t *testing.T, batches <-chan []string, dir string, names []string, only bool) int {
	t.Helper()
	missing := map[string]bool{}
	for _, name := range names {
		missing[filepath.Join(dir, filepath.FromSlash(name))] = true
	}
	wanted := len(missing)
	seen := map[string]bool{}
	late := time.After(10 * time.Second)
	for count := 1; ; count++ {
		select {
		case batch := <-batches:
			if !slices.IsSorted(batch) || len(slices.Compact(slices.Clone(batch))) != len(batch) {
				t.Errorf("batch is not sorted or has duplicates: %q", batch)
			}
			for _, path := range batch {
				if !missing[path] && !seen[path] && only {
					t.Errorf("unexpected change of %q", path)
				}
				seen[path] = true
				delete(missing, path)
			}
		case <-late:
			t.Fatalf("%d of %d changes were not reported: %v", len(missing), wanted, missing)
		}
		if len(missing) == 0 {
			drain(batches)
			return count
		}
	}
}

// drain takes later echoes of the same changes, such as the second event of one save.
func drain(batches <-chan []string) {
	for {
		select {
		case <-batches:
		case <-time.After(60 * time.Millisecond):
			return
		}
	}
}

func put(t *testing.T, dir, name, data string) {
	t.Helper()
	path := filepath.Join(dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(data), 0o666); err != nil {
		t.Fatal(err)
	}
}

func rename(t *testing.T, dir, from, to string) {
	t.Helper()
	if err := os.Rename(filepath.Join(dir, from), filepath.Join(dir, to)); err != nil {
		t.Fatal(err)
	}
}
