package site

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"sync"

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
	for i := 1; i == 1 || (i-1)*size < n; i++ {
		add(s.pager(n, size, url, i), (i-1)*size, min(i*size, n))
	}
}

// pager leads through the pages of a list of n things at url, size on each, from page i.
func (s *shared) pager(n, size int, url string, i int) Pager {
	pages := max(1, (n+size-1)/size)
	at := func(i int) string { return s.pageOf(url, i) }
	pager := Pager{Page: i, Pages: pages, URL: at(i)}
	if i > 1 {
		pager.Previous = at(i - 1)
	}
	if i < pages {
		pager.Next = at(i + 1)
	}
	const around = 2
	for _, j := range []int{1, i - around - 1, i - 2, i - 1, i, i + 1, i + 2, i + around + 1, pages} {
		last := 0
		if n := len(pager.Links); n > 0 {
			last, _ = strconv.Atoi(pager.Links[n-1].Title)
		}
		switch {
		case j < 1 || j > pages || last == j || j == 1 && len(pager.Links) > 0:
		case j == 1 || j == pages || j >= i-around && j <= i+around:
			pager.Links = append(pager.Links, Link{URL: at(j), Title: itoa(j), Current: j == i})
		default:
			pager.Links = append(pager.Links, Link{Title: "…"})
		}
	}
	return pager
}

// fixed adds the pages that every site has, before any entry can take their address.
func (p *planner) fixed() {
	p.homePage()
	p.searchPages()
	missing := p.page(p.site.Root+"404.html", "missing", func(p *presenter) View { return p.missing() })
	missing.NoIndex = true
	p.add(missing, "404.html")
	p.findingsPages()
	data := NewDataFiles(p.word("findings"))
	for _, name := range append(data.Public(), data.Filter, "favicon.ico", "assets/index.html", "search/index.html", "search/client.js", "feed.xml", "sitemap.xml", "robots.txt", "_headers", "_redirects",
		"headers.nginx.conf", "headers.Caddyfile", ".htaccess", ".well-known/security.txt") {
		p.claim(name, name, -1) // package feed and others write these
	}
}

// lists adds the lists of the kinds, those with dates first.
func (p *planner) lists() {
	for _, dated := range []bool{true, false} {
		for _, k := range document.Which(func(r *document.Row) bool { return r.Dated == dated && r.List != "" }) {
			p.listPages(k)
		}
	}
}

func (p *planner) listPages(k document.Kind) {
	layout, url, entries := k.Row().List, p.sections[string(k)].URL, p.pub.Of(k)
	switch layout {
	case "topics":
		p.addList(p.page(url, layout, func(p *presenter) View { return &TopicsView{Base: p.listBase(k), Topics: p.topicLines()} }), k)
	case "regions":
		p.addList(p.page(url, layout, func(p *presenter) View {
			regions := p.tilesFor(nil)
			return &RegionsView{Base: p.listBase(k), Tiles: onMap(slices.Clone(regions)), Regions: regions}
		}), k)
	default:
		p.paged(len(entries), pageSize, url, func(pager Pager, from, to int) {
			p.addList(p.page(pager.URL, layout, func(p *presenter) View { return p.list(k, entries, from, to, pager) }), k)
		})
	}
}

// seriesPages adds lists of the entries that stand under e, a topic or region, of each kind of which e's own page has not all.
func (p *planner) seriesPages(e *publication.Entry) {
	for _, k := range kindsUnder(e.Kind) {
		entries := e.Under(k)
		if len(entries) <= seriesCards {
			continue
		}
		p.paged(len(entries), pageSize, p.seriesPath(e, k), func(pager Pager, from, to int) {
			page := p.page(pager.URL, "list", func(p *presenter) View { return p.seriesPage(e, k, entries, from, to, pager) })
			page.NoIndex = e.Unpublished != ""
			p.add(page, e.Top.File.Path)
		})
	}
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
	for _, page := range p.pub.Of(document.Pages) {
		if p.path(page) == list.Path {
			p.diags.Add("duplicate-url", page.Top, strings.TrimPrefix(list.Path, p.site.Root), string(k)+"/")
		}
	}
}

// findingsPages adds the pages of all findings.
func (p *planner) findingsPages() {
	p.paged(len(p.pub.Findings), pageSize, p.site.Findings.URL, func(pager Pager, from, to int) {
		p.add(p.page(pager.URL, "findings", func(p *presenter) View { return p.findingsPage(from, to, pager) }), p.word("findings")+"/")
	})
}

// letterGroup is the entries whose titles begin with a letter, n of them, by title.
type letterGroup struct {
	letter  string
	n       int
	entries func() []*publication.Entry
}

// searchPages adds the search page; a long list of titles has a page for each letter.
func (p *planner) searchPages() {
	const whole = 400
	groups, n := p.letters()
	if n <= whole {
		p.add(p.page(p.site.Search.URL, "search", func(p *presenter) View { return p.search(groups) }), p.word("search")+"/")
		return
	}
	p.add(p.page(p.site.Search.URL, "search", func(p *presenter) View { return p.letterBase(groups, -1) }), p.word("search")+"/")
	for i, g := range groups {
		p.paged(g.n, titleSize, p.letterPath(g.letter), func(pager Pager, from, to int) {
			p.add(p.page(pager.URL, "search", func(p *presenter) View { return p.pageOfLetter(groups, i, from, to, pager) }), p.word("search")+"/")
		})
	}
}

// letters groups all entries but the start page by the first letters of their titles, and counts them.
func (p *planner) letters() (groups []letterGroup, n int) {
	var byLetter ['z' + 1][]*publication.Entry
	for _, e := range p.pub.Entries {
		if e.Kind == document.Home {
			continue
		}
		n++
		letter := byte('#')
		if e.Key != "" && e.Key[0] >= 'a' && e.Key[0] <= 'z' {
			letter = e.Key[0]
		}
		byLetter[letter] = append(byLetter[letter], e)
	}
	for letter, entries := range byLetter {
		if entries != nil {
			groups = append(groups, letterGroup{strings.ToUpper(string(rune(letter))), len(entries), sync.OnceValue(func() []*publication.Entry {
				slices.SortStableFunc(entries, func(x, y *publication.Entry) int { return cmp.Compare(x.Key, y.Key) })
				return entries
			})})
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
