package build

import (
	"leerblad/internal/document"
	"leerblad/internal/source"
)

// Early is the page of an entry ahead of the build that will give the same.
type Early struct {
	File string // as Result.Preview calls it
	Page []byte
	Sum  string // what Result.Sum will give
}

// Early gives the page of the entry that is written in the text at a path of the publication folder, with other words in it than r was built
// of, if these only say the same in other words; nil in all other cases. It may be called during a build.
func (b *Builder) Early(r *Result, name string, text []byte) (early *Early) {
	if r.Problems.HasErrors() {
		return nil
	}
	entry := r.pub.Written(name)
	if entry == nil {
		return nil
	}
	defer func() {
		if recover() != nil { // the build will find the same fault, and tell of it
			early = nil
		}
	}()
	doc, problems := document.Parse(b.parser, source.NewFile(name, text), entry.Place())
	if problems.HasErrors() {
		return nil
	}
	entry, old, ok := r.pub.Reworded(entry, doc)
	if !ok {
		return nil
	}
	p, ok := r.plan.Reworded(entry, old)
	if !ok {
		return nil
	}
	data, mistakes := r.theme.Preview(nil, p, r.root)
	if mistakes != nil {
		return nil
	}
	return &Early{p.File, data, sumOf(data)}
}
