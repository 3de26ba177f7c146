package output

import (
	"context"
	"crypto/sha256"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestAddRejectsUnsafePaths(t *testing.T) {
	for _, name := range []string{
		"", ".", "..", "/a", "a/", "a//b", "./a", "../a", "a/../b", `a\b`, "a\x00b", "a\xff",
		".leerblad.json", ".leerblad-tmp-x", "a/.leerblad-tmp-x", ".leerblad-tmp-x/a", "a/.leerblad-tmp-x/b",
	} {
		if err := NewSet().Add(name, nil); err == nil {
			t.Errorf("Add(%q) was accepted", name)
		}
	}
}

func TestAddRejectsTakenPathsAndNamesThem(t *testing.T) {
	for _, names := range [][]string{{"a/b", "a/b"}, {"a", "a/b"}, {"a/b/c", "a"}} {
		set := NewSet()
		if err := set.Add(names[0], nil); err != nil {
			t.Fatal(err)
		}
		if err := set.Add(names[1], nil); err == nil || !strings.Contains(err.Error(), `"a`) {
			t.Errorf("Add(%q) after %q gave %v", names[1], names[0], err)
		}
	}
}

func TestSetGivesBackWhatWasAdded(t *testing.T) {
	set := setOf(t, map[string]string{"b/index.html": "B", "a.txt": ""})
	if got := set.Paths(); !slices.Equal(got, []string{"a.txt", "b/index.html"}) || set.Len() != 2 {
		t.Errorf("paths %q", got)
	}
	if data, ok, err := set.Get("b/index.html"); !ok || err != nil || string(data) != "B" {
		t.Errorf("Get gave %q, %v, %v", data, ok, err)
	}
	if _, ok, err := set.Get("c"); ok || err != nil {
		t.Error("Get found a file that was never added")
	}
}

func TestSetMakesFilesWhenTheyAreAskedFor(t *testing.T) {
	set := NewSet()
	mistake := errors.New("mistake")
	times := 0
	addFunc(t, set, "good", func(dst []byte) ([]byte, error) {
		times++
		return append(dst, "made"...), nil
	})
	addFunc(t, set, "wrong", func([]byte) ([]byte, error) { return nil, mistake })
	addFunc(t, set, "bug", func([]byte) ([]byte, error) { panic("bug") })
	if times != 0 {
		t.Error("a file was made before it was asked for")
	}
	if data, ok, err := set.Get("good"); !ok || err != nil || string(data) != "made" || times != 1 {
		t.Errorf("Get gave %q, %v, %v", data, ok, err)
	}
	if _, ok, err := set.Get("wrong"); !ok || !errors.Is(err, mistake) || !strings.Contains(err.Error(), `"wrong"`) {
		t.Errorf("Get gave %v, %v", ok, err)
	}
	if _, ok, err := set.Get("bug"); !ok || err == nil {
		t.Errorf("Get gave %v, %v", ok, err)
	}
}

func addFunc(t *testing.T, set *Set, name string, make func([]byte) ([]byte, error)) {
	t.Helper()
	if err := set.AddFunc(name, make); err != nil {
		t.Fatal(err)
	}
}

func setOf(t testing.TB, files map[string]string) *Set {
	t.Helper()
	set := NewSet()
	for name, data := range files {
		if err := set.Add(name, []byte(data)); err != nil {
			t.Fatal(err)
		}
	}
	return set
}

func TestStreamsAreCopiedAndCompared(t *testing.T) {
	film := filepath.Join(t.TempDir(), "film.mp4")
	set := func(digestOf string) *Set {
		set := NewSet()
		if err := set.AddStream("film.mp4", Stream{Size: int64(len(digestOf)), Digest: sha256.Sum256([]byte(digestOf)), Open: func() (*os.File, error) { return os.Open(film) }}); err != nil {
			t.Fatal(err)
		}
		if err := set.Add("index.html", []byte("home")); err != nil {
			t.Fatal(err)
		}
		return set
	}
	dir := t.TempDir()
	for _, text := range []string{"een", "twee", "drie"} { // another size, and as long with other bytes
		if err := os.WriteFile(film, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		report, err := Sync(context.Background(), set(text), dir)
		if err != nil || report.Written == 0 {
			t.Fatalf("%+v, %v", report, err)
		}
		wantTree(t, dir, map[string]string{"film.mp4": text, "index.html": "home"})
		if report, err := Sync(context.Background(), set(text), dir); err != nil || report.Unchanged != 2 {
			t.Errorf("%+v, %v", report, err)
		}
		if data, ok, err := set(text).Get("film.mp4"); string(data) != text || !ok || err != nil {
			t.Errorf("Get gave %q, %v, %v", data, ok, err)
		}
	}
	before := readTree(t, dir)
	if _, err := Sync(context.Background(), set("vier"), dir); !errors.Is(err, ErrChanged) {
		t.Errorf("a stream that changed gave %v", err)
	}
	if err := os.Remove(film); err != nil {
		t.Fatal(err)
	}
	if _, err := Sync(context.Background(), set("vijf"), dir); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a stream that is gone gave %v", err)
	}
	wantUntouched(t, dir, before)
}

// A film that takes longer than anybody waits.
func TestSyncStops(t *testing.T) {
	dir := t.TempDir()
	mustSync(t, dir, map[string]string{"index.html": "1"})
	ctx, cancel := context.WithCancel(context.Background())
	open := func() (*os.File, error) {
		read, write, err := os.Pipe()
		if err != nil {
			return nil, err
		}
		go func() {
			defer write.Close()
			for i := range 300 {
				if i == 5 {
					cancel()
				}
				time.Sleep(10 * time.Millisecond)
				_, _ = write.Write([]byte("beeld"))
			}
		}()
		return read, nil
	}
	set := setOf(t, map[string]string{"index.html": "2"})
	if err := set.AddStream("film.mp4", Stream{Size: 1000, Open: open}); err != nil {
		t.Fatal(err)
	}
	start := time.Now()
	if _, err := Sync(ctx, set, dir); !errors.Is(err, context.Canceled) {
		t.Errorf("Sync gave %v", err)
	}
	if took := time.Since(start); took > time.Second {
		t.Errorf("Sync went on for %v", took)
	}
	wantTree(t, dir, map[string]string{"index.html": "1"})
}
