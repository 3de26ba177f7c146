package browser_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"image"
	"image/jpeg"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"leerblad/internal/build"
	"leerblad/internal/output"
)

// goodMail is a mail without faults.
const goodMail = "../newsletter/lint/testdata/good.html"

// lost gives what mails lose in clients and tools, a line each: "mail strip width scheme: problem". Each file in the folder that ends in
// .html is a mail.
func lost(t *testing.T, dir string) []string {
	t.Helper()
	var out []string
	for line := range bytes.Lines(tool(t, "node", "mail.mjs", dir)) {
		var p struct {
			Mail, Strip, Scheme, Problem string
			Width                        int
		}
		if err := json.Unmarshal(line, &p); err != nil {
			t.Fatalf("%v: %s", err, line)
		}
		out = append(out, fmt.Sprintf("%s %s %d %s: %s", p.Mail, p.Strip, p.Width, p.Scheme, p.Problem))
	}
	return out
}

// everything builds the publication with an issue of everything and writes it to a folder.
func everything(t *testing.T) (dir string) {
	t.Helper()
	archive, err := txtar.ParseFile("../newsletter/testdata/all.txtar")
	if err != nil {
		t.Fatal(err)
	}
	var drawing, photo bytes.Buffer
	if err := errors.Join(png.Encode(&drawing, image.NewGray(image.Rect(0, 0, 1600, 900))), jpeg.Encode(&photo, image.NewGray(image.Rect(0, 0, 400, 300)), nil)); err != nil {
		t.Fatal(err)
	}
	content := t.TempDir()
	for _, f := range append(archive.Files, txtar.File{Name: "media/groot.png", Data: drawing.Bytes()}, txtar.File{Name: "media/foto.jpg", Data: photo.Bytes()},
		txtar.File{Name: "media/rapport.pdf", Data: []byte("%PDF-1.4\n")}) {
		name := filepath.Join(content, f.Name)
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, f.Data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	result, err := build.New(build.Options{Content: content, Cache: pictures, Now: "2021-07-01"}, nil).Build(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	set, err := result.Set()
	if err != nil {
		t.Fatal(err)
	}
	dir = t.TempDir()
	if _, err := output.Sync(context.Background(), set, dir); err != nil {
		t.Fatal(err)
	}
	return dir
}

// mails are the issues of the sample, and the one with everything in the site that everything makes.
var (
	sampleMails    = []string{"nieuwsbrieven/2021-04-eerste-sheet/mail.html", "nieuwsbrieven/2021-06-leren-van-tegenvallers/mail.html"}
	everythingMail = "nieuwsbrieven/alles/mail.html"
)

func TestMailSurvivesClientsAndTools(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	add := func(from, name string) {
		text, err := os.ReadFile(from)
		if err == nil {
			err = os.WriteFile(filepath.Join(dir, name), text, 0o644)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	add(goodMail, "good.html")
	site, _ := sample(t, "")
	for i, name := range sampleMails {
		add(filepath.Join(site, name), fmt.Sprintf("sample%d.html", i+1))
	}
	add(filepath.Join(everything(t), everythingMail), "everything.html")
	for _, problem := range lost(t, dir) {
		t.Error(problem)
	}
}

func TestWhatMailLosesIsFound(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile(goodMail)
	if err != nil {
		t.Fatal(err)
	}
	type fault struct{ old, new, want string }
	mails := [][]fault{{
		{`<ul`, `<p class="late">Later</p><ul`, "style 320 light: other words"},
		{`<ul`, `<p class="wide">Wide</p><ul`, "moved 320 light: wider than the window"},
		{`color:#1b1b1b">` + "\n<h1", `color:#8a8a8a">` + "\n<h1", "nothing 320 light: contrast 3.45 shown: In deze"},
		{`color:#0b5394;text-decoration:underline`, `color:#1b1b1b;background:#c8c8c8;text-decoration:underline`, "nothing 320 light: contrast 1.67 half-inverted: derde"},
		{` alt="Kaart van de regio’s"`, ``, "nothing 600 light: axe image-alt"},
		{`.ink { color: #f2f2f2`, `.ink { color: #555555`, "nothing 320 dark: contrast 2.24 shown: Wat wij"},
	}, {
		{`<ul`, `<a class="late" href="https://example.org/later/" style="color:#0b5394">Later</a><ul`, "names 320 light: other links"},
		{`style="max-width:600px;`, `style="width:700px;`, "nothing 600 light: wider than the window"},
		{`color:#1b1b1b">` + "\n<h1", `color:#707070">` + "\n<h1", "nothing 320 light: contrast 4.37 inverted: In deze"},
		{`;background-color:#154273`, ``, "attributes 320 light: contrast 1.00 shown: Naar het"},
	}, {
		{`font-size:16px;line-height:24px;mso-line-height-rule:exactly;color:#1b1b1b`, `font-size:16px`, "pasted 320 light: contrast 3.54 shown: In deze"},
	}}
	dir := t.TempDir()
	for i, faults := range mails {
		mail := strings.Replace(string(text), "<style>", "<style>.late { display: none } @media screen { .wide { width: 1100px } }", 1)
		for _, f := range faults {
			mail = strings.Replace(mail, f.old, f.new, 1)
		}
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprint(i, ".html")), []byte(mail), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	all := strings.Join(lost(t, dir), "\n")
	for i, faults := range mails {
		for _, f := range faults {
			if want := fmt.Sprintf("%d.html %s", i, f.want); !strings.Contains(all, want) {
				t.Errorf("no %q", want)
			}
		}
	}
}

// The lint and the tests above guess what clients make of colours in dark mode. Chromium's own dark mode is one of them.
func TestHalfInvertedColorsAreChromiums(t *testing.T) {
	for line := range bytes.Lines(tool(t, "node", "dark.mjs")) {
		t.Errorf("%s", line)
	}
}

func TestMessagesAreReadAsTheyWereWritten(t *testing.T) {
	run := func(dir string, mails ...string) {
		for line := range bytes.Lines(tool(t, "node", append([]string{"eml.mjs", dir}, mails...)...)) {
			t.Errorf("%s", line)
		}
	}
	dir, _ := sample(t, "")
	run(dir, sampleMails...)
	run(everything(t), everythingMail)
}
