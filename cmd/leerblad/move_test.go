package main

import (
	"flag"
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"leerblad/internal/edit"
	"leerblad/internal/source"
)

var update = flag.Bool("update", false, "rewrite what the tests want of testdata")

// TestBigMoves makes a series of moves in the sample, of what much refers to. What they print is in testdata/moves.txt; afterwards nothing is
// wrong, and all links of the site lead somewhere.
func TestBigMoves(t *testing.T) {
	golden, err := filepath.Abs("testdata/moves.txt")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := os.CopyFS(filepath.Join(dir, "content"), os.DirFS("../../content")); err != nil {
		t.Fatal(err)
	}
	t.Chdir(dir)
	var out strings.Builder
	for _, args := range [][]string{
		{"move", "sheets/tussenevaluatie", "sheets/halverwege"},
		{"move", "sheets/halverwege#bredere-kring", "sheets/een-half-jaar-verder#kring"},
		{"move", "sheets/halverwege#late-start", "sheets/halverwege#begin"},
		{"move", "topics/samenwerking", "topics/samen"},
		{"move", "regions/twente", "regions/twenthe"},
		{"move", "stories/proefdag-in-de-zorg", "pages/proefdag"},
		{"move", "pages/eigen-evaluatie", "pages/werkblad"},
		{"move", "documents/tussenevaluatie", "documents/eerste-rapport"},
		{"remove", "recommendations/houd-het-overleg-klein", "--to", "recommendations/leer-elkaar-kennen"},
	} {
		var problems strings.Builder
		fmt.Fprintf(&out, "> %s\n", strings.Join(args, " "))
		status := run(t.Context(), append(args, "--now", "2024-03-01"), &out, &problems)
		fmt.Fprintf(&out, "%s= %d\n\n", problems.String(), status)
	}
	mustRun(t, "build", "--now", "2024-03-01")
	if n := wantWorkingSite(t); n < 100 {
		t.Errorf("only %d pages and parts can be reached", n)
	}
	if got := filepath.ToSlash(out.String()); *update {
		if err := os.WriteFile(golden, []byte(got), 0o666); err != nil {
			t.Fatal(err)
		}
	} else if want, err := os.ReadFile(golden); err != nil || string(want) != got {
		t.Errorf("%v\n%s\nwant\n%s", err, got, want)
	}
}

// TestMoveSurvivesKills kills a move that rewrites 500 texts, mostly while it writes, and wants that all of it is done or nothing.
func TestMoveSurvivesKills(t *testing.T) {
	t.Chdir(t.TempDir())
	write := func(name, text string) {
		t.Helper()
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	write("content/site.yaml", "title: Proef\nurl: https://example.org/\n")
	write("content/stories/a/index.md", "---\ntitle: A\ndate: 2021-01-01\n---\n- [+] Een. {#een}\n\n[Film](film.mp4)\n")
	write("content/stories/a/film.mp4", "film")
	for i := range 500 {
		write(fmt.Sprintf("content/sheets/s%d.md", i), fmt.Sprintf("---\ntitle: S%d\ndate: 2021-02-01\n---\n- [+] Zie [a](../stories/a/index.md#een). {#x follows=stories/a#een}\n", i))
	}
	states := map[string]map[string]string{}
	move := func(from, to string) []string {
		return []string{"move", "stories/" + from, "stories/" + to, "--now", "2024-03-01"}
	}
	var took time.Duration
	for _, m := range [][2]string{{"a", "b"}, {"b", "a"}, {"a", "b"}} {
		start := time.Now()
		mustRun(t, move(m[0], m[1])...)
		took = time.Since(start)
		states[m[1]] = shownFiles(t)
	}
	random, at := rand.New(rand.NewPCG(5, 6)), "b"
	done, amid := 0, 0
	for kill := range *kills {
		to := map[string]string{"a": "b", "b": "a"}[at]
		if killMove(t, move(at, to), kill%4 != 0, time.Duration(random.Int64N(2*int64(took)))) {
			amid++
		}
		root, err := os.OpenRoot("content")
		if err != nil {
			t.Fatal(err)
		}
		err = edit.Recover(root)
		root.Close()
		if err != nil {
			t.Fatal(err)
		}
		switch is := shownFiles(t); {
		case maps.Equal(is, states[to]):
			at = to
			done++
		case !maps.Equal(is, states[at]):
			t.Fatalf("after kill %d the folder is neither as it was nor as it should be", kill)
		}
	}
	mustRun(t, "check", "--now", "2024-03-01")
	t.Logf("%d kills, %d of them while it wrote; %d moves were completed", *kills, amid, done)
}

// killMove kills a move after a time, or so long after it has begun to write. It reports whether that was amid its writing.
func killMove(t *testing.T, args []string, writing bool, after time.Duration) bool {
	t.Helper()
	root, err := os.OpenRoot("content")
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	cmd := exec.Command("leerblad", args...)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	for writing && !edit.Unfinished(root) {
		select {
		case <-ended:
			return false
		case <-time.After(time.Millisecond / 4):
		}
	}
	select {
	case <-ended:
	case <-time.After(after):
		if err := cmd.Process.Kill(); err != nil {
			t.Error(err)
		}
		<-ended
	}
	return edit.Unfinished(root)
}

// shownFiles gives the texts and other files of the publication.
func shownFiles(t *testing.T) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := fs.WalkDir(os.DirFS("content"), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || source.Ignored(d.Name()) {
			return err
		}
		data, err := os.ReadFile(filepath.Join("content", name))
		files[strings.ToLower(name)] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}
