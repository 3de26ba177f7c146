package devserver

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

// stream connects over the network and gives the lines of the event stream.
func stream(t *testing.T, s *Server) (lines <-chan string, server *http.Server) {
	t.Helper()
	listener, _, err := Listen("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server = NewHTTPServer(s)
	go server.Serve(listener)
	t.Cleanup(func() { server.Close() })
	response, err := http.Get("http://" + listener.Addr().String() + eventsPath)
	if err != nil {
		t.Fatal(err)
	}
	if got := response.Header.Get("Content-Type"); got != "text/event-stream" {
		t.Errorf("type %q", got)
	}
	read := make(chan string)
	go func() {
		defer close(read)
		defer response.Body.Close()
		for scanner := bufio.NewScanner(response.Body); scanner.Scan(); {
			read <- scanner.Text()
		}
	}()
	return read, server
}

// next gives the data of the next event, which must have this name.
func next(t *testing.T, lines <-chan string, name string) string {
	t.Helper()
	seen := ""
	late := time.After(10 * time.Second)
	for {
		select {
		case line, open := <-lines:
			if !open {
				t.Fatal("the stream ended")
			}
			if event, ok := strings.CutPrefix(line, "event: "); ok {
				seen = event
			}
			if data, ok := strings.CutPrefix(line, "data: "); ok {
				if seen != name {
					t.Fatalf("event %q, want %q: %s", seen, name, data)
				}
				return data
			}
		case <-late:
			t.Fatalf("no event %q", name)
		}
	}
}

func TestEventsTellTheStateAndEachChange(t *testing.T) {
	s := New("/", "nl")
	lines, _ := stream(t, s)
	if data := next(t, lines, "bad"); !strings.Contains(data, "De site wordt gemaakt") || !strings.Contains(data, `"problems":[]`) {
		t.Errorf("at first: %s", data)
	}
	site := siteOf(t, map[string]string{"index.html": homePage})
	s.Publish(site)
	first := next(t, lines, "good")
	if text := body(t, get(s, "/")); !strings.Contains(text, `data-version="`+first+`"`) {
		t.Errorf("the page is not of version %s: %q", first, text)
	}

	problem := Problem{File: "a.md", Line: 1, Column: 2, Code: "E01", Severity: "error", Message: "m", Hint: "h", SourceLine: "s"}
	s.Fail([]Problem{problem})
	var got report
	if err := json.Unmarshal([]byte(next(t, lines, "bad")), &got); err != nil {
		t.Fatal(err)
	}
	if len(got.Problems) != 1 || got.Problems[0] != problem || fmt.Sprint(got.Version) != first {
		t.Errorf("%+v", got)
	}

	s.Publish(site)
	if second := next(t, lines, "good"); second == first {
		t.Errorf("version %s twice", second)
	}
	late, _ := stream(t, s)
	next(t, late, "good")
}

func TestASilentStreamIsKeptAlive(t *testing.T) {
	s := published(t, "/")
	s.heartbeat = time.Millisecond
	lines, _ := stream(t, s)
	next(t, lines, "good")
	for line := range lines {
		if strings.HasPrefix(line, ":") {
			return
		}
	}
	t.Error("no comment was sent")
}

func TestShutdownEndsStreams(t *testing.T) {
	s := published(t, "/")
	lines, server := stream(t, s)
	next(t, lines, "good")
	go func() {
		for range lines {
		}
	}()
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
	defer cancel()
	if err := server.Shutdown(ctx); err != nil {
		t.Error(err)
	}
}

// stuck is a browser that does not read.
type stuck struct {
	http.ResponseWriter
	writing chan struct{}
	release chan struct{}
}

func (w stuck) Write(data []byte) (int, error) {
	close(w.writing)
	<-w.release
	return 0, net.ErrClosed
}

func TestASlowBrowserKeepsNobodyWaiting(t *testing.T) {
	s := published(t, "/")
	w := stuck{httptest.NewRecorder(), make(chan struct{}), make(chan struct{})}
	done := make(chan struct{})
	go func() {
		defer close(done)
		r := httptest.NewRequest(http.MethodGet, eventsPath, nil)
		r.Host = "localhost"
		s.ServeHTTP(w, r)
	}()
	<-w.writing
	for range 1000 {
		s.Publish(siteOf(t, nil))
	}
	close(w.release)
	<-done
	if len(s.clients) != 0 {
		t.Error("its place was not freed")
	}
}

func TestTooManyBrowsersAreTurnedAway(t *testing.T) {
	s := published(t, "/")
	for range cap(s.clients) {
		s.clients <- struct{}{}
	}
	if got := get(s, eventsPath).StatusCode; got != 503 || cap(s.clients) != 200 {
		t.Errorf("%d after %d", got, cap(s.clients))
	}
}
