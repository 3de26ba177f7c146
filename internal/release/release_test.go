package release

import (
	"bytes"
	"flag"
	"os"
	"os/exec"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "draw the default theme's favicon.ico")

func TestAllThatIsInTheProgramHasANotice(t *testing.T) {
	text, err := Notices("../..", "./cmd/leerblad")
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"\nGo's standard library\n", "github.com/inconshreveable/mousetrap v", "@codemirror/state", "OpenTaal", "HTeuMeuLeu"} {
		if !strings.Contains(string(text), want) {
			t.Errorf("no notice of %s", want)
		}
	}
	// What the linker says is in the program.
	out, err := exec.Command("go", "list", "-deps", "-f", "{{with .Module}}{{if not .Main}}{{.Path}}{{end}}{{end}}", "../../cmd/leerblad").Output()
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range strings.Fields(string(out)) {
		if !strings.Contains(string(text), "\n"+name+" v") {
			t.Errorf("no notice of %s", name)
		}
	}
}

func TestWhatHasNoNoticeIsAnError(t *testing.T) {
	var p linked
	p.ImportPath, p.Dir = "example.org/a", t.TempDir()
	p.Module = &struct {
		Path, Version, Dir string
		Main               bool
	}{Path: "example.org/a", Dir: p.Dir}
	ignore := func([]byte, string) {}
	if err := module(p, ignore); err == nil || !strings.Contains(err.Error(), "has no licence") {
		t.Errorf("a module: %v", err)
	}
	p.EmbedFiles = []string{"new.js"}
	if err := embedded(p.Dir, p, ignore); err == nil || !strings.Contains(err.Error(), "do not say whose") {
		t.Errorf("an embedded file: %v", err)
	}
}

func TestIconIsTheSameEachTime(t *testing.T) {
	a, err := Icon(256)
	if err != nil {
		t.Fatal(err)
	}
	b, err := Icon(256)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(a, b) {
		t.Error("two icons differ")
	}
	svg, err := os.ReadFile("../../themes/default/assets/icon.svg")
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"M5 27C5 12.5 12.5 5 27 5c0 14.5-7.5 22-22 22Z", "#0b5563", "#f7f3ea"} {
		if !strings.Contains(string(svg), want) {
			t.Errorf("icon.svg has no %q; draw icon.go as it is now", want)
		}
	}
}

func TestFaviconIsTheIcon(t *testing.T) {
	want, err := Favicon()
	if err != nil {
		t.Fatal(err)
	}
	const name = "../../themes/default/assets/favicon.ico"
	if *update {
		if err := os.WriteFile(name, want, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if got, err := os.ReadFile(name); err != nil || !bytes.Equal(got, want) {
		t.Errorf("favicon.ico is not what icon.go draws (%v); run with -update", err)
	}
}
