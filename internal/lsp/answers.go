package lsp

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"

	"leerblad/internal/assist"
	"leerblad/internal/edit"
	"leerblad/internal/frontmatter"
	"leerblad/internal/refactor"
	"leerblad/internal/source"
)

// requests are what the client may ask.
var requests = map[string]request{
	"textDocument/completion":     with(complete),
	"textDocument/hover":          with(hovered),
	"textDocument/definition":     with(definition),
	"textDocument/references":     with(references),
	"textDocument/documentSymbol": with(documentSymbols),
	"textDocument/codeAction":     with(codeActions),
	"textDocument/prepareRename":  with(prepareRename),
	"textDocument/rename":         with(rename),
	"textDocument/foldingRange":   with(foldingRanges),
	"textDocument/documentLink":   with(documentLinks),
	"workspace/symbol":            with(workspaceSymbols),
	"leerblad/find":               with(find),
	"leerblad/form":               with(form),
	"leerblad/set":                with(set),
	"leerblad/page":               with(page),
}

var itemKinds = map[assist.CompletionKind]int{
	assist.CompleteKey: 10, assist.CompleteValue: 12, assist.CompleteEntry: 18, assist.CompleteFinding: 18, assist.CompleteHeading: 18,
	assist.CompleteFile: 17, assist.CompleteMarker: 14, assist.CompleteAttribute: 10, assist.CompleteNote: 18,
}

func complete(ctx context.Context, v *view, p placeParams) (any, error) {
	pub := v.build()
	b, at, err := v.place(pub, p)
	if err != nil {
		return nil, err
	}
	// Words that are not in their labels find them too, so the client asks again as its user types on.
	list := completionList{IsIncomplete: true, Items: []completionItem{}}
	l := v.lines(b.File)
	formats := v.client.TextDocument.Completion.CompletionItem.DocumentationFormat
	for _, c := range pub.Complete(b, at, v.language()) {
		item := completionItem{
			Label: c.Label, Kind: cmp.Or(itemKinds[c.Kind], 1), Detail: c.Detail, SortText: c.Sort, FilterText: c.Filter, TextEdit: textEdit{v.rangeIn(l, c.Span), c.Text},
		}
		if c.Doc != "" {
			item.Documentation = marked(formats, c.Doc)
		}
		list.Items = append(list.Items, item)
	}
	return list, nil
}

// marked gives Markdown for a client that takes these formats.
func marked(formats []string, text string) *markup {
	if !slices.Contains(formats, "markdown") {
		return &markup{"plaintext", text}
	}
	return &markup{"markdown", text}
}

func hovered(ctx context.Context, v *view, p placeParams) (any, error) {
	pub := v.build()
	b, at, err := v.place(pub, p)
	if err != nil {
		return nil, err
	}
	h, ok := pub.Hover(b, at, v.language())
	if !ok {
		return nil, nil
	}
	return hover{*marked(v.client.TextDocument.Hover.ContentFormat, h.Text), v.rangeIn(v.lines(b.File), h.Span)}, nil
}

func definition(ctx context.Context, v *view, p placeParams) (any, error) {
	pub := v.build()
	b, at, err := v.place(pub, p)
	if err != nil {
		return nil, err
	}
	return v.locations(pub.Definition(b, at)), nil
}

func references(ctx context.Context, v *view, p referenceParams) (any, error) {
	pub := v.build()
	b, at, err := v.place(pub, p.placeParams)
	if err != nil {
		return nil, err
	}
	return v.locations(pub.References(b, at, p.Context.IncludeDeclaration)), nil
}

var symbolKinds = map[assist.SymbolKind]int{
	assist.SymbolData: symbolObject, assist.SymbolKey: symbolKey, assist.SymbolHeading: symbolString, assist.SymbolFinding: symbolEvent,
}

func documentSymbols(ctx context.Context, v *view, p documentParams) (any, error) {
	pub := v.build()
	b, err := v.buffer(pub, p.TextDocument.URI)
	if err != nil {
		return nil, err
	}
	l := v.lines(b.File)
	var all func(list []assist.Symbol) []documentSymbol
	all = func(list []assist.Symbol) []documentSymbol {
		out := make([]documentSymbol, 0, len(list))
		for _, s := range list {
			out = append(out, documentSymbol{cmp.Or(s.Name, "–"), s.Detail, cmp.Or(symbolKinds[s.Kind], symbolString), v.rangeIn(l, s.Span), v.rangeIn(l, s.Selection),
				all(s.Children)})
		}
		return out
	}
	return all(pub.Symbols(b, v.language())), nil
}

func workspaceSymbols(ctx context.Context, v *view, p symbolParams) (any, error) {
	out := []symbolInformation{}
	for _, f := range v.build().Find(p.Query, assist.FindOptions{}, v.language()) {
		kind := symbolFile
		if strings.Contains(f.Reference, "#") {
			kind = symbolEvent
		}
		out = append(out, symbolInformation{f.Title, kind, v.location(f.Span), f.KindName})
	}
	return out, nil
}

func codeActions(ctx context.Context, v *view, p codeActionParams) (any, error) {
	out := []codeAction{}
	if v.editor == nil {
		return out, nil
	}
	pub := v.build()
	b, err := v.buffer(pub, p.TextDocument.URI)
	if err != nil {
		return nil, err
	}
	l := v.lines(b.File)
	wanted := func(kind string) bool {
		return p.Context.Only == nil || slices.ContainsFunc(p.Context.Only, func(only string) bool { return only == "" || kind == only || strings.HasPrefix(kind, only+".") })
	}
	if wanted(quickFix) {
		span := source.At(b.File, l.offset(p.Range.Start, v.encoding), l.offset(p.Range.End, v.encoding))
		for _, a := range pub.Actions(b, span, v.language()) {
			if e, ok := v.workspaceEdit(a.Changes, nil); ok {
				told := []diagnostic{v.diagnostic(l, a.Problem)}
				out = append(out, codeAction{a.Title, quickFix, told, a.Preferred, e})
			}
		}
	}
	if wanted(fixAll) {
		if changes := sure(pub.Actions(b, source.At(b.File, 0, len(b.File.Data)), v.language())); changes != nil {
			if e, ok := v.workspaceEdit(changes, nil); ok {
				out = append(out, codeAction{Title: say(v.language(), fixAllTitle), Kind: fixAll, Edit: e})
			}
		}
	}
	return out, nil
}

// sure gives the changes of the actions that need no choice, but for those that would write where another does already.
func sure(actions []assist.Action) (all edit.Changes) {
	for _, a := range actions {
		if a.Preferred && !slices.ContainsFunc(a.Changes, func(c edit.Change) bool {
			return slices.ContainsFunc(all, func(o edit.Change) bool {
				return o.Span.File.Path == c.Span.File.Path && o.Span.Start <= c.Span.End && c.Span.Start <= o.Span.End
			})
		}) {
			all = append(all, a.Changes...)
		}
	}
	return all
}

func prepareRename(ctx context.Context, v *view, p placeParams) (any, error) {
	pub := v.build()
	b, at, err := v.place(pub, p)
	if err != nil {
		return nil, err
	}
	span, name, err := pub.Renaming(b, at)
	if err != nil {
		return nil, v.refused(err)
	}
	return prepared{v.rangeIn(v.lines(b.File), span), name}, nil
}

func rename(ctx context.Context, v *view, p renameParams) (any, error) {
	if v.editor == nil {
		return nil, Refuse(say(v.language(), readOnly))
	}
	pub, err := v.settled(ctx)
	if err != nil {
		return nil, err
	}
	b, at, err := v.place(pub, p.placeParams)
	if err != nil {
		return nil, err
	}
	plan, err := pub.Rename(b, at, p.NewName)
	if err != nil {
		return nil, v.refused(err)
	}
	e, ok := v.workspaceEdit(plan.Set.Texts, plan.Set.Moves)
	if !ok {
		return nil, Refuse(say(v.language(), noFiles))
	}
	return e, nil
}

// refused says in words why there is no rename, or why a value is not written.
func (v *view) refused(err error) error {
	var name *refactor.Refusal
	var value *frontmatter.Refusal
	switch l := v.language(); {
	case errors.As(err, &name):
		return Refuse(name.Text(l))
	case errors.As(err, &value):
		return Refuse(value.In(l))
	case errors.Is(err, assist.ErrNoName):
		return Refuse(say(l, noName))
	case errors.Is(err, assist.ErrStale):
		return &Error{codeModified, say(l, modified)}
	}
	return err
}

func foldingRanges(ctx context.Context, v *view, p documentParams) (any, error) {
	pub := v.build()
	b, err := v.buffer(pub, p.TextDocument.URI)
	if err != nil {
		return nil, err
	}
	l := v.lines(b.File)
	out := []foldingRange{}
	for _, f := range pub.Folds(b) {
		start, end := l.position(f.Start, v.encoding), l.position(f.End, v.encoding)
		out = append(out, foldingRange{start.Line, start.Character, end.Line, end.Character, f.Kind})
	}
	return out, nil
}

func documentLinks(ctx context.Context, v *view, p documentParams) (any, error) {
	pub := v.build()
	b, err := v.buffer(pub, p.TextDocument.URI)
	if err != nil {
		return nil, err
	}
	l := v.lines(b.File)
	out := []documentLink{}
	for _, link := range pub.Links(b) {
		target := link.URL
		if link.Path != "" {
			target = v.uri(link.Path)
		}
		out = append(out, documentLink{v.rangeIn(l, link.Span), target})
	}
	return out, nil
}
