// Package source reads the publication folder: its files and positions in them.
//
// Text files (entries, settings, captions) are read whole; pictures, films and other
// media are only listed and read when a stage asks for them. A File is never changed
// after Load. Paths are slash-separated and relative to the publication folder.
package source

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
)

// MaxText is the size in bytes above which a text file is listed but not read.
const MaxText = 1 << 20

// Digest is the SHA-256 of a file's bytes.
type Digest [sha256.Size]byte

// File is one file of the publication folder.
type File struct {
	Path   string
	Size   int64  // bytes
	Data   []byte // nil for media and for text over MaxText
	Digest Digest // of Data; zero where Data is nil

	// Outside says that the file is not of the publication: its Path is as the user gave it.
	Outside bool

	again func() ([]byte, error)
}

// Release lets go of Data; read gives it again should a message need it. Nothing else may use the file meanwhile.
func (f *File) Release(read func() ([]byte, error)) { f.Data, f.again = nil, read }

// text gives Data, also after Release. What cannot be read again is empty.
func (f *File) text() []byte {
	if f.again != nil {
		f.Data, _ = f.again()
		f.again = nil
	}
	return f.Data
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
	lost  []string
	links map[string]bool // the files that are reached by a symbolic link
}

// Update gives the tree as it is after changes in the files or folders called names, which may be new, changed or gone;
// "." means any, and a new Tree has no files. A text that has the same bytes as before stays the same *File. Names for which ignored
// is true (hidden files, editors' temporary files) are left out, folders included. What cannot be read is listed by Lost; the
// error is the machine's: the publication folder itself cannot be read.
func (t *Tree) Update(fsys fs.FS, ignored func(name string) bool, names []string) (*Tree, error) {
	next := &Tree{fsys: fsys, files: maps.Clone(t.files), lost: slices.Clone(t.lost), links: map[string]bool{}}
	if next.files == nil {
		next.files = map[string]*File{}
	}
	// Where a link leads may have changed with any of them.
	names = slices.Concat(names, t.lost, slices.Sorted(maps.Keys(t.links)))
	for _, name := range names {
		if name != "." && slices.ContainsFunc(strings.Split(name, "/"), ignored) {
			continue
		}
		next.forget(name)
		if err := next.walk(name, ignored, t); err != nil {
			return nil, fmt.Errorf("read publication folder: %w", err)
		}
	}
	slices.Sort(next.lost)
	next.lost = slices.Compact(next.lost)
	next.paths = t.paths
	if !next.hasPaths(t.paths) {
		next.paths = slices.Sorted(maps.Keys(next.files))
	}
	return next, nil
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
	t.lost = slices.DeleteFunc(t.lost, below)
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
		t.lost = append(t.lost, name)
		return nil
	case !info.IsDir():
		t.enter(name, fs.FileInfoToDirEntry(info), old)
		return nil
	}
	return fs.WalkDir(t.fsys, name, func(p string, d fs.DirEntry, err error) error {
		switch {
		case err != nil && p == ".":
			return err
		case p != "." && ignored(d.Name()):
			if d.IsDir() {
				return fs.SkipDir
			}
		case err != nil:
			t.lost = append(t.lost, p)
		case !d.IsDir():
			t.enter(p, d, old)
		}
		return nil
	})
}

// enter reads a file, or takes it from old if it has not changed.
func (t *Tree) enter(p string, d fs.DirEntry, old *Tree) {
	f, err := t.load(p, d)
	if err != nil || f == nil {
		t.lost = append(t.lost, p)
		return
	}
	if known := old.files[p]; known != nil && known.Data != nil && known.Digest == f.Digest && f.Data != nil {
		f = known
	}
	t.files[p] = f
}

func (t *Tree) load(p string, d fs.DirEntry) (*File, error) {
	if d.Type()&fs.ModeSymlink != 0 {
		info, err := fs.Stat(t.fsys, p)
		if err != nil {
			return nil, err
		}
		d = fs.FileInfoToDirEntry(info)
		t.links[p] = true
	}
	if !d.Type().IsRegular() {
		return nil, nil
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
		return &File{Path: p, Size: info.Size()}, nil
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
	case ".md", ".yaml", ".yml", ".vtt":
		return true
	}
	return false
}

// Paths gives the paths of all files, sorted. The caller must not change the slice.
func (t *Tree) Paths() []string { return t.paths }

// Lost gives the paths of what could not be read: without permission, a link that leads nowhere, out of the folder or to
// another folder, or no file at all.
func (t *Tree) Lost() []string { return t.lost }

// File gives the file at p, or nil.
func (t *Tree) File(p string) *File { return t.files[p] }
