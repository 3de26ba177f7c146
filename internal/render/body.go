package render

import (
	"bytes"
	"html/template"
	"reflect"
	"regexp"

	"leerblad/internal/markdown"
	"leerblad/internal/site"
)

// bodyPartials are the partials that fill the holes in a body.
var bodyPartials = []string{"finding", "figure", "picture", "card"}

// body is the function of templates that html/template executes.
func (r *Renderer) body(b site.Body) (template.HTML, error) {
	s := state{r: r, slow: true}
	err := s.body(&b)
	return template.HTML(s.out), err
}

// body writes a body and fills its holes. What is put between the pieces of compiled HTML is escaped here, or comes
// from a partial, which escapes.
func (s *state) body(b *site.Body) error {
	if b.Compiled == nil {
		return nil
	}
	start := len(s.out)
	if err := s.parts(b); err != nil {
		return err
	}
	if b.Away && bytes.Contains(s.out[start:], []byte("fnref")) {
		s.out = append(s.out[:start], footnote.ReplaceAll(s.out[start:], nil)...)
	}
	return nil
}

// footnote is a reference to a footnote as goldmark writes it.
var footnote = regexp.MustCompile(`<sup id="[^"]*fnref[^"]*"><a [^>]*>[^<]*</a></sup>`)

func (s *state) parts(b *site.Body) error {
	for i := b.From; i < b.To; i++ {
		part := &b.Compiled.Parts[i]
		s.out = append(s.out, part.HTML...)
		skip, err := s.hole(b, part)
		if err != nil {
			return err
		}
		i = max(i, skip)
	}
	return nil
}

// hole fills the hole after a part. It gives the index of the last part that it used, or 0.
func (s *state) hole(b *site.Body, part *markdown.Part) (last int, err error) {
	switch part.Hole {
	case markdown.LinkHref:
		s.attribute(b.Links[part.Index])
	case markdown.Word:
		s.attribute(s.r.theme.Words(part.Word))
	case markdown.Inline:
		err = s.picture("picture", b.Pictures[part.Index])
	case markdown.Figure:
		err = s.picture("figure", b.Pictures[part.Index])
	case markdown.CardOf:
		if card := b.Cards[part.Index]; card != nil {
			err = s.partial("card", card)
		}
	case markdown.FindingTop:
		err = s.partial("finding", b.Findings[part.Index-b.FirstFinding])
		last = b.Compiled.Findings[part.Index].Last - 1
	}
	return last, err
}

// attribute writes text or an attribute's value.
func (s *state) attribute(text string) {
	start := len(s.out)
	s.out = append(s.out, text...)
	s.replace(start, &attributeTable, false)
}

func (s *state) picture(partial string, p *site.Picture) error {
	if p == nil {
		return nil
	}
	return s.partial(partial, p)
}

func (s *state) partial(name string, data any) error {
	if called := s.r.holes[name]; called != nil && !s.slow {
		s.call(called, reflect.ValueOf(data))
		return nil
	}
	out := bytes.NewBuffer(s.out)
	err := s.r.partials.ExecuteTemplate(out, name, data)
	s.out = out.Bytes()
	return err
}
