package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"text/tabwriter"
)

// typing is what bench-typing.mjs prints, in milliseconds from each keystroke.
type typing struct {
	Small      []float64 // until the true page shows it, of a sheet of the publication
	Drawn      []float64 // until the desk itself is drawn with it
	Large      []float64 // the same of a text of 100 kB
	LargeDrawn []float64
}

// measureTyping prints a table of keystrokes on the desk for each publication.
func (b *bench) measureTyping(ctx context.Context, publications []publication) error {
	for _, p := range publications {
		result, err := b.typePublication(ctx, p)
		if err != nil {
			return fmt.Errorf("%w; %s", err, installNode)
		}
		if err := printTyping(os.Stdout, p.entries, result); err != nil {
			return err
		}
	}
	return nil
}

// typePublication lets Chromium type on the desk of a copy of a publication.
func (b *bench) typePublication(ctx context.Context, p publication) (result typing, err error) {
	dir := filepath.Join(b.work, "typed")
	defer os.RemoveAll(dir)
	content := filepath.Join(dir, "content")
	if err := os.CopyFS(content, os.DirFS(p.content)); err != nil {
		return result, err
	}
	w, err := watch(ctx, b.program, dir, "--content", content)
	if err != nil {
		return result, err
	}
	defer func() { err = w.stop(err) }()
	node := exec.CommandContext(ctx, "node", "bench-typing.mjs", w.url, content, strconv.Itoa(b.edits))
	node.Dir, node.Stderr = b.browser, os.Stderr
	out, err := node.Output()
	if err != nil {
		return result, fmt.Errorf("bench-typing.mjs: %w", err)
	}
	return result, json.Unmarshal(out, &result)
}

func printTyping(out io.Writer, entries string, t typing) error {
	fmt.Fprintf(out, "\nTyping, entries: %s. %d keystrokes, 150 ms apart, in Chromium.\n\n", entries, len(t.Small))
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "from a keystroke\tp50 ms\tp95 ms\tmost ms\tover 50 ms\t")
	for _, row := range []struct {
		name string
		list []float64
	}{{"to the true page", t.Small}, {"to the desk", t.Drawn}, {"100 kB: to the true page", t.Large}, {"100 kB: to the desk", t.LargeDrawn}} {
		slices.Sort(row.list)
		late, _ := slices.BinarySearch(row.list, 50.0)
		fmt.Fprintf(w, "%s\t%.1f\t%.1f\t%.1f\t%d\t\n", row.name, percentile(row.list, 50), percentile(row.list, 95), percentile(row.list, 100), len(row.list)-late)
	}
	return w.Flush()
}
