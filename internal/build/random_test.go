package build_test

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"leerblad/internal/build"
	"leerblad/internal/diag"
)

var (
	edits = flag.Int("edits", 40, "random edits for each seed")
	seeds = flag.Int("seeds", 2, "random publications to edit")
)

// earlyOf gives the page of the only text that an edit changed, ahead of its build.
func earlyOf(b *build.Builder, last *build.Result, e *editor) *build.Early {
	if len(e.changed) != 1 || last == nil {
		return nil
	}
	name, err := filepath.Rel(filepath.Join(e.dir, "content"), e.changed[0])
	text, failed := os.ReadFile(e.changed[0])
	if err != nil || failed != nil {
		return nil
	}
	return b.Early(last, filepath.ToSlash(name), text)
}

// After any edit a rebuild gives what a clean build gives: the same files, byte for byte, and the same problems; and a page
// whose sum has not changed has not changed.
func TestRebuildsAfterRandomEditsAreAsCleanBuilds(t *testing.T) {
	for seed := range *seeds {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			e := &editor{t: t, dir: t.TempDir(), random: rand.New(rand.NewPCG(uint64(seed), 7))}
			e.begin(seed == 0)
			options := build.Options{
				Content: filepath.Join(e.dir, "content"), Theme: filepath.Join(e.dir, "theme"), Now: "2021-07-01", Cache: pictures,
			}
			kept := build.New(options, nil)
			var before state
			var record *build.Record // of the last site
			earlies, good, unchanged := 0, 0, 0
			for step := range *edits {
				what := e.edit()
				early := earlyOf(kept, before.result, e)
				again := buildState(t, kept, e.changed...)
				if early != nil {
					want, _, _ := again.result.Preview(early.File)
					if !again.result.Problems.HasErrors() && (!bytes.Equal(early.Page, want) || early.Sum != again.result.Sum(early.File)) {
						t.Fatalf("step %d (%s): early, %s is another: %s", step, what, early.File, firstDifference(want, early.Page))
					}
					earlies++
				}
				if e.broken = again.result.Problems.HasErrors(); !e.broken {
					good++
					e.keep()
				}
				fresh := build.New(options, nil)
				clean := buildState(t, fresh)
				if again.problems != clean.problems {
					t.Fatalf("step %d (%s): problems\n%s\nwant\n%s", step, what, again.problems, clean.problems)
				}
				if diff := differences(again.files, clean.files); diff != nil {
					t.Fatalf("step %d (%s): these differ: %v", step, what, diff)
				}
				for name, sum := range again.sums {
					if sum != 0 && before.sums[name] == sum && !bytes.Equal(before.files[name], again.files[name]) {
						t.Fatalf("step %d (%s): %s changed, its sum did not: %s", step, what, name, firstDifference(before.files[name], again.files[name]))
					}
				}
				for _, r := range []*build.Record{record, fresh.Record()} {
					known := options
					known.Known = r
					if !build.Unchanged(t, known) {
						continue
					}
					unchanged++
					if diff := differences(again.files, before.files); r == record && diff != nil {
						t.Fatalf("step %d (%s): taken for unchanged; these differ: %v", step, what, diff)
					}
				}
				record = fresh.Record()
				before, e.changed = again, nil
			}
			if unchanged < *edits/2 {
				t.Errorf("of %d builds only %d were known to be done before", *edits, unchanged)
			}
			if earlies < *edits/20 || good < *edits/5 {
				t.Errorf("of %d edits %d gave no mistakes and %d an early page", *edits, good, earlies)
			}
		})
	}
}

// firstDifference shows where two texts begin to differ.
func firstDifference(a, b []byte) string {
	i := 0
	for i < min(len(a), len(b)) && a[i] == b[i] {
		i++
	}
	show := func(s []byte) []byte { return s[max(0, min(i, len(s))-40):min(len(s), i+40)] }
	return fmt.Sprintf("%q became %q", show(a), show(b))
}

// state is what a build gave.
type state struct {
	result   *build.Result
	problems string
	files    map[string][]byte // nil for a page that has mistakes
	sums     map[string]uint64
}

// buildState builds with the paths that changed, or anew.
func buildState(t *testing.T, b *build.Builder, paths ...string) state {
	t.Helper()
	r, err := b.Build(context.Background(), paths...)
	if err != nil {
		t.Fatal(err)
	}
	mistakes, _, err := b.Check(context.Background(), r)
	if err != nil {
		t.Fatal(err)
	}
	var problems strings.Builder
	if err := (diag.Printer{Root: "content", Language: diag.Dutch}).Text(&problems, append(append(r.Problems, mistakes...), r.Hints()...).Sorted()); err != nil {
		t.Fatal(err)
	}
	s := state{r, problems.String(), filesOf(t, r), map[string]uint64{}}
	for name := range s.files {
		s.sums[name] = build.PageSum(r, name)
	}
	return s
}
