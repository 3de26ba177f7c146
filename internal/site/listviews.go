package site

import (
	"cmp"
	"slices"

	"leerblad/internal/document"
	"leerblad/internal/frontmatter"
	"leerblad/internal/markdown"
	"leerblad/internal/publication"
)

// homeStories is the number of stories on the start page.
const homeStories = 3

func (p *presenter) home() *HomeView {
	v := &HomeView{Tiles: p.tilesFor(nil), Topics: p.topicLines(), More: Link{URL: p.section("stories"), Title: p.Words("kinds.stories")}}
	for _, s := range p.pub.Stories[:min(homeStories, len(p.pub.Stories))] {
		v.Stories = append(v.Stories, p.card(s.Entry))
	}
	if e := p.pub.Home; e != nil {
		v.Base, v.Body, v.Changes = p.entryBase(e), p.body(e.Body, e), changes(e.Changes)
	} else {
		v.Base = p.base("home", p.site.Root, p.site.Title, "")
	}
	for _, row := range document.Kinds {
		k := row.Kind
		v.News = append(v.News, p.newsOf(k)...)
	}
	if len(p.pub.Sheets) > 0 {
		s := p.pub.Sheets[0]
		v.Sheet, v.Findings = p.card(s.Entry), p.findingsOf(s.Body.Findings)
	}
	return v
}

// newsOf gives the news of a kind, if it has any.
func (p *presenter) newsOf(k document.Kind) []News {
	days := p.newestDays(k)
	if days == nil {
		return nil
	}
	return []News{{Link{URL: p.section(string(k)), Title: p.Words("kinds." + string(k))}, days, len(p.of[k]) > len(days)}}
}

// newestDays gives the days of the newest entries of a kind, newest first; none for a kind without dates.
func (s *shared) newestDays(k document.Kind) []frontmatter.Day {
	const most = 20
	if !k.Row().Dated {
		return nil
	}
	var out []frontmatter.Day
	for _, e := range s.of[k][:min(most, len(s.of[k]))] {
		out = append(out, e.Date)
	}
	return out
}

func (p *presenter) missing() *MissingView {
	// Search engines keep no page that comes with the status 404; for its own address package feed tells hosts to say so.
	return &MissingView{Base: p.base("missing", p.site.Root+"404.html", p.Words("kinds.missing"), ""), Kinds: p.kindLinks()}
}

func (p *presenter) topicLines() []TopicLine {
	var out []TopicLine
	for _, t := range p.pub.Topics {
		out = append(out, TopicLine{p.link(t.Entry), t.Summary, counts(t.Findings)})
	}
	return out
}

// kindLinks gives links to the lists of all kinds that have entries, and to the findings.
func (p *presenter) kindLinks() []Link {
	var out []Link
	for _, row := range document.Kinds {
		k := row.Kind
		if k != document.Pages && len(p.of[k]) > 0 {
			out = append(out, Link{URL: p.section(string(k)), Title: p.Words("kinds." + string(k))})
		}
	}
	return append(out, p.site.Findings)
}

func (p *presenter) listBase(k document.Kind) Base {
	return p.base(string(k), p.section(string(k)), p.Words("kinds."+string(k)), p.Words("intro."+string(k)))
}

// onPage turns the base of a list's first page at url into that of another page.
func (p *presenter) onPage(b *Base, url string, pager Pager) {
	if pager.Page == 1 {
		return
	}
	b.Trail = append(b.Trail, Link{URL: url, Title: b.Title})
	b.Path = pager.URL
	b.Address = p.address(b.Path)
	b.Title = p.Words("list.page-title", b.Title, pager.Page)
	b.Data = nil
}

func (p *presenter) list(k document.Kind, entries []*publication.Entry, from, to int, pager Pager) *ListView {
	v := &ListView{Base: p.listBase(k), Intro: p.Words("intro." + string(k)), Total: len(entries), Cards: p.cards(entries[from:to]), Pager: pager}
	if pager.Page == 1 {
		v.News = p.newsOf(k)
	}
	p.onPage(&v.Base, p.section(string(k)), pager)
	return v
}

// seriesPage is a page of the list of the entries of a kind that belong to e.
func (p *presenter) seriesPage(e *publication.Entry, k document.Kind, entries []*publication.Entry, from, to int, pager Pager) *ListView {
	url := p.seriesPath(e, k)
	v := &ListView{
		Base:  p.base("list", url, p.Words("list.part-title", p.Words("kinds."+string(k)), e.Title), ""),
		Total: len(entries), Cards: p.cards(entries[from:to]), Pager: pager,
	}
	v.Trail = append(p.base(string(e.Kind), p.path(e), e.Title, "").Trail, p.link(e))
	v.Unpublished, v.NoIndex = e.Unpublished, e.Unpublished != ""
	p.onPage(&v.Base, url, pager)
	return v
}

func (p *presenter) findingsPage(from, to int, pager Pager) *FindingsView {
	url, findings := p.site.Findings.URL, p.pub.Findings
	v := &FindingsView{
		Base:  p.base("findings", url, p.site.Findings.Title, p.Words("intro.findings")),
		Total: len(findings), Findings: p.yearGroups(findings[from:to]), Pager: pager,
	}
	if pager.Page == 1 {
		name := url + p.word("findings")
		v.CSV, v.JSON = name+".csv", name+".json"
		v.Counts, v.Filter = counts(findings), p.filter(findings)
		v.ByTopic, v.ByTime = p.byTopic(), p.byTime(findings, url)
	}
	p.onPage(&v.Base, url, pager)
	return v
}

// filter gives what findings, newest first, can be chosen by.
func (p *presenter) filter(findings []*publication.Finding) Filter {
	url := p.site.Findings.URL
	f := Filter{
		Index: url + "filter.json", Next: url + p.word("page") + "/", PageSize: pageSize,
		Valences: markdown.Valences, Topics: titles(p.pub.Topics), Reaches: markdown.Reaches, Years: years(findings),
	}
	for _, g := range newestSources(findings) {
		if link := p.link(g.Entry); len(f.Sources) == 0 || f.Sources[len(f.Sources)-1] != link {
			f.Sources = append(f.Sources, link)
		}
	}
	return f
}

func titles(topics []*publication.Topic) (out []string) {
	for _, t := range topics {
		out = append(out, t.Title)
	}
	return out
}

// years gives the years in which the sources of findings, newest first, were published.
func years(findings []*publication.Finding) (out []string) {
	for i, f := range findings {
		if year := yearOf(f); year != "" && (i == 0 || year != yearOf(findings[i-1])) {
			out = append(out, year)
		}
	}
	return out
}

func (p *presenter) searchBase() *SearchView {
	return &SearchView{
		Base:  p.base("search", p.site.Search.URL, p.site.Search.Title, p.Words("intro.search")),
		Kinds: p.kindLinks(), Topics: p.topicLinks(p.pub.Topics),
		Facets: Facets{append(document.Folders(), "findings", string(document.Home)), markdown.Valences},
	}
}

// search has all titles on one page.
func (p *presenter) search(groups []letterGroup) *SearchView {
	v := p.searchBase()
	for _, g := range groups {
		v.Letters = append(v.Letters, Link{URL: "#letter_" + letterID(g.letter), Title: g.letter})
		v.Groups = append(v.Groups, Group{g.letter, p.titles(g, 0, len(g.entries))})
	}
	return v
}

// letterBase leads to the pages of all letters, of which the one with index current is shown; -1 for none.
func (p *presenter) letterBase(groups []letterGroup, current int) *SearchView {
	v := p.searchBase()
	for i, g := range groups {
		v.Letters = append(v.Letters, Link{URL: p.letterPath(g.letter), Title: g.letter, Current: i == current})
	}
	return v
}

// pageOfLetter has some of the titles of the group with index current.
func (p *presenter) pageOfLetter(groups []letterGroup, current, from, to int, pager Pager) *SearchView {
	v, g := p.letterBase(groups, current), groups[current]
	v.Path = p.letterPath(g.letter)
	v.Address = p.address(v.Path)
	v.Trail = append(v.Trail, Link{URL: p.site.Search.URL, Title: v.Title})
	v.Letter, v.Groups, v.Pager = g.letter, []Group{{g.letter, p.titles(g, from, to)}}, pager
	v.Title = p.Words("list.part-title", v.Title, g.letter)
	p.onPage(&v.Base, v.Path, pager)
	return v
}

// titles gives some of the titles of a group in their order.
func (p *presenter) titles(g letterGroup, from, to int) (out []Link) {
	entries := slices.Clone(g.entries)
	slices.SortStableFunc(entries, func(x, y *publication.Entry) int { return cmp.Compare(x.Key, y.Key) })
	for _, e := range entries[from:to] {
		out = append(out, p.link(e))
	}
	return out
}
