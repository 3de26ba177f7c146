package lsp

import (
	"bytes"
	"context"
	"slices"
	"time"

	"leerblad/internal/assist"
	"leerblad/internal/diag"
	"leerblad/internal/edit"
	"leerblad/internal/source"
)

// view is what a request is answered from: the texts as they were when it came, and a build.
type view struct {
	*server
	texts texts
}

// language is that of messages.
func (s *server) language() diag.Language {
	if s.o.Language != "" {
		return s.o.Language
	}
	return s.session.Language()
}

// build gives the last build.
func (s *server) build() *assist.Publication { return s.session.Now().Assist() }

// buffer gives a text as the client has it, or as it was built. The error says that it is not of the publication.
func (v *view) buffer(p *assist.Publication, uri string) (*assist.Buffer, error) {
	if o := v.texts[uri]; o != nil && o.path != "" {
		return o.in(p), nil
	}
	if path, ok := v.o.Path(uri); ok {
		if f := p.File(path); f != nil && f.Data != nil {
			return p.Buffer(path, f.Data), nil
		}
	}
	return nil, Refuse(say(v.language(), elsewhere, uri))
}

// place gives the text and the offset that a request is about.
func (v *view) place(p *assist.Publication, at placeParams) (*assist.Buffer, int, error) {
	b, err := v.buffer(p, at.TextDocument.URI)
	if err != nil {
		return nil, 0, err
	}
	return b, v.lines(b.File).offset(at.Position, v.encoding), nil
}

// lines gives the lines of a file, which are those of an open text if it has the same bytes.
func (v *view) lines(f *source.File) *lines {
	if o := v.texts.at(f.Path); o != nil && bytes.Equal(o.data, f.Data) {
		return o.lines()
	}
	return newLines(f.Data, true)
}

// rangeIn gives the range of a span in its file.
func (v *view) rangeIn(l *lines, span source.Span) Range {
	return Range{l.position(span.Start, v.encoding), l.position(span.End, v.encoding)}
}

// uri gives the URI of a file of the publication, as the client names it if it is open.
func (v *view) uri(path string) string {
	if o := v.texts.at(path); o != nil {
		return o.uri
	}
	return v.o.URI(path)
}

// location gives where a span is now: one in a text that is open and has changed since moves along.
func (v *view) location(span source.Span) Location {
	o := v.texts.at(span.File.Path)
	if o == nil || bytes.Equal(o.data, span.File.Data) {
		return Location{v.uri(span.File.Path), v.rangeIn(v.lines(span.File), span)}
	}
	c := edit.Difference(span.File, o.data)
	moved := func(at int) int {
		if at <= c.Span.Start {
			return at
		}
		return max(at+len(c.Text)-(c.Span.End-c.Span.Start), c.Span.Start)
	}
	return Location{o.uri, v.rangeIn(o.lines(), source.Span{Start: moved(span.Start), End: moved(span.End)})}
}

func (v *view) locations(spans []source.Span) []Location {
	out := make([]Location, 0, len(spans))
	for _, s := range spans {
		out = append(out, v.location(s))
	}
	return out
}

// patience is how long a request waits for the build of what is open.
const patience = 10 * time.Second

// settled gives a build that has the open texts as they are in the view. The error says that there is none, or will be none.
func (v *view) settled(ctx context.Context) (*assist.Publication, error) {
	late := time.After(patience)
	for {
		result, next := v.session.Next()
		p := result.Assist()
		if !slices.ContainsFunc(v.open(), func(o *open) bool { return !o.builtIn(p) }) {
			return p, nil
		}
		for uri, o := range *v.server.texts.Load() {
			if v.texts[uri] != o {
				return nil, &Error{codeModified, say(v.language(), modified)}
			}
		}
		select {
		case <-next:
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-late:
			return nil, Refuse(say(v.language(), unbuilt))
		}
	}
}

// open gives the open texts that builds have.
func (v *view) open() (out []*open) {
	for _, o := range v.texts {
		if o.path != "" && v.editor != nil {
			out = append(out, o)
		}
	}
	return out
}

// builtIn reports whether a build has the text as it is. One that is not built at all, such as a text that is nowhere on the disk, counts.
func (o *open) builtIn(p *assist.Publication) bool {
	f := p.File(o.path)
	return f == nil || f.Data == nil || bytes.Equal(f.Data, o.data)
}

// edits gives changes for the client, by the paths of the texts. ok is false where one is of a text that has changed since.
func (v *view) edits(changes edit.Changes) (paths []string, edits map[string][]textEdit, ok bool) {
	edits = map[string][]textEdit{}
	for _, c := range changes {
		f := c.Span.File
		o := v.texts.at(f.Path)
		if o != nil && !bytes.Equal(o.data, f.Data) {
			return nil, nil, false
		}
		if edits[f.Path] == nil {
			paths = append(paths, f.Path)
		}
		edits[f.Path] = append(edits[f.Path], textEdit{v.rangeIn(v.lines(f), c.Span), c.Text})
	}
	slices.Sort(paths)
	return paths, edits, true
}

// workspaceEdit gives changes of texts, and after them other names of files. ok is false where the client cannot make them, or a text has
// changed since.
func (v *view) workspaceEdit(changes edit.Changes, moves []edit.Move) (*workspaceEdit, bool) {
	paths, edits, ok := v.edits(changes)
	if !ok {
		return nil, false
	}
	can := v.client.Workspace.WorkspaceEdit
	out := &workspaceEdit{}
	if !can.DocumentChanges && can.ResourceOperations == nil { // Neovim 0.7 tells of the second alone
		out.Changes = map[string][]textEdit{}
		for _, p := range paths {
			out.Changes[v.uri(p)] = edits[p]
		}
		return out, moves == nil
	}
	for _, p := range paths {
		text := versioned{URI: v.uri(p)}
		if o := v.texts.at(p); o != nil {
			text.Version = &o.version
		}
		out.DocumentChanges = append(out.DocumentChanges, textDocumentEdit{text, edits[p]})
	}
	for _, m := range moves {
		out.DocumentChanges = append(out.DocumentChanges, renameFile{"rename", v.uri(m.File.Path), v.o.URI(m.To)})
	}
	return out, moves == nil || slices.Contains(can.ResourceOperations, "rename")
}
