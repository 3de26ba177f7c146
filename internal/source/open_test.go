package source

import (
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// makePipe makes a pipe, or skips the test where there are none.
func makePipe(t *testing.T, name string) {
	t.Helper()
	if err := exec.Command("mkfifo", name).Run(); err != nil {
		t.Skip("no pipes here: ", err)
	}
}

func TestOpenTakesRegularFilesAlone(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "a.md")
	if err := os.WriteFile(name, []byte("tekst"), 0o644); err != nil {
		t.Fatal(err)
	}
	f, err := Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if data, err := io.ReadAll(f); string(data) != "tekst" || err != nil {
		t.Errorf("%q, %v", data, err)
	}
	if _, err := Open(dir); !errors.Is(err, ErrNotRegular) {
		t.Errorf("a folder: %v", err)
	}
	if _, err := Open(filepath.Join(dir, "b.md")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("nothing: %v", err)
	}
	pipe := filepath.Join(dir, "pipe.md")
	makePipe(t, pipe)
	if _, err := Open(pipe); !errors.Is(err, ErrNotRegular) { // without a writer it would wait for ever
		t.Errorf("a pipe: %v", err)
	}
}
