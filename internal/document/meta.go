package document

import (
	"regexp"
	"slices"
	"strings"

	"leerblad/internal/diag"
	"leerblad/internal/frontmatter"
	"leerblad/internal/markdown"
	"leerblad/internal/source"
)

// metaReader reads the fields of one entry.
type metaReader struct {
	*frontmatter.Decoder
	kind  Kind
	diags *diag.List
	top   source.Span // where a missing key is reported
}

func readMeta(fields []frontmatter.Field, kind Kind, top source.Span, diags *diag.List) Meta {
	fields = slices.DeleteFunc(fields, func(f frontmatter.Field) bool { return misplaced(f, kind, diags) })
	r := metaReader{frontmatter.NewDecoder(fields, diags), kind, diags, top}
	r.Only(kind.Keys())
	var m Meta
	for _, k := range Keys {
		k.read(&r, &m)
	}
	r.require(Keys)
	r.plain(&m)
	r.order("updated", m.Updated, m.Date)
	r.order("expires", m.Expires, m.Date)
	return m
}

// misplaced reports a key that other kinds know and this one does not.
func misplaced(f frontmatter.Field, kind Kind, diags *diag.List) bool {
	if kind.Knows(f.Key) {
		return false
	}
	var others []string
	for _, r := range Kinds {
		if slices.Contains(r.Keys, f.Key) {
			others = append(others, string(r.Kind))
		}
	}
	if others != nil {
		diags.Add("misplaced-key", f.KeySpan, f.Key, kind.Row().One, strings.Join(others, ", "))
	}
	return others != nil
}

// require reports those of keys that are needed and absent or empty. A key with a value of the wrong type was reported already.
func (r *metaReader) require(keys []Key) {
	for _, k := range keys {
		if k.Needed(r.kind) {
			r.present(k.Name)
		}
	}
}

func (r *metaReader) present(key string) {
	span, written := r.KeySpan(key)
	switch {
	case !written && !r.Meant(key):
		r.diags.Add("missing-key", r.top, key)
	case r.Empty(key):
		r.diags.Add("empty-value", span, key)
	}
}

func (r *metaReader) order(key string, later, first frontmatter.Date) {
	if later.Day != "" && first.Day != "" && later.Day < first.Day {
		r.diags.Add("date-order", later.Span, key, string(first.Day))
	}
}

var codeForm = regexp.MustCompile(`^AM\d\d$`)

func (r *metaReader) form(key string, form *regexp.Regexp, example string) frontmatter.Text {
	t := r.Text(key)
	if t.Value != "" && !form.MatchString(t.Value) {
		r.diags.Add("bad-form", t.Span, t.Value, key, example)
	}
	return t
}

// choice reads one of values; another one is reported, and read as an empty text.
func (r *metaReader) choice(key string, values []string) frontmatter.Text {
	t := r.Text(key)
	if t.Value != "" && !slices.Contains(values, t.Value) {
		*r.diags = append(*r.diags, frontmatter.BadChoice(t.Value, key, values, t.Span))
		return frontmatter.Text{Span: t.Span}
	}
	return t
}

// address reads a web address; only https and http ones are addresses.
func (r *metaReader) address(key string) frontmatter.Text { return address(r.Decoder, r.diags, key) }

func address(d *frontmatter.Decoder, diags *diag.List, key string) frontmatter.Text {
	t := d.Text(key)
	if t.Value != "" && !IsAddress(t.Value) {
		*diags = append(*diags, BadAddress(t))
		return frontmatter.Text{}
	}
	return t
}

// language reads the tag of a language; what is none is reported, and read as an empty text.
func (r *metaReader) language() frontmatter.Text {
	t := r.Text("language")
	if t.Value == "" {
		return t
	}
	tag, problems := markdown.Language(t.Value, t.Span)
	*r.diags = append(*r.diags, problems...)
	return frontmatter.Text{Value: tag, Span: t.Span}
}

// plain warns of marks in texts, which are shown as they are.
func (r *metaReader) plain(m *Meta) {
	for i := range Keys {
		if Keys[i].texts == nil {
			continue
		}
		for _, t := range Keys[i].texts(m) {
			*r.diags = append(*r.diags, markdown.PlainWords(t.Value, t.Span)...)
		}
	}
}

// slugs reads a list of slugs, each once.
func (r *metaReader) slugs(key string) []frontmatter.Text {
	seen := map[string]bool{}
	return slices.DeleteFunc(r.Texts(key), func(t frontmatter.Text) bool {
		if seen[t.Value] {
			d := diag.Diagnostic{Code: "twice", Span: t.Span, Args: []any{t.Value}}
			if !r.diags.Long() {
				d.Fixes = frontmatter.RemoveItem(t.Span)
			}
			*r.diags = append(*r.diags, d)
			return true
		}
		seen[t.Value] = true
		return false
	})
}

func (r *metaReader) tile() []frontmatter.Number {
	tile := r.Numbers("tile")
	if tile == nil {
		return nil
	}
	if len(tile) != 2 || tile[0].Value < 1 || tile[1].Value < 1 || tile[0].Value > 12 || tile[1].Value > 20 {
		span, _ := r.KeySpan("tile")
		r.diags.Add("bad-form", span, "tile", "tile", "[4, 6]")
		return nil
	}
	return tile
}

func (r *metaReader) changes() (list []Change) {
	r.Mappings("changes", Names(changeKeys), func(d *frontmatter.Decoder, span source.Span) {
		c := Change{d.Date("date"), d.Text("note")}
		sub := metaReader{d, r.kind, r.diags, span}
		sub.require(changeKeys)
		list = append(list, c)
	})
	return list
}

func (r *metaReader) image() (i Image) {
	r.Mapping("image", Names(imageKeys), func(d *frontmatter.Decoder) {
		i = Image{d.Text("src"), d.Text("alt"), d.Text("credit")}
		span, _ := r.KeySpan("image")
		sub := metaReader{d, r.kind, r.diags, span}
		sub.require(imageKeys)
		if _, written := d.KeySpan("alt"); !written || d.Null("alt") {
			r.diags.Add("missing-alt", span, i.Src.Value)
		}
	})
	return i
}

// place is what stands for something else in a greeting, or a brace by itself.
var place = regexp.MustCompile(`\{[^{}]*\}|[{}]`)

// greeting reads a text with places for a name, and says which are none.
func (r *metaReader) greeting() frontmatter.Text {
	t := r.Text("greeting")
	for _, p := range place.FindAllString(t.Value, -1) {
		if p == NamePlace {
			continue
		}
		d := diag.Diagnostic{Code: "unknown-place", Span: t.Span, Args: []any{p}}
		if len(p) > 1 {
			d.Suggest = NamePlace
			if i := strings.Index(t.Span.Text(), p); i >= 0 {
				start := t.Span.Start + i
				d.Span = source.At(t.Span.File, start, start+len(p))
				d.Fixes = []diag.Fix{diag.Replace(d.Span, NamePlace)}
			}
		}
		*r.diags = append(*r.diags, d)
	}
	return t
}

// digestForm is a SHA-256 in hexadecimal digits.
var digestForm = regexp.MustCompile(`^[0-9a-f]{64}$`)

func (r *metaReader) seal(key string, fields []Key) (s Seal) {
	r.Mapping(key, Names(fields), func(d *frontmatter.Decoder) {
		span, _ := r.KeySpan(key)
		sub := metaReader{d, r.kind, r.diags, span}
		sub.require(fields)
		s = Seal{Date: d.Date("date"), Digest: sub.form("digest", digestForm, strings.Repeat("0123456789abcdef", 4)), Span: span}
		if fields[0].Name == "by" {
			s.By = d.Text("by")
		}
		if !digestForm.MatchString(s.Digest.Value) {
			s.Digest.Value = ""
		}
	})
	return s
}

func (r *metaReader) report() (p Report) {
	if !r.IsMapping("report") {
		return Report{Reference: r.Text("report")}
	}
	r.Mapping("report", Names(reportKeys), func(d *frontmatter.Decoder) {
		p.Title, p.Link = d.Text("title"), address(d, r.diags, "link")
		span, _ := r.KeySpan("report")
		sub := metaReader{d, r.kind, r.diags, span}
		sub.require(reportKeys)
	})
	return p
}

func (r *metaReader) media() (list []MediaItem) {
	r.Mappings("media", Names(mediaKeys), func(d *frontmatter.Decoder, span source.Span) {
		sub := metaReader{d, r.kind, r.diags, span}
		item := MediaItem{
			Type: sub.choice("type", MediaTypes).Value, Src: d.Text("src"), Link: sub.address("link"),
			Alt: d.Text("alt"), Caption: d.Text("caption"), Credit: d.Text("credit"),
			Poster: d.Text("poster"), Captions: d.Text("captions"), Transcript: d.Block("transcript"),
			Quote: d.Text("quote"), Person: d.Text("person"), Span: span,
		}
		sub.require(mediaKeys)
		sub.complete(item)
		list = append(list, item)
	})
	return list
}

// complete reports what an item of its type cannot do without.
func (r *metaReader) complete(item MediaItem) {
	has := func(keys ...string) bool {
		return slices.ContainsFunc(keys, func(k string) bool { _, ok := r.KeySpan(k); return ok && !r.Empty(k) })
	}
	if item.Type != "testimonial" && item.Type != "" && !has("src", "link") {
		r.diags.Add("no-source", item.Span)
	}
	switch item.Type {
	case "image", "infographic":
		if !has("alt") {
			r.diags.Add("missing-alt", item.Span, item.Src.Value+item.Link.Value)
		}
	case "video", "audio":
		if !has("captions", "transcript") {
			r.diags.Add("missing-captions", item.Span, diag.Term("media-"+item.Type))
		}
	case "testimonial":
		r.present("quote")
		r.present("person")
	}
}
