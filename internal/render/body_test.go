package render

import (
	"testing"

	"leerblad/internal/markdown"
	"leerblad/internal/site"
)

func TestHolesOfBodiesAreFilled(t *testing.T) {
	r := rendererOf(t, `{{body .Away}}`)
	if len(r.holes) != len(bodyPartials) {
		t.Error("the partials are not compiled")
	}
	b := site.Body{
		Compiled: &markdown.Body{
			Parts: []markdown.Part{
				{HTML: "<i>left out</i>", Hole: markdown.Inline}, {HTML: "<p>", Hole: markdown.LinkHref}, {HTML: "1", Hole: markdown.Word, Word: "key"},
				{HTML: "2", Hole: markdown.Inline}, {HTML: "3", Hole: markdown.Inline, Index: 1}, {HTML: "4", Hole: markdown.Figure, Index: 1},
				{HTML: "5", Hole: markdown.CardOf}, {HTML: "6", Hole: markdown.CardOf, Index: 1}, {HTML: "7", Hole: markdown.FindingTop, Index: 2},
				{HTML: "the finding's own"}, {HTML: "8", Hole: markdown.FindingEnd}, {HTML: "</p>"}, {HTML: "<i>left out</i>"},
			},
			Findings: make([]markdown.Finding, 3),
		},
		From: 1, To: 12, Links: []string{`/x?a+b&c"`}, Pictures: []*site.Picture{nil, {URL: "/p&"}}, Cards: []*site.Card{nil, {URL: "/c"}},
		Findings: []*site.Finding{nil, {URL: "/f"}}, FirstFinding: 1,
	}
	b.Compiled.Findings[2].Last = 10
	const want = `<main><p>/x?a+b&amp;c&#34;1&lt;sleutel&gt;23[picture /p&amp;]4[figure /p&amp;]56[card /c]7[finding /f]8</p></main>`
	shown(t, r, b, want)
}

func TestBodyElsewhereHasNoReferencesToFootnotes(t *testing.T) {
	r := rendererOf(t, `{{body .Away}}`)
	parts := []markdown.Part{{HTML: `<p id="fnref">a<sup id="fnref:1"><a href="#fn:1" class="f">1</a></sup>b<sup>2</sup></p>`}}
	b := site.Body{Compiled: &markdown.Body{Parts: parts}, To: 1}
	shown(t, r, b, `<main>`+parts[0].HTML+`</main>`)
	b.Away = true
	shown(t, r, b, `<main><p id="fnref">ab<sup>2</sup></p></main>`)
}

// shown checks how a layout that shows its view's body does so, compiled and by html/template.
func shown(t *testing.T, r *Renderer, b site.Body, want string) {
	t.Helper()
	v := hostileView()
	v.Away = b
	p := site.Page{Template: "0", View: func() site.View { return v }}
	if got, stopped, _ := r.execute(nil, r.layouts["0"].compiled, v, ""); stopped != nil || string(got) != want {
		t.Errorf("compiled: %v %s, want %s", stopped, got, want)
	}
	if got, err := r.reference(p); err != nil || string(got) != want {
		t.Errorf("standard: %v %s, want %s", err, got, want)
	}
}

func TestWhiteSpaceOfTemplatesIsSqueezed(t *testing.T) {
	r := rendererOf(t, "{{define \"x\"}}  x{{end}}§a  b\n\n\t c{{if .Yes}}  d{{else}}  {{end}}{{range .Texts}}\n \n{{end}}{{template \"x\"}}{{with .N}}  e{{end}}")
	got, _ := r.Append(nil, site.Page{Template: "0", View: hostilePage()})
	if want := "<main>a b\nc d\n\n\n x e</main>"; string(got) != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
