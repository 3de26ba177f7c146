package build

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"leerblad/internal/assist"
	"leerblad/internal/cache"
	"leerblad/internal/diag"
	"leerblad/internal/digest"
	"leerblad/internal/document"
	"leerblad/internal/feed"
	"leerblad/internal/frontmatter"
	"leerblad/internal/markdown"
	"leerblad/internal/output"
	"leerblad/internal/poster"
	"leerblad/internal/publication"
	"leerblad/internal/search"
	"leerblad/internal/site"
	"leerblad/internal/source"
)

// Result is what a build gave: a site whose files are made when they are wanted. Several goroutines may use it, also after
// the next build.
type Result struct {
	Problems diag.List // errors and warnings, sorted; Check and Set find those that templates have in a page
	Language diag.Language
	Base     string // the site's path
	Entries  int
	LeftOut  publication.LeftOut
	Pages    int

	later []*job    // copies of pictures that are not made yet
	hints diag.List // but for those of parsing
	begin func(Stage, int)
	step  func() // tells that a page was made
	plan  *site.Plan
	pub   *publication.Publication
	theme *loadedTheme
	root  string          // the publication folder
	files map[string]made // that are no pages and not of the index
	cache cache.Folder
	pdfs  *pdfs
	index func() (map[string][]byte, error) // makes the files of the search index, once
	ask   func() *assist.Publication        // once
	// passagesFiles gives the entries by the files that hold their passages; it lists them once.
	passagesFiles func() map[string]*publication.Entry

	indexer  *indexer
	endless  endless
	previews sync.Map // of preview, by file: those that somebody has looked at
	lastMail atomic.Pointer[madeMail]
}

// Mistake is an error of a page's maker: the mistakes in templates that keep the page from being made.
type Mistake struct{ Problems diag.List }

func (m *Mistake) Error() string { return fmt.Sprintf("%d mistakes in templates", len(m.Problems)) }

// Mistakes gives the mistakes in templates that are in err. ok is false where there is something else in it.
func Mistakes(err error) (list diag.List, ok bool) {
	joined, isJoined := err.(interface{ Unwrap() []error })
	if !isJoined {
		if m := (*Mistake)(nil); errors.As(err, &m) {
			return m.Problems, true
		}
		return nil, false
	}
	for _, e := range joined.Unwrap() {
		more, ok := Mistakes(e)
		if !ok {
			return nil, false
		}
		list = append(list, more...)
	}
	return list.Sorted(), true
}

// Assist gives the build as editors can ask it.
func (r *Result) Assist() *assist.Publication { return r.ask() }

// asked gives what makes the build's Assist. It is asked for once the build is done.
func (b *Builder) asked(r *Result, in publication.Input) func() *assist.Publication {
	var before *assist.Publication
	if b.last != nil {
		before = b.last.Assist()
	}
	theme := b.theme
	return sync.OnceValue(func() *assist.Publication {
		return assist.New(assist.Input{
			Input: in, Publication: r.pub, Problems: r.Problems, Hints: r.Hints, Path: r.plan.Path,
			Address: theme.address, Words: func(name string) string { return theme.Words(name) }, Before: before,
		})
	})
}

func (b *Builder) result(plan *site.Plan, in publication.Input, pub *publication.Publication, media mediaFiles) *Result {
	r := &Result{
		Language: pub.Settings.Language, Base: pub.Settings.Base(), Entries: plan.Entries,
		LeftOut: pub.LeftOut, Pages: len(plan.Pages), begin: b.progress.Begin, step: b.progress.Step, plan: plan, pub: pub, theme: b.theme, root: filepath.ToSlash(b.options.Content),
		files: map[string]made{}, cache: cache.Folder(b.options.Cache), indexer: b.indexer,
	}
	r.ask = b.asked(r, in)
	r.passagesFiles = sync.OnceValue(r.listPassagesFiles)
	r.index = sync.OnceValues(func() (map[string][]byte, error) { return r.indexer.files(r) })
	switch {
	case !b.unsaved:
		b.index = r.index
	case b.index != nil:
		r.index = b.index
	}
	for _, f := range media.files {
		r.files[f.file] = f
	}
	r.later = media.later
	for name, text := range plan.Posters {
		r.files[name] = made{file: name, make: func(dst []byte) ([]byte, error) { return r.poster(dst, poster.Text(text)) }}
	}
	for _, f := range r.others(b.options) {
		r.files[f.Path] = made{file: f.Path, make: func(dst []byte) ([]byte, error) { return f.Append(dst), nil }}
	}
	return r
}

// poster appends a picture with a text to dst.
func (r *Result) poster(dst []byte, text poster.Text) ([]byte, error) {
	press := r.theme.press
	data, err := r.cache.Get(press.Digest(text), func() ([]byte, error) { return press.Draw(nil, text), nil })
	return append(dst, data...), err
}

// others gives the files of the site that are no pages and no media.
func (r *Result) others(o Options) []feed.File {
	address, root := r.pub.Settings.Complete, r.plan.Site.Root
	var out []feed.File
	for _, a := range r.theme.Assets {
		out = append(out, feed.Constant(a.File, a.Data))
	}
	for _, f := range r.plan.Feeds {
		out = append(out, feed.Atom(f, r.plan.Site, o.Now))
	}
	out = append(out, feed.Sitemap(r.plan.Pages, address), feed.Robots(address, root))
	out = append(out, feed.Findings(r.plan.Rows, r.theme.Words, address)...)
	out = append(out, feed.DataSet(r.plan.DataSet(), r.theme.Words)...)
	out = append(out, feed.Filter(r.plan.Rows, r.theme.Words))
	if f, ok := feed.Security(r.plan.Site, address(root), o.Now); ok {
		out = append(out, f)
	}
	return append(out, feed.Host(root, r.theme.Words("url.newsletters"), site.NewDataFiles(r.theme.Words("url.findings")).Public(), r.plan.Moved)...)
}

// Title is the name of the publication.
func (r *Result) Title() string { return r.pub.Settings.Title }

// Address is where the site is served.
func (r *Result) Address() string { return r.pub.Settings.URL.String() }

// Deploy says where the site goes.
func (r *Result) Deploy() publication.DeploySettings { return r.pub.Settings.Deploy }

// Moved gives by the file of each old address the path on the site that it leads to.
func (r *Result) Moved() map[string]string {
	moved := map[string]string{}
	for _, m := range r.plan.Moved {
		moved[m.File] = m.To
	}
	return moved
}

// Hints gives the hints, sorted.
func (r *Result) Hints() diag.List { return append(slices.Concat(r.pub.Hints...), r.hints...).Sorted() }

// Set gives all files of the site. A page that cannot be made gives a *Mistake.
func (r *Result) Set() (*output.Set, error) {
	set := output.NewSet()
	for name, f := range r.files {
		add := func() error { return set.AddFunc(name, f.make) }
		if f.stream != nil {
			add = func() error { return set.AddStream(name, *f.stream) }
		}
		if err := add(); err != nil {
			return nil, fmt.Errorf("collect the site: %w", err)
		}
	}
	index, err := r.index()
	if err != nil {
		return nil, err
	}
	for name, data := range index {
		if err := set.Add(name, data); err != nil {
			return nil, fmt.Errorf("collect the site: %w", err)
		}
	}
	for name, e := range r.passagesFiles() {
		if err := set.AddFunc(name, func(dst []byte) ([]byte, error) { return search.AppendPassages(dst, r.passages(e)) }); err != nil {
			return nil, fmt.Errorf("collect the site: %w", err)
		}
	}
	if err := r.addPDFs(set.AddFunc); err != nil {
		return nil, fmt.Errorf("collect the site: %w", err)
	}
	for _, i := range r.plan.Issues {
		for _, name := range site.MailFiles {
			name = i.Folder + "/" + name
			if err := set.AddFunc(name, func(dst []byte) ([]byte, error) {
				data, err := r.mailFileOf(i, name)
				return append(dst, data...), err
			}); err != nil {
				return nil, fmt.Errorf("collect the site: %w", err)
			}
		}
	}
	for _, p := range r.plan.Pages {
		if err := set.AddFunc(p.File, func(dst []byte) ([]byte, error) { return r.render(dst, p) }); err != nil {
			return nil, fmt.Errorf("collect the site: %w", err)
		}
	}
	return set, nil
}

func (r *Result) render(dst []byte, p site.Page) ([]byte, error) {
	defer r.step()
	data, problems := r.appendPage(dst, p)
	if len(problems) > 0 {
		return dst, &Mistake{problems}
	}
	return data, nil
}

// appendPage appends a page to dst. One of a layout that may need a template in which another page found no end is not tried: each would
// take as long as a page may.
func (r *Result) appendPage(dst []byte, p site.Page) ([]byte, diag.List) {
	if known := r.endless.known(func(d diag.Diagnostic) bool { return r.theme.Uses(p.Template, d.Span) }); known != nil {
		return dst, known
	}
	data, problems := r.theme.Append(dst, p)
	r.endless.add(problems)
	return data, problems
}

// endless are the templates in which pages found no end.
type endless struct {
	sync.Mutex
	list diag.List
}

func (e *endless) known(is func(diag.Diagnostic) bool) diag.List {
	e.Lock()
	defer e.Unlock()
	if i := slices.IndexFunc(e.list, is); i >= 0 {
		return e.list[i : i+1 : i+1]
	}
	return nil
}

func (e *endless) add(problems diag.List) {
	for _, d := range problems {
		if d.Code == "endless-template" {
			e.Lock()
			e.list = append(e.list, d)
			e.Unlock()
		}
	}
}

// Slow warns of the templates whose pages could not be made in the usual way, as far as pages were made since the theme was loaded.
func (r *Result) Slow() diag.List { return r.theme.SlowTemplates() }

// preview is a page as the live preview shows it.
type preview struct {
	data []byte
	sum  string
	err  error
}

// page gives a page or a file of a mail for the preview, made once.
func (r *Result) page(name string) (preview, bool) {
	if known, ok := r.previews.Load(name); ok {
		return known.(preview), true
	}
	var made preview
	if p, ok := r.plan.Page(name); ok {
		var problems diag.List
		made.data, problems = r.theme.Preview(nil, p, r.root)
		if len(problems) > 0 {
			made.err = &Mistake{problems}
		}
	} else if made.data, ok, made.err = r.mailFile(name); !ok {
		return preview{}, false
	}
	made.sum = sumOf(made.data)
	r.previews.Store(name, made)
	return made, true
}

func sumOf(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:12])
}

// Preview gives a file of the site as the live preview shows it: the blocks of a page say where they were written. ok is false
// where there is no such file, or Open gives it.
func (r *Result) Preview(name string) (data []byte, ok bool, err error) {
	if p, ok := r.page(name); ok {
		return p.data, true, p.err
	}
	if strings.HasPrefix(name, searchFolder) {
		return r.searchFile(name)
	}
	if data, ok, err := r.previewPDF(name); ok {
		return data, true, err
	}
	f, ok := r.files[name]
	if !ok || f.stream != nil {
		return nil, false, nil
	}
	data, err = f.make(nil)
	return data, true, err
}

// MakePictures makes the copies of pictures that the pages do without so far, unless ctx ends. It gives the paths in the publication
// folder of those pictures: a build after a change in them shows the copies.
func (r *Result) MakePictures(ctx context.Context) (paths []string) {
	for _, j := range r.later { // one after the other: edits come first
		if ctx.Err() == nil && j.started.CompareAndSwap(false, true) {
			j.run()
			paths = append(paths, j.path)
		}
	}
	return paths
}

// Open opens a file of the site that is never held, such as a film; it gives nil for another, which Preview gives.
func (r *Result) Open(name string) (*os.File, error) {
	if f := r.files[name]; f.stream != nil {
		return f.stream.Open()
	}
	return nil, nil
}

// Sum gives a digest of a page or a mail as Preview gives it; it says of other files only that they are there, and is "" where there is no
// such file.
func (r *Result) Sum(name string) string {
	if p, ok := r.page(name); ok {
		return p.sum
	}
	_, ok := r.files[name]
	if strings.HasPrefix(name, searchFolder) {
		_, ok, _ = r.searchFile(name) // Preview tells of the error
	}
	if ok || slices.ContainsFunc(r.plan.Prints, func(p site.Print) bool { return p.PDF == name }) {
		return "file"
	}
	return ""
}

// Saved gives the paths on the site of the entries that stand in files of the publication folder.
func (r *Result) Saved(files []string) []string {
	var out []string
	for _, e := range r.pub.Entries {
		if slices.Contains(files, e.Source().Path) {
			out = append(out, r.plan.Path(e))
		}
	}
	return out
}

// Entry is an entry as its editor sees it.
type Entry struct {
	Reference string
	Kind      document.Kind
	KindName  string // in the words of the theme
	Title     string
	File      string // in the publication folder
	Digest    source.Digest
	Path      string // on the site, "" for one that is left out
	Date      frontmatter.Day
	Expires   frontmatter.Day
	Status    string // "published", "draft", "scheduled" or "expired"
	Body      *markdown.Body
}

func (r *Result) kindName(k document.Kind) string { return r.theme.Words("kind." + string(k)) }

// KindNames gives what the theme calls an entry of a kind, and several.
func (r *Result) KindNames(k document.Kind) (one, many string) {
	return r.kindName(k), r.theme.Words("kinds." + string(k))
}

// All gives all entries, those that are left out first.
func (r *Result) All() []Entry {
	var out []Entry
	for _, u := range r.pub.Unpublished {
		out = append(out, Entry{
			Reference: u.Reference(), Kind: u.Kind, KindName: r.kindName(u.Kind), Title: cmp.Or(u.Meta.Title.Value, u.Slug),
			File: u.File.Path, Digest: u.File.Digest, Date: u.Meta.Date.Day, Expires: u.Meta.Expires.Day,
			Status: u.Why, Body: u.Body,
		})
	}
	for _, e := range r.pub.Entries {
		out = append(out, Entry{
			Reference: e.Reference(), Kind: e.Kind, KindName: r.kindName(e.Kind), Title: e.Title,
			File: e.Source().Path, Digest: e.Source().Digest, Path: r.plan.Path(e), Date: e.Date, Expires: e.Meta.Expires.Day,
			Status: cmp.Or(e.Unpublished, "published"), Body: e.Body.Body,
		})
	}
	return out
}

// Check renders the pages that were not rendered before as they are now, and gives the mistakes that their templates have, with what Slow
// gives, and how many pages it rendered. When ctx ends it stops with an error, and the next Check goes on from there.
func (b *Builder) Check(ctx context.Context, r *Result) (mistakes diag.List, rendered int, err error) {
	if b.rendered == nil || len(b.rendered) > 2*len(r.plan.Pages) { // mostly pages of long ago
		b.rendered = make(map[string]digest.Sum, len(r.plan.Pages))
	}
	type fresh struct {
		site.Page
		sum      digest.Sum
		done     bool
		problems diag.List
	}
	var pages []fresh
	for _, p := range r.plan.Pages { // one after the other: who saves again must not wait for all processors
		if sum := r.plan.Sum(p); b.rendered[p.File] != sum {
			pages = append(pages, fresh{Page: p, sum: sum})
		}
		if ctx.Err() != nil {
			return nil, 0, ctx.Err()
		}
	}
	b.progress.Begin(Render, len(pages))
	var rooms sync.Pool // of *[]byte, to render in
	err = b.each(ctx, len(pages), func(i int) error {
		room, ok := rooms.Get().(*[]byte)
		if !ok {
			room = new([]byte)
		}
		defer rooms.Put(room)
		*room, pages[i].problems = r.appendPage((*room)[:0], pages[i].Page)
		pages[i].done = true
		return nil
	})
	for _, p := range pages {
		delete(b.rendered, p.File)
		if p.done && p.problems == nil {
			b.rendered[p.File] = p.sum
		}
		mistakes = append(mistakes, p.problems...)
	}
	return append(mistakes, r.Slow()...).Sorted(), len(pages), err
}
