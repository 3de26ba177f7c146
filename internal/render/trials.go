package render

import (
	"errors"
	"html/template"
	"reflect"
	"slices"
	"strings"

	"leerblad/internal/markdown"
)

// trials gives the values with which the escaper of a name is tried: strings of all kinds that an escaper could take for
// another, and what is no plain string. The program waits for it, so strings are tried one by one only where that matters.
func trials(name string) []reflect.Value {
	texts := slices.Concat(eachByte(), characters, addresses(), percents, lists, markup)
	tried := slices.Concat([]string{"", strings.Join(texts, "|")}, characters, percents, lists)
	switch name {
	case "urlfilter": // judges a whole by its beginning
		tried = append(tried, texts...)
	case "srcsetescaper": // judges each part of a list
		tried = append(tried, strings.Join(texts, " 1x,"))
	}
	var out []reflect.Value
	for _, text := range tried {
		out = append(out, reflect.ValueOf(text))
	}
	for _, value := range others {
		out = append(out, reflect.ValueOf(value))
	}
	if name == scriptEscaper {
		all := make(map[string]any, len(texts))
		for _, text := range texts {
			all[text] = text
		}
		out = append(out, reflect.ValueOf(all))
		within := &thing{Name: "b"}
		for _, text := range append(tried, strings.Join(texts, "|")) {
			out = append(out, reflect.ValueOf(&thing{Name: text, Other: text, Within: within}))
		}
		out = append(out, reflect.ValueOf(&thing{Within: &thing{Within: &thing{}}}), reflect.ValueOf(&thing{Whole: within}), reflect.ValueOf((*thing)(nil)),
			reflect.ValueOf(thing{}), reflect.ValueOf(&struct{ A string }{"a"}), reflect.ValueOf(&struct{}{}), reflect.ValueOf(&struct {
				A int `json:"a"`
			}{1}), reflect.ValueOf(&struct {
				A string `json:"a<"`
			}{"x"}), reflect.ValueOf(&struct {
				A string `json:"a,string"`
			}{"x"}))
	}
	return out
}

// thing is a struct as JSON-LD has them.
type thing struct {
	Name   string `json:"@name"`
	Other  string `json:"other,omitempty"`
	Within *thing `json:"within,omitempty"`
	Whole  *thing `json:"whole"`
}

// eachByte gives each byte by itself and between letters.
func eachByte() (out []string) {
	for b := range 256 {
		c := string([]byte{byte(b)})
		out = append(out, c, "a"+c+"z", "http"+c+":x")
	}
	return out
}

// characters are such as are something else to some part of a browser, and such as are broken off.
var characters = []string{
	"\u007f", "\u0080", "\u0085", "\u00a0", "\u00ad", "é", "ſ", "\u0130", "\u200b", "\u200e", "\u2028", "\u2029", "\u202e", "\u2060", "\u212a", "\u3000",
	"\ufdd0", "\ufeff", "\ufffd", "\ufffe", "＂", "＜", "：", "／", "％", "😀", "\U000e0001", "\U0010ffff", "e\u0301",
	"\xc3", "\xe2\x80", "\xf0\x9f\x98", "\xc0\xbc", "\xe0\x80\xbc", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xf8\x88\x80\x80\x80", "\xff\xfe", "\xe2\x80\xe2\x80\xa8", "\xe2\x28\xa1",
}

// addresses gives URLs, and what looks like one.
func addresses() (out []string) {
	for _, scheme := range []string{"http", "https", "HTTPS", "hTtP", "mailto", "MailTo", "tel", "javascript", "JavaScript", "vbscript", "data", "blob", "httpſ", "x-y+z.1", "1", ""} {
		out = append(out, scheme, scheme+"://h/p?q=a b&c=d#e:f")
		for _, before := range []string{"", " ", "\t", "\n", "\x00", "\x01", "\u00a0", "\ufeff", "/", "?", "#", "a:", "./"} {
			out = append(out, before+scheme+":x")
		}
		for _, after := range []string{"%3ax", "&colon;x", "/:x", "?:x", "#:x", " :x", "\n:x", "\x00:x", "\u200b:x", "："} {
			out = append(out, scheme+after)
		}
	}
	return append(out, "java\nscript:x", "java\tscript:x", "java\x00script:x", "javascript&#58;x", "//h/x", `\\h\x`, "data:text/html,<script>")
}

// percents are escapes in URLs, right and broken.
var percents = []string{
	"%", "%%", "%4", "%41", "%4g", "%g4", "%zz", "%%41", "%4%41", "%41%", "%C3%A9", "%c3%a9", "%C3%a9", "%e2%80%a8", "%00", "%0a", "%2B+", "100%", "100% x", "%é", "%4\xff", "%4", "%aF", "%G0", "%@1", "%`1",
}

// lists are pictures with their widths.
var lists = []string{
	",", ", ,", " ", "a.png", "a.png 1x", " a.png 1.5x , b.png 2x", "/a b.png 480w", "https://h/a?b=c,d 2x", "javascript:x 1x", "a,javascript:x 2x", "a,,b", "A%41é 2x", "\ta,\n/z 3w",
	"a 1x 2w", "a 1x;", "a (x)", "a\fb", "a\v1x", "a 1\u00a0x", "a 1\x00x", "a é", "a 1%41", "a ſ", "a\r\n1x",
}

// markup is what ends or begins something in HTML, scripts and styles.
var markup = []string{
	"</script>", "</SCRIPT ", "<script>", "<!--", "-->", "--!>", "<![CDATA[", "]]>", "<b>'x' & \"y\"</b>", "&amp;", "&#34;", "&lt", "&notin;", "{{x}}", "${x}", "`", "//x", "/*x*/", `\u003c`, `\`, `\\`, `\'`,
	"</style>", "</title>", "</textarea>", "'", `"`, "a=b", "a+b-c", "+ADw-", "\r\n", "-0", "null", "a\"b\\c/d\be\ff\ng\rh\ti\x01j\u2028k\u2029l<m>n&o'p\x7fq\xffr",
}

// plain is a string of a type without methods.
type plain string

// others are no plain strings.
var others = []any{
	0, 1, -1, 1234567890, int8(-5), int64(1) << 62, uint(3), byte('<'), 2.5, 1e21, true, nil, []string{"<", "b"}, map[string]int{"<": 1}, struct{ A string }{"<"},
	template.HTML("<b class='x'>&amp;+</b>"), template.HTMLAttr(` a="b"`), template.URL("javascript:x y'%"), template.JS("f('<')"), template.JSStr(`\x3c'`), template.CSS("a<b"), template.Srcset("a b.png 1x, javascript:x"),
	plain("javascript:<'%+> é"), markdown.Valence("a<b"), template.ErrorCode(3), errors.New("<e>"),
	map[string]any{}, map[string]any{"a": 1}, map[string]any{"a": map[string]any{}}, map[string]any{"a": nil}, map[string]any{"b": []any{"x"}, "a": "y"},
}
