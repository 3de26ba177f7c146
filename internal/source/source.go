// Package source reads the publication folder: its files and positions in them.
//
// Text files (entries, settings, captions) are read whole; pictures, films and other
// media are only listed and read when a stage asks for them. A File is never changed
// after Load. Paths are slash-separated and relative to the publication folder.
package source

import (
	"crypto/sha256"
	"fmt"
	"io/fs"
	"path"
	"sort"
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
}

// Load lists fsys and reads its text files. Names for which ignored is true (hidden files, editors'
// temporary files) are left out, folders included. What cannot be read is listed by Lost; the error is the
// machine's: the publication folder itself cannot be read.
func Load(fsys fs.FS, ignored func(name string) bool) (*Tree, error) {
	t := &Tree{fsys: fsys, files: map[string]*File{}}
	err := fs.WalkDir(fsys, ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil && p == "." {
			return err
		}
		if p != "." && ignored(d.Name()) {
			if d.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		if err == nil && d.IsDir() {
			return nil
		}
		var f *File
		if err == nil {
			f, err = t.load(p)
		}
		if err != nil || f == nil {
			t.lost = append(t.lost, p)
			return nil
		}
		t.files[p] = f
		t.paths = append(t.paths, p)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read publication folder: %w", err)
	}
	sort.Strings(t.paths)
	return t, nil
}

func (t *Tree) load(p string) (*File, error) {
	info, err := fs.Stat(t.fsys, p)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, nil
	}
	if !IsText(p) || info.Size() > MaxText {
		return &File{Path: p, Size: info.Size()}, nil
	}
	data, err := fs.ReadFile(t.fsys, p)
	if err != nil {
		return nil, err
	}
	return NewFile(p, data), nil
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

// Read gives the bytes of the file at p, media included.
func (t *Tree) Read(p string) ([]byte, error) {
	if f := t.files[p]; f != nil && f.Data != nil {
		return f.Data, nil
	}
	return fs.ReadFile(t.fsys, p)
}
