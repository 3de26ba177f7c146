package history

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"
)

func TestKeptIsBoundedByAgeAndSize(t *testing.T) {
	dir := t.TempDir()
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	now := time.Date(2024, 3, 1, 12, 0, 0, 0, time.UTC)
	k := NewKept(root, func() time.Time { return now })
	ctx := context.Background()
	keep := func(name, text string) {
		t.Helper()
		if err := k.Keep(name, []byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	texts := func(name string) (all string) {
		t.Helper()
		list, err := k.Versions(ctx, name)
		if err != nil {
			t.Fatal(err)
		}
		for _, v := range list {
			data, err := k.Read(ctx, name, v.ID)
			if err != nil {
				t.Fatal(err)
			}
			all += string(data)
		}
		return all
	}
	keep("sheets/a.md", "1")
	now = now.Add(time.Hour)
	keep("sheets/a.md", "1") // the same is kept once
	keep("sheets/a.md", "2")
	if got := texts("sheets/a.md"); got != "21" {
		t.Errorf("%q", got)
	}
	now = now.Add(30*24*time.Hour - time.Minute)
	if got := texts("sheets/a.md"); got != "2" {
		t.Errorf("after thirty days: %q", got)
	}
	keep("b.md", "3")
	if entries, _ := os.ReadDir(filepath.Join(dir, ".leerblad/versions/sheets/a.md")); len(entries) != 1 {
		t.Errorf("%v", entries)
	}
	k.most = 3
	now = now.Add(time.Second)
	keep("b.md", "45")
	if texts("sheets/a.md") != "" || texts("b.md") != "453" {
		t.Errorf("%q, %q", texts("sheets/a.md"), texts("b.md"))
	}
	list, _ := k.Versions(ctx, "b.md")
	for _, id := range []string{"../" + list[0].ID, "x", "", "20240301T120000.000000000Z-../../../b.m"} {
		if _, err := k.Read(ctx, "b.md", id); err != ErrNone {
			t.Errorf("%q: %v", id, err)
		}
	}
}

func TestNothingIsKeptByALink(t *testing.T) {
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "media"), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("media", filepath.Join(dir, ".leerblad")); err != nil {
		t.Skip(err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	if err := NewKept(root, time.Now).Keep("a.md", []byte("x")); err == nil {
		t.Error("kept")
	}
	if entries, _ := os.ReadDir(filepath.Join(dir, "media")); len(entries) > 0 {
		t.Errorf("%v", entries)
	}
}
