package deploy

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"leerblad/internal/output"
)

// suite tries what every target must do. open gives the same target each time, at first without a file.
func suite(t *testing.T, open func() Target) {
	ctx := t.Context()
	before, after := beat, stale
	beat, stale = 100*time.Millisecond, 2*time.Second
	t.Cleanup(func() { beat, stale = before, after })

	planned := func(day string, files map[string]string) (*Plan, error) {
		set := output.NewSet()
		for name, data := range files {
			if err := set.Add(name, []byte(data)); err != nil {
				t.Fatal(err)
			}
		}
		target := open()
		t.Cleanup(func() { target.Close() })
		return NewPlan(ctx, set, target, Options{Day: day, Keep: 7})
	}
	deployed := func(day string, files map[string]string) Report {
		t.Helper()
		p, err := planned(day, files)
		if err != nil {
			t.Fatal(err)
		}
		report, err := p.Run(ctx)
		if err != nil {
			t.Fatal(err)
		}
		return report
	}
	target := open()
	defer target.Close()
	read := func(name string) string {
		t.Helper()
		f, err := target.Open(ctx, name)
		if err != nil {
			return err.Error()
		}
		defer f.Close()
		data, err := io.ReadAll(f)
		if err != nil {
			t.Fatal(err)
		}
		return string(data)
	}
	put := func(name, text string) {
		t.Helper()
		if err := target.Put(ctx, File{Name: name, Size: int64(len(text)), Body: bytes.NewReader([]byte(text))}); err != nil {
			t.Fatal(err)
		}
	}

	odd := "bijlagen/één & twee #3 100%+.txt"
	first := map[string]string{"index.html": "1", "a/index.html": "a", "assets/a.1.css": "css", "feed.xml": "f", odd: "odd", "empty.txt": ""}
	second := map[string]string{"index.html": "2", "assets/a.2.css": "css2", "feed.xml": "f", odd: "odd", "empty.txt": ""}
	put("elders/van een ander.html", "foreign")
	want(t, deployed("2030-01-01", first), Report{Sent: 6})
	want(t, deployed("2030-01-01", first), Report{})
	if got := read(odd); got != "odd" {
		t.Errorf("%s has %q", odd, got)
	}
	want(t, deployed("2030-01-02", second), Report{Sent: 2, Removed: 1, Kept: 1})
	if read("index.html") != "2" || read("assets/a.1.css") != "css" || read("a/index.html") == "a" {
		t.Error("the old style must stay, and the old page go")
	}
	want(t, deployed("2030-01-09", second), Report{Removed: 1})

	for _, damage := range []string{"", "{"} {
		_, version, err := target.Read(ctx, ManifestName)
		if err != nil {
			t.Fatal(err)
		}
		if damage == "" {
			err = target.Delete(ctx, ManifestName)
		} else {
			_, err = target.Write(ctx, ManifestName, []byte(damage), version)
		}
		if err != nil {
			t.Fatal(err)
		}
		var foreign *ForeignError
		if _, err := planned("2030-01-09", first); !errors.As(err, &foreign) || !slices.Equal(foreign.Paths, []string{"index.html"}) {
			t.Errorf("with manifest %q another site gives %v", damage, err)
		}
		want(t, deployed("2030-01-09", second), Report{})
	}
	if read("elders/van een ander.html") != "foreign" {
		t.Error("the file of another is gone")
	}

	// Only over what was read.
	version, err := target.Write(ctx, "own", []byte("1"), "")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := target.Write(ctx, "own", []byte("2"), ""); !errors.Is(err, ErrBusy) {
		t.Errorf("over what is there: %v", err)
	}
	next, err := target.Write(ctx, "own", []byte("3"), version)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := target.Write(ctx, "own", []byte("4"), version); !errors.Is(err, ErrBusy) {
		t.Errorf("over another: %v", err)
	}
	if data, now, err := target.Read(ctx, "own"); string(data) != "3" || now != next || err != nil {
		t.Errorf("%q of version %q, not %q: %v", data, now, next, err)
	}
	if err := target.Delete(ctx, "own"); err != nil {
		t.Error(err)
	}

	// Two at once, and one that was killed.
	other := open()
	defer other.Close()
	_, release, err := other.Lock(ctx, nil)
	if err != nil {
		t.Fatal(err)
	}
	p, err := planned("2030-01-09", first)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.Run(ctx); !errors.Is(err, ErrBusy) {
		t.Errorf("while another sends: %v", err)
	}
	if read("index.html") != "2" {
		t.Error("the second sent something")
	}
	release()
	if _, err := target.Write(ctx, lockName, []byte("killed"), ""); err != nil {
		t.Fatal(err)
	}
	want(t, deployed("2030-01-09", first), Report{Sent: 3, Kept: 1})

	// Of a film no more is held than the connection needs.
	const size = 20 << 20
	film := filepath.Join(t.TempDir(), "film.mp4")
	f, err := os.Create(film)
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.New()
	for i := range size / 16 {
		fmt.Fprintf(io.MultiWriter(f, sum), "%15d\n", i)
	}
	f.Close()
	set := output.NewSet()
	if err := set.AddStream("film.mp4", output.Stream{Size: size, Digest: [32]byte(sum.Sum(nil)), Open: func() (*os.File, error) { return os.Open(film) }}); err != nil {
		t.Fatal(err)
	}
	third := open()
	defer third.Close()
	p, err = NewPlan(ctx, set, third, Options{Day: "2030-01-09"})
	if err != nil {
		t.Fatal(err)
	}
	if report, err := p.Run(ctx); err != nil || report.Bytes != size {
		t.Fatalf("%+v %v", report, err)
	}
	if there, err := digestAt(ctx, target, "film.mp4"); err != nil || there != fmt.Sprintf("%x", sum.Sum(nil)) {
		t.Errorf("the film is %s: %v", there, err)
	}
	if names, err := target.List(ctx); err != nil || !slices.Equal(names, []string{"elders/van een ander.html", "film.mp4"}) {
		t.Errorf("there are %q: %v", names, err)
	}
}

// serves wants that a store sends each kind of file as it should; address gives where a file can be read.
func serves(t *testing.T, target Target, address func(name string) string) {
	t.Helper()
	if _, err := deployTo(t.Context(), target, site(t, 0)); err != nil {
		t.Fatal(err)
	}
	film := File{"film.mp4", largestPut + 1, bytes.NewReader(make([]byte, largestPut+1)), Header{ContentType: "video/mp4", CacheControl: "public, max-age=300"}}
	if err := target.Put(t.Context(), film); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string][3]string{
		"index.html":     {"text/html; charset=utf-8", "public, max-age=300", "gzip"},
		"404.html":       {"text/html; charset=utf-8", "no-cache", "gzip"},
		"old/index.html": {"text/html; charset=utf-8", "public, max-age=300", "gzip"}, // leads on by itself
		"assets/a.1.css": {"text/css; charset=utf-8", "public, max-age=31536000, immutable", "gzip"},
		"assets/a.1.png": {"image/png", "public, max-age=31536000, immutable", ""},
		"feed.xml":       {"application/xml; charset=utf-8", "public, max-age=300", "gzip"},
		"data.csv":       {"text/csv; charset=utf-8", "public, max-age=300", "gzip"},
		"mail.eml":       {"message/rfc822", "public, max-age=300", "gzip"},
		"film.mp4":       {"video/mp4", "public, max-age=300", ""},
	} {
		request, err := http.NewRequest("GET", address(name), nil)
		if err != nil {
			t.Fatal(err)
		}
		request.Header.Set("Accept-Encoding", "gzip") // so that the client leaves the answer as it is
		answer, err := http.DefaultClient.Do(request)
		if err != nil {
			t.Fatal(err)
		}
		answer.Body.Close()
		h := answer.Header
		if got := [3]string{h.Get("Content-Type"), h.Get("Cache-Control"), h.Get("Content-Encoding")}; got != want || answer.StatusCode != 200 {
			t.Errorf("%s: %d %q, want %q", name, answer.StatusCode, got, want)
		}
	}
	names, err := target.List(t.Context())
	if err != nil || slices.ContainsFunc(names, setting) {
		t.Errorf("settings for hosts are sent: %q %v", names, err)
	}
}

// survivesABadDay deploys by way of bad, a connection on which much goes wrong, to a place that good leads to as well; sent is how many files that takes.
func survivesABadDay(t *testing.T, bad, good Target, set *output.Set, sent int) {
	t.Helper()
	if report, err := deployTo(t.Context(), bad, set); err != nil || report.Sent != sent {
		t.Fatalf("%+v %v", report, err)
	}
	if report, err := deployTo(t.Context(), good, set); err != nil || report.Sent != 0 {
		t.Errorf("then %+v %v", report, err)
	}
	if err := good.Delete(t.Context(), ManifestName); err != nil {
		t.Fatal(err)
	}
	if report, err := deployTo(t.Context(), bad, set); err != nil || report.Sent != 0 {
		t.Errorf("compared file by file: %+v %v", report, err)
	}
}
