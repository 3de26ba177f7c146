package publication_test

import (
	"fmt"
	"strings"
	"testing"

	"leerblad/internal/document"
	"leerblad/internal/markdown"
	"leerblad/internal/publication"
	"leerblad/internal/source"
	"leerblad/internal/testpub"
)

// An archive holds the files of a publication; want/publication is what was assembled of them, want/problems what is wrong, and
// want/drafts what is assembled with drafts and what is to come.
func TestAssemble(t *testing.T) {
	testpub.Golden(t, "testdata/*.txtar", func(t *testing.T, files map[string]string, name string) string {
		pub, diags := testpub.Assemble(t, files, func(in *publication.Input) { in.Options.Drafts, in.Options.Future = name == "drafts", name == "drafts" })
		if name == "problems" {
			return testpub.Text(t, diags)
		}
		return written(pub)
	})
}

// written tells what was assembled, what is empty left out.
func written(p *publication.Publication) string {
	var out strings.Builder
	line := func(name string, values ...string) {
		if text := strings.TrimSpace(strings.Join(values, " ")); text != "" {
			fmt.Fprintf(&out, "%s: %s\n", name, text)
		}
	}
	for i, e := range p.Entries {
		if e.Index != i {
			line("wrong index", e.Reference())
		}
		fmt.Fprintln(&out, e.Reference())
		line("  title", e.Title)
		line("  date", string(e.Date), string(e.Updated), e.Unpublished)
		if e.Image != nil {
			line("  image", e.Image.File, e.Image.Alt)
		}
		line("  topics", references(e.Topics)...)
		line("  regions", references(e.Regions)...)
		if e.Sheet != nil {
			line("  sheet", e.Sheet.Reference())
		}
		if d := e.Report.Document; d != nil {
			line("  report", d.Reference())
		}
		line("  report", e.Report.Title, e.Report.Address)
		for _, x := range e.Evidence {
			line("  rests on", of(x.Entry, x.Finding))
		}
		for _, m := range e.Media {
			text := []string{m.Type, m.File, m.Address, m.Captions}
			if m.Transcript.Body != nil {
				text = append(text, m.Transcript.Text())
			}
			if m.Picture != nil {
				text = append(text, m.Picture.Alt)
			}
			if m.Poster != nil {
				text = append(text, m.Poster.File)
			}
			line("  media", strings.Fields(strings.Join(text, " "))...)
		}
		line("  file", e.File)
		for _, i := range e.Items {
			line("  item", i.Reference())
		}
		line("  recommendations", references(e.Recommendations)...)
		line("  stories", references(e.Stories)...)
		line("  sheets", references(e.Sheets)...)
		line("  neighbours", references(e.Neighbours)...)
		for _, row := range document.Kinds {
			line("  under it", references(e.Under(row.Kind))...)
		}
		for _, f := range e.Findings {
			line("  on it", of(f.Entry, f))
		}
		for _, l := range e.Body.Links {
			line("  link", target(l))
		}
		for _, c := range e.Body.Cards {
			line("  card", target(c))
		}
		for _, p := range e.Body.Pictures {
			line("  picture", p.File, p.Alt)
		}
		for _, f := range e.Body.Findings {
			line("  finding", append([]string{f.ID, string(f.Valence)}, references(f.Recommendations)...)...)
			line("    topics", references(f.Topics)...)
			if f.Follows != nil {
				line("    follows", of(f.Follows.Entry, f.Follows))
			}
			for _, later := range f.FollowedBy {
				line("    followed by", of(later.Entry, later))
			}
		}
	}
	for i, f := range p.Findings {
		if f.Index != i {
			line("wrong index", of(f.Entry, f))
		}
		line("finding", of(f.Entry, f))
	}
	for _, use := range p.Files {
		line("file", fmt.Sprint(use.Path, " ", use.Picture, " ", use.Mail))
	}
	for _, n := range p.Navigation {
		line("navigation", target(n))
	}
	if l := p.LeftOut; l.Drafts > 0 || l.Until != nil || l.Expired > 0 {
		line("left out", fmt.Sprintf("%+v", l))
	}
	for _, u := range p.Unpublished {
		line("unpublished", u.Reference(), u.Why)
	}
	return out.String()
}

func references(list []*publication.Entry) (out []string) {
	for _, e := range list {
		out = append(out, e.Reference())
	}
	return out
}

func of(e *publication.Entry, f *publication.Finding) string {
	if f == nil {
		return e.Reference()
	}
	return f.Entry.Reference() + "#" + f.ID
}

func target(t publication.Target) string {
	ref := ""
	if t.Entry != nil {
		ref = t.Entry.Reference()
	}
	if t.Fragment != "" {
		ref += "#" + t.Fragment
	}
	if ref += t.List + t.File + t.Address; ref == "" {
		return "broken"
	}
	return ref
}

func TestReworded(t *testing.T) {
	const file = "sheets/een.md"
	before := "---\ntitle: Een\nsummary: Kort\ndate: 2021-01-01\n---\n\n## Kop\n\nTekst met [verwijzing](twee.md).\n\n- [+] Bevinding. {#a}\n"
	pub, _ := testpub.Assemble(t, map[string]string{file: before, "sheets/twee.md": "---\ntitle: Twee\ndate: 2021-02-01\n---\n"})
	e := pub.Of(document.Sheets)[1]
	for _, c := range []struct {
		old, new string
		ok       bool
		words    []string // that the entry had and has no more
	}{
		{"Tekst", "Andere tekst", true, nil},
		{"title: Een", "title: Eerste", true, []string{"Een"}},
		{"Kort", "Korter", true, []string{"Kort"}},
		{"] Bevinding", "] Nieuwe bevinding", true, []string{"Bevinding."}},
		{"] Bevinding.", "] *Bevinding.*", true, []string{"Bevinding."}},
		{"title: Een", "title: \"\"", false, nil},
		{"2021-01-01", "2021-01-02", false, nil},
		{"[+]", "[!]", false, nil},
		{"{#a}", "{#b}", false, nil},
		{"## Kop", "## Andere kop", false, nil},
		{"(twee.md)", "(een.md)", false, nil},
		{"\n---\n\n", "\nnumber: 0\n---\n\n", false, nil},
		{"Tekst", "Tekst [en](twee.md)", false, nil},
	} {
		text := strings.Replace(before, c.old, c.new, 1)
		if text == before {
			t.Fatalf("no %q", c.old)
		}
		d, _ := document.Parse(markdown.New(), source.NewFile(file, []byte(text)), document.Place{Kind: document.Sheets, Slug: "een"})
		next, old, ok := pub.Reworded(e, d)
		if ok != c.ok || len(old) != len(c.words) {
			t.Errorf("%q for %q: %v, %v", c.new, c.old, ok, old)
			continue
		}
		for _, w := range c.words {
			if !old[w] {
				t.Errorf("%q for %q: %v", c.new, c.old, old)
			}
		}
		if ok && (next.Title != d.Meta.Title.Value || next.Body.Findings[0].Text != d.Body.Findings[0].Text || next.Body.Findings[0].Entry != next) {
			t.Errorf("%q for %q: %+v", c.new, c.old, next)
		}
	}
}
