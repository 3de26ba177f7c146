package assist_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"leerblad/internal/assist"
	"leerblad/internal/diag"
	"leerblad/internal/document"
	"leerblad/internal/edit"
	"leerblad/internal/frontmatter"
)

// shop is a small publication.
func shop(t testing.TB) *assist.Publication {
	return assist.New(read(t, map[string]string{
		"site.yaml":          "title: Proef\nurl: https://example.org/\n",
		"topics/werk.md":     "---\ntitle: Werk\n---\n",
		"topics/leren.md":    "---\ntitle: Leren\ndraft: true\n---\n",
		"regions/tiel.md":    "---\ntitle: Tiel\n---\n",
		"sheets/een.md":      "---\ntitle: Een sheet\ndate: 2021-01-01\n---\n\n- [+] Dit werkt goed. {#a}\n",
		"documents/stuk.md":  "---\ntitle: Een stuk\ndate: 2021-01-01\ntype: other\n---\n\nTekst.\n",
		"stories/verhaal.md": "---\ntitle: Verhaal\ndate: 2021-01-01\n---\n\nTekst.\n",
	}))
}

// fields gives the fields of a form by their keys.
func fields(f assist.Form) map[string]assist.Field {
	out := map[string]assist.Field{}
	for _, field := range f.Fields {
		out[field.Key] = field
	}
	return out
}

func TestForm(t *testing.T) {
	p := shop(t)
	b := p.Buffer("recommendations/x.md", []byte("---\ntitle: A\nsummary: >\n  b\n  c\nimage: {src: x.jpg, alt: \"\"}\ntopics: [werk]\nevidence:\n  - sheets/een#a\n  - documents/stuk\n  - nergens/iets\norder: 3\ndraft: true\n---\n"))
	form := p.Form(b, diag.Dutch)
	if form.Kind != "recommendations" || form.KindName == "" || len(form.Fields) != len(document.Recommendations.Keys()) {
		t.Errorf("the form is %s, %s with %d fields", form.Kind, form.KindName, len(form.Fields))
	}
	got := fields(form)
	for key, want := range map[string]any{
		"title": "A", "summary": "b c", "date": nil, "draft": true, "order": 3, "topics": []string{"werk"}, "regions": nil,
		"image": map[string]any{"src": "x.jpg", "alt": ""}, "evidence": []string{"sheets/een#a", "documents/stuk", "nergens/iets"},
	} {
		if f := got[key]; !reflect.DeepEqual(f.Value, want) || f.Fixed != "" || f.Label == "" || f.Help == "" {
			t.Errorf("%s is %#v", key, f)
		}
	}
	for key, want := range map[string][]assist.Choice{
		"topics":   {{Value: "leren", Label: "Leren (concept)"}, {Value: "werk", Label: "Werk"}},
		"evidence": {{Value: "sheets/een#a", Label: "Dit werkt goed."}, {Value: "documents/stuk", Label: "Een stuk"}},
	} {
		if !reflect.DeepEqual(got[key].Choices, want) {
			t.Errorf("%s has the choices %v", key, got[key].Choices)
		}
	}
	if f := got["title"]; !f.Needed || got["order"].Needed || got["summary"].Max != document.MaxSummary || got["image"].Fields[0].Type != "picture" {
		t.Errorf("%+v", got)
	}
	if label := fields(p.Form(b, diag.English))["title"].Label; label != "Title" {
		t.Errorf("the title is called %q", label)
	}

	story := fields(p.Form(p.Buffer("stories/x.md", nil), diag.Dutch))
	if c := story["outcome"].Choices; len(c) != 4 || c[0] != (assist.Choice{Value: "worked", Label: "Werkte"}) {
		t.Errorf("outcomes are %v", c)
	}
	if c := story["media"].Fields[0].Choices; len(c) != 6 || c[0] != (assist.Choice{Value: "video", Label: "Film"}) {
		t.Errorf("media are %v", c)
	}
	site := p.Form(p.Buffer("site.yaml", []byte("title: A\nnavigation: [sheets, topics/werk]\nsearch: {synonyms: [[a, b], [c]]}\n")), diag.Dutch)
	got = fields(site)
	want := map[string]any{"synonyms": [][]string{{"a", "b"}, {"c"}}}
	if c := got["navigation"].Choices; site.Kind != "settings" || !got["url"].Needed || !reflect.DeepEqual(got["search"].Value, want) || c[len(c)-1].Label != "Werk" {
		t.Errorf("settings are %+v", site)
	}
	if form := p.Form(p.Buffer("media/x.csv", nil), diag.Dutch); len(form.Fields) > 0 {
		t.Errorf("%+v", form)
	}
}

func TestFormsOfNewslettersOfferWhatNoneHas(t *testing.T) {
	files := map[string]string{
		"site.yaml":            "title: Proef\nurl: https://example.org/\n",
		"newsletters/oud.md":   "---\ntitle: Oud\ndate: 2021-01-01\nitems: [stories/a1]\napproved: {by: R, date: 2021-01-01, digest: x}\n---\n",
		"newsletters/nu.md":    "---\ntitle: Nu\ndate: 2021-02-01\nitems: [stories/a2]\n---\n",
		"stories/concept.md":   "---\ntitle: Concept\ndate: 2021-01-31\ndraft: true\n---\n",
		"pages/los.md":         "---\ntitle: Los\ndate: 2021-01-30\n---\n",
		"topics/werk.md":       "---\ntitle: Werk\n---\n",
		"documents/rapport.md": "---\ntitle: Rapport\ndate: 2021-01-05\ntype: other\n---\n\nTekst.\n",
	}
	for i := range 8 {
		files[fmt.Sprintf("stories/a%d.md", i+1)] = fmt.Sprintf("---\ntitle: Verhaal %d\ndate: 2021-01-%02d\n---\n\nTekst.\n", i+1, i+1)
	}
	p := assist.New(read(t, files))
	form := fields(p.Form(p.Buffer("newsletters/nu.md", []byte(files["newsletters/nu.md"])), diag.Dutch))
	var got []string
	for _, c := range form["items"].Offers {
		got = append(got, c.Value)
	}
	if want := "stories/a8 stories/a7 stories/a6 documents/rapport stories/a5"; strings.Join(got, " ") != want {
		t.Errorf("offered: %v", got)
	}
	if _, shown := form["approved"]; shown {
		t.Error("the form shows what buttons write")
	}
}

// What a form cannot change says why.
func TestFormIsFixed(t *testing.T) {
	p := shop(t)
	for _, c := range []struct{ text, key, fixed string }{
		{"---\ntitle: A\ntitle: B\n---\n", "title", "regel 3"},
		{"---\ntitle: A\ntitle: B\n---\n", "summary", ""},
		{"---\ntitle: [A]\n---\n", "title", "regel 2"},
		{"---\ndraft: ja\n---\n", "draft", "regel 2"},
		{"---\nchanges: [{date: [x]}]\n---\n", "changes", "regel 2"},
		{"---\nreport: [x]\n---\n", "report", "regel 2"},
		{"---\nreport: documents/x\n---\n", "report", ""},
		{"---\ntitle: A: b\n---\n", "summary", "regel 2"},
		{"---\n<<<<<<< x\ntitle: A\n=======\ntitle: B\n>>>>>>> y\n---\n", "title", "twee versies"},
		{"+++\ntitle = 1\n+++\n", "title", "regel 1"},
		{"---\ntitle: \xe9t\xe9\n---\n", "title", "Windows-1252"},
		{"Tekst.\n", "title", ""},
	} {
		b := p.Buffer("sheets/x.md", []byte(c.text))
		fixed := fields(p.Form(b, diag.Dutch))[c.key].Fixed
		if !strings.Contains(fixed, c.fixed) || (fixed == "") != (c.fixed == "") {
			t.Errorf("%q: %s is fixed: %q", c.text, c.key, fixed)
		}
		if _, err := p.Set(b, c.key, nil); err != nil && fixed == "" {
			t.Errorf("%q: %s is not set: %v", c.text, c.key, err)
		}
	}
}

func TestSetField(t *testing.T) {
	p := shop(t)
	const start = "---\ntitle: A # kop\n"
	for _, c := range []struct{ path, block, key, value, want string }{ // value is JSON; want is "-" where it is refused
		{"sheets/x.md", "", "date", `"2021-04-08"`, "date: 2021-04-08\n"},
		{"sheets/x.md", "number: 3\n", "number", `4`, "number: 4\n"},
		{"sheets/x.md", "number: 3\n", "number", `""`, ""},
		{"sheets/x.md", "number: 3\n", "number", `"4"`, "-"},
		{"sheets/x.md", "number: 3\n", "number", `4.5`, "-"},
		{"sheets/x.md", "", "draft", `true`, "draft: true\n"},
		{"sheets/x.md", "", "draft", `false`, ""},
		{"sheets/x.md", "draft: true\n", "draft", `false`, "draft: false\n"},
		{"sheets/x.md", "draft: true\n", "draft", `"ja"`, "-"},
		{"sheets/x.md", "topics: [werk]\n", "topics", `["leren", "werk"]`, "topics: [leren, werk]\n"},
		{"sheets/x.md", "topics: [werk]\n", "topics", `[]`, ""},
		{"sheets/x.md", "topics: [werk]\n", "topics", `["", " "]`, ""},
		{"sheets/x.md", "topics: [werk]\n", "topics", `"werk"`, "-"},
		{"sheets/x.md", "topics: [werk]\n", "topics", `[1]`, "-"},
		{"sheets/x.md", "", "outcome", `"worked"`, "-"},
		{"sheets/x.md", "report: documents/stuk\n", "report", `{"title": "R", "link": "https://example.org/"}`, "report:\n  title: R\n  link: https://example.org/\n"},
		{"sheets/x.md", "report: {title: R, link: x}\n", "report", `"documents/stuk"`, "report: documents/stuk\n"},
		{"sheets/x.md", "image: {src: x.jpg}\n", "image.alt", `""`, "image: {src: x.jpg, alt: \"\"}\n"},
		{"sheets/x.md", "image: {src: x.jpg, alt: \"\"}\n", "image.alt", `null`, "image: {src: x.jpg}\n"},
		{"sheets/x.md", "", "image", `{"src": "x.jpg", "alt": "", "credit": ""}`, "image:\n  src: x.jpg\n  alt: \"\"\n"},
		{"sheets/x.md", "image: {src: x.jpg, alt: \"\"}\n", "image", `{"src": "", "alt": ""}`, ""},
		{"sheets/x.md", "", "image", `{"scr": "x.jpg"}`, "-"},
		{"sheets/x.md", "", "title.x", `"y"`, "-"},
		{"sheets/x.md", "changes:\n  - date: 2021-04-08\n    note: x\n", "changes", `[{"date": "2021-04-08", "note": "x"}, {"date": "2021-05-08", "note": "y: z"}, {}]`,
			"changes:\n  - date: 2021-04-08\n    note: x\n  - date: 2021-05-08\n    note: \"y: z\"\n"},
		{"stories/x.md", "media:\n  - type: video\n    src: a.mp4\n", "media.0.transcript", `"een\ntwee"`, "media:\n  - type: video\n    src: a.mp4\n    transcript: |\n      een\n      twee\n"},
		{"stories/x.md", "media:\n  - type: video\n    src: a.mp4\n", "media.0", `null`, ""},
		{"stories/x.md", "lessons: [a]\n", "lessons.99999999999999999999", `"b"`, "-"},
		{"stories/x.md", "lessons: [a]\n", "lessons.-1", `"b"`, "-"},
		{"regions/x.md", "", "tile", `[4, 6]`, "tile: [4, 6]\n"},
		{"recommendations/x.md", "evidence:\n- sheets/een # erg\n- documents/stuk\n", "evidence", `["documents/stuk", "sheets/een#a", "sheets/een"]`,
			"evidence:\n- documents/stuk\n- sheets/een#a\n- sheets/een # erg\n"},
		{"site.yaml", "search:\n  synonyms:\n    - [a, b]\n", "search.synonyms", `[["a", "b", "c d"], ["e"]]`, "search:\n  synonyms:\n    - [a, b, c d]\n    - [e]\n"},
		{"site.yaml", "newsletter: {profile: laposta}\n", "newsletter.utm", `{"source": "brief", "medium": null}`, "newsletter: {profile: laposta, utm: {source: brief}}\n"},
	} {
		before, after := start, "---\n\nTekst.\n"
		if c.path == "site.yaml" {
			before, after = strings.TrimPrefix(start, "---\n"), ""
		}
		var value any
		if err := json.Unmarshal([]byte(c.value), &value); err != nil {
			t.Fatal(err)
		}
		b := p.Buffer(c.path, []byte(before+c.block+after))
		changes, err := p.Set(b, c.key, value)
		var refused *frontmatter.Refusal
		if (err != nil) != (c.want == "-") || err != nil && (!errors.As(err, &refused) || refused.In(diag.Dutch) == "") {
			t.Errorf("%q with %s = %s: %v", c.block, c.key, c.value, err)
		}
		got, err := edit.Apply(b.File.Data, changes)
		if want := before + c.want + after; err != nil || c.want != "-" && string(got) != want {
			t.Errorf("%q with %s = %s became %q, want %q (%v)", c.block, c.key, c.value, got, want, err)
		}
	}
}

// A form that is sent back as it is changes nothing, in all texts of the sample and the golden files.
func TestFormSentBackChangesNothing(t *testing.T) {
	p := assist.New(sample(t))
	texts := map[string][]byte{}
	sampled, _ := filepath.Glob("../../content/*/*.md")
	for _, name := range append(sampled, "../../content/site.yaml", "../../content/index.md") {
		texts[strings.TrimPrefix(filepath.ToSlash(name), "../../content/")], _ = os.ReadFile(name)
	}
	golden, _ := filepath.Glob("../*/testdata/*/*.txtar")
	for _, name := range golden {
		archive, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range archive.Files {
			texts[strings.TrimPrefix(f.Name, "content/")+" of "+name] = f.Data
		}
	}
	forms, values := 0, 0
	for name, data := range texts {
		path, _, _ := strings.Cut(name, " of ")
		b := p.Buffer(path, data)
		form := p.Form(b, diag.Dutch)
		if len(form.Fields) > 0 {
			forms++
		}
		for _, f := range form.Fields {
			sent, err := json.Marshal(f.Value)
			if err != nil {
				t.Fatal(err)
			}
			var value any
			if err := json.Unmarshal(sent, &value); err != nil {
				t.Fatal(err)
			}
			if f.Fixed != "" || value == nil {
				continue
			}
			values++
			if changes, err := p.Set(b, f.Key, value); err != nil || len(changes) > 0 {
				t.Errorf("%s: %s = %s changes %v (%v)", name, f.Key, sent, changes, err)
			}
		}
	}
	if forms < 100 || values < 500 {
		t.Errorf("%d forms and %d values", forms, values)
	}
	t.Logf("%d forms, %d values", forms, values)
}

func BenchmarkForm(b *testing.B) {
	p := assist.New(large(b, 10000))
	buffer := p.Buffer("recommendations/x.md", []byte("---\ntitle: A\ntopics: [thema-1]\nevidence: [sheets/sheet-1#f1, sheets/sheet-2]\n---\n"))
	for b.Loop() {
		p.Form(buffer, diag.Dutch)
		if _, err := p.Set(buffer, "title", "B: c"); err != nil {
			b.Fatal(err)
		}
	}
}
