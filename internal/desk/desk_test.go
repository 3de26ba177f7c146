package desk_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"maps"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"leerblad/internal/build"
	"leerblad/internal/desk"
	"leerblad/internal/devserver"
	"leerblad/internal/session"
)

const sheet = "---\ntitle: Een\ndate: 2021-02-01\n---\n- [+] Partijen vinden elkaar. {#elkaar}\n"

// folder is a small publication.
var folder = map[string]string{
	"site.yaml":            "title: Proef\nurl: https://example.org/\n",
	"index.md":             "---\ntitle: Welkom\n---\nTekst.\n",
	"sheets/een.md":        sheet,
	"sheets/twee/index.md": "---\ntitle: Twee\ndate: 2021-03-01\ndraft: true\n---\n![Een foto](foto.png)\n",
	"sheets/twee/foto.png": png,
	"recommendations/r.md": "---\ntitle: Raad\ndate: 2021-03-01\nsheet: sheets/een\nevidence: [sheets/een#elkaar]\nsummry: x\n---\nTekst.\n",
	"topics/samen.md":      "---\ntitle: Samenwerking\n---\nTekst.\n",
}

const png = "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x02\x00\x00\x00\x01\x08\x02\x00\x00\x00{@\xe8\xdd\x00\x00\x00\fIDATx\x9cc`` \x0c\x00\x00\x10\x00\x01\xfa\xf3\x12\xe1\x00\x00\x00\x00IEND\xaeB`\x82"

// server is a desk behind the preview, on this machine.
type server struct {
	*testing.T
	dir, origin, token string
	session            *session.Session
	desk               *desk.Desk
	handler            *devserver.Server
}

// start serves a publication of files by their paths.
func start(t *testing.T, files map[string]string, change ...func(*desk.Options)) *server {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		write(t, filepath.Join(dir, filepath.FromSlash(name)), text)
	}
	return serve(t, dir, "127.0.0.1:0", change...)
}

func write(t testing.TB, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
}

func serve(t *testing.T, dir, address string, change ...func(*desk.Options)) *server {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	s, err := session.Start(ctx, session.Options{Options: build.Options{Content: dir, Now: "2024-03-01", NoHints: false}})
	if err != nil {
		cancel()
		t.Fatal(err)
	}
	done := make(chan struct{})
	go func() { s.Run(ctx); close(done) }()
	o := desk.Options{Today: "2024-03-01"}
	for _, c := range change {
		c(&o)
	}
	d := desk.New(s, o)
	preview := devserver.New("/", "nl")
	preview.SetDesk(d)
	listener, err := net.Listen("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	web := devserver.NewHTTPServer(preview)
	go func() { _ = web.Serve(listener) }()
	t.Cleanup(func() { _ = web.Close(); cancel(); <-done })
	out := &server{T: t, dir: dir, origin: "http://" + listener.Addr().String(), session: s, desk: d, handler: preview}
	out.token = out.tokenIn(out.get("").body)
	return out
}

func (s *server) tokenIn(page string) string {
	m := regexp.MustCompile(`<meta name="leerblad-token" content="([^"]*)">`).FindStringSubmatch(page)
	if m == nil {
		s.Fatalf("no token in %s", page)
	}
	return m[1]
}

// answer is what came back.
type answer struct {
	status int
	header http.Header
	body   string
}

// json reads the answer as an object.
func (a answer) json(t *testing.T) map[string]any {
	t.Helper()
	var out map[string]any
	if err := json.Unmarshal([]byte(a.body), &out); err != nil {
		t.Fatalf("%v: %d %s", err, a.status, a.body)
	}
	return out
}

// code gives the code of the error in the answer.
func (a answer) code() string {
	var out struct {
		Error struct{ Code, Message string }
	}
	_ = json.Unmarshal([]byte(a.body), &out)
	if out.Error.Message == "" {
		return ""
	}
	return out.Error.Code
}

// do makes a request with header fields in pairs; Host is one of them, and a field with "" is left out. It has the token and this origin unless
// the fields say otherwise.
func (s *server) do(method, address, body string, fields ...string) answer {
	s.Helper()
	r, err := http.NewRequest(method, s.origin+"/_leerblad/"+address, strings.NewReader(body))
	if err != nil {
		s.Fatal(err)
	}
	if method != "GET" && method != "HEAD" {
		r.Header.Set("X-Leerblad-Token", s.token)
		r.Header.Set("Origin", s.origin)
		r.Header.Set("Sec-Fetch-Site", "same-origin")
		if strings.HasPrefix(body, "{") {
			r.Header.Set("Content-Type", "application/json")
		}
	}
	for i := 0; i < len(fields); i += 2 {
		switch {
		case fields[i] == "Host":
			r.Host = fields[i+1]
		case fields[i+1] == "":
			r.Header.Del(fields[i])
		default:
			r.Header.Set(fields[i], fields[i+1])
		}
	}
	response, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		s.Fatal(err)
	}
	defer response.Body.Close()
	data, err := io.ReadAll(response.Body)
	if err != nil {
		s.Fatal(err)
	}
	return answer{response.StatusCode, response.Header, string(data)}
}

func (s *server) get(address string, fields ...string) answer {
	s.Helper()
	return s.do("GET", address, "", fields...)
}

func (s *server) post(address, body string, fields ...string) answer {
	s.Helper()
	return s.do("POST", address, body, fields...)
}

// disk gives a file of the publication, "" for none.
func (s *server) disk(name string) string {
	data, _ := os.ReadFile(filepath.Join(s.dir, filepath.FromSlash(name)))
	return string(data)
}

// all gives all files below the folder.
func (s *server) all() string {
	var out bytes.Buffer
	_ = filepath.WalkDir(s.dir, func(p string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			data, _ := os.ReadFile(p)
			out.WriteString(p + "\x00" + string(data) + "\x00")
		}
		return nil
	})
	return out.String()
}

func TestThePageHasTheTokenAndAStrictPolicy(t *testing.T) {
	s := start(t, folder)
	page := s.get("")
	policy := page.header.Get("Content-Security-Policy")
	for _, want := range []string{"default-src 'none'", "script-src 'self';", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'none'", "style-src 'self' 'nonce-"} {
		if !strings.Contains(policy, want) {
			t.Errorf("policy %q lacks %s", policy, want)
		}
	}
	if strings.Contains(policy, "unsafe") || page.header.Get("X-Content-Type-Options") != "nosniff" || page.header.Get("X-Frame-Options") != "DENY" ||
		page.header.Get("Cache-Control") != "no-store" || page.header.Get("Content-Type") != "text/html; charset=utf-8" || page.status != 200 {
		t.Errorf("%d %v", page.status, page.header)
	}
	if len(s.token) < 20 || !strings.Contains(page.body, `lang="nl"`) || !strings.Contains(page.body, "Sheets") {
		t.Errorf("%s", page.body)
	}
	if again := s.get(""); again.header.Get("Content-Security-Policy") == policy || s.tokenIn(again.body) != s.token {
		t.Error("the nonce is the same, or the token is not")
	}
	if other := start(t, folder); other.token == s.token {
		t.Error("the token is that of another start")
	}
	for address, want := range map[string]int{"client/desk.html": 404, "client/words.nl.json": 404, "client/../desk.go": 404, "client/": 404, "none": 404, "api/": 404, "api/none": 404} {
		if got := s.get(address); got.status != want || got.code() == "" {
			t.Errorf("%s: %d %s", address, got.status, got.body)
		}
	}
	if got := s.do("PUT", "", ""); got.status != 405 {
		t.Errorf("PUT of the page: %d", got.status)
	}
}

func TestTheListTellsOfPagesAndLastDays(t *testing.T) {
	files := maps.Clone(folder)
	list := func() (rows []map[string]any) {
		t.Helper()
		s := start(t, files)
		if err := json.Unmarshal([]byte(s.get("api/texts").body), &rows); err != nil {
			t.Fatal(err)
		}
		return rows
	}
	if r := list()[1]; r["page"] != nil || r["expires"] != nil {
		t.Errorf("of a site with mistakes: %v", r)
	}
	files["recommendations/r.md"] = strings.Replace(folder["recommendations/r.md"], "summry: x", "expires: 2030-01-01", 1)
	if rows := list(); rows[1]["page"] != "/aanbevelingen/r/" || rows[1]["expires"] != "2030-01-01" || rows[3]["page"] != nil {
		t.Errorf("without mistakes: %v", rows)
	}
}

func TestTheListHasAllTexts(t *testing.T) {
	s := start(t, folder)
	got := s.get("api/texts")
	var rows []map[string]any
	if err := json.Unmarshal([]byte(got.body), &rows); err != nil {
		t.Fatalf("%v: %s", err, got.body)
	}
	if got.header.Get("Content-Type") != "application/json; charset=utf-8" || len(rows) != 5 {
		t.Fatalf("%v %s", got.header, got.body)
	}
	for _, row := range rows {
		text := s.get("api/texts/" + row["path"].(string))
		if text.header.Get("ETag") != `"`+row["digest"].(string)+`"` || text.body != s.disk(row["path"].(string)) {
			t.Errorf("%v: %v", row, text)
		}
	}
	r, twee := rows[1], rows[3]
	if r["path"] != "recommendations/r.md" || r["reference"] != "recommendations/r" || r["kind"] != "recommendations" || r["title"] != "Raad" || r["state"] != "published" || r["errors"] != 1. {
		t.Errorf("%v", r)
	}
	if twee["path"] != "sheets/twee/index.md" || twee["reference"] != "sheets/twee" || twee["state"] != "draft" || twee["date"] != "2021-03-01" || twee["warnings"] != 0. {
		t.Errorf("%v", twee)
	}
	if again := s.get("api/texts", "If-None-Match", got.header.Get("ETag")); again.status != 304 {
		t.Errorf("unchanged: %d", again.status)
	}
	editor := s.session.Open()
	editor.Unsaved("sheets/een.md", []byte(strings.Replace(sheet, "title: Een", "title: Anders", 1)))
	for !strings.Contains(s.get("api/texts").body, "Anders") {
		time.Sleep(10 * time.Millisecond)
	}
	if body := s.get("api/texts").body; !strings.Contains(body, strings.Trim(s.get("api/texts/sheets/een.md").header.Get("ETag"), `"`)) {
		t.Errorf("an unsaved text has another digest than that on disk: %s", body)
	}
	editor.Close()
}

func TestTextsAreReadAndSaved(t *testing.T) {
	s := start(t, folder)
	got := s.get("api/texts/sheets/een.md")
	tag := got.header.Get("ETag")
	if got.status != 200 || got.body != sheet || got.header.Get("Content-Type") != "text/markdown; charset=utf-8" || !regexp.MustCompile(`^"[0-9a-f]{64}"$`).MatchString(tag) {
		t.Fatalf("%v", got)
	}
	if head := s.do("HEAD", "api/texts/sheets/een.md", ""); head.header.Get("ETag") != tag || head.body != "" {
		t.Errorf("%v", head)
	}
	if got := s.get("api/texts/sheets/een.md", "If-None-Match", tag); got.status != 304 {
		t.Errorf("%v", got)
	}
	next := "\ufeff" + strings.ReplaceAll(sheet, "\n", "\r\n")
	saved := s.do("PUT", "api/texts/sheets/een.md", next, "If-Match", tag)
	if saved.status != 200 || s.disk("sheets/een.md") != next || s.get("api/texts/sheets/een.md").header.Get("ETag") != saved.header.Get("ETag") || saved.header.Get("ETag") == tag {
		t.Errorf("%v", saved)
	}
	if got := s.get("api/texts"); !strings.Contains(got.body, strings.Trim(saved.header.Get("ETag"), `"`)) {
		t.Errorf("the list is not up to date: %s", got.body)
	}
	for _, c := range []struct {
		name, code string
		status     int
		got        answer
	}{
		{"a stale version", "changed", 412, s.do("PUT", "api/texts/sheets/een.md", "x", "If-Match", tag)},
		{"a new one that is there", "exists", 412, s.do("PUT", "api/texts/sheets/een.md", "x", "If-None-Match", "*")},
		{"one of several versions, all stale", "changed", 412, s.do("PUT", "api/texts/sheets/een.md", "x", "If-Match", tag+`, "a"`)},
		{"a stale version, to delete", "changed", 412, s.do("DELETE", "api/texts/sheets/een.md", "", "If-Match", tag)},
	} {
		out := c.got.json(t)
		if c.got.status != c.status || c.got.code() != c.code || out["text"] != next || out["etag"] != saved.header.Get("ETag") || c.got.header.Get("ETag") != out["etag"] {
			t.Errorf("%s: %v", c.name, c.got)
		}
	}
	for _, c := range []struct {
		name, code string
		status     int
		got        answer
	}{
		{"without a version", "no-version", 428, s.do("PUT", "api/texts/sheets/een.md", "x")},
		{"of any version", "no-version", 428, s.do("PUT", "api/texts/sheets/een.md", "x", "If-Match", "*")},
		{"of a weak version", "no-version", 428, s.do("PUT", "api/texts/sheets/een.md", "x", "If-Match", "W/"+saved.header.Get("ETag"))},
		{"of both", "no-version", 428, s.do("PUT", "api/texts/sheets/een.md", "x", "If-Match", tag, "If-None-Match", "*")},
		{"deleted without a version", "no-version", 428, s.do("DELETE", "api/texts/sheets/een.md", "")},
		{"gone", "gone", 412, s.do("PUT", "api/texts/sheets/nee.md", "x", "If-Match", tag)},
		{"too large", "too-large", 413, s.do("PUT", "api/texts/sheets/nee.md", strings.Repeat("x", 1<<20+1), "If-None-Match", "*")},
		{"no UTF-8", "not-utf8", 400, s.do("PUT", "api/texts/sheets/nee.md", "\xe9", "If-None-Match", "*")},
		{"read and not there", "not-found", 404, s.get("api/texts/sheets/nee.md")},
		{"a folder", "not-found", 404, s.get("api/texts/sheets")},
		{"another method", "method", 405, s.do("PATCH", "api/texts/sheets/een.md", "")},
		{"the list, written", "not-found", 404, s.post("api/texts", "{}")},
		{"an import, read", "not-found", 404, s.get("api/import")},
		{"a move by PUT", "method", 405, s.do("PUT", "api/move", "{}")},
	} {
		if c.name == "a folder" {
			c.code, c.status = "no-text", 403
		}
		if c.got.status != c.status || c.got.code() != c.code {
			t.Errorf("%s: %v", c.name, c.got)
		}
	}
	if s.disk("sheets/een.md") != next || s.disk("sheets/nee.md") != "" {
		t.Error("something was written")
	}
	made := s.do("PUT", "api/texts/stories/nieuw/index.md", "---\ntitle: Nieuw\n---\n", "If-None-Match", "*")
	if made.status != 201 || s.disk("stories/nieuw/index.md") == "" {
		t.Errorf("%v", made)
	}
	most := strings.Repeat("x", 1<<20)
	if got := s.do("PUT", "api/texts/sheets/groot.md", most, "If-None-Match", "*"); got.status != 201 || s.disk("sheets/groot.md") != most {
		t.Errorf("a text of 1 MB: %d", got.status)
	}
	for name, kind := range map[string]string{"site.yaml": "text/yaml; charset=utf-8", "media/film.vtt": "text/vtt; charset=utf-8"} {
		old := s.get("api/texts/" + name)
		field, value := "If-Match", old.header.Get("ETag")
		if value == "" {
			field, value = "If-None-Match", "*"
		}
		if got := s.do("PUT", "api/texts/"+name, old.body+"# x\n", field, value); got.status > 201 {
			t.Errorf("%s: %v", name, got)
		}
		if got := s.get("api/texts/" + name); got.body != old.body+"# x\n" || got.header.Get("Content-Type") != kind {
			t.Errorf("%s: %v", name, got)
		}
	}
}
