package lsp

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"leerblad/internal/session"
)

const small = `
-- site.yaml --
title: Proef
url: https://example.org/
-- sheets/een.md --
---
title: Vertrouwen
date: 2021-03-01
---

- [+] Het werkt. {#werkt}
-- recommendations/doe.md --
---
title: Doe het
date: 2021-03-01
evidence: [sheets/een#werkt]
---

Tekst.
`

const sheet = "leerblad:///sheets/een.md"

// during replaces or adds a request for the time of a test.
func during(t *testing.T, method string, do request) {
	was := requests[method]
	requests[method] = do
	t.Cleanup(func() {
		if requests[method] = was; was == nil {
			delete(requests, method)
		}
	})
}

func TestRequestSeesTheTextAsOfItsArrival(t *testing.T) {
	free := make(chan struct{})
	during(t, "test/text", with(func(ctx context.Context, v *view, p documentParams) (any, error) {
		<-free
		return string(v.texts[p.TextDocument.URI].data), nil
	}))
	s, _ := publicationOf(t, small)
	c := connect(t, s, deskOptions())
	c.open(sheet, 1, "een")
	for range atOnce { // others, behind which it waits
		c.ask("test/text", in(sheet))
	}
	_, first := c.ask("test/text", in(sheet))
	c.change(sheet, 2, contentChange{&Range{Position{0, 0}, Position{0, 1}}, "st"})
	_, second := c.ask("test/text", in(sheet))
	close(free)
	if a, b := c.get(first), c.get(second); string(a.Result) != `"een"` || string(b.Result) != `"sten"` {
		t.Errorf("%s and %s", a.Result, b.Result)
	}
}

func TestRequestsRunAtTheSameTimeAndAreCancelled(t *testing.T) {
	busy, free := make(chan struct{}, 100), make(chan struct{})
	during(t, "test/wait", func(ctx context.Context, v *view, _ json.RawMessage) (any, error) {
		busy <- struct{}{}
		select {
		case <-free:
		case <-ctx.Done():
		}
		return "done", nil
	})
	s, _ := publicationOf(t, small)
	c := connect(t, s, deskOptions())
	id, running := c.ask("test/wait", nil)
	others := []<-chan answer{}
	for range atOnce - 1 {
		_, a := c.ask("test/wait", nil)
		others = append(others, a)
	}
	for range atOnce {
		<-busy
	}
	waits, waiting := c.ask("test/wait", nil)
	c.notify("$/cancelRequest", map[string]any{"id": waits})
	if a := c.get(waiting); a.Error == nil || a.Error.Code != codeCancelled {
		t.Errorf("waiting: %v", a.Error)
	}
	c.notify("$/cancelRequest", map[string]any{"id": id})
	if a := c.get(running); a.Error == nil || a.Error.Code != codeCancelled {
		t.Errorf("running: %v", a.Error)
	}
	c.notify("$/cancelRequest", map[string]any{"id": "nobody"})
	close(free)
	for _, a := range others {
		if a := c.get(a); string(a.Result) != `"done"` {
			t.Errorf("another: %v", a)
		}
	}
}

func TestTooManyRequestsAreRefused(t *testing.T) {
	free := make(chan struct{})
	during(t, "test/wait", func(context.Context, *view, json.RawMessage) (any, error) { <-free; return nil, nil })
	s, _ := publicationOf(t, small)
	c := connect(t, s, deskOptions())
	var all []<-chan answer
	for range most {
		_, a := c.ask("test/wait", nil)
		all = append(all, a)
	}
	if err := c.call("test/wait", nil, nil); err == nil || err.(*Error).Code != codeInvalidRequest {
		t.Errorf("one more: %v", err)
	}
	close(free)
	for _, a := range all {
		if a := c.get(a); a.Error != nil {
			t.Fatal(a.Error)
		}
	}
	c.must("test/wait", nil, nil)
}

func TestPanicIsAnAnswer(t *testing.T) {
	during(t, "test/panic", func(context.Context, *view, json.RawMessage) (any, error) { panic("help") })
	s, _ := publicationOf(t, small)
	o := deskOptions()
	o.Log = t.Logf
	c := connect(t, s, o)
	if err := c.call("test/panic", nil, nil); err == nil || err.(*Error).Code != codeInternal {
		t.Error(err)
	}
	c.must("workspace/symbol", map[string]any{"query": "x"}, nil)
}

func TestMalformedMessagesAreRefusedAndNothingElse(t *testing.T) {
	s, _ := publicationOf(t, small)
	c := connect(t, s, deskOptions())
	for text, code := range map[string]int{
		`{`: codeParse, ``: codeParse, "\xff": codeParse, `{"id":1}x`: codeParse,
		`[]`: codeInvalidRequest, `7`: codeInvalidRequest, `"a"`: codeInvalidRequest,
		`{"id":{},"method":"x"}`: codeInvalidRequest, `{"id":true,"method":"x"}`: codeInvalidRequest, `{"id":1,"method":{}}`: codeInvalidRequest,
	} {
		c.send(text)
		if a := <-c.odd; a.Error == nil || a.Error.Code != code {
			t.Errorf("%q: %v", text, a.Error)
		}
	}
	for method, code := range map[string]int{"no/such": codeNoMethod, "initialize": codeInvalidRequest} {
		if err := c.call(method, nil, nil); err.(*Error).Code != code {
			t.Errorf("%s: %v", method, err)
		}
	}
	for method := range requests {
		for _, params := range []any{[]any{}, "text", 7, map[string]any{"textDocument": 3, "query": false}} {
			if err := c.call(method, params, nil); err == nil || err.(*Error).Code != codeInvalidParams {
				t.Errorf("%s of %v: %v", method, params, err)
			}
		}
		err := c.call(method, map[string]any{"textDocument": map[string]any{"uri": "leerblad:///../../etc/passwd"}, "position": Position{-5, 1 << 40}}, nil)
		if err == nil && !strings.HasPrefix(method, "workspace/") && !strings.HasPrefix(method, "leerblad/") {
			t.Errorf("%s of a file elsewhere: no error", method)
		}
	}
	for _, text := range []string{
		`null`, `{}`, `{"id":null}`, `{"result":3,"id":4}`, `{"method":"no/such"}`, `{"method":"textDocument/didOpen"}`, `{"method":"textDocument/didOpen","params":{"textDocument":[]}}`,
		`{"method":"textDocument/didChange","params":{"textDocument":{"uri":"nobody"},"contentChanges":[{"text":"a"}]}}`,
		`{"method":"textDocument/didClose","params":{"textDocument":{"uri":"nobody"}}}`, `{"method":"$/cancelRequest","params":{"id":{}}}`,
	} {
		c.send(text)
	}
	c.must("workspace/symbol", map[string]any{"query": "x"}, nil)
}

func TestTextWhoseChangeCannotBeReadIsLetGo(t *testing.T) {
	s, _ := publicationOf(t, small)
	c := connect(t, s, deskOptions())
	during(t, "test/open", with(func(ctx context.Context, v *view, p documentParams) (any, error) { return len(v.texts), nil }))
	var n int
	c.open(sheet, 1, "een")
	c.send(`{"method":"textDocument/didChange","params":{"textDocument":{"uri":"` + sheet + `","version":2},"contentChanges":[{"range":7,"text":"a"}]}}`)
	if c.must("test/open", in(sheet), &n); n != 0 {
		t.Errorf("%d texts are open", n)
	}
}

func TestShutdownComesBeforeExit(t *testing.T) {
	s, _ := publicationOf(t, small)
	c := connect(t, s, deskOptions())
	c.must("shutdown", nil, nil)
	if err := c.call("workspace/symbol", map[string]any{"query": "x"}, nil); err == nil || err.(*Error).Code != codeInvalidRequest {
		t.Error(err)
	}
	c.notify("exit", nil)
	if err := <-c.ended; err != nil {
		t.Error(err)
	}
	c = connect(t, s, deskOptions())
	c.notify("exit", nil)
	if err := <-c.ended; !errors.Is(err, ErrNoShutdown) {
		t.Error(err)
	}
	c = connect(t, s, deskOptions())
	close(c.pipe.closed)
	if err := <-c.ended; !errors.Is(err, ErrNoShutdown) {
		t.Error(err)
	}
}

func TestClientIntroducesItselfFirst(t *testing.T) {
	s, _ := publicationOf(t, small)
	c := dial(t, func(_ context.Context, folders []string) (*session.Session, Options, error) {
		if len(folders) > 1 {
			return nil, Options{}, &Error{codeFailed, "one folder"}
		}
		return s, deskOptions(), nil
	})
	if err := c.call("workspace/symbol", map[string]any{"query": ""}, nil); err == nil || err.(*Error).Code != codeNotInitialized {
		t.Error(err)
	}
	c.open(sheet, 1, "een")
	two := []map[string]any{{"uri": "file:///a"}, {"uri": "file:///b"}}
	if err := c.call("initialize", map[string]any{"workspaceFolders": two}, nil); err == nil || err.(*Error).Message != "one folder" {
		t.Error(err)
	}
	c.wait("window/showMessage", func(params json.RawMessage) bool { return strings.Contains(string(params), "one folder") })
	for wanted, offered := range map[encoding][]encoding{utf8Bytes: {"utf-32", utf8Bytes, utf16Units}, utf16Units: {"utf-32"}} {
		c := dial(t, func(context.Context, []string) (*session.Session, Options, error) { return s, deskOptions(), nil })
		var got initializeResult
		c.must("initialize", map[string]any{"capabilities": map[string]any{"general": map[string]any{"positionEncodings": offered}}}, &got)
		if got.Capabilities.PositionEncoding != wanted {
			t.Errorf("of %v it takes %s", offered, got.Capabilities.PositionEncoding)
		}
	}
}

func TestUnsavedTextsGoWithTheirClient(t *testing.T) {
	s, _ := publicationOf(t, small)
	c := connect(t, s, deskOptions())
	c.open(sheet, 1, "---\ntitle: Anders\ndate: 2021-03-01\n---\n")
	title := func(want string) {
		t.Helper()
		for end := time.Now().Add(10 * time.Second); ; {
			r, next := s.Next()
			for _, e := range r.All() {
				if e.File == "sheets/een.md" && e.Title == want {
					return
				}
			}
			if time.Now().After(end) {
				t.Fatalf("the title never is %q", want)
			}
			select {
			case <-next:
			case <-time.After(time.Second):
			}
		}
	}
	title("Anders")
	close(c.pipe.closed)
	<-c.ended
	title("Vertrouwen")
}

func TestClientThatMayNotWriteChangesNothing(t *testing.T) {
	s, _ := publicationOf(t, small)
	o := deskOptions()
	o.Writes = false
	c := connect(t, s, o)
	c.open(sheet, 1, "---\ntitle: Anders\n---\n")
	c.must("textDocument/documentSymbol", in(sheet), nil)
	if got := s.Unsaved(); len(got) > 0 {
		t.Errorf("unsaved: %q", got)
	}
	p := at(sheet, 5, 20)
	p["newName"] = "anders"
	if err := c.call("textDocument/rename", p, nil); err == nil || err.(*Error).Code != codeFailed {
		t.Error(err)
	}
}
