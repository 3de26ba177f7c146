package publication

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strconv"

	"leerblad/internal/diag"
	"leerblad/internal/document"
	"leerblad/internal/frontmatter"
	"leerblad/internal/markdown"
	"leerblad/internal/source"
)

// refer resolves what entries of some kinds refer to in their front matter.
func (a *assembler) refer(e *Entry) {
	m := e.Meta
	a.report(e)
	a.recommendation(e)
	for n, item := range m.Media {
		e.Media = append(e.Media, a.media(item, e, n))
	}
	e.File = a.value(m.File, e.doc.File.Path, aFile)
	if m.Form.Value != "" && a.Settings.ContactEmail == "" {
		a.diags.Add("no-receiver", m.Form.Span, m.Form.Value)
	}
	if e.Kind == document.Newsletters {
		a.newsletter(e)
	}
}

func (a *assembler) report(s *Entry) {
	r := s.Meta.Report
	s.Report = Report{Title: r.Title.Value, Address: r.Link.Value}
	if d, _ := a.refers(r.Reference, "report"); d != nil {
		s.Report.Document = d
		d.Sheets = append(d.Sheets, s)
	}
}

func (a *assembler) recommendation(r *Entry) {
	m := r.Meta
	if s, _ := a.refers(m.Sheet, "sheet"); s != nil {
		r.Sheet = s
		s.Recommendations = append(s.Recommendations, r)
	}
	seen := map[string]bool{}
	for _, t := range m.Evidence {
		if seen[t.Value] {
			a.diags.Add("twice", t.Span, t.Value)
			continue
		}
		seen[t.Value] = true
		e, f := a.refers(t, "evidence")
		if f != nil {
			e = f.Entry
		}
		if e != nil {
			r.Evidence = append(r.Evidence, Evidence{f, e})
			r.restsOn(e, f)
		}
	}
}

// restsOn notes that a recommendation rests on f, a finding in the entry, or on the entry as a whole.
func (r *Entry) restsOn(e *Entry, f *Finding) {
	switch {
	case f != nil:
		f.Recommendations = append(f.Recommendations, r)
	case e.Kind == document.Stories:
		r.goesWith(e)
	case e != r.Sheet:
		e.Recommendations = append(e.Recommendations, r)
	}
}

func (a *assembler) media(item document.MediaItem, e *Entry, n int) Media {
	from := e.doc.File.Path
	m := Media{
		Type: item.Type, Address: item.Link.Value, Caption: item.Caption.Value, Credit: item.Credit.Value,
		Quote: item.Quote.Value, Person: item.Person.Value, Transcript: a.transcript(item.Transcript, e, n),
	}
	m.Transcript.Language = e.Language
	picture, want := item.Type == "image" || item.Type == "infographic" || item.Type == "testimonial", aFile
	if picture {
		want = aPicture
	}
	m.File = a.value(item.Src, from, want)
	if picture && m.File != "" {
		m.Picture = &Picture{File: m.File, Alt: item.Alt.Value, Caption: m.Caption, Credit: m.Credit}
	}
	if poster := a.value(item.Poster, from, aPicture); poster != "" {
		m.Poster = &Picture{File: poster, Alt: item.Alt.Value}
	}
	if m.Captions = a.value(item.Captions, from, aFile); m.Captions != "" {
		if f := a.Tree.File(m.Captions); !bytes.HasPrefix(bytes.TrimPrefix(f.Data, []byte("\ufeff")), []byte("WEBVTT")) {
			a.diags.Add("bad-captions", item.Captions.Span, item.Captions.Value)
		}
	}
	return m
}

// backlinks gives topics, regions and recommendations what refers to them.
func (a *assembler) backlinks() {
	p := a.pub
	for _, f := range p.Findings {
		for _, t := range f.Topics {
			t.Findings = append(t.Findings, f)
		}
	}
	for i := range document.Kinds {
		row := &document.Kinds[i]
		for _, e := range p.of[row.Kind] {
			for _, lists := range [][]*Entry{e.Topics, e.Regions} {
				for _, above := range lists {
					if slices.Contains(row.Under, above.Kind) {
						above.has(e)
					}
				}
			}
		}
	}
	for _, s := range p.of[document.Stories] {
		for _, targets := range [][]Target{s.Body.Links, s.Body.Cards} {
			for _, t := range targets {
				if t.Entry != nil && t.Entry.Kind == document.Recommendations {
					t.Entry.goesWith(s)
				}
			}
		}
	}
	for _, s := range p.of[document.Sheets] {
		slices.SortStableFunc(s.Recommendations, func(x, y *Entry) int { return cmp.Compare(x.order(), y.order()) })
	}
}

// has notes that an entry stands under e.
func (e *Entry) has(entry *Entry) {
	if e.under == nil {
		e.under = map[document.Kind][]*Entry{}
	}
	e.under[entry.Kind] = append(e.under[entry.Kind], entry)
}

// goesWith notes once that a recommendation and a story belong together.
func (r *Entry) goesWith(s *Entry) {
	list, other := r.Stories, s
	if len(s.Recommendations) < len(list) { // either list tells; the shorter one sooner
		list, other = s.Recommendations, r
	}
	if !slices.Contains(list, other) {
		r.Stories = append(r.Stories, s)
		s.Recommendations = append(s.Recommendations, r)
	}
}

// neighbours finds the regions whose tiles touch at a side or a corner. Of regions on one tile, which were reported, the first counts.
func (a *assembler) neighbours() {
	type tile struct{ column, row int }
	on := map[tile]*Entry{}
	for _, r := range a.pub.of[document.Regions] {
		if c, row := r.Tile(); row > 0 && on[tile{c, row}] == nil {
			on[tile{c, row}] = r
		}
	}
	for at, r := range on {
		for _, step := range []tile{{-1, -1}, {-1, 0}, {-1, 1}, {0, -1}, {0, 1}, {1, -1}, {1, 0}, {1, 1}} {
			if other := on[tile{at.column + step.column, at.row + step.row}]; other != nil {
				r.Neighbours = append(r.Neighbours, other)
			}
		}
		slices.SortFunc(r.Neighbours, func(x, y *Entry) int { return cmp.Compare(x.Index, y.Index) })
	}
}

// unique reports numbers, codes and tiles that two entries share.
func (a *assembler) unique() {
	taken := map[string]*Entry{}
	check := func(e *Entry, key, value string, span source.Span) {
		id := string(e.Kind) + " " + key + " " + value
		if other := taken[id]; other != nil {
			a.diags = append(a.diags, diag.Diagnostic{Code: "taken", Span: span, Args: []any{key, value, other.doc.File.Path}})
			return
		}
		taken[id] = e
	}
	for _, i := range a.order {
		d := a.Documents[i]
		m := &d.Meta
		if !m.Number.Set() && m.Code.Value == "" && len(m.Tile) == 0 {
			continue
		}
		e := a.byPath[d.File.Path].entry
		if e == nil || e.doc != d {
			continue
		}
		if m.Number.Set() {
			check(e, "number", strconv.Itoa(m.Number.Value), m.Number.Span)
		}
		if m.Code.Value != "" {
			check(e, "code", m.Code.Value, m.Code.Span)
		}
		if len(m.Tile) == 2 {
			check(e, "tile", fmt.Sprintf("[%d, %d]", m.Tile[0].Value, m.Tile[1].Value), m.Tile[0].Span)
		}
	}
}

// navigation resolves the words and references of the settings' navigation.
func (a *assembler) navigation() {
	all := document.Which(func(*document.Row) bool { return true })
	for _, t := range a.Settings.Navigation {
		if slices.Contains(Lists(), t.Value) {
			a.pub.Navigation = append(a.pub.Navigation, Target{List: t.Value})
			continue
		}
		if !referenceForm.MatchString(t.Value) {
			a.noDestination(t, all)
			continue
		}
		if e, _ := a.reference(t, "navigation", all...); e != nil {
			a.pub.Navigation = append(a.pub.Navigation, Target{Entry: e})
		}
	}
}

// noDestination reports a word of the navigation that is neither a list nor a reference.
func (a *assembler) noDestination(t frontmatter.Text, all []document.Kind) {
	found, sure := a.meant(t.Value, all)
	if kind, _ := document.Called(t.Value); slices.Contains(Lists(), string(kind)) {
		found, sure = []string{string(kind)}, true
	} else if list := diag.Nearest(t.Value, Lists()); !sure && list != "" {
		found = []string{list}
	}
	a.offerValues("missing-entry", written{value: t.Value, span: t.Span}, found, sure, t.Value, makes(document.Pages, markdown.Slug(t.Value)))
}
