package site

import (
	"leerblad/internal/diag"
	"leerblad/internal/digest"
	"leerblad/internal/frontmatter"
	"leerblad/internal/markdown"
)

// Page is one HTML file of the site. The file is a function of View, Template and the theme alone.
type Page struct {
	File     string          // path of the file, such as "sheets/eerste-sheet/index.html"
	Path     string          // its path on the site, such as "/sheets/eerste-sheet/"
	Template string          // name of a layout of the theme
	View     func() View     // makes what it shows; several goroutines may call it
	NoIndex  bool            // search engines should pass it by
	Modified frontmatter.Day // when it was last changed, if that is known
}

// View is what a layout shows, as plain data: its digest says whether a page is as it was. Each layout has a type of its own; Common gives
// what they share.
type View interface{ Common() *Base }

// Link is a link in the interface. URL is a path on the site or an address elsewhere.
type Link struct {
	URL, Title string
	Language   string // of the title, a tag of BCP 47; "" for the publication's
	Current    bool   // it leads to the page itself, or to the section that the page is in
}

// Site is what all pages show of the publication.
type Site struct {
	digest.Kept
	Title, Tagline, Description string
	Language                    diag.Language
	Root                        string // path of the site, "/" or "/le/"
	Home                        Link
	Search, Findings            Link
	Feed                        Link
	Footer                      []Link // the first ordinary pages
	ContactName, ContactEmail   string
	Year                        string // of the build's day
}

// Base is what every view has.
type Base struct {
	Site        *Site
	Navigation  []Link
	Trail       []Link // from home to the page above this one
	Title       string
	Language    string // of the title, the lead and what the page is of, a tag of BCP 47; "" for the publication's
	Locale      string // of Language, as Open Graph has it; "" for the publication's
	Lead        string // an entry's summary, or what a list is of; "" without
	Description string // the lead, or else the site's description
	Address     string // the page's own, complete
	Path        string // the page's own, on the site
	Kind        string // "sheets" …, or "home", "list", "findings", "search", "missing"
	Published   frontmatter.Day
	Updated     frontmatter.Day
	Authors     []string
	Image       *Picture
	Poster      *Poster // for Open Graph; nil where there is none
	Feed        Link    // of the section, or of the site
	NoIndex     bool    // search engines should pass it by
	Unpublished string  // "draft" or "scheduled" for an entry that readers do not see yet, else ""
	Describes   string  // URL of the description for catalogues of what the page offers as data, or ""
	Data        *Data   // JSON-LD; nil where the page has none
}

// Common gives the Base itself.
func (b *Base) Common() *Base { return b }

// Picture is a picture in the sizes that there are. A Width of 0 means that the size is not known.
type Picture struct {
	URL, Name            string // Name is that of its file in the publication folder
	Width, Height        int
	SrcSet               string // "" without smaller copies
	Alt, Caption, Credit string
	Pieces               []markdown.Words // of the caption, where some of it is in another language
	Language             string           // of these, where they stand apart from their text; "" for the publication's
	Transparent          bool             // what is behind it may show through
	Mail                 Copy             // its copy for mail, File being its path on the site; zero where there is none
}

// Poster is the picture that other sites show with a link to a page. Its URL is complete; a Width of 0 means that the size is not known.
type Poster struct {
	URL, Alt      string
	Width, Height int
}

// Row is a finding as plain values: what lists, data sets, filters, search and mail tell of it. Paths are on the site.
type Row struct {
	ID        string
	URL       string // its permalink: the path of the page on which it stands, with its id
	Valence   markdown.Valence
	Reach     string
	Text      string
	Themes    []string // the titles of its topics
	Source    Source
	Preceding string // the URL of the finding that it follows, or ""
}

// Finding is a finding as a page shows it.
type Finding struct {
	digest.Kept
	*Row
	Address    string // its permalink, complete
	Body       Body
	Topics     []Link
	Aliases    []string // ids that it had before, where it is Here
	Here       bool     // it is shown on the page on which it stands, so its id is the element's
	Follows    *Mention
	FollowedBy []Mention
	Supports   []Link // recommendations that rest on it
}

// Source is the entry in which a finding stands.
type Source struct {
	Link
	Kind string
	Date frontmatter.Day
}

// Mention is a finding that another one follows or is followed by; its Title is its text.
type Mention struct {
	Link
	Valence markdown.Valence
	Source  string // title of the entry in which it stands
	Date    frontmatter.Day
}

// Count is how many findings have a valence.
type Count struct {
	Valence markdown.Valence
	N       int
}

// Tile is a region on the tile map; of a View's Tiles, those of a row stand together, from left to right, and those without a place last.
type Tile struct {
	URL, Title, Code string
	Language         string   // of the title; "" for the publication's
	Parts            []string // the title, in parts after which a line may end
	Municipality     string
	Column, Row      int // from 1; 0 for a region without a tile
	Stories          int
	Current, Near    bool // it is the region whose page it is, or touches that
}

// HomeView is the start page.
type HomeView struct {
	Base
	Body     Body
	Sheet    *Card      // the newest
	Findings []*Finding // the newest sheet's
	Stories  []*Card
	More     Link // the list of all stories
	News     []News
	Topics   []TopicLine
	Tiles    []Tile
	Changes  []Change
}

// News is the days of the newest entries of a kind, so that a browser can tell which are newer than the reader's last visit.
type News struct {
	Link  // the list of the kind
	Dates []frontmatter.Day
	More  bool // there are older ones
}

// TopicLine is a topic with what there is on it.
type TopicLine struct {
	Link
	Summary string
	Counts  []Count
}

// EntryView is what pages of entries of most kinds have.
type EntryView struct {
	Base
	*Card
	Body           Body
	Topics         []Link
	Regions        []Link
	Changes        []Change
	Cite           string
	Previous, Next *Link // in the order in which one reads, if there is one
}

// SheetView is a sheet.
type SheetView struct {
	EntryView
	Period          string
	Sources         []string
	Report          *Link
	Recommendations []*Card
	PDF             *File // the page itself; nil where there is none
}

// Change is a correction after publication.
type Change struct {
	Date     frontmatter.Day
	Note     string
	Language string // of the note; "" for the publication's
}

// RecommendationView is a recommendation.
type RecommendationView struct {
	EntryView
	Audience []string
	Sheet    *Card
	Findings []*Finding // that it rests on
	Evidence []*Card    // other entries that it rests on
	Stories  []*Card
}

// StoryView is a practice story.
type StoryView struct {
	EntryView
	Lessons         []string
	Media           []Media
	Recommendations []*Card // but for those that its text shows as cards
}

// Media is one item of a story's media. URL is its file; Address is where it is elsewhere.
type Media struct {
	Type          string
	URL           string
	ContentType   string // of the file
	Address       string
	Picture       *Picture
	Poster        *Picture
	Caption       string
	Credit        string
	Captions      string
	Transcript    Body
	Quote, Person string
	Language      string // of its texts; "" for the publication's
	Spoken        string // the language of its captions
}

// DocumentView is a report or another document.
type DocumentView struct {
	EntryView
	Period          string
	Sheets          []*Card
	File            *File
	Address         string
	Recommendations []*Card // that rest on it
}

// File is a file to download.
type File struct {
	URL, Type string // Type is its extension in capitals, such as "PDF"
	Size      int64  // bytes, 0 where it is not known yet
}

// TopicView is a theme: its findings over time and what rests on them. A long one has more pages.
type TopicView struct {
	Base
	Body      Body
	Counts    []Count
	Matrix    []MatrixRow // of the newest sources
	ByYear    Chart       // where the matrix has not all
	Findings  []YearGroup // of this page
	Questions []*Finding
	Series    []Series
	Pager     Pager
	Changes   []Change
}

// MatrixRow is a source of findings on a topic: one list of findings for each of markdown.Valences.
type MatrixRow struct {
	Source Source
	Cells  [][]*Finding
}

// Series is the entries of a kind that belong to a topic or region, of which the first ones are shown.
type Series struct {
	Kind  string
	Cards []*Card
	Total int
	All   string // URL of the list of all, if there are more
}

// RegionView is a region.
type RegionView struct {
	Base
	Body               Body
	Code, Municipality string
	Names              []string
	Tiles              []Tile
	Neighbours         []Link
	Stories            Series
	Nearby             []*Card  // the newest stories of its neighbours
	Series             []Series // but for the stories
	Changes            []Change
}

// NewsletterView is an issue as a page.
type NewsletterView struct {
	EntryView
	Greeting string // of readers whose names are not known, as here
	Items    []*Card
}

// TextView is an ordinary page. One with questions is a worksheet.
type TextView struct {
	Base
	Body      Body
	Questions int
	Form      *StoryForm // nil on a page without one
	Changes   []Change
}

// StoryForm is what there is to choose from where readers contribute a practice story.
type StoryForm struct {
	Regions  []Option
	Outcomes []string
	Media    []string // the types of media items
}

// Option is an entry to choose: its slug is what the choice says.
type Option struct{ Slug, Title string }

// ListView is a list of the entries of a kind, or of those on one topic or from one region; one page of it.
type ListView struct {
	Base
	Intro string
	Total int
	Cards []*Card
	News  []News // of the kind, on the first page of all its entries
	Pager Pager
}

// Pager leads through the pages of a list.
type Pager struct {
	Page, Pages    int
	URL            string // of this page
	Previous, Next string // URLs, or ""
	Links          []Link // the first, the last and those near this one; a gap is a Link without a URL
}

// TopicsView is the list of topics.
type TopicsView struct {
	Base
	Topics []TopicLine
}

// RegionsView is the list of regions.
type RegionsView struct {
	Base
	Tiles   []Tile // as the map shows them
	Regions []Tile // by title
}

// FindingsView is the page of all findings, one page of it. All but the findings and the pager is on the first page alone.
type FindingsView struct {
	Base
	Total           int
	Findings        []YearGroup
	Counts          []Count
	ByTopic, ByTime Chart
	Filter          Filter
	CSV, JSON       string // URLs
	Columns, Schema string // URLs of what describes them
	License         Link   // zero where none is set
	Pager           Pager
}

// Filter is what findings can be chosen by before the browser has the index for it, which has all sources.
type Filter struct {
	Index    string // its URL
	Next     string // URL of the pages of findings after the first, but for their number
	PageSize int    // findings on a page
	Valences []markdown.Valence
	Topics   []Link
	Reaches  []string
	Years    []string
	Sources  []Link // the newest
}

// SearchView is the search page as it works without scripts: topics, kinds, and titles by letter.
type SearchView struct {
	Base
	Kinds   []Link
	Topics  []Link
	Facets  Facets
	Letters []Link // those that have titles
	Letter  string // the one that this page is of, or "" for all
	Groups  []Group
	Pager   Pager
}

// Facets are the values to choose from when searching, in their order; others show as they are.
type Facets struct {
	Kinds    []string // of entries, and "findings"
	Valences []markdown.Valence
}

// Group is the titles that begin with a letter.
type Group struct {
	Letter string
	Links  []Link
}

// MissingView is the page for addresses that do not exist.
type MissingView struct {
	Base
	Kinds []Link
}

// RedirectView leads from an old address to a new one.
type RedirectView struct {
	Base
	Target    Link
	Canonical string // the target's complete address
}
