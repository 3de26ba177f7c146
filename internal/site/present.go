package site

import (
	"path"
	"slices"
	"strings"

	"leerblad/internal/document"
	"leerblad/internal/markdown"
	"leerblad/internal/publication"
)

// presenter makes the View of one page.
type presenter struct {
	*shared
	last Body // what the last body's holes show
}

// base makes the Base of the page at url.
func (p *presenter) base(kind, url, title, lead string) Base {
	b := Base{
		Site: p.site, Kind: kind, Path: url, Title: title, Lead: lead, Description: lead, Address: p.address(url),
		Feed: p.site.Feed,
	}
	if lead == "" {
		b.Description = p.site.Description
	}
	for _, t := range p.pub.Navigation {
		link := Link{URL: p.target(t)}
		if t.Entry != nil {
			link.Title = t.Entry.Title
		} else {
			link.Title = p.Words("kinds." + t.List)
		}
		link.Current = strings.HasPrefix(url, link.URL)
		b.Navigation = append(b.Navigation, link)
	}
	if url != p.site.Root {
		b.Trail = append(b.Trail, Link{URL: p.site.Root, Title: p.Words("kinds.home")})
	}
	if slices.Contains(document.Folders(), kind) && kind != string(document.Pages) {
		if section := p.section(kind); section != url {
			b.Trail = append(b.Trail, Link{URL: section, Title: p.Words("kinds." + kind)})
		}
		if document.Kind(kind).Row().Dated {
			b.Feed = Link{URL: p.section(kind) + "feed.xml", Title: p.Words("feed.kind", p.Words("kinds."+kind), p.site.Title)}
		}
	}
	return b
}

// picture gives a picture in all its sizes, or nil.
func (p *presenter) picture(pic *publication.Picture) *Picture {
	if pic == nil || pic.File == "" {
		return nil
	}
	a := p.Assets[pic.File]
	out := &Picture{
		URL: p.site.Root + a.File, Name: path.Base(pic.File), Width: a.Width, Height: a.Height,
		Alt: pic.Alt, Caption: pic.Caption, Credit: pic.Credit, Transparent: a.Transparent,
	}
	if out.Mail = a.Mail; a.Mail.File != "" {
		out.Mail.File = p.site.Root + a.Mail.File
	}
	if len(a.Copies) > 0 {
		var set []string
		for _, c := range a.Copies {
			set = append(set, p.site.Root+c.File+" "+itoa(c.Width)+"w")
		}
		set = append(set, out.URL+" "+itoa(a.Width)+"w")
		out.SrcSet = strings.Join(set, ", ")
	}
	return out
}

// extension gives the extension of a file in capitals, such as "PDF".
func extension(file string) string { return strings.ToUpper(strings.TrimPrefix(path.Ext(file), ".")) }

// beside gives links to the entries before (older) and after (newer) the one at i of a list with the newest first.
func (p *presenter) beside(n, i int, entry func(int) *publication.Entry) (previous, next *Link) {
	if i+1 < n {
		link := p.link(entry(i + 1))
		previous = &link
	}
	if i > 0 {
		link := p.link(entry(i - 1))
		next = &link
	}
	return previous, next
}

func (p *presenter) sheet(s *publication.Sheet, i int) *SheetView {
	v := &SheetView{
		Base: p.entryBase(s.Entry), Card: *p.card(s.Entry), Period: s.Period, Body: p.body(s.Body, s.Entry),
		Topics: p.topicLinks(s.Topics), Sources: s.Sources,
		Recommendations: p.recommendationCards(s.Recommendations), Changes: changes(s.Changes), Cite: p.cite(s.Entry, s.Number),
	}
	switch {
	case s.Report.Document != nil:
		link := p.link(s.Report.Document)
		v.Report = &link
	case s.Report.Address != "":
		v.Report = &Link{URL: s.Report.Address, Title: s.Report.Title}
	}
	v.Previous, v.Next = p.beside(len(p.pub.Sheets), i, func(i int) *publication.Entry { return p.pub.Sheets[i].Entry })
	return v
}

func (p *presenter) recommendation(r *publication.Recommendation, i int) *RecommendationView {
	v := &RecommendationView{
		Base: p.entryBase(r.Entry), Card: *p.card(r.Entry), Body: p.body(r.Body, r.Entry), Audience: r.Audience,
		Topics: p.topicLinks(r.Topics), Regions: p.regionLinks(r.Regions), Stories: p.storyCards(r.Stories),
		Changes: changes(r.Changes), Cite: p.cite(r.Entry, 0),
	}
	if r.Sheet != nil {
		v.Sheet = p.card(r.Sheet.Entry)
	}
	for _, e := range r.Evidence {
		switch {
		case e.Finding != nil:
			v.Findings = append(v.Findings, p.finding(e.Finding, nil))
		case e.Entry.Kind != document.Stories: // stories have a list of their own
			v.Evidence = append(v.Evidence, p.card(e.Entry))
		}
	}
	// Of recommendations the next one is the one after it, not the newer one.
	v.Next, v.Previous = p.beside(len(p.pub.Recommendations), i, func(i int) *publication.Entry { return p.pub.Recommendations[i].Entry })
	return v
}

func (p *presenter) story(s *publication.Story) *StoryView {
	v := &StoryView{
		Base: p.entryBase(s.Entry), Card: *p.card(s.Entry), Body: p.body(s.Body, s.Entry),
		Topics: p.topicLinks(s.Topics), Regions: p.regionLinks(s.Regions), Lessons: s.Lessons,
		Changes: changes(s.Changes), Cite: p.cite(s.Entry, 0),
	}
	for _, r := range s.Recommendations {
		shown := func(t publication.Target) bool { return t.Entry == r.Entry }
		if !slices.ContainsFunc(s.Body.Cards, shown) { // as a card in the text
			v.Recommendations = append(v.Recommendations, p.card(r.Entry))
		}
	}
	for _, m := range s.Media {
		out := Media{
			Type: m.Type, Address: m.Address, Picture: p.picture(m.Picture), Poster: p.picture(m.Poster),
			Caption: m.Caption, Credit: m.Credit, Transcript: p.body(m.Transcript, s.Entry), Quote: m.Quote, Person: m.Person,
			Language: p.site.Language,
		}
		if m.File != "" {
			out.URL, out.ContentType = p.site.Root+p.Assets[m.File].File, p.Assets[m.File].ContentType
		}
		if m.Captions != "" {
			out.Captions = p.site.Root + p.Assets[m.Captions].File
		}
		v.Media = append(v.Media, out)
	}
	return v
}

func (p *presenter) document(d *publication.Document) *DocumentView {
	v := &DocumentView{
		Base: p.entryBase(d.Entry), Card: *p.card(d.Entry), Body: p.body(d.Body, d.Entry), Period: d.Period,
		Topics: p.topicLinks(d.Topics), Regions: p.regionLinks(d.Regions), Sheets: p.sheetCards(d.Sheets),
		Address: d.Address, Changes: changes(d.Changes), Cite: p.cite(d.Entry, 0),
		Recommendations: p.recommendationCards(d.Recommendations),
	}
	if d.File != "" {
		v.File = p.download(d.File)
	}
	return v
}

// download gives a file of the publication to download.
func (p *presenter) download(file string) *File {
	a := p.Assets[file]
	return &File{URL: p.site.Root + a.File, Type: extension(file), Size: a.Size}
}

// topic is the first page of a topic.
func (p *presenter) topic(t *publication.Topic, findings, questions []*publication.Finding, own belongings, pager Pager) *TopicView {
	return &TopicView{
		Base: p.entryBase(t.Entry), Body: p.body(t.Entry.Body, t.Entry), Counts: counts(findings),
		Matrix: p.matrix(findings), ByYear: p.beyondMatrix(t, findings),
		Findings: p.yearGroups(findings[:min(pageSize, len(findings))]), Questions: p.findingsOf(questions), Pager: pager,
		Recommendations: p.series(t.Entry, document.Recommendations, own.recommendations),
		Stories:         p.series(t.Entry, document.Stories, own.stories),
		Documents:       p.series(t.Entry, document.Documents, own.documents), Changes: changes(t.Changes),
	}
}

// beyondMatrix compares the years of a topic's findings where the matrix has not all of them.
func (s *shared) beyondMatrix(t *publication.Topic, findings []*publication.Finding) Chart {
	if len(newestSources(findings)) == len(findings) {
		return Chart{}
	}
	return s.byYear(findings, s.path(t.Entry))
}

// moreOfTopic is another page of a topic.
func (p *presenter) moreOfTopic(t *publication.Topic, findings []*publication.Finding, pager Pager) *TopicView {
	v := &TopicView{Base: p.entryBase(t.Entry), Findings: p.yearGroups(findings), Pager: pager}
	p.onPage(&v.Base, p.path(t.Entry), pager)
	return v
}

// matrix gives the newest sources of findings, each with its findings by valence.
func (p *presenter) matrix(findings []*publication.Finding) []MatrixRow {
	var out []MatrixRow
	var last *publication.Entry
	for _, f := range newestSources(findings) {
		if f.Entry != last {
			last = f.Entry
			out = append(out, MatrixRow{Source: p.source(f.Entry), Cells: make([][]*Finding, len(markdown.Valences))})
		}
		cells := out[len(out)-1].Cells
		i := slices.Index(markdown.Valences, f.Valence)
		cells[i] = append(cells[i], p.finding(f, nil))
	}
	return out
}

func (p *presenter) region(r *publication.Region, own belongings) *RegionView {
	return &RegionView{
		Base: p.entryBase(r.Entry), Body: p.body(r.Body, r.Entry), Code: r.Code, Municipality: r.Municipality,
		Names: r.Names, Tiles: p.tilesFor(r), Neighbours: p.regionLinks(r.Neighbours),
		Stories:         p.series(r.Entry, document.Stories, own.stories),
		Documents:       p.series(r.Entry, document.Documents, own.documents),
		Recommendations: p.series(r.Entry, document.Recommendations, own.recommendations), Nearby: p.storyCards(nearby(r)),
		Changes: changes(r.Changes),
	}
}

func (p *presenter) newsletter(n *publication.Newsletter, i int) *NewsletterView {
	v := &NewsletterView{
		Base: p.entryBase(n.Entry), Card: *p.card(n.Entry), Body: p.body(n.Body, n.Entry), Changes: changes(n.Changes),
		Items: p.cards(entriesOf(n.Items, func(i publication.Item) *publication.Entry { return i.Entry })),
	}
	v.Previous, v.Next = p.beside(len(p.pub.Newsletters), i, func(i int) *publication.Entry { return p.pub.Newsletters[i].Entry })
	return v
}

func (p *presenter) text(page *publication.Page) *TextView {
	v := &TextView{Base: p.entryBase(page.Entry), Body: p.body(page.Body, page.Entry), Changes: changes(page.Changes)}
	for _, f := range page.Body.Findings {
		if f.Valence == markdown.Question {
			v.Questions++
		}
	}
	return v
}
