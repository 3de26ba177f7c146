// Package cache keeps what took long to make, such as smaller copies of pictures, in a folder of this machine, by digests of all that it was made from.
//
// It is only a help: a folder that cannot be written is the same as none. Each file begins with the digest of the rest, so that a damaged one is made again.
package cache

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"
)

// Folder is a cache in a folder, or none where the folder is "".
type Folder string

// Key is a digest of all that something is made from.
type Key [sha256.Size]byte

func (f Folder) name(key Key) string { return filepath.Join(string(f), hex.EncodeToString(key[:])) }

// Has reports whether there is something under a key, damaged perhaps.
func (f Folder) Has(key Key) bool {
	_, err := os.Stat(f.name(key))
	return f != "" && err == nil
}

// Get gives what is kept under a key, or else what produce makes, which is kept.
func (f Folder) Get(key Key, produce func() ([]byte, error)) ([]byte, error) {
	if f == "" {
		return produce()
	}
	name := f.name(key)
	if stored, err := os.ReadFile(name); err == nil && len(stored) > sha256.Size {
		sum := sha256.Sum256(stored[sha256.Size:])
		if bytes.Equal(sum[:], stored[:sha256.Size]) {
			return stored[sha256.Size:], nil
		}
	}
	made, err := produce()
	if err == nil {
		f.put(name, made)
	}
	return made, err
}

// put never leaves half a file under the name.
func (f Folder) put(name string, data []byte) {
	if os.MkdirAll(string(f), 0o777) != nil {
		return
	}
	temp, err := os.CreateTemp(string(f), "new-*")
	if err != nil {
		return
	}
	sum := sha256.Sum256(data)
	_, err = temp.Write(append(sum[:], data...))
	if temp.Close() != nil || err != nil || os.Rename(temp.Name(), name) != nil {
		os.Remove(temp.Name())
	}
}
