package lsp

import (
	"context"

	"leerblad/internal/assist"
)

// form answers leerblad/form, of which the answer is the data of a text as fields.
func form(ctx context.Context, v *view, p documentParams) (any, error) {
	pub := v.build()
	b, err := v.buffer(pub, p.TextDocument.URI)
	if err != nil {
		return nil, err
	}
	return pub.Form(b, v.language()), nil
}

// setParams are those of leerblad/set, which writes a value that a form has for a key.
type setParams struct {
	TextDocument TextDocument `json:"textDocument"`
	Key          string       `json:"key"`
	Value        any          `json:"value"`
}

// setResult has what the client is to change in the text, in the version that the request came after.
type setResult struct {
	Edits []textEdit `json:"edits"`
}

func set(ctx context.Context, v *view, p setParams) (any, error) {
	if v.editor == nil {
		return nil, Refuse(say(v.language(), readOnly))
	}
	pub := v.build()
	b, err := v.buffer(pub, p.TextDocument.URI)
	if err != nil {
		return nil, err
	}
	changes, err := pub.Set(b, p.Key, p.Value)
	if err != nil {
		return nil, v.refused(err)
	}
	out := setResult{Edits: []textEdit{}}
	l := v.lines(b.File)
	for _, c := range changes {
		out.Edits = append(out.Edits, textEdit{v.rangeIn(l, c.Span), c.Text})
	}
	return out, nil
}

// findParams are those of leerblad/find, which finds texts and findings by their words; none of Findings and Texts means both.
type findParams struct {
	Query    string   `json:"query"`
	Kinds    []string `json:"kinds"`
	Findings bool     `json:"findings"`
	Texts    bool     `json:"texts"`
	Max      int      `json:"max"`
}

// found is a text or finding, and where it is.
type found struct {
	assist.Found
	Location Location `json:"location"`
}

func find(ctx context.Context, v *view, p findParams) (any, error) {
	out := []found{}
	for _, f := range v.build().Find(p.Query, assist.FindOptions{Kinds: p.Kinds, Findings: p.Findings, Texts: p.Texts, Max: p.Max}, v.language()) {
		out = append(out, found{f, v.location(f.Span)})
	}
	return out, nil
}

// pageResult has the path of a text's page on the site that browsers get, "" without one: a text that came with a mistake has none yet.
type pageResult struct {
	Page string `json:"page"`
}

func page(ctx context.Context, v *view, p documentParams) (any, error) {
	var out pageResult
	path, ok := v.o.Path(p.TextDocument.URI)
	if good := v.session.Good(); ok && good != nil {
		for _, page := range good.Saved([]string{path}) {
			out.Page = page
		}
	}
	return out, nil
}

// builtParams tell of a build: how many texts are published, what is wrong, and the files that are others since the last time.
type builtParams struct {
	Texts    int      `json:"texts"`
	Errors   int      `json:"errors"`
	Warnings int      `json:"warnings"`
	Changed  []string `json:"changed"`
}
