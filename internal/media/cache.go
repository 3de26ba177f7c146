package media

import (
	"crypto/sha256"
	"fmt"
	"runtime"

	"leerblad/internal/cache"
)

// cacheVersion changes whenever the same picture would give other bytes.
const cacheVersion = 4

// kept keeps what was made of pictures.
type kept struct{ cache.Folder }

// key has Go's version in it because its encoders may change.
func key(data []byte, width int) cache.Key {
	key := sha256.New()
	fmt.Fprintf(key, "%d %s %d\n", cacheVersion, runtime.Version(), width)
	key.Write(data)
	return cache.Key(key.Sum(nil))
}

// has reports whether there is something for a picture and width, damaged perhaps.
func (k kept) has(data []byte, width int) bool { return k.Has(key(data, width)) }

// get gives what is kept for a picture and width, or else what produce makes.
func (k kept) get(data []byte, width int, produce func() ([]byte, error)) ([]byte, error) {
	return k.Get(key(data, width), produce)
}
