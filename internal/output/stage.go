package output

import (
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
	is    digest // of the file on disk, if that is changed
	next  digest // of the file as it was made
	err   error  // of the set's function
}

type state int

const (
	same state = iota
	missing
	changed
	foreign
)

// roomSize is how much of a file is read at once.
const roomSize = 64 << 10

// maker is one of the goroutines that make files; it has its rooms to itself.
type maker struct {
	plan *plan
	page []byte
	read []byte
}

// make makes files of the set and stages those that the site does not have. Mistakes of the set's own
// functions are kept in the outcomes; the error is the disk's, and ends the work.
func (p *plan) make(files []int) error {
	group, ctx := errgroup.WithContext(p.disk.ctx)
	var next atomic.Int64
	for range min(runtime.GOMAXPROCS(0), len(files)) {
		group.Go(func() error {
			m := maker{plan: p, read: make([]byte, roomSize)}
			for ctx.Err() == nil {
				i := int(next.Add(1)) - 1
				if i >= len(files) {
					return nil
				}
				if err := m.file(files[i]); err != nil {
					return err
				}
			}
			return ctx.Err()
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
	out.next = digestOf(data)
	if err = m.compare(name, out, func() (bool, error) { return p.disk.equal(name, data, m.read) }); err != nil {
		return err
	}
	if out.state == missing || out.state == changed {
		return p.disk.stage(name, data)
	}
	return nil
}

// stream is file for one that is copied.
func (m *maker) stream(name string, s *Stream, out *outcome) error {
	p := m.plan
	if p.failed.Load() {
		return nil
	}
	out.next = digestOfSum(s.Digest)
	err := m.compare(name, out, func() (bool, error) {
		is, size, err := p.disk.digest(name, m.read)
		return is == out.next && size == s.Size, err
	})
	if err != nil || out.state != missing && out.state != changed {
		return err
	}
	if out.err, err = p.disk.stageStream(name, s, m.read); out.err != nil {
		out.err = fmt.Errorf("copy %q: %w", name, out.err)
		p.failed.Store(true)
	}
	return err
}

// compare fills in the state of a file, of which equal says whether the regular file in its place has its bytes.
func (m *maker) compare(name string, out *outcome, equal func() (bool, error)) error {
	p := m.plan
	if !p.disk.hasFile(name) {
		out.state = missing
		return nil
	}
	if p.disk.present[name].IsRegular() {
		if equal, err := equal(); equal || err != nil {
			return err
		}
	}
	out.state = foreign
	r, named := p.old[name]
	if !named {
		return nil
	}
	is, ours, err := p.disk.owns(name, r, m.read)
	if ours {
		out.state, out.is = changed, is
	}
	return err
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
	placing, wanted, stale := make(manifest, len(p.names)), make(manifest, len(p.names)), make(manifest, len(p.stale))
	for i, name := range p.names {
		o := p.outcomes[i]
		wanted[name] = record{settled: true, is: o.next}
		r := record{settled: p.old[name].settled, is: o.next}
		if o.state == changed {
			r.is, r.next = o.is, o.next
		}
		placing[name] = r
	}
	for _, name := range p.stale {
		stale[name] = record{is: p.old[name].is, next: p.old[name].next}
	}
	maps.Copy(wanted, p.kept)
	if len(p.kept) == 0 {
		p.site = wanted.sum()
	}
	before := p.old.with(p.kept)
	for i, m := range []manifest{before.with(placing), wanted.with(stale), wanted} {
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
