package edit

import "golang.org/x/sys/unix"

const (
	swapNames = unix.RENAME_SWAP
	freeName  = unix.RENAME_EXCL
)

func rename(dir int, from, to string, way uint32) error {
	return unix.RenameatxNp(dir, from, dir, to, way)
}
