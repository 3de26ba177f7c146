// Package build runs the stages one after the other, from a publication folder to the files of a site.
//
// A Builder builds one publication again and again. It keeps what reading, parsing and processing pictures gave, by the
// bytes that they were made from, and which pages it has rendered, by their sums; so a build after a change does little.
// Everything else is done anew each time. It reads no clock: the day comes with the options.
package build

import (
	"context"
	"errors"
	"fmt"
	"hash/maphash"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"slices"

	"golang.org/x/sync/errgroup"

	"leerblad/internal/deploy"
	"leerblad/internal/diag"
	"leerblad/internal/digest"
	"leerblad/internal/document"
	"leerblad/internal/edit"
	"leerblad/internal/frontmatter"
	"leerblad/internal/markdown"
	"leerblad/internal/media"
	"leerblad/internal/publication"
	"leerblad/internal/site"
	"leerblad/internal/source"
)

// Options say what is built and how.
type Options struct {
	Content string          // the publication folder
	Theme   string          // a folder to lay over the default theme, or ""
	BaseURL string          // stands in for the settings' url, or ""
	Drafts  bool            // publish drafts
	Future  bool            // publish entries dated after Now
	All     bool            // tell also what would be wrong with entries that are left out, once they are published
	Now     frontmatter.Day // the build's day
	Cache   string          // a folder that keeps scaled pictures, or ""
	PDF     *bool           // stands in for the settings' pdf, or nil
	Once    bool            // no other build follows: the entries' texts need not be kept
	NoHints bool            // nobody asks for hints
	Known   *Record         // of a build before, or nil: where it would give the same site, Build gives ErrUnchanged
	Caller  string          // what else decides what comes of a build: the program, and how its messages are shown
	Later   bool            // pages may be shown before the smaller copies of new pictures are made; Result.MakePictures makes them
}

// Stage names a part of a build.
type Stage string

// The stages in their order.
const (
	Read     Stage = "read"
	Parse    Stage = "parse"
	Assemble Stage = "assemble"
	Media    Stage = "media"
	Plan     Stage = "plan"
	Print    Stage = "print" // of Result.MakePDFs
	Render   Stage = "render"
	Write    Stage = "write"

	Unpublished Stage = "unpublished" // of Options.All, after Plan
)

// Progress is told how far a build is. Its methods may be called by several goroutines.
type Progress interface {
	Begin(stage Stage, steps int)
	Step()
}

// Builder builds one publication, any number of times, one build at a time.
type Builder struct {
	options  Options
	progress Progress
	parser   *markdown.Parser
	scaler   *media.Scaler
	indexer  *indexer
	seed     maphash.Seed
	tree     *source.Tree // nil where all must be read
	theme    *loadedTheme // nil where it must be read
	parsed   map[string]parsed
	paths    []string                          // for which the next two hold
	places   []located                         // of the entries
	media    map[string]stored                 // by path
	sent     map[string]archived               // the mails of issues that were sent, by path
	mails    map[string]checkedMail            // of the issues of the last build, by folder
	rendered map[string]digest.Sum             // the pages without mistakes of the last build, by file
	themed   themeMoment                       // of the theme's folder when it was read
	last     *Result                           // of the last build, unless it failed
	texts    map[string][]byte                 // that stand in for those on disk, by path
	unsaved  bool                              // texts are an editor's: searching does not find them
	index    func() (map[string][]byte, error) // of the last result without unsaved texts
}

type parsed struct {
	file            *source.File
	place           document.Place
	doc             *document.Document
	problems, hints diag.List
}

// silent is the progress that nobody is told of.
type silent struct{}

func (silent) Begin(Stage, int) {}
func (silent) Step()            {}

// New makes a builder, which tells progress, unless that is nil, how far it is.
func New(options Options, progress Progress) *Builder {
	if progress == nil {
		progress = silent{}
	}
	parser := markdown.New()
	parser.NoHints = options.NoHints
	return &Builder{
		options: options, progress: progress, parser: parser, scaler: media.New(options.Cache), seed: maphash.MakeSeed(),
		indexer: &indexer{once: options.Once},
	}
}

// Build builds the site anew after changes in the files or folders called paths, which begin with the publication's or the theme's
// folder; a call without paths is about everything. The error is the machine's: the publication folder or the theme cannot be read; or
// it wraps source.ErrChanged where files changed under way, so that a build anew will do.
func (b *Builder) Build(ctx context.Context, paths ...string) (*Result, error) {
	result, err := b.atOnce(ctx, b.changed(paths))
	b.last = result
	if err != nil {
		b.tree, b.theme, b.last = nil, nil, nil // who knows what was missed
	}
	return result, err
}

// openFolder opens the publication folder, and first completes or undoes what a killed change left in it.
func (b *Builder) openFolder() (*os.Root, error) {
	root, err := os.OpenRoot(b.options.Content)
	if err != nil {
		return nil, fmt.Errorf("open publication folder: %w", err)
	}
	if err = edit.Recover(root); err == nil {
		return root, nil
	}
	root.Close()
	if errors.Is(err, edit.ErrBusy) {
		err = fmt.Errorf("%w: %w", source.ErrChanged, err)
	}
	return nil, err
}

// atOnce builds from what the folders hold at one moment. Builds that follow others are told of changes, and need not look for them.
func (b *Builder) atOnce(ctx context.Context, changed []string) (*Result, error) {
	root, err := b.openFolder()
	if err != nil {
		return nil, err
	}
	defer root.Close()
	if !b.options.Once {
		result, failed := b.build(ctx, root, changed)
		if edit.Unfinished(root) {
			return nil, fmt.Errorf("read publication folder: %w", source.ErrChanged)
		}
		return result, failed
	}
	before, err := source.Moment(source.FS(root), source.Ignored)
	if err != nil {
		return nil, fmt.Errorf("read publication folder: %w", err)
	}
	result, failed := b.build(ctx, root, changed) // what failed may only do so because of a change
	if errors.Is(failed, ErrUnchanged) {
		return nil, failed // whatever moment it is, all bytes are those of the one before
	}
	after, err := source.Moment(source.FS(root), source.Ignored)
	if err != nil || after != before || !b.sameTheme() || edit.Unfinished(root) {
		return nil, fmt.Errorf("read publication folder: %w", source.ErrChanged)
	}
	return result, failed
}

// changed gives the names in the publication folder of what changed. It forgets the theme where that has changed.
func (b *Builder) changed(paths []string) []string {
	if b.tree == nil {
		b.tree = &source.Tree{}
		paths = nil
	}
	if len(paths) == 0 {
		b.theme = nil
		return []string{"."}
	}
	var names []string
	for _, p := range paths {
		name, err := filepath.Rel(b.options.Content, p)
		inContent := err == nil && filepath.IsLocal(name)
		if inContent {
			names = append(names, filepath.ToSlash(name))
		}
		if rel, err := filepath.Rel(b.options.Theme, p); !inContent || b.options.Theme != "" && err == nil && filepath.IsLocal(rel) {
			b.theme = nil
		}
	}
	return names
}

func (b *Builder) build(ctx context.Context, root *os.Root, changed []string) (*Result, error) {
	in, diags, err := b.input(ctx, root, changed)
	if err != nil {
		return nil, err
	}
	if err := b.loadTheme(in.Settings); err != nil {
		return nil, err
	}
	diags = slices.Concat(diags, b.theme.problems, b.theme.mistakes)
	r, problems, err := b.assemble(ctx, in)
	if err != nil {
		return nil, err
	}
	diags = append(diags, problems...)
	if b.options.All && len(r.pub.Unpublished) > 0 {
		problems, err := b.oncePublished(ctx, in, r.pub.Unpublished, append(r.Hints(), diags...))
		if err != nil {
			return nil, err
		}
		diags = append(diags, problems...)
	}
	r.Problems, r.hints = diags.Sorted().Hints()
	for _, d := range slices.Concat(r.Problems, r.hints) {
		if d.Span.File != nil {
			if err := d.Span.File.Restore(b.read); err != nil {
				return nil, err
			}
		}
	}
	return r, ctx.Err()
}

// input reads the publication folder after changes and parses what is in it.
func (b *Builder) input(ctx context.Context, root *os.Root, changed []string) (in publication.Input, diags diag.List, err error) {
	b.progress.Begin(Read, 1)
	tree, err := b.tree.Update(source.Over(source.FS(root), b.texts), source.Ignored, changed)
	if err != nil {
		return in, nil, err
	}
	b.tree = tree
	if b.unchanged(ctx) {
		return in, nil, ErrUnchanged
	}
	return b.parseAll(ctx)
}

// parseAll parses what was read.
func (b *Builder) parseAll(ctx context.Context) (in publication.Input, diags diag.List, err error) {
	settings, problems := publication.ReadSettings(b.tree.File(publication.SettingsFile), b.options.BaseURL)
	if to := settings.Deploy.To; to.Value != "" {
		if _, err := deploy.ParseAddress(to.Value); err != nil {
			problems.Add("bad-target", to.Span)
		}
	}
	diags = append(b.oddities(), problems...)
	in = publication.Input{
		Settings: settings, Tree: b.tree, Word: func(name string) string { return b.theme.Words("url." + name) },
		Options: publication.Options{Now: b.options.Now, Drafts: b.options.Drafts, Future: b.options.Future},
		Transcript: func(f *source.File, prefix string) (*markdown.Body, diag.List) {
			return document.Transcript(b.parser, f, prefix)
		},
	}
	problems, err = b.parse(ctx, &in)
	return in, append(diags, problems...), err
}

// assemble makes the site of what was read. The problems are those that came to light in it.
func (b *Builder) assemble(ctx context.Context, in publication.Input) (*Result, diag.List, error) {
	b.progress.Begin(Assemble, 1)
	pub, diags := publication.Assemble(in)
	diags, err := b.follow(in, diags)
	if err != nil {
		return nil, nil, err
	}
	files, problems, err := b.readMedia(ctx, pub)
	diags = append(diags, problems...)
	if err != nil {
		return nil, nil, err
	}
	b.progress.Begin(Plan, 1)
	pdfs := &pdfs{}
	sizes := pdfs.Size
	if wanted := b.options.PDF; wanted == nil && !in.Settings.PDF || wanted != nil && !*wanted {
		sizes = nil
	}
	plan, problems := site.Make(site.Input{
		Publication: pub, Words: b.theme.Words, Assets: files.assets, Theme: b.theme.Digest, Seed: b.seed,
		PDF: sizes, Poster: b.theme.posterFile,
	})
	diags = append(diags, problems...)
	r := b.result(plan, in, pub, files)
	r.pdfs = pdfs
	problems, err = b.checkMails(ctx, r)
	return r, append(diags, problems...), err
}

// oddities says what in the publication folder is not read as its name says.
func (b *Builder) oddities() (diags diag.List) {
	codes := map[source.Reason]diag.Code{
		source.Unreadable: "unreadable-file", source.NoFile: "no-file", source.TooDeep: "deep-folder", source.NamedAsAFile: "folder-as-file",
	}
	at := func(p string) source.Span { return source.At(source.NewFile(p, nil), 0, 0) }
	for _, o := range b.tree.Odd() {
		diags.Add(codes[o.Why], at(o.Path), path.Base(o.Path), source.MaxDepth)
	}
	for _, twins := range b.tree.Twins() {
		diags.Add("same-name", at(twins[0]), twins[0])
	}
	for _, kind := range document.Folders() {
		if b.tree.File(kind) != nil {
			diags.Add("file-as-folder", at(kind), kind)
		}
	}
	return diags
}

// parse parses all entries, those that have not changed from memory, and puts them into in.
func (b *Builder) parse(ctx context.Context, in *publication.Input) (diags diag.List, err error) {
	places, diags := b.locate()
	results := make([]parsed, len(places))
	var fresh []int
	for i, p := range places {
		f := b.tree.File(p.path)
		results[i] = b.parsed[p.path]
		if results[i].file != f || results[i].place != p.Place {
			fresh = append(fresh, i)
			results[i] = parsed{file: f, place: p.Place}
		}
	}
	b.progress.Begin(Parse, len(fresh))
	err = b.each(ctx, len(fresh), func(i int) error {
		r := &results[fresh[i]]
		doc, list := document.Parse(b.parser, r.file, r.place)
		r.doc = doc
		r.problems, r.hints = list.Hints()
		if b.options.Once && r.file.Data != nil && len(list) == 0 { // messages quote it
			r.file.Release()
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	in.Documents, in.Problems, in.Hints = make([]*document.Document, 0, len(results)), make([]diag.List, 0, len(results)), make([]diag.List, 0, len(results))
	for _, r := range results {
		in.Documents, in.Problems, in.Hints = append(in.Documents, r.doc), append(in.Problems, r.problems), append(in.Hints, r.hints)
	}
	if !b.options.Once && (len(fresh) > 0 || len(results) != len(b.parsed)) {
		b.parsed = make(map[string]parsed, len(results))
		for _, r := range results {
			b.parsed[r.file.Path] = r
		}
	}
	return diags, nil
}

// located is an entry's file and what its path says of it.
type located struct {
	path string
	document.Place
}

// locate finds the entries among the files, anew only where a file came or went or one is out of place.
func (b *Builder) locate() (places []located, misplaced diag.List) {
	paths := b.tree.Paths()
	if len(paths) > 0 && len(paths) == len(b.paths) && &paths[0] == &b.paths[0] { // Update keeps them while they are the same
		return b.places, nil
	}
	exists := func(p string) bool { return b.tree.File(p) != nil }
	for _, p := range paths {
		place, ok, list := document.Locate(b.tree.File(p), exists)
		misplaced = append(misplaced, list...)
		if ok {
			places = append(places, located{p, place})
		}
	}
	b.paths, b.places = nil, nil
	if misplaced == nil {
		b.paths, b.places = paths, places
	}
	return places, misplaced
}

// each calls do for 0 … n-1 on all processors, and counts the steps. A panic in do becomes an error.
func (b *Builder) each(ctx context.Context, n int, do func(int) error) error {
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(runtime.GOMAXPROCS(0))
	const batch = 16 // a goroutine for each page would cost as much as a small page
	for from := 0; from < n; from += batch {
		group.Go(func() (err error) {
			defer func() {
				if bug := recover(); bug != nil {
					err = fmt.Errorf("internal error: %v", bug)
				}
			}()
			for i := from; i < min(from+batch, n); i++ {
				if ctx.Err() != nil {
					return ctx.Err()
				}
				if err := do(i); err != nil {
					return err
				}
				b.progress.Step()
			}
			return nil
		})
	}
	return group.Wait()
}
