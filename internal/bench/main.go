// Command bench measures leerblad from outside: what builds cost, how soon the live preview shows an edit and the language server answers, and
// what hostile texts cost. It prints tables.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// day is the day of all builds: later than any entry's, so that nothing is left out and a new story is the newest.
const day = "2099-12-31"

func main() {
	if len(os.Args) == 3 && os.Args[1] == readWriteMode {
		exit(readWrite(os.Args[2], os.Stdin))
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	exit(run(ctx))
}

func exit(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
	os.Exit(0)
}

// bench is one call: what is measured, and where.
type bench struct {
	runs, edits int
	hugoSite    string
	before      string // a program to compare with
	work        string // a folder of its own, in memory where the system has such a place
	program     string // leerblad, built for this call
	browser     string // the folder of the scripts for Chromium
}

// publication is what is built, and its number of entries in words.
type publication struct{ content, entries string }

func run(ctx context.Context) error {
	var b bench
	parts := flag.String("part", "build,edits", "what to measure: build, edits, typing, asks, bounds, films or several of them")
	entries := flag.String("entries", "1000", "sizes of made-up publications, such as 10000,100000")
	content := flag.String("content", "", "folder of a publication to measure in place of made-up ones")
	flag.IntVar(&b.runs, "runs", 3, "builds of each kind")
	flag.IntVar(&b.edits, "edits", 50, "edits of each kind, and keystrokes")
	flag.StringVar(&b.hugoSite, "hugo-site", "", "folder of a Hugo site of the same publication, to be built with hugo and pagefind")
	flag.StringVar(&b.before, "before", "", "a leerblad from before a change, to compare with")
	input := flag.String("input", "", "of the part bounds, only inputs with this in their names")
	flag.Parse()
	known := []string{"build", "edits", "typing", "asks", "bounds", "films"}
	wanted := strings.Split(*parts, ",")
	measures := func(part string) bool { return slices.Contains(wanted, part) }
	switch {
	case flag.NArg() > 0:
		return fmt.Errorf("%q: only flags are understood", flag.Arg(0))
	case b.runs < 1 || b.edits < 1 || slices.ContainsFunc(wanted, func(part string) bool { return !slices.Contains(known, part) }):
		return errors.New("nothing to measure")
	case b.hugoSite != "" && strings.Contains(*entries, ","):
		return errors.New("--hugo-site is compared with one publication: give one size")
	}
	if b.before != "" {
		var err error
		if b.before, err = filepath.Abs(b.before); err != nil {
			return err
		}
	}
	if err := b.prepare(); err != nil {
		return err
	}
	defer os.RemoveAll(b.work)
	if measures("bounds") {
		if err := b.measureBounds(ctx, *input); err != nil {
			return err
		}
	}
	if measures("films") {
		if err := b.measureFilms(ctx); err != nil {
			return err
		}
	}
	if !measures("build") && !measures("edits") && !measures("typing") && !measures("asks") {
		return nil
	}
	publications, err := b.publications(*content, *entries)
	if err != nil {
		return err
	}
	if measures("build") {
		if err := b.measureBuilds(ctx, publications); err != nil {
			return err
		}
	}
	if measures("asks") {
		if err := b.measureAsks(ctx, publications); err != nil {
			return err
		}
	}
	if measures("typing") {
		if err := b.measureTyping(ctx, publications); err != nil {
			return err
		}
	}
	if measures("edits") {
		return b.measureEdits(ctx, publications)
	}
	return nil
}

// prepare makes the work folder and builds leerblad.
func (b *bench) prepare() error {
	memory := "/dev/shm"
	if _, err := os.Stat(memory); err != nil {
		memory = os.TempDir()
	}
	out, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}").Output()
	if err != nil {
		return fmt.Errorf("find the sources of leerblad: %w", err)
	}
	b.browser = filepath.Join(strings.TrimSpace(string(out)), "internal", "browser")
	if b.work, err = os.MkdirTemp(memory, "leerblad-bench-"); err != nil {
		return err
	}
	b.program = filepath.Join(b.work, "leerblad.exe")
	if out, err := exec.Command("go", "build", "-o", b.program, "leerblad/cmd/leerblad").CombinedOutput(); err != nil {
		return errors.Join(fmt.Errorf("build leerblad: %w\n%s", err, out), os.RemoveAll(b.work))
	}
	return nil
}

// programs gives the programs that are compared: the one from before a change, if any, and this one.
func (b *bench) programs() []string {
	if b.before == "" {
		return []string{b.program}
	}
	return []string{b.before, b.program}
}

// publications gives the one in a folder, or else makes one of each size, smallest first.
func (b *bench) publications(content, sizes string) ([]publication, error) {
	if content != "" {
		dir, err := filepath.Abs(content)
		return []publication{{dir, "own"}}, err
	}
	var counts []int
	for size := range strings.SplitSeq(sizes, ",") {
		n, err := strconv.Atoi(size)
		if err != nil || n < 1 {
			return nil, fmt.Errorf("--entries %q: a size is a number above 0", sizes)
		}
		counts = append(counts, n)
	}
	slices.Sort(counts)
	var out []publication
	for _, n := range counts {
		p := publication{filepath.Join(b.work, strconv.Itoa(n), "content"), strconv.Itoa(n)}
		if err := writePublication(p.content, n); err != nil {
			return nil, fmt.Errorf("make a publication: %w", err)
		}
		out = append(out, p)
	}
	return out, nil
}
