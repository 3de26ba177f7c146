package document

import (
	"slices"

	"leerblad/internal/diag"
	"leerblad/internal/frontmatter"
	"leerblad/internal/source"
)

// Meta is an entry's front matter as its editor wrote it, with places. Keys says how each key is read, Kinds which kinds know it. Its digest
// tells all but its title and summary.
type Meta struct {
	Title, Summary         frontmatter.Text `digest:"-"`
	Language               frontmatter.Text // a tag of package lang; empty for the publication's
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
	Greeting               frontmatter.Text
	Items                  []frontmatter.Text
	Approved, Sent         Seal
	Form                   frontmatter.Text
}

// Seal says of a newsletter's mail that somebody approved of it, or that it was sent: by whom, when, and the SHA-256 of its message, in
// hexadecimal digits. Span is where its key is written. Pages do not change with it.
type Seal struct {
	By     frontmatter.Text `digest:"-"`
	Date   frontmatter.Date `digest:"-"`
	Digest frontmatter.Text `digest:"-"`
	Span   source.Span      `digest:"-"`
}

// NamePlace is where the name of a reader comes in a newsletter's greeting.
const NamePlace = "{name}"

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

// Forms are the forms that a page may show: what readers contribute.
var Forms = []string{"story"}

// MediaTypes are the types of media items.
var MediaTypes = []string{"video", "image", "audio", "infographic", "article", "testimonial"}

// Lengths in characters. Inboxes have room for about 70 of a mail's subject; of the preheader 85 fill the line beside a short subject, and
// what comes after 130 nobody sees. Cards and search engines show about 200 of a summary.
const (
	MaxSummary                 = 200
	MaxSubject                 = 70
	MinPreheader, MaxPreheader = 85, 130
)

// Key is a key of front matter, of a mapping in it or of settings.
type Key struct {
	Name        string
	Type        Type
	Label, Help diag.Phrase // what forms call it, and one sentence about it
	// Choices are the values that it may have, of a key that has one of few.
	Choices []string
	// Kinds are those of the entries that it refers to; Finding among them allows findings. One with fields may have such a reference
	// instead of a mapping.
	Kinds []Kind
	// Min and Max are between how many characters a text works best; 0 where nothing is told.
	Min, Max int
	// Fields are the keys within its mapping, or each of its mappings.
	Fields []Key
	// Fresh says that an entry is best named once in all texts of the kind: forms offer the newest that none of them names.
	Fresh bool
	// Sealed says that the desk's buttons write it, and forms do not show it.
	Sealed bool
	// Empty says that an empty text says something.
	Empty bool
	// Texts gives what its value says in words, for readers to find; nil for a key whose value says nothing.
	Texts func(*Meta) []string
	// Refers gives what its value refers to; nil for a key that refers to nothing.
	Refers func(*Meta) []Reference

	needed func(Kind) bool
	read   func(*metaReader, *Meta)
	texts  func(*Meta) []frontmatter.Text
}

// Type says what a key's value is.
type Type string

// The types of values.
const (
	TypeLine       Type = "line"       // a text on one line
	TypeBlock      Type = "block"      // a text on one line or more
	TypeDate       Type = "date"       // YYYY-MM-DD
	TypeBool       Type = "bool"       // true or false
	TypeNumber     Type = "number"     // a whole number
	TypeNumbers    Type = "numbers"    // a list of them
	TypeChoice     Type = "choice"     // one of Choices
	TypeLines      Type = "lines"      // a list of texts
	TypeSlugs      Type = "slugs"      // a list of slugs of entries of the kind
	TypeReference  Type = "reference"  // to an entry or a finding
	TypeReferences Type = "references" // a list of them, each once, in order
	TypeAddress    Type = "address"    // on the web
	TypeFile       Type = "file"       // the path of a file
	TypePicture    Type = "picture"    // the path of a picture
	TypeGroups     Type = "groups"     // a list of lists of texts
	TypeMapping    Type = "mapping"    // of Fields
	TypeMappings   Type = "mappings"   // a list of them
)

// Needed reports whether an entry of the kind cannot do without the key, or a mapping without the field.
func (k Key) Needed(kind Kind) bool { return k.needed != nil && k.needed(kind) }

// need is the key as one that cannot be done without in entries of some kinds.
func (k Key) need(by func(Kind) bool) Key {
	k.needed = by
	return k
}

// Always is the key as one that cannot be done without.
func (k Key) Always() Key { return k.need(always) }

func always(Kind) bool { return true }

// refers is the key as one whose texts are references, to entries of kinds or to a file.
func (k Key) refers(form Form, kinds ...Kind) Key {
	texts := k.texts
	k.Refers = func(m *Meta) []Reference { return refersTo(form, texts(m)...) }
	switch {
	case form == Path:
		k.Type = TypeFile
	case k.Type == TypeLines:
		k.Type, k.Kinds = TypeReferences, kinds
	default:
		k.Type, k.Kinds = TypeReference, kinds
	}
	return k
}

// fresh is the key as one that best names each entry once in all texts.
func (k Key) fresh() Key {
	k.Fresh = true
	return k
}

// long is the key as one whose text works best between two lengths.
func (k Key) long(least, most int) Key {
	k.Min, k.Max = least, most
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
var common = []string{"title", "summary", "language", "updated", "changes", "authors", "image", "draft", "expires", "aliases"}

// Keys are all keys of entries, in the order of the content contract.
var Keys = words.Told([]Key{
	text("title", func(m *Meta) *frontmatter.Text { return &m.Title }).Always(),
	text("summary", func(m *Meta) *frontmatter.Text { return &m.Summary }).long(0, MaxSummary),
	{Name: "language", Type: TypeLine, read: func(r *metaReader, m *Meta) { m.Language = r.language() }},
	date("date", func(m *Meta) *frontmatter.Date { return &m.Date }).need(func(k Kind) bool { return k.Row().Dated }),
	date("updated", func(m *Meta) *frontmatter.Date { return &m.Updated }),
	{Name: "changes", Type: TypeMappings, Fields: changeKeys, read: func(r *metaReader, m *Meta) { m.Changes = r.changes() }},
	{Name: "topics", Type: TypeSlugs, Kinds: []Kind{Topics}, read: func(r *metaReader, m *Meta) { m.Topics = r.slugs("topics") },
		Refers: func(m *Meta) []Reference { return refersTo(Topic, m.Topics...) }},
	{Name: "regions", Type: TypeSlugs, Kinds: []Kind{Regions}, read: func(r *metaReader, m *Meta) { m.Regions = r.slugs("regions") },
		Refers: func(m *Meta) []Reference { return refersTo(Region, m.Regions...) }},
	texts("authors", func(m *Meta) *[]frontmatter.Text { return &m.Authors }),
	{Name: "image", Type: TypeMapping, Fields: imageKeys, read: func(r *metaReader, m *Meta) { m.Image = r.image() },
		Refers: func(m *Meta) []Reference { return refersTo(Path, m.Image.Src) }},
	{Name: "draft", Type: TypeBool, read: func(r *metaReader, m *Meta) { m.Draft = r.Bool("draft") }},
	date("expires", func(m *Meta) *frontmatter.Date { return &m.Expires }),
	texts("aliases", func(m *Meta) *[]frontmatter.Text { return &m.Aliases }),
	number("order", func(m *Meta) *frontmatter.Number { return &m.Order }),
	number("number", func(m *Meta) *frontmatter.Number { return &m.Number }),
	text("period", func(m *Meta) *frontmatter.Text { return &m.Period }),
	texts("sources", func(m *Meta) *[]frontmatter.Text { return &m.Sources }),
	{Name: "report", Type: TypeMapping, Fields: reportKeys, Kinds: []Kind{Documents}, read: func(r *metaReader, m *Meta) { m.Report = r.report() },
		Refers: func(m *Meta) []Reference { return refersTo(Whole, m.Report.Reference) }},
	text("sheet", func(m *Meta) *frontmatter.Text { return &m.Sheet }).refers(Whole, Sheets),
	texts("evidence", func(m *Meta) *[]frontmatter.Text { return &m.Evidence }).refers(Whole, Finding, Sheets, Stories, Documents),
	texts("audience", func(m *Meta) *[]frontmatter.Text { return &m.Audience }),
	choice("outcome", func(m *Meta) *frontmatter.Text { return &m.Outcome }, "worked", "mixed", "failed", "ongoing"),
	texts("lessons", func(m *Meta) *[]frontmatter.Text { return &m.Lessons }),
	{Name: "media", Type: TypeMappings, Fields: mediaKeys, read: func(r *metaReader, m *Meta) { m.Media = r.media() },
		Texts: mediaTexts, Refers: mediaReferences},
	choice("type", func(m *Meta) *frontmatter.Text { return &m.Type }, "interim-evaluation", "progress-report", "regional-evaluation",
		"learning-agenda", "action-plan", "accountability-model", "other").need(func(k Kind) bool { return k == Documents }),
	text("file", func(m *Meta) *frontmatter.Text { return &m.File }).refers(Path),
	{Name: "link", Type: TypeAddress, read: func(r *metaReader, m *Meta) { m.Link = r.address("link") }},
	text("municipality", func(m *Meta) *frontmatter.Text { return &m.Municipality }),
	{Name: "code", Type: TypeLine, read: func(r *metaReader, m *Meta) { m.Code = r.form("code", codeForm, "AM01") }},
	{Name: "tile", Type: TypeNumbers, read: func(r *metaReader, m *Meta) { m.Tile = r.tile() }},
	texts("names", func(m *Meta) *[]frontmatter.Text { return &m.Names }),
	text("subject", func(m *Meta) *frontmatter.Text { return &m.Subject }).long(0, MaxSubject),
	text("preheader", func(m *Meta) *frontmatter.Text { return &m.Preheader }).long(MinPreheader, MaxPreheader),
	{Name: "greeting", Type: TypeLine, read: func(r *metaReader, m *Meta) { m.Greeting = r.greeting() }},
	texts("items", func(m *Meta) *[]frontmatter.Text { return &m.Items }).refers(Whole, Which(func(r *Row) bool { return r.Item })...).fresh(),
	seal("approved", func(m *Meta) *Seal { return &m.Approved }, approvedKeys),
	seal("sent", func(m *Meta) *Seal { return &m.Sent }, approvedKeys[1:]),
	choice("form", func(m *Meta) *frontmatter.Text { return &m.Form }, Forms...),
})

// Keys that stand inside another key's value.
var (
	approvedKeys = []Key{{Name: "by", Type: TypeLine, needed: always}, {Name: "date", Type: TypeDate, needed: always}, {Name: "digest", Type: TypeLine, needed: always}}
	changeKeys   = []Key{{Name: "date", Type: TypeDate, needed: always}, {Name: "note", Type: TypeLine, needed: always}}
	imageKeys    = []Key{{Name: "src", Type: TypePicture, needed: always}, {Name: "alt", Type: TypeLine, Empty: true}, {Name: "credit", Type: TypeLine}}
	reportKeys   = []Key{{Name: "title", Type: TypeLine, needed: always}, {Name: "link", Type: TypeAddress, needed: always}}
	mediaKeys    = []Key{
		{Name: "type", Type: TypeChoice, Choices: MediaTypes, needed: always},
		{Name: "src", Type: TypeFile}, {Name: "link", Type: TypeAddress}, {Name: "alt", Type: TypeLine}, {Name: "caption", Type: TypeLine},
		{Name: "credit", Type: TypeLine}, {Name: "poster", Type: TypePicture}, {Name: "captions", Type: TypeFile},
		{Name: "transcript", Type: TypeBlock}, {Name: "quote", Type: TypeLine}, {Name: "person", Type: TypeLine},
	}
)

// Shape gives keys as they stand in a mapping.
func Shape(keys []Key) (out frontmatter.Keys) {
	for _, k := range keys {
		out = append(out, frontmatter.Named{Name: k.Name, Keys: Shape(k.Fields)})
	}
	return out
}

// Names gives the names of keys.
func Names(keys []Key) (out []string) {
	for _, k := range keys {
		out = append(out, k.Name)
	}
	return out
}

func text(name string, at func(*Meta) *frontmatter.Text) Key {
	return Key{Name: name, Type: TypeLine, Texts: func(m *Meta) []string { return written(*at(m)) },
		texts: func(m *Meta) []frontmatter.Text { return []frontmatter.Text{*at(m)} },
		read:  func(r *metaReader, m *Meta) { *at(m) = r.Text(name) }}
}

func texts(name string, at func(*Meta) *[]frontmatter.Text) Key {
	return Key{Name: name, Type: TypeLines, Texts: func(m *Meta) []string { return Values(*at(m)) },
		texts: func(m *Meta) []frontmatter.Text { return *at(m) },
		read:  func(r *metaReader, m *Meta) { *at(m) = r.Texts(name) }}
}

func choice(name string, at func(*Meta) *frontmatter.Text, values ...string) Key {
	return Key{Name: name, Type: TypeChoice, Choices: values, read: func(r *metaReader, m *Meta) { *at(m) = r.choice(name, values) }}
}

func date(name string, at func(*Meta) *frontmatter.Date) Key {
	return Key{Name: name, Type: TypeDate, read: func(r *metaReader, m *Meta) { *at(m) = r.Date(name) }}
}

func number(name string, at func(*Meta) *frontmatter.Number) Key {
	return Key{Name: name, Type: TypeNumber, read: func(r *metaReader, m *Meta) { *at(m) = r.Number(name) }}
}

func seal(name string, at func(*Meta) *Seal, fields []Key) Key {
	return Key{Name: name, Type: TypeMapping, Fields: slices.Clone(fields), Sealed: true, read: func(r *metaReader, m *Meta) { *at(m) = r.seal(name, fields) }}
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

// KeyOf gives the key of entries with a name, or nil.
func KeyOf(name string) *Key { return keyOf[name] }

// Texts gives what the values of keys say in words; a key without words says nothing.
func (m *Meta) Texts(keys []string) (out []string) {
	for _, name := range keys {
		if k := KeyOf(name); k != nil && k.Texts != nil {
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
