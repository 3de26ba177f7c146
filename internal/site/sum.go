package site

import (
	"encoding/binary"
	"hash/maphash"

	"leerblad/internal/markdown"
	"leerblad/internal/publication"
)

// Sum is a digest of all that a page shows, its template included: while it is the same, so is the page. It errs to one side: a page
// may be the same although its Sum has changed. Sums can be compared within one process and for one Input.Seed.
type Sum uint64

// sums are the digests that those of pages are made from, each made once. What they are made of stands with presenter's
// methods of the same names: what those take from an entry must be in here.
type sums struct {
	seed     maphash.Seed
	buffer   []byte // what was put in since the last end
	frame    Sum    // what all pages show
	names    []Sum  // of an entry as a link, by Entry.Index
	cards    []Sum  // of an entry as a card, by Entry.Index
	findings []Sum  // by Finding.Index
	tiles    Sum
	topics   Sum // of all topics with what there is on them
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

// end gives the digest of what was put in since the last end.
func (s *sums) end() Sum {
	out := Sum(maphash.Bytes(s.seed, s.buffer))
	s.buffer = s.buffer[:0]
	return out
}

func (s *sums) nameOf(e *publication.Entry) { s.sum(s.names[e.Index]) }
func (s *sums) cardOf(e *publication.Entry) { s.sum(s.cards[e.Index]) }

// sumUp makes the digests that pages share.
func (p *planner) sumUp() {
	p.seed = p.Seed
	p.names, p.cards = make([]Sum, len(p.entries)), make([]Sum, len(p.entries))
	for i, e := range p.entries {
		p.text(string(e.Kind), e.Slug, e.Title)
		p.names[i] = p.end()
	}
	for i, e := range p.entries {
		p.nameOf(e)
		p.text(e.Summary, string(e.Date), e.Outcome(), e.Type())
		p.number(e.Number())
		p.pictureOf(e.Image)
		for _, r := range e.Regions {
			p.text(r.Title)
		}
		p.cards[i] = p.end()
	}
	p.frameSum()
	for _, r := range p.pub.Regions {
		p.nameOf(r.Entry)
		p.text(r.Code, r.Municipality)
		p.number(r.Column)
		p.number(r.Row)
		p.number(len(r.Stories))
	}
	p.tiles = p.end()
	p.findingSums()
	for _, t := range p.pub.Topics {
		p.cardOf(t.Entry)
		p.valences(t.Findings)
	}
	p.topics = p.end()
}

// frameSum is of what all pages show.
func (p *planner) frameSum() {
	s := p.pub.Settings
	p.text(p.Theme, s.Title, s.Tagline, s.Description, string(s.Language), s.ContactName, s.ContactEmail, s.Complete(s.Base()), p.site.Year)
	for _, t := range p.pub.Navigation {
		p.text(t.List)
		if t.Entry != nil {
			p.nameOf(t.Entry)
		}
	}
	for _, page := range p.pub.Pages {
		p.nameOf(page.Entry)
	}
	p.frame = p.end()
}

// findingSums are of findings as they stand in a list, with their entries' names.
func (p *planner) findingSums() {
	p.findings = make([]Sum, len(p.pub.Findings))
	var last *publication.Entry
	var holes Sum
	for i, f := range p.pub.Findings {
		if f.Entry != last {
			last = f.Entry
			p.holesOf(f.Entry.Body)
			holes = p.end()
		}
		p.sum(holes)
		p.cardOf(f.Entry)
		p.text(f.ID, string(f.Valence), f.Reach, f.Text)
		p.parts(f.Entry.Body.Parts[f.First:f.Last])
		p.entriesOf(f.Topics)
		for _, other := range append(f.FollowedBy, f.Follows) {
			if other != nil {
				p.nameOf(other.Entry)
				p.text(other.ID, other.Text)
			}
			p.number(0)
		}
		for _, r := range f.Recommendations {
			p.nameOf(r.Entry)
		}
		p.findings[i] = p.end()
	}
}

func (p *planner) parts(parts []markdown.Part) {
	for _, part := range parts {
		p.text(part.HTML)
		p.number(int(part.Hole))
	}
}

func (p *planner) entriesOf(topics []*publication.Topic) {
	for _, t := range topics {
		p.nameOf(t.Entry)
	}
	p.number(0)
}

// valences is of how many findings have each valence.
func (p *planner) valences(list []*publication.Finding) {
	for _, c := range counts(list) {
		p.text(string(c.Valence))
		p.number(c.N)
	}
}

func (p *planner) pictureOf(pic *publication.Picture) {
	if pic != nil {
		p.text(p.Assets[pic.File].File, pic.Alt, pic.Caption, pic.Credit)
	}
	p.number(0)
}

// holesOf is of what a body's holes show, findings aside.
func (p *planner) holesOf(b publication.Body) {
	for _, targets := range [][]publication.Target{b.Links, b.Cards} {
		for _, t := range targets {
			if t.Entry != nil {
				p.cardOf(t.Entry)
			}
			p.text(t.Fragment, t.List, p.Assets[t.File].File, t.Address)
		}
	}
	for _, pic := range b.Pictures {
		p.pictureOf(pic)
	}
}

// entrySum begins the digest of an entry's page with what pages of all kinds show.
func (p *planner) entrySum(e *publication.Entry) {
	p.sum(p.frame)
	p.buffer = append(p.buffer, e.Source().Digest[:]...)
	p.cardOf(e)
	p.text(e.Unpublished)
	p.entriesOf(e.Topics)
	for _, r := range e.Regions {
		p.nameOf(r.Entry)
	}
	p.holesOf(e.Body)
	for _, f := range e.Body.Findings {
		p.sum(p.findings[f.Index])
	}
}

// besides is of the entries before and after the one at i.
func (p *planner) besides(n, i int, entry func(int) *publication.Entry) {
	if i > 0 {
		p.nameOf(entry(i - 1))
	}
	p.number(0)
	if i+1 < n {
		p.nameOf(entry(i + 1))
	}
}

func (p *planner) recommendations(list []*publication.Recommendation) {
	for _, r := range list {
		p.cardOf(r.Entry)
	}
	p.number(0)
}

func (p *planner) stories(list []*publication.Story) {
	for _, s := range list {
		p.cardOf(s.Entry)
	}
	p.number(0)
}

func (p *planner) documents(list []*publication.Document) {
	for _, d := range list {
		p.cardOf(d.Entry)
	}
	p.number(0)
}
