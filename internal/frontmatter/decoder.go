package frontmatter

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"go.yaml.in/yaml/v4"

	"leerblad/internal/diag"
	"leerblad/internal/source"
)

// Text is a text with its place; the zero Text was not written.
type Text struct {
	Value string
	Span  source.Span `digest:"set"`
}

// Set reports whether the key was written, even if its text is empty.
func (t Text) Set() bool { return t.Span.File != nil }

// Day is a calendar day, YYYY-MM-DD, or "". Days compare as strings. It has no methods: what has them, html/template must write.
type Day string

// Date is a day with its place; the zero Date was not written.
type Date struct {
	Day  Day
	Span source.Span `digest:"set"`
}

// Number is a whole number with its place; the zero Number was not written.
type Number struct {
	Value int
	Span  source.Span `digest:"set"`
}

// Set reports whether the key was written.
func (n Number) Set() bool { return n.Span.File != nil }

// Decoder reads the fields of one mapping. Each method takes the value of one key, appends a diagnostic
// where it has the wrong type, and gives the zero value where the key is absent, empty or wrong.
type Decoder struct {
	fields []Field
	diags  *diag.List
	meant  []string // keys that a reported unknown key probably stands for
}

// NewDecoder makes a decoder that appends to diags.
func NewDecoder(fields []Field, diags *diag.List) *Decoder {
	return &Decoder{fields: fields, diags: diags}
}

// Only drops the fields whose key is not in known, with a diagnostic each.
func (d *Decoder) Only(known []string) {
	names := strings.Join(known, ", ")
	d.fields = slices.DeleteFunc(d.fields, func(f Field) bool {
		if slices.Contains(known, f.Key) {
			return false
		}
		if isSecret(f.Key) {
			d.diags.Add("secret-key", f.KeySpan)
			return true
		}
		near, sure := meantKey(f.Key, known)
		unknown := diag.Diagnostic{Code: "unknown-key", Span: f.KeySpan, Args: []any{f.Key, names}, Suggest: near}
		if near != "" {
			_, present := d.field(near)
			unknown.Fixes = replacing(f.KeySpan, f.Key, near, !sure || present || slices.Contains(d.meant, near))
			d.meant = append(d.meant, near)
		}
		*d.diags = append(*d.diags, unknown)
		return true
	})
}

// Meant reports whether an unknown key was probably meant as this one; its absence was then reported already.
func (d *Decoder) Meant(key string) bool { return slices.Contains(d.meant, key) }

// field gives the field with a key, and whether it was written.
func (d *Decoder) field(key string) (Field, bool) {
	for _, f := range d.fields {
		if f.Key == key {
			return f, true
		}
	}
	return Field{}, false
}

// KeySpan gives the place of a key, and whether it was written.
func (d *Decoder) KeySpan(key string) (source.Span, bool) {
	f, ok := d.field(key)
	return f.KeySpan, ok
}

// value gives a key's value, and whether it was written and has one.
func (d *Decoder) value(key string) (Value, bool) {
	if f, ok := d.field(key); ok && !f.Value.null() {
		return f.Value, true
	}
	return Value{}, false
}

// wrong reports a value of the wrong type, and gives the diagnostic.
func (d *Decoder) wrong(key string, v Value, want diag.Term) *diag.Diagnostic {
	d.diags.Add("wrong-type", v.Span(), key, want, v.typeName())
	return &(*d.diags)[len(*d.diags)-1]
}

// Text reads a text. A number is taken as its digits.
func (d *Decoder) Text(key string) Text {
	v, ok := d.value(key)
	if !ok {
		return Text{}
	}
	return d.text(key, v, "type-text")
}

func (d *Decoder) text(key string, v Value, want diag.Term) Text {
	if v.node.Kind != yaml.ScalarNode || v.node.Tag == "!!bool" || v.node.Tag == "!!null" {
		d.wrong(key, v, want)
		return Text{}
	}
	return Text{v.text(), v.Span()}
}

// Block reads a text with its lines as they are.
func (d *Decoder) Block(key string) Text {
	t := d.Text(key)
	if v, ok := d.value(key); ok && t.Value != "" {
		t.Value = strings.TrimSpace(v.node.Value)
	}
	return t
}

// Texts reads a list of texts.
func (d *Decoder) Texts(key string) []Text {
	var out []Text
	for _, v := range d.list(key, "type-texts") {
		if t := d.text(key, v, "type-texts"); t.Value != "" {
			out = append(out, t)
		}
	}
	return out
}

func (d *Decoder) list(key string, want diag.Term) []Value {
	v, ok := d.value(key)
	if !ok {
		return nil
	}
	if v.node.Kind != yaml.SequenceNode {
		wrong := d.wrong(key, v, want)
		if v.node.Kind == yaml.ScalarNode && want == "type-texts" {
			wrong.Suggest = key + ": [" + v.text() + "]"
			if aloneAfterKey(wrong.Span) && plainList.MatchString(wrong.Span.Text()) {
				wrong.Fixes = []diag.Fix{diag.Replace(wrong.Span, "["+wrong.Span.Text()+"]")}
			}
		}
		return nil
	}
	out := make([]Value, len(v.node.Content))
	for i, n := range v.node.Content {
		out[i] = Value{n, v.block}
	}
	return out
}

// meantBool is what editors write for true and false.
var meantBool = map[string]string{
	"ja": "true", "yes": "true", "waar": "true", "aan": "true", "on": "true", "1": "true",
	"nee": "false", "no": "false", "onwaar": "false", "uit": "false", "off": "false", "0": "false",
}

// Numbers reads a list of whole numbers.
func (d *Decoder) Numbers(key string) []Number {
	var out []Number
	for _, v := range d.list(key, "type-ints") {
		n, err := strconv.Atoi(v.node.Value)
		if v.node.Kind != yaml.ScalarNode || err != nil {
			d.wrong(key, v, "type-ints")
			return nil
		}
		out = append(out, Number{n, v.Span()})
	}
	return out
}

// Number reads a whole number.
func (d *Decoder) Number(key string) Number {
	v, ok := d.value(key)
	if !ok {
		return Number{}
	}
	n, err := strconv.Atoi(v.node.Value)
	if v.node.Kind != yaml.ScalarNode || v.node.Tag != "!!int" || err != nil {
		wrong := d.wrong(key, v, "type-int")
		if v.node.Kind == yaml.ScalarNode && err == nil && strconv.Itoa(n) == v.node.Value { // between quotation marks
			wrong.Fixes = replacing(wrong.Span, v.node.Value, v.node.Value, false)
		}
		return Number{}
	}
	return Number{n, v.Span()}
}

// Bool reads true or false.
func (d *Decoder) Bool(key string) bool {
	v, ok := d.value(key)
	if !ok {
		return false
	}
	if v.node.Kind != yaml.ScalarNode || v.node.Tag != "!!bool" {
		wrong := d.wrong(key, v, "type-bool")
		if word := meantBool[strings.ToLower(v.node.Value)]; word != "" {
			wrong.Suggest = key + ": " + word
			wrong.Fixes = replacing(wrong.Span, v.node.Value, word, false)
		}
		return false
	}
	return strings.EqualFold(v.node.Value, "true")
}

// Date reads a calendar day.
func (d *Decoder) Date(key string) Date {
	v, ok := d.value(key)
	if !ok {
		return Date{}
	}
	if v.node.Kind != yaml.ScalarNode {
		d.wrong(key, v, "type-date")
		return Date{}
	}
	day, err := ParseDay(v.node.Value)
	if err != nil {
		meant, sure := meantDay(v.node.Value)
		bad := diag.Diagnostic{Code: "bad-date", Span: v.Span(), Args: []any{v.node.Value, key}, Suggest: meant}
		if meant != "" {
			bad.Fixes = replacing(bad.Span, v.node.Value, meant, !sure)
		}
		*d.diags = append(*d.diags, bad)
		return Date{}
	}
	return Date{day, v.Span()}
}

// DayBefore gives the day before d, or d where that is no day.
func DayBefore(d Day) Day {
	t, err := time.Parse(time.DateOnly, string(d))
	if err != nil {
		return d
	}
	return Day(t.AddDate(0, 0, -1).Format(time.DateOnly))
}

// ParseDay reads YYYY-MM-DD; the error is time.Parse's.
func ParseDay(s string) (Day, error) {
	if _, err := time.Parse(time.DateOnly, s); err != nil {
		return "", err
	}
	return Day(s), nil
}

// months are what the months' names begin with, in Dutch and English.
var months = [][]string{{"jan"}, {"feb"}, {"maart", "mrt", "march"}, {"apr"}, {"mei", "may"}, {"jun"}, {"jul"}, {"aug"}, {"sep"}, {"okt", "oct"}, {"nov"}, {"dec"}}

var otherDay = regexp.MustCompile(`^(\d{1,4})[-/. ](\d{1,2})[-/. ](\d{1,4})`)

// timeOfDay is what may stand behind a day.
var timeOfDay = regexp.MustCompile(`^(?:[tT ]\d{1,2}:\d\d\S*)?$`)

// meantDay guesses the day from another way of writing it: day first, other separators, no leading zeros. It is sure where all of s
// is read, and a month could not be a day: between slashes some write it first.
func meantDay(s string) (meant string, sure bool) {
	named := false
	s = strings.ToLower(s)
	for i, names := range months {
		for _, name := range names {
			if before, after, found := strings.Cut(s, name); found {
				named = true
				s = strings.TrimSpace(before) + "-" + strconv.Itoa(i+1) + "-" + strings.TrimLeft(after, "abcdefghijklmnopqrstuvwxyz. ")
			}
		}
	}
	m := otherDay.FindStringSubmatch(s)
	if m == nil {
		return "", false
	}
	y, month, day := m[1], m[2], m[3]
	sure = timeOfDay.MatchString(s[len(m[0]):])
	if len(m[3]) == 4 {
		y, day = m[3], m[1]
	}
	pad := func(s string) string { return strings.Repeat("0", max(0, 2-len(s))) + s }
	straight, turned := y+"-"+pad(month)+"-"+pad(day), y+"-"+pad(day)+"-"+pad(month)
	_, isDay := ParseDay(straight)
	_, isToo := ParseDay(turned)
	switch {
	case isDay == nil:
		either := isToo == nil && straight != turned
		return straight, sure && (!either || named || len(m[1]) == 4 || !strings.Contains(m[0], "/"))
	case isToo == nil && !named:
		return turned, sure && len(m[1]) < 4
	}
	return "", false
}

// Mapping reads a mapping with only the known keys, handing its decoder to read. It gives the value's place, or
// a zero span where the key is absent or no mapping.
func (d *Decoder) Mapping(key string, known []string, read func(*Decoder)) source.Span {
	v, ok := d.value(key)
	if !ok {
		return source.Span{}
	}
	return d.mapping(key, v, "type-mapping", known, read)
}

// Mappings reads a list of mappings with only the known keys, handing each one's decoder and place to read.
func (d *Decoder) Mappings(key string, known []string, read func(*Decoder, source.Span)) {
	for _, v := range d.list(key, "type-mappings") {
		d.mapping(key, v, "type-mappings", known, func(sub *Decoder) { read(sub, v.Span()) })
	}
}

func (d *Decoder) mapping(key string, v Value, want diag.Term, known []string, read func(*Decoder)) source.Span {
	if v.node.Kind != yaml.MappingNode {
		d.wrong(key, v, want)
		return source.Span{}
	}
	sub := NewDecoder(v.fields(d.diags), d.diags)
	sub.Only(known)
	read(sub)
	return v.Span()
}

// TextLists reads a list of lists of texts.
func (d *Decoder) TextLists(key string) [][]Text {
	var out [][]Text
	all := d.list(key, "type-text-lists")
	if len(all) > 0 && !slices.ContainsFunc(all, func(v Value) bool { return v.node.Kind != yaml.ScalarNode }) { // one list, not in another
		v, _ := d.value(key)
		d.wrong(key, v, "type-text-lists")
		return nil
	}
	for _, v := range all {
		if v.node.Kind != yaml.SequenceNode {
			d.wrong(key, v, "type-text-lists")
			continue
		}
		var list []Text
		for _, n := range v.node.Content {
			if t := d.text(key, Value{n, v.block}, "type-text-lists"); t.Value != "" {
				list = append(list, t)
			}
		}
		out = append(out, list)
	}
	return out
}

// IsMapping reports whether the key's value is a mapping, for keys that take more than one type.
func (d *Decoder) IsMapping(key string) bool {
	v, ok := d.value(key)
	return ok && v.node.Kind == yaml.MappingNode
}

// Empty reports whether the key was written without a value, or with an empty text.
func (d *Decoder) Empty(key string) bool {
	f, ok := d.field(key)
	return ok && (f.Value.null() || f.Value.node.Kind == yaml.ScalarNode && f.Value.text() == "")
}

// Null reports whether the key was written without a value.
func (d *Decoder) Null(key string) bool {
	f, ok := d.field(key)
	return ok && f.Value.null()
}
