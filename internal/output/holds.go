package output

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"maps"
	"runtime"
	"slices"

	"golang.org/x/sync/errgroup"

	"leerblad/internal/source"
)

// Sum is the digest of a site: the SHA-256, in hexadecimal digits, of the names of its files and the digests that the manifest has of them.
type Sum string

func (m manifest) sum() Sum {
	sum := sha256.New()
	for _, name := range slices.Sorted(maps.Keys(m)) {
		sum.Write([]byte(name))
		sum.Write([]byte{0})
		sum.Write([]byte(m[name].words()))
		sum.Write([]byte{0})
	}
	return Sum(hex.EncodeToString(sum.Sum(nil)))
}

// Holds reports whether the site with the digest site stands in dir, every byte of it, so that a Sync of it would do nothing. It is false
// too where that cannot be told: Sync then says why.
func Holds(ctx context.Context, site Sum, dir string) bool {
	d, err := openDisk(ctx, dir, nil)
	if err != nil {
		return false
	}
	defer d.close()
	m, err := readManifest(d)
	if err != nil || m.sum() != site || d.scan() != nil || len(d.temps) > 0 {
		return false
	}
	names := slices.Collect(maps.Keys(m))
	group, ctx := errgroup.WithContext(ctx)
	workers := runtime.GOMAXPROCS(0)
	for w := range workers {
		group.Go(func() error {
			room := make([]byte, roomSize)
			for i := w; i < len(names) && ctx.Err() == nil; i += workers {
				if !d.holds(names[i], m[names[i]], room) {
					return fs.ErrNotExist
				}
			}
			return ctx.Err()
		})
	}
	return group.Wait() == nil
}

// holds reports whether a file is the one that r tells of.
func (d *disk) holds(name string, r record, room []byte) bool {
	if mode, there := d.present[name]; !there || !mode.IsRegular() || !r.settled || r.next != "" {
		return false
	}
	f, err := source.Open(d.path(name)) // no more than bytes are compared: a link on the way does no harm
	if err != nil {
		return false
	}
	is, _, err := d.digestOf(f, name, room)
	return err == nil && is == r.is
}
