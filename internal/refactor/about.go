package refactor

import (
	"path"
	"strings"

	"leerblad/internal/document"
	"leerblad/internal/markdown"
)

// Mentions gives what a text refers to in the words in which it does, one after the other: who looks for what refers to something need not read
// a text that never mentions it. It depends on the text alone. A transcript may refer to anything, and is a NUL.
func Mentions(d *document.Document) string {
	var out strings.Builder
	add := func(s string) {
		if s != "" {
			out.WriteString(s)
			out.WriteByte('\n')
		}
	}
	for _, v := range d.Meta.References() {
		if v.Form == document.Prose {
			add("\x00")
		}
		add(v.Value)
	}
	for _, list := range [][]markdown.Link{d.Body.Links, d.Body.Cards, d.Body.Definitions} {
		for _, l := range list {
			add(unescape(l.Dest))
		}
	}
	for _, p := range d.Body.Pictures {
		add(unescape(p.Src))
	}
	for _, c := range d.Body.Charts {
		add(c.File)
	}
	for _, h := range d.Body.Headings {
		add(h.Topic.Value)
	}
	for _, f := range d.Body.Findings {
		add(f.Follows.Value)
	}
	for _, m := range d.Body.Moved {
		add(m.To.Value)
	}
	return out.String()
}

// About gives texts that know all that refers to one of them, or to its own files, and all to which it refers: enough to move or rename it and
// what is in it. mentions gives Mentions of the document with an index.
func (t *Texts) About(d *document.Document, mentions func(int) string) *Texts {
	stem := strings.TrimSuffix(strings.TrimSuffix(d.File.Path, ".md"), "/index")
	return t.naming(d, mentions, d.Slug, path.Base(stem))
}

// AboutFile is About for a file that is no text.
func (t *Texts) AboutFile(name string, mentions func(int) string) *Texts {
	return t.naming(nil, mentions, path.Base(name))
}

// naming reads the texts that mention one of some names, and d.
func (t *Texts) naming(d *document.Document, mentions func(int) string, names ...string) *Texts {
	all := false
	for _, name := range names {
		all = all || name == "" || strings.ContainsFunc(name, func(r rune) bool { return r >= 0x80 }) // which is written in several ways
	}
	return t.read(func(i int) bool {
		if all || t.Documents[i] == d {
			return true
		}
		said := mentions(i)
		for _, name := range names {
			if strings.Contains(said, name) {
				return true
			}
		}
		return strings.Contains(said, "\x00")
	})
}
