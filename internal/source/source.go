// Package source reads the publication folder: its files and positions in them.
//
// Text files (entries, settings, captions) are read whole; pictures, films and other
// media are only listed and read when a stage asks for them. A File is never changed
// after Load. Paths are slash-separated and relative to the publication folder.
package source

import (
	"cmp"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"leerblad/internal/bounds"
)

// MaxText is the size in bytes above which a text file is listed but not read.
const MaxText = bounds.Text

// Digest is the SHA-256 of a file's bytes.
type Digest [sha256.Size]byte

// File is one file of the publication folder.
type File struct {
	Path   string
	Size   int64  // bytes
	Data   []byte `digest:"-"` // nil for media and for text over MaxText
	Digest Digest // of Data; zero where Data is nil

	// Outside says that the file is not of the publication: its Path is as the user gave it.
	Outside bool

	released bool
	info     fs.FileInfo           // of what Data does not hold
	lines    atomic.Pointer[Lines] // of Data, once somebody has asked for a place in it
}

// Same reports whether info is that of the file, which Data does not hold, as it was listed.
func (f *File) Same(info fs.FileInfo) bool {
	return f.info != nil && f.info.Size() == info.Size() && f.info.ModTime().Equal(info.ModTime()) && identity(f.info) == identity(info)
}

// Release lets go of Data until Restore, should a message need it. Nothing else may use the file meanwhile.
func (f *File) Release() {
	f.Data, f.released = nil, true
	f.lines.Store(nil)
}

// Restore gives a released file its Data again, which read gives. The error is read's, or says that they are not the same any more.
func (f *File) Restore(read func(name string) ([]byte, error)) error {
	if !f.released {
		return nil
	}
	data, err := read(f.Path)
	if err != nil {
		return err
	}
	if sha256.Sum256(data) != f.Digest {
		return fmt.Errorf("read %s: %w", f.Path, ErrChanged)
	}
	f.Data, f.released = data, false
	f.lines.Store(nil)
	return nil
}

// ErrChanged says that a file of the publication is not any more what it was when it was first read.
var ErrChanged = errors.New("changed while the site was made")

// index gives the lines of the text.
func (f *File) index() *Lines {
	lines := f.lines.Load()
	if lines == nil {
		lines = NewLines(f.Data)
		f.lines.Store(lines)
	}
	return lines
}

// NewFile makes a text file of data, as Load would.
func NewFile(name string, data []byte) *File {
	return &File{Path: name, Size: int64(len(data)), Data: data, Digest: sha256.Sum256(data)}
}

// Tree is a publication folder at one moment.
type Tree struct {
	fsys  fs.FS
	files map[string]*File
	paths []string
	odd   []Odd
	links map[string]bool // the files that are reached by a symbolic link

	composed func() map[string][]string // the files whose names are not plain letters, by their names in one form
}

// Odd is what stands in a publication folder and is not read as its name says.
type Odd struct {
	Path string
	Why  Reason
}

// Reason says why something is Odd.
type Reason int

const (
	Unreadable   Reason = iota // without permission, or on a damaged disk
	NoFile                     // a link that leads nowhere, out of the folder or to another folder; a pipe or a device
	TooDeep                    // a folder in MaxDepth others: nothing in it is read
	NamedAsAFile               // a folder whose name is that of a text or picture; what is in it is read
)

// MaxDepth is how many folders may stand in each other.
const MaxDepth = bounds.Folders

// Update gives the tree as it is after changes in the files or folders called names, which may be new, changed or gone;
// "." means any, and a new Tree has no files. A text that has the same bytes as before stays the same *File, and so does another file that
// was not written to. Names for which ignored is true (hidden files, editors' temporary files) are left out, folders included. What cannot be
// read is listed by Odd; the error is the machine's: the publication folder itself cannot be read.
func (t *Tree) Update(fsys fs.FS, ignored func(name string) bool, names []string) (*Tree, error) {
	next := &Tree{fsys: fsys, files: maps.Clone(t.files), odd: slices.Clone(t.odd), links: map[string]bool{}}
	if next.files == nil {
		next.files = map[string]*File{}
	}
	// Where a link leads may have changed with any of them.
	names = slices.Concat(names, slices.Sorted(maps.Keys(t.links)))
	for _, o := range t.odd {
		if o.Why == Unreadable || o.Why == NoFile {
			names = append(names, o.Path)
		}
	}
	for _, name := range names {
		if name != "." && (depth(name) > MaxDepth+1 || slices.ContainsFunc(strings.Split(name, "/"), ignored)) {
			continue
		}
		next.forget(name)
		if err := next.walk(name, ignored, t); err != nil {
			return nil, fmt.Errorf("read publication folder: %w", err)
		}
	}
	slices.SortFunc(next.odd, func(a, b Odd) int { return cmp.Or(cmp.Compare(a.Path, b.Path), cmp.Compare(a.Why, b.Why)) })
	next.odd = slices.Compact(next.odd)
	next.paths, next.composed = t.paths, t.composed
	if !next.hasPaths(t.paths) || next.composed == nil {
		next.list()
	}
	return next, nil
}

// list gives the tree the paths of its files.
func (t *Tree) list() {
	paths := slices.Sorted(maps.Keys(t.files))
	t.paths, t.composed = paths, sync.OnceValue(func() map[string][]string { return compose(paths) })
}

// compose gives those of paths that are not plain letters, by their names in one form of Unicode.
func compose(paths []string) map[string][]string {
	out := map[string][]string{}
	for _, p := range paths {
		if !plain(p) {
			name := norm.NFC.String(p)
			out[name] = append(out[name], p)
		}
	}
	return out
}

// plain reports whether a name has but one form in Unicode.
func plain(p string) bool {
	for i := range len(p) {
		if p[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

func (t *Tree) hasPaths(paths []string) bool {
	if len(paths) != len(t.files) {
		return false
	}
	for _, p := range paths {
		if t.files[p] == nil {
			return false
		}
	}
	return true
}

// forget drops the file called name, or all in the folder.
func (t *Tree) forget(name string) {
	below := func(p string) bool {
		return name == "." || p == name || strings.HasPrefix(p, name) && p[len(name)] == '/'
	}
	t.odd = slices.DeleteFunc(t.odd, func(o Odd) bool { return below(o.Path) })
	if t.files[name] != nil {
		delete(t.files, name)
		return
	}
	maps.DeleteFunc(t.files, func(p string, _ *File) bool { return below(p) })
}

// walk reads the file called name or all in the folder, and takes from old what has not changed.
func (t *Tree) walk(name string, ignored func(string) bool, old *Tree) error {
	for dir := path.Dir(name); dir != "."; dir = path.Dir(dir) {
		if info, err := fs.Lstat(t.fsys, dir); err != nil || !info.IsDir() {
			return nil // what was in it is gone
		}
	}
	info, err := fs.Lstat(t.fsys, name)
	switch {
	case err != nil && name == ".":
		return err
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		t.odd = append(t.odd, Odd{name, Unreadable})
		return nil
	case !info.IsDir():
		t.enter(name, fs.FileInfoToDirEntry(info), old)
		return nil
	}
	return walkDir(t.fsys, name, ignored, func(p string, d fs.DirEntry, err error) {
		switch {
		case err != nil:
			t.odd = append(t.odd, Odd{p, Unreadable})
		case !d.IsDir():
			t.enter(p, d, old)
		case depth(p) > MaxDepth:
			t.odd = append(t.odd, Odd{p, TooDeep})
		case asFile(p):
			t.odd = append(t.odd, Odd{p, NamedAsAFile})
		}
	})
}

// walkDir calls do for the file or folder called name and all below it, but for what is ignored or in a folder that is too deep. The
// error is that of the folder ".".
func walkDir(fsys fs.FS, name string, ignored func(string) bool, do func(p string, d fs.DirEntry, err error)) error {
	return fs.WalkDir(fsys, name, func(p string, d fs.DirEntry, err error) error {
		switch {
		case err != nil && p == ".":
			return err
		case p != "." && ignored(d.Name()):
			if d.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		do(p, d, err)
		if d.IsDir() && depth(p) > MaxDepth {
			return fs.SkipDir
		}
		return nil
	})
}

// depth is the number of names in a path.
func depth(p string) int { return strings.Count(p, "/") + 1 }

// asFile reports whether a folder's name is that of a text or picture.
func asFile(p string) bool {
	switch strings.ToLower(path.Ext(p)) {
	case ".jpg", ".jpeg", ".png", ".gif", ".webp", ".svg":
		return true
	}
	return IsText(p)
}

// enter reads a file, or takes it from old if it has not changed.
func (t *Tree) enter(p string, d fs.DirEntry, old *Tree) {
	f, err := t.load(p, d)
	switch {
	case errors.Is(err, ErrNotRegular):
		t.odd = append(t.odd, Odd{p, NoFile})
		return
	case err != nil:
		t.odd = append(t.odd, Odd{p, Unreadable})
		return
	}
	if known := old.files[p]; known != nil {
		sameText := known.Data != nil && f.Data != nil && known.Digest == f.Digest
		if sameText || f.info != nil && known.Same(f.info) {
			f = known
		}
	}
	t.files[p] = f
}

func (t *Tree) load(p string, d fs.DirEntry) (*File, error) {
	if d.Type()&fs.ModeSymlink != 0 {
		info, err := fs.Stat(t.fsys, p)
		if err != nil {
			return nil, ErrNotRegular
		}
		d = fs.FileInfoToDirEntry(info)
		t.links[p] = true
	}
	if !d.Type().IsRegular() {
		return nil, ErrNotRegular
	}
	opened, err := t.fsys.Open(p)
	if err != nil {
		return nil, err
	}
	defer opened.Close()
	info, err := opened.Stat()
	if err != nil {
		return nil, err
	}
	if !IsText(p) || info.Size() > MaxText {
		return &File{Path: p, Size: info.Size(), info: info}, nil
	}
	data := make([]byte, info.Size()+1)
	n, err := io.ReadFull(opened, data)
	if err == nil {
		return nil, fmt.Errorf("%q grew while it was read", p)
	}
	if err != io.EOF && err != io.ErrUnexpectedEOF {
		return nil, err
	}
	return NewFile(p, data[:n]), nil
}

// IsText reports whether the file's extension is one that Load reads.
func IsText(p string) bool {
	switch strings.ToLower(path.Ext(p)) {
	case ".md", ".yaml", ".yml", ".vtt", ".csv":
		return true
	}
	return false
}

// Paths gives the paths of all files, sorted. The caller must not change the slice.
func (t *Tree) Paths() []string { return t.paths }

// Odd gives what is not read as its name says, sorted by path.
func (t *Tree) Odd() []Odd { return t.odd }

// Name gives the path of the file that is called p, in whichever form of Unicode either is written; p and false if there is none.
func (t *Tree) Name(p string) (string, bool) {
	if t.files[p] != nil {
		return p, true
	}
	if !plain(p) {
		if same := t.composed()[norm.NFC.String(p)]; same != nil {
			return same[0], true
		}
	}
	return p, false
}

// Twins gives the files whose names are those of others, written in another form of Unicode, with the first of these; sorted by path.
func (t *Tree) Twins() (out [][2]string) {
	for _, same := range t.composed() {
		for _, p := range same[1:] {
			out = append(out, [2]string{p, same[0]})
		}
	}
	slices.SortFunc(out, func(a, b [2]string) int { return cmp.Compare(a[0], b[0]) })
	return out
}

// File gives the file at p, or nil.
func (t *Tree) File(p string) *File { return t.files[p] }
