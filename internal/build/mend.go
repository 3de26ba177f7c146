package build

import (
	"bytes"
	"context"
	"maps"
	"math"
	"path/filepath"
	"slices"
	"strings"

	"leerblad/internal/diag"
	"leerblad/internal/edit"
	"leerblad/internal/source"
)

// Mended is a publication with the fixes that need no choice.
type Mended struct {
	Fixed  diag.List // what was mended, by file, each at its place in the text as the fixes before it had left it
	Result *Result   // of the build of it
	Set    edit.Set  // that changes the publication on disk into it
}

// maxRounds is how often Mend builds; more than some are needed only where fixes make matters worse or a text has very many mistakes.
const maxRounds = 1000

// maxHeavy is after how many rounds Mend stops that leave more problems of a kind than are told one by one.
const maxHeavy = 10

// Mend builds the publication, and builds it again with all fixes that need no choice, until there are none left. A fix that does not mend
// its diagnostic, or brings another error or warning, is not kept; but what could not be read may have mistakes that come to light. Nothing
// is written; the builder goes on with the mended texts. Of thousands of mistakes of one kind some are left for another call.
func (b *Builder) Mend(ctx context.Context) (*Mended, error) {
	result, err := b.Build(ctx)
	if err != nil {
		return nil, err
	}
	m := &Mended{Result: result}
	origin, kept := b.tree, map[string][]byte{}
	t := newTrial()
	stale := false // the last build was one with fixes that are not kept
	again := false // something was mended since, so that what is refused is worth another try
	heavy := 0
	for range maxRounds {
		picks := t.pick(m.Result, origin, kept)
		if len(picks) == 0 {
			if !again || len(t.refused) == 0 {
				break
			}
			again, t = false, newTrial() // as another call would begin
			continue
		}
		texts, err := applied(picks, kept)
		if err != nil {
			return nil, err
		}
		if result, err = b.buildWith(ctx, texts); err != nil {
			return nil, err
		}
		if blamed := worse(m.Result, result, picks); len(blamed) > 0 {
			t.failed(picks, blamed)
			stale = true
			continue
		}
		m.Result, kept, stale, again = result, texts, false, true
		m.Fixed = append(m.Fixed, picks...)
		if slices.ContainsFunc(result.Problems, func(d diag.Diagnostic) bool { return d.More > 0 }) {
			if heavy++; heavy == maxHeavy {
				break
			}
		}
		t.most = max(t.most, 2*t.most) // which overflows
	}
	if stale {
		if m.Result, err = b.buildWith(ctx, kept); err != nil {
			return nil, err
		}
	}
	slices.SortStableFunc(m.Fixed, func(a, b diag.Diagnostic) int { return strings.Compare(a.Span.File.Path, b.Span.File.Path) })
	for _, p := range slices.Sorted(maps.Keys(kept)) {
		m.Set.Texts = append(m.Set.Texts, edit.Difference(origin.File(p), kept[p]))
	}
	return m, nil
}

// buildWith builds with texts in place of those on disk.
func (b *Builder) buildWith(ctx context.Context, texts map[string][]byte) (*Result, error) {
	var changed []string
	for _, all := range []map[string][]byte{b.texts, texts} {
		for p := range all {
			changed = append(changed, filepath.Join(b.options.Content, filepath.FromSlash(p)))
		}
	}
	b.texts = texts
	return b.Build(ctx, changed...)
}

// trial is what is known of fixes that were tried.
type trial struct {
	refused map[problem]bool // what makes matters worse by itself
	alone   map[string]bool  // the texts in which one fix is tried at a time
	most    int              // how many fixes are tried at once
}

func newTrial() trial {
	return trial{refused: map[problem]bool{}, alone: map[string]bool{}, most: math.MaxInt}
}

// failed makes the next fixes to be tried less, after some that were the matter of problems in the blamed texts.
func (t *trial) failed(picks diag.List, blamed map[string]bool) {
	in := map[string]diag.List{}
	for _, d := range picks {
		fix, _ := d.Sure()
		for _, p := range fix.Paths() {
			in[p] = append(in[p], d)
		}
	}
	for p := range blamed {
		switch {
		case len(in[p]) == 1:
			t.refused[problemOf(in[p][0])] = true
		case len(in[p]) > 1:
			t.alone[p] = true
		case len(picks) == 1: // it makes matters worse in another text
			t.refused[problemOf(picks[0])] = true
		default:
			t.most = len(picks) / 2
		}
	}
}

// pick gives diagnostics with fixes that can be tried together. Those that hide others come first, by themselves.
func (t *trial) pick(r *Result, tree *source.Tree, kept map[string][]byte) (out diag.List) {
	var all, hiding diag.List
	for _, d := range slices.Concat(r.Problems, r.Hints()) {
		fix, sure := d.Sure()
		if !sure || d.More > 0 || d.Span.File == nil || t.refused[problemOf(d)] {
			continue
		}
		if slices.ContainsFunc(fix.Changes, func(c edit.Change) bool { return !ours(c, tree, kept) }) {
			continue
		}
		all = append(all, d)
		if d.Hides() {
			hiding = append(hiding, d)
		}
	}
	if hiding != nil {
		all = hiding
	}
	slices.SortStableFunc(all, func(a, b diag.Diagnostic) int { return strings.Compare(a.Span.File.Path, b.Span.File.Path) })
	taken := map[string]edit.Changes{}
	for _, d := range all {
		if len(out) == t.most {
			break
		}
		fix, _ := d.Sure()
		if slices.ContainsFunc(fix.Changes, func(c edit.Change) bool { return touches(c, taken[c.Span.File.Path]) }) ||
			slices.ContainsFunc(fix.Paths(), func(p string) bool { return t.alone[p] && taken[p] != nil }) {
			continue
		}
		for _, c := range fix.Changes {
			taken[c.Span.File.Path] = append(taken[c.Span.File.Path], c)
		}
		out = append(out, d)
	}
	return out
}

// ours reports whether the change is one of a text in the publication folder, as it is or as it is kept.
func ours(c edit.Change, tree *source.Tree, kept map[string][]byte) bool {
	if c.Span.File == nil || c.Span.File.Outside {
		return false
	}
	f := tree.File(c.Span.File.Path)
	if f == nil || f.Data == nil {
		return false
	}
	now, changed := kept[f.Path]
	if !changed {
		now = f.Data
	}
	return bytes.Equal(now, c.Span.File.Data)
}

// touches reports whether a change overlaps with one of others or stands side by side with it, so that it is not clear what comes of both.
func touches(c edit.Change, others edit.Changes) bool {
	return slices.ContainsFunc(others, func(o edit.Change) bool { return c.Span.Start <= o.Span.End && o.Span.Start <= c.Span.End })
}

// applied gives the kept texts with fixes.
func applied(picks diag.List, kept map[string][]byte) (map[string][]byte, error) {
	changes, files := map[string]edit.Changes{}, map[string]*source.File{}
	for _, d := range picks {
		fix, _ := d.Sure()
		for _, c := range fix.Changes {
			changes[c.Span.File.Path] = append(changes[c.Span.File.Path], c)
			files[c.Span.File.Path] = c.Span.File
		}
	}
	texts := maps.Clone(kept)
	for p, list := range changes {
		data, err := edit.Apply(files[p].Data, list)
		if err != nil {
			return nil, err
		}
		texts[p] = data
	}
	return texts, nil
}

// problem tells one diagnostic from others, wherever its text may have moved.
type problem struct {
	path    string
	code    diag.Code
	message string
}

func problemOf(d diag.Diagnostic) problem {
	p := problem{code: d.Code, message: d.Message(diag.Dutch)}
	if d.Span.File != nil {
		p.path = d.Span.File.Path
	}
	return p
}

// worse gives the texts in which fixes, which made the second result of the first, have not mended what they should, or brought new problems.
func worse(before, after *Result, picks diag.List) (blamed map[string]bool) {
	blamed = map[string]bool{}
	was, is, uncounted := map[problem]int{}, map[problem]int{}, map[diag.Code]bool{}
	for _, d := range slices.Concat(before.Problems, before.Hints()) {
		was[problemOf(d)]++
		uncounted[d.Code] = uncounted[d.Code] || d.More > 0
	}
	left := slices.Concat(after.Problems, after.Hints())
	for _, d := range left {
		is[problemOf(d)]++
	}
	// A text is read up to the first problem that hides the rest: that must come later now.
	type place struct {
		path string
		code diag.Code
		line int
	}
	same, first := map[place]bool{}, map[string]int{}
	for _, d := range left {
		if p := problemOf(d); d.Hides() {
			line, _ := d.Span.Position()
			same[place{p.path, d.Code, line}] = true
			if is[p] > was[p] && (first[p.path] == 0 || line < first[p.path]) {
				first[p.path] = line
			}
		}
	}
	hidden, mended := false, map[problem]int{}
	for _, d := range picks {
		p := problemOf(d)
		if d.Hides() {
			hidden = true
			line, _ := d.Span.Position()
			if same[place{p.path, d.Code, line}] || first[p.path] > 0 && first[p.path] <= line {
				blamed[p.path] = true
			}
			continue
		}
		mended[p]++
		if !uncounted[p.code] && is[p] > was[p]-mended[p] {
			blamed[p.path] = true
		}
	}
	for _, d := range after.Problems {
		if p := problemOf(d); !hidden && !uncounted[p.code] && is[p] > was[p] {
			blamed[p.path] = true
		}
	}
	return blamed
}
