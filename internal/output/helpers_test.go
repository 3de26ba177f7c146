package output

import (
	"context"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"time"
)

func mustSync(t *testing.T, dir string, files map[string]string) Report {
	t.Helper()
	report, err := Sync(context.Background(), setOf(t, files), dir)
	if err != nil {
		t.Fatal(err)
	}
	return report
}

func wantReport(t *testing.T, want, got Report) {
	t.Helper()
	got.Site = "" // TestHolds… is about it
	if !reflect.DeepEqual(got, want) {
		t.Errorf("report %+v, want %+v", got, want)
	}
}

// wantTree compares all files but the manifest.
func wantTree(t *testing.T, dir string, want map[string]string) {
	t.Helper()
	got := readTree(t, dir)
	delete(got, manifestName)
	if !maps.Equal(got, want) {
		t.Errorf("files %q, want %q", got, want)
	}
}

// siteTree gives the files of the site alone: no manifest, nothing that is staged.
func siteTree(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := readTree(t, dir)
	maps.DeleteFunc(files, func(name, _ string) bool {
		return name == manifestName || strings.HasPrefix(name, tempPrefix)
	})
	return files
}

func readTree(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	walk(t, dir, func(name, path string) {
		data, err := os.ReadFile(path)
		if err != nil && !strings.Contains(err.Error(), "is a directory") {
			t.Error(err)
		}
		files[name] = string(data)
	})
	return files
}

func modified(t *testing.T, dir string) map[string]time.Time {
	t.Helper()
	times := map[string]time.Time{}
	walk(t, dir, func(name, path string) {
		info, err := os.Stat(path)
		if err != nil {
			t.Fatal(err)
		}
		times[name] = info.ModTime()
	})
	return times
}

func walk(t *testing.T, dir string, visit func(name, path string)) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		name, err := filepath.Rel(dir, path)
		visit(filepath.ToSlash(name), path)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

var hrefs = regexp.MustCompile(`href="/([^"]*)"`)

// followLinks wants that all links from the start page lead to a file, and counts what they lead to. Like a web
// server it takes a folder's index for the folder.
func followLinks(t *testing.T, dir string) int {
	t.Helper()
	seen := map[string]bool{}
	var visit func(from, name string)
	visit = func(from, name string) {
		if seen[name] {
			return
		}
		seen[name] = true
		file := filepath.Join(dir, filepath.FromSlash(name))
		if info, err := os.Stat(file); err == nil && info.IsDir() {
			file = filepath.Join(file, startName)
		}
		data, err := os.ReadFile(file)
		if err != nil || len(data) == 0 {
			t.Errorf("%s leads to %s: %v", from, name, err)
		}
		for _, m := range hrefs.FindAllStringSubmatch(string(data), -1) {
			visit(name, m[1])
		}
	}
	visit("", startName)
	return len(seen)
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

func link(t *testing.T, target, path string) {
	t.Helper()
	if err := os.Symlink(target, path); err != nil {
		t.Skip(err)
	}
}
