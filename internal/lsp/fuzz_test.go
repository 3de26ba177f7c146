package lsp

import (
	"context"
	"encoding/json"
	"flag"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"leerblad/internal/session"
)

var rounds = flag.Int("rounds", 60, "how many messages TestRandomMessages sends")

// TestRandomMessages edits a text at random, and asks everything at random places meanwhile: nothing goes wrong within the server (dial wants
// that), and it has the text that the client has.
func TestRandomMessages(t *testing.T) {
	methods := slices.Sorted(maps.Keys(requests))
	during(t, "test/text", with(func(ctx context.Context, v *view, p documentParams) (any, error) {
		return string(v.texts[p.TextDocument.URI].data), nil
	}))
	s, dir := publicationOf(t, answers)
	start := textOf(t, dir, "recommendations/doe.md")
	pieces := append(strings.SplitAfter(start, "\n"), letters...)
	for seed, e := range []encoding{utf8Bytes, utf16Units} {
		r := rand.New(rand.NewPCG(uint64(seed), 7))
		c := dial(t, func(context.Context, []string) (*session.Session, Options, error) { return s, deskOptions(), nil })
		c.must("initialize", map[string]any{"capabilities": map[string]any{"general": map[string]any{"positionEncodings": []encoding{e}}}}, nil)
		text := start
		c.open(doe, 0, text)
		place := func() Position { return Position{r.IntN(16) - 1, r.IntN(60) - 1} }
		var asked []<-chan answer
		for version := range *rounds {
			var changes []contentChange
			for range 1 + r.IntN(3) {
				change := contentChange{Text: pieces[r.IntN(len(pieces))]}
				if at := place(); r.IntN(8) == 0 {
					change.Text = start
				} else if change.Range = (&Range{at, at}); r.IntN(2) == 0 {
					change.Range.End = place()
				}
				changes = append(changes, change)
			}
			c.change(doe, version, changes...)
			text = edited(text, changes, e)
			id, answer := c.ask(methods[r.IntN(len(methods))], map[string]any{
				"textDocument": map[string]any{"uri": []string{doe, sheet}[r.IntN(2)]}, "position": place(), "range": Range{place(), place()},
				"query": pieces[r.IntN(len(pieces))], "newName": "naam", "key": "summary", "value": "Ja.",
			})
			asked = append(asked, answer)
			if r.IntN(5) == 0 {
				c.notify("$/cancelRequest", map[string]any{"id": id})
			}
			var got string
			if c.must("test/text", in(doe), &got); got != text {
				t.Fatalf("%s: %q, want %q", e, got, text)
			}
		}
		for _, a := range asked {
			c.get(a)
		}
	}
}

// FuzzMessages sends lines as messages; the server is still there afterwards, unless it was told to go.
func FuzzMessages(f *testing.F) {
	s, _ := publicationOf(f, answers)
	f.Add([]byte(`{"id":"a","method":"textDocument/hover","params":{"textDocument":{"uri":"leerblad:///sheets/een.md"},"position":{"line":4,"character":9}}}`))
	f.Add([]byte(`{"method":"textDocument/didOpen","params":{"textDocument":{"uri":"leerblad:///sheets/een.md","version":1,"text":"---\ntitle: A\n---\n- [+] a"}}}
{"method":"textDocument/didChange","params":{"textDocument":{"uri":"leerblad:///sheets/een.md","version":2},"contentChanges":[{"range":{"start":{"line":0,"character":1},"end":{"line":9,"character":0}},"text":"\r\n"}]}}
{"id":"b","method":"textDocument/codeAction","params":{"textDocument":{"uri":"leerblad:///sheets/een.md"},"range":{"start":{"line":1,"character":0},"end":{"line":0,"character":7}},"context":{}}}`))
	for method := range requests {
		f.Add([]byte(`{"id":"` + method + `","method":"` + method + `","params":{"textDocument":{"uri":"leerblad:///recommendations/doe.md"},"position":{"line":4,"character":20},"newName":"x","query":"we","key":"title","value":["a"]}}`))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		c := connect(t, s, deskOptions())
		c.last = 1 << 40 // ids of its own
		for line := range strings.SplitSeq(string(data), "\n") {
			var m struct{ Method string }
			if _ = json.Unmarshal([]byte(line), &m); m.Method == "exit" || m.Method == "shutdown" {
				continue
			}
			c.send(line)
		}
		c.must("workspace/symbol", map[string]any{"query": "we"}, nil)
	})
}
