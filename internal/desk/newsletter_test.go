package desk_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"leerblad/internal/build"
	"leerblad/internal/desk"
)

func TestSealsOverHTTP(t *testing.T) {
	const brief = "---\ntitle: Brief\ndate: 2021-01-01\n---\n\nTekst.\n"
	s := start(t, map[string]string{
		"site.yaml":            "title: T\nurl: https://example.org/\nnewsletter: {from: r@example.org, address: Plein 1}\n",
		"newsletters/brief.md": brief,
	}, func(o *desk.Options) {
		o.Clock = func() time.Time { return time.Date(2021, 2, 3, 4, 5, 6, 0, time.UTC) }
	})
	file := filepath.Join(s.dir, "newsletters", "brief.md")
	read := func() string {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		return string(data)
	}
	digest := func() string {
		seal, ok, err := s.session.Now().Seal("brief")
		if !ok || err != nil {
			t.Fatal(ok, err)
		}
		return seal.Digest
	}
	for body, want := range map[string]string{
		`{"slug":"brief","digest":"x","by":"Redactie"}`:                 "other-mail",
		`{"slug":"niets","digest":"x","by":"Redactie"}`:                 "not-found",
		`{"slug":"brief","digest":"` + digest() + `","by":" \n"}`:       "no-name",
		`{"slug":"brief","digest":"` + digest() + `","by":"Redactie"`:   "bad-request",
		`{"slug":"brief","digest":"` + strings.Repeat("y", 1<<21) + `"`: "too-large",
	} {
		if a := s.do("POST", "api/approve", body); a.code() != want {
			t.Errorf("%.60s: %d %s", body, a.status, a.body)
		}
	}
	if read() != brief {
		t.Fatalf("refused, and written:\n%s", read())
	}
	if a := s.do("POST", "api/approve", `{"slug":"brief","digest":"`+digest()+`","by":" Eind\n redactie"}`); a.status != 200 {
		t.Fatalf("%d %s", a.status, a.body)
	}
	if want := strings.Replace(brief, "01-01\n", "01-01\napproved:\n  by: Eind redactie\n  date: 2021-02-03\n  digest: "+digest()+"\n", 1); read() != want {
		t.Errorf("wrote\n%s", read())
	}
}

func TestTestMailOverHTTP(t *testing.T) {
	var fails error
	var asked string
	s := start(t, folder, func(o *desk.Options) {
		o.Test = func(_ context.Context, r *build.Result, slug string) ([]desk.Tested, error) {
			asked = slug
			return []desk.Tested{{To: "a@example.org", Sent: true}, {To: "b@example.org", Message: "vol"}}, fails
		}
	})
	const all = `"tested":[{"to":"a@example.org","sent":true},{"to":"b@example.org","sent":false,"message":"vol"}]`
	if a := s.do("POST", "api/test", `{"slug":"brief"}`); a.status != 200 || !strings.Contains(a.body, all) || asked != "brief" {
		t.Errorf("%d %s", a.status, a.body)
	}
	fails = errors.New("de mailserver is niet te bereiken")
	if a := s.do("POST", "api/test", `{"slug":"brief"}`); a.code() != "untested" || !strings.Contains(a.body, all) || !strings.Contains(a.body, "niet te bereiken") {
		t.Errorf("%d %s", a.status, a.body)
	}
	if a := start(t, folder).do("POST", "api/test", `{"slug":"brief"}`); a.status != 404 {
		t.Errorf("%d", a.status)
	}
}
