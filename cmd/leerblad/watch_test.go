package main

import (
	"net/http/httptest"
	"testing"

	"leerblad/internal/devserver"
	"leerblad/internal/feed"
	"leerblad/internal/output"
)

// What works in the preview must work on the host, so both have one policy.
func TestPreviewHasThePublishedPolicy(t *testing.T) {
	site := output.NewSet()
	if err := site.Add("index.html", []byte("<!doctype html><title>T</title>")); err != nil {
		t.Fatal(err)
	}
	server := devserver.New("/", "nl")
	server.Publish(site)
	recorder := httptest.NewRecorder()
	server.ServeHTTP(recorder, httptest.NewRequest("GET", "http://127.0.0.1:8080/", nil))
	if got := recorder.Header().Get("Content-Security-Policy"); got != feed.Policy {
		t.Errorf("got  %s\nwant %s", got, feed.Policy)
	}
}
