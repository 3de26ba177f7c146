package media

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
)

// cacheVersion changes whenever the same picture would give other bytes.
const cacheVersion = 4

// cache keeps results in a folder, each file beginning with the digest of the rest, so that a damaged one
// is made again. It is only a help: a folder that cannot be written is the same as none.
type cache struct {
	dir string
}

// name has Go's version in the key because its encoders may change.
func (c cache) name(data []byte, width int) string {
	key := sha256.New()
	fmt.Fprintf(key, "%d %s %d\n", cacheVersion, runtime.Version(), width)
	key.Write(data)
	return filepath.Join(c.dir, hex.EncodeToString(key.Sum(nil)))
}

// has reports whether there is something for a picture and width, damaged perhaps.
func (c cache) has(data []byte, width int) bool {
	_, err := os.Stat(c.name(data, width))
	return c.dir != "" && err == nil
}

// get gives what is kept for a picture and width, or else what produce makes.
func (c cache) get(data []byte, width int, produce func() ([]byte, error)) ([]byte, error) {
	if c.dir == "" {
		return produce()
	}
	name := c.name(data, width)
	if stored, err := os.ReadFile(name); err == nil && len(stored) > sha256.Size {
		sum := sha256.Sum256(stored[sha256.Size:])
		if bytes.Equal(sum[:], stored[:sha256.Size]) {
			return stored[sha256.Size:], nil
		}
	}
	made, err := produce()
	if err == nil {
		c.put(name, made)
	}
	return made, err
}

// put never leaves half a file under the name.
func (c cache) put(name string, data []byte) {
	if os.MkdirAll(c.dir, 0o777) != nil {
		return
	}
	temp, err := os.CreateTemp(c.dir, "new-*")
	if err != nil {
		return
	}
	sum := sha256.Sum256(data)
	_, err = temp.Write(append(sum[:], data...))
	if temp.Close() != nil || err != nil || os.Rename(temp.Name(), name) != nil {
		os.Remove(temp.Name())
	}
}
