package site

import (
	"path"
	"regexp"
	"strings"

	"leerblad/internal/document"
	"leerblad/internal/publication"
)

var aliasForm = regexp.MustCompile(`^/?[A-Za-z0-9._~-]+(/[A-Za-z0-9._~-]+)*/?$`)

// aliases adds a page at every old path, which leads to the entry.
func (p *planner) aliases() {
	for _, e := range p.pub.Entries() {
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
			v := &RedirectView{Base: p.base("missing", url, e.Title, ""), Target: Link{URL: p.path(e), Title: e.Title}, Canonical: p.address(p.path(e))}
			v.NoIndex = true
			if !p.add(url, "redirect", e.Top.File.Path, v) {
				p.diags.Add("duplicate-url", alias.Span, rel, p.owner(url))
				continue
			}
			p.plan.Moved = append(p.plan.Moved, Move{From: url, To: p.path(e)})
		}
	}
}

// feedSize is the number of entries in a feed.
const feedSize = 30

// feeds adds a feed of all dated kinds and one of each.
func (p *planner) feeds() {
	var all []*publication.Entry
	byKind := map[document.Kind][]*publication.Entry{}
	for _, e := range p.pub.Entries() {
		if e.Kind.Dated() {
			all = append(all, e)
			byKind[e.Kind] = append(byKind[e.Kind], e)
		}
	}
	publication.SortNewest(all)
	p.feed(p.site.Root, p.site.Feed.Title, all)
	for _, k := range document.Kinds {
		if k.Dated() {
			p.feed(p.section(string(k)), p.Words("feed.kind", p.Words("kinds."+string(k)), p.site.Title), byKind[k])
		}
	}
}

func (p *planner) feed(url, title string, entries []*publication.Entry) {
	f := Feed{File: strings.TrimPrefix(url, p.site.Root) + "feed.xml", Title: title, Link: p.address(url), Address: p.address(url + "feed.xml")}
	for _, e := range entries[:min(feedSize, len(entries))] {
		updated := e.Date
		if e.Updated != "" {
			updated = e.Updated
		}
		f.Entries = append(f.Entries, FeedEntry{
			Card: *p.card(e), Address: p.address(p.path(e)), Updated: string(updated), Authors: e.Authors,
		})
	}
	p.claim(f.File, f.File)
	p.plan.Feeds = append(p.plan.Feeds, f)
}

// data gives an entry's page as JSON-LD (schema.org).
func (p *planner) data(e *publication.Entry, b Base) any {
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
