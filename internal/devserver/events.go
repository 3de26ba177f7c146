package devserver

import (
	"encoding/json"
	"fmt"
	"net/http"
	"time"
)

// writeTimeout ends a stream whose browser no longer reads.
const writeTimeout = 10 * time.Second

// serveEvents streams the state at once and after each change. A slow browser keeps nobody waiting: when
// it is ready again it gets the latest state alone.
func (s *Server) serveEvents(w http.ResponseWriter, r *http.Request) {
	if r.Header.Get("Sec-Fetch-Site") == "cross-site" {
		http.Error(w, "forbidden", http.StatusForbidden)
		return
	}
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
	stream := http.NewResponseController(w)
	beat := time.NewTicker(s.heartbeat)
	defer beat.Stop()
	now := s.state.Load()
	message := append([]byte("retry: 1000\n"), s.event(now)...)
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
		case <-now.next:
			now = s.state.Load()
			message = s.event(now)
		case <-beat.C:
			message = []byte(": still here\n\n")
		}
	}
}

// event is "good" with the version of the site, or "bad" with a report.
func (s *Server) event(now *state) []byte {
	if now.site != nil && len(now.problems) == 0 {
		return fmt.Appendf(nil, "event: good\ndata: %d\n\n", now.version)
	}
	data, err := json.Marshal(s.report(now))
	if err != nil {
		panic(err) // strings and numbers always encode
	}
	return fmt.Appendf(nil, "event: bad\ndata: %s\n\n", data)
}
