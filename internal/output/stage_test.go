package output

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
)

type mistake int

func (m mistake) Error() string { return fmt.Sprint("mistake ", int(m)) }

func TestSyncGivesTheMistakesOfAllFilesAndLeavesTheSite(t *testing.T) {
	dir := t.TempDir()
	mustSync(t, dir, map[string]string{"index.html": "1", "old.html": "o"})
	before := readTree(t, dir)
	set := setOf(t, map[string]string{"index.html": "2", "new/a.html": "a"})
	for i := range 5 {
		addFunc(t, set, fmt.Sprintf("new/b%d.html", i), func([]byte) ([]byte, error) { return nil, mistake(i) })
	}
	addFunc(t, set, "new/z.html", func([]byte) ([]byte, error) { panic("bug") })
	_, err := Sync(context.Background(), set, dir)
	var first mistake
	if !errors.As(err, &first) || first != 0 {
		t.Errorf("gave %v", err)
	}
	for i := range 5 {
		if !errors.Is(err, mistake(i)) {
			t.Errorf("mistake %d is lost: %v", i, err)
		}
	}
	if err == nil || !strings.Contains(err.Error(), "new/z.html") {
		t.Errorf("the panic is lost: %v", err)
	}
	wantUntouched(t, dir, before)
}

func TestSyncGivesTheMistakesOfFilesThatForeignOnesStandFor(t *testing.T) {
	dir := t.TempDir()
	put(t, dir, "index.html", "mine")
	set := NewSet()
	addFunc(t, set, "index.html", func([]byte) ([]byte, error) { return nil, mistake(1) })
	addFunc(t, set, "other.html", func([]byte) ([]byte, error) { return nil, mistake(2) })
	_, err := Sync(context.Background(), set, dir)
	if !errors.Is(err, mistake(1)) || !errors.Is(err, mistake(2)) {
		t.Errorf("gave %v", err)
	}
	wantUntouched(t, dir, map[string]string{"index.html": "mine"})
}

func TestSyncKeepsForeignFilesThatComeWhileItStages(t *testing.T) {
	dir := t.TempDir()
	mustSync(t, dir, map[string]string{"index.html": "1"})
	set := setOf(t, map[string]string{"new.html": "n", "folder/new.html": "n"})
	addFunc(t, set, "index.html", func(dst []byte) ([]byte, error) {
		put(t, dir, "new.html", "mine")
		put(t, dir, "folder/mine", "mine")
		return append(dst, "2"...), nil
	})
	_, err := Sync(context.Background(), set, dir)
	var foreign *ForeignError
	if !errors.As(err, &foreign) || !slices.Equal(foreign.Paths, []string{"folder", "new.html"}) {
		t.Errorf("gave %v", err)
	}
	wantTree(t, dir, map[string]string{"index.html": "1", "new.html": "mine", "folder/mine": "mine"})
}

func TestSyncGivesEachFileItsOwnBytesFromAUsedBuffer(t *testing.T) {
	dir := t.TempDir()
	want := map[string]string{}
	set := NewSet()
	for i := range 200 {
		name, data := fmt.Sprintf("%d/index.html", i), strings.Repeat(fmt.Sprint(i), (i*37)%300)
		want[name] = data
		if i%3 == 0 {
			if err := set.Add(name, []byte(data)); err != nil {
				t.Fatal(err)
			}
			continue
		}
		addFunc(t, set, name, func(dst []byte) ([]byte, error) { return append(dst, data...), nil })
	}
	for _, report := range []Report{{Written: 200}, {Unchanged: 200}} {
		got, err := Sync(context.Background(), set, dir)
		if err != nil {
			t.Fatal(err)
		}
		wantReport(t, report, got)
		wantTree(t, dir, want)
	}
	for name, data := range want {
		if got, _, err := set.Get(name); err != nil || string(got) != data {
			t.Errorf("%s is %q, %v", name, got, err)
		}
	}
}

func TestSyncComparesLongFilesToTheEnd(t *testing.T) {
	dir := t.TempDir()
	long := strings.Repeat("a", 1<<20)
	mustSync(t, dir, map[string]string{"a": long + "1"})
	wantReport(t, Report{Unchanged: 1}, mustSync(t, dir, map[string]string{"a": long + "1"}))
	wantReport(t, Report{Written: 1}, mustSync(t, dir, map[string]string{"a": long + "2"}))
	wantReport(t, Report{Written: 1}, mustSync(t, dir, map[string]string{"a": long}))
	wantTree(t, dir, map[string]string{"a": long})
}

// TestSyncLeavesTheSiteWhenStagingFails fails each change in turn once, as a disk does that is full for a moment.
func TestSyncLeavesTheSiteWhenStagingFails(t *testing.T) {
	one := map[string]string{"index.html": "1", "gone/a.html": "g", "swap": "f", "assets/1.css": "1"}
	two := map[string]string{"index.html": "2", "new/a.html": "n", "swap/a.html": "d", "assets/2.css": "2"}
	staging := stagingSteps(t, one, two)
	if staging < 10 {
		t.Errorf("only %d steps of staging", staging)
	}
	for n := int64(1); ; n++ {
		dir := t.TempDir()
		mustSync(t, dir, one)
		before := readTree(t, dir)
		var done atomic.Int64
		_, err := syncWith(context.Background(), setOf(t, two), dir, func() error {
			if done.Add(1) == n {
				return syscall.ENOSPC
			}
			return nil
		})
		if err == nil && done.Load() < n {
			return
		}
		var place *fs.PathError
		if n < staging && (!errors.Is(err, syscall.ENOSPC) || !errors.As(err, &place)) {
			t.Errorf("failing step %d gave %v", n, err)
		}
		if n < staging {
			wantUntouched(t, dir, before)
		}
		mustSync(t, dir, two)
		wantTree(t, dir, two)
	}
}

// stagingSteps counts the changes up to the first of which the site shows something.
func stagingSteps(t *testing.T, one, two map[string]string) int64 {
	t.Helper()
	dir := t.TempDir()
	mustSync(t, dir, one)
	manifest, err := os.ReadFile(filepath.Join(dir, manifestName))
	if err != nil {
		t.Fatal(err)
	}
	var mu sync.Mutex
	var steps, first int64
	_, err = syncWith(context.Background(), setOf(t, two), dir, func() error {
		mu.Lock()
		defer mu.Unlock()
		now, err := os.ReadFile(filepath.Join(dir, manifestName))
		if first == 0 && (string(now) != string(manifest) || !maps.Equal(siteTree(t, dir), one)) {
			first = steps
		}
		steps++
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return first
}

func TestSyncMovesNewFoldersWholeAndTheStartPageLast(t *testing.T) {
	dir := t.TempDir()
	site := map[string]string{"index.html": "h", "404.html": "e", "zzz/a.css": "a", "stories/0.xml": "f"}
	for i := range 20 {
		site[fmt.Sprintf("stories/%d/index.html", i)] = "s"
	}
	put(t, dir, "mine", "m")
	var mu sync.Mutex
	_, err := syncWith(context.Background(), setOf(t, site), dir, func() error {
		mu.Lock()
		defer mu.Unlock()
		tree := siteTree(t, dir)
		pages, _ := filepath.Glob(filepath.Join(dir, "stories", "*", "index.html"))
		if len(pages) != 0 && len(pages) != 20 {
			t.Errorf("%d of 20 pages", len(pages))
		}
		if len(pages) > 0 && tree["zzz/a.css"] == "" {
			t.Error("pages came before assets")
		}
		if tree["index.html"] != "" && len(tree) != len(site)+1 {
			t.Errorf("the start page came after %d files", len(tree))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	site["mine"] = "m"
	wantTree(t, dir, site)
}

func TestSyncChangesFeedsAfterNewPagesAndBeforeChangedOnes(t *testing.T) {
	dir := t.TempDir()
	mustSync(t, dir, map[string]string{"index.html": "1", "a.html": "1", "feed.xml": "1"})
	two := map[string]string{"index.html": "2", "a.html": "2", "feed.xml": "2", "new.html": "2"}
	var mu sync.Mutex
	_, err := syncWith(context.Background(), setOf(t, two), dir, func() error {
		mu.Lock()
		defer mu.Unlock()
		tree := siteTree(t, dir)
		for _, pair := range [][2]string{{"new.html", "feed.xml"}, {"feed.xml", "a.html"}, {"a.html", "index.html"}} {
			if tree[pair[1]] == "2" && tree[pair[0]] != "2" {
				t.Errorf("%s came before %s", pair[1], pair[0])
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestSyncRemovesTheStagingFolderOfAKilledBuild(t *testing.T) {
	dir := t.TempDir()
	site := map[string]string{"index.html": "1"}
	mustSync(t, dir, site)
	for range 2 { // with something to write, and without
		put(t, dir, stageName+"/a/index.html", "half")
		put(t, dir, tempPrefix+"other/x", "half")
		mustSync(t, dir, site)
		wantTree(t, dir, site)
		site["a/index.html"] = "whole"
	}
}

// wantUntouched also asks that nothing is left of what was staged.
func wantUntouched(t *testing.T, dir string, before map[string]string) {
	t.Helper()
	if after := readTree(t, dir); !maps.Equal(before, after) {
		t.Errorf("changed %q to %q", before, after)
	}
	if _, err := os.Stat(filepath.Join(dir, stageName)); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the staging folder is still there: %v", err)
	}
}
