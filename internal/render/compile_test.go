package render

import (
	"bytes"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/sync/errgroup"

	"leerblad/internal/diag"
	"leerblad/internal/markdown"
	"leerblad/internal/site"
	"leerblad/internal/theme"
)

// reference renders a page with html/template alone.
func (r *Renderer) reference(p site.Page) ([]byte, diag.List) {
	l := r.layouts[p.Template]
	if l.mistakes != nil {
		return nil, l.mistakes
	}
	return r.standard(nil, l, p.View())
}

func TestCompiledThemeGivesWhatTemplatesGive(t *testing.T) {
	th, pages := samplePages(t, "../../content", "2021-07-01")
	r, problems := New(th, "/")
	if len(problems) > 0 || len(pages) < 80 {
		t.Fatalf("%v, %d pages", problems, len(pages))
	}
	for _, p := range pages {
		want, err := r.reference(p)
		if err != nil {
			t.Fatal(err)
		}
		got, stopped, _ := r.execute([]byte("before"), r.layouts[p.Template].compiled, p.View(), "")
		if stopped != nil {
			t.Errorf("%s is not rendered by the compiled form: %v", p.File, stopped)
		} else if place := difference(got, append([]byte("before"), want...)); place != "" {
			t.Errorf("%s: %s", p.File, place)
		}
	}
}

// difference shows where two texts begin to differ, or gives "".
func difference(got, want []byte) string {
	if bytes.Equal(got, want) {
		return ""
	}
	at := 0
	for at < min(len(got), len(want)) && got[at] == want[at] {
		at++
	}
	from := max(0, at-40)
	return fmt.Sprintf("got  …%s\nwant …%s", got[from:min(len(got), at+80)], want[from:min(len(want), at+80)])
}

// rendererOf makes a Renderer of a theme with a layout for each text, named as its index.
func rendererOf(t testing.TB, texts ...string) *Renderer {
	t.Helper()
	r, problems := New(themeOf(t, texts...), "/root/")
	for _, p := range problems {
		t.Logf("%s %v", p.Code, p.Args)
	}
	return r
}

// themeOf makes a theme with a layout for each text, named as its index.
func themeOf(t testing.TB, texts ...string) *theme.Theme {
	t.Helper()
	files := fstest.MapFS{}
	add := func(name, text string) { files[name] = &fstest.MapFile{Data: []byte(text)} }
	add("layouts/base.html", `<main>{{block "main" .}}{{end}}</main>`)
	for _, name := range bodyPartials {
		add("partials/"+name+".html", "["+name+" {{.URL}}]")
	}
	add("assets/x.css", "p{}")
	add("strings/nl.yaml", "key: <sleutel>\nargs: '{1} en {2}'\ncount.one: een\ncount.other: '{1} stuks'\nthousands: .\ndate: '{1} {2} {3}'\nmonth.5: mei\n")
	for i, text := range texts {
		definitions, main, found := strings.Cut(text, "§")
		if !found {
			definitions, main = "", text
		}
		add(fmt.Sprintf("layouts/%d.html", i), definitions+`{{define "main"}}`+main+`{{end}}`)
	}
	th, _, err := theme.Load("nl", theme.Layer{FS: files, Path: "theme"})
	if err != nil {
		t.Fatal(err)
	}
	return th
}

func TestCompiledFormHasTheWholeTemplateLanguage(t *testing.T) {
	r := rendererOf(t, compiledCases...)
	for i, text := range compiledCases {
		p := site.Page{Template: strconv.Itoa(i), View: hostilePage()}
		want, err := r.reference(p)
		if err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		compiled := r.layouts[p.Template].compiled
		if compiled == nil {
			t.Errorf("%s is not compiled: %s", text, r.layouts[p.Template].why.Reason)
			continue
		}
		got, stopped, _ := r.execute(nil, compiled, p.View(), "")
		if stopped != nil {
			t.Errorf("%s is not executed: %v", text, stopped)
		} else if place := difference(got, want); place != "" {
			t.Errorf("%s\n%s", text, place)
		}
	}
}

func TestWhatIsNotCompiledIsRenderedByTemplates(t *testing.T) {
	r := rendererOf(t, slowCases...)
	for i, text := range slowCases {
		p := site.Page{Template: strconv.Itoa(i), View: hostilePage()}
		want, err := r.reference(p)
		if err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		if compiled := r.layouts[p.Template].compiled; compiled != nil {
			if _, stopped, _ := r.execute(nil, compiled, p.View(), ""); stopped == nil {
				t.Errorf("%s is compiled", text)
			}
		}
		got, problems := r.Append([]byte("before"), site.Page{Template: p.Template, View: hostilePage()})
		if place := difference(got, append([]byte("before"), want...)); place != "" || problems != nil {
			t.Errorf("%s\n%s %v", text, place, problems)
		}
	}
}

func TestMistakesAreThoseOfTemplates(t *testing.T) {
	for _, text := range wrongCases {
		r := rendererOf(t, text)
		p := site.Page{Template: "0", View: hostilePage()}
		_, err := r.reference(p)
		if err == nil {
			t.Fatalf("%s is no mistake", text)
		}
		dst := []byte("before")
		got, problems := r.Append(dst, p)
		want := err
		if string(got) != "before" || !reflect.DeepEqual(problems, want) {
			t.Errorf("%s gives %q and\n%v, want\n%v", text, got, problems, want)
		}
		if html, _ := r.Append(nil, p); html != nil {
			t.Errorf("%s gives a page", text)
		}
	}
}

func TestSeveralGoroutinesRenderTheSame(t *testing.T) {
	th, pages := samplePages(t, "../../content", "2021-07-01")
	r, _ := New(th, "/")
	var group errgroup.Group
	for range 4 {
		group.Go(func() error {
			for _, p := range pages {
				got, problems := r.Append(nil, p)
				if want, err := r.reference(p); err != nil || problems != nil || !bytes.Equal(got, want) {
					return fmt.Errorf("%s: %v %v", p.File, problems, err)
				}
			}
			return nil
		})
	}
	if err := group.Wait(); err != nil {
		t.Error(err)
	}
}

// FuzzCompiledForm looks for a template that the compiled form renders in another way than html/template.
func FuzzCompiledForm(f *testing.F) {
	for _, text := range slices.Concat(compiledCases, slowCases, wrongCases) {
		f.Add(text, nasty)
	}
	f.Fuzz(func(t *testing.T, text, value string) {
		r := rendererOf(t, text)
		r.may = work{left: 100_000, room: 1_000_000}
		v := hostileView()
		v.Text, v.Link, v.Named, v.Texts[1], v.Data["b"] = value, value, markdown.Valence(value), value, value
		p := site.Page{Template: "0", View: func() site.View { return v }}
		l := r.layouts["0"] // not of a text that is not UTF-8
		if l == nil || l.compiled == nil {
			t.Skip()
		}
		got, stopped, mistake := r.execute(nil, l.compiled, v, "")
		want, err := r.reference(p)
		if stopped != nil || mistake != nil || err != nil && err[0].Code == "endless-template" {
			return
		}
		if err != nil || !bytes.Equal(got, want) {
			t.Errorf("%q\n%s %v", text, difference(got, want), err)
		}
	})
}

func BenchmarkPage(b *testing.B) {
	th, pages := samplePages(b, "../../content", "2021-07-01")
	r, _ := New(th, "/")
	b.Run("compiled", func(b *testing.B) {
		b.ReportAllocs()
		var out []byte
		for i := 0; b.Loop(); i++ {
			out, _ = r.Append(out[:0], pages[i%len(pages)])
		}
	})
	b.Run("standard", func(b *testing.B) {
		b.ReportAllocs()
		for i := 0; b.Loop(); i++ {
			_, _ = r.reference(pages[i%len(pages)])
		}
	})
}

func BenchmarkNew(b *testing.B) {
	th, _ := samplePages(b, "../../content", "2021-07-01")
	for b.Loop() {
		_, _ = New(th, "/")
	}
}
