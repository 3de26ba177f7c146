package assist

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"leerblad/internal/diag"
	"leerblad/internal/document"
	"leerblad/internal/edit"
	"leerblad/internal/markdown"
	"leerblad/internal/publication"
	"leerblad/internal/source"
)

// Completion is something that may be written at a place.
type Completion struct {
	Label  string // what a list of them shows
	Detail string // beside it, short
	Doc    string // Markdown: what it is
	Kind   CompletionKind
	Span   source.Span // what Text stands in place of; the place that was asked for is in it or at its end
	Text   string
	Filter string // begins with what stands in Span before the place that was asked for, so that no editor's own search leaves it out
	Sort   string // orders a list
}

// CompletionKind says what a Completion is.
type CompletionKind string

// The kinds of completions.
const (
	CompleteKey       CompletionKind = "key"
	CompleteValue     CompletionKind = "value"
	CompleteEntry     CompletionKind = "entry"
	CompleteFinding   CompletionKind = "finding"
	CompleteHeading   CompletionKind = "heading"
	CompleteFile      CompletionKind = "file"
	CompleteMarker    CompletionKind = "marker"
	CompleteAttribute CompletionKind = "attribute"
	CompleteNote      CompletionKind = "footnote"
)

// MaxCompletions is how many Complete gives: where there are so many, more that is typed may bring up others.
const MaxCompletions = 100

// Complete gives what may be written at an offset, best first: what fits the words that are there before it.
func (p *Publication) Complete(b *Buffer, at int, l diag.Language) []Completion {
	at = min(max(at, 0), len(b.File.Data))
	c := &completer{Publication: p, b: b, at: at, l: l}
	if f, ok := b.fieldAt(at); ok {
		c.field(f)
	} else if b.Doc != nil && at >= b.Doc.BodyStart && !b.Doc.NoBody {
		c.body()
	}
	return c.done()
}

// completer collects completions.
type completer struct {
	*Publication
	b      *Buffer
	at     int
	l      diag.Language
	span   source.Span // what they stand in place of
	ranked bool        // they were found by what is typed
	list   []Completion
}

// typed gives what stands before the place, of what is replaced.
func (c *completer) typed() string {
	return string(c.b.File.Data[min(c.span.Start, c.at):c.at])
}

func (c *completer) add(x Completion) {
	x.Span = c.span
	c.list = append(c.list, x)
}

// done gives what was collected; what was not found by what is typed is kept if it fits that.
func (c *completer) done() []Completion {
	typed := c.typed()
	if !c.ranked {
		w := want(typed)
		c.list = slices.DeleteFunc(c.list, func(x Completion) bool {
			return typed != "" && !strings.HasPrefix(x.Text, typed) && !w.found(folded(x.Label+" "+x.Text+" "+x.Detail))
		})
		starts := func(x Completion) bool { return strings.HasPrefix(x.Text, typed) }
		slices.SortStableFunc(c.list, func(x, y Completion) int {
			switch {
			case starts(x) == starts(y):
				return 0
			case starts(x):
				return -1
			}
			return 1
		})
	}
	c.list = c.list[:min(len(c.list), MaxCompletions)]
	for i := range c.list {
		c.list[i].Filter = typed + " " + c.list[i].Label
		c.list[i].Sort = fmt.Sprintf("%03d", i)
	}
	return c.list
}

// found reports whether a text has all words, each at least as the beginning of one.
func (w wanted) found(text string) bool {
	if w.last == "" || !strings.Contains(text, w.last) {
		return false
	}
	return !slices.ContainsFunc(w.whole, func(word string) bool { return !strings.Contains(text, strings.TrimSuffix(word, " ")) })
}

// lines gives a text of several lines as the buffer has them.
func (c *completer) lines(text string) string { return edit.Lines(c.b.File, text) }

// references completes a reference to entries of kinds, or to findings, out of what is typed.
func (c *completer) references(kinds []document.Kind, but []string, write func(ref string) string) {
	c.ranked = true
	typed := strings.TrimSpace(c.typed())
	o := FindOptions{Max: MaxCompletions}
	for _, k := range kinds {
		if k == document.Finding {
			o.Findings = true
		} else {
			o.Texts, o.Kinds = true, append(o.Kinds, string(k))
		}
	}
	if ref, id, ok := strings.Cut(typed, "#"); ok && o.Findings {
		if c.findingsOf(ref, id, but, write) {
			return
		}
	}
	if kind, rest, ok := strings.Cut(typed, "/"); ok && slices.Contains(document.Folders(), kind) {
		typed = rest
		o.Kinds = slices.DeleteFunc(o.Kinds, func(k string) bool { return k != kind })
		o.Texts = len(o.Kinds) > 0
		if o.Findings {
			o.Kinds = []string{kind}
		}
	} else if o.Findings {
		c.both(typed, o, but, write)
		return
	}
	c.found(c.search(typed, o), but, write)
}

// both completes references to entries of some kinds, and to findings in any.
func (c *completer) both(typed string, o FindOptions, but []string, write func(string) string) {
	texts := o
	texts.Findings = false
	var hits []hit
	if o.Texts {
		hits = c.search(typed, texts)
	}
	if folded(typed) != "" || !o.Texts {
		hits = append(hits, c.search(typed, FindOptions{Findings: true, Max: o.Max})...)
	}
	slices.SortStableFunc(hits, func(a, b hit) int { return int(a.class - b.class) })
	c.found(hits, but, write)
}

func (c *completer) found(hits []hit, but []string, write func(string) string) {
	for _, h := range hits {
		d := c.in.Documents[h.doc]
		ref := d.Reference()
		if h.finding >= 0 {
			c.finding(c.b.newest(d), ref, h.finding, but, write)
		} else if !slices.Contains(but, ref) && d.File.Path != c.b.File.Path {
			c.add(Completion{Label: title(d), Detail: ref, Kind: CompleteEntry, Text: write(ref), Doc: c.tell(c.b, target{doc: d}, c.l)})
		}
	}
}

// findingsOf completes the id of a finding in one text; it is false for what is no text.
func (c *completer) findingsOf(ref, id string, but []string, write func(string) string) bool {
	d := c.document(ref)
	if d == nil {
		return false
	}
	d = c.b.newest(d)
	w := want(id)
	for i := range d.Body.Findings {
		f := &d.Body.Findings[i]
		if id == "" || strings.HasPrefix(f.ID, id) || w.found(foldedFinding(f)) {
			c.finding(d, ref, i, but, write)
		}
	}
	return true
}

func (c *completer) finding(d *document.Document, ref string, i int, but []string, write func(string) string) {
	if i >= len(d.Body.Findings) {
		return // it went since the build
	}
	f := &d.Body.Findings[i]
	if ref += "#" + f.ID; !slices.Contains(but, ref) {
		c.add(Completion{Label: markOf(f.Valence) + " " + f.Text, Detail: ref, Kind: CompleteFinding, Text: write(ref),
			Doc: escaped(title(d)) + " — " + c.facts(d, c.l)})
	}
}

// document gives the text that a reference names.
func (p *Publication) document(ref string) *document.Document {
	for _, path := range []string{ref + ".md", ref + "/index.md"} {
		if d := p.byPath(path); d != nil && d.Reference() == ref {
			return d
		}
	}
	i := slices.IndexFunc(p.in.Documents, func(d *document.Document) bool { return d.Reference() == ref })
	if i < 0 {
		return nil
	}
	return p.in.Documents[i]
}

// was gives a text as it was built, or as it is where it was not.
func (p *Publication) was(d *document.Document) *document.Document {
	if d == nil {
		return nil
	}
	return cmp.Or(p.byPath(d.File.Path), d)
}

// byPath gives the text in a file.
func (p *Publication) byPath(path string) *document.Document {
	i, ok := slices.BinarySearchFunc(p.in.Documents, path, func(d *document.Document, path string) int { return strings.Compare(d.File.Path, path) })
	if !ok {
		return nil
	}
	return p.in.Documents[i]
}

// slugs completes the slug of an entry of a kind.
func (c *completer) slugs(kind document.Kind, but []string, write func(string) string) {
	for _, d := range c.in.Documents {
		if d.Kind == kind && !slices.Contains(but, d.Slug) {
			names := strings.Join(d.Meta.Texts(kind.Row().Named), ", ")
			c.add(Completion{Label: title(d), Detail: strings.Trim(d.Slug+" · "+names, " ·"), Kind: CompleteEntry, Text: write(d.Slug), Doc: escaped(d.Meta.Summary.Value)})
		}
	}
}

// files completes the path of a file for which fits holds and that is typed in part, nearest first.
func (c *completer) files(typed string, fits func(path string) bool, write func(path string) string) {
	w := want(strings.ReplaceAll(typed, "..", ""))
	own := c.b.File.Path
	folder := own[:strings.LastIndexByte(own, '/')+1]
	var ranks [3][]string
	for _, p := range c.in.Tree.Paths() {
		if p == own || !fits(p) {
			continue
		}
		written := publication.Relative(own, p)
		if typed != "" && !strings.HasPrefix(written, typed) && !w.found(folded(p)) {
			continue
		}
		rank := 2
		switch {
		case folder != "" && strings.HasPrefix(p, folder):
			rank = 0
		case strings.HasPrefix(p, "media/"):
			rank = 1
		}
		ranks[rank] = append(ranks[rank], p)
	}
	c.ranked = true
	for _, p := range slices.Concat(ranks[:]...) {
		if len(c.list) == MaxCompletions {
			break
		}
		f := c.in.Tree.File(p)
		c.add(Completion{Label: p[strings.LastIndexByte(p, '/')+1:], Detail: p, Kind: CompleteFile, Text: write(publication.Relative(own, p)), Doc: size(f.Size, c.l)})
	}
}

// markers completes the five markers, in place of the span.
func (c *completer) markers() {
	for _, m := range marks {
		c.add(Completion{Label: m.text + " " + c.word("valence."+string(m.valence), c.l), Kind: CompleteMarker, Text: m.text + " ",
			Doc: say(c.l, "marker", m.text)})
	}
}

// reach completes a finding's reach.
func (c *completer) reach() {
	for _, r := range markdown.Reaches {
		c.add(Completion{Label: r, Detail: c.word("reach."+r, c.l), Kind: CompleteValue, Text: r})
	}
}
