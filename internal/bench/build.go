package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// readWriteMode is the argument with which this program does what readWrite says.
const readWriteMode = "read-and-write"

// usage is what a program took, with the programs it started.
type usage struct {
	cpu, wall time.Duration
	peak      int64 // bytes, 0 where the system does not tell
}

// site is what a program left.
type site struct{ files, bytes int64 }

// step is one program that is measured, once in each run.
type step struct {
	name    string
	dir     string // in which it runs
	program string
	args    []string
	stdin   string
	fresh   bool         // it begins without a site
	prepare func() error // or nil: what comes before each run, not measured
	usages  []usage
	site    site
}

// measureBuilds prints a table of builds for each publication, and the ratios that the aims are about.
func (b *bench) measureBuilds(ctx context.Context, publications []publication) error {
	var smaller *step
	for i, p := range publications {
		steps, err := b.builds(ctx, p)
		if err != nil {
			return err
		}
		if err := printBuilds(os.Stdout, p.entries, steps); err != nil {
			return err
		}
		clean := steps[0]
		list := ratios(steps)
		if smaller != nil {
			list = append(list, ratio{"clean build / that of " + publications[i-1].entries + " entries", clean, smaller})
		}
		if err := printRatios(os.Stdout, clean, list); err != nil {
			return err
		}
		smaller = clean
	}
	return nil
}

// ratio is how the CPU times of two steps of one call are to each other.
type ratio struct {
	name    string
	of, per *step
}

// ratios gives a clean build, the first step, by what else makes such a site, and by it what a later build of leerblad takes.
func ratios(steps []*step) (list []ratio) {
	clean := steps[0]
	for _, s := range steps[1:] {
		if s.fresh || s.program == "" {
			list = append(list, ratio{clean.name + " / " + s.name, clean, s})
		} else if s.program == clean.program {
			list = append(list, ratio{s.name + " / " + clean.name, s, clean})
		}
	}
	return list
}

// builds measures all steps in turn, so that what else the machine does weighs on all of them alike.
func (b *bench) builds(ctx context.Context, p publication) ([]*step, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	out := filepath.Join(b.work, "out")
	content, err := b.copied(p.content)
	if err != nil {
		return nil, err
	}
	args := []string{"build", "--content", content, "--now", day, "--output", out}
	steps := []*step{
		{name: "clean build", dir: b.work, program: b.program, args: args, fresh: true},
		{name: "unchanged build", dir: b.work, program: b.program, args: args},
		{name: "build after one edit", dir: b.work, program: b.program, args: args, prepare: func() error { return edit(content) }},
		{name: "only read and write", dir: b.work, program: self, args: []string{readWriteMode, out}, fresh: true},
	}
	if b.before != "" {
		steps = append(steps, &step{name: "clean build, before", dir: b.work, program: b.before, args: args, fresh: true})
	}
	hugo := len(steps)
	if b.hugoSite != "" {
		steps = append(steps,
			&step{name: "hugo --minify", dir: b.hugoSite, program: "hugo", args: []string{"--minify", "-d", out}, fresh: true},
			&step{name: "pagefind", dir: b.work, program: "pagefind", args: []string{"--site", out}})
	}
	for range b.runs {
		for _, s := range steps {
			if s.args[0] == readWriteMode {
				if s.stdin, err = listing(content, out); err != nil {
					return nil, err
				}
			}
			if err := s.measure(ctx, out); err != nil {
				return nil, err
			}
		}
	}
	if b.hugoSite != "" {
		steps = append(steps, together(steps[hugo], steps[hugo+1]))
	}
	return steps, errors.Join(os.RemoveAll(out), os.RemoveAll(out+"-cache"))
}

// copied gives a folder with the same texts, which may be changed.
func (b *bench) copied(content string) (string, error) {
	if strings.HasPrefix(content, b.work) {
		return content, nil
	}
	dir := filepath.Join(b.work, "content")
	return dir, os.CopyFS(dir, os.DirFS(content))
}

// edit adds a word to a text of a publication.
func edit(content string) error {
	names, err := filepath.Glob(filepath.Join(content, "*", "*.md"))
	if err != nil || names == nil {
		return fmt.Errorf("find a text: %v", err)
	}
	f, err := os.OpenFile(names[0], os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	_, err = f.WriteString("\nErbij.\n")
	return errors.Join(err, f.Close())
}

// together gives what two programs took, the second of which finishes what the first left.
func together(first, second *step) *step {
	both := &step{name: first.name + " + " + second.name, site: second.site}
	for i, x := range first.usages {
		y := second.usages[i]
		both.usages = append(both.usages, usage{x.cpu + y.cpu, x.wall + y.wall, max(x.peak, y.peak)})
	}
	return both
}

// measure runs the program, and keeps what it took and what then stands in out. Pictures that leerblad keeps go with the site.
func (s *step) measure(ctx context.Context, out string) error {
	cache := out + "-cache"
	if s.fresh {
		if err := errors.Join(os.RemoveAll(out), os.RemoveAll(cache)); err != nil {
			return err
		}
	}
	if s.prepare != nil {
		if err := s.prepare(); err != nil {
			return err
		}
	}
	cmd := exec.CommandContext(ctx, s.program, s.args...)
	cmd.Dir, cmd.Stdin, cmd.Env = s.dir, strings.NewReader(s.stdin), append(os.Environ(), "XDG_CACHE_HOME="+cache)
	start := time.Now()
	text, err := cmd.CombinedOutput()
	if err != nil {
		return fmt.Errorf("%s: %w\n%s", s.name, err, text)
	}
	s.usages = append(s.usages, usage{cmd.ProcessState.SystemTime() + cmd.ProcessState.UserTime(), time.Since(start), peak(cmd.ProcessState)})
	s.site = site{}
	return walk(out, func(_ string, size int64) {
		s.site.files++
		s.site.bytes += size
	})
}

func walk(dir string, each func(name string, size int64)) error {
	return filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err == nil {
			each(p, info.Size())
		}
		return err
	})
}

// listing tells readWrite what to read (lines "r PATH") and what to write (lines "SIZE PATH" in the site).
func listing(content, out string) (string, error) {
	var b strings.Builder
	if err := walk(content, func(name string, _ int64) { fmt.Fprintf(&b, "r %s\n", name) }); err != nil {
		return "", err
	}
	err := walk(out, func(name string, size int64) {
		rel, _ := filepath.Rel(out, name)
		fmt.Fprintf(&b, "%d %s\n", size, rel)
	})
	return b.String(), err
}

// readWrite reads all sources of a listing and writes files of the site's names and sizes, and nothing else: no program that
// makes the site can do less. What is in the files does not matter to a file system, so they are slices of one buffer.
func readWrite(out string, list io.Reader) error {
	var buffer []byte
	lines := bufio.NewScanner(list)
	for lines.Scan() {
		what, name, _ := strings.Cut(lines.Text(), " ")
		if what == "r" {
			if _, err := os.ReadFile(name); err != nil {
				return err
			}
			continue
		}
		size, err := strconv.Atoi(what)
		if err != nil {
			return err
		}
		if size > len(buffer) {
			buffer = make([]byte, 2*size)
		}
		file := filepath.Join(out, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(file, buffer[:size], 0o644); err != nil {
			return err
		}
	}
	return lines.Err()
}
