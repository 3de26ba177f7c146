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
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"github.com/spf13/cobra"

	"leerblad/internal/build"
	"leerblad/internal/devserver"
	"leerblad/internal/diag"
	"leerblad/internal/source"
	"leerblad/internal/watch"
)

// preview is one run of watch.
type preview struct {
	options
	cmd      *cobra.Command
	words    words
	builder  *build.Builder
	progress *progress
	editor   devserver.Editor
	access   devserver.Access
	base     string // and language of the site that server shows
	server   atomic.Pointer[devserver.Server]
	rest     func()        // ends what is left to do of the last build
	mistakes diag.List     // in templates, as far as they are known
	pictures chan []string // of which copies were made after their pages were shown
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
	p.progress = newProgress(p.cmd.ErrOrStderr(), p.words, false)
	p.Later = true
	p.builder, p.rest, p.pictures = build.New(p.Options, p.progress), func() {}, make(chan []string, 1)
	changes, err := watch.Watch(ctx, p.folders(), watch.Options{Poll: poll})
	if err != nil {
		return err
	}
	listener, moved, err := devserver.Listen(address)
	if err != nil {
		return err
	}
	var origins []string
	if p.access, origins, err = reach(address, listener.Addr().(*net.TCPAddr)); err != nil {
		return err
	}
	if err := p.rebuild(ctx, nil); err != nil {
		return err
	}
	httpServer := devserver.NewHTTPServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { p.server.Load().ServeHTTP(w, r) }))
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
	for {
		select {
		case err := <-failed:
			return err
		case made := <-p.pictures:
			p.again(ctx, made)
		case changed, more := <-changes:
			if !more || ctx.Err() != nil {
				return shutdown(httpServer)
			}
			p.again(ctx, changed)
		}
	}
}

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

// again rebuilds and tells of what went wrong.
func (p *preview) again(ctx context.Context, changed []string) {
	if err := p.rebuild(ctx, changed); err != nil && !errors.Is(err, context.Canceled) {
		fmt.Fprintf(p.cmd.ErrOrStderr(), "leerblad: %s\n", describe(err, p.words))
	}
}

// makePictures makes the copies of pictures that a build which is shown does without, and has it built again with them.
func (p *preview) makePictures(ctx context.Context, result *build.Result) {
	made := result.MakePictures(ctx)
	if made == nil {
		return
	}
	for i, name := range made {
		made[i] = filepath.Join(p.Content, filepath.FromSlash(name))
	}
	select {
	case p.pictures <- made:
	case <-ctx.Done():
	}
}

// folders gives what is watched: the texts, and the theme's folder or the one beside the texts that holds themes.
func (p *preview) folders() []string {
	theme := p.Theme
	if theme == "" {
		theme = p.builder.Themes()
	}
	return []string{p.Content, theme}
}

// rebuild builds what changed, everything at first, and shows it. Open pages come before all else: the one that is being written
// even before the build, and the other changed pages are rendered, for the mistakes in their templates, and garbage is collected
// when the browsers have theirs.
func (p *preview) rebuild(ctx context.Context, changed []string) error {
	p.rest()
	start := time.Now()
	if 0 < len(changed) && len(changed) <= fewPaths { // what much work leaves behind is not put off
		defer debug.SetGCPercent(debug.SetGCPercent(-1))
	}
	if file, page, sum, ok := p.builder.Early(changed); ok && p.mistakes == nil {
		p.server.Load().Early(file, page, sum)
	}
	var result *build.Result
	err := steadily(p.words, func() (err error) {
		result, err = p.builder.Build(ctx, changed...)
		return err
	})
	if err == nil {
		err = p.show(result, changed)
	}
	if err != nil {
		if server := p.server.Load(); server != nil {
			server.Show(devserver.Build{Problems: []devserver.Problem{{Severity: "error", Message: describe(err, p.words)}}})
		}
		return err
	}
	go p.makePictures(ctx, result)
	report := devserver.Report{At: time.Now(), Took: time.Since(start), Stages: p.stages(), Files: p.inContent(changed)}
	ctx, cancel := context.WithCancel(ctx)
	done := make(chan struct{})
	p.rest = func() { cancel(); <-done }
	go func() {
		defer close(done)
		if changed != nil {
			select { // browsers are busy with what they got
			case <-time.After(quiet):
			case <-ctx.Done():
			}
		}
		p.check(ctx, result, report, changed == nil)
		if ctx.Err() != nil { // the next change is under way
			return
		}
		go result.FollowSearch(ctx)
		go runtime.GC()
	}()
	if changed == nil { // nobody looks yet
		<-done
	}
	return nil
}

// quiet is how long browsers have the processors to themselves after a change; who writes on is not held up by what can wait.
const quiet = 250 * time.Millisecond

// fewPaths is how many changed paths are an editor's own doing.
const fewPaths = 8

// show hands a build to the browsers, with the mistakes in templates that are known so far. One with mistakes says nothing of the
// address and language of the site, which stays.
func (p *preview) show(result *build.Result, changed []string) error {
	good := !result.Problems.HasErrors()
	if key := result.Base + " " + string(result.Language); p.server.Load() == nil || good && key != p.base { // a new server for a new address
		server := devserver.New(result.Base, string(result.Language))
		server.SetEditor(p.editor)
		server.SetAccess(p.access)
		p.base = key
		if old := p.server.Swap(server); old != nil {
			old.Close()
		}
	}
	shown, err := p.shown(result)
	if good {
		shown.Site, shown.Saved = site{result}, result.Saved(p.inContent(changed))
	}
	p.server.Load().Show(shown)
	return err
}

// known gives the problems of a build and the mistakes in templates, as far as they are known.
func (p *preview) known(result *build.Result) diag.List {
	return append(slices.Clone(result.Problems), p.mistakes...).Sorted()
}

// shown gives what the browsers are told of a build beside its site.
func (p *preview) shown(result *build.Result) (devserver.Build, error) {
	lang, err := language(p.cmd, p.words, result.Language)
	printer := diag.Printer{Root: p.Content, Language: lang}
	list := p.known(result)
	return devserver.Build{Problems: problems(printer, list), Desk: p.desk(result, list, printer), Newsletters: newsletters{result, printer}}, err
}

// check finds the mistakes in the templates of a build that is shown, and tells the desk and the terminal of the build. The next
// change interrupts it; the check after that goes on.
func (p *preview) check(ctx context.Context, result *build.Result, report devserver.Report, first bool) {
	if !result.Problems.HasErrors() {
		mistakes, pages, err := p.builder.Check(ctx, result)
		if err != nil {
			p.mistakes = append(p.mistakes, mistakes...).Sorted() // those of pages that were not checked may still be there
			return
		}
		p.mistakes, report.Pages = mistakes, pages
	}
	shown, _ := p.shown(result)
	shown.Report = report
	p.server.Load().Show(shown)
	list := p.known(result)
	_ = p.print(p.cmd, p.words, result, list) // there is nobody to tell that the terminal is gone
	now, leftOut := time.Now().Format(time.TimeOnly), p.words.leftOut(result.LeftOut)
	switch {
	case first && list.HasErrors():
		p.progress.summary(p.words.problems(list))
	case first:
		p.progress.summary(joined(p.words.get("clean", result.Entries), leftOut))
	case list.HasErrors():
		fmt.Fprintln(p.cmd.ErrOrStderr(), p.words.get("broken", now, p.words.problems(list)))
	default:
		fmt.Fprintln(p.cmd.ErrOrStderr(), joined(p.words.get("rebuilt", now, round(report.Took)), leftOut))
	}
}

// joined puts more, if there is any, after a line.
func joined(line, more string) string {
	if more == "" {
		return line
	}
	return line + "; " + more
}

// inContent gives the paths in the publication folder among changed ones.
func (p *preview) inContent(changed []string) []string {
	var out []string
	for _, c := range changed {
		if name, err := filepath.Rel(p.Content, c); err == nil && filepath.IsLocal(name) {
			out = append(out, filepath.ToSlash(name))
		}
	}
	return out
}

func (p *preview) stages() []devserver.Stage {
	var out []devserver.Stage
	for _, s := range p.progress.done() {
		out = append(out, devserver.Stage{Name: p.words.get("stage." + string(s.stage)), Took: s.took})
	}
	return out
}

// desk gives what the editor's desk shows of a build, made when somebody looks.
func (p *preview) desk(result *build.Result, list diag.List, printer diag.Printer) func() devserver.Desk {
	return func() devserver.Desk {
		all := append(slices.Clone(list), result.Hints()...).Sorted()
		desk := devserver.Desk{Problems: problems(printer, all)}
		count := map[string]int{}
		for _, problem := range desk.Problems {
			count[problem.File]++
		}
		for _, e := range result.All() {
			entry := devserver.Entry{
				Kind: e.KindName, Title: e.Title, File: path.Join(filepath.ToSlash(p.Content), e.File), Path: e.Path, Date: string(e.Date), Status: e.Status,
			}
			entry.Problems = count[entry.File]
			if ease, ok := e.Body.Ease(); ok {
				entry.Readability = p.words.ease(ease)
			}
			desk.Entries = append(desk.Entries, entry)
		}
		return desk
	}
}

// site is a build as the server shows it.
type site struct{ *build.Result }

func (s site) Get(name string) (data []byte, ok bool, err error) {
	data, ok, err = s.Preview(name)
	if errors.Is(err, source.ErrChanged) { // the build that is under way knows of it
		err = fs.ErrNotExist
	}
	return data, ok, err
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
