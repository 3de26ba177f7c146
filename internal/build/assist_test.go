package build_test

import (
	"context"
	"path/filepath"
	"strings"
	"testing"

	"leerblad/internal/assist"
	"leerblad/internal/build"
	"leerblad/internal/diag"
)

// Each build can be asked, with what it says itself; it is told the same thing whoever asks first, and the build after it knows what changed.
func TestAssistIsOfItsBuild(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write(t, filepath.Join(dir, "site.yaml"), []byte("title: Proef\nurl: https://example.org/\n"))
	sheet := filepath.Join(dir, "sheets/a.md")
	write(t, sheet, []byte("---\ntitle: Eerste\ndate: 2021-05-01\n---\n\n- [+] Het begin. {reach=veel}\n"))
	write(t, filepath.Join(dir, "topics/b.md"), []byte("---\ntitle: Thema\n---\n"))
	b := build.New(build.Options{Content: dir, Now: "2021-06-01"}, nil)
	first, err := b.Build(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	p := first.Assist()
	if p != first.Assist() {
		t.Error("made twice")
	}
	if problems := p.Problems("sheets/a.md"); len(problems) == 0 || problems[0].Code != "bad-choice" {
		t.Errorf("%v", problems)
	}
	found := func(p *assist.Publication, query string) string {
		var out []string
		for _, f := range p.Find(query, assist.FindOptions{}, diag.Dutch) {
			out = append(out, f.KindName+" "+f.Reference)
		}
		return strings.Join(out, ", ")
	}
	if got := found(p, "begin"); got != "Sheet sheets/a#het-begin" {
		t.Error(got)
	}
	write(t, sheet, []byte("---\ntitle: Tweede\ndate: 2021-05-01\n---\n\n- [+] Het slot.\n"))
	second, err := b.Build(context.Background(), sheet)
	if err != nil {
		t.Fatal(err)
	}
	if got := found(second.Assist(), "slot"); got != "Sheet sheets/a#het-slot" || found(second.Assist(), "begin") != "" || second.Assist().Problems("sheets/a.md") != nil {
		t.Error(got)
	}
	if got := found(second.Assist(), "thema"); got != "Thema topics/b" {
		t.Error(got)
	}
	if got := found(p, "begin"); got != "Sheet sheets/a#het-begin" {
		t.Errorf("the first build says %s", got)
	}
}
