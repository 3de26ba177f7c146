package render

import (
	"bytes"
	"encoding/json"
	"html/template"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"
	"text/template/parse"
	"unicode/utf8"
)

// escapes are the escapers at the end of a pipeline, in order. Those for text are our own; all other values, and
// escapers that we have not, go to html/template's.
type escapes struct {
	text   []escaper                      // for plain text; nil if one of them is html/template's alone
	markup bool                           // template.HTML passes as it is
	json   func(s *state, value any) bool // the value becomes JavaScript; nil if it does not, or html/template writes all of it
	all    []func(value any) string       // html/template's
}

// escaper escapes what a state has written from start on.
type escaper func(s *state, start int)

// escaperNames is how html/template names its escapers in the trees that it has escaped.
const escaperNames = "_html_template_"

// escapers splits the commands of a pipeline into the template's own and the escapers.
func (c *compiler) escapers(commands []*parse.CommandNode) ([]*parse.CommandNode, *escapes) {
	own := commands
	var names []string
	for len(own) > 0 && strings.HasPrefix(last(own), escaperNames) {
		names = append(names, strings.TrimPrefix(last(own), escaperNames))
		own = own[:len(own)-1]
	}
	if len(own) == 0 || len(names) == 0 {
		panic(unable("pipeline without an escaper"))
	}
	key := strings.Join(names, " ")
	esc := c.r.escapes[key]
	if esc == nil {
		esc = newEscapes(names, c.r.own)
		c.r.escapes[key] = esc
	}
	return own, esc
}

// newEscapes makes the escapes with names, which are in the order of the commands backwards.
func newEscapes(names []string, own ownEscapers) *escapes {
	esc, fast := &escapes{}, true
	for _, name := range slices.Backward(names) {
		e := own.text[name]
		fast = fast && e != nil
		esc.text = append(esc.text, e)
		esc.all = append(esc.all, standardEscaper(name))
	}
	if !fast {
		esc.text = nil
	}
	esc.markup = slices.Equal(names, []string{"htmlescaper"})
	if slices.Equal(names, []string{scriptEscaper}) {
		esc.json = own.json
	}
	return esc
}

// last gives the function that the last command calls.
func last(commands []*parse.CommandNode) string {
	if function, ok := commands[len(commands)-1].Args[0].(*parse.IdentifierNode); ok {
		return function.Ident
	}
	return ""
}

// standardEscaper gives html/template's own escaper of a name. They are not exported, but every set of templates that
// has been escaped can call them, in a pipeline that needs no escaping.
func standardEscaper(name string) func(value any) string {
	call := parse.New(name)
	call.Mode = parse.SkipFuncCheck
	trees := map[string]*parse.Tree{}
	if _, err := call.Parse("{{if .Take ("+escaperNames+name+" .Value)}}{{end}}", "", "", trees); err != nil {
		panic(unable(err.Error()))
	}
	t, err := template.New("").AddParseTree(name, trees[name])
	if err != nil || t.Execute(refusal{}, &argument{}) != nil {
		panic(unable("escaper " + name))
	}
	return func(value any) string {
		a := argument{Value: value}
		if err := t.Execute(refusal{}, &a); err != nil {
			panic(unable(err.Error()))
		}
		return a.result
	}
}

// argument is what a standard escaper is called with.
type argument struct {
	Value  any
	result string
}

// Take keeps the result of the call.
func (a *argument) Take(result string) bool {
	a.result = result
	return false
}

// emit writes a value, escaped.
func (s *state) emit(v reflect.Value, esc *escapes) {
	start := len(s.out)
	switch kind := v.Kind(); {
	case esc.json != nil:
		if v.IsValid() && esc.json(s, v.Interface()) {
			return
		}
		s.out = s.out[:start]
	case esc.text == nil || !v.IsValid():
	case kind == reflect.String:
		switch t := v.Type(); {
		case t == stringType || t.NumMethod() == 0 && t.PkgPath() != htmlType.PkgPath():
			s.emitText(v.String(), esc)
			return
		case t == htmlType && esc.markup:
			s.out = append(s.out, v.String()...)
			return
		}
	case v.CanInt() && v.Type().NumMethod() == 0:
		s.out = strconv.AppendInt(s.out, v.Int(), 10)
		s.escape(start, esc)
		return
	}
	s.standard(valueOf(v), esc)
}

// valueOf gives what is in a value, nil where that is nothing.
func valueOf(v reflect.Value) any {
	if !v.IsValid() {
		return nil
	}
	return v.Interface()
}

// emitText writes plain text, escaped.
func (s *state) emitText(text string, esc *escapes) {
	if esc.text == nil {
		s.standard(text, esc)
		return
	}
	start := len(s.out)
	s.out = append(s.out, text...)
	s.escape(start, esc)
}

func (s *state) escape(start int, esc *escapes) {
	for _, e := range esc.text {
		e(s, start)
	}
}

func (s *state) standard(value any, esc *escapes) {
	for _, e := range esc.all {
		value = e(value)
	}
	text, _ := value.(string)
	s.out = append(s.out, text...)
}

// scriptEscaper is the name of the escaper of values in JavaScript.
const scriptEscaper = "jsvalescaper"

// allEscapers gives our own escapers, whether or not they are right.
func allEscapers() ownEscapers {
	html := func(s *state, start int) { s.replace(start, &htmlTable, false) }
	return ownEscapers{json: (*state).json, text: map[string]escaper{
		"htmlescaper": html, "attrescaper": html, "rcdataescaper": html, "srcsetescaper": srcset,
		"urlnormalizer": func(s *state, start int) { s.replace(start, &urlTable, true) },
		"urlescaper":    func(s *state, start int) { s.replace(start, &queryTable, false) },
		"urlfilter": func(s *state, start int) {
			if !safeURL(s.out[start:]) {
				s.out = append(s.out[:start], unsafeURL...)
			}
		},
	}}
}

// unsafeURL is what html/template writes for a URL with a scheme such as javascript.
const unsafeURL = "#ZgotmplZ"

// replacements has what stands for a byte; nothing where it stands for itself.
type replacements [256]string

var (
	attributeTable = replacements{0: "\uFFFD", '"': "&#34;", '&': "&amp;", '\'': "&#39;", '<': "&lt;", '>': "&gt;"}
	htmlTable      = replacements{0: "\uFFFD", '"': "&#34;", '&': "&amp;", '\'': "&#39;", '+': "&#43;", '<': "&lt;", '>': "&gt;"}
	urlTable       = percent("-._~!#$&*+,/:;=?@[]")
	queryTable     = percent("-._~")
)

// percent gives the replacements of all bytes but letters, digits and those in keep.
func percent(keep string) (table replacements) {
	const hex = "0123456789abcdef"
	for i := range table {
		c := byte(i)
		if c|0x20 >= 'a' && c|0x20 <= 'z' || c >= '0' && c <= '9' || strings.IndexByte(keep, c) >= 0 {
			continue
		}
		table[i] = string([]byte{'%', hex[c>>4], hex[c&15]})
	}
	return table
}

// replace puts replacements into what is written from start on. With escaped, a percent sign that begins an escape stays.
func (s *state) replace(start int, table *replacements, escaped bool) {
	for i := start; i < len(s.out); i++ {
		if table[s.out[i]] != "" {
			s.spare = append(s.spare[:0], s.out[i:]...)
			s.out = replaced(s.out[:i], s.spare, table, escaped)
			return
		}
	}
}

func replaced(dst, text []byte, table *replacements, escaped bool) []byte {
	written := 0
	for i, c := range text {
		if table[c] == "" || escaped && c == '%' && i+2 < len(text) && isHex(text[i+1]) && isHex(text[i+2]) {
			continue
		}
		dst = append(append(dst, text[written:i]...), table[c]...)
		written = i + 1
	}
	return append(dst, text[written:]...)
}

func isHex(c byte) bool { return c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'f' }

// safeURL reports whether a URL is relative or has a scheme that does no more than lead somewhere.
func safeURL(url []byte) bool {
	scheme, _, found := bytes.Cut(url, []byte(":"))
	if !found || bytes.IndexByte(scheme, '/') >= 0 {
		return true
	}
	for _, safe := range []string{"http", "https", "mailto"} {
		if strings.EqualFold(string(scheme), safe) {
			return true
		}
	}
	return false
}

// srcset normalizes the URLs in a list of pictures with their widths.
func srcset(s *state, start int) {
	s.spare = append(s.spare[:0], s.out[start:]...)
	s.out = s.out[:start]
	for i, picture := range bytes.Split(s.spare, []byte(",")) {
		if i > 0 {
			s.out = append(s.out, ',')
		}
		url := bytes.TrimLeft(picture, " \t\n\f\r")
		before := picture[:len(picture)-len(url)]
		end := bytes.IndexAny(url, " \t\n\f\r")
		if end < 0 {
			end = len(url)
		}
		url, width := url[:end], url[end:]
		odd := func(r rune) bool {
			return !(r|0x20 >= 'a' && r|0x20 <= 'z' || r >= '0' && r <= '9' || strings.ContainsRune(" \t\n\f\r", r))
		}
		if !safeURL(url) || bytes.ContainsFunc(width, odd) {
			s.out = append(s.out, unsafeURL...)
			continue
		}
		s.out = append(s.out, before...)
		s.out = append(replaced(s.out, url, &urlTable, true), width...)
	}
}

// json writes strings and objects of them as encoding/json does, and reports whether it could.
func (s *state) json(value any) bool {
	switch v := value.(type) {
	case string:
		s.jsonText(v)
		return true
	case map[string]any:
		var room [16]string
		keys := room[:0]
		for key := range v {
			keys = append(keys, key)
		}
		slices.Sort(keys)
		for i, key := range keys {
			s.out = append(s.out, "{,"[min(i, 1)])
			s.jsonText(key)
			s.out = append(s.out, ':')
			if !s.json(v[key]) {
				return false
			}
		}
		s.out = append(s.out, '}')
		return len(v) > 0
	}
	return s.object(reflect.ValueOf(value))
}

// jsonField is a field of a struct as encoding/json writes it.
type jsonField struct {
	index     int
	name      string // with what stands around it
	omitempty bool
}

var jsonFields sync.Map // of []jsonField by reflect.Type; nil where encoding/json must write one

// jsonFieldsOf lists the fields of a struct that has only strings and pointers to such structs.
func jsonFieldsOf(t reflect.Type) (out []jsonField) {
	if known, ok := jsonFields.Load(t); ok {
		return known.([]jsonField)
	}
	defer func() { jsonFields.Store(t, out) }()
	if reflect.PointerTo(t).NumMethod() > 0 {
		return nil
	}
	for i := range t.NumField() {
		f := t.Field(i)
		name, option, _ := strings.Cut(f.Tag.Get("json"), ",")
		plain := f.Type == stringType || structure(f.Type) || f.Type.Kind() == reflect.Slice && structure(f.Type.Elem())
		if !plain || !f.IsExported() || f.Anonymous || name == "" || name == "-" || option != "" && option != "omitempty" || strings.ContainsFunc(name, special) {
			return nil
		}
		out = append(out, jsonField{i, `"` + name + `":`, option != ""})
	}
	return out
}

// structure reports whether a type is a pointer to a struct.
func structure(t reflect.Type) bool {
	return t.Kind() == reflect.Pointer && t.Elem().Kind() == reflect.Struct
}

// objects writes a list of structs that json can write, which is not empty.
func (s *state) objects(list reflect.Value) bool {
	for i := range list.Len() {
		s.out = append(s.out, "[,"[min(i, 1)])
		if !s.object(list.Index(i)) {
			return false
		}
	}
	s.out = append(s.out, ']')
	return true
}

// object writes a pointer to a struct of strings and such pointers as encoding/json does, and reports whether it could.
func (s *state) object(v reflect.Value) bool {
	if v.Kind() != reflect.Pointer || v.IsNil() || v.Elem().Kind() != reflect.Struct {
		return false
	}
	v = v.Elem()
	all, sign := jsonFieldsOf(v.Type()), byte('{')
	for _, m := range all {
		field := v.Field(m.index)
		if m.omitempty && field.IsZero() {
			continue
		}
		s.out = append(append(s.out, sign), m.name...)
		switch sign = ','; field.Kind() {
		case reflect.String:
			s.jsonText(field.String())
		case reflect.Slice:
			if field.Len() == 0 || !s.objects(field) {
				return false
			}
		default:
			if !s.object(field) {
				return false
			}
		}
	}
	s.out = append(s.out, '}')
	return sign == ','
}

func (s *state) jsonText(text string) {
	if strings.ContainsFunc(text, special) {
		quoted, _ := json.Marshal(text) // there is no string that it cannot
		s.out = append(s.out, quoted...)
		return
	}
	s.out = append(append(append(s.out, '"'), text...), '"')
}

// special reports whether a rune, or what is none, does not stand for itself in JSON within a script.
func special(r rune) bool {
	switch r {
	case '"', '\\', '<', '>', '&', '\u2028', '\u2029', utf8.RuneError:
		return true
	}
	return r < ' '
}
