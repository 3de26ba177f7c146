package build_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"leerblad/internal/build"
	"leerblad/internal/edit"
	"leerblad/internal/frontmatter"
	"leerblad/internal/lock"
	"leerblad/internal/source"
)

// A build waits for another process that changes the publication, and reads nothing of what cannot be completed.
func TestBuildReadsNoHalfChangedPublication(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "site.yaml"), []byte("title: Proef\nurl: https://example.org/\n"))
	write(t, filepath.Join(dir, ".leerblad-edit"), []byte("leerblad edit 1"))
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	held, _, err := lock.Folder(root, ".leerblad-edit.lock")
	if err != nil {
		t.Fatal(err)
	}
	for _, once := range []bool{true, false} {
		_, err := build.New(build.Options{Content: dir, Now: frontmatter.Day("2021-06-01"), Once: once}, nil).Build(context.Background())
		if !errors.Is(err, source.ErrChanged) {
			t.Errorf("while another writes: %v", err)
		}
	}
	held.Close()
	b := build.New(build.Options{Content: dir, Now: frontmatter.Day("2021-06-01")}, nil)
	if _, err := b.Build(context.Background()); !errors.Is(err, edit.ErrJournal) {
		t.Errorf("with a damaged journal: %v", err)
	}
	if err := os.Remove(filepath.Join(dir, ".leerblad-edit")); err != nil {
		t.Fatal(err)
	}
	if _, err := b.Build(context.Background()); err != nil {
		t.Error(err)
	}
}
