package main

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/png"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"leerblad": func() { os.Exit(run(context.Background(), os.Args[1:], os.Stdout, os.Stderr)) },
	})
}

func TestScripts(t *testing.T) {
	cache := t.TempDir() // of all scripts: each scales the sample's pictures
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Setup: func(env *testscript.Env) error {
			env.Setenv("XDG_CACHE_HOME", cache)
			coverage := filepath.Join(env.WorkDir, ".coverage") // else a program that is built for it complains
			env.Setenv("GOCOVERDIR", coverage)
			return os.Mkdir(coverage, 0o777)
		},
		Condition: func(name string) (bool, error) {
			if name == "root" { // may read everything
				return os.Geteuid() == 0, nil
			}
			return false, fmt.Errorf("unknown condition %q", name)
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"status": status, "same": same, "big": big, "bytes": writeBytes, "noise": noise, "recorded": recorded,
		},
	})
}

// status runs a command that must end with an exit status: status 1 leerblad check. It keeps what it prints
// in the files out and err.
func status(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: status N command…")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	cmd := exec.Command(args[1], args[2:]...)
	if cmd.Path, err = exec.LookPath(args[1]); err != nil {
		cmd.Path = filepath.Join(filepath.Dir(os.Args[0]), args[1])
	}
	var stdout, stderr bytes.Buffer
	cmd.Dir, cmd.Env, cmd.Stdout, cmd.Stderr = ts.MkAbs("."), environment(ts), &stdout, &stderr
	_ = cmd.Run()
	ts.Check(os.WriteFile(ts.MkAbs("out"), stdout.Bytes(), 0o644))
	ts.Check(os.WriteFile(ts.MkAbs("err"), stderr.Bytes(), 0o644))
	if got := cmd.ProcessState.ExitCode(); got != want {
		ts.Fatalf("exit status %d, want %d\n%s%s", got, want, stdout.String(), stderr.String())
	}
}

func environment(ts *testscript.TestScript) []string {
	var out []string
	for _, name := range []string{"PATH", "HOME", "XDG_CACHE_HOME", "TMPDIR", "WORK", "GOCOVERDIR"} {
		out = append(out, name+"="+ts.Getenv(name))
	}
	return out
}

// recorded puts one text in place of another in the records of builds, or cuts these off where there is none: recorded OLD NEW.
func recorded(ts *testscript.TestScript, _ bool, args []string) {
	files, err := filepath.Glob(filepath.Join(ts.Getenv("XDG_CACHE_HOME"), "leerblad", "builds", "*"))
	ts.Check(err)
	found := false
	for _, file := range files {
		data, err := os.ReadFile(file)
		ts.Check(err)
		found = found || bytes.Contains(data, []byte(args[0]))
		if args[0] == "" {
			data = data[:len(data)/2]
		} else {
			data = bytes.ReplaceAll(data, []byte(args[0]), []byte(args[1]))
		}
		ts.Check(os.WriteFile(file, data, 0o600))
	}
	if !found {
		ts.Fatalf("no record has %q", args[0])
	}
}

// same compares two folders, byte by byte.
func same(ts *testscript.TestScript, neg bool, args []string) {
	a, b := listing(ts, ts.MkAbs(args[0])), listing(ts, ts.MkAbs(args[1]))
	if (a == b) == neg {
		ts.Fatalf("folders are the same: %v\n%s\n%s", a == b, a, b)
	}
}

func listing(ts *testscript.TestScript, dir string) string {
	var out strings.Builder
	ts.Check(filepath.WalkDir(dir, func(p string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(p)
		rel, _ := filepath.Rel(dir, p)
		fmt.Fprintf(&out, "%s %x\n", filepath.ToSlash(rel), data)
		return err
	}))
	return out.String()
}

// big writes a file of about so many megabytes after what it holds: big FILE N.
func big(ts *testscript.TestScript, _ bool, args []string) {
	n, err := strconv.ParseFloat(args[1], 64)
	ts.Check(err)
	f, err := os.OpenFile(ts.MkAbs(args[0]), os.O_APPEND|os.O_WRONLY, 0)
	ts.Check(err)
	defer f.Close()
	_, err = io.WriteString(f, strings.Repeat("een woord ", int(n*100_000)))
	ts.Check(err)
}

// noise writes a picture that cannot be made small: noise FILE.png WIDTH.
func noise(ts *testscript.TestScript, _ bool, args []string) {
	width, err := strconv.Atoi(args[1])
	ts.Check(err)
	random := rand.New(rand.NewPCG(1, 2))
	picture := image.NewGray(image.Rect(0, 0, width, width))
	for i := range picture.Pix {
		picture.Pix[i] = byte(random.Uint32())
	}
	var out bytes.Buffer
	ts.Check(png.Encode(&out, picture))
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), out.Bytes(), 0o644))
}

// writeBytes writes a file from a Go string literal: bytes FILE "a\xffb".
func writeBytes(ts *testscript.TestScript, _ bool, args []string) {
	text, err := strconv.Unquote(`"` + args[1] + `"`)
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(text), 0o644))
}
