package edit

import (
	"errors"
	"io/fs"
	"strings"
)

// place puts what comes in step i where it belongs. Between the comparison of a file and its renaming somebody may save another, so a file is
// never renamed over one: it swaps places with the one that it replaces, which is compared once it is out of the way, or it gets a name that is
// free. ErrTaken says that there is another file, which has its place again. Where the file system cannot do so, it is renamed.
func (d disk) place(j *journal, i int) error {
	s, from := j.Steps[i], j.source(i)
	if s.replaces() {
		err := d.change(func() error { return swap(d.root, from, s.To) })
		switch {
		case err == nil:
			return d.settle(j, i)
		case !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, errors.ErrUnsupported):
			return err
		case errors.Is(err, errors.ErrUnsupported):
			return d.change(func() error { return d.root.Rename(from, s.To) })
		}
	}
	if !strings.EqualFold(s.From, s.To) { // else it may be the file itself, by another case of letters
		err := d.change(func() error { return claim(d.root, from, s.To) })
		switch {
		case errors.Is(err, fs.ErrExist):
			return ErrTaken
		case !errors.Is(err, errors.ErrUnsupported):
			return err
		}
	}
	return d.change(func() error { return d.root.Rename(from, s.To) })
}

// swapped reports whether what comes in step i has swapped places with what was there.
func (d disk) swapped(j *journal, i int) bool {
	s := j.Steps[i]
	if !s.replaces() || !d.exists(j.staged(i)) {
		return false
	}
	out := d.digest(j.staged(i))
	return out != s.Next && (out == s.Was || d.digest(s.To) == s.Next)
}

// settle removes what step i has swapped out if it is what it was to replace. Else somebody saved it meanwhile, and it gets its place back; the
// error is ErrTaken then.
func (d disk) settle(j *journal, i int) error {
	s, out := j.Steps[i], j.staged(i)
	if d.digest(out) == s.Was {
		return d.change(func() error { return remove(d.root, out) })
	}
	for range 10 { // what comes out is ours, unless somebody saved once more
		if err := d.change(func() error { return swap(d.root, out, s.To) }); err != nil {
			return err
		}
		if d.digest(out) == s.Next {
			return ErrTaken
		}
	}
	return ErrChanged
}
