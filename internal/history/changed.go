package history

import (
	"bytes"
	"context"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"maps"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// entry is what git's index knows of a file.
type entry struct {
	mode, blob string
	size       uint32 // the lower bits of it, 0 where git saw that the file is another
	mtime      time.Time
}

// Changed gives the paths of the publication's files that are not as they were committed, sorted. They are compared by their bytes, but for those
// that have the size and time that git knew. Git's own status would run filters that the repository names.
func (g *Git) Changed(ctx context.Context) ([]string, error) {
	changed := map[string]bool{}
	fresh, err := g.read(ctx, maxOutput, "ls-files", "-z", "--others", "--exclude-standard", "--", ".")
	if err != nil {
		return nil, err
	}
	for path := range strings.SplitSeq(string(fresh), "\x00") {
		if g.counts(path) {
			changed[path] = true
		}
	}
	tree, err := g.read(ctx, maxOutput, "ls-tree", "-r", "-z", "HEAD", "--", ".")
	if err = unborn(err); err != nil {
		return nil, err
	}
	known := map[string]string{}
	for record := range strings.SplitSeq(string(tree), "\x00") {
		about, path, _ := strings.Cut(record, "\t")
		if parts := strings.Fields(about); len(parts) == 3 && parts[1] == "blob" && g.counts(path) {
			known[path] = parts[2]
		}
	}
	index, written, err := g.index(ctx)
	if err != nil {
		return nil, err
	}
	for path, e := range index { // staged and not committed
		if known[path] == "" && e.mode != gitlink && g.counts(path) {
			changed[path] = true
		}
	}
	var others []string
	for path, blob := range known {
		if same, err := g.same(ctx, path, blob, index[path], written); err != nil {
			return nil, err
		} else if !same {
			others = append(others, path)
		}
	}
	slices.Sort(others)
	filters, err := g.filters(ctx, others)
	if err != nil {
		return nil, err
	}
	for _, path := range others {
		same := false
		if filter := filters[path]; filter != "" {
			if same, err = g.sameFiltered(ctx, path, known[path], filter, index[path]); err != nil {
				return nil, err
			}
		}
		if !same {
			changed[path] = true
		}
	}
	return slices.Sorted(maps.Keys(changed)), nil
}

// gitlink is the mode of a submodule.
const gitlink = "160000"

// debugged finds what ls-files tells of a file with --debug.
var debugged = regexp.MustCompile(`(?s)^  .*?\n  mtime: (\d+):(\d+)\n.*?size: (\d+)\t`)

// index gives what git's index has, by path, and when it was written.
func (g *Git) index(ctx context.Context) (map[string]entry, time.Time, error) {
	out, err := g.read(ctx, maxOutput, "rev-parse", "--path-format=absolute", "--git-path", "index")
	if err != nil {
		return nil, time.Time{}, err
	}
	var written time.Time
	if info, err := os.Stat(strings.TrimSuffix(string(out), "\n")); err == nil { // before it is read, or a later one would vouch for what was read
		written = info.ModTime()
	}
	out, err = g.read(ctx, maxOutput, "ls-files", "-z", "--stage", "--debug", "--cached", "--", ".")
	if err != nil {
		return nil, time.Time{}, err
	}
	all := map[string]entry{}
	for rest := string(out); rest != ""; {
		// mode blob stage, tab, path, NUL, and lines that begin with two blanks
		record, after, _ := strings.Cut(rest, "\x00")
		about, path, _ := strings.Cut(record, "\t")
		more := after
		for strings.HasPrefix(after, "  ") {
			_, after, _ = strings.Cut(after, "\n")
		}
		rest, more = after, more[:len(more)-len(after)]
		parts := strings.Fields(about)
		if len(parts) != 3 {
			continue
		}
		e := entry{mode: parts[0], blob: parts[1]}
		if m := debugged.FindStringSubmatch(more); m != nil {
			seconds, _ := strconv.ParseInt(m[1], 10, 64)
			nanoseconds, _ := strconv.ParseInt(m[2], 10, 64)
			size, _ := strconv.ParseUint(m[3], 10, 32)
			e.size, e.mtime = uint32(size), time.Unix(seconds, nanoseconds)
		}
		all[path] = e
	}
	return all, written, nil
}

// same reports whether the bytes of the file at path are as git has them, but for line ends. A file that git's index knows by its size and time is
// not read, unless it may have changed in the moment when the index was written.
func (g *Git) same(ctx context.Context, path, blob string, e entry, written time.Time) (bool, error) {
	info, err := g.root.Lstat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return false, nil
	case err != nil || !info.Mode().IsRegular():
		return true, nil
	case e.blob == blob && e.size == uint32(info.Size()) && e.mtime.Equal(info.ModTime()) && e.mtime.Before(written):
		return true, nil
	}
	f, err := g.root.Open(path)
	if err != nil {
		return false, err
	}
	defer f.Close()
	sum := hashFor(blob, info.Size())
	if info.Size() > maxText {
		_, err = io.Copy(sum, &patient{ctx, f})
		return hex.EncodeToString(sum.Sum(nil)) == blob, err
	}
	data, err := io.ReadAll(io.LimitReader(f, maxText+1))
	if err != nil {
		return false, err
	}
	sum.Write(data)
	if hex.EncodeToString(sum.Sum(nil)) == blob {
		return true, nil
	}
	data = bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n"))
	sum = hashFor(blob, int64(len(data)))
	sum.Write(data)
	return hex.EncodeToString(sum.Sum(nil)) == blob, nil
}

// hashFor begins the name that git has for so many bytes, in the form of another such name.
func hashFor(blob string, size int64) hash.Hash {
	h := sha1.New()
	if len(blob) == 2*sha256.Size {
		h = sha256.New()
	}
	fmt.Fprintf(h, "blob %d\x00", size)
	return h
}

// patient reads until nobody waits for it any more.
type patient struct {
	ctx context.Context
	io.Reader
}

func (p *patient) Read(data []byte) (int, error) {
	if err := p.ctx.Err(); err != nil {
		return 0, err
	}
	return p.Reader.Read(data)
}

// filters gives the filter of each of the files that git has in another form than the disk, by the attributes that it has for them.
func (g *Git) filters(ctx context.Context, paths []string) (map[string]string, error) {
	if len(paths) == 0 {
		return nil, nil
	}
	out, err := g.readWith(ctx, []byte(strings.Join(paths, "\x00")+"\x00"), maxOutput, "check-attr", "-z", "--stdin", "filter", "ident", "working-tree-encoding")
	if err != nil {
		return nil, err
	}
	filters := map[string]string{}
	fields := strings.Split(string(out), "\x00")
	for ; len(fields) >= 3; fields = fields[3:] { // path, attribute, value
		switch path, value := fields[0], fields[2]; value {
		case "unspecified", "unset":
		default:
			if filters[path] == "" {
				filters[path] = value
			}
		}
	}
	return filters, nil
}

// pointer finds the digest in what Git LFS has committed in the place of a file.
var pointer = regexp.MustCompile(`(?m)^oid sha256:([0-9a-f]{64})$`)

// maxPointer is how long that may be, in bytes.
const maxPointer = 1024

// sameFiltered reports whether the file at path, whose committed form a filter has made, is as it was committed. Only the filter itself could say
// that, and it is not run: Git LFS has committed the digest of the bytes, and else a file that has the size and time that git knows is the same.
func (g *Git) sameFiltered(ctx context.Context, path, blob, filter string, e entry) (bool, error) {
	info, err := g.root.Lstat(path)
	if err != nil {
		return false, nil // it has gone
	}
	if filter == "lfs" {
		committed, err := g.read(ctx, maxPointer, "cat-file", "blob", blob)
		if m := pointer.FindSubmatch(committed); err == nil && m != nil {
			f, err := g.root.Open(path)
			if err != nil {
				return false, err
			}
			defer f.Close()
			sum := sha256.New()
			_, err = io.Copy(sum, &patient{ctx, f})
			return hex.EncodeToString(sum.Sum(nil)) == string(m[1]), err
		}
	}
	return e.blob == blob && e.size == uint32(info.Size()) && e.mtime.Unix() == info.ModTime().Unix(), nil
}
