package edit

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"leerblad/internal/lock"
	"leerblad/internal/source"
)

// folder makes a publication folder of files.
func folder(t testing.TB, files map[string]string) *os.Root {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		name = filepath.Join(dir, name)
		if err := errors.Join(os.MkdirAll(filepath.Dir(name), 0o755), os.WriteFile(name, []byte(text), 0o644)); err != nil {
			t.Fatal(err)
		}
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { root.Close() })
	return root
}

func treeOf(t testing.TB, root *os.Root) *source.Tree {
	t.Helper()
	tree, err := (&source.Tree{}).Update(source.FS(root), source.Ignored, []string{"."})
	if err != nil {
		t.Fatal(err)
	}
	return tree
}

// contents gives all that stands in the folder, hidden files and empty folders too.
func contents(t testing.TB, root *os.Root) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := fs.WalkDir(root.FS(), ".", func(p string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if e.IsDir() {
			if entries, _ := fs.ReadDir(root.FS(), p); len(entries) == 0 {
				out[p+"/"] = ""
			}
			return nil
		}
		if e.Type()&fs.ModeSymlink != 0 {
			out[p], err = os.Readlink(filepath.Join(root.Name(), p))
			return err
		}
		data, err := os.ReadFile(filepath.Join(root.Name(), p))
		out[p] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func same(t *testing.T, what string, got, want map[string]string) {
	t.Helper()
	if maps.Equal(got, want) {
		return
	}
	t.Errorf("%s:", what)
	for _, name := range slices.Sorted(maps.Keys(got)) {
		if w, there := want[name]; !there || w != got[name] {
			t.Errorf("  got %s: %.80q", name, got[name])
		}
	}
	for _, name := range slices.Sorted(maps.Keys(want)) {
		if g, there := got[name]; !there || g != want[name] {
			t.Errorf("  want %s: %.80q", name, want[name])
		}
	}
}

// replaced is a change of the first of old in a text.
func replaced(t testing.TB, f *source.File, old, text string) Change {
	t.Helper()
	at := strings.Index(string(f.Data), old)
	if at < 0 {
		t.Fatalf("no %q in %s", old, f.Path)
	}
	return Change{source.At(f, at, at+len(old)), text}
}

// example gives a folder, a set that does all that a set can, and what comes of it.
func example(t testing.TB) (root *os.Root, set Set, after map[string]string) {
	root = folder(t, map[string]string{
		"sheets/a.md": "\ufeffeen a\r\n", "sheets/b.md": "twee", "sheets/c.md": "drie", "sheets/d.md": "vier",
		"stories/x/index.md": "x naar a", "stories/x/foto.jpg": "jpg", "stories/x/diep/film.mp4": "mp4", "stories/y.md": "y",
		"topics/weg.md": "weg", "topics/plaat.png": "png",
	})
	tree := treeOf(t, root)
	file := func(name string) *source.File {
		if tree.File(name) == nil {
			t.Fatalf("no %s", name)
		}
		return tree.File(name)
	}
	set = Set{
		Texts: Changes{
			replaced(t, file("sheets/a.md"), "een", "1"), replaced(t, file("sheets/a.md"), " a", " b"),
			replaced(t, file("stories/x/index.md"), "a", "b"), replaced(t, file("stories/y.md"), "y", "ij"),
		},
		Moves: []Move{
			{file("stories/x/index.md"), "stories/z/index.md"}, {file("stories/x/foto.jpg"), "stories/z/foto.jpg"},
			{file("stories/x/diep/film.mp4"), "stories/z/diep/film.mp4"}, {file("sheets/b.md"), "sheets/c.md"}, {file("sheets/c.md"), "sheets/b.md"},
			{file("sheets/d.md"), "sheets/D.md"},
		},
		New:     []New{{"regions/nieuw/index.md", []byte("nieuw")}, {"topics/weg.md", []byte("anders")}},
		Removed: []*source.File{file("topics/weg.md"), file("topics/plaat.png")},
	}
	return root, set, map[string]string{
		"sheets/a.md": "\ufeff1 b\r\n", "sheets/c.md": "twee", "sheets/b.md": "drie", "sheets/D.md": "vier",
		"stories/z/index.md": "x nbar a", "stories/z/foto.jpg": "jpg", "stories/z/diep/film.mp4": "mp4", "stories/y.md": "ij",
		"regions/nieuw/index.md": "nieuw", "topics/weg.md": "anders",
	}
}

func TestWriteDoesAllOfASet(t *testing.T) {
	root, set, after := example(t)
	if err := root.Chmod("sheets/a.md", 0o666); err != nil {
		t.Fatal(err)
	}
	if err := set.Write(root); err != nil {
		t.Fatal(err)
	}
	same(t, "written", contents(t, root), after)
	if info, _ := root.Lstat("sheets/a.md"); info.Mode().Perm() != 0o666 {
		t.Errorf("permissions %v", info.Mode())
	}
	if err := set.Write(root); !errors.Is(err, ErrChanged) {
		t.Errorf("the second time: %v", err)
	}
	same(t, "the second time", contents(t, root), after)
}

var errKilled = errors.New("killed")

// upTo has a set written up to its n-th change of the disk, and reports whether there were as many.
func upTo(set Set, root *os.Root, n int) (killed bool, err error) {
	defer func() {
		if r := recover(); r != nil {
			if r != any(errKilled) {
				panic(r)
			}
			killed = true
		}
	}()
	return false, set.write(root, func() error {
		if n--; n < 0 {
			panic(errKilled)
		}
		return nil
	})
}

func TestAKillAnywhereLeavesAllOrNothing(t *testing.T) {
	all, nothing := 0, 0
	for n := 0; ; n++ {
		root, set, after := example(t)
		before := contents(t, root)
		killed, err := upTo(set, root, n)
		if err != nil {
			t.Fatal(err)
		}
		// Recovery is killed too.
		for m := n % 5; killed && m > 0; m-- {
			_, _ = upTo(Set{New: []New{{"topics/x.md", nil}}}, root, m)
			_ = remove(root, "topics/x.md")
		}
		if err := Recover(root); err != nil {
			t.Fatalf("after %d: %v", n, err)
		}
		_ = remove(root, journalTemp) // the next Write does so
		got := contents(t, root)
		if maps.Equal(got, before) {
			nothing++
		} else {
			all++
			same(t, fmt.Sprintf("after %d", n), got, after)
		}
		if t.Failed() || !killed {
			break
		}
	}
	if all < 15 || nothing < 15 {
		t.Errorf("%d times all, %d times nothing", all, nothing)
	}
}

func TestAFailureAnywhereBeforeTheEndLeavesNothing(t *testing.T) {
	for n := range 200 {
		root, set, after := example(t)
		before := contents(t, root)
		failure, at := errors.New("no space"), 0
		err := set.write(root, func() error {
			if at++; at == n+1 {
				return failure
			}
			return nil
		})
		if n >= at {
			return
		}
		if err == nil { // a folder was not removed
			same(t, fmt.Sprintf("change %d", n), without(contents(t, root), "/"), after)
			continue
		}
		if Unfinished(root) {
			if err := Recover(root); err != nil {
				t.Fatal(err)
			}
			got := contents(t, root)
			if !maps.Equal(got, before) {
				same(t, fmt.Sprintf("change %d, recovered", n), got, after)
			}
			continue
		}
		got := contents(t, root)
		if !maps.Equal(got, after) { // the last one is the journal's
			same(t, fmt.Sprintf("change %d", n), got, before)
		}
	}
	t.Error("there is no end")
}

func without(all map[string]string, suffix string) map[string]string {
	maps.DeleteFunc(all, func(name, _ string) bool { return strings.HasSuffix(name, suffix) })
	return all
}

func TestWriteChangesNothingThatIsNotWhatItWasMadeFrom(t *testing.T) {
	type places struct {
		root *os.Root
		dir  string
	}
	for _, c := range []struct {
		name   string
		change func(p places) error
		set    func(tree *source.Tree, set *Set)
		want   error
	}{
		{"a text saved by another", func(p places) error { return os.WriteFile(filepath.Join(p.dir, "stories/y.md"), []byte("z"), 0o644) }, nil, ErrChanged},
		{"a text removed by another", func(p places) error { return os.Remove(filepath.Join(p.dir, "topics/weg.md")) }, nil, ErrChanged},
		{"another picture", func(p places) error {
			return os.WriteFile(filepath.Join(p.dir, "stories/x/foto.jpg"), []byte("another"), 0o644)
		}, nil, ErrChanged},
		{"a new file in the way", func(p places) error { return os.WriteFile(filepath.Join(p.dir, "sheets/D.md"), nil, 0o644) }, nil, ErrTaken},
		{"a link in place of a text", func(p places) error {
			return errors.Join(os.Rename(filepath.Join(p.dir, "stories/y.md"), filepath.Join(p.dir, "echt")), os.Symlink("../echt", filepath.Join(p.dir, "stories/y.md")))
		}, nil, ErrLink},
		{"a link in place of a folder", func(p places) error {
			return errors.Join(os.Rename(filepath.Join(p.dir, "stories"), filepath.Join(p.dir, "echt")), os.Symlink("echt", filepath.Join(p.dir, "stories")))
		}, nil, ErrLink},
		{"read-only", func(p places) error { return os.Chmod(filepath.Join(p.dir, "stories/y.md"), 0o444) }, nil, ErrReadOnly},
		{"out of the folder", nil, func(_ *source.Tree, set *Set) { set.New[0].Path = "../elders.md" }, fs.ErrInvalid},
		{"to a hidden name", nil, func(_ *source.Tree, set *Set) { set.Moves[0].To = ".git/x" }, fs.ErrInvalid},
		{"of another's file", nil, func(_ *source.Tree, set *Set) {
			set.Removed = append(set.Removed, &source.File{Path: "sheets/a.md", Outside: true})
		}, fs.ErrInvalid},
		{"twice to one place", nil, func(_ *source.Tree, set *Set) { set.New[1].Path = "SHEETS/d.md" }, ErrTaken},
		{"moved twice", nil, func(_ *source.Tree, set *Set) { set.Moves = append(set.Moves, Move{set.Moves[0].File, "topics/z.md"}) }, fs.ErrInvalid},
		{"of two readings", nil, func(tree *source.Tree, set *Set) {
			set.Removed = append(set.Removed, source.NewFile("sheets/a.md", []byte("anders")))
		}, ErrChanged},
	} {
		t.Run(c.name, func(t *testing.T) {
			root, set, _ := example(t)
			if c.set != nil {
				c.set(treeOf(t, root), &set)
			}
			if c.change != nil {
				if err := c.change(places{root, root.Name()}); err != nil {
					t.Fatal(err)
				}
			}
			before := contents(t, root)
			if err := set.Write(root); !errors.Is(err, c.want) {
				t.Errorf("%v, want %v", err, c.want)
			}
			same(t, "left", contents(t, root), before)
		})
	}
}

func TestOneWritesAtATime(t *testing.T) {
	root, set, _ := example(t)
	held, _, err := lock.Folder(root, lockName)
	if err != nil {
		t.Fatal(err)
	}
	before := contents(t, root)
	if err := set.Write(root); !errors.Is(err, ErrBusy) {
		t.Errorf("%v", err)
	}
	same(t, "left", contents(t, root), before)
	held.Close()
	if err := set.Write(root); err != nil {
		t.Error(err)
	}
}

// halfway gives a folder in which a set has been prepared and some of its files have come to their places.
func halfway(t *testing.T, changes int) (*os.Root, map[string]string) {
	root, set, after := example(t)
	if killed, err := upTo(set, root, changes); !killed || err != nil {
		t.Fatalf("%v, %v", killed, err)
	}
	return root, after
}

const (
	prepared = 21 // changes after which the journal says Forward
	somewhat = 26 // and some files have come to their places
)

func TestNewerTextsAreNotWrittenOver(t *testing.T) {
	put := func(root *os.Root, name string) {
		if err := root.WriteFile(name, []byte("nieuwer"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	root, _ := halfway(t, prepared)
	put(root, "stories/y.md")
	if err := Recover(root); err != nil || Unfinished(root) {
		t.Errorf("not undone: %v", err)
	}
	if got := contents(t, root); got["stories/y.md"] != "nieuwer" || got["sheets/b.md"] != "twee" || got["topics/plaat.png"] != "png" {
		t.Errorf("%q", got)
	}
	root, after := halfway(t, somewhat)
	put(root, "stories/y.md")
	before := contents(t, root)
	if err := Recover(root); !errors.Is(err, ErrTaken) {
		t.Errorf("%v", err)
	}
	same(t, "left", contents(t, root), before)
	if err := root.Remove("stories/y.md"); err != nil {
		t.Fatal(err)
	}
	if err := Recover(root); err != nil {
		t.Error(err)
	}
	same(t, "completed", contents(t, root), after)
}

func TestAForeignJournalDoesNoHarm(t *testing.T) {
	id := strings.Repeat("A", 26)
	for name, j := range map[string]*journal{
		"out of the folder": {ID: id, Forward: true, Steps: []step{{To: "../a.md", Staged: true, Next: "00"}}},
		"hidden":            {ID: id, Forward: true, Steps: []step{{From: ".git/config"}}},
		"an ID with a path": {ID: "../../a", Steps: []step{{From: "a.md"}}},
		"folders outside":   {ID: id, Folders: []string{".."}},
		"never prepared":    {ID: id, Forward: true, Steps: []step{{To: "sheets/niets.md", Staged: true, Was: "00", Next: "00"}}},
		"moved before":      {ID: id, Forward: true, Steps: []step{{From: "sheets/a.md", To: "sheets/niets.md"}}},
	} {
		root, _, _ := example(t)
		if err := root.WriteFile(journalName, j.bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
		before := contents(t, root)
		err := Recover(root)
		same(t, name, contents(t, root), before)
		if !errors.Is(err, ErrJournal) {
			t.Errorf("%s: %v", name, err)
		}
	}
	// One whose files are gone or others than it says.
	root, _ := halfway(t, somewhat)
	for p, text := range contents(t, root) {
		if strings.HasSuffix(p, ".old") && text == "weg" {
			_ = root.WriteFile(p, []byte("een tekst"), 0o644)
		}
	}
	before := contents(t, root)
	if err := Recover(root); !errors.Is(err, ErrJournal) {
		t.Errorf("%v", err)
	}
	same(t, "damaged", contents(t, root), before)
}

func FuzzReadJournal(f *testing.F) {
	root, set, _ := example(f)
	works, err := set.works(root)
	if err != nil {
		f.Fatal(err)
	}
	j, err := disk{root: root}.plan(works)
	if err != nil {
		f.Fatal(err)
	}
	_, body, _ := strings.Cut(string(j.bytes()), "\n")
	f.Add(body)
	f.Fuzz(func(t *testing.T, body string) {
		data := fmt.Appendf(nil, "%s%s\n%s", magic, hexOf(source.NewFile("", []byte(body)).Digest), body)
		j, ok := readJournal(data)
		if !ok {
			return
		}
		for i, s := range j.Steps {
			for _, p := range []string{s.From, s.To} {
				if p != "" && (!filepath.IsLocal(p) || source.Ignored(filepath.Base(p))) {
					t.Errorf("%q", p)
				}
			}
			if p := j.source(i); s.To != "" && (!filepath.IsLocal(p) || !strings.HasPrefix(filepath.Base(p), prefix)) {
				t.Errorf("%q", p)
			}
		}
		root := folder(t, map[string]string{"a.md": "a", "b/c.md": "c"})
		before := contents(t, root)
		if err := root.WriteFile(journalName, data, 0o644); err != nil {
			t.Fatal(err)
		}
		_ = Recover(root)
		got := contents(t, root)
		delete(got, journalName)
		same(t, body, without(got, "/"), before)
	})
}
