package output

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"runtime"
	"strconv"
	"sync/atomic"

	"golang.org/x/sync/errgroup"
)

// outcome is what came of making one file of the set.
type outcome struct {
	state state
	err   error // of the set's function
}

type state int

const (
	same state = iota
	missing
	changed
	foreign
)

// maker is one of the goroutines that make files; it has its rooms to itself.
type maker struct {
	plan *plan
	page []byte
	read []byte
}

// make makes files of the set and stages those that the site does not have. Mistakes of the set's own
// functions are kept in the outcomes; the error is the disk's, and ends the work.
func (p *plan) make(files []int) error {
	group, ctx := errgroup.WithContext(context.Background())
	var next atomic.Int64
	for range min(runtime.GOMAXPROCS(0), len(files)) {
		group.Go(func() error {
			m := maker{plan: p, read: make([]byte, 64<<10)}
			for ctx.Err() == nil {
				i := int(next.Add(1)) - 1
				if i >= len(files) {
					return nil
				}
				if err := m.file(files[i]); err != nil {
					return err
				}
			}
			return nil
		})
	}
	return group.Wait()
}

func (m *maker) file(i int) (err error) {
	p := m.plan
	name, out := p.names[i], &p.outcomes[i]
	f := p.set.files[name]
	if f.stream != nil {
		return m.stream(name, f.stream, out)
	}
	data, err := f.bytes(name, m.page[:0])
	if err != nil {
		out.err = err
		p.failed.Store(true)
		return nil
	}
	if f.make != nil {
		m.page = data // the next file gets the room that this one grew
	}
	if p.failed.Load() { // nothing will be placed; only the other mistakes are wanted
		return nil
	}
	if out.state, err = m.compare(name, data); err != nil {
		return err
	}
	if out.state == missing || out.state == changed {
		return p.disk.stage(name, data)
	}
	return nil
}

// stream is file for one that is copied.
func (m *maker) stream(name string, s *Stream, out *outcome) (err error) {
	p := m.plan
	if p.failed.Load() {
		return nil
	}
	if out.state, err = m.compareWith(name, func() (bool, error) { return p.disk.holds(name, s.Size, s.Digest, m.read) }); err != nil {
		return err
	}
	if out.state == missing || out.state == changed {
		out.err, err = p.disk.stageStream(name, s, m.read)
		if out.err != nil {
			out.err = fmt.Errorf("copy %q: %w", name, out.err)
			p.failed.Store(true)
		}
	}
	return err
}

func (m *maker) compare(name string, data []byte) (state, error) {
	return m.compareWith(name, func() (bool, error) { return m.plan.disk.equal(name, data, m.read) })
}

// compareWith finds the state of a file, of which equal says whether the regular file in its place has its bytes.
func (m *maker) compareWith(name string, equal func() (bool, error)) (state, error) {
	p := m.plan
	if !p.disk.hasFile(name) {
		return missing, nil
	}
	if p.disk.present[name].IsRegular() {
		if equal, err := equal(); equal || err != nil {
			return same, err
		}
	}
	if _, own := p.old[name]; own {
		return changed, nil
	}
	return foreign, nil
}

// mistakes joins the errors of the set's functions in the order of the paths.
func (p *plan) mistakes() error {
	var all []error
	for _, o := range p.outcomes {
		all = append(all, o.err)
	}
	return errors.Join(all...)
}

// stageManifests writes what the manifest says in turn while the site changes: before anything is placed,
// what is ours or will be; before anything is removed, that no page needs that any more; and the end.
func (p *plan) stageManifests() error {
	wanted := make(manifest, len(p.names))
	for _, name := range p.names {
		wanted[name] = true
	}
	before := p.old
	for i, m := range []manifest{p.old.with(p.names), wanted.with(p.stale), wanted} {
		if maps.Equal(before, m) {
			continue
		}
		before = m
		data, err := m.encode()
		if err == nil {
			err = p.disk.stage(manifestStage(i), data)
		}
		if err != nil {
			return err
		}
		p.manifests[i] = true
	}
	return nil
}

func manifestStage(i int) string { return tempPrefix + strconv.Itoa(i) + manifestName }
