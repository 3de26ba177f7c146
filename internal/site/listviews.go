package site

import (
	"leerblad/internal/document"
	"leerblad/internal/markdown"
	"leerblad/internal/publication"
)

// homeStories is the number of stories on the start page.
const homeStories = 3

// home is the start page; e is its own text, nil without one.
func (p *presenter) home(e *publication.Entry) *HomeView {
	v := &HomeView{Tiles: onMap(p.tilesFor(nil)), Topics: p.topicLines(), More: p.sections[string(document.Stories)].Link}
	stories := p.pub.Of(document.Stories)
	v.Stories = p.cardsOf(stories[:min(homeStories, len(stories))])
	if e != nil {
		v.Base, v.Body, v.Changes = p.entryBase(e), p.body(e.Body, e), changes(e)
	} else {
		v.Base = p.base("home", p.site.Root, p.site.Title, "")
	}
	for _, k := range document.Which(func(r *document.Row) bool { return r.Dated }) {
		v.News = append(v.News, p.newsOf(k)...)
	}
	if sheets := p.pub.Of(document.Sheets); len(sheets) > 0 {
		v.Sheet, v.Findings = p.card(sheets[0]), p.findingsOf(sheets[0].Body.Findings)
	}
	return v
}

// newsOf gives the news of a kind, if it has any.
func (p *presenter) newsOf(k document.Kind) []News {
	const most = 20
	all := p.pub.Of(k)
	if len(all) == 0 || !k.Row().Dated {
		return nil
	}
	n := News{Link: p.sections[string(k)].Link, More: len(all) > most}
	for _, e := range all[:min(most, len(all))] {
		n.Dates = append(n.Dates, e.Date)
	}
	return []News{n}
}

func (p *presenter) missing() *MissingView {
	// Search engines keep no page that comes with the status 404; for its own address package feed tells hosts to say so.
	return &MissingView{Base: p.base("missing", p.site.Root+"404.html", p.Words("kinds.missing"), ""), Kinds: p.kindLinks()}
}

func (p *presenter) topicLines() []TopicLine {
	var out []TopicLine
	for _, t := range p.pub.Of(document.Topics) {
		out = append(out, TopicLine{p.link(t), t.Summary, counts(t.Findings)})
	}
	return out
}

// kindLinks gives links to the lists of all kinds that have entries, and to the findings.
func (p *presenter) kindLinks() []Link {
	var out []Link
	for i := range document.Kinds {
		if r := &document.Kinds[i]; r.List != "" && len(p.pub.Of(r.Kind)) > 0 {
			out = append(out, p.sections[string(r.Kind)].Link)
		}
	}
	return append(out, p.site.Findings)
}

func (p *presenter) listBase(k document.Kind) Base {
	section := p.sections[string(k)]
	return p.base(string(k), section.URL, section.Title, p.Words("intro."+string(k)))
}

// onPage turns the base of a list's first page at url into that of another page.
func (p *presenter) onPage(b *Base, url string, pager Pager) {
	if pager.Page == 1 {
		return
	}
	b.Trail = append(b.Trail, Link{URL: url, Title: b.Title, Language: b.Language})
	b.Path = pager.URL
	b.Address = p.address(b.Path)
	b.Title = p.Words("list.page-title", b.Title, pager.Page)
	b.Data, b.Describes = nil, ""
}

func (p *presenter) list(k document.Kind, entries []*publication.Entry, from, to int, pager Pager) *ListView {
	v := &ListView{Base: p.listBase(k), Intro: p.Words("intro." + string(k)), Total: len(entries), Cards: p.cardsOf(entries[from:to]), Pager: pager}
	if pager.Page == 1 {
		v.News = p.newsOf(k)
	}
	p.onPage(&v.Base, p.sections[string(k)].URL, pager)
	return v
}

// seriesPage is a page of the list of the entries of a kind that belong to e.
func (p *presenter) seriesPage(e *publication.Entry, k document.Kind, entries []*publication.Entry, from, to int, pager Pager) *ListView {
	url := p.seriesPath(e, k)
	v := &ListView{
		Base:  p.base("list", url, p.Words("list.part-title", p.sections[string(k)].Title, e.Title), ""),
		Total: len(entries), Cards: p.cardsOf(entries[from:to]), Pager: pager,
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
		files := NewDataFiles(p.word("findings"))
		v.CSV, v.JSON, v.Columns, v.Schema = p.site.Root+files.CSV, p.site.Root+files.JSON, p.site.Root+files.Columns, p.site.Root+files.Schema
		v.Describes, v.Data = p.site.Root+files.Catalog, p.dataOfFindings()
		if license := p.pub.Settings.License.Value; license != "" {
			v.License = Link{URL: license, Title: licenseName(license)}
		}
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
		Index: p.site.Root + NewDataFiles(p.word("findings")).Filter, Next: url + p.word("page") + "/", PageSize: pageSize,
		Valences: markdown.Valences, Topics: p.links(p.pub.Of(document.Topics)), Reaches: markdown.Reaches, Years: years(findings),
	}
	for _, g := range newestSources(findings) {
		if link := p.link(g.Entry); len(f.Sources) == 0 || f.Sources[len(f.Sources)-1] != link {
			f.Sources = append(f.Sources, link)
		}
	}
	return f
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
		Kinds: p.kindLinks(), Topics: p.links(p.pub.Of(document.Topics)),
		Facets: Facets{append(document.Folders(), "findings", string(document.Home)), markdown.Valences},
	}
}

// search has all titles on one page.
func (p *presenter) search(groups []letterGroup) *SearchView {
	v := p.searchBase()
	for _, g := range groups {
		v.Letters = append(v.Letters, Link{URL: "#letter_" + letterID(g.letter), Title: g.letter})
		v.Groups = append(v.Groups, Group{g.letter, p.titles(g, 0, g.n)})
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
	return p.links(g.entries()[from:to])
}
