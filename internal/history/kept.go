package history

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"time"
)

const (
	folder   = ".leerblad/versions"
	stamp    = "20060102T150405.000000000Z"
	maxAge   = 30 * 24 * time.Hour
	maxBytes = 100_000_000
)

// Kept are the texts that were saved over in the last thirty days, in a hidden folder of the publication. When says until when a text was so.
type Kept struct {
	root *os.Root
	now  func() time.Time
	most int64
}

// NewKept gives what is kept in a publication folder.
func NewKept(root *os.Root, now func() time.Time) *Kept { return &Kept{root, now, maxBytes} }

// keptFile is one version on the disk.
type keptFile struct {
	at   string
	when time.Time
	size int64
}

// Keep keeps the bytes that a text has until now, and lets go what is too old or too much.
func (k *Kept) Keep(name string, data []byte) error {
	dir := path.Join(folder, name)
	if err := k.own(dir); err != nil {
		return err
	}
	if err := k.root.MkdirAll(dir, 0o777); err != nil {
		return err
	}
	list, err := k.files(dir, false)
	if err != nil {
		return err
	}
	if len(list) > 0 {
		if last, err := k.root.ReadFile(list[len(list)-1].at); err == nil && bytes.Equal(last, data) {
			return nil
		}
	}
	sum := sha256.Sum256(data)
	at := path.Join(dir, k.now().UTC().Format(stamp)+"-"+hex.EncodeToString(sum[:8]))
	if err := k.root.WriteFile(at+".part", data, 0o666); err != nil {
		return err
	}
	if err := k.root.Rename(at+".part", at); err != nil {
		return err
	}
	return k.forget()
}

// own reports the folder, or one that it is in, that is a link: what is kept would land in another place, perhaps on a page.
func (k *Kept) own(dir string) error {
	for ; dir != "."; dir = path.Dir(dir) {
		info, err := k.root.Lstat(dir)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		} else if err != nil {
			return err
		}
		if !info.IsDir() {
			return &fs.PathError{Op: "keep", Path: dir, Err: errors.New("not a folder")}
		}
	}
	return nil
}

// files gives the versions in a folder, the oldest first; deep looks in its folders too.
func (k *Kept) files(dir string, deep bool) (list []keptFile, err error) {
	err = fs.WalkDir(k.root.FS(), dir, func(at string, e fs.DirEntry, err error) error {
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return nil
		case err != nil:
			return err
		case e.IsDir() && at != dir && !deep:
			return fs.SkipDir
		case !e.Type().IsRegular():
			return nil
		}
		time, ok := timeOf(path.Base(at))
		if info, err := e.Info(); err == nil && (ok || deep) {
			list = append(list, keptFile{at, time, info.Size()})
		}
		return nil
	})
	slices.SortStableFunc(list, func(a, b keptFile) int { return cmp.Or(a.when.Compare(b.when), strings.Compare(a.at, b.at)) })
	return list, err
}

// timeOf gives the time in the name of a version.
func timeOf(name string) (time.Time, bool) {
	day, rest, found := strings.Cut(name, "-")
	at, err := time.Parse(stamp, day)
	return at, found && err == nil && len(rest) == 16
}

// forget removes what is older than thirty days, and then the oldest until the rest is not too much.
func (k *Kept) forget() error {
	list, err := k.files(folder, true)
	if err != nil {
		return err
	}
	var size int64
	for _, f := range list {
		size += f.size
	}
	for _, f := range list {
		if size <= k.most && k.now().Sub(f.when) <= maxAge {
			break
		}
		if err := k.root.Remove(f.at); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		size -= f.size
		for dir := path.Dir(f.at); dir != folder && k.root.Remove(dir) == nil; dir = path.Dir(dir) { // the folders that are empty
		}
	}
	return nil
}

// Versions gives what is kept of a text.
func (k *Kept) Versions(_ context.Context, name string) (list []Version, err error) {
	files, err := k.files(path.Join(folder, name), false)
	for _, f := range slices.Backward(files) {
		if k.now().Sub(f.when) <= maxAge {
			list = append(list, Version{ID: path.Base(f.at), When: f.when})
		}
	}
	return list, err
}

// Read gives the bytes of one of them.
func (k *Kept) Read(_ context.Context, name, id string) ([]byte, error) {
	if _, ok := timeOf(id); !ok || strings.ContainsAny(id, `/\`) {
		return nil, ErrNone
	}
	dir := path.Join(folder, name)
	if err := k.own(dir); err != nil {
		return nil, ErrNone
	}
	info, err := k.root.Lstat(path.Join(dir, id))
	if err != nil || !info.Mode().IsRegular() || info.Size() > maxText {
		return nil, ErrNone
	}
	return k.root.ReadFile(path.Join(dir, id))
}
