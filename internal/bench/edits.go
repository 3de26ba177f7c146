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
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	watch := exec.CommandContext(ctx, program, "watch", "--content", content, "--theme", theme, "--now", day, "--address", "127.0.0.1:0")
	watch.Env = append(os.Environ(), "XDG_CACHE_HOME="+filepath.Join(dir, "cache"))
	var problems bytes.Buffer
	watch.Stderr = &problems
	stdout, err := watch.StdoutPipe()
	if err != nil {
		return result, err
	}
	if err := watch.Start(); err != nil {
		return result, err
	}
	defer func() {
		stop()
		_ = watch.Wait() // it was stopped
		if err != nil && problems.Len() > 0 {
			err = fmt.Errorf("%w\nleerblad watch: %s", err, problems.Bytes())
		}
	}()
	line, _ := bufio.NewReader(stdout).ReadString('\n')
	url := regexp.MustCompile(`http://\S+`).FindString(line)
	if url == "" {
		return result, errors.New("watch does not say where it shows the site")
	}
	node := exec.CommandContext(ctx, "node", "bench.mjs", url, content, theme, strconv.Itoa(watch.Process.Pid), strconv.Itoa(b.edits))
	node.Dir, node.Stderr = b.browser, os.Stderr
	out, err := node.Output()
	if err != nil {
		return result, fmt.Errorf("bench.mjs: %w", err)
	}
	return result, json.Unmarshal(out, &result)
}
