package history

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
)

// repository is a work tree with a publication in its folder content, and a home of its own.
type repository struct {
	testing.TB
	top, dir string
}

func newRepository(t testing.TB) *repository {
	t.Helper()
	if _, err := exec.LookPath("git"); err != nil {
		t.Fatal("install git: ", err)
	}
	home := t.TempDir()
	t.Setenv("HOME", home)
	t.Setenv("XDG_CONFIG_HOME", home)
	t.Setenv("GIT_CONFIG_NOSYSTEM", "1")
	settings := "[user]\n\tname = Een ander\n\temail = een@example.org\n[init]\n\tdefaultBranch = main\n"
	if err := os.WriteFile(filepath.Join(home, ".gitconfig"), []byte(settings), 0o666); err != nil {
		t.Fatal(err)
	}
	r := &repository{TB: t, top: t.TempDir()}
	r.dir = filepath.Join(r.top, "content")
	r.git("init", "--quiet")
	r.write("a.md", "een\n")
	return r
}

func (r *repository) git(args ...string) string {
	r.Helper()
	cmd := exec.Command("git", args...)
	cmd.Dir = r.top
	out, err := cmd.CombinedOutput()
	if err != nil {
		r.Fatalf("git %q: %v\n%s", args, err, out)
	}
	return string(out)
}

func (r *repository) write(name, text string) {
	r.Helper()
	at := filepath.Join(r.dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(at), 0o777); err != nil {
		r.Fatal(err)
	}
	if err := os.WriteFile(at, []byte(text), 0o666); err != nil {
		r.Fatal(err)
	}
}

func (r *repository) commit(what string) {
	r.Helper()
	r.git("add", "--all")
	r.git("commit", "--quiet", "-m", what)
}

func isMarkdown(path string) bool { return strings.HasSuffix(path, ".md") }

func (r *repository) open() *Git {
	r.Helper()
	root, err := os.OpenRoot(r.dir)
	if err != nil {
		r.Fatal(err)
	}
	r.Cleanup(func() { root.Close() })
	g, err := Open(context.Background(), r.dir, root, isMarkdown, isMarkdown)
	if g == nil || err != nil {
		r.Fatal("no git is found: ", err)
	}
	return g
}

func TestOpenSaysWhyGitDoesNotRead(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("what stands in for git is a shell script")
	}
	r := newRepository(t)
	t.Setenv("GIT_CEILING_DIRECTORIES", os.TempDir())
	root, err := os.OpenRoot(r.dir)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	open := func(dir string) (*Git, error) { return Open(context.Background(), dir, root, isMarkdown, isMarkdown) }
	if g, err := open(t.TempDir()); g != nil || err != nil {
		t.Errorf("without a repository: %v, %v", g, err)
	}
	broken := t.TempDir()
	if err := os.WriteFile(filepath.Join(broken, ".git"), []byte("gitdir: nowhere\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	var failure *Failure
	if g, err := open(broken); g != nil || !errors.As(err, &failure) || !strings.Contains(failure.Said, "nowhere") {
		t.Errorf("with a broken one: %v, %v", g, err)
	}

	program, _ := exec.LookPath("git")
	foreign := filepath.Join(t.TempDir(), "een 'map'; $(rm) van een ander")
	if err := os.Mkdir(foreign, 0o777); err != nil {
		t.Fatal(err)
	}
	init := exec.Command(program, "init", "--quiet", foreign)
	if out, err := init.CombinedOutput(); err != nil {
		t.Fatalf("%v %s", err, out)
	}
	dir := t.TempDir()
	script := "#!/bin/sh\nGIT_TEST_ASSUME_DIFFERENT_OWNER=1 exec '" + program + "' \"$@\"\n"
	if err := os.WriteFile(filepath.Join(dir, "git"), []byte(script), 0o777); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", dir+string(os.PathListSeparator)+os.Getenv("PATH"))
	var notOwned *NotOwned
	if g, err := open(foreign); g != nil || !errors.As(err, &notOwned) {
		t.Fatalf("of another user: %v, %v", g, err)
	}
	if out, err := exec.Command("/bin/sh", "-c", notOwned.Command).CombinedOutput(); err != nil {
		t.Fatalf("%s: %v %s", notOwned.Command, err, out)
	}
	if g, err := open(foreign); g == nil || err != nil {
		t.Errorf("after %s: %v, %v", notOwned.Command, g, err)
	}
}

func TestVersionsGoAcrossRenames(t *testing.T) {
	r := newRepository(t)
	ctx := context.Background()
	if list, err := r.open().Versions(ctx, "a.md"); err != nil || list != nil {
		t.Fatalf("before the first commit: %v, %v", list, err)
	}
	long := strings.Repeat("Een regel die blijft.\n", 20)
	names := []string{"a.md", "-b\n\"x\".md", "c \xff.md"}
	if runtime.GOOS != "linux" {
		names = []string{"a.md", "b x.md", "c.md"}
	}
	r.write(names[0], long)
	r.commit("eerste")
	for i, name := range names[1:] {
		r.git("mv", "--", "content/"+names[i], "content/"+name)
		r.write(name, long+strings.Repeat("en meer\n", i+1))
		r.commit(fmt.Sprintf("nu %d", i+2))
	}
	g := r.open()
	list, err := g.Versions(ctx, names[2])
	if err != nil || len(list) != 3 {
		t.Fatalf("%v, %v", list, err)
	}
	for i, want := range []string{"nu 3", "nu 2", "eerste"} {
		data, err := g.Read(ctx, names[2], list[i].ID)
		if list[i].What != want || list[i].Who != "Een ander" || list[i].When.IsZero() || err != nil || string(data) != long+strings.Repeat("en meer\n", 2-i) {
			t.Errorf("%d: %+v, %q, %v", i, list[i], data, err)
		}
	}
	if _, err := g.Read(ctx, names[2], strings.Repeat("0", 40)); err != ErrNone {
		t.Errorf("another version: %v", err)
	}
	if changed, err := g.Changed(ctx); err != nil || len(changed) > 0 {
		t.Errorf("%q, %v", changed, err)
	}
}

func TestCommitTakesTheTextsThatChanged(t *testing.T) {
	r := newRepository(t)
	ctx := context.Background()
	r.write("b.md", "twee\n")
	r.write("gone.md", "weg\n")
	r.commit("eerste")
	r.write("b.md", "twee\r\n") // no more than line ends
	r.write("-n\u00e9w.md", "nieuw\n")
	r.write("a.md", "anders\n")
	r.write("other.txt", "van een ander programma\n")
	if err := os.Remove(filepath.Join(r.dir, "gone.md")); err != nil {
		t.Fatal(err)
	}
	g := r.open()
	want := []string{"-n\u00e9w.md", "a.md", "gone.md"}
	if changed, err := g.Changed(ctx); err != nil || !slices.Equal(changed, want) {
		t.Fatalf("%q, %v", changed, err)
	}
	if paths, err := g.Commit(ctx, "--amend is ook een zin"); err != nil || !slices.Equal(paths, want) {
		t.Fatalf("%q, %v", paths, err)
	}
	if got := r.git("log", "-1", "--format=%s"); got != "--amend is ook een zin\n" {
		t.Errorf("%q", got)
	}
	if got := r.git("status", "--porcelain", "--untracked-files=all"); !strings.Contains(got, "?? content/other.txt") || strings.Contains(got, "a.md") {
		t.Errorf("%q", got)
	}
	if _, err := g.Commit(ctx, "weer"); err != ErrNothing {
		t.Errorf("%v", err)
	}
}

func TestConflictIsTwoTexts(t *testing.T) {
	r := newRepository(t)
	ctx := context.Background()
	r.commit("eerste")
	shared := t.TempDir()
	r.git("init", "--quiet", "--bare", shared)
	r.git("remote", "add", "origin", shared)
	r.git("push", "--quiet", "-u", "origin", "HEAD")
	other := &repository{TB: t, top: filepath.Join(t.TempDir(), "other")}
	other.dir = filepath.Join(other.top, "content")
	r.git("clone", "--quiet", shared, other.top)
	other.write("a.md", "van een ander\n")
	if _, err := other.open().Commit(ctx, "ander"); err != nil {
		t.Fatal(err)
	}
	if err := other.open().Share(ctx); err != nil {
		t.Fatal(err)
	}
	g := r.open()
	r.write("a.md", "van mij\n")
	if _, err := g.Get(ctx, nil); err != ErrUncommitted {
		t.Fatalf("%v", err)
	}
	if _, err := g.Commit(ctx, "mijn"); err != nil {
		t.Fatal(err)
	}
	var refused *Failure
	if err := g.Share(ctx); err == nil {
		t.Error("shared over another's")
	} else if f, ok := err.(*Failure); !ok || f.Said == "" {
		t.Errorf("%v %v", err, refused)
	}
	conflicts, err := g.Get(ctx, nil)
	if err != nil || len(conflicts) != 1 || conflicts[0] != (Conflict{Path: "a.md", Theirs: "van een ander\n", Mine: "van mij\n"}) {
		t.Fatalf("%v, %v", conflicts, err)
	}
	if data, _ := os.ReadFile(filepath.Join(r.dir, "a.md")); string(data) != "van mij\n" || strings.Contains(r.git("status"), "rebase") {
		t.Errorf("the folder is not as it was: %q", data)
	}
	own := filepath.Join(r.top, ".git", "rebase-merge") // as a rebase that the user has begun in a terminal
	if err := os.Mkdir(own, 0o777); err != nil {
		t.Fatal(err)
	}
	if _, err := g.Get(ctx, nil); err != ErrForeign {
		t.Errorf("with a rebase under way: %v", err)
	}
	if err := os.Remove(own); err != nil {
		t.Error("the rebase under way was ended:", err)
	}
	both := "van ons\n"
	conflicts[0].Text = &both
	if left, err := g.Get(ctx, conflicts); err != nil || len(left) > 0 {
		t.Fatalf("%v, %v", left, err)
	}
	if err := g.Share(ctx); err != nil {
		t.Fatal(err)
	}
	if got := r.git("log", "--format=%s", "origin/main"); got != "mijn\nander\neerste\n" {
		t.Errorf("%q", got)
	}
	if data, _ := os.ReadFile(filepath.Join(r.dir, "a.md")); string(data) != both {
		t.Errorf("%q", data)
	}
}

func TestBranchWithoutUpstreamGoesToTheOnlyRemote(t *testing.T) {
	const hostile = "--upload-pack=touch ran"
	r := newRepository(t)
	ctx := context.Background()
	r.commit("eerste")
	g := r.open()
	if _, err := g.Get(ctx, nil); err != ErrNoRemote {
		t.Errorf("get: %v", err)
	}
	if err := g.Share(ctx); err != ErrNoRemote {
		t.Errorf("share: %v", err)
	}
	shared, theirs := t.TempDir(), filepath.Join(t.TempDir(), "other")
	r.git("init", "--quiet", "--bare", "--initial-branch=main", shared)
	r.git("config", "remote."+hostile+".url", shared)
	r.git("config", "remote."+hostile+".fetch", "+refs/heads/*:refs/remotes/shared/*")
	r.git("config", "remote.second.url", shared)
	if err := g.Share(ctx); err != ErrWhichRemote {
		t.Errorf("share with two: %v", err)
	}
	if _, err := g.Get(ctx, nil); err != ErrWhichRemote {
		t.Errorf("get with two: %v", err)
	}
	r.git("config", "--remove-section", "remote.second")
	r.git("push", "--quiet", shared, "HEAD")
	r.git("clone", "--quiet", shared, theirs)
	other := &repository{TB: t, top: theirs, dir: filepath.Join(theirs, "content")}
	other.write("a.md", "van een ander\n")
	other.commit("ander")
	other.git("push", "--quiet")
	r.write("a.md", "van mij\n")
	r.commit("mijn")

	conflicts, err := g.Get(ctx, nil)
	if err != nil || len(conflicts) != 1 || conflicts[0].Theirs != "van een ander\n" || conflicts[0].Mine != "van mij\n" {
		t.Fatalf("%v, %v", conflicts, err)
	}
	both := "van ons\n"
	conflicts[0].Text = &both
	if left, err := g.Get(ctx, conflicts); err != nil || len(left) > 0 {
		t.Fatalf("%v, %v", left, err)
	}
	for range 2 { // the second time git knows where
		if err := g.Share(ctx); err != nil {
			t.Fatal(err)
		}
	}
	if got := other.git("ls-remote", shared, "refs/heads/main"); !strings.HasPrefix(got, strings.TrimSpace(r.git("rev-parse", "HEAD"))) {
		t.Errorf("shared is %s", got)
	}
	if got := r.git("config", "branch.main.remote"); got != hostile+"\n" {
		t.Errorf("%q", got)
	}
	for _, dir := range []string{r.top, r.dir} {
		if _, err := os.Stat(filepath.Join(dir, "ran")); err == nil {
			t.Error("the name of a remote was an option")
		}
	}
	if left, err := g.Get(ctx, nil); err != nil || len(left) > 0 {
		t.Errorf("%v, %v", left, err)
	}
}

func TestFirstVersionIsGivenWhateverTheSettings(t *testing.T) {
	r := newRepository(t)
	r.commit("eerste")
	r.git("config", "log.showRoot", "false")
	if list, err := r.open().Versions(context.Background(), "a.md"); err != nil || len(list) != 1 {
		t.Errorf("%v, %v", list, err)
	}
}

func TestWhatGitSaysHoldsNoSecret(t *testing.T) {
	if got := clean("fatal: unable to access 'https://een:geheim@example.org/x': no\x1b[31m"); strings.Contains(got, "geheim") || strings.Contains(got, "\x1b") {
		t.Errorf("%q", got)
	}
}

// BenchmarkVersions reads the versions of a text with two hundred commits.
func BenchmarkVersions(b *testing.B) {
	r := newRepository(b)
	var text strings.Builder
	for i := range 200 {
		fmt.Fprintf(&text, "Regel %d van deze tekst.\n", i)
		r.write("a.md", text.String())
		r.commit(fmt.Sprint("zo ", i))
	}
	g := r.open()
	for b.Loop() {
		if list, err := g.Versions(context.Background(), "a.md"); err != nil || len(list) != 200 {
			b.Fatal(len(list), err)
		}
	}
}
