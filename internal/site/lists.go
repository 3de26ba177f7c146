package site

import (
	"strings"

	"leerblad/internal/document"
	"leerblad/internal/publication"
)

const (
	pageSize  = 50  // entries or findings on a page of a list
	titleSize = 200 // titles on a page of those with the same first letter
)

// pageOf gives the path of page i, from 1, of the list at url.
func (s *shared) pageOf(url string, i int) string {
	if i == 1 {
		return url
	}
	return url + s.word("page") + "/" + itoa(i) + "/"
}

// paged calls add for each page of a list of n things at url, size on each, with the things' range. There is always a first page.
func (s *shared) paged(n, size int, url string, add func(pager Pager, from, to int)) {
	pages := max(1, (n+size-1)/size)
	at := func(i int) string { return s.pageOf(url, i) }
	for i := 1; i <= pages; i++ {
		pager := Pager{Page: i, Pages: pages, URL: at(i)}
		if i > 1 {
			pager.Previous = at(i - 1)
		}
		if i < pages {
			pager.Next = at(i + 1)
		}
		for j := 1; j <= pages; j++ {
			switch {
			case j == 1 || j == pages || j >= i-2 && j <= i+2:
				pager.Links = append(pager.Links, Link{URL: at(j), Title: itoa(j), Current: j == i})
			case j == i-3 || j == i+3:
				pager.Links = append(pager.Links, Link{Title: "…"})
			}
		}
		add(pager, (i-1)*size, min(i*size, n))
	}
}

// fixed adds the pages that every site has, before any entry can take their address.
func (p *planner) fixed() {
	p.homePage()
	p.searchPages()
	missing := p.page(p.site.Root+"404.html", "missing", func(s *sums) { s.kinds() }, func(p *presenter) View { return p.missing() })
	missing.NoIndex = true
	p.add(missing, "404.html")
	p.findingsPages()
	data := p.word("findings") + "/" + p.word("findings")
	for _, name := range []string{"assets/index.html", "search/index.html", "search/client.js", "feed.xml", "sitemap.xml", "robots.txt", "_headers", "_redirects",
		"headers.nginx.conf", "headers.Caddyfile", ".well-known/security.txt", data + ".csv", data + ".json", p.word("findings") + "/filter.json"} {
		p.claim(name, name, -1) // package feed and others write these
	}
}

// lists adds the lists of the kinds.
func (p *planner) lists() {
	for _, k := range []document.Kind{document.Sheets, document.Recommendations, document.Stories, document.Documents, document.Newsletters} {
		p.listPages(k, p.of[k])
	}
	p.addList(p.page(p.section("topics"), "topics", func(s *sums) { s.topicLines() }, func(p *presenter) View {
		return &TopicsView{Base: p.listBase(document.Topics), Topics: p.topicLines()}
	}), document.Topics)
	p.addList(p.page(p.section("regions"), "regions", func(s *sums) { s.tileMap() }, func(p *presenter) View {
		return &RegionsView{Base: p.listBase(document.Regions), Tiles: p.tilesFor(nil)}
	}), document.Regions)
}

func (p *planner) listPages(k document.Kind, entries []*publication.Entry) {
	p.paged(len(entries), pageSize, p.section(string(k)), func(pager Pager, from, to int) {
		p.addList(p.page(pager.URL, "list", func(s *sums) {
			s.pager(pager)
			s.number(len(entries))
			s.entries(entries[from:to])
			s.news(k)
		}, func(p *presenter) View { return p.list(k, entries, from, to, pager) }), k)
	})
}

// seriesPages adds a list of the entries of a kind that belong to e, a topic or region, if e's own page has not all of them.
func (p *planner) seriesPages(e *publication.Entry, k document.Kind, entries []*publication.Entry) {
	if len(entries) <= seriesCards {
		return
	}
	p.paged(len(entries), pageSize, p.seriesPath(e, k), func(pager Pager, from, to int) {
		page := p.page(pager.URL, "list", func(s *sums) {
			s.name(e)
			s.text(string(k), e.Unpublished)
			s.pager(pager)
			s.number(len(entries))
			s.entries(entries[from:to])
		}, func(p *presenter) View { return p.seriesPage(e, k, entries, from, to, pager) })
		page.NoIndex = e.Unpublished != ""
		p.add(page, e.Top.File.Path)
	})
}

// seriesPath gives the path of the list of the entries of a kind that belong to e.
func (s *shared) seriesPath(e *publication.Entry, k document.Kind) string {
	return s.path(e) + s.word(string(k)) + "/"
}

// addList adds a list. Where an ordinary page has its address, that page is reported.
func (p *planner) addList(list Page, k document.Kind) {
	if p.add(list, string(k)+"/") {
		return
	}
	for _, page := range p.pub.Pages {
		if p.path(page.Entry) == list.Path {
			p.diags.Add("duplicate-url", page.Top, strings.TrimPrefix(list.Path, p.site.Root), string(k)+"/")
		}
	}
}

// findingsPages adds the pages of all findings.
func (p *planner) findingsPages() {
	findings := p.pub.Findings
	p.paged(len(findings), pageSize, p.site.Findings.URL, func(pager Pager, from, to int) {
		p.add(p.page(pager.URL, "findings", func(s *sums) {
			s.pager(pager)
			s.findingList(findings[from:to])
			if pager.Page == 1 {
				s.counts(findings)
				s.topicLinks(s.pub.Topics)
				s.chart(s.byTopic())
				s.chart(s.byTime(findings, s.site.Findings.URL))
				s.findingList(newestSources(findings))
			}
		}, func(p *presenter) View { return p.findingsPage(from, to, pager) }), p.word("findings")+"/")
	})
}

// letterGroup is the entries whose titles begin with a letter, in no order.
type letterGroup struct {
	letter  string
	entries []*publication.Entry
}

// searchPages adds the search page; a long list of titles has a page for each letter.
func (p *planner) searchPages() {
	const whole = 400
	groups, n := p.letters()
	sum := func(s *sums) {
		s.kinds()
		s.topicLinks(s.pub.Topics)
		for _, g := range groups {
			s.text(g.letter)
		}
	}
	if n <= whole {
		p.add(p.page(p.site.Search.URL, "search", func(s *sums) {
			sum(s)
			for _, g := range groups {
				s.group(g)
			}
		}, func(p *presenter) View { return p.search(groups) }), p.word("search")+"/")
		return
	}
	p.add(p.page(p.site.Search.URL, "search", sum, func(p *presenter) View { return p.letterBase(groups, -1) }), p.word("search")+"/")
	for i, g := range groups {
		p.paged(len(g.entries), titleSize, p.letterPath(g.letter), func(pager Pager, from, to int) {
			p.add(p.page(pager.URL, "search", func(s *sums) {
				sum(s)
				s.number(i)
				s.pager(pager)
				s.group(g)
			}, func(p *presenter) View { return p.pageOfLetter(groups, i, from, to, pager) }), p.word("search")+"/")
		})
	}
}

// letters groups all entries but the start page by the first letters of their titles, and counts them.
func (p *planner) letters() (groups []letterGroup, n int) {
	var byLetter ['z' + 1]letterGroup
	for _, e := range p.entries {
		if e.Kind == document.Home {
			continue
		}
		n++
		letter := byte('#')
		if e.Key != "" && e.Key[0] >= 'a' && e.Key[0] <= 'z' {
			letter = e.Key[0]
		}
		g := &byLetter[letter]
		g.letter = strings.ToUpper(string(letter))
		g.entries = append(g.entries, e)
	}
	for _, g := range byLetter {
		if g.entries != nil {
			groups = append(groups, g)
		}
	}
	return groups, n
}

// letterPath gives the path of the page with the titles that begin with a letter.
func (s *shared) letterPath(letter string) string { return s.site.Search.URL + letterID(letter) + "/" }

func letterID(letter string) string {
	if letter == "#" {
		return "0-9"
	}
	return strings.ToLower(letter)
}
