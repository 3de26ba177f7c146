package refactor

import (
	"cmp"
	"path"
	"slices"
	"strings"

	"leerblad/internal/diag"
	"leerblad/internal/document"
	"leerblad/internal/edit"
	"leerblad/internal/markdown"
	"leerblad/internal/source"
)

// Plan is what a move or removal does.
type Plan struct {
	Set       edit.Set
	From, To  string      // references; To is "" for what goes without a replacement
	Removal   bool        // From goes
	Rewritten []Reference // what refers to something else now, or in another way
	Leads     []string    // addresses and references that lead on to what is at To
}

// Refusal is why there is no plan. Problems say where, if that is in the texts.
type Refusal struct {
	Why      Why
	Args     []any
	Suggest  string
	Problems diag.List
}

// Why is the kind of a Refusal.
type Why string

// The kinds of refusals, each with its Args.
const (
	NoReference Why = "no-reference" // a word that is no reference
	Unknown     Why = "unknown"      // a reference to nothing
	BadName     Why = "bad-name"     // a slug or id that cannot be
	Same        Why = "same"         // from and to are one
	Taken       Why = "taken"        // a reference that there is already, and the file that it is in
	Mixed       Why = "mixed"        // an entry and a finding
	Fixed       Why = "fixed"        // the home page
	Unread      Why = "unread"       // texts that cannot be read may refer to it
	Unfit       Why = "unfit"        // keys that the other kind does not know; the kind
	Bound       Why = "bound"        // what it uses in its text would stay behind
	Unwritable  Why = "unwritable"   // places that cannot be changed
	Referred    Why = "referred"     // to what would go; how many refer to it
	Worse       Why = "worse"        // Problems are what the plan would bring
)

func (r *Refusal) Error() string { return string(r.Why) }

// split gives the parts of a reference, which may be written as the path of a file.
func split(ref string) (name, id string) {
	name, id, _ = strings.Cut(ref, "#")
	name = strings.TrimSuffix(strings.TrimSuffix(path.Clean(name), ".md"), "/index")
	return name, id
}

// find gives the entry, and the finding in it, that a reference names.
func (t *Texts) find(ref string) (*document.Document, *markdown.Finding, error) {
	name, id := split(ref)
	d := cmp.Or(t.byRef[name], t.byPath[name+".md"], t.byPath[name+"/index.md"])
	if d == nil {
		all := make([]string, 0, len(t.byRef))
		for r := range t.byRef {
			all = append(all, r)
		}
		slices.Sort(all)
		near := diag.Nearest(name, all)
		if _, slug, ok := strings.Cut(name, "/"); ok && near == "" { // the same name in another folder
			if i := slices.IndexFunc(all, func(r string) bool { return strings.HasSuffix(r, "/"+slug) }); i >= 0 {
				near = all[i]
			}
		}
		return nil, nil, &Refusal{Why: Unknown, Args: []any{name}, Suggest: near}
	}
	if !strings.Contains(ref, "#") {
		return d, nil, nil
	}
	f := cmp.Or(d.Body.Finding(id), d.Body.Finding(markdown.Anchor(id)))
	if f == nil {
		var ids []string
		for _, f := range d.Body.Findings {
			ids = append(ids, f.ID)
		}
		near := diag.Nearest(id, ids)
		if near != "" {
			near = d.Reference() + "#" + near
		}
		return nil, nil, &Refusal{Why: Unknown, Args: []any{d.Reference() + "#" + id}, Suggest: near}
	}
	return d, f, nil
}

// published reports whether readers may have seen the entry.
func (t *Texts) published(d *document.Document) bool {
	return !d.Meta.Draft && d.Meta.Date.Day <= t.Options.Now
}

// Move plans to give the entry or finding from another reference. With lead its old address leads on, if it was ever published.
func (t *Texts) Move(from, to string, lead bool) (*Plan, error) {
	if t.unread != nil {
		return nil, &Refusal{Why: Unread, Problems: t.unread}
	}
	d, f, err := t.find(from)
	if err != nil {
		return nil, err
	}
	name, id := split(to)
	kind, slug, _ := strings.Cut(name, "/")
	switch {
	case d.Kind == document.Home && f == nil:
		return nil, &Refusal{Why: Fixed, Args: []any{d.File.Path}}
	case f != nil && !strings.Contains(to, "#"):
		id = f.ID
	case f == nil && strings.Contains(to, "#"):
		return nil, &Refusal{Why: Mixed, Args: []any{from, to}}
	}
	if f != nil {
		return t.moveFinding(d, f, name, id, lead)
	}
	if !slices.Contains(document.Folders(), kind) {
		return nil, &Refusal{Why: NoReference, Args: []any{to}, Suggest: nearFolder(kind, slug)}
	}
	if !document.SlugForm.MatchString(slug) {
		return nil, &Refusal{Why: BadName, Args: []any{slug}, Suggest: markdown.Slug(slug)}
	}
	return t.moveEntry(d, document.Place{Kind: document.Kind(kind), Slug: slug}, lead)
}

// nearFolder gives the reference that was probably meant, or "".
func nearFolder(kind, slug string) string {
	near := diag.Nearest(kind, document.Folders())
	if near == "" || slug == "" {
		return ""
	}
	return near + "/" + slug
}

func (t *Texts) moveEntry(d *document.Document, to document.Place, lead bool) (*Plan, error) {
	ref := string(to.Kind) + "/" + to.Slug
	own := t.own(d)
	n := &renames{files: map[string]string{}, entries: map[string]document.Place{d.Reference(): to}}
	before := strings.TrimSuffix(strings.TrimSuffix(d.File.Path, "/index.md"), ".md")
	for _, p := range own {
		n.files[p] = ref + strings.TrimPrefix(p, before)
	}
	if n.files[d.File.Path] == d.File.Path {
		return nil, &Refusal{Why: Same, Args: []any{ref}}
	}
	if other := t.byRef[ref]; other != nil && other != d {
		return nil, &Refusal{Why: Taken, Args: []any{ref, other.File.Path}}
	}
	for _, p := range t.Tree.Paths() {
		if _, mine := n.files[p]; !mine && below(p, ref) {
			return nil, &Refusal{Why: Taken, Args: []any{ref, p}}
		}
	}
	if problems := unfit(d, to.Kind); problems != nil {
		return nil, &Refusal{Why: Unfit, Args: []any{to.Kind.Row().One}, Problems: problems}
	}
	p := &Plan{From: d.Reference(), To: ref}
	for _, name := range own {
		p.Set.Moves = append(p.Set.Moves, edit.Move{File: t.Tree.File(name), To: n.files[name]})
	}
	if err := t.rewrite(p, n, nil); err != nil {
		return nil, err
	}
	if d.Place == to || !lead || !t.published(d) {
		if d.Place != to { // an address that leads to itself is one too many
			changes, _ := alias(d, "", t.address(to))
			p.Set.Texts = append(p.Set.Texts, changes...)
		}
		return p, nil
	}
	changes, ok := alias(d, t.address(d.Place), t.address(to))
	if !ok {
		return nil, &Refusal{Why: Unwritable, Problems: diag.List{{Code: "unwritable-aliases", Span: d.Top, Args: []any{t.address(d.Place)}}}}
	}
	p.Set.Texts = append(p.Set.Texts, changes...)
	p.Leads = append(p.Leads, t.address(d.Place))
	return p, nil
}

// own gives the paths of the files of an entry: its text, and what is in its folder.
func (t *Texts) own(d *document.Document) (out []string) {
	base := strings.TrimSuffix(strings.TrimSuffix(d.File.Path, "/index.md"), ".md")
	if d.Kind == document.Home {
		return []string{d.File.Path}
	}
	for _, p := range t.Tree.Paths() {
		if other := t.byPath[p]; p == d.File.Path || strings.HasPrefix(p, base+"/") && (other == nil || other == d) {
			out = append(out, p)
		}
	}
	return out
}

// below reports whether a path is that of an entry's text, or in its folder, also on disks that take capitals for small letters.
func below(p, ref string) bool {
	p = strings.ToLower(p)
	return p == ref || p == ref+".md" || strings.HasPrefix(p, ref+"/")
}

// unfit says what in an entry does not fit another kind.
func unfit(d *document.Document, kind document.Kind) (problems diag.List) {
	if kind == d.Kind {
		return nil
	}
	for _, f := range fields(d) {
		if !kind.Knows(f.Key) {
			var others []string
			for _, row := range document.Kinds {
				if row.Kind.Knows(f.Key) {
					others = append(others, string(row.Kind))
				}
			}
			problems.Add("misplaced-key", f.KeySpan, f.Key, kind.Row().One, strings.Join(others, ", "))
		}
	}
	if kind.Row().Dated && d.Meta.Date.Day == "" {
		problems.Add("missing-key", d.Top, "date")
	}
	if kind == document.Documents && d.Meta.Type.Value == "" {
		problems.Add("missing-key", d.Top, "type")
	}
	return problems
}

// rewrite adds to a plan the changes after which all references lead where they should. What is in one of the spans does not count: it goes.
func (t *Texts) rewrite(p *Plan, n *renames, gone []source.Span) error {
	return t.rewriteIn(p, n, gone, func(r Reference) string { return n.file(r.from) })
}

// rewriteIn is rewrite where a function tells in which file a reference will stand.
func (t *Texts) rewriteIn(p *Plan, n *renames, gone []source.Span, standsIn func(Reference) string) error {
	var fixed, unfit diag.List
	for _, r := range t.references {
		from := standsIn(r)
		if from == r.from && !n.concerns(r) || slices.ContainsFunc(gone, func(s source.Span) bool { return inside(r.Span, s) }) {
			continue
		}
		text, changed, ok := t.rewritten(r, n, from)
		switch {
		case !changed:
		case !ok:
			unfit.Add("wrong-kind", r.Span, n.target(r).Kind.Row().One, r.Key, r.Entry.Kind.Row().One)
		case r.Fixed:
			fixed.Add("unwritable-reference", r.Span, text)
		default:
			p.Set.Texts = append(p.Set.Texts, edit.Change{Span: r.Span, Text: text})
			p.Rewritten = append(p.Rewritten, r)
		}
	}
	if unfit != nil {
		return &Refusal{Why: Unfit, Args: unfit[0].Args[:1], Problems: unfit}
	}
	if fixed != nil {
		return &Refusal{Why: Unwritable, Problems: fixed}
	}
	return nil
}

// concerns reports whether what a reference refers to gets another name or path.
func (n *renames) concerns(r Reference) bool {
	if _, ok := n.files[r.File]; ok {
		return true
	}
	if r.Entry == nil {
		return false
	}
	_, entry := n.entries[r.Entry.Reference()]
	_, id := n.ids[r.Entry.Reference()+"#"+r.ID]
	_, file := n.files[r.Entry.File.Path]
	return entry || id || file
}
