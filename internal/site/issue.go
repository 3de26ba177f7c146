package site

import (
	"path"
	"strings"

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
}

// MailFiles are the names of the files of an issue as mail.
var MailFiles = []string{"mail.html", "mail.txt", "mail.eml"}

// IssueView is what the mail of an issue shows.
type IssueView struct {
	Site               *Site
	Origin             string // what makes a path on the site an address: its scheme and host
	Path               string // of the issue's page
	Title, Summary     string
	Language           string // of the issue's own words; "" for the publication's
	Number             int
	Date               frontmatter.Day
	Subject, Preheader string
	Greeting           frontmatter.Text // with places for a name
	Unknown            string           // stands there where the name is not known
	Body               Body
	Items              []*Item
	From, Address      string
	Parameters         []publication.Parameter // of links to the site
	Top                source.Span             // where a problem of the issue as a whole is reported
}

// Item is an entry in an issue, with what a mail tells of its kind.
type Item struct {
	*Card
	Facts    []string
	Full     bool        // it is told of at length: with findings, and a button that leads to it
	Findings []*Row      // some of its own
	Span     source.Span // where it was written in the issue
}

// issues adds the issues as mail.
func (p *planner) issues() {
	s := p.shared
	for _, n := range p.pub.Of(document.Newsletters) {
		page := p.file(p.path(n))
		folder := path.Dir(page)
		if p.plan.claimed[page].owner != n.Top.File.Path {
			continue // the page has another's address, which was reported
		}
		for _, name := range MailFiles {
			p.claim(path.Join(folder, name), n.Top.File.Path, -1)
		}
		p.plan.Issues = append(p.plan.Issues, Issue{
			Entry: n, Folder: folder, View: func() *IssueView { return (&presenter{shared: s}).issue(n) },
		})
	}
}

func (p *presenter) issue(n *publication.Entry) *IssueView {
	set := p.pub.Settings
	v := &IssueView{
		Site: p.site, Origin: set.Complete(""), Path: p.path(n), Title: n.Title, Summary: n.Summary, Language: n.Language, Number: n.Meta.Number.Value, Date: n.Date,
		Subject: n.Subject(), Preheader: n.Meta.Preheader.Value, Greeting: n.Meta.Greeting, Unknown: set.Newsletter.Unknown, Body: p.body(n.Body, n), Address: set.Newsletter.Address,
		Parameters: set.Newsletter.UTM, From: set.Sender(), Top: n.Top,
	}
	for _, i := range n.Items {
		v.Items = append(v.Items, p.item(i))
	}
	return v
}

// itemFacts are what a newsletter's item tells that only some kinds have, by the names in document.Row.Mail.
var itemFacts = map[string]func(*presenter, *publication.Entry) []string{
	"period":  func(_ *presenter, e *publication.Entry) []string { return []string{e.Meta.Period.Value} },
	"regions": func(_ *presenter, e *publication.Entry) []string { return publication.Titles(e.Regions) },
	"audience": func(p *presenter, e *publication.Entry) []string {
		if len(e.Meta.Audience) == 0 {
			return nil
		}
		return []string{p.Words("audience") + ": " + strings.Join(document.Values(e.Meta.Audience), ", ")}
	},
	"municipality":    func(_ *presenter, e *publication.Entry) []string { return []string{e.Meta.Municipality.Value} },
	document.DateFact: func(p *presenter, e *publication.Entry) []string { return []string{p.date(e.Date)} },
	document.FileFact: func(_ *presenter, e *publication.Entry) []string { return []string{extension(e.File)} },
	document.StoriesFact: func(p *presenter, e *publication.Entry) []string {
		if n := len(e.Under(document.Stories)); n > 0 {
			return []string{p.Words("tile.stories", n)}
		}
		return nil
	},
	document.CountsFact: func(p *presenter, e *publication.Entry) (out []string) {
		for _, n := range counts(e.Findings) {
			out = append(out, itoa(n.N)+" "+p.Words("count."+string(n.Valence), n.N))
		}
		return out
	},
}

// item gives an item with what is told of entries of its kind.
func (p *presenter) item(i publication.Item) *Item {
	out := &Item{Card: p.card(i.Entry), Span: i.Span}
	for _, fact := range i.Kind.Row().Mail {
		if fact == document.FindingsFact {
			out.Full = true
			for _, f := range telling(i.Body.Findings) {
				out.Findings = append(out.Findings, p.row(f))
			}
			continue
		}
		out.Facts = append(out.Facts, itemFacts[fact](p, i.Entry)...)
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
