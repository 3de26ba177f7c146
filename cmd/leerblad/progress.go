package main

import (
	"fmt"
	"io"
	"slices"
	"sync"
	"time"

	"github.com/schollz/progressbar/v3"

	"leerblad/internal/build"
)

// progress shows a bar for each stage on a terminal, and keeps how long each took.
type progress struct {
	out   io.Writer // nil where nobody watches
	words words

	mu     sync.Mutex
	bar    *progressbar.ProgressBar
	stages []timed
}

type timed struct {
	stage build.Stage
	start time.Time
	took  time.Duration
}

// newProgress makes a progress that shows itself on out if that is a terminal and quiet is false.
func newProgress(out io.Writer, words words, quiet bool) *progress {
	p := &progress{words: words}
	if terminal(out) && !quiet {
		p.out = out
	}
	return p
}

// Begin ends the stage before and begins a new one.
func (p *progress) Begin(stage build.Stage, steps int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.end()
	if stage == build.Read {
		p.stages = nil // of the build before
	}
	p.stages = append(p.stages, timed{stage: stage, start: time.Now()})
	if p.out != nil && steps > 1 {
		p.bar = progressbar.NewOptions(steps, progressbar.OptionSetWriter(p.out), progressbar.OptionSetWidth(30),
			progressbar.OptionSetDescription(fmt.Sprintf("%-10s", p.words.get("stage."+string(stage)))),
			progressbar.OptionClearOnFinish(), progressbar.OptionThrottle(65*time.Millisecond), progressbar.OptionShowCount())
	}
}

func (p *progress) end() {
	if n := len(p.stages); n > 0 && p.stages[n-1].took == 0 {
		p.stages[n-1].took = time.Since(p.stages[n-1].start)
	}
	if p.bar != nil {
		_ = p.bar.Finish()
		p.bar = nil
	}
}

// done ends the last stage and gives all.
func (p *progress) done() []timed {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.end()
	return slices.Clone(p.stages)
}

// Step counts one step of the stage.
func (p *progress) Step() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.bar != nil {
		_ = p.bar.Add(1)
	}
}

// summary ends the last stage and writes a line, and how long each stage took.
func (p *progress) summary(line string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.end()
	if p.out == nil {
		return
	}
	fmt.Fprintln(p.out, line)
	total := time.Duration(0)
	for _, s := range p.stages {
		fmt.Fprintf(p.out, "  %s %s", p.words.get("stage."+string(s.stage)), round(s.took))
		total += s.took
	}
	fmt.Fprintf(p.out, "  = %s\n", round(total))
}

// round gives a duration in three digits or so.
func round(d time.Duration) time.Duration {
	if d > time.Second {
		return d.Round(10 * time.Millisecond)
	}
	return d.Round(100 * time.Microsecond)
}
