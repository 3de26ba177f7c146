// Package lsp answers editors in the Language Server Protocol, version 3.17: it turns their messages into questions to package assist, and the
// answers into messages.
//
// A connection is a Conn, of a stream of bytes or of frames. Messages are taken in their order. What tells something (a text was opened,
// changed) is done at once; what asks is answered by goroutines, a few at a time, with the texts as they stood when it came (view), and the
// build that is last when its turn comes. So who types on does not wait, and no answer is of a text that the client had not sent.
//
// A text that is open is as the client says, whatever is on the disk: it is handed to the session, whose next build has it. Problems are sent
// after each build, for the version that was built. Places in a text that has changed since the build are moved along with it; changes are
// only made of texts as they are.
//
// Positions count UTF-16 units, or bytes where the client prefers these. What a client sends is not trusted: positions lie anywhere, messages
// are of any form, and none ends the server.
package lsp

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"runtime/debug"
	"sync"
	"sync/atomic"

	"leerblad/internal/diag"
	"leerblad/internal/session"
)

// Options say how a connection is served.
type Options struct {
	URI      func(path string) string        // of a file of the publication folder, for texts that are not open
	Path     func(uri string) (string, bool) // of a URI, in the publication folder
	Language diag.Language                   // of messages, or "" for that of the publication
	Writes   bool                            // the client may change texts: what it has open is built, and it is offered changes
	Builds   bool                            // the client is told of builds, by leerblad/built
	Log      func(format string, args ...any)
}

// Open gives the session for the folders, as URIs, that a client works in, and how it is served. An *Error is shown to the client's user.
type Open func(ctx context.Context, folders []string) (*session.Session, Options, error)

// ErrNoShutdown says that a client went away without saying so.
var ErrNoShutdown = errors.New("the client ended without a shutdown")

// Serve answers a client until it goes away, or ctx ends. What the client had open is then as it is on the disk. The error is that of the
// connection, that of ctx, or ErrNoShutdown.
func Serve(ctx context.Context, s *session.Session, conn Conn, o Options) error {
	return ServeFolders(ctx, conn, func(context.Context, []string) (*session.Session, Options, error) { return s, o, nil })
}

// ServeFolders is Serve for a client that says which folder it works in.
func ServeFolders(ctx context.Context, conn Conn, start Open) error {
	ctx, cancel := context.WithCancel(ctx)
	s := &server{ctx: ctx, conn: conn, start: start, log: func(string, ...any) {}, pending: map[string]context.CancelFunc{}, slots: make(chan struct{}, atOnce),
		kick: make(chan struct{}, 1), encoding: utf16Units}
	s.texts.Store(&texts{})
	defer s.close()
	defer s.running.Wait()
	defer cancel()
	came, ended := make(chan []byte), make(chan error, 1)
	go func() { // it may wait for a message for ever
		for {
			data, err := conn.Read()
			if err != nil {
				ended <- err
				return
			}
			select {
			case came <- data:
			case <-ctx.Done():
				return
			}
		}
	}()
	for {
		var err error
		select {
		case data := <-came:
			err = s.take(data)
		case err = <-ended:
		case <-ctx.Done():
			return ctx.Err()
		}
		switch {
		case err == nil:
		case (err == errExit || errors.Is(err, io.EOF)) && s.shutdown:
			return nil
		case err == errExit || errors.Is(err, io.EOF):
			return ErrNoShutdown
		default:
			return err
		}
	}
}

// atOnce is how many requests are worked on at a time, and most how many wait; more than that are refused.
const (
	atOnce = 4
	most   = 1_000
)

// server is one connection.
type server struct {
	ctx   context.Context
	conn  Conn
	start Open
	o     Options
	log   func(format string, args ...any)

	session  *session.Session // nil before the client has introduced itself
	editor   *session.Editor  // nil for one that may not change texts
	encoding encoding
	client   clientCapabilities
	shutdown bool

	texts atomic.Pointer[texts] // stored where messages are taken alone
	kick  chan struct{}         // that the texts have changed

	writing sync.Mutex
	slots   chan struct{}
	running sync.WaitGroup

	waiting sync.Mutex
	pending map[string]context.CancelFunc // of the requests that are not answered, by id
}

// errExit says that the client wants no more.
var errExit = errors.New("exit")

// take does what a message tells, or has it answered. The error is errExit, or that of the connection.
func (s *server) take(data []byte) error {
	m, bad := parse(data)
	switch {
	case bad != nil:
		return s.write(bad)
	case m.Method == "": // answers what the server never asks
		return nil
	case m.ID == nil && m.Method == "exit":
		return errExit
	case m.ID == nil:
		s.tell(m)
		return nil
	}
	switch {
	case m.Method == "initialize" && s.session == nil:
		result, err := s.safely(func() (any, error) { return s.initialize(m.Params) })
		if err := s.answer(m.ID, result, err); err != nil || s.session == nil {
			return err
		}
		s.running.Go(s.publish)
		return nil
	case s.session == nil:
		return s.answer(m.ID, nil, &Error{codeNotInitialized, "initialize comes first"})
	case m.Method == "initialize" || s.shutdown:
		return s.answer(m.ID, nil, &Error{codeInvalidRequest, m.Method + " does not come here"})
	case m.Method == "shutdown":
		s.shutdown = true
		return s.answer(m.ID, nil, nil)
	}
	do, ok := requests[m.Method]
	if !ok {
		return s.answer(m.ID, nil, &Error{codeNoMethod, "no method " + m.Method})
	}
	return s.ask(m, do)
}

// ask has a request answered.
func (s *server) ask(m *message, do request) error {
	ctx, cancel := context.WithCancel(s.ctx)
	id := string(m.ID)
	s.waiting.Lock()
	_, known := s.pending[id]
	full := len(s.pending) >= most
	if !known && !full {
		s.pending[id] = cancel
	}
	s.waiting.Unlock()
	if known || full {
		cancel()
		return s.answer(m.ID, nil, &Error{codeInvalidRequest, "too many requests, or two of one id"})
	}
	v := &view{server: s, texts: *s.texts.Load()}
	s.running.Go(func() {
		var result any
		err := context.Canceled
		select {
		case s.slots <- struct{}{}:
			result, err = s.safely(func() (any, error) { return do(ctx, v, m.Params) })
			<-s.slots
		case <-ctx.Done():
		}
		if ctx.Err() != nil {
			err = &Error{codeCancelled, "cancelled"}
		}
		s.waiting.Lock()
		delete(s.pending, id)
		s.waiting.Unlock()
		cancel()
		if err := s.answer(m.ID, result, err); err != nil {
			s.log("answer: %v", err)
		}
	})
	return nil
}

// safely turns a panic into an error.
func (s *server) safely(do func() (any, error)) (result any, err error) {
	defer func() {
		if bug := recover(); bug != nil {
			s.log("internal error: %v\n%s", bug, debug.Stack())
			err = &Error{codeInternal, fmt.Sprintf("internal error: %v", bug)}
		}
	}()
	return do()
}

// answer sends the answer to a request.
func (s *server) answer(id json.RawMessage, result any, err error) error {
	if err == nil {
		return s.write(&response{ID: id, Result: result})
	}
	var told *Error
	if !errors.As(err, &told) {
		told = Refuse(err.Error())
	}
	return s.write(&refusal{ID: id, Error: told})
}

// notify tells the client something. Where the connection fails, reading from it does too.
func (s *server) notify(method string, params any) {
	if err := s.write(&notification{Method: method, Params: params}); err != nil && s.ctx.Err() == nil {
		s.log("%s: %v", method, err)
	}
}

func (s *server) write(v any) error {
	data, err := encode(v)
	if err != nil {
		return err
	}
	s.writing.Lock()
	defer s.writing.Unlock()
	return s.conn.Write(data)
}

// tell does what a notification says.
func (s *server) tell(m *message) {
	do, ok := notifications[m.Method]
	if !ok || s.session == nil {
		return
	}
	if _, err := s.safely(func() (any, error) { return nil, do(s, m.Params) }); err != nil {
		s.log("%s: %v", m.Method, err)
	}
}

// close drops what the client had open.
func (s *server) close() {
	if s.editor != nil {
		s.editor.Close()
	}
}
