package site

import (
	"cmp"
	"path"
	"regexp"
	"strconv"
	"strings"

	"leerblad/internal/document"
	"leerblad/internal/publication"
)

var aliasForm = regexp.MustCompile(`^/?[A-Za-z0-9._~-]+(/[A-Za-z0-9._~-]+)*/?$`)

// aliases adds a page at every old path, which leads to the entry.
func (p *planner) aliases() {
	for _, e := range p.pub.Entries {
		for _, alias := range e.Meta.Aliases {
			rel := strings.TrimPrefix(alias.Value, "/")
			if !aliasForm.MatchString(alias.Value) || strings.Contains("/"+rel, "/.") {
				p.diags.Add("bad-alias", alias.Span, alias.Value)
				continue
			}
			if path.Ext(rel) == "" && !strings.HasSuffix(rel, "/") {
				rel += "/"
			}
			url := p.site.Root + rel
			page := p.page(url, "redirect", func(p *presenter) View { return p.redirect(url, e) })
			page.NoIndex = true
			if !p.add(page, e.Top.File.Path) {
				p.diags.Add("duplicate-url", alias.Span, rel, p.owner(url))
				continue
			}
			p.plan.Moved = append(p.plan.Moved, Move{File: page.File, From: url, To: p.path(e)})
		}
	}
}

func (p *presenter) redirect(url string, e *publication.Entry) *RedirectView {
	v := &RedirectView{Base: p.base("missing", url, e.Title, ""), Target: p.link(e), Canonical: p.address(p.path(e))}
	v.Language, v.NoIndex = e.Language, true
	return v
}

// feedSize is the number of entries in a feed.
const feedSize = 30

// feeds adds a feed of all dated kinds and one of each.
func (p *planner) feeds() {
	var all []*publication.Entry
	dated := document.Which(func(r *document.Row) bool { return r.Dated })
	for _, k := range dated {
		all = append(all, newestOf(p.pub.Of(k))...)
	}
	publication.SortNewest(all)
	p.feed(p.site.Root, p.site.Feed.Title, all)
	for _, k := range dated {
		section := p.sections[string(k)]
		p.feed(section.URL, section.feed.Title, p.pub.Of(k))
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
	entries = entries[:min(feedSize, len(entries))]
	f.Entries = func() (out []FeedEntry) {
		for _, e := range entries {
			x := FeedEntry{
				Card: view.card(e), Address: view.address(view.path(e)), Updated: string(cmp.Or(e.Updated, e.Date)), Authors: document.Values(e.Meta.Authors),
			}
			if x.PDF = view.pdf(e); x.PDF != nil {
				x.PDF.URL = view.address(x.PDF.URL)
			}
			out = append(out, x)
		}
		return out
	}
	p.claim(f.File, f.File, -1)
	p.plan.Feeds = append(p.plan.Feeds, f)
}

// Data is what machines read on a page, as JSON-LD (schema.org).
type Data struct {
	Context       string  `json:"@context,omitempty"`
	Type          string  `json:"@type"`
	Author        *Data   `json:"author,omitempty"`
	Modified      string  `json:"dateModified,omitempty"`
	Published     string  `json:"datePublished,omitempty"`
	Description   string  `json:"description,omitempty"`
	Distributions []*Data `json:"distribution,omitempty"`
	Encoding      *Data   `json:"encoding,omitempty"`
	ContentSize   string  `json:"contentSize,omitempty"`
	ContentURL    string  `json:"contentUrl,omitempty"`
	Format        string  `json:"encodingFormat,omitempty"`
	Headline      string  `json:"headline,omitempty"`
	Image         string  `json:"image,omitempty"`
	Language      string  `json:"inLanguage,omitempty"`
	License       string  `json:"license,omitempty"`
	PartOf        *Data   `json:"isPartOf,omitempty"`
	Name          string  `json:"name"`
	Publisher     *Data   `json:"publisher,omitempty"`
	URL           string  `json:"url,omitempty"`
}

// data gives an entry's page as JSON-LD.
func (p *presenter) data(e *publication.Entry, b Base) *Data {
	d := &Data{Context: "https://schema.org", Type: e.Kind.Row().Schema, URL: b.Address, Language: cmp.Or(e.Language, string(p.site.Language)), Name: e.Title}
	if e.Kind == document.Home {
		d.Name, d.Description = p.site.Title, b.Description
		return d
	}
	d.Publisher = &Data{Type: "Organization", Name: p.site.Title, URL: p.address(p.site.Root)}
	d.PartOf = &Data{Type: "WebSite", Name: p.site.Title, URL: d.Publisher.URL}
	if d.Type == "Report" || d.Type == "Article" {
		d.Headline, d.Author = e.Title, d.Publisher
		if len(b.Authors) > 0 {
			d.Author = &Data{Type: "Organization", Name: strings.Join(b.Authors, ", ")}
		}
	}
	if f := p.pdf(e); f != nil {
		d.Encoding = &Data{Type: "MediaObject", Name: e.Slug + ".pdf", ContentURL: p.address(f.URL), Format: "application/pdf"}
		if f.Size > 0 {
			d.Encoding.ContentSize = strconv.FormatInt(f.Size, 10) + " B"
		}
	}
	d.Description, d.Published, d.Modified = e.Summary, string(e.Date), string(e.Updated)
	if b.Poster != nil {
		d.Image = b.Poster.URL
	}
	return d
}
