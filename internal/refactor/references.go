// Package refactor moves and removes entries and findings: it knows every place in the sources that refers to one, with the bytes in which
// it is written, and plans the changes after which all of them still lead somewhere.
//
// A plan is a function of the texts alone; nothing is read or written here. Drafts and what else is not published are texts as others.
package refactor

import (
	"cmp"
	"net/url"
	"path"
	"slices"
	"strings"
	"sync"

	"leerblad/internal/diag"
	"leerblad/internal/document"
	"leerblad/internal/frontmatter"
	"leerblad/internal/markdown"
	"leerblad/internal/publication"
	"leerblad/internal/source"
)

// Texts are all texts of a publication, and what they refer to.
type Texts struct {
	publication.Input
	address    func(document.Place) string
	byRef      map[string]*document.Document
	byPath     map[string]*document.Document
	pages      func() map[string]*document.Document // by the paths of their pages
	alone      bool                                 // transcripts that are files are not read
	references []Reference
	lost       []Reference // to nothing that there is
	unread     diag.List
}

// Reference is a place that refers to an entry, a finding, a heading or a file.
type Reference struct {
	Key   string             // that of front matter, or "link", "definition", "picture", "chart", "topic", "follows", "moved" or "navigation"
	Entry *document.Document // to which it refers, perhaps to one of its headings or findings; nil for a file
	ID    string             // of the heading or finding
	File  string             // the path of the file to which it refers, also of an entry's
	Span  source.Span        // all that is written of it, without what stands around it
	// Fixed says that it is written in a way that cannot be changed bytewise, with escapes; Span is then only where that begins.
	Fixed bool

	form   form
	from   string      // the path of the text in which it stands
	told   source.Span // where a problem with it is reported
	wanted string      // the reference or path that it names, of one that is lost
}

type form int

const (
	whole    form = iota // <kind>/<slug>#<id>
	slug                 // of a topic or region
	filed                // a path
	linked               // an address of Markdown, relative to the text
	absolute             // a complete address on the site
)

// Open gives texts of which References tells what one of them refers to; All and To know none, and nothing can be moved. address gives the path
// on the site of an entry's page, which begins with a slash and holds nothing of the site's own path.
func Open(in publication.Input, address func(document.Place) string) *Texts {
	t := &Texts{Input: in, address: address, byRef: make(map[string]*document.Document, len(in.Documents)),
		byPath: make(map[string]*document.Document, len(in.Documents))}
	for _, d := range in.Documents {
		if t.byRef[d.Reference()] == nil {
			t.byRef[d.Reference()] = d
		}
		t.byPath[d.File.Path] = d
	}
	for _, d := range in.Documents {
		if path.Base(d.File.Path) == "index.md" || strings.HasSuffix(d.File.Path, "/"+d.Slug+".md") {
			continue
		}
		if good := string(d.Kind) + "/" + d.Slug + ".md"; t.byPath[good] == nil {
			t.byPath[good] = d // as links may call a text whose name is no slug
		}
	}
	t.pages = sync.OnceValue(func() map[string]*document.Document {
		pages := make(map[string]*document.Document, len(in.Documents))
		for _, d := range in.Documents {
			pages[address(d.Place)] = d
		}
		return pages
	})
	return t
}

// Read finds all references in the texts. address is as of Open.
func Read(in publication.Input, address func(document.Place) string) *Texts {
	return Open(in, address).read(func(int) bool { return true })
}

// read gives texts that know the references in those for which wanted holds, and what cannot be read of any.
func (t *Texts) read(wanted func(i int) bool) *Texts {
	one := *t
	t = &one
	t.references, t.lost, t.unread = nil, nil, nil
	for i, d := range t.Documents {
		if d.Unread || d.NoBody {
			t.unread = append(t.unread, t.Problems[i]...)
		} else if wanted(i) {
			from := len(t.references)
			t.document(d)
			slices.SortStableFunc(t.references[from:], byPlace) // few at a time, and most texts come in their order
		}
	}
	if f := t.Tree.File(publication.SettingsFile); f != nil {
		if fields, problems := frontmatter.Read(source.At(f, 0, len(f.Data))); fields == nil {
			t.unread = append(t.unread, problems...)
		}
	}
	t.navigation(t.Settings)
	t.references = sorted(t.references)
	return t
}

// sorted gives references by their files and places, each once: several links may have one definition.
func sorted(list []Reference) []Reference {
	if !slices.IsSortedFunc(list, byPlace) {
		slices.SortStableFunc(list, byPlace)
	}
	return slices.CompactFunc(list, func(a, b Reference) bool { return a.Span == b.Span })
}

func byPlace(a, b Reference) int {
	return cmp.Or(cmp.Compare(a.Span.File.Path, b.Span.File.Path), cmp.Compare(a.Span.Start, b.Span.Start))
}

// References gives what a text refers to in its own file. It may be newer than the one that was read.
func (t *Texts) References(d *document.Document) []Reference {
	one := *t
	one.references, one.lost, one.alone = nil, nil, true
	one.document(d)
	return sorted(one.references)
}

// Navigation gives what settings refer to, which may be newer than those that were read.
func (t *Texts) Navigation(s publication.Settings) []Reference {
	one := *t
	one.references, one.lost = nil, nil
	one.navigation(s)
	return sorted(one.references)
}

func (t *Texts) navigation(s publication.Settings) {
	for _, n := range s.Navigation {
		if ref, id, _ := strings.Cut(n.Value, "#"); strings.Contains(ref, "/") {
			t.value(n, t.to(ref, Reference{Key: "navigation", ID: id, from: publication.SettingsFile, form: whole}))
		}
	}
}

// To gives all that refers to an entry or something in it, or to one finding or heading where id is not "". Files are those of the
// entry, to which others may refer too.
func (t *Texts) To(d *document.Document, id string, files map[string]string) (out []Reference) {
	for _, r := range t.references {
		_, file := files[r.File]
		if r.Entry == d && (id == "" || r.ID == id) || id == "" && r.Entry == nil && file {
			out = append(out, r)
		}
	}
	return out
}

func (t *Texts) add(r Reference) {
	if r.Entry == nil && (r.File == "" || !t.exists(r.File)) {
		t.lost = append(t.lost, r)
		return
	}
	t.references = append(t.references, r)
}

// value adds a reference that is the whole of a value of front matter.
func (t *Texts) value(v frontmatter.Text, r Reference) {
	span, ok := v.Within(0, len(v.Value))
	if !ok {
		span = v.Span
	}
	r.Span, r.Fixed, r.told = span, !ok, v.Span
	t.add(r)
}

func (t *Texts) document(d *document.Document) {
	from := d.File.Path
	for _, v := range d.Meta.References() {
		r := Reference{Key: v.Key, from: from}
		switch v.Form {
		case document.Whole:
			ref, id, _ := strings.Cut(v.Value, "#")
			r.Entry, r.ID, r.form, r.wanted = t.byRef[ref], id, whole, ref
		case document.Topic, document.Region:
			kind := document.Topics
			if v.Form == document.Region {
				kind = document.Regions
			}
			r.wanted = string(kind) + "/" + v.Value
			r.Entry, r.form = t.byRef[r.wanted], slug
		case document.Prose:
			if !publication.IsTranscriptFile(v.Value) {
				t.prose(d, v)
				continue
			}
			if p, ok := publication.Find(t.Tree.Name, v.Value, from); ok {
				if !t.alone {
					t.transcript(p, d)
				}
				r.File, r.form, r.wanted = p, filed, p
			}
		case document.Path:
			if p, ok := publication.Find(t.Tree.Name, v.Value, from); ok {
				r.File, r.form, r.wanted = p, filed, p
			}
		}
		if r.Entry != nil {
			r.File = r.Entry.File.Path
		}
		if r.wanted != "" {
			t.value(v.Text, r)
		}
	}
	t.body(d.Body, from, d, func(span source.Span) (source.Span, bool) { return span, span.File != nil })
}

func (t *Texts) exists(p string) bool { return t.Tree.File(p) != nil }

// prose adds the references of a Markdown text that is a value of front matter.
func (t *Texts) prose(d *document.Document, v document.Reference) {
	body, _ := t.Transcript(source.NewFile(d.File.Path, []byte(v.Value)), "text_")
	t.body(body, d.File.Path, d, func(span source.Span) (source.Span, bool) {
		if span.File == nil {
			return v.Span, false
		}
		at, ok := v.Within(span.Start, span.End)
		if !ok {
			return v.Span, false
		}
		return at, true
	})
}

// transcript adds the references of a transcript that is a file.
func (t *Texts) transcript(p string, d *document.Document) {
	f := t.Tree.File(p)
	if f == nil {
		return
	}
	body, problems := t.Transcript(f, "text_")
	if document.Unreadable(f) != nil {
		t.unread = append(t.unread, problems...)
	}
	t.body(body, p, d, func(span source.Span) (source.Span, bool) { return span, span.File != nil })
}

// body adds the references of a body in the file at from, which belongs to the entry own. place gives the place in that file of one in
// the body, and whether it can be written there.
func (t *Texts) body(b *markdown.Body, from string, own *document.Document, place func(source.Span) (source.Span, bool)) {
	add := func(at, span source.Span, r Reference) {
		if at.File == nil {
			at = source.Span{}
		}
		var ok bool
		if r.Span, ok = place(at); !ok {
			r.Fixed = true
			if r.Span.File == nil {
				r.Span = span
			}
		}
		r.from, r.told = from, span
		t.add(r)
	}
	for i, list := range [][]markdown.Link{b.Links, b.Cards, b.Definitions} {
		for _, l := range list {
			if r, ok := t.link(l.Dest, from, own); ok {
				if i == 2 {
					r.Key = "definition" // that no link uses, or it stands before this one
				}
				add(l.At, l.Told, r)
			}
		}
	}
	for _, p := range b.Pictures {
		if r, ok := t.link(p.Src, from, own); ok {
			r.Key = "picture"
			add(p.At, p.Told, r)
		}
	}
	for _, c := range b.Charts {
		if p, ok := publication.Find(t.Tree.Name, c.File, from); ok && c.File != "" {
			add(c.At, c.Told, Reference{Key: "chart", File: p, wanted: p, form: filed})
		}
	}
	for _, h := range b.Headings {
		if h.Topic.Set() {
			ref := string(document.Topics) + "/" + h.Topic.Value
			add(h.Topic.Span, h.Topic.Span, t.to(ref, Reference{Key: "topic", form: slug}))
		}
	}
	for _, f := range b.Findings {
		t.named("follows", f.Follows, add)
	}
	for _, m := range b.Moved {
		t.named("moved", m.To, add)
	}
}

// named adds a reference in an attribute of a finding.
func (t *Texts) named(key string, v frontmatter.Text, add func(at, span source.Span, r Reference)) {
	ref, id, _ := strings.Cut(v.Value, "#")
	if v.Set() {
		add(v.Span, v.Span, t.to(ref, Reference{Key: key, ID: id, form: whole}))
	}
}

// to is a reference as one to the entry that ref names, if there is one.
func (t *Texts) to(ref string, r Reference) Reference {
	r.wanted = ref
	if d := t.byRef[ref]; d != nil {
		r.Entry, r.File = d, d.File.Path
	}
	return r
}

// link tells to what an address in a body refers.
func (t *Texts) link(dest, from string, own *document.Document) (r Reference, ok bool) {
	r = Reference{Key: "link", form: linked}
	if strings.HasPrefix(dest, "https://") || strings.HasPrefix(dest, "http://") {
		return t.page(dest)
	}
	p, fragment, _ := strings.Cut(dest, "#")
	p, fragment = unescape(p), unescape(fragment)
	if p == "" {
		r.Entry = own
	} else {
		at, ok := publication.Find(t.Tree.Name, p, from)
		if !ok {
			return r, false
		}
		r.Entry, r.File, r.wanted = t.byPath[at], at, at
	}
	if r.Entry == nil {
		r.ID = fragment
		return r, r.File != ""
	}
	r.File, r.ID = r.Entry.File.Path, fragment
	if !r.Entry.Body.HasID(fragment) {
		r.ID = markdown.Anchor(fragment) // as publication reads it
	}
	return r, true
}

// page tells to which entry a complete address on the site refers.
func (t *Texts) page(dest string) (r Reference, ok bool) {
	site := t.Settings.URL
	u, err := url.Parse(dest)
	if err != nil || site == nil || !strings.EqualFold(u.Host, site.Host) {
		return r, false
	}
	rest, below := strings.CutPrefix(u.Path, strings.TrimSuffix(site.Path, "/"))
	if !below || u.RawQuery != "" {
		return r, false
	}
	r = Reference{Key: "link", form: absolute, Entry: t.pages()[strings.TrimSuffix(rest, "/")+"/"], ID: u.Fragment}
	if r.Entry == nil {
		return r, false
	}
	r.File = r.Entry.File.Path
	return r, true
}

func unescape(s string) string {
	if p, err := url.PathUnescape(s); err == nil {
		return p
	}
	return s
}

// All gives all references, by their files and places.
func (t *Texts) All() []Reference { return t.references }
