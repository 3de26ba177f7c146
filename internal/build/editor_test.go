package build_test

import (
	"bytes"
	"fmt"
	"image"
	"image/png"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// editor edits a publication at random.
type editor struct {
	t       *testing.T
	dir     string
	random  *rand.Rand
	files   []string          // entries, as paths from dir
	changed []string          // since the last build, as package watch gives them
	broken  bool              // the last build had mistakes
	good    map[string]string // all files of the last one that had none
	entries []string          // and its entries
}

// keep remembers all files.
func (e *editor) keep() {
	e.good, e.entries = e.all(), slices.Clone(e.files)
}

func (e *editor) all() map[string]string {
	all := map[string]string{}
	err := filepath.WalkDir(e.dir, func(p string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			name, _ := filepath.Rel(e.dir, p)
			all[filepath.ToSlash(name)] = e.get(name)
		}
		return err
	})
	if err != nil {
		e.t.Fatal(err)
	}
	return all
}

// mend puts back all files as they were in the last build without mistakes.
func (e *editor) mend() {
	now := e.all()
	for _, name := range slices.Sorted(maps.Keys(now)) {
		if _, was := e.good[name]; !was {
			e.remove(name)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(e.good)) {
		if text, is := now[name]; !is || text != e.good[name] {
			e.put(name, e.good[name])
		}
	}
	e.files = slices.Clone(e.entries)
}

// begin makes a publication; a long one has topics and regions with more than their pages show.
func (e *editor) begin(long bool) {
	e.put("content/site.yaml", settings+"tagline: Proef\n")
	e.put("theme/README", "a theme must have something in its folder\n")
	for _, title := range []string{"Scholing", "Matching", "Borging"} {
		e.entry("topics", fmt.Sprintf("---\ntitle: %s\nsummary: Over %s\n---\nTekst.\n", title, title))
	}
	for i := range 3 {
		e.entry("regions", fmt.Sprintf("---\ntitle: Regio %d\ntile: [%d, 1]\n---\n", i, i+1))
	}
	e.entry("sheets", "---\ntitle: Eerste\ndate: 2021-01-01\n---\n\n- [+] Iets werkt. {#f0}\n- [!] Iets niet. {#f1}\n")
	e.picture("content/media/plaat-0.png")
	e.table()
	e.entry("stories", "---\ntitle: Verhaal\ndate: 2021-01-01\n---\n\n![Een plaat](../media/plaat-0.png)\n")
	for range 20 {
		e.create()
	}
	for i := 0; long && i < 24; i++ {
		about := fmt.Sprintf("date: 20%d-03-0%d\ntopics: [%s]\n", 18+i%3, 1+i%9, e.slug("topics"))
		e.entry("stories", fmt.Sprintf("---\ntitle: Verhaal %d\n%sregions: [%s]\n---\n", i, about, e.slug("regions")))
		e.entry("sheets", fmt.Sprintf("---\ntitle: Sheet %d\n%s---\n\n## Scholing\n\n- [+] %s\n- [-] %s\n- [!] %s\n", i, about, e.sentence(), e.sentence(), e.sentence()))
	}
	e.keep()
}

func (e *editor) n(n int) int            { return e.random.IntN(n) }
func (e *editor) pick(s []string) string { return s[e.n(len(s))] }

func (e *editor) note(name string) {
	if name != "weg" { // which nobody watches
		e.changed = append(e.changed, filepath.Join(e.dir, name))
	}
}

func (e *editor) put(name, text string) {
	write(e.t, filepath.Join(e.dir, name), []byte(text))
	e.note(name)
}

func (e *editor) get(name string) string {
	data, err := os.ReadFile(filepath.Join(e.dir, name))
	if err != nil {
		e.t.Fatal(err)
	}
	return string(data)
}

func (e *editor) remove(name string) {
	if err := os.RemoveAll(filepath.Join(e.dir, name)); err != nil {
		e.t.Fatal(err)
	}
	e.note(name)
}

func (e *editor) move(from, to string) {
	if err := os.MkdirAll(filepath.Dir(filepath.Join(e.dir, to)), 0o755); err != nil {
		e.t.Fatal(err)
	}
	if err := os.Rename(filepath.Join(e.dir, from), filepath.Join(e.dir, to)); err != nil {
		e.t.Fatal(err)
	}
	e.note(from)
	e.note(to)
}

func (e *editor) entry(kind, text string) {
	name := fmt.Sprintf("content/%s/tekst-%d.md", kind, e.n(1e6))
	e.files = append(e.files, name)
	e.put(name, text)
}

// slug gives the slug of an entry of a kind, or of none.
func (e *editor) slug(kind string) string {
	var slugs []string
	for _, f := range e.files {
		if strings.HasPrefix(f, "content/"+kind+"/") {
			slugs = append(slugs, strings.TrimSuffix(strings.TrimSuffix(strings.TrimPrefix(f, "content/"+kind+"/"), "/index.md"), ".md"))
		}
	}
	if len(slugs) == 0 || e.good != nil && e.n(100) == 0 {
		return "bestaat-niet"
	}
	return e.pick(slugs)
}

var words = []string{"regio", "werk", "scholing", "afspraak", "gesprek", "partij", "brief", "plan"}

func (e *editor) sentence() string {
	return "De " + e.pick(words) + " helpt de " + e.pick(words) + " bij " + e.pick(words) + " " + fmt.Sprint(e.n(100)) + "."
}

func (e *editor) create() {
	kind := e.pick([]string{"sheets", "recommendations", "stories", "documents", "newsletters", "pages", "sheets", "stories"})
	var b strings.Builder
	fmt.Fprintf(&b, "---\ntitle: %s %d\nsummary: %s\n", e.pick(words), e.n(1000), e.sentence())
	if kind != "pages" {
		fmt.Fprintf(&b, "date: 2021-0%d-1%d\n", 1+e.n(6), e.n(10))
	}
	switch kind {
	case "sheets", "stories", "documents", "recommendations":
		fmt.Fprintf(&b, "topics: [%s]\n", e.slug("topics"))
	}
	switch kind {
	case "documents":
		b.WriteString("type: other\nlink: https://example.org/rapport\n")
	case "sheets", "newsletters":
		fmt.Fprintf(&b, "number: %d\n", e.n(1e5))
	case "recommendations":
		fmt.Fprintf(&b, "sheet: sheets/%[1]s\nevidence: [stories/%[2]s, \"sheets/%[1]s#f0\"]\n", e.slug("sheets"), e.slug("stories"))
	case "stories":
		fmt.Fprintf(&b, "regions: [%s]\noutcome: mixed\n", e.slug("regions"))
	}
	if kind == "newsletters" {
		fmt.Fprintf(&b, "preheader: %s\nitems: [sheets/%s, stories/%s, topics/%s, regions/%s]\n", e.sentence(), e.slug("sheets"), e.slug("stories"), e.slug("topics"), e.slug("regions"))
	}
	b.WriteString("---\n\n## Kop\n\n" + e.sentence() + "\n\n")
	if kind == "sheets" || kind == "pages" {
		for i := range 2 + e.n(3) {
			fmt.Fprintf(&b, "- [%s] %s {#f%d}\n", e.pick([]string{"+", "!", "~", "-", "?"}), e.sentence(), i)
		}
	}
	fmt.Fprintf(&b, "\nZie [dit](../stories/%s.md) en [dat](../sheets/%s.md#f0).\n\n", e.slug("stories"), e.slug("sheets"))
	if e.n(3) == 0 {
		fmt.Fprintf(&b, "```chart %s \"%s\" file=../media/cijfers.csv\n```\n\n", e.pick([]string{"bar", "line"}), e.sentence())
		fmt.Fprintf(&b, "```chart stacked \"Op elkaar\" unit=%%\nJaar | Aandeel\n2020 | %d\n2021 |\n```\n\n", e.n(100))
	}
	if kind == "newsletters" {
		fmt.Fprintf(&b, "[Lees dit](../stories/%s.md)\n\n![Een plaat](../media/plaat-0.png)\n\n", e.slug("stories"))
	}
	e.entry(kind, b.String())
}

// edit does something to the publication or the theme, and says what.
func (e *editor) edit() string {
	if e.broken && e.good != nil && e.n(3) > 0 {
		e.mend()
		return "mend"
	}
	name := e.pick(e.files)
	switch e.n(18) {
	case 17:
		if e.n(2) == 0 {
			return e.change(name, "## "+e.pick([]string{"Kop", "Scholing"}), "## "+e.pick([]string{"Scholing", "Matching", "Kop"}))
		}
		return e.change(name, "## ", "## "+e.pick([]string{"Scholing\n\n## ", "Matching\n\n## ", "Nog een ", "Kop {topic=" + e.slug("topics") + "}\n\n## "}))
	case 0:
		e.create()
		return "create"
	case 1, 2:
		e.put(name, e.get(name)+"\n"+e.sentence()+"\n")
		return "body of " + name
	case 3, 4:
		return e.change(name, "title: ", "title: "+e.pick(words)+" ")
	case 5:
		return e.change(name, "---\n", "---\n"+e.pick([]string{"updated: 2021-06-29\n", "updated: 2021-06-30\n", "authors: [Bureau]\n", "aliases: [/oud/" + fmt.Sprint(e.n(50)) + "/]\n", "kleur: rood\n"}))
	case 6:
		return e.change(name, "- [", "- ["+e.pick([]string{"+", "!", "?"})+"] "+e.sentence()+" {#n"+fmt.Sprint(e.n(1000))+" reach=many}\n- [")
	case 7:
		return e.change(name, "#f0}", "#f0 follows=sheets/"+e.slug("sheets")+"#f1}")
	case 8:
		if len(e.files) > 15 {
			e.files = slices.DeleteFunc(e.files, func(f string) bool { return f == name })
			e.remove(name)
			e.repair(name)
			return "delete " + name
		}
	case 9:
		to := filepath.ToSlash(filepath.Dir(name)) + fmt.Sprintf("/anders-%d.md", e.n(1e6))
		if e.n(2) == 0 {
			to = strings.TrimSuffix(to, ".md") + "/index.md"
		}
		if strings.HasSuffix(name, "/index.md") {
			return "nothing"
		}
		e.files[slices.Index(e.files, name)] = to
		e.move(name, to)
		if strings.HasSuffix(to, "/index.md") {
			e.put(to, strings.ReplaceAll(e.get(to), "(../", "(../../"))
		}
		e.repair(name)
		return "rename " + name
	case 10:
		e.put(name, e.pick([]string{"", "---\ntitle: [\n---\n", "---\ntitle: x\n", "geen kop", "---\ntitle: a\ntitle: b\n---\n\xff"}))
		return "break " + name
	case 11:
		return e.theme()
	case 12:
		return e.settings()
	case 13:
		return e.media(name)
	case 14:
		if e.n(4) == 0 {
			return e.change(name, "---\n", "---\ndraft: true\n")
		}
		return e.change(name, "draft: true\n", "")
	case 15:
		e.put("content/"+e.pick([]string{".verborgen.md", "sheets/~$lock.md", "sheets/x.md~", "stories/.x.swp", "stories/4913"}), "---\n")
		return "temporary file"
	case 16:
		kind := e.pick([]string{"sheets", "stories"})
		e.move("content/"+kind, "weg")
		e.move("weg", "content/"+kind)
		return "folder away and back"
	}
	return "nothing"
}

// repair mostly lets what refers to an entry that is gone refer to another.
func (e *editor) repair(gone string) {
	kind, slug, _ := strings.Cut(strings.TrimSuffix(strings.TrimSuffix(strings.TrimPrefix(gone, "content/"), "/index.md"), ".md"), "/")
	if e.n(4) == 0 {
		return
	}
	for _, name := range e.files {
		if text := e.get(name); strings.Contains(text, slug) {
			e.put(name, strings.ReplaceAll(strings.ReplaceAll(text, slug+"/index.md", slug+".md"), slug, e.slug(kind)))
		}
	}
}

func (e *editor) change(name, old, new string) string {
	if text := e.get(name); strings.Contains(text, old) {
		e.put(name, strings.Replace(text, old, new, 1))
	}
	return fmt.Sprintf("%q in %s", new, name)
}

func (e *editor) theme() string {
	name := "theme/" + e.pick([]string{"partials/card.html", "strings/nl.yaml", "assets/site.css", "assets/eigen.css", "assets/tokens.css", "layouts/list.html"})
	text := map[string]string{
		".html": e.pick([]string{"{{define \"main\"}}<p>{{.Title}} " + fmt.Sprint(e.n(9)) + "{{end}}", "{{.Title}} {{.Nergens}}", "{{if}}", "<b>{{.Title}}</b>"}),
		".yaml": e.pick([]string{"skip: Naar beneden\n", "skip: [\n", "kinds.sheets: Bladen\n", "url.sheets: bladen\n"}),
		".css":  fmt.Sprintf(":root { --accent: #%s%d; }\n", e.pick([]string{"00000", "f"}), e.n(10)),
	}[filepath.Ext(name)]
	if _, err := os.Stat(filepath.Join(e.dir, name)); err == nil && e.n(2) == 0 {
		e.remove(name)
		return "remove " + name
	}
	e.put(name, text)
	return fmt.Sprintf("%s: %q", name, text)
}

func (e *editor) settings() string {
	text := settings + e.pick([]string{"", "",
		"", "tagline: Anders\n", "language: en\n", "navigation: [sheets, findings]\n", "navigation: [pages/bestaat-niet]\n", "theme: nergens\n", "kleur: rood\n",
		"search: {synonyms: [[werk, baan]]}\n", "newsletter: {profile: mailchimp, address: Plein 1, utm: {source: brief}}\n", "newsletter: {profile: brevo, from: a@example.org}\n",
	})
	if e.n(3) == 0 {
		text = strings.Replace(text, "https://example.org/", "https://example.org/le/", 1)
	}
	e.put("content/site.yaml", text)
	return fmt.Sprintf("settings %q", text)
}

func (e *editor) media(name string) string {
	file := fmt.Sprintf("content/media/plaat-%d.png", e.n(3))
	switch e.n(5) {
	case 0:
		e.remove(file)
		return "remove " + file
	case 3, 4:
		return e.table()
	case 1:
		return e.change(name, "\n\n", "\n\n![Een plaat](../"+strings.TrimPrefix(file, "content/")+")\n\n")
	}
	e.picture(file)
	return "picture " + file
}

// table writes the file of charts anew, now and then with a mistake in it.
func (e *editor) table() string {
	const file = "content/media/cijfers.csv"
	switch e.n(8) {
	case 0:
		e.remove(file)
		return "remove " + file
	case 1:
		e.put(file, "Jaar;Aantal\n2020;veel\n")
		return "break " + file
	}
	e.put(file, fmt.Sprintf("Jaar;Aantal;%s\n2020;%d;1\n2021;%d;\n", e.pick(words), e.n(1000), e.n(1000)))
	return "numbers in " + file
}

func (e *editor) picture(file string) {
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 20+e.n(40), 30))); err != nil {
		e.t.Fatal(err)
	}
	e.put(file, b.String())
}
