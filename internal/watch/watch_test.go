package watch

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/fsnotify/fsnotify"

	"leerblad/internal/source"
)

// kinds are the two ways of looking; both keep the same promises.
func kinds(t *testing.T, test func(*testing.T, Options)) {
	t.Run("events", func(t *testing.T) { test(t, Options{}) })
	t.Run("poll", func(t *testing.T) { test(t, Options{Poll: true, Interval: 10 * time.Millisecond}) })
}

func TestWatchReportsAFileThatIsWritten(t *testing.T) {
	kinds(t, func(t *testing.T, opt Options) {
		dir := t.TempDir()
		put(t, dir, "a/b/old.md", "1")
		batches := watch(t, opt, dir)
		put(t, dir, "a/b/old.md", "12")
		wantPaths(t, batches, dir, "a/b/old.md")
		put(t, dir, "a/b/old.md", "21")
		wantPaths(t, batches, dir, "a/b/old.md")
		put(t, dir, "new.md", "1")
		wantPaths(t, batches, dir, "new.md")
	})
}

func TestWatchReportsASaveByRename(t *testing.T) {
	kinds(t, func(t *testing.T, opt Options) {
		dir := t.TempDir()
		put(t, dir, "page.md", "1")
		batches := watch(t, opt, dir)
		put(t, dir, "page.md~", "22")
		rename(t, dir, "page.md~", "page.md")
		wantPaths(t, batches, dir, "page.md")
	})
}

func TestWatchReportsWhatIsInANewFolderAndWatchesIt(t *testing.T) {
	kinds(t, func(t *testing.T, opt Options) {
		dir, other := t.TempDir(), t.TempDir()
		put(t, other, "new/deep/one.md", "1")
		put(t, other, "new/deep/.hidden/two.md", "1")
		batches := watch(t, opt, dir)
		if err := os.Rename(filepath.Join(other, "new"), filepath.Join(dir, "new")); err != nil {
			t.Skip(err)
		}
		wantPaths(t, batches, dir, "new", "new/deep", "new/deep/one.md")
		put(t, dir, "new/deep/three.md", "1")
		wantPaths(t, batches, dir, "new/deep/three.md")
	})
}

func TestWatchFollowsAFolderToItsNewName(t *testing.T) {
	kinds(t, func(t *testing.T, opt Options) {
		dir := t.TempDir()
		put(t, dir, "old/deep/page.md", "1")
		batches := watch(t, opt, dir)
		rename(t, dir, "old", "new")
		wantAmong(t, batches, dir, "old", "new", "new/deep", "new/deep/page.md")
		put(t, dir, "new/deep/page.md", "12")
		wantPaths(t, batches, dir, "new/deep/page.md")
	})
}

func TestWatchReportsDeletions(t *testing.T) {
	kinds(t, func(t *testing.T, opt Options) {
		dir := t.TempDir()
		put(t, dir, "page.md", "1")
		put(t, dir, "folder/page.md", "1")
		batches := watch(t, opt, dir)
		if err := os.Remove(filepath.Join(dir, "page.md")); err != nil {
			t.Fatal(err)
		}
		wantPaths(t, batches, dir, "page.md")
		if err := os.RemoveAll(filepath.Join(dir, "folder")); err != nil {
			t.Fatal(err)
		}
		wantPaths(t, batches, dir, "folder", "folder/page.md")
		put(t, dir, "folder/page.md", "1")
		wantPaths(t, batches, dir, "folder", "folder/page.md")
		put(t, dir, "folder/page.md", "12")
		wantPaths(t, batches, dir, "folder/page.md")
	})
}

func TestWatchReportsABurstInFewBatches(t *testing.T) {
	kinds(t, func(t *testing.T, opt Options) {
		dir := t.TempDir()
		batches := watch(t, opt, dir)
		var want []string
		for i := range 500 {
			name := fmt.Sprintf("page-%d.md", i)
			put(t, dir, name, "1")
			want = append(want, name)
		}
		if count := wantPaths(t, batches, dir, want...); count > 8 {
			t.Errorf("%d batches", count)
		}
	})
}

func TestWatchIsSilentAboutIgnoredFilesAndPermissions(t *testing.T) {
	kinds(t, func(t *testing.T, opt Options) {
		dir := t.TempDir()
		put(t, dir, "page.md", "1")
		batches := watch(t, opt, dir)
		put(t, dir, ".git/index", "1")
		put(t, dir, "page.md.swp", "1")
		if err := os.Chmod(filepath.Join(dir, "page.md"), 0o600); err != nil {
			t.Fatal(err)
		}
		time.Sleep(60 * time.Millisecond)
		put(t, dir, "last.md", "1")
		wantPaths(t, batches, dir, "last.md")
	})
}

func TestWatchSeesSeveralFolders(t *testing.T) {
	kinds(t, func(t *testing.T, opt Options) {
		one, two := t.TempDir(), t.TempDir()
		batches := watch(t, opt, one, two)
		put(t, two, "b.css", "1")
		wantPaths(t, batches, two, "b.css")
		put(t, one, "a.md", "1")
		wantPaths(t, batches, one, "a.md")
	})
}

func TestWatchRefusesAFolderThatIsNotThere(t *testing.T) {
	kinds(t, func(t *testing.T, opt Options) {
		if _, err := Watch(t.Context(), []string{filepath.Join(t.TempDir(), "none")}, opt); err == nil {
			t.Error("no error")
		}
	})
}

func TestWatchClosesTheChannelWhenTheContextEnds(t *testing.T) {
	kinds(t, func(t *testing.T, opt Options) {
		ctx, cancel := context.WithCancel(t.Context())
		batches, err := Watch(ctx, []string{t.TempDir()}, opt)
		if err != nil {
			t.Fatal(err)
		}
		cancel()
		if _, open := <-batches; open {
			t.Error("a batch instead of the end")
		}
	})
}

func TestQueueOverflowAsksForEverythingAndWatchesOn(t *testing.T) {
	dir := t.TempDir()
	put(t, dir, "old/deep/page.md", "1")
	n, err := newNotifier([]string{dir})
	if err != nil {
		t.Fatal(err)
	}
	rename(t, dir, "old", "new")
	for lost := true; lost; {
		select {
		case <-n.watcher.Events:
		case <-time.After(50 * time.Millisecond):
			lost = false
		}
	}
	changes := make(chan []string)
	go n.run(t.Context(), changes)
	n.watcher.Errors <- fsnotify.ErrEventOverflow
	if got := <-changes; !slices.Equal(got, []string{dir}) {
		t.Errorf("%q, want the root", got)
	}
	put(t, dir, "new/deep/page.md", "12")
	select {
	case got := <-changes:
		if !slices.Equal(got, []string{filepath.Join(dir, "new", "deep", "page.md")}) {
			t.Errorf("%q", got)
		}
	case <-time.After(10 * time.Second):
		t.Error("the change after the overflow was not reported")
	}
}

func TestGatherWaitsForQuietButNotForever(t *testing.T) {
	dir := t.TempDir()
	put(t, dir, "a", "text")
	put(t, dir, "b", "text")
	put(t, dir, "empty", "")
	a, b := filepath.Join(dir, "a"), filepath.Join(dir, "b")
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		changes, batches := make(chan []string), make(chan []string)
		go gather(ctx, changes, batches, 5*time.Millisecond)
		start := time.Now()
		changes <- []string{b}
		changes <- []string{b}
		if got := <-batches; !slices.Equal(got, []string{b}) || time.Since(start) != 5*time.Millisecond {
			t.Errorf("%q after %v", got, time.Since(start))
		}
		start = time.Now()
		changes <- []string{b}
		changes <- []string{a, b}
		if got := <-batches; !slices.Equal(got, []string{a, b}) || time.Since(start) != patience {
			t.Errorf("%q after %v", got, time.Since(start))
		}
		for _, name := range []string{"empty", "gone"} { // perhaps in the middle of a save
			start = time.Now()
			changes <- []string{filepath.Join(dir, name)}
			if <-batches; time.Since(start) != patience {
				t.Errorf("%s after %v", name, time.Since(start))
			}
		}
		for i := range 2000 {
			changes <- []string{strconv.Itoa(i)}
			time.Sleep(time.Duration(i%60) * time.Microsecond)
		}
		if got := <-batches; len(got) != 2000 {
			t.Errorf("%d of 2000 in a batch", len(got))
		}
		start = time.Now()
		go func() {
			for ctx.Err() == nil {
				send(ctx, changes, []string{"c"})
				time.Sleep(10 * time.Millisecond)
			}
		}()
		if got := <-batches; !slices.Equal(got, []string{"c"}) || time.Since(start) != longestWait {
			t.Errorf("%q after %v", got, time.Since(start))
		}
		cancel()
		time.Sleep(time.Second)
	})
}

func TestGatherKeepsChangesForABusyReceiver(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		changes, batches := make(chan []string), make(chan []string)
		go gather(ctx, changes, batches, 20*time.Millisecond)
		for _, path := range []string{"c", "a", "b"} {
			changes <- []string{path}
			time.Sleep(time.Second)
		}
		changes <- []string{"d"}
		if got := <-batches; !slices.Equal(got, []string{"a", "b", "c", "d"}) {
			t.Errorf("%q", got)
		}
		cancel()
		synctest.Wait()
	})
}

func TestFolderThatIsMovedAwayAndBackIsWatchedAgain(t *testing.T) {
	dir := t.TempDir()
	put(t, dir, "content/a.md", "1")
	content, later := filepath.Join(dir, "content"), filepath.Join(dir, "themes")
	batches := watch(t, Options{}, content, later)
	rename(t, dir, "content", "away")
	wantAmong(t, batches, dir, "content")
	rename(t, dir, "away", "content")
	wantAmong(t, batches, dir, "content")
	put(t, dir, "content/a.md", "12")
	wantAmong(t, batches, dir, "content/a.md")
	put(t, dir, "themes/mijn/card.html", "1")
	wantAmong(t, batches, dir, "themes")
	put(t, dir, "themes/mijn/card.html", "12")
	wantAmong(t, batches, dir, "themes/mijn/card.html")
}

func TestFoldersThatAreTooDeepAreNotWatched(t *testing.T) {
	kinds(t, func(t *testing.T, opt Options) {
		dir := t.TempDir()
		deep := strings.Repeat("d/", source.MaxDepth)
		put(t, dir, deep+"d/e/a.md", "1")
		batches := watch(t, opt, dir)
		put(t, dir, deep+"d/e/a.md", "12")
		put(t, dir, deep+"b.md", "1")
		wantPaths(t, batches, dir, deep+"b.md")
	})
}
