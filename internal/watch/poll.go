package watch

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"time"
)

// poller remembers what it last saw.
type poller struct {
	roots []string
	seen  map[string]stamp
}

// stamp of a folder is empty: its own times change with what is in it.
type stamp struct {
	modified int64
	size     int64
}

func newPoller(roots []string) (*poller, error) {
	p := &poller{roots: roots}
	seen, err := p.scan()
	if err != nil {
		return nil, err
	}
	p.seen = seen
	return p, nil
}

func (p *poller) run(ctx context.Context, interval time.Duration, changes chan<- []string) {
	ticker := time.NewTicker(interval)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
			now, _ := p.scan() // what cannot be read counts as gone
			send(ctx, changes, differences(p.seen, now))
			p.seen = now
		}
	}
}

func (p *poller) scan() (map[string]stamp, error) {
	seen := map[string]stamp{}
	var failed error
	for i, root := range p.roots {
		err := walk(root, func(string) error { return nil }, func(path string, entry fs.DirEntry) {
			if entry.IsDir() {
				seen[path] = stamp{}
			} else if info, err := entry.Info(); err == nil {
				seen[path] = stamp{modified: info.ModTime().UnixNano(), size: info.Size()}
			}
		})
		if err != nil && (i == 0 || !errors.Is(err, fs.ErrNotExist)) {
			failed = fmt.Errorf("watch %q: %w", root, err)
		}
	}
	return seen, failed
}

func differences(before, after map[string]stamp) []string {
	var paths []string
	for path, stamp := range after {
		if old, known := before[path]; !known || old != stamp {
			paths = append(paths, path)
		}
	}
	for path := range before {
		if _, still := after[path]; !still {
			paths = append(paths, path)
		}
	}
	return paths
}
