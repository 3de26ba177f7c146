package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"

	"leerblad/themes"
)

// edits is what bench.mjs prints.
type edits struct {
	Memory float64 // bytes, before the first edit
	Kinds  []struct {
		Name         string
		Milliseconds []float64
		CPU          float64 // milliseconds an edit
		Memory       float64 // bytes, after the last one
	}
}

const installNode = "Node and the npm packages are needed: npm ci --prefix internal/browser"

// measureEdits prints a table of edits for each publication.
func (b *bench) measureEdits(ctx context.Context, publications []publication) error {
	if _, err := exec.LookPath("node"); err != nil {
		return fmt.Errorf("%w; %s", err, installNode)
	}
	if _, err := os.Stat(filepath.Join(b.browser, "node_modules", "playwright-core")); err != nil {
		return fmt.Errorf("%w; %s", err, installNode)
	}
	for _, p := range publications {
		for _, program := range b.programs() {
			result, err := b.editPublication(ctx, program, p)
			if err != nil {
				return err
			}
			title := p.entries
			if program == b.before {
				title += ", before"
			}
			if err := printEdits(os.Stdout, title, result); err != nil {
				return err
			}
		}
	}
	return nil
}

// editPublication shows a copy of a publication with a program's watch, and lets Chromium look at it while it is edited.
func (b *bench) editPublication(ctx context.Context, program string, p publication) (result edits, err error) {
	dir := filepath.Join(b.work, "edited")
	defer os.RemoveAll(dir)
	content, theme := filepath.Join(dir, "content"), filepath.Join(dir, "theme")
	if err := os.CopyFS(content, os.DirFS(p.content)); err != nil {
		return result, err
	}
	for _, name := range []string{"partials/foot.html", "assets/site.css"} {
		text, err := fs.ReadFile(themes.Default(), name)
		if err != nil {
			return result, err
		}
		file := filepath.Join(theme, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			return result, err
		}
		if err := os.WriteFile(file, text, 0o644); err != nil {
			return result, err
		}
	}
	w, err := watch(ctx, program, dir, "--content", content, "--theme", theme)
	if err != nil {
		return result, err
	}
	defer func() { err = w.stop(err) }()
	node := exec.CommandContext(ctx, "node", "bench.mjs", w.url, content, theme, strconv.Itoa(w.command.Process.Pid), strconv.Itoa(b.edits))
	node.Dir, node.Stderr = b.browser, os.Stderr
	out, err := node.Output()
	if err != nil {
		return result, fmt.Errorf("bench.mjs: %w", err)
	}
	return result, json.Unmarshal(out, &result)
}

// watched is a running watch.
type watched struct {
	command  *exec.Cmd
	url      string // of the site
	end      context.CancelFunc
	problems bytes.Buffer // its standard error
}

// watch starts a program's watch on a port of its own, with a cache in dir.
func watch(ctx context.Context, program, dir string, args ...string) (*watched, error) {
	w := &watched{}
	ctx, w.end = context.WithCancel(ctx)
	w.command = exec.CommandContext(ctx, program, append([]string{"watch", "--now", day, "--address", "127.0.0.1:0"}, args...)...)
	w.command.Env = append(os.Environ(), "XDG_CACHE_HOME="+filepath.Join(dir, "cache"))
	w.command.Stderr = &w.problems
	stdout, err := w.command.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := w.command.Start(); err != nil {
		return nil, err
	}
	line, _ := bufio.NewReader(stdout).ReadString('\n')
	if w.url = regexp.MustCompile(`http://\S+`).FindString(line); w.url == "" {
		return nil, w.stop(errors.New("watch does not say where it shows the site"))
	}
	return w, nil
}

// stop ends watch, and adds to an error what it said.
func (w *watched) stop(err error) error {
	w.end()
	_ = w.command.Wait() // it was stopped
	if err != nil && w.problems.Len() > 0 {
		err = fmt.Errorf("%w\nleerblad watch: %s", err, w.problems.Bytes())
	}
	return err
}
