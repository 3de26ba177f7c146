//go:build !windows

// Package lock keeps other processes out of a folder.
package lock

import (
	"os"

	"golang.org/x/sys/unix"
)

// Folder keeps others out of the folder until what it gives is closed or the process ends; busy is true where another has it.
// It locks the folder itself: no file is left behind or published. Where the file system knows no locks nobody is kept out.
func Folder(root *os.Root, _ string) (held *os.File, busy bool, err error) {
	if held, err = root.Open("."); err != nil {
		return nil, false, err
	}
	if unix.Flock(int(held.Fd()), unix.LOCK_EX|unix.LOCK_NB) == unix.EWOULDBLOCK {
		held.Close()
		return nil, true, nil
	}
	return held, false, nil
}
