package main

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"
	"time"
)

// tour is the README's tour for editors, while it is taken.
type tour struct {
	*testing.T
	text   string  // of the tour
	blocks []block // that are still to come
	dir    string  // in which one is
	env    []string
	site   string // the preview's address
	made   string // the file that new made last
}

// block is a fenced block of the README.
type block struct {
	language string
	lines    []string
}

var (
	fence     = regexp.MustCompile("(?ms)^( *)```(\\w+)\n(.*?)^ *```$")
	command   = regexp.MustCompile(`"[^"]*"|\S+`)
	atAddress = regexp.MustCompile(`http://127\.0\.0\.1:\d+/`)
)

// TestTour does what the README tells an editor to do, and wants what it says that one sees then. The commands, what they print, and what is
// written into files are the README's own words.
func TestTour(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the browser that it opens is a shell script")
	}
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, text, _ := strings.Cut(string(readme), "\n## Five minutes for an editor\n")
	text, _, _ = strings.Cut(text, "\n## ")
	w := &tour{T: t, text: strings.Join(strings.Fields(text), " "), dir: t.TempDir()}
	for _, m := range fence.FindAllStringSubmatch(text, -1) {
		body := strings.TrimSuffix(strings.TrimPrefix(strings.ReplaceAll("\n"+m[3], "\n"+m[1], "\n"), "\n"), "\n")
		w.blocks = append(w.blocks, block{m[2], strings.Split(body, "\n")})
	}
	bin, opened := t.TempDir(), filepath.Join(t.TempDir(), "opened")
	w.env = append(os.Environ(), "GOBIN="+bin, "PATH="+bin+string(filepath.ListSeparator)+os.Getenv("PATH"))
	for _, name := range []string{"xdg-open", "open"} {
		w.write(filepath.Join(bin, name), "#!/bin/sh\necho \"$1\" >"+opened+"\n")
		if err := os.Chmod(filepath.Join(bin, name), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	w.install(w.told("`(go install \\./cmd/leerblad)`"))
	w.env = append(w.env, "XDG_CACHE_HOME="+t.TempDir())

	w.block() // Begin
	w.until("the browser opens", func() bool { data, _ := os.ReadFile(opened); return strings.TrimSpace(string(data)) == w.site })
	w.shows("", "Onze lerende evaluatie")

	w.block() // Write
	w.block()
	w.shows("sheets/tweede-sheet/", `id="vinden-elkaar"`, "Partijen vinden elkaar gemakkelijker.", "Concept: nog niet gepubliceerd")
	w.told(`The heading puts them under the topic \*(Samenwerking)\*`)
	w.shows("themas/samenwerking/", "Partijen vinden elkaar gemakkelijker.", "De samenwerking verloopt soms stroef.")

	w.block() // Refer
	w.replace(`(?m)^evidence: .*`, w.told("`(evidence: [^`]*)` says what it rests on"))
	w.replace(`(?s)\n---\n.*`, "\n---\n\nZie "+w.told("`(\\[tekst\\][^`]*)` links to another entry")+".\n\n"+w.told("`(\\[tekst\\][^`]*)` links to another entry; alone in a paragraph it becomes a card")+"\n")
	w.shows("aanbevelingen/spreek-elkaar-vaker/", "/sheets/tweede-sheet/#vinden-elkaar", `Zie <a href="/praktijkverhalen/eerste-verhaal/">tekst</a>`, "Een voorbeeld van een praktijkverhaal.")

	w.made = "content/sheets/tweede-sheet.md" // See a mistake
	good := w.read(w.made)
	w.replace(`(?m)^summary: .*`, w.told("write `(summry: [^`]*)` in place of the line `summary: …`"))
	w.replace(`\z`, "\n"+strings.Repeat("Een zin met te veel woorden ", 8)+"is moeilijk te lezen.\n")
	mistake := w.blocks[0].lines[1]
	w.block()
	if out := w.run(1, "leerblad", "check"); !strings.Contains(out, "hint [long-sentence]") {
		t.Errorf("check gives no hints:\n%s", out)
	}
	w.told("add `(--lang en)` for English messages")
	if out := w.run(1, "leerblad", "check", "--lang", "en"); !strings.Contains(out, "error [unknown-key]: unknown name ‘summry’ (draft)") {
		t.Errorf("check in English:\n%s", out)
	}
	_, message, _ := strings.Cut(strings.TrimSuffix(mistake, " (concept)"), "]: ")
	w.told("`check` shows (all mistakes at once, with hints for readability). The preview keeps the last good page and shows the same message")
	w.shows("_leerblad/builds/", message, "tweede-sheet.md")
	w.shows("sheets/tweede-sheet/", "Partijen vinden elkaar gemakkelijker.")
	w.write(w.made, good)

	w.replace(`(?m)^`+w.told("remove `(draft: true)`")+`.*\n`, "") // Publish
	w.block()
	page := w.read("public/sheets/tweede-sheet/index.html")
	if !strings.Contains(page, "Partijen vinden elkaar") || !strings.Contains(page, `href="/assets/`) {
		t.Error("the sheet is not as it should be on the site")
	}
	if _, err := os.Stat(filepath.Join(w.dir, "public/aanbevelingen/spreek-elkaar-vaker")); err == nil {
		t.Error("a draft is published")
	}
	for _, at := range []string{"_leerblad/builds/", "_leerblad/newsletters/"} {
		w.told("<(http://127.0.0.1:8080/" + at + ")>")
		w.shows(at, "<!doctype html>")
	}
	if len(w.blocks) > 0 {
		t.Errorf("nobody tries the block %q", w.blocks[0].lines)
	}
}

// told gives what the tour says at a place, of which form has one group. A tour that no longer says so needs another test.
func (w *tour) told(form string) string {
	w.Helper()
	m := regexp.MustCompile(form).FindStringSubmatch(w.text)
	if m == nil {
		w.Fatalf("the tour no longer says %s", form)
	}
	return m[1]
}

// block does what the next block says.
func (w *tour) block() {
	w.Helper()
	b := w.blocks[0]
	w.blocks = w.blocks[1:]
	if b.language == "markdown" {
		w.replace(`(?s)\n---\n.*`, "\n---\n\n"+strings.Join(b.lines, "\n")+"\n")
		return
	}
	for len(b.lines) > 0 {
		line, ok := strings.CutPrefix(b.lines[0], "$ ")
		if !ok {
			w.Fatalf("no command: %q", b.lines[0])
		}
		words := command.FindAllString(line, -1)
		for i := range words {
			words[i] = strings.Trim(words[i], `"`)
		}
		var wanted []string
		for b.lines = b.lines[1:]; len(b.lines) > 0 && !strings.HasPrefix(b.lines[0], "$ "); b.lines = b.lines[1:] {
			wanted = append(wanted, regexp.QuoteMeta(b.lines[0]))
		}
		want := strings.ReplaceAll(strings.Join(wanted, "\n"), "…", ".*")
		switch {
		case words[0] == "cd":
			w.dir = filepath.Join(w.dir, words[1])
			continue
		case words[1] == "watch":
			w.watch(words, want)
			continue
		}
		status := 0
		if strings.Contains(want, ": fout ") {
			status = 1
		}
		out := w.run(status, words...)
		if !regexp.MustCompile("(?m)^" + want + "$").MatchString(out) {
			w.Errorf("%s says\n%swant\n%s", line, out, want)
		}
		if words[1] == "new" {
			w.made = strings.TrimSpace(out)
		}
	}
}

// run runs a command, which must end with a status, and gives what it prints.
func (w *tour) run(status int, words ...string) string {
	w.Helper()
	cmd := w.command(words)
	out, _ := cmd.CombinedOutput()
	if got := cmd.ProcessState.ExitCode(); got != status {
		w.Fatalf("%q ended with %d, want %d\n%s", words, got, status, out)
	}
	return string(out)
}

func (w *tour) command(words []string) *exec.Cmd {
	cmd := exec.CommandContext(context.Background(), words[0], words[1:]...)
	for _, e := range w.env {
		if bin, ok := strings.CutPrefix(e, "GOBIN="); ok && words[0] == "leerblad" {
			cmd.Path, cmd.Err = filepath.Join(bin, words[0]), nil
		}
	}
	cmd.Dir, cmd.Env = w.dir, w.env
	return cmd
}

func (w *tour) install(line string) {
	cmd := w.command(strings.Fields(line))
	cmd.Dir = "../.."
	if out, err := cmd.CombinedOutput(); err != nil {
		w.Fatalf("%s: %v\n%s", line, err, out)
	}
}

// watch starts the preview, which may have to take another port than the tour says.
func (w *tour) watch(words []string, want string) {
	cmd := w.command(words)
	out, err := cmd.StdoutPipe()
	if err != nil {
		w.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		w.Fatal(err)
	}
	w.Cleanup(func() {
		_ = cmd.Process.Signal(os.Interrupt)
		_ = cmd.Wait()
	})
	line := make([]byte, 500)
	n, _ := out.Read(line)
	line = bytes.TrimSpace(line[:n])
	w.site = string(atAddress.Find(line))
	if same := atAddress.ReplaceAllString(strings.ReplaceAll(want, `\`, ""), w.site); same != string(line) {
		w.Fatalf("watch says %q, want %q", line, same)
	}
}

// shows wants texts on a page of the preview, soon.
func (w *tour) shows(path string, texts ...string) {
	w.Helper()
	for _, text := range texts {
		w.until(path+" shows "+text, func() bool {
			response, err := http.Get(w.site + path)
			if err != nil {
				return false
			}
			defer response.Body.Close()
			page, _ := io.ReadAll(response.Body)
			return strings.Contains(string(page), text)
		})
	}
}

func (w *tour) until(what string, is func() bool) {
	w.Helper()
	for range 200 {
		if is() {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	w.Fatalf("not so after ten seconds: %s", what)
}

// replace replaces what a form matches in the file that was made last.
func (w *tour) replace(form, text string) {
	w.Helper()
	old := w.read(w.made)
	next := regexp.MustCompile(form).ReplaceAllLiteralString(old, text)
	if next == old {
		w.Fatalf("nothing in %s is like %s", w.made, form)
	}
	w.write(w.made, next)
}

func (w *tour) path(name string) string {
	if filepath.IsAbs(name) {
		return name
	}
	return filepath.Join(w.dir, name)
}

func (w *tour) read(name string) string {
	w.Helper()
	data, err := os.ReadFile(w.path(name))
	if err != nil {
		w.Fatal(err)
	}
	return string(data)
}

func (w *tour) write(name, text string) {
	w.Helper()
	if err := os.WriteFile(w.path(name), []byte(text), 0o644); err != nil {
		w.Fatal(err)
	}
}
