package devserver

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"html"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"
)

// stream connects over the network, as a browser that shows sum at a path, and gives the lines of the event stream.
func stream(t *testing.T, s *Server, query ...string) (lines <-chan string, server *http.Server) {
	t.Helper()
	listener, _, err := Listen("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server = NewHTTPServer(s)
	go server.Serve(listener)
	t.Cleanup(func() { server.Close() })
	values := url.Values{"page": {"/"}}
	for i := 0; i < len(query); i += 2 {
		values.Set(query[i], query[i+1])
	}
	response, err := http.Get("http://" + listener.Addr().String() + eventsPath + "?" + values.Encode())
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
		for reader := bufio.NewReader(response.Body); ; {
			line, err := reader.ReadString('\n')
			if err != nil {
				return
			}
			read <- strings.TrimSuffix(line, "\n")
		}
	}()
	return read, server
}

// next gives the data of the next event, which must have this name.
func next(t *testing.T, lines <-chan string, name string) string {
	t.Helper()
	seen, data := anyEvent(t, lines)
	if seen != name {
		t.Fatalf("event %q, want %q: %s", seen, name, data)
	}
	return data
}

// anyEvent gives the name and data of the next event.
func anyEvent(t *testing.T, lines <-chan string) (name, data string) {
	t.Helper()
	late := time.After(10 * time.Second)
	for {
		select {
		case line, open := <-lines:
			if !open {
				t.Fatal("the stream ended")
			}
			if event, ok := strings.CutPrefix(line, "event: "); ok {
				name = event
			}
			if data, ok := strings.CutPrefix(line, "data: "); ok {
				return name, data
			}
		case <-late:
			t.Fatal("no event")
		}
	}
}

// news is what the events of these tests hold.
type news struct {
	Sum, HTML, Client string
	Seen              uint64
	Site, Failed      bool
	Problems          []notice
	Pages             []string
}

func decode(t *testing.T, data string) (n news) {
	t.Helper()
	if err := json.Unmarshal([]byte(data), &n); err != nil {
		t.Fatalf("%v: %s", err, data)
	}
	return n
}

func TestABrowserGetsThePageThatItDoesNotShowYet(t *testing.T) {
	s := New("/", "nl")
	lines, _ := stream(t, s)
	if n := decode(t, next(t, lines, "version")); n.Client != clientSum() {
		t.Errorf("client %q", n.Client)
	}
	if n := decode(t, next(t, lines, "page")); !strings.Contains(n.HTML, "De site wordt gemaakt") {
		t.Errorf("at first: %+v", n)
	}
	if n := decode(t, next(t, lines, "problems")); n.Site || n.Failed || n.Problems == nil {
		t.Errorf("at first: %+v", n)
	}
	s.Show(Build{Site: fake{"index.html": "<p>een"}})
	first := decode(t, next(t, lines, "page"))
	if first.HTML != "<p>een" {
		t.Errorf("%+v", first)
	}
	next(t, lines, "problems")
	if text := body(t, get(s, "/")); !strings.Contains(text, html.EscapeString(first.Sum)) {
		t.Errorf("no sum %q in %q", first.Sum, text)
	}
	s.Show(Build{Site: fake{"index.html": "<p>een", "b/index.html": "<p>b"}}) // says nothing to this browser
	s.Show(Build{Site: fake{"index.html": "<p>twee", "404.html": "<p>weg"}})
	if n := decode(t, next(t, lines, "page")); n.HTML != "<p>twee" || n.Sum == first.Sum {
		t.Errorf("%+v", n)
	}
	s.Show(Build{Site: fake{"404.html": "<p>weg"}})
	if n := decode(t, next(t, lines, "page")); n.HTML != "<p>weg" {
		t.Errorf("gone: %+v", n)
	}
	s.Show(Build{Site: fake{"index.html": "<p>terug"}})
	if n := decode(t, next(t, lines, "page")); n.HTML != "<p>terug" {
		t.Errorf("back: %+v", n)
	}
}

func TestABrowserThatShowsTheTruthGetsNoPage(t *testing.T) {
	s := published(t, "/")
	now := s.state.Load()
	sum := s.sum(now, s.find(now, "/"))
	lines, _ := stream(t, s, "sum", sum)
	next(t, lines, "version")
	next(t, lines, "problems")
	other := published(t, "/") // the same site from another run
	lines, _ = stream(t, other, "sum", sum)
	next(t, lines, "version")
	next(t, lines, "page")
}

func TestProblemsAreToldWhenTheyChange(t *testing.T) {
	s := published(t, "/")
	lines, _ := stream(t, s)
	next(t, lines, "version")
	next(t, lines, "page")
	if n := decode(t, next(t, lines, "problems")); !n.Site || n.Failed || len(n.Problems) != 0 {
		t.Errorf("%+v", n)
	}
	problem := Problem{File: "a.md", Line: 1, Column: 2, Code: "E01", Severity: "error", Message: "m", Hint: "h", SourceLine: "s"}
	for range 2 { // the second says nothing new
		s.Show(Build{Problems: []Problem{problem}})
	}
	want := notice{"error", "E01", "a.md:1:2", "m", "s\n ^", "h"}
	if n := decode(t, next(t, lines, "problems")); !n.Failed || len(n.Problems) != 1 || n.Problems[0] != want {
		t.Errorf("%+v", n)
	}
	problem.Severity = "warning"
	s.Show(Build{Problems: []Problem{problem}})
	if n := decode(t, next(t, lines, "problems")); n.Failed || len(n.Problems) != 1 {
		t.Errorf("%+v", n)
	}
}

func TestBrowsersFollowWhatWasSavedAfterTheyLooked(t *testing.T) {
	s := published(t, "/")
	save := func(pages ...string) { s.Show(Build{Site: s.state.Load().site, Saved: pages}) }
	save("/a/")
	now := s.state.Load()
	sum := s.sum(now, s.find(now, "/"))
	lines, _ := stream(t, s, "sum", sum, "seen", fmt.Sprint(now.build))
	next(t, lines, "version")
	next(t, lines, "problems") // and nothing about what it has seen
	save("/none/", "/a/")
	if n := decode(t, next(t, lines, "follow")); len(n.Pages) != 1 || n.Pages[0] != "/a/" || n.Seen != now.build+1 {
		t.Errorf("%+v", n)
	}
	s.Show(Build{}) // nothing was saved, and a tab that comes back later still follows
	late, _ := stream(t, s, "sum", sum, "seen", fmt.Sprint(now.build))
	next(t, late, "version")
	next(t, late, "problems")
	next(t, late, "follow")
	foreign, _ := stream(t, s, "sum", "other."+sum, "seen", "0")
	next(t, foreign, "version")
	next(t, foreign, "page")
	next(t, foreign, "problems")
	save("/a/")
	if n := decode(t, next(t, foreign, "follow")); n.Seen != now.build+3 {
		t.Errorf("it followed what another run saved: %+v", n)
	}
}

func TestAClosedServerEndsStreams(t *testing.T) {
	s := published(t, "/")
	lines, _ := stream(t, s)
	next(t, lines, "version")
	s.Close()
	s.Close()
	for range lines {
	}
}

func TestHundredsOfBrowsersGetTheSamePage(t *testing.T) {
	s := published(t, "/")
	server := httptest.NewServer(s)
	defer server.Close()
	var listening, told sync.WaitGroup
	for range 300 {
		listening.Add(1)
		told.Go(func() {
			response, err := http.Get(server.URL + eventsPath + "?page=/")
			listening.Done()
			if err != nil {
				t.Error(err)
				return
			}
			defer response.Body.Close()
			for scanner := bufio.NewScanner(response.Body); scanner.Scan(); {
				if strings.Contains(scanner.Text(), "<p>nieuw") {
					return
				}
			}
			t.Error("the stream ended")
		})
	}
	listening.Wait()
	s.Show(Build{Site: fake{"index.html": "<p>nieuw"}})
	told.Wait()
}

func TestASilentStreamIsKeptAlive(t *testing.T) {
	s := published(t, "/")
	s.heartbeat = time.Millisecond
	lines, _ := stream(t, s)
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
	next(t, lines, "version")
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
		s.Show(Build{Site: fake{}})
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
	if got := get(s, eventsPath).StatusCode; got != 503 || cap(s.clients) != 500 {
		t.Errorf("%d after %d", got, cap(s.clients))
	}
}

func TestAPageMayComeAheadOfItsBuild(t *testing.T) {
	s := New("/", "nl")
	s.Show(Build{Site: fake{"index.html": homePage, "a/index.html": "<p>a"}})
	lines, _ := stream(t, s)
	next(t, lines, "version")
	next(t, lines, "page")
	next(t, lines, "problems")
	s.Early(&Early{"a/index.html", []byte("<p>of another page"), "x"})
	s.Early(&Early{"index.html", []byte("<p>early"), "y"})
	first := decode(t, next(t, lines, "page"))
	if first.HTML != "<p>early" {
		t.Errorf("early: %q", first.HTML)
	}
	if text := body(t, get(s, "/")); !strings.Contains(text, "<p>early") {
		t.Errorf("a new tab got %q", text)
	}
	s.Show(Build{Site: fake{"index.html": "<p>late"}})
	if n := decode(t, next(t, lines, "page")); n.HTML != "<p>late" || n.Sum == first.Sum {
		t.Errorf("after the build: %q", n.HTML)
	}
	s.Show(Build{Site: fake{"index.html": "<p>later"}, Early: &Early{"index.html", []byte("<p>written since"), "z"}})
	if n := decode(t, next(t, lines, "page")); n.HTML != "<p>written since" {
		t.Errorf("after a build during which somebody wrote: %q", n.HTML)
	}
}
