// Package publication turns documents into one Publication: entries of known kinds, sorted, with every
// reference between them resolved both ways.
//
// Only published entries are in it. A reference to anything else is a diagnostic at the place where the
// editor wrote it. After Assemble nothing changes.
package publication

import (
	"leerblad/internal/diag"
	"leerblad/internal/document"
	"leerblad/internal/frontmatter"
	"leerblad/internal/markdown"
	"leerblad/internal/source"
)

// Publication is everything that a build publishes. Dated kinds have the newest entry first; the others go by
// order and title.
type Publication struct {
	Settings        Settings
	Now             frontmatter.Day // the build's day
	Home            *Entry          // nil without an index.md
	Sheets          []*Sheet
	Recommendations []*Recommendation
	Stories         []*Story
	Documents       []*Document
	Topics          []*Topic
	Regions         []*Region
	Newsletters     []*Newsletter
	Pages           []*Page
	Findings        []*Finding // those of the newest entry first, each entry's in the order of its text
	Files           []Use      // every file that an entry shows or links to, by path, once
	Navigation      []Target
	LeftOut         LeftOut
	Unpublished     []Unpublished
	Hints           []diag.List // of the published entries
}

// LeftOut counts the entries that are not published.
type LeftOut struct{ Drafts, Scheduled, Expired int }

// Written gives the entry that is written in a file, or nil.
func (p *Publication) Written(f *source.File) *Entry {
	for _, e := range p.Entries() {
		if e.doc.File == f {
			return e
		}
	}
	return nil
}

// Unpublished is an entry that is left out, and why: "draft-entry", "scheduled-entry" or "expired-entry".
type Unpublished struct {
	*document.Document
	Why diag.Code
}

// Entries gives all entries that have a page, in the order of the kinds, Home first.
func (p *Publication) Entries() []*Entry {
	out := make([]*Entry, 0, 1+len(p.Sheets)+len(p.Recommendations)+len(p.Stories)+len(p.Documents)+len(p.Topics)+len(p.Regions)+len(p.Newsletters)+len(p.Pages))
	if p.Home != nil {
		out = append(out, p.Home)
	}
	add := func(e *Entry) { out = append(out, e) }
	for _, x := range p.Sheets {
		add(x.Entry)
	}
	for _, x := range p.Recommendations {
		add(x.Entry)
	}
	for _, x := range p.Stories {
		add(x.Entry)
	}
	for _, x := range p.Documents {
		add(x.Entry)
	}
	for _, x := range p.Topics {
		add(x.Entry)
	}
	for _, x := range p.Regions {
		add(x.Entry)
	}
	for _, x := range p.Newsletters {
		add(x.Entry)
	}
	for _, x := range p.Pages {
		add(x.Entry)
	}
	return out
}

// Entry is what entries of all kinds have.
type Entry struct {
	Kind           document.Kind
	Slug           string
	Title, Summary string
	Date, Updated  frontmatter.Day
	Changes        []Change
	Authors        []string
	Image          *Picture // nil without one
	Aliases        []frontmatter.Text
	Topics         []*Topic
	Regions        []*Region
	Body           Body
	Top            source.Span // where a problem of the entry as a whole is reported
	Unpublished    string      // "draft" or "scheduled" for an entry that is there only because the options ask for it
	Key            string      // its title as a slug, by which titles are sorted
	Index          int         // its place in Publication.Entries

	doc *document.Document
	ref string

	// What it is of its kind; the others are nil.
	sheet          *Sheet
	recommendation *Recommendation
	story          *Story
	document       *Document
	newsletter     *Newsletter
}

// Number gives the number of a sheet or newsletter, 0 without one.
func (e *Entry) Number() int {
	switch {
	case e.sheet != nil:
		return e.sheet.Number
	case e.newsletter != nil:
		return e.newsletter.Number
	}
	return 0
}

// Outcome gives the outcome of a story, "" without one.
func (e *Entry) Outcome() string {
	if e.story == nil {
		return ""
	}
	return e.story.Outcome
}

// Type gives the type of a document, "" for other kinds.
func (e *Entry) Type() string {
	if e.document == nil {
		return ""
	}
	return e.document.Type
}

// Reference gives <kind>/<slug>.
func (e *Entry) Reference() string { return e.ref }

// Source gives the file in which the entry is written.
func (e *Entry) Source() *source.File { return e.doc.File }

// Tree gives the body of a newsletter as a tree.
func (e *Entry) Tree() markdown.Node { return e.doc.Tree }

// Change is a correction after publication.
type Change struct {
	Date frontmatter.Day
	Note string
}

// Body is a body with what its holes refer to; the lists run parallel to those of the compiled body.
type Body struct {
	*markdown.Body
	File     *source.File // in which it stands; nil for a text within front matter
	Links    []Target
	Pictures []*Picture
	Cards    []Target
	Findings []*Finding
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
type Picture struct{ File, Alt, Caption, Credit string }

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
	Topics          []*Topic
	Follows         *Finding
	FollowedBy      []*Finding
	Recommendations []*Recommendation // those that rest on it
	Index           int               // its place in Publication.Findings
}

// Evidence is something that a recommendation rests on: a finding, or else an entry.
type Evidence struct {
	Finding *Finding
	Entry   *Entry
}

// Sheet is a periodic sheet with findings.
type Sheet struct {
	*Entry
	Number          int // 0 without one
	Period          string
	Sources         []string
	Report          Report
	Recommendations []*Recommendation // that belong to it or rest on it as a whole, in order
}

// Report is where a sheet's report is: a document, or a title and an address; zero without one.
type Report struct {
	Document       *Entry
	Title, Address string
}

// Recommendation says what somebody should do.
type Recommendation struct {
	*Entry
	Order    int
	Sheet    *Sheet
	Audience []string
	Evidence []Evidence
	Stories  []*Story // those that link to it or that it rests on
}

// Story is a practice story from one or more regions.
type Story struct {
	*Entry
	Outcome         string // "", or one of document.Outcomes
	Lessons         []string
	Media           []Media
	Recommendations []*Recommendation // those that it links to or that rest on it
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

// Document is a report or another document.
type Document struct {
	*Entry
	Type            string
	Period          string
	File, Address   string
	Sheets          []*Sheet          // those whose report it is
	Recommendations []*Recommendation // those that rest on it
}

// Topic is a theme that findings are grouped under.
type Topic struct {
	*Entry
	Names           []string
	Order           int
	Findings        []*Finding
	Recommendations []*Recommendation
	Stories         []*Story
	Documents       []*Document
}

// Region is a labour-market region.
type Region struct {
	*Entry
	Names              []string
	Municipality, Code string
	Column, Row        int // on the tile map, from 1; 0 without a tile
	Stories            []*Story
	Documents          []*Document
	Recommendations    []*Recommendation
	Neighbours         []*Region // those whose tiles touch, by title
}

// Newsletter is one issue.
type Newsletter struct {
	*Entry
	Number             int
	Subject, Preheader string
	Items              []Item
}

// Item is an entry in an issue, and where it was written there.
type Item struct {
	*Entry
	Span source.Span
}

// Page is an ordinary page.
type Page struct {
	*Entry
	Order int
}
