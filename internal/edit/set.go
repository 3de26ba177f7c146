package edit

import (
	"bytes"
	"cmp"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path"
	"slices"
	"strings"

	"leerblad/internal/source"
)

// Set is what happens to a publication folder in one step. Paths are slash-separated and relative to it.
type Set struct {
	Texts   Changes        // in texts as they are now, at the paths that they have now
	Moves   []Move         // of files of any type; changes of Texts in one are made too
	New     []New          // never over what is there
	Removed []*source.File // of any type
}

// Paths gives the paths of all files that come, go or change, each once.
func (s Set) Paths() []string {
	all := map[string]bool{}
	for _, c := range s.Texts {
		all[c.Span.File.Path] = true
	}
	for _, m := range s.Moves {
		all[m.File.Path], all[m.To] = true, true
	}
	for _, n := range s.New {
		all[n.Path] = true
	}
	for _, f := range s.Removed {
		all[f.Path] = true
	}
	return slices.Sorted(maps.Keys(all))
}

// Move gives a file another path. Where only the case of letters differs, it is renamed on disks that take them for the same too.
type Move struct {
	File *source.File
	To   string
}

// New is a file that is not there yet. Folders that it needs are made.
type New struct {
	Path string
	Data []byte
}

var (
	// ErrChanged says that a file is not any more what the set was made from.
	ErrChanged = errors.New("changed meanwhile")
	// ErrTaken says that there is a file or folder already where a file is to come, or, after a kill, a newer text than the one that is replaced.
	ErrTaken = errors.New("there already")
	// ErrLink says that a file is reached by a symbolic link, and belongs elsewhere.
	ErrLink = errors.New("a symbolic link")
	// ErrReadOnly says that a file may not be written.
	ErrReadOnly = errors.New("read-only")
	// ErrBusy says that another process writes in the folder.
	ErrBusy = errors.New("another process is writing here")
	// ErrJournal says that what a killed Write left cannot be completed or undone.
	ErrJournal = errors.New("left by a change that was broken off, and damaged since")
)

// Write does all of the set, or nothing: then the error, an *fs.PathError of the file that stood in the way, says why. It compares every file
// with the bytes, or the size and time, that it had when the set was made. After a kill, or where the disk fails in the last
// steps, the folder is as it was or as it should be once Recover has been called. Folders that Moves and Removed leave empty go too, but
// not those at the top.
func (s Set) Write(root *os.Root) error { return s.write(root, nil) }

func (s Set) write(root *os.Root, before func() error) error {
	works, err := s.works(root)
	if err != nil || len(works) == 0 {
		return err
	}
	d := disk{root, before}
	return d.locked(func() error {
		if err := d.recover(); err != nil {
			return err
		}
		j, err := d.plan(works)
		if err != nil {
			return err
		}
		if err := d.save(j); err != nil {
			return err
		}
		err = d.prepare(j, works)
		if err == nil {
			j.Forward = true
			err = d.save(j)
		}
		if err != nil {
			return cmp.Or(d.undo(j), err)
		}
		return d.complete(j)
	})
}

// Recover completes or undoes a Write that was killed. It does nothing where there is none, and gives ErrBusy while one is under way.
func Recover(root *os.Root) error {
	if !Unfinished(root) {
		return nil
	}
	d := disk{root: root}
	return d.locked(d.recover)
}

// Unfinished reports whether a Write is under way in the folder, or was killed.
func Unfinished(root *os.Root) bool {
	_, err := root.Lstat(journalName)
	return err == nil
}

// work is a step of the journal with what is needed to prepare it.
type work struct {
	step
	file    *source.File // nil for a new one
	changes Changes
	data    []byte // what is staged
	info    fs.FileInfo
}

// works gives what happens to each file, in the order of their paths.
func (s Set) works(root *os.Root) ([]*work, error) {
	byPath := map[string]*work{}
	var out []*work
	of := func(f *source.File) (*work, error) {
		if f == nil || f.Outside || !validPath(f.Path) {
			return nil, invalid(root, f)
		}
		w := byPath[f.Path]
		if w == nil {
			w = &work{file: f}
			w.To = f.Path
			if f.Digest != (source.Digest{}) {
				w.Was = hexOf(f.Digest)
			}
			byPath[f.Path] = w
			out = append(out, w)
		}
		if w.file.Digest != f.Digest {
			return nil, failed(root, "write", f.Path, ErrChanged)
		}
		return w, nil
	}
	for _, c := range s.Texts {
		w, err := of(c.Span.File)
		if err != nil {
			return nil, err
		}
		if w.Was == "" {
			return nil, invalid(root, w.file)
		}
		w.changes, w.Staged = append(w.changes, c), true
	}
	take := func(f *source.File, to string) error {
		w, err := of(f)
		if err != nil {
			return err
		}
		if w.From != "" || to != "" && !validPath(to) {
			return invalid(root, f)
		}
		w.From, w.To = f.Path, to
		w.Staged = w.Staged && to != ""
		return nil
	}
	for _, m := range s.Moves {
		if m.To == "" {
			return nil, invalid(root, m.File)
		}
		if err := take(m.File, m.To); err != nil {
			return nil, err
		}
	}
	for _, f := range s.Removed {
		if err := take(f, ""); err != nil {
			return nil, err
		}
	}
	for _, n := range s.New {
		if !validPath(n.Path) {
			return nil, failed(root, "write", n.Path, fs.ErrInvalid)
		}
		out = append(out, &work{step: step{To: n.Path, Staged: true}, data: n.Data})
	}
	out = slices.DeleteFunc(out, func(w *work) bool { return w.From == w.To && !w.Staged }) // moved to where it is
	for _, w := range out {
		if w.From == w.To {
			w.From = ""
		}
	}
	slices.SortStableFunc(out, func(a, b *work) int { return cmp.Compare(cmp.Or(a.From, a.To), cmp.Or(b.From, b.To)) })
	return out, nil
}

func invalid(root *os.Root, f *source.File) error {
	if f == nil {
		return fs.ErrInvalid
	}
	return failed(root, "write", f.Path, fs.ErrInvalid)
}

// plan compares the files with what the works were made from, and gives the journal for them. It changes nothing.
func (d disk) plan(works []*work) (*journal, error) {
	j := &journal{ID: rand.Text()}
	leaves, comes := map[string]bool{}, map[string]bool{}
	for _, w := range works {
		if w.file == nil {
			continue
		}
		data, err := d.check(w.file.Path, w)
		if err != nil {
			return nil, err
		}
		if w.Staged {
			if w.data, err = Apply(data, w.changes); err != nil {
				return nil, failed(d.root, "write", w.file.Path, err)
			}
		}
		if w.From != "" {
			leaves[w.From] = true
		}
	}
	folders := map[string]bool{}
	for _, w := range works {
		if w.To != "" && (w.file == nil || w.From != "") {
			folded := strings.ToLower(w.To) // a disk may take them for the same
			if comes[folded] {
				return nil, failed(d.root, "write", w.To, ErrTaken)
			}
			comes[folded] = true
			if err := d.free(w, leaves); err != nil {
				return nil, err
			}
			if err := d.missing(path.Dir(w.To), folders, j); err != nil {
				return nil, err
			}
		}
		if w.Staged {
			w.Next = hexOf(sha256.Sum256(w.data))
		}
		j.Steps = append(j.Steps, w.step)
	}
	return j, nil
}

// check gives the bytes of the file, which stands at name now, if it is a text. The error says that it is not what it was or may not be changed.
func (d disk) check(name string, w *work) ([]byte, error) {
	for dir := path.Dir(name); dir != "."; dir = path.Dir(dir) {
		if info, err := d.root.Lstat(dir); err == nil && info.Mode()&fs.ModeSymlink != 0 {
			return nil, failed(d.root, "write", dir, ErrLink)
		}
	}
	info, err := d.root.Lstat(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		err = ErrChanged
	case err != nil:
	case info.Mode()&fs.ModeSymlink != 0:
		err = ErrLink
	case !info.Mode().IsRegular():
		err = ErrChanged
	case info.Mode().Perm()&0o200 == 0:
		err = ErrReadOnly
	case w.Was == "" && !w.file.Same(info):
		err = ErrChanged
	}
	if err != nil {
		return nil, failed(d.root, "write", w.file.Path, err)
	}
	w.info = info
	open, err := d.root.OpenFile(name, os.O_WRONLY, 0)
	if err != nil {
		return nil, failed(d.root, "write", w.file.Path, err)
	}
	open.Close()
	if w.Was == "" {
		return nil, nil
	}
	data, err := d.read(name, source.MaxText)
	if err == nil && hexOf(sha256.Sum256(data)) != w.Was {
		err = ErrChanged
	}
	if err != nil {
		return nil, failed(d.root, "write", w.file.Path, err)
	}
	return data, nil
}

// free reports what stands at the path that a file gets, unless it leaves or is the file itself by another case of letters.
func (d disk) free(w *work, leaves map[string]bool) error {
	info, err := d.root.Lstat(w.To)
	switch {
	case errors.Is(err, fs.ErrNotExist), err == nil && leaves[w.To],
		err == nil && w.info != nil && strings.EqualFold(w.From, w.To) && os.SameFile(info, w.info):
		return nil
	case err == nil:
		err = ErrTaken
	}
	return failed(d.root, "write", w.To, err)
}

// missing adds to the journal the folders that are to be made for dir, those that hold others first. None is reached by a link.
func (d disk) missing(dir string, known map[string]bool, j *journal) error {
	if dir == "." || known[dir] {
		return nil
	}
	if err := d.missing(path.Dir(dir), known, j); err != nil {
		return err
	}
	known[dir] = true
	info, err := d.root.Lstat(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		j.Folders = append(j.Folders, dir)
		return nil
	case err == nil && info.Mode()&fs.ModeSymlink != 0:
		err = ErrLink
	case err == nil && !info.IsDir():
		err = ErrTaken
	}
	if err != nil {
		return failed(d.root, "write", dir, err)
	}
	return nil
}

// prepare stages the new bytes, and takes away the files that leave. All that it does can be undone.
func (d disk) prepare(j *journal, works []*work) error {
	for _, dir := range j.Folders {
		if err := d.change(func() error { return d.root.Mkdir(dir, 0o777) }); err != nil {
			return failed(d.root, "make", dir, err)
		}
	}
	for i, w := range works {
		if w.Staged {
			perm := fs.FileMode(0o666)
			if w.info != nil {
				perm = w.info.Mode().Perm()
			}
			if err := d.stage(j.staged(i), w.data, perm, w.info != nil); err != nil {
				return failed(d.root, "write", w.To, err)
			}
		}
	}
	for i, w := range works {
		if w.From == "" {
			continue
		}
		if err := d.change(func() error { return d.root.Rename(w.From, j.taken(i)) }); err != nil {
			return failed(d.root, "move", w.From, err)
		}
		if _, err := d.check(j.taken(i), w); err != nil { // somebody may have saved it since
			return err
		}
	}
	return nil
}

// stage writes a file that does not exist, down to the disk.
func (d disk) stage(name string, data []byte, perm fs.FileMode, exact bool) error {
	return d.change(func() error {
		f, err := d.root.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_WRONLY, perm)
		if err != nil {
			return err
		}
		_, err = bytes.NewReader(data).WriteTo(f)
		if err == nil && exact {
			err = f.Chmod(perm) // whatever the umask
		}
		if err == nil {
			err = f.Sync()
		}
		return cmp.Or(err, f.Close())
	})
}
