package site

import (
	"encoding/binary"
	"hash/maphash"
	"sync"

	"leerblad/internal/document"
	"leerblad/internal/markdown"
	"leerblad/internal/publication"
)

// Sum is a digest of all that a page shows, its template included: while it is the same, so is the page. It errs to one side: a page
// may be the same although its Sum has changed. Sums can be compared within one process and for one Input.Seed.
type Sum uint64

// sums makes the digests of pages, from digests of entries and findings that are made once, when a page needs them. What goes into one
// stands in methods named after presenter's: what those take from an entry must be in here.
type sums struct {
	*shared
	mu       sync.Mutex
	buffer   []byte // what was put in since the digest was begun
	frame    Sum    // what all pages show
	names    []Sum  // of an entry as a link, by Entry.Index
	cards    []Sum  // of an entry as a card, by Entry.Index
	findings []Sum  // by Finding.Index
	tiles    Sum
	topics   Sum // of all topics with what there is on them
}

// page gives the digest of a page.
func (s *sums) page(p Page) Sum {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.digest(func() {
		s.sum(s.frame)
		s.text(p.Template)
		p.sum(s)
	})
}

// digest gives the digest of what write puts in.
func (s *sums) digest(write func()) Sum {
	start := len(s.buffer)
	write()
	out := Sum(maphash.Bytes(s.Seed, s.buffer[start:]))
	s.buffer = s.buffer[:start]
	return out
}

// once gives *known, which it makes if it is 0.
func (s *sums) once(known *Sum, write func()) Sum {
	if *known == 0 {
		*known = s.digest(write)
	}
	return *known
}

func (s *sums) text(list ...string) {
	for _, t := range list {
		s.number(len(t))
		s.buffer = append(s.buffer, t...)
	}
}

func (s *sums) number(n int) { s.buffer = binary.LittleEndian.AppendUint32(s.buffer, uint32(n)) }

func (s *sums) sum(list ...Sum) {
	for _, x := range list {
		s.buffer = binary.LittleEndian.AppendUint64(s.buffer, uint64(x))
	}
}

// name is of an entry as a link.
func (s *sums) name(e *publication.Entry) {
	s.sum(s.once(&s.names[e.Index], func() { s.text(string(e.Kind), e.Slug, e.Title) }))
}

// card is of an entry as it stands in a list.
func (s *sums) card(e *publication.Entry) {
	s.sum(s.once(&s.cards[e.Index], func() {
		s.name(e)
		s.text(e.Summary, string(e.Date), e.Outcome(), e.Type())
		s.number(e.Number())
		s.picture(e.Image)
		for _, r := range e.Regions {
			s.text(r.Title)
		}
		if e.Kind == document.Sheets {
			s.counts(e.Body.Findings)
		}
	}))
}

func newSums(shared *shared) *sums {
	s := &sums{
		shared: shared, names: make([]Sum, len(shared.entries)), cards: make([]Sum, len(shared.entries)), findings: make([]Sum, len(shared.pub.Findings)),
	}
	s.frame = s.digest(func() {
		set := s.pub.Settings
		s.text(s.Theme, set.Title, set.Tagline, set.Description, string(set.Language), set.ContactName, set.ContactEmail, set.Complete(set.Base()), s.site.Year)
		for _, t := range s.pub.Navigation {
			s.text(t.List)
			if t.Entry != nil {
				s.name(t.Entry)
			}
		}
		for _, page := range s.pub.Pages {
			s.name(page.Entry)
		}
	})
	return s
}

// tileMap is of all regions on the tile map.
func (s *sums) tileMap() {
	s.sum(s.once(&s.tiles, func() {
		for _, r := range s.pub.Regions {
			s.name(r.Entry)
			s.text(r.Code, r.Municipality)
			s.number(r.Column)
			s.number(r.Row)
			s.number(len(r.Stories))
		}
	}))
}

// topicLines is of all topics with what there is on them.
func (s *sums) topicLines() {
	s.sum(s.once(&s.topics, func() {
		for _, t := range s.pub.Topics {
			s.card(t.Entry)
			s.counts(t.Findings)
		}
	}))
}

// finding is of a finding as it stands in a list.
func (s *sums) finding(f *publication.Finding) {
	s.sum(s.once(&s.findings[f.Index], func() {
		s.name(f.Entry)
		s.text(string(f.Entry.Date), f.ID, string(f.Valence), f.Reach, f.Text)
		s.parts(f.Entry.Body, f.First, f.Last)
		s.topicLinks(f.Topics)
		if f.Follows != nil {
			s.mention(f.Follows)
		}
		s.number(len(f.FollowedBy))
		for _, later := range f.FollowedBy {
			s.mention(later)
		}
		for _, r := range f.Recommendations {
			s.name(r.Entry)
		}
	}))
}

func (s *sums) mention(f *publication.Finding) {
	s.name(f.Entry)
	s.text(f.ID, f.Text, string(f.Valence), string(f.Entry.Date))
}

// parts is of a part of a body with what its holes show.
func (s *sums) parts(b publication.Body, from, to int) {
	for _, part := range b.Parts[from:to] {
		s.text(part.HTML)
		s.number(int(part.Hole))
		switch part.Hole {
		case markdown.LinkHref:
			s.target(b.Links[part.Index])
		case markdown.CardOf:
			s.cardOf(b.Cards[part.Index])
		case markdown.Inline, markdown.Figure:
			s.picture(b.Pictures[part.Index])
		case markdown.FindingTop:
			s.finding(b.Findings[part.Index])
		}
	}
}

// target is of where a link leads.
func (s *sums) target(t publication.Target) {
	if t.Entry != nil {
		s.text(string(t.Entry.Kind), t.Entry.Slug)
	}
	s.text(t.Fragment, t.List, s.Assets[t.File].File, t.Address)
}

// cardOf is of a card in a body.
func (s *sums) cardOf(t publication.Target) {
	if t.Entry != nil {
		s.card(t.Entry)
	}
	s.target(t)
}

func (s *sums) topicLinks(topics []*publication.Topic) {
	for _, t := range topics {
		s.name(t.Entry)
	}
	s.number(0)
}

// counts is of how many findings have each valence.
func (s *sums) counts(list []*publication.Finding) {
	for _, c := range counts(list) {
		s.text(string(c.Valence))
		s.number(c.N)
	}
}

func (s *sums) picture(pic *publication.Picture) {
	if pic != nil {
		s.text(s.Assets[pic.File].File, pic.Alt, pic.Caption, pic.Credit)
	}
	s.number(0)
}

// entry is of what pages of entries of all kinds show.
func (s *sums) entry(e *publication.Entry) {
	s.buffer = append(s.buffer, e.Source().Digest[:]...)
	s.card(e)
	s.topicLinks(e.Topics)
	for _, r := range e.Regions {
		s.name(r.Entry)
	}
	for _, t := range e.Body.Links {
		s.target(t)
	}
	for _, t := range e.Body.Cards {
		s.cardOf(t)
	}
	for _, pic := range e.Body.Pictures {
		s.picture(pic)
	}
	for _, f := range e.Body.Findings {
		s.finding(f)
	}
}

// beside is of the entries before and after the one at i of its kind.
func (s *sums) beside(k document.Kind, i int) {
	if i > 0 {
		s.name(s.of[k][i-1])
	}
	s.number(0)
	if i+1 < len(s.of[k]) {
		s.name(s.of[k][i+1])
	}
}

func (s *sums) recommendations(list []*publication.Recommendation) {
	for _, r := range list {
		s.card(r.Entry)
	}
	s.number(0)
}

func (s *sums) stories(list []*publication.Story) {
	for _, story := range list {
		s.card(story.Entry)
	}
	s.number(0)
}

func (s *sums) entries(list []*publication.Entry) {
	for _, e := range list {
		s.card(e)
	}
	s.number(0)
}

// belongings is of the first entries that belong to a topic or region, and of how many there are.
func (s *sums) belongings(own belongings) {
	for _, list := range [][]*publication.Entry{own.recommendations, own.stories, own.documents} {
		s.entries(list[:min(seriesCards, len(list))])
		s.number(len(list))
	}
}

// news is of the days of the newest entries of a kind.
func (s *sums) news(k document.Kind) {
	for _, day := range s.newestDays(k) {
		s.text(string(day))
	}
	s.number(0)
	s.number(len(s.of[k]))
}

// chart is of all that a chart shows; its bars follow from its counts.
func (s *sums) chart(c Chart) {
	for _, row := range c.Rows {
		s.text(row.URL, row.Title, string(row.Date))
		for _, count := range row.Counts {
			s.text(string(count.Valence))
			s.number(count.N)
		}
	}
	s.number(0)
}

// findingList is of findings in a list.
func (s *sums) findingList(list []*publication.Finding) {
	for _, f := range list {
		s.finding(f)
	}
	s.number(0)
}

// pager is of the links between the pages of a list.
func (s *sums) pager(pager Pager) {
	s.number(pager.Page)
	s.number(pager.Pages)
}

// kinds is of which kinds have entries.
func (s *sums) kinds() {
	for _, row := range document.Kinds {
		k := row.Kind
		s.number(min(1, len(s.of[k])))
	}
}

// group is of titles with the same first letter. Their order follows from them.
func (s *sums) group(g letterGroup) {
	for _, e := range g.entries {
		s.name(e)
	}
}
