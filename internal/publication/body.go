package publication

import (
	"cmp"
	"fmt"
	"net/url"
	"path"
	"slices"
	"strings"

	"leerblad/internal/diag"
	"leerblad/internal/document"
	"leerblad/internal/edit"
	"leerblad/internal/frontmatter"
	"leerblad/internal/markdown"
	"leerblad/internal/source"
)

// body resolves the links, cards and pictures of a body that stands in the file at from. own is the entry
// that it belongs to.
func (a *assembler) body(b *Body, from string, own *Entry) {
	b.Links = make([]Target, 0, len(b.Body.Links))
	for _, l := range b.Body.Links {
		b.Links = append(b.Links, a.link(l, from, own))
	}
	for _, l := range b.Body.Cards {
		b.Cards = append(b.Cards, a.link(l, from, own))
	}
	for _, p := range b.Body.Pictures {
		file := a.file(frontmatter.Text{Value: unescapePath(p.Src), Span: p.Span}, from, true)
		b.Pictures = append(b.Pictures, &Picture{File: file, Alt: p.Alt, Caption: p.Caption})
	}
	for _, w := range b.Body.Wikis {
		a.wiki(w, from)
	}
}

// wiki reports a link or picture of Obsidian, with the one entry or file that it may mean.
func (a *assembler) wiki(w markdown.Wiki, from string) {
	what := diag.Term("instead-link")
	if w.Embed {
		what = "instead-picture"
	}
	d := diag.Diagnostic{Code: "foreign-mark", Span: w.Span, Args: []any{w.Written, diag.Term("tool-obsidian"), what}}
	name, heading, _ := strings.Cut(w.Target, "#")
	if fits := a.wikis()[markdown.Slug(strings.TrimSuffix(path.Base(name), path.Ext(name)))+strings.ToLower(mediaEnd(name))]; len(fits) == 1 && !a.diags.Long() {
		link := relative(from, fits[0])
		if heading != "" {
			link += "#" + markdown.Slug(heading)
		}
		if strings.ContainsAny(link, " ()") {
			link = "<" + link + ">"
		}
		text := cmp.Or(w.Text, name)
		if w.Embed && mediaEnd(name) != "" {
			text = "!" + "[" + strings.TrimSuffix(path.Base(name), path.Ext(name)) + "]" + "(" + link + ")"
		} else {
			text = "[" + text + "](" + link + ")"
		}
		d.Fixes = []diag.Fix{{Title: "replace", Args: []any{w.Written, text}, Changes: edit.Changes{{Span: w.Span, Text: text}},
			Choose: w.Embed}} // what it shows must still be described
	}
	a.diags = append(a.diags, d)
}

// mediaEnd gives the ending of a name of a file that is no text, or "".
func mediaEnd(name string) string {
	if ext := path.Ext(name); ext != ".md" && len(ext) > 1 && len(ext) < 6 && !strings.Contains(ext, " ") {
		return ext
	}
	return ""
}

// wikis gives the files that a name may mean: entries by their slug and title, others by their name.
func (a *assembler) wikis() map[string][]string {
	if a.byName == nil {
		a.byName = map[string][]string{}
		add := func(key, file string) {
			if !slices.Contains(a.byName[key], file) && len(a.byName[key]) < 2 {
				a.byName[key] = append(a.byName[key], file)
			}
		}
		for _, d := range a.Documents {
			add(d.Slug, d.File.Path)
			add(d.TitleKey, d.File.Path)
		}
		for _, p := range a.Tree.Paths() {
			if end := mediaEnd(p); end != "" {
				add(markdown.Slug(strings.TrimSuffix(path.Base(p), end))+strings.ToLower(end), p)
			}
		}
	}
	return a.byName
}

// scheme gives the scheme with which an address begins, or "".
func scheme(address string) string {
	for i := range len(address) {
		c := address[i] | 0x20 // a letter in lower case
		switch {
		case address[i] == ':':
			return address[:i]
		case c >= 'a' && c <= 'z' || i > 0 && (address[i] >= '0' && address[i] <= '9' || strings.IndexByte("+.-", address[i]) >= 0):
		default:
			return ""
		}
	}
	return ""
}

// link resolves one link of a body.
func (a *assembler) link(l markdown.Link, from string, own *Entry) Target {
	if scheme := scheme(l.Dest); scheme != "" {
		return a.outward(l, scheme, from)
	}
	switch {
	case strings.HasPrefix(l.Dest, "//"):
		a.diags.Add("bad-address", l.Span, l.Dest)
		return Target{}
	case strings.HasPrefix(l.Dest, "/"):
		a.diags = append(a.diags, diag.Diagnostic{Code: "absolute-link", Span: l.Span, Args: []any{l.Dest}, Suggest: a.bySlug(l.Dest, from)})
		return Target{}
	}
	dest, fragment, _ := strings.Cut(l.Dest, "#")
	dest, fragment = unescapePath(dest), unescapePath(fragment)
	if dest == "" {
		if own == nil || l.Dest == "" {
			a.diags.Add("broken-link", l.Span, l.Dest)
			return Target{}
		}
		return a.fragment(l, own, own.doc, fragment)
	}
	p, ok := a.find(dest, from)
	if !ok {
		a.diags.Add("outside-folder", l.Span, dest)
		return Target{}
	}
	if r := a.byPath[p]; r != nil {
		if !a.published(l.Span, r) {
			return Target{}
		}
		return a.fragment(l, r.entry, r.doc, fragment)
	}
	return a.fileLink(l, p, dest, fragment, from)
}

// outward resolves a link that begins with a scheme.
func (a *assembler) outward(l markdown.Link, scheme, from string) Target {
	switch strings.ToLower(scheme) {
	case "mailto", "tel":
		return Target{Address: l.Dest}
	case "http", "https":
	default:
		a.diags.Add("unsafe-link", l.Span, scheme+":")
		return Target{}
	}
	if !document.IsAddress(l.Dest) {
		a.diags.Add("bad-address", l.Span, l.Dest)
		return Target{}
	}
	if host := hostOf(l.Dest); host == "localhost" || host == "127.0.0.1" || host == "::1" {
		a.diags = append(a.diags, diag.Diagnostic{Code: "local-address", Span: l.Span, Args: []any{l.Dest}, Suggest: a.bySlug(l.Dest, from)})
		return Target{}
	}
	return Target{Address: l.Dest}
}

// fileLink resolves a link to the file at p, which is no entry.
func (a *assembler) fileLink(l markdown.Link, p, dest, fragment, from string) Target {
	switch {
	case strings.HasPrefix(l.Dest, "www."):
		a.diags = append(a.diags, diag.Diagnostic{Code: "bad-address", Span: l.Span, Args: []any{l.Dest}, Suggest: "https://" + l.Dest})
	case a.Tree.File(p) == nil:
		a.brokenLink(l, p, dest, from)
	case path.Ext(p) == ".md":
		a.diags.Add("no-page", l.Span, dest)
	case a.use(p, false, l.Span, dest):
		return Target{File: p, Fragment: fragment}
	}
	return Target{}
}

// fragment checks that the entry has the heading or finding that a link names.
func (a *assembler) fragment(l markdown.Link, e *Entry, d *document.Document, fragment string) Target {
	if fragment == "" || d.NoBody {
		return Target{Entry: e}
	}
	id := fragment
	if !d.Body.HasID(id) {
		id = markdown.Anchor(fragment) // as code hosts write it, with accents and capitals
	}
	if !d.Body.HasID(id) {
		var ids []string
		if !a.diags.Long() {
			ids = d.Body.IDs()
		}
		a.diags.AddNear("broken-fragment", l.Span, fragment, ids, d.File.Path, fragment)
		return Target{Entry: e}
	}
	return Target{Entry: e, Fragment: id}
}

func (a *assembler) brokenLink(l markdown.Link, p, dest, from string) {
	suggest := ""
	for _, try := range []string{p + ".md", strings.TrimSuffix(p, ".md") + "/index.md", path.Join(p, "index.md")} {
		if a.byPath[try] != nil {
			suggest = relative(from, try)
		}
	}
	if suggest == "" {
		suggest = a.nearestFile(p, from)
	}
	a.diags = append(a.diags, diag.Diagnostic{Code: "broken-link", Span: l.Span, Args: []any{dest}, Suggest: suggest})
}

func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return u.Hostname()
}

// bySlug gives the file of the entry whose slug is the last word of an address, as seen from the folder of from, or "".
func (a *assembler) bySlug(address, from string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	slug, found := path.Base(strings.TrimSuffix(u.Path, "/")), ""
	for _, d := range a.Documents {
		if d.Slug == slug && slug != "" {
			if found != "" {
				return "" // two kinds have such an entry
			}
			found = relative(from, d.File.Path)
		}
	}
	return found
}

func unescapePath(s string) string {
	if p, err := url.PathUnescape(s); err == nil {
		return p
	}
	return s
}

// IsTranscriptFile reports whether a transcript is the path of a file rather than the text itself.
func IsTranscriptFile(value string) bool {
	ext := strings.ToLower(path.Ext(value))
	return !strings.Contains(value, "\n") && (ext == ".md" || texts[ext] || ext == ".vtt" || ext == ".pdf")
}

// transcript gives the body of the transcript of an entry's media item n: a Markdown file, or the text itself.
func (a *assembler) transcript(t frontmatter.Text, e *Entry, n int) Body {
	if t.Value == "" {
		return Body{}
	}
	from, known := e.doc.File.Path, len(a.diags)
	f, inline := source.NewFile(from, []byte(t.Value)), true
	if IsTranscriptFile(t.Value) {
		p, ok := a.find(t.Value, from)
		if f = a.Tree.File(p); f == nil || !ok {
			a.diags = append(a.diags, diag.Diagnostic{Code: "missing-file", Span: t.Span, Args: []any{t.Value}, Suggest: a.nearestFile(p, from)})
			return Body{}
		}
		if strings.ToLower(path.Ext(t.Value)) != ".md" {
			a.diags.Add("bad-form", t.Span, t.Value, "transcript", "uitgeschreven.md")
			return Body{}
		}
		from, inline = p, false
	}
	body, diags := a.Transcript(f, fmt.Sprintf("transcript_%d_", n+1))
	a.diags = append(a.diags, diags...)
	b := Body{Body: body}
	if !inline {
		b.File = f
	}
	a.body(&b, from, e)
	for i := known; inline && i < len(a.diags); i++ {
		a.diags[i].Span, a.diags[i].Fixes = t.Span, nil // the text stands in the front matter, its places do not
	}
	return b
}
