package browser_test

import (
	"fmt"
	"html"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"
	"golang.org/x/tools/txtar"

	"leerblad/internal/build"
	"leerblad/internal/output"
)

// english builds the publication in English.
func english(t *testing.T) (dir string, site *output.Set) {
	t.Helper()
	return publish(t, build.Options{Content: englishContent(t)})
}

// englishContent writes testdata/english.txtar with a sheet of 1,050 findings, a report of 1.2 MB and a film.
func englishContent(t *testing.T) string {
	t.Helper()
	archive, err := txtar.ParseFile("testdata/english.txtar")
	if err != nil {
		t.Fatal(err)
	}
	long := "---\ntitle: A long sheet\nnumber: 2\ndate: 2021-05-15\nreport: {title: Elsewhere, link: \"https://example.com/report\"}\n---\n\n"
	for i := range 1050 {
		long += fmt.Sprintf("- [+] Finding number %d helps.\n", i)
	}
	archive.Files = append(archive.Files, txtar.File{Name: "content/sheets/long.md", Data: []byte(long)},
		txtar.File{Name: "content/media/report.pdf", Data: make([]byte, 1_234_567)}, txtar.File{Name: "content/media/film.webm"})
	return extract(t, archive)
}

// extract writes an archive's files and gives its content folder.
func extract(t *testing.T, archive *txtar.Archive) string {
	t.Helper()
	root := t.TempDir()
	for _, f := range archive.Files {
		name := filepath.Join(root, f.Name)
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, f.Data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return filepath.Join(root, "content")
}

func TestNothingDutchIsLeftInEnglish(t *testing.T) {
	t.Parallel()
	_, site := english(t)
	dutch := phrases(t)
	for _, name := range site.Paths() {
		if strings.HasPrefix(name, "search/") {
			continue // the index and its client have no words of the interface
		}
		data, _, err := site.Get(name)
		if err != nil {
			t.Fatal(err)
		}
		text := name + "\n" + html.UnescapeString(dutchRule.ReplaceAllString(string(data), ""))
		for _, phrase := range dutch {
			if has(text, phrase) {
				t.Errorf("%s has %q", name, phrase)
			}
		}
	}
}

// dutchRule is what a style sheet keeps for pages in Dutch.
var dutchRule = regexp.MustCompile(`:lang\(nl\) *\{[^}]*\}`)

// alike are the keys of the texts that are the same in Dutch and English.
var alike = strings.Fields("url.sheets kind.sheets kinds.sheets kind.documents type.other media.video media.infographic " +
	"download code nav.letters worksheet.print footer.contact")

// phrases gives every Dutch text of the interface that is another one in English, between the places for what is filled in.
func phrases(t *testing.T) []string {
	t.Helper()
	texts := map[string]map[string]string{}
	for _, language := range []string{"nl", "en"} {
		data, err := os.ReadFile("../../themes/default/strings/" + language + ".yaml")
		if err != nil {
			t.Fatal(err)
		}
		of := map[string]string{}
		if err := yaml.Unmarshal(data, &of); err != nil {
			t.Fatal(err)
		}
		texts[language] = of
	}
	place := regexp.MustCompile(`\{\d\}`)
	var out []string
	for key, text := range texts["nl"] {
		parts := place.Split(text, -1)
		if text == texts["en"][key] {
			if strings.ContainsFunc(strings.Join(parts, ""), unicode.IsLetter) && !slices.Contains(alike, key) {
				t.Errorf("%s is not translated: %q", key, text)
			}
			continue
		}
		for _, part := range parts {
			if part = strings.Trim(part, " .,:()"); len(part) > 2 {
				out = append(out, part)
			}
		}
	}
	if len(out) < 200 {
		t.Fatalf("only %d Dutch phrases", len(out))
	}
	return out
}

// has reports whether a phrase stands in a text as words of its own.
func has(text, phrase string) bool {
	for {
		before, after, found := strings.Cut(text, phrase)
		if !found {
			return false
		}
		last, _ := utf8.DecodeLastRuneInString(before)
		next, _ := utf8.DecodeRuneInString(after)
		if !unicode.IsLetter(last) && !unicode.IsLetter(next) {
			return true
		}
		text = after
	}
}

func TestDatesAndNumbersAreEnglish(t *testing.T) {
	_, site := english(t)
	for name, wants := range map[string][]string{
		"sheets/first/index.html":     {">15 January 2021<", "Updated on 1 February 2021", "Sheet 1. Our learning evaluation, 15 January 2021."},
		"sheets/long/index.html":      {"<strong>1,050</strong>"},
		"findings/index.html":         {"1,057 findings"},
		"documents/report/index.html": {"PDF, 1.2 MB", ">10 January 2021<", ">Recommendations that rest on this<"},
		"regions/west/index.html":     {">Stories from neighbouring regions<", "A weekly meeting"},
		"stories/meeting/index.html":  {">Mixed picture · First sheet, <"},
		"findings/page/2/index.html":  {"Findings, page 2"},
		"feed.xml":                    {"All news from Our learning evaluation", `xml:lang="en"`},
		"findings/findings.csv":       {"2021-01-15"},
	} {
		data, ok, err := site.Get(name)
		if !ok || err != nil {
			t.Errorf("%s: no such file (%v)", name, err)
		}
		for _, want := range wants {
			if !strings.Contains(string(data), want) {
				t.Errorf("%s has no %q", name, want)
			}
		}
	}
}

func TestEnglishInChromium(t *testing.T) {
	t.Parallel()
	dir, site := english(t)
	check(t, dir, "/", "light", pages(site, "/", 1))
	server := serve(t, dir, "/")
	cmd := exec.Command("node", "--test", "--test-timeout=60000", "english.mjs")
	cmd.Env = append(os.Environ(), "SITE="+server.URL+"/")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
}
