// Package bounds says how much of each thing a publication may hold.
//
// What a bound refuses is reported at its place, and the rest of the text is read as usual, so that no text keeps a site
// from being built within some seconds and a gigabyte. Ordinary texts stay far below all of them. content/README.md has them for
// editors.
package bounds

const (
	// Text is the size in bytes above which a text is not read.
	Text = 1 << 20
	// Nesting is how deep quotations, lists and the values of front matter may stand inside each other.
	Nesting = 100
	// Folders is how deep folders may stand inside each other.
	Folders = 32
	// Findings is the number of findings in a text.
	Findings = 2_000
	// Headings is the number of headings in a text.
	Headings = 5_000
	// Footnotes is the number of footnotes in a text, and how often it may refer to them.
	Footnotes = 5_000
	// References is the number of definitions of links in a text, and how often it may refer to them.
	References = 5_000
	// Columns is the number of columns of a table.
	Columns = 500
	// Cells is the number of cells in the tables of a text, with those that rows shorter than their table's first are filled up with.
	Cells = 100_000
	// Signs is the number of brackets and signs of emphasis in a paragraph.
	Signs = 5_000
	// Attributes is the number of attributes between braces.
	Attributes = 100
	// Address is the length in bytes of an address of a link, and of its title.
	Address = 4_096
	// Word is the number of characters of a word in a newsletter: mails are wrapped at words.
	Word = 2_000
	// Synonyms is the number of words in a list of synonyms, and in all lists together.
	Synonyms = 10_000
	// Charts is the number of charts in a text.
	Charts = 100
	// Series is the number of columns of numbers that a chart shows.
	Series = 6
	// Points is the number of rows that a chart shows.
	Points = 40
	// Diagnostics is the number of problems of one kind that are told one by one; the rest are counted.
	Diagnostics = 1_000
)
