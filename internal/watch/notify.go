package watch

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/fsnotify/fsnotify"

	"leerblad/internal/source"
)

// notifier has one watch a folder, because not every system can watch a tree.
type notifier struct {
	watcher *fsnotify.Watcher
	roots   []string
	folders map[string]bool
}

func newNotifier(roots []string) (*notifier, error) {
	watcher, err := fsnotify.NewWatcher()
	if err != nil {
		return nil, fmt.Errorf("watch folders: %w", err)
	}
	n := &notifier{watcher: watcher, roots: roots, folders: map[string]bool{}}
	for i, root := range roots {
		if _, err := n.add(root); err != nil {
			n.forget(root)
			if i == 0 || !errors.Is(err, fs.ErrNotExist) {
				watcher.Close()
				return nil, fmt.Errorf("watch %q: %w", root, err)
			}
		}
	}
	return n, nil
}

// lost is how often a root that is gone is looked for.
const lost = time.Second

func (n *notifier) run(ctx context.Context, changes chan<- []string) {
	defer n.watcher.Close()
	ticker := time.NewTicker(lost)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
			send(ctx, changes, n.found())
		case event, open := <-n.watcher.Events:
			if !open {
				return
			}
			send(ctx, changes, n.changed(event))
		case _, open := <-n.watcher.Errors: // such as a queue that ran over: events are missing
			if !open {
				return
			}
			for _, root := range n.roots {
				n.forget(root)
				_, _ = n.add(root) // gone or unreadable; the receiver finds out the same way
			}
			send(ctx, changes, n.roots)
		}
	}
}

// found gives the roots that are back after they were gone, and watches them again.
func (n *notifier) found() (back []string) {
	for _, root := range n.roots {
		if !n.folders[root] {
			if _, err := n.add(root); err != nil {
				n.forget(root)
				continue
			}
			back = append(back, root)
		}
	}
	return back
}

// changed also keeps the watches in step with the folders that come and go.
func (n *notifier) changed(event fsnotify.Event) []string {
	name := filepath.Clean(event.Name)
	if event.Op&^fsnotify.Chmod == 0 || source.Ignored(filepath.Base(name)) {
		return nil
	}
	if event.Has(fsnotify.Remove) || event.Has(fsnotify.Rename) {
		n.forget(name)
	}
	info, err := os.Lstat(name)
	if err != nil || !info.IsDir() {
		return []string{name}
	}
	if !event.Has(fsnotify.Create) {
		return nil // Windows: something in the folder changed, which has its own event
	}
	inside, _ := n.add(name) // what cannot be read now will be when it is read
	return append(inside, name)
}

// add watches a folder and all below, then lists what is in them, so that nothing falls between.
func (n *notifier) add(dir string) (inside []string, err error) {
	err = walk(dir, func(folder string) error {
		n.folders[folder] = true
		return n.watcher.Add(folder)
	}, func(path string, _ fs.DirEntry) {
		inside = append(inside, path)
	})
	return inside, err
}

// forget drops the watches below a folder that was moved away: they would report under its old name.
func (n *notifier) forget(dir string) {
	if !n.folders[dir] {
		return
	}
	for folder := range n.folders {
		if folder == dir || strings.HasPrefix(folder, dir+string(filepath.Separator)) {
			delete(n.folders, folder)
			_ = n.watcher.Remove(folder) // the system may have dropped it already
		}
	}
}
