package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"leerblad/internal/lsp"
)

// asked is a request to the language server, and how many milliseconds its answers took: while its text is newer than the build, and as the
// first after a build.
type asked struct {
	name, method string
	params       map[string]any
	typing, late []float64
}

// measureAsks prints a table of what the language server answers, for each publication.
func (b *bench) measureAsks(ctx context.Context, publications []publication) error {
	for _, p := range publications {
		for _, program := range b.programs() {
			c, err := b.speak(ctx, program, p.content)
			if err != nil {
				return err
			}
			problems, asks, err := c.ask(p.content, b.edits)
			if err := errors.Join(err, c.end()); err != nil {
				return err
			}
			title := p.entries
			if program == b.before {
				title += ", before"
			}
			if err := printAsks(os.Stdout, title, problems, asks); err != nil {
				return err
			}
		}
	}
	return nil
}

// client speaks with a language server.
type client struct {
	lsp.Conn
	cmd  *exec.Cmd
	in   io.Closer
	last int
}

func (b *bench) speak(ctx context.Context, program, content string) (*client, error) {
	c := &client{cmd: exec.CommandContext(ctx, program, "lsp", "--content", content)}
	in, err := c.cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	out, err := c.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	c.cmd.Stderr = os.Stderr
	c.Conn, c.in = lsp.Stream(out, in), in
	if err := c.cmd.Start(); err != nil {
		return nil, err
	}
	_, err = c.call("initialize", map[string]any{"capabilities": map[string]any{}})
	return c, err
}

func (c *client) end() error {
	_, err := c.call("shutdown", nil)
	return errors.Join(err, c.tell("exit", nil), c.in.Close(), c.cmd.Wait())
}

func (c *client) send(message map[string]any) error {
	message["jsonrpc"] = "2.0"
	data, err := json.Marshal(message)
	if err != nil {
		return err
	}
	return c.Write(data)
}

func (c *client) tell(method string, params any) error {
	return c.send(map[string]any{"method": method, "params": params})
}

// until reads messages up to one that fits.
func (c *client) until(fits func(id int, method string, params json.RawMessage) bool) error {
	for {
		data, err := c.Read()
		if err != nil {
			return err
		}
		var m struct {
			ID     int
			Method string
			Params json.RawMessage
			Error  *lsp.Error
		}
		if err := json.Unmarshal(data, &m); err != nil {
			return err
		}
		if m.Error != nil {
			return m.Error
		}
		if fits(m.ID, m.Method, m.Params) {
			return nil
		}
	}
}

// call asks, and gives how many milliseconds the answer took.
func (c *client) call(method string, params any) (float64, error) {
	c.last++
	start := time.Now()
	if err := c.send(map[string]any{"id": c.last, "method": method, "params": params}); err != nil {
		return 0, err
	}
	err := c.until(func(id int, _ string, _ json.RawMessage) bool { return id == c.last })
	return float64(time.Since(start).Microseconds()) / 1000, err
}

// ask types in the body of a recommendation, with all requests meanwhile and after the build. It also gives how long it took until the problems of
// the text came.
func (c *client) ask(content string, edits int) (problems []float64, asks []*asked, err error) {
	names, err := filepath.Glob(filepath.Join(content, "recommendations", "*.md"))
	if err != nil || names == nil {
		return nil, nil, fmt.Errorf("find a recommendation: %v", err)
	}
	data, err := os.ReadFile(names[0])
	if err != nil {
		return nil, nil, err
	}
	text := map[string]any{"uri": lsp.FileURI(names[0])}
	lines := strings.Split(string(data), "\n")
	line := slices.IndexFunc(lines, func(l string) bool { return strings.Contains(l, "#") })
	if line < 0 {
		return nil, nil, fmt.Errorf("%s refers to no finding", names[0])
	}
	at := func(line, character int) map[string]any {
		return map[string]any{"textDocument": text, "position": lsp.Position{Line: line, Character: character}}
	}
	reference := at(line, strings.Index(lines[line], "#")+1)
	renamed := at(line, strings.Index(lines[line], "#")+1)
	renamed["newName"] = "anders"
	whole := map[string]any{"textDocument": text, "range": lsp.Range{End: lsp.Position{Line: len(lines)}}, "context": map[string]any{}}
	asks = []*asked{
		{name: "completion of a finding", method: "textDocument/completion", params: reference},
		{name: "completion of a key", method: "textDocument/completion", params: at(1, 1)},
		{name: "hover", method: "textDocument/hover", params: reference},
		{name: "definition", method: "textDocument/definition", params: reference},
		{name: "references", method: "textDocument/references", params: reference},
		{name: "rename", method: "textDocument/rename", params: renamed},
		{name: "code actions", method: "textDocument/codeAction", params: whole},
		{name: "document symbols", method: "textDocument/documentSymbol", params: whole},
		{name: "folding", method: "textDocument/foldingRange", params: whole},
		{name: "links", method: "textDocument/documentLink", params: whole},
		{name: "workspace symbols", method: "workspace/symbol", params: map[string]any{"query": "werk pl"}},
		{name: "form", method: "leerblad/form", params: whole},
	}
	open := map[string]any{"uri": text["uri"], "languageId": "markdown", "version": 0, "text": string(data)}
	if err := c.tell("textDocument/didOpen", map[string]any{"textDocument": open}); err != nil {
		return nil, nil, err
	}
	end := lsp.Position{Line: len(lines)}
	for version := 1; version <= edits*len(asks); version++ {
		a := asks[version%len(asks)]
		start := time.Now()
		if err := c.tell("textDocument/didChange", map[string]any{
			"textDocument":   map[string]any{"uri": text["uri"], "version": version},
			"contentChanges": []any{map[string]any{"range": lsp.Range{Start: end, End: end}, "text": "a "}},
		}); err != nil {
			return nil, nil, err
		}
		if a.method != "textDocument/rename" { // it waits for the build
			took, err := c.call(a.method, a.params)
			if err != nil {
				return nil, nil, fmt.Errorf("%s: %w", a.name, err)
			}
			a.typing = append(a.typing, took)
		}
		if err := c.until(func(_ int, method string, params json.RawMessage) bool {
			var p struct{ Version int }
			return method == "textDocument/publishDiagnostics" && json.Unmarshal(params, &p) == nil && p.Version == version
		}); err != nil {
			return nil, nil, err
		}
		problems = append(problems, float64(time.Since(start).Microseconds())/1000)
		took, err := c.call(a.method, a.params)
		if err != nil {
			return nil, nil, fmt.Errorf("%s: %w", a.name, err)
		}
		a.late = append(a.late, took)
	}
	return problems, asks, nil
}

func printAsks(out io.Writer, entries string, problems []float64, asks []*asked) error {
	slices.Sort(problems)
	fmt.Fprintf(out, "\nLanguage server, entries: %s. %d edits; problems came after %.0f ms (p50), %.0f ms (p95), of which the server waits 150 for the next letter.\n\n",
		entries, len(problems), percentile(problems, 50), percentile(problems, 95))
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "request\twhile typing: p50 ms\tp95 ms\tmost ms\tfirst after a build: p50 ms\tp95 ms\tmost ms\t")
	for _, a := range asks {
		fmt.Fprint(w, a.name)
		for _, list := range [][]float64{a.typing, a.late} {
			if list == nil {
				fmt.Fprint(w, "\t–\t–\t–")
				continue
			}
			slices.Sort(list)
			fmt.Fprintf(w, "\t%.1f\t%.1f\t%.1f", percentile(list, 50), percentile(list, 95), percentile(list, 100))
		}
		fmt.Fprintln(w, "\t")
	}
	return w.Flush()
}
