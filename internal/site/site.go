// Package site decides which pages there are, at which addresses, and what each of them shows.
//
// Make turns a publication into a plan: pages, each with a function that makes its View when it is wanted. A View is plain data that holds
// everything the page shows, so its digest says whether the page has changed. The package knows nothing of HTML; the words in it come from
// the theme.
//
// planner decides on the pages (site.go, entries.go, lists.go, extras.go); presenter makes Views (present.go, listviews.go) from what many of
// them show (card.go, body.go, parts.go, chart.go); both rest on shared, which knows addresses and words, and keeps cards and findings.
package site

import (
	"cmp"
	"hash/maphash"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"

	"leerblad/internal/diag"
	"leerblad/internal/digest"
	"leerblad/internal/document"
	"leerblad/internal/publication"
	"leerblad/internal/source"
)

// Input is what Plan works on.
type Input struct {
	Publication *publication.Publication
	Words       func(key string, args ...any) string // the theme's interface texts
	Assets      map[string]Asset                     // by path in the publication folder
	Theme       string                               // a digest of the theme
	Seed        maphash.Seed                         // of digests

	// PDF gives the size in bytes of a sheet's PDF by its file on the site, 0 where it is not made yet; ok is false where there is none. Views
	// ask it. It is nil where sheets have no PDFs.
	PDF func(file string) (size int64, ok bool)

	// Poster gives the file on the site of the picture with a text; it is nil where none are made.
	Poster func(PosterText) string
}

// Asset is a file of the publication as the site serves it.
type Asset struct {
	File          string // its path on the site
	Width, Height int    // of a picture, in pixels; 0 if not known
	Transparent   bool   // of a picture: what is behind it may show through
	Copies        []Copy // smaller copies of a picture, smallest first
	Mail          Copy   // of a picture that a mail shows; zero where there is no such copy
	Size          int64  // bytes
	ContentType   string
}

// Copy is a smaller copy of a picture.
type Copy struct {
	File  string
	Width int   // pixels
	Size  int64 // bytes
}

// Plan is all pages, and what the feeds and other files are made from.
type Plan struct {
	Site    *Site
	Pages   []Page
	Issues  []Issue               // newest first
	Prints  []Print               // newest first
	Posters map[string]PosterText // by file
	Feeds   []Feed
	Rows    func() []Row // all findings in the order of Publication.Findings, made when they are first wanted
	Entries int          // that have a page
	Moved   []Move       // for hosts that redirect by themselves

	shared  *shared
	claimed map[string]claim
}

// Page gives the page in a file of the site.
func (p *Plan) Page(file string) (Page, bool) {
	c, ok := p.claimed[strings.ToLower(file)]
	if !ok || c.page < 0 || p.Pages[c.page].File != file {
		return Page{}, false
	}
	return p.Pages[c.page], true
}

// Sum gives the digest of all that a page shows. Several goroutines may call it.
func (p *Plan) Sum(page Page) digest.Sum {
	return digest.Of(p.shared.Seed, page.Template, p.shared.Theme, page.View())
}

// IssueSum gives the digest of all that the mail of an issue shows, and of where that was written. Several goroutines may call it.
func (p *Plan) IssueSum(i Issue) digest.Sum {
	return digest.Of(p.shared.Seed, p.shared.Theme, i.View(), &p.shared.pub.Settings.Newsletter.Profile)
}

// Path gives the path on the site of an entry's page.
func (p *Plan) Path(e *publication.Entry) string { return p.shared.path(e) }

// Move is an old path, the file that answers there, and the path of the page that stands for it.
type Move struct{ File, From, To string }

// Print is a page as it is printed into a PDF, which does not tell of itself.
type Print struct {
	Page
	PDF     string // its file on the site
	Address string // of the page, complete
	Source  source.Span
	Title   string
	Author  string
}

// Feed is a feed's place and entries, newest first.
type Feed struct {
	File    string
	Title   string
	Link    string // complete address of the page it follows
	Address string // its own
	Entries func() []FeedEntry
}

// FeedEntry is an entry in a feed.
type FeedEntry struct {
	*Card
	Address string // complete
	Updated string // YYYY-MM-DD
	Authors []string
	PDF     *File // its URL is complete; nil where there is none
}

// shared is what planner and presenter know of the site. What is made when it is wanted apart, it does not change once it is made.
type shared struct {
	Input
	pub      *publication.Publication
	site     *Site
	sections map[string]section        // by kind, "findings" or "search"
	paths    []string                  // of the entries' pages, by Entry.Index
	cards    []atomic.Pointer[Card]    // by Entry.Index; nil before the first that is wanted
	rows     func() []Row              // by Finding.Index
	posters  []*Poster                 // that are made, by Entry.Index; nil for entries with a picture
	poster   *Poster                   // of the site
	findings []atomic.Pointer[Finding] // away from their own pages, by Finding.Index; as above
}

// section is the list of a kind, the findings or the search page: its link and that of its feed, if it has one.
type section struct {
	Link
	feed Link
}

// planner collects the pages.
type planner struct {
	*shared
	plan    *Plan
	diags   diag.List
	folders map[string]bool // that claimed files are in
}

// claim says what a file of the site belongs to, and which page it is; -1 for a file that is no page.
type claim struct {
	owner string
	page  int
}

// Make plans the site.
func Make(in Input) (*Plan, diag.List) {
	s := newShared(in)
	n := len(s.pub.Entries)
	p := &planner{
		shared: s, folders: make(map[string]bool, n),
		plan: &Plan{Site: s.site, Entries: n, shared: s, Rows: s.rows, claimed: make(map[string]claim, n+n/4)},
	}
	p.posters()
	p.fixed()
	p.entryPages()
	p.lists()
	p.feeds()
	p.issues()
	p.aliases()
	return p.plan, p.diags
}

// footerPages is the number of ordinary pages that the foot of every page has; the others are found by searching, or by their titles.
const footerPages = 100

func newShared(in Input) *shared {
	pub := in.Publication
	s := &shared{
		Input: in, pub: pub, sections: map[string]section{}, paths: make([]string, len(pub.Entries)),
		cards: make([]atomic.Pointer[Card], len(pub.Entries)), findings: make([]atomic.Pointer[Finding], len(pub.Findings)),
	}
	s.rows = sync.OnceValue(func() []Row {
		rows := make([]Row, len(pub.Findings))
		for i, f := range pub.Findings {
			rows[i] = s.makeRow(f)
		}
		return rows
	})
	set := pub.Settings
	root := set.Base()
	for _, name := range append(document.Folders(), "findings", "search") {
		list := section{Link: Link{URL: root + s.word(name) + "/", Title: s.Words("kinds." + name)}}
		if document.Kind(name).Row().Dated {
			list.feed = Link{URL: list.URL + "feed.xml", Title: s.Words("feed.kind", list.Title, set.Title)}
		}
		s.sections[name] = list
	}
	for i, e := range pub.Entries {
		switch e.Kind {
		case document.Home:
			s.paths[i] = root
		case document.Pages:
			s.paths[i] = root + e.Slug + "/"
		default:
			s.paths[i] = s.sections[string(e.Kind)].URL + e.Slug + "/"
		}
	}
	s.site = &Site{
		Title: set.Title, Tagline: set.Tagline, Description: set.Description, Language: set.Language, Root: root,
		ContactName: set.ContactName, ContactEmail: set.ContactEmail, Year: string(pub.Now)[:min(4, len(pub.Now))],
		Home:     Link{URL: root, Title: set.Title},
		Search:   s.sections["search"].Link,
		Findings: s.sections["findings"].Link,
		Feed:     Link{URL: root + "feed.xml", Title: s.Words("feed.all", set.Title)},
	}
	pages := pub.Of(document.Pages)
	for _, page := range pages[:min(footerPages, len(pages))] {
		s.site.Footer = append(s.site.Footer, s.link(page))
	}
	return s
}

// word gives the word in URLs for a kind's folder, "findings", "search" or "page".
func (s *shared) word(name string) string { return s.Words("url." + name) }

// path gives the path of an entry's page.
func (s *shared) path(e *publication.Entry) string { return s.paths[e.Index] }

// link gives an entry as its title with a link.
func (s *shared) link(e *publication.Entry) Link {
	return Link{URL: s.path(e), Title: e.Title, Language: e.Language}
}

// address makes a path on the site complete.
func (s *shared) address(path string) string { return s.pub.Settings.Complete(path) }

// file gives the path of the file that a path on the site is served from.
func (s *shared) file(url string) string {
	f := strings.TrimPrefix(url, s.site.Root)
	if f == "" || strings.HasSuffix(f, "/") {
		f += "index.html"
	}
	return f
}

// target gives the URL that a link leads to, or "".
func (s *shared) target(t publication.Target) string {
	path := ""
	switch {
	case t.Address != "":
		return t.Address
	case t.Entry != nil:
		path = s.path(t.Entry)
	case t.List != "":
		return s.sections[t.List].URL
	case t.File != "":
		path = s.site.Root + s.Assets[t.File].File
	}
	return path + hash(t.Fragment)
}

// at gives the URL of a heading or finding on an entry's page.
func (s *shared) at(e *publication.Entry, id string) string { return s.path(e) + hash(id) }

// hash gives an id as it stands at the end of a URL, "" for none.
func hash(id string) string {
	if id == "" {
		return ""
	}
	return "#" + (&url.URL{Fragment: id}).EscapedFragment()
}

// add adds a page for the entry or list that owner names. It gives false, and adds nothing, where the file is taken.
func (p *planner) add(page Page, owner string) bool {
	page.File = p.file(page.Path)
	if !p.claim(page.File, owner, len(p.plan.Pages)) {
		return false
	}
	p.plan.Pages = append(p.plan.Pages, page)
	return true
}

// claim takes a file for owner; it gives false where the file, or a folder or file in its way, is taken.
func (p *planner) claim(file, owner string, page int) bool {
	file = strings.ToLower(file) // some file systems do not tell capitals apart
	if _, taken := p.plan.claimed[file]; taken || p.folders[file] {
		return false
	}
	for dir := parent(file); dir != "" && !p.folders[dir]; dir = parent(dir) {
		if _, taken := p.plan.claimed[dir]; taken {
			return false
		}
	}
	for dir := parent(file); dir != "" && !p.folders[dir]; dir = parent(dir) {
		p.folders[dir] = true
	}
	p.plan.claimed[file] = claim{owner, page}
	return true
}

// parent gives the folder above a path on the site, "" for the site itself.
func parent(file string) string { return file[:max(0, strings.LastIndexByte(file, '/'))] }

// owner gives what has the page at url.
func (p *planner) owner(url string) string {
	return p.plan.claimed[strings.ToLower(p.file(url))].owner
}

// addEntry adds an entry's page, or reports whose address it has.
func (p *planner) addEntry(e *publication.Entry) {
	page := p.entryPage(e, p.path(e), func(p *presenter) View { return p.page(e) })
	if !p.add(page, e.Top.File.Path) {
		p.diags.Add("duplicate-url", e.Top, strings.TrimPrefix(page.Path, p.site.Root), p.owner(page.Path))
	}
}

// entryPage makes a page of an entry.
func (p *planner) entryPage(e *publication.Entry, url string, view func(*presenter) View) Page {
	page := p.page(url, e.Kind.Row().Layout, view)
	page.NoIndex, page.Modified = e.Unpublished != "", cmp.Or(e.Updated, e.Date)
	return page
}

// page makes a page whose view is made when it is wanted.
func (p *planner) page(url, template string, view func(*presenter) View) Page {
	s := p.shared
	return Page{Path: url, Template: template, View: func() View { return view(&presenter{shared: s}) }}
}
