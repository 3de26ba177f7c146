package browser_test

import (
	"bytes"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"leerblad/internal/build"
)

// Texts in other languages are marked so wherever they are shown, and nothing else is.
func TestTextsInOtherLanguages(t *testing.T) {
	t.Parallel()
	archive, err := txtar.ParseFile("testdata/languages.txtar")
	if err != nil {
		t.Fatal(err)
	}
	dir, site := publish(t, build.Options{Content: extract(t, archive)})
	paths := pages(site, "/", 9)
	check(t, dir, "/", "light,dark", []string{"/", "/sheets/english/", "/english/", "/praktijkverhalen/bericht/", "/themas/leren/", "/bevindingen/", "/zoeken/"})
	server := serve(t, dir, "/")
	for line := range bytes.Lines(tool(t, "node", append([]string{"languages.mjs", server.URL}, paths...)...)) {
		t.Errorf("%s", bytes.TrimSpace(line))
	}
	for name, wants := range map[string][]string{
		"feed.xml":                            {`<entry xml:lang="en"><title>A sheet in English</title>`, `<entry xml:lang="de"><title>Ein Bericht`, `<entry><title>Een sheet`},
		"bevindingen/bevindingen.csv":         {"/sheets/nederlands/#delen,en\r\n", "#delen,,nl\r\n"},
		"bevindingen/bevindingen.json":        {`"language": "en"`, `"language": "nl"`},
		"bevindingen/dcat.jsonld":             {"authority/language/ENG", "authority/language/NLD"},
		"sheets/english/index.html":           {`"inLanguage":"en"`, `<meta property="og:locale" content="en_US">`, `<html lang="nl">`, `<title lang="en">`},
		"aanbevelingen/write/index.html":      {`"inLanguage":"en-GB"`, `content="en_GB"`},
		"nieuwsbrieven/mei/mail.html":         {`<span lang="en">good practices</span>`, `<h3 lang="en"`, `<h3 lang="de"`, `<span lang="en">Partners share`},
		"nieuwsbrieven/june/mail.html":        {`<h1 lang="en"`, `<span lang="en"><strong>good</strong></span>`, "<h3 style"},
		"praktijkverhalen/bericht/index.html": {`<blockquote lang="de">`},
	} {
		data, ok, err := site.Get(name)
		if !ok || err != nil {
			t.Errorf("no %s (%v)", name, err)
		}
		for _, want := range wants {
			if !strings.Contains(string(data), want) {
				t.Errorf("%s has no %q", name, want)
			}
		}
	}
}
