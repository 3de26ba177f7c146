package desk_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"

	"leerblad/internal/desk"
)

// writes are a request of each kind that changes something; none of them is wrong in itself, though there is no git.
func writes(s *server) map[string]func(fields ...string) answer {
	tag := s.get("api/texts/sheets/een.md").header.Get("ETag")
	put := func(method, address, body string, given ...string) func(...string) answer {
		return func(fields ...string) answer { return s.do(method, address, body, append(given, fields...)...) }
	}
	return map[string]func(...string) answer{
		"save":      put("PUT", "api/texts/sheets/een.md", sheet+"x", "If-Match", tag),
		"new text":  put("PUT", "api/texts/sheets/drie.md", sheet, "If-None-Match", "*"),
		"delete":    put("DELETE", "api/texts/sheets/een.md?force=1", "", "If-Match", tag),
		"move":      put("POST", "api/move", `{"from":"sheets/een","to":"sheets/drie"}`),
		"remove":    put("POST", "api/remove", `{"reference":"sheets/een","force":true}`),
		"stop":      put("POST", "api/stop", ""),
		"new":       put("POST", "api/new", `{"kind":"sheets","title":"Drie"}`),
		"duplicate": put("POST", "api/duplicate", `{"path":"sheets/een.md","title":"Drie"}`),
		"import":    put("POST", "api/import", `{"html":"<p>Een</p>"}`),
		"commit":    put("POST", "api/commit", `{"message":"Een"}`),
		"get":       put("POST", "api/get", `{}`),
		"share":     put("POST", "api/share", `{}`),
		"pictures":  put("POST", "api/pictures?beside=sheets/een.md&name=a.png", png, "Content-Type", "image/png"),
	}
}

func TestOtherPagesCanChangeNothing(t *testing.T) {
	s := start(t, folder)
	before := s.all()
	own, _ := url.Parse(s.origin)
	for name, do := range writes(s) {
		for what, c := range map[string]struct {
			code   string // "" where the preview refuses
			fields []string
		}{
			"another site":                     {"", []string{"Origin", "https://evil.example", "Sec-Fetch-Site", "cross-site"}},
			"another site, an old browser":     {"", []string{"Origin", "https://evil.example", "Sec-Fetch-Site", ""}},
			"another port":                     {"", []string{"Origin", "http://127.0.0.1:1", "Sec-Fetch-Site", "same-site"}},
			"another port, an old browser":     {"", []string{"Origin", "http://127.0.0.1:1", "Sec-Fetch-Site", ""}},
			"another scheme":                   {"foreign", []string{"Origin", "https://" + own.Host}},
			"an origin that is hidden":         {"", []string{"Origin", "null"}},
			"a site by a link":                 {"", []string{"Origin", "", "Sec-Fetch-Site", "cross-site", "Sec-Fetch-Dest", "document", "Sec-Fetch-Mode", "navigate"}},
			"a typed address":                  {"foreign", []string{"Origin", "", "Sec-Fetch-Site", "none"}},
			"a name that leads here":           {"", []string{"Host", "evil.example:" + own.Port(), "Origin", "http://evil.example:" + own.Port()}},
			"a name that leads here, no port":  {"", []string{"Host", "evil.example", "Origin", "http://evil.example"}},
			"a form, which has no token":       {"token", []string{"X-Leerblad-Token", "", "Content-Type", "application/x-www-form-urlencoded"}},
			"no-cors, which has no token":      {"token", []string{"X-Leerblad-Token", "", "Content-Type", "text/plain"}},
			"the token of another start":       {"token", []string{"X-Leerblad-Token", "AAAAAAAAAAAAAAAAAAAAAAAAAA"}},
			"a part of the token":              {"token", []string{"X-Leerblad-Token", s.token[:len(s.token)-1]}},
			"the token in the address, a form": {"token", []string{"X-Leerblad-Token", "", "Cookie", "X-Leerblad-Token=" + s.token}},
		} {
			if got := do(c.fields...); got.status != 403 || got.code() != c.code {
				t.Errorf("%s from %s: %d %s", name, what, got.status, got.body)
			}
		}
	}
	if got := s.all(); got != before {
		t.Error("something was changed")
	}
	for _, site := range []string{"cross-site", "same-site"} { // nor read
		for _, address := range []string{"", "api/texts", "api/texts/sheets/een.md", "api/media", "api/media/sheets/twee/foto.png", "api/references?reference=sheets/een", "client/desk.js"} {
			for _, destination := range []string{"empty", "script", "image", "iframe", "document"} {
				if got := s.get(address, "Sec-Fetch-Site", site, "Sec-Fetch-Dest", destination); got.status != 403 {
					t.Errorf("%q from %s as %s: %d", address, site, destination, got.status)
				}
			}
		}
	}
	for name, do := range writes(s) { // each is right in itself; some take the text of another
		if got := do(); got.status >= 400 && got.code() != "gone" && got.code() != "not-found" && got.code() != "unknown" && got.code() != "exists" && got.code() != "changed" && got.code() != "taken" && got.code() != "no-git" {
			t.Errorf("%s: %d %s", name, got.status, got.body)
		}
	}
}

// Programs send no such fields. They have the token because they can read this machine's page.
func TestProgramsNeedTheTokenAlone(t *testing.T) {
	s := start(t, folder)
	for _, origin := range []string{"", s.origin} {
		name := fmt.Sprintf("api/texts/sheets/p%d.md", len(origin))
		if got := s.do("PUT", name, sheet, "If-None-Match", "*", "Sec-Fetch-Site", "", "Origin", origin); got.status != 201 {
			t.Errorf("%v", got)
		}
	}
}

func TestNothingOfTheDeskCanBeFramed(t *testing.T) {
	s := start(t, folder)
	for _, address := range []string{"", "api/texts", "api/texts/sheets/een.md", "api/media/sheets/twee/foto.png", "api/none", "client/none", "lsp"} {
		got := s.get(address)
		if policy := got.header.Get("Content-Security-Policy"); !strings.Contains(policy, "frame-ancestors 'none'") || got.header.Get("X-Frame-Options") != "DENY" ||
			address != "" && !strings.Contains(policy, "sandbox") || got.header.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%q: %v", address, got.header)
		}
	}
}

// Another address of this machine stands for another machine: neither end is loopback then.
func TestBeyondThisMachineTheDeskIsReadOnly(t *testing.T) {
	s := start(t, folder, func(o *desk.Options) { o.LSP = func(context.Context, desk.Conn) error { return nil } })
	tag := s.get("api/texts/sheets/een.md").header.Get("ETag")
	for _, c := range []struct {
		peer, local string
		status      int
	}{
		{"127.0.0.1:5", "127.0.0.1:80", 200}, {"[::1]:5", "[::1]:80", 200}, {"[::ffff:127.0.0.1]:5", "[::ffff:127.0.0.1]:80", 200}, {"127.9.9.9:5", "127.0.0.1:80", 200},
		{"192.0.2.1:5", "192.0.2.2:80", 403}, {"192.0.2.2:5", "192.0.2.2:80", 403}, {"127.0.0.1:5", "192.0.2.2:80", 403}, {"192.0.2.1:5", "127.0.0.1:80", 403}, {"@", "127.0.0.1:80", 403},
	} {
		ask := func(method, address, body string) *httptest.ResponseRecorder {
			r := httptest.NewRequest(method, "http://"+c.local+"/_leerblad/"+address, strings.NewReader(body))
			r.RemoteAddr = c.peer
			tcp, err := net.ResolveTCPAddr("tcp", c.local)
			if err != nil {
				t.Fatal(err)
			}
			r = r.WithContext(context.WithValue(r.Context(), http.LocalAddrContextKey, net.Addr(tcp)))
			r.Header.Set("X-Leerblad-Token", s.token)
			r.Header.Set("If-Match", tag)
			w := httptest.NewRecorder()
			s.desk.ServeHTTP(w, r)
			return w
		}
		if w := ask("PUT", "api/texts/sheets/een.md", sheet); w.Code != c.status || c.status == 403 && !strings.Contains(w.Body.String(), `"elsewhere"`) {
			t.Errorf("%+v: %d %s", c, w.Code, w.Body)
		}
		if w := ask("GET", "api/texts/sheets/een.md", ""); w.Code != 200 || w.Body.String() != sheet {
			t.Errorf("%+v: reading: %d", c, w.Code)
		}
		if w := ask("GET", "lsp", ""); c.status == 403 && (w.Code != 403 || !strings.Contains(w.Body.String(), `"elsewhere"`)) {
			t.Errorf("%+v: a language client: %d %s", c, w.Code, w.Body)
		}
		if w := ask("GET", "", ""); (s.tokenIn(w.Body.String()) == "") != (c.status == 403) {
			t.Errorf("%+v: the page has a token, or has none: %s", c, w.Body)
		}
	}
}

func TestNamesThatNoTextHasAreRefused(t *testing.T) {
	s := start(t, folder)
	write(t, filepath.Join(s.dir, ".git", "config.md"), "geheim")
	write(t, filepath.Join(filepath.Dir(s.dir), "buiten.md"), "geheim")
	before := s.all()
	names := map[string][]string{
		"bad-name": {
			"../buiten.md", "sheets/../../buiten.md", "..%2fbuiten.md", "%2e%2e/buiten.md", "/etc/x.md", "sheets//een.md", "./index.md", "sheets/./een.md", "sheets/", "",
			".git/config.md", ".leerblad-edit.md", "sheets/.een.md", "sheets/een.md~", "sheets/a%00.md", "a%0a.md", "a%7f.md", "sheets/%3cb%3e.md", "a%3cb.md", "a%3e.md", `a%5cb.md`, `..%5cbuiten.md`,
			"C:/x.md", "sheets/een.md:geheim.md", "a%22.md", "a%7c.md", "a%3f.md", "a%2a.md", "sheets/een.md.", "sheets/een.md%20", "%20a.md", "sheets%20/a.md", "sheets./a.md",
			"CON.md", "con.md", "NUL", "nul.md", "Aux.txt.md", "sheets/COM1.md", "com9.x.md", "LPT%C2%B9.md", "NUL%20.md", "CONIN$.md", "prn/a.md", "a%E2%80%AEb.md", "a%E2%80%8Bb.md", "%ff.md",
			strings.Repeat("a", 253) + ".md", strings.Repeat("a/", 33) + "b.md", "4913/a.md", "a.md.swp",
		},
		"no-text": {"evil.html", "evil.js", "sheets/een", "a.yaml", "sheets/site.yaml", "theme.yml", "a.md.html", "media/x.svg", "a.MD", "foto.png", "LICENSE"},
	}
	for code, list := range names {
		for _, name := range list {
			for _, got := range []answer{
				s.do("PUT", "api/texts/"+name, "x", "If-None-Match", "*"), s.do("DELETE", "api/texts/"+name, "", "If-Match", `"x"`), s.get("api/texts/" + name),
				s.post("api/pictures?beside="+url.QueryEscape(unescaped(t, name)), png, "Content-Type", "image/png"),
				s.post("api/duplicate", `{"path":`+quoted(strings.ToValidUTF8(unescaped(t, name), "\x00"))+`,"title":"X"}`),
			} {
				if got.code() != code || got.status != 400 && got.status != 403 {
					t.Errorf("%s: %d %s", name, got.status, got.body)
				}
			}
		}
	}
	for _, name := range []string{"../buiten.png", ".git/x.png", "a%00.png", "con.png", "a%3ab.png"} {
		if got := s.get("api/media/" + name); got.code() != "bad-name" {
			t.Errorf("%s: %v", name, got)
		}
	}
	for _, name := range []string{"site.yaml", "sheets/een.md", "x.html", "x.js", "x.css", "x"} {
		if got := s.get("api/media/" + name); got.code() != "no-medium" {
			t.Errorf("%s: %v", name, got)
		}
	}
	for _, title := range []string{"Con", "nul", "COM1", "???", "", "../..", strings.Repeat("lang ", 100)} {
		if got := s.post("api/new", fmt.Sprintf(`{"kind":"sheets","title":%q}`, title)); got.status != 400 {
			t.Errorf("%s: %v", title, got)
		}
	}
	for _, kind := range []string{"..", "sheets/..", "home", "media", ""} {
		if got := s.post("api/new", fmt.Sprintf(`{"kind":%q,"title":"X"}`, kind)); got.code() != "bad-kind" {
			t.Errorf("%s: %v", kind, got)
		}
	}
	if s.all() != before {
		t.Error("something was changed")
	}
}

func quoted(s string) string {
	data, _ := json.Marshal(s)
	return string(data)
}

func unescaped(t *testing.T, s string) string {
	t.Helper()
	out, err := url.PathUnescape(s)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// On some systems they are one file.
func TestNamesThatAreAnothersElsewhereAreRefused(t *testing.T) {
	s := start(t, folder)
	write(t, filepath.Join(s.dir, "sheets", "caf\u00e9.md"), sheet)
	before := s.all()
	for _, name := range []string{"sheets/Een.md", "Sheets/een.md", "SHEETS/nieuw.md", "sheets/cafe\u0301.md", "sheets/CAF\u00c9.md", "sheets/TWEE/x.md", "Index.md", "sheets/\u212Aa.md"} {
		if name == "sheets/\u212Aa.md" {
			write(t, filepath.Join(s.dir, "sheets", "ka.md"), sheet)
			before = s.all()
		}
		if got := s.do("PUT", "api/texts/"+url.PathEscape(name), "x", "If-None-Match", "*"); got.status != 409 || got.code() != "same-name" {
			t.Errorf("%s: %v", name, got)
		}
		if got := s.get("api/texts/" + url.PathEscape(name)); got.status != 404 {
			t.Errorf("%s is read: %v", name, got)
		}
	}
	if got := s.get("api/texts/" + url.PathEscape("sheets/caf\u00e9.md")); got.status != 200 {
		t.Errorf("%v", got)
	}
	if got := s.do("PUT", "api/texts/sheets/een.md/x.md", "x", "If-None-Match", "*"); got.status != 409 || got.code() != "taken" {
		t.Errorf("below a text: %v", got)
	}
	if s.all() != before {
		t.Error("something was changed")
	}
}

func TestLinksAreNeverFollowedForWriting(t *testing.T) {
	s := start(t, folder)
	outside := t.TempDir()
	write(t, filepath.Join(outside, "a.md"), "buiten")
	write(t, filepath.Join(outside, "foto.png"), png)
	for link, to := range map[string]string{"stories": outside, "sheets/naar.md": filepath.Join(outside, "a.md"), "sheets/binnen.md": "een.md", "pages": "sheets", "media": outside,
		"sheets/los.md": filepath.Join(outside, "nieuw.md"), "sheets/foto.png": filepath.Join(outside, "foto.png"), "documents": filepath.Join(outside, "nieuw")} {
		if err := os.Symlink(to, filepath.Join(s.dir, filepath.FromSlash(link))); err != nil {
			t.Skip("no links here: ", err)
		}
	}
	before, there := s.all(), (&server{dir: outside}).all()
	tag := func(text string) string { return s.tagOf(text) }
	for name, code := range map[string]string{
		"stories/a.md": "link", "stories/nieuw.md": "link", "sheets/naar.md": "link", "sheets/binnen.md": "link", "pages/een.md": "link", "pages/nieuw.md": "link",
		"sheets/los.md": "link", "documents/x.md": "link", "pages/twee/index.md": "link",
	} {
		for _, got := range []answer{
			s.do("PUT", "api/texts/"+name, "x", "If-None-Match", "*"), s.do("PUT", "api/texts/"+name, "x", "If-Match", tag("buiten")+","+tag(sheet)),
			s.do("DELETE", "api/texts/"+name+"?force=1", "", "If-Match", tag("buiten")+","+tag(sheet)),
		} {
			if got.code() != code && got.status != 412 && got.status != 404 {
				t.Errorf("%s: %d %s", name, got.status, got.body)
			}
		}
	}
	for _, got := range []answer{
		s.post("api/new", `{"kind":"stories","title":"Nieuw"}`), s.post("api/new", `{"kind":"pages","title":"Nieuw"}`), s.post("api/new", `{"kind":"documents","title":"Nieuw"}`),
		s.post("api/pictures?beside=sheets/een.md&name=x.png", png), s.post("api/pictures?beside=pages/twee/index.md&name=x.png", png),
		s.post("api/move", `{"from":"sheets/een","to":"stories/een"}`), s.post("api/duplicate", `{"path":"stories/a.md","title":"Nieuw"}`),
	} {
		if got.status < 400 || got.status >= 500 {
			t.Errorf("%d %s", got.status, got.body)
		}
	}
	for _, name := range []string{"api/texts/stories/a.md", "api/texts/sheets/naar.md", "api/media/media/foto.png", "api/media/sheets/foto.png"} { // nor for reading elsewhere
		if got := s.get(name); got.status < 400 || strings.Contains(got.body, "buiten") {
			t.Errorf("%s: %v", name, got)
		}
	}
	if s.all() != before || (&server{dir: outside}).all() != there {
		t.Error("something was changed")
	}
}

// tagOf gives the tag of a text.
func (s *server) tagOf(text string) string {
	s.Helper()
	name := fmt.Sprintf("topics/t%d.md", len(text))
	if s.disk(name) == "" {
		write(s, filepath.Join(s.dir, filepath.FromSlash(name)), text)
		defer os.Remove(filepath.Join(s.dir, filepath.FromSlash(name)))
	}
	return s.get("api/texts/" + name).header.Get("ETag")
}

func TestALanguageClientIsOfThisPage(t *testing.T) {
	served := make(chan struct{}, 100)
	s := start(t, folder, func(o *desk.Options) {
		o.LSP = func(ctx context.Context, conn desk.Conn) error {
			served <- struct{}{}
			for {
				data, err := conn.Read()
				if err != nil {
					return nil
				}
				if err := conn.Write(bytes.ToUpper(data)); err != nil {
					return err
				}
			}
		}
	})
	dial := func(protocols []string, fields ...string) (*websocket.Conn, int) {
		header := http.Header{}
		host := ""
		for i := 0; i < len(fields); i += 2 {
			if fields[i] == "Host" {
				host = fields[i+1]
			} else if fields[i+1] != "" {
				header.Set(fields[i], fields[i+1])
			}
		}
		ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
		defer cancel()
		ws, response, err := websocket.Dial(ctx, s.origin+"/_leerblad/lsp", &websocket.DialOptions{HTTPHeader: header, Host: host, Subprotocols: protocols})
		if err != nil {
			return nil, response.StatusCode
		}
		return ws, response.StatusCode
	}
	for _, c := range []struct {
		protocols []string
		fields    []string
	}{
		{nil, []string{"Origin", s.origin, "Sec-Fetch-Site", "same-origin"}}, {[]string{"leerblad", s.token}, []string{"Origin", s.origin}},
		{[]string{"leerblad", s.token}, nil}, {nil, []string{"X-Leerblad-Token", s.token}},
	} {
		ws, status := dial(c.protocols, c.fields...)
		if ws == nil {
			t.Errorf("%+v: %d", c, status)
			continue
		}
		message := strings.Repeat("a", 3<<20) // a whole text with its escapes
		ws.SetReadLimit(4 << 20)
		if err := ws.Write(t.Context(), websocket.MessageText, []byte(message)); err != nil {
			t.Fatal(err)
		}
		if _, data, err := ws.Read(t.Context()); err != nil || string(data) != strings.ToUpper(message) {
			t.Errorf("%v: %d bytes", err, len(data))
		}
		_ = ws.Close(websocket.StatusNormalClosure, "")
		<-served
	}
	own, _ := url.Parse(s.origin)
	for _, c := range []struct {
		protocols []string
		fields    []string
	}{
		{nil, nil}, {nil, []string{"Origin", "https://evil.example"}}, {nil, []string{"Origin", "http://127.0.0.1:1"}}, {nil, []string{"Origin", "null"}},
		{[]string{"leerblad", s.token}, []string{"Origin", "https://evil.example"}}, {nil, []string{"Origin", s.origin, "Sec-Fetch-Site", "same-site"}},
		{nil, []string{"Host", "evil.example:" + own.Port(), "Origin", "http://evil.example:" + own.Port()}}, {[]string{"leerblad", "AAAAAAAAAAAAAAAAAAAAAAAAAA"}, []string{"Origin", s.origin}},
		{nil, []string{"Origin", s.origin, "X-Leerblad-Token", "AAAAAAAAAAAAAAAAAAAAAAAAAA"}}, {[]string{s.token}, nil},
	} {
		if ws, status := dial(c.protocols, c.fields...); ws != nil || status != 403 {
			t.Errorf("%+v: %d", c, status)
		}
	}
	if got := s.get("lsp", "Origin", s.origin); got.status != 426 {
		t.Errorf("no WebSocket: %v", got)
	}
	if len(served) > 0 {
		t.Error("somebody was served")
	}
	var open []*websocket.Conn
	for range 32 {
		ws, status := dial(nil, "Origin", s.origin)
		if ws == nil {
			t.Fatal(status)
		}
		open = append(open, ws)
	}
	if ws, status := dial(nil, "Origin", s.origin); ws != nil || status != 503 {
		t.Errorf("one too many: %d", status)
	}
	for _, ws := range open {
		_ = ws.CloseNow()
	}
	if got := start(t, folder).get("lsp", "Origin", s.origin); got.status == 101 {
		t.Error("there is a language server where there is none")
	}
}
