//go:build linux || darwin

package edit

import (
	"errors"
	"os"
	"path"
	"syscall"
)

// swap gives two files in one folder each other's name, in one step. The error is errors.ErrUnsupported where the file system does not know how.
func swap(root *os.Root, a, b string) error { return within(root, a, b, swapNames) }

// claim gives a file another name in its folder, which must be free. The error is errors.ErrUnsupported where the file system does not know how.
func claim(root *os.Root, from, to string) error { return within(root, from, to, freeName) }

// within renames a file in its folder in one of the two ways.
func within(root *os.Root, from, to string, way uint32) error {
	dir, err := root.Open(path.Dir(to))
	if err != nil {
		return err
	}
	defer dir.Close()
	err = rename(int(dir.Fd()), path.Base(from), path.Base(to), way)
	if err == syscall.EINVAL || err == syscall.ENOSYS || err == syscall.ENOTSUP {
		return errors.ErrUnsupported
	}
	return err
}
