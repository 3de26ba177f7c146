package output

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"strings"
)

// Report counts the files of one Sync. Kept are those that the site no longer has and that would have been removed, had
// nobody changed them since they were written. Site is the digest of the site as it stands there now, "" where files are Kept.
type Report struct {
	Written, Unchanged, Removed int
	Kept                        []string
	Site                        Sum
}

// ForeignError says that files or folders which the generator did not write, or that were changed since, stand where the
// site's files must go; Sync has then changed nothing.
type ForeignError struct {
	Paths []string
}

func (e *ForeignError) Error() string {
	const shown = 5
	names := make([]string, 0, shown)
	for _, name := range e.Paths[:min(shown, len(e.Paths))] {
		names = append(names, fmt.Sprintf("%q", name))
	}
	text := "not written by this generator and in the way: " + strings.Join(names, ", ")
	if more := len(e.Paths) - shown; more > 0 {
		text += fmt.Sprintf(" and %d more", more)
	}
	return text
}

// Sync makes the generator's files in dir equal to set and leaves all other files alone. It first makes and compares
// every file and stages what differs, then moves that into the site. It gives a *ForeignError, the joined errors of
// AddFunc's functions in the order of the paths, or a *fs.PathError of the file that could not be read, written or
// removed; it wraps ErrBusy while another Sync is under way in the folder. An error before the first move leaves the site as it
// was, a later one or a kill a working site, which the next Sync completes. When ctx ends before the first move, that is an error; after
// it, the work is finished.
func Sync(ctx context.Context, set *Set, dir string) (Report, error) {
	return syncWith(ctx, set, dir, nil)
}

func syncWith(ctx context.Context, set *Set, dir string, before func() error) (report Report, err error) {
	if err := makeOutput(dir); err != nil {
		return Report{}, err
	}
	d, err := openDisk(ctx, dir, before)
	if err != nil {
		return Report{}, err
	}
	defer d.close()
	old, err := readManifest(d)
	if err != nil {
		return Report{}, err
	}
	if err := d.scan(); err != nil {
		return Report{}, err
	}
	if err := d.clean(); err != nil {
		return Report{}, err
	}
	defer func() {
		if left := d.unstage(); err == nil {
			err = left
		}
	}()
	p, err := newPlan(d, set, old)
	if err = cmp.Or(err, ctx.Err()); err != nil {
		return Report{}, err
	}
	return p.place()
}

// Clean removes what a killed Sync left in dir beside the site. It leaves alone what one that is under way needs.
func Clean(dir string) error {
	d, err := openDisk(context.Background(), dir, nil)
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, ErrBusy) {
		return nil
	}
	if err != nil {
		return err
	}
	defer d.close()
	if err := d.scan(); err != nil {
		return err
	}
	return d.clean()
}
