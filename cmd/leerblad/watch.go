package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"sync/atomic"
	"time"

	"github.com/spf13/cobra"

	"leerblad/internal/build"
	"leerblad/internal/devserver"
	"leerblad/internal/diag"
	"leerblad/internal/watch"
)

// preview is one run of watch.
type preview struct {
	options
	cmd     *cobra.Command
	words   words
	builder *build.Builder
	host    string // that the address names
	base    string // and language of the site that server shows
	server  atomic.Pointer[devserver.Server]
}

func watchCommand(words words) *cobra.Command {
	var o options
	var address string
	var poll, open bool
	cmd := &cobra.Command{Use: "watch", Short: words.get("watch"), Long: words.get("watch.long"), Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := o.complete(words); err != nil {
				return err
			}
			p := &preview{options: o, cmd: cmd, words: words}
			return p.run(cmd.Context(), address, poll, open)
		}}
	o.addFlags(cmd, words)
	cmd.Flags().StringVar(&address, "address", "127.0.0.1:8080", words.get("flag.address"))
	cmd.Flags().BoolVar(&poll, "poll", false, words.get("flag.poll"))
	cmd.Flags().BoolVar(&open, "open", false, words.get("flag.open"))
	return cmd
}

func (p *preview) run(ctx context.Context, address string, poll, open bool) error {
	progress := newProgress(p.cmd.ErrOrStderr(), p.words, false)
	p.builder = build.New(p.Options, progress)
	changes, err := watch.Watch(ctx, p.folders(), watch.Options{Poll: poll})
	if err != nil {
		return err
	}
	first, err := p.builder.Build(ctx)
	if err != nil {
		return err
	}
	if _, err := p.builder.Check(ctx, first); err != nil {
		return err
	}
	if first.Problems.HasErrors() {
		progress.summary(p.words.problems(first.Problems))
	} else {
		progress.summary(p.words.get("clean", first.Entries) + p.words.leftOut(first.LeftOut))
	}
	listener, moved, err := devserver.Listen(address)
	if err != nil {
		return err
	}
	p.host, _, _ = net.SplitHostPort(address)
	if err := p.show(first, time.Time{}); err != nil {
		return err
	}
	httpServer := devserver.NewHTTPServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { p.server.Load().ServeHTTP(w, r) }))
	failed := make(chan error, 1)
	go func() { failed <- httpServer.Serve(listener) }()
	if moved {
		fmt.Fprintln(p.cmd.ErrOrStderr(), p.words.get("moved"))
	}
	url := "http://" + listener.Addr().String() + first.Base
	fmt.Fprintln(p.cmd.OutOrStdout(), p.words.get("serving", url))
	if open {
		openBrowser(url)
	}
	for {
		select {
		case err := <-failed:
			return err
		case paths, more := <-changes:
			if more && ctx.Err() == nil {
				p.rebuild(ctx, paths)
				continue
			}
			return shutdown(httpServer)
		}
	}
}

// folders gives what is watched: the texts, and the theme's folder or the one beside the texts that holds themes.
func (p *preview) folders() []string {
	dirs := []string{p.Content}
	theme := p.Theme
	if theme == "" {
		theme = filepath.Join(filepath.Dir(filepath.Clean(p.Content)), "themes")
	}
	if info, err := os.Stat(theme); err == nil && info.IsDir() {
		dirs = append(dirs, theme)
	}
	return dirs
}

// rebuild builds again and shows what came of it. A failure of the machine is told and the next change awaited.
func (p *preview) rebuild(ctx context.Context, paths []string) {
	start := time.Now()
	result, err := p.builder.Build(ctx, paths...)
	if err == nil {
		_, err = p.builder.Check(ctx, result)
	}
	if err == nil {
		err = p.show(result, start)
	}
	if err != nil && !errors.Is(err, context.Canceled) {
		fmt.Fprintf(p.cmd.ErrOrStderr(), "leerblad: %s\n", describe(err, p.words))
	}
}

// show hands a build to the browsers, and tells the terminal about it if start says when it began.
func (p *preview) show(result *build.Result, start time.Time) error {
	list := result.Problems
	if key := result.Base + " " + string(result.Language); key != p.base { // a new server for a new address
		server := devserver.New(result.Base, string(result.Language))
		if p.host != "" {
			server.SetAllowedHost(p.host)
		}
		p.base = key
		p.server.Store(server)
	}
	if err := p.print(p.cmd, p.words, result, list); err != nil && !errors.Is(err, errContent) {
		return err
	}
	lang, err := language(p.cmd, p.words, result.Language)
	if err != nil {
		return err
	}
	now := time.Now().Format(time.TimeOnly)
	line := p.words.get("rebuilt", now, round(time.Since(start))) + p.words.leftOut(result.LeftOut)
	if result.Problems.HasErrors() {
		line = p.words.get("broken", now, p.words.problems(list))
		p.server.Load().Fail(problems(diag.Printer{Root: p.Content, Language: lang}, list))
	} else {
		set, err := result.Set()
		if err != nil {
			return err
		}
		p.server.Load().Publish(set)
	}
	if !start.IsZero() {
		fmt.Fprintln(p.cmd.ErrOrStderr(), line)
	}
	return nil
}

func problems(printer diag.Printer, list diag.List) []devserver.Problem {
	var out []devserver.Problem
	for _, d := range list {
		r := printer.Record(d)
		out = append(out, devserver.Problem{
			File: r.File, Line: r.Line, Column: r.Column, Code: string(r.Code), Severity: r.Severity,
			Message: r.Message, Hint: r.Hint, SourceLine: d.Span.LineText(),
		})
	}
	return out
}

func shutdown(server *http.Server) error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	if err := server.Shutdown(ctx); err != nil && !errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	return nil
}

// openBrowser asks the system to open url; where it cannot, the address is on the screen.
func openBrowser(url string) {
	name, args := "xdg-open", []string{url}
	switch runtime.GOOS {
	case "darwin":
		name = "open"
	case "windows":
		name, args = "rundll32", []string{"url.dll,FileProtocolHandler", url}
	}
	_ = exec.Command(name, args...).Start()
}
