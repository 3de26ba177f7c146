package edit

import "golang.org/x/sys/unix"

const (
	swapNames = unix.RENAME_EXCHANGE
	freeName  = unix.RENAME_NOREPLACE
)

func rename(dir int, from, to string, way uint32) error {
	return unix.Renameat2(dir, from, dir, to, uint(way))
}
