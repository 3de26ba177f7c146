package site

import (
	"leerblad/internal/markdown"
	"leerblad/internal/publication"
)

// entryPages adds the page of every entry.
func (p *planner) entryPages() {
	p.sheetPages()
	p.recommendationPages()
	p.storyPages()
	p.documentPages()
	for _, t := range p.pub.Topics {
		p.topicPages(t)
	}
	for _, r := range p.pub.Regions {
		p.entrySum(r.Entry)
		p.sum(p.tiles)
		p.recommendations(r.Recommendations)
		p.stories(r.Stories)
		p.documents(r.Documents)
		p.addEntry(r.Entry, "region", func(p *presenter) View { return p.region(r) })
	}
	for i, n := range p.pub.Newsletters {
		p.entrySum(n.Entry)
		for _, item := range n.Items {
			p.cardOf(item)
		}
		p.besides(len(p.pub.Newsletters), i, func(i int) *publication.Entry { return p.pub.Newsletters[i].Entry })
		p.addEntry(n.Entry, "newsletter", func(p *presenter) View { return p.newsletter(n, i) })
	}
	for _, page := range p.pub.Pages {
		p.entrySum(page.Entry)
		p.addEntry(page.Entry, "page", func(p *presenter) View { return p.text(page) })
	}
}

func (p *planner) sheetPages() {
	for i, s := range p.pub.Sheets {
		p.entrySum(s.Entry)
		p.recommendations(s.Recommendations)
		if s.Report.Document != nil {
			p.nameOf(s.Report.Document)
		}
		p.besides(len(p.pub.Sheets), i, func(i int) *publication.Entry { return p.pub.Sheets[i].Entry })
		p.addEntry(s.Entry, "sheet", func(p *presenter) View { return p.sheet(s, i) })
	}
}

func (p *planner) recommendationPages() {
	for i, r := range p.pub.Recommendations {
		p.entrySum(r.Entry)
		if r.Sheet != nil {
			p.cardOf(r.Sheet.Entry)
		}
		for _, e := range r.Evidence {
			if e.Finding != nil {
				p.sum(p.findings[e.Finding.Index])
			} else {
				p.cardOf(e.Entry)
			}
		}
		p.stories(r.Stories)
		p.besides(len(p.pub.Recommendations), i, func(i int) *publication.Entry { return p.pub.Recommendations[i].Entry })
		p.addEntry(r.Entry, "recommendation", func(p *presenter) View { return p.recommendation(r, i) })
	}
}

func (p *planner) storyPages() {
	for _, s := range p.pub.Stories {
		p.entrySum(s.Entry)
		p.recommendations(s.Recommendations)
		for _, m := range s.Media {
			p.pictureOf(m.Picture)
			p.pictureOf(m.Poster)
			p.text(p.Assets[m.File].File, p.Assets[m.Captions].File)
			if m.Transcript.Body != nil {
				p.parts(m.Transcript.Parts)
				p.holesOf(m.Transcript)
			}
		}
		p.addEntry(s.Entry, "story", func(p *presenter) View { return p.story(s) })
	}
}

func (p *planner) documentPages() {
	for _, d := range p.pub.Documents {
		p.entrySum(d.Entry)
		p.text(p.Assets[d.File].File)
		for _, s := range d.Sheets {
			p.cardOf(s.Entry)
		}
		p.addEntry(d.Entry, "document", func(p *presenter) View { return p.document(d) })
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
	p.paged(len(findings), p.path(t.Entry), func(pager Pager, from, to int) {
		p.entrySum(t.Entry)
		p.pagerSum(pager)
		p.findingsSum(findings[from:to])
		if pager.Page > 1 {
			p.add(p.entryPage(t.Entry, pager.URL, "topic", func(p *presenter) View { return p.moreOfTopic(t, findings[from:to], pager) }), t.Reference())
			return
		}
		p.valences(findings)
		p.findingsSum(matrixed(findings))
		p.findingsSum(questions)
		p.recommendations(t.Recommendations)
		p.stories(t.Stories)
		p.documents(t.Documents)
		p.addEntry(t.Entry, "topic", func(p *presenter) View { return p.topic(t, findings, questions, pager) })
	})
}

// findingsSum is of findings in a list.
func (p *planner) findingsSum(list []*publication.Finding) {
	for _, f := range list {
		p.sum(p.findings[f.Index])
	}
	p.number(0)
}

// homePage adds the start page.
func (p *planner) homePage() {
	if len(p.pub.Sheets) > 0 {
		p.cardOf(p.pub.Sheets[0].Entry)
		p.findingsSum(p.pub.Sheets[0].Body.Findings)
	}
	p.stories(p.pub.Stories[:min(homeStories, len(p.pub.Stories))])
	p.sum(p.frame, p.tiles, p.topics)
	view := func(p *presenter) View { return p.home() }
	if e := p.pub.Home; e != nil {
		p.entrySum(e)
		p.add(p.entryPage(e, p.site.Root, "home", view), "index.md")
		return
	}
	p.add(p.page(p.site.Root, "home", view), "index.md")
}
