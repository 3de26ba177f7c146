package build

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"slices"

	"leerblad/internal/diag"
	"leerblad/internal/document"
	"leerblad/internal/edit"
	"leerblad/internal/publication"
	"leerblad/internal/refactor"
	"leerblad/internal/site"
	"leerblad/internal/source"
)

// Texts reads and parses the publication, without making anything of it, for changes that concern many texts.
func (b *Builder) Texts(ctx context.Context) (*refactor.Texts, error) {
	root, err := os.OpenRoot(b.options.Content)
	if err != nil {
		return nil, fmt.Errorf("open publication folder: %w", err)
	}
	defer root.Close()
	if err := edit.Recover(root); errors.Is(err, edit.ErrBusy) {
		return nil, fmt.Errorf("%w: %w", source.ErrChanged, err)
	} else if err != nil {
		return nil, err
	}
	b.tree = &source.Tree{}
	in, _, err := b.input(ctx, root, []string{"."})
	if err != nil {
		return nil, err
	}
	if err := b.loadTheme(in.Settings); err != nil {
		return nil, err
	}
	return refactor.Read(in, b.theme.address), nil
}

// Plan reads the texts as they are on disk and gives what plan makes of them, or a *refactor.Refusal if that would make matters worse, unless
// force says that this does not matter. A plan may be nil.
func (b *Builder) Plan(ctx context.Context, force bool, plan func(*refactor.Texts) (*refactor.Plan, error)) (*refactor.Plan, error) {
	texts, err := b.Texts(ctx)
	if err != nil {
		return nil, err
	}
	p, err := plan(texts)
	if err != nil || p == nil || force {
		return p, err
	}
	worse, err := b.Worse(ctx, p.Set)
	if err == nil && worse != nil {
		err = &refactor.Refusal{Why: refactor.Worse, Problems: worse}
	}
	return p, err
}

// SetUnsaved makes texts stand in for those on disk, by their paths in the publication folder, as an editor has them who has not saved. The next
// Build must be told of those that it sets and of those that were set before. Readers of the preview do not find these words by searching.
func (b *Builder) SetUnsaved(texts map[string][]byte) { b.texts, b.unsaved = texts, len(texts) > 0 }

// Unsaved gives the paths of the texts that are set, sorted.
func (b *Builder) Unsaved() []string { return slices.Sorted(maps.Keys(b.texts)) }

// Has reports whether the publication folder has the very text at a path with which the last build was made, or neither has any.
func (b *Builder) Has(name string) bool {
	if b.tree == nil || !source.IsText(name) {
		return false
	}
	data, err := b.read(name)
	f := b.tree.File(name)
	if f == nil {
		return errors.Is(err, fs.ErrNotExist)
	}
	return err == nil && source.NewFile(name, data).Digest == f.Digest
}

// address gives the path of an entry's page, without that of the site.
func (t *loadedTheme) address(p document.Place) string {
	switch p.Kind {
	case document.Home:
		return "/"
	case document.Pages:
		return "/" + p.Slug + "/"
	}
	return "/" + t.Words("url."+string(p.Kind)) + "/" + p.Slug + "/"
}

// follow puts one problem, with its fix, in place of all that come from a file which was moved.
func (b *Builder) follow(in publication.Input, problems diag.List) (diag.List, error) {
	if !refactor.Broken(in, problems) {
		return problems, nil
	}
	for _, d := range in.Documents {
		if err := d.File.Restore(b.read); err != nil {
			return nil, err
		}
	}
	return refactor.Read(in, b.theme.address).Follow(problems), nil
}

// Language gives the language of the publication that Texts has read.
func (b *Builder) Language() diag.Language { return b.theme.settings.language }

// Worse gives the errors and warnings that a set would bring to the texts that were read, as they are published now and with drafts and later
// texts.
func (b *Builder) Worse(ctx context.Context, set edit.Set) (worse diag.List, err error) {
	after, err := set.Tree(b.tree)
	if err != nil {
		return nil, err
	}
	for _, all := range []bool{false, true} {
		was, err := b.problems(ctx, b.tree, all)
		if err != nil {
			return nil, err
		}
		is, err := b.problems(ctx, after, all)
		if err != nil {
			return nil, err
		}
		known, count := map[problem]bool{}, map[diag.Code]int{}
		for _, d := range was {
			known[problemOf(d)] = true
			count[d.Code] += max(1, d.More)
		}
		for _, d := range is {
			count[d.Code] -= max(1, d.More)
		}
		for _, d := range is {
			if count[d.Code] < 0 && !known[problemOf(d)] {
				worse = append(worse, d)
			}
		}
	}
	return worse.Sorted(), nil
}

// problems gives what is wrong with texts, but for what is in pictures, pages and mails.
func (b *Builder) problems(ctx context.Context, tree *source.Tree, all bool) (diag.List, error) {
	trial := &Builder{options: b.options, progress: silent{}, parser: b.parser, seed: b.seed, theme: b.theme, tree: tree, parsed: b.parsed}
	trial.options.Once, trial.options.NoHints = false, true
	trial.options.Drafts, trial.options.Future = all || b.options.Drafts, all || b.options.Future
	in, diags, err := trial.parseAll(ctx)
	if err != nil {
		return nil, err
	}
	pub, problems := publication.Assemble(in)
	diags = append(diags, problems...)
	_, problems = site.Make(site.Input{Publication: pub, Words: trial.theme.Words, Theme: trial.theme.Digest, Seed: trial.seed})
	others, _ := append(diags, problems...).Hints()
	return others.Sorted(), nil
}
