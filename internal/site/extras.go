package site

import (
	"cmp"
	"path"
	"regexp"
	"strings"

	"leerblad/internal/document"
	"leerblad/internal/publication"
)

var aliasForm = regexp.MustCompile(`^/?[A-Za-z0-9._~-]+(/[A-Za-z0-9._~-]+)*/?$`)

// aliases adds a page at every old path, which leads to the entry.
func (p *planner) aliases() {
	for _, e := range p.entries {
		for _, alias := range e.Aliases {
			rel := strings.TrimPrefix(alias.Value, "/")
			if !aliasForm.MatchString(alias.Value) || strings.Contains("/"+rel, "/.") {
				p.diags.Add("bad-alias", alias.Span, alias.Value)
				continue
			}
			if path.Ext(rel) == "" && !strings.HasSuffix(rel, "/") {
				rel += "/"
			}
			url := p.site.Root + rel
			page := p.page(url, "redirect", func(s *sums) { s.name(e) }, func(p *presenter) View { return p.redirect(url, e) })
			page.NoIndex = true
			if !p.add(page, e.Top.File.Path) {
				p.diags.Add("duplicate-url", alias.Span, rel, p.owner(url))
				continue
			}
			p.plan.Moved = append(p.plan.Moved, Move{From: url, To: p.path(e)})
		}
	}
}

func (p *presenter) redirect(url string, e *publication.Entry) *RedirectView {
	v := &RedirectView{Base: p.base("missing", url, e.Title, ""), Target: p.link(e), Canonical: p.address(p.path(e))}
	v.NoIndex = true
	return v
}

// feedSize is the number of entries in a feed.
const feedSize = 30

// feeds adds a feed of all dated kinds and one of each.
func (p *planner) feeds() {
	var all []*publication.Entry
	for _, row := range document.Kinds {
		k := row.Kind
		if k.Row().Dated {
			all = append(all, newestOf(p.of[k])...)
		}
	}
	publication.SortNewest(all)
	p.feed(p.site.Root, p.site.Feed.Title, all)
	for _, row := range document.Kinds {
		k := row.Kind
		if k.Row().Dated {
			p.feed(p.section(string(k)), p.Words("feed.kind", p.Words("kinds."+string(k)), p.site.Title), p.of[k])
		}
	}
}

// newestOf gives as many of the entries of a kind, which has the newest first, as a feed can need: with those of the same
// day as the last, which may come before it in another order.
func newestOf(entries []*publication.Entry) []*publication.Entry {
	n := min(feedSize, len(entries))
	for n > 0 && n < len(entries) && entries[n].Date == entries[n-1].Date {
		n++
	}
	return entries[:n]
}

func (p *planner) feed(url, title string, entries []*publication.Entry) {
	f := Feed{File: strings.TrimPrefix(url, p.site.Root) + "feed.xml", Title: title, Link: p.address(url), Address: p.address(url + "feed.xml")}
	view := presenter{shared: p.shared}
	for _, e := range entries[:min(feedSize, len(entries))] {
		f.Entries = append(f.Entries, FeedEntry{
			Card: *view.card(e), Address: p.address(p.path(e)), Updated: string(cmp.Or(e.Updated, e.Date)), Authors: e.Authors,
		})
	}
	p.claim(f.File, f.File, -1)
	p.plan.Feeds = append(p.plan.Feeds, f)
}

// data gives an entry's page as JSON-LD (schema.org).
func (p *presenter) data(e *publication.Entry, b Base) any {
	organisation := map[string]any{"@type": "Organization", "name": p.site.Title, "url": p.address(p.site.Root)}
	if e.Kind == document.Home {
		return map[string]any{"@context": "https://schema.org", "@type": "WebSite", "name": p.site.Title,
			"description": b.Description, "url": b.Address, "inLanguage": string(p.site.Language)}
	}
	kind := map[document.Kind]string{
		document.Sheets: "Report", document.Documents: "Report", document.Recommendations: "Article", document.Stories: "Article",
		document.Newsletters: "Article", document.Topics: "CollectionPage", document.Regions: "CollectionPage",
	}[e.Kind]
	if kind == "" {
		kind = "WebPage"
	}
	d := map[string]any{"@context": "https://schema.org", "@type": kind, "url": b.Address, "inLanguage": string(p.site.Language),
		"name": e.Title, "publisher": organisation, "isPartOf": map[string]any{"@type": "WebSite", "name": p.site.Title, "url": p.address(p.site.Root)}}
	if kind == "Report" || kind == "Article" {
		d["headline"], d["author"] = e.Title, organisation
	}
	set := func(key, value string) {
		if value != "" {
			d[key] = value
		}
	}
	set("description", e.Summary)
	set("datePublished", string(e.Date))
	set("dateModified", string(e.Updated))
	set("image", b.ImageURL)
	if len(e.Authors) > 0 && d["author"] != nil {
		d["author"] = map[string]any{"@type": "Organization", "name": strings.Join(e.Authors, ", ")}
	}
	return d
}
