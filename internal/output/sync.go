package output

import (
	"fmt"
	"maps"
	"runtime"
	"slices"
	"strings"

	"golang.org/x/sync/errgroup"
)

// Report counts the files of one Sync.
type Report struct {
	Written, Unchanged, Removed int
}

// ForeignError says that files or folders which the generator did not write stand where the site's files
// must go; Sync has then changed nothing.
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

// Sync makes the generator's files in dir equal to set, leaves all other files alone, and gives a
// *ForeignError or an error that names the file that could not be read, written or removed. An error or a
// kill leaves a working site, and the next Sync completes it. Two at once on one folder are not supported.
func Sync(set *Set, dir string) (Report, error) {
	return syncWith(set, dir, nil)
}

func syncWith(set *Set, dir string, before func() error) (Report, error) {
	d, err := openDisk(dir, before)
	if err != nil {
		return Report{}, err
	}
	defer d.root.Close()
	old, err := readManifest(d)
	if err != nil {
		return Report{}, err
	}
	if err := d.scan(); err != nil {
		return Report{}, err
	}
	p, err := newPlan(d, set, old)
	if err != nil {
		return Report{}, err
	}
	return p.apply()
}

// apply's order is the promise of the package: what is ours is written down before it exists, what pages
// need comes before the pages, and what is stale goes last unless it stands in the way.
func (p *plan) apply() (Report, error) {
	for _, name := range p.disk.temps {
		if err := p.disk.change(func() error { return p.disk.root.Remove(name) }); err != nil {
			return Report{}, p.disk.failed("remove", name, err)
		}
	}
	wanted := newManifest(p.set)
	during := wanted.with(p.old)
	if err := p.record(p.old, during); err != nil {
		return Report{}, err
	}
	report := Report{Unchanged: p.unchanged}
	if err := p.remove(p.inTheWay, &report); err != nil {
		return Report{}, err
	}
	for _, phase := range [][]string{p.parts, p.newPages, p.changedPages} {
		if err := p.write(phase, &report); err != nil {
			return Report{}, err
		}
	}
	if err := p.remove(p.stale, &report); err != nil {
		return Report{}, err
	}
	if err := p.record(during, wanted); err != nil {
		return Report{}, err
	}
	return report, nil
}

func (p *plan) record(stored, next manifest) error {
	if maps.Equal(stored, next) {
		return nil
	}
	return p.disk.write(manifestName, next.encode())
}

func (p *plan) write(names []string, report *Report) error {
	var group errgroup.Group
	group.SetLimit(runtime.GOMAXPROCS(0))
	for _, name := range names {
		group.Go(func() error { return p.disk.write(name, p.set.files[name].data) })
	}
	report.Written += len(names)
	return group.Wait()
}

func (p *plan) remove(names []string, report *Report) error {
	for _, name := range names {
		was, err := p.disk.remove(name)
		if err != nil {
			return err
		}
		if was {
			report.Removed++
		}
	}
	for _, name := range slices.Backward(names) {
		p.disk.prune(name, p.set.folders)
	}
	return nil
}
