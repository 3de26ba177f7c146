package edit

import (
	"bufio"
	"flag"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"leerblad/internal/source"
)

var kills = flag.Int("kills", 4, "how often TestWriteSurvivesKills kills a Write")

// killedDir holds the folder that a process of its own rewrites until it is killed.
const killedDir = "EDIT_TEST_DIR"

func TestMain(m *testing.M) {
	dir := os.Getenv(killedDir)
	if dir == "" {
		os.Exit(m.Run())
	}
	if err := rewriteUntilKilled(dir); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// rewriteUntilKilled gives all texts of the folder one generation after another, and writes a byte to standard output before each change
// of the disk.
func rewriteUntilKilled(dir string) error {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return err
	}
	before := func() error {
		_, err := os.Stdout.Write([]byte{'.'})
		return err
	}
	for {
		tree, err := (&source.Tree{}).Update(source.FS(root), source.Ignored, []string{"."})
		if err != nil {
			return err
		}
		if err := nextGeneration(tree).write(root, before); err != nil {
			return err
		}
	}
}

// nextGeneration changes every text; a third of them moves to the other of two folders, and a few are removed and made anew there.
func nextGeneration(tree *source.Tree) (set Set) {
	for i, p := range tree.Paths() {
		f := tree.File(p)
		var generation int
		fmt.Sscanf(string(f.Data), "generation %d", &generation)
		other := strings.Replace(p, "a/", "b/", 1)
		if other == p {
			other = strings.Replace(p, "b/", "a/", 1)
		}
		next := fmt.Sprintf("generation %d", generation+1)
		switch {
		case i%10 == 0:
			set.Removed = append(set.Removed, f)
			set.New = append(set.New, New{other, append([]byte(next), f.Data[strings.IndexByte(string(f.Data), '\n'):]...)})
			continue
		case i%3 == 0:
			set.Moves = append(set.Moves, Move{f, other})
		}
		set.Texts = append(set.Texts, Change{source.At(f, 0, strings.IndexByte(string(f.Data), '\n')), next})
	}
	return set
}

// TestWriteSurvivesKills kills a process at a random moment while it rewrites 500 texts.
func TestWriteSurvivesKills(t *testing.T) {
	files := map[string]string{}
	for i := range 500 {
		files[fmt.Sprintf("a/%d.md", i)] = "generation 0\n" + strings.Repeat("tekst\r\n", i%50)
	}
	root := folder(t, files)
	random := rand.New(rand.NewPCG(1, 2))
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	changes, started := 0, time.Now()
	err = nextGeneration(treeOf(t, root)).write(root, func() error {
		changes++
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	span := time.Since(started)
	unfinished, forward := 0, 0
	for range *kills {
		cmd := exec.Command(program)
		cmd.Env, cmd.Stderr = append(os.Environ(), killedDir+"="+root.Name()), os.Stderr
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		_, err = bufio.NewReaderSize(out, 16).Discard(1 + random.IntN(2*changes))
		if killed := cmd.Process.Kill(); err != nil || killed != nil {
			t.Fatal(err, killed)
		}
		_ = cmd.Wait() // it was killed
		if Unfinished(root) {
			unfinished++
			if data, _ := root.ReadFile(journalName); strings.Contains(string(data), `"Forward":true`) {
				forward++
			}
		}
		if err := Recover(root); err != nil {
			t.Fatal(err)
		}
		_ = remove(root, journalTemp)
		texts, generations := map[string]bool{}, map[string]int{}
		for p, text := range contents(t, root) {
			first, rest, _ := strings.Cut(text, "\n")
			generations[first]++
			texts[p[strings.IndexByte(p, '/')+1:]+"\n"+rest] = true
		}
		wanted := map[string]bool{}
		for p, text := range files {
			_, rest, _ := strings.Cut(text, "\n")
			wanted[p[2:]+"\n"+rest] = true
		}
		if len(generations) != 1 || !maps.Equal(texts, wanted) {
			t.Fatalf("%d texts, generations %v", len(texts), generations)
		}
	}
	t.Logf("a Write of 500 files takes %v and %d changes; %d of %d kills came in the middle of one, %d of them where it goes forward", span, changes, unfinished, *kills, forward)
	if unfinished < *kills/2 {
		t.Errorf("only %d of %d kills came in the middle of a Write", unfinished, *kills)
	}
}
