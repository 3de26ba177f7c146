package build

import (
	"path/filepath"

	"leerblad/internal/document"
	"leerblad/internal/source"
)

// Early gives the page of an entry ahead of the build, if its file is all that changed since the last build and only says the same
// in other words; sum is what Result.Sum will give. The build then gives the same page. It is not ok in all other cases.
func (b *Builder) Early(paths []string) (file string, page []byte, sum string, ok bool) {
	if len(paths) != 1 || b.last == nil || b.last.Problems.HasErrors() {
		return "", nil, "", false
	}
	name, err := filepath.Rel(b.options.Content, paths[0])
	if err != nil {
		return "", nil, "", false
	}
	was, known := b.parsed[filepath.ToSlash(name)]
	if !known {
		return "", nil, "", false
	}
	text, err := b.read(was.file.Path)
	if err != nil {
		return "", nil, "", false
	}
	defer func() {
		if recover() != nil { // the build will find the same fault, and tell of it
			ok = false
		}
	}()
	doc, problems := document.Parse(b.parser, source.NewFile(was.file.Path, text), was.place)
	entry := b.last.pub.Written(was.file)
	if entry == nil || problems.HasErrors() {
		return "", nil, "", false
	}
	entry, old, ok := b.last.pub.Reworded(entry, doc)
	if !ok {
		return "", nil, "", false
	}
	p, ok := b.last.plan.Reworded(entry, old)
	if !ok {
		return "", nil, "", false
	}
	data, mistakes := b.last.theme.Preview(nil, p, b.last.root)
	return p.File, data, sumOf(data), mistakes == nil
}
