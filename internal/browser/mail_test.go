package browser_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
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

func TestMailSurvivesClientsAndTools(t *testing.T) {
	text, err := os.ReadFile(goodMail)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "good.html"), text, 0o644); err != nil {
		t.Fatal(err)
	}
	for _, problem := range lost(t, dir) {
		t.Error(problem)
	}
}

func TestWhatMailLosesIsFound(t *testing.T) {
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
