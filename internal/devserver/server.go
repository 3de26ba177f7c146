// Package devserver turns the last good build and the problems of a failed one into a preview in the
// browser that keeps itself up to date.
//
// The site is served from memory and never changed: the reload script is put into a page as it is sent. A
// failed build leaves the last good site up and shows its problems over it. The server answers only to
// its own names and to pages of its own, so that no other website can read an unpublished text.
package devserver

import (
	"math/rand/v2"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"leerblad/internal/output"
)

const (
	eventsPath = "/_leerblad/events"
	scriptPath = "/_leerblad/live.js"
	stylePath  = "/_leerblad/live.css"
)

// Server is the preview as an http.Handler; all its methods may be called at any time.
type Server struct {
	base        string // begins and ends with a slash
	words       words
	heartbeat   time.Duration
	clients     chan struct{} // one place for each browser that listens
	allowedHost atomic.Pointer[string]
	state       atomic.Pointer[state]
	changing    sync.Mutex
}

// state is never changed; next is closed when another has taken its place.
type state struct {
	site     *output.Set // nil before the first good build
	version  uint64      // of site, 0 before the first
	problems []Problem
	next     chan struct{}
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
		words:     wordsIn(language),
		heartbeat: 15 * time.Second,
		clients:   make(chan struct{}, 200),
	}
	s.state.Store(&state{next: make(chan struct{})})
	return s
}

// SetAllowedHost makes the server answer to one more host name or address, given without a port.
func (s *Server) SetAllowedHost(host string) {
	s.allowedHost.Store(&host)
}

// Publish puts a new site in place of the last, clears all problems and makes browsers reload.
func (s *Server) Publish(site *output.Set) {
	s.change(func(next *state) {
		next.site, next.problems = site, nil
		if next.version == 0 {
			// So that a page of an earlier run of the server is not taken for one of this.
			next.version = uint64(rand.Uint32())
		}
		next.version++
	})
}

// Fail keeps the last good site and shows these problems over it.
func (s *Server) Fail(problems []Problem) {
	s.change(func(next *state) { next.problems = problems })
}

func (s *Server) change(set func(next *state)) {
	s.changing.Lock()
	defer s.changing.Unlock()
	old := s.state.Load()
	next := *old
	next.next = make(chan struct{})
	set(&next)
	s.state.Store(&next)
	close(old.next)
}

// ServeHTTP answers for the site and for the server's own files below /_leerblad/.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	header := w.Header()
	header.Set("X-Content-Type-Options", "nosniff")
	header.Set("Cross-Origin-Resource-Policy", "same-origin") // no other site shows unpublished pictures
	header.Set("Cache-Control", "no-store")
	if !s.ownName(r.Host) || !sameOrigin(r) {
		http.Error(w, "forbidden", http.StatusForbidden)
		return
	}
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		header.Set("Allow", "GET, HEAD")
		http.Error(w, "method not allowed", http.StatusMethodNotAllowed)
		return
	}
	switch r.URL.Path {
	case eventsPath:
		s.serveEvents(w, r)
	case scriptPath:
		serveFile(w, r, "live.js", script, 0)
	case stylePath:
		serveFile(w, r, "live.css", style, 0)
	default:
		s.serveSite(w, r, s.state.Load())
	}
}

// ownName keeps out a foreign name that was made to point at this machine (DNS rebinding).
func (s *Server) ownName(host string) bool {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	host = strings.ToLower(strings.Trim(host, "[]"))
	if allowed := s.allowedHost.Load(); allowed != nil && host == strings.ToLower(*allowed) {
		return true
	}
	return host == "localhost" || host == "127.0.0.1" || host == "::1"
}

// sameOrigin lets a request pass that does not say where it comes from: a link or a typed address.
func sameOrigin(r *http.Request) bool {
	origin := r.Header.Get("Origin")
	if origin == "" {
		return true
	}
	address, err := url.Parse(origin)
	return err == nil && strings.EqualFold(address.Host, r.Host)
}
