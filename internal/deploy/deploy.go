// Package deploy sends a site to where readers get it, so that what they see works at every moment.
//
// A manifest at the target says which files are leerblad's own. It is written before the first file is sent, with what is about to come,
// and again when all is there; only what it names, or has the very bytes of the site, is ever replaced or removed.
package deploy

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"maps"
	"path"
	"runtime"
	"slices"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"leerblad/internal/output"
)

// Target is a place that files are sent to. A file that is not there gives fs.ErrNotExist.
type Target interface {
	List(ctx context.Context) ([]string, error)
	Open(ctx context.Context, name string) (io.ReadCloser, error) // as it was before it was squeezed
	Put(ctx context.Context, f File) error                        // the file is seen whole or not at all
	Delete(ctx context.Context, name string) error
	// Read gives a small file of leerblad's own, and its version; "" for none.
	Read(ctx context.Context, name string) (data []byte, version string, err error)
	// Write writes only over the version that was read, "" for none; else it gives ErrBusy.
	Write(ctx context.Context, name string, data []byte, version string) (written string, err error)
	// Lock keeps other deploys out until release, or gives ErrBusy. waiting is called if it takes a while. held ends when the lock is lost.
	Lock(ctx context.Context, waiting func()) (held context.Context, release func(), err error)
	// Serves reports whether the target is also what answers readers: it takes headers, and settings for hosts say nothing to it.
	Serves() bool
	Close() error
}

// File is what is put at a target.
type File struct {
	Name string
	Size int64 // of Body, in bytes
	Body io.ReadSeeker
	Header
}

// Header is how a target that serves is to send a file. RedirectTo is a path on the site, for targets that can lead on by themselves.
type Header struct{ ContentType, CacheControl, ContentEncoding, RedirectTo string }

// ErrBusy says that another deploy wrote at the target meanwhile.
var ErrBusy = errors.New("another deploy wrote there meanwhile")

// ForeignError names files in the way of the site that leerblad did not put there.
type ForeignError struct{ Paths []string }

func (e *ForeignError) Error() string { return fmt.Sprintf("%d files in the way", len(e.Paths)) }

// Options say how a site is sent.
type Options struct {
	Day     string            // of the deploy, yyyy-mm-dd
	Keep    int               // days that assets and search shards stay after they are no longer needed
	Replace bool              // files in the way of the site that leerblad did not put there
	Moved   map[string]string // by the file of an old address the path on the site that it leads to
	Step    func()            // told of each file that was sent or removed
	Waiting func()            // told that another deploy may be under way, and that this one looks whether it is
}

// Plan is what a deploy would do, found without changing anything at the target.
type Plan struct {
	Send, Remove    []string // in the order in which it is done
	New, Changed    []string // pages among Send
	Gone            []string // pages among Remove
	Kept            []string // no longer needed, and still there
	Unchanged       int
	stages          [stages][]string
	set             *output.Set
	options         Options
	target          Target
	claim, complete manifest
	version         string
	settled         bool
}

// stages are how many there are: what pages need and is new; new pages, and what pages need that stood there already and now leads to what is
// new, as the client of the search index does to its shards; pages that stood there already; what leads to pages.
const stages = 4

// stage says when a file is sent. The home page comes last of all pages: where nothing stood yet, nobody finds half a site.
func stage(name string, there bool) int {
	switch {
	case name == "index.html" || isPage(name) && there:
		return 2
	case path.Ext(name) == ".xml", !strings.Contains(name, "/") && path.Ext(name) == ".txt", setting(name):
		return 3
	case isPage(name) || there:
		return 1
	}
	return 0
}

func isPage(name string) bool { return path.Ext(name) == ".html" }

// setting reports whether a file is one that hosts read, and nobody else.
func setting(name string) bool {
	return !strings.Contains(name, "/") && (strings.HasPrefix(name, "_") || strings.HasPrefix(name, "headers.") || name == ".htaccess")
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
	data, version, err := target.Read(ctx, ManifestName)
	if err != nil {
		return nil, err
	}
	old, whole := parseManifest(data)
	p := &Plan{set: set, options: o, target: target, version: version, claim: manifest{}, complete: manifest{}}
	var listed []string
	err = try(ctx, func() error {
		listed, err = target.List(ctx)
		return err
	})
	if err != nil {
		return nil, err
	}
	present := map[string]bool{}
	for _, name := range listed {
		present[name] = true
	}
	var names, unknown []string
	for _, name := range set.Paths() {
		if target.Serves() && setting(name) {
			continue
		}
		names = append(names, name)
		if _, ours := old[name]; present[name] && !ours {
			unknown = append(unknown, name)
		}
	}
	here, err := digests(ctx, names, runtime.GOMAXPROCS(0), func(ctx context.Context, name string) (string, error) { return digestOf(set, name) })
	if err != nil {
		return nil, err
	}
	there, err := digests(ctx, unknown, side, func(ctx context.Context, name string) (string, error) { return digestAt(ctx, target, name) })
	if err != nil {
		return nil, err
	}
	var foreign []string
	for _, name := range names {
		is, before := here[name], old[name]
		if found, ok := there[name]; ok {
			if found != is && !o.Replace {
				foreign = append(foreign, name)
				continue
			}
			before = record{Is: found}
		}
		p.complete[name] = record{Is: is}
		switch {
		case present[name] && before.Is == is && before.Next == "":
			p.Unchanged++
			p.claim[name] = record{Is: is}
			continue
		case isPage(name) && present[name]:
			p.Changed = append(p.Changed, name)
		case isPage(name):
			p.New = append(p.New, name)
		}
		p.claim[name] = record{Is: before.Is, Next: is}
		at := stage(name, present[name])
		p.stages[at] = append(p.stages[at], name)
	}
	if foreign != nil {
		return nil, &ForeignError{foreign}
	}
	for name, r := range old {
		if _, stays := here[name]; stays || !present[name] {
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
		if isPage(name) {
			p.Gone = append(p.Gone, name)
		}
	}
	for _, list := range [][]string{p.Remove, p.Gone, p.Kept} {
		slices.Sort(list)
	}
	p.Send = slices.Concat(p.stages[:]...)
	p.settled = whole && len(p.Send)+len(p.Remove) == 0 && maps.Equal(old, p.complete)
	return p, nil
}

// digests gives the SHA-256 of files, several at once.
func digests(ctx context.Context, names []string, side int, digest func(context.Context, string) (string, error)) (map[string]string, error) {
	sums := make([]string, len(names))
	group, within := errgroup.WithContext(ctx)
	group.SetLimit(side)
	for i, name := range names {
		if within.Err() != nil {
			break
		}
		group.Go(func() (err error) {
			sums[i], err = digest(within, name)
			return err
		})
	}
	if err := cmp.Or(group.Wait(), ctx.Err()); err != nil {
		return nil, err
	}
	byName := make(map[string]string, len(names))
	for i, name := range names {
		byName[name] = sums[i]
	}
	return byName, nil
}

func digestOf(set *output.Set, name string) (string, error) {
	if s, ok := set.Stream(name); ok {
		return hex.EncodeToString(s.Digest[:]), nil
	}
	data, _, err := set.Get(name)
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:]), err
}

func digestAt(ctx context.Context, target Target, name string) (digest string, err error) {
	err = try(ctx, func() error {
		f, err := target.Open(ctx, name)
		if err != nil {
			return err
		}
		defer f.Close()
		sum := sha256.New()
		_, err = io.Copy(sum, f)
		digest = hex.EncodeToString(sum.Sum(nil))
		return err
	})
	return digest, err
}
