package session_test

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"leerblad/internal/build"
	"leerblad/internal/edit"
	"leerblad/internal/session"
	"leerblad/internal/source"
)

const sheet = "---\ntitle: Vertrouwen\ndate: 2021-03-01\n---\n\nWat er staat.\n"

// start gives a session of a publication with one sheet, and its folder.
func start(t *testing.T, o session.Options) (*session.Session, string) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "content")
	for name, text := range map[string]string{"site.yaml": "title: Proef\nurl: https://example.org/\n", "sheets/een.md": sheet} {
		p := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(p), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(p, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	o.Content, o.Now = dir, "2021-06-01"
	ctx, cancel := context.WithCancel(context.Background())
	s, err := session.Start(ctx, o)
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan struct{})
	go func() { s.Run(ctx); close(done) }()
	t.Cleanup(func() { cancel(); <-done })
	return s, dir
}

const page = "sheets/een/index.html"

// until waits until the page holds, or does not hold, some words.
func until(t *testing.T, s *session.Session, words string, holds bool) *build.Result {
	t.Helper()
	for begun := time.Now(); time.Since(begun) < 10*time.Second; {
		r, next := s.Next()
		data, _, err := r.Preview(page)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(data), words) == holds {
			return r
		}
		select {
		case <-next:
		case <-time.After(time.Second):
		}
	}
	t.Fatalf("the page never says %q: %v", words, holds)
	return nil
}

func TestUnsavedWordsAreShownAndGoWithTheirEditor(t *testing.T) {
	builds := make(chan session.Build, 100)
	s, dir := start(t, session.Options{Observer: session.Observer{Built: func(b session.Build) { builds <- b }}})
	<-builds // the first
	before := index(t, s.Now())
	e := s.Open()
	e.Unsaved("sheets/een.md", []byte(strings.Replace(sheet, "staat", "schuift", 1)))
	r := until(t, s, "Wat er schuift.", true)
	if b := <-builds; !slices.Equal(b.Unsaved, []string{"sheets/een.md"}) || !slices.Equal(b.Changed, b.Unsaved) {
		t.Errorf("told of %q changed, %q unsaved", b.Changed, b.Unsaved)
	}
	if after := index(t, r); after != before {
		t.Error("searching finds what is not saved")
	}
	if got := s.Unsaved(); !slices.Equal(got, []string{"sheets/een.md"}) {
		t.Errorf("unsaved: %q", got)
	}
	if data, err := os.ReadFile(filepath.Join(dir, "sheets/een.md")); err != nil || string(data) != sheet {
		t.Errorf("on disk: %q, %v", data, err)
	}
	other := s.Open()
	other.Unsaved("sheets/een.md", nil) // has none of its own
	e.Close()
	until(t, s, "schuift", false)
	if got := s.Unsaved(); got != nil {
		t.Errorf("unsaved: %q", got)
	}
	if after := index(t, s.Now()); after != before {
		t.Error("searching finds what was not saved")
	}
	e.Unsaved("sheets/een.md", []byte(sheet)) // as it is on disk
	if got := s.Unsaved(); got != nil {
		t.Errorf("unsaved: %q", got)
	}
	e.Unsaved("sheets/een.md", []byte(sheet+"Meer.\n"))
	if err := os.WriteFile(filepath.Join(dir, "sheets/een.md"), []byte(sheet+"Meer.\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	if got := s.Unsaved(); got != nil { // the editor does not tell that it has saved
		t.Errorf("unsaved, after saving: %q", got)
	}
}

// index gives the file of the search index that names all others by their digests.
func index(t *testing.T, r *build.Result) string {
	t.Helper()
	data, ok, err := r.Preview("search/client.js")
	if err != nil || !ok {
		t.Fatal(ok, err)
	}
	return string(data)
}

func TestWhatIsWrittenIsBuiltOnce(t *testing.T) {
	builds := make(chan session.Build, 100)
	s, dir := start(t, session.Options{Observer: session.Observer{Built: func(b session.Build) { builds <- b }}})
	<-builds
	f := source.NewFile("sheets/een.md", []byte(sheet))
	at := strings.Index(sheet, "staat")
	set := edit.Set{
		Texts: edit.Changes{{Span: source.At(f, at, at+len("staat")), Text: "gaat"}},
		New:   []edit.New{{Path: "sheets/twee.md", Data: []byte("---\ntitle: Twee\ndate: 2021-03-02\n---\n")}},
	}
	if err := s.Write(set); err != nil {
		t.Fatal(err)
	}
	if n := s.Now().Entries; n != 2 {
		t.Errorf("%d entries after Write", n)
	}
	until(t, s, "Wat er gaat.", true)
	<-builds
	select {
	case b := <-builds:
		t.Errorf("built again for %q", b.Changed)
	case <-time.After(500 * time.Millisecond):
	}
	if err := os.WriteFile(filepath.Join(dir, "sheets/een.md"), []byte(sheet), 0o666); err != nil { // somebody else
		t.Fatal(err)
	}
	until(t, s, "Wat er staat.", true)
}

// during calls itself when a build has read its texts.
type during func()

func (d during) Begin(stage build.Stage, steps int) {
	if stage == build.Assemble {
		d()
	}
}

func (during) Step() {}

func TestWhatIsWrittenDuringABuildIsShownWithIt(t *testing.T) {
	var s *session.Session
	typing := make(chan func(), 1)
	shown, builds := make(chan *build.Early, 100), make(chan session.Build, 100)
	o := session.Options{Progress: during(func() {
		select {
		case typeOn := <-typing:
			typeOn()
		default:
		}
	}), Observer: session.Observer{
		Early: func(e *build.Early) { shown <- e },
		Built: func(b session.Build) { builds <- b },
	}}
	s, _ = start(t, o)
	<-builds // the first
	e := s.Open()
	typing <- func() {
		e.Unsaved("sheets/een.md", []byte(strings.Replace(sheet, "staat", "schuilt", 1)))
		for early := range shown {
			if strings.Contains(string(early.Page), "Wat er schuilt.") {
				return
			}
		}
	}
	e.Unsaved("sheets/een.md", []byte(strings.Replace(sheet, "staat", "schuift", 1)))
	if b := <-builds; b.Early == nil || !strings.Contains(string(b.Early.Page), "Wat er schuilt.") {
		t.Errorf("with the build came %v", b.Early)
	}
	until(t, s, "Wat er schuilt.", true)
}
