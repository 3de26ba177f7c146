package assist_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"leerblad/internal/assist"
	"leerblad/internal/diag"
	"leerblad/internal/edit"
	"leerblad/internal/refactor"
	"leerblad/internal/source"
)

func place(s source.Span) string {
	line, column := s.Position()
	return fmt.Sprintf("%s:%d:%d %q", s.File.Path, line, column, s.Text())
}

// at puts the caret before the nth (from 1) part of a text.
func at(text, part string, n int) string {
	i := 0
	for ; n > 0; n-- {
		next := strings.Index(text[i:], part)
		if next < 0 {
			return text
		}
		if i += next; n > 1 {
			i += len(part)
		}
	}
	return text[:i] + caret + text[i:]
}

func TestDefinition(t *testing.T) {
	files := small(t)
	for _, c := range []struct{ name, part, want string }{
		{"stories/cafe.md", "eerste.md", `sheets/eerste.md:12:3 "[+]"`},
		{"stories/cafe.md", "tiel]", `regions/tiel.md:2:8 "Rivierenland"`},
		{"sheets/tweede/index.md", "/eerste.md", `sheets/eerste.md:2:8 "Eerste sheet"`},
		{"sheets/tweede/index.md", "eerste#vinden", `sheets/eerste.md:12:3 "[+]"`},
		{"sheets/tweede/index.md", "foto.png)", `sheets/tweede/foto.png:1:1 ""`},
		{"pages/over.md", "tweede/index", `sheets/tweede/index.md:8:1 "## Samenwerking"`},
		{"recommendations/leer-elkaar-kennen.md", "vinden", `sheets/eerste.md:12:3 "[+]"`},
		{"sheets/eerste.md", "Partijen", `sheets/eerste.md:12:3 "[+]"`},
		{"site.yaml", "over]", `pages/over.md:2:8 "Over deze publicatie"`},
		{"sheets/tweede/index.md", "Zie", ``},
	} {
		p, b, at := asked(t, files, c.name, at(files[c.name], c.part, 1))
		if got := show(p.Definition(b, at)...); got != c.want {
			t.Errorf("%s at %s: %s, want %s", c.name, c.part, got, c.want)
		}
	}
}

func TestReferences(t *testing.T) {
	files := small(t)
	for _, c := range []struct {
		name, part string
		own        bool
		want       string
	}{
		{"sheets/eerste.md", "Partijen", false, `recommendations/leer-elkaar-kennen.md:6:5 "sheets/eerste#vinden"
sheets/tweede/index.md:10:46 "sheets/eerste#vinden"
stories/cafe.md:8:17 "../sheets/eerste.md#vinden"`},
		{"sheets/eerste.md", "Eerste sheet", true, `recommendations/leer-elkaar-kennen.md:6:5 "sheets/eerste#vinden"
sheets/eerste.md:2:8 "Eerste sheet"
sheets/tweede/index.md:10:46 "sheets/eerste#vinden"
sheets/tweede/index.md:12:17 "../eerste.md"
stories/cafe.md:8:17 "../sheets/eerste.md#vinden"`},
		{"stories/cafe.md", "tiel", true, `regions/tiel.md:2:8 "Rivierenland"
stories/cafe.md:4:11 "tiel"`},
		{"sheets/tweede/index.md", "## Sam", false, `pages/over.md:5:15 "../sheets/tweede/index.md#samenwerking"`},
		{"sheets/tweede/index.md", "foto.png,", false, `sheets/tweede/index.md:5:14 "foto.png"
sheets/tweede/index.md:14:16 "foto.png"`},
	} {
		p, b, at := asked(t, files, c.name, at(files[c.name], c.part, 1))
		if got := show(p.References(b, at, c.own)...); got != c.want {
			t.Errorf("%s at %s:\n%s\nwant\n%s", c.name, c.part, got, c.want)
		}
	}
	// In the text itself they are those of the editor's bytes.
	text := strings.Replace(files["stories/cafe.md"], "Lees ", "Lees nu [nog eens](../sheets/eerste.md#vinden) en ", 1)
	p, b, at := asked(t, files, "stories/cafe.md", at(text, "eerste.md", 2))
	if got := show(p.References(b, at, false)...); strings.Count(got, "stories/cafe.md") != 2 {
		t.Error(got)
	}
}

func TestHover(t *testing.T) {
	files := small(t)
	for _, c := range []struct {
		name, part string
		l          diag.Language
		want       []string
	}{
		{"sheets/eerste.md", "summary", diag.Dutch, []string{"**Samenvatting**", "inleiding", "200 tekens"}},
		{"stories/cafe.md", "outcome", diag.English, []string{"**Outcome**", "`worked`, `mixed`"}},
		{"stories/cafe.md", "worked", diag.Dutch, []string{"Werkte"}},
		{"stories/cafe.md", "tiel]", diag.Dutch, []string{"**Rivierenland** — regio"}},
		{"sheets/tweede/index.md", "eerste.md", diag.English, []string{"**Eerste sheet** — sheet · 1 June 2020", "Hoe het begon."}},
		{"sheets/derde.md", "tweede", diag.Dutch, []string{"`[~]` **Wisselend beeld**", "**Volgt op**\n- `[+]` Partijen vinden"}},
		{"sheets/derde.md", "[-]", diag.Dutch, []string{"**Volgt op**\n- `[+]` Partijen vinden elkaar gemakkelijker. — Eerste sheet, 1 juni 2020\n- `[~]` Ze vinden", "· concept"}},
		{"sheets/eerste.md", "[+]", diag.Dutch, []string{"**Dit werkt** · in de meeste regio’s", "**Later**\n- `[~]` Ze vinden elkaar", "**Onderbouwt**\n- Leer elkaar kennen"}},
		{"sheets/eerste.md", "reach", diag.English, []string{"In how many of the regions"}},
		{"sheets/eerste.md", "most", diag.Dutch, []string{"in de meeste regio’s"}},
		{"sheets/tweede/index.md", "foto.png,", diag.Dutch, []string{"**foto.png**"}},
		{"sheets/tweede/index.md", "src", diag.Dutch, []string{"**Bestand**"}},
		{"sheets/tweede/index.md", "Zie", diag.Dutch, nil},
		{"pages/grafiek.md", "line", diag.Dutch, []string{"hoe iets verandert"}},
		{"pages/grafiek.md", "unit", diag.English, []string{"What is counted"}},
		{"pages/grafiek.md", "cijfers", diag.Dutch, []string{"**cijfers.csv**"}},
		{"pages/grafiek.md", "Banen", diag.Dutch, nil},
	} {
		p, b, at := asked(t, files, c.name, at(files[c.name], c.part, 1))
		h, ok := p.Hover(b, at, c.l)
		if ok != (c.want != nil) {
			t.Errorf("%s at %s: %v, %q", c.name, c.part, ok, h.Text)
		}
		for _, part := range c.want {
			if !strings.Contains(h.Text, part) {
				t.Errorf("%s at %s: %q is not in\n%s", c.name, c.part, part, h.Text)
			}
		}
	}
}

func TestRename(t *testing.T) {
	files := small(t)
	for _, c := range []struct{ name, part, span, now, want string }{
		{"stories/cafe.md", "vinden", `"vinden"`, "vinden", "recommendations/leer-elkaar-kennen.md sheets/eerste.md sheets/tweede/index.md stories/cafe.md"},
		{"stories/cafe.md", "eerste.md", `"eerste"`, "eerste", "recommendations/leer-elkaar-kennen.md sheets/eerste.md sheets/tweede/index.md stories/cafe.md"},
		{"sheets/eerste.md", "Partijen", `"vinden"`, "vinden", "recommendations/leer-elkaar-kennen.md sheets/eerste.md sheets/tweede/index.md stories/cafe.md"},
		{"sheets/eerste.md", "De wachtlijst", `"[!]"`, "de-wachtlijst-groeit", "sheets/eerste.md"},
		{"sheets/eerste.md", "Eerste sheet", `"Eerste sheet"`, "eerste", "recommendations/leer-elkaar-kennen.md sheets/eerste.md sheets/tweede/index.md stories/cafe.md"},
		{"stories/cafe.md", "tiel", `"tiel"`, "tiel", "regions/tiel.md stories/cafe.md"},
		{"sheets/eerste.md", "## Sam", "", "", ""},
		{"stories/cafe.md", "worked", "", "", ""},
	} {
		p, b, at := asked(t, files, c.name, at(files[c.name], c.part, 1))
		span, now, err := p.Renaming(b, at)
		if (err == nil) != (c.now != "") || err == nil && (now != c.now || fmt.Sprintf("%q", span.Text()) != c.span) {
			t.Errorf("%s at %s: %s %q, %v", c.name, c.part, place(span), now, err)
			continue
		}
		plan, err := p.Rename(b, at, "nieuw")
		if c.now == "" {
			if !errors.Is(err, assist.ErrNoName) {
				t.Errorf("%s at %s: %v", c.name, c.part, err)
			}
			continue
		}
		if err != nil {
			t.Errorf("%s at %s: %v", c.name, c.part, err)
			continue
		}
		changed := map[string]bool{}
		for _, change := range plan.Set.Texts {
			changed[change.Span.File.Path] = true
		}
		for _, name := range strings.Fields(c.want) {
			if !changed[name] {
				t.Errorf("%s at %s: %s does not change", c.name, c.part, name)
			}
		}
		if len(changed) != len(strings.Fields(c.want)) {
			t.Errorf("%s at %s: %v", c.name, c.part, changed)
		}
	}
	p, b, offset := asked(t, files, "sheets/eerste.md", at(files["sheets/eerste.md"], "Partijen", 1)+"Nieuw.\n")
	if _, err := p.Rename(b, offset, "nieuw"); !errors.Is(err, assist.ErrStale) {
		t.Error(err)
	}
	p, b, offset = asked(t, files, "sheets/eerste.md", at(files["sheets/eerste.md"], "Partijen", 1))
	var refusal *refactor.Refusal
	if _, err := p.Rename(b, offset, "de-wachtlijst-groeit"); !errors.As(err, &refusal) || refusal.Why != refactor.Taken {
		t.Error(err)
	}
	plan, err := p.Rename(b, offset, "samen")
	if err != nil {
		t.Fatal(err)
	}
	var own edit.Changes
	for _, c := range plan.Set.Texts {
		if c.Span.File == b.File {
			own = append(own, c)
		}
	}
	if got, _ := edit.Apply(b.File.Data, own); !strings.Contains(string(got), "{#samen reach=most aliases=vinden}") {
		t.Errorf("%s", got)
	}
}

func TestSymbolsFoldsAndLinks(t *testing.T) {
	files := small(t)
	p := assist.New(read(t, files))
	b := p.Buffer("sheets/tweede/index.md", []byte(files["sheets/tweede/index.md"]+"\n### Onder\n\n- Een\n  - Twee\n\nTekst.\n\n```\na\nb\n```\n\n| a |\n|---|\n| b |\n\n## Laatste\n\nSlot.\n"))
	var outline []string
	var walk func(in string, list []assist.Symbol)
	walk = func(in string, list []assist.Symbol) {
		for _, s := range list {
			from, _ := s.Span.Position()
			to, _ := source.At(s.Span.File, s.Span.End, s.Span.End).Position()
			outline = append(outline, fmt.Sprintf("%s%s (%s, %d-%d)", in, s.Name, s.Detail, from, to))
			walk(in+"  ", s.Children)
		}
	}
	walk("", p.Symbols(b, diag.Dutch))
	if got, want := strings.Join(outline, "\n"), `Gegevens (, 2-5)
  title (Titel, 2-2)
  date (Datum, 3-3)
  number (Nummer, 4-4)
  image (Afbeelding, 5-5)
Samenwerking (#samenwerking, 8-32)
  [~] Ze vinden elkaar, soms. (Wisselend beeld, 10-10)
  Onder (#onder, 18-32)
Laatste (#laatste, 34-36)`; got != want {
		t.Errorf("symbols:\n%s\nwant\n%s", got, want)
	}
	var folds []string
	for _, f := range p.Folds(b) {
		from, _ := source.At(b.File, f.Start, f.Start).Position()
		to, _ := source.At(b.File, f.End, f.End).Position()
		folds = append(folds, fmt.Sprintf("%d-%d", from, to))
	}
	if got, want := strings.Join(folds, " "), "1-6 8-32 18-32 20-21 25-28 30-32 34-36"; got != want {
		t.Errorf("folds: %s, want %s", got, want)
	}
	var links []string
	for _, l := range p.Links(b) {
		links = append(links, l.Span.Text()+" → "+l.Path+l.URL)
	}
	if got, want := strings.Join(links, "\n"), `foto.png → sheets/tweede/foto.png
sheets/eerste#vinden → sheets/eerste.md
../eerste.md → sheets/eerste.md
https://example.org/x → https://example.org/x
foto.png → sheets/tweede/foto.png`; got != want {
		t.Errorf("links:\n%s\nwant\n%s", got, want)
	}
}

func TestFind(t *testing.T) {
	p := assist.New(read(t, small(t)))
	for _, c := range []struct {
		query string
		o     assist.FindOptions
		want  string
	}{
		{"sheet", assist.FindOptions{}, "sheets/tweede sheets/eerste sheets/derde"},
		{"samen", assist.FindOptions{}, "topics/samenwerking stories/cafe"},
		{"samen werken", assist.FindOptions{}, "topics/samenwerking"},
		{"CAFE", assist.FindOptions{}, "stories/cafe"},
		{"café de", assist.FindOptions{}, "stories/cafe"},
		{"elkaar vinden", assist.FindOptions{Findings: true}, "sheets/tweede#soms sheets/eerste#vinden sheets/derde#het-vinden-van-elkaar-stokte"},
		{"wacht", assist.FindOptions{}, "sheets/eerste#de-wachtlijst-groeit"},
		{"eerste wachtlijst", assist.FindOptions{}, "sheets/eerste#de-wachtlijst-groeit"},
		{"tiel", assist.FindOptions{}, "regions/tiel"},
		{"begon", assist.FindOptions{}, "sheets/eerste"},
		{"sheet", assist.FindOptions{Kinds: []string{"stories"}}, ""},
		{"", assist.FindOptions{Kinds: []string{"topics"}}, "topics/agenda topics/samenwerking"},
		{"sheet", assist.FindOptions{Kinds: []string{}, Max: 1}, "sheets/tweede"}, // as JSON has none
		{"sheet", assist.FindOptions{Max: 1}, "sheets/tweede"},
		{"bestaat niet", assist.FindOptions{}, ""},
	} {
		var got []string
		for _, f := range p.Find(c.query, c.o, diag.Dutch) {
			got = append(got, f.Reference)
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%q %+v: %s, want %s", c.query, c.o, got, c.want)
		}
	}
	f := p.Find("soms", assist.FindOptions{Findings: true}, diag.Dutch)[0]
	if f.Valence != "mixed" || f.Detail != "Tweede sheet" || f.State != "published" || f.Path != "sheets/tweede/index.md" || f.Span.Text() != "[~]" || f.KindName == "" {
		t.Errorf("%+v", f)
	}
	if f := p.Find("concept", assist.FindOptions{}, diag.Dutch); f[0].State != "draft" {
		t.Errorf("%+v", f)
	}
}
