// Package importer reads documents that were written elsewhere, and writes them as texts of the publication.
//
//	file or clipboard ─ reader (docx, odt, html, xlsx, csv, txt, md) ─► Document ─ understand ─► Document and questions ─ write ─► Markdown
//
// A reader says what the file says, in order, each word once: what is a list by its file's own numbering is a List, what is one
// to a human reader alone is still a Paragraph. Understand then finds what was meant. Files are untrusted: what is read is
// bounded, and nothing outside the file is.
package importer

// Document is what a file says, as a tree of blocks.
type Document struct {
	Title    []Inline // in a title's style; nil where nothing has one
	Subtitle []Inline // in a subtitle's style, right below the title
	Date     string   // that the file gives beside its text; "" where it gives none
	Blocks   []Block
	Notes    []Note
	Pictures []Picture
	Remarks  []Remark // what a reader has changed or left out, and the editor should know
	Comments []Comment
}

// Block is a *Heading, *Paragraph, *List, *Definitions, *Table, *Quote, *Code or *Rule.
type Block interface{ block() }

// Heading is a heading of level 1 to 9, as the file has it. Number is what the file's own numbering puts before it, such as "1.2".
// Anchors are the names by which links within the file lead to it.
type Heading struct {
	Level   int
	Text    []Inline
	Number  string
	Anchors []string

	topic string // the slug of the topic that it means, where its text is not that topic's name
}

// Paragraph is a run of text. Caption says that it has the style of one.
type Paragraph struct {
	Text    []Inline
	Caption bool
	Indent  int  // of its left edge, in points; that of the first line where that is further to the right
	Large   bool // its type is larger than that of the text around it
}

// List is a list by the file's own numbering. Start is the number of the first item of an ordered one.
type List struct {
	Ordered bool
	Start   int
	Items   []Item
}

// Item is an item of a list: usually a paragraph, and lists within. Mark is its bullet, as Unicode has it, where that is no
// ordinary one (such as ☺ or ✓).
type Item struct {
	Blocks []Block
	Mark   string

	finding string // the sign of the finding that it is, such as "+", once that is known
}

// Definitions is a list of terms with what they mean.
type Definitions struct{ Items []Definition }

// Definition is a term and what it means.
type Definition struct {
	Term   []Inline
	Blocks []Block
}

// Table has rows of cells. Each row has a cell for every column: what a merged cell covers is Covered. Head is the number of
// rows that are headings, by the file.
type Table struct {
	Head int
	Rows [][]Cell
}

// Cell is a cell of a table.
type Cell struct {
	Blocks  []Block
	Covered bool // by the merged cell left of it or above it
}

// Quote is a quotation.
type Quote struct{ Blocks []Block }

// Code is text in which each space and line break counts. Language is the name of that it is written in; "" where nothing says it.
type Code struct{ Text, Language string }

// Rule is a line across the page.
type Rule struct{}

func (*Heading) block()     {}
func (*Paragraph) block()   {}
func (*List) block()        {}
func (*Definitions) block() {}
func (*Table) block()       {}
func (*Quote) block()       {}
func (*Code) block()        {}
func (*Rule) block()        {}

// Inline is a run of text in one style, or, where Text is empty, one of Break, Note and Picture.
type Inline struct {
	Text   string // with no-break spaces and soft hyphens as they are; a tab is "\t"
	Style  Style
	Link   string // complete address, or "#" and a name of a heading's Anchors
	Symbol bool   // Text is a sign of a symbols font, as the Unicode character that looks like it
	Colour string // "00b050" where the text has a colour of its own, other than black, grey and that of links

	Break   bool // a line break within the paragraph
	Note    int  // 1 + index of Document.Notes
	Picture int  // 1 + index of Document.Pictures
}

// Style is a set of ways in which text is written.
type Style uint8

const (
	Strong Style = 1 << iota
	Em
	Strike
	Mono
	Super
	Sub
	Underline
)

// Note is a footnote or endnote.
type Note struct{ Blocks []Block }

// Picture is a picture within the file, or one that the file only names.
type Picture struct {
	Name string // of its file, such as "image1.png"
	Data []byte // nil where the file only names it
	Alt  string
	Hint string // where it is, if Data is nil
}

// Comment is a comment in the margin.
type Comment struct{ By, Text string }

// Remark is something that the editor should know: Code is a key of the table of messages, Args fill it.
type Remark struct {
	Code string
	Args []any
}
