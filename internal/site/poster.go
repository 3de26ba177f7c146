package site

import (
	"path"
	"strings"

	"leerblad/internal/document"
	"leerblad/internal/publication"
)

// PosterText is what stands in a picture that is made for a page without one: the name of the publication, what the page is, and its title.
type PosterText struct{ Site, Label, Title string }

// alt says what the picture says but for the publication's name.
func (t PosterText) alt() string {
	if t.Label == "" {
		return t.Title
	}
	return t.Label + ": " + t.Title
}

// The pictures that are made, in pixels.
const (
	PosterWidth  = 1200
	PosterHeight = 630
)

// ownPosters is the number of entries of each kind, in the order of its list, that have pictures with their own titles. The others have that of their kind.
const ownPosters = 100

// posters decides which pictures are made.
func (p *planner) posters() {
	s := p.shared
	if image := p.pub.Image; image != nil {
		s.poster = s.posterFrom(image)
	}
	if s.poster != nil || p.Poster == nil {
		return
	}
	p.plan.Posters = map[string]PosterText{}
	s.poster = p.makePoster(PosterText{Site: s.site.Title, Label: s.site.Tagline, Title: s.site.Title})
	s.posters = make([]*Poster, len(p.pub.Entries))
	for _, k := range document.Which(func(*document.Row) bool { return true }) {
		var rest *Poster
		for i, e := range p.pub.Of(k) {
			switch {
			case s.posterFrom(e.Image) != nil:
			case i < ownPosters:
				s.posters[e.Index] = p.makePoster(s.posterText(e))
			case rest == nil:
				rest = p.makePoster(PosterText{Site: s.site.Title, Title: s.Words("kinds." + string(k))})
				fallthrough
			default:
				s.posters[e.Index] = rest
			}
		}
	}
}

func (p *planner) makePoster(t PosterText) *Poster {
	file := p.Poster(t)
	p.plan.Posters[file] = t
	return p.shared.madePoster(file, t)
}

func (s *shared) madePoster(file string, t PosterText) *Poster {
	return &Poster{URL: s.address(s.site.Root + file), Alt: t.alt(), Width: PosterWidth, Height: PosterHeight}
}

// posterText gives the text of an entry's picture.
func (s *shared) posterText(e *publication.Entry) PosterText {
	label := s.Words("kind." + string(e.Kind))
	switch {
	case e.Kind == document.Documents:
		label = s.Words("type." + e.Meta.Type.Value)
	case e.Meta.Number.Value > 0:
		label += " " + itoa(e.Meta.Number.Value)
	}
	return PosterText{Site: s.site.Title, Label: label, Title: e.Title}
}

// posterFrom gives a picture of the publication as other sites show it, nil for one that they do not.
func (s *shared) posterFrom(pic *publication.Picture) *Poster {
	if pic == nil || pic.File == "" || strings.EqualFold(path.Ext(pic.File), ".svg") {
		return nil
	}
	a := s.Assets[pic.File]
	return &Poster{URL: s.address(s.site.Root + a.File), Alt: pic.Alt, Width: a.Width, Height: a.Height}
}

// posterOf gives the picture of an entry: its own, the publication's, or one that is made.
func (s *shared) posterOf(e *publication.Entry) *Poster {
	if own := s.posterFrom(e.Image); own != nil {
		return own
	}
	if s.posters == nil || s.posters[e.Index] == nil {
		return s.poster
	}
	made := s.posters[e.Index]
	if before := s.pub.Entries[e.Index]; before != e && made.Alt == s.posterText(before).alt() { // it is reworded
		t := s.posterText(e)
		return s.madePoster(s.Poster(t), t)
	}
	return made
}
