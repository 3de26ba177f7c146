package newsletter_test

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/jpeg"
	"image/png"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"golang.org/x/tools/txtar"

	"leerblad/internal/build"
	"leerblad/internal/newsletter"
)

// pictures is a folder that keeps scaled pictures while the tests run.
var pictures string

func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "leerblad-pictures-")
	if err != nil {
		panic(err)
	}
	pictures = dir
	status := m.Run()
	os.RemoveAll(dir)
	os.Exit(status)
}

// sample gives the sample publication as on a day on which all of it is published, built once.
func sample(t testing.TB) *build.Result {
	samples.Do(func() {
		sampled = built(t, "../../content")
		faultless(t, sampled)
	})
	return sampled
}

var (
	samples sync.Once
	sampled *build.Result
)

// all builds the publication of testdata/all.txtar.
func all(t testing.TB) *build.Result {
	archive, err := txtar.ParseFile("testdata/all.txtar")
	if err != nil {
		t.Fatal(err)
	}
	r := buildWith(t, archive)
	faultless(t, r)
	return r
}

// buildWith builds a publication with the pictures that its texts may show.
func buildWith(t testing.TB, archive *txtar.Archive) *build.Result {
	t.Helper()
	dir := t.TempDir()
	put := func(name string, data []byte) {
		name = filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for _, f := range archive.Files {
		put(f.Name, f.Data)
	}
	drawing, photo := drawings()
	put("media/groot.png", drawing)
	put("media/foto.jpg", photo)
	put("media/rapport.pdf", []byte("%PDF-1.4\n"))
	return built(t, dir)
}

// drawings makes a PNG that is too large for mail and a JPEG that is not.
var drawings = sync.OnceValues(func() (asPNG, asJPEG []byte) {
	large := image.NewRGBA(image.Rect(0, 0, 1600, 900))
	for i := range large.Pix {
		large.Pix[i] = byte(i / 6400)
	}
	var drawing, photo bytes.Buffer
	if err := errors.Join(png.Encode(&drawing, large), jpeg.Encode(&photo, image.NewGray(image.Rect(0, 0, 400, 300)), nil)); err != nil {
		panic(err)
	}
	return drawing.Bytes(), photo.Bytes()
})

func built(t testing.TB, content string) *build.Result {
	t.Helper()
	r, err := build.New(build.Options{Content: content, Now: "2021-07-01", Cache: pictures}, nil).Build(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func faultless(t testing.TB, r *build.Result) {
	t.Helper()
	for _, d := range append(r.Problems, r.Hints()...) {
		line, _ := d.Span.Position()
		t.Errorf("%s:%d: %s", d.Span.File.Path, line, d.Message("nl"))
	}
}

// mailOf gives the mail of an issue for a profile.
func mailOf(t testing.TB, r *build.Result, slug, profile string) *newsletter.Mail {
	t.Helper()
	m, err := r.Mail(slug, profile)
	if err != nil || m == nil {
		t.Fatalf("no mail of %s: %v", slug, err)
	}
	return m
}

// issues gives the mails of the sample and of the issue with everything, by name.
func issues(t testing.TB, profile string) map[string]*newsletter.Mail {
	return issuesWith(t, all(t), profile)
}

// issuesWith is issues where all is built already.
func issuesWith(t testing.TB, all *build.Result, profile string) map[string]*newsletter.Mail {
	out := map[string]*newsletter.Mail{}
	r := sample(t)
	for _, i := range r.Issues() {
		out[i.Slug] = mailOf(t, r, i.Slug, profile)
	}
	out["alles"] = mailOf(t, all, "alles", profile)
	return out
}
