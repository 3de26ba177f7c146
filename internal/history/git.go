package history

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Git is the history of a publication in a work tree of git.
type Git struct {
	program string
	dir     string
	root    *os.Root
	counts  func(string) bool // which paths are of the publication
	texts   func(string) bool // which of those are texts, whose bytes are compared
}

// maxVersions is how many versions of a text are given.
const maxVersions = 1000

// NotOwned says that the repository is another user's, so that git does not read it. Command is the line that has git trust it.
type NotOwned struct{ Command string }

func (e *NotOwned) Error() string { return "the repository is another user's: " + e.Command }

// Open gives the history of the folder root, which is at dir, or nil where there is no git. Counts says which paths in it are files of the
// publication, and texts which of them are texts. The error says why git does not read a repository that is there.
func Open(ctx context.Context, dir string, root *os.Root, counts, texts func(path string) bool) (*Git, error) {
	program, err := exec.LookPath("git")
	if err != nil {
		return nil, nil
	}
	g := &Git{program: program, dir: dir, root: root, counts: counts, texts: texts}
	inside, err := g.read(ctx, maxOutput, "rev-parse", "--is-inside-work-tree")
	var failure *Failure
	switch {
	case err == nil && strings.TrimSpace(string(inside)) == "true":
		return g, nil
	case err == nil, errors.As(err, &failure) && strings.Contains(failure.Said, "not a git repository (or any"):
		return nil, nil
	case failure != nil && strings.Contains(failure.Said, "safe.directory"):
		at, _ := Repository(dir)
		return nil, &NotOwned{"git config --global --add safe.directory " + quoted(filepath.ToSlash(filepath.Dir(at)))}
	}
	return nil, err
}

// quoted gives s as one word of a command line.
func quoted(s string) string {
	if runtime.GOOS == "windows" { // where names hold no quotation marks
		return `"` + s + `"`
	}
	return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
}

// Repository gives the path of the nearest .git in the folder at dir or above it, in which git finds the repository, and what is there; "" and
// nil for none.
func Repository(dir string) (string, fs.FileInfo) {
	if real, err := filepath.EvalSymlinks(dir); err == nil {
		dir = real
	}
	for {
		at := filepath.Join(dir, ".git")
		if info, err := os.Lstat(at); err == nil {
			return at, info
		}
		up := filepath.Dir(dir)
		if up == dir {
			return "", nil
		}
		dir = up
	}
}

// Versions gives the versions of a text, across its renames.
func (g *Git) Versions(ctx context.Context, path string) (list []Version, err error) {
	if _, err := g.read(ctx, maxOutput, "rev-parse", "--verify", "--quiet", "HEAD^{commit}"); err != nil {
		return nil, unborn(err)
	}
	out, err := g.read(ctx, maxOutput, "log", "--follow", "-z", "--raw", "--no-abbrev", "--diff-merges=first-parent", "--no-ext-diff", "--no-textconv", "--no-show-signature",
		"--no-color", "--no-mailmap", "--no-notes", "--ignore-submodules=all", "--encoding=UTF-8", "--max-count="+strconv.Itoa(maxVersions),
		"--format=tformat:%x00%H%x00%an%x00%at%x00%s%x00", "--", path)
	if err != nil {
		return nil, err
	}
	fields := strings.Split(string(out), "\x00")
	for i := 0; i < len(fields); i++ {
		field := strings.TrimSpace(fields[i])
		switch {
		case isHash(field) && i+3 < len(fields):
			at, _ := strconv.ParseInt(fields[i+2], 10, 64)
			text := func(s string) string { return strings.ToValidUTF8(s, "\uFFFD") }
			list = append(list, Version{ID: field, Who: text(fields[i+1]), When: time.Unix(at, 0).UTC(), What: text(fields[i+3])})
			i += 3
		case strings.HasPrefix(field, ":") && len(list) > 0:
			// :mode mode blob blob letter, and one path, or two where it was renamed
			parts := strings.Fields(field)
			if len(parts) == 5 {
				if strings.HasPrefix(parts[1], "100") {
					list[len(list)-1].blob = parts[3]
				}
				i++
				if parts[4][0] == 'R' || parts[4][0] == 'C' {
					i++
				}
			}
		}
	}
	return slices.DeleteFunc(list, func(v Version) bool { return v.blob == "" }), nil // where it was removed, or a link
}

// unborn gives nil for the answer that there is no commit, or no such setting, yet.
func unborn(err error) error {
	var f *Failure
	if errors.As(err, &f) {
		return nil
	}
	return err
}

// isHash reports whether s can be the name of an object.
func isHash(s string) bool {
	return (len(s) == 40 || len(s) == 64) && strings.Trim(s, "0123456789abcdef") == ""
}

// Read gives the bytes of a text in one of its versions.
func (g *Git) Read(ctx context.Context, path, id string) ([]byte, error) {
	list, err := g.Versions(ctx, path)
	if err != nil {
		return nil, err
	}
	for _, v := range list {
		if v.ID == id {
			return g.read(ctx, maxText, "cat-file", "blob", v.blob)
		}
	}
	return nil, ErrNone
}
