package lsp

import (
	"bytes"
	"errors"
	"maps"
	"sync"

	"leerblad/internal/assist"
)

// open is a text that the client has open, in one version: it never changes.
type open struct {
	uri     string
	path    string // in the publication folder, "" for one elsewhere
	version int
	data    []byte
	lines   func() *lines // of data, made once

	mu     sync.Mutex
	asked  *assist.Publication // of which buffer is
	buffer *assist.Buffer
}

func newOpen(uri, path string, version int, data []byte) *open {
	return &open{uri: uri, path: path, version: version, data: data, lines: sync.OnceValue(func() *lines { return newLines(data, false) })}
}

// in gives the text as a buffer of a publication.
func (o *open) in(p *assist.Publication) *assist.Buffer {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.asked != p {
		o.asked, o.buffer = p, p.Buffer(o.path, o.data)
	}
	return o.buffer
}

// texts are all that the client has open at a moment, by URI. They never change.
type texts map[string]*open

// with gives the texts with one more, or one in place of its former version.
func (t texts) with(o *open) texts {
	next := maps.Clone(t)
	next[o.uri] = o
	return next
}

func (t texts) without(uri string) texts {
	next := maps.Clone(t)
	delete(next, uri)
	return next
}

// at gives the open text at a path in the publication folder, or nil.
func (t texts) at(path string) *open {
	for _, o := range t {
		if o.path == path && path != "" {
			return o
		}
	}
	return nil
}

var errNotOpen = errors.New("the text is not open")

// changed gives the texts after changes to one of them, each of which is made in what the one before left. The error is errNotOpen.
func (t texts) changed(uri string, version int, changes []contentChange, e encoding) (texts, error) {
	o := t[uri]
	if o == nil {
		return t, errNotOpen
	}
	data := o.data
	for i, c := range changes {
		if c.Range == nil {
			data = []byte(c.Text)
			continue
		}
		var l *lines
		if i == 0 {
			l = o.lines()
		} else {
			l = newLines(data, false)
		}
		start, end := l.offset(c.Range.Start, e), l.offset(c.Range.End, e)
		data = bytes.Join([][]byte{data[:min(start, end)], []byte(c.Text), data[max(start, end):]}, nil)
	}
	return t.with(newOpen(uri, o.path, version, data)), nil
}
