package build

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"leerblad/internal/output"
	"leerblad/internal/source"
)

// Record says what a site was made of, so that a later build of the same can end after reading. It holds digests of bytes alone: a record
// of other texts, another theme, another program or another day is none of this site, and so is one that was damaged.
type Record struct {
	Inputs   string            `json:"inputs"` // digest of the options, the caller, the texts and the names of all files
	ThemeDir string            `json:"themeFolder"`
	Theme    string            `json:"theme"` // digest of the files in that folder
	Media    map[string]string `json:"media"` // digests of the other files that the site has, by path
	Site     output.Sum        `json:"site"`
}

// ErrUnchanged says that the site of Options.Known is that of the publication as it is now.
var ErrUnchanged = errors.New("nothing has changed since the last build")

// Record gives the record of the last build, but for its Site; nil where something in the publication could not be read.
func (b *Builder) Record() *Record {
	r := &Record{Inputs: b.inputs(), ThemeDir: b.themed.dir, Media: map[string]string{}}
	var err error
	if r.Theme, err = digestOfFolder(r.ThemeDir); err != nil || !b.sameTheme() {
		return nil
	}
	for path, s := range b.media {
		if s.digest == (source.Digest{}) {
			return nil
		}
		r.Media[path] = hex.EncodeToString(s.digest[:])
	}
	return r
}

// inputs gives the digest of what can be told before the texts are parsed.
func (b *Builder) inputs() string {
	o := b.options
	sum := sha256.New()
	fmt.Fprintf(sum, "%q %q %q %q %t %t %q\n", o.Caller, o.Content, o.Theme, o.BaseURL, o.Drafts, o.Future, o.Now)
	for _, odd := range b.tree.Odd() {
		fmt.Fprintf(sum, "%q %d\n", odd.Path, odd.Why)
	}
	for _, p := range b.tree.Paths() {
		f := b.tree.File(p)
		fmt.Fprintf(sum, "%q %d %x\n", p, f.Size, f.Digest)
	}
	return hex.EncodeToString(sum.Sum(nil))
}

// unchanged reports whether the tree that was just read and what belongs to it are those of the known record.
func (b *Builder) unchanged(ctx context.Context) bool {
	r := b.options.Known
	if r == nil || b.inputs() != r.Inputs {
		return false
	}
	if theme, err := digestOfFolder(r.ThemeDir); err != nil || theme != r.Theme {
		return false
	}
	for path, known := range r.Media {
		f := b.tree.File(path)
		if f == nil {
			return false
		}
		if digest, err := b.digest(ctx, f); err != nil || hex.EncodeToString(digest[:]) != known {
			return false
		}
	}
	return true
}

// digestOfFolder gives the digest of all files of a theme's folder, "" for none.
func digestOfFolder(dir string) (string, error) {
	if dir == "" {
		return "", nil
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return "", err
	}
	defer root.Close()
	sum := sha256.New()
	fsys := source.FS(root)
	err = fs.WalkDir(fsys, ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		f, err := fsys.Open(p)
		if err != nil {
			return err
		}
		defer f.Close()
		one := sha256.New()
		if _, err := io.Copy(one, f); err != nil {
			return err
		}
		fmt.Fprintf(sum, "%q %x\n", p, one.Sum(nil))
		return nil
	})
	return hex.EncodeToString(sum.Sum(nil)), err
}
