package site

import (
	"leerblad/internal/document"
	"leerblad/internal/markdown"
	"leerblad/internal/publication"
)

// entryPages adds the page of every entry.
func (p *planner) entryPages() {
	p.sheetPages()
	p.recommendationPages()
	p.storyPages()
	for _, d := range p.pub.Documents {
		p.addEntry(d.Entry, "document", func(s *sums) {
			s.entry(d.Entry)
			s.text(s.Assets[d.File].File)
			for _, sheet := range d.Sheets {
				s.card(sheet.Entry)
			}
			s.number(0)
			s.recommendations(d.Recommendations)
		}, func(p *presenter) View { return p.document(d) })
	}
	for _, t := range p.pub.Topics {
		p.topicPages(t)
	}
	for _, r := range p.pub.Regions {
		own := belongingsOf(r.Recommendations, r.Stories, r.Documents)
		p.addEntry(r.Entry, "region", func(s *sums) {
			s.entry(r.Entry)
			s.tileMap()
			s.belongings(own)
			s.stories(nearby(r))
		}, func(p *presenter) View { return p.region(r, own) })
		p.belongingPages(r.Entry, own)
	}
	for i, n := range p.pub.Newsletters {
		p.addEntry(n.Entry, "newsletter", func(s *sums) {
			s.entry(n.Entry)
			for _, item := range n.Items {
				s.card(item.Entry)
			}
			s.beside(document.Newsletters, i)
		}, func(p *presenter) View { return p.newsletter(n, i) })
	}
	for _, page := range p.pub.Pages {
		p.addEntry(page.Entry, "page", func(s *sums) { s.entry(page.Entry) }, func(p *presenter) View { return p.text(page) })
	}
}

func (p *planner) sheetPages() {
	for i, sheet := range p.pub.Sheets {
		p.addEntry(sheet.Entry, "sheet", func(s *sums) {
			s.entry(sheet.Entry)
			s.recommendations(sheet.Recommendations)
			if sheet.Report.Document != nil {
				s.name(sheet.Report.Document)
			}
			s.beside(document.Sheets, i)
		}, func(p *presenter) View { return p.sheet(sheet, i) })
	}
}

func (p *planner) recommendationPages() {
	for i, r := range p.pub.Recommendations {
		p.addEntry(r.Entry, "recommendation", func(s *sums) {
			s.entry(r.Entry)
			if r.Sheet != nil {
				s.card(r.Sheet.Entry)
			}
			for _, e := range r.Evidence {
				if e.Finding != nil {
					s.finding(e.Finding)
				} else {
					s.card(e.Entry)
				}
			}
			s.stories(r.Stories)
			s.beside(document.Recommendations, i)
		}, func(p *presenter) View { return p.recommendation(r, i) })
	}
}

func (p *planner) storyPages() {
	for _, story := range p.pub.Stories {
		p.addEntry(story.Entry, "story", func(s *sums) {
			s.entry(story.Entry)
			s.recommendations(story.Recommendations)
			for _, m := range story.Media {
				s.picture(m.Picture)
				s.picture(m.Poster)
				s.text(s.Assets[m.File].File, s.Assets[m.Captions].File)
				if m.Transcript.Body != nil {
					s.parts(m.Transcript, 0, len(m.Transcript.Parts))
				}
			}
		}, func(p *presenter) View { return p.story(story) })
	}
}

// topicPages adds the pages of a topic: the first has everything, the others more findings.
func (p *planner) topicPages(t *publication.Topic) {
	var questions, findings []*publication.Finding
	for _, f := range t.Findings {
		if f.Valence == markdown.Question {
			questions = append(questions, f)
		} else {
			findings = append(findings, f)
		}
	}
	questions = questions[:min(pageSize, len(questions))]
	own := belongingsOf(t.Recommendations, t.Stories, t.Documents)
	p.paged(len(findings), pageSize, p.path(t.Entry), func(pager Pager, from, to int) {
		if pager.Page > 1 {
			p.add(p.entryPage(t.Entry, pager.URL, "topic", func(s *sums) {
				s.entry(t.Entry)
				s.pager(pager)
				s.findingList(findings[from:to])
			}, func(p *presenter) View { return p.moreOfTopic(t, findings[from:to], pager) }), t.Reference())
			return
		}
		p.addEntry(t.Entry, "topic", func(s *sums) {
			s.entry(t.Entry)
			s.pager(pager)
			s.findingList(findings[from:to])
			s.counts(findings)
			s.findingList(newestSources(findings))
			s.chart(s.beyondMatrix(t, findings))
			s.findingList(questions)
			s.belongings(own)
		}, func(p *presenter) View { return p.topic(t, findings, questions, own, pager) })
	})
	p.belongingPages(t.Entry, own)
}

// belongingPages adds the lists of what belongs to e, a topic or region.
func (p *planner) belongingPages(e *publication.Entry, own belongings) {
	p.seriesPages(e, document.Recommendations, own.recommendations)
	p.seriesPages(e, document.Stories, own.stories)
	p.seriesPages(e, document.Documents, own.documents)
}

// homePage adds the start page.
func (p *planner) homePage() {
	sum := func(s *sums) {
		if s.pub.Home != nil {
			s.entry(s.pub.Home)
		}
		if len(s.pub.Sheets) > 0 {
			s.card(s.pub.Sheets[0].Entry)
			s.findingList(s.pub.Sheets[0].Body.Findings)
		}
		s.stories(s.pub.Stories[:min(homeStories, len(s.pub.Stories))])
		s.tileMap()
		s.topicLines()
		for _, row := range document.Kinds {
			k := row.Kind
			s.news(k)
		}
	}
	view := func(p *presenter) View { return p.home() }
	page := p.page(p.site.Root, "home", sum, view)
	if e := p.pub.Home; e != nil {
		page = p.entryPage(e, p.site.Root, "home", sum, view)
	}
	p.add(page, "index.md")
}

// Reworded gives the page of an entry that publication.Reworded gave. Its Sum cannot be asked for.
func (p *Plan) Reworded(e *publication.Entry) (Page, bool) {
	page, ok := p.Page(p.shared.file(p.Path(e)))
	if !ok {
		return page, false
	}
	var view func(*presenter) View
	i, pub := e.Index-p.shared.of[e.Kind][0].Index, p.shared.pub
	switch e.Kind {
	case document.Sheets:
		x := *pub.Sheets[i]
		x.Entry = e
		view = func(p *presenter) View { return p.sheet(&x, i) }
	case document.Recommendations:
		x := *pub.Recommendations[i]
		x.Entry = e
		view = func(p *presenter) View { return p.recommendation(&x, i) }
	case document.Stories:
		x := *pub.Stories[i]
		x.Entry = e
		view = func(p *presenter) View { return p.story(&x) }
	case document.Documents:
		x := *pub.Documents[i]
		x.Entry = e
		view = func(p *presenter) View { return p.document(&x) }
	case document.Newsletters:
		x := *pub.Newsletters[i]
		x.Entry = e
		view = func(p *presenter) View { return p.newsletter(&x, i) }
	case document.Pages:
		x := *pub.Pages[i]
		x.Entry = e
		view = func(p *presenter) View { return p.text(&x) }
	default:
		return page, false
	}
	page.View = func() View { return view(&presenter{shared: p.shared}) }
	return page, true
}
