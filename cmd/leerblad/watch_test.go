package main

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"leerblad/internal/devserver"
	"leerblad/internal/feed"
)

// blank is a site with an empty start page.
type blank struct{}

func (blank) Get(string) ([]byte, bool, error) {
	return []byte("<!doctype html><title>T</title>"), true, nil
}
func (blank) Open(string) (*os.File, error) { return nil, nil }
func (blank) Sum(name string) string        { return name }

// What works in the preview must work on the host, so both have one policy; but for the desk, which frames the preview.
func TestPreviewHasThePublishedPolicy(t *testing.T) {
	server := devserver.New("/", "nl")
	server.Show(devserver.Build{Site: blank{}})
	recorder := httptest.NewRecorder()
	server.ServeHTTP(recorder, httptest.NewRequest("GET", "http://127.0.0.1:8080/", nil))
	want := strings.Replace(feed.Policy, "frame-ancestors 'none'", "frame-ancestors 'self'", 1)
	if got := recorder.Header().Get("Content-Security-Policy"); got != want || want == feed.Policy {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

// screen is what a command has written so far.
type screen struct {
	sync.Mutex
	bytes.Buffer
}

func (s *screen) Write(p []byte) (int, error) {
	s.Lock()
	defer s.Unlock()
	return s.Buffer.Write(p)
}

func (s *screen) text() string {
	s.Lock()
	defer s.Unlock()
	return s.String()
}

// watching runs watch at an address until the test ends, and gives the addresses that it prints, and its messages.
func watching(t *testing.T, address string) (printed []string, messages string) {
	t.Helper()
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	dir := filepath.Join(t.TempDir(), "site")
	var out, stderr screen
	if status := run(context.Background(), []string{"init", dir}, io.Discard, &stderr); status != 0 {
		t.Fatal(stderr.text())
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan int, 1)
	go func() {
		done <- run(ctx, []string{"watch", "--lang", "en", "--content", filepath.Join(dir, "content"), "--address", address}, &out, &stderr)
	}()
	t.Cleanup(func() { cancel(); <-done })
	for begun := time.Now(); !strings.Contains(out.text(), "Ctrl+C"); time.Sleep(10 * time.Millisecond) {
		if time.Since(begun) > 30*time.Second || len(done) > 0 {
			t.Fatalf("no address: %s%s", out.text(), stderr.text())
		}
	}
	return regexp.MustCompile(`http://\S+`).FindAllString(out.text(), -1), stderr.text()
}

func TestOtherMachinesNeedTheKey(t *testing.T) {
	printed, messages := watching(t, "0.0.0.0:0")
	if len(printed) == 0 || !strings.Contains(messages, "other machines can reach this preview") {
		t.Fatalf("%q: %s", printed, messages)
	}
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	with, without := http.Client{Jar: jar}, http.Client{}
	status := func(client http.Client, address, host string) int {
		r, err := http.NewRequest(http.MethodGet, address, nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Host = host
		response, err := client.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		response.Body.Close()
		return response.StatusCode
	}
	for _, entrance := range printed {
		address, key, _ := strings.Cut(entrance, "?")
		if len(key) < 20 {
			t.Errorf("%s has no key", entrance)
		}
		if got := status(without, address, ""); got != 403 {
			t.Errorf("%s without its key: %d", address, got)
		}
		for _, host := range []string{"localhost", "evil.example", "0.0.0.0"} {
			if got := status(without, entrance, host); got != 403 {
				t.Errorf("%s as %s: %d", entrance, host, got)
			}
		}
		if got := status(with, entrance, ""); got != 200 {
			t.Errorf("%s: %d", entrance, got)
		}
		if got := status(with, address, ""); got != 200 {
			t.Errorf("%s with the cookie: %d", address, got)
		}
	}
}

func TestThisMachineNeedsNoKey(t *testing.T) {
	printed, messages := watching(t, "127.0.0.1:0")
	if len(printed) != 1 || strings.Contains(printed[0], "?") || strings.Contains(messages, "other machines") {
		t.Fatalf("%q: %s", printed, messages)
	}
	response, err := http.Get(printed[0])
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if response.StatusCode != 200 {
		t.Errorf("%d", response.StatusCode)
	}
}
