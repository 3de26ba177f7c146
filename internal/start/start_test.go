package start

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"leerblad/internal/diag"
)

// trial is a page over a home with a publication, a folder, a hidden folder and a link that leads out.
type trial struct {
	*Handler
	home, outside string
	opened        []string
	stopped       bool
}

func newTrial(t *testing.T) *trial {
	t.Helper()
	dir := t.TempDir()
	x := &trial{home: filepath.Join(dir, "home"), outside: filepath.Join(dir, "outside")}
	for _, p := range []string{"home/werk/pub/content/site.yaml", "home/.verborgen/site.yaml", "outside/site.yaml"} {
		if err := os.MkdirAll(filepath.Dir(filepath.Join(dir, p)), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, p), []byte("title: Proef\n"), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink(x.outside, filepath.Join(x.home, "weg")); err != nil {
		t.Fatal(err)
	}
	x.Handler = New(Options{
		Language: diag.Dutch, Home: x.home, Recent: &Recent{filepath.Join(dir, "config", "recent.json")}, Desk: "/_leerblad/", Stop: func() { x.stopped = true },
		Open: func(content string) error {
			if strings.Contains(content, "stuk") {
				return errors.New("die is stuk")
			}
			x.opened = append(x.opened, content)
			return nil
		},
		Make: func(dir, title string, l diag.Language) (string, error) {
			return dir, os.WriteFile(filepath.Join(dir, "site.yaml"), []byte("title: "+title+"\nlanguage: "+string(l)+"\n"), 0o666)
		},
	})
	return x
}

// ask sends a form, with its token, or asks for a page where there is none.
func (x *trial) ask(address string, form url.Values) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodGet, address, nil)
	if form != nil {
		if !form.Has("token") {
			form.Set("token", x.token)
		}
		r = httptest.NewRequest(http.MethodPost, address, strings.NewReader(form.Encode()))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	w := httptest.NewRecorder()
	x.ServeHTTP(w, r)
	return w
}

func TestFoldersBelowHome(t *testing.T) {
	x := newTrial(t)
	top := x.ask("/", nil).Body.String()
	if !strings.Contains(top, "dir=werk#folders") || strings.Contains(top, "verborgen") {
		t.Errorf("home shows\n%s", top)
	}
	if got := x.ask("/?dir=werk", nil).Body.String(); !strings.Contains(got, `value="werk/pub"`) {
		t.Errorf("no publication in\n%s", got)
	}
	for _, dir := range []string{"../outside", "/etc", "weg", "werk/../../outside", "a\x00b", `..\outside`} {
		got := x.ask("/?"+url.Values{"dir": {dir}}.Encode(), nil).Body.String()
		if strings.Contains(got, `name="dir"`) { // a folder with a publication
			t.Errorf("%q shows\n%s", dir, got)
		}
		if w := x.ask("/open", url.Values{"dir": {dir}}); w.Code != http.StatusUnprocessableEntity || x.opened != nil {
			t.Errorf("%q was opened: %d, %q", dir, w.Code, x.opened)
		}
	}
}

func TestOpen(t *testing.T) {
	x := newTrial(t)
	want := filepath.Join(x.home, "werk", "pub", "content")
	w := x.ask("/open", url.Values{"dir": {"werk/pub"}})
	if w.Code != http.StatusSeeOther || w.Header().Get("Location") != "/_leerblad/" || len(x.opened) != 1 || x.opened[0] != want {
		t.Errorf("%d, %q", w.Code, x.opened)
	}
	if w := x.ask("/open", url.Values{"recent": {x.outside}}); w.Code != http.StatusUnprocessableEntity {
		t.Errorf("what was never opened is opened as if it had been: %d", w.Code)
	}
	x.Recent.Add(Publication{x.outside, "Buiten <b>"})
	x.Recent.Add(Publication{want, "Proef"})
	x.Recent.Add(Publication{x.outside, "Buiten <b>"})
	if list := x.Recent.List(); len(list) != 2 || list[0].Content != x.outside {
		t.Errorf("recent: %v", list)
	}
	if got := x.ask("/", nil).Body.String(); !strings.Contains(got, "Buiten &lt;b&gt;") {
		t.Errorf("recent ones are not shown in\n%s", got)
	}
	if w := x.ask("/open", url.Values{"recent": {x.outside}}); w.Code != http.StatusSeeOther || len(x.opened) != 2 {
		t.Errorf("%d, %q", w.Code, x.opened)
	}
	if err := os.RemoveAll(x.outside); err != nil {
		t.Fatal(err)
	}
	if w := x.ask("/open", url.Values{"recent": {x.outside}}); w.Code != http.StatusUnprocessableEntity || len(x.Recent.List()) != 1 {
		t.Errorf("what is gone: %d, %v", w.Code, x.Recent.List())
	}
}

func TestMake(t *testing.T) {
	x := newTrial(t)
	for _, place := range []string{"", ".", "../nieuw", "/nieuw", ".nieuw", "weg/nieuw", "a/../../b"} {
		if w := x.ask("/make", url.Values{"place": {place}, "title": {"T"}}); w.Code != http.StatusUnprocessableEntity {
			t.Errorf("%q: %d", place, w.Code)
		}
	}
	if w := x.ask("/make", url.Values{"place": {"nieuw"}, "title": {" "}}); w.Code != http.StatusUnprocessableEntity || !strings.Contains(w.Body.String(), "Geef de publicatie een naam") {
		t.Errorf("without a name: %d", w.Code)
	}
	w := x.ask("/make", url.Values{"place": {"werk/nieuw"}, "title": {"Onze evaluatie"}, "lang": {"en"}})
	data, err := os.ReadFile(filepath.Join(x.home, "werk", "nieuw", "site.yaml"))
	if w.Code != http.StatusSeeOther || err != nil || string(data) != "title: Onze evaluatie\nlanguage: en\n" || len(x.opened) != 1 {
		t.Errorf("%d, %q, %v, %q", w.Code, data, err, x.opened)
	}
	w = x.ask("/make", url.Values{"place": {"stuk"}, "title": {"Dit & dat"}})
	if got := w.Body.String(); w.Code != http.StatusUnprocessableEntity || !strings.Contains(got, "die is stuk") || !strings.Contains(got, "Dit &amp; dat") {
		t.Errorf("a failure, %d, is told as\n%s", w.Code, got)
	}
}

func TestFormsNeedTheToken(t *testing.T) {
	x := newTrial(t)
	for _, address := range []string{"/open", "/make", "/stop"} {
		w := x.ask(address, url.Values{"token": {"anders"}, "dir": {"werk/pub"}, "place": {"nieuw"}, "title": {"T"}})
		if w.Code != http.StatusForbidden || x.opened != nil || x.stopped {
			t.Errorf("%s: %d", address, w.Code)
		}
	}
	if w := x.ask("/stop", url.Values{}); w.Code != http.StatusOK || !x.stopped || !strings.Contains(w.Body.String(), "leerblad is gestopt") {
		t.Errorf("%d, stopped %v", w.Code, x.stopped)
	}
	if w := x.ask("/?lang=en", nil); !strings.Contains(w.Body.String(), "Open a publication") || w.Header().Get("Content-Security-Policy") != policy {
		t.Errorf("in English: %s", w.Body)
	}
}
