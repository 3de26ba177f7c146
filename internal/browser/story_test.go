package browser_test

import (
	"encoding/json"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/net/html"
)

// TestReadersContributeStories has a reader tell a story in two browsers, imports what they make, and looks at the page that it becomes.
func TestReadersContributeStories(t *testing.T) {
	t.Parallel()
	program := leerblad(t)
	dir, _ := sample(t, "https://example.org/")
	server := serve(t, dir, "/")
	page, err := os.ReadFile(filepath.Join(dir, "praktijkverhaal-delen", "index.html"))
	for _, part := range []string{`href="mailto:redactie@example.org?subject=Praktijkverhaal&amp;body=Welke%20titel`, "%0D%0A%0D%0AIn%20welke%20arbeidsmarktregio", "<li>Wat was de aanleiding?</li>"} {
		if err != nil || !strings.Contains(string(page), part) {
			t.Errorf("without scripts there is no %s (%v)", part, err)
		}
	}
	downloads := t.TempDir()
	photo := filepath.Join(t.TempDir(), "IMG_1 rivier.JPG")
	data, err := os.ReadFile("../../content/media/rivierlandschap.jpg")
	if err == nil {
		err = os.WriteFile(photo, upright(data), 0o666)
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Run("form", func(t *testing.T) {
		for _, browser := range []string{"chrome", "firefox"} {
			t.Run(browser, func(t *testing.T) {
				t.Parallel()
				cmd := exec.Command("node", "--test", "--test-timeout=120000", "story.mjs")
				cmd.Env = append(os.Environ(), "SITE="+server.URL+"/", "BROWSER="+browser, "DOWNLOADS="+downloads, "PHOTO="+photo)
				if out, err := cmd.CombinedOutput(); err != nil {
					t.Fatalf("%v\n%s", err, out)
				}
			})
		}
	})
	content := filepath.Join(t.TempDir(), "content")
	if err := os.CopyFS(content, os.DirFS("../../content")); err != nil {
		t.Fatal(err)
	}
	for _, browser := range []string{"chrome", "firefox"} {
		out := leerbladSays(t, program, "import", filepath.Join(downloads, "proef-samen-in-"+browser+".leerblad.zip"), "--content", content)
		if !strings.Contains(out, "Je naam: Afzender") || !strings.Contains(out, "img-1-rivier.jpg: Nee, niemand") {
			t.Errorf("the editor is not told who sent it, and who agreed: %s", out)
		}
	}
	if out, err := exec.Command(program, "import", filepath.Join(downloads, "proef-samen-in-chrome.leerblad.zip"), "--content", content, "--kind", "sheets").CombinedOutput(); err == nil ||
		!strings.Contains(string(out), "laat --kind weg") {
		t.Errorf("a sheet comes of it: %s", out)
	}
	if out := leerbladSays(t, program, "import", filepath.Join(downloads, "proef-samen-in-chrome.leerblad.zip"), "--content", content); !strings.Contains(out, "stories/proef-samen-in-chrome-2/index.md") {
		t.Errorf("the second of a name: %s", out)
	}
	if out := leerbladSays(t, program, "check", "--content", content); strings.Contains(out, "[") {
		t.Errorf("check finds: %s", out)
	}
	site := filepath.Join(t.TempDir(), "public")
	leerbladSays(t, program, "build", "--drafts", "--future", "--content", content, "--output", site)
	for _, browser := range []string{"chrome", "firefox"} {
		page := readPage(t, filepath.Join(site, "praktijkverhalen", "proef-samen-in-"+browser, "index.html"))
		for _, want := range []string{
			`Proef: "samen" in ` + browser, "Friesland", "Loopt nog", "Aanleiding # Te weinig *mensen* ", "Eerst: <b>bellen</b>. - toen - lopen ", "Dat weten we [nog] niet.",
			"Begin: klein Bel eerst ", `Ik "wist" het niet.`, "een jobcoach", "De rivier: #1",
		} {
			if !strings.Contains(page.text, want) {
				t.Errorf("%s: no %q in %q", browser, want, page.text)
			}
		}
		if strings.Contains(page.text, "Afzender") || !strings.Contains(page.source, `alt="Een tekening van een *rivier*"`) {
			t.Errorf("%s: %s", browser, page.source)
		}
	}
}

var randomStories = flag.Int("stories", 40, "how many stories of random texts are contributed")

// lessons gives typed lessons without the signs of a list.
func lessons(typed string) (out string) {
	for _, line := range strings.FieldsFunc(typed, func(r rune) bool { return r == '\n' || r == '\r' }) {
		out += bullet.ReplaceAllString(words(line), "") + " "
	}
	return out
}

var bullet = regexp.MustCompile(`^[-*•–·] `)

// Whatever is typed stands on the page, all of it and as text.
func TestContributedWordsStayWords(t *testing.T) {
	t.Parallel()
	program, dir := leerblad(t), t.TempDir()
	content, site := filepath.Join(dir, "content"), filepath.Join(dir, "public")
	for name, text := range map[string]string{
		"site.yaml": "title: Proef\nurl: https://example.org/\n", "index.md": "---\ntitle: Proef\n---\n\nTekst.\n", "regions/tiel.md": "---\ntitle: Tiel\n---\n\nTekst.\n",
	} {
		name = filepath.Join(content, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	tool(t, "node", "story-words.mjs", dir, strconv.Itoa(*randomStories), "1")
	args := []string{"import", "--content", content}
	for i := range *randomStories {
		args = append(args, filepath.Join(dir, strconv.Itoa(i)+".leerblad.zip"))
	}
	made := strings.Fields(string(tool(t, program, args...)))
	leerbladSays(t, program, "build", "--drafts", "--content", content, "--output", site)
	for i := range *randomStories {
		var typed struct {
			Title, Lessons, Alt, Quote, Person, Transcript string
			Parts                                          []string
		}
		data, err := os.ReadFile(filepath.Join(dir, strconv.Itoa(i)+".json"))
		if err == nil {
			err = json.Unmarshal(data, &typed)
		}
		if err != nil {
			t.Fatal(err)
		}
		slug := strings.TrimSuffix(filepath.Base(made[i]), ".md")
		page := readPage(t, filepath.Join(site, "praktijkverhalen", slug, "index.html"))
		body := ""
		for n, part := range typed.Parts {
			body += "Deel " + strconv.Itoa(n) + " " + part + " "
		}
		for what, c := range map[string][2]string{
			"title": {page.of("h1"), typed.Title}, "text": {page.of("prose"), body}, "lessons": {strings.TrimPrefix(page.of("lessons"), "Lessen "), lessons(typed.Lessons)},
			"transcript": {strings.TrimPrefix(page.of("fold"), "Uitgeschreven tekst "), typed.Transcript},
		} {
			if got, want := words(c[0]), words(c[1]); got != want {
				source, _ := os.ReadFile(made[i])
				t.Errorf("%d: %s is %q, typed was %q, of %s", i, what, got, want, source)
			}
		}
		for _, part := range []string{typed.Alt, typed.Quote, typed.Person} {
			if !strings.Contains(words(page.text), words(part)) {
				t.Errorf("%d: no %q in %q", i, words(part), words(page.text))
			}
		}
	}
}

// leerbladSays gives all that a call prints, which must succeed.
func leerbladSays(t *testing.T, program string, args ...string) string {
	t.Helper()
	out, err := exec.Command(program, args...).CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %v\n%s", args, err, out)
	}
	return string(out)
}

// storyPage is a page that was written.
type storyPage struct {
	source, text string
	parts        map[string]string // the texts of its first elements of a class or name
}

func (p storyPage) of(part string) string { return p.parts[part] }

func readPage(t *testing.T, name string) storyPage {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	doc, err := html.Parse(strings.NewReader(string(data)))
	if err != nil {
		t.Fatal(err)
	}
	p := storyPage{source: string(data), parts: map[string]string{}}
	var read func(n *html.Node) string
	read = func(n *html.Node) string {
		if n.Type == html.TextNode {
			return n.Data
		}
		text := ""
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			text += read(c)
		}
		switch n.Data {
		case "p", "br", "h1", "h2", "li", "summary", "blockquote", "figcaption":
			text += " "
		}
		for _, name := range append(strings.Fields(attribute(n, "class")), n.Data) {
			if _, is := p.parts[name]; !is {
				p.parts[name] = text
			}
		}
		return text
	}
	p.text = words(read(doc)) + " "
	return p
}

// words gives a text without what no text holds, its words parted by single spaces, with the quotation marks of a keyboard.
func words(text string) string {
	text = strings.Map(func(r rune) rune {
		switch {
		case r == '\ufffe', unicode.Is(unicode.Cf, r), unicode.IsControl(r) && !unicode.IsSpace(r), r == '\u0085':
			return -1
		}
		return r
	}, text)
	return strings.Join(strings.Fields(strings.NewReplacer("“", `"`, "”", `"`, "‘", "'", "’", "'").Replace(text)), " ")
}
