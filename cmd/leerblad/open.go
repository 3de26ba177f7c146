package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"sync"
	"time"

	"github.com/inconshreveable/mousetrap"
	"github.com/spf13/cobra"

	"leerblad/internal/devserver"
	"leerblad/internal/diag"
	"leerblad/internal/frontmatter"
	"leerblad/internal/publication"
	"leerblad/internal/start"
)

// unused is how long a program that nobody can see goes on after its last page was closed.
const unused = 5 * time.Minute

// deskPath is where the desk is.
const deskPath = "/_leerblad/"

// opening is one run of leerblad without a command: the desk of the publication in this folder, or first the page on which one is chosen.
type opening struct {
	cmd   *cobra.Command
	words words
	ctx   context.Context
	stop  context.CancelFunc

	mu      sync.Mutex
	handler http.Handler   // of the page that is shown
	preview *preview       // nil until a publication is open
	running sync.WaitGroup // of its session
}

// open opens the desk in the browser.
func open(cmd *cobra.Command, words words) error {
	lang, err := language(cmd, words, diag.Language(words))
	if err != nil {
		return err
	}
	o := &opening{cmd: cmd, words: words}
	o.ctx, o.stop = context.WithCancel(cmd.Context())
	defer o.stop()
	listener, _, err := devserver.Listen("")
	if err != nil {
		return err
	}
	if content := start.Content("."); content != "" {
		if err := o.open(content); err != nil {
			return err
		}
	} else {
		home, err := os.UserHomeDir()
		if err != nil {
			return err
		}
		o.handler = devserver.Guard(start.New(start.Options{
			Language: lang, Home: home, Recent: start.NewRecent(), Open: o.open, Make: o.make, Stop: o.stop, Desk: deskPath,
		}))
	}
	use := newUse(o)
	server := devserver.NewHTTPServer(use)
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	url := "http://" + listener.Addr().(*net.TCPAddr).String() + "/"
	if o.preview != nil {
		url += deskPath[1:]
	}
	fmt.Fprintln(cmd.OutOrStdout(), words.get("desk-at", url))
	openBrowser(url)
	var idle <-chan time.Time
	if mousetrap.StartedByExplorer() || !terminal(cmd.ErrOrStderr()) { // nobody sees it, and could stop it
		idle = use.idle(o.ctx, unused)
	}
	select {
	case err = <-failed:
	case <-o.ctx.Done():
	case <-idle:
	}
	o.stop()
	if err == nil {
		err = shutdown(server)
	}
	o.running.Wait()
	return err
}

func (o *opening) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	o.mu.Lock()
	h := o.handler
	o.mu.Unlock()
	h.ServeHTTP(w, r)
}

// open shows the desk of a publication instead of the start page. Drafts and what is scheduled are shown: they are what is written on.
func (o *opening) open(content string) error {
	p := &preview{cmd: o.cmd, words: o.words, stop: o.stop}
	p.Content, p.Drafts, p.Future = content, true, true
	err := p.complete(o.words)
	if err == nil {
		err = p.begin(o.ctx, false)
	}
	if err != nil {
		return errors.New(describe(err, o.words))
	}
	o.running.Go(func() { p.session.Run(o.ctx) })
	o.mu.Lock()
	defer o.mu.Unlock()
	o.preview, o.handler = p, p
	start.NewRecent().Add(start.Publication{Content: content, Title: p.session.Now().Title()})
	return nil
}

// titleLine is where the settings of a new publication have its name.
var titleLine = regexp.MustCompile(`(?m)^title: .*$`)

// make makes a new publication with a name.
func (o *opening) make(dir, title string, l diag.Language) (content string, err error) {
	if err := initialise(dir, l, o.words); err != nil {
		return "", errors.New(describe(err, o.words))
	}
	content = start.Content(dir)
	settings := filepath.Join(content, publication.SettingsFile)
	data, err := os.ReadFile(settings)
	if err == nil {
		data = titleLine.ReplaceAllLiteral(data, []byte("title: "+frontmatter.Quote(title)))
		err = os.WriteFile(settings, data, 0o666)
	}
	if err != nil {
		return "", errors.New(describe(err, o.words))
	}
	return content, nil
}

// use knows whether somebody has a page open: pages hold a request for as long as they are there.
type use struct {
	handler http.Handler
	mu      sync.Mutex
	open    int
	last    time.Time
}

func newUse(h http.Handler) *use { return &use{handler: h, last: time.Now()} }

func (u *use) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	u.count(1)
	defer u.count(-1)
	u.handler.ServeHTTP(w, r)
}

func (u *use) count(n int) {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.open += n
	u.last = time.Now()
}

// idle gives a channel that gets a value when no page has been open for a time.
func (u *use) idle(ctx context.Context, long time.Duration) <-chan time.Time {
	out := make(chan time.Time, 1)
	go func() {
		for {
			u.mu.Lock()
			wait := long
			if u.open == 0 {
				wait = time.Until(u.last.Add(long))
			}
			u.mu.Unlock()
			if wait <= 0 {
				out <- time.Now()
				return
			}
			select {
			case <-time.After(wait):
			case <-ctx.Done():
				return
			}
		}
	}()
	return out
}
