package refactor_test

import (
	"testing"
	"testing/fstest"

	"leerblad/internal/diag"
	"leerblad/internal/document"
	"leerblad/internal/markdown"
	"leerblad/internal/publication"
	"leerblad/internal/refactor"
	"leerblad/internal/source"
	"leerblad/internal/testpub"
)

// pub is a publication in memory.
type pub struct {
	*refactor.Texts
	problems diag.List
}

// read reads a publication as on 1 June 2021.
func read(t testing.TB, files map[string]string) *pub {
	t.Helper()
	folder := fstest.MapFS{}
	for name, text := range files {
		folder[name] = &fstest.MapFile{Data: []byte(text)}
	}
	tree, err := (&source.Tree{}).Update(folder, source.Ignored, []string{"."})
	if err != nil {
		t.Fatal(err)
	}
	return of(tree)
}

func of(tree *source.Tree) *pub {
	parser := markdown.New()
	parser.NoHints = true
	in, diags := testpub.Input(tree, parser, publication.Options{Now: "2021-06-01", Drafts: true, Future: true})
	_, list := publication.Assemble(in)
	return &pub{refactor.Read(in, address), append(diags, list...)}
}

// apply gives the publication after a plan.
func (p *pub) apply(t testing.TB, plan *refactor.Plan) *pub {
	t.Helper()
	tree, err := plan.Set.Tree(p.Tree)
	if err != nil {
		t.Fatalf("%s → %s: %v", plan.From, plan.To, err)
	}
	return of(tree)
}

// address gives the path of an entry's page.
func address(p document.Place) string { return "/" + string(p.Kind) + "/" + p.Slug + "/" }
