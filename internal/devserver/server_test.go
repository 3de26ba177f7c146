package devserver

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const homePage = "<!doctype html><html><head><title>T</title></head><body>home</body></html>"

// fake is a site of texts by name.
type fake map[string]string

func (f fake) Get(name string) ([]byte, bool, error) {
	if f[name] == "broken" {
		return nil, false, errors.New("the <disk> is gone")
	}
	data, ok := f[name]
	return []byte(data), ok, nil
}

// Open gives a file on disk where its text is "file " and a path.
func (f fake) Open(name string) (*os.File, error) {
	if path, ok := strings.CutPrefix(f[name], "file "); ok {
		return os.Open(path)
	}
	return nil, nil
}

func (f fake) Sum(name string) string {
	if _, ok := f[name]; !ok {
		return ""
	}
	return fmt.Sprint("sum<", f[name])
}

func mistake(message string) Problem { return Problem{Severity: "error", Message: message} }

func published(t *testing.T, base string) *Server {
	t.Helper()
	s := New(base, "nl")
	s.Show(Build{Site: fake{
		"index.html": homePage, "a/index.html": homePage, "404.html": "<p>weg", "film.mp4": "0123456789",
		"a/mail.html": "<html><head></head></html>", "data.json": "{}", "odd.xyz": "<b>", "broken.html": "broken",
	}})
	return s
}

// get takes header fields in pairs; Host is one of them.
func get(s *Server, address string, header ...string) *http.Response {
	return do(s, httptest.NewRequest(http.MethodGet, address, nil), header...)
}

func do(s *Server, r *http.Request, header ...string) *http.Response {
	r.Host = "localhost:8080"
	for i := 0; i < len(header); i += 2 {
		if header[i] == "Host" {
			r.Host = header[i+1]
		} else {
			r.Header.Set(header[i], header[i+1])
		}
	}
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	return w.Result()
}

func body(t *testing.T, response *http.Response) string {
	t.Helper()
	data, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func TestOnlyOwnNamesAreAnswered(t *testing.T) {
	s := published(t, "/")
	s.SetAccess(Access{Host: "Preview.local"})
	for host, want := range map[string]int{
		"localhost": 200, "LOCALHOST:1": 200, "127.0.0.1:8080": 200, "[::1]:8080": 200, "[::1]": 200,
		"preview.local:8080": 200, "evil.example": 403, "localhost.evil.example:8080": 403, "": 403,
		"127.0.0.2": 403,
	} {
		if got := get(s, "/", "Host", host).StatusCode; got != want {
			t.Errorf("host %q: %d, want %d", host, got, want)
		}
	}
}

func TestForeignPagesAreRefused(t *testing.T) {
	s := published(t, "/")
	for origin, want := range map[string]int{
		"http://localhost:8080": 200, "http://localhost:8081": 403, "https://evil.example": 403, "null": 403,
	} {
		response := get(s, "/", "Origin", origin)
		if response.StatusCode != want {
			t.Errorf("origin %q: %d, want %d", origin, response.StatusCode, want)
		}
		if response.Header.Get("Access-Control-Allow-Origin") != "" {
			t.Error("a CORS header was sent")
		}
	}
	for _, address := range []string{eventsPath, buildsPath, scriptPath} {
		for from, want := range map[string]int{"cross-site": 403, "same-site": 403, "same-origin": 200, "none": 200} {
			r := httptest.NewRequest(http.MethodHead, address, nil)
			if got := do(s, r, "Sec-Fetch-Site", from).StatusCode; got != want {
				t.Errorf("%s from %s: %d, want %d", address, from, got, want)
			}
		}
	}
}

func TestOnlyReadingIsAllowed(t *testing.T) {
	s := published(t, "/")
	for _, method := range []string{"POST", "PUT", "DELETE", "OPTIONS", "CONNECT"} {
		response := do(s, httptest.NewRequest(method, "/", strings.NewReader("x")))
		if response.StatusCode != 405 || response.Header.Get("Allow") != "GET, HEAD" {
			t.Errorf("%s: %d", method, response.StatusCode)
		}
	}
	response := do(s, httptest.NewRequest(http.MethodHead, "/", nil))
	if response.StatusCode != 200 || body(t, response) != "" || response.ContentLength <= int64(len(homePage)) {
		t.Errorf("HEAD: %d, length %d", response.StatusCode, response.ContentLength)
	}
}

func TestAddressesLeadToFiles(t *testing.T) {
	for _, c := range []struct {
		base, address string
		status        int
		location      string
	}{
		{"/", "/", 200, ""},
		{"/", "/a/", 200, ""},
		{"/", "/a/index.html", 200, ""},
		{"/", "/a?x=1", 302, "/a/?x=1"},
		{"/", "/a/./b/../", 200, ""},
		{"/", "//a/", 200, ""},
		{"/", "//a", 302, "/a/"},
		{"/", "/film.mp4/", 404, ""},
		{"/", "/none", 404, ""},
		{"/", "/../../etc/passwd", 404, ""},
		{"/", "/%2e%2e/%2e%2e/etc/passwd", 404, ""},
		{"/", "/a%5c..%5c..%5cwindows", 404, ""},
		{"/", "/_leerblad/none", 404, ""},
		{"/", "/_leerblad/..%2fserver.go", 404, ""},
		{"/", "/_leerblad", 302, "/_leerblad/"},
		{"/le/", "/_leerblad/", 302, "/_leerblad/builds/"},
		{"/le/", "/_leerblad/builds", 302, "/_leerblad/builds/"},
		{"/le/", "/_leerblad/builds/", 200, ""},
		{"le", "/le/", 200, ""},
		{"/le", "/le/a/", 200, ""},
		{"/le/", "/le/a", 302, "/le/a/"},
		{"/le/", "/le", 302, "/le/"},
		{"/le/", "/", 302, "/le/"},
		{"/le/", "/a/", 404, ""},
		{"/le/", "/le/none", 404, ""},
		{"/le/", "/le/../a/", 200, ""},
		{"/le/", "/leaf/", 404, ""},
		{"/le/", "/_leerblad/live.js", 200, ""},
	} {
		response := get(published(t, c.base), "http://localhost"+c.address)
		if response.StatusCode != c.status || response.Header.Get("Location") != c.location {
			t.Errorf("%s with base %s: %d %q, want %d %q", c.address, c.base,
				response.StatusCode, response.Header.Get("Location"), c.status, c.location)
		}
	}
}

func TestUnknownAddressGivesTheSitesOwnPage(t *testing.T) {
	response := get(published(t, "/"), "/none")
	text := body(t, response)
	if response.StatusCode != 404 || !strings.HasPrefix(text, "<p>weg<script ") {
		t.Errorf("%d %q", response.StatusCode, text)
	}
	if response.Header.Get("Content-Type") != "text/html; charset=utf-8" {
		t.Errorf("type %q", response.Header.Get("Content-Type"))
	}
}

func TestFilesAreSentWithStrictHeaders(t *testing.T) {
	s := published(t, "/")
	for address, want := range map[string]string{
		"/": "text/html; charset=utf-8", "/film.mp4": "video/mp4", "/odd.xyz": "application/octet-stream",
		"/data.json": "application/json; charset=utf-8", ownPath + "live.css": "text/css; charset=utf-8",
		scriptPath: "text/javascript; charset=utf-8",
	} {
		header := get(s, address).Header
		if header.Get("Content-Type") != want || header.Get("X-Content-Type-Options") != "nosniff" ||
			header.Get("Cache-Control") != "no-store" {
			t.Errorf("%s: %v", address, header)
		}
		if isPage := address == "/"; strings.Contains(header.Get("Content-Security-Policy"), "default-src") != isPage {
			t.Errorf("%s: policy %q", address, header.Get("Content-Security-Policy"))
		}
	}
}

func TestPartsOfAFileAreSent(t *testing.T) {
	response := get(published(t, "/"), "/film.mp4", "Range", "bytes=2-4")
	if text := body(t, response); response.StatusCode != 206 || text != "234" {
		t.Errorf("%d %q", response.StatusCode, text)
	}
}

func TestScriptIsInPagesSentAndNeverInTheSite(t *testing.T) {
	s := New("/", "nl")
	site := fake{
		"index.html": homePage, "body.html": "<body></body><p></body>", "bare.html": "<p>", "mail.html": "<p>", "a.js": "<head>",
	}
	s.Show(Build{Site: site})
	const tag = `<script type="module" src="/_leerblad/live.js" data-client="`
	for address, before := range map[string]string{
		"/": "<head>", "/body.html": "<p>", "/bare.html": "<p>", "/mail.html": "", "/a.js": "",
	} {
		text := body(t, get(s, address))
		if strings.Count(text, tag) != strings.Count(before, ">") || !strings.Contains(text, before+tag) && before != "" {
			t.Errorf("%s: %q", address, text)
		}
		if before != "" && !strings.Contains(text, ".200.sum&lt;") {
			t.Errorf("%s: no sum in %q", address, text)
		}
	}
	if site["index.html"] != homePage {
		t.Errorf("the site was changed: %q", site)
	}
}

func TestWithoutASiteEveryAddressListsTheProblems(t *testing.T) {
	s := New("/le/", "nl")
	if text := body(t, get(s, "/le/")); !strings.Contains(text, "De site wordt gemaakt") {
		t.Errorf("before the first build: %q", text)
	}
	s.Show(Build{Problems: []Problem{{
		File: "sheets/a.md", Line: 3, Column: 7, Code: "E01", Severity: "error", Message: "<b> hoort niet",
		Hint: "schrijf **", SourceLine: "aé\tbcd<b>",
	}}})
	for _, address := range []string{"/", "/le/", "/le/a/b.css"} {
		response := get(s, address)
		text := body(t, response)
		if response.StatusCode != 503 || response.Header.Get("Content-Security-Policy") == "" {
			t.Errorf("%s: %d", address, response.StatusCode)
		}
		for _, want := range []string{
			">fout</strong>", ">sheets/a.md:3:7</button>", "<code>E01</code>", "&lt;b&gt; hoort niet", "schrijf **", `<html lang="nl">`,
			"aé\tbcd&lt;b&gt;\n  \t   ^</pre>", scriptPath,
		} {
			if !strings.Contains(text, want) {
				t.Errorf("%s: no %q in %q", address, want, text)
			}
		}
	}
	s.Show(Build{Site: fake{"index.html": homePage}})
	s.Show(Build{Problems: []Problem{mistake("x")}})
	if response := get(s, "/le/"); response.StatusCode != 200 {
		t.Errorf("with a good site: %d", response.StatusCode)
	}
}

func TestAPageThatCannotBeMadeSaysSoAndRecovers(t *testing.T) {
	response := get(published(t, "/"), "/broken.html")
	if text := body(t, response); response.StatusCode != 500 || !strings.Contains(text, "the &lt;disk&gt; is gone") || !strings.Contains(text, scriptPath) {
		t.Errorf("%d %q", response.StatusCode, text)
	}
}

func TestTextsAreInTheLanguageAskedFor(t *testing.T) {
	if text := body(t, get(New("/", "en"), "/")); !strings.Contains(text, "Building the site") {
		t.Errorf("%q", text)
	}
}

func TestFilesOfAnySizeAreSentFromTheDisk(t *testing.T) {
	film := filepath.Join(t.TempDir(), "film.mp4")
	if err := os.WriteFile(film, []byte("begin"), 0o644); err != nil {
		t.Fatal(err)
	}
	const size = 10 << 30 // more than any machine that runs this would like to hold
	if err := os.Truncate(film, size); err != nil {
		t.Skip("no sparse files here: ", err)
	}
	s := New("/", "nl")
	s.Show(Build{Site: fake{"film.mp4": "file " + film, "gone.mp4": "file " + film + "x"}})
	response := get(s, "/film.mp4", "Range", "bytes=2-7")
	if text := body(t, response); response.StatusCode != http.StatusPartialContent || text != "gin\x00\x00\x00" ||
		response.Header.Get("Content-Type") != "video/mp4" || response.Header.Get("Content-Range") != fmt.Sprintf("bytes 2-7/%d", int64(size)) {
		t.Errorf("%d %q %v", response.StatusCode, text, response.Header)
	}
	if response := get(s, "/gone.mp4"); response.StatusCode != http.StatusNotFound {
		t.Errorf("a film that is gone: %d", response.StatusCode)
	}
}
