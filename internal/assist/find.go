package assist

import (
	"leerblad/internal/diag"
	"leerblad/internal/source"
)

// FindOptions says what Find looks for. Neither Findings nor Texts means both.
type FindOptions struct {
	Kinds    []string // of the texts, or of those in which the findings stand; none means all
	Findings bool
	Texts    bool
	Max      int // 0 means 50
}

// Found is a text or finding.
type Found struct {
	Reference string      `json:"reference"`
	Title     string      `json:"title"`    // a text's title, or the words of a finding
	Kind      string      `json:"kind"`     // of the text, or in which the finding stands
	KindName  string      `json:"kindName"` // in the theme's words
	Detail    string      `json:"detail"`   // a text's summary, or the title of the text in which the finding stands
	State     string      `json:"state"`    // "published", "draft", "scheduled" or "expired"
	Path      string      `json:"path"`     // of the file, in the publication folder
	Span      source.Span `json:"-"`
	Valence   string      `json:"valence,omitempty"` // of a finding
}

// Find gives the texts and findings that hold all words of a query, the last of which may be the beginning of a word; best first. Accents and
// capitals do not matter. A query without words finds all texts.
func (p *Publication) Find(query string, o FindOptions, l diag.Language) []Found { return nil }
