package site

import (
	"cmp"
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
	printing  bool           // the page is made into a PDF
	last      *markdown.Body // of which the next are the holes
	lastHoles *Holes
}

// base makes the Base of the page at url.
func (p *presenter) base(kind, url, title, lead string) Base {
	b := Base{
		Site: p.site, Kind: kind, Path: url, Title: title, Lead: lead, Description: lead, Address: p.address(url),
		Feed: p.site.Feed, Poster: p.poster,
	}
	if lead == "" {
		b.Description = p.site.Description
	}
	for _, t := range p.pub.Navigation {
		link := Link{URL: p.target(t)}
		if t.Entry != nil {
			link.Title, link.Language = t.Entry.Title, t.Entry.Language
		} else {
			link.Title = p.Words("kinds." + t.List)
		}
		link.Current = strings.HasPrefix(url, link.URL)
		b.Navigation = append(b.Navigation, link)
	}
	if url != p.site.Root {
		b.Trail = append(b.Trail, Link{URL: p.site.Root, Title: p.Words("kinds.home")})
	}
	if section, ok := p.sections[kind]; ok && document.Kind(kind).Row().List != "" {
		if section.URL != url {
			b.Trail = append(b.Trail, section.Link)
		}
		if section.feed.URL != "" {
			b.Feed = section.feed
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
		Alt: pic.Alt, Caption: pic.Caption, Pieces: pic.Pieces, Credit: pic.Credit, Transparent: a.Transparent,
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

// entry gives what pages of entries of most kinds have.
func (p *presenter) entry(e *publication.Entry) EntryView {
	return EntryView{
		Base: p.entryBase(e), Card: p.card(e), Body: p.body(e.Body, e), Topics: p.links(e.Topics), Regions: p.links(e.Regions), Changes: changes(e),
		Cite: p.cite(e),
	}
}

// beside gives links to the entries of its kind before (newer) and after (older) an entry in their order.
func (p *presenter) beside(e *publication.Entry) (before, after *Link) {
	all := p.pub.Of(e.Kind)
	i := e.Index - all[0].Index
	if i > 0 {
		link := p.link(all[i-1])
		before = &link
	}
	if i+1 < len(all) {
		link := p.link(all[i+1])
		after = &link
	}
	return before, after
}

// views make the page of an entry, the first where it has more. Entries of a kind that is not among them have an EntryView.
var views = map[document.Kind]func(*presenter, *publication.Entry) View{
	document.Home:            func(p *presenter, e *publication.Entry) View { return p.home(e) },
	document.Sheets:          (*presenter).sheet,
	document.Recommendations: (*presenter).recommendation,
	document.Stories:         (*presenter).story,
	document.Documents:       (*presenter).document,
	document.Topics:          (*presenter).topic,
	document.Regions:         (*presenter).region,
	document.Newsletters:     (*presenter).newsletter,
	document.Pages:           (*presenter).text,
}

// page gives the view of an entry's page.
func (p *presenter) page(e *publication.Entry) View {
	if view := views[e.Kind]; view != nil {
		return view(p, e)
	}
	v := p.entry(e)
	return &v
}

func (p *presenter) sheet(s *publication.Entry) View {
	v := &SheetView{
		EntryView: p.entry(s), Period: s.Meta.Period.Value, Sources: document.Values(s.Meta.Sources), Recommendations: p.cardsOf(s.Recommendations),
		PDF: p.pdf(s),
	}
	switch {
	case s.Report.Document != nil:
		link := p.link(s.Report.Document)
		v.Report = &link
	case s.Report.Address != "":
		v.Report = &Link{URL: s.Report.Address, Title: s.Report.Title}
	}
	v.Next, v.Previous = p.beside(s)
	return v
}

func (p *presenter) recommendation(r *publication.Entry) View {
	v := &RecommendationView{EntryView: p.entry(r), Audience: document.Values(r.Meta.Audience), Stories: p.cardsOf(r.Stories)}
	if r.Sheet != nil {
		v.Sheet = p.card(r.Sheet)
	}
	for _, e := range r.Evidence {
		switch {
		case e.Finding != nil:
			v.Findings = append(v.Findings, p.finding(e.Finding))
		case e.Entry.Kind != document.Stories: // stories have a list of their own
			v.Evidence = append(v.Evidence, p.card(e.Entry))
		}
	}
	// Of recommendations the next one is the one after it, not the newer one.
	v.Previous, v.Next = p.beside(r)
	return v
}

func (p *presenter) story(s *publication.Entry) View {
	v := &StoryView{EntryView: p.entry(s), Lessons: document.Values(s.Meta.Lessons)}
	shown := map[*publication.Entry]bool{} // as a card in the text
	for _, t := range s.Body.Cards {
		shown[t.Entry] = true
	}
	for _, r := range s.Recommendations {
		if !shown[r] {
			v.Recommendations = append(v.Recommendations, p.card(r))
		}
	}
	for _, m := range s.Media {
		out := Media{
			Type: m.Type, Address: m.Address, Picture: p.picture(m.Picture), Poster: p.picture(m.Poster),
			Caption: m.Caption, Credit: m.Credit, Transcript: p.body(m.Transcript, s), Quote: m.Quote, Person: m.Person,
			Language: s.Language, Spoken: cmp.Or(s.Language, string(p.site.Language)),
		}
		for _, own := range []*Picture{out.Picture, out.Poster} {
			if own != nil {
				own.Language = s.Language
			}
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

func (p *presenter) document(d *publication.Entry) View {
	v := &DocumentView{
		EntryView: p.entry(d), Period: d.Meta.Period.Value, Sheets: p.cardsOf(d.Sheets), Address: d.Meta.Link.Value,
		Recommendations: p.cardsOf(d.Recommendations),
	}
	if d.File != "" {
		v.File = p.download(d.File)
	}
	return v
}

// download gives a file of the publication to download.
func (p *presenter) download(file string) *File {
	a := p.Assets[file]
	return &File{URL: p.site.Root + a.File, Type: extension(a.File), Size: a.Size}
}

// splitQuestions gives the findings on a topic, and the first questions.
func splitQuestions(t *publication.Entry) (findings, questions []*publication.Finding) {
	for _, f := range t.Findings {
		switch {
		case f.Valence != markdown.Question:
			findings = append(findings, f)
		case len(questions) < pageSize:
			questions = append(questions, f)
		}
	}
	return findings, questions
}

// topic is the first page of a topic.
func (p *presenter) topic(t *publication.Entry) View {
	findings, questions := splitQuestions(t)
	return &TopicView{
		Base: p.entryBase(t), Body: p.body(t.Body, t), Counts: counts(findings), Matrix: p.matrix(findings), ByYear: p.beyondMatrix(t, findings),
		Findings: p.yearGroups(findings[:min(pageSize, len(findings))]), Questions: p.findingsOf(questions),
		Pager: p.pager(len(findings), pageSize, p.path(t), 1), Series: p.series(t), Changes: changes(t),
	}
}

// beyondMatrix compares the years of a topic's findings where the matrix has not all of them.
func (s *shared) beyondMatrix(t *publication.Entry, findings []*publication.Finding) Chart {
	if len(newestSources(findings)) == len(findings) {
		return Chart{}
	}
	return s.byYear(findings, s.path(t))
}

// moreOfTopic is another page of a topic.
func (p *presenter) moreOfTopic(t *publication.Entry, findings []*publication.Finding, pager Pager) *TopicView {
	v := &TopicView{Base: p.entryBase(t), Findings: p.yearGroups(findings), Pager: pager}
	p.onPage(&v.Base, p.path(t), pager)
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
		cells[i] = append(cells[i], p.finding(f))
	}
	return out
}

func (p *presenter) region(r *publication.Entry) View {
	v := &RegionView{
		Base: p.entryBase(r), Body: p.body(r.Body, r), Code: r.Meta.Code.Value, Municipality: r.Meta.Municipality.Value,
		Names: document.Values(r.Meta.Names), Tiles: onMap(p.tilesFor(r)), Neighbours: p.links(r.Neighbours), Nearby: p.cardsOf(nearby(r)), Changes: changes(r),
	}
	for _, s := range p.series(r) {
		if s.Kind == string(document.Stories) {
			v.Stories = s
		} else {
			v.Series = append(v.Series, s)
		}
	}
	return v
}

func (p *presenter) newsletter(n *publication.Entry) View {
	v := &NewsletterView{EntryView: p.entry(n), Greeting: n.GreetingTo(p.pub.Settings.Newsletter.Unknown)}
	for _, i := range n.Items {
		v.Items = append(v.Items, p.card(i.Entry))
	}
	v.Next, v.Previous = p.beside(n)
	return v
}

func (p *presenter) text(page *publication.Entry) View {
	v := &TextView{Base: p.entryBase(page), Body: p.body(page.Body, page), Changes: changes(page)}
	for _, f := range page.Body.Findings {
		if f.Valence == markdown.Question {
			v.Questions++
		}
	}
	if page.Meta.Form.Value != "" {
		v.Form = p.storyForm()
	}
	return v
}

func (p *presenter) storyForm() *StoryForm {
	f := &StoryForm{Outcomes: document.KeyOf("outcome").Choices, Media: document.MediaTypes}
	for _, r := range p.pub.Of(document.Regions) {
		f.Regions = append(f.Regions, Option{r.Slug, r.Title})
	}
	return f
}
