package build

import (
	"context"
	"fmt"
	"iter"
	"reflect"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"leerblad/internal/document"
	"leerblad/internal/publication"
	"leerblad/internal/search"
)

// searchFolder is where the site has its search index.
const searchFolder = "search/"

// indexer makes the search indexes of results, one at a time, and keeps what the next can use.
type indexer struct {
	once    bool        // there is no next
	wanted  atomic.Bool // somebody searched in the preview
	mu      sync.Mutex
	options search.Options
	indexer *search.Indexer // with these options; nil before the first
}

// files gives the files of a result's index by their paths on the site.
func (x *indexer) files(r *Result) (files map[string][]byte, err error) {
	x.mu.Lock()
	defer x.mu.Unlock()
	defer func() {
		if bug := recover(); bug != nil {
			x.indexer, err = nil, fmt.Errorf("make the search index: internal error: %v", bug)
		}
	}()
	o := search.Options{Language: string(r.Language), Synonyms: r.pub.Settings.Synonyms, Once: x.once}
	if x.indexer == nil || !reflect.DeepEqual(o, x.options) {
		x.indexer, x.options = search.New(o), o
	}
	list, err := x.indexer.Index(r.documents())
	if x.once {
		x.indexer = nil
	}
	if err != nil {
		return nil, fmt.Errorf("make the search index: %w", err)
	}
	files = make(map[string][]byte, len(list))
	for _, f := range list {
		files[searchFolder+f.Path] = f.Data
	}
	return files, nil
}

// searchFile gives a file of the index to a reader of the preview.
func (r *Result) searchFile(name string) (data []byte, ok bool, err error) {
	r.indexer.wanted.Store(true)
	if strings.HasPrefix(name, searchFolder+search.PassagesFolder) {
		e := r.passagesFiles()[name]
		if e == nil {
			return nil, false, nil
		}
		data, err = search.AppendPassages(nil, r.passages(e))
		return data, true, err
	}
	files, err := r.index()
	data, ok = files[name]
	return data, ok || err != nil, err
}

// FollowSearch makes the search index if somebody has searched in the preview before, so that the next search need not wait for it.
// It does nothing when ctx ends before the index of an earlier result is there. The index's errors come with its files.
func (r *Result) FollowSearch(ctx context.Context) {
	if !r.indexer.wanted.Load() {
		return
	}
	r.indexer.mu.Lock()
	r.indexer.mu.Unlock() //lint:ignore SA2001 the earlier one has been made when the lock is had
	if ctx.Err() == nil {
		_, _ = r.index()
	}
}

// documents gives the entries as search knows them. Of entries that claim one address it gives the first.
func (r *Result) documents() iter.Seq[search.Document] {
	return func(yield func(search.Document) bool) {
		seen := make(map[string]bool, r.Entries)
		for _, e := range r.pub.Entries {
			url := r.plan.Path(e)
			if seen[url] {
				continue
			}
			seen[url] = true
			if !yield(r.document(e, url)) {
				return
			}
		}
	}
}

// document gives an entry as search knows it.
func (r *Result) document(e *publication.Entry, url string) search.Document {
	row := e.Kind.Row()
	d := search.Document{
		URL: url, Language: e.Language, Title: e.Title, Kind: string(e.Kind), Date: string(e.Date), Summary: e.Summary, Topics: publication.Titles(e.Topics), Regions: publication.Titles(e.Regions),
		Names: e.Meta.Texts(row.Named), Passages: r.passages(e),
	}
	switch e.Kind {
	case document.Topics:
		d.Topics = append(d.Topics, e.Title)
	case document.Regions:
		d.Regions = append(d.Regions, e.Title)
	}
	for _, h := range e.Body.Headings {
		d.Headings = append(d.Headings, h.Text)
	}
	for _, f := range e.Body.Findings {
		row := &r.plan.Rows()[f.Index]
		d.Findings = append(d.Findings, search.Finding{
			URL: row.URL, Valence: string(row.Valence), Label: r.theme.Words("valence." + string(row.Valence)), Reach: row.Reach, Topics: row.Themes, Text: row.Text,
		})
	}
	return d
}

// listPassagesFiles gives the entries by the files on the site that hold their passages.
func (r *Result) listPassagesFiles() map[string]*publication.Entry {
	files := make(map[string]*publication.Entry, r.Entries)
	for _, e := range r.pub.Entries {
		name := searchFolder + search.PassagesFile(strings.TrimPrefix(r.plan.Path(e), r.plan.Site.Root))
		if _, taken := files[name]; !taken && saysMore(e) {
			files[name] = e
		}
	}
	return files
}

// saysMore reports whether an entry says more than its title and summary do.
func saysMore(e *publication.Entry) bool {
	return len(e.Body.Parts) > 0 || len(e.Meta.Texts(e.Kind.Row().Found)) > 0 || slices.ContainsFunc(e.Media, func(m publication.Media) bool { return m.Transcript.Body != nil })
}

// passages gives what an entry says, but for its title and summary.
func (r *Result) passages(e *publication.Entry) []search.Passage {
	var out []search.Passage
	for _, p := range e.Body.Passages() {
		passage := search.Passage{Text: p.Text}
		if p.Heading >= 0 {
			h := e.Body.Headings[p.Heading]
			passage.Anchor, passage.Heading = h.ID, h.Text
		}
		if p.Finding >= 0 {
			f := e.Body.Body.Findings[p.Finding]
			passage.Anchor, passage.Heading = f.ID, r.theme.Words("valence."+string(f.Valence))
		}
		out = append(out, passage)
	}
	add := func(texts ...string) {
		if len(texts) > 0 {
			out = append(out, search.Passage{Text: strings.Join(texts, "\n")})
		}
	}
	add(e.Meta.Texts(e.Kind.Row().Found)...)
	add(r.plan.Charts(e.Body)...)
	for _, m := range e.Media {
		if m.Transcript.Body != nil {
			add(m.Transcript.Text())
			add(r.plan.Charts(m.Transcript)...)
		}
	}
	return out
}
