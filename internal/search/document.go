// Package search turns the texts of a site into a search index of small static files, and holds the client that reads it.
//
// All knowledge of the language is used here, when the index is made: words are folded (tokens.go), gathered in classes by
// their stem (stem.go), compounds are split (compound.go), and what each word says about each text is weighed
// (analysis.go, index.go). The client looks words up as readers type them. FORMAT.md describes the files.
//
// The same documents give the same files, in whatever order they are given and whatever was indexed before.
package search

// Document is a page that readers can find.
type Document struct {
	Language string // a tag of BCP 47; "" for that of the index
	URL      string // its path on the site; no two documents have the same
	Title    string
	Kind     string // its kind's name, a value of the facet "kind"
	Date     string // YYYY-MM-DD, or empty
	Summary  string // what results show below the title
	Topics   []string
	Regions  []string
	Names    []string // other names that readers may use
	Headings []string
	Passages []Passage // everything else that the page says, findings included, in their order
	Findings []Finding

	passages int // 1 where there is a file of Passages, else 0
}

// Finding is a part of a document that is a result of its own.
type Finding struct {
	URL     string // its place on the page
	Valence string // a value of the facet "valence"
	Label   string // what the valence is called, as readers see it
	Reach   string
	Topics  []string
	Text    string
}

// Options says how texts are read.
type Options struct {
	Language string     // "nl" or "en"
	Synonyms [][]string // groups of words or phrases that stand for each other
	Once     bool       // no other index follows: nothing is kept for it
}

// File is a file of the index.
type File struct {
	Path string // below the folder of the index, such as "client.js"
	Data []byte
}
