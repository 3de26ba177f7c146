package main

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"time"

	"leerblad/internal/build"
	"leerblad/internal/desk"
)

// indexFile is the page of a folder.
const indexFile = "index.html"

// publish puts the site where readers are, as the desk asks: what is saved, without drafts, as on this day. What an error says is for people.
func (p *preview) publish(ctx context.Context, dry bool, step func(done, of int)) (desk.Published, error) {
	o := options{Options: p.Options}
	o.Drafts, o.Future, o.Once, o.NoHints = false, false, true, true
	o.now = time.Now().Format(time.DateOnly)
	words := words(p.session.Language())
	published, err := o.publish(ctx, words, dry, step)
	switch {
	case errors.Is(err, errContent):
		err = errors.New(words.get("publish.errors"))
	case errors.Is(err, errNoTarget):
		err = errors.New(words.get("publish.no-target"))
	case err != nil:
		err = errors.New(describe(err, words))
	}
	return published, err
}

func (o *options) publish(ctx context.Context, words words, dry bool, step func(done, of int)) (published desk.Published, err error) {
	if err := o.complete(words); err != nil {
		return published, err
	}
	progress := &steps{step: step}
	c, err := o.compare(ctx, words, deployment{}, progress, nil)
	if c.target != nil {
		defer c.target.Close()
	}
	if err != nil {
		return published, err
	}
	titles := map[string]string{}
	for _, e := range c.result.All() {
		titles[strings.TrimPrefix(e.Path, c.result.Base)+indexFile] = e.Title
	}
	pages := func(names []string) []desk.PublishedPage {
		out := []desk.PublishedPage{}
		for _, name := range names {
			if title, ok := titles[name]; ok {
				out = append(out, desk.PublishedPage{Title: title, Path: strings.TrimSuffix(name, indexFile)})
			} else {
				published.Others++
			}
		}
		return out
	}
	published = desk.Published{To: c.to.String(), Address: c.result.Address(), Send: len(c.plan.Send), Remove: len(c.plan.Remove), Gone: []desk.PublishedPage{}}
	published.New, published.Changed = pages(c.plan.New), pages(c.plan.Changed)
	for _, name := range c.plan.Gone {
		published.Gone = append(published.Gone, desk.PublishedPage{Path: strings.TrimSuffix(name, indexFile)})
	}
	for _, list := range [][]desk.PublishedPage{published.New, published.Changed} {
		slices.SortFunc(list, func(a, b desk.PublishedPage) int { return strings.Compare(a.Title, b.Title) })
	}
	if dry {
		return published, nil
	}
	progress.Begin(sending, published.Send+published.Remove)
	report, err := c.plan.Run(ctx)
	published.Bytes = report.Bytes
	return published, err
}

// steps hands the steps of sending on.
type steps struct {
	mu       sync.Mutex
	sending  bool
	done, of int
	step     func(done, of int)
}

func (s *steps) Begin(stage build.Stage, of int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.sending, s.done, s.of = stage == sending, 0, of
}

func (s *steps) Step() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.done++; s.sending {
		s.step(s.done, s.of)
	}
}
