package publication

import (
	"cmp"
	"path"
	"regexp"
	"slices"
	"strings"

	"leerblad/internal/diag"
	"leerblad/internal/document"
	"leerblad/internal/frontmatter"
	"leerblad/internal/markdown"
	"leerblad/internal/source"
)

// referenceForm is <kind>/<slug> or <kind>/<slug>#<id>.
var referenceForm = regexp.MustCompile(`^([a-z]+)/([a-z0-9]+(?:-[a-z0-9]+)*)(?:#([\p{L}\p{N}_-]+))?$`)

// refers resolves what the value of a key of front matter refers to.
func (a *assembler) refers(t frontmatter.Text, key string) (*Entry, *Finding) {
	return a.reference(t, key, document.KeyOf(key).Kinds...)
}

// reference resolves <kind>/<slug> or <kind>/<slug>#<id>, written as the value of key. Entries must be of one of
// the kinds; document.Finding among them allows a finding.
func (a *assembler) reference(t frontmatter.Text, key string, kinds ...document.Kind) (*Entry, *Finding) {
	if t.Value == "" {
		return nil, nil
	}
	ref, id, _ := strings.Cut(t.Value, "#")
	r := a.records[ref]
	if r == nil || strings.HasSuffix(t.Value, "#") || !strings.Contains(ref, "/") {
		a.noReference(t, kinds)
		return nil, nil
	}
	if !a.allowed(t, key, r.doc.Kind, id, kinds) || !a.published(t.Span, r) {
		return nil, nil
	}
	if id == "" {
		return r.entry, nil
	}
	for _, f := range r.entry.Body.Findings {
		if f.ID == id {
			return nil, f
		}
	}
	if now := nowCalled(r.entry, id); now != "" {
		a.offerValues("missing-finding", written{value: t.Value, span: t.Span}, []string{now}, true, ref, id, "")
		return nil, nil
	}
	if !r.doc.NoBody {
		a.missingFinding(t, r.entry, id)
	}
	return nil, nil
}

// noReference reports what is no reference, or that of an entry that there is not.
func (a *assembler) noReference(t frontmatter.Text, kinds []document.Kind) {
	found, sure := a.meant(t.Value, kinds)
	w := written{value: t.Value, span: t.Span}
	m := referenceForm.FindStringSubmatch(t.Value)
	switch {
	case m == nil:
		a.offerValues("bad-reference", w, found, sure, t.Value)
	case !sure && a.lookup().strays[m[2]]: // which was reported there
	default:
		kind := document.Kind(m[1])
		if kind.Row().Layout == "" {
			kind = kinds[len(kinds)-1]
		}
		a.offerValues("missing-entry", w, found, sure, m[1]+"/"+m[2], makes(kind, m[2]))
	}
}

// missingFinding reports the id of a finding that an entry has not.
func (a *assembler) missingFinding(t frontmatter.Text, e *Entry, id string) {
	ids := findingIDs(e)
	var found []string
	sure := slices.Contains(ids, markdown.Anchor(id))
	if sure {
		found = []string{e.ref + "#" + markdown.Anchor(id)}
	} else if near := diag.Nearest(id, ids); near != "" && !a.diags.Long() {
		found = []string{e.ref + "#" + near}
	}
	a.offerValues("missing-finding", written{value: t.Value, span: t.Span}, found, sure, e.ref, id, cmp.Or(strings.Join(ids, ", "), "–"))
}

// nearestEntry gives the reference whose slug is nearest, among those of the same kind if there is such a kind.
func (a *assembler) nearestEntry(kind, slug string, kinds []document.Kind) string {
	if near := diag.Nearest(kind, document.Folders()); near != "" {
		kinds = []document.Kind{document.Kind(near)}
	}
	var slugs []string
	bySlug := map[string]string{}
	for _, ref := range a.references(kinds) {
		slugs = append(slugs, path.Base(ref))
		bySlug[path.Base(ref)] = ref
	}
	return bySlug[diag.Nearest(slug, slugs)]
}

// called is what messages call an entry of a kind, or a finding.
func called(k document.Kind) diag.Phrase {
	if k == document.Finding {
		return diag.Phrase{NL: "een bevinding", EN: "a finding"}
	}
	return k.Row().One
}

// oneOf names several kinds.
func oneOf(kinds []document.Kind) (names diag.Phrase) {
	for i, k := range kinds {
		one := called(k)
		switch {
		case i == 0:
			names = one
		case i == len(kinds)-1:
			names = diag.Phrase{NL: names.NL + " of " + one.NL, EN: names.EN + " or " + one.EN}
		default:
			names = diag.Phrase{NL: names.NL + ", " + one.NL, EN: names.EN + ", " + one.EN}
		}
	}
	return names
}

func (a *assembler) allowed(t frontmatter.Text, key string, kind document.Kind, id string, kinds []document.Kind) bool {
	if id != "" {
		if slices.Contains(kinds, document.Finding) {
			return true
		}
		kind = document.Finding
	} else if slices.Contains(kinds, kind) {
		return true
	}
	a.diags.Add("wrong-kind", t.Span, called(kind), key, oneOf(kinds))
	return false
}

// published reports at span that the entry is a draft, scheduled or expired.
func (a *assembler) published(span source.Span, r *record) bool {
	if r.entry != nil {
		return a.there(span, r.entry)
	}
	a.diags.Add(r.status.code, span, r.doc.Reference(), r.doc.File.Path, string(r.status.day))
	return false
}

// there reports at span that e is not published when the entry is that refers to it. It gives a hint where e will expire before that does.
func (a *assembler) there(span source.Span, e *Entry) bool {
	if a.Options.All {
		if s := a.Options.when(a.from).status(e.doc); s.code != "" {
			a.diags.Add(s.code, span, e.ref, e.doc.File.Path, string(s.day))
			return false
		}
	}
	if end := e.Meta.Expires.Day; end != "" && e != a.from && (a.from == nil || a.from.Meta.Expires.Day == "" || a.from.Meta.Expires.Day > end) {
		a.diags.Add("expiring-entry", span, e.ref, e.doc.File.Path, string(end))
	}
	return true
}

// unknown reports the slug of an entry of one kind that there is not, or that is not published.
func (a *assembler) unknown(t frontmatter.Text, kind document.Kind, code diag.Code) {
	if r := a.records[string(kind)+"/"+t.Value]; r != nil {
		a.published(t.Span, r)
		return
	}
	found, sure := a.entitled(t, kind)
	if slug := markdown.Slug(stem(t.Value)); sure || !a.lookup().strays[slug] { // else it was reported there
		a.offerValues(code, written{value: t.Value, span: t.Span}, found, sure, t.Value, makes(kind, slug))
	}
}

// references gives all references to entries of the kinds, sorted.
func (a *assembler) references(kinds []document.Kind) []string {
	var out []string
	for ref, r := range a.records {
		if slices.Contains(kinds, r.doc.Kind) || slices.Contains(kinds, document.Finding) && r.doc.Kind == document.Sheets {
			out = append(out, ref)
		}
	}
	slices.Sort(out)
	return out
}

func findingIDs(e *Entry) []string {
	var out []string
	for _, f := range e.Body.Body.Findings {
		out = append(out, f.ID)
	}
	return out
}

// value is file for a value of front matter.
func (a *assembler) value(t frontmatter.Text, from string, want wanted) string {
	return a.file(written{value: t.Value, span: t.Span, from: from}, want)
}

// file resolves a path to a file of the publication, which it notes as used. It gives "" for a missing one.
func (a *assembler) file(w written, want wanted) string {
	if w.value == "" {
		return ""
	}
	if isWeb := strings.Contains(w.value, "://") || strings.HasPrefix(w.value, "//"); isWeb && !strings.EqualFold(scheme(w.value), "file") {
		if want == aPicture {
			a.diags.Add("external-picture", w.span, w.value)
		} else {
			a.missing("missing-file", w, path.Clean(w.value), want)
		}
		return ""
	}
	if a.misplaced(w, want) {
		return ""
	}
	p, ok := a.find(w.value, w.from)
	if !ok {
		found, sure := a.propose(path.Base(w.value), w.from, want)
		a.offer("outside-folder", w, found, sure, w.value)
		return ""
	}
	if a.Tree.File(p) == nil {
		code := diag.Code("missing-file")
		if want == aPicture {
			code = "missing-picture"
		}
		a.missing(code, w, p, want)
		return ""
	}
	if !a.use(p, want == aPicture, w.span, w.value) {
		return ""
	}
	return p
}

// missing reports a file that is not there, unless it cannot be read, which was reported.
func (a *assembler) missing(code diag.Code, w written, p string, want wanted) {
	if a.odd(p, source.Unreadable) {
		return
	}
	if rel, ok := a.find(slashes(w.value), w.from); ok {
		p = rel
	}
	found, sure := a.propose(p, w.from, want)
	what, where := a.place(p, want)
	a.offer(code, w, found, sure, w.value, what, where)
}

func (a *assembler) find(rel, from string) (p string, ok bool) { return Find(a.Tree.Name, rel, from) }

// Find gives the path in the publication of a path relative to the file at from, or relative to the
// publication folder where it begins with media/ and no such folder is beside the file. name gives the path of the file that is called so, and
// whether there is one. ok is false for a path that leads out of the publication.
func Find(name func(string) (string, bool), rel, from string) (p string, ok bool) {
	if up, ok := strings.CutPrefix(rel, "../"); ok && strings.Count(from, "/") == 1 && !strings.Contains(up, "./") && !strings.Contains(up, "//") {
		p, _ = name(up) // as nearly all links are, and it saves a copy
		return p, true
	}
	p, exists := name(path.Join(path.Dir(from), rel))
	if strings.HasPrefix(rel, "media/") && !exists {
		p, _ = name(path.Clean(rel))
	}
	return p, p != ".." && !strings.HasPrefix(p, "../") && !strings.HasPrefix(rel, "/")
}

// unsafe are the endings of files that a browser would run, or that are the publication's own sources.
var unsafe = map[string]bool{".md": true, ".yaml": true, ".yml": true, ".html": true, ".htm": true, ".xhtml": true, ".xml": true, ".js": true, ".mjs": true, ".wasm": true}

// use notes that the site has the file at p, which was written as value. It gives false for one that cannot be there.
func (a *assembler) use(p string, picture bool, span source.Span, value string) bool {
	if unsafe[strings.ToLower(path.Ext(p))] {
		a.diags.Add("unsafe-file", span, value)
		return false
	}
	old, ok := a.uses[p]
	if !ok {
		old = Use{Path: p, Picture: picture, Span: span}
	}
	old.Picture = old.Picture || picture
	a.uses[p] = old
	return true
}

// relative gives the path of target as seen from the folder of from.
func relative(from, target string) string {
	a, b := strings.Split(path.Dir(from), "/"), strings.Split(target, "/")
	if a[0] == "." {
		a = nil
	}
	for len(a) > 0 && len(b) > 1 && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	return strings.Repeat("../", len(a)) + strings.Join(b, "/")
}

// texts are the endings of files that hold texts which nobody reads here.
var texts = map[string]bool{
	".markdown": true, ".mdown": true, ".txt": true, ".doc": true, ".docx": true, ".odt": true, ".rtf": true, ".pages": true, ".htm": true, ".html": true,
}

// loose are the endings of files that nobody sees unless a text refers to them, by what they are.
var loose = map[string]diag.Term{
	".xls": "format-xlsx", ".xlsx": "format-xlsx", ".ods": "format-xlsx", ".numbers": "format-xlsx", ".csv": "format-xlsx",
	".ppt": "format-pptx", ".pptx": "format-pptx", ".odp": "format-pptx", ".key": "format-pptx",
	".zip": "format-archive", ".rar": "format-archive", ".7z": "format-archive", ".gz": "format-archive", ".tar": "format-archive",
	".msg": "format-mail", ".eml": "format-mail", ".lnk": "format-shortcut", ".url": "format-shortcut", ".webloc": "format-shortcut",
}

// ignored warns of files in the kinds' folders that are no entries and that no entry refers to.
func (a *assembler) ignored() {
	for _, p := range a.Tree.Paths() {
		kind, name, _ := strings.Cut(p, "/")
		ext := path.Ext(name)
		if _, used := a.uses[p]; used || strings.Contains(name, "/") || !slices.Contains(document.Folders(), kind) {
			continue
		}
		start := source.At(a.Tree.File(p), 0, 0)
		what, known := loose[strings.ToLower(ext)]
		switch {
		case known && what == "format-archive":
			a.diags.Add("packed-file", start, name)
		case known:
			a.diags.Add("loose-file", start, name, what)
		case texts[strings.ToLower(ext)] || ext != ".md" && strings.EqualFold(ext, ".md"):
			a.diags.Add("ignored-file", start)
		}
	}
}
