package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime/debug"
	"strings"
	"time"
)

// What a build with a hostile input may take at most, so that the others have their turn.
const (
	hostileTime   = 60 * time.Second
	hostileMemory = 6 << 30 // bytes of address space
)

// aboutPlace is the first line of a message.
var aboutPlace = regexp.MustCompile(`(?m)^\S+:\d+:\d+: .*$`)

// measureBounds prints what a build takes with each input of hostileInputs whose name holds part, after nothing hostile. With
// a program from before a change it tells what that takes, too.
func (b *bench) measureBounds(ctx context.Context, part string) error {
	if err := limitMemory(hostileMemory); err != nil {
		return fmt.Errorf("bound the memory of builds: %w", err)
	}
	fmt.Printf("\nHostile inputs, each alone in a small publication; a build ends after %.0f s or %d GB.\n\n%-52s", hostileTime.Seconds(), hostileMemory>>30, "input")
	programs := b.programs()
	if b.before != "" {
		fmt.Printf("%46s | now", "before")
	}
	fmt.Printf("\n%-52s", "")
	for range programs {
		fmt.Printf(" %7s %7s %7s %5s %8s |", "CPU s", "wall s", "peak MB", "exit", "messages")
	}
	fmt.Println(" the first message")
	for in := range hostileInputs {
		if !strings.Contains(in.name, part) && in.write != nil {
			continue
		}
		dir := filepath.Join(b.work, "hostile")
		if err := in.writeTo(filepath.Join(dir, "content")); err != nil {
			return errors.Join(fmt.Errorf("make the input: %w", err), os.RemoveAll(dir))
		}
		debug.FreeOSMemory() // what this program holds when it starts another counts with that one's
		fmt.Printf("%-52s", in.name)
		first := ""
		for _, program := range programs {
			t := trial(ctx, program, dir)
			fmt.Printf(" %7.1f %7.1f %7.0f %5s %8d |", cpu(t.usage), wall(t.usage), most(t.usage), t.exit, t.messages)
			first = t.first
		}
		fmt.Printf(" %.110s\n", first)
		if err := errors.Join(ctx.Err(), os.RemoveAll(dir)); err != nil {
			return err
		}
	}
	return nil
}

// tried is what became of a build.
type tried struct {
	usage
	exit     string
	messages int
	first    string
}

// trial builds the publication in dir/content.
func trial(ctx context.Context, program, dir string) (t tried) {
	_ = os.RemoveAll(filepath.Join(dir, "public")) // what another program left is not this one's
	bounded, stop := context.WithTimeout(ctx, hostileTime)
	defer stop()
	cmd := exec.CommandContext(bounded, program, "build", "--content", "content", "--now", day)
	cmd.Dir, cmd.Env = dir, append(os.Environ(), "XDG_CACHE_HOME="+filepath.Join(dir, "cache"))
	start := time.Now()
	text, err := cmd.CombinedOutput()
	t.wall = time.Since(start)
	if cmd.ProcessState == nil {
		t.exit, t.first = "none", err.Error()
		return t
	}
	t.cpu, t.peak = cmd.ProcessState.SystemTime()+cmd.ProcessState.UserTime(), peak(cmd.ProcessState)
	t.exit = fmt.Sprint(cmd.ProcessState.ExitCode())
	if bounded.Err() != nil {
		t.exit = "late"
	}
	messages := aboutPlace.FindAll(text, -1)
	t.messages = len(messages)
	if t.messages > 0 {
		t.first = string(messages[0])
	} else if line, _, _ := bytes.Cut(text, []byte("\n")); err != nil {
		t.first = string(line)
	}
	return t
}
