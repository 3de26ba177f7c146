package refactor

import (
	"cmp"
	"maps"
	"path"
	"slices"
	"strings"

	"leerblad/internal/diag"
	"leerblad/internal/document"
	"leerblad/internal/edit"
	"leerblad/internal/frontmatter"
	"leerblad/internal/markdown"
	"leerblad/internal/publication"
	"leerblad/internal/source"
)

// Broken reports whether among problems there are references to what is not there, and a file by the name of one of them is elsewhere.
func Broken(in publication.Input, problems diag.List) bool {
	names := map[string]bool{}
	for _, d := range problems {
		if written, ok := args(d); ok {
			p, _, _ := strings.Cut(unescape(written), "#")
			p = strings.TrimSuffix(p, "/index.md")
			names[path.Base(p)], names[strings.TrimSuffix(path.Base(p), ".md")] = true, true
		}
	}
	if len(names) == 0 {
		return false
	}
	return slices.ContainsFunc(in.Tree.Paths(), func(p string) bool { return names[path.Base(p)] }) ||
		slices.ContainsFunc(in.Documents, func(d *document.Document) bool {
			return names[d.Slug] || slices.ContainsFunc(d.Meta.Aliases, func(a frontmatter.Text) bool { return names[path.Base(a.Value)] })
		})
}

// args gives what a reference to nothing says.
func args(d diag.Diagnostic) (written string, ok bool) {
	if !lost[d.Code] || len(d.Args) == 0 {
		return "", false
	}
	written, ok = d.Args[0].(string)
	return written, ok
}

// lost are the codes of references to what is not there.
var lost = map[diag.Code]bool{
	"missing-entry": true, "broken-link": true, "missing-file": true, "missing-picture": true, "unknown-topic": true, "unknown-region": true,
}

// Follow puts one problem in place of all that come from one file which was moved outside of this program, with the fix that lets all of it refer to
// where the file is now. That is told where one file alone can be meant: it is the same entry in a folder of its own or out of it, its aliases
// name the old address, or it has the same name and nothing refers to it yet. A single problem that has a sure fix stays as it is.
func (t *Texts) Follow(problems diag.List) diag.List {
	if problems.Long() {
		return problems
	}
	groups := map[string][]Reference{}
	for _, r := range t.lost {
		groups[entryOf(r.wanted)] = append(groups[entryOf(r.wanted)], r)
	}
	at := map[source.Span]int{} // of problems that are not folded yet
	for i, d := range problems {
		if lost[d.Code] {
			at[d.Span] = i
		}
	}
	var moves []gone
	for _, key := range slices.Sorted(maps.Keys(groups)) {
		if !slices.ContainsFunc(groups[key], func(r Reference) bool { _, told := at[r.told]; return told }) {
			continue
		}
		if found, sure := t.candidate(key); found != "" {
			m := gone{key: key, found: found, sure: sure}
			m.changes, m.told = t.follow(key, found, groups[key])
			moves = append(moves, m)
		}
	}
	slices.SortStableFunc(moves, func(a, b gone) int { return -cmp.Compare(len(a.told), len(b.told)) })
	drop := map[int]bool{}
	for _, m := range moves {
		key, found, changes := m.key, m.found, m.changes
		var folded []int
		for _, span := range m.told {
			if i, ok := at[span]; ok && !slices.Contains(folded, i) {
				folded = append(folded, i)
			}
		}
		if len(folded) == 0 || len(changes) == 0 {
			continue
		}
		sure := !slices.ContainsFunc(folded, func(i int) bool { _, sure := problems[i].Sure(); return !sure }) // each by itself
		if sure && len(folded) == 1 {
			continue
		}
		cause := slices.MinFunc(folded, func(i, j int) int { // what refers to it before what that itself refers to
			a, b := problems[i].Span, problems[j].Span
			return cmp.Or(cmp.Compare(own(a, found), own(b, found)), cmp.Compare(a.File.Path, b.File.Path), cmp.Compare(a.Start, b.Start))
		})
		name := found
		if d := t.byPath[found]; d != nil {
			name = d.Reference()
		}
		fix := diag.Fix{Title: "follow", Args: []any{key, found}, Changes: changes, Choose: !m.sure && !sure}
		suggest := found
		for _, c := range changes {
			if len(folded) == 1 && inside(c.Span, problems[cause].Span) {
				suggest = c.Text
			}
		}
		if len(folded) > 1 {
			problems[cause] = diag.Diagnostic{Code: "gone", Span: problems[cause].Span, Args: []any{key, len(folded)}}
			if name == key {
				problems[cause].Code = "gone-path"
			}
		}
		problems[cause].Suggest, problems[cause].Fixes = suggest, []diag.Fix{fix}
		for _, i := range folded {
			drop[i] = i != cause
			delete(at, problems[i].Span)
		}
	}
	out := problems[:0]
	for i, d := range problems {
		if !drop[i] {
			out = append(out, d)
		}
	}
	return out
}

// gone is a file that is not where it was: what was at key, and where it may be now.
type gone struct {
	key, found string
	sure       bool
	changes    edit.Changes
	told       []source.Span // where problems are reported that come from it
}

// own is 1 for a place in the file at a path, else 0.
func own(s source.Span, p string) int {
	if s.File.Path == p {
		return 1
	}
	return 0
}

// entryOf gives the reference of the entry whose text would be at a path, or the path itself.
func entryOf(wanted string) string {
	p := strings.TrimSuffix(strings.TrimSuffix(wanted, "/index.md"), ".md")
	kind, slug, _ := strings.Cut(p, "/")
	if slices.Contains(document.Folders(), kind) && document.SlugForm.MatchString(slug) && (p != wanted || path.Ext(p) == "") {
		return p
	}
	return wanted
}

// candidate gives the path of the file that may be what was at key, the reference of an entry or a path; sure says that no other can be.
func (t *Texts) candidate(key string) (found string, sure bool) {
	if d := t.byRef[key]; d != nil {
		return d.File.Path, true
	}
	kind, slug, _ := strings.Cut(key, "/")
	if entryOf(key) != key || path.Ext(key) != "" || !document.SlugForm.MatchString(slug) {
		return t.sameName(path.Base(key)), false
	}
	old := t.address(document.Place{Kind: document.Kind(kind), Slug: slug})
	var named, alike []string
	for _, d := range t.Documents {
		if slices.ContainsFunc(document.Values(d.Meta.Aliases), func(a string) bool { return sameAddress(a, old) }) {
			named = append(named, d.File.Path)
		}
		if d.Slug == slug && !t.referred(d.File.Path) {
			alike = append(alike, d.File.Path)
		}
	}
	switch {
	case len(named) == 1:
		return named[0], true
	case len(named) == 0 && len(alike) == 1:
		return alike[0], false
	}
	return "", false
}

// sameName gives the path of the only file with a name to which nothing refers, or "".
func (t *Texts) sameName(name string) (found string) {
	for _, p := range t.Tree.Paths() {
		if path.Base(p) != name || t.referred(p) || name == "index.md" {
			continue
		}
		if found != "" {
			return ""
		}
		found = p
	}
	return found
}

// referred reports whether another text refers to a file.
func (t *Texts) referred(p string) bool {
	return slices.ContainsFunc(t.references, func(r Reference) bool { return r.File == p && r.from != p })
}

// follow gives the changes after which references to what was at key lead to the file found, and the relative paths in that text, which were
// written for the old place, lead where they did; told are the places where problems with them are reported.
func (t *Texts) follow(key, found string, references []Reference) (changes edit.Changes, told []source.Span) {
	none, seen := &renames{}, map[source.Span]bool{}
	add := func(r Reference, text string) {
		told = append(told, r.told)
		if !seen[r.Span] {
			changes = append(changes, edit.Change{Span: r.Span, Text: text})
		}
		seen[r.Span] = true
	}
	d := t.byPath[found]
	for _, r := range references {
		if r.Fixed {
			continue
		}
		switch r.form {
		case whole:
			if d != nil {
				add(r, place{Place: d.Place, id: r.ID}.reference())
			}
		case slug:
			if d != nil && strings.HasPrefix(key, string(d.Kind)+"/") {
				add(r, d.Slug)
			}
		default:
			r.File = r.wanted
			text, _ := t.written(r, none, r.from, found, "", false)
			add(r, text)
		}
	}
	if d == nil || t.byRef[key] != nil && key+".md" != found && key+"/index.md" != found {
		return changes, told
	}
	for _, r := range t.lost { // of the text itself
		if r.from != found || r.form != linked && r.form != filed || r.Fixed || seen[r.Span] {
			continue
		}
		raw, _, _ := strings.Cut(r.Span.Text(), "#")
		if r.form == linked {
			raw = unescape(markdown.Address(raw))
		}
		for _, old := range []string{key + ".md", key + "/index.md"} {
			if p, ok := publication.Find(t.Tree.Name, raw, old); ok && t.exists(p) {
				r.File, r.from = p, old
				text, _ := t.written(r, none, found, p, "", false)
				add(r, text)
				break
			}
		}
	}
	return changes, told
}
