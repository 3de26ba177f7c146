// Package watch turns what happens in folders into batches of changed paths.
//
// A batch is sorted and free of duplicates, and comes when it has been quiet for a moment: a short one after a plain
// save, a longer one where several paths changed or one is missing or empty, as it is in the middle of a save by
// renaming. A path may be of a file or a folder, new, changed or gone; a folder means that everything in it may have
// changed. No change is lost while the receiver is busy: it arrives in the next batch.
package watch

import (
	"context"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"time"

	"leerblad/internal/source"
)

// Options say how to look and how long to wait; zero durations mean the defaults.
type Options struct {
	Poll     bool          // compare times and sizes, for file systems that send no events
	Interval time.Duration // between two polls, 500 ms by default
	Quiet    time.Duration // without changes before a batch is sent, 5 ms by default
}

const (
	patience    = 100 * time.Millisecond // without changes before a batch is sent that is not settled
	longestWait = 2 * time.Second        // after its first change a batch is sent although it is not quiet
)

// Watch sends a batch of changed paths, each beginning with one of dirs, whenever something changes in
// them, and closes the channel when ctx ends; it gives an error when a folder cannot be read or watched. All but the first
// may come later, and each may be gone for a while.
// A path that is one of dirs itself asks for everything to be read again.
func Watch(ctx context.Context, dirs []string, opt Options) (<-chan []string, error) {
	roots := make([]string, 0, len(dirs))
	for _, dir := range dirs {
		roots = append(roots, filepath.Clean(dir))
	}
	if opt.Interval <= 0 {
		opt.Interval = 500 * time.Millisecond
	}
	if opt.Quiet <= 0 {
		opt.Quiet = 5 * time.Millisecond
	}
	changes := make(chan []string)
	if opt.Poll {
		p, err := newPoller(roots)
		if err != nil {
			return nil, err
		}
		go p.run(ctx, opt.Interval, changes)
	} else {
		n, err := newNotifier(roots)
		if err != nil {
			return nil, err
		}
		go n.run(ctx, changes)
	}
	batches := make(chan []string)
	go gather(ctx, changes, batches, opt.Quiet)
	return batches, nil
}

// gather never makes the sender of changes wait for the receiver of batches.
func gather(ctx context.Context, changes <-chan []string, batches chan<- []string, quiet time.Duration) {
	defer close(batches)
	pending := map[string]bool{}
	var first, last time.Time
	timer := time.NewTimer(quiet)
	timer.Stop()
	var ready chan<- []string // batches while there is a batch to send, else nil
	var batch []string
	for {
		select {
		case <-ctx.Done():
			return
		case paths := <-changes:
			if len(pending) == 0 {
				first = time.Now()
			}
			for _, path := range paths {
				pending[path] = true
			}
			ready, last = nil, time.Now()
			timer.Reset(min(quiet, max(0, longestWait-time.Since(first))))
		case <-timer.C:
			if wait := min(patience-time.Since(last), longestWait-time.Since(first)); wait > 0 && !settled(pending) {
				timer.Reset(wait)
				continue
			}
			batch = slices.Sorted(maps.Keys(pending))
			ready = batches
		case ready <- batch:
			clear(pending)
			ready = nil
		}
	}
}

// settled reports whether the paths look like those of one save that is done.
func settled(paths map[string]bool) bool {
	if len(paths) > 1 {
		return false
	}
	for path := range paths {
		if info, err := os.Lstat(path); err != nil || info.Mode().IsRegular() && info.Size() == 0 {
			return false
		}
	}
	return true
}

func send(ctx context.Context, changes chan<- []string, paths []string) {
	if len(paths) == 0 {
		return
	}
	select {
	case changes <- paths:
	case <-ctx.Done():
	}
}

// walk calls enter for each folder before reading it, and seen for each file and folder inside; folders
// that vanish meanwhile are passed over, links are not followed below dir, and what is too deep to be read is left out.
func walk(dir string, enter func(string) error, seen func(string, fs.DirEntry)) error {
	return walkDown(dir, source.MaxDepth, enter, seen)
}

// walkDown is walk down to a depth of folders below dir.
func walkDown(dir string, depth int, enter func(string) error, seen func(string, fs.DirEntry)) error {
	if err := enter(dir); err != nil {
		return err
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	for _, entry := range entries {
		if source.Ignored(entry.Name()) {
			continue
		}
		path := filepath.Join(dir, entry.Name())
		seen(path, entry)
		if entry.IsDir() && depth > 0 {
			if err := walkDown(path, depth-1, enter, seen); err != nil && !errors.Is(err, fs.ErrNotExist) {
				return err
			}
		}
	}
	return nil
}
