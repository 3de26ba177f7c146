package render

import (
	"fmt"
	"strings"
	"testing"

	"leerblad/internal/site"
)

// endlessCases do not come to an end, or not soon, with | in the line that is told.
var endlessCases = []string{
	"a\n{{range |1000000000}}{{end}}",
	"{{range |1000000000}}x{{end}}",
	"{{range |1000000000}}{{.}}{{if .}}{{else}}{{end}}{{continue}}{{end}}",
	"{{range 100000}}\n{{range |100000}}{{end}}{{end}}",
	"{{range $i := 100000}}\n{{range $j := |100000}}{{$i}}{{$j}}{{end}}{{end}}",
	"{{range 1000}}\n{{range 1000}}\n{{range 1000}}\n{{range |1000}}{{end}}{{end}}{{end}}{{end}}",
	"\n{{define \"loop\"}}|{{template \"loop\" .}}{{end}}\n§{{template \"loop\" .}}",
	"\n{{define \"loop\"}}|x{{range .Texts}}{{template \"loop\" $}}{{end}}{{end}}\n§{{template \"loop\" .}}",
	"{{define \"a\"}}|{{template \"b\" .}}{{end}}{{define \"b\"}}{{template \"a\" .}}{{end}}§{{template \"a\" .}}",
	"{{define \"tree\"}}|{{if lt (len .) 60}}{{template \"tree\" (print . \"x\")}}{{template \"tree\" (print . \"x\")}}{{end}}{{end}}§{{template \"tree\" \"\"}}",
	"{{$x := \"ab\"}}\n{{range |100}}{{$x = print $x $x}}{{end}}",
	"{{$x := \"ab\"}}\n{{range |100}}{{$x = printf \"%[1]s%[1]s%[1]s\" $x}}{{end}}",
	"{{$x := \"ab\"}}\n{{range |100}}{{$x = print 1 $x .Named $x}}{{end}}",
	"{{range |1000000}}{{$b := body $.Away}}{{end}}",
	"{{range |1000000}}{{body $.Away}}{{end}}",
	"{{range |1000000}}{{$x := t \"args\" $.Text}}{{end}}",
	"{{range |1000000}}<a title=\"{{$.Text}}\" href=\"{{$.Text}}\">{{end}}",
	"<script>{{range |1000000}}f({{$.Text}});{{end}}</script>",
}

// limited makes a renderer that allows little, so that the test is fast.
func limited(t *testing.T, texts ...string) *Renderer {
	r := rendererOf(t, texts...)
	r.may = work{left: 500_000, room: 500_000}
	return r
}

func TestPageWithoutEndIsAMistakeAtItsPlace(t *testing.T) {
	for _, text := range endlessCases {
		text := strings.ReplaceAll(text, ".Named", "$.Named")
		template := strings.Replace(text, "|", "", 1)
		r := limited(t, template, template+"{{if .No}}{{1.0}}{{end}}")
		for i, form := range []string{"compiled", "standard"} {
			p := site.Page{Template: fmt.Sprint(i), View: hostilePage()}
			if compiled := r.layouts[p.Template].compiled != nil; compiled != (i == 0) {
				t.Fatalf("%s: compiled %v: %s", text, compiled, r.layouts[p.Template].why.Reason)
			}
			got, problems := r.Append([]byte("before"), p)
			if string(got) != "before" || len(problems) != 1 || problems[0].Code != "endless-template" {
				t.Errorf("%s, %s: %d bytes, %v", text, form, len(got), problems)
				continue
			}
			line, _ := problems[0].Span.Position()
			definition, main, found := strings.Cut(text, "§")
			if !found {
				definition, main = "", text
			}
			before, _, _ := strings.Cut(definition+main, "|")
			if want := 1 + strings.Count(before, "\n"); line != want {
				t.Errorf("%s, %s: told at line %d, want %d", text, form, line, want)
			}
		}
		if slow := r.Slow(); slow != nil {
			t.Errorf("%s: %v", text, slow)
		}
	}
}

func TestTooMuchWithoutLoopIsAMistake(t *testing.T) {
	text := strings.Repeat("{{.Text}}", 100)
	r := limited(t, text, text+"{{if .No}}{{1.0}}{{end}}", "{{js .Text .Text}}")
	for layout := range r.layouts {
		v := hostileView()
		v.Text = strings.Repeat("a", 10_000)
		if layout == "2" {
			v.Text = strings.Repeat(v.Text, 300)
		}
		got, problems := r.Append(nil, site.Page{Template: layout, View: func() site.View { return v }})
		if len(got) > 0 || len(problems) != 1 || problems[0].Code != "endless-template" || problems[0].Span.File != r.files[layout] {
			t.Errorf("%s: %d bytes, %v", layout, len(got), problems)
		}
	}
}

// Turns that make long texts are dear, though nothing is written.
func TestTextsThatAreMadeCount(t *testing.T) {
	for _, text := range []string{
		"{{range 1000}}{{$x := print $.Text}}{{end}}", "{{range 1000}}{{$x := printf \"%s\" $.Text}}{{end}}", "{{range 1000}}{{$x := t \"args\" $.Text}}{{end}}", "{{range 1000}}{{$x := body $.Away}}{{end}}",
		"{{range 1000}}{{$x := js $.Text}}{{end}}",
	} {
		r := limited(t, text, text+"{{if .No}}{{1.0}}{{end}}", "{{range 1000}}{{$x := $.Text}}{{$y := len $x}}{{end}}")
		for layout := range r.layouts {
			v := hostileView()
			v.Text = strings.Repeat("a", 1000)
			v.Away.Compiled.Parts[0].HTML = v.Text
			_, problems := r.Append(nil, site.Page{Template: layout, View: func() site.View { return v }})
			if endless := problems != nil && problems[0].Code == "endless-template"; endless != (layout != "2") {
				t.Errorf("%s, %s: %v", text, layout, problems)
			}
		}
	}
}

// A text that would take much memory is not even made.
func TestTextsHaveALength(t *testing.T) {
	for _, text := range []string{"{{print .Text .Text}}", "{{print 1 .Text .Text}}", "{{println .Text .Text}}", "{{printf \"%[1]s%[1]s%[1]s\" .Text}}", "{{html .Text .Text}}"} {
		r := rendererOf(t, text, text+"{{if .No}}{{1.0}}{{end}}")
		for layout := range r.layouts {
			v := hostileView()
			v.Text = strings.Repeat("a", longestText*3/4)
			_, problems := r.Append(nil, site.Page{Template: layout, View: func() site.View { return v }})
			if len(problems) != 1 || problems[0].Code != "endless-template" {
				t.Errorf("%s, %s: %v", text, layout, problems)
			}
		}
	}
}

func TestBoundIsOfEachPageAnew(t *testing.T) {
	r := limited(t, "{{range 5000}}{{end}}", "{{range 5000}}{{end}}{{if .No}}{{1.0}}{{end}}")
	for range 10 {
		for layout := range r.layouts {
			if _, problems := r.Append(nil, site.Page{Template: layout, View: hostilePage()}); problems != nil {
				t.Fatal(problems)
			}
		}
	}
}

// A list of 10,000 entries on one page takes a fifth of the work of a page and a third of its size, at most.
func TestLongListsAreAllowed(t *testing.T) {
	th, pages := samplePages(t, "../../content", "2021-07-01")
	r, _ := New(th, "/")
	r.may = work{left: mostWork / 5, room: largestPage / 3}
	for _, p := range pages {
		list, ok := p.View().(*site.ListView)
		if !ok || len(list.Cards) == 0 {
			continue
		}
		long := *list
		for len(long.Cards) < 10_000 {
			long.Cards = append(long.Cards, list.Cards...)
		}
		if _, _, mistake := r.execute(nil, r.layouts[p.Template].compiled, &long, ""); mistake != nil {
			t.Errorf("%s: %v", p.File, mistake)
		}
		if _, mistake := r.standard(nil, r.layouts[p.Template], &long); mistake != nil {
			t.Errorf("%s, by html/template: %v", p.File, mistake)
		}
		return
	}
	t.Error("the sample has no list")
}

func TestDeepTemplatesAreMistakes(t *testing.T) {
	for text, at := range map[string]int{
		strings.Repeat("{{range $.Texts}}", 9) + strings.Repeat("{{end}}", 9):           9 * 17,
		strings.Repeat("{{if 1}}", 101) + strings.Repeat("{{end}}", 101):                101 * 8,
		strings.Repeat("{{range $.Texts}}", 30_000) + strings.Repeat("{{end}}", 30_000): 9 * 17,
		strings.Repeat("{{range $.Texts}}", 8) + strings.Repeat("{{end}}", 8):           -1,
		strings.Repeat("{{with 1}}", 100) + strings.Repeat("{{end}}", 100):              -1,
		strings.Repeat("{{if 1}}{{else}}", 101) + strings.Repeat("{{end}}", 101):        100*16 + 8,
	} {
		r := rendererOf(t, text)
		_, problems := r.Append(nil, site.Page{Template: "0", View: hostilePage()})
		switch {
		case at < 0 && problems != nil:
			t.Errorf("%.40s…: %v", text, problems)
		case at >= 0 && (len(problems) != 1 || problems[0].Code != "deep-template" || problems[0].Span.Start != at+len(`{{define "main"}}`)):
			t.Errorf("%.40s…: %v, want %d", text, problems, at)
		}
	}
}

func TestThemeCannotCallCounters(t *testing.T) {
	for _, name := range []string{turnFunction, enterFunction, leaveFunction} {
		r := rendererOf(t, "{{"+name+" -1000}}")
		if _, problems := r.Append(nil, site.Page{Template: "0", View: hostilePage()}); len(problems) != 1 || problems[0].Code != "template-error" {
			t.Errorf("%s: %v", name, problems)
		}
	}
}
