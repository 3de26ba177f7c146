package draft

import (
	"bytes"
	"errors"
	"io/fs"
	"path"
	"strconv"
	"strings"

	"leerblad/internal/document"
	"leerblad/internal/edit"
	"leerblad/internal/frontmatter"
	"leerblad/internal/source"
)

// ErrUnread says that the front matter of a text cannot be read, or is not written with a key a line.
var ErrUnread = errors.New("front matter that cannot be read")

// ErrTooLarge says that the files of an entry are too large to copy.
var ErrTooLarge = errors.New("too large to copy")

// MaxCopy is the size in bytes that all files of a copy may have together.
const MaxCopy = 50_000_000

// single are the keys that belong to one entry alone, and that a copy of it does not have.
var single = map[string]bool{"updated": true, "changes": true, "expires": true, "aliases": true, "names": true, "code": true, "tile": true}

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
	block, _, ok, _ := frontmatter.Split(f)
	if !ok {
		return nil, ErrUnread
	}
	fields, problems := frontmatter.Read(block)
	if fields == nil || problems.HasErrors() {
		return nil, ErrUnread
	}
	values := map[string]string{"title": quoted(title), "date": string(today), "number": strconv.Itoa(nextNumber(fsys, kind)), "draft": "true"}
	var changes edit.Changes
	end := block.Start // of the title
	for i, field := range fields {
		start := lineStart(f.Data, field.KeySpan.Start)
		if start != field.KeySpan.Start && strings.TrimLeft(string(f.Data[start:field.KeySpan.Start]), "\ufeff") != "" {
			return nil, ErrUnread
		}
		next := block.End
		if i+1 < len(fields) {
			next = lineStart(f.Data, fields[i+1].KeySpan.Start)
		}
		value, has := values[field.Key]
		if !has && !single[field.Key] {
			continue
		}
		next = start + len(withoutComments(f.Data[start:next]))
		line := ""
		if has {
			line = edit.Lines(f, field.Key+": "+value+"\n")
			delete(values, field.Key)
		}
		if field.Key == "title" {
			end = next
		}
		changes = append(changes, edit.Change{Span: source.At(f, field.KeySpan.Start, next), Text: line})
	}
	if values["title"] != "" {
		return nil, ErrUnread
	}
	if values["draft"] != "" {
		changes = append(changes, edit.Change{Span: source.At(f, end, end), Text: edit.Lines(f, "draft: true\n")})
	}
	return edit.Apply(f.Data, changes)
}

func lineStart(data []byte, at int) int { return bytes.LastIndexByte(data[:at], '\n') + 1 }

// withoutComments gives the lines of a field without the comments and empty lines after it, which belong to what follows.
func withoutComments(lines []byte) []byte {
	for {
		rest := bytes.TrimRight(lines, "\r\n")
		start := lineStart(rest, len(rest))
		last := bytes.TrimSpace(rest[start:])
		if start == 0 || len(last) > 0 && last[0] != '#' {
			if end := len(rest); end < len(lines) {
				return lines[:end+bytes.IndexByte(lines[end:], '\n')+1]
			}
			return lines
		}
		lines = lines[:start]
	}
}
