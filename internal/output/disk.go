package output

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"sync"

	"leerblad/internal/lock"
	"leerblad/internal/source"
)

// tempPrefix begins the names that Sync keeps for itself; a killed build leaves files under them.
const tempPrefix = ".leerblad-tmp-"

// stageName is the folder in which files get their final names before they are moved into the site. Nobody else may look into it.
const stageName = tempPrefix + "stage"

// lockName is the file that keeps other builds out where folders cannot be locked.
const lockName = tempPrefix + "lock"

// ErrBusy says that another build is under way in the folder.
var ErrBusy = errors.New("another build is writing here")

// ErrNoTarget says that a symbolic link on the way to the folder leads nowhere.
var ErrNoTarget = errors.New("a link to what does not exist")

// disk is the output folder. What stands in it already is changed through os.Root, which keeps symbolic links
// from leading out of it; the staging folder is new, and its files are written by their plain paths.
type disk struct {
	ctx     context.Context // of the Sync: files are read and staged until it ends, but what is staged is moved all the same
	root    *os.Root
	held    *os.File // keeps other builds out
	dir     string
	present map[string]fs.FileMode // the types of what scan found: files, links and folders
	temps   []string
	before  func() error // called before each change when not nil; a test's kill

	making sync.Mutex
	made   map[string]bool // folders in the staging folder
}

// openDisk opens and locks a folder that exists.
func openDisk(ctx context.Context, dir string, before func() error) (*disk, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, fmt.Errorf("open output folder: %w", err)
	}
	held, busy, err := lock.Folder(root, lockName)
	if busy {
		err = &fs.PathError{Op: "lock", Path: dir, Err: ErrBusy}
	}
	if err != nil {
		root.Close()
		return nil, err
	}
	return &disk{ctx: ctx, root: root, held: held, dir: dir, present: map[string]fs.FileMode{}, before: before, made: map[string]bool{}}, nil
}

// makeOutput makes the output folder where there is none.
func makeOutput(dir string) error {
	err := os.MkdirAll(dir, 0o777)
	var at *fs.PathError
	if errors.As(err, &at) {
		link, _ := os.Lstat(at.Path)
		if _, broken := os.Stat(at.Path); broken != nil && link != nil && link.Mode()&fs.ModeSymlink != 0 {
			at.Err = ErrNoTarget
		}
	}
	if err != nil {
		return fmt.Errorf("create output folder: %w", err)
	}
	return nil
}

func (d *disk) close() {
	d.held.Close()
	d.root.Close()
}

// scan does not look into links or into folders that cannot be read: neither holds files of ours.
func (d *disk) scan() error {
	return fs.WalkDir(os.DirFS(d.dir), ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			if name == "." {
				return d.failed("read", name, err)
			}
			return fs.SkipDir
		}
		switch {
		case name == ".", name == lockName:
		case strings.HasPrefix(name, tempPrefix) && entry.IsDir():
			d.temps = append(d.temps, name)
			return fs.SkipDir
		case strings.HasPrefix(entry.Name(), tempPrefix) && !entry.IsDir():
			d.temps = append(d.temps, name)
		default:
			d.present[name] = entry.Type()
		}
		return nil
	})
}

func (d *disk) path(name string) string {
	return filepath.Join(d.dir, filepath.FromSlash(name))
}

// clean removes what a killed build left.
func (d *disk) clean() error {
	for _, name := range d.temps {
		if err := d.change(func() error { return d.root.RemoveAll(name) }); err != nil {
			return d.failed("remove", name, err)
		}
	}
	return nil
}

// equal compares a regular file that scan found with data, by way of room.
func (d *disk) equal(name string, data, room []byte) (bool, error) {
	f, err := source.Open(d.path(name))
	if err != nil {
		return false, d.failed("read", name, err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return false, d.failed("read", name, err)
	}
	if info.Size() != int64(len(data)) {
		return false, nil
	}
	for len(data) > 0 {
		n := min(len(room), len(data))
		if _, err := io.ReadFull(f, room[:n]); err != nil {
			return false, d.failed("read", name, err)
		}
		if !bytes.Equal(room[:n], data[:n]) {
			return false, nil
		}
		data = data[n:]
	}
	return true, nil
}

// stageStream is stage for a file that is copied by way of room. Of the two errors one is the source's and one the disk's.
func (d *disk) stageStream(name string, s *Stream, room []byte) (ofSource, ofDisk error) {
	err := d.stageFolder(path.Dir(name))
	if err == nil {
		err = d.change(func() error {
			f, err := os.Create(d.path(path.Join(stageName, name)))
			if err != nil {
				return err
			}
			to := &target{f: f}
			ofSource = s.copy(d.ctx, to, room)
			if to.err != nil {
				ofSource = nil
			}
			return cmp.Or(to.err, f.Close())
		})
	}
	if err != nil {
		return nil, d.failed("write", name, err)
	}
	return ofSource, nil
}

// target remembers an error of writing, which is not one of the source.
type target struct {
	f   *os.File
	err error
}

func (t *target) Write(data []byte) (n int, err error) {
	n, t.err = t.f.Write(data)
	return n, t.err
}

// digest gives the digest of a regular file that scan found, and its size in bytes.
func (d *disk) digest(name string, room []byte) (digest, int64, error) {
	f, err := source.OpenIn(d.root, name)
	if err != nil {
		return "", 0, d.failed("read", name, err)
	}
	return d.digestOf(f, name, room)
}

// digestOf is digest for a file that is open, and closes it.
func (d *disk) digestOf(f *os.File, name string, room []byte) (digest, int64, error) {
	defer f.Close()
	sum := sha256.New()
	n, err := io.CopyBuffer(sum, source.Stoppable(d.ctx, f), room)
	if err != nil {
		return "", 0, d.failed("read", name, err)
	}
	return digestOfSum([sha256.Size]byte(sum.Sum(nil))), n, nil
}

// owns reports whether a file that scan found is the one that r tells of, and gives its digest. An empty one, as a power cut may leave, has
// nothing that could be lost.
func (d *disk) owns(name string, r record, room []byte) (digest, bool, error) {
	if !d.present[name].IsRegular() {
		return "", false, nil
	}
	found, size, err := d.digest(name, room)
	return found, err == nil && (size == 0 || r.owns(found)), err
}

// stage writes a file under its final name in the staging folder. It does not fsync: a rename survives the
// kill of the process, and after a power loss the next build compares every file's bytes and mends it.
func (d *disk) stage(name string, data []byte) error {
	err := d.stageFolder(path.Dir(name))
	if err == nil {
		err = d.change(func() error { return os.WriteFile(d.path(path.Join(stageName, name)), data, 0o666) })
	}
	if err != nil {
		return d.failed("write", name, err)
	}
	return nil
}

func (d *disk) stageFolder(dir string) error {
	d.making.Lock()
	defer d.making.Unlock()
	return d.makeFolder(dir)
}

func (d *disk) makeFolder(dir string) error {
	if d.made[dir] {
		return nil
	}
	mode := fs.FileMode(0o700)
	if dir != "." {
		if err := d.makeFolder(path.Dir(dir)); err != nil {
			return err
		}
		mode = 0o777
	}
	err := d.change(func() error { return os.Mkdir(d.path(path.Join(stageName, dir)), mode) })
	if err == nil {
		d.made[dir] = true
	}
	return err
}

// unstage removes the staging folder and what is left in it.
func (d *disk) unstage() error {
	if len(d.made) == 0 {
		return nil
	}
	if err := d.change(func() error { return d.root.RemoveAll(stageName) }); err != nil {
		return d.failed("remove", stageName, err)
	}
	return nil
}

// place moves a staged file or folder into the site, over a file of the same name.
func (d *disk) place(staged, name string) error {
	staged = path.Join(stageName, staged)
	move := func() error { return d.root.Rename(staged, name) }
	err := d.change(move)
	if errors.Is(err, fs.ErrNotExist) {
		err = d.change(func() error { return d.root.MkdirAll(path.Dir(name), 0o777) })
		if err == nil {
			err = d.change(move)
		}
	}
	if err != nil {
		return d.failed("write", name, err)
	}
	return nil
}

// swap puts a staged folder where a file is, or a file where a folder is. What was there goes with the
// staging folder.
func (d *disk) swap(name string) error {
	err := d.change(func() error { return exchange(d, path.Join(stageName, name), name) })
	switch {
	case errors.Is(err, errors.ErrUnsupported):
		return d.swapInTurn(name)
	case err != nil:
		return d.failed("write", name, err)
	}
	return nil
}

// swapInTurn is for systems that cannot exchange the two at once: there is a moment with neither.
func (d *disk) swapInTurn(name string) error {
	aside := path.Join(stageName, tempPrefix+"aside")
	err := d.change(func() error { return d.root.RemoveAll(aside) })
	if err == nil {
		err = d.change(func() error { return d.root.Rename(name, aside) })
	}
	if err != nil {
		return d.failed("write", name, err)
	}
	if err = d.place(name, name); err != nil {
		_ = d.change(func() error { return d.root.Rename(aside, name) })
	}
	return err
}

// remove deletes a file and says whether it was there.
func (d *disk) remove(name string) (bool, error) {
	if !d.hasFile(name) {
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

// hasFile reports whether scan found a file or link of this name.
func (d *disk) hasFile(name string) bool {
	mode, ok := d.present[name]
	return ok && !mode.IsDir()
}

// prune removes the folders above a removed file up to the first that is not empty or is to be kept.
func (d *disk) prune(name string, keep map[string]bool) {
	for dir := range parents(name) {
		if keep[dir] || d.hasFile(dir) {
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

// failed names the file as the user knows it, instead of the system call and the staged file.
func (d *disk) failed(verb, name string, err error) error {
	var pathError *fs.PathError
	var linkError *os.LinkError
	switch {
	case errors.As(err, &pathError):
		err = pathError.Err
	case errors.As(err, &linkError):
		err = linkError.Err
	}
	return &fs.PathError{Op: verb, Path: d.path(name), Err: err}
}
