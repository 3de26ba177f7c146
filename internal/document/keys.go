package document

import (
	"slices"

	"leerblad/internal/frontmatter"
	"leerblad/internal/source"
)

// Meta is an entry's front matter as its editor wrote it, with places. Keys says how each key is read, Kinds which kinds know it. Its digest
// tells all but its title and summary.
type Meta struct {
	Title, Summary         frontmatter.Text `digest:"-"`
	Date, Updated, Expires frontmatter.Date
	Changes                []Change
	Topics, Regions        []frontmatter.Text
	Authors                []frontmatter.Text
	Image                  Image
	Draft                  bool
	Aliases                []frontmatter.Text
	Order, Number          frontmatter.Number
	Period                 frontmatter.Text
	Sources                []frontmatter.Text
	Report                 Report
	Sheet                  frontmatter.Text
	Evidence               []frontmatter.Text
	Audience               []frontmatter.Text
	Outcome                frontmatter.Text
	Lessons                []frontmatter.Text
	Media                  []MediaItem
	Type                   frontmatter.Text
	File, Link             frontmatter.Text
	Municipality, Code     frontmatter.Text
	Tile                   []frontmatter.Number // column and row, or empty
	Names                  []frontmatter.Text
	Subject, Preheader     frontmatter.Text
	Items                  []frontmatter.Text
}

// Change is a correction after publication.
type Change struct {
	Date frontmatter.Date
	Note frontmatter.Text
}

// Image is an entry's picture. An Alt that is set and empty means decoration.
type Image struct{ Src, Alt, Credit frontmatter.Text }

// Report is where a sheet's report is: a reference to a document, or a title and an address.
type Report struct{ Reference, Title, Link frontmatter.Text }

// MediaItem is one item of a story's media.
type MediaItem struct {
	Type                      string
	Src, Link                 frontmatter.Text
	Alt, Caption, Credit      frontmatter.Text
	Poster, Captions          frontmatter.Text
	Transcript, Quote, Person frontmatter.Text
	Span                      source.Span `digest:"-"`
}

// MediaTypes are the types of media items.
var MediaTypes = []string{"video", "image", "audio", "infographic", "article", "testimonial"}

// Keys that stand inside another key's value.
var (
	changeKeys = []string{"date", "note"}
	imageKeys  = []string{"src", "alt", "credit"}
	reportKeys = []string{"title", "link"}
	mediaKeys  = []string{"type", "src", "link", "alt", "caption", "credit", "poster", "captions", "transcript", "quote", "person"}
)

// Key is a key of front matter.
type Key struct {
	Name string
	// Choices are the values that it may have, of a key that has one of few.
	Choices []string
	// Texts gives what its value says in words, for readers to find; nil for a key whose value says nothing.
	Texts func(*Meta) []string
	// Refers gives what its value refers to; nil for a key that refers to nothing.
	Refers func(*Meta) []Reference

	read  func(*metaReader, *Meta)
	texts func(*Meta) []frontmatter.Text
}

// refers is the key as one whose texts are references.
func (k Key) refers(form Form) Key {
	texts := k.texts
	k.Refers = func(m *Meta) []Reference { return refersTo(form, texts(m)...) }
	return k
}

// Reference is a value that refers to an entry, a finding or a file.
type Reference struct {
	frontmatter.Text
	Key  string
	Form Form
}

// Form is how a value refers to something.
type Form int

// The forms of references.
const (
	Whole  Form = iota // <kind>/<slug> or <kind>/<slug>#<id>
	Topic              // the slug of a topic
	Region             // the slug of a region
	Path               // the path of a file
	Prose              // the path of a Markdown file, or a Markdown text
)

// References gives all that the front matter refers to.
func (m *Meta) References() (out []Reference) {
	for i := range Keys {
		if k := &Keys[i]; k.Refers != nil {
			for _, r := range k.Refers(m) {
				if r.Key = k.Name; r.Value != "" {
					out = append(out, r)
				}
			}
		}
	}
	return out
}

func refersTo(form Form, texts ...frontmatter.Text) (out []Reference) {
	for _, t := range texts {
		out = append(out, Reference{Text: t, Form: form})
	}
	return out
}

// common are the keys that all kinds know.
var common = []string{"title", "summary", "updated", "changes", "authors", "image", "draft", "expires", "aliases"}

// Keys are all keys of entries, in the order of the content contract.
var Keys = []Key{
	text("title", func(m *Meta) *frontmatter.Text { return &m.Title }),
	text("summary", func(m *Meta) *frontmatter.Text { return &m.Summary }),
	date("date", func(m *Meta) *frontmatter.Date { return &m.Date }),
	date("updated", func(m *Meta) *frontmatter.Date { return &m.Updated }),
	{Name: "changes", read: func(r *metaReader, m *Meta) { m.Changes = r.changes() }},
	{Name: "topics", read: func(r *metaReader, m *Meta) { m.Topics = r.slugs("topics") },
		Refers: func(m *Meta) []Reference { return refersTo(Topic, m.Topics...) }},
	{Name: "regions", read: func(r *metaReader, m *Meta) { m.Regions = r.slugs("regions") },
		Refers: func(m *Meta) []Reference { return refersTo(Region, m.Regions...) }},
	texts("authors", func(m *Meta) *[]frontmatter.Text { return &m.Authors }),
	{Name: "image", read: func(r *metaReader, m *Meta) { m.Image = r.image() },
		Refers: func(m *Meta) []Reference { return refersTo(Path, m.Image.Src) }},
	{Name: "draft", read: func(r *metaReader, m *Meta) { m.Draft = r.Bool("draft") }},
	date("expires", func(m *Meta) *frontmatter.Date { return &m.Expires }),
	texts("aliases", func(m *Meta) *[]frontmatter.Text { return &m.Aliases }),
	number("order", func(m *Meta) *frontmatter.Number { return &m.Order }),
	number("number", func(m *Meta) *frontmatter.Number { return &m.Number }),
	text("period", func(m *Meta) *frontmatter.Text { return &m.Period }),
	texts("sources", func(m *Meta) *[]frontmatter.Text { return &m.Sources }),
	{Name: "report", read: func(r *metaReader, m *Meta) { m.Report = r.report() },
		Refers: func(m *Meta) []Reference { return refersTo(Whole, m.Report.Reference) }},
	text("sheet", func(m *Meta) *frontmatter.Text { return &m.Sheet }).refers(Whole),
	texts("evidence", func(m *Meta) *[]frontmatter.Text { return &m.Evidence }).refers(Whole),
	texts("audience", func(m *Meta) *[]frontmatter.Text { return &m.Audience }),
	choice("outcome", func(m *Meta) *frontmatter.Text { return &m.Outcome }, "worked", "mixed", "failed", "ongoing"),
	texts("lessons", func(m *Meta) *[]frontmatter.Text { return &m.Lessons }),
	{Name: "media", read: func(r *metaReader, m *Meta) { m.Media = r.media() }, Texts: mediaTexts, Refers: mediaReferences},
	choice("type", func(m *Meta) *frontmatter.Text { return &m.Type }, "interim-evaluation", "progress-report", "regional-evaluation",
		"learning-agenda", "action-plan", "accountability-model", "other"),
	text("file", func(m *Meta) *frontmatter.Text { return &m.File }).refers(Path),
	{Name: "link", read: func(r *metaReader, m *Meta) { m.Link = r.address("link") }},
	text("municipality", func(m *Meta) *frontmatter.Text { return &m.Municipality }),
	{Name: "code", read: func(r *metaReader, m *Meta) { m.Code = r.form("code", codeForm, "AM01") }},
	{Name: "tile", read: func(r *metaReader, m *Meta) { m.Tile = r.tile() }},
	texts("names", func(m *Meta) *[]frontmatter.Text { return &m.Names }),
	text("subject", func(m *Meta) *frontmatter.Text { return &m.Subject }),
	text("preheader", func(m *Meta) *frontmatter.Text { return &m.Preheader }),
	texts("items", func(m *Meta) *[]frontmatter.Text { return &m.Items }).refers(Whole),
}

func text(name string, at func(*Meta) *frontmatter.Text) Key {
	return Key{Name: name, Texts: func(m *Meta) []string { return written(*at(m)) }, texts: func(m *Meta) []frontmatter.Text { return []frontmatter.Text{*at(m)} },
		read: func(r *metaReader, m *Meta) { *at(m) = r.Text(name) }}
}

func texts(name string, at func(*Meta) *[]frontmatter.Text) Key {
	return Key{Name: name, Texts: func(m *Meta) []string { return Values(*at(m)) }, texts: func(m *Meta) []frontmatter.Text { return *at(m) },
		read: func(r *metaReader, m *Meta) { *at(m) = r.Texts(name) }}
}

func choice(name string, at func(*Meta) *frontmatter.Text, values ...string) Key {
	return Key{Name: name, Choices: values, read: func(r *metaReader, m *Meta) { *at(m) = r.choice(name, values) }}
}

func date(name string, at func(*Meta) *frontmatter.Date) Key {
	return Key{Name: name, read: func(r *metaReader, m *Meta) { *at(m) = r.Date(name) }}
}

func number(name string, at func(*Meta) *frontmatter.Number) Key {
	return Key{Name: name, read: func(r *metaReader, m *Meta) { *at(m) = r.Number(name) }}
}

// mediaTexts are the words beside media; transcripts are bodies of their own.
func mediaTexts(m *Meta) (out []string) {
	for _, x := range m.Media {
		out = append(out, written(x.Caption, x.Quote, x.Person)...)
	}
	return out
}

func mediaReferences(m *Meta) (out []Reference) {
	for _, x := range m.Media {
		out = append(append(out, refersTo(Path, x.Src, x.Poster, x.Captions)...), refersTo(Prose, x.Transcript)...)
	}
	return out
}

// written gives those of texts that are there.
func written(list ...frontmatter.Text) (out []string) {
	for _, t := range list {
		if t.Value != "" {
			out = append(out, t.Value)
		}
	}
	return out
}

// Values gives the texts of a list.
func Values(list []frontmatter.Text) []string {
	var out []string
	for _, t := range list {
		out = append(out, t.Value)
	}
	return out
}

// keyOf are the keys by their names.
var keyOf = func() map[string]*Key {
	out := map[string]*Key{}
	for i := range Keys {
		out[Keys[i].Name] = &Keys[i]
	}
	return out
}()

// Texts gives what the values of keys say in words; a key without words says nothing.
func (m *Meta) Texts(keys []string) (out []string) {
	for _, name := range keys {
		if k := keyOf[name]; k != nil && k.Texts != nil {
			out = append(out, k.Texts(m)...)
		}
	}
	return out
}

// Keys are the keys that entries of the kind know, in the order of the content contract.
func (k Kind) Keys() []string { return keysOf[k] }

// keysOf are the keys that kinds know.
var keysOf = func() map[Kind][]string {
	out := map[Kind][]string{}
	for kind, row := range rows {
		for _, k := range Keys {
			if slices.Contains(common, k.Name) || slices.Contains(row.Keys, k.Name) {
				out[kind] = append(out[kind], k.Name)
			}
		}
	}
	return out
}()

// Knows reports whether entries of the kind know a key.
func (k Kind) Knows(key string) bool { return slices.Contains(keysOf[k], key) }
