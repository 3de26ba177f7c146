package deploy

import (
	"bytes"
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

// tempSuffix ends the name of a file that is being written beside its place. The name begins with a dot, so that hosts do not show it.
const tempSuffix = ".leerblad-tmp"

func tempOf(name string) string {
	return path.Join(path.Dir(name), "."+path.Base(name)+tempSuffix)
}

func isTemp(name string) bool { return strings.HasSuffix(name, tempSuffix) }

// passed reports whether a file is no part of the site: leerblad's own, for itself.
func passed(name string) bool {
	return name == ManifestName || name == lockName || isTemp(name)
}

// folder is a target on this machine, or on a drive that it has.
type folder struct{ root *os.Root }

// Folder gives a folder that exists as a target.
func Folder(dir string) (Target, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	return &folder{root}, nil
}

func (f *folder) Close() error { return f.root.Close() }

func (f *folder) Serves() bool { return false }

// Lock also removes what a deploy that was killed was writing.
func (f *folder) Lock(ctx context.Context, _ func()) (context.Context, func(), error) {
	held, busy, err := lock.Folder(f.root, lockName)
	if busy {
		err = ErrBusy
	}
	if err == nil {
		err = f.walk(ctx, func(name string) error {
			if isTemp(name) {
				return f.root.Remove(name)
			}
			return nil
		})
	}
	if err != nil {
		held.Close()
		return nil, nil, err
	}
	return ctx, func() { held.Close() }, nil
}

func (f *folder) List(ctx context.Context) (names []string, err error) {
	err = f.walk(ctx, func(name string) error {
		if !passed(name) {
			names = append(names, name)
		}
		return nil
	})
	return names, err
}

func (f *folder) walk(ctx context.Context, visit func(name string) error) error {
	return fs.WalkDir(f.root.FS(), ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case ctx.Err() != nil:
			return ctx.Err()
		case d.IsDir():
			return nil
		}
		return visit(name)
	})
}

func (f *folder) Open(_ context.Context, name string) (io.ReadCloser, error) {
	return f.root.Open(name)
}

func (f *folder) Put(ctx context.Context, file File) error {
	if err := f.root.MkdirAll(path.Dir(file.Name), 0o777); err != nil {
		return err
	}
	temp := tempOf(file.Name)
	out, err := f.root.OpenFile(temp, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o666)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, file.Body)
	if err = errors.Join(err, out.Close(), ctx.Err()); err == nil {
		err = f.root.Rename(temp, file.Name)
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

func (f *folder) Read(_ context.Context, name string) (data []byte, version string, err error) {
	data, err = f.root.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, "", nil
	}
	return data, versionOf(data), err
}

// Write compares also where there are no locks.
func (f *folder) Write(ctx context.Context, name string, data []byte, version string) (string, error) {
	if _, there, err := f.Read(ctx, name); err != nil {
		return "", err
	} else if there != version {
		return "", ErrBusy
	}
	return versionOf(data), f.Put(ctx, File{Name: name, Size: int64(len(data)), Body: bytes.NewReader(data)})
}

func versionOf(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}
