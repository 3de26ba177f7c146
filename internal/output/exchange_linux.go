package output

import (
	"errors"
	"path"

	"golang.org/x/sys/unix"
)

// exchange swaps a staged file or folder and one of the site in one step; it gives errors.ErrUnsupported where
// the file system does not know how.
func exchange(d *disk, staged, name string) error {
	parent, err := d.root.Open(path.Dir(name))
	if err != nil {
		return err
	}
	defer parent.Close()
	err = unix.Renameat2(unix.AT_FDCWD, d.path(staged), int(parent.Fd()), path.Base(name), unix.RENAME_EXCHANGE)
	if err == unix.EINVAL {
		return errors.ErrUnsupported
	}
	return err
}
