package site

import (
	"strings"

	"leerblad/internal/document"
	"leerblad/internal/publication"
)

// pageSize is the number of entries on a page of a list.
const pageSize = 50

// paged calls add for each page of a list of n things at url, with the things' range. There is always a first page.
func (s *shared) paged(n int, url string, add func(pager Pager, from, to int)) {
	pages := max(1, (n+pageSize-1)/pageSize)
	at := func(i int) string {
		if i == 1 {
			return url
		}
		return url + s.word("page") + "/" + itoa(i) + "/"
	}
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
		add(pager, (i-1)*pageSize, min(i*pageSize, n))
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
		"headers.nginx.conf", "headers.Caddyfile", ".well-known/security.txt", data + ".csv", data + ".json"} {
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
	p.paged(len(entries), p.section(string(k)), func(pager Pager, from, to int) {
		p.addList(p.page(pager.URL, "list", func(s *sums) {
			s.pager(pager)
			s.number(len(entries))
			for _, e := range entries[from:to] {
				s.card(e)
			}
		}, func(p *presenter) View { return p.list(k, entries, from, to, pager) }), k)
	})
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
	var sources []*publication.Entry
	for _, f := range findings {
		if len(sources) == 0 || sources[len(sources)-1] != f.Entry {
			sources = append(sources, f.Entry)
		}
	}
	p.paged(len(findings), p.site.Findings.URL, func(pager Pager, from, to int) {
		p.add(p.page(pager.URL, "findings", func(s *sums) {
			s.pager(pager)
			s.findingList(findings[from:to])
			s.counts(findings)
			if pager.Page == 1 {
				s.topicLinks(s.pub.Topics)
				for _, e := range sources {
					s.name(e)
				}
			}
		}, func(p *presenter) View { return p.findingsPage(sources, from, to, pager) }), p.word("findings")+"/")
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
	p.add(p.page(p.site.Search.URL, "search", sum, func(p *presenter) View { return p.letterPage(groups, -1) }), p.word("search")+"/")
	for i, g := range groups {
		p.add(p.page(p.letterPath(g.letter), "search", func(s *sums) {
			sum(s)
			s.number(i)
			s.group(g)
		}, func(p *presenter) View { return p.letterPage(groups, i) }), p.word("search")+"/")
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
