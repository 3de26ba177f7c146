package assist

import (
	"errors"

	"leerblad/internal/refactor"
	"leerblad/internal/source"
)

// Errors of Renaming and Rename.
var (
	// ErrNoName says that nothing stands at the place that has a name of its own.
	ErrNoName = errors.New("nothing here has a name that can be changed")
	// ErrStale says that the text was not built yet as it stands in the editor: once it is, the same call will do.
	ErrStale = errors.New("the text is newer than the build")
)

// Renaming gives what Rename would rename at an offset, as it is written there, and its present name: the slug of a text, or the id of a
// finding. The error is ErrNoName.
func (p *Publication) Renaming(b *Buffer, at int) (source.Span, string, error) {
	return source.Span{}, "", ErrNoName
}

// Rename plans to give what stands at an offset another name, in all texts. Addresses that readers may know lead on. The error is ErrNoName,
// ErrStale or a *refactor.Refusal.
func (p *Publication) Rename(b *Buffer, at int, name string) (*refactor.Plan, error) {
	return nil, ErrNoName
}
