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
		file := a.file(written{value: unescapePath(p.Src), span: p.Told, from: from, body: true, vague: p.At.File == nil}, aPicture)
		b.Pictures = append(b.Pictures, &Picture{File: file, Alt: p.Alt, Caption: p.Caption, Pieces: p.Pieces})
	}
	for i := range b.Body.Charts {
		b.Charts = append(b.Charts, a.chart(&b.Body.Charts[i], from))
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
	scheme := scheme(l.Dest)
	if len(scheme) > 1 && !strings.EqualFold(scheme, "file") { // else that of a disk or a file
		return a.outward(l, scheme, from)
	}
	dest, fragment, hasFragment := strings.Cut(l.Dest, "#")
	w := written{value: unescapePath(dest), span: l.Told, from: from, body: true, vague: l.At.File == nil || l.Bare}
	if hasFragment {
		w.after = "#" + fragment
	}
	switch {
	case strings.HasPrefix(l.Dest, "//"):
		a.offerValues("bad-address", w, []string{"https:" + l.Dest}, true, l.Dest)
		return Target{}
	case strings.HasPrefix(l.Dest, "/"):
		a.absoluteLink(w)
		return Target{}
	}
	dest, fragment = w.value, unescapePath(fragment)
	if dest == "" {
		if own == nil || l.Dest == "" {
			a.diags.Add("broken-link", l.Told, l.Dest, diag.Term("put-file"), "")
			return Target{}
		}
		return a.fragment(l, own, own.doc, fragment)
	}
	if (scheme != "" || dest[0] == '\\') && a.misplaced(w, aTextOrFile) {
		return Target{}
	}
	p, ok := a.find(dest, from)
	if !ok {
		found, sure := a.propose(path.Base(dest), from, aTextOrFile)
		a.offer("outside-folder", w, found, sure, dest)
		return Target{}
	}
	if r := a.byPath[p]; r != nil {
		if !a.published(l.Told, r) {
			return Target{}
		}
		return a.fragment(l, r.entry, r.doc, fragment)
	}
	return a.fileLink(w, p, fragment)
}

// outward resolves a link that begins with a scheme.
func (a *assembler) outward(l markdown.Link, scheme, from string) Target {
	switch strings.ToLower(scheme) {
	case "mailto", "tel":
		return Target{Address: l.Dest}
	case "http", "https":
	default:
		a.diags.Add("unsafe-link", l.Told, scheme+":")
		return Target{}
	}
	if !document.IsAddress(l.Dest) {
		a.diags.Add("bad-address", l.Told, l.Dest)
		return Target{}
	}
	w := written{value: l.Dest, span: l.Told, from: from, body: true, vague: l.At.File == nil || l.Bare}
	if host := hostOf(l.Dest); host == "localhost" || host == "127.0.0.1" || host == "::1" {
		w.cutFragment()
		found, sure := a.byAddress(w.value)
		a.offer("local-address", w, found, sure, l.Dest)
		return Target{}
	}
	if strings.HasPrefix(l.Dest, a.root) {
		if t := a.ownLink(w); t.List != "" {
			return t
		}
	}
	return Target{Address: l.Dest}
}

// cutFragment parts the address from its fragment, which then comes after it.
func (w *written) cutFragment() {
	if address, fragment, has := strings.Cut(w.value, "#"); has {
		w.value, w.after = address, "#"+fragment
	}
}

// ownLink warns of an address on the publication's own site that is a text's. That of a list has no file: the target is the list.
func (a *assembler) ownLink(w written) Target {
	w.cutFragment()
	u, err := url.Parse(w.value)
	if err != nil || u.RawQuery != "" {
		return Target{}
	}
	d, list := a.own(strings.TrimPrefix(u.Path, a.Settings.URL.Path))
	if d != nil {
		a.offer("own-address", w, []string{d.File.Path}, true, w.value+w.after)
	}
	return Target{List: list}
}

// absoluteLink reports a link to an address on the site, or to a file as seen from the publication folder.
func (a *assembler) absoluteLink(w written) {
	p, exists := a.Tree.Name(path.Clean(strings.TrimLeft(w.value, "/")))
	if exists && (a.byPath[p] != nil || !unsafe[strings.ToLower(path.Ext(p))]) {
		a.offer("absolute-link", w, []string{p}, true, w.value)
		return
	}
	if d, list := a.own(p); d == nil && list != "" {
		a.offerValues("absolute-link", w, []string{a.list(list)}, true, w.value)
		return
	}
	found, sure := a.byAddress(w.value)
	if found == nil {
		found, sure = a.propose(p, w.from, aTextOrFile)
	}
	a.offer("absolute-link", w, found, sure, w.value)
}

// list gives the address of a list.
func (a *assembler) list(name string) string { return a.root + a.word(name) + "/" }

// fileLink resolves a link to the file at p, which is no entry.
func (a *assembler) fileLink(w written, p, fragment string) Target {
	switch {
	case strings.HasPrefix(w.value, "www."):
		a.offerValues("bad-address", w, []string{"https://" + w.value + w.after}, true, w.value)
	case a.Tree.File(p) == nil:
		a.brokenLink(w, p)
	case path.Ext(p) == ".md" && a.stray(p): // which was reported there
	case path.Ext(p) == ".md":
		a.diags.Add("no-page", w.span, w.value)
	case a.use(p, false, w.span, w.value):
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
		a.brokenFragment(l, d, fragment)
		return Target{Entry: e}
	}
	return Target{Entry: e, Fragment: id}
}

// brokenFragment reports a link to a heading or finding that a text has not.
func (a *assembler) brokenFragment(l markdown.Link, d *document.Document, fragment string) {
	diagnosed := diag.Diagnostic{Code: "broken-fragment", Span: l.Told, Args: []any{d.File.Path, fragment}}
	if !a.diags.Long() {
		diagnosed.Suggest = diag.Nearest(fragment, d.Body.IDs())
	}
	if near := diagnosed.Suggest; near != "" && l.At.File != nil {
		dest, _, _ := strings.Cut(l.Dest, "#")
		fix := diag.Replace(l.Told, markdown.Written(dest+"#"+near))
		fix.Args, fix.Choose = []any{"#" + fragment, "#" + near}, true
		diagnosed.Fixes = []diag.Fix{fix}
	}
	a.diags = append(a.diags, diagnosed)
}

// brokenLink reports a link to a file at p, which is not there.
func (a *assembler) brokenLink(w written, p string) {
	p = path.Clean(p)
	if slices.Contains(Lists(), p) {
		a.offerValues("folder-link", w, []string{a.list(p)}, true, w.value)
		return
	}
	found, sure := a.propose(p, w.from, aTextOrFile)
	address, kind, certain := complete(w.value)
	switch {
	case address != "" && (certain || found == nil):
		a.offerValues("bare-address", w, []string{address + w.after}, certain, w.value, kind)
	case found == nil && (strings.HasSuffix(w.value, "/") || slices.Contains(document.Folders(), p)):
		a.diags.Add("folder-link", w.span, w.value)
	case !sure && a.lookup().strays[markdown.Slug(path.Base(stem(p)))]: // which was reported there
	default:
		what, where := a.place(p, aTextOrFile)
		a.offer("broken-link", w, found, sure, w.value, what, where)
	}
}

func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return u.Hostname()
}

func unescapePath(s string) string {
	if strings.IndexByte(s, '%') < 0 {
		return s
	}
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
		w := written{value: t.Value, span: t.Span, from: from}
		if a.misplaced(w, aTranscript) {
			return Body{}
		}
		p, ok := a.find(t.Value, from)
		if f = a.Tree.File(p); f == nil || !ok {
			a.missing("missing-file", w, p, aTranscript)
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
