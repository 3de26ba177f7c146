package publication

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strconv"

	"leerblad/internal/diag"
	"leerblad/internal/document"
	"leerblad/internal/source"
)

// kinds resolves what only entries of one kind have.
func (a *assembler) kinds() {
	for _, s := range a.pub.Sheets {
		a.report(s)
	}
	for _, r := range a.pub.Recommendations {
		a.recommendation(r)
	}
	for _, s := range a.pub.Stories {
		for n, item := range s.doc.Meta.Media {
			s.Media = append(s.Media, a.media(item, s.Entry, n))
		}
	}
	for _, d := range a.pub.Documents {
		d.File = a.file(d.doc.Meta.File, d.doc.File.Path, false)
	}
	for _, n := range a.pub.Newsletters {
		a.newsletter(n)
	}
}

func (a *assembler) report(s *Sheet) {
	r := s.doc.Meta.Report
	s.Report = Report{Title: r.Title.Value, Address: r.Link.Value}
	if e, _ := a.reference(r.Reference, "report", document.Documents); e != nil {
		s.Report.Document = e
		e.document.Sheets = append(e.document.Sheets, s)
	}
}

func (a *assembler) recommendation(r *Recommendation) {
	m := &r.doc.Meta
	if e, _ := a.reference(m.Sheet, "sheet", document.Sheets); e != nil {
		r.Sheet = e.sheet
		r.Sheet.Recommendations = append(r.Sheet.Recommendations, r)
	}
	seen := map[string]bool{}
	for _, t := range m.Evidence {
		if seen[t.Value] {
			a.diags.Add("twice", t.Span, t.Value)
			continue
		}
		seen[t.Value] = true
		e, f := a.reference(t, "evidence", findingKind, document.Sheets, document.Stories, document.Documents)
		if f != nil {
			e = f.Entry
		}
		if e != nil {
			r.Evidence = append(r.Evidence, Evidence{f, e})
			e.support(r, f)
		}
	}
}

// support notes that a recommendation rests on f, a finding in the entry, or on the entry as a whole.
func (e *Entry) support(r *Recommendation, f *Finding) {
	switch {
	case f != nil:
		f.Recommendations = append(f.Recommendations, r)
	case e.document != nil:
		e.document.Recommendations = append(e.document.Recommendations, r)
	case e.sheet != nil && e.sheet != r.Sheet:
		e.sheet.Recommendations = append(e.sheet.Recommendations, r)
	}
}

func (a *assembler) media(item document.MediaItem, e *Entry, n int) Media {
	from := e.doc.File.Path
	m := Media{
		Type: item.Type, Address: item.Link.Value, Caption: item.Caption.Value, Credit: item.Credit.Value,
		Quote: item.Quote.Value, Person: item.Person.Value, Transcript: a.transcript(item.Transcript, e, n),
	}
	picture := item.Type == "image" || item.Type == "infographic" || item.Type == "testimonial"
	m.File = a.file(item.Src, from, picture)
	if picture && m.File != "" {
		m.Picture = &Picture{File: m.File, Alt: item.Alt.Value, Caption: m.Caption, Credit: m.Credit}
	}
	if poster := a.file(item.Poster, from, true); poster != "" {
		m.Poster = &Picture{File: poster, Alt: item.Alt.Value}
	}
	if m.Captions = a.file(item.Captions, from, false); m.Captions != "" {
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
	for _, r := range p.Recommendations {
		for _, t := range r.Topics {
			t.Recommendations = append(t.Recommendations, r)
		}
		for _, region := range r.Regions {
			region.Recommendations = append(region.Recommendations, r)
		}
		for _, e := range r.Evidence {
			if s := e.Entry.story; s != nil {
				r.addStory(s)
			}
		}
	}
	for _, s := range p.Stories {
		for _, t := range s.Topics {
			t.Stories = append(t.Stories, s)
		}
		for _, region := range s.Regions {
			region.Stories = append(region.Stories, s)
		}
		for _, targets := range [][]Target{s.Body.Links, s.Body.Cards} {
			for _, t := range targets {
				if t.Entry != nil && t.Entry.recommendation != nil {
					t.Entry.recommendation.addStory(s)
				}
			}
		}
	}
	for _, d := range p.Documents {
		for _, t := range d.Topics {
			t.Documents = append(t.Documents, d)
		}
		for _, region := range d.Regions {
			region.Documents = append(region.Documents, d)
		}
	}
	for _, s := range p.Sheets {
		slices.SortStableFunc(s.Recommendations, func(x, y *Recommendation) int { return cmp.Compare(x.Order, y.Order) })
	}
}

func (r *Recommendation) addStory(s *Story) {
	if !slices.Contains(r.Stories, s) {
		r.Stories = append(r.Stories, s)
		s.Recommendations = append(s.Recommendations, r)
	}
}

// neighbours finds the regions whose tiles touch at a side or a corner.
func (a *assembler) neighbours() {
	for _, r := range a.pub.Regions {
		for _, other := range a.pub.Regions {
			if other != r && r.Row > 0 && other.Row > 0 && near(r.Row, other.Row) && near(r.Column, other.Column) {
				r.Neighbours = append(r.Neighbours, other)
			}
		}
	}
}

func near(x, y int) bool { return x-y <= 1 && y-x <= 1 }

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
	for _, d := range a.Documents { // which are sorted by path
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
			a.diags.AddNear("missing-entry", t.Span, t.Value, append(Lists(), a.references(all)...), t.Value)
			continue
		}
		if e, _ := a.reference(t, "navigation", all...); e != nil {
			a.pub.Navigation = append(a.pub.Navigation, Target{Entry: e})
		}
	}
}
