package desk_test

import (
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"runtime"
	"strings"
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

// gitHome has git find a home of its own, and no repository above the temporary folders. It gives where git is.
func gitHome(t *testing.T) string {
	t.Helper()
	git, err := exec.LookPath("git")
	if err != nil {
		t.Fatal("install git: ", err)
	}
	home := t.TempDir()
	t.Setenv("HOME", home)
	t.Setenv("XDG_CONFIG_HOME", home)
	t.Setenv("GIT_CONFIG_NOSYSTEM", "1")
	t.Setenv("GIT_CEILING_DIRECTORIES", os.TempDir())
	write(t, filepath.Join(home, ".gitconfig"), "[user]\n\tname = Een ander\n\temail = een@example.org\n")
	return git
}

// wrapGit puts a program before git in the path, which does some lines of shell and then git.
func wrapGit(t *testing.T, git, lines string) {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("what stands in for git is a shell script")
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "git"), []byte("#!/bin/sh\n"+lines+"\nexec '"+git+"' \"$@\"\n"), 0o777); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", dir+string(os.PathListSeparator)+os.Getenv("PATH"))
}

// run runs git in the publication.
func (s *server) run(args ...string) {
	s.Helper()
	cmd := exec.Command("git", args...)
	cmd.Dir = s.dir
	if out, err := cmd.CombinedOutput(); err != nil {
		s.Fatalf("git %q: %v %s", args, err, out)
	}
}

func TestSavesLookForGitOnce(t *testing.T) {
	git := gitHome(t)
	asked := filepath.Join(t.TempDir(), "asked")
	wrapGit(t, git, "echo \"$*\" >> '"+asked+"'")
	s := start(t, folder, func(o *desk.Options) { o.Clock = time.Now })
	save := func(words string) {
		t.Helper()
		tag := s.get("api/texts/sheets/een.md").header.Get("ETag")
		if a := s.do("PUT", "api/texts/sheets/een.md", sheet+words, "If-Match", tag); a.status != 200 {
			t.Fatal(a.body)
		}
	}
	lookedUp := func() int {
		data, _ := os.ReadFile(asked)
		return strings.Count(string(data), "--is-inside-work-tree")
	}
	for i := range 3 {
		save(fmt.Sprint("Zonder git ", i))
	}
	if n := lookedUp(); n != 1 {
		t.Errorf("three saves looked for git %d times", n)
	}
	s.run("init", "--quiet")
	for i := range 3 {
		save(fmt.Sprint("Met git ", i))
	}
	if n := lookedUp(); n != 2 {
		t.Errorf("after a repository came, saves looked for git %d times", n-1)
	}
	if git, list := s.listed("api/versions/sheets/een.md"); !git || len(list) > 0 || lookedUp() != 3 {
		t.Errorf("%v, %v, looked %d times", git, list, lookedUp())
	}
	if err := os.RemoveAll(filepath.Join(s.dir, ".git")); err != nil {
		t.Fatal(err)
	}
	save("Weer zonder")
	if git, list := s.listed("api/versions/sheets/een.md"); git || len(list) != 4 { // three of before, and the last of git
		t.Errorf("%v, %d versions", git, len(list))
	}
}

func TestRepositoryOfAnotherUser(t *testing.T) {
	git := gitHome(t)
	s := start(t, folder, func(o *desk.Options) { o.Clock = time.Now })
	s.run("init", "--quiet")
	wrapGit(t, git, "export GIT_TEST_ASSUME_DIFFERENT_OWNER=1")
	tag := s.get("api/texts/sheets/een.md").header.Get("ETag")
	if a := s.do("PUT", "api/texts/sheets/een.md", sheet+"Meer.\n", "If-Match", tag); a.status != 200 {
		t.Fatal(a.body)
	}
	a := s.get("api/versions/sheets/een.md").json(t)
	problem, _ := a["problem"].(string)
	if a["git"] != false || len(a["versions"].([]any)) != 1 || !strings.Contains(problem, "git config --global --add safe.directory '") {
		t.Errorf("%v", a)
	}
	for _, act := range []string{"commit", "get", "share"} {
		if a := s.do("POST", "api/"+act, `{"message":"Een"}`); a.status != 409 || a.code() != "git-owner" {
			t.Errorf("%s: %d %s", act, a.status, a.body)
		}
	}
}

func TestCommitOverHTTP(t *testing.T) {
	gitHome(t)
	s := start(t, folder, func(o *desk.Options) { o.Clock = time.Now })
	s.run("init", "--quiet")
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
	editor := s.session.Open()
	defer editor.Close()
	editor.Unsaved("sheets/een.md", []byte(sheet+"Niet bewaard.\n"))
	for end := time.Now().Add(5 * time.Second); len(s.session.Unsaved()) == 0 && time.Now().Before(end); {
		time.Sleep(10 * time.Millisecond)
	}
	if a := s.get("api/versions").json(t); !reflect.DeepEqual(a["unsaved"], []any{"sheets/een.md"}) || len(a["changed"].([]any)) > 0 {
		t.Errorf("%v", a)
	}
	for _, act := range []string{"get", "share"} {
		if a := s.do("POST", "api/"+act, `{}`); a.code() != "no-remote" {
			t.Errorf("%d %s", a.status, a.body)
		}
	}
	s.run("remote", "add", "origin", "nergens")
	if a := s.do("POST", "api/get", `{}`); a.code() != "git-failed" {
		t.Errorf("%d %s", a.status, a.body)
	}
	s.run("remote", "add", "tweede", "nergens")
	if a := s.do("POST", "api/share", `{}`); a.code() != "which-remote" {
		t.Errorf("%d %s", a.status, a.body)
	}
	if _, err := os.Stat(filepath.Join(s.dir, ".leerblad")); err == nil {
		t.Error("versions are kept beside git")
	}
}
