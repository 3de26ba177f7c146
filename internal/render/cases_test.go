package render

import (
	"errors"
	"fmt"
	"html/template"
	"strings"

	"leerblad/internal/markdown"
	"leerblad/internal/site"
)

// hostile is a view with values of all kinds, among them such as must not get through.
type hostile struct {
	site.Base
	Text, Empty, Script, Link, Query string
	Texts                            []string
	Numbers                          [3]int
	N, M, Zero                       int
	Unsigned                         uint
	Byte                             byte
	Float, Big                       float64
	Complex                          complex64
	Yes, No                          bool
	Map                              map[string]int
	Keys                             map[int]string
	Odd                              map[float64]string
	NilMap                           map[string]int
	Any, AnyText, Nil                any
	Inner                            *inner
	Inners                           []inner
	None                             *inner
	HTML                             template.HTML
	JS                               template.JS
	JSStr                            template.JSStr
	CSS                              template.CSS
	URL                              template.URL
	Attr                             template.HTMLAttr
	Srcset                           template.Srcset
	Named                            markdown.Valence
	Stringer                         fmt.Stringer
	Err                              error
	Pointer                          *string
	Func                             func() string
	Seq                              func(func(int) bool)
	Chan                             chan int
	Data                             map[string]any
	Mixed, Bare                      map[string]any
	Away                             site.Body
	Loud                             loud
	Level                            level
	Nameless                         inner
	secret                           string
}

type inner struct {
	Name  string
	Deep  *inner
	Count int
}

// Shout has an argument.
func (i inner) Shout(s string) string { return i.Name + s + "!" }

// Upper is a method of the pointer, which a value has only where it can be addressed.
func (i *inner) Upper() string { return strings.ToUpper(i.Name) }

// Plain is a method of the value.
func (i inner) Plain() (string, error) {
	if i.Name == "" {
		return "", errors.New("no name")
	}
	return i.Name, nil
}

type loud string

func (l loud) String() string { return "<" + string(l) + ">" }

type level int

func (l level) String() string { return strings.Repeat("<", int(l)) }

// Odd gives two values.
func (level) Odd() (int, int) { return 1, 2 }

// Pair gives what is no error.
func (level) Pair() (int, *int) { return 1, nil }

// Three is too many.
//
//lint:ignore ST1008 templates are given methods of any kind
func (level) Three() (int, error, int) { return 1, nil, 2 }

// Silent gives nothing.
func (level) Silent() {}

var nasty = "a'b\"c<d>&e+f\x00g`h=i j\tk\u2028l\u2029m</script><!--{{é€😀\xff%41%zz\\"

func hostilePage() func() site.View {
	v := hostileView()
	return func() site.View { return v }
}

func hostileView() *hostile {
	text := "via <pointer>"
	v := &hostile{
		Base: site.Base{Site: &site.Site{Title: "Proef & meer"}, Title: "T", Updated: "2021-05-04"}, Text: nasty, Script: "javascript:alert(1)", Link: "https://example.org/a b?c=d&e=f#'(g)\"+",
		Query: "a=b&c d/é", Texts: []string{"<1>", "", "3&"}, Numbers: [3]int{7, 0, -9}, N: 3, M: -12345, Unsigned: 9, Byte: 65,
		Float: 2.5, Big: 1e30, Complex: 1 + 2i, Yes: true, Map: map[string]int{"b": 2, "a<": 1, "c": 3}, Keys: map[int]string{10: "x", 9: "<y>"},
		Odd: map[float64]string{2: "b", 1: "a"}, Any: 42, AnyText: "<any>", Inner: &inner{Name: "in<ner", Deep: &inner{Name: "deep"}},
		Inners: []inner{{Name: "one", Count: 1}, {Name: "two", Count: 2}}, HTML: "<b class='x'>bold+</b> 1 < 2", JS: "f(1)", JSStr: `x\n'`, CSS: "red",
		URL: "javascript:ok('%')", Attr: ` dir="ltr"`, Srcset: "a.png 1x", Named: "works<", Stringer: loud("str"), Err: errors.New("<err>"), Pointer: &text,
		Func: func() string { return "f" }, Seq: func(yield func(int) bool) { _ = yield(1) && yield(2) },
		Chan: make(chan int), Loud: "loud", Level: 3, secret: "secret", Mixed: map[string]any{"a": "b", "c": 1, "d": map[string]any{}}, Bare: map[string]any{"d": map[string]any{}}, Data: map[string]any{"b": nasty, "a": map[string]any{"x<": "y", "e": ""}, "plain": "é", "line": "a\u2028b", "paragraph": "a\u2029b", "broken": "a\xffb", "tab": "a\tb", "and": "&", "tag": "<", "end": ">", "quote": `"`, "slash": `\`},
	}
	close(v.Chan)
	v.Away = site.Body{To: 1, Away: true, Compiled: &markdown.Body{Parts: []markdown.Part{{
		HTML: `<p>x<sup id="fnref:1"><a href="#fn:1" class="f">1</a></sup>y<sup>2</sup></p>`, Hole: markdown.LinkHref}}}, Holes: &site.Holes{Links: []string{nasty}}}
	return v
}

// compiledCases must be rendered by the compiled form.
var compiledCases = []string{
	// Every context, with text and with what is known to be safe in one.
	`{{.Text}}|{{.HTML}}|{{.Named}}|{{.N}}|{{.M}}|{{.Float}}|{{.Big}}|{{.Yes}}|{{.Nil}}|{{.Any}}|{{.AnyText}}|{{.Stringer}}|{{.Err}}|{{.Pointer}}|{{.Inner}}|{{.None}}|{{.Byte}}|{{.Unsigned}}|{{.Texts}}|{{.Map}}|{{.URL}}|{{.Complex}}|{{.Numbers}}|{{.Loud}}|{{.Level}}`,
	`<a title="{{.Text}}" alt='{{.HTML}}' data-x="{{.N}}{{.Any}}{{.Named}}{{.Nil}}{{.Stringer}}{{.Float}}{{.Texts}}{{.CSS}}">`,
	`<a title={{.Text}} alt={{.HTML}} x={{.N}} y={{.Empty}}>`,
	`<a {{.Text}}="x" {{.Named}} {{.Attr}} {{.N}} data-{{.Empty}}>`,
	`<textarea>{{.Text}}{{.HTML}}{{.N}}</textarea><title>{{.Text}}</title>`,
	`<a href="{{.Link}}">{{.Link}}</a><a href="{{.Script}}"></a><a href="{{print "/a:b" .N}}" title="{{"x:y/z"}}"></a><a href="{{"x:y/z"}}"></a><a href="{{.URL}}"></a><a href="/x/{{.Text}}/{{.Link}}?q={{.Query}}&r={{.Text}}#{{.URL}}{{.N}}"></a><a href='{{.Query}}'></a><a href={{.Link}}></a><a href="{{.N}}{{.M}}"></a><a href="{{.Named}}"></a>`,
	`<img src="{{.Text}}" srcset="{{.Link}} 2x, {{.Script}} 3x, {{.Srcset}}"><img srcset="{{.Text}}"><img srcset="{{.URL}}"><img srcset="{{print "a,b 1x, /c d 2x,\tjavascript:x 1w,h.png 1.5x, " .Link " 4x"}}">`,
	`<script>x = {{.Text}}; y = {{.N}}; z = {{.Map}}; s = "{{.Text}}"; s = '{{.JSStr}}'; r = /{{.Text}}/; t = ` + "`a{{.Text}}`" + `; {{.JS}}; {{.Nil}}; {{.Texts}}; {{.Inner}}; {{.Stringer}}; {{.Float}}; {{.HTML}}</script>`,
	`<script type="application/ld+json">{{.Data}}</script><script>{{.Mixed}}{{.Bare}}</script><script type="application/ld+json">{{with .Any}}{{.}}{{end}}</script>`,
	`<style>p { color: {{.Text}}; width: {{.N}}px; background: url("{{.Link}}"); content: "{{.Text}}"; {{.CSS}}: {{.CSS}}; }</style>`,
	`<p style="color: {{.CSS}}; width: {{.Text}}" onclick="f({{.Text}}, '{{.Text}}')">`,
	`<meta http-equiv="refresh" content="0; url={{.Link}}"><meta http-equiv="refresh" content="0; url={{.Script}}">`,
	`<!-- {{.Text}} -->a<!-- {{.N}} -->`,
	// Variables.
	`{{$x := .N}}{{$x}}{{$x = 5}}{{$x}}{{if .Yes}}{{$x = 6}}{{$x := 7}}{{$x}}{{end}}{{$x}}{{with $y := .Text}}{{$y}}{{$x}}{{else}}{{end}}`,
	`{{$y := 0}}{{if .No}}{{$y := 1}}{{$y}}{{else}}{{$y}}{{end}}{{$.Text}}{{$.Inner.Deep.Name}}`,
	`{{$last := ""}}{{range $i, $t := .Texts}}{{$last = $t}}{{$i}}={{$t}};{{end}}{{$last}}`,
	`{{$i := 9}}{{$v := "v"}}{{range $i, $v = .Texts}}{{$i}}{{$v}}{{end}}{{$i}}{{$v}}{{range $v = .Numbers}}{{$v}}{{end}}{{$v}}`,
	// Branches and loops.
	`{{if .Empty}}a{{else if .Zero}}b{{else if .N}}c{{else}}d{{end}}{{if .NilMap}}x{{else}}y{{end}}{{if .None}}x{{end}}{{if .Inner}}z{{end}}{{if .Nil}}n{{end}}{{if .Any}}m{{end}}`,
	`{{with .Empty}}a{{else with .Texts}}{{len .}}{{else}}c{{end}}{{with .Nil}}{{else}}nil{{end}}{{with .Inner}}{{.Name}}{{with .Deep}}{{.Name}}{{$.N}}{{end}}{{end}}`,
	`{{if .Float}}f{{end}}{{if .Complex}}c{{end}}{{if .Func}}F{{end}}{{if .Chan}}C{{end}}{{if .Yes}}y{{end}}{{if .Unsigned}}u{{end}}{{if .Numbers}}n{{end}}{{if .Inners}}i{{end}}{{if .Stringer}}s{{end}}{{if .Nameless}}struct{{end}}`,
	`{{range .Texts}}[{{.}}]{{end}}{{range .NilMap}}x{{else}}none{{end}}{{range $x := .NilMap}}{{else}}{{$x}}{{end}}{{range .Nil}}x{{else}}nothing{{end}}`,
	`{{range .Map}}{{.}}{{end}}{{range $k, $v := .Map}}{{$k}}:{{$v}},{{end}}{{range $k, $v := .Keys}}{{$k}}:{{$v}},{{end}}{{range .Numbers}}{{.}}{{end}}`,
	`{{range .N}}{{.}}{{end}}{{range $i := 3}}{{$i}}{{end}}{{range .Zero}}x{{else}}zero{{end}}{{range .Unsigned}}u{{end}}`,
	`{{range $i, $x := .Texts}}{{if eq $i 1}}{{continue}}{{end}}{{$x}}{{range $.Numbers}}{{if not .}}{{break}}{{$.Text}}{{end}}{{.}}{{end}}{{end}}`,
	`{{range .Inners}}{{.Name}}{{.Upper}}{{.Plain}}{{with .Count}}{{.}}{{end}}{{if eq .Count 1}}{{continue}}{{.Name}}{{end}}!{{end}}`,
	// Calls.
	`{{define "d"}}({{.}}{{$}}){{end}}§{{template "d" .Text}}{{template "d"}}{{template "d" 3}}{{template "d" (index .Texts 0)}}{{block "e" .Inner}}{{.Name}}{{end}}`,
	`{{define "down"}}{{.Count}}{{with .Deep}}{{template "down" .}}{{end}}{{end}}§{{template "down" .Inner}}`,
	`{{define "v"}}{{$a := .}}{{range $a}}{{$b := .}}{{$b}}{{end}}{{$a}}{{end}}§{{$a := 1}}{{$b := 2}}{{template "v" .Texts}}{{$a}}{{$b}}`,
	// Functions.
	`{{len .Text}}{{len .Texts}}{{len .Map}}{{index .Texts 2}}{{index .Map "b"}}{{index .Map "none"}}{{index .Keys 9}}{{(index .Inners 1).Name}}{{(index .Inners 1).Upper}}{{slice .Text 1 3}}{{slice .Texts 1}}{{index .Text 0}}{{slice .Text}}{{index .Texts}}`,
	`{{eq .N 3}}{{eq .N 1 2 3}}{{eq .N 3 1}}{{ne .Text "x"}}{{lt 1 2}}{{le 2 2}}{{gt .M .N}}{{eq .Text .Text}}{{eq .Yes true}}{{eq .Inner .Inner}}{{lt .Text "b"}}{{eq .Named "works<"}}{{eq .Unsigned .Unsigned}}{{eq .Any 42}}{{lt .Unsigned .Byte}}`,
	`{{eq .None nil}}{{ne .Inner nil}}{{eq .Nil nil}}{{eq .N nil}}{{eq .NilMap nil}}{{eq nil nil}}{{eq .None .None}}{{eq .None .Inner}}{{ge .N 3}}{{ge .N 4}}{{le .N 3}}{{le 4 .N}}{{gt 3 .N}}{{gt 4 .N}}`,
	`{{and .Yes .N .Text}}{{and .Zero .None.Name}}{{or .Empty .N}}{{or .Empty .Zero}}{{not .Empty}}{{not .N}}{{or .Nil .Text | len}}{{and .Nil 1}}`,
	`{{print .Text .N}}{{print 1 2 "a" 3 .Named .Inner.Name}}{{print}}{{printf "%q %05d %v" .Text .N .Texts}}{{print nil}}{{print .Loud "x"}}{{print "x" .Level}}{{print .Stringer .Err .Pointer}}{{.N | printf "%d-%s" 5 | print "x"}}`,
	`{{"lit<"}}{{1}}{{-12}}{{+3}}{{0}}{{true}}{{ "a" | print "b" }}{{(print "x" 1)}}`,
	`{{t "key"}}{{t "args" .Text .N}}{{t (print "k" "ey")}}{{t "count" 1}}{{t "count" .N}}{{.Text | t "args" 1}}{{date .Common.Published}}{{date .Updated}}{{number .M}}{{number 12}}<a href="{{asset "x.css"}}" title="{{t "key"}}">{{asset "x.css"}}</a>`,
	`{{body .Away}}{{with body .Away}}[{{.}}]{{end}}<a title="{{body .Away}}">{{$b := body .Away}}{{$b}}{{.Away | body}}`,
	// Members.
	`{{.Title}}{{.Base.Title}}{{.Common.Title}}{{.Site.Title}}{{.Common.Site.Title}}{{.Map.b}}{{.Map.none}}{{.Data.plain}}{{.Data.a.e}}{{.Inner.Plain}}{{.Inner.Upper}}{{(.Inner).Deep.Name}}{{$.Inner.Deep.Upper}}{{.Stringer.String}}{{.Map.none}}{{.Map.none.more}}{{(print "x") | print}}`,
	`{{/* nothing */}}  {{- "a" -}}  b {{with $x := 5}}{{with $y := 6}}{{$x}}{{$y}}{{end}}{{end}}`,
}

// slowCases are right, but html/template's.
var slowCases = []string{
	`{{range .Odd}}{{.}}{{end}}`,
	`{{range .Seq}}{{.}}{{end}}`,
	`{{range .Chan}}{{.}}{{else}}closed{{end}}`,
	`{{call .Func}}`,
	`{{.Inner.Shout "x"}}{{"y" | .Inner.Shout}}`,
	`{{eq .N .Unsigned}}`,
	`{{define "x"}}{{.}}{{end}}§<a title="{{template "x" .Text}}">`,
	`{{if and .No ($x := 1)}}{{end}}`,
	`{{html .Text .N}}`,
	`{{.Text | html}}<a title="{{.Text | html}}">{{.Text | urlquery}}<a href="?{{.Text | urlquery}}">{{print .Text | js}}`,
	`{{eq .Float 2.5}}{{lt .Float .Big}}{{0x1F}}{{'a'}}{{1e3}}{{012}}{{1_000}}{{println .Text}}`,
	`{{gt .Float .Big}}`, `{{'a'}}`, `{{012}}`, `{{1_000}}`, `{{1.0}}`, `{{-0x1}}`,
	`{{date "2021-05-04"}}{{size 5}}`,
	`{{(1i)}}`,
}

// wrongCases are mistakes, some after something has been written.
var wrongCases = []string{
	`before{{.None.Name}}`, `{{.Missing}}`, `{{.Nil.Anything}}`, `{{index .Texts 9}}`, `{{index nil 1}}`, `{{slice .Text 1 2 3}}`, `{{slice .Texts 2 1}}`, `{{t "no such"}}`, `{{t .Named}}`, `{{t .N}}`,
	`{{asset "none"}}`, `{{lt .Text .N}}`, `{{eq .Text .N}}`, `{{len .N}}`, `{{len .None}}`, `{{range .Text}}{{end}}`, `{{range $i, $x := 5}}{{end}}`, `{{template "missing"}}`,
	`<a href="{{if .Yes}}'{{end}}`, `{{.Text.Length}}`, `{{number .Text}}`, `{{size .N}}`, `{{date .Text}}`, `{{body .Text}}`, `{{(index .Inners 0).Missing}}`, `{{.Text 1}}`,
	`{{define "deep"}}{{if lt (len .) 1500}}{{template "deep" (print . "x")}}{{end}}{{end}}§{{template "deep" ""}}`,
	`{{define "loop"}}x{{template "loop" .}}{{end}}§{{template "loop" .}}`, `{{range .Inners}}{{.Deep.Name}}{{end}}`, `{{not .Yes .No}}`, `{{eq .Func .Func}}`, `{{nil}}`, `{{slice .Text 0 0 0 0}}`,
	`{{index .Text -1}}`, `{{and}}`, `{{eq 1}}`, `{{.HTML | printf}}`, `{{index .Map 1}}`, `{{eq 1 1 (index .Texts 9)}}`, `{{.site}}`, `{{.secret}}`, `{{.Nameless.Plain}}`, `{{index nil}}`, `{{.Level.Odd}}`, `{{.Level.Pair}}`, `{{.Level.Three}}`, `{{.Level.Silent}}`,
}
