package refactor

import (
	"path"
	"slices"
	"strings"

	"leerblad/internal/document"
	"leerblad/internal/edit"
	"leerblad/internal/markdown"
	"leerblad/internal/publication"
	"leerblad/internal/source"
)

// renames are the new names of things.
type renames struct {
	files   map[string]string         // paths, by those that they have now
	entries map[string]document.Place // by references
	ids     map[string]place          // of findings, by references with #id
}

// place is an entry, and perhaps an id in it.
type place struct {
	document.Place
	file string // its path once all is done
	id   string
}

func (p place) reference() string {
	ref := string(p.Kind) + "/" + p.Slug
	if p.id != "" {
		ref += "#" + p.id
	}
	return ref
}

// file gives the path that a file will have.
func (n *renames) file(p string) string {
	if to, ok := n.files[p]; ok {
		return to
	}
	return p
}

// target gives what a reference to an entry will have to refer to.
func (n *renames) target(r Reference) place {
	if to, ok := n.ids[r.Entry.Reference()+"#"+r.ID]; ok && r.ID != "" {
		return to
	}
	to := place{r.Entry.Place, n.file(r.Entry.File.Path), r.ID}
	if p, ok := n.entries[r.Entry.Reference()]; ok {
		to.Place = p
	}
	return to
}

// rewritten gives what must be written in place of a reference that will stand in the file at from; changed is false where what there is will
// do, and ok where the reference cannot be written.
func (t *Texts) rewritten(r Reference, n *renames, from string) (text string, changed, ok bool) {
	if r.Entry == nil {
		text, changed = t.written(r, n, from, n.file(r.File), "", false)
		return text, changed, true
	}
	to := n.target(r)
	was := place{r.Entry.Place, r.Entry.File.Path, r.ID}
	renamed := to.id != was.id
	switch r.form {
	case whole:
		return to.reference(), to.Place != was.Place || renamed, true
	case slug:
		return to.Slug, to.Place != was.Place, to.Kind == was.Kind && to.id == ""
	case absolute:
		if to.Place == was.Place && !renamed {
			return "", false, true
		}
		text = t.Settings.Complete(strings.TrimSuffix(t.Settings.Base(), "/") + t.address(to.Place))
		if to.id != "" {
			text += "#" + to.id
		}
		return text, true, true
	}
	text, changed = t.written(r, n, from, to.file, to.id, renamed)
	return text, changed, true
}

// written gives the path of target as a text at from writes it, with as much as can be of how it is written now. Where the target has another id
// now, renamed, that is written too.
func (t *Texts) written(r Reference, n *renames, from, target, id string, renamed bool) (text string, changed bool) {
	raw, fragment := r.Span.Text(), ""
	if i := strings.IndexByte(raw, '#'); i >= 0 && r.form == linked {
		raw, fragment = raw[:i], raw[i:]
	}
	decode := func(s string) string { return s }
	encode := decode
	if r.form == linked {
		decode, encode = func(s string) string { return unescape(markdown.Address(s)) }, escapes.Replace
	}
	if renamed {
		fragment = ""
		if id != "" {
			fragment = "#" + id
		}
	}
	name := func(p string) (string, bool) {
		if now, ok := t.Tree.Name(p); ok {
			p = now
		}
		return p, t.willExist(p, n)
	}
	now := raw
	leads := func(raw string) bool {
		p, inside := publication.Find(name, decode(raw), from)
		return raw != "" && inside && p == target
	}
	shortest := raw != "" && decode(strings.TrimPrefix(raw, "./")) == publication.Relative(r.from, r.File)
	switch {
	case target == from && r.File != r.from && fragment != "" && raw == publication.Relative(r.from, r.File): // it has come to stand in the text that it refers to
		now = ""
	case raw == "" && target == from, leads(raw) && (!shortest || path.Dir(from) == path.Dir(r.from)):
	default:
		if now = retail(raw, r.File, target, decode, encode); shortest || !leads(now) {
			now = repath(raw, from, r.File, target, decode, encode)
		}
	}
	text = now + fragment
	return text, text != r.Span.Text()
}

// willExist reports whether there will be a file at a path.
func (t *Texts) willExist(p string, n *renames) bool {
	for _, to := range n.files {
		if to == p {
			return true
		}
	}
	_, moves := n.files[p]
	return !moves && t.exists(p)
}

// escapes are the signs in a path that mean something in an address of Markdown.
var escapes = strings.NewReplacer("%", "%25", " ", "%20", "(", "%28", ")", "%29", "<", "%3C", ">", "%3E", `\`, "%5C", "#", "%23", "?", "%3F", "&", "%26", "*", "%2A")

// retail writes the path of target in place of raw, which is that of old, and changes nothing but the names in which the two differ. It gives
// "" where these do not all stand in raw.
func retail(raw, old, target string, decode, encode func(string) string) string {
	segments, was, wants := strings.Split(raw, "/"), strings.Split(old, "/"), strings.Split(target, "/")
	common := 0
	for common < min(len(was), len(wants)) && was[common] == wants[common] {
		common++
	}
	keep := len(segments) - (len(was) - common)
	if keep < 0 {
		return ""
	}
	for i, s := range was[common:] {
		if decode(segments[keep+i]) != s {
			return ""
		}
	}
	return strings.Join(append(slices.Clone(segments[:keep]), ending(wants[common:], segments, was, wants, decode, encode)...), "/")
}

// repath writes the path of target, as seen from the folder of the text at from, in place of raw, which is that of old.
func repath(raw, from, old, target string, decode, encode func(string) string) string {
	out := strings.Split(publication.Relative(from, target), "/")
	dot := ""
	if strings.HasPrefix(raw, "./") {
		dot = "./"
	}
	return dot + strings.Join(ending(out, strings.Split(raw, "/"), strings.Split(old, "/"), strings.Split(target, "/"), decode, encode), "/")
}

// ending gives names of a path as they are to be written: those at its end that both paths have as they are written in segments.
func ending(names, segments, was, wants []string, decode, encode func(string) string) (out []string) {
	same := 0
	for same < min(len(segments), len(was), len(wants)) && was[len(was)-1-same] == wants[len(wants)-1-same] &&
		decode(segments[len(segments)-1-same]) == was[len(was)-1-same] {
		same++
	}
	for i, s := range names {
		if at := len(names) - i; at <= same && s == wants[len(wants)-at] {
			out = append(out, segments[len(segments)-at])
		} else {
			out = append(out, encode(s))
		}
	}
	// Of the name of a text the ending stays as it is written.
	last, old, name := segments[len(segments)-1], strings.TrimSuffix(was[len(was)-1], ".md"), strings.TrimSuffix(wants[len(wants)-1], ".md")
	if same == 0 && decode(last) == old+".md" && strings.HasPrefix(last, old) {
		out[len(out)-1] = encode(name) + last[len(old):]
	}
	return out
}

// within gives the text of a span with the changes that lie in it.
func within(span source.Span, changes edit.Changes) (string, error) {
	f := source.NewFile(span.File.Path, []byte(span.Text()))
	var inner edit.Changes
	for _, c := range changes {
		if inside(c.Span, span) {
			inner = append(inner, edit.Change{Span: source.At(f, c.Span.Start-span.Start, c.Span.End-span.Start), Text: c.Text})
		}
	}
	data, err := edit.Apply(f.Data, inner)
	return string(data), err
}

func inside(s, in source.Span) bool {
	return in.File != nil && s.File == in.File && in.Start <= s.Start && s.End <= in.End
}
