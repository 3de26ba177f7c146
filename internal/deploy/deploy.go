// Package deploy sends a site to where readers get it, so that what they see works at every moment.
//
// A manifest at the target says which files are leerblad's own. It is written before the first file is sent, with what is about to come,
// and again when all is there; only what it names, or has the very bytes of the site, is ever replaced or removed.
package deploy

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"

	"leerblad/internal/output"
)

// Target is a place that files are sent to. A file that is not there gives fs.ErrNotExist.
type Target interface {
	List(ctx context.Context) ([]string, error)
	Open(ctx context.Context, name string) (io.ReadCloser, error)
	Put(ctx context.Context, name string, body io.Reader) error // the file is seen whole or not at all
	Delete(ctx context.Context, name string) error
	ReadManifest(ctx context.Context) (data []byte, version string, err error)
	// WriteManifest writes only over the version that was read, "" for none; else it gives ErrBusy.
	WriteManifest(ctx context.Context, data []byte, version string) (written string, err error)
	Close() error
}

// ErrBusy says that another deploy wrote at the target meanwhile.
var ErrBusy = errors.New("another deploy wrote there meanwhile")

// ForeignError names files in the way of the site that leerblad did not put there.
type ForeignError struct{ Paths []string }

func (e *ForeignError) Error() string { return fmt.Sprintf("%d files in the way", len(e.Paths)) }

// Options say how a site is sent.
type Options struct {
	Day  string // of the deploy, yyyy-mm-dd
	Keep int    // days that assets and search shards stay after they are no longer needed
	Step func() // told of each file that was sent or removed; may be nil
}

// Plan is what a deploy would do, found without changing anything at the target.
type Plan struct {
	Send, Remove    []string // in the order in which it is done
	New, Changed    []string // pages among Send
	Gone            []string // pages among Remove
	Kept            []string // no longer needed, and still there
	Unchanged       int
	set             *output.Set
	options         Options
	target          Target
	claim, complete manifest
	version         string
	settled         bool
}

// Report counts what a deploy did.
type Report struct {
	Sent, Removed, Kept int
	Bytes               int64
}

// side is how many files are sent at once.
const side = 16

// phase says when a file is sent: what pages need, pages, what leads to pages.
func phase(name string) int {
	switch base := path.Base(name); {
	case path.Ext(name) == ".html":
		return 1
	case path.Ext(name) == ".xml", !strings.Contains(name, "/") && path.Ext(name) == ".txt", strings.HasPrefix(base, "_"), strings.HasPrefix(base, "headers."), base == ".htaccess":
		return 2
	}
	return 0
}

// lasting reports whether a file is asked for by pages that readers have open.
func lasting(name string) bool {
	return strings.HasPrefix(name, "assets/") || strings.HasPrefix(name, "search/")
}

// NewPlan compares a site with what is at the target.
func NewPlan(ctx context.Context, set *output.Set, target Target, o Options) (*Plan, error) {
	day, err := time.Parse(time.DateOnly, o.Day)
	if err != nil {
		return nil, err
	}
	data, version, err := target.ReadManifest(ctx)
	if err != nil {
		return nil, err
	}
	old, whole := parseManifest(data)
	p := &Plan{set: set, options: o, target: target, version: version, claim: manifest{}, complete: manifest{}}
	present := map[string]bool{}
	if names, err := target.List(ctx); err != nil {
		return nil, err
	} else {
		for _, name := range names {
			present[name] = true
		}
	}
	var foreign []string
	for _, name := range set.Paths() {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		is, err := digestOf(set, name)
		if err != nil {
			return nil, err
		}
		before, ours := old[name]
		if present[name] && !ours {
			there, err := digestAt(ctx, target, name)
			if err != nil {
				return nil, err
			}
			if before, ours = (record{Is: there}), there == is; !ours {
				foreign = append(foreign, name)
				continue
			}
		}
		p.complete[name] = record{Is: is}
		switch {
		case present[name] && before.Is == is && before.Next == "":
			p.Unchanged++
			p.claim[name] = record{Is: is}
			continue
		case phase(name) == 1 && present[name]:
			p.Changed = append(p.Changed, name)
		case phase(name) == 1:
			p.New = append(p.New, name)
		}
		p.claim[name] = record{Is: before.Is, Next: is}
		p.Send = append(p.Send, name)
	}
	if foreign != nil {
		return nil, &ForeignError{foreign}
	}
	for name, r := range old {
		if set.Has(name) || !present[name] {
			continue
		}
		p.claim[name] = r
		if r.Gone == "" {
			r.Gone = o.Day
		}
		if since, err := time.Parse(time.DateOnly, r.Gone); err == nil && lasting(name) && day.Sub(since) < time.Duration(o.Keep)*24*time.Hour {
			p.Kept = append(p.Kept, name)
			p.complete[name] = r
			continue
		}
		p.Remove = append(p.Remove, name)
		if path.Ext(name) == ".html" {
			p.Gone = append(p.Gone, name)
		}
	}
	for _, list := range [][]string{p.Remove, p.Gone, p.Kept} {
		slices.Sort(list)
	}
	slices.SortStableFunc(p.Send, func(a, b string) int { return phase(a) - phase(b) })
	p.settled = whole && len(p.Send)+len(p.Remove) == 0 && maps.Equal(old, p.complete)
	return p, nil
}

// Run does what the plan says. Stopped at any moment, it leaves a site that works, and the next deploy finishes it.
func (p *Plan) Run(ctx context.Context) (Report, error) {
	report := Report{Kept: len(p.Kept)}
	if p.settled {
		return report, nil
	}
	write := func(m manifest) (err error) {
		p.version, err = p.target.WriteManifest(ctx, m.bytes(), p.version)
		return err
	}
	if err := write(p.claim); err != nil {
		return report, err
	}
	var sent, size atomic.Int64
	for at := 0; at < len(p.Send); {
		end := at
		for end < len(p.Send) && phase(p.Send[end]) == phase(p.Send[at]) {
			end++
		}
		err := p.each(ctx, p.Send[at:end], func(ctx context.Context, name string) error {
			n, err := p.send(ctx, name)
			if err == nil {
				sent.Add(1)
				size.Add(n)
			}
			return err
		})
		report.Sent, report.Bytes = int(sent.Load()), size.Load()
		if err != nil {
			return report, err
		}
		at = end
	}
	// What is to be removed stays named until it is gone.
	last := maps.Clone(p.complete)
	for _, name := range p.Remove {
		last[name] = p.claim[name]
	}
	if err := write(last); err != nil || len(p.Remove) == 0 {
		return report, err
	}
	err := p.each(ctx, p.Remove, func(ctx context.Context, name string) error {
		if err := p.target.Delete(ctx, name); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		return nil
	})
	if err != nil {
		return report, err
	}
	report.Removed = len(p.Remove)
	return report, write(p.complete)
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
				return err
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
	if s, ok := p.set.Stream(name); ok {
		f, err := s.Open()
		if err != nil {
			return 0, err
		}
		defer f.Close()
		return s.Size, p.target.Put(ctx, name, f)
	}
	data, _, err := p.set.Get(name)
	if err != nil {
		return 0, err
	}
	return int64(len(data)), p.target.Put(ctx, name, bytes.NewReader(data))
}

func digestOf(set *output.Set, name string) (string, error) {
	if s, ok := set.Stream(name); ok {
		return hex.EncodeToString(s.Digest[:]), nil
	}
	data, _, err := set.Get(name)
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:]), err
}

func digestAt(ctx context.Context, target Target, name string) (string, error) {
	f, err := target.Open(ctx, name)
	if err != nil {
		return "", err
	}
	defer f.Close()
	sum := sha256.New()
	_, err = io.Copy(sum, f)
	return hex.EncodeToString(sum.Sum(nil)), err
}
