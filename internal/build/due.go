package build

import (
	"context"

	"leerblad/internal/diag"
	"leerblad/internal/feed"
	"leerblad/internal/frontmatter"
	"leerblad/internal/publication"
	"leerblad/internal/source"
)

// Due is the next day on which the site changes by itself, so that it must be built again: "" where there is none.
type Due struct {
	Day             frontmatter.Day
	Appear, Expire  int  // how many entries come and go
	SecurityExpires bool // what security.txt says is no longer good
}

// Due gives the next day on which the site changes by itself.
func (r *Result) Due() Due { return dueOf(r.pub) }

// Due reads the publication and gives the next day on which the site changes by itself, whatever is wrong with the texts.
func (b *Builder) Due(ctx context.Context) (Due, error) {
	root, err := b.openFolder()
	if err != nil {
		return Due{}, err
	}
	defer root.Close()
	b.tree = &source.Tree{}
	in, _, err := b.input(ctx, root, []string{"."})
	if err != nil {
		return Due{}, err
	}
	pub, _ := publication.Assemble(in)
	return dueOf(pub), ctx.Err()
}

func dueOf(pub *publication.Publication) Due {
	var due Due
	due.Day, due.Appear, due.Expire = pub.Due()
	if end := feed.Expiry(pub.Now); pub.Settings.ContactEmail != "" && (due.Day == "" || end <= due.Day) {
		if end != due.Day {
			due = Due{Day: end}
		}
		due.SecurityExpires = true
	}
	return due
}

// oncePublished gives what would be wrong with the entries that are left out, once they are published: what is found when they take part,
// and is not among the problems that are known.
func (b *Builder) oncePublished(ctx context.Context, in publication.Input, leftOut []publication.Unpublished, known diag.List) (diag.List, error) {
	b.progress.Begin(Unpublished, 1)
	in.Options.All = true
	quiet := *b // what it keeps of these entries is not kept for the site
	quiet.progress = silent{}
	r, found, err := quiet.assemble(ctx, in)
	if err != nil {
		return nil, err
	}
	states := map[*source.File]string{} // of the files that belong to entries; "" for published ones
	for _, d := range in.Documents {
		states[d.File] = ""
	}
	for _, u := range leftOut {
		states[u.File] = u.Why
	}
	for _, e := range r.pub.Entries { // published ones come first
		for _, m := range e.Media {
			if f := m.Transcript.File; f != nil {
				if _, taken := states[f]; !taken {
					states[f] = e.Unpublished
				}
			}
		}
	}
	type place struct {
		file    *source.File
		start   int
		code    diag.Code
		message string
	}
	placeOf := func(d diag.Diagnostic) place { return place{d.Span.File, d.Span.Start, d.Code, d.Message(diag.Dutch)} }
	told := map[place]bool{}
	for _, d := range known {
		told[placeOf(d)] = true
	}
	var out diag.List
	for _, d := range append(r.Hints(), found...) {
		state, ofEntry := states[d.Span.File]
		if d.State = state; !told[placeOf(d)] && (state != "" || !ofEntry) {
			out = append(out, d)
		}
	}
	return out, nil
}
