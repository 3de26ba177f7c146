package site

import (
	"leerblad/internal/digest"
	"leerblad/internal/document"
	"leerblad/internal/publication"
)

// entryPages adds the pages of every entry but the start page.
func (p *planner) entryPages() {
	for _, e := range p.pub.Entries {
		switch e.Kind {
		case document.Home:
		case document.Topics:
			p.topicPages(e)
		default:
			p.addEntry(e)
			p.print(e)
		}
		p.seriesPages(e)
	}
}

// print adds the PDF of a sheet.
func (p *planner) print(e *publication.Entry) {
	url := p.pdfPath(e)
	if url == "" {
		return
	}
	file := p.file(url)
	if !p.claim(file, e.Top.File.Path, -1) {
		return // its page's address is taken, which is told
	}
	s := p.shared
	page := p.entryPage(e, p.path(e), nil)
	page.View = func() View { return (&presenter{shared: s, printing: true}).page(e) }
	p.plan.Prints = append(p.plan.Prints, Print{Page: page, PDF: file, Address: p.address(page.Path), Source: e.Top, Title: e.Title, Author: p.site.Title})
}

// topicPages adds the pages of a topic: the first has everything, the others more findings.
func (p *planner) topicPages(t *publication.Entry) {
	findings, _ := splitQuestions(t)
	p.paged(len(findings), pageSize, p.path(t), func(pager Pager, from, to int) {
		if pager.Page > 1 {
			p.add(p.entryPage(t, pager.URL, func(p *presenter) View { return p.moreOfTopic(t, findings[from:to], pager) }), t.Reference())
			return
		}
		p.addEntry(t)
	})
}

// homePage adds the start page.
func (p *planner) homePage() {
	view := func(p *presenter) View { return p.home(p.pub.Home) }
	page := p.page(p.site.Root, document.Home.Row().Layout, view)
	if e := p.pub.Home; e != nil {
		page = p.entryPage(e, p.site.Root, view)
	}
	p.add(page, "index.md")
}

// Reworded gives the page of an entry that publication.Reworded gave, unless old words of the entry are still shown on it.
func (p *Plan) Reworded(e *publication.Entry, old map[string]bool) (Page, bool) {
	page, ok := p.Page(p.shared.file(p.Path(e)))
	if !ok {
		return page, false
	}
	view := (&presenter{shared: p.shared}).page(e)
	page.View = func() View { return view }
	return page, !digest.Has(old, view)
}
