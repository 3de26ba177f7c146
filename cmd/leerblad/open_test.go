package main

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// opened runs leerblad without a command in a folder, and gives its address and what it ends with.
func opened(t *testing.T, dir string) (address string, done <-chan int) {
	t.Helper()
	home := t.TempDir()
	for key, value := range map[string]string{"HOME": home, "XDG_CONFIG_HOME": filepath.Join(home, ".config"), "XDG_CACHE_HOME": filepath.Join(home, ".cache"), "PATH": home} {
		t.Setenv(key, value) // no browser opens
	}
	if dir == "" {
		dir = home
	}
	t.Chdir(dir)
	var out, stderr screen
	ctx, cancel := context.WithCancel(context.Background())
	status := make(chan int, 1)
	ended := make(chan struct{})
	go func() { status <- run(ctx, nil, &out, &stderr); close(ended) }()
	t.Cleanup(func() { cancel(); <-ended })
	find := regexp.MustCompile(`http://\S+`)
	for begun := time.Now(); ; time.Sleep(10 * time.Millisecond) {
		if found := find.FindString(out.text()); found != "" {
			return found, status
		}
		if time.Since(begun) > 30*time.Second || len(status) > 0 {
			t.Fatalf("no address: %s%s", out.text(), stderr.text())
		}
	}
}

func TestWithoutACommandAPublicationIsMadeAndOpened(t *testing.T) {
	address, done := opened(t, "")
	get := func(address string) string {
		t.Helper()
		response, err := http.Get(address)
		if err != nil {
			t.Fatal(err)
		}
		defer response.Body.Close()
		data, err := io.ReadAll(response.Body)
		if err != nil || response.StatusCode != 200 {
			t.Fatal(response.Status, err)
		}
		return string(data)
	}
	page := get(address)
	if !strings.Contains(page, "Open een publicatie") {
		t.Fatalf("no start page:\n%s", page)
	}
	token := regexp.MustCompile(`name="token" value="(\w+)"`).FindStringSubmatch(page)[1]
	response, err := http.PostForm(address+"make", url.Values{"token": {token}, "title": {"Wat werkt: 'een' proef"}, "place": {"pub"}, "lang": {"nl"}})
	if err != nil {
		t.Fatal(err)
	}
	response.Body.Close()
	if response.StatusCode != 200 || response.Request.URL.Path != deskPath {
		t.Errorf("%s: %s", response.Request.URL, response.Status)
	}
	if front := get(address); !strings.Contains(front, "Wat werkt: ‘een’ proef") && !strings.Contains(front, "Wat werkt: &#39;een&#39; proef") {
		t.Errorf("the preview does not have the name:\n%s", front)
	}
	if len(done) > 0 {
		t.Error("it stopped")
	}
}

func TestWithoutACommandThePublicationHereIsOpened(t *testing.T) {
	dir := t.TempDir()
	if status := run(context.Background(), []string{"init", filepath.Join(dir, "pub")}, io.Discard, os.Stderr); status != 0 {
		t.Fatal(status)
	}
	address, done := opened(t, filepath.Join(dir, "pub"))
	if !strings.HasSuffix(address, deskPath) {
		t.Errorf("at %s", address)
	}
	response, err := http.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	data, err := io.ReadAll(response.Body)
	response.Body.Close()
	token := regexp.MustCompile(`name="leerblad-token" content="(\w+)"`).FindSubmatch(data)
	if err != nil || token == nil || !bytes.Contains(data, []byte(`id="stop"`)) {
		t.Fatalf("the desk cannot stop it: %v\n%s", err, data)
	}
	r, err := http.NewRequest(http.MethodPost, address+"api/stop", nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("X-Leerblad-Token", string(token[1]))
	r.Header.Set("Origin", strings.TrimSuffix(address, deskPath))
	if response, err = http.DefaultClient.Do(r); err != nil || response.StatusCode != http.StatusNoContent {
		t.Fatal(response, err)
	}
	response.Body.Close()
	select {
	case status := <-done:
		if status != 0 {
			t.Errorf("it stopped with %d", status)
		}
	case <-time.After(20 * time.Second):
		t.Error("it does not stop")
	}
}

func TestItStopsWhenNoPageIsOpen(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		page := make(chan struct{})
		u := newUse(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { <-page }))
		idle := u.idle(t.Context(), time.Minute)
		go u.ServeHTTP(nil, nil)
		time.Sleep(time.Hour)
		if len(idle) > 0 {
			t.Fatal("it stops while a page is open")
		}
		close(page)
		start := time.Now()
		<-idle
		if took := time.Since(start); took < 30*time.Second || took > 3*time.Minute {
			t.Errorf("it stops after %v", took)
		}
	})
}
