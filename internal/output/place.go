package output

import (
	"cmp"
	"maps"
	"path"
	"slices"
	"strings"
)

// move is a rename of a staged file, or of a staged folder whose place is free, into the site.
type move struct {
	name string
	rank rank
	swap bool // a file stands where the folder goes, or a folder where the file goes
}

// rank is the order of moves: before each of them, all that can be reached from the start page is complete. New
// pages come after the parts that they need; no page of the site leads to them yet. What leads to new pages, feeds and
// data among it, comes after those. A folder is left for a file when no page needs it any more.
type rank int

const (
	newParts rank = iota // assets, pictures, data
	newPages
	unfinished // left by a killed build: nothing leads there
	taken      // a file becomes a folder, or gets another spelling
	changedParts
	changedPages
	startPage
	emptied // a folder becomes a file
)

const startName = "index.html"

// moves finds the fewest renames that bring in all that is staged, in their order.
func (p *plan) moves() []move {
	folded := map[string]bool{}
	for name, mode := range p.disk.present {
		if _, own := p.old[name]; own || mode.IsDir() {
			folded[strings.ToLower(name)] = true
		}
	}
	var moves []move
	for i, name := range p.names {
		s := p.outcomes[i].state
		if s == same {
			continue
		}
		m := p.move(name, s, folded)
		if n := len(moves); n > 0 && moves[n-1].name == m.name {
			moves[n-1].rank = max(moves[n-1].rank, m.rank)
		} else {
			moves = append(moves, m)
		}
	}
	slices.SortStableFunc(moves, func(a, b move) int { return cmp.Compare(a.rank, b.rank) })
	return moves
}

// move finds the outermost folder that can move as a whole with the file. Where the name of one differs from another
// in case alone, the file moves by itself.
func (p *plan) move(name string, s state, folded map[string]bool) move {
	m := move{name: name, rank: p.rank(name, s)}
	present := p.disk.present
	respelled := false
	look := func(name string) {
		if _, there := present[name]; !there {
			respelled = respelled || folded[strings.ToLower(name)]
		}
	}
	look(name)
	for dir := range parents(name) {
		if present[dir].IsDir() {
			break
		}
		look(dir)
		m.name = dir
	}
	switch {
	case respelled:
		return move{name: name, rank: taken}
	case present[name].IsDir():
		m.rank, m.swap = emptied, true
	case m.name != name && p.disk.hasFile(m.name):
		m.rank, m.swap = taken, true
	}
	return m
}

func (p *plan) rank(name string, s state) rank {
	isPage := path.Ext(name) == ".html" && !strings.HasPrefix(name, "assets/")
	switch {
	case name == startName:
		return startPage
	case s == missing && isPage:
		return newPages
	case s == missing:
		return newParts
	case !p.old[name].settled:
		return unfinished
	case isPage:
		return changedPages
	}
	return changedParts
}

// place changes the site. Each step keeps the promise of the package: what is ours is written down before it
// exists, what is moved needs nothing that is still to come, and what is stale goes last.
func (p *plan) place() (Report, error) {
	report := Report{Removed: p.swapped, Kept: slices.Sorted(maps.Keys(p.kept)), Site: p.site}
	for _, o := range p.outcomes {
		if o.state == same {
			report.Unchanged++
		} else {
			report.Written++
		}
	}
	var moves []move
	if report.Written > 0 {
		moves = p.moves()
	}
	if err := p.keepForeign(moves); err != nil {
		return Report{}, err
	}
	before := slices.IndexFunc(moves, func(m move) bool { return m.rank >= taken })
	if before < 0 {
		before = len(moves)
	}
	steps := []func() error{
		func() error { return p.record(0) },
		func() error { return p.carryOut(moves[:before]) },
		func() error { return p.remove(p.respelled, &report) },
		func() error { return p.carryOut(moves[before:]) },
		func() error { return p.record(1) },
		func() error { return p.remove(p.stale, &report) },
		func() error { return p.record(2) },
	}
	for _, step := range steps {
		if err := step(); err != nil {
			return Report{}, err
		}
	}
	return report, nil
}

// keepForeign looks once more at the places that scan found free: a file may have come there since, or one whose name
// the file system does not tell from the new one.
func (p *plan) keepForeign(moves []move) error {
	var foreign []string
	for _, m := range moves {
		if _, known := p.disk.present[m.name]; known || m.rank == taken {
			continue
		}
		if _, err := p.disk.root.Lstat(m.name); err == nil {
			foreign = append(foreign, m.name)
		}
	}
	if foreign == nil {
		return nil
	}
	slices.Sort(foreign)
	return &ForeignError{Paths: foreign}
}

func (p *plan) record(i int) error {
	if !p.manifests[i] {
		return nil
	}
	return p.disk.place(manifestStage(i), manifestName)
}

func (p *plan) carryOut(moves []move) error {
	for _, m := range moves {
		var err error
		if m.swap {
			err = p.disk.swap(m.name)
		} else {
			err = p.disk.place(m.name, m.name)
		}
		if err != nil {
			return err
		}
	}
	return nil
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
