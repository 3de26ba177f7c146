package devserver

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// writeTimeout ends a stream whose browser no longer reads.
const writeTimeout = 10 * time.Second

// listener is what a browser has been told.
type listener struct {
	page     string // the path that it shows
	sum      string // of what it shows
	seen     uint64 // the build whose saved entries it has seen
	problems []byte
}

// serveEvents tells a browser what it does not show yet, at once and after each build. A slow browser keeps
// nobody waiting: when it is ready again it gets the difference with the latest state alone.
func (s *Server) serveEvents(w http.ResponseWriter, r *http.Request) {
	select {
	case s.clients <- struct{}{}:
		defer func() { <-s.clients }()
	default:
		http.Error(w, "too many browsers are listening", http.StatusServiceUnavailable)
		return
	}
	w.Header().Set("Content-Type", "text/event-stream")
	if r.Method == http.MethodHead {
		return
	}
	now := s.state.Load()
	query := r.URL.Query()
	l := listener{page: query.Get("page"), sum: query.Get("sum"), seen: now.build}
	if seen, err := strconv.ParseUint(query.Get("seen"), 10, 64); err == nil && strings.HasPrefix(l.sum, s.run+".") {
		l.seen = seen // a build of another run says nothing
	}
	message := append(event("version", s.version()), s.news(now, &l)...)
	stream := http.NewResponseController(w)
	beat := time.NewTicker(s.heartbeat)
	defer beat.Stop()
	for {
		_ = stream.SetWriteDeadline(time.Now().Add(writeTimeout)) // else the http.Server's own stands
		if _, err := w.Write(message); err != nil {
			return
		}
		if err := stream.Flush(); err != nil {
			return
		}
		select {
		case <-r.Context().Done():
			return
		case <-s.closed:
			return
		case <-now.next:
			now = s.state.Load()
			message = s.news(now, &l)
		case <-beat.C:
			message = []byte(": still here\n\n")
		}
	}
}

// version is what a browser must know of the server itself.
func (s *Server) version() any {
	root, _ := os.Getwd() // without it places are copied as they are
	return map[string]any{
		"client": clientSum(), "words": s.words, "base": s.base, "editor": s.editor, "root": filepath.ToSlash(root),
	}
}

// news gives the events that bring a browser from what it has been told to now.
func (s *Server) news(now *state, l *listener) []byte {
	var out []byte
	p := s.find(now, l.page)
	if sum := s.sum(now, p); sum != l.sum {
		change, status := map[string]any{"sum": sum, "seen": now.build}, 0
		if p.location == "" { // else the browser asks anew and is sent there
			var data []byte
			data, status = s.content(now, p)
			change["html"] = string(data)
		}
		if status != http.StatusInternalServerError { // else what it shows stays, with the problems over it
			l.sum = sum
			out = append(out, event("page", change)...)
		}
	}
	if problems := event("problems", s.report(now)); !bytes.Equal(problems, l.problems) {
		l.problems = problems
		out = append(out, problems...)
	}
	if now.savedAt > l.seen && now.site != nil {
		out = append(out, event("follow", map[string]any{"seen": now.build, "pages": s.shown(now)})...)
	}
	l.seen = now.build
	return out
}

// shown gives those of the saved pages that there are.
func (s *Server) shown(now *state) []string {
	out := []string{}
	for _, address := range now.saved {
		if s.find(now, address).status == http.StatusOK {
			out = append(out, address)
		}
	}
	return out
}

func event(name string, data any) []byte {
	var out bytes.Buffer
	fmt.Fprintf(&out, "event: %s\ndata: ", name)
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	_ = encoder.Encode(data) // strings and numbers always encode
	out.WriteByte('\n')
	return out.Bytes()
}
