package draft

import (
	"errors"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"leerblad/internal/document"
	"leerblad/internal/edit"
	"leerblad/internal/frontmatter"
	"leerblad/internal/source"
)

// ErrUnread says that the front matter of a text cannot be read, or not be changed.
var ErrUnread = errors.New("front matter that cannot be read")

// ErrTooLarge says that the files of an entry are too large to copy.
var ErrTooLarge = errors.New("too large to copy")

// MaxCopy is the size in bytes that all files of a copy may have together.
const MaxCopy = 50_000_000

// single are the keys that belong to one entry alone, and that a copy of it does not have.
var single = map[string]bool{"updated": true, "changes": true, "expires": true, "aliases": true, "names": true, "code": true, "tile": true, "approved": true, "sent": true}

// Copy gives an entry, whose text is f, under another slug and title: as a draft of today with a number of its own, with the files in its folder.
func Copy(fsys fs.FS, f *source.File, place document.Place, slug, title string, today frontmatter.Day) ([]edit.New, error) {
	text, err := retitled(fsys, f, place.Kind, title, today)
	if err != nil {
		return nil, err
	}
	base := path.Join(string(place.Kind), slug)
	from, folder := strings.CutSuffix(f.Path, "/index.md")
	if !folder {
		return []edit.New{{Path: base + ".md", Data: text}}, nil
	}
	out := []edit.New{{Path: base + "/index.md", Data: text}}
	left := int64(MaxCopy)
	err = fs.WalkDir(fsys, from, func(p string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case p != from && source.Ignored(d.Name()):
			if d.IsDir() {
				return fs.SkipDir
			}
			return nil
		case !d.Type().IsRegular() || p == f.Path:
			return nil
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		if left -= info.Size(); left < 0 {
			return ErrTooLarge
		}
		data, err := fs.ReadFile(fsys, p)
		out = append(out, edit.New{Path: base + strings.TrimPrefix(p, from), Data: data})
		return err
	})
	return out, err
}

// retitled gives the text of a copy.
func retitled(fsys fs.FS, f *source.File, kind document.Kind, title string, today frontmatter.Day) ([]byte, error) {
	fields, problems, refused := frontmatter.Fields(f, frontmatter.Front)
	if refused != nil || fields == nil || problems.HasErrors() {
		return nil, ErrUnread
	}
	values := map[string]any{"title": title, "draft": true}
	for _, field := range fields {
		switch {
		case single[field.Key]:
			values[field.Key] = nil
		case field.Key == "date":
			values[field.Key] = string(today)
		case field.Key == "number":
			values[field.Key] = nextNumber(fsys, kind)
		}
	}
	keys := document.Shape(slices.DeleteFunc(slices.Clone(document.Keys), func(k document.Key) bool { return !kind.Knows(k.Name) }))
	text := f
	for _, key := range slices.Sorted(maps.Keys(values)) {
		changes, err := frontmatter.Set(text, frontmatter.Front, keys, []string{key}, values[key])
		if err != nil {
			return nil, ErrUnread
		}
		data, err := edit.Apply(text.Data, changes)
		if err != nil {
			return nil, err
		}
		text = source.NewFile(f.Path, data)
	}
	return text.Data, nil
}
