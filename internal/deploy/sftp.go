package deploy

import (
	"bufio"
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path"
	"slices"
	"strings"
	"sync"

	"github.com/pkg/sftp"
	"golang.org/x/sync/errgroup"
)

// server is a folder on a server that speaks SFTP. No link in it is followed.
type server struct {
	*link
	root string
	left []string // what deploys before were writing when they were killed

	making sync.Mutex
	made   map[string]bool // folders that are there
}

func openSFTP(ctx context.Context, u *url.URL) (Target, error) {
	if u.Path == "" {
		return nil, ErrAddress
	}
	l, err := newLink(u)
	if err != nil {
		return nil, err
	}
	s := &server{link: l, root: path.Clean(u.Path), made: map[string]bool{}}
	err = s.tried(ctx, func(c *client, _ func()) error {
		info, err := c.Stat(s.root)
		if errors.Is(err, fs.ErrNotExist) || err == nil && !info.IsDir() {
			return &RefusedError{Reason: NoPlace}
		}
		return err
	})
	if err != nil {
		s.Close()
		return nil, err
	}
	return s, nil
}

func (s *server) Serves() bool { return false }

func (s *server) at(name string) string { return path.Join(s.root, name) }

// tried does again what may go well another time, and then says for good what went wrong.
func (s *server) tried(ctx context.Context, do func(c *client, alive func()) error) error {
	err := try(ctx, func() error { return s.use(ctx, do) })
	var refused *RefusedError
	if errors.As(err, &refused) {
		return refused
	}
	return err
}

// Lock has a connection of its own: what is sent meanwhile does not hold it up. It also removes what List found of a deploy that was killed.
func (s *server) Lock(ctx context.Context, waiting func()) (context.Context, func(), error) {
	own := &server{link: s.another(), root: s.root, made: map[string]bool{}}
	held, free, err := lease(ctx, own, waiting)
	if err != nil {
		own.Close()
		return nil, nil, err
	}
	release := func() {
		free()
		own.Close()
	}
	for _, name := range s.left {
		err := s.tried(held, func(c *client, _ func()) error { return c.Remove(s.at(name)) })
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			release()
			return nil, nil, err
		}
	}
	s.left = nil
	return held, release, nil
}

// List asks for many folders at once: each is several answers away.
func (s *server) List(ctx context.Context) (names []string, err error) {
	s.left = nil
	for level := []string{"."}; level != nil; {
		var mu sync.Mutex
		var next []string
		group, within := errgroup.WithContext(ctx)
		group.SetLimit(side)
		for _, dir := range level {
			group.Go(func() error {
				var entries []fs.FileInfo
				err := s.tried(within, func(c *client, _ func()) (err error) {
					entries, err = c.ReadDir(s.at(dir))
					return err
				})
				if errors.Is(err, fs.ErrNotExist) && dir != "." { // it went meanwhile
					return nil
				}
				mu.Lock()
				defer mu.Unlock()
				for _, e := range entries {
					switch name := path.Join(dir, e.Name()); {
					case strings.Contains(e.Name(), "/") || !fs.ValidPath(name): // no file of a site is called so
					case e.IsDir():
						next = append(next, name)
					case isTemp(name):
						s.left = append(s.left, name)
					case !passed(name):
						names = append(names, name)
					}
				}
				return err
			})
		}
		if err := group.Wait(); err != nil {
			return nil, err
		}
		level = next
	}
	slices.Sort(names)
	return names, nil
}

// Open gives of a link, and of whatever is no file, what it is: that is never what a site has there.
func (s *server) Open(ctx context.Context, name string) (body io.ReadCloser, err error) {
	err = s.use(ctx, func(c *client, _ func()) error {
		info, err := c.Lstat(s.at(name))
		if err != nil {
			return err
		}
		if !info.Mode().IsRegular() {
			body = io.NopCloser(strings.NewReader(info.Mode().String()))
			return nil
		}
		f, err := c.Open(s.at(name))
		if err != nil {
			return err
		}
		r := &reading{File: f, ctx: ctx, server: s, c: c}
		body = struct {
			io.Reader
			io.Closer
		}{bufio.NewReaderSize(r, int(min(info.Size()+1, ahead))), f}
		return nil
	})
	return body, err
}

// ahead is how many bytes of a file are asked for at once.
const ahead = 512 << 10

// reading is a file at a server that is being read.
type reading struct {
	*sftp.File
	ctx    context.Context
	server *server
	c      *client
}

func (r *reading) Read(data []byte) (n int, err error) {
	end := false
	err = r.server.over(r.ctx, r.c, func(*client, func()) error {
		n, err = r.File.Read(data)
		if end = err == io.EOF; end {
			return nil
		}
		return err
	})
	if end {
		err = io.EOF
	}
	return n, err
}

func (s *server) Put(ctx context.Context, f File) error {
	var local error
	err := s.use(ctx, func(c *client, alive func()) error {
		if err := s.makeFolder(c, path.Dir(f.Name)); err != nil {
			return err
		}
		temp := s.at(newTemp(f.Name))
		local = nil
		err := s.upload(c, temp, f.Size, readerFunc(func(data []byte) (int, error) {
			alive()
			n, err := f.Body.Read(data)
			if err != nil && err != io.EOF {
				local = err
			}
			return n, err
		}))
		if err == nil {
			err = s.replace(c, temp, f.Name)
		}
		return err
	})
	if local != nil {
		return local
	}
	if errors.Is(err, fs.ErrNotExist) { // somebody removed its folder
		s.making.Lock()
		defer s.making.Unlock()
		clear(s.made)
		return again{&RefusedError{Reason: NoPlace}}
	}
	return err
}

type readerFunc func([]byte) (int, error)

func (f readerFunc) Read(data []byte) (int, error) { return f(data) }

// newTemp is tempOf for one attempt alone: the server may still be at work for a connection that was cut, and give its file its name.
func newTemp(name string) string { return tempOf(name + "." + rand.Text()) }

// upload writes a new file at a path.
func (s *server) upload(c *client, to string, size int64, body io.Reader) error {
	out, err := c.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL) // through no link
	if err != nil {
		return s.full(c, size, err)
	}
	_, err = out.ReadFrom(io.LimitReader(body, size)) // a size tells it to send several pieces at once
	if err = errors.Join(err, out.Close()); err != nil {
		err = s.full(c, size, err)
		_ = c.Remove(to) // the error before tells
	}
	return err
}

// full says where an error comes from a disk that has no room for size bytes, if the server tells.
func (s *server) full(c *client, size int64, err error) error {
	if !errors.As(err, new(*sftp.StatusError)) {
		return err
	}
	if disk, statErr := c.StatVFS(s.root); statErr == nil && disk.Frsize*disk.Bavail < uint64(size) {
		return &RefusedError{Reason: Full}
	}
	return err
}

// replace gives a file that was written its name.
func (s *server) replace(c *client, temp, name string) (err error) {
	if _, ok := c.HasExtension("posix-rename@openssh.com"); ok {
		err = c.PosixRename(temp, s.at(name))
	} else if err = c.Remove(s.at(name)); err == nil || errors.Is(err, fs.ErrNotExist) {
		err = c.Rename(temp, s.at(name))
	}
	if err == nil {
		return nil
	}
	if info, statErr := c.Lstat(s.at(name)); statErr == nil && info.IsDir() {
		err = &ForeignError{[]string{name}}
	}
	_ = c.Remove(temp) // the error before tells
	return err
}

// makeFolder makes a folder, and those that it is in. What is there and is no folder is in the way, a link to one too: it may lead anywhere.
func (s *server) makeFolder(c *client, dir string) error {
	s.making.Lock()
	made := dir == "." || s.made[dir]
	s.making.Unlock()
	if made {
		return nil
	}
	if err := s.makeFolder(c, path.Dir(dir)); err != nil {
		return err
	}
	info, err := c.Lstat(s.at(dir))
	if errors.Is(err, fs.ErrNotExist) {
		made := c.Mkdir(s.at(dir))
		if info, err = c.Lstat(s.at(dir)); errors.Is(err, fs.ErrNotExist) { // else another file's turn made it
			return s.full(c, 1, made)
		}
	}
	switch {
	case err != nil:
		return err
	case !info.IsDir():
		return &ForeignError{[]string{dir}}
	}
	s.making.Lock()
	defer s.making.Unlock()
	s.made[dir] = true
	return nil
}

// Delete also removes the folders that become empty.
func (s *server) Delete(ctx context.Context, name string) error {
	return s.use(ctx, func(c *client, _ func()) error {
		err := c.Remove(s.at(name))
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		for dir := path.Dir(name); dir != "." && c.RemoveDirectory(s.at(dir)) == nil; dir = path.Dir(dir) {
			s.making.Lock()
			delete(s.made, dir)
			s.making.Unlock()
		}
		return err
	})
}

func (s *server) Read(ctx context.Context, name string) (data []byte, version string, err error) {
	err = s.tried(ctx, func(c *client, _ func()) error {
		data, version, err = s.read(c, name)
		return err
	})
	return data, version, err
}

func (s *server) read(c *client, name string) (data []byte, version string, err error) {
	info, err := c.Lstat(s.at(name))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, "", nil
	}
	if err != nil {
		return nil, "", err
	}
	if !info.Mode().IsRegular() {
		data = []byte(info.Mode().String())
		return data, versionOf(data), nil
	}
	f, err := c.Open(s.at(name))
	if err != nil {
		return nil, "", err
	}
	defer f.Close()
	data, err = io.ReadAll(f)
	return data, versionOf(data), err
}

// Write writes elsewhere what it then gives its name: a rename in which nothing is replaced is done by one of two at once alone.
func (s *server) Write(ctx context.Context, name string, data []byte, version string) (string, error) {
	err := s.use(ctx, func(c *client, _ func()) error {
		if _, now, err := s.read(c, name); err != nil {
			return err
		} else if now != version {
			return ErrBusy
		}
		temp := s.at(newTemp(name))
		if err := s.upload(c, temp, int64(len(data)), bytes.NewReader(data)); err != nil {
			return err
		}
		if version != "" {
			return s.replace(c, temp, name)
		}
		err := c.Rename(temp, s.at(name))
		if err == nil {
			return nil
		}
		_ = c.Remove(temp) // the error before tells
		if _, now, readErr := s.read(c, name); readErr == nil && now != "" {
			return ErrBusy
		}
		return err
	})
	return versionOf(data), err
}
