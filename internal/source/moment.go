package source

import (
	"crypto/sha256"
	"fmt"
	"io/fs"
)

// Moment gives a digest of which files there are in fsys and when each of them changed last. Where it is the same before and after
// they were read, what was read stood there at one moment. Names are left out as by Load.
func Moment(fsys fs.FS, ignored func(name string) bool) (Digest, error) {
	sum := sha256.New()
	err := walkDir(fsys, ".", ignored, func(p string, d fs.DirEntry, err error) {
		if err == nil && d.IsDir() { // whose own time changes with what is ignored
			fmt.Fprintf(sum, "%q\n", p)
			return
		}
		var info fs.FileInfo
		if err == nil {
			info, err = d.Info()
		}
		if err == nil && info.Mode()&fs.ModeSymlink != 0 {
			fmt.Fprintf(sum, "%d ", info.ModTime().UnixNano())
			info, err = fs.Stat(fsys, p)
		}
		if err != nil {
			fmt.Fprintf(sum, "%q %v\n", p, err)
			return
		}
		fmt.Fprintf(sum, "%q %v %d %d %d\n", p, info.Mode(), info.Size(), info.ModTime().UnixNano(), identity(info))
	})
	return Digest(sum.Sum(nil)), err
}
