// Package site decides which pages there are, at which addresses, and what each of them shows.
//
// Plan turns a publication into pages, each with a View: plain data that holds everything the page shows.
// It knows nothing of HTML; the words in it come from the theme.
package site

import (
	"path"
	"slices"
	"strings"

	"leerblad/internal/diag"
	"leerblad/internal/document"
	"leerblad/internal/markdown"
	"leerblad/internal/publication"
)

// Input is what Plan works on.
type Input struct {
	Publication *publication.Publication
	Words       func(key string, args ...any) string // the theme's interface texts
	Assets      map[string]Asset                     // by path in the publication folder
}

// Asset is a file of the publication as the site serves it.
type Asset struct {
	File          string // its path on the site
	Width, Height int    // of a picture, in pixels; 0 if not known
	Copies        []Copy // smaller copies of a picture, smallest first
	Size          int64  // bytes
	ContentType   string
}

// Copy is a smaller copy of a picture.
type Copy struct {
	File  string
	Width int // pixels
}

// Plan is all pages, and what the feeds and other files are made from.
type Plan struct {
	Site    *Site
	Pages   []Page
	Feeds   []Feed
	Data    []*Finding // all findings
	Entries []*Card    // all entries with a page, with complete addresses in URL
	Moved   []Move     // for hosts that redirect by themselves
}

// Move is an old path and the page that stands for it, both on the site.
type Move struct{ From, To string }

// Feed is a feed's place and entries, newest first.
type Feed struct {
	File    string
	Title   string
	Link    string // complete address of the page it follows
	Address string // its own
	Entries []FeedEntry
}

// FeedEntry is an entry in a feed.
type FeedEntry struct {
	Card
	Address string // complete
	Updated string // YYYY-MM-DD
	Authors []string
}

// planner holds what the pages have in common.
type planner struct {
	Input
	pub      *publication.Publication
	site     *Site
	plan     *Plan
	diags    diag.List
	cards    map[*publication.Entry]*Card
	findings map[*publication.Finding]*Finding
	bodies   map[*markdown.Body]Body // without findings
	taken    map[string]string       // what a file belongs to, by its path
	folders  map[string]bool         // that claimed files are in
}

// Make plans the site.
func Make(in Input) (*Plan, diag.List) {
	p := &planner{
		Input: in, pub: in.Publication, cards: map[*publication.Entry]*Card{},
		findings: map[*publication.Finding]*Finding{}, bodies: map[*markdown.Body]Body{}, taken: map[string]string{},
		folders: map[string]bool{},
	}
	p.site = p.newSite()
	p.plan = &Plan{Site: p.site}
	p.kindCards()
	p.fixed()
	p.entries()
	p.lists()
	p.feeds()
	p.aliases()
	for _, f := range p.pub.Findings {
		p.plan.Data = append(p.plan.Data, p.finding(f, nil))
	}
	for _, e := range p.pub.Entries() {
		card := *p.card(e)
		card.URL = p.address(card.URL)
		p.plan.Entries = append(p.plan.Entries, &card)
	}
	return p.plan, p.diags
}

func (p *planner) newSite() *Site {
	s := p.pub.Settings
	site := &Site{
		Title: s.Title, Tagline: s.Tagline, Description: s.Description, Language: s.Language, Root: s.Base(),
		ContactName: s.ContactName, ContactEmail: s.ContactEmail, Year: string(p.pub.Now)[:min(4, len(p.pub.Now))],
	}
	site.Home = Link{URL: site.Root, Title: s.Title}
	site.Search = Link{URL: site.Root + p.word("search") + "/", Title: p.Words("kinds.search")}
	site.Findings = Link{URL: site.Root + p.word("findings") + "/", Title: p.Words("kinds.findings")}
	site.Feed = Link{URL: site.Root + "feed.xml", Title: p.Words("feed.all", s.Title)}
	for _, page := range p.pub.Pages {
		site.Footer = append(site.Footer, Link{URL: site.Root + page.Slug + "/", Title: page.Title})
	}
	return site
}

// word gives the word in URLs for a kind's folder, "findings", "search" or "page".
func (p *planner) word(name string) string { return p.Words("url." + name) }

// section gives the path of the list of a kind.
func (p *planner) section(kind string) string { return p.site.Root + p.word(kind) + "/" }

// path gives the path of an entry's page.
func (p *planner) path(e *publication.Entry) string {
	switch e.Kind {
	case document.Home:
		return p.site.Root
	case document.Pages:
		return p.site.Root + e.Slug + "/"
	}
	return p.section(string(e.Kind)) + e.Slug + "/"
}

// address makes a path on the site complete.
func (p *planner) address(path string) string { return p.pub.Settings.Complete(path) }

// file gives the path of the file that a path on the site is served from.
func (p *planner) file(url string) string {
	f := strings.TrimPrefix(url, p.site.Root)
	if f == "" || strings.HasSuffix(f, "/") {
		f += "index.html"
	}
	return f
}

// target gives the URL that a link leads to, or "".
func (p *planner) target(t publication.Target) string {
	url := ""
	switch {
	case t.Address != "":
		return t.Address
	case t.Entry != nil:
		url = p.path(t.Entry)
	case t.List != "":
		return p.section(t.List)
	case t.File != "":
		url = p.site.Root + p.Assets[t.File].File
	}
	if t.Fragment != "" {
		url += "#" + t.Fragment
	}
	return url
}

// base makes the Base of the page at url.
func (p *planner) base(kind, url, title, lead string) Base {
	b := Base{
		Site: p.site, Kind: kind, Path: url, Title: title, Lead: lead, Description: lead, Address: p.address(url),
		Feed: p.site.Feed,
	}
	if lead == "" {
		b.Description = p.site.Description
	}
	for _, t := range p.pub.Navigation {
		link := Link{URL: p.target(t)}
		if t.Entry != nil {
			link.Title = t.Entry.Title
		} else {
			link.Title = p.Words("kinds." + t.List)
		}
		link.Current = strings.HasPrefix(url, link.URL)
		b.Navigation = append(b.Navigation, link)
	}
	if url != p.site.Root {
		b.Trail = append(b.Trail, Link{URL: p.site.Root, Title: p.Words("kinds.home")})
	}
	if slices.Contains(document.Folders(), kind) && kind != string(document.Pages) {
		if section := p.section(kind); section != url {
			b.Trail = append(b.Trail, Link{URL: section, Title: p.Words("kinds." + kind)})
		}
		if document.Kind(kind).Dated() {
			b.Feed = Link{URL: p.section(kind) + "feed.xml", Title: p.Words("feed.kind", p.Words("kinds."+kind), p.site.Title)}
		}
	}
	return b
}

// add adds a page for the entry or list that owner names. Two owners of one file are an error.
func (p *planner) add(url, template, owner string, view View) bool {
	file := p.file(url)
	if !p.claim(file, owner) {
		return false
	}
	p.plan.Pages = append(p.plan.Pages, Page{File: file, Template: template, View: view})
	return true
}

// claim takes a file for owner; it gives false where the file, or a folder or file in its way, is taken.
func (p *planner) claim(file, owner string) bool {
	file = strings.ToLower(file) // some file systems do not tell capitals apart
	if p.taken[file] != "" || p.folders[file] {
		return false
	}
	for dir := path.Dir(file); dir != "." && dir != "/"; dir = path.Dir(dir) {
		if p.taken[dir] != "" {
			return false
		}
		p.folders[dir] = true
	}
	p.taken[file] = owner
	return true
}

// owner gives what has the page at url.
func (p *planner) owner(url string) string { return p.taken[strings.ToLower(p.file(url))] }

// addEntry adds an entry's page, or reports whose address it has.
func (p *planner) addEntry(e *publication.Entry, template string, view View) {
	if url := p.path(e); !p.add(url, template, e.Top.File.Path, view) {
		p.diags.Add("duplicate-url", e.Top, strings.TrimPrefix(url, p.site.Root), p.owner(url))
	}
}

// picture gives a picture in all its sizes, or nil.
func (p *planner) picture(pic *publication.Picture) *Picture {
	if pic == nil || pic.File == "" {
		return nil
	}
	a := p.Assets[pic.File]
	out := &Picture{
		URL: p.site.Root + a.File, Width: a.Width, Height: a.Height,
		Alt: pic.Alt, Caption: pic.Caption, Credit: pic.Credit,
	}
	if len(a.Copies) > 0 {
		var set []string
		for _, c := range a.Copies {
			set = append(set, p.site.Root+c.File+" "+itoa(c.Width)+"w")
		}
		set = append(set, out.URL+" "+itoa(a.Width)+"w")
		out.SrcSet = strings.Join(set, ", ")
	}
	return out
}

// extension gives the extension of a file in capitals, such as "PDF".
func extension(file string) string { return strings.ToUpper(strings.TrimPrefix(path.Ext(file), ".")) }
