// Package assist tells, of a place in a text, what the program knows there: how a problem is mended, what may be written, what a word means
// and where it leads. It is what editors see through the language server and the desk.
//
// It works on the publication of one build and on a Buffer, the text as it stands in an editor, which may be newer. Everything is a function
// of the two: there is no transport, no disk and no goroutine here. Spans are in the buffer's file, or, of another text, in the file that was
// built. Several goroutines may use a Publication and a Buffer. What costs much and is the same for a build is made when somebody first asks
// for it, and what was made of texts that did not change is kept for the next build.
package assist

import (
	"bytes"
	"sync"

	"leerblad/internal/diag"
	"leerblad/internal/document"
	"leerblad/internal/markdown"
	"leerblad/internal/publication"
	"leerblad/internal/refactor"
	"leerblad/internal/source"
)

// Input is a build, as far as it matters here.
type Input struct {
	publication.Input                          // all that was read
	Publication       *publication.Publication // what was made of it
	Problems          diag.List                // errors and warnings of the build
	Hints             func() diag.List
	Address           func(document.Place) string     // the path of an entry's page, without that of the site
	Path              func(*publication.Entry) string // the same with that of the site
	Words             func(string) string             // the theme's words, or nil
	Before            *Publication                    // of the build before, or nil: what was made of texts that are the same is kept
}

// Publication is a build that can be asked. It never changes.
type Publication struct {
	in     Input
	parser *markdown.Parser
	memory *memory

	links    func() *refactor.Texts // that know what one text refers to, or what refers to it
	index    func() []*known        // what is known of the documents, in their order
	entries  func() map[string]*publication.Entry
	problems func() map[string]diag.List // by path
}

// New makes a Publication of a build. It costs next to nothing until somebody asks.
func New(in Input) *Publication {
	p := &Publication{memory: &memory{}}
	if in.Before != nil {
		p.parser, p.memory = in.Before.parser, in.Before.memory
		in.Before = nil
	} else {
		p.parser = markdown.New()
	}
	p.in = in
	p.links = sync.OnceValue(func() *refactor.Texts { return refactor.Open(in.Input, in.Address) })
	p.index = sync.OnceValue(func() []*known { return p.memory.know(in.Documents) })
	p.entries = sync.OnceValue(func() map[string]*publication.Entry {
		entries := make(map[string]*publication.Entry, len(in.Publication.Entries))
		for _, e := range in.Publication.Entries {
			entries[e.Reference()] = e
		}
		return entries
	})
	p.problems = sync.OnceValue(func() map[string]diag.List {
		byPath := map[string]diag.List{}
		for _, list := range []diag.List{in.Problems, in.Hints()} {
			for _, d := range list {
				if d.Span.File != nil {
					byPath[d.Span.File.Path] = append(byPath[d.Span.File.Path], d)
				}
			}
		}
		return byPath
	})
	return p
}

// Buffer is a text as it stands in an editor, read for the Publication that made it.
type Buffer struct {
	File *source.File
	Doc  *document.Document // nil for site.yaml and other files that are no entries

	settings publication.Settings // of site.yaml
	problems diag.List            // of the text by itself, hints included
	built    bool                 // these very bytes were built
}

// Buffer reads a text that stands, or would stand, at path in the publication folder.
func (p *Publication) Buffer(path string, data []byte) *Buffer {
	b := &Buffer{File: source.NewFile(path, data)}
	if f := p.in.Tree.File(path); f != nil && f.Data != nil && bytes.Equal(f.Data, data) {
		b.File, b.built = f, true
	}
	if path == publication.SettingsFile {
		b.settings, b.problems = publication.ReadSettings(b.File, "")
		return b
	}
	place, ok, problems := document.Locate(b.File, func(name string) bool { return name == path || p.in.Tree.File(name) != nil })
	b.problems = problems
	if ok {
		doc, problems := document.Parse(p.parser, b.File, place)
		b.Doc, b.problems = doc, append(b.problems, problems...)
	}
	return b
}

// Built reports whether the buffer's bytes are those that were built.
func (b *Buffer) Built() bool { return b.built }

// refers gives what the buffer refers to, in order.
func (p *Publication) refers(b *Buffer) []refactor.Reference {
	switch {
	case b.Doc != nil:
		return p.links().References(b.Doc)
	case b.File.Path == publication.SettingsFile:
		return p.links().Navigation(b.settings)
	}
	return nil
}

// about gives texts that know all that refers to a text, or to a file where d is nil.
func (p *Publication) about(d *document.Document, file string) *refactor.Texts {
	known := p.index()
	mentions := func(i int) string { return known[i].refers }
	if d == nil {
		return p.links().AboutFile(file, mentions)
	}
	return p.links().About(d, mentions)
}

// newest gives the document as it stands in the buffer, if it does.
func (b *Buffer) newest(d *document.Document) *document.Document {
	if b.Doc != nil && d != nil && d.File.Path == b.File.Path {
		return b.Doc
	}
	return d
}

// lineAt gives where the line that an offset is in begins and ends, without its line break.
func (b *Buffer) lineAt(at int) (start, end int) {
	data := b.File.Data
	at = min(max(at, 0), len(data))
	start, end = bytes.LastIndexByte(data[:at], '\n')+1, len(data)
	if i := bytes.IndexByte(data[at:], '\n'); i >= 0 {
		end = at + i
	}
	if end > start && data[end-1] == '\r' {
		end--
	}
	if start == 0 && bytes.HasPrefix(data, []byte("\ufeff")) {
		start = len("\ufeff")
	}
	return min(start, max(end, start)), max(end, start)
}
