package source

import (
	"errors"
	"io/fs"
	"os"
	"syscall"
)

// ErrNotRegular says that what stands at a path is no regular file: a folder, a pipe, a socket or a device.
var ErrNotRegular = errors.New("not a regular file")

// Open opens a regular file for reading. It never waits, as opening a pipe without a writer would. The error is an *fs.PathError,
// which wraps ErrNotRegular where something else stands at path.
func Open(path string) (*os.File, error) {
	f, err := os.OpenFile(path, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	return regular(f, err)
}

// folder is a root's files, of which Open gives only regular ones and never waits.
type folder struct {
	root *os.Root
	fs.ReadDirFS
	fs.StatFS
	fs.ReadLinkFS
}

func (f folder) Open(name string) (fs.File, error) {
	opened, err := OpenIn(f.root, name)
	if err != nil {
		return nil, err
	}
	return opened, nil
}

// FS gives the files in root, none of which is opened otherwise than by OpenIn.
func FS(root *os.Root) fs.FS {
	all := root.FS()
	return folder{root, all.(fs.ReadDirFS), all.(fs.StatFS), all.(fs.ReadLinkFS)}
}

// OpenIn is Open for a file in root, from which no symbolic link leads out.
func OpenIn(root *os.Root, name string) (*os.File, error) {
	f, err := root.OpenFile(name, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	return regular(f, err)
}

// regular closes what turns out to be no regular file now that it is open: it may have come in the place of one.
func regular(f *os.File, err error) (*os.File, error) {
	if err != nil {
		return nil, err
	}
	info, err := f.Stat()
	if err == nil && !info.Mode().IsRegular() {
		err = &fs.PathError{Op: "open", Path: f.Name(), Err: ErrNotRegular}
	}
	if err != nil {
		f.Close()
		return nil, err
	}
	return f, nil
}
