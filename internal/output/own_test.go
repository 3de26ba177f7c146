package output

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// A manifest may name what the generator never wrote: it was edited, merged, or copied from another site.
func TestSyncOwnsOnlyWhatHasTheDigestInTheManifest(t *testing.T) {
	for name, text := range map[string]string{
		"another digest":    `{"files":{"letter.txt":"d4735e3a265e","index.html":"d4735e3a265e"}}`,
		"no digest":         `{"files":{"letter.txt":"settled","index.html":"settled"}}`,
		"two other digests": `{"files":{"letter.txt":"unsettled d4735e3a265e 4e0740856255","index.html":"d4735e3a265e 4e0740856255"}}`,
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			mine := map[string]string{"letter.txt": "mine", "index.html": "mine"}
			put(t, dir, "letter.txt", "mine")
			put(t, dir, "index.html", "mine")
			put(t, dir, manifestName, text)
			var foreign *ForeignError
			if _, err := Sync(context.Background(), setOf(t, map[string]string{"index.html": "1"}), dir); !errors.As(err, &foreign) || !slices.Equal(foreign.Paths, []string{"index.html"}) {
				t.Errorf("gave %v", err)
			}
			wantTree(t, dir, mine)
			if _, err := Sync(context.Background(), setOf(t, map[string]string{"letter.txt/index.html": "1"}), dir); !errors.As(err, &foreign) || !slices.Equal(foreign.Paths, []string{"letter.txt"}) {
				t.Errorf("a folder in a letter's place gave %v", err)
			}
			wantReport(t, Report{Written: 1, Kept: []string{"index.html", "letter.txt"}}, mustSync(t, dir, map[string]string{"new.html": "1"}))
			mine["new.html"] = "1"
			wantTree(t, dir, mine)
		})
	}
}

func TestSyncKeepsEditedFilesAndNamesThemUntilTheyAreGone(t *testing.T) {
	dir := t.TempDir()
	mustSync(t, dir, map[string]string{"index.html": "1", "old/a.html": "a", "old/b.html": "b"})
	put(t, dir, "old/a.html", "edited")
	var foreign *ForeignError
	if _, err := Sync(context.Background(), setOf(t, map[string]string{"index.html": "1", "old/a.html": "c"}), dir); !errors.As(err, &foreign) || !slices.Equal(foreign.Paths, []string{"old/a.html"}) {
		t.Errorf("gave %v", err)
	}
	site := map[string]string{"index.html": "1"}
	for _, removed := range []int{1, 0} {
		wantReport(t, Report{Unchanged: 1, Removed: removed, Kept: []string{"old/a.html"}}, mustSync(t, dir, site))
		wantTree(t, dir, map[string]string{"index.html": "1", "old/a.html": "edited"})
	}
	put(t, dir, "old/a.html", "a") // as it was written
	wantReport(t, Report{Unchanged: 1, Removed: 1}, mustSync(t, dir, site))
	wantTree(t, dir, site)
	wantNoEmptyFolders(t, dir)
}

func TestSyncAdoptsAnEditedFileThatIsWhatTheSiteHasNow(t *testing.T) {
	dir := t.TempDir()
	mustSync(t, dir, map[string]string{"index.html": "1"})
	put(t, dir, "index.html", "2")
	wantReport(t, Report{Unchanged: 1}, mustSync(t, dir, map[string]string{"index.html": "2"}))
	wantReport(t, Report{Written: 1}, mustSync(t, dir, map[string]string{"index.html": "3"}))
}

func TestSyncRefusesWhileAnotherIsUnderWay(t *testing.T) {
	dir := t.TempDir()
	one, two := map[string]string{"index.html": "1", "a.html": "a"}, map[string]string{"index.html": "2", "b.html": "b"}
	tries := 0
	syncWatched(t, dir, one, func() bool {
		before := readTree(t, dir)
		if _, err := Sync(context.Background(), setOf(t, two), dir); !errors.Is(err, ErrBusy) {
			t.Errorf("gave %v", err)
		}
		if err := Clean(dir); err != nil {
			t.Error(err)
		}
		if len(before) != len(readTree(t, dir)) {
			t.Error("something changed")
		}
		tries++
		return true
	})
	if tries < 5 {
		t.Errorf("%d tries", tries)
	}
	wantTree(t, dir, one)
	mustSync(t, dir, two)
	wantTree(t, dir, two)
}

func TestCleanRemovesWhatAKilledBuildLeft(t *testing.T) {
	dir := t.TempDir()
	mustSync(t, dir, map[string]string{"index.html": "1"})
	before := readTree(t, dir)
	put(t, dir, stageName+"/a/index.html", "draft")
	if err := Clean(dir); err != nil {
		t.Fatal(err)
	}
	wantUntouched(t, dir, before)
	none := filepath.Join(dir, "none")
	if err := Clean(none); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(none); err == nil {
		t.Error("a folder was made")
	}
}

func TestSyncNamesALinkThatLeadsNowhere(t *testing.T) {
	dir := t.TempDir()
	public := filepath.Join(dir, "public")
	link(t, filepath.Join(dir, "none"), public)
	for _, output := range []string{public, filepath.Join(public, "deeper")} {
		var at *os.PathError
		if _, err := Sync(context.Background(), NewSet(), output); !errors.Is(err, ErrNoTarget) || !errors.As(err, &at) || at.Path != public {
			t.Errorf("gave %v", err)
		}
	}
	if err := os.Mkdir(filepath.Join(dir, "none"), 0o777); err != nil {
		t.Fatal(err)
	}
	mustSync(t, public, map[string]string{"index.html": "1"}) // a link to a folder serves
}
