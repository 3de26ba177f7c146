package assist

import (
	"cmp"
	"math"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"leerblad/internal/diag"
	"leerblad/internal/document"
	"leerblad/internal/edit"
	"leerblad/internal/frontmatter"
	"leerblad/internal/publication"
	"leerblad/internal/source"
)

// Form is the data of a text as fields to fill in. One of a file without data has no fields.
type Form struct {
	Kind     string  `json:"kind"`
	KindName string  `json:"kindName"` // in the theme's words
	Fields   []Field `json:"fields"`
}

// Field is a key with its value.
type Field struct {
	Key   string `json:"key"`
	Label string `json:"label"`
	Help  string `json:"help"`
	Type  string `json:"type"` // a document.Type
	// Value is a string, bool, number, list or map, or a list of these, as the type has it; nil where nothing is written. Of a mapping it has the
	// keys that are written.
	Value any `json:"value"`
	// Choices are the values that it may have; of references those that it has, and words that may stand among them.
	Choices []Choice `json:"choices,omitempty"`
	// Offers are references that no text of the kind has there, the newest first.
	Offers []Choice `json:"offers,omitempty"`
	Kinds  []string `json:"kinds,omitempty"` // of the texts that it may refer to, and "finding"
	Min    int      `json:"min,omitempty"`   // between how many characters a text works best
	Max    int      `json:"max,omitempty"`
	Needed bool     `json:"needed,omitempty"`
	Fixed  string   `json:"fixed,omitempty"`  // why the form cannot change it
	Fields []Field  `json:"fields,omitempty"` // of a mapping, without values
}

// Choice is a value with what it is called.
type Choice struct {
	Value string `json:"value"`
	Label string `json:"label"`
}

// Form gives the fields of the buffer, in the order of the content contract.
func (p *Publication) Form(b *Buffer, l diag.Language) Form {
	keys, _, fields, problems, refused := b.form()
	form := Form{Fields: []Field{}}
	switch {
	case b.Doc != nil:
		form.Kind, form.KindName = string(b.Doc.Kind), p.kindName(b.Doc.Kind, l)
	case b.File.Path == publication.SettingsFile:
		form.Kind, form.KindName = "settings", words["settings"].In(l)
	}
	for i := range keys {
		k := &keys[i]
		if k.Sealed {
			continue
		}
		field := p.field(b, []string{k.Name}, k, l)
		var why *frontmatter.Refusal
		if field.Value, why = valueOf(fields, problems, k); refused != nil {
			why = refused
		}
		if why != nil {
			field.Fixed = why.In(l)
		}
		field.Choices = append(field.Choices, p.referred(k, field.Value, l)...)
		if k.Fresh {
			field.Offers = p.offers(b.Doc, k)
		}
		form.Fields = append(form.Fields, field)
	}
	return form
}

// form gives the keys of the buffer and the fields that are written, with what is wrong in them, or why they cannot be changed.
func (b *Buffer) form() (keys []document.Key, part frontmatter.Part, fields []frontmatter.Field, problems diag.List, refused *frontmatter.Refusal) {
	if keys = b.keys(); keys == nil {
		return
	}
	if b.Doc == nil {
		part = frontmatter.Whole
	}
	if problems := document.Unreadable(b.File); problems != nil {
		return keys, part, nil, nil, frontmatter.Unread(problems[0])
	}
	fields, problems, refused = frontmatter.Fields(b.File, part)
	return
}

// field gives a field without its value.
func (p *Publication) field(b *Buffer, path []string, k *document.Key, l diag.Language) Field {
	f := Field{Key: k.Name, Label: k.Label.In(l), Help: k.Help.In(l), Type: string(k.Type), Min: k.Min, Max: k.Max}
	if b.Doc != nil {
		f.Needed = k.Needed(b.Doc.Kind)
	} else {
		f.Needed = k.Needed("")
	}
	for _, v := range k.Choices {
		f.Choices = append(f.Choices, Choice{v, p.choiceLabel(path, k, v, l)})
	}
	for _, kind := range k.Kinds {
		f.Kinds = append(f.Kinds, string(kind))
	}
	if k.Type == document.TypeSlugs {
		for _, d := range p.in.Documents {
			if d.Kind == k.Kinds[0] {
				f.Choices = append(f.Choices, Choice{d.Slug, p.titled(d, l)})
			}
		}
		slices.SortStableFunc(f.Choices, func(a, b Choice) int { return strings.Compare(folded(a.Label), folded(b.Label)) })
	}
	for i := range k.Fields {
		sub := &k.Fields[i]
		f.Fields = append(f.Fields, p.field(b, append(slices.Clone(path), sub.Name), sub, l))
	}
	return f
}

// choiceLabel gives what a value of few is called.
func (p *Publication) choiceLabel(path []string, k *document.Key, value string, l diag.Language) string {
	for _, name := range []string{p.choiceWord(path, k, value, l), p.word("kinds."+value, l), words[value].In(l)} {
		if name != "" {
			return name
		}
	}
	return value
}

// titled gives a text's title, and its state unless it is published.
func (p *Publication) titled(d *document.Document, l diag.Language) string {
	if s := p.state(d); s != "published" {
		return title(d) + " (" + words["state."+s].In(l) + ")"
	}
	return title(d)
}

// referred gives what the texts and findings are called that a value refers to.
func (p *Publication) referred(k *document.Key, value any, l diag.Language) (out []Choice) {
	refs, _ := value.([]string)
	if ref, one := value.(string); one {
		refs = []string{ref}
	}
	if k.Kinds == nil || k.Type == document.TypeSlugs {
		return nil
	}
	for _, ref := range refs {
		name, id, _ := strings.Cut(ref, "#")
		d := p.document(name)
		if d == nil {
			continue
		}
		label := p.titled(d, l)
		if id != "" {
			label = ""
			for i := range d.Body.Findings {
				if f := &d.Body.Findings[i]; f.ID == id {
					label = f.Text
				}
			}
		}
		if label != "" {
			out = append(out, Choice{ref, label})
		}
	}
	return out
}

// maxOffers is how many texts a form offers.
const maxOffers = 5

// offers gives the newest published texts of other kinds that no text of own's kind names under a key, own among them.
func (p *Publication) offers(own *document.Document, k *document.Key) (out []Choice) {
	named := map[string]bool{}
	for _, d := range p.in.Documents {
		if d.Kind == own.Kind {
			for _, r := range k.Refers(&d.Meta) {
				named[r.Value] = true
			}
		}
	}
	var list []*document.Document
	for _, d := range p.in.Documents {
		if d.Kind != own.Kind && slices.Contains(k.Kinds, d.Kind) && d.Kind.Row().Dated && !named[d.Reference()] && p.state(d) == "published" {
			list = append(list, d)
		}
	}
	slices.SortStableFunc(list, func(a, b *document.Document) int {
		return cmp.Or(strings.Compare(string(b.Meta.Date.Day), string(a.Meta.Date.Day)), strings.Compare(a.Reference(), b.Reference()))
	})
	for _, d := range list[:min(len(list), maxOffers)] {
		out = append(out, Choice{d.Reference(), title(d)})
	}
	return out
}

// valueOf gives the value of a key as a form has it, or why a form has none.
func valueOf(fields []frontmatter.Field, problems diag.List, k *document.Key) (any, *frontmatter.Refusal) {
	diags := slices.DeleteFunc(slices.Clone(problems), func(d diag.Diagnostic) bool { return d.Code != "duplicate-key" || d.Args[0] != k.Name })
	if n := slices.IndexFunc(fields, func(f frontmatter.Field) bool { return f.Key == k.Name }); n >= 0 {
		fields = fields[n : n+1]
	} else {
		return nil, nil
	}
	value := read(frontmatter.NewDecoder(fields, &diags), &diags, k)
	if i := slices.IndexFunc(diags, func(d diag.Diagnostic) bool { return slices.Contains(unfit, d.Code) }); i >= 0 {
		return nil, frontmatter.Unread(diags[i])
	}
	return value, nil
}

// unfit are the problems with which a value does not fit in its field.
var unfit = []diag.Code{"wrong-type", "duplicate-key", "yaml-syntax"}

// read gives the value of a key, nil where none is written.
func read(d *frontmatter.Decoder, diags *diag.List, k *document.Key) any {
	if _, written := d.KeySpan(k.Name); !written || d.Null(k.Name) {
		return nil
	}
	sub := func(d *frontmatter.Decoder) map[string]any {
		out := map[string]any{}
		for i := range k.Fields {
			if v := read(d, diags, &k.Fields[i]); v != nil {
				out[k.Fields[i].Name] = v
			}
		}
		return out
	}
	switch k.Type {
	case document.TypeBlock:
		return d.Block(k.Name).Value
	case document.TypeBool:
		return d.Bool(k.Name)
	case document.TypeNumber:
		return d.Number(k.Name).Value
	case document.TypeNumbers:
		out := []int{}
		for _, n := range d.Numbers(k.Name) {
			out = append(out, n.Value)
		}
		return out
	case document.TypeLines, document.TypeSlugs, document.TypeReferences:
		return append([]string{}, document.Values(d.Texts(k.Name))...)
	case document.TypeGroups:
		out := [][]string{}
		for _, list := range d.TextLists(k.Name) {
			out = append(out, document.Values(list))
		}
		return out
	case document.TypeMapping:
		if k.Kinds != nil && !d.IsMapping(k.Name) {
			break
		}
		var out map[string]any
		d.Mapping(k.Name, document.Names(k.Fields), func(d *frontmatter.Decoder) { out = sub(d) })
		return out
	case document.TypeMappings:
		out := []map[string]any{}
		d.Mappings(k.Name, document.Names(k.Fields), func(d *frontmatter.Decoder, _ source.Span) { out = append(out, sub(d)) })
		return out
	}
	return d.Text(k.Name).Value
}

// Set gives the changes with which a field of the buffer has a value, as Field has it; nil and what is empty take it away. The key may be that of a
// field within another, behind a dot, and a number that of an item in a list: media.0.caption. The error is a *frontmatter.Refusal.
func (p *Publication) Set(b *Buffer, key string, value any) (edit.Changes, error) {
	keys, part, fields, problems, refused := b.form()
	if refused != nil {
		return nil, refused
	}
	path := strings.Split(key, ".")
	k := keyIn(keys, path)
	if k == nil {
		return nil, &frontmatter.Refusal{Why: words["no-field"]}
	}
	v, ok := written(k, value)
	if !ok {
		return nil, &frontmatter.Refusal{Why: words["no-value"]}
	}
	if len(path) == 1 { // what is there already, or says the same, stays as it is written
		now, fixed := valueOf(fields, problems, k)
		if was, _ := written(k, now); fixed == nil && (reflect.DeepEqual(was, v) || was == nil && v == false) {
			return nil, nil
		}
	}
	return frontmatter.Set(b.File, part, document.Shape(keys), path, v)
}

// keyIn gives the key at a path, or nil. An item of a list of mappings is as the key of the list, but one mapping.
func keyIn(keys []document.Key, path []string) *document.Key {
	i := slices.IndexFunc(keys, func(k document.Key) bool { return k.Name == path[0] })
	if i < 0 {
		return nil
	}
	k := keys[i]
	path = path[1:]
	if item, isList := items[k.Type]; isList && len(path) > 0 {
		if _, err := strconv.Atoi(path[0]); err == nil {
			k.Type, path = item, path[1:]
		}
	}
	switch {
	case len(path) == 0:
		return &k
	case k.Type == document.TypeMapping:
		return keyIn(k.Fields, path)
	}
	return nil
}

// items are the types of the items of lists.
var items = map[document.Type]document.Type{
	document.TypeLines: document.TypeLine, document.TypeSlugs: document.TypeLine, document.TypeReferences: document.TypeLine,
	document.TypeNumbers: document.TypeNumber, document.TypeGroups: document.TypeLines, document.TypeMappings: document.TypeMapping,
}

// written turns a value of a form into one for front matter: nil for what is empty. ok is false for one that the key cannot have.
func written(k *document.Key, value any) (v any, ok bool) {
	switch x := value.(type) {
	case nil:
		return nil, true
	case string:
		switch {
		case strings.TrimSpace(x) == "" && k.Empty:
			return "", true
		case strings.TrimSpace(x) == "":
			return nil, true
		case k.Type == document.TypeBlock:
			return frontmatter.Prose(x), true
		case k.Type == document.TypeBool, k.Type == document.TypeNumber, items[k.Type] != "", k.Type == document.TypeMapping && k.Kinds == nil:
			return nil, false
		}
		return x, true
	case bool:
		return x, k.Type == document.TypeBool
	case int:
		return x, k.Type == document.TypeNumber
	case float64:
		return int(x), k.Type == document.TypeNumber && x == math.Trunc(x) && math.Abs(x) < 1<<53
	case map[string]any:
		return writtenMap(k, x)
	}
	list, isList := listOf(value)
	item := *k
	if item.Type = items[k.Type]; !isList || item.Type == "" {
		return nil, false
	}
	out := []any{}
	for _, x := range list {
		v, ok := written(&item, x)
		if !ok {
			return nil, false
		}
		if v != nil {
			out = append(out, v)
		}
	}
	if len(out) == 0 {
		return nil, true
	}
	return out, true
}

// writtenMap is written for a mapping. An empty text that says something does so only beside another value.
func writtenMap(k *document.Key, m map[string]any) (any, bool) {
	if k.Type != document.TypeMapping {
		return nil, false
	}
	out, some := map[string]any{}, false
	for name, value := range m {
		i := slices.IndexFunc(k.Fields, func(f document.Key) bool { return f.Name == name })
		if i < 0 {
			return nil, false
		}
		v, ok := written(&k.Fields[i], value)
		if !ok {
			return nil, false
		}
		if some = some || v != nil && v != ""; v != nil {
			out[name] = v
		}
	}
	if !some {
		return nil, true
	}
	return out, true
}

// listOf gives the items of a list, of those that JSON or a Field has.
func listOf(value any) (out []any, ok bool) {
	switch x := value.(type) {
	case []any:
		return x, true
	case []string:
		return anys(x), true
	case []int:
		return anys(x), true
	case [][]string:
		return anys(x), true
	case []map[string]any:
		return anys(x), true
	}
	return nil, false
}

func anys[T any](list []T) (out []any) {
	for _, x := range list {
		out = append(out, x)
	}
	return out
}
