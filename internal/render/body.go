package render

import (
	"bytes"
	"html/template"
	"path"
	"reflect"
	"regexp"
	"slices"
	"strconv"

	"leerblad/internal/markdown"
	"leerblad/internal/site"
)

// bodyPartials are the partials that fill the holes in a body.
var bodyPartials = []string{"finding", "figure", "picture", "card", "plot", "moved", "file-note"}

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
		told := s.root != "" && b.File != ""
		if told {
			s.marked(b, i)
		} else {
			s.out = append(s.out, part.HTML...)
		}
		start := len(s.out)
		skip, err := s.hole(b, part)
		if err != nil {
			return err
		}
		if told {
			s.markElement(start, b.File, lineOf(b.Compiled, part))
		}
		i = max(i, skip)
	}
	return nil
}

// hole fills the hole after a part. It gives the index of the last part that it used, or 0.
func (s *state) hole(b *site.Body, part *markdown.Part) (last int, err error) {
	switch part.Hole {
	case markdown.Word:
		s.attribute(s.r.theme.Words(part.Word))
		return 0, nil
	case markdown.Tongue:
		s.attribute(s.r.theme.Words("language"))
		return 0, nil
	}
	switch x := b.Fill(part).(type) {
	case string:
		s.attribute(x)
	case *site.Picture:
		name := "figure"
		if part.Hole == markdown.Inline {
			name = "picture"
		}
		err = s.partial(name, x)
	case *site.File:
		s.out = append(s.out, ' ')
		err = s.partial("file-note", x)
	case *site.Moved:
		err = s.partial("moved", x)
	case *site.Card:
		err = s.partial("card", x)
	case *site.Plot:
		err = s.partial("plot", x)
	case *site.Finding:
		err = s.partial("finding", x)
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

func (s *state) partial(name string, data any) (err error) {
	if s.set != nil {
		s.out, err = s.set.partial(s.out, name, data)
		return err
	}
	called := s.r.holes[name]
	if called == nil {
		panic(s.r.why)
	}
	s.call(called, reflect.ValueOf(data))
	return nil
}

// marked writes a part's HTML in which each block says where it was written.
func (s *state) marked(b *site.Body, part int) {
	html, blocks := b.Compiled.Parts[part].HTML, b.Compiled.Blocks
	first, _ := slices.BinarySearchFunc(blocks, part, func(x markdown.Block, part int) int { return int(x.Part) - part })
	at := 0
	for _, x := range blocks[first:] {
		if int(x.Part) != part {
			break
		}
		s.out = append(s.out, html[at:x.Offset]...)
		s.out = append(s.out, s.mark(b.File, int(x.Line))...)
		at = int(x.Offset)
	}
	s.out = append(s.out, html[at:]...)
}

// mark is the attribute that says where an element was written.
func (s *state) mark(file string, line int) string {
	return ` data-source="` + template.HTMLEscapeString(path.Join(s.root, file)) + ":" + strconv.Itoa(line) + `"`
}

// lineOf gives the line in which a finding, figure, chart or card was written, 0 for a hole that is no element.
func lineOf(b *markdown.Body, part *markdown.Part) (line int) {
	switch part.Hole {
	case markdown.FindingTop:
		line, _ = b.Findings[part.Index].Span.Position()
	case markdown.Figure:
		line, _ = b.Pictures[part.Index].Span.Position()
	case markdown.ChartOf:
		line, _ = b.Charts[part.Index].Span.Position()
	case markdown.CardOf:
		line, _ = b.Cards[part.Index].Span.Position()
	}
	return line
}

// firstTag is the start of the first element of a partial.
var firstTag = regexp.MustCompile(`<[a-z][a-z0-9]*`)

// markElement says of the first element after start where it was written.
func (s *state) markElement(start int, file string, line int) {
	if tag := firstTag.FindIndex(s.out[start:]); tag != nil && line > 0 {
		s.out = slices.Insert(s.out, start+tag[1], []byte(s.mark(file, line))...)
	}
}
