package site

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"leerblad/internal/document"
	"leerblad/internal/frontmatter"
	"leerblad/internal/lang"
	"leerblad/internal/markdown"
	"leerblad/internal/publication"
)

func itoa(n int) string { return strconv.Itoa(n) }

// seriesCards is the number of entries of a kind that the page of a topic or region shows.
const seriesCards = 12

// series gives the first entries of each kind that stand under e, a topic or region.
func (p *presenter) series(e *publication.Entry) (out []Series) {
	for _, k := range kindsUnder(e.Kind) {
		list := e.Under(k)
		s := Series{Kind: string(k), Cards: p.cardsOf(list[:min(seriesCards, len(list))]), Total: len(list)}
		if s.Total > seriesCards {
			s.All = p.seriesPath(e, k)
		}
		out = append(out, s)
	}
	return out
}

// kindsUnder gives the kinds of which entries stand under those of another.
func kindsUnder(k document.Kind) []document.Kind {
	return document.Which(func(r *document.Row) bool { return slices.Contains(r.Under, k) })
}

// finding gives a finding as it is shown away from its own page.
func (p *presenter) finding(f *publication.Finding) *Finding {
	if p.pub.Findings[f.Index] != f { // its entry is reworded
		return p.makeFinding(f, nil)
	}
	at := &p.findings[f.Index]
	if known := at.Load(); known != nil {
		return known
	}
	at.CompareAndSwap(nil, p.makeFinding(f, nil))
	return at.Load()
}

// findingOn gives a finding; on its own page, here, it carries its id.
func (p *presenter) findingOn(f *publication.Finding, here *publication.Entry) *Finding {
	if f.Entry != here {
		return p.finding(f)
	}
	return p.makeFinding(f, here)
}

// row gives a finding as plain values.
func (p *presenter) row(f *publication.Finding) *Row {
	if p.pub.Findings[f.Index] != f { // its entry is reworded
		row := p.makeRow(f)
		return &row
	}
	return &p.rows()[f.Index]
}

func (s *shared) makeRow(f *publication.Finding) Row {
	r := Row{
		ID: f.ID, URL: s.at(f.Entry, f.ID), Valence: f.Valence, Reach: f.Reach, Text: f.Text, Themes: publication.Titles(f.Topics), Source: s.source(f.Entry),
	}
	if f.Follows != nil {
		r.Preceding = s.at(f.Follows.Entry, f.Follows.ID)
	}
	return r
}

func (p *presenter) makeFinding(f *publication.Finding, here *publication.Entry) *Finding {
	out := &Finding{
		Row: p.row(f), Here: here != nil, Body: p.part(f.Entry.Body, f.First, f.Last, here), Topics: p.links(f.Topics), Supports: p.links(f.Recommendations),
	}
	if here != nil {
		out.Aliases = f.Aliases
	}
	out.Address = p.address(out.URL)
	if f.Follows != nil {
		mention := p.mention(f.Follows)
		out.Follows = &mention
	}
	for _, later := range f.FollowedBy {
		out.FollowedBy = append(out.FollowedBy, p.mention(later))
	}
	return out
}

func (s *shared) source(e *publication.Entry) Source {
	return Source{s.link(e), string(e.Kind), e.Date}
}

func (p *presenter) mention(f *publication.Finding) Mention {
	return Mention{Link{URL: p.at(f.Entry, f.ID), Title: f.Text, Language: f.Entry.Language}, f.Valence, f.Entry.Title, f.Entry.Date}
}

func (p *presenter) findingsOf(list []*publication.Finding) []*Finding {
	var out []*Finding
	for _, f := range list {
		out = append(out, p.finding(f))
	}
	return out
}

// links gives entries as their titles with links.
func (p *presenter) links(entries []*publication.Entry) []Link {
	var out []Link
	for _, e := range entries {
		out = append(out, p.link(e))
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

func changes(e *publication.Entry) []Change {
	var out []Change
	for _, c := range e.Meta.Changes {
		out = append(out, Change{c.Date.Day, c.Note.Value, e.Language})
	}
	return out
}

// mapRegions is the number of regions that the map on each region's page can have; the page of all regions has them all.
const mapRegions = 400

// tilesFor gives the regions by title; current is the one whose page it is, if any. Where there are too many for the map of each, that has the
// regions around its own.
func (p *presenter) tilesFor(current *publication.Entry) []Tile {
	var out []Tile
	regions := p.pub.Of(document.Regions)
	if current != nil && len(regions) > mapRegions {
		regions = append([]*publication.Entry{current}, current.Neighbours...)
	}
	for _, r := range regions {
		column, row := r.Tile()
		out = append(out, Tile{
			URL: p.path(r), Title: r.Title, Language: r.Language, Parts: strings.SplitAfter(r.Title, "/"), Code: r.Meta.Code.Value, Municipality: r.Meta.Municipality.Value,
			Column: column, Row: row, Stories: len(r.Under(document.Stories)), Current: current != nil && r.Index == current.Index,
			Near: current != nil && slices.Contains(current.Neighbours, r),
		})
	}
	return out
}

// onMap puts tiles in the order in which the map shows them, from row to row, so that it is read and tabbed as it is seen; those without a place
// come last, by title.
func onMap(tiles []Tile) []Tile {
	slices.SortStableFunc(tiles, func(x, y Tile) int {
		if x.Row == 0 || y.Row == 0 {
			return cmp.Compare(y.Row, x.Row)
		}
		return cmp.Or(cmp.Compare(x.Row, y.Row), cmp.Compare(x.Column, y.Column))
	})
	return tiles
}

// nearby gives the newest stories of a region's neighbours that are not its own.
func nearby(r *publication.Entry) []*publication.Entry {
	const most = 6
	var out []*publication.Entry
	for _, n := range r.Neighbours {
		taken := 0
		for _, s := range n.Under(document.Stories) { // newest first
			if taken == most {
				break
			}
			if !slices.ContainsFunc(s.Regions, func(x *publication.Entry) bool { return x.Index == r.Index }) && !slices.Contains(out, s) {
				out = append(out, s)
				taken++
			}
		}
	}
	slices.SortFunc(out, func(x, y *publication.Entry) int { return cmp.Compare(x.Index, y.Index) })
	return out[:min(most, len(out))]
}

// cite gives the sentence with which to cite an entry.
func (p *presenter) cite(e *publication.Entry) string {
	kind := p.Words("kind." + string(e.Kind))
	if e.Kind == document.Sheets && e.Meta.Number.Value > 0 {
		kind += " " + itoa(e.Meta.Number.Value)
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

// pdfPath gives the path of an entry's PDF, "" for one without.
func (s *shared) pdfPath(e *publication.Entry) string {
	if s.PDF == nil || e.Kind != document.Sheets {
		return ""
	}
	return s.path(e) + e.Slug + ".pdf"
}

// pdf gives an entry's PDF, nil for one without, and on what is printed into it.
func (p *presenter) pdf(e *publication.Entry) *File {
	url := p.pdfPath(e)
	if url == "" || p.printing {
		return nil
	}
	size, ok := p.PDF(p.file(url))
	if !ok {
		return nil
	}
	return &File{URL: url, Type: extension(url), Size: size}
}

// entryBase makes the Base of an entry's page.
func (p *presenter) entryBase(e *publication.Entry) Base {
	b := p.base(string(e.Kind), p.path(e), e.Title, e.Summary)
	b.Language, b.Published, b.Updated, b.Authors = e.Language, e.Date, e.Updated, document.Values(e.Meta.Authors)
	if b.Image = p.picture(e.Image); b.Image != nil {
		b.Image.Language = e.Language
	}
	if e.Language != "" {
		b.Locale = lang.Locale(e.Language)
	}
	b.Poster = p.posterOf(e)
	b.Unpublished, b.NoIndex = e.Unpublished, e.Unpublished != ""
	b.Data = p.data(e, b)
	return b
}
