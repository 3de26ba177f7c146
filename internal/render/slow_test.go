package render

import (
	"reflect"
	"strings"
	"testing"

	"leerblad/internal/markdown"
	"leerblad/internal/site"
)

func TestSampleIsRenderedFast(t *testing.T) {
	th, pages := samplePages(t, "../../content", "2021-07-01")
	r, _ := New(th, "/")
	for _, p := range pages {
		if _, problems := r.Append(nil, p); problems != nil {
			t.Error(problems)
		}
	}
	if slow := r.Slow(); slow != nil {
		t.Error(slow)
	}
}

func TestSlowPagesAreCountedWithTheirReason(t *testing.T) {
	r := rendererOf(t, "{{.Text}}", "\n{{1.0}}", "{{range .Texts}}\n{{eq $.N $.Unsigned}}{{end}}", "{{.Missing}}", "{{.Stringer}}")
	render := func(layout string) {
		_, problems := r.Append(nil, site.Page{Template: layout, View: hostilePage()})
		if (problems != nil) != (layout == "3") {
			t.Errorf("%s: %v", layout, problems)
		}
	}
	for layout := range r.layouts {
		render(layout)
		render(layout)
	}
	// A bug in the compiled form.
	compiled := r.layouts["4"].compiled
	compiled.steps = append([]step{func(*state, reflect.Value) flow { panic("oh") }}, compiled.steps...)
	render("4")
	slow := r.Slow()
	if len(slow) != 3 {
		t.Fatal(slow)
	}
	for i, want := range []struct {
		layout, reason string
		line, pages    int
	}{{"1", "1.0", 2, 2}, {"2", "comparison", 1, 2}, {"", "internal error: oh", 1, 1}} {
		line, _ := slow[i].At.Position()
		if got := slow[i]; line != want.line || got.Reason != want.reason || got.Pages != want.pages || want.layout != "" && got.At.File != r.files[want.layout] {
			t.Errorf("%+v, want %+v", got, want)
		}
	}
	warnings := r.SlowTemplates()
	if len(warnings) != 3 || warnings[0].Code != "slow-template" || warnings[0].Span != slow[0].At {
		t.Errorf("%v", warnings)
	}
}

// A partial of bodies that cannot be compiled makes slow what shows bodies, and says so of the partial.
func TestSlowPartialOfBodies(t *testing.T) {
	th := themeOf(t, "\n{{body .Away}}", "{{.Text}}")
	for _, f := range th.Partials {
		if strings.HasSuffix(f.Path, "card.html") {
			f.Data = []byte("\n{{1.0}}")
		}
	}
	r, _ := New(th, "/")
	for layout := range r.layouts {
		v := hostileView()
		v.Away.Cards, v.Away.Compiled.Parts[0].Hole = []*site.Card{{}}, markdown.CardOf
		if _, problems := r.Append(nil, site.Page{Template: layout, View: func() site.View { return v }}); problems != nil {
			t.Error(problems)
		}
	}
	slow := r.Slow()
	if len(slow) != 1 || slow[0].Pages != 1 || slow[0].At.File.Path != "theme/partials/card.html" {
		t.Errorf("%+v", slow)
	}
}
