package history

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
)

func TestReadingRunsNothingOfTheRepository(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the canaries are shell scripts")
	}
	r := newRepository(t)
	ctx := context.Background()
	canary := filepath.Join(t.TempDir(), "ran")
	script := filepath.Join(t.TempDir(), "run.sh")
	if err := os.WriteFile(script, []byte("#!/bin/sh\necho \"$0 $*\" >> '"+canary+"'\nexit 1\n"), 0o777); err != nil {
		t.Fatal(err)
	}
	r.write("b.md", "twee\n")
	r.commit("eerste")
	// A submodule with settings of its own.
	sub := &repository{TB: t, top: filepath.Join(r.dir, "sub.md"), dir: filepath.Join(r.dir, "sub.md")}
	sub.write("c.md", "drie\n")
	sub.git("init", "--quiet")
	sub.commit("onder")
	sub.write("c.md", "vier\n")
	if err := os.WriteFile(filepath.Join(r.top, ".gitmodules"), []byte("[submodule \"sub\"]\n\tpath = content/sub.md\n\turl = ext::"+script+"\n\tupdate = !"+script+"\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	// Commits with signatures, for gpg and for ssh.
	for i, kind := range []string{"PGP", "SSH"} {
		r.write("a.md", kind+"\n")
		r.commit(fmt.Sprint("met handtekening ", i))
		raw := strings.TrimSpace(r.git("cat-file", "commit", "HEAD"))
		head, body, _ := strings.Cut(raw, "\n\n")
		signed := filepath.Join(t.TempDir(), "signed")
		if err := os.WriteFile(signed, []byte(head+"\ngpgsig -----BEGIN "+kind+" SIGNATURE-----\n \n abc\n -----END "+kind+" SIGNATURE-----\n\n"+body+"\n"), 0o666); err != nil {
			t.Fatal(err)
		}
		r.git("reset", "--quiet", "--soft", strings.TrimSpace(r.git("hash-object", "-t", "commit", "-w", signed)))
	}
	// An object that is not there, and that a remote promises.
	lost := strings.TrimSpace(r.git("rev-parse", "HEAD:content/b.md"))
	for _, name := range []string{".gitattributes", "content/.gitattributes"} {
		if err := os.WriteFile(filepath.Join(r.top, name), []byte("* diff=evil filter=evil merge=evil\n"), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	hooks := t.TempDir()
	for _, name := range []string{"post-index-change", "reference-transaction", "post-checkout", "pre-auto-gc", "fsmonitor-watchman", "query-watchman"} {
		for _, dir := range []string{hooks, filepath.Join(r.top, ".git", "hooks")} {
			if err := os.Symlink(script, filepath.Join(dir, name)); err != nil {
				t.Fatal(err)
			}
		}
	}
	settings := fmt.Sprintf(`[core]
	fsmonitor = %[1]s
	hooksPath = %[2]s
	pager = %[1]s
	sshCommand = %[1]s
	askPass = %[1]s
	editor = %[1]s
	gitProxy = %[1]s
	alternateRefsCommand = %[1]s
	repositoryformatversion = 1
[diff]
	external = %[1]s
	submodule = log
	ignoreSubmodules = none
[status]
	submoduleSummary = true
[submodule]
	recurse = true
[submodule "sub"]
	active = true
	update = !%[1]s
[diff "evil"]
	textconv = %[1]s
	command = %[1]s
[filter "evil"]
	clean = %[1]s
	smudge = %[1]s
	process = %[1]s
	required = true
[gpg]
	program = %[1]s
[gpg "ssh"]
	program = %[1]s
	allowedSignersFile = %[1]s
	revocationFile = %[1]s
[log]
	showSignature = true
[pager]
	log = %[1]s
	rev-parse = %[1]s
[alias]
	log = !%[1]s
	ls-tree = !%[1]s
[credential]
	helper = !%[1]s
[extensions]
	partialClone = origin
	worktreeConfig = true
[protocol]
	allow = always
[protocol "ext"]
	allow = always
[remote "origin"]
	url = ssh://example.invalid/x
	promisor = true
	partialclonefilter = blob:none
	uploadpack = %[1]s
`, script, hooks)
	evil := filepath.Join(r.top, "evil")
	for _, name := range []string{evil, filepath.Join(r.top, ".git", "config.worktree")} {
		if err := os.WriteFile(name, []byte(settings), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	for _, config := range []string{filepath.Join(r.top, ".git", "config"), filepath.Join(sub.top, ".git", "config")} {
		r.git("config", "--file", config, "include.path", evil)
	}
	if err := os.Remove(filepath.Join(r.top, ".git", "objects", lost[:2], lost[2:])); err != nil {
		t.Fatal(err)
	}
	r.write("a.md", "drie\n")
	t.Setenv("GIT_EXTERNAL_DIFF", script)
	t.Setenv("GIT_PAGER", script)
	os.Remove(canary)

	g := r.open()
	list, err := g.Versions(ctx, "a.md")
	if err != nil || len(list) != 3 {
		t.Errorf("%v, %v", list, err)
	}
	for _, v := range list {
		_, _ = g.Read(ctx, "a.md", v.ID)
	}
	if list, err := g.Versions(ctx, "b.md"); err == nil && len(list) > 0 {
		if _, err := g.Read(ctx, "b.md", list[0].ID); err == nil {
			t.Error("what is not there was read")
		}
	}
	if changed, err := g.Changed(ctx); err != nil || !slices.Equal(changed, []string{"a.md"}) {
		t.Errorf("%q, %v", changed, err)
	}
	if ran, err := os.ReadFile(canary); err == nil {
		t.Errorf("reading ran %s", ran)
	}
}

func TestNamesOfFilesAreNoOptions(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("these cannot be names here")
	}
	r := newRepository(t)
	ctx := context.Background()
	names := []string{"--output=x.md", "-p.md", ":(glob)*.md", ":!a.md", "a*.md", "regel\neen.md", "tab\t.md", "\u202egnp.md", "\"aanhaling\\.md", "HEAD.md"}
	for _, name := range names {
		r.write(name, "van "+name+"\n")
	}
	g := r.open()
	if paths, err := g.Commit(ctx, "alle"); err != nil || len(paths) != len(names)+1 {
		t.Fatalf("%q, %v", paths, err)
	}
	for i, name := range names {
		list, err := g.Versions(ctx, name)
		if err != nil || len(list) != 1 {
			t.Errorf("%q: %v, %v", name, list, err)
			continue
		}
		if data, err := g.Read(ctx, name, list[0].ID); err != nil || string(data) != "van "+name+"\n" {
			t.Errorf("%q: %q, %v", name, data, err)
		}
		r.write(name, "anders\n")
		if paths, err := g.Commit(ctx, "een"); err != nil || !slices.Equal(paths, []string{name}) {
			t.Errorf("%q: committed %q, %v", name, paths, err)
		}
		if got := r.git("rev-list", "--count", "HEAD"); got != fmt.Sprintln(i+2) {
			t.Errorf("%q: %s commits", name, got)
		}
	}
	if _, err := os.Stat(filepath.Join(r.dir, "x.md")); err == nil {
		t.Error("a name was an option")
	}
	if got := r.git("status", "--porcelain"); got != "" {
		t.Errorf("%q", got)
	}
}
