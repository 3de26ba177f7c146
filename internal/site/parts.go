package site

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"leerblad/internal/document"
	"leerblad/internal/frontmatter"
	"leerblad/internal/markdown"
	"leerblad/internal/publication"
)

func itoa(n int) string { return strconv.Itoa(n) }

// card gives an entry as it stands in a list.
func (p *presenter) card(e *publication.Entry) *Card {
	c := &Card{Kind: string(e.Kind), URL: p.path(e), Title: e.Title, Summary: e.Summary, Date: e.Date, Picture: p.picture(e.Image),
		Number: e.Number(), Outcome: e.Outcome(), Type: e.Type()}
	for _, r := range e.Regions {
		c.Regions = append(c.Regions, r.Title)
	}
	if e.Kind == document.Sheets {
		c.Counts = counts(e.Body.Findings)
	}
	return c
}

func (p *presenter) cards(list []*publication.Entry) []*Card {
	var out []*Card
	for _, e := range list {
		out = append(out, p.card(e))
	}
	return out
}

func (p *presenter) sheetCards(list []*publication.Sheet) []*Card {
	return p.cards(entriesOf(list, func(x *publication.Sheet) *publication.Entry { return x.Entry }))
}

func (p *presenter) recommendationCards(list []*publication.Recommendation) []*Card {
	return p.cards(entriesOf(list, ofRecommendation))
}

func (p *presenter) storyCards(list []*publication.Story) []*Card {
	return p.cards(entriesOf(list, ofStory))
}

func entriesOf[T any](list []T, entry func(T) *publication.Entry) []*publication.Entry {
	out := make([]*publication.Entry, len(list))
	for i, x := range list {
		out[i] = entry(x)
	}
	return out
}

func ofRecommendation(x *publication.Recommendation) *publication.Entry { return x.Entry }
func ofStory(x *publication.Story) *publication.Entry                   { return x.Entry }
func ofDocument(x *publication.Document) *publication.Entry             { return x.Entry }

// belongings is what belongs to a topic or region, by kind, newest first.
type belongings struct{ recommendations, stories, documents []*publication.Entry }

func belongingsOf(recommendations []*publication.Recommendation, stories []*publication.Story, documents []*publication.Document) belongings {
	return belongings{entriesOf(recommendations, ofRecommendation), entriesOf(stories, ofStory), entriesOf(documents, ofDocument)}
}

// seriesCards is the number of entries of a kind that the page of a topic or region shows.
const seriesCards = 12

// series gives the first entries of a kind that belong to e.
func (p *presenter) series(e *publication.Entry, k document.Kind, entries []*publication.Entry) Series {
	s := Series{Kind: string(k), Cards: p.cards(entries[:min(seriesCards, len(entries))]), Total: len(entries)}
	if s.Total > seriesCards {
		s.All = p.seriesPath(e, k)
	}
	return s
}

// body gives a body with everything that its holes show. here is the entry whose page it is shown on, if that is
// the body's own.
func (p *presenter) body(b publication.Body, here *publication.Entry) Body {
	if b.Body == nil {
		return Body{}
	}
	return p.part(b, 0, len(b.Parts), here)
}

// part gives the parts [from, to) of a body. Findings outside them are left out.
func (p *presenter) part(b publication.Body, from, to int, here *publication.Entry) Body {
	out := p.holes(b)
	out.From, out.To, out.Away = from, to, here == nil
	// Findings stand in the order of their first parts, so those of this part are a run.
	first, _ := slices.BinarySearchFunc(b.Findings, from+1, func(f *publication.Finding, part int) int { return f.First - part })
	for _, f := range b.Findings[first:] {
		if f.First >= to {
			break
		}
		out.Findings = append(out.Findings, p.finding(f, here))
	}
	out.FirstFinding = first
	return out
}

// holes gives what a body's holes show but for its findings, which is the same wherever a part of it is shown. It is
// remembered for the next finding of the same body.
func (p *presenter) holes(b publication.Body) Body {
	if p.last.Compiled == b.Body {
		return p.last
	}
	out := Body{Compiled: b.Body}
	if b.File != nil {
		out.File = b.File.Path
	}
	for _, l := range b.Links {
		out.Links = append(out.Links, p.target(l))
	}
	for _, pic := range b.Pictures {
		out.Pictures = append(out.Pictures, p.picture(pic))
	}
	for _, t := range b.Cards {
		card := (*Card)(nil)
		if t.Entry != nil {
			card = p.card(t.Entry)
			card.URL = p.target(t)
		}
		out.Cards = append(out.Cards, card)
	}
	p.last = out
	return out
}

// finding gives a finding; on its own page, here, it carries its id.
func (p *presenter) finding(f *publication.Finding, here *publication.Entry) *Finding {
	if f.Entry != here {
		here = nil
	}
	out := &Finding{
		ID: f.ID, URL: p.path(f.Entry) + "#" + f.ID, Valence: f.Valence, Reach: f.Reach, Text: f.Text, Here: here != nil,
		Body: p.part(f.Entry.Body, f.First, f.Last, here), Topics: p.topicLinks(f.Topics), Source: p.source(f.Entry),
	}
	out.Address = p.address(out.URL)
	if f.Follows != nil {
		mention := p.mention(f.Follows)
		out.Follows = &mention
	}
	for _, later := range f.FollowedBy {
		out.FollowedBy = append(out.FollowedBy, p.mention(later))
	}
	for _, r := range f.Recommendations {
		out.Supports = append(out.Supports, p.link(r.Entry))
	}
	return out
}

func (p *presenter) source(e *publication.Entry) Source {
	return Source{p.link(e), string(e.Kind), e.Date}
}

func (p *presenter) mention(f *publication.Finding) Mention {
	return Mention{Link{URL: p.path(f.Entry) + "#" + f.ID, Title: f.Text}, f.Valence, f.Entry.Title, f.Entry.Date}
}

func (p *presenter) findingsOf(list []*publication.Finding) []*Finding {
	var out []*Finding
	for _, f := range list {
		out = append(out, p.finding(f, nil))
	}
	return out
}

func (p *presenter) topicLinks(topics []*publication.Topic) []Link {
	var out []Link
	for _, t := range topics {
		out = append(out, p.link(t.Entry))
	}
	return out
}

func (p *presenter) regionLinks(regions []*publication.Region) []Link {
	var out []Link
	for _, r := range regions {
		out = append(out, p.link(r.Entry))
	}
	return out
}

// counts gives how many findings have each valence, leaving out those that none has.
func counts(findings []*publication.Finding) []Count {
	n := map[markdown.Valence]int{}
	for _, f := range findings {
		n[f.Valence]++
	}
	var out []Count
	for _, v := range markdown.Valences {
		if n[v] > 0 {
			out = append(out, Count{v, n[v]})
		}
	}
	return out
}

func changes(list []publication.Change) []Change {
	var out []Change
	for _, c := range list {
		out = append(out, Change{c.Date, c.Note})
	}
	return out
}

// tilesFor gives all regions on the tile map; current is the one whose page it is, if any.
func (p *presenter) tilesFor(current *publication.Region) []Tile {
	var out []Tile
	for _, r := range p.pub.Regions {
		out = append(out, Tile{
			URL: p.path(r.Entry), Title: r.Title, Parts: strings.SplitAfter(r.Title, "/"), Code: r.Code, Municipality: r.Municipality,
			Column: r.Column, Row: r.Row, Stories: len(r.Stories), Current: r == current,
			Near: current != nil && slices.Contains(current.Neighbours, r),
		})
	}
	return out
}

// nearby gives the newest stories of a region's neighbours that are not its own.
func nearby(r *publication.Region) []*publication.Story {
	const most = 6
	var out []*publication.Story
	for _, n := range r.Neighbours {
		taken := 0
		for _, s := range n.Stories { // newest first
			if taken == most {
				break
			}
			if !slices.Contains(s.Regions, r) && !slices.Contains(out, s) {
				out = append(out, s)
				taken++
			}
		}
	}
	slices.SortFunc(out, func(x, y *publication.Story) int { return cmp.Compare(x.Index, y.Index) })
	return out[:min(most, len(out))]
}

// cite gives the sentence with which to cite an entry.
func (p *presenter) cite(e *publication.Entry, number int) string {
	kind := p.Words("kind." + string(e.Kind))
	if number > 0 {
		kind += " " + itoa(number)
	}
	return p.Words("cite", e.Title, kind, p.site.Title, p.date(e.Date), p.address(p.path(e)))
}

// date writes a day in the words of the language; "" for none.
func (p *presenter) date(d frontmatter.Day) string { return Date(p.Words, d) }

// Date writes a day in words, such as 8 april 2021; "" for none.
func Date(words func(string, ...any) string, d frontmatter.Day) string {
	parts := strings.Split(string(d), "-")
	if len(parts) != 3 {
		return ""
	}
	return words("date", strings.TrimPrefix(parts[2], "0"), words("month."+strings.TrimPrefix(parts[1], "0")), parts[0])
}

// entryBase makes the Base of an entry's page.
func (p *presenter) entryBase(e *publication.Entry) Base {
	b := p.base(string(e.Kind), p.path(e), e.Title, e.Summary)
	b.Published, b.Updated, b.Authors = e.Date, e.Updated, e.Authors
	if b.Image = p.picture(e.Image); b.Image != nil {
		b.ImageURL = p.address(b.Image.URL)
	}
	b.Unpublished, b.NoIndex = e.Unpublished, e.Unpublished != ""
	b.Data = p.data(e, b)
	return b
}
