package publication

import (
	"cmp"
	"math"
	"path"
	"slices"
	"strings"

	"leerblad/internal/diag"
	"leerblad/internal/document"
	"leerblad/internal/frontmatter"
	"leerblad/internal/markdown"
	"leerblad/internal/source"
)

// Options say which entries are published.
type Options struct {
	Now    frontmatter.Day // the build's day
	Drafts bool            // publish drafts too
	Future bool            // publish entries dated after Now too
}

// Input is what Assemble works on. Problems are the diagnostics that parsing each document gave, in the same
// order, and Hints those that are mere hints; only those of published entries count.
type Input struct {
	Settings   Settings
	Documents  []*document.Document
	Problems   []diag.List
	Hints      []diag.List
	Tree       *source.Tree
	Transcript func(f *source.File, prefix string) (*markdown.Body, diag.List) // compiles a transcript, whose ids begin with prefix
	Options    Options
}

// assembler holds what is known of all documents while references are resolved.
type assembler struct {
	Input
	pub         *Publication
	diags       diag.List
	list        []*Entry           // all entries, in the order of Publication.Entries
	records     map[string]*record // by reference
	byPath      map[string]*record
	topics      map[string]*Topic // by slug
	regions     map[string]*Region
	topicByName map[string]*Topic
	headings    map[string]*Topic // which topic a heading names, by its text
	uses        map[string]Use
}

// record is what is known of a reference: its document and, if it is published, its entry.
type record struct {
	doc    *document.Document
	status status
	entry  *Entry
}

// status says whether an entry is published, and if not, why.
type status struct {
	code diag.Code // "" for a published entry
	day  frontmatter.Day
}

func (o Options) status(d *document.Document) status {
	m := &d.Meta
	switch {
	case m.Draft && !o.Drafts:
		return status{code: "draft-entry"}
	case m.Expires.Day != "" && m.Expires.Day <= o.Now:
		return status{"expired-entry", m.Expires.Day}
	case m.Date.Day > o.Now && !o.Future:
		return status{"scheduled-entry", m.Date.Day}
	}
	return status{}
}

// Assemble makes the publication. It gives the best one it can: what a broken reference would have added
// is left out.
func Assemble(in Input) (*Publication, diag.List) {
	a := &assembler{
		Input: in, pub: &Publication{Settings: in.Settings, Now: in.Options.Now},
		records: make(map[string]*record, len(in.Documents)), byPath: make(map[string]*record, len(in.Documents)),
		topics: map[string]*Topic{}, regions: map[string]*Region{},
		topicByName: map[string]*Topic{}, headings: map[string]*Topic{}, uses: map[string]Use{},
	}
	a.enter()
	a.sort()
	a.nameTopics()
	a.list = a.pub.Entries()
	for i, e := range a.list {
		e.Index = i
		a.common(e)
	}
	a.listFindings()
	for _, e := range a.list {
		a.body(&e.Body, e.doc.File.Path, e)
	}
	a.kinds()
	a.follow()
	a.backlinks()
	a.neighbours()
	a.unique()
	a.navigation()
	a.sender()
	a.ignored()
	for _, use := range a.uses {
		a.pub.Files = append(a.pub.Files, use)
	}
	slices.SortFunc(a.pub.Files, func(x, y Use) int { return cmp.Compare(x.Path, y.Path) })
	return a.pub, a.diags
}

// enter makes an entry of every published document.
func (a *assembler) enter() {
	records, entries := make([]record, len(a.Documents)), make([]Entry, len(a.Documents))
	for i, d := range a.Documents {
		ref := d.Reference()
		known := a.records[ref]
		status := a.Options.status(d)
		r := &records[i]
		*r = record{doc: d, status: status}
		if known != nil && known.entry != nil {
			r = known // the first of two entries with one reference stands for both
		}
		a.byPath[d.File.Path] = r
		if misnamed(d) {
			if good := string(d.Kind) + "/" + d.Slug + ".md"; a.Tree.File(good) == nil {
				a.byPath[good] = r // links by the name that it should have are not reported too
			}
		}
		if status.code != "" {
			a.pub.LeftOut.count(status.code)
			a.pub.Unpublished = append(a.pub.Unpublished, Unpublished{d, status.code})
			if known == nil {
				a.records[ref] = r
			}
			continue
		}
		a.diags = append(a.diags, a.Problems[i]...)
		a.pub.Hints = append(a.pub.Hints, a.Hints[i])
		if r == known {
			a.diags.Add("duplicate-url", d.Top, ref, known.doc.File.Path)
			continue
		}
		a.records[ref] = r
		title := d.Meta.Title.Value
		if title == "" {
			title = d.Slug
		}
		e := &entries[i]
		*e = Entry{
			Kind: d.Kind, Slug: d.Slug, Title: title, Summary: d.Meta.Summary.Value,
			Date: d.Meta.Date.Day, Updated: d.Meta.Updated.Day, Authors: values(d.Meta.Authors),
			Aliases: d.Meta.Aliases, Top: d.Top, Key: d.TitleKey, doc: d, ref: ref, Body: Body{Body: d.Body, File: d.File},
		}
		if a.Options.Drafts || a.Options.Future {
			switch (Options{Now: a.Options.Now}).status(d).code {
			case "draft-entry":
				e.Unpublished = "draft"
			case "scheduled-entry":
				e.Unpublished = "scheduled"
			}
		}
		for _, c := range d.Meta.Changes {
			e.Changes = append(e.Changes, Change{c.Date.Day, c.Note.Value})
		}
		r.entry = e
		a.enterKind(e, &d.Meta)
	}
}

// misnamed reports whether the entry is a single file whose name, which was reported, is no slug.
func misnamed(d *document.Document) bool {
	name := path.Base(d.File.Path)
	return d.Kind != document.Home && name != "index.md" && name != d.Slug+".md"
}

func (l *LeftOut) count(why diag.Code) {
	switch why {
	case "draft-entry":
		l.Drafts++
	case "scheduled-entry":
		l.Scheduled++
	default:
		l.Expired++
	}
}

func (a *assembler) enterKind(e *Entry, m *document.Meta) {
	p := a.pub
	switch e.Kind {
	case document.Home:
		p.Home = e
	case document.Sheets:
		x := &Sheet{Entry: e, Number: m.Number.Value, Period: m.Period.Value, Sources: values(m.Sources)}
		p.Sheets, e.sheet = append(p.Sheets, x), x
	case document.Recommendations:
		x := &Recommendation{Entry: e, Order: order(m), Audience: values(m.Audience)}
		p.Recommendations, e.recommendation = append(p.Recommendations, x), x
	case document.Stories:
		x := &Story{Entry: e, Outcome: m.Outcome.Value, Lessons: values(m.Lessons)}
		p.Stories, e.story = append(p.Stories, x), x
	case document.Documents:
		x := &Document{Entry: e, Type: m.Type.Value, Period: m.Period.Value, Address: m.Link.Value}
		if x.Type == "" {
			x.Type = "other"
		}
		p.Documents, e.document = append(p.Documents, x), x
	case document.Topics:
		x := &Topic{Entry: e, Names: values(m.Names), Order: order(m)}
		p.Topics, a.topics[e.Slug] = append(p.Topics, x), x
	case document.Regions:
		x := &Region{Entry: e, Names: values(m.Names), Municipality: m.Municipality.Value, Code: m.Code.Value}
		if len(m.Tile) == 2 {
			x.Column, x.Row = m.Tile[0].Value, m.Tile[1].Value
		}
		p.Regions, a.regions[e.Slug] = append(p.Regions, x), x
	case document.Newsletters:
		x := &Newsletter{Entry: e, Number: m.Number.Value, Subject: m.Subject.Value, Preheader: m.Preheader.Value}
		if x.Subject == "" {
			x.Subject = e.Title
		}
		p.Newsletters, e.newsletter = append(p.Newsletters, x), x
	case document.Pages:
		p.Pages = append(p.Pages, &Page{Entry: e, Order: order(m)})
	}
}

func (a *assembler) sort() {
	p := a.pub
	slices.SortFunc(p.Sheets, func(x, y *Sheet) int { return newest(x.Entry, y.Entry, x.Number, y.Number) })
	slices.SortFunc(p.Newsletters, func(x, y *Newsletter) int { return newest(x.Entry, y.Entry, x.Number, y.Number) })
	slices.SortFunc(p.Recommendations, func(x, y *Recommendation) int {
		return cmp.Or(-cmp.Compare(x.Date, y.Date), cmp.Compare(x.Order, y.Order), cmp.Compare(x.Slug, y.Slug))
	})
	slices.SortFunc(p.Stories, func(x, y *Story) int { return newest(x.Entry, y.Entry, 0, 0) })
	slices.SortFunc(p.Documents, func(x, y *Document) int { return newest(x.Entry, y.Entry, 0, 0) })
	slices.SortFunc(p.Topics, func(x, y *Topic) int { return cmp.Or(cmp.Compare(x.Order, y.Order), byTitle(x.Entry, y.Entry)) })
	slices.SortFunc(p.Pages, func(x, y *Page) int { return cmp.Or(cmp.Compare(x.Order, y.Order), byTitle(x.Entry, y.Entry)) })
	slices.SortFunc(p.Regions, func(x, y *Region) int { return byTitle(x.Entry, y.Entry) })
}

func newest(x, y *Entry, xn, yn int) int {
	return cmp.Or(-cmp.Compare(x.Date, y.Date), -cmp.Compare(xn, yn), cmp.Compare(x.Slug, y.Slug))
}

func byTitle(x, y *Entry) int {
	return cmp.Or(cmp.Compare(x.Key, y.Key), cmp.Compare(x.Slug, y.Slug))
}

// order gives the value of order; entries without one come last.
func order(m *document.Meta) int {
	if !m.Order.Set() {
		return math.MaxInt
	}
	return m.Order.Value
}

// nameTopics makes the names under which a heading means a topic.
func (a *assembler) nameTopics() {
	for _, t := range a.pub.Topics {
		names := append([]frontmatter.Text{{Value: t.Title, Span: t.doc.Meta.Title.Span}}, t.doc.Meta.Names...)
		for _, name := range names {
			key := nameKey(name.Value)
			if other := a.topicByName[key]; other != nil && other != t && name.Set() {
				a.diags.Add("ambiguous-name", name.Span, name.Value, other.Reference())
				continue
			}
			a.topicByName[key] = t
		}
	}
}

func nameKey(s string) string {
	return strings.ToLower(strings.Join(strings.Fields(plainSigns.Replace(s)), " "))
}

// plainSigns undoes typographic signs: a heading has them, a title as the editor typed it may not.
var plainSigns = strings.NewReplacer("‘", "'", "’", "'", "“", `"`, "”", `"`, "–", "-", "—", "-", "---", "-", "--", "-", "…", "...")

// common resolves what entries of all kinds have.
func (a *assembler) common(e *Entry) {
	m := &e.doc.Meta
	for _, t := range m.Topics {
		if topic := a.topic(t); topic != nil {
			e.Topics = append(e.Topics, topic)
		}
	}
	for _, r := range m.Regions {
		if region := a.regions[r.Value]; region != nil {
			e.Regions = append(e.Regions, region)
		} else {
			a.unknown(r, document.Regions, "unknown-region")
		}
	}
	if src := m.Image.Src; src.Value != "" {
		if p := a.file(src, e.doc.File.Path, true); p != "" {
			e.Image = &Picture{File: p, Alt: m.Image.Alt.Value, Credit: m.Image.Credit.Value}
		}
	}
}

func (a *assembler) topic(t frontmatter.Text) *Topic {
	topic := a.topics[t.Value]
	if topic == nil {
		a.unknown(t, document.Topics, "unknown-topic")
	}
	return topic
}

// SortNewest sorts entries of any kind, the newest first.
func SortNewest(entries []*Entry) {
	slices.SortFunc(entries, func(x, y *Entry) int {
		return cmp.Or(-cmp.Compare(x.Date, y.Date), cmp.Compare(x.Reference(), y.Reference()))
	})
}
