package assist

import (
	"cmp"
	"slices"
	"strings"

	"leerblad/internal/diag"
	"leerblad/internal/document"
	"leerblad/internal/publication"
	"leerblad/internal/source"
)

// FindOptions says what Find looks for. Neither Findings nor Texts means both.
type FindOptions struct {
	Kinds    []string // of the texts, or of those in which the findings stand; none means all
	Findings bool
	Texts    bool
	Max      int // 0 means 50
}

// Found is a text or finding.
type Found struct {
	Reference string      `json:"reference"`
	Title     string      `json:"title"`    // a text's title, or the words of a finding
	Kind      string      `json:"kind"`     // of the text, or in which the finding stands
	KindName  string      `json:"kindName"` // in the theme's words
	Detail    string      `json:"detail"`   // a text's summary, or the title of the text in which the finding stands
	State     string      `json:"state"`    // "published", "draft", "scheduled" or "expired"
	Path      string      `json:"path"`     // of the file, in the publication folder
	Span      source.Span `json:"-"`
	Valence   string      `json:"valence,omitempty"` // of a finding
}

// Find gives the texts and findings that hold all words of a query, the last of which may be the beginning of a word; best first. Accents and
// capitals do not matter. A query without words finds all texts.
func (p *Publication) Find(query string, o FindOptions, l diag.Language) []Found {
	if !o.Findings && !o.Texts {
		o.Texts, o.Findings = true, folded(query) != ""
	}
	out := []Found{}
	for _, h := range p.search(query, o) {
		d := p.in.Documents[h.doc]
		f := Found{
			Reference: d.Reference(), Title: title(d), Kind: string(d.Kind), KindName: p.kindName(d.Kind, l), Detail: d.Meta.Summary.Value,
			State: p.state(d), Path: d.File.Path, Span: head(d),
		}
		if h.finding >= 0 {
			finding := &d.Body.Findings[h.finding]
			f.Reference, f.Title, f.Detail = f.Reference+"#"+finding.ID, finding.Text, f.Title
			f.Span, f.Valence = finding.Span, string(finding.Valence)
		}
		out = append(out, f)
	}
	return out
}

func title(d *document.Document) string { return cmp.Or(d.Meta.Title.Value, d.Slug, d.File.Path) }

// head gives the place that stands for a text as a whole: its title.
func head(d *document.Document) source.Span {
	if d.Meta.Title.Value != "" {
		return d.Meta.Title.Span
	}
	return d.Top
}

func (p *Publication) state(d *document.Document) string {
	return publication.State(d, p.in.Options.Now)
}

// hit is a text or finding that search found. A lower class is a better one.
type hit struct {
	class        class
	doc, finding int // indexes; finding is -1 for the text
}

type class int

// The classes of hits, best first.
const (
	titleStarts class = iota
	titleWords
	findingWords
	titlePrefix
	findingPrefix
	byName
	byRest
	classes
)

// wanted are the words of a query.
type wanted struct {
	whole []string // each between blanks, but for the last
	last  string   // " word"
	start string   // all of them, as the beginning of a title
}

func want(query string) (w wanted) {
	q := folded(query)
	if q == "" {
		return w
	}
	w.start = strings.TrimSuffix(q, " ")
	list := strings.Fields(q)
	for _, word := range list[:len(list)-1] {
		w.whole = append(w.whole, " "+word+" ")
	}
	w.last = " " + list[len(list)-1]
	return w
}

// in reports whether a text has all words; whole says that it has the last as a whole word too.
func (w wanted) in(text string) (all, whole bool) {
	for _, word := range w.whole {
		if !strings.Contains(text, word) {
			return false, false
		}
	}
	i := strings.Index(text, w.last)
	if i < 0 {
		return false, false
	}
	return true, text[i+len(w.last)] == ' ' || strings.Contains(text[i+1:], w.last+" ")
}

// any reports whether a text has one of the words.
func (w wanted) any(text string) bool {
	return strings.Contains(text, w.last) || slices.ContainsFunc(w.whole, func(word string) bool { return strings.Contains(text, word) })
}

// search gives what a query finds, best first; within a class drafts last, by kind, the newest first.
func (p *Publication) search(query string, o FindOptions) []hit {
	w := want(query)
	var hits [classes][]hit
	add := func(c class, doc, finding int) { hits[c] = append(hits[c], hit{c, doc, finding}) }
	index := p.index()
	for i, k := range index {
		d := p.in.Documents[i]
		if len(o.Kinds) > 0 && !slices.Contains(o.Kinds, string(d.Kind)) {
			continue
		}
		if all, _ := w.in(k.all); !all && w.last != "" {
			continue
		}
		if o.Texts {
			if c, ok := w.text(k); ok {
				add(c, i, -1)
			}
		}
		if o.Findings {
			for n, f := range k.findings {
				if c, ok := w.finding(f, k.title); ok {
					add(c, i, n)
				}
			}
		}
	}
	most := cmp.Or(o.Max, 50)
	var out []hit
	for _, list := range hits {
		if len(out) < most {
			out = append(out, best(list, most-len(out), index)...)
		}
	}
	return out
}

func (w wanted) text(k *known) (class, bool) {
	if w.last == "" || strings.HasPrefix(k.title, w.start) {
		return titleStarts, true
	}
	if all, whole := w.in(k.title); whole {
		return titleWords, true
	} else if all {
		return titlePrefix, true
	}
	if all, _ := w.in(k.names); all {
		return byName, true
	}
	all, _ := w.in(k.title + k.names + k.summary)
	return byRest, all
}

func (w wanted) finding(text, title string) (class, bool) {
	if w.last == "" {
		return findingPrefix, true
	}
	if !w.any(text) {
		return 0, false
	}
	if all, whole := w.in(text); whole {
		return findingWords, true
	} else if all {
		return findingPrefix, true
	}
	all, _ := w.in(text + title)
	return byRest, all
}

// best gives the first hits of a class, at most so many.
func best(list []hit, most int, index []*known) []hit {
	compare := func(a, b hit) int {
		return cmp.Or(index[a.doc].rank.compare(index[b.doc].rank), cmp.Compare(a.doc, b.doc), cmp.Compare(a.finding, b.finding))
	}
	var out []hit
	for _, h := range list { // most are worse than the worst of many
		if len(out) == most && compare(h, out[most-1]) > 0 {
			continue
		}
		at, _ := slices.BinarySearchFunc(out, h, compare)
		out = slices.Insert(out, at, h)
		out = out[:min(len(out), most)]
	}
	return out
}
