package site

import (
	"cmp"
	"slices"

	"leerblad/internal/document"
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
	if len(p.pub.Sheets) > 0 {
		s := p.pub.Sheets[0]
		v.Sheet, v.Counts, v.Findings = p.card(s.Entry), counts(s.Body.Findings), p.findingsOf(s.Body.Findings)
	}
	return v
}

func (p *presenter) missing() *MissingView {
	v := &MissingView{Base: p.base("missing", p.site.Root+"404.html", p.Words("kinds.missing"), ""), Kinds: p.kindLinks()}
	v.NoIndex = true
	return v
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
	for _, k := range document.Kinds {
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
	v := &ListView{Base: p.listBase(k), Intro: p.Words("intro." + string(k)), Total: len(entries), Pager: pager}
	for _, e := range entries[from:to] {
		v.Cards = append(v.Cards, p.card(e))
	}
	p.onPage(&v.Base, p.section(string(k)), pager)
	return v
}

func (p *presenter) findingsPage(sources []*publication.Entry, from, to int, pager Pager) *FindingsView {
	url, name, findings := p.site.Findings.URL, p.word("findings"), p.pub.Findings
	v := &FindingsView{
		Base: p.base("findings", url, p.site.Findings.Title, p.Words("intro.findings")), Total: len(findings),
		Findings: p.findingsOf(findings[from:to]), Counts: counts(findings),
		Reaches: markdown.Reaches, CSV: url + name + ".csv", JSON: url + name + ".json", Pager: pager,
	}
	if pager.Page == 1 { // which has the choices
		v.Topics = p.topicLinks(p.pub.Topics)
		for _, e := range sources {
			v.Sources = append(v.Sources, p.link(e))
		}
	}
	p.onPage(&v.Base, url, pager)
	return v
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
		v.Groups = append(v.Groups, p.group(g))
	}
	return v
}

// letterPage has the titles of the group with index current; -1 for the page that leads to the others.
func (p *presenter) letterPage(groups []letterGroup, current int) *SearchView {
	v := p.searchBase()
	for i, g := range groups {
		v.Letters = append(v.Letters, Link{URL: p.letterPath(g.letter), Title: g.letter, Current: i == current})
	}
	if current < 0 {
		return v
	}
	g := groups[current]
	v.Path = p.letterPath(g.letter)
	v.Address = p.address(v.Path)
	v.Trail = append(v.Trail, Link{URL: p.site.Search.URL, Title: v.Title})
	v.Letter, v.Groups = g.letter, []Group{p.group(g)}
	v.Title = p.Words("list.letter-title", v.Title, g.letter)
	return v
}

func (p *presenter) group(g letterGroup) Group {
	entries := slices.Clone(g.entries)
	slices.SortStableFunc(entries, func(x, y *publication.Entry) int { return cmp.Compare(x.Key, y.Key) })
	out := Group{Letter: g.letter}
	for _, e := range entries {
		out.Links = append(out.Links, p.link(e))
	}
	return out
}
