package build_test

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"maps"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"

	"leerblad/internal/build"
	"leerblad/internal/diag"
	"leerblad/internal/document"
	"leerblad/internal/frontmatter"
	"leerblad/internal/search"
	"leerblad/internal/theme"
	"leerblad/themes"
)

// The default theme has a layout for each kind and its list, and words for each kind and each choice, in both languages.
func TestThemeKnowsEachKind(t *testing.T) {
	for _, language := range []diag.Language{diag.Dutch, diag.English} {
		th, problems, err := theme.Load(language, theme.Layer{FS: themes.Default(), Path: "themes/default"})
		if err != nil || problems != nil {
			t.Fatal(problems, err)
		}
		needed := func(keys ...string) {
			for _, key := range keys {
				if s, ok := th.Text(key, 1, 1); !ok || strings.TrimSpace(s) == "" {
					t.Errorf("strings/%s.yaml does not have %s", language, key)
				}
			}
		}
		for _, row := range document.Kinds {
			kind := string(row.Kind)
			needed("kind."+kind, "kinds."+kind)
			if row.List != "" {
				needed("url."+kind, "intro."+kind)
			}
			if row.Under != nil {
				needed("all." + kind)
			}
			for _, layout := range []string{row.Layout, row.List} {
				if _, err := fs.Stat(themes.Default(), "layouts/"+layout+".html"); err != nil && layout != "" {
					t.Errorf("%s: %v", kind, err)
				}
			}
		}
		for _, k := range document.Keys {
			for _, choice := range k.Choices {
				needed(k.Name + "." + choice)
			}
		}
	}
}

// written are two values of keys that have no choices and no words of their own.
var written = map[string][2]string{
	"date": {"2021-01-01", "2021-01-02"}, "updated": {"2021-03-01", "2021-03-02"}, "expires": {"2021-07-01", "2021-05-01"},
	"changes": {"[{date: 2021-03-01, note: een}]", "[{date: 2021-03-01, note: twee}]"}, "topics": {"[t1]", "[t2]"}, "regions": {"[r1]", "[r2]"},
	"image": {"{src: ../media/a.svg, alt: een}", "{src: ../media/a.svg, alt: twee}"}, "draft": {"false", "true"}, "aliases": {"[oud]", "[ouder]"},
	"order": {"1", "9"}, "number": {"8", "9"}, "report": {"documents/d1", "documents/d2"}, "sheet": {"sheets/s1", "sheets/s2"},
	"evidence": {"[sheets/s1]", "[sheets/s2]"}, "file": {"../media/a.pdf", "../media/b.txt"}, "link": {"https://example.org/1", "https://example.org/2"},
	"media": {"[{type: testimonial, quote: een, person: x}]", "[{type: testimonial, quote: twee, person: x}]"}, "code": {"AM21", "AM22"},
	"tile": {"[3, 3]", "[4, 4]"}, "items": {"[sheets/s1]", "[sheets/s2]"}, "language": {"en", "de"}, "subject": {"Een", "Twee"},
	"form": {"story", `""`}, "greeting": {"Beste lezer", "Dag lezer"},
}

// unseen are keys that tell editors something, and readers nothing.
var unseen = []string{"approved", "sent"}

// Each key of each kind shows: with another value, the site is another. What a card tells is seen in a list, what an item of a newsletter
// tells in its mail, what is found in the index.
func TestEachKeyShows(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	put := func(name, text string) string {
		file := filepath.Join(dir, "content", name)
		write(t, file, []byte(text))
		return file
	}
	put("site.yaml", "title: Proef\nurl: https://example.org/\ncontact: {name: Redactie, email: redactie@example.org}\nnewsletter: {address: Postbus 1}\n")
	put("media/a.svg", `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 900 600"><rect width="900" height="600"/></svg>`)
	put("media/a.pdf", "%PDF-1.4")
	put("media/b.txt", "tekst")
	for _, row := range document.Kinds {
		for i := range 2 {
			name, order := fmt.Sprintf("%s/%c%d.md", row.Kind, row.Kind[0], i+1), ""
			if row.Kind.Knows("order") {
				order = "order: 5\n"
			}
			put(name, fmt.Sprintf("---\ntitle: Titel van %s\n%s%s---\n\nTekst.\n", name, order, needs(row.Kind, "")))
		}
	}
	b := build.New(build.Options{Content: filepath.Join(dir, "content"), Now: frontmatter.Day("2021-06-01"), Cache: pictures}, nil)
	site := func(kind document.Kind, key, value string) (shown map[string][]byte, searched []search.Document) {
		text := fmt.Sprintf("---\n%s%s: %s\n---\n\nTekst.\n\n- [+] Bevinding.\n", needs(kind, key), key, value)
		if key != "title" {
			text = "---\ntitle: Proefstuk" + text[3:]
		}
		files := []string{put(string(kind)+"/proef.md", text), put("newsletters/brief.md",
			"---\ntitle: Brief\ndate: 2021-05-31\npreheader: "+strings.Repeat("x", 90)+"\nitems: ["+string(kind)+"/proef]\n---\n")}
		r, err := b.Build(context.Background(), files...)
		if err != nil {
			t.Fatal(err)
		}
		if r.Problems.HasErrors() {
			return nil, nil
		}
		if shown, searched, err = build.Shown(r); err != nil {
			t.Fatal(err)
		}
		return shown, searched
	}
	for _, row := range document.Kinds {
		for _, key := range row.Kind.Keys() {
			if slices.Contains(unseen, key) {
				continue
			}
			values, ok := written[key]
			k := document.Keys[slices.IndexFunc(document.Keys, func(k document.Key) bool { return k.Name == key })]
			if !ok && k.Choices != nil {
				values, ok = [2]string{k.Choices[0], k.Choices[1]}, true
			}
			if !ok && k.Texts != nil {
				values, ok = [2]string{"eenwoord", "tweewoord"}, true
				if text, _ := site(row.Kind, key, "eenwoord"); text == nil {
					values = [2]string{"[eenwoord]", "[tweewoord]"}
				}
			}
			if !ok {
				t.Errorf("no values to write for %s", key)
				continue
			}
			one, sought := site(row.Kind, key, values[0])
			two, soughtToo := site(row.Kind, key, values[1])
			if one == nil && two == nil || maps.EqualFunc(one, two, bytes.Equal) && reflect.DeepEqual(sought, soughtToo) {
				t.Errorf("%s of %s does not show", key, row.Kind)
				continue
			}
			differ := func(part string, holds func(file string) bool) {
				t.Helper()
				for file := range one {
					if holds(file) && !bytes.Equal(one[file], two[file]) {
						return
					}
				}
				t.Errorf("%s of %s does not show %s", key, row.Kind, part)
			}
			if slices.Contains(row.Card, key) {
				lists := "newsletters"
				if row.List != "" {
					lists = string(row.Kind)
				}
				differ("on its card", func(f string) bool { return f == wordFor(lists)+"/index.html" })
			}
			if slices.Contains(row.Mail, key) {
				differ("in a newsletter", func(f string) bool { return f == wordFor("newsletters")+"/brief/mail.html" })
			}
			if (slices.Contains(row.Found, key) || slices.Contains(row.Named, key)) && reflect.DeepEqual(sought, soughtToo) {
				t.Errorf("%s of %s does not show in what is searched", key, row.Kind)
			}
		}
		put(string(row.Kind)+"/proef.md", fmt.Sprintf("---\ntitle: Proefstuk\n%s---\n", needs(row.Kind, "")))
	}
}

// dutch is the default theme.
var dutch = sync.OnceValue(func() *theme.Theme {
	th, _, err := theme.Load(diag.Dutch, theme.Layer{FS: themes.Default(), Path: "themes/default"})
	if err != nil {
		panic(err)
	}
	return th
})

// wordFor gives the word in addresses for the list of a kind.
func wordFor(kind string) string { return dutch().Words("url." + kind) }

// needs are the keys that an entry of a kind cannot do without, but for one.
func needs(kind document.Kind, but string) (out string) {
	row := kind.Row()
	if row.Dated && but != "date" {
		out += "date: 2021-01-01\n"
	}
	if kind == document.Documents && but != "type" {
		out += "type: other\n"
	}
	if kind == document.Newsletters && but != "preheader" {
		out += "preheader: " + strings.Repeat("x", 90) + "\n"
	}
	return out
}
