package site

import (
	"leerblad/internal/digest"
	"leerblad/internal/document"
	"leerblad/internal/frontmatter"
	"leerblad/internal/lang"
	"leerblad/internal/publication"
)

// Card is an entry in a list.
type Card struct {
	digest.Kept
	Kind, URL, Title, Summary string
	Language                  string // of title and summary, a tag of BCP 47; "" for the publication's
	Spoken                    string // what that language is called in the publication's, or ""
	Apart                     bool   // it stands in a text of another language than the publication's
	Date                      frontmatter.Day
	Picture                   *Picture
	Number                    int      // of a sheet or newsletter
	Counts                    []Count  // of a sheet's findings
	Regions                   []string // titles
	Outcome                   string   // of a story
	Type                      string   // of a document
}

// cardFacts put on a card what only some kinds tell there, by the names in document.Row.Card.
var cardFacts = map[string]func(*Card, *publication.Entry){
	"number":              func(c *Card, e *publication.Entry) { c.Number = e.Meta.Number.Value },
	"regions":             func(c *Card, e *publication.Entry) { c.Regions = publication.Titles(e.Regions) },
	"outcome":             func(c *Card, e *publication.Entry) { c.Outcome = e.Meta.Outcome.Value },
	"type":                func(c *Card, e *publication.Entry) { c.Type = e.Meta.Type.Value },
	document.FindingsFact: func(c *Card, e *publication.Entry) { c.Counts = counts(e.Body.Findings) },
}

// card gives an entry as it stands in a list.
func (p *presenter) card(e *publication.Entry) *Card {
	if p.pub.Entries[e.Index] != e { // it is reworded
		return p.makeCard(e)
	}
	at := &p.cards[e.Index]
	if c := at.Load(); c != nil {
		return c
	}
	at.CompareAndSwap(nil, p.makeCard(e))
	return at.Load()
}

func (p *presenter) makeCard(e *publication.Entry) *Card {
	c := &Card{Kind: string(e.Kind), URL: p.path(e), Title: e.Title, Summary: e.Summary, Language: e.Language, Date: e.Date, Picture: p.picture(e.Image)}
	if e.Language != "" {
		c.Spoken = lang.Name(e.Language, string(p.site.Language))
	}
	for _, fact := range e.Kind.Row().Card {
		cardFacts[fact](c, e)
	}
	return c
}

// cardAt gives the card of an entry to which a body refers, perhaps at a place in it; nil where it refers to nothing. apart says that the body is in a
// language of its own.
func (p *presenter) cardAt(t publication.Target, apart bool) *Card {
	switch {
	case t.Entry == nil:
		return nil
	case t.Fragment == "" && !apart:
		return p.card(t.Entry)
	}
	c := p.makeCard(t.Entry)
	c.URL, c.Apart = p.target(t), apart
	return c
}

func (p *presenter) cardsOf(list []*publication.Entry) []*Card {
	var out []*Card
	for _, e := range list {
		out = append(out, p.card(e))
	}
	return out
}
