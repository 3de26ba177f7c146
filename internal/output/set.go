// Package output turns the files that a build produced into a folder on disk.
//
// Four things always hold. Only files that the generator itself wrote are ever changed or removed; a
// manifest in the folder remembers which. Whatever fails while files are made and written leaves the site
// as it was. A kill at any moment leaves a site of which no page that can be reached lacks anything: files
// are moved into it whole, after what they need. The same Set gives the same bytes, manifest included.
package output

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"maps"
	"os"
	"slices"
	"strings"

	"leerblad/internal/source"
)

// Set is the files of one build by path; it must not be added to once it is shared.
type Set struct {
	files   map[string]file
	folders map[string]bool
}

// file holds its bytes, or what makes them, or where they are copied from.
type file struct {
	data   []byte
	make   func(dst []byte) ([]byte, error)
	stream *Stream
}

// Stream is a file of any size that is copied and never held: its size in bytes, its SHA-256, and what opens it.
type Stream struct {
	Size   int64
	Digest [sha256.Size]byte
	Open   func() (*os.File, error)
}

// ErrChanged says that the bytes of a Stream are not those of its Digest.
var ErrChanged = errors.New("changed while the site was made")

// copy writes the stream to w by way of room, unless ctx ends.
func (s *Stream) copy(ctx context.Context, w io.Writer, room []byte) error {
	f, err := s.Open()
	if err != nil {
		return err
	}
	defer f.Close()
	sum := sha256.New()
	if _, err := io.CopyBuffer(struct{ io.Writer }{io.MultiWriter(w, sum)}, source.Stoppable(ctx, f), room); err != nil { // both would choose room themselves
		return err
	}
	if [sha256.Size]byte(sum.Sum(nil)) != s.Digest {
		return ErrChanged
	}
	return nil
}

// bytes appends a made file to dst; other bytes are those of the file itself. A panic becomes an error.
func (f file) bytes(name string, dst []byte) (data []byte, err error) {
	switch {
	case f.stream != nil:
		out := bytes.NewBuffer(dst)
		err := f.stream.copy(context.Background(), out, make([]byte, 32<<10))
		return out.Bytes(), err
	case f.make == nil:
		return f.data, nil
	}
	defer func() {
		if bug := recover(); bug != nil {
			err = fmt.Errorf("make %q: internal error: %v", name, bug)
		}
	}()
	if data, err = f.make(dst); err != nil {
		return nil, fmt.Errorf("make %q: %w", name, err)
	}
	return data, nil
}

// NewSet returns an empty set.
func NewSet() *Set {
	return &Set{files: map[string]file{}, folders: map[string]bool{}}
}

// Add puts a file under a slash-separated relative path and keeps data, which must not change afterwards;
// it gives an error for a path that is unsafe, reserved, taken, or a folder of another file.
func (s *Set) Add(name string, data []byte) error {
	return s.add(name, file{data: data})
}

// AddFunc is Add for a file that is made when it is needed: make appends its bytes, always the same ones, to
// dst, and may be called often and by several goroutines.
func (s *Set) AddFunc(name string, make func(dst []byte) ([]byte, error)) error {
	return s.add(name, file{make: make})
}

// AddStream is Add for a file that is copied from another.
func (s *Set) AddStream(name string, stream Stream) error {
	return s.add(name, file{stream: &stream})
}

func (s *Set) add(name string, f file) error {
	if !validPath(name) {
		return fmt.Errorf("invalid output path %q", name)
	}
	if _, taken := s.files[name]; taken {
		return fmt.Errorf("two files for the output path %q", name)
	}
	if s.folders[name] {
		return fmt.Errorf("output path %q is both a file and a folder", name)
	}
	for dir := range s.newFolders(name) {
		if _, taken := s.files[dir]; taken {
			return fmt.Errorf("output path %q is both a file and a folder", dir)
		}
	}
	for dir := range s.newFolders(name) {
		s.folders[dir] = true
	}
	s.files[name] = f
	return nil
}

// newFolders yields the folders above a path, innermost first, up to one that is known, as those above it are.
func (s *Set) newFolders(name string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for dir := range parents(name) {
			if s.folders[dir] || !yield(dir) {
				return
			}
		}
	}
}

// Get returns the bytes of a file, which must not be changed, and an error where they cannot be made.
func (s *Set) Get(name string) (data []byte, ok bool, err error) {
	f, ok := s.files[name]
	if !ok {
		return nil, false, nil
	}
	data, err = f.bytes(name, nil)
	return data, true, err
}

// Stream gives a file that is copied from another; ok is false for one that is not.
func (s *Set) Stream(name string) (stream Stream, ok bool) {
	f := s.files[name]
	if f.stream == nil {
		return Stream{}, false
	}
	return *f.stream, true
}

// Has reports whether the set has a file of this name.
func (s *Set) Has(name string) bool {
	_, ok := s.files[name]
	return ok
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
	return fs.ValidPath(name) && name != "." && name != manifestName && !strings.ContainsAny(name, "\\\x00") &&
		!strings.HasPrefix(name, tempPrefix) && !strings.Contains(name, "/"+tempPrefix)
}

// parents yields the folders above a valid path, innermost first, without the root.
func parents(name string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for i := strings.LastIndexByte(name, '/'); i > 0; i = strings.LastIndexByte(name[:i], '/') {
			if !yield(name[:i]) {
				return
			}
		}
	}
}
