package main

import (
	"net/http/httptest"
	"os"
	"testing"

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

// What works in the preview must work on the host, so both have one policy.
func TestPreviewHasThePublishedPolicy(t *testing.T) {
	server := devserver.New("/", "nl")
	server.Show(devserver.Build{Site: blank{}})
	recorder := httptest.NewRecorder()
	server.ServeHTTP(recorder, httptest.NewRequest("GET", "http://127.0.0.1:8080/", nil))
	if got := recorder.Header().Get("Content-Security-Policy"); got != feed.Policy {
		t.Errorf("got  %s\nwant %s", got, feed.Policy)
	}
}
