package output

import (
	"maps"
	"slices"
	"strings"
	"sync/atomic"
)

// plan is what Sync has to do, found without changing the site.
type plan struct {
	disk *disk
	set  *Set
	old  manifest // but for what is not ours
	kept manifest // what it names and the set does not have, and others have changed

	names    []string  // of the set
	outcomes []outcome // in the same order
	failed   atomic.Bool

	respelled []string // stale files that must go before another spelling of their name can come
	stale     []string // other files of ours that the set does not have; a killed build may have left but their folders
	swapped   int      // how many stale files a folder that takes their place removes, or a file that takes their folder's
	manifests [3]bool  // which are staged
	site      Sum      // of what the site will be
}

// newPlan stages all that the site lacks. It changes nothing at all where foreign files are in the way.
func newPlan(d *disk, set *Set, old manifest) (*plan, error) {
	names := set.Paths()
	p := &plan{disk: d, set: set, old: old, kept: manifest{}, names: names, outcomes: make([]outcome, len(names))}
	if err := p.disown(); err != nil {
		return nil, err
	}
	var own, unknown []int
	for i, name := range names {
		if _, ours := old[name]; ours || !d.hasFile(name) {
			own = append(own, i)
		} else {
			unknown = append(unknown, i)
		}
	}
	if err := p.make(unknown); err != nil {
		return nil, err
	}
	if err := p.foreign(p.blocked()); err != nil {
		return nil, err
	}
	if err := p.make(own); err != nil {
		return nil, err
	}
	if err := p.foreign(map[string]bool{}); err != nil {
		return nil, err
	}
	if err := p.mistakes(); err != nil {
		return nil, err
	}
	p.findStale()
	return p, p.stageManifests()
}

// disown takes out of the manifest what the site no longer has and what others have changed. Whether that is so of other files is
// found when they are made.
func (p *plan) disown() error {
	room := make([]byte, roomSize)
	for _, name := range slices.Sorted(maps.Keys(p.old)) {
		if p.set.Has(name) || !p.disk.hasFile(name) {
			continue
		}
		_, ours, err := p.disk.owns(name, p.old[name], room)
		if err != nil {
			return err
		}
		if !ours {
			p.kept[name] = p.old[name]
			delete(p.old, name)
		}
	}
	return nil
}

// foreign gives a *ForeignError if there is anything blocked, or a file of the set that somebody else's stands for.
func (p *plan) foreign(blocked map[string]bool) error {
	for i, o := range p.outcomes {
		if o.state == foreign {
			blocked[p.names[i]] = true
		}
	}
	if len(blocked) == 0 {
		return nil
	}
	return &ForeignError{Paths: slices.Sorted(maps.Keys(blocked))}
}

// blocked finds foreign files where the set needs a folder, and foreign folders where it needs a file.
func (p *plan) blocked() map[string]bool {
	blocked := map[string]bool{}
	for dir := range p.set.folders {
		if _, own := p.old[dir]; p.disk.hasFile(dir) && !own {
			blocked[dir] = true
		}
	}
	folders := p.old.folders()
	for name, mode := range p.disk.present {
		_, own := p.old[name]
		if own && !mode.IsDir() || folders[name] && mode.IsDir() {
			continue
		}
		if mode.IsDir() && p.set.Has(name) {
			blocked[name] = true
		}
		for dir := range parents(name) {
			if p.set.Has(dir) {
				blocked[dir] = true
			}
		}
	}
	return blocked
}

// findStale sets apart the files whose place is taken by a folder or whose folder by a file, and those whose
// name differs in case alone, because many file systems hold the two names for one file.
func (p *plan) findStale() {
	var gone []string
	for _, name := range slices.Sorted(maps.Keys(p.old)) {
		if !p.set.Has(name) {
			gone = append(gone, name)
		}
	}
	if gone == nil {
		return
	}
	folded := make(map[string]bool, len(p.names))
	for _, name := range p.names {
		folded[strings.ToLower(name)] = true
	}
	files := maps.Clone(folded)
	for dir := range p.set.folders {
		folded[strings.ToLower(dir)] = true
	}
	for _, name := range gone {
		swapped, respelled := p.set.folders[name], folded[strings.ToLower(name)]
		for dir := range parents(name) {
			swapped = swapped || p.set.Has(dir)
			respelled = respelled || files[strings.ToLower(dir)]
		}
		switch {
		case swapped && p.disk.hasFile(name):
			p.swapped++
		case swapped:
		case respelled:
			p.respelled = append(p.respelled, name)
		default:
			p.stale = append(p.stale, name)
		}
	}
}
