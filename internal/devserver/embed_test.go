package devserver

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// everything is a server with an answer of every kind, and the status of each address.
func everything() (*Server, map[string]int) {
	s := New("/le/", "nl")
	s.Show(Build{Newsletters: letters{}, Site: fake{
		"index.html": homePage, "a/index.html": homePage, "assets/x.html": "<p>", "assets/x.svg": "<svg/>", "feed.xml": "<feed/>", "data.json": "{}", "film.mp4": "0123456789", "broken.html": "broken",
		"brieven/een/mail.html": "<p>", "brieven/een/mail.txt": "x", "brieven/een/mail.eml": "x",
	}})
	return s, map[string]int{
		"/le/": 200, "/le/a": 302, "/": 302, "/le/feed.xml": 200, "/le/data.json": 200, "/le/film.mp4": 200, "/le/none": 404, "/le/none.eml": 404,
		"/le/broken.html": 500, "/le/assets/x.html": 200, "/le/assets/x.svg": 200, "/le/brieven/een/mail.html": 200, "/le/brieven/een/mail.txt": 200, "/le/brieven/een/mail.eml": 200,
		ownPath: 302, buildsPath: 200, ownPath + "none": 404, ownPath + "live.css": 200, scriptPath: 200, eventsPath: 200, newslettersPath: 200,
		newslettersPath + "een/": 200, newslettersPath + "een/mail.txt": 200, newslettersPath + "een/b/mail.eml": 200, newslettersPath + "stuk/mail.html": 500,
	}
}

func head(address string) *http.Request { return httptest.NewRequest(http.MethodHead, address, nil) }

func TestNothingCanBeFramedOrEmbedded(t *testing.T) {
	check := func(what string, response *http.Response, status int, framing string) {
		t.Helper()
		if response.StatusCode != status {
			t.Errorf("%s: %d, want %d", what, response.StatusCode, status)
		}
		ancestors, frames := "frame-ancestors 'none'", "DENY"
		if framing == "own" {
			ancestors, frames = "frame-ancestors 'self'", "SAMEORIGIN"
		}
		if policy := response.Header.Get("Content-Security-Policy"); !strings.Contains(policy, ancestors) {
			t.Errorf("%s: policy %q", what, policy)
		}
		for name, want := range map[string]string{
			"X-Frame-Options": frames, "X-Content-Type-Options": "nosniff",
			"Cross-Origin-Resource-Policy": "same-origin", "Cross-Origin-Opener-Policy": "same-origin",
		} {
			if got := response.Header.Values(name); len(got) != 1 || got[0] != want {
				t.Errorf("%s: %s is %q", what, name, got)
			}
		}
	}
	s, addresses := everything()
	for address, status := range addresses {
		framing := "none"
		if address == "/le/" || address == "/le/none" || address == "/le/none.eml" || address == "/le/broken.html" {
			framing = "own" // pages of the site, which the desk has in a frame
		}
		check(address, do(s, head(address)), status, framing)
	}
	for _, show := range []string{"", "?show=light", "?show=dark", "?show=plain"} { // the newsletter desk has these in frames
		check("mail"+show, get(s, newslettersPath+"een/mail.html"+show), 200, "own")
	}
	check("part", get(s, "/le/film.mp4", "Range", "bytes=1-2"), 206, "none")
	check("beyond the end", get(s, "/le/film.mp4", "Range", "bytes=99-"), 416, "none")
	check("foreign host", get(s, "/le/", "Host", "evil.example"), 403, "none")
	check("foreign page", get(s, "/le/", "Origin", "https://evil.example"), 403, "none")
	check("method", do(s, httptest.NewRequest(http.MethodPost, "/le/", nil)), 405, "none")
	check("no site yet", get(New("/", "nl"), "/"), 503, "own")
	s.SetDesk(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusTeapot) }))
	check("the desk", get(s, ownPath), http.StatusTeapot, "none")
	s.clients = nil
	check("too many browsers", get(s, eventsPath), 503, "none")
}

// What the publication has beside its texts could else take the desk's token, and write.
func TestFilesBesideTheTextsRunNoScripts(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "large.svg")
	if err := os.WriteFile(file, []byte("<svg/>"), 0o666); err != nil {
		t.Fatal(err)
	}
	s := New("/", "nl")
	s.Show(Build{Site: fake{"index.html": homePage, "assets/a.HTML": "<p>", "assets/a.html": "<p>", "assets/a.svg": "<svg/>", "assets/a.xml": "<a/>",
		"assets/large.svg": "file " + file, "assets/a.js": "1", "assets/a.pdf": "%PDF-"}})
	for address, sandbox := range map[string]bool{
		"/assets/a.HTML": true, "/assets/a.html": true, "/assets/a.svg": true, "/assets/a.xml": true, "/assets/large.svg": true,
		"/": false, "/assets/a.js": false, "/assets/a.pdf": false,
	} {
		response := get(s, address)
		policy := response.Header.Get("Content-Security-Policy")
		if got := strings.Contains(policy, "; sandbox;") && strings.HasPrefix(policy, "default-src 'none'"); got != sandbox || response.StatusCode != 200 {
			t.Errorf("%s: %d, policy %q", address, response.StatusCode, policy)
		}
	}
}

func TestTheDeskAnswersWhatTheServerDoesNotKnow(t *testing.T) {
	s, addresses := everything()
	s.SetDesk(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(http.StatusTeapot) }))
	for address := range addresses {
		_, below := strings.CutPrefix(address, ownPath)
		want := address == ownPath || address == ownPath+"none"
		if got := do(s, head(address)).StatusCode == http.StatusTeapot; got != want || want && !below {
			t.Errorf("%s: the desk answers: %t", address, got)
		}
	}
	for _, method := range []string{http.MethodPut, http.MethodPost, http.MethodDelete, "PATCH"} {
		for address, want := range map[string]int{
			ownPath: 418, ownPath + "api/texts/a.md": 418, ownPath + "lsp": 418, "/_leerblad": 405, eventsPath: 405, scriptPath: 405, buildsPath: 405,
			buildsPath + "x": 405, newslettersPath + "een/x": 405, "/le/": 405, "/le/_leerblad/": 405,
		} {
			if got := do(s, httptest.NewRequest(method, address, nil)).StatusCode; got != want {
				t.Errorf("%s %s: %d, want %d", method, address, got, want)
			}
			for _, from := range [][]string{{"Host", "evil.example"}, {"Origin", "http://localhost:8081"}, {"Sec-Fetch-Site", "same-site"}, {"Sec-Fetch-Site", "cross-site"}} {
				if got := do(s, httptest.NewRequest(method, address, nil), from...).StatusCode; got != 403 {
					t.Errorf("%s %s with %q: %d", method, address, from, got)
				}
			}
		}
	}
	s.SetAccess(Access{Key: "K"})
	if got := do(s, at("192.0.2.1:8080", ownPath), "Host", "192.0.2.1:8080").StatusCode; got != 403 {
		t.Errorf("without the key: %d", got)
	}
}

// Whether a foreign page's object or picture fails to load must not depend on what the site has.
func TestOtherSitesMayLinkToPagesAndNoMore(t *testing.T) {
	s, addresses := everything()
	for address, status := range addresses {
		for _, from := range []string{"cross-site", "same-site"} {
			for _, destination := range []string{"", "empty", "object", "embed", "iframe", "frame", "image", "script", "style", "video"} {
				if got := do(s, head(address), "Sec-Fetch-Site", from, "Sec-Fetch-Dest", destination).StatusCode; got != 403 {
					t.Errorf("%s as %q from %s: %d", address, destination, from, got)
				}
			}
			page := !strings.HasPrefix(address, ownPath) && (!strings.Contains(address, ".") || strings.HasSuffix(address, ".html"))
			want := 403 // a download and a page differ for who opened the window
			if page {
				want = status
			}
			if got := do(s, head(address), "Sec-Fetch-Site", from, "Sec-Fetch-Dest", "document").StatusCode; got != want {
				t.Errorf("a link from %s to %s: %d, want %d", from, address, got, want)
			}
		}
		for _, from := range []string{"same-origin", "none"} {
			if got := do(s, head(address), "Sec-Fetch-Site", from, "Sec-Fetch-Dest", "object").StatusCode; got != status {
				t.Errorf("%s from %s: %d, want %d", address, from, got, status)
			}
		}
	}
}
