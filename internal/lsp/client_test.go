package lsp

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/tools/txtar"

	"leerblad/internal/session"
)

// publicationOf gives a session of a publication of the files of an archive, and its folder.
func publicationOf(t testing.TB, archive string) (s *session.Session, dir string) {
	t.Helper()
	dir = folderOf(t, archive)
	return sessionOf(t, dir, session.Options{}), dir
}

// folderOf writes the files of an archive to a folder.
func folderOf(t testing.TB, archive string) (dir string) {
	t.Helper()
	dir = filepath.Join(t.TempDir(), "content")
	for _, f := range txtar.Parse([]byte(archive)).Files {
		write(t, filepath.Join(dir, filepath.FromSlash(f.Name)), f.Data)
	}
	return dir
}

func write(t testing.TB, name string, data []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, data, 0o666); err != nil {
		t.Fatal(err)
	}
}

// sessionOf gives a session that works on a folder, as on 1 June 2021.
func sessionOf(t testing.TB, dir string, o session.Options) *session.Session {
	t.Helper()
	o.Content, o.Now = dir, "2021-06-01"
	ctx, cancel := context.WithCancel(context.Background())
	s, err := session.Start(ctx, o)
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan struct{})
	go func() { s.Run(ctx); close(done) }()
	t.Cleanup(func() { cancel(); <-done })
	return s
}

// pipe is a connection within the test.
type pipe struct {
	in, out chan []byte
	closed  chan struct{}
}

func (p pipe) Read() ([]byte, error) {
	select {
	case data := <-p.in:
		return data, nil
	case <-p.closed:
		return nil, io.EOF
	}
}

func (p pipe) Write(data []byte) error {
	select {
	case p.out <- bytes.Clone(data):
		return nil
	case <-p.closed:
		return io.ErrClosedPipe
	}
}

// client speaks with a server.
type client struct {
	t     testing.TB
	pipe  pipe
	ended chan error

	mu       sync.Mutex
	last     int
	answers  map[string]chan answer
	told     []told // notifications
	toldMore chan struct{}
	odd      chan answer // answers without an id
}

type answer struct {
	Result json.RawMessage
	Error  *Error
}

type told struct {
	Method string
	Params json.RawMessage
}

// deskOptions are those of a client that names files itself.
func deskOptions() Options {
	o := Options{Writes: true, Builds: true}
	o.URI, o.Path = Names()
	return o
}

// connect gives a client that has introduced itself.
func connect(t testing.TB, s *session.Session, o Options) *client {
	c := dial(t, func(context.Context, []string) (*session.Session, Options, error) { return s, o, nil })
	if err := c.call("initialize", map[string]any{"capabilities": map[string]any{
		"workspace": map[string]any{"workspaceEdit": map[string]any{"documentChanges": true, "resourceOperations": []string{"rename"}}},
		"textDocument": map[string]any{
			"hover":      map[string]any{"contentFormat": []string{"markdown"}},
			"completion": map[string]any{"completionItem": map[string]any{"documentationFormat": []string{"markdown"}}},
		},
	}}, nil); err != nil {
		t.Fatal(err)
	}
	c.notify("initialized", map[string]any{})
	return c
}

// dial starts a server, and gives a client of it.
func dial(t testing.TB, start Open) *client {
	t.Helper()
	p := pipe{make(chan []byte), make(chan []byte), make(chan struct{})}
	c := &client{t: t, pipe: p, ended: make(chan error, 1), answers: map[string]chan answer{}, toldMore: make(chan struct{}, 1), odd: make(chan answer, 10)}
	done := make(chan struct{})
	go func() {
		c.ended <- ServeFolders(t.Context(), p, func(ctx context.Context, folders []string) (*session.Session, Options, error) {
			s, o, err := start(ctx, folders)
			if o.Log == nil {
				o.Log = func(format string, args ...any) {
					if text := fmt.Sprintf(format, args...); strings.Contains(text, "internal error") {
						t.Error(text)
					}
				}
			}
			return s, o, err
		})
		close(done)
	}()
	go c.listen()
	t.Cleanup(func() {
		select {
		case <-p.closed:
		default:
			close(p.closed)
		}
		<-done
	})
	return c
}

func (c *client) listen() {
	for {
		var data []byte
		select {
		case data = <-c.pipe.out:
		case <-c.pipe.closed:
			return
		}
		var m struct {
			ID     json.RawMessage
			Method string
			Params json.RawMessage
			Result json.RawMessage
			Error  *Error
		}
		if err := json.Unmarshal(data, &m); err != nil {
			panic(err)
		}
		c.mu.Lock()
		switch {
		case m.Method != "":
			c.told = append(c.told, told{m.Method, m.Params})
			select {
			case c.toldMore <- struct{}{}:
			default:
			}
		case c.answers[string(m.ID)] != nil:
			c.answers[string(m.ID)] <- answer{m.Result, m.Error}
			delete(c.answers, string(m.ID))
		default:
			select {
			case c.odd <- answer{m.Result, m.Error}:
			default: // nobody wants them
			}
		}
		c.mu.Unlock()
	}
}

// send sends a message as it is.
func (c *client) send(text string) {
	select {
	case c.pipe.in <- []byte(text):
	case <-time.After(20 * time.Second):
		c.t.Error("the server does not read")
	}
}

func (c *client) notify(method string, params any) {
	data, err := encode(notification{Method: method, Params: params})
	if err != nil {
		c.t.Fatal(err)
	}
	c.send(string(data))
}

// ask sends a request, and gives its id and where its answer comes.
func (c *client) ask(method string, params any) (id int, got <-chan answer) {
	c.mu.Lock()
	c.last++
	id = c.last
	to := make(chan answer, 1)
	c.answers[fmt.Sprint(id)] = to
	c.mu.Unlock()
	data, err := encode(map[string]any{"jsonrpc": "2.0", "id": id, "method": method, "params": params})
	if err != nil {
		c.t.Fatal(err)
	}
	c.send(string(data))
	return id, to
}

// call asks and waits. The error is an *Error.
func (c *client) call(method string, params, result any) error {
	c.t.Helper()
	_, got := c.ask(method, params)
	a := c.get(got)
	if a.Error != nil {
		return a.Error
	}
	if result != nil {
		if err := json.Unmarshal(a.Result, result); err != nil {
			c.t.Fatalf("%s: %v in %s", method, err, a.Result)
		}
	}
	return nil
}

func (c *client) get(got <-chan answer) answer {
	c.t.Helper()
	select {
	case a := <-got:
		return a
	case <-time.After(20 * time.Second):
		c.t.Fatal("no answer")
		return answer{}
	}
}

// must is call that does not fail.
func (c *client) must(method string, params, result any) {
	c.t.Helper()
	if err := c.call(method, params, result); err != nil {
		c.t.Fatalf("%s: %v", method, err)
	}
}

// wait waits for a notification that fits, among those that no wait has taken.
func (c *client) wait(method string, fits func(params json.RawMessage) bool) {
	c.t.Helper()
	late := time.After(20 * time.Second)
	for {
		c.mu.Lock()
		for i, n := range c.told {
			if n.Method == method && fits(n.Params) {
				c.told = c.told[i+1:]
				c.mu.Unlock()
				return
			}
		}
		seen := fmt.Sprintf("%s", c.told)
		c.mu.Unlock()
		select {
		case <-c.toldMore:
		case <-late:
			c.t.Fatalf("no %s comes; came %.2000s", method, seen)
		}
	}
}

// problems waits for the problems of a text in a version, -1 for none, and gives them as line:character-line:character severity code.
func (c *client) problems(uri string, version int) (out string) {
	c.t.Helper()
	c.wait("textDocument/publishDiagnostics", func(params json.RawMessage) bool {
		var p publishParams
		if err := json.Unmarshal(params, &p); err != nil {
			c.t.Error(err)
		}
		if p.URI != uri || (p.Version == nil) != (version < 0) || p.Version != nil && *p.Version != version {
			return false
		}
		var all []string
		for _, d := range p.Diagnostics {
			all = append(all, fmt.Sprintf("%d:%d-%d:%d %s %s", d.Range.Start.Line, d.Range.Start.Character, d.Range.End.Line, d.Range.End.Character, d.Data.Severity, d.Code))
		}
		out = strings.Join(all, "\n")
		return true
	})
	return out
}

// open opens a text.
func (c *client) open(uri string, version int, text string) {
	c.notify("textDocument/didOpen", map[string]any{"textDocument": map[string]any{"uri": uri, "languageId": "markdown", "version": version, "text": text}})
}

// change changes an open text.
func (c *client) change(uri string, version int, changes ...contentChange) {
	c.notify("textDocument/didChange", map[string]any{"textDocument": map[string]any{"uri": uri, "version": version}, "contentChanges": changes})
}

// in gives the parameters of a request about a text.
func in(uri string) map[string]any {
	return map[string]any{"textDocument": map[string]any{"uri": uri}}
}

// at gives the parameters of a request about a place.
func at(uri string, line, character int) map[string]any {
	p := in(uri)
	p["position"] = Position{line, character}
	return p
}
