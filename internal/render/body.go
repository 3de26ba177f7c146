package render

import (
	"bytes"
	"html/template"
	"regexp"

	"leerblad/internal/markdown"
	"leerblad/internal/site"
)

// body fills the holes of a body. What is put between the pieces of compiled HTML is escaped here, or comes from a
// partial, which escapes.
func (r *Renderer) body(b site.Body) (template.HTML, error) {
	var out bytes.Buffer
	if b.Compiled == nil {
		return "", nil
	}
	if err := r.parts(&out, b, b.From, b.To); err != nil {
		return "", err
	}
	html := out.Bytes()
	if b.Away {
		html = footnote.ReplaceAll(html, nil)
	}
	return template.HTML(html), nil
}

// footnote is a reference to a footnote as goldmark writes it.
var footnote = regexp.MustCompile(`<sup id="[^"]*fnref[^"]*"><a [^>]*>[^<]*</a></sup>`)

func (r *Renderer) parts(out *bytes.Buffer, b site.Body, from, to int) error {
	for i := from; i < to; i++ {
		part := b.Compiled.Parts[i]
		out.WriteString(part.HTML)
		skip, err := r.hole(out, b, part)
		if err != nil {
			return err
		}
		i = max(i, skip)
	}
	return nil
}

// hole fills the hole after a part. It gives the index of the last part that it used, or 0.
func (r *Renderer) hole(out *bytes.Buffer, b site.Body, part markdown.Part) (last int, err error) {
	switch part.Hole {
	case markdown.LinkHref:
		template.HTMLEscape(out, []byte(b.Links[part.Index]))
	case markdown.Word:
		template.HTMLEscape(out, []byte(r.theme.Words(part.Word)))
	case markdown.Inline:
		err = r.partial(out, "picture", b.Pictures[part.Index])
	case markdown.Figure:
		err = r.partial(out, "figure", b.Pictures[part.Index])
	case markdown.CardOf:
		err = r.partial(out, "card", b.Cards[part.Index])
	case markdown.FindingTop:
		err = r.partial(out, "finding", b.Findings[part.Index-b.FirstFinding])
		last = b.Compiled.Findings[part.Index].Last - 1
	}
	return last, err
}

func (r *Renderer) partial(out *bytes.Buffer, name string, data any) error {
	switch d := data.(type) {
	case *site.Picture:
		if d == nil {
			return nil
		}
	case *site.Card:
		if d == nil {
			return nil
		}
	}
	return r.partials.ExecuteTemplate(out, name, data)
}
