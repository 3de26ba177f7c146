package deploy

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"strings"

	"leerblad/internal/lock"
)

// tempSuffix ends the name of a file that is being written beside its place.
const tempSuffix = ".leerblad-tmp"

// lockName is of the file that Windows needs for a lock.
const lockName = ".leerblad-deploy.lock"

// folder is a target on this machine, or on a drive that it has.
type folder struct {
	root *os.Root
	held *os.File // nil where the file system knows no locks
}

// Folder gives a folder that exists as a target, and keeps other deploys out until it is closed or the process ends; ErrBusy says that there is one.
func Folder(dir string) (Target, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	held, busy, err := lock.Folder(root, lockName)
	if busy {
		err = ErrBusy
	}
	if err != nil {
		root.Close()
		return nil, err
	}
	return &folder{root, held}, nil
}

func (f *folder) Close() error {
	if f.held != nil {
		f.held.Close()
	}
	return f.root.Close()
}

func (f *folder) List(ctx context.Context) (names []string, err error) {
	err = fs.WalkDir(f.root.FS(), ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case ctx.Err() != nil:
			return ctx.Err()
		case d.IsDir() || name == ManifestName || name == lockName || strings.HasSuffix(name, tempSuffix):
			return nil
		}
		names = append(names, name)
		return nil
	})
	return names, err
}

func (f *folder) Open(_ context.Context, name string) (io.ReadCloser, error) {
	return f.root.Open(name)
}

func (f *folder) Put(ctx context.Context, name string, body io.Reader) error {
	if err := f.root.MkdirAll(path.Dir(name), 0o777); err != nil {
		return err
	}
	temp := name + tempSuffix
	out, err := f.root.OpenFile(temp, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o666)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, body)
	if err = errors.Join(err, out.Close(), ctx.Err()); err == nil {
		err = f.root.Rename(temp, name)
	}
	if err != nil {
		_ = f.root.Remove(temp) // the error before tells
	}
	return err
}

// Delete also removes the folders that become empty.
func (f *folder) Delete(_ context.Context, name string) error {
	if err := f.root.Remove(name); err != nil {
		return err
	}
	for dir := path.Dir(name); dir != "." && f.root.Remove(dir) == nil; dir = path.Dir(dir) {
	}
	return nil
}

func (f *folder) ReadManifest(context.Context) (data []byte, version string, err error) {
	data, err = f.root.ReadFile(ManifestName)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, "", nil
	}
	return data, versionOf(data), err
}

// WriteManifest compares too where there are no locks.
func (f *folder) WriteManifest(ctx context.Context, data []byte, version string) (string, error) {
	if _, there, err := f.ReadManifest(ctx); err != nil {
		return "", err
	} else if there != version {
		return "", ErrBusy
	}
	return versionOf(data), f.Put(ctx, ManifestName, strings.NewReader(string(data)))
}

func versionOf(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}
