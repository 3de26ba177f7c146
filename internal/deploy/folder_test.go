package deploy

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"leerblad/internal/output"
)

func plan(t *testing.T, dir, day string, files map[string]string) (*Plan, error) {
	t.Helper()
	set := output.NewSet()
	for name, data := range files {
		if err := set.Add(name, []byte(data)); err != nil {
			t.Fatal(err)
		}
	}
	target, err := Folder(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { target.Close() })
	p, err := NewPlan(context.Background(), set, target, Options{Day: day, Keep: 7})
	if err != nil {
		target.Close()
	}
	return p, err
}

func run(t *testing.T, dir, day string, files map[string]string) Report {
	t.Helper()
	p, err := plan(t, dir, day, files)
	if err != nil {
		t.Fatal(err)
	}
	defer p.target.Close()
	report, err := p.Run(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return report
}

func want(t *testing.T, got, want Report) {
	t.Helper()
	if got.Bytes = 0; got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
}

var one = map[string]string{"index.html": "1", "a/index.html": "a", "assets/a.1.css": "css", "feed.xml": "f"}
var two = map[string]string{"index.html": "2", "assets/a.2.css": "css2", "feed.xml": "f"}

func exists(dir, name string) bool {
	_, err := os.Stat(filepath.Join(dir, name))
	return err == nil
}

func TestDeploySendsWhatChangedAndKeepsAssetsForAWhile(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "CNAME"), []byte("mine"), 0o666); err != nil {
		t.Fatal(err)
	}
	want(t, run(t, dir, "2030-01-01", one), Report{Sent: 4})
	want(t, run(t, dir, "2030-01-01", one), Report{})
	want(t, run(t, dir, "2030-01-02", two), Report{Sent: 2, Removed: 1, Kept: 1})
	if !exists(dir, "assets/a.1.css") || exists(dir, "a") {
		t.Error("the old style must stay, and the old page go")
	}
	want(t, run(t, dir, "2030-01-09", two), Report{Removed: 1})
	if exists(dir, "assets/a.1.css") || !exists(dir, "CNAME") {
		t.Error("the old style must go, and what is not leerblad's stay")
	}
}

func TestDeployWithoutAManifestTouchesNothingForeign(t *testing.T) {
	for _, damage := range []string{"", "{", `{"files":{"../x":{}}}`} {
		dir := t.TempDir()
		run(t, dir, "2030-01-01", one)
		if err := os.WriteFile(filepath.Join(dir, ManifestName), []byte(damage), 0o666); err != nil {
			t.Fatal(err)
		}
		want(t, run(t, dir, "2030-01-01", one), Report{})
		if err := os.WriteFile(filepath.Join(dir, ManifestName), []byte(damage), 0o666); err != nil {
			t.Fatal(err)
		}
		var foreign *ForeignError
		if _, err := plan(t, dir, "2030-01-01", two); !errors.As(err, &foreign) || !slices.Equal(foreign.Paths, []string{"index.html"}) {
			t.Errorf("%q: %v", damage, err)
		}
	}
}

func TestTheSecondOfTwoDeploysStops(t *testing.T) {
	dir := t.TempDir()
	first, err := plan(t, dir, "2030-01-01", one)
	if err != nil {
		t.Fatal(err)
	}
	second, err := plan(t, dir, "2030-01-01", two)
	if err != nil {
		t.Fatal(err)
	}
	_, release, err := first.target.Lock(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := second.Run(t.Context()); !errors.Is(err, ErrBusy) {
		t.Errorf("while the first has the lock: %v", err)
	}
	release()
	if _, err := first.Run(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := second.Run(t.Context()); !errors.Is(err, ErrBusy) {
		t.Errorf("after the first: %v", err)
	}
	want(t, run(t, dir, "2030-01-01", one), Report{})
}

func TestWhatAKilledDeployWasWritingGoes(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, tempOf("index.html")), []byte("half"), 0o666); err != nil {
		t.Fatal(err)
	}
	want(t, run(t, dir, "2030-01-01", one), Report{Sent: 4})
	if exists(dir, tempOf("index.html")) {
		t.Error("it is still there")
	}
}

func TestFilesInTheWayAreReplacedWhenThatIsSaid(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "index.html"), []byte("another's"), 0o666); err != nil {
		t.Fatal(err)
	}
	if _, err := plan(t, dir, "2030-01-01", one); !errors.As(err, new(*ForeignError)) {
		t.Errorf("gave %v", err)
	}
	set := output.NewSet()
	if err := set.Add("index.html", []byte("1")); err != nil {
		t.Fatal(err)
	}
	target, err := Folder(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer target.Close()
	p, err := NewPlan(t.Context(), set, target, Options{Day: "2030-01-01", Replace: true})
	if err != nil || !slices.Equal(p.Changed, []string{"index.html"}) {
		t.Fatalf("%+v %v", p, err)
	}
	if _, err := p.Run(t.Context()); err != nil {
		t.Error(err)
	}
}

// A deploy that is broken off after any number of files is finished by the next.
func TestABrokenDeployIsFinishedByTheNext(t *testing.T) {
	for steps := range 3 {
		dir := t.TempDir()
		run(t, dir, "2030-01-01", one)
		p, err := plan(t, dir, "2030-01-01", two)
		if err != nil {
			t.Fatal(err)
		}
		ctx, stop := context.WithCancel(context.Background())
		left := steps
		p.options.Step = func() {
			if left--; left < 0 {
				stop()
			}
		}
		_, _ = p.Run(ctx) // broken off
		stop()
		p.target.Close()
		run(t, dir, "2030-01-01", two)
		data, err := os.ReadFile(filepath.Join(dir, "index.html"))
		if err != nil || string(data) != "2" || exists(dir, "a") {
			t.Errorf("after %d: %q %v", steps, data, err)
		}
	}
}

// What leads to something comes after it.
func TestNothingIsSentBeforeWhatItLeadsTo(t *testing.T) {
	dir := t.TempDir()
	run(t, dir, "2030-01-01", map[string]string{"index.html": "1", "a/index.html": "1", "search/client.js": "1", "search/a.bin": "1", "sitemap.xml": "1"})
	p, err := plan(t, dir, "2030-01-01", map[string]string{"index.html": "2", "a/index.html": "2", "b/index.html": "2", "search/client.js": "2", "search/b.bin": "2", "sitemap.xml": "2", "assets/x.css": "2"})
	if err != nil {
		t.Fatal(err)
	}
	if want := []string{"assets/x.css", "search/b.bin", "b/index.html", "search/client.js", "a/index.html", "index.html", "sitemap.xml"}; !slices.Equal(p.Send, want) {
		t.Errorf("the order is %q, want %q", p.Send, want)
	}
}
