package build_test

import (
	"bytes"
	"errors"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"leerblad/internal/output"
	"leerblad/internal/source"
)

// While files of the site are cut, removed, replaced by a pipe or a folder, or the record of them goes, each build writes its site or says
// truly which file is in its way; what others wrote stays, and once it is out of the way a build gives the site as it should be.
func TestOneMomentInAChangingOutput(t *testing.T) {
	random := rand.New(rand.NewPCG(2, 3))
	r := newRestless(t, make([]int, len(restlessFiles)))
	site, _, err := r.site()
	if err != nil {
		t.Fatal(err)
	}
	public := filepath.Join(r.dir, "public")
	foreign := []byte("van iemand anders\n")
	written, blocked, failed := 0, 0, 0
	for range *moments {
		r.next() // there is something to write
		names := []string{".leerblad.json"}
		for name := range site {
			names = append(names, name)
		}
		slices.Sort(names)
		name := filepath.Join(public, filepath.FromSlash(names[random.IntN(len(names))]))
		how, wait := random.IntN(6), time.Duration(random.Int64N(int64(30*time.Millisecond)))
		left := ""                                               // what must still stand there
		if how == 5 && filepath.Base(name) != ".leerblad.json" { // before the build begins
			left = name
			if err := os.WriteFile(name, foreign, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		done := make(chan struct{})
		go func() {
			defer close(done)
			time.Sleep(wait)
			switch how {
			case 0:
				_ = os.Truncate(name, 10)
			case 1:
				_ = os.RemoveAll(name)
			case 2:
				_ = os.RemoveAll(name)
				_ = exec.Command("mkfifo", name).Run()
			case 3:
				_ = os.RemoveAll(name)
				_ = os.Mkdir(name, 0o755)
				left = filepath.Join(name, "eigen.txt")
				_ = os.WriteFile(left, foreign, 0o644)
			case 4:
				left = filepath.Join(filepath.Dir(name), "eigen.txt")
				_ = os.WriteFile(left, foreign, 0o644)
			}
		}()
		_, refused, err := r.site()
		<-done
		var inTheWay *output.ForeignError
		var of *fs.PathError
		switch {
		case refused:
			t.Fatal("the texts have no errors")
		case err == nil:
			written++
		case errors.As(err, &inTheWay):
			blocked++
			for _, p := range inTheWay.Paths {
				if filepath.Join(public, filepath.FromSlash(p)) != name && filepath.Base(name) != ".leerblad.json" {
					t.Fatalf("%v, and %s was changed", err, name)
				}
			}
		case errors.Is(err, source.ErrChanged), errors.Is(err, output.ErrChanged), errors.As(err, &of):
			failed++
		default:
			t.Fatalf("%s, way %d: %v", name, how, err)
		}
		if left != "" {
			if data, err := os.ReadFile(left); err == nil && !bytes.Equal(data, foreign) {
				t.Fatalf("%s of somebody else holds %q", left, data)
			} else if err != nil && exists(filepath.Dir(left)) {
				t.Fatalf("%s of somebody else: %v", left, err)
			}
			_ = os.Remove(left)
		}
		if filepath.Base(name) == ".leerblad.json" && how != 4 { // without it leerblad knows none of its files
			_ = os.RemoveAll(name)
		}
		site, _, err = r.site()
		if errors.As(err, &of) {
			_ = os.RemoveAll(name)
		}
		if errors.As(err, &inTheWay) {
			for _, p := range inTheWay.Paths {
				_ = os.RemoveAll(filepath.Join(public, filepath.FromSlash(p)))
			}
		}
		if err != nil {
			site, _, err = r.site()
		}
		if err != nil {
			t.Fatalf("%s, way %d, afterwards: %v", name, how, err)
		}
		for p, want := range site {
			if data, err := os.ReadFile(filepath.Join(public, filepath.FromSlash(p))); err != nil || string(data) != want {
				t.Fatalf("%s, way %d: afterwards %s is not as it was made: %v", name, how, p, err)
			}
		}
	}
	t.Logf("%d written, %d in the way, %d stopped", written, blocked, failed)
}

func exists(name string) bool {
	_, err := os.Lstat(name)
	return err == nil
}
