package desk_test

import (
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"leerblad/internal/desk"
)

// listed is an answer with versions.
func (s *server) listed(address string) (git bool, versions []any) {
	s.Helper()
	a := s.get(address)
	if a.status != 200 {
		s.Fatalf("%d %s", a.status, a.body)
	}
	got := a.json(s.T)
	return got["git"].(bool), got["versions"].([]any)
}

func TestSavedTextsAreKeptWithoutGit(t *testing.T) {
	t.Setenv("GIT_CEILING_DIRECTORIES", os.TempDir())
	now := time.Date(2024, 3, 1, 12, 0, 0, 0, time.UTC)
	s := start(t, folder, func(o *desk.Options) { o.Clock = func() time.Time { return now } })
	address := "api/versions/sheets/een.md"
	if git, list := s.listed(address); git || len(list) > 0 {
		t.Fatalf("%v %v", git, list)
	}
	tag := s.get("api/texts/sheets/een.md").header.Get("ETag")
	saved := s.do("PUT", "api/texts/sheets/een.md", sheet+"Meer.\n", "If-Match", tag)
	if saved.status != 200 {
		t.Fatal(saved.body)
	}
	if a := s.do("DELETE", "api/texts/sheets/een.md?force=1", "", "If-Match", saved.header.Get("ETag")); a.status != 200 {
		t.Fatal(a.body)
	}
	_, list := s.listed(address)
	if len(list) != 2 {
		t.Fatalf("%v", list)
	}
	got := map[string]bool{}
	for _, v := range list {
		got[s.get(address+"?version="+url.QueryEscape(v.(map[string]any)["id"].(string))).body] = true
	}
	if !got[sheet] || !got[sheet+"Meer.\n"] {
		t.Errorf("%v", got)
	}
	if a := s.get(address + "?version=../../site.yaml"); a.code() != "not-found" {
		t.Errorf("%d %s", a.status, a.body)
	}
	if a := s.do("POST", "api/commit", `{"message":"Een"}`); a.code() != "no-git" {
		t.Errorf("%d %s", a.status, a.body)
	}
}

func TestCommitOverHTTP(t *testing.T) {
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("there is no git")
	}
	home := t.TempDir()
	t.Setenv("HOME", home)
	t.Setenv("XDG_CONFIG_HOME", home)
	t.Setenv("GIT_CONFIG_NOSYSTEM", "1")
	write(t, filepath.Join(home, ".gitconfig"), "[user]\n\tname = Een ander\n\temail = een@example.org\n")
	s := start(t, folder, func(o *desk.Options) { o.Clock = time.Now })
	cmd := exec.Command("git", "init", "--quiet")
	cmd.Dir = s.dir
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v %s", err, out)
	}
	if a := s.do("POST", "api/commit", `{"message":" "}`); a.code() != "bad-message" {
		t.Errorf("%d %s", a.status, a.body)
	}
	if a := s.do("POST", "api/commit", `{"message":"Eerste"}`); a.status != 200 || len(a.json(t)["paths"].([]any)) != len(folder) {
		t.Errorf("%d %s", a.status, a.body)
	}
	git, list := s.listed("api/versions/sheets/een.md")
	if !git || len(list) != 1 {
		t.Fatalf("%v %v", git, list)
	}
	if v := list[0].(map[string]any); v["what"] != "Eerste" || v["who"] != "Een ander" || s.get("api/versions/sheets/een.md?version="+v["id"].(string)).body != sheet {
		t.Errorf("%v", v)
	}
	if a := s.do("POST", "api/get", `{}`); a.code() != "git-failed" {
		t.Errorf("%d %s", a.status, a.body)
	}
	if _, err := os.Stat(filepath.Join(s.dir, ".leerblad")); err == nil {
		t.Error("versions are kept beside git")
	}
}
