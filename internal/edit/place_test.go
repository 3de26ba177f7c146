package edit

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"leerblad/internal/source"
)

// TestWhatIsSavedMeanwhileStays has somebody save a file, as editors do it by renaming, before each change that a Write makes of the disk: also
// between the comparison of a file and its replacement.
func TestWhatIsSavedMeanwhileStays(t *testing.T) {
	for _, name := range []string{"a.md", "b.md", "new.md"} {
		for n := 1; ; n++ {
			dir := t.TempDir()
			root, err := os.OpenRoot(dir)
			if err != nil {
				t.Fatal(err)
			}
			defer root.Close()
			var set Set
			for _, p := range []string{"a.md", "b.md"} {
				if err := root.WriteFile(p, []byte("oud"), 0o666); err != nil {
					t.Fatal(err)
				}
				set.Texts = append(set.Texts, Change{source.At(source.NewFile(p, []byte("oud")), 0, 3), "nieuw"})
			}
			set.New = []New{{"new.md", []byte("nieuw")}}
			changes := 0
			err = set.write(root, func() error {
				if changes++; changes == n {
					if err := os.WriteFile(filepath.Join(dir, ".anders"), []byte("anders"), 0o666); err != nil {
						t.Fatal(err)
					}
					return os.Rename(filepath.Join(dir, ".anders"), filepath.Join(dir, name))
				}
				return nil
			})
			if changes < n {
				if err != nil || n < 10 {
					t.Errorf("%d changes, %v", changes, err)
				}
				break
			}
			if err != nil && !errors.Is(err, ErrTaken) && !errors.Is(err, ErrChanged) {
				t.Errorf("%s before change %d: %v", name, n, err)
			}
			if got := contents(t, root)[name]; got != "anders" && swap(root, "a.md", "a.md") == nil { // else this system does not know how
				t.Errorf("%s, saved before change %d: %q, and Write says %v", name, n, got, err)
			}
			if err != nil && !Unfinished(root) { // all is as it was, but for that file
				for _, p := range []string{"a.md", "b.md"} {
					if got := contents(t, root)[p]; p != name && got != "oud" {
						t.Errorf("%s, saved before change %d: %s is %q", name, n, p, got)
					}
				}
			}
			if Unfinished(root) { // until what was saved is moved away
				if err := root.Remove(name); err != nil {
					t.Fatal(err)
				}
				if err := Recover(root); err != nil || Unfinished(root) || len(contents(t, root)) != 3 {
					t.Errorf("%s, saved before change %d: %v %q", name, n, err, contents(t, root))
				}
			}
		}
	}
}
