package source

import "maps"

// With gives the tree as it would be with other files at some paths; nil for one that is gone.
func (t *Tree) With(files map[string]*File) *Tree {
	next := &Tree{fsys: t.fsys, files: maps.Clone(t.files), odd: t.odd, links: t.links}
	for p, f := range files {
		if f == nil {
			delete(next.files, p)
		} else {
			next.files[p] = f
		}
	}
	next.list()
	return next
}

// Named gives the file as it would be at another path.
func (f *File) Named(p string) *File {
	return &File{Path: p, Size: f.Size, Data: f.Data, Digest: f.Digest, Outside: f.Outside, info: f.info}
}
