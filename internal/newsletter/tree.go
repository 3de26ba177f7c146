package newsletter

import (
	"leerblad/internal/markdown"
	"leerblad/internal/source"
)

// tree is a mail. All its texts are tame, and all its addresses complete.
type tree struct {
	language           string // of the mail's own words
	own                string // of the words; "" for the same
	subject, preheader string
	site               link // the publication
	tagline            string
	kicker             string // what kind of mail it is
	title, lead        string
	body               []block
	items              string // the heading above the cards
	cards              []*card
	footer             []footnote
	top                source.Span
}

// block is one of the components that a text consists of: *heading, *paragraph, *list, *quote, *group, *picture, *table, *code, *rule,
// *definitions, *card or *greeting.
type block any

type (
	heading struct {
		level int // 2 to 6
		runs  []run
		span  source.Span
	}
	paragraph struct {
		runs []run
		span source.Span
	}
	list struct {
		first int // the number of the first item, -1 for a list without numbers
		items []item
	}
	// item is an item of a list. A finding has a label and its valence.
	item struct {
		label   string
		valence markdown.Valence
		blocks  []block
		span    source.Span
	}
	quote   struct{ blocks []block }
	group   struct{ blocks []block } // that belong together
	picture struct {
		address       string // "" for one that mail programs cannot show
		alt, caption  string
		language      string // of these; "" for the mail's
		width, height int    // pixels; 0 if not known
		span          source.Span
	}
	// table has its headings in the first row.
	table struct {
		rows [][]cell
		span source.Span
	}
	cell struct {
		align string // "", "right" or "center"
		runs  []run
	}
	code        struct{ lines []run }
	rule        struct{}
	definitions struct{ list []definition }
	// definition is a term, or else what one means.
	definition struct {
		term   []run
		blocks []block
	}
	// card is an entry that the mail refers to.
	card struct {
		language string // of its title, summary and findings; "" for the mail's
		kicker   string
		title    link
		heading  bool // the title is a heading below that of the cards
		picture  *picture
		summary  string
		findings []item
		facts    string
		button   string // text of a second link to the entry, "" without
		span     source.Span
	}
)

// greeting is a line in which a tool puts the reader's name: its tag, which must stay as it is, between the pieces.
type greeting struct {
	pieces []string
	tag    string
	span   source.Span
}

// run is a piece of a line in one style. A break has no text.
type run struct {
	text                            string
	strong, emphasis, deleted, code bool
	isBreak                         bool
	language                        string   // "" for the mail's
	address                         string   // of a link
	picture                         *picture // in place of text
	span                            source.Span
}

// link is a text that leads somewhere.
type link struct{ text, address string }

// footnote is a line at the end of a mail: words, and then a link or what a sending tool makes one.
type footnote struct {
	words string
	link  link
	tag   *Tag
}

// words gives what a picture says where it cannot be seen.
func (p *picture) words() string { return join(p.alt, p.caption) }

// split gives what an item's first paragraph says, if it begins with one, and the rest of it.
func (i item) split() (first []run, rest []block) {
	if len(i.blocks) > 0 {
		if p, ok := i.blocks[0].(*paragraph); ok {
			return p.runs, i.blocks[1:]
		}
	}
	return nil, i.blocks
}
