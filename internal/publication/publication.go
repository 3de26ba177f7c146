// Package publication turns documents into one Publication: entries of known kinds, sorted, with every
// reference between them resolved both ways.
//
// Only published entries are in it. A reference to anything else is a diagnostic at the place where the
// editor wrote it. After Assemble nothing changes.
package publication

import (
	"leerblad/internal/chart"
	"leerblad/internal/diag"
	"leerblad/internal/document"
	"leerblad/internal/frontmatter"
	"leerblad/internal/markdown"
	"leerblad/internal/source"
)

// Publication is everything that a build publishes. Of kinds with dates the newest entry comes first, the others go by order and title.
type Publication struct {
	Settings    Settings
	Now         frontmatter.Day // the build's day
	Home        *Entry          // nil without an index.md
	Entries     []*Entry        // all that have a page, in the order of the kinds, Home first
	Findings    []*Finding      // those of the newest entry first, each entry's in the order of its text
	Files       []Use           // every file that an entry shows or links to, by path, once
	Image       *Picture        // of the settings; nil without one
	Navigation  []Target
	LeftOut     LeftOut
	Unpublished []Unpublished
	Hints       []diag.List // of the published entries

	of map[document.Kind][]*Entry
}

// Of gives the entries of a kind, in their order.
func (p *Publication) Of(k document.Kind) []*Entry { return p.of[k] }

// LeftOut counts the entries that are not published. Until has the day of each that is scheduled, the first one first.
type LeftOut struct {
	Drafts, Expired int
	Until           []frontmatter.Day
}

// Written gives the entry that is written in the text at a path, or nil.
func (p *Publication) Written(path string) *Entry {
	for _, e := range p.Entries {
		if e.doc.File.Path == path {
			return e
		}
	}
	return nil
}

// Unpublished is an entry that is left out, and why: "draft", "scheduled" or "expired".
type Unpublished struct {
	*document.Document
	Why string
}

// Due gives the next day on which entries appear or expire, and how many do; "" if none ever will.
func (p *Publication) Due() (day frontmatter.Day, appear, expire int) {
	count := func(d frontmatter.Day, n *int) {
		if day == "" || d < day {
			day, appear, expire = d, 0, 0
		}
		if d == day {
			*n++
		}
	}
	for _, e := range p.Entries {
		if end := e.Meta.Expires.Day; end != "" {
			count(end, &expire)
		}
	}
	for _, u := range p.Unpublished {
		if u.Why == "scheduled" && (u.Meta.Expires.Day == "" || u.Meta.Expires.Day > u.Meta.Date.Day) {
			count(u.Meta.Date.Day, &appear)
		}
	}
	return day, appear, expire
}

// Entry is one entry of any kind. What only some kinds have is empty in others.
type Entry struct {
	Kind           document.Kind
	Slug           string
	Title, Summary string
	Language       string // a tag of package lang; "" for the publication's
	Date, Updated  frontmatter.Day
	Meta           *document.Meta // as its editor wrote it; what refers to anything is resolved below
	Image          *Picture       // nil without one
	Topics         []*Entry
	Regions        []*Entry
	Body           Body
	Top            source.Span // where a problem of the entry as a whole is reported
	Unpublished    string      // "draft", "scheduled" or "expired" for an entry that is there only because the options ask for it
	Key            string      // its title as a slug, by which titles are sorted
	Index          int         // its place in Publication.Entries

	Report   Report     // of a sheet
	Sheet    *Entry     // of a recommendation: that it belongs to
	Evidence []Evidence // of a recommendation
	Media    []Media    // of a story
	File     string     // of a document
	Items    []Item     // of a newsletter

	Findings        []*Finding // of a topic: those on it
	Recommendations []*Entry   // of a sheet, in order, or document: that belong to it or rest on it as a whole; of a story: that it links to or that rest on it
	Stories         []*Entry   // of a recommendation: that link to it or that it rests on
	Sheets          []*Entry   // of a document: whose report it is
	Neighbours      []*Entry   // of a region: whose tiles touch its own, by title

	doc   *document.Document
	ref   string
	under map[document.Kind][]*Entry
}

// Titles gives the titles of entries.
func Titles(entries []*Entry) (out []string) {
	for _, e := range entries {
		out = append(out, e.Title)
	}
	return out
}

// Under gives the entries of a kind that name e, a topic or region, in their order.
func (e *Entry) Under(k document.Kind) []*Entry { return e.under[k] }

// Tile gives a region's place on the tile map, from 1; 0 without one.
func (e *Entry) Tile() (column, row int) {
	if t := e.Meta.Tile; len(t) == 2 {
		return t[0].Value, t[1].Value
	}
	return 0, 0
}

// Reference gives <kind>/<slug>.
func (e *Entry) Reference() string { return e.ref }

// Place is what its path says of it.
func (e *Entry) Place() document.Place { return e.doc.Place }

// Source gives the file in which the entry is written.
func (e *Entry) Source() *source.File { return e.doc.File }

// Tree gives the body of a newsletter as a tree.
func (e *Entry) Tree() markdown.Node { return e.doc.Tree }

// Body is a body with what its holes refer to; the lists run parallel to those of the compiled body.
type Body struct {
	*markdown.Body
	Language string       // the entry's
	File     *source.File // in which it stands; nil for a text within front matter
	Links    []Target
	Pictures []*Picture
	Cards    []Target
	Charts   []Chart
	Findings []*Finding
	Moved    []Target
}

// Chart is a chart, nil for one in which something is wrong, and the path of the file that its table is from.
type Chart struct {
	*chart.Chart
	File string
}

// Target is what a link leads to: an entry (perhaps at a fragment), a list of a kind, a file of the publication, or
// an address elsewhere. A broken link's Target is zero.
type Target struct {
	Entry    *Entry
	Fragment string
	List     string // a kind's folder, "findings" or "search"
	File     string
	Address  string
}

// Picture is a picture with its texts. Alt is empty for decoration.
type Picture struct {
	File, Alt, Caption, Credit string
	Pieces                     []markdown.Words // as of a markdown.Picture
}

// Use is a file that an entry shows or links to, and the first place where one does.
type Use struct {
	Path    string
	Picture bool // it must be a picture that can be shown
	Mail    bool // a newsletter's mail shows it
	Span    source.Span
}

// Finding is one finding.
type Finding struct {
	markdown.Finding
	Entry           *Entry
	Topics          []*Entry
	Follows         *Finding
	FollowedBy      []*Finding
	Recommendations []*Entry // those that rest on it
	Index           int      // its place in Publication.Findings
}

// Evidence is something that a recommendation rests on: a finding, or else an entry.
type Evidence struct {
	Finding *Finding
	Entry   *Entry
}

// Report is where a sheet's report is: a document, or a title and an address; zero without one.
type Report struct {
	Document       *Entry
	Title, Address string
}

// Media is one item of a story's media.
type Media struct {
	Type            string
	File, Address   string
	Picture         *Picture // of an image or infographic that is a file
	Poster          *Picture
	Caption, Credit string
	Captions        string // path of the WebVTT file
	Transcript      Body   // Body.Body is nil without one
	Quote, Person   string
}

// Item is an entry in an issue, and where it was written there.
type Item struct {
	*Entry
	Span source.Span
}
