//go:build !windows

package output

import (
	"os"

	"golang.org/x/sys/unix"
)

// lock keeps other builds out of the folder until what it gives is closed or the process ends; busy is true where another build does so.
// It locks the folder itself: no file is left behind or published. Where the file system knows no locks nobody is kept out.
func lock(root *os.Root, _ string) (held *os.File, busy bool, err error) {
	if held, err = root.Open("."); err != nil {
		return nil, false, err
	}
	if unix.Flock(int(held.Fd()), unix.LOCK_EX|unix.LOCK_NB) == unix.EWOULDBLOCK {
		held.Close()
		return nil, true, nil
	}
	return held, false, nil
}
