package main

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"time"
)

var (
	plain = strings.Fields(`de het een deze elke veel weinig vaak soms altijd nu later eerst samen apart snel langzaam goed beter vroeg
		met voor door over tussen tijdens zonder volgens binnen buiten rond sinds en maar of want omdat zodat terwijl hoewel
		werkt vraagt geeft krijgt zoekt vindt leert deelt maakt meet bespreekt begint groeit blijft helpt kost levert verandert
		open vast nieuw lokaal duidelijk zichtbaar haalbaar breed klein gericht gezamenlijk praktisch tijdig bereikbaar`)
	heads = strings.Fields(`werk leer school jongeren regio wijk keten project team praktijk arbeids markt loopbaan taal zorg bouw techniek
		klant start proef stage budget beleids bestuurs ervarings kennis data inkomens instroom uitstroom doel vak kader jaar
		netwerk ondernemers gemeente cursus bedrijfs functie`)
	tails = strings.Fields(`plek plan overleg gesprek traject aanpak groep punt route doel vraag aanbod dienst loket kring werkwijze meting
		ronde agenda kaart verslag afspraak rol taak stap fase lijn ploeg coach begeleider adviseur partner bijeenkomst
		voorziening regeling uitkomst resultaat termijn dag week`)
	topics = strings.Fields(`samenwerking agenda praktijkleren scholing dienstverlening bemiddeling financiering jongeren monitoring
		communicatie borging toegankelijkheid`)
	markers = []string{"+", "!", "-", "+"}
)

const regionCount = 35

// writer writes a made-up publication. After the first error it does nothing more.
type writer struct {
	dir    string
	random *rand.Rand
	slugs  map[string][]string // by kind
	err    error
}

// writePublication writes a publication of about so many entries: 15% sheets with eight findings, 30% recommendations,
// 50% stories, 3% newsletters and 2% documents, and always 12 topics and 35 regions. The same number gives the same bytes.
func writePublication(dir string, entries int) error {
	w := &writer{dir: dir, random: rand.New(rand.NewPCG(1, uint64(entries))), slugs: map[string][]string{"topics": topics}}
	for i := range regionCount {
		w.slugs["regions"] = append(w.slugs["regions"], fmt.Sprintf("regio-%d", i+1))
	}
	kinds := []struct {
		name    string
		percent int
		write   func(kind, slug string, number int)
	}{{"sheets", 15, w.sheet}, {"recommendations", 30, w.recommendation}, {"stories", 50, w.story}, {"newsletters", 3, w.newsletter}, {"documents", 2, w.document}}
	for _, k := range kinds {
		for i := range max(1, entries*k.percent/100) {
			w.slugs[k.name] = append(w.slugs[k.name], fmt.Sprintf("%s-%s-%d", w.compound(), w.compound(), i+1))
		}
	}
	w.file("site.yaml", "title: Lerende evaluatie\ndescription: Een proefpublicatie.\nurl: https://example.org/\n"+
		"contact: {name: Redactie, email: redactie@example.org}\nnewsletter: {profile: laposta, address: \"Postbus 1, 1000 AA Voorbeeldstad\"}\n")
	w.file("index.md", "---\ntitle: Lerende evaluatie\n---\n"+w.paragraph(2))
	for _, kind := range []string{"topics", "regions"} {
		for _, slug := range w.slugs[kind] {
			w.file(kind+"/"+slug+".md", fmt.Sprintf("---\ntitle: %s\nsummary: %s\n---\n%s", heading(slug), w.sentence(), w.paragraph(3)))
		}
	}
	for _, k := range kinds {
		for i, slug := range w.slugs[k.name] {
			k.write(k.name, slug, i+1)
		}
	}
	return w.err
}

func (w *writer) file(name, text string) {
	if w.err != nil {
		return
	}
	file := filepath.Join(w.dir, filepath.FromSlash(name))
	if w.err = os.MkdirAll(filepath.Dir(file), 0o755); w.err == nil {
		w.err = os.WriteFile(file, []byte(text), 0o644)
	}
}

// entry writes an entry of a dated kind; meta are the lines of front matter that its kind adds.
func (w *writer) entry(kind, slug, meta, body string) {
	date := time.Date(2019, 1, 7, 0, 0, 0, 0, time.UTC).AddDate(0, 0, w.random.IntN(2500)).Format(time.DateOnly)
	title := heading(strings.ReplaceAll(slug, "-", " ")) + " " + w.words(3)
	w.file(kind+"/"+slug+".md", fmt.Sprintf("---\ntitle: %s\ndate: %s\nsummary: %s\n%s---\n%s", title, date, w.sentence(), meta, body))
}

func (w *writer) sheet(kind, slug string, number int) {
	first := w.random.IntN(len(topics))
	about := []string{topics[first], topics[(first+1+w.random.IntN(len(topics)-1))%len(topics)]}
	var b strings.Builder
	b.WriteString(w.paragraph(3))
	for section := range 4 {
		name := w.words(5)
		if section < len(about) {
			name = about[section]
		}
		fmt.Fprintf(&b, "## %s\n\n%s", heading(name), w.paragraph(4))
		for i := range 2 {
			fmt.Fprintf(&b, "- [%s] %s {#f%d}\n", pick(w, markers), w.sentence(), 2*section+i)
		}
		fmt.Fprintf(&b, "\nZie ook [dit praktijkverhaal](%s). **%s** %s", w.link("stories"), w.sentence(), w.paragraph(1))
		if section == 2 {
			b.WriteString("| Regio | Aantal | Toelichting |\n|---|---:|---|\n")
			for range 6 {
				fmt.Fprintf(&b, "| %s | %d | %s |\n", heading(pick(w, w.slugs["regions"])), w.random.IntN(400), w.words(7))
			}
			b.WriteString("\n")
		}
	}
	w.entry(kind, slug, fmt.Sprintf("number: %d\ntopics: [%s]\nsources: [Documentanalyse, Interviews]\n", number, strings.Join(about, ", ")), b.String())
}

func (w *writer) recommendation(kind, slug string, _ int) {
	sheet := "sheets/" + pick(w, w.slugs["sheets"])
	meta := fmt.Sprintf("topics: [%s]\nsheet: %s\nevidence: [%s#f%d]\naudience: [regio's]\n", pick(w, topics), sheet, sheet, w.random.IntN(8))
	w.entry(kind, slug, meta, w.paragraph(4)+"1. "+w.sentence()+"\n1. "+w.sentence()+"\n1. "+w.sentence()+"\n\n"+w.paragraph(3))
}

func (w *writer) story(kind, slug string, _ int) {
	var b strings.Builder
	b.WriteString(w.paragraph(4))
	fmt.Fprintf(&b, "## %s\n\n%s> %s\n\n%s", heading(w.words(5)), w.paragraph(5), w.sentence(), w.paragraph(4))
	fmt.Fprintf(&b, "## %s\n\n%s- %s\n- %s\n- *%s*\n\n", heading(w.words(5)), w.paragraph(5), w.sentence(), w.sentence(), w.sentence())
	fmt.Fprintf(&b, "Lees ook [deze aanbeveling](%s) en [deze sheet](%s).\n\n%s", w.link("recommendations"), w.link("sheets"), w.paragraph(3))
	w.entry(kind, slug, fmt.Sprintf("topics: [%s]\nregions: [%s]\n", pick(w, topics), pick(w, w.slugs["regions"])), b.String())
}

func (w *writer) newsletter(kind, slug string, number int) {
	w.entry(kind, slug, fmt.Sprintf("number: %d\npreheader: %s\nitems: [sheets/%s, stories/%s, recommendations/%s]\n", number, w.sentence(),
		pick(w, w.slugs["sheets"]), pick(w, w.slugs["stories"]), pick(w, w.slugs["recommendations"])), w.paragraph(3))
}

func (w *writer) document(kind, slug string, _ int) {
	w.entry(kind, slug, fmt.Sprintf("type: progress-report\nregions: [%s]\nlink: https://example.org/rapport.pdf\n", pick(w, w.slugs["regions"])), w.paragraph(2))
}

func (w *writer) link(kind string) string { return "../" + kind + "/" + pick(w, w.slugs[kind]) + ".md" }

func pick(w *writer, from []string) string { return from[w.random.IntN(len(from))] }

// compound makes one of some 1,600 nouns, so that words are as many as in texts of people.
func (w *writer) compound() string { return pick(w, heads) + pick(w, tails) }

func (w *writer) words(n int) string {
	var out []string
	for i := range n {
		if i%3 == 1 {
			out = append(out, w.compound())
		} else {
			out = append(out, pick(w, plain))
		}
	}
	return strings.Join(out, " ")
}

func (w *writer) sentence() string { return heading(w.words(10+w.random.IntN(16))) + "." }

// paragraph makes so many sentences and the empty line after them.
func (w *writer) paragraph(n int) string {
	var b strings.Builder
	for range n {
		b.WriteString(w.sentence() + " ")
	}
	return strings.TrimSpace(b.String()) + "\n\n"
}

func heading(s string) string { return strings.ToUpper(s[:1]) + s[1:] }
