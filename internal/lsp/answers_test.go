package lsp

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"leerblad/internal/session"
)

// answers is a publication with something to answer at every place; 😀 takes two units, and more bytes.
const answers = `
-- site.yaml --
title: Proef
url: https://example.org/
-- sheets/een.md --
---
title: Vertrouwen
date: 2021-03-01
summary: Wat er bleek.
---

Een alinea.

## Wat werkte

- [+] 😀 Het werkt. {#werkt}
- [!] Het kan beter. {#beter}
-- recommendations/doe.md --
---
title: Doe het
date: 2021-03-01
summary: Doen.
evidence: [sheets/een#werkt]
---

Zie 😀 [het sheet](../sheets/een.md) en [Proef](https://example.org/).
`

const doe = "leerblad:///recommendations/doe.md"

// file gives a text of an archive.
func textOf(t *testing.T, dir, name string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(name)))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// shown gives locations as file:line:character-character.
func shown(all []Location) string {
	var out []string
	for _, l := range all {
		out = append(out, fmt.Sprintf("%s:%d:%d-%d", strings.TrimPrefix(l.URI, "leerblad:///"), l.Range.Start.Line, l.Range.Start.Character, l.Range.End.Character))
	}
	return strings.Join(out, " ")
}

func TestProblemsOfABuildAreThoseOfItsVersion(t *testing.T) {
	s, dir := publicationOf(t, answers)
	c := connect(t, s, deskOptions())
	text := textOf(t, dir, "recommendations/doe.md")
	c.open(doe, 1, text)
	if got := c.problems(doe, 1); strings.Contains(got, "error") {
		t.Errorf("as it is: %s", got)
	}
	c.change(doe, 2, contentChange{&Range{Position{4, 22}, Position{4, 27}}, "werkte"})
	if got := c.problems(doe, 2); !strings.Contains(got, "4:11-4:28 error missing-finding") {
		t.Errorf("a finding that is not there: %s", got)
	}
	c.notify("textDocument/didClose", in(doe))
	for c.problems(doe, -1) != "" { // those of the build that is there, then those of the text on the disk
	}
}

func TestProblemsOfTextsThatAreNotOpenComeToo(t *testing.T) {
	s, dir := publicationOf(t, strings.Replace(answers, "een#werkt]", "een#werkte]", 1))
	c := connect(t, s, deskOptions())
	if got := c.problems(doe, -1); got != "4:11-4:28 error missing-finding" {
		t.Errorf("at first: %s", got)
	}
	text := textOf(t, dir, "recommendations/doe.md")
	write(t, filepath.Join(dir, "recommendations", "doe.md"), []byte(strings.Replace(text, "werkte", "werkt", 1)))
	if got := c.problems(doe, -1); got != "" {
		t.Errorf("mended: %s", got)
	}
	c.wait("leerblad/built", func(params json.RawMessage) bool {
		return string(params) == `{"texts":2,"errors":0,"warnings":0,"changed":["recommendations/doe.md"]}`
	})
}

func TestHoverAndDefinition(t *testing.T) {
	s, _ := publicationOf(t, answers)
	c := connect(t, s, deskOptions())
	var h hover
	c.must("textDocument/hover", at(doe, 4, 24), &h)
	if h.Contents.Kind != "markdown" || !strings.Contains(h.Contents.Value, "Het werkt") || h.Range.Start.Line != 4 {
		t.Errorf("hover: %v", h)
	}
	var l []Location
	c.must("textDocument/definition", at(doe, 4, 24), &l)
	if got := shown(l); !strings.HasPrefix(got, "sheets/een.md:10:") {
		t.Errorf("definition: %s", got)
	}
	c.must("textDocument/hover", at(doe, 7, 0), &h)
}

func TestPlacesMoveWithATextThatIsNewerThanTheBuild(t *testing.T) {
	s, dir := publicationOf(t, answers)
	c := connect(t, s, deskOptions())
	c.open(sheet, 1, textOf(t, dir, "sheets/een.md"))
	c.problems(sheet, 1)
	c.change(sheet, 2, contentChange{&Range{Position{6, 0}, Position{6, 0}}, "Nog een 😀.\n\n"})
	var before, after []Location
	c.must("textDocument/definition", at(doe, 4, 24), &before)
	c.problems(sheet, 2)
	c.must("textDocument/definition", at(doe, 4, 24), &after)
	if shown(before) != shown(after) || !strings.HasPrefix(shown(before), "sheets/een.md:12:") {
		t.Errorf("before the build %s, after it %s", shown(before), shown(after))
	}
}

func TestReferences(t *testing.T) {
	s, _ := publicationOf(t, answers)
	c := connect(t, s, deskOptions())
	var l []Location
	p := at(sheet, 10, 8)
	c.must("textDocument/references", p, &l)
	if got := shown(l); got != "recommendations/doe.md:4:11-27" {
		t.Errorf("of a finding: %s", got)
	}
	p["context"] = map[string]any{"includeDeclaration": true}
	c.must("textDocument/references", p, &l)
	if got := shown(l); !strings.Contains(got, "recommendations/doe.md:4:11-27") || !strings.Contains(got, "sheets/een.md:10:") {
		t.Errorf("with itself: %s", got)
	}
}

func TestCompletionReplacesWhatIsTyped(t *testing.T) {
	s, dir := publicationOf(t, answers)
	c := connect(t, s, deskOptions())
	text := strings.Replace(textOf(t, dir, "recommendations/doe.md"), "een#werkt", "een#be", 1)
	c.open(doe, 1, text)
	var got completionList
	c.must("textDocument/completion", at(doe, 4, 24), &got)
	if len(got.Items) == 0 {
		t.Fatal("none")
	}
	item := got.Items[0]
	e := item.TextEdit
	now := edited(text, []contentChange{{&e.Range, e.NewText}}, utf16Units)
	if !strings.Contains(now, "evidence: [sheets/een#beter]") || item.Documentation != nil && item.Documentation.Kind != "markdown" {
		t.Errorf("%+v makes %s", item, now)
	}
}

func TestSymbolsFoldsAndLinks(t *testing.T) {
	s, _ := publicationOf(t, answers)
	c := connect(t, s, deskOptions())
	var symbols []documentSymbol
	c.must("textDocument/documentSymbol", in(sheet), &symbols)
	var names []string
	var walk func(list []documentSymbol)
	walk = func(list []documentSymbol) {
		for _, s := range list {
			names = append(names, fmt.Sprintf("%d %s", s.Kind, s.Name))
			if before(s.SelectionRange.Start, s.Range.Start) || before(s.Range.End, s.SelectionRange.End) {
				t.Errorf("%s is at %v, outside %v", s.Name, s.SelectionRange, s.Range)
			}
			walk(s.Children)
		}
	}
	walk(symbols)
	for _, want := range []string{"20 title", "15 Wat werkte"} {
		if !slices.Contains(names, want) {
			t.Errorf("no %s in %q", want, names)
		}
	}
	var folds []foldingRange
	c.must("textDocument/foldingRange", in(sheet), &folds)
	if !slices.ContainsFunc(folds, func(f foldingRange) bool { return f.StartLine == 0 && f.EndLine >= 3 }) {
		t.Errorf("the front matter does not fold: %v", folds)
	}
	var links []documentLink
	c.must("textDocument/documentLink", in(doe), &links)
	targets := map[string]Range{}
	for _, l := range links {
		targets[l.Target] = l.Range
	}
	if r := targets[sheet]; r.Start.Line != 7 && r.Start.Line != 4 {
		t.Errorf("no link to the sheet: %v", links)
	}
	if r, ok := targets["https://example.org/"]; !ok || r.Start.Line != 7 {
		t.Errorf("no link elsewhere: %v", links)
	}
}

func before(a, b Position) bool {
	return a.Line < b.Line || a.Line == b.Line && a.Character < b.Character
}

func TestWorkspaceSymbolsAndFind(t *testing.T) {
	s, _ := publicationOf(t, answers)
	c := connect(t, s, deskOptions())
	var symbols []symbolInformation
	c.must("workspace/symbol", map[string]any{"query": "werkt"}, &symbols)
	if !slices.ContainsFunc(symbols, func(s symbolInformation) bool {
		return s.Kind == symbolEvent && s.Location.URI == sheet && s.Location.Range.Start.Line == 10
	}) {
		t.Errorf("%v", symbols)
	}
	var all []struct {
		Reference, Title, Kind, KindName, Path string
		Location                               Location
	}
	c.must("leerblad/find", map[string]any{"query": "vertrou", "texts": true, "kinds": []string{"sheets"}}, &all)
	if len(all) != 1 || all[0].Reference != "sheets/een" || all[0].Location.URI != sheet {
		t.Errorf("%v", all)
	}
	var p pageResult
	if c.must("leerblad/page", in(sheet), &p); !strings.HasSuffix(p.Page, "/een/") {
		t.Errorf("page %q", p.Page)
	}
	if c.must("leerblad/page", in("leerblad:///sheets/nee.md"), &p); p.Page != "" {
		t.Errorf("page of nothing: %q", p.Page)
	}
}

// Browsers have the site of the last build without mistakes: a text that came with one has no page there, and one that got one keeps its page.
func TestPagesAreThoseOfTheSiteThatIsShown(t *testing.T) {
	s, dir := publicationOf(t, answers)
	c := connect(t, s, deskOptions())
	const wrong = "leerblad:///sheets/fout.md"
	text := textOf(t, dir, "sheets/een.md")
	pages := func(want ...string) {
		t.Helper()
		var got []string
		for _, uri := range []string{sheet, wrong} {
			var p pageResult
			c.must("leerblad/page", in(uri), &p)
			got = append(got, p.Page)
		}
		if !slices.Equal(got, want) {
			t.Errorf("pages %q, want %q", got, want)
		}
	}
	for name, content := range map[string]string{"een": text, "fout": strings.Replace(text, "Vertrouwen", "Fout", 1)} {
		write(t, filepath.Join(dir, "sheets", name+".md"), []byte(strings.Replace(content, "2021-03-01", "2021-3-1", 1)))
		for uri := "leerblad:///sheets/" + name + ".md"; !strings.Contains(c.problems(uri, -1), "error"); {
		}
	}
	pages("/sheets/een/", "")
	write(t, filepath.Join(dir, "sheets", "een.md"), []byte(text))
	write(t, filepath.Join(dir, "sheets", "fout.md"), []byte(strings.Replace(text, "Vertrouwen", "Fout", 1)))
	for c.problems(wrong, -1) != "" {
	}
	pages("/sheets/een/", "/sheets/fout/")
}

func TestFormsWriteOneValue(t *testing.T) {
	s, dir := publicationOf(t, answers)
	c := connect(t, s, deskOptions())
	text := strings.Replace(textOf(t, dir, "recommendations/doe.md"), "Doen.", "Doen 😀.", 1)
	c.open(doe, 1, text)
	var form struct {
		Kind   string
		Fields []struct {
			Key   string
			Value any
		}
	}
	c.must("leerblad/form", in(doe), &form)
	if form.Kind != "recommendations" || !slices.ContainsFunc(form.Fields, func(f struct {
		Key   string
		Value any
	}) bool {
		return f.Key == "summary" && f.Value == "Doen 😀."
	}) {
		t.Errorf("%v", form)
	}
	p := in(doe)
	p["key"], p["value"] = "summary", "Laten 😀."
	var got setResult
	c.must("leerblad/set", p, &got)
	var changes []contentChange
	for _, e := range got.Edits {
		changes = append(changes, contentChange{&e.Range, e.NewText})
	}
	if now := edited(text, changes, utf16Units); now != strings.Replace(text, "Doen 😀.", "Laten 😀.", 1) {
		t.Errorf("%s", now)
	}
	p["key"] = "nee"
	if err := c.call("leerblad/set", p, nil); err == nil || err.(*Error).Code != codeFailed {
		t.Error(err)
	}
}

func TestFixesAreCodeActions(t *testing.T) {
	s, dir := publicationOf(t, answers)
	c := connect(t, s, deskOptions())
	text := strings.Replace(textOf(t, dir, "recommendations/doe.md"), "summary: Doen.", "sumary: Doen 😀", 1)
	c.open(doe, 3, text)
	p := in(doe)
	p["range"] = Range{Position{3, 2}, Position{3, 2}}
	p["context"] = map[string]any{"diagnostics": []any{}, "only": []string{quickFix}}
	var got []struct {
		Title       string
		Kind        string
		Diagnostics []diagnostic
		Edit        struct{ DocumentChanges []textDocumentEdit }
	}
	c.must("textDocument/codeAction", p, &got)
	if len(got) != 1 || got[0].Diagnostics[0].Code != "unknown-key" || len(got[0].Edit.DocumentChanges) != 1 {
		t.Fatalf("%+v", got)
	}
	e := got[0].Edit.DocumentChanges[0]
	if e.TextDocument.URI != doe || e.TextDocument.Version == nil || *e.TextDocument.Version != 3 {
		t.Errorf("of %v", e.TextDocument)
	}
	var changes []contentChange
	for _, e := range e.Edits {
		changes = append(changes, contentChange{&e.Range, e.NewText})
	}
	if now := edited(text, changes, utf16Units); !strings.Contains(now, "\nsummary: Doen 😀\n") {
		t.Errorf("%s", now)
	}
	p["context"] = map[string]any{"only": []string{"refactor"}}
	if c.must("textDocument/codeAction", p, &got); len(got) != 0 {
		t.Errorf("what was not asked for: %v", got)
	}
}

func TestFixAllMendsWhatLeavesNothingToChoose(t *testing.T) {
	s, dir := publicationOf(t, answers)
	c := connect(t, s, deskOptions())
	text := strings.Replace(textOf(t, dir, "recommendations/doe.md"), "date: 2021-03-01\nsummary: Doen.", "date: 1-3-2021\nsummary : Doen.\ntitle: Doe het", 1)
	text = strings.Replace(text, "title: Doe het\n", "", 1)
	c.open(doe, 1, text)
	p := in(doe)
	p["range"], p["context"] = Range{}, map[string]any{"only": []string{"source.fixAll"}}
	var got []struct {
		Kind string
		Edit struct{ DocumentChanges []textDocumentEdit }
	}
	c.must("textDocument/codeAction", p, &got)
	if len(got) != 1 || got[0].Kind != fixAll {
		t.Fatalf("%+v", got)
	}
	var changes []contentChange
	for _, e := range slices.Backward(got[0].Edit.DocumentChanges[0].Edits) {
		changes = append(changes, contentChange{&e.Range, e.NewText})
	}
	if now := edited(text, changes, utf16Units); !strings.Contains(now, "date: 2021-03-01\n") {
		t.Errorf("%s", now)
	}
}

func TestRenameIsOfTheTextsAsTheyAre(t *testing.T) {
	s, dir := publicationOf(t, answers)
	c := connect(t, s, deskOptions())
	text := textOf(t, dir, "recommendations/doe.md")
	c.open(doe, 1, text)
	c.change(doe, 2, contentChange{&Range{Position{7, 0}, Position{7, 0}}, "Nieuw. "}, contentChange{&Range{Position{3, 0}, Position{3, 0}}, "tags: []\n"})
	p := at(sheet, 10, 24)
	var ready prepared
	c.must("textDocument/prepareRename", p, &ready)
	if ready.Placeholder != "werkt" {
		t.Errorf("%v", ready)
	}
	p["newName"] = "slaagt"
	var got struct{ DocumentChanges []textDocumentEdit }
	c.must("textDocument/rename", p, &got)
	var all []string
	for _, d := range got.DocumentChanges {
		all = append(all, fmt.Sprintf("%s open %v", d.TextDocument.URI, d.TextDocument.Version != nil))
		for _, e := range d.Edits {
			all = append(all, fmt.Sprintf("%v %s", e.Range, e.NewText))
		}
	}
	want := []string{doe + " open true", "{{5 11} {5 27}} sheets/een#slaagt", sheet + " open false"}
	if len(all) < 4 || !slices.Equal(all[:3], want) {
		t.Errorf("%q", all)
	}
	p["newName"] = "Geen naam!"
	if err := c.call("textDocument/rename", p, nil); err == nil || !strings.Contains(err.Error(), "kan geen naam zijn") {
		t.Error(err)
	}
	if err := c.call("textDocument/prepareRename", at(sheet, 6, 3), nil); err == nil || !strings.Contains(err.Error(), "eigen naam") {
		t.Error(err)
	}
}

func TestRenameOfATextMovesItsFile(t *testing.T) {
	s, _ := publicationOf(t, answers)
	c := connect(t, s, deskOptions())
	p := at(doe, 4, 19)
	p["newName"] = "twee"
	var got struct{ DocumentChanges []json.RawMessage }
	c.must("textDocument/rename", p, &got)
	last := string(got.DocumentChanges[len(got.DocumentChanges)-1])
	if last != `{"kind":"rename","oldUri":"leerblad:///sheets/een.md","newUri":"leerblad:///sheets/twee.md"}` {
		t.Errorf("%s", last)
	}
}

func TestRenameThatIsOvertakenIsRefused(t *testing.T) {
	free := make(chan struct{})
	o := session.Options{Observer: session.Observer{Built: func(b session.Build) {
		if !b.First {
			<-free
		}
	}}}
	dir := folderOf(t, answers)
	s := sessionOf(t, dir, o)
	c := connect(t, s, deskOptions())
	c.open(doe, 1, textOf(t, dir, "recommendations/doe.md"))
	c.change(doe, 2, contentChange{&Range{Position{7, 0}, Position{7, 0}}, "Nieuw. "})
	p := at(sheet, 10, 24)
	p["newName"] = "slaagt"
	_, got := c.ask("textDocument/rename", p)
	c.change(doe, 3, contentChange{&Range{Position{7, 0}, Position{7, 0}}, "Nieuwer. "})
	close(free)
	if a := c.get(got); a.Error == nil || a.Error.Code != codeModified {
		t.Errorf("%s %v", a.Result, a.Error)
	}
}
