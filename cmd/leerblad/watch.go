package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/http"
	"os/exec"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"github.com/spf13/cobra"

	"leerblad/internal/build"
	"leerblad/internal/desk"
	"leerblad/internal/devserver"
	"leerblad/internal/diag"
	"leerblad/internal/lsp"
	"leerblad/internal/session"
	"leerblad/internal/source"
)

// preview is one run of watch.
type preview struct {
	options
	cmd      *cobra.Command
	words    words
	session  *session.Session
	desk     *desk.Desk // of session
	progress *progress
	editor   devserver.Editor
	access   devserver.Access
	base     string // and language of the site that server shows
	server   atomic.Pointer[devserver.Server]
	report   devserver.Report // of the build that is shown
	stop     func()           // ends the program, if the desk may; else nil
}

func watchCommand(words words) *cobra.Command {
	var o options
	var address, editor string
	var poll, open bool
	cmd := &cobra.Command{Use: "watch", Short: words.get("watch"), Long: words.get("watch.long"), Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := o.complete(words); err != nil {
				return err
			}
			p := &preview{options: o, cmd: cmd, words: words}
			if editor != "" {
				var err error
				if p.editor, err = devserver.ParseEditor(editor); err != nil {
					return errors.New(words.get("bad-editor", editor))
				}
			}
			return p.run(cmd.Context(), address, poll, open)
		}}
	o.addFlags(cmd, words)
	cmd.Flags().StringVar(&address, "address", "127.0.0.1:8080", words.get("flag.address"))
	cmd.Flags().BoolVar(&poll, "poll", false, words.get("flag.poll"))
	cmd.Flags().StringVar(&editor, "editor", "", words.get("flag.editor"))
	cmd.Flags().BoolVar(&open, "open", false, words.get("flag.open"))
	return cmd
}

func (p *preview) run(ctx context.Context, address string, poll, open bool) error {
	listener, moved, err := devserver.Listen(address)
	if err != nil {
		return err
	}
	var origins []string
	if p.access, origins, err = reach(address, listener.Addr().(*net.TCPAddr)); err != nil {
		return err
	}
	if err := p.begin(ctx, poll); err != nil {
		return err
	}
	httpServer := devserver.NewHTTPServer(p)
	failed := make(chan error, 1)
	go func() { failed <- httpServer.Serve(listener) }()
	if moved {
		fmt.Fprintln(p.cmd.ErrOrStderr(), p.words.get("moved"))
	}
	if p.access.Key != "" {
		fmt.Fprintln(p.cmd.ErrOrStderr(), p.words.get("exposed"))
	}
	for i, origin := range origins {
		url := p.access.Entrance(origin, strings.Fields(p.base)[0])
		if i > 0 {
			fmt.Fprintln(p.cmd.OutOrStdout(), p.words.get("serving.or", url))
			continue
		}
		fmt.Fprintln(p.cmd.OutOrStdout(), p.words.get("serving", url))
		if open {
			openBrowser(url)
		}
	}
	ended := make(chan struct{})
	go func() { p.session.Run(ctx); close(ended) }()
	select {
	case err := <-failed:
		return err
	case <-ended:
		return shutdown(httpServer)
	}
}

// begin builds the publication for the first time; p answers from then on, and p.session is to be run.
func (p *preview) begin(ctx context.Context, poll bool) (err error) {
	if _, err := language(p.cmd, p.words, ""); err != nil {
		return err
	}
	p.progress = newProgress(p.cmd.ErrOrStderr(), p.words, false)
	p.session, err = session.Start(ctx, session.Options{
		Options: p.Options, Poll: poll, Progress: p.progress,
		Observer: session.Observer{
			Early:   func(e *build.Early) { p.server.Load().Early(early(e)) },
			Built:   p.built,
			Checked: p.checked,
			Failed:  p.failed,
		},
	})
	if err == nil {
		p.desk = desk.New(p.session, desk.Options{Today: p.Now, LSP: p.assist, Publish: p.publish, Test: p.test, Stop: p.stop, Clock: time.Now})
	}
	return err
}

// assist answers the desk's page while somebody writes there.
func (p *preview) assist(ctx context.Context, conn desk.Conn) error {
	uri, path := lsp.Names()
	return lsp.Serve(ctx, p.session, conn, lsp.Options{URI: uri, Path: path, Writes: true, Builds: true})
}

func (p *preview) ServeHTTP(w http.ResponseWriter, r *http.Request) { p.server.Load().ServeHTTP(w, r) }

// reach says who may see what is served at bound, for which the call has address, and where: other machines need a key.
func reach(address string, bound *net.TCPAddr) (access devserver.Access, origins []string, err error) {
	name, _, _ := net.SplitHostPort(address)
	port := strconv.Itoa(bound.Port)
	switch {
	case bound.IP.IsLoopback():
		return devserver.Access{Host: name}, []string{"http://" + bound.String()}, nil
	case !bound.IP.IsUnspecified():
		return devserver.Access{Host: name, Key: rand.Text()}, []string{"http://" + net.JoinHostPort(name, port)}, nil
	}
	all, err := net.InterfaceAddrs()
	if err != nil {
		return devserver.Access{}, nil, err
	}
	var other, own []string
	for _, a := range all {
		network, ok := a.(*net.IPNet)
		if !ok || network.IP.IsLinkLocalUnicast() || bound.IP.To4() != nil && network.IP.To4() == nil {
			continue
		}
		if origin := "http://" + net.JoinHostPort(network.IP.String(), port); network.IP.IsLoopback() {
			own = append(own, origin)
		} else {
			other = append(other, origin)
		}
	}
	return devserver.Access{Key: rand.Text()}, append(other, own...), nil
}

// failed tells of a failure of the machine.
func (p *preview) failed(err error) {
	message := describe(err, p.words)
	p.server.Load().Show(devserver.Build{Problems: []devserver.Problem{{Severity: "error", Message: message}}})
	fmt.Fprintf(p.cmd.ErrOrStderr(), "leerblad: %s\n", message)
}

// built hands a build to the browsers. One with mistakes says nothing of the address and language of the site, which stays.
func (p *preview) built(b session.Build) {
	good := !b.Result.Problems.HasErrors()
	if key := b.Base + " " + string(b.Language); p.server.Load() == nil || good && key != p.base { // a new server for a new address
		server := devserver.New(b.Base, string(b.Language))
		server.SetEditor(p.editor)
		server.SetAccess(p.access)
		server.SetDesk(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { p.desk.ServeHTTP(w, r) }))
		p.base = key
		if old := p.server.Swap(server); old != nil {
			old.Close()
		}
	}
	p.report = devserver.Report{At: time.Now(), Took: b.Took, Stages: p.stages(), Files: b.Changed}
	shown := p.shown(b)
	if good {
		shown.Site, shown.Saved, shown.Early = site{b.Result, p.words.of(p.cmd, b.Result)}, b.Saved(b.Changed), early(b.Early)
	}
	p.server.Load().Show(shown)
}

// shown gives what the browsers are told of a build beside its site.
func (p *preview) shown(b session.Build) devserver.Build {
	lang, err := language(p.cmd, p.words, b.Language)
	if err != nil { // the flag was read before
		lang = b.Language
	}
	printer := diag.Printer{Root: p.Content, Language: lang}
	return devserver.Build{Problems: problems(printer, b.Problems), Overview: p.overview(b, printer), Newsletters: newsletters{b.Result, printer}}
}

// checked tells browsers and the terminal of a build.
func (p *preview) checked(b session.Build, pages int) {
	shown := p.shown(b)
	shown.Report = p.report
	shown.Report.Pages = pages
	p.server.Load().Show(shown)
	if len(b.Unsaved) > 0 {
		return // what is being written is told in the browser
	}
	_ = p.print(p.cmd, p.words, b.Result, b.Problems) // there is nobody to tell that the terminal is gone
	now, leftOut := time.Now().Format(time.TimeOnly), p.words.leftOut(b.LeftOut)
	switch {
	case b.First && b.Problems.HasErrors():
		p.progress.summary(p.words.problems(b.Problems))
	case b.First:
		p.progress.summary(joined(p.words.get("clean", b.Entries), leftOut))
	case b.Problems.HasErrors():
		fmt.Fprintln(p.cmd.ErrOrStderr(), p.words.get("broken", now, p.words.problems(b.Problems)))
	default:
		fmt.Fprintln(p.cmd.ErrOrStderr(), joined(p.words.get("rebuilt", now, round(b.Took)), leftOut))
	}
}

// joined puts more, if there is any, after a line.
func joined(line, more string) string {
	if more == "" {
		return line
	}
	return line + "; " + more
}

func (p *preview) stages() []devserver.Stage {
	var out []devserver.Stage
	for _, s := range p.progress.done() {
		out = append(out, devserver.Stage{Name: p.words.get("stage." + string(s.stage)), Took: s.took})
	}
	return out
}

// overview gives what the page of builds shows of a build, made when somebody looks.
func (p *preview) overview(b session.Build, printer diag.Printer) func() devserver.Overview {
	return func() devserver.Overview {
		all := append(slices.Clone(b.Problems), b.Hints()...).Sorted()
		out := devserver.Overview{Problems: problems(printer, all)}
		count := map[string]int{}
		for _, problem := range out.Problems {
			count[problem.File]++
		}
		for _, e := range b.All() {
			entry := devserver.Entry{
				Kind: e.KindName, Title: e.Title, File: path.Join(filepath.ToSlash(p.Content), e.File), Path: e.Path, Date: string(e.Date), Status: e.Status,
			}
			entry.Problems = count[entry.File]
			if ease, ok := e.Body.Ease(); ok {
				entry.Readability = p.words.ease(ease)
			}
			out.Entries = append(out.Entries, entry)
		}
		return out
	}
}

// site is a build as the server shows it.
type site struct {
	*build.Result
	words words
}

func (s site) Get(name string) (data []byte, ok bool, err error) {
	data, ok, err = s.Preview(name)
	if errors.Is(err, source.ErrChanged) { // the build that is under way knows of it
		err = fs.ErrNotExist
	} else if err != nil {
		err = errors.New(describe(err, s.words))
	}
	return data, ok, err
}

// early gives a page ahead of its build as the server shows it.
func early(e *build.Early) *devserver.Early {
	if e == nil {
		return nil
	}
	return &devserver.Early{Name: e.File, Page: e.Page, Sum: e.Sum}
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
