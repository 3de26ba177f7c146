package site

import (
	"cmp"
	"slices"
	"strings"

	"leerblad/internal/document"
	"leerblad/internal/markdown"
	"leerblad/internal/publication"
)

// pageSize is the number of entries on a page of a list.
const pageSize = 50

// paged calls add for each page of a list of n things at url, with the things' range. There is always a first page.
func (p *planner) paged(n int, url string, add func(pager Pager, from, to int)) {
	pages := max(1, (n+pageSize-1)/pageSize)
	at := func(i int) string {
		if i == 1 {
			return url
		}
		return url + p.word("page") + "/" + itoa(i) + "/"
	}
	for i := 1; i <= pages; i++ {
		pager := Pager{Page: i, Pages: pages}
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

// onPage turns the base of a list's first page into that of another page.
func (p *planner) onPage(b *Base, url string, pager Pager) {
	if pager.Page == 1 {
		return
	}
	b.Trail = append(b.Trail, Link{URL: url, Title: b.Title})
	b.Path = url + p.word("page") + "/" + itoa(pager.Page) + "/"
	b.Address = p.address(b.Path)
	b.Title = p.Words("list.page-title", b.Title, pager.Page)
	b.Data = nil
}

// fixed adds the pages that every site has, before any entry can take their address.
func (p *planner) fixed() {
	p.home()
	p.search()
	missing := &MissingView{Base: p.base("missing", p.site.Root+"404.html", p.Words("kinds.missing"), ""), Kinds: p.kindLinks()}
	missing.NoIndex = true
	p.add(missing.Path, "missing", "404.html", missing)
	p.findingsPages()
	data := p.word("findings") + "/" + p.word("findings")
	for _, name := range []string{"assets/index.html", "search/index.html", "feed.xml", "sitemap.xml", "robots.txt", "_headers", "_redirects",
		"headers.nginx.conf", "headers.Caddyfile", ".well-known/security.txt", data + ".csv", data + ".json"} {
		p.claim(name, name) // package feed and others write these
	}
}

func (p *planner) home() {
	v := &HomeView{Stories: p.storyCards(p.pub.Stories[:min(3, len(p.pub.Stories))]), Tiles: p.tiles(nil), Topics: p.topicLines(),
		More: Link{URL: p.section("stories"), Title: p.Words("kinds.stories")}}
	owner := "index.md"
	if e := p.pub.Home; e != nil {
		v.Base, v.Body, v.Changes = p.entryBase(e), p.body(e.Body, e), changes(e.Changes)
	} else {
		v.Base = p.base("home", p.site.Root, p.site.Title, "")
	}
	if len(p.pub.Sheets) > 0 {
		s := p.pub.Sheets[0]
		v.Sheet, v.Counts, v.Findings = p.card(s.Entry), counts(s.Body.Findings), p.findingsOf(s.Body.Findings)
	}
	p.add(p.site.Root, "home", owner, v)
}

func (p *planner) topicLines() []TopicLine {
	var out []TopicLine
	for _, t := range p.pub.Topics {
		out = append(out, TopicLine{Link{URL: p.path(t.Entry), Title: t.Title}, t.Summary, counts(t.Findings)})
	}
	return out
}

// kindLinks gives links to the lists of all kinds that have entries, and to the findings.
func (p *planner) kindLinks() []Link {
	var out []Link
	for _, k := range document.Kinds {
		if k != document.Pages && p.count(k) > 0 {
			out = append(out, Link{URL: p.section(string(k)), Title: p.Words("kinds." + string(k))})
		}
	}
	return append(out, p.site.Findings)
}

func (p *planner) count(k document.Kind) int {
	switch k {
	case document.Sheets:
		return len(p.pub.Sheets)
	case document.Recommendations:
		return len(p.pub.Recommendations)
	case document.Stories:
		return len(p.pub.Stories)
	case document.Documents:
		return len(p.pub.Documents)
	case document.Topics:
		return len(p.pub.Topics)
	case document.Regions:
		return len(p.pub.Regions)
	case document.Newsletters:
		return len(p.pub.Newsletters)
	}
	return len(p.pub.Pages)
}

// lists adds the lists of the kinds.
func (p *planner) lists() {
	p.list(document.Sheets, p.sheetCards(p.pub.Sheets))
	p.list(document.Recommendations, p.recommendationCards(p.pub.Recommendations))
	p.list(document.Stories, p.storyCards(p.pub.Stories))
	p.list(document.Documents, p.documentCards(p.pub.Documents))
	p.list(document.Newsletters, cards(p, p.pub.Newsletters, func(n *publication.Newsletter) *publication.Entry { return n.Entry }))
	topics := &TopicsView{Base: p.listBase(document.Topics), Topics: p.topicLines()}
	p.addList(topics.Path, "topics", document.Topics, topics)
	regions := &RegionsView{Base: p.listBase(document.Regions), Tiles: p.tiles(nil)}
	p.addList(regions.Path, "regions", document.Regions, regions)
}

func (p *planner) listBase(k document.Kind) Base {
	return p.base(string(k), p.section(string(k)), p.Words("kinds."+string(k)), p.Words("intro."+string(k)))
}

func (p *planner) list(k document.Kind, cards []*Card) {
	url := p.section(string(k))
	p.paged(len(cards), url, func(pager Pager, from, to int) {
		v := &ListView{Base: p.listBase(k), Intro: p.Words("intro." + string(k)), Total: len(cards), Cards: cards[from:to], Pager: pager}
		p.onPage(&v.Base, url, pager)
		p.addList(v.Path, "list", k, v)
	})
}

// addList adds a list. Where an ordinary page has its address, that page is reported.
func (p *planner) addList(url, template string, k document.Kind, v View) {
	if p.add(url, template, string(k)+"/", v) {
		return
	}
	for _, page := range p.pub.Pages {
		if p.path(page.Entry) == url {
			p.diags.Add("duplicate-url", page.Top, strings.TrimPrefix(url, p.site.Root), string(k)+"/")
		}
	}
}

// findingsPages adds the pages of all findings.
func (p *planner) findingsPages() {
	url := p.site.Findings.URL
	findings := p.pub.Findings
	var sources []Link
	seen := map[*publication.Entry]bool{}
	for _, f := range findings {
		if !seen[f.Entry] {
			seen[f.Entry] = true
			sources = append(sources, Link{URL: p.path(f.Entry), Title: f.Entry.Title})
		}
	}
	p.paged(len(findings), url, func(pager Pager, from, to int) {
		name := p.word("findings")
		v := &FindingsView{
			Base: p.base("findings", url, p.site.Findings.Title, p.Words("intro.findings")), Total: len(findings),
			Findings: p.findingsOf(findings[from:to]), Counts: counts(findings), Topics: p.topicLinks(p.pub.Topics),
			Sources: sources, Reaches: markdown.Reaches, CSV: url + name + ".csv", JSON: url + name + ".json", Pager: pager,
		}
		p.onPage(&v.Base, url, pager)
		p.add(v.Path, "findings", p.word("findings")+"/", v)
	})
}

// search adds the search page; a long list of titles has a page for each letter.
func (p *planner) search() {
	const whole = 400
	var links []Link
	for _, e := range p.pub.Entries() {
		if e.Kind != document.Home {
			links = append(links, Link{URL: p.path(e), Title: e.Title})
		}
	}
	slices.SortStableFunc(links, func(x, y Link) int { return cmp.Compare(markdown.Slug(x.Title), markdown.Slug(y.Title)) })
	var groups []Group
	for _, l := range links {
		letter := "#"
		if s := markdown.Slug(l.Title); s != "" && s[0] >= 'a' {
			letter = strings.ToUpper(s[:1])
		}
		if len(groups) == 0 || groups[len(groups)-1].Letter != letter {
			groups = append(groups, Group{Letter: letter})
		}
		g := &groups[len(groups)-1]
		g.Links = append(g.Links, l)
	}
	url := p.site.Search.URL
	view := func(url string) *SearchView {
		return &SearchView{Base: p.base("search", url, p.site.Search.Title, p.Words("intro.search")), Kinds: p.kindLinks(), Topics: p.topicLinks(p.pub.Topics)}
	}
	first := view(url)
	if len(links) <= whole {
		first.Groups = groups
		for _, g := range groups {
			first.Letters = append(first.Letters, Link{URL: "#letter_" + letterID(g.Letter), Title: g.Letter})
		}
		p.add(url, "search", p.word("search")+"/", first)
		return
	}
	for _, g := range groups {
		first.Letters = append(first.Letters, Link{URL: url + letterID(g.Letter) + "/", Title: g.Letter})
	}
	p.add(url, "search", p.word("search")+"/", first)
	for i, g := range groups {
		v := view(url + letterID(g.Letter) + "/")
		v.Letters, v.Letter, v.Groups = slices.Clone(first.Letters), g.Letter, groups[i:i+1]
		v.Letters[i].Current = true
		v.Trail = append(v.Trail, Link{URL: url, Title: first.Title})
		v.Title = p.Words("list.letter-title", first.Title, g.Letter)
		p.add(v.Path, "search", p.word("search")+"/", v)
	}
}

func letterID(letter string) string {
	if letter == "#" {
		return "0-9"
	}
	return strings.ToLower(letter)
}
