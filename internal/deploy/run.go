package deploy

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"math/rand/v2"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/klauspost/compress/gzip"
	"golang.org/x/sync/errgroup"

	"leerblad/internal/filetype"
)

// Report counts what a deploy did.
type Report struct {
	Sent, Removed, Kept int
	Bytes               int64 // of the files that were sent, before they are squeezed
}

// side is how many files are sent, or fetched to compare them, at once.
const side = 16

// Run does what the plan says. Stopped at any moment, it leaves a site that works, and the next deploy finishes it.
func (p *Plan) Run(ctx context.Context) (Report, error) {
	report := Report{Kept: len(p.Kept)}
	if p.settled {
		return report, nil
	}
	held, release, err := p.target.Lock(ctx, p.options.Waiting)
	if err != nil {
		return report, err
	}
	defer release()
	err = p.run(held, &report)
	if lost := context.Cause(held); err != nil && ctx.Err() == nil && lost != nil {
		err = lost // which ended all else
	}
	return report, err
}

func (p *Plan) run(ctx context.Context, report *Report) error {
	save := func(m manifest) (err error) {
		p.version, err = write(ctx, p.target, ManifestName, m.bytes(), p.version)
		return err
	}
	if err := save(p.claim); err != nil {
		return err
	}
	var sent, size atomic.Int64
	for _, names := range p.stages {
		err := p.each(ctx, names, func(ctx context.Context, name string) error {
			n, err := p.send(ctx, name)
			if err == nil {
				sent.Add(1)
				size.Add(n)
			}
			return err
		})
		report.Sent, report.Bytes = int(sent.Load()), size.Load()
		if err != nil {
			return err
		}
	}
	// What is to be removed stays named until it is gone.
	last := maps.Clone(p.complete)
	for _, name := range p.Remove {
		last[name] = p.claim[name]
	}
	if err := save(last); err != nil || len(p.Remove) == 0 {
		return err
	}
	// Pages go before what they need.
	needed := slices.DeleteFunc(slices.Clone(p.Remove), isPage)
	for _, names := range [][]string{p.Gone, needed} {
		err := p.each(ctx, names, func(ctx context.Context, name string) error {
			err := try(ctx, func() error { return p.target.Delete(ctx, name) })
			if errors.Is(err, fs.ErrNotExist) {
				return nil
			}
			return err
		})
		if err != nil {
			return err
		}
	}
	report.Removed = len(p.Remove)
	return save(p.complete)
}

func (p *Plan) each(ctx context.Context, names []string, do func(context.Context, string) error) error {
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(side)
	for _, name := range names {
		group.Go(func() error {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			if err := do(ctx, name); err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
			if p.options.Step != nil {
				p.options.Step()
			}
			return nil
		})
	}
	return group.Wait()
}

// send sends a file, and gives its size.
func (p *Plan) send(ctx context.Context, name string) (int64, error) {
	f := File{Name: name}
	var body io.ReaderAt
	if s, ok := p.set.Stream(name); ok {
		film, err := s.Open()
		if err != nil {
			return 0, err
		}
		defer film.Close()
		f.Size, body = s.Size, film
	} else {
		data, _, err := p.set.Get(name)
		if err != nil {
			return 0, err
		}
		f.Size, body = int64(len(data)), bytes.NewReader(data)
	}
	size := f.Size
	if p.target.Serves() {
		kind := filetype.Of(name)
		f.Header = Header{ContentType: kind.Header(), CacheControl: filetype.CacheControl(name), RedirectTo: p.options.Moved[name]}
		if kind.Text && size <= squeezable {
			squeezed, err := squeeze(io.NewSectionReader(body, 0, size))
			if err != nil {
				return 0, err
			}
			f.Size, body, f.ContentEncoding = int64(len(squeezed)), bytes.NewReader(squeezed), "gzip"
		}
	}
	return size, try(ctx, func() error {
		f.Body = io.NewSectionReader(body, 0, f.Size) // of its own: what was broken off may still read
		return p.target.Put(ctx, f)
	})
}

// squeezable is the size in bytes up to which a text is held to squeeze it.
const squeezable = 32 << 20

var squeezers = sync.Pool{New: func() any {
	w, _ := gzip.NewWriterLevel(nil, gzip.BestCompression)
	return w
}}

func squeeze(body io.Reader) ([]byte, error) {
	var out bytes.Buffer
	w := squeezers.Get().(*gzip.Writer)
	defer squeezers.Put(w)
	w.Reset(&out)
	_, err := io.Copy(w, body)
	err = errors.Join(err, w.Close())
	return out.Bytes(), err
}

// ownFile is a file of leerblad's own, as a store gets it.
func ownFile(name string, data []byte) File {
	return File{name, int64(len(data)), bytes.NewReader(data), Header{ContentType: "application/json", CacheControl: "no-store"}}
}

// write writes a file of leerblad's own over the version that was read. An answer that was lost is no other deploy.
func write(ctx context.Context, t Target, name string, data []byte, version string) (written string, err error) {
	err = try(ctx, func() error {
		written, err = t.Write(ctx, name, data, version)
		if !errors.Is(err, ErrBusy) {
			return err
		}
		there, now, readErr := t.Read(ctx, name)
		if readErr == nil && bytes.Equal(there, data) {
			written = now
			return nil
		}
		return cmp.Or(readErr, err)
	})
	return written, err
}

// again marks an error of a target that may not come another time.
type again struct{ error }

func (a again) Unwrap() error { return a.error }

const attempts = 7

// firstWait is before the second attempt; then it is twice as long each time, 13 seconds in all.
var firstWait = 200 * time.Millisecond

// try does again what may go well another time.
func try(ctx context.Context, do func() error) error {
	wait := firstWait
	for attempt := 1; ; attempt++ {
		err := do()
		if attempt == attempts || !errors.As(err, new(again)) {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(wait/2 + rand.N(wait)):
		}
		wait *= 2
	}
}
