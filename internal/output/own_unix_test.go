//go:build unix

package output

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"leerblad/internal/source"
)

// A pipe without a writer makes who opens it wait for one.
func TestSyncWaitsForNoPipe(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{manifestName, "index.html"} {
		pipe := filepath.Join(dir, name)
		if err := syscall.Mkfifo(pipe, 0o600); err != nil {
			t.Skip(err)
		}
		_, err := Sync(context.Background(), setOf(t, map[string]string{"index.html": "1"}), dir)
		var file *fs.PathError
		var foreign *ForeignError
		if named := errors.As(err, &file) && file.Path == pipe && errors.Is(err, source.ErrNotRegular); !named && !errors.As(err, &foreign) {
			t.Errorf("%s gave %v", name, err)
		}
		if err := os.Remove(pipe); err != nil {
			t.Fatal(err)
		}
	}
}

func TestNobodyElseLooksIntoTheStagingFolder(t *testing.T) {
	dir := t.TempDir()
	staged := false
	syncWatched(t, dir, map[string]string{"a/index.html": "1", "b.html": "1"}, func() bool {
		if info, err := os.Stat(filepath.Join(dir, stageName)); err == nil {
			staged = true
			if info.Mode().Perm() != 0o700 {
				t.Errorf("mode %v", info.Mode())
			}
		}
		return true
	})
	if !staged {
		t.Error("nothing was staged")
	}
	if info, err := os.Stat(filepath.Join(dir, "a")); err != nil || info.Mode().Perm()&0o055 == 0 {
		t.Errorf("others cannot read the site: %v, %v", info, err)
	}
}
