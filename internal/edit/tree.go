package edit

import "leerblad/internal/source"

// Tree gives the folder as it is after the set.
func (s Set) Tree(t *source.Tree) (*source.Tree, error) {
	files, changes := map[string]*source.File{}, map[*source.File]Changes{}
	for _, c := range s.Texts {
		changes[c.Span.File] = append(changes[c.Span.File], c)
	}
	now := map[*source.File]*source.File{}
	for f, list := range changes {
		data, err := Apply(f.Data, list)
		if err != nil {
			return nil, err
		}
		now[f] = source.NewFile(f.Path, data)
		files[f.Path] = now[f]
	}
	for _, f := range s.Removed {
		files[f.Path] = nil
	}
	for _, m := range s.Moves { // what goes first, for one may come where another was
		files[m.File.Path] = nil
	}
	for _, m := range s.Moves {
		f := m.File
		if changed := now[f]; changed != nil {
			f = changed
		}
		files[m.To] = f.Named(m.To)
	}
	for _, n := range s.New {
		files[n.Path] = source.NewFile(n.Path, n.Data)
	}
	return t.With(files), nil
}
