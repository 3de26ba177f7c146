package edit

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"leerblad/internal/bounds"
	"leerblad/internal/lock"
	"leerblad/internal/source"
)

// A Write first tells in a journal what it will do. It then stages new bytes beside the files that get them, and takes the files that leave
// away to hidden names: until then all can be undone. Once that is done the journal says Forward, and from then on the rest, which is
// renaming within a folder, is done by whoever comes next. What the journal says is data of a disk that others write to: it
// names no hidden file, those follow from its ID, and nothing is written over or removed but bytes that it has the digest of, or that it took away:
// place.go says how, while others save.

// prefix begins all names that a Write keeps for itself; source.Ignored leaves them out.
const (
	prefix      = ".leerblad-edit"
	journalName = prefix
	journalTemp = prefix + ".new"
	lockName    = prefix + ".lock"
)

// magic begins a journal, before its digest.
const magic = "leerblad edit 1 "

// maxJournal is how large a journal may be, in bytes.
const maxJournal = 64 << 20

type journal struct {
	ID      string
	Forward bool     // all is prepared
	Folders []string // that are made, outermost first
	Steps   []step
}

// step is what happens to one file. Digests are in hexadecimal.
type step struct {
	From   string `json:",omitempty"` // it leaves this path
	To     string `json:",omitempty"` // it comes to this path
	Staged bool   `json:",omitempty"` // with new bytes
	Was    string `json:",omitempty"` // the digest of what leaves, or is replaced; "" if not known
	Next   string `json:",omitempty"` // the digest of the new bytes
}

// kept reports whether the file that leaves is the one that comes.
func (s step) kept() bool { return s.From != "" && s.To != "" && !s.Staged }

// replaces reports whether the file that comes takes the place of another text.
func (s step) replaces() bool { return s.From == "" && s.Was != "" }

// staged gives the path of the new bytes of step i.
func (j *journal) staged(i int) string {
	return path.Join(path.Dir(j.Steps[i].To), fmt.Sprintf("%s-%s-%d.new", prefix, j.ID, i))
}

// taken gives the path to which step i takes the file that leaves: where it can be renamed to the path that it gets.
func (j *journal) taken(i int) string {
	s := j.Steps[i]
	dir := path.Dir(s.From)
	if s.kept() {
		dir = path.Dir(s.To)
	}
	return path.Join(dir, fmt.Sprintf("%s-%s-%d.old", prefix, j.ID, i))
}

// source gives the path of what comes in step i.
func (j *journal) source(i int) string {
	if j.Steps[i].kept() {
		return j.taken(i)
	}
	return j.staged(i)
}

func hexOf(d source.Digest) string { return hex.EncodeToString(d[:]) }

var validID = regexp.MustCompile(`^[A-Z2-7]{26}$`)

// validPath reports whether a file of the publication can have the path.
func validPath(p string) bool {
	return fs.ValidPath(p) && p != "." && !strings.ContainsAny(p, "\\\x00") && strings.Count(p, "/") <= bounds.Folders &&
		!slices.ContainsFunc(strings.Split(p, "/"), source.Ignored)
}

func (j *journal) valid() bool {
	if !validID.MatchString(j.ID) {
		return false
	}
	for _, s := range j.Steps {
		if s.From == "" && s.To == "" || s.From == s.To || s.From != "" && !validPath(s.From) || s.To != "" && !validPath(s.To) ||
			s.Staged && s.To == "" || s.Staged != (s.Next != "") || s.From == "" && !s.Staged {
			return false
		}
	}
	return !slices.ContainsFunc(j.Folders, func(dir string) bool { return !validPath(dir) })
}

func (j *journal) bytes() []byte {
	data, _ := json.Marshal(j) // strings and bools alone
	sum := sha256.Sum256(data)
	return fmt.Appendf(nil, "%s%s\n%s", magic, hexOf(sum), data)
}

// readJournal gives the journal that data holds, or false.
func readJournal(data []byte) (*journal, bool) {
	rest, found := strings.CutPrefix(string(data), magic)
	sum, body, whole := strings.Cut(rest, "\n")
	var j journal
	if !found || !whole || sum != hexOf(sha256.Sum256([]byte(body))) || json.Unmarshal([]byte(body), &j) != nil || !j.valid() {
		return nil, false
	}
	return &j, true
}

// disk is the publication folder.
type disk struct {
	root   *os.Root
	before func() error // called before each change when not nil; a test's kill
}

func (d disk) change(do func() error) error {
	if d.before != nil {
		if err := d.before(); err != nil {
			return err
		}
	}
	return do()
}

// failed names the file as the user knows it.
func failed(root *os.Root, verb, name string, err error) error {
	var pathError *fs.PathError
	var linkError *os.LinkError
	switch {
	case errors.As(err, &pathError):
		err = pathError.Err
	case errors.As(err, &linkError):
		err = linkError.Err
	}
	return &fs.PathError{Op: verb, Path: filepath.Join(root.Name(), filepath.FromSlash(name)), Err: err}
}

// locked does what no two processes may do at once.
func (d disk) locked(do func() error) error {
	held, busy, err := lock.Folder(d.root, lockName)
	if busy {
		err = ErrBusy
	}
	if err != nil {
		return failed(d.root, "lock", ".", err)
	}
	defer held.Close()
	return do()
}

// read gives the bytes of a regular file of at most so many.
func (d disk) read(name string, most int64) ([]byte, error) {
	f, err := source.OpenIn(d.root, name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, most+1))
	if err == nil && int64(len(data)) > most {
		err = ErrChanged
	}
	return data, err
}

// digest gives the digest of a regular file, or "".
func (d disk) digest(name string) string {
	f, err := source.OpenIn(d.root, name)
	if err != nil {
		return ""
	}
	defer f.Close()
	sum := sha256.New()
	if _, err := io.Copy(sum, f); err != nil {
		return ""
	}
	return hexOf(source.Digest(sum.Sum(nil)))
}

func (d disk) exists(name string) bool {
	_, err := d.root.Lstat(name)
	return err == nil
}

// save puts the journal on the disk, in place of what it said before.
func (d disk) save(j *journal) error {
	err := d.change(func() error { return remove(d.root, journalTemp) })
	if err == nil {
		err = d.stage(journalTemp, j.bytes(), 0o666, false)
	}
	if err == nil {
		err = d.change(func() error { return d.root.Rename(journalTemp, journalName) })
	}
	if err != nil {
		_ = remove(d.root, journalTemp)
		return failed(d.root, "write", journalName, err)
	}
	if dir, err := d.root.Open("."); err == nil {
		_ = dir.Sync() // Windows has no such thing
		dir.Close()
	}
	return nil
}

// remove is Remove where it does not matter whether the file is there.
func remove(root *os.Root, name string) error {
	err := root.Remove(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// recover does what the journal says, if there is one.
func (d disk) recover() error {
	data, err := d.read(journalName, maxJournal)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case errors.Is(err, ErrChanged), errors.Is(err, source.ErrNotRegular):
		return failed(d.root, "recover", journalName, ErrJournal)
	case err != nil:
		return failed(d.root, "recover", journalName, err)
	}
	j, ok := readJournal(data)
	switch {
	case !ok:
		return failed(d.root, "recover", journalName, ErrJournal)
	case j.Forward:
		if err := d.complete(j); err != nil && d.exists(journalName) {
			return err
		}
		return nil
	}
	return d.undo(j)
}

// undo takes back what was prepared. Nothing of it has come to its place.
func (d disk) undo(j *journal) error {
	var failures []error
	try := func(verb, name string, do func() error) {
		if err := d.change(do); err != nil {
			failures = append(failures, failed(d.root, verb, name, err))
		}
	}
	for i, s := range slices.Backward(j.Steps) {
		if s.Staged {
			try("remove", j.staged(i), func() error { return remove(d.root, j.staged(i)) })
		}
		if s.From != "" && d.exists(j.taken(i)) {
			try("move", s.From, func() error {
				if d.exists(s.From) {
					return ErrTaken
				}
				return d.root.Rename(j.taken(i), s.From)
			})
		}
	}
	if len(failures) > 0 {
		return failures[0]
	}
	for _, dir := range slices.Backward(j.Folders) {
		_ = d.change(func() error { return d.root.Remove(dir) }) // others may have put files in it
	}
	if err := d.change(func() error { return remove(d.root, journalName) }); err != nil {
		return failed(d.root, "remove", journalName, err)
	}
	return nil
}

// complete does the rest of what is prepared. Where a file has changed since, it undoes what is prepared and says so, or, if others have
// come to their places already, does nothing until that file is moved away.
func (d disk) complete(j *journal) error {
	placed, conflict := false, error(nil)
	for i, s := range j.Steps {
		if d.swapped(j, i) {
			if err := d.settle(j, i); err != nil && !errors.Is(err, ErrTaken) { // which is told below
				return failed(d.root, "write", s.To, err)
			}
		}
	}
	for i, s := range j.Steps {
		if s.To != "" {
			waits := d.exists(j.source(i))
			placed = placed || !waits
			if err := d.fits(j, i, waits); err != nil {
				conflict = cmp.Or(conflict, failed(d.root, "write", s.To, err))
			}
		}
		if s.From != "" && !s.kept() && s.Was != "" && d.exists(j.taken(i)) && d.digest(j.taken(i)) != s.Was {
			conflict = cmp.Or(conflict, failed(d.root, "remove", j.taken(i), ErrJournal))
		}
	}
	if conflict != nil && !placed {
		return cmp.Or(d.undo(j), conflict)
	}
	if conflict != nil {
		return conflict
	}
	for i, s := range j.Steps {
		if s.To == "" || !d.exists(j.source(i)) {
			continue
		}
		err := d.place(j, i)
		if errors.Is(err, ErrTaken) && !placed {
			return cmp.Or(d.undo(j), failed(d.root, "write", s.To, err))
		}
		if err != nil {
			return failed(d.root, "write", s.To, err)
		}
		placed = true
	}
	for i, s := range j.Steps {
		if s.From == "" {
			continue
		}
		if !s.kept() {
			if err := d.change(func() error { return remove(d.root, j.taken(i)) }); err != nil {
				return failed(d.root, "remove", s.From, err)
			}
		}
		for dir := path.Dir(s.From); strings.Contains(dir, "/"); dir = path.Dir(dir) {
			if d.change(func() error { return d.root.Remove(dir) }) != nil {
				break // it holds more
			}
		}
		if strings.EqualFold(s.From, s.To) {
			if err := d.recase(j, path.Dir(s.To)); err != nil {
				return failed(d.root, "move", s.To, err)
			}
		}
	}
	if err := d.change(func() error { return remove(d.root, journalName) }); err != nil {
		return failed(d.root, "remove", journalName, err)
	}
	return nil
}

// fits reports why step i cannot be completed, or was not as it says; waits says whether what comes still waits.
func (d disk) fits(j *journal, i int, waits bool) error {
	s := j.Steps[i]
	there := d.exists(s.To)
	replaces := s.replaces()
	switch {
	case !waits && (!there || replaces && s.Was != s.Next && d.digest(s.To) == s.Was),
		waits && s.Staged && d.digest(j.staged(i)) != s.Next:
		return ErrJournal
	case waits && there && (!replaces || d.digest(s.To) != s.Was):
		return ErrTaken
	}
	return nil
}

// recase gives a folder and those that it stands in the case of letters of dir, on disks that take both for the same.
func (d disk) recase(j *journal, dir string) error {
	if dir == "." {
		return nil
	}
	if err := d.recase(j, path.Dir(dir)); err != nil {
		return err
	}
	parent, name := path.Dir(dir), path.Base(dir)
	aside := path.Join(parent, fmt.Sprintf("%s-%s.case", prefix, j.ID))
	entries, err := fs.ReadDir(d.root.FS(), parent)
	if err != nil {
		return err
	}
	if slices.ContainsFunc(entries, func(e fs.DirEntry) bool { return e.Name() == name }) {
		return nil
	}
	for _, e := range entries {
		if strings.EqualFold(e.Name(), name) {
			if err := d.change(func() error { return d.root.Rename(path.Join(parent, e.Name()), aside) }); err != nil {
				return err
			}
		}
	}
	if !d.exists(aside) {
		return nil
	}
	return d.change(func() error { return d.root.Rename(aside, dir) })
}
