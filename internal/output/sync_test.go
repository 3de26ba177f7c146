package output

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
)

func TestSyncWritesOnlyWhatDiffers(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "deep", "public")
	site := map[string]string{"index.html": "home", "a/index.html": "a", "assets/x.css": "x"}
	wantReport(t, Report{Written: 3}, mustSync(t, dir, site))
	wantTree(t, dir, site)

	before := modified(t, dir)
	wantReport(t, Report{Unchanged: 3}, mustSync(t, dir, site))
	if after := modified(t, dir); !maps.Equal(before, after) {
		t.Error("a second run without changes touched files")
	}

	site["a/index.html"] = "b"
	wantReport(t, Report{Written: 1, Unchanged: 2}, mustSync(t, dir, site))
	wantTree(t, dir, site)
}

func TestSyncRestoresOwnFilesThatWereEmptiedOrLost(t *testing.T) {
	dir := t.TempDir()
	site := map[string]string{"index.html": "home", "a/b/index.html": "page", "c.html": "c"}
	mustSync(t, dir, site)
	put(t, dir, "index.html", "")
	if err := os.RemoveAll(filepath.Join(dir, "a")); err != nil {
		t.Fatal(err)
	}
	wantReport(t, Report{Written: 2, Unchanged: 1}, mustSync(t, dir, site))
	wantTree(t, dir, site)
}

func TestSyncRemovesStaleOwnFilesAndTheirEmptyFolders(t *testing.T) {
	dir := t.TempDir()
	mustSync(t, dir, map[string]string{"index.html": "h", "a/b/old.html": "o", "c/old.html": "o"})
	put(t, dir, "c/mine.txt", "mine")
	wantReport(t, Report{Unchanged: 1, Removed: 2}, mustSync(t, dir, map[string]string{"index.html": "h"}))
	wantTree(t, dir, map[string]string{"index.html": "h", "c/mine.txt": "mine"})
	if _, err := os.Stat(filepath.Join(dir, "a")); !errors.Is(err, fs.ErrNotExist) {
		t.Error("the emptied folder is still there")
	}
}

func TestSyncKeepsForeignFiles(t *testing.T) {
	dir := t.TempDir()
	foreign := map[string]string{".gitignore": "*", "CNAME": "example.org", "deep/own/file": "x"}
	for name, data := range foreign {
		put(t, dir, name, data)
	}
	if err := os.Mkdir(filepath.Join(dir, "empty"), 0o777); err != nil {
		t.Fatal(err)
	}
	mustSync(t, dir, map[string]string{"deep/page.html": "p"})
	mustSync(t, dir, nil)
	wantTree(t, dir, foreign)
	if _, err := os.Stat(filepath.Join(dir, "empty")); err != nil {
		t.Error(err)
	}
}

func TestSyncAdoptsIdenticalFiles(t *testing.T) {
	dir := t.TempDir()
	put(t, dir, "index.html", "home")
	wantReport(t, Report{Unchanged: 1}, mustSync(t, dir, map[string]string{"index.html": "home"}))
	wantReport(t, Report{Written: 1}, mustSync(t, dir, map[string]string{"index.html": "new"}))
}

func TestSyncChangesNothingWhenForeignFilesAreInTheWay(t *testing.T) {
	for name, foreign := range map[string]string{
		"file":               "robots.txt",
		"folder":             "robots.txt/mine",
		"file for a folder":  "a",
		"own among a folder": "old/mine",
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			mustSync(t, dir, map[string]string{"index.html": "1", "old/page.html": "o"})
			put(t, dir, foreign, "mine")
			before := readTree(t, dir)
			_, err := Sync(context.Background(), setOf(t, map[string]string{
				"index.html": "2", "robots.txt": "r", "a/page.html": "a", "old": "o", "new.html": "n",
			}), dir)
			var foreignError *ForeignError
			if !errors.As(err, &foreignError) {
				t.Fatalf("gave %v", err)
			}
			want, _, _ := strings.Cut(foreign, "/")
			if !slices.Equal(foreignError.Paths, []string{want}) {
				t.Errorf("names %q, want %q", foreignError.Paths, want)
			}
			if after := readTree(t, dir); !maps.Equal(before, after) {
				t.Errorf("changed %v to %v", before, after)
			}
		})
	}
}

func TestSyncKeepsAnEmptyForeignFolderWhereAFileIsWanted(t *testing.T) {
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "robots.txt"), 0o777); err != nil {
		t.Fatal(err)
	}
	var foreign *ForeignError
	if _, err := Sync(context.Background(), setOf(t, map[string]string{"robots.txt": "r"}), dir); !errors.As(err, &foreign) {
		t.Errorf("gave %v", err)
	}
}

func TestSyncSwapsOwnFilesAndFolders(t *testing.T) {
	dir := t.TempDir()
	one := map[string]string{"a": "file", "b/c/d": "deep", "b/e": "e", "Foto.jpg": "1", "Map/d/x": "1", "Naam/x": "1"}
	two := map[string]string{"a/b/c": "deep", "b": "file", "foto.jpg": "1", "map/d/y": "1", "naam": "1"}
	for range 2 {
		mustSync(t, dir, one)
		wantTree(t, dir, one)
		mustSync(t, dir, two)
		wantTree(t, dir, two)
	}
}

func TestSyncPutsAFileWhereAFolderLostItsFiles(t *testing.T) {
	for lost := range 3 {
		dir := t.TempDir()
		mustSync(t, dir, map[string]string{"b/c": "c", "b/e": "e"})
		for _, name := range []string{"b/c", "b/e"}[:lost] {
			if err := os.Remove(filepath.Join(dir, filepath.FromSlash(name))); err != nil {
				t.Fatal(err)
			}
		}
		wantReport(t, Report{Written: 1, Removed: 2 - lost}, mustSync(t, dir, map[string]string{"b": "file"}))
		wantTree(t, dir, map[string]string{"b": "file"})
	}
}

func TestSyncRemovesAnotherSpellingBeforeItWrites(t *testing.T) {
	dir := t.TempDir()
	mustSync(t, dir, map[string]string{"Foto.jpg": "1", "Naam/x": "1"})
	killed := errors.New("killed")
	_, err := syncWith(context.Background(), setOf(t, map[string]string{"foto.jpg": "1", "naam": "1"}), dir, func() error {
		tree := siteTree(t, dir)
		if tree["foto.jpg"] != "" && tree["Foto.jpg"] != "" || tree["naam"] != "" && tree["Naam/x"] != "" {
			return killed
		}
		return nil
	})
	if err != nil {
		t.Error("on a file system that ignores case the new file would be removed")
	}
}

func TestSyncWithDamagedManifestOwnsNothing(t *testing.T) {
	for _, damage := range []string{"{", "null", `{"files":{"/x":"6b86b273ff34"}}`, `{"files":{"index.html":"unsettled"}}`, ""} {
		dir := t.TempDir()
		mustSync(t, dir, map[string]string{"index.html": "1", "old.html": "o"})
		put(t, dir, manifestName, damage)
		wantReport(t, Report{Unchanged: 1}, mustSync(t, dir, map[string]string{"index.html": "1"}))
		wantTree(t, dir, map[string]string{"index.html": "1", "old.html": "o"})

		put(t, dir, manifestName, damage)
		var foreign *ForeignError
		if _, err := Sync(context.Background(), setOf(t, map[string]string{"index.html": "2"}), dir); !errors.As(err, &foreign) {
			t.Errorf("with manifest %q a differing file gave %v", damage, err)
		}
	}
}

func TestSyncDoesNotFollowLinks(t *testing.T) {
	outside, dir := t.TempDir(), t.TempDir()
	put(t, outside, "page.html", "secret")
	secret := filepath.Join(outside, "page.html")
	page := strings.Repeat("b", len(secret)) // as long as the link that replaces it
	mustSync(t, dir, map[string]string{"a/page.html": "1", "b.html": page})
	if err := os.RemoveAll(filepath.Join(dir, "a")); err != nil {
		t.Fatal(err)
	}
	link(t, outside, filepath.Join(dir, "a"))

	var foreign *ForeignError
	_, err := Sync(context.Background(), setOf(t, map[string]string{"a/page.html": "2", "b.html": page}), dir)
	if !errors.As(err, &foreign) || !slices.Equal(foreign.Paths, []string{"a"}) {
		t.Errorf("writing through a link gave %v", err)
	}
	mustSync(t, dir, map[string]string{"b.html": page})
	wantTree(t, outside, map[string]string{"page.html": "secret"})
	if _, err := os.Lstat(filepath.Join(dir, "a")); err != nil {
		t.Errorf("the foreign link was removed: %v", err)
	}

	if err := os.Remove(filepath.Join(dir, "b.html")); err != nil {
		t.Fatal(err)
	}
	link(t, secret, filepath.Join(dir, "b.html"))
	if _, err = Sync(context.Background(), setOf(t, map[string]string{"b.html": page}), dir); !errors.As(err, &foreign) || !slices.Equal(foreign.Paths, []string{"b.html"}) {
		t.Errorf("a link in a page's place gave %v", err)
	}
	wantTree(t, outside, map[string]string{"page.html": "secret"})
}

func TestSyncOwnsWhatAnOlderManifestGivesDigestsFor(t *testing.T) {
	dir := t.TempDir()
	put(t, dir, "index.html", "1")
	put(t, dir, "same.html", "s")
	put(t, dir, "old.html", "o")
	put(t, dir, manifestName, `{"files":{"index.html":"6b86b273ff34","same.html":"x","old.html":"65c74c15a686"}}`)
	two := map[string]string{"index.html": "2", "same.html": "s"}
	wantReport(t, Report{Written: 1, Unchanged: 1, Removed: 1}, mustSync(t, dir, two))
	wantTree(t, dir, two)
}

// TestSyncSurvivesAKillAtAnyStep stops before each change to the disk in turn.
func TestSyncSurvivesAKillAtAnyStep(t *testing.T) {
	one := map[string]string{
		"index.html": "1", "same.html": "s", "gone/index.html": "g", "assets/1.css": "1", "swap": "f",
	}
	two := map[string]string{
		"index.html": "2", "same.html": "s", "new/index.html": "n", "assets/2.css": "2", "swap/a": "d",
	}
	three := map[string]string{"index.html": "3", "same.html": "s", "assets/1.css": "1"}
	killed := errors.New("killed")
	for steps := int64(0); ; steps++ {
		dir := t.TempDir()
		mustSync(t, dir, one)
		put(t, dir, "CNAME", "mine")
		var done atomic.Int64
		_, err := syncWith(context.Background(), setOf(t, two), dir, func() error {
			if done.Add(1) > steps {
				return killed
			}
			return nil
		})
		if err == nil && done.Load() <= steps {
			if steps < 15 {
				t.Errorf("only %d steps", steps)
			}
			return
		}
		tree := siteTree(t, dir)
		for name, data := range tree {
			if name != "CNAME" && data != one[name] && data != two[name] {
				t.Errorf("after %d steps %s is %q", steps, name, data)
			}
		}
		if tree["index.html"] == "2" && (tree["assets/2.css"] == "" || tree["new/index.html"] == "") {
			t.Errorf("after %d steps a changed page stands before what it needs", steps)
		}
		next := maps.Clone([]map[string]string{one, two, three}[steps%3])
		mustSync(t, dir, next)
		next["CNAME"] = "mine"
		wantTree(t, dir, next)
	}
}

func TestSyncRemovesTemporaryFilesOfAKilledBuild(t *testing.T) {
	dir := t.TempDir()
	put(t, dir, "a/"+tempPrefix+"x", "half")
	mustSync(t, dir, map[string]string{"index.html": "1"})
	wantTree(t, dir, map[string]string{"index.html": "1"})
}

func TestSyncNamesTheFileThatCannotBeWritten(t *testing.T) {
	if runtime.GOOS == "windows" || os.Geteuid() == 0 {
		t.Skip("permissions do not bind this user")
	}
	dir := t.TempDir()
	mustSync(t, dir, map[string]string{"a/index.html": "1"})
	readOnly := filepath.Join(dir, "a")
	if err := os.Chmod(readOnly, 0o555); err != nil {
		t.Fatal(err)
	}
	defer os.Chmod(readOnly, 0o755)
	_, err := Sync(context.Background(), setOf(t, map[string]string{"a/index.html": "2"}), dir)
	want := fmt.Sprintf("write %s: permission denied", filepath.Join(readOnly, "index.html"))
	if err == nil || err.Error() != want || !errors.Is(err, fs.ErrPermission) {
		t.Errorf("gave %v, want %s", err, want)
	}
}

func TestSyncNamesTheFolderThatCannotBeMade(t *testing.T) {
	dir := t.TempDir()
	put(t, dir, "file", "")
	_, err := Sync(context.Background(), NewSet(), filepath.Join(dir, "file"))
	if err == nil || !strings.Contains(err.Error(), filepath.Join(dir, "file")) {
		t.Errorf("gave %v", err)
	}
}

func TestManifestIsTheSameBytesForTheSameSite(t *testing.T) {
	one, two := t.TempDir(), t.TempDir()
	site := map[string]string{"b.html": "b", "a/é.html": "a", "c&.html": "c"}
	mustSync(t, one, site)
	mustSync(t, two, map[string]string{"old.html": "o", "b.html": "other"})
	mustSync(t, two, site)
	read := func(dir string) string {
		data, err := os.ReadFile(filepath.Join(dir, manifestName))
		if err != nil {
			t.Fatal(err)
		}
		return string(data)
	}
	if read(one) != read(two) {
		t.Errorf("%s\n%s", read(one), read(two))
	}
}
