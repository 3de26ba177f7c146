// Package markdown turns an entry's body into HTML with holes, and a list of what is in it.
//
// A Body is made from the file alone. Where its HTML depends on other files or on the theme (a link's
// address, a picture's copies, a card, the look of a finding, a word of the interface) it has a hole,
// which render fills. So a body is parsed once, however often the rest of the publication changes.
package markdown

import (
	"leerblad/internal/chart"
	"leerblad/internal/digest"
	"leerblad/internal/frontmatter"
	"leerblad/internal/source"
)

// Body is a compiled body. The index of a hole points into the list of its kind. Its digest tells to what it refers, whatever it says of it.
type Body struct {
	Parts    []Part `digest:"-"`
	Headings []Heading
	Findings []Finding
	Moved    []Moved
	Links    []Link
	Pictures []Picture
	Cards    []Link
	Charts   []chart.Fence
	Wikis    []Wiki `digest:"-"`
	// Definitions are the addresses that stand apart from their links, those that no link uses included.
	Definitions []Link  `digest:"-"`
	Blocks      []Block `digest:"-"` // where blocks begin, in the order of the HTML

	said digest.Kept // of Parts
}

// Say tells a digest what the parts [from, to) say, but for what fills their holes. Of all parts together it is made once.
func (b *Body) Say(w *digest.Walker, from, to int) {
	walk := func() {
		for i := from; i < to; i++ {
			part := &b.Parts[i]
			w.Text(part.HTML)
			w.Text(part.Word)
			w.Number(int(part.Hole))
		}
	}
	if from > 0 || to < len(b.Parts) {
		walk()
		return
	}
	w.Once(&b.said, walk)
}

// Block is the place of a block-level element in the HTML and in the file: Parts[Part].HTML[Offset:] is what follows the
// name in its opening tag, where an attribute can be put, and Line is the 1-based line of the editor's file. What the
// theme draws has none: the item of a finding, a figure and a card; the paragraphs within a finding have theirs.
type Block struct{ Part, Offset, Line int32 }

// Part is a piece of HTML, followed by a hole unless Hole is None.
type Part struct {
	HTML  string
	Hole  Hole
	Index int
	Word  string // the name of an interface text, for a Word
}

// Hole says what is to be filled in after a part's HTML.
type Hole int

// FindingEnd closes the text of the finding with the same index; the finding's HTML is the parts between.
const (
	None       Hole = iota
	LinkHref        // the address of Links[Index], as an attribute's value
	Inline          // Pictures[Index] within a line
	Figure          // Pictures[Index] as a figure with its caption
	CardOf          // a card for Cards[Index]
	FindingTop      // the start of Findings[Index], within its list item
	FindingEnd
	Word     // an interface text, as text or as an attribute's value
	Tongue   // the language of the interface, as an attribute's value
	MovedTo  // where Moved[Index] leads, within its list item
	ChartOf  // Charts[Index] as a figure
	FileNote // what kind of file Links[Index] leads to and how large it is, at the end of the link
)

// Heading is a heading of a body. Topic is the slug in its {topic=slug}, if any.
type Heading struct {
	Level int // 2 to 6: the page's title is level 1
	Text  string
	ID    string
	Topic frontmatter.Text
	Span  source.Span `digest:"-"`
}

// Finding is a list item that begins with a marker.
type Finding struct {
	ID      string
	Valence Valence
	Reach   string // "", or one of Reaches
	Follows frontmatter.Text
	Text    string      `digest:"-"` // its first block, as plain text
	Aliases []string    // ids that it had before
	Heading int         // index of the last heading above it, or -1
	First   int         `digest:"-"` // its text is Parts[First:Last], holes included
	Last    int         `digest:"-"`
	Span    source.Span `digest:"-"`
	// Item is the lines of its list item, without the last line break; zero for one that is no item of a plain list.
	Item source.Span `digest:"-"`
	// Attributes is its {…}, or the empty place where that would stand.
	Attributes source.Span `digest:"-"`
}

// Moved is a list item that only says where a finding has gone that stood there: {#id moved=sheets/other#id}.
type Moved struct {
	ID   string
	To   frontmatter.Text
	Item source.Span `digest:"-"` // as of a Finding
}

// Valence is what a finding says of how things go.
type Valence string

// The valences, named as in the data set and the search index.
const (
	Works     Valence = "works"
	Attention Valence = "attention"
	Mixed     Valence = "mixed"
	Fails     Valence = "fails"
	Question  Valence = "question"
)

// Valences are all valences in the order in which readers see them.
var Valences = []Valence{Works, Attention, Mixed, Fails, Question}

// markers are the valences as editors write them.
var markers = map[string]Valence{"+": Works, "!": Attention, "~": Mixed, "-": Fails, "?": Question}

// Reaches are the values of a finding's reach, from few regions to all.
var Reaches = []string{"one", "some", "many", "most", "all"}

// Link is a link as the editor wrote it.
type Link struct {
	Dest string
	Text string      `digest:"-"`
	Span source.Span `digest:"-"`
	// At is the very place of the address, in the definition if it stands apart, without angle brackets; zero for what cannot be told.
	At source.Span `digest:"-"`
	// Told is where a problem with the address is told: At with its angle brackets, or else Span.
	Told source.Span `digest:"-"`
	// Bare says that the address stands by itself between angle brackets, and is the text too.
	Bare bool `digest:"-"`
}

// Wiki is a link of Obsidian, [[Target|Text]], or a picture, ![[Target]]; both are text here.
type Wiki struct {
	Written, Target, Text string
	Embed                 bool
	Span                  source.Span
}

// Picture is a picture as the editor wrote it. Alt is empty for a decorative one.
type Picture struct {
	Src     string
	Alt     string
	Caption string
	Pieces  []Words     // of the caption, where some of it is in another language
	Span    source.Span `digest:"-"`
	At      source.Span `digest:"-"` // as of a Link
	Told    source.Span `digest:"-"` // likewise
}

// HasID reports whether the body has a heading or a finding with this id.
func (b *Body) HasID(id string) bool {
	for _, h := range b.Headings {
		if h.ID == id {
			return true
		}
	}
	return b.Finding(id) != nil
}

// IDs gives all ids of headings and findings, in the order of the body, headings first.
func (b *Body) IDs() []string {
	var out []string
	for _, h := range b.Headings {
		out = append(out, h.ID)
	}
	for _, f := range b.Findings {
		out = append(out, f.ID)
	}
	return out
}

// Finding gives the finding with this id, or nil.
func (b *Body) Finding(id string) *Finding {
	for i := range b.Findings {
		if b.Findings[i].ID == id {
			return &b.Findings[i]
		}
	}
	return nil
}
