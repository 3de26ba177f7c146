package codemirror

import (
	"bytes"
	"compress/gzip"
	"os"
	"path/filepath"
	"testing"
)

const client = "../client"

func TestBundleIsMadeFromTheLockfile(t *testing.T) {
	here, err := filepath.Abs(".")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := Make(here, dir); err != nil {
		t.Fatal(err)
	}
	for _, name := range Made {
		made, want := read(t, filepath.Join(dir, name)), read(t, filepath.Join(client, name))
		if !bytes.Equal(made, want) {
			t.Errorf("%s is not what the lockfile gives: run go generate ./internal/desk/codemirror", name)
		}
	}
}

func TestBundleIsSmall(t *testing.T) {
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	if _, err := w.Write(read(t, filepath.Join(client, Made[0]))); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if n := packed.Len(); n > 250_000 {
		t.Errorf("the bundle is %d bytes compressed", n)
	} else {
		t.Logf("%d bytes compressed", n)
	}
}

func read(t *testing.T, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return data
}
