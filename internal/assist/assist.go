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
	Words             func(string) string             // the theme's words
	Before            *Publication                    // of the build before, or nil: what was made of texts that are the same is kept
}

// Publication is a build that can be asked. It never changes.
type Publication struct {
	in     Input
	parser *markdown.Parser
	texts  func() *refactor.Texts
}

// New makes a Publication of a build. It costs next to nothing until somebody asks.
func New(in Input) *Publication {
	in.Before = nil
	p := &Publication{in: in, parser: markdown.New()}
	p.texts = sync.OnceValue(func() *refactor.Texts { return refactor.Read(in.Input, in.Address) })
	return p
}

// Buffer is a text as it stands in an editor.
type Buffer struct {
	File *source.File
	Doc  *document.Document // nil for site.yaml and other files that are no entries

	problems diag.List // of the text by itself, hints included
	built    bool      // these very bytes were built
}

// Buffer reads a text that stands, or would stand, at path in the publication folder.
func (p *Publication) Buffer(path string, data []byte) *Buffer {
	b := &Buffer{File: source.NewFile(path, data)}
	if f := p.in.Tree.File(path); f != nil && f.Data != nil && bytes.Equal(f.Data, data) {
		b.File, b.built = f, true
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
