package history

import (
	"context"
	"errors"
	"os"
	"slices"
	"strings"
)

// ErrNothing says that no text has changed.
var ErrNothing = errors.New("nothing has changed")

// ErrUncommitted says that there are changed texts, which are to be committed before others' changes come.
var ErrUncommitted = errors.New("changed texts are not committed")

// ErrForeign says that others' changes do not go with one's own in something other than the words of a text.
var ErrForeign = errors.New("a conflict that is not of two texts")

// ErrNoRemote says that it is not known where the publication is shared.
var ErrNoRemote = errors.New("no remote")

// ErrWhichRemote says that there are several places where it may be shared, and none is chosen.
var ErrWhichRemote = errors.New("several remotes")

// Conflict is a text that others and the user changed in the same place. Text is what the user made of the two.
type Conflict struct {
	Path   string  `json:"path"`
	Theirs string  `json:"theirs"`
	Mine   string  `json:"mine"`
	Text   *string `json:"text,omitempty"`
}

// Commit takes the changed files into the history with a sentence.
func (g *Git) Commit(ctx context.Context, sentence string) ([]string, error) {
	paths, err := g.Changed(ctx)
	if err == nil && len(paths) == 0 {
		err = ErrNothing
	}
	if err != nil {
		return nil, err
	}
	list := []byte(strings.Join(paths, "\x00"))
	if _, err := g.act(ctx, list, "add", "--all", "--pathspec-from-file=-", "--pathspec-file-nul"); err != nil {
		return nil, err
	}
	_, err = g.act(ctx, list, "commit", "--quiet", "--only", "--message="+sentence, "--pathspec-from-file=-", "--pathspec-file-nul")
	if err != nil { // a filter may have made the same of a file that has another time
		if left, failed := g.Changed(ctx); failed == nil && len(left) == 0 {
			err = ErrNothing
		}
	}
	return paths, err
}

// Get takes others' changes, and puts the user's own commits on top of them. Where the two do not go together the folder stays as it was, and
// they are given; solved holds what the user made of such conflicts before.
func (g *Git) Get(ctx context.Context, solved []Conflict) ([]Conflict, error) {
	if changed, err := g.Changed(ctx); err != nil {
		return nil, err
	} else if len(changed) > 0 {
		return nil, ErrUncommitted
	}
	if under, err := g.underWay(ctx); err != nil {
		return nil, err
	} else if under {
		return nil, ErrForeign
	}
	remote, branch, err := g.upstream(ctx)
	switch {
	case err != nil:
		return nil, err
	case remote == "":
		_, err = g.act(ctx, nil, "pull", "--quiet", "--rebase", "--no-recurse-submodules")
	default: // pull would take a remote's name for an option
		if _, err := g.act(ctx, nil, "fetch", "--quiet", "--no-recurse-submodules", "--", remote, branch); err != nil {
			return nil, err
		}
		_, err = g.act(ctx, nil, "rebase", "--quiet", "FETCH_HEAD")
	}
	for range maxVersions {
		if err == nil {
			return nil, nil
		}
		conflicts, failed := g.conflicts(ctx)
		if failed == nil && len(conflicts) == 0 {
			failed = err // it was something else
		}
		if failed == nil {
			for i, c := range conflicts {
				if failed = g.solve(ctx, c, solved); errors.Is(failed, ErrNone) {
					g.abort(ctx)
					return conflicts[i:], nil
				} else if failed != nil {
					break
				}
			}
		}
		if failed != nil {
			g.abort(ctx)
			return nil, failed
		}
		_, err = g.act(ctx, nil, "rebase", "--continue")
	}
	g.abort(ctx)
	return nil, err
}

// underWay reports whether somebody has begun to put commits together elsewhere, and not ended it: abort would end it for them.
func (g *Git) underWay(ctx context.Context) (bool, error) {
	for _, name := range []string{"rebase-merge", "rebase-apply", "MERGE_HEAD", "CHERRY_PICK_HEAD"} {
		out, err := g.read(ctx, maxOutput, "rev-parse", "--path-format=absolute", "--git-path", name)
		if err != nil {
			return false, err
		}
		if _, err := os.Lstat(strings.TrimSuffix(string(out), "\n")); err == nil {
			return true, nil
		}
	}
	return false, nil
}

// abort leaves the folder as it was before others' changes came, whoever still waits for them. Where no change of commits is under way it does
// nothing.
func (g *Git) abort(ctx context.Context) {
	_, _ = g.act(context.WithoutCancel(ctx), nil, "rebase", "--abort")
}

// solve writes what the user made of a conflict. ErrNone says that there is nothing yet.
func (g *Git) solve(ctx context.Context, c Conflict, solved []Conflict) error {
	i := slices.IndexFunc(solved, func(s Conflict) bool {
		return s.Text != nil && s.Path == c.Path && s.Theirs == c.Theirs && s.Mine == c.Mine
	})
	if i < 0 {
		return ErrNone
	}
	if info, err := g.root.Lstat(c.Path); err != nil || !info.Mode().IsRegular() {
		return ErrForeign
	}
	if err := g.root.WriteFile(c.Path, []byte(*solved[i].Text), 0o666); err != nil {
		return err
	}
	_, err := g.act(ctx, nil, "add", "--", c.Path)
	return err
}

// conflicts gives the texts of the publication that git could not put together, each as others and as the user have it.
func (g *Git) conflicts(ctx context.Context) (list []Conflict, err error) {
	out, err := g.read(ctx, maxOutput, "ls-files", "-z", "--unmerged")
	if err != nil {
		return nil, err
	}
	sides := map[string]*[4]string{}
	var order []string
	for record := range strings.SplitSeq(string(out), "\x00") {
		about, path, _ := strings.Cut(record, "\t")
		parts := strings.Fields(about)
		if len(parts) != 3 || len(parts[2]) != 1 || parts[2] < "1" || parts[2] > "3" {
			continue
		}
		if sides[path] == nil {
			sides[path] = new([4]string)
			order = append(order, path)
		}
		sides[path][parts[2][0]-'0'] = parts[1]
	}
	for _, path := range order {
		if !g.counts(path) || !g.texts(path) || sides[path][2] == "" || sides[path][3] == "" {
			return nil, ErrForeign
		}
		c := Conflict{Path: path}
		for side, into := range map[int]*string{2: &c.Theirs, 3: &c.Mine} { // a rebase has the sides this way round
			data, err := g.read(ctx, maxText, "cat-file", "blob", sides[path][side])
			if err != nil {
				return nil, err
			}
			*into = string(data)
		}
		list = append(list, c)
	}
	return list, nil
}

// upstream gives the remote to share the branch with, of which git has not been told, and the full name of the branch; "" where git knows what
// to do.
func (g *Git) upstream(ctx context.Context) (remote, branch string, err error) {
	asked := func(args ...string) string { // what is not set is a failure
		var out []byte
		if err == nil {
			out, err = g.read(ctx, maxOutput, args...)
			err = unborn(err)
		}
		return strings.TrimSuffix(string(out), "\n")
	}
	branch = asked("symbolic-ref", "--quiet", "HEAD")
	name, ok := strings.CutPrefix(branch, "refs/heads/")
	if !ok {
		return "", "", err
	}
	remote = asked("config", "--get", "branch."+name+".remote")
	merge := asked("config", "--get", "branch."+name+".merge")
	remotes := asked("remote")
	switch {
	case err != nil:
		return "", "", err
	case remote != "" && merge != "":
		return "", "", nil
	case remote != "":
		return remote, branch, nil
	case remotes == "":
		return "", "", ErrNoRemote
	case strings.Contains(remotes, "\n"):
		return "", "", ErrWhichRemote
	}
	return remotes, branch, nil
}

// Share sends the user's commits to where the publication is shared. A branch that git has not been told the place of goes to the only remote,
// and later ones too.
func (g *Git) Share(ctx context.Context) error {
	remote, _, err := g.upstream(ctx)
	switch {
	case err != nil:
		return err
	case remote == "":
		_, err = g.act(ctx, nil, "push", "--quiet")
	default:
		_, err = g.act(ctx, nil, "push", "--quiet", "--set-upstream", "--", remote, "HEAD")
	}
	return err
}
