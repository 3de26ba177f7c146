package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"leerblad/internal/output"
)

var kills = flag.Int("kills", 3, "how often TestBuildSurvivesKills kills a build")

// TestBuildSurvivesKills kills the program at a random moment, half of the times one at which it writes, and wants that all links of the
// site lead somewhere, and that the next build completes it.
func TestBuildSurvivesKills(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	mustRun(t, "init", "site")
	t.Chdir("site")
	edition(t, 0)
	start := time.Now()
	mustRun(t, "build", "--now", "2024-03-01")
	took := time.Since(start)
	if seen := wantWorkingSite(t); seen < 40 {
		t.Errorf("only %d pages and parts can be reached", seen)
	}
	random := rand.New(rand.NewPCG(3, 4))
	left := 0
	for kill, ended := 1, 0; kill <= *kills; {
		edition(t, kill+ended)
		if err := output.Clean("public"); err != nil { // of the kill before
			t.Fatal(err)
		}
		if !killBuild(t, kill%2 == 0, time.Duration(random.Int64N(int64(took)))) { // it ended first, and so does not count
			if ended++; ended > *kills+20 {
				t.Fatalf("%d builds ended before they were killed, %d did not", ended, kill-1)
			}
			took -= took / 4
			continue
		}
		if _, err := os.Stat("public/.leerblad-tmp-stage"); err == nil {
			left++
		}
		wantWorkingSite(t)
		if kill++; kill%3 != 1 { // let the next be killed too
			continue
		}
		mustRun(t, "build", "--now", "2024-03-01")
		mustRun(t, "build", "--now", "2024-03-01", "--output", "clean")
		wantSame(t, "public", "clean")
		if err := os.RemoveAll("clean"); err != nil {
			t.Fatal(err)
		}
		if t.Failed() {
			t.Fatalf("after kill %d", kill-1)
		}
	}
	t.Logf("%d of %d kills came while it wrote", left, *kills)
}

// edition writes pages of which some come and go and all change.
func edition(t *testing.T, n int) {
	t.Helper()
	for i := range 30 {
		name := fmt.Sprintf("content/stories/verhaal-%d.md", i)
		if (i+n)%3 == 0 {
			if err := os.RemoveAll(name); err != nil {
				t.Fatal(err)
			}
			continue
		}
		text := fmt.Sprintf("---\ntitle: Verhaal %d\ndate: 2024-01-%02d\nsummary: Editie %d.\n---\nTekst van editie %[3]d.\n", i, i%28+1, n)
		if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
}

// killBuild kills a build after a time, or a part of it after it began to write, and tells whether it did: the build may end first.
func killBuild(t *testing.T, writing bool, after time.Duration) bool {
	t.Helper()
	cmd := exec.Command("leerblad", "build", "--now", "2024-03-01")
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	for running := true; writing && running; {
		select {
		case err := <-ended:
			t.Logf("the build ended first: %v", err)
			return false
		case <-time.After(time.Millisecond / 4):
			_, err := os.Stat("public/.leerblad-tmp-stage")
			running = err != nil
		}
	}
	if writing {
		after /= 20
	}
	select {
	case err := <-ended:
		t.Logf("the build ended first: %v", err)
		return false
	case <-time.After(after):
	}
	if err := cmd.Process.Kill(); err != nil && !errors.Is(err, os.ErrProcessDone) {
		t.Error(err)
	}
	return (<-ended) != nil // it ended well, if it was too late
}

func mustRun(t *testing.T, args ...string) {
	t.Helper()
	var errors strings.Builder
	if status := run(context.Background(), args, io.Discard, &errors); status != 0 {
		t.Fatalf("leerblad %s: %d\n%s", strings.Join(args, " "), status, errors.String())
	}
}

var references = regexp.MustCompile(`(?:href|src)=(?:"(/[^"?#]*)|(/[^ >?#]*))`)

// wantWorkingSite follows all links in public from the start page, and counts what they lead to.
func wantWorkingSite(t *testing.T) int {
	t.Helper()
	seen := map[string]bool{}
	var visit func(from, address string)
	visit = func(from, address string) {
		if seen[address] {
			return
		}
		seen[address] = true
		file := filepath.Join("public", filepath.FromSlash(address))
		if strings.HasSuffix(address, "/") {
			file = filepath.Join(file, "index.html")
		}
		data, err := os.ReadFile(file)
		if err != nil {
			t.Errorf("%s leads to %s: %v", from, address, err)
		}
		if filepath.Ext(file) != ".html" {
			return
		}
		for _, m := range references.FindAllStringSubmatch(string(data), -1) {
			visit(address, m[1]+m[2])
		}
	}
	visit("", "/")
	return len(seen)
}

// wantSame compares two folders but for the file that says what git ignores.
func wantSame(t *testing.T, a, b string) {
	t.Helper()
	read := func(dir string) map[string]string {
		files := map[string]string{}
		err := fs.WalkDir(os.DirFS(dir), ".", func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || name == ".gitignore" {
				return err
			}
			data, err := os.ReadFile(filepath.Join(dir, name))
			files[name] = string(data)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return files
	}
	got, want := read(a), read(b)
	for name := range got {
		if data, ok := want[name]; !ok || got[name] != data {
			t.Errorf("%s differs from that of a clean build", name)
		}
	}
	if len(got) != len(want) {
		t.Errorf("%d files, %d in a clean build", len(got), len(want))
	}
}
