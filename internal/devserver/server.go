// Package devserver turns builds into a preview in the browser that keeps itself up to date.
//
// The site is served from memory and never changed: the preview's script is put into a page as it is sent.
// Each visible tab holds one stream of events; when the page that it shows has changed, the new page comes
// with the event and is carried over in place. A failed build leaves the last good site up and shows its
// problems over it. The server answers only to its own names, to pages of its own and, beyond this machine, to who has its key; and
// nothing that it sends can be framed or embedded elsewhere, so that no other website can read an unpublished text or learn that there is one.
// It hands what it does not know itself below /_leerblad/ to the desk, which writes: so what the publication holds beside its pages runs no
// scripts here.
package devserver

import (
	"crypto/rand"
	"net/http"
	"net/url"
	"path"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

const (
	ownPath    = "/_leerblad/"
	eventsPath = ownPath + "events"
	scriptPath = ownPath + "live.js"
	buildsPath = ownPath + "builds/"
)

// maxHistory is the number of builds that the page of builds tells about.
const maxHistory = 20

// Server is the preview as an http.Handler; all its methods may be called at any time.
type Server struct {
	base      string // begins and ends with a slash
	run       string // differs from every other server's, so that sums of two runs never meet
	words     words
	editor    Editor
	heartbeat time.Duration
	clients   chan struct{} // one place for each browser that listens
	access    Access
	desk      http.Handler
	state     atomic.Pointer[state]
	changing  sync.Mutex
	closed    chan struct{}
	closing   sync.Once
}

// state is never changed; next is closed when another has taken its place.
type state struct {
	site     Site   // nil before the first good build
	early    *Early // nil but between a page that came early and its build
	build    uint64 // how many builds were shown
	problems []Problem
	saved    []string // paths of the last build that saved entries
	savedAt  uint64   // and its number
	history  []past   // the newest first
	overview func() Overview
	next     chan struct{}

	newsletters Newsletters // of site
}

// past is a build in the history.
type past struct {
	Report
	Errors, Warnings int
}

// New returns a server without a site yet; base is the path of the site, such as "/" or "/le/", and
// language, "nl" or "en", that of the server's own texts.
func New(base, language string) *Server {
	base = "/" + strings.Trim(base, "/") + "/"
	if base == "//" {
		base = "/"
	}
	s := &Server{
		base:      base,
		run:       rand.Text(),
		words:     wordsIn(language),
		heartbeat: 15 * time.Second,
		clients:   make(chan struct{}, 500),
		closed:    make(chan struct{}),
	}
	s.state.Store(&state{overview: emptyOverview, next: make(chan struct{})})
	return s
}

// SetDesk makes h answer what the server does not know below /_leerblad/, to who may be answered at all; it must come before the first
// request. Without it the page of builds stands in for its page.
func (s *Server) SetDesk(h http.Handler) { s.desk = h }

// SetEditor makes places open in an editor instead of being copied; it must come before the first request.
func (s *Server) SetEditor(editor Editor) { s.editor = editor }

// Close ends all streams, so that browsers turn to the server that took this one's place.
func (s *Server) Close() { s.closing.Do(func() { close(s.closed) }) }

// Show puts a build in place of the last.
func (s *Server) Show(b Build) {
	s.changing.Lock()
	defer s.changing.Unlock()
	old := s.state.Load()
	next := *old
	next.build++
	next.problems, next.next, next.early = b.Problems, make(chan struct{}), b.Early
	if b.Site != nil {
		next.site, next.newsletters = b.Site, b.Newsletters
	}
	if len(b.Saved) > 0 {
		next.saved, next.savedAt = b.Saved, next.build
	}
	next.overview = emptyOverview
	if b.Overview != nil {
		next.overview = sync.OnceValue(b.Overview)
	}
	if !b.Report.At.IsZero() {
		this := past{b.Report, count(b.Problems, "error"), count(b.Problems, "warning")}
		next.history = append([]past{this}, old.history[:min(len(old.history), maxHistory-1)]...)
	}
	s.state.Store(&next)
	close(old.next)
}

// Early shows a page ahead of its build.
func (s *Server) Early(e *Early) {
	s.changing.Lock()
	defer s.changing.Unlock()
	old := s.state.Load()
	next := *old
	next.build++
	next.early, next.next = e, make(chan struct{})
	s.state.Store(&next)
	close(old.next)
}

func emptyOverview() Overview { return Overview{} }

// ServeHTTP answers for the site and for the server's own files below /_leerblad/.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	header := w.Header()
	header.Set("X-Content-Type-Options", "nosniff")
	header.Set("Cross-Origin-Resource-Policy", "same-origin") // no other site shows unpublished pictures
	header.Set("Cross-Origin-Opener-Policy", "same-origin")   // or keeps hold of a window with an unpublished text
	header.Set("Content-Security-Policy", "frame-ancestors 'none'")
	header.Set("X-Frame-Options", "DENY")
	header.Set("Cache-Control", "no-store")
	own := s.ownName(r)
	if !own && s.access.Key != "" {
		s.sendAccess(w, http.StatusForbidden, "")
		return
	}
	if !own || !sameOrigin(r) {
		http.Error(w, "forbidden", http.StatusForbidden)
		return
	}
	if !s.admit(w, r) {
		return
	}
	name, own := strings.CutPrefix(r.URL.Path, ownPath)
	if own && s.desk != nil && !knows(name) {
		s.desk.ServeHTTP(w, r)
		return
	}
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		header.Set("Allow", "GET, HEAD")
		http.Error(w, "method not allowed", http.StatusMethodNotAllowed)
		return
	}
	switch {
	case r.URL.Path == eventsPath:
		s.serveEvents(w, r)
	case own && clientFile(name) != nil:
		serveFile(w, r, name, clientFile(name))
	default:
		s.servePath(w, r, s.state.Load())
	}
}

// knows reports whether the server itself has what name calls below ownPath.
func knows(name string) bool {
	folder := func(p string) bool { return strings.HasPrefix(ownPath+name+"/", p) }
	return ownPath+name == eventsPath || clientFile(name) != nil || folder(buildsPath) || folder(newslettersPath)
}

// sameOrigin lets a request pass that does not say where it comes from: a typed address. Elsewhere, another port of this machine included,
// there may be links to the site's pages and no more: whether a file is embedded or downloaded tells whether it exists.
func sameOrigin(r *http.Request) bool {
	if site := r.Header.Get("Sec-Fetch-Site"); site == "cross-site" || site == "same-site" {
		extension := path.Ext(r.URL.Path)
		if r.Header.Get("Sec-Fetch-Dest") != "document" || strings.HasPrefix(r.URL.Path, ownPath) || extension != "" && extension != ".html" {
			return false
		}
	}
	origin := r.Header.Get("Origin")
	if origin == "" {
		return true
	}
	address, err := url.Parse(origin)
	return err == nil && strings.EqualFold(address.Host, r.Host)
}
