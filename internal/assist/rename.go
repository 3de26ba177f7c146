package assist

import (
	"errors"
	"strings"

	"leerblad/internal/document"
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

// Renaming gives what Rename would rename at an offset, and its present name: the slug of a text, or the id of a finding. The place is that of
// the name where it is written there, else that of what has it. The error is ErrNoName.
func (p *Publication) Renaming(b *Buffer, at int) (source.Span, string, error) {
	span, t, err := p.renaming(b, at)
	if err != nil {
		return span, "", err
	}
	if t.id != "" {
		return span, t.id, nil
	}
	return span, t.doc.Slug, nil
}

// renaming gives the name at an offset and what has it: a text or a finding.
func (p *Publication) renaming(b *Buffer, at int) (span source.Span, t target, err error) {
	t, ok := p.at(b, at)
	if !ok || t.doc == nil || t.doc.Kind == document.Home && t.finding() == nil || t.fixed {
		return span, t, ErrNoName
	}
	f := t.finding()
	if t.here {
		if t.id != "" && f == nil {
			return span, t, ErrNoName // a heading
		}
		return t.span, t, nil
	}
	name, id, hasID := strings.Cut(t.span.Text(), "#")
	if from := t.span.Start + len(name) + len("#"); hasID && at >= from {
		if f == nil || id != f.ID {
			return span, t, ErrNoName
		}
		return source.At(b.File, from, t.span.End), t, nil
	}
	t.id = ""
	if t.doc.Kind == document.Home {
		return span, t, ErrNoName
	}
	if i := strings.LastIndex(name, t.doc.Slug); i >= 0 {
		return source.At(b.File, t.span.Start+i, t.span.Start+i+len(t.doc.Slug)), t, nil
	}
	return source.At(b.File, t.span.Start, t.span.Start+len(name)), t, nil
}

// Rename plans to give what stands at an offset another name, in all texts. Addresses that readers may know lead on. The error is ErrNoName,
// ErrStale or a *refactor.Refusal.
func (p *Publication) Rename(b *Buffer, at int, name string) (*refactor.Plan, error) {
	_, t, err := p.renaming(b, at)
	if err != nil {
		return nil, err
	}
	if !b.built {
		return nil, ErrStale
	}
	from, to := t.doc.Reference(), string(t.doc.Kind)+"/"+name
	if t.id != "" {
		to = from + "#" + name
		from += "#" + t.id
	} else if strings.ContainsAny(name, "/#") {
		return nil, &refactor.Refusal{Why: refactor.BadName, Args: []any{name}}
	}
	return p.about(p.was(t.doc), "").Move(from, to, true)
}
