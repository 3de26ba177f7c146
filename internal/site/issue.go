package site

import (
	"path"

	"leerblad/internal/document"
	"leerblad/internal/frontmatter"
	"leerblad/internal/publication"
	"leerblad/internal/source"
)

// Issue is a newsletter's issue as mail: MailFiles in the folder of its page. They are a function of View, the text of Entry
// and the theme.
type Issue struct {
	Entry  *publication.Entry
	Folder string            // on the site, such as "nieuwsbrieven/tweede"
	View   func() *IssueView // makes what it shows; several goroutines may call it

	sum func(*sums)
}

// MailFiles are the names of the files of an issue as mail.
var MailFiles = []string{"mail.html", "mail.txt", "mail.eml"}

// IssueView is what the mail of an issue shows.
type IssueView struct {
	Site               *Site
	Origin             string // what makes a path on the site an address: its scheme and host
	Path               string // of the issue's page
	Title, Summary     string
	Number             int
	Date               frontmatter.Day
	Subject, Preheader string
	Body               Body
	Items              []*Item
	From, Address      string
	Parameters         []publication.Parameter // of links to the site
	Top                source.Span             // where a problem of the issue as a whole is reported
}

// Item is an entry in an issue, with what a mail tells of its kind.
type Item struct {
	Card
	Period       string      // of a sheet or document
	Findings     []*Finding  // some of a sheet's
	Audience     []string    // of a recommendation
	File         *File       // of a document
	Municipality string      // of a region
	Stories      int         // of a region
	Span         source.Span // where it was written in the issue
}

// issues adds the issues as mail.
func (p *planner) issues() {
	s := p.shared
	for _, n := range p.pub.Newsletters {
		page := p.file(p.path(n.Entry))
		folder := path.Dir(page)
		if p.plan.claimed[page].owner != n.Top.File.Path {
			continue // the page has another's address, which was reported
		}
		for _, name := range MailFiles {
			p.claim(path.Join(folder, name), n.Top.File.Path, -1)
		}
		p.plan.Issues = append(p.plan.Issues, Issue{
			Entry: n.Entry, Folder: folder,
			View: func() *IssueView { return (&presenter{shared: s}).issue(n) },
			sum:  func(s *sums) { s.issue(n) },
		})
	}
}

func (p *presenter) issue(n *publication.Newsletter) *IssueView {
	set := p.pub.Settings
	v := &IssueView{
		Site: p.site, Origin: set.Complete(""), Path: p.path(n.Entry), Title: n.Title, Summary: n.Summary, Number: n.Number, Date: n.Date,
		Subject: n.Subject, Preheader: n.Preheader, Body: p.body(n.Body, n.Entry), Address: set.Newsletter.Address, Parameters: set.Newsletter.UTM,
		From: set.Sender(), Top: n.Top,
	}
	for _, i := range n.Items {
		v.Items = append(v.Items, p.item(i))
	}
	return v
}

// item gives an item with what is told of entries of its kind; sums.item goes side by side.
func (p *presenter) item(i publication.Item) *Item {
	out := &Item{Card: *p.card(i.Entry), Span: i.Span}
	at := i.Index - p.of[i.Kind][0].Index
	switch i.Kind {
	case document.Sheets:
		sheet := p.pub.Sheets[at]
		out.Period, out.Findings = sheet.Period, p.findingsOf(telling(sheet.Body.Findings))
	case document.Recommendations:
		out.Audience = p.pub.Recommendations[at].Audience
	case document.Documents:
		d := p.pub.Documents[at]
		out.Period = d.Period
		if d.File != "" {
			out.File = p.download(d.File)
		}
	case document.Topics:
		out.Card.Counts = counts(p.pub.Topics[at].Findings)
	case document.Regions:
		r := p.pub.Regions[at]
		out.Municipality, out.Stories = r.Municipality, len(r.Stories)
	}
	return out
}

// telling chooses at most three of a sheet's findings: the first of each valence, and then the first of the others. They
// keep their order.
func telling(findings []*publication.Finding) []*publication.Finding {
	const most = 3
	chosen, seen := map[int]bool{}, map[any]bool{}
	for _, again := range []bool{false, true} {
		for i, f := range findings {
			if len(chosen) < most && (again || !seen[f.Valence]) {
				chosen[i], seen[f.Valence] = true, true
			}
		}
	}
	var out []*publication.Finding
	for i, f := range findings {
		if chosen[i] {
			out = append(out, f)
		}
	}
	return out
}

// issue is of all that the mail of an issue shows.
func (s *sums) issue(n *publication.Newsletter) {
	set := s.pub.Settings
	s.entry(n.Entry)
	s.text(set.Newsletter.Profile.Value, set.Sender(), set.Newsletter.Address)
	for _, p := range set.Newsletter.UTM {
		s.text(p.Name, p.Value)
	}
	s.number(0)
	for _, i := range n.Items {
		s.item(i)
	}
}

func (s *sums) item(i publication.Item) {
	s.card(i.Entry)
	at := i.Index - s.of[i.Kind][0].Index
	switch i.Kind {
	case document.Sheets:
		s.text(s.pub.Sheets[at].Period)
		s.findingList(telling(i.Body.Findings))
	case document.Recommendations:
		s.text(s.pub.Recommendations[at].Audience...)
	case document.Documents:
		d := s.pub.Documents[at]
		s.text(d.Period, s.Assets[d.File].File)
	case document.Topics:
		s.counts(s.pub.Topics[at].Findings)
	case document.Regions:
		r := s.pub.Regions[at]
		s.text(r.Municipality)
		s.number(len(r.Stories))
	}
	s.number(0)
}
