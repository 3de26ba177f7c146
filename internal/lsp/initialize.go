package lsp

import (
	"context"
	"encoding/json"
	"errors"
)

// initialize gets to know the client, and finds the publication that it works on.
func (s *server) initialize(params json.RawMessage) (any, error) {
	var p initializeParams
	if err := json.Unmarshal(params, &p); err != nil {
		return nil, invalid(err)
	}
	var folders []string
	for _, f := range p.WorkspaceFolders {
		folders = append(folders, f.URI)
	}
	if folders == nil && p.RootURI != "" {
		folders = []string{p.RootURI}
	}
	session, o, err := s.start(s.ctx, folders)
	if err != nil {
		if told := (*Error)(nil); errors.As(err, &told) {
			s.notify("window/showMessage", showMessageParams{messageError, told.Message})
		}
		return nil, err
	}
	s.session, s.o, s.client = session, o, p.Capabilities
	if o.Log != nil {
		s.log = o.Log
	}
	if o.Writes {
		s.editor = session.Open()
	}
	for _, e := range s.client.General.PositionEncodings {
		if e == utf8Bytes || e == utf16Units {
			s.encoding = e
			break
		}
	}
	return initializeResult{s.capabilities(), serverInfo{"leerblad"}}, nil
}

func (s *server) capabilities() serverCapabilities {
	c := serverCapabilities{
		PositionEncoding:   s.encoding,
		TextDocumentSync:   syncOptions{OpenClose: true, Change: incremental},
		CompletionProvider: completionOptions{TriggerCharacters: []string{"/", "#", ":", "(", "[", "{", ".", "^", "-"}},
		HoverProvider:      true, Definition: true, References: true, DocumentSymbol: true, WorkspaceSymbol: true, FoldingRange: true,
	}
	if s.o.Writes {
		c.CodeAction, c.Rename = &codeActionOptions{[]string{quickFix, fixAll}}, &renameOptions{true}
	}
	return c
}

// invalid says that the parameters of a message are of the wrong form.
func invalid(err error) error { return &Error{codeInvalidParams, err.Error()} }

// notifications are what the client tells.
var notifications = map[string]func(*server, json.RawMessage) error{
	"textDocument/didOpen":   (*server).didOpen,
	"textDocument/didChange": (*server).didChange,
	"textDocument/didClose":  (*server).didClose,
	"$/cancelRequest":        (*server).cancelRequest,
}

func (s *server) didOpen(params json.RawMessage) error {
	var p didOpenParams
	if err := json.Unmarshal(params, &p); err != nil {
		return err
	}
	d := p.TextDocument
	path, ok := s.o.Path(d.URI)
	if !ok {
		path = ""
	}
	s.hold((*s.texts.Load()).with(newOpen(d.URI, path, d.Version, []byte(d.Text))), d.URI)
	return nil
}

// didChange lets go of a text whose change cannot be read: what the server holds would be another text than the client's.
func (s *server) didChange(params json.RawMessage) error {
	var p didChangeParams
	was := *s.texts.Load()
	err := json.Unmarshal(params, &p)
	uri := p.TextDocument.URI
	if err == nil {
		var next texts
		if next, err = was.changed(uri, p.TextDocument.Version, p.Changes, s.encoding); err == nil {
			s.hold(next, uri)
			return nil
		}
	}
	if was[uri] != nil {
		s.let(uri)
	}
	return err
}

func (s *server) didClose(params json.RawMessage) error {
	var p documentParams
	if err := json.Unmarshal(params, &p); err != nil {
		return err
	}
	s.let(p.TextDocument.URI)
	return nil
}

// hold takes what the client has open now, of which the text at uri is new.
func (s *server) hold(next texts, uri string) {
	s.texts.Store(&next)
	if o := next[uri]; o.path != "" && s.editor != nil {
		s.editor.Unsaved(o.path, o.data)
	}
	s.changed()
}

// let lets go of a text: what is on the disk holds.
func (s *server) let(uri string) {
	was := *s.texts.Load()
	o := was[uri]
	if o == nil {
		return
	}
	next := was.without(uri)
	s.texts.Store(&next)
	if o.path != "" && s.editor != nil {
		s.editor.Unsaved(o.path, nil)
	}
	s.changed()
}

// changed tells publish that other texts are open.
func (s *server) changed() {
	select {
	case s.kick <- struct{}{}:
	default:
	}
}

func (s *server) cancelRequest(params json.RawMessage) error {
	var p cancelParams
	if err := json.Unmarshal(params, &p); err != nil {
		return err
	}
	s.waiting.Lock()
	defer s.waiting.Unlock()
	if cancel := s.pending[string(p.ID)]; cancel != nil {
		cancel()
	}
	return nil
}

// request answers one request. What it gives is sent as JSON.
type request func(ctx context.Context, v *view, params json.RawMessage) (any, error)

// with makes a request of a function that takes its parameters.
func with[P any](do func(ctx context.Context, v *view, p P) (any, error)) request {
	return func(ctx context.Context, v *view, params json.RawMessage) (any, error) {
		var p P
		if err := json.Unmarshal(params, &p); err != nil {
			return nil, invalid(err)
		}
		return do(ctx, v, p)
	}
}
