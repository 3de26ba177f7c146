package render

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"leerblad/internal/diag"
	"leerblad/internal/site"
	"leerblad/internal/theme"
)

// plainTheme is what the tests lay a theme over.
var plainTheme = map[string]string{
	"layouts/base.html": `<body><main>{{block "main" .}}{{end}}</main>{{template "foot" .}}</body>`, "layouts/redirect.html": "<p>", "partials/foot.html": "", "partials/beside.html": "",
	"layouts/sheet.html": `{{define "main"}}{{template "beside" .}}{{end}}`, "layouts/story.html": `{{define "main"}}<p>{{end}}`, "layouts/list.html": `{{define "main"}}{{template "beside" .}}{{end}}`,
	"partials/finding.html": `{{template "card" .}}`, "partials/figure.html": "", "partials/picture.html": "", "partials/card.html": "", "partials/moved.html": "", "partials/plot.html": "", "partials/file-note.html": "",
}

// problemsWith lays files over that, and gives what is wrong, as <file>:<line> <code> <argument>.
func problemsWith(t *testing.T, files map[string]string) []string {
	t.Helper()
	layer := func(files map[string]string, path string) theme.Layer {
		fsys := fstest.MapFS{}
		for name, text := range files {
			fsys[name] = &fstest.MapFile{Data: []byte(text)}
		}
		return theme.Layer{FS: fsys, Path: path}
	}
	th, _, err := theme.Load("nl", layer(plainTheme, "default"), layer(files, "mine"))
	if err != nil {
		t.Fatal(err)
	}
	r, problems := New(th, "/")
	for _, name := range slices.Sorted(maps.Keys(r.layouts)) { // pages say no more than New
		_, of := r.Append(nil, site.Page{Template: name, View: func() site.View { return &site.Base{} }})
		for _, p := range of {
			if r.layouts[name].mistakes != nil {
				problems = append(problems, p)
			}
		}
	}
	return told(problems.Sorted())
}

func told(list diag.List) (out []string) {
	for _, p := range list {
		line, _ := p.Span.Position()
		out = append(out, fmt.Sprintf("%s:%d %s %v", p.Span.File.Path, line, p.Code, p.Args))
	}
	return out
}

func TestMistakeInPartialIsToldOnceAtItsLine(t *testing.T) {
	const quote = `<a href={{.}} {{if true}}"{{end}}>`
	const unended = "template-error [a tag, attribute, comment or script has no end]"
	for _, c := range []struct {
		file, text string
		want       []string
	}{
		{"partials/foot.html", "<footer>\n<p>\n\n" + quote + "</footer>", []string{`mine/partials/foot.html:4 template-error ["\"" in attribute name: "\""]`}},
		{"partials/beside.html", "<p>\n\n\nx\n  <b c\"d>\n<p>", []string{`mine/partials/beside.html:5 template-error ["\"" in attribute name: " c\"d>\n<p>"]`}},
		{"partials/foot.html", "<p>\n{{if .Title}}\n{{range .Title}}\n{{else}}\n<b c\"d>{{end}}{{end}}", []string{`mine/partials/foot.html:5 template-error ["\"" in attribute name: " c\"d>"]`}},
		{"partials/foot.html", "<p>\n{{.Title}}\n<a href=\"\n</p>", []string{"mine/partials/foot.html:3 " + unended}},
		{"partials/foot.html", "<p>\n{{.Title}}</p>\n<!-- x\n{{.Title}}\n", []string{"mine/partials/foot.html:3 " + unended}},
		{"partials/foot.html", "<p>\n<script>{{.Title}}\n{{.Title}}", []string{"mine/partials/foot.html:2 " + unended}},
		{"partials/foot.html", "<p>\n{{if .Title}}<a href=\"{{end}}", []string{"mine/partials/foot.html:2 template-error [{{if}} branches end in different contexts]"}},
		{"partials/foot.html", "<p>\n{{template \"none\"}}", []string{`mine/partials/foot.html:2 template-error [no such template "none"]`}},
		{"partials/foot.html", "<p>\n{{if}}", []string{"mine/partials/foot.html:2 template-error [missing value for if]"}},
		{"partials/card.html", "\n" + quote, []string{`mine/partials/card.html:2 template-error ["\"" in attribute name: "\""]`}},
		{"layouts/sheet.html", "{{define \"main\"}}\n" + quote + "{{end}}", []string{`mine/layouts/sheet.html:2 template-error ["\"" in attribute name: "\""]`}},
		{"layouts/base.html", "<p>\n" + quote + `{{block "main" .}}{{end}}`, []string{`mine/layouts/base.html:2 template-error ["\"" in attribute name: "\""]`}},
		{"layouts/redirect.html", "<p>\n" + quote, []string{`mine/layouts/redirect.html:2 template-error ["\"" in attribute name: "\""]`}},
		{"partials/foot.html", "<p>\n{{.Title}}</p>", nil},
	} {
		if got := problemsWith(t, map[string]string{c.file: c.text}); !slices.Equal(got, c.want) {
			t.Errorf("%s %q:\n%s\nwant\n%s", c.file, c.text, strings.Join(got, "\n"), strings.Join(c.want, "\n"))
		}
	}
	got := problemsWith(t, map[string]string{"partials/foot.html": "\n" + quote, "partials/beside.html": quote, "partials/card.html": quote})
	if len(got) != 3 {
		t.Errorf("three mistakes give\n%s", strings.Join(got, "\n"))
	}
}
