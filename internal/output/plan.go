package output

import (
	"bytes"
	"maps"
	"path"
	"runtime"
	"slices"
	"strings"

	"golang.org/x/sync/errgroup"
)

// plan is what Sync has to do, found without changing anything.
type plan struct {
	disk *disk
	set  *Set
	old  manifest

	parts        []string // files that pages need: assets, data, pictures
	newPages     []string
	changedPages []string
	unchanged    int

	inTheWay []string // stale files that must go before the new ones can come
	stale    []string
}

type state int

const (
	same state = iota
	missing
	changed
	foreign
)

func newPlan(d *disk, set *Set, old manifest) (*plan, error) {
	p := &plan{disk: d, set: set, old: old}
	names := set.Paths()
	states, err := p.compare(names)
	if err != nil {
		return nil, err
	}
	blocked := p.blocked(names)
	for i, name := range names {
		p.file(name, states[i])
		if states[i] == foreign {
			blocked[name] = true
		}
	}
	if len(blocked) > 0 {
		return nil, &ForeignError{Paths: slices.Sorted(maps.Keys(blocked))}
	}
	p.findStale(names)
	return p, nil
}

// compare also computes the digests, which the manifest needs, because it is the parallel part.
func (p *plan) compare(names []string) ([]state, error) {
	states := make([]state, len(names))
	var group errgroup.Group
	group.SetLimit(runtime.GOMAXPROCS(0))
	for i, name := range names {
		group.Go(func() (err error) {
			states[i], err = p.state(name)
			return err
		})
	}
	return states, group.Wait()
}

func (p *plan) state(name string) (state, error) {
	file := p.set.files[name]
	sum := file.sum()
	digest, own := p.old[name]
	info, ok := p.disk.present[name]
	if !ok || info.IsDir() {
		return missing, nil
	}
	if info.Mode().IsRegular() && info.Size() == int64(len(file.data)) && (!own || digest == sum) {
		data, err := p.disk.root.ReadFile(name)
		if err != nil {
			return same, p.disk.failed("read", name, err)
		}
		if bytes.Equal(data, file.data) {
			return same, nil
		}
	}
	if own {
		return changed, nil
	}
	return foreign, nil
}

// blocked finds foreign files where the set needs a folder, and foreign folders where it needs a file.
func (p *plan) blocked(names []string) map[string]bool {
	blocked := map[string]bool{}
	for dir := range p.set.folders {
		info, ok := p.disk.present[dir]
		if _, own := p.old[dir]; ok && !info.IsDir() && !own {
			blocked[dir] = true
		}
	}
	folders := p.old.folders()
	for name, info := range p.disk.present {
		_, own := p.old[name]
		if own && !info.IsDir() || folders[name] && info.IsDir() {
			continue
		}
		if _, wanted := p.set.files[name]; wanted && info.IsDir() {
			blocked[name] = true
		}
		for dir := range parents(name) {
			if _, wanted := p.set.files[dir]; wanted {
				blocked[dir] = true
			}
		}
	}
	return blocked
}

func (p *plan) file(name string, s state) {
	isPage := path.Ext(name) == ".html" && !strings.HasPrefix(name, "assets/")
	switch {
	case s == same:
		p.unchanged++
	case !isPage:
		p.parts = append(p.parts, name)
	case s == missing:
		p.newPages = append(p.newPages, name)
	default:
		p.changedPages = append(p.changedPages, name)
	}
}

// findStale sets apart the files whose place is taken by a folder, whose folder by a file, or whose name
// differs in case alone, because many file systems hold the two names for one file.
func (p *plan) findStale(names []string) {
	folded := make(map[string]bool, len(names))
	for _, name := range names {
		folded[strings.ToLower(name)] = true
	}
	for _, name := range slices.Sorted(maps.Keys(p.old)) {
		if _, wanted := p.set.files[name]; wanted {
			continue
		}
		inTheWay := p.set.folders[name] || folded[strings.ToLower(name)]
		for dir := range parents(name) {
			_, wanted := p.set.files[dir]
			inTheWay = inTheWay || wanted
		}
		if inTheWay {
			p.inTheWay = append(p.inTheWay, name)
		} else {
			p.stale = append(p.stale, name)
		}
	}
}
