// Package site decides which pages there are, at which addresses, and what each of them shows.
//
// Make turns a publication into a plan: pages, each with a function that makes its View when it is wanted, and a Sum that
// says whether that View has changed. A View is plain data that holds everything the page shows. The package knows
// nothing of HTML; the words in it come from the theme.
//
// planner decides on the pages (site.go, entries.go, lists.go, extras.go) and their sums (sum.go); presenter makes Views
// (present.go, parts.go); both rest on shared, which knows addresses and words.
package site

import (
	"cmp"
	"hash/maphash"
	"iter"
	"strings"

	"leerblad/internal/diag"
	"leerblad/internal/document"
	"leerblad/internal/publication"
)

// Input is what Plan works on.
type Input struct {
	Publication *publication.Publication
	Words       func(key string, args ...any) string // the theme's interface texts
	Assets      map[string]Asset                     // by path in the publication folder
	Theme       string                               // a digest of the theme
	Seed        maphash.Seed                         // of the pages' sums
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
	Site     *Site
	Pages    []Page
	Issues   []Issue // newest first
	Feeds    []Feed
	Findings iter.Seq[*Finding] // all findings, made one by one
	Entries  int                // that have a page
	Moved    []Move             // for hosts that redirect by themselves

	shared  *shared
	sums    *sums
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

// IssueSum gives the digest of all that an issue shows. Several goroutines may call it.
func (p *Plan) IssueSum(i Issue) Sum { return p.sums.page(Page{Template: "mail", sum: i.sum}) }

// Sum gives the digest of all that a page shows. Several goroutines may call it.
func (p *Plan) Sum(page Page) Sum { return p.sums.page(page) }

// Path gives the path on the site of an entry's page.
func (p *Plan) Path(e *publication.Entry) string { return p.shared.path(e) }

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

// shared is what planner and presenter know of the site. It does not change once it is made.
type shared struct {
	Input
	pub      *publication.Publication
	site     *Site
	sections map[string]string                      // paths of the lists, by kind
	entries  []*publication.Entry                   // all, in the order of the kinds
	of       map[document.Kind][]*publication.Entry // by kind
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
	n := len(s.entries)
	p := &planner{
		shared: s, folders: make(map[string]bool, n),
		plan: &Plan{Site: s.site, Entries: n, shared: s, sums: newSums(s), claimed: make(map[string]claim, n+n/4)},
	}
	p.fixed()
	p.entryPages()
	p.lists()
	p.feeds()
	p.issues()
	p.aliases()
	p.plan.Findings = func(yield func(*Finding) bool) {
		p := presenter{shared: s}
		for _, f := range s.pub.Findings {
			if !yield(p.finding(f, nil)) {
				return
			}
		}
	}
	return p.plan, p.diags
}

func newShared(in Input) *shared {
	s := &shared{
		Input: in, pub: in.Publication, sections: map[string]string{}, entries: in.Publication.Entries(), of: map[document.Kind][]*publication.Entry{},
	}
	for _, e := range s.entries {
		s.of[e.Kind] = append(s.of[e.Kind], e)
	}
	set := s.pub.Settings
	root := set.Base()
	for _, k := range document.Folders() {
		s.sections[k] = root + s.word(k) + "/"
	}
	s.sections["findings"], s.sections["search"] = root+s.word("findings")+"/", root+s.word("search")+"/"
	s.site = &Site{
		Title: set.Title, Tagline: set.Tagline, Description: set.Description, Language: set.Language, Root: root,
		ContactName: set.ContactName, ContactEmail: set.ContactEmail, Year: string(s.pub.Now)[:min(4, len(s.pub.Now))],
		Home:     Link{URL: root, Title: set.Title},
		Search:   Link{URL: s.sections["search"], Title: s.Words("kinds.search")},
		Findings: Link{URL: s.sections["findings"], Title: s.Words("kinds.findings")},
		Feed:     Link{URL: root + "feed.xml", Title: s.Words("feed.all", set.Title)},
	}
	for _, page := range s.pub.Pages {
		s.site.Footer = append(s.site.Footer, s.link(page.Entry))
	}
	return s
}

// word gives the word in URLs for a kind's folder, "findings", "search" or "page".
func (s *shared) word(name string) string { return s.Words("url." + name) }

// section gives the path of the list of a kind, "findings" or "search".
func (s *shared) section(kind string) string { return s.sections[kind] }

// path gives the path of an entry's page.
func (s *shared) path(e *publication.Entry) string {
	switch e.Kind {
	case document.Home:
		return s.pub.Settings.Base()
	case document.Pages:
		return s.pub.Settings.Base() + e.Slug + "/"
	}
	return s.sections[string(e.Kind)] + e.Slug + "/"
}

// link gives an entry as its title with a link.
func (s *shared) link(e *publication.Entry) Link { return Link{URL: s.path(e), Title: e.Title} }

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
	url := ""
	switch {
	case t.Address != "":
		return t.Address
	case t.Entry != nil:
		url = s.path(t.Entry)
	case t.List != "":
		return s.section(t.List)
	case t.File != "":
		url = s.site.Root + s.Assets[t.File].File
	}
	if t.Fragment != "" {
		url += "#" + t.Fragment
	}
	return url
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
func (p *planner) addEntry(e *publication.Entry, template string, sum func(*sums), view func(*presenter) View) {
	page := p.entryPage(e, p.path(e), template, sum, view)
	if !p.add(page, e.Top.File.Path) {
		p.diags.Add("duplicate-url", e.Top, strings.TrimPrefix(page.Path, p.site.Root), p.owner(page.Path))
	}
}

// entryPage makes a page of an entry.
func (p *planner) entryPage(e *publication.Entry, url, template string, sum func(*sums), view func(*presenter) View) Page {
	page := p.page(url, template, sum, view)
	page.NoIndex, page.Modified = e.Unpublished != "", cmp.Or(e.Updated, e.Date)
	return page
}

// page makes a page whose sum and view are made when they are wanted.
func (p *planner) page(url, template string, sum func(*sums), view func(*presenter) View) Page {
	s := p.shared
	return Page{Path: url, Template: template, sum: sum, View: func() View { return view(&presenter{shared: s}) }}
}
