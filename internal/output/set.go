// Package output turns the files that a build produced into a folder on disk.
//
// Three things always hold. Only files that the generator itself wrote are ever changed or removed; a
// manifest in the folder remembers which. Every file on disk is wholly old or wholly new, and a page
// appears after the files it needs. The same Set gives the same bytes, manifest included.
package output

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"iter"
	"maps"
	"path"
	"slices"
	"strings"
	"sync"
)

// Set is the files of one build by path; it must not be added to once it is shared.
type Set struct {
	files   map[string]*file
	folders map[string]bool
}

type file struct {
	data   []byte
	hash   sync.Once
	digest string
}

func (f *file) sum() string {
	f.hash.Do(func() {
		sum := sha256.Sum256(f.data)
		f.digest = hex.EncodeToString(sum[:])
	})
	return f.digest
}

// NewSet returns an empty set.
func NewSet() *Set {
	return &Set{files: map[string]*file{}, folders: map[string]bool{}}
}

// Add puts a file under a slash-separated relative path and keeps data, which must not change afterwards;
// it gives an error for a path that is unsafe, reserved, taken, or a folder of another file.
func (s *Set) Add(name string, data []byte) error {
	if !validPath(name) {
		return fmt.Errorf("invalid output path %q", name)
	}
	if _, taken := s.files[name]; taken {
		return fmt.Errorf("two files for the output path %q", name)
	}
	if s.folders[name] {
		return fmt.Errorf("output path %q is both a file and a folder", name)
	}
	for dir := range parents(name) {
		if _, taken := s.files[dir]; taken {
			return fmt.Errorf("output path %q is both a file and a folder", dir)
		}
	}
	for dir := range parents(name) {
		s.folders[dir] = true
	}
	s.files[name] = &file{data: data}
	return nil
}

// Get returns the bytes of a file, which must not be changed.
func (s *Set) Get(name string) ([]byte, bool) {
	f, ok := s.files[name]
	if !ok {
		return nil, false
	}
	return f.data, true
}

// Digest returns the SHA-256 of a file in hexadecimal digits.
func (s *Set) Digest(name string) (string, bool) {
	f, ok := s.files[name]
	if !ok {
		return "", false
	}
	return f.sum(), true
}

// Paths returns all paths in byte order.
func (s *Set) Paths() []string {
	return slices.Sorted(maps.Keys(s.files))
}

// Len returns the number of files.
func (s *Set) Len() int {
	return len(s.files)
}

// validPath also keeps the names that Sync needs for itself out of a site.
func validPath(name string) bool {
	return fs.ValidPath(name) && name != "." && name != manifestName &&
		!strings.ContainsAny(name, "\\\x00") && !strings.HasPrefix(path.Base(name), tempPrefix)
}

// parents yields the folders above a path, innermost first, without the root.
func parents(name string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for dir := path.Dir(name); dir != "."; dir = path.Dir(dir) {
			if !yield(dir) {
				return
			}
		}
	}
}
