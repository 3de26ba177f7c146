package main

import (
	"bytes"
	"encoding/json"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/tools/txtar"

	"leerblad/internal/lsp"
)

// TestNeovimWritesWithTheLanguageServer has a real client do what there is to do. In its text 😀 takes other numbers of bytes, units and
// characters.
func TestNeovimWritesWithTheLanguageServer(t *testing.T) {
	const golden = "testdata/lsp/neovim.txtar"
	archive, err := txtar.ParseFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	for _, f := range archive.Files {
		files[f.Name] = string(f.Data)
	}
	answers := neovim(t, files)
	if failed := answers["failed"]; failed != nil {
		t.Error(failed)
	}
	for i, f := range archive.Files {
		name, ok := strings.CutPrefix(f.Name, "want/")
		if !ok {
			continue
		}
		got := strings.Join(answers[name], "\n") + "\n"
		if *update {
			archive.Files[i].Data = []byte(got)
		} else if got != string(f.Data) {
			t.Errorf("%s:\n%s\nwant:\n%s", name, got, f.Data)
		}
	}
	if *update {
		if err := os.WriteFile(golden, txtar.Format(archive), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// neovim gives what testdata/lsp/neovim.lua leaves of a publication.
func neovim(t *testing.T, files map[string]string) (answers map[string][]string) {
	dir, home := t.TempDir(), t.TempDir()
	for name, text := range files {
		name = filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	script, err := filepath.Abs("testdata/lsp/neovim.lua")
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), "nvim", "--headless", "--clean", "-n", "-c", "luafile "+script)
	cmd.Dir, cmd.WaitDelay = dir, time.Second
	cmd.Env = append(os.Environ(), "HOME="+home, "XDG_CACHE_HOME="+home, "XDG_STATE_HOME="+home, "XDG_DATA_HOME="+home, "XDG_CONFIG_HOME="+home, "GOCOVERDIR="+home)
	printed, err := cmd.CombinedOutput()
	data, unread := os.ReadFile(filepath.Join(dir, "answers.json"))
	if err != nil || unread != nil {
		t.Fatalf("%v, %v\n%s", err, unread, printed)
	}
	if err := json.Unmarshal(data, &answers); err != nil {
		t.Fatalf("%v in %s", err, data)
	}
	return answers
}

// spoken is what a client says, and what it is answered: the texts of messages, one a line.
func spoken(t *testing.T, args []string, messages ...string) (answers, stderr string, status int) {
	t.Helper()
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	var in bytes.Buffer
	for _, m := range messages {
		if err := lsp.Stream(nil, &in).Write([]byte(m)); err != nil {
			t.Fatal(err)
		}
	}
	cmd := exec.Command("leerblad", append([]string{"lsp"}, args...)...)
	cmd.Env = append(os.Environ(), "GOCOVERDIR="+t.TempDir())
	var out, told bytes.Buffer
	cmd.Stdin, cmd.Stdout, cmd.Stderr = &in, &out, &told
	_ = cmd.Run()
	var all []string
	for c := lsp.Stream(&out, nil); ; {
		data, err := c.Read()
		if err == io.EOF {
			return strings.Join(all, "\n"), told.String(), cmd.ProcessState.ExitCode()
		}
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, string(data))
	}
}

const shutdownMessage, exitMessage = `{"jsonrpc":"2.0","id":9,"method":"shutdown"}`, `{"jsonrpc":"2.0","method":"exit"}`

func TestLanguageServerFindsThePublication(t *testing.T) {
	dir := t.TempDir()
	mustRun(t, "init", filepath.Join(dir, "site"))
	t.Chdir(dir)
	uri := lsp.FileURI(filepath.Join(dir, "site"))
	initialize := func(params string) string {
		return `{"jsonrpc":"2.0","id":1,"method":"initialize","params":` + params + `}`
	}
	for _, c := range []struct {
		args   []string
		params string
		want   string // in the answers
	}{
		{nil, `{"rootUri":"` + uri + `","capabilities":{}}`, `"positionEncoding":"utf-16"`},
		{nil, `{"rootUri":"` + uri + `/content","capabilities":{}}`, `"positionEncoding":"utf-16"`},
		{nil, `{"workspaceFolders":[{"uri":"` + uri + `/content/sheets","name":"x"}],"capabilities":{}}`, `"positionEncoding":"utf-16"`},
		{[]string{"--content", "site/content"}, `{"rootUri":"file:///nowhere","capabilities":{}}`, `"positionEncoding":"utf-16"`},
		{nil, `{"rootUri":"` + lsp.FileURI(dir) + `","capabilities":{}}`, "staat geen publicatie"},
		{[]string{"--lang", "en"}, `{"capabilities":{}}`, "there is no publication in"},
		{nil, `{"rootUri":"untitled:x","capabilities":{}}`, "in untitled:x staat geen publicatie"},
		{nil, `{"workspaceFolders":[{"uri":"` + uri + `"},{"uri":"` + uri + `/content"}],"capabilities":{}}`, "één publicatie tegelijk"},
		{[]string{"--content", "nee"}, `{"capabilities":{}}`, "nee bestaat niet"},
	} {
		answers, stderr, status := spoken(t, c.args, initialize(c.params), shutdownMessage, exitMessage)
		if !strings.Contains(answers, c.want) || stderr != "" {
			t.Errorf("%s: %s\n%s", c.params, answers, stderr)
		}
		refused := !strings.Contains(c.want, "positionEncoding")
		if shown := strings.Contains(answers, "window/showMessage"); shown != refused || (status != 0) != refused {
			t.Errorf("%s: status %d, %s", c.params, status, answers)
		}
	}
}

func TestLanguageServerEndsWithTheStatusOfTheProtocol(t *testing.T) {
	for _, c := range []struct {
		args, messages []string
		status         int
		stderr         string
	}{
		{nil, []string{exitMessage}, 1, ""},
		{nil, nil, 1, ""},
		{[]string{"--lang", "de"}, nil, 2, "leerblad: --lang \"de\": kies nl of en\n"},
	} {
		answers, stderr, status := spoken(t, c.args, c.messages...)
		if answers != "" || stderr != c.stderr || status != c.status {
			t.Errorf("%q of %q: status %d, %s %s", c.args, c.messages, status, answers, stderr)
		}
	}
}
