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
	All    bool            // publish all entries, each as on the day on which it appears, to find what is wrong with it then
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
	Word       func(name string) string                                        // in addresses, for a kind's folder, "findings" or "search"
	Options    Options
}

// assembler holds what is known of all documents while references are resolved.
type assembler struct {
	Input
	pub         *Publication
	diags       diag.List
	order       []int              // of the documents: by path, those that are left out after the others
	records     map[string]*record // by reference
	byPath      map[string]*record
	topics      map[string]*Entry // by slug
	regions     map[string]*Entry
	topicByName map[string]*Entry
	headings    map[string]*Entry // which topic a heading names, by its text
	uses        map[string]Use
	from        *Entry              // whose references are being resolved; nil for the settings
	byName      map[string][]string // see wikis
	found       *lookup
	tables      map[*source.File]*tableFile // of charts
	root        string                      // the address of the site
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

// when gives the options with which a text stands that refers to others: it must find them on the day on which it appears. A draft may
// appear together with other drafts; an entry that has expired must have found what it refers to on its last day.
func (o Options) when(e *Entry) Options {
	o.All = false
	if e == nil || e.Unpublished == "" {
		return o
	}
	o.Drafts = o.Drafts || e.Meta.Draft
	o.Now = max(o.Now, e.Date)
	if e.Unpublished == "expired" {
		o.Now, o.Future = frontmatter.DayBefore(e.Meta.Expires.Day), true
	}
	return o
}

// Assemble makes the publication. It gives the best one it can: what a broken reference would have added
// is left out.
func Assemble(in Input) (*Publication, diag.List) {
	a := &assembler{
		Input: in, pub: &Publication{Settings: in.Settings, Now: in.Options.Now, of: map[document.Kind][]*Entry{}},
		records: make(map[string]*record, len(in.Documents)), byPath: make(map[string]*record, len(in.Documents)),
		topics: map[string]*Entry{}, regions: map[string]*Entry{},
		topicByName: map[string]*Entry{}, headings: map[string]*Entry{}, uses: map[string]Use{},
		root: in.Settings.Complete(in.Settings.Base()),
	}
	a.enter()
	a.sort()
	a.nameTopics()
	a.each(a.common)
	a.listFindings()
	a.each(func(e *Entry) { a.body(&e.Body, e.doc.File.Path, e) })
	a.each(a.refer)
	a.follow()
	a.backlinks()
	a.neighbours()
	a.unique()
	a.navigation()
	a.sender()
	if src := in.Settings.Image.Src; src.Value != "" {
		if p := a.value(src, SettingsFile, aPicture); p != "" {
			a.pub.Image = &Picture{File: p, Alt: in.Settings.Image.Alt.Value}
		}
	}
	a.ignored()
	for _, use := range a.uses {
		a.pub.Files = append(a.pub.Files, use)
	}
	slices.SortFunc(a.pub.Files, func(x, y Use) int { return cmp.Compare(x.Path, y.Path) })
	return a.pub, a.diags
}

// each calls do for all entries, whose references it resolves.
func (a *assembler) each(do func(*Entry)) {
	for _, e := range a.pub.Entries {
		a.from = e
		do(e)
	}
	a.from = nil
}

// publishedFirst has those that are left out, or would be, after the others. What two cannot both have belongs to the one that is published.
func (a *assembler) publishedFirst(entries []*Entry) {
	if a.Options.All {
		slices.SortStableFunc(entries, func(x, y *Entry) int { return cmp.Compare(min(1, len(x.Unpublished)), min(1, len(y.Unpublished))) })
	}
}

// enter makes an entry of every published document.
func (a *assembler) enter() {
	records, entries := make([]record, len(a.Documents)), make([]Entry, len(a.Documents))
	a.order = make([]int, 0, len(a.Documents))
	var leftOut []int
	for i, d := range a.Documents {
		if a.Options.status(d).code == "" {
			a.order = append(a.order, i)
		} else {
			leftOut = append(leftOut, i)
		}
	}
	a.order = append(a.order, leftOut...)
	for _, i := range a.order {
		d := a.Documents[i]
		status := a.Options.status(d)
		ref := d.Reference()
		known := a.records[ref]
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
		if status.code != "" && !a.Options.All {
			a.pub.LeftOut.count(status)
			a.pub.Unpublished = append(a.pub.Unpublished, Unpublished{d, status.String()})
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
			Date: d.Meta.Date.Day, Updated: d.Meta.Updated.Day, Meta: &d.Meta, Top: d.Top, Key: d.TitleKey, doc: d, ref: ref, Body: Body{Body: d.Body, File: d.File},
		}
		if own := d.Meta.Language.Value; own != string(a.Settings.Language) {
			e.Language, e.Body.Language = own, own
		}
		switch {
		case a.Options.All:
			e.Unpublished = status.String()
		case a.Options.Drafts || a.Options.Future:
			e.Unpublished = Options{Now: a.Options.Now}.status(d).String()
		}
		r.entry = e
		a.pub.of[e.Kind] = append(a.pub.of[e.Kind], e)
	}
	slices.Sort(a.pub.LeftOut.Until)
}

// misnamed reports whether the entry is a single file whose name, which was reported, is no slug.
func misnamed(d *document.Document) bool {
	name := path.Base(d.File.Path)
	return d.Kind != document.Home && name != "index.md" && name != d.Slug+".md"
}

// String gives "draft", "scheduled" or "expired", or "" for a published entry.
// State tells what a text is to readers on a day: "published", "draft", "scheduled" or "expired".
func State(d *document.Document, now frontmatter.Day) string {
	return cmp.Or(Options{Now: now}.status(d).String(), "published")
}

func (s status) String() string { return strings.TrimSuffix(string(s.code), "-entry") }

func (l *LeftOut) count(s status) {
	switch s.String() {
	case "draft":
		l.Drafts++
	case "scheduled":
		l.Until = append(l.Until, s.day)
	case "expired":
		l.Expired++
	}
}

// sort puts the entries in their order, and into the maps by which references find them.
func (a *assembler) sort() {
	p := a.pub
	if home := p.of[document.Home]; home != nil {
		p.Home = home[0]
		p.Entries = append(p.Entries, p.Home)
	}
	for i := range document.Kinds {
		row := &document.Kinds[i]
		list := p.of[row.Kind]
		if row.Dated {
			slices.SortFunc(list, newest)
		} else {
			slices.SortFunc(list, func(x, y *Entry) int { return cmp.Or(cmp.Compare(x.order(), y.order()), byTitle(x, y)) })
		}
		a.publishedFirst(list)
		p.Entries = append(p.Entries, list...)
	}
	a.publishedFirst(p.Entries)
	for i, e := range p.Entries {
		e.Index = i
	}
	for _, t := range p.of[document.Topics] {
		a.topics[t.Slug] = t
	}
	for _, r := range p.of[document.Regions] {
		a.regions[r.Slug] = r
	}
}

// newest has the newer of two entries first, and of two of one day the one with the higher number, or else the lower order.
func newest(x, y *Entry) int {
	return cmp.Or(-cmp.Compare(x.Date, y.Date), -cmp.Compare(x.Meta.Number.Value, y.Meta.Number.Value), cmp.Compare(x.order(), y.order()),
		cmp.Compare(x.Slug, y.Slug))
}

func byTitle(x, y *Entry) int {
	return cmp.Or(cmp.Compare(x.Key, y.Key), cmp.Compare(x.Slug, y.Slug))
}

// order gives the value of order; entries without one come last.
func (e *Entry) order() int {
	if !e.Meta.Order.Set() {
		return math.MaxInt
	}
	return e.Meta.Order.Value
}

// nameTopics makes the names under which a heading means a topic.
func (a *assembler) nameTopics() {
	for _, t := range a.pub.of[document.Topics] {
		names := append([]frontmatter.Text{{Value: t.Title, Span: t.Meta.Title.Span}}, t.Meta.Names...)
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
	return alike(strings.Join(strings.Fields(plainSigns.Replace(source.Visible(s))), " "))
}

// plainSigns undoes typographic signs: a heading has them, a title as the editor typed it may not.
var plainSigns = strings.NewReplacer("‘", "'", "’", "'", "“", `"`, "”", `"`, "–", "-", "—", "-", "---", "-", "--", "-", "…", "...")

// common resolves what entries of all kinds have.
func (a *assembler) common(e *Entry) {
	m := e.Meta
	for _, t := range m.Topics {
		if topic := a.topic(t); topic != nil {
			e.Topics = append(e.Topics, topic)
		}
	}
	for _, r := range m.Regions {
		if region := a.regions[r.Value]; region == nil {
			a.unknown(r, document.Regions, "unknown-region")
		} else if a.there(r.Span, region) {
			e.Regions = append(e.Regions, region)
		}
	}
	if src := m.Image.Src; src.Value != "" {
		if p := a.value(src, e.doc.File.Path, aPicture); p != "" {
			e.Image = &Picture{File: p, Alt: m.Image.Alt.Value, Credit: m.Image.Credit.Value}
		}
	}
}

func (a *assembler) topic(t frontmatter.Text) *Entry {
	topic := a.topics[t.Value]
	if topic == nil {
		a.unknown(t, document.Topics, "unknown-topic")
	} else if !a.there(t.Span, topic) {
		return nil
	}
	return topic
}

// SortNewest sorts entries of any kind, the newest first.
func SortNewest(entries []*Entry) {
	slices.SortFunc(entries, func(x, y *Entry) int {
		return cmp.Or(-cmp.Compare(x.Date, y.Date), cmp.Compare(x.Reference(), y.Reference()))
	})
}
