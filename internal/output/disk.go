package output

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
)

// tempPrefix begins the name of a file that is being written; a killed build leaves it behind.
const tempPrefix = ".leerblad-tmp-"

// disk is the output folder; os.Root keeps symbolic links from leading out of it.
type disk struct {
	root    *os.Root
	dir     string
	present map[string]fs.FileInfo // what scan found: files, links and folders
	temps   []string
	before  func() error // called before each change when not nil; a test's kill
}

func openDisk(dir string, before func() error) (*disk, error) {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return nil, fmt.Errorf("create output folder: %w", err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, fmt.Errorf("open output folder: %w", err)
	}
	return &disk{root: root, dir: dir, present: map[string]fs.FileInfo{}, before: before}, nil
}

// scan does not look into links or into folders that cannot be read: neither holds files of ours.
func (d *disk) scan() error {
	return fs.WalkDir(d.root.FS(), ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			if name == "." {
				return d.failed("read", name, err)
			}
			return fs.SkipDir
		}
		if name == "." {
			return nil
		}
		if strings.HasPrefix(entry.Name(), tempPrefix) && !entry.IsDir() {
			d.temps = append(d.temps, name)
			return nil
		}
		info, err := entry.Info()
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil {
			return d.failed("read", name, err)
		}
		d.present[name] = info
		return nil
	})
}

// write replaces a file in one step. It does not fsync: a rename survives the kill of the process, and
// after a power loss the next build compares every file's bytes and mends it.
func (d *disk) write(name string, data []byte) error {
	temp := path.Join(path.Dir(name), tempPrefix+rand.Text())
	err := d.change(func() error { return d.root.WriteFile(temp, data, 0o666) })
	if errors.Is(err, fs.ErrNotExist) {
		err = d.change(func() error { return d.root.MkdirAll(path.Dir(name), 0o777) })
		if err == nil {
			err = d.change(func() error { return d.root.WriteFile(temp, data, 0o666) })
		}
	}
	if err == nil {
		err = d.change(func() error { return d.root.Rename(temp, name) })
	}
	if err != nil {
		_ = d.change(func() error { return d.root.Remove(temp) })
		return d.failed("write", name, err)
	}
	return nil
}

// remove deletes a file and says whether it was there.
func (d *disk) remove(name string) (bool, error) {
	info, ok := d.present[name]
	if !ok || info.IsDir() {
		return false, nil
	}
	err := d.change(func() error { return d.root.Remove(name) })
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, d.failed("remove", name, err)
	}
	return true, nil
}

// prune removes the folders above a removed file up to the first that is not empty or is to be kept.
func (d *disk) prune(name string, keep map[string]bool) {
	for dir := range parents(name) {
		if info, ok := d.present[dir]; keep[dir] || ok && !info.IsDir() {
			return
		}
		err := d.change(func() error { return d.root.Remove(dir) })
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return
		}
	}
}

func (d *disk) change(do func() error) error {
	if d.before != nil {
		if err := d.before(); err != nil {
			return err
		}
	}
	return do()
}

// failed names the file as the user knows it, instead of the system call and the temporary file.
func (d *disk) failed(verb, name string, err error) error {
	var pathError *fs.PathError
	var linkError *os.LinkError
	switch {
	case errors.As(err, &pathError):
		err = pathError.Err
	case errors.As(err, &linkError):
		err = linkError.Err
	}
	return fmt.Errorf("%s %q: %w", verb, filepath.Join(d.dir, filepath.FromSlash(name)), err)
}
