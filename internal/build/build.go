// Package build runs the stages one after the other, from a publication folder to the set of output files.
//
// A Builder keeps what parsing a file and processing a picture gave, by the bytes' digest, so that the next build
// of nearly the same folder does little. Everything else is done anew each time. It reads no clock: the day
// comes with the options.
package build

import (
	"context"
	"fmt"
	"hash/maphash"
	"os"
	"path/filepath"

	"leerblad/internal/diag"
	"leerblad/internal/document"
	"leerblad/internal/feed"
	"leerblad/internal/frontmatter"
	"leerblad/internal/markdown"
	"leerblad/internal/media"
	"leerblad/internal/output"
	"leerblad/internal/publication"
	"leerblad/internal/render"
	"leerblad/internal/site"
	"leerblad/internal/source"
	"leerblad/internal/theme"
	"leerblad/themes"
)

// Options say what is built and how.
type Options struct {
	Content string          // the publication folder
	Theme   string          // a folder to lay over the default theme, or ""
	BaseURL string          // stands in for the settings' url, or ""
	Drafts  bool            // publish drafts
	Future  bool            // publish entries dated after Now
	Now     frontmatter.Day // the build's day
	Cache   string          // a folder that keeps scaled pictures, or ""
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
	Render   Stage = "render"
	Write    Stage = "write"
)

// Progress is told how far a build is. Its methods may be called by several goroutines.
type Progress interface {
	Begin(stage Stage, steps int)
	Step()
}

// Result is what a build gave. Site is complete only where Problems has no errors.
type Result struct {
	Site     *output.Set
	Problems diag.List // sorted
	Language diag.Language
	Base     string // the site's path
	Entries  int
	LeftOut  publication.LeftOut
	Pages    int
}

// Builder builds one publication, any number of times.
type Builder struct {
	options  Options
	progress Progress
	parser   *markdown.Parser
	scaler   *media.Scaler
	parsed   map[string]parsed         // by path
	pictures map[source.Digest]picture // by the original's digest
	seed     maphash.Seed
}

type parsed struct {
	digest   source.Digest
	doc      *document.Document
	problems diag.List
}

// New makes a builder.
func New(options Options, progress Progress) *Builder {
	return &Builder{
		options: options, progress: progress, parser: markdown.New(), scaler: media.New(options.Cache),
		parsed: map[string]parsed{}, pictures: map[source.Digest]picture{}, seed: maphash.MakeSeed(),
	}
}

// Build builds the site in memory. The error is the machine's: the publication folder or the theme cannot be read.
func (b *Builder) Build(ctx context.Context) (*Result, error) {
	b.progress.Begin(Read, 1)
	root, err := os.OpenRoot(b.options.Content)
	if err != nil {
		return nil, fmt.Errorf("open publication folder: %w", err)
	}
	defer root.Close()
	tree, err := source.Load(root.FS(), source.Ignored)
	if err != nil {
		return nil, err
	}
	var diags diag.List
	add := func(list diag.List) { diags = append(diags, list...) }
	for _, p := range tree.Lost() {
		diags.Add("unreadable-file", source.At(source.NewFile(p, nil), 0, 0))
	}
	settings, problems := publication.ReadSettings(tree.File(publication.SettingsFile), b.options.BaseURL)
	add(problems)
	th, problems, err := b.theme(settings)
	add(problems)
	if err != nil {
		return nil, err
	}

	in := publication.Input{
		Settings: settings, Tree: tree,
		Options: publication.Options{Now: b.options.Now, Drafts: b.options.Drafts, Future: b.options.Future},
		Transcript: func(f *source.File, prefix string) (*markdown.Body, diag.List) {
			return document.Transcript(b.parser, f, prefix)
		},
	}
	in.Documents, in.Problems, problems, err = b.parse(ctx, tree)
	add(problems)
	if err != nil {
		return nil, err
	}
	b.progress.Begin(Assemble, 1)
	pub, problems := publication.Assemble(in)
	add(problems)
	set := output.NewSet()
	assets, problems, err := b.media(ctx, pub, tree, set)
	add(problems)
	if err != nil {
		return nil, err
	}
	b.progress.Begin(Plan, 1)
	plan, problems := site.Make(site.Input{Publication: pub, Words: th.Words, Assets: assets, Theme: th.Digest, Seed: b.seed})
	add(problems)
	problems, err = b.emit(ctx, plan, th, pub, set)
	add(problems)
	if err != nil {
		return nil, err
	}
	return &Result{
		Site: set, Problems: diags.Sorted(), Language: settings.Language, Base: settings.Base(),
		Entries: plan.Entries, LeftOut: pub.LeftOut, Pages: len(plan.Pages),
	}, ctx.Err()
}

// theme loads the default theme with the wanted one over it: the folder of the options, or the one that the
// settings name, beside the publication folder.
func (b *Builder) theme(settings publication.Settings) (*theme.Theme, diag.List, error) {
	layers := []theme.Layer{{FS: themes.Default(), Path: "themes/default"}}
	dir := b.options.Theme
	if dir == "" && settings.Theme != "" && settings.Theme != "default" {
		dir = filepath.Join(filepath.Dir(filepath.Clean(b.options.Content)), "themes", settings.Theme)
	}
	var missing diag.List
	if dir != "" {
		if info, err := os.Stat(dir); (err != nil || !info.IsDir()) && b.options.Theme == "" {
			missing.Add("missing-theme", settings.ThemeSpan, dir)
		} else {
			root, err := os.OpenRoot(dir)
			if err != nil {
				return nil, nil, fmt.Errorf("open theme: %w", err)
			}
			defer root.Close()
			layers = append(layers, theme.Layer{FS: root.FS(), Path: filepath.ToSlash(dir)})
		}
	}
	t, problems, err := theme.Load(settings.Language, layers...)
	return t, append(missing, problems...), err
}

// parse parses all entries, those that have not changed from memory.
func (b *Builder) parse(ctx context.Context, tree *source.Tree) (docs []*document.Document, problems []diag.List, diags diag.List, err error) {
	exists := func(p string) bool { return tree.File(p) != nil }
	type job struct {
		file  *source.File
		place document.Place
	}
	var jobs []job
	for _, p := range tree.Paths() {
		f := tree.File(p)
		place, ok, list := document.Locate(f, exists)
		diags = append(diags, list...)
		if ok {
			jobs = append(jobs, job{f, place})
		}
	}
	b.progress.Begin(Parse, len(jobs))
	results := make([]parsed, len(jobs))
	err = b.each(ctx, len(jobs), func(i int) error {
		f := jobs[i].file
		if old, ok := b.parsed[f.Path]; ok && old.digest == f.Digest && f.Data != nil {
			results[i] = old
			return nil
		}
		doc, list := document.Parse(b.parser, f, jobs[i].place)
		results[i] = parsed{f.Digest, doc, list}
		return nil
	})
	if err != nil {
		return nil, nil, nil, err
	}
	b.parsed = make(map[string]parsed, len(jobs))
	for i, r := range results {
		b.parsed[jobs[i].file.Path] = r
		docs, problems = append(docs, r.doc), append(problems, r.problems)
	}
	return docs, problems, diags, nil
}

// emit renders the pages and writes all other files of the site into set.
func (b *Builder) emit(ctx context.Context, plan *site.Plan, th *theme.Theme, pub *publication.Publication, set *output.Set) (diag.List, error) {
	b.progress.Begin(Render, len(plan.Pages))
	renderer, diags := render.New(th, plan.Site.Root)
	if diags.HasErrors() {
		return diags, nil
	}
	pages := make([][]byte, len(plan.Pages))
	problems := make([]diag.List, len(plan.Pages))
	err := b.each(ctx, len(plan.Pages), func(i int) error {
		pages[i], problems[i] = renderer.Page(plan.Pages[i])
		return nil
	})
	if err != nil {
		return diags, err
	}
	files := b.files(plan, th, pub)
	for i, p := range plan.Pages {
		diags = append(diags, problems[i]...)
		files = append(files, feed.File{Path: p.File, Data: func() []byte { return pages[i] }})
	}
	for _, f := range files {
		if err := set.Add(f.Path, f.Data()); err != nil {
			return diags, fmt.Errorf("collect the site: %w", err)
		}
	}
	return diags, nil
}

// files gives the files of the site that are no pages and no media.
func (b *Builder) files(plan *site.Plan, th *theme.Theme, pub *publication.Publication) []feed.File {
	address := pub.Settings.Complete
	root := plan.Site.Root
	var out []feed.File
	for _, a := range th.Assets {
		out = append(out, feed.File{Path: a.File, Data: func() []byte { return a.Data }})
	}
	for _, f := range plan.Feeds {
		out = append(out, feed.Atom(f, plan.Site, b.options.Now))
	}
	out = append(out, feed.Sitemap(plan.Pages, address), feed.Robots(address, root))
	out = append(out, feed.Findings(plan.Findings, th.Words, address)...)
	if f, ok := feed.Security(plan.Site, address(root), b.options.Now); ok {
		out = append(out, f)
	}
	return append(out, feed.Host(root, plan.Moved)...)
}
