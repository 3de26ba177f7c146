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
const cacheVersion = 3

// cache keeps results in a folder, each file beginning with the digest of the rest, so that a damaged one
// is made again. It is only a help: a folder that cannot be written is the same as none.
type cache struct {
	dir string
}

// get has Go's version in the key because its encoders may change.
func (c cache) get(data []byte, width int, produce func() ([]byte, error)) ([]byte, error) {
	if c.dir == "" {
		return produce()
	}
	key := sha256.New()
	fmt.Fprintf(key, "%d %s %d\n", cacheVersion, runtime.Version(), width)
	key.Write(data)
	name := filepath.Join(c.dir, hex.EncodeToString(key.Sum(nil)))
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
