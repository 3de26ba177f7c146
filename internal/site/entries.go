package site

import (
	"slices"

	"leerblad/internal/document"
	"leerblad/internal/markdown"
	"leerblad/internal/publication"
)

// entries adds the page of every entry.
func (p *planner) entries() {
	for i, s := range p.pub.Sheets {
		p.addEntry(s.Entry, "sheet", p.sheet(s, i))
	}
	for i, r := range p.pub.Recommendations {
		p.addEntry(r.Entry, "recommendation", p.recommendation(r, i))
	}
	for _, s := range p.pub.Stories {
		p.addEntry(s.Entry, "story", p.story(s))
	}
	for _, d := range p.pub.Documents {
		p.addEntry(d.Entry, "document", p.document(d))
	}
	for _, t := range p.pub.Topics {
		p.topic(t)
	}
	for _, r := range p.pub.Regions {
		p.addEntry(r.Entry, "region", p.region(r))
	}
	for i, n := range p.pub.Newsletters {
		p.addEntry(n.Entry, "newsletter", p.newsletter(n, i))
	}
	for _, page := range p.pub.Pages {
		e := page.Entry
		questions := 0
		for _, f := range e.Body.Findings {
			if f.Valence == markdown.Question {
				questions++
			}
		}
		p.addEntry(e, "page", &TextView{Base: p.entryBase(e), Body: p.body(e.Body, e), Questions: questions, Changes: changes(e.Changes)})
	}
}

// beside gives links to the entries before (older) and after (newer) the one at i of a list with the newest first.
func (p *planner) beside(n, i int, entry func(int) *publication.Entry) (previous, next *Link) {
	link := func(e *publication.Entry) *Link { return &Link{URL: p.path(e), Title: e.Title} }
	if i+1 < n {
		previous = link(entry(i + 1))
	}
	if i > 0 {
		next = link(entry(i - 1))
	}
	return previous, next
}

func (p *planner) sheet(s *publication.Sheet, i int) *SheetView {
	v := &SheetView{
		Base: p.entryBase(s.Entry), Card: *p.card(s.Entry), Period: s.Period, Body: p.body(s.Body, s.Entry),
		Counts: counts(s.Body.Findings), Topics: p.topicLinks(s.Topics), Sources: s.Sources,
		Recommendations: p.recommendationCards(s.Recommendations), Changes: changes(s.Changes), Cite: p.cite(s.Entry, s.Number),
	}
	switch {
	case s.Report.Document != nil:
		v.Report = &Link{URL: p.path(s.Report.Document), Title: s.Report.Document.Title}
	case s.Report.Address != "":
		v.Report = &Link{URL: s.Report.Address, Title: s.Report.Title}
	}
	v.Previous, v.Next = p.beside(len(p.pub.Sheets), i, func(i int) *publication.Entry { return p.pub.Sheets[i].Entry })
	return v
}

func (p *planner) recommendation(r *publication.Recommendation, i int) *RecommendationView {
	v := &RecommendationView{
		Base: p.entryBase(r.Entry), Card: *p.card(r.Entry), Body: p.body(r.Body, r.Entry), Audience: r.Audience,
		Topics: p.topicLinks(r.Topics), Regions: p.regionLinks(r.Regions), Stories: p.storyCards(r.Stories),
		Changes: changes(r.Changes), Cite: p.cite(r.Entry, 0),
	}
	if r.Sheet != nil {
		v.Sheet = p.card(r.Sheet.Entry)
	}
	for _, e := range r.Evidence {
		switch {
		case e.Finding != nil:
			v.Findings = append(v.Findings, p.finding(e.Finding, nil))
		case e.Entry.Kind != document.Stories: // stories have a list of their own
			v.Evidence = append(v.Evidence, p.card(e.Entry))
		}
	}
	// Of recommendations the next one is the one after it, not the newer one.
	v.Next, v.Previous = p.beside(len(p.pub.Recommendations), i, func(i int) *publication.Entry { return p.pub.Recommendations[i].Entry })
	return v
}

func (p *planner) story(s *publication.Story) *StoryView {
	v := &StoryView{
		Base: p.entryBase(s.Entry), Card: *p.card(s.Entry), Body: p.body(s.Body, s.Entry),
		Topics: p.topicLinks(s.Topics), Regions: p.regionLinks(s.Regions), Lessons: s.Lessons,
		Recommendations: p.recommendationCards(s.Recommendations), Changes: changes(s.Changes), Cite: p.cite(s.Entry, 0),
	}
	for _, m := range s.Media {
		out := Media{
			Type: m.Type, Address: m.Address, Picture: p.picture(m.Picture), Poster: p.picture(m.Poster),
			Caption: m.Caption, Credit: m.Credit, Transcript: p.body(m.Transcript, s.Entry), Quote: m.Quote, Person: m.Person,
			Language: p.site.Language,
		}
		if m.File != "" {
			out.URL, out.ContentType = p.site.Root+p.Assets[m.File].File, p.Assets[m.File].ContentType
		}
		if m.Captions != "" {
			out.Captions = p.site.Root + p.Assets[m.Captions].File
		}
		v.Media = append(v.Media, out)
	}
	return v
}

func (p *planner) document(d *publication.Document) *DocumentView {
	v := &DocumentView{
		Base: p.entryBase(d.Entry), Card: *p.card(d.Entry), Body: p.body(d.Body, d.Entry), Period: d.Period,
		Topics: p.topicLinks(d.Topics), Regions: p.regionLinks(d.Regions), Sheets: p.sheetCards(d.Sheets),
		Address: d.Address, Changes: changes(d.Changes), Cite: p.cite(d.Entry, 0),
	}
	if d.File != "" {
		a := p.Assets[d.File]
		v.File = &File{URL: p.site.Root + a.File, Type: extension(d.File), Size: a.Size}
	}
	return v
}

// topic adds the pages of a topic: the first has everything, the others more findings.
func (p *planner) topic(t *publication.Topic) {
	var questions, findings []*publication.Finding
	for _, f := range t.Findings {
		if f.Valence == markdown.Question {
			questions = append(questions, f)
		} else {
			findings = append(findings, f)
		}
	}
	url := p.path(t.Entry)
	first := &TopicView{
		Base: p.entryBase(t.Entry), Body: p.body(t.Entry.Body, t.Entry), Counts: counts(findings),
		Matrix: p.matrix(findings), Questions: p.findingsOf(questions[:min(pageSize, len(questions))]),
		Recommendations: series(p.recommendationCards(t.Recommendations)), Stories: series(p.storyCards(t.Stories)),
		Documents: series(p.documentCards(t.Documents)), Changes: changes(t.Changes),
	}
	p.paged(len(findings), url, func(pager Pager, from, to int) {
		v := first
		if pager.Page > 1 {
			v = &TopicView{Base: p.entryBase(t.Entry)}
			p.onPage(&v.Base, url, pager)
		}
		v.Pager, v.Findings = pager, p.findingsOf(findings[from:to])
		if pager.Page == 1 {
			p.addEntry(t.Entry, "topic", v)
		} else {
			p.add(v.Path, "topic", t.Reference(), v)
		}
	})
}

// matrix gives the newest sources of findings, each with its findings by valence.
func (p *planner) matrix(findings []*publication.Finding) []MatrixRow {
	const rows = 20
	var out []MatrixRow
	var last *publication.Entry
	for _, f := range findings {
		if f.Entry != last {
			if len(out) == rows {
				break
			}
			last = f.Entry
			out = append(out, MatrixRow{Source: *p.card(f.Entry), Cells: make([][]*Finding, len(markdown.Valences))})
		}
		cells := out[len(out)-1].Cells
		i := slices.Index(markdown.Valences, f.Valence)
		cells[i] = append(cells[i], p.finding(f, nil))
	}
	return out
}

func (p *planner) region(r *publication.Region) *RegionView {
	return &RegionView{
		Base: p.entryBase(r.Entry), Body: p.body(r.Body, r.Entry), Code: r.Code, Municipality: r.Municipality,
		Names: r.Names, Tiles: p.tiles(r), Neighbours: p.regionLinks(r.Neighbours),
		Stories: series(p.storyCards(r.Stories)), Documents: series(p.documentCards(r.Documents)),
		Recommendations: series(p.recommendationCards(r.Recommendations)), Changes: changes(r.Changes),
	}
}

func (p *planner) newsletter(n *publication.Newsletter, i int) *NewsletterView {
	v := &NewsletterView{
		Base: p.entryBase(n.Entry), Card: *p.card(n.Entry), Body: p.body(n.Body, n.Entry), Changes: changes(n.Changes),
		Items: cards(p, n.Items, func(e *publication.Entry) *publication.Entry { return e }),
	}
	v.Previous, v.Next = p.beside(len(p.pub.Newsletters), i, func(i int) *publication.Entry { return p.pub.Newsletters[i].Entry })
	return v
}
