package assist_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"leerblad/internal/assist"
	"leerblad/internal/diag"
	"leerblad/internal/document"
	"leerblad/internal/markdown"
	"leerblad/internal/publication"
	"leerblad/internal/source"
	"leerblad/internal/testpub"
)

// made makes the files of a publication of about so many entries: of each twenty three sheets with eight findings, six recommendations, ten stories and a
// newsletter, and always 12 topics and 35 regions.
func made(entries int) map[string]string {
	g := &generator{rand.New(rand.NewPCG(1, uint64(entries)))}
	files := map[string]string{
		"site.yaml": "title: Lerende evaluatie\nurl: https://example.org/\nnavigation: [sheets, stories, topics]\n",
		"index.md":  "---\ntitle: Lerende evaluatie\n---\n\n" + g.paragraph(3),
	}
	name := func(kind string, i int) string { return fmt.Sprintf("%s-%d", kind, i+1) }
	for i := range 12 {
		files["topics/"+name("thema", i)+".md"] = fmt.Sprintf("---\ntitle: Thema %s\n---\n\n%s", g.words(1), g.paragraph(2))
	}
	for i := range 35 {
		files["regions/"+name("regio", i)+".md"] = fmt.Sprintf("---\ntitle: Regio %s %d\n---\n\n%s", g.words(1), i+1, g.paragraph(2))
	}
	sheets := max(1, entries*3/20)
	sheet := func() string { return fmt.Sprintf("sheets/sheet-%d", g.IntN(sheets)+1) }
	topic := func() string { return name("thema", g.IntN(12)) }
	for i := range sheets {
		var b strings.Builder
		fmt.Fprintf(&b, "---\ntitle: Sheet %s\nsummary: %s\ndate: 2020-%02d-%02d\nnumber: %d\ntopics: [%s]\n---\n\n", g.words(4), g.sentence(), i%12+1, i%28+1, i+1, topic())
		for s := range 4 {
			fmt.Fprintf(&b, "%s## %s\n\n- [+] %s {#f%d}\n- [!] %s {#f%d reach=many}\n\n", g.paragraph(4), g.words(3), g.sentence(), 2*s, g.sentence(), 2*s+1)
		}
		files["sheets/"+name("sheet", i)+".md"] = b.String()
	}
	for i := range entries * 6 / 20 {
		files["recommendations/"+name("aanbeveling", i)+".md"] = fmt.Sprintf("---\ntitle: %s\nsummary: %s\ndate: 2020-03-01\ntopics: [%s]\nsheet: %s\nevidence:\n  - %s#f%d\n---\n\n%s",
			g.words(6), g.sentence(), topic(), sheet(), sheet(), g.IntN(8), g.paragraph(6))
	}
	for i := range entries / 2 {
		files["stories/"+name("verhaal", i)+".md"] = fmt.Sprintf("---\ntitle: %s\nsummary: %s\ndate: 2020-04-01\nregions: [%s]\noutcome: worked\n---\n\n%s## %s\n\nLees [de sheet](../%s.md#f%d).\n\n%s",
			g.words(6), g.sentence(), name("regio", g.IntN(35)), g.paragraph(5), g.words(3), sheet(), g.IntN(8), g.paragraph(8))
	}
	for i := range entries / 20 {
		files["newsletters/"+name("brief", i)+".md"] = fmt.Sprintf("---\ntitle: %s\ndate: 2020-05-01\nnumber: %d\npreheader: %s\nitems: [%s]\n---\n\n%s",
			g.words(3), i+1, g.sentence(), sheet(), g.paragraph(2))
	}
	return files
}

type generator struct{ *rand.Rand }

var syllables = strings.Fields("werk leer school wijk team markt loop taal zorg bouw start proef stage beleid kennis doel vak jaar plek plan groep vraag dienst kring ronde taak stap lijn")

func (g *generator) words(n int) string {
	out := make([]string, n)
	for i := range out {
		out[i] = syllables[g.IntN(len(syllables))] + syllables[g.IntN(len(syllables))]
	}
	return strings.Join(out, " ")
}

func (g *generator) sentence() string { return "De " + g.words(8+g.IntN(10)) + "." }

func (g *generator) paragraph(n int) string {
	var b strings.Builder
	for range n {
		b.WriteString(g.sentence() + " ")
	}
	return strings.TrimSpace(b.String()) + "\n\n"
}

// read reads files as a build does.
func read(t testing.TB, files map[string]string) assist.Input {
	t.Helper()
	folder := fstest.MapFS{}
	for name, text := range files {
		folder[name] = &fstest.MapFile{Data: []byte(text)}
	}
	if folder[publication.SettingsFile] == nil {
		folder[publication.SettingsFile] = &fstest.MapFile{Data: []byte(testpub.Settings)}
	}
	tree, err := (&source.Tree{}).Update(folder, source.Ignored, []string{"."})
	if err != nil {
		t.Fatal(err)
	}
	in, diags := testpub.Input(tree, markdown.New(), publication.Options{Now: "2021-06-01"})
	return built(in, diags)
}

// built assembles what was read.
func built(in publication.Input, diags diag.List) assist.Input {
	pub, list := publication.Assemble(in)
	problems, hints := append(diags, list...).Sorted().Hints()
	return assist.Input{Input: in, Publication: pub, Problems: problems, Address: address,
		Hints: func() diag.List { return hints },
		Path:  func(e *publication.Entry) string { return "/le" + address(document.Place{Kind: e.Kind, Slug: e.Slug}) }}
}

func address(p document.Place) string { return "/" + string(p.Kind) + "/" + p.Slug + "/" }

// large gives a large publication, made once.
var large = func() func(b *testing.B, entries int) assist.Input {
	var lock sync.Mutex
	known := map[int]assist.Input{}
	return func(b *testing.B, entries int) assist.Input {
		lock.Lock()
		defer lock.Unlock()
		if _, ok := known[entries]; !ok {
			known[entries] = read(b, made(entries))
		}
		return known[entries]
	}
}()

// BenchmarkAssist asks each function in a sheet: the first question after a build, for which one text changed, and the next one. The buffer is read
// before, as an editor's is when its text changes.
func BenchmarkAssist(b *testing.B) {
	const name = "recommendations/aanbeveling-7.md"
	for _, n := range []int{1000, 10000} {
		in := large(b, n)
		before := assist.New(in)
		before.Find("werk", assist.FindOptions{}, diag.Dutch)
		text := string(in.Tree.File(name).Data)
		evidence := strings.Index(text, "#f") // of the last line of its front matter
		link := text + "\n\nZie [dit](schoolwijk).\n\n- [+] Een punt. {#een follows=taal}\n"
		place := func(part string) int { return strings.Index(link, part) + len(part) }
		var buffer *assist.Buffer
		for _, ask := range []struct {
			what string
			do   func(p *assist.Publication) int
		}{
			{"Buffer", func(p *assist.Publication) int { return len(p.Buffer(name, []byte(link)).File.Data) }},
			{"Problems", func(p *assist.Publication) int { return 1 + len(p.Problems(name)) }},
			{"Actions", func(p *assist.Publication) int {
				return 1 + len(p.Actions(buffer, source.At(buffer.File, 0, len(link)), diag.Dutch))
			}},
			{"CompleteReference", func(p *assist.Publication) int { return len(p.Complete(buffer, evidence, diag.Dutch)) }},
			{"CompleteLink", func(p *assist.Publication) int { return len(p.Complete(buffer, place("(school"), diag.Dutch)) }},
			{"CompleteFollows", func(p *assist.Publication) int { return len(p.Complete(buffer, place("=taal"), diag.Dutch)) }},
			{"CompleteKey", func(p *assist.Publication) int { return len(p.Complete(buffer, place("---\nt"), diag.Dutch)) }},
			{"Hover", func(p *assist.Publication) int { h, _ := p.Hover(buffer, evidence, diag.Dutch); return len(h.Text) }},
			{"Definition", func(p *assist.Publication) int { return len(p.Definition(buffer, evidence)) }},
			{"References", func(p *assist.Publication) int { return len(p.References(buffer, evidence, true)) }},
			{"Renaming", func(p *assist.Publication) int { _, name, _ := p.Renaming(buffer, evidence); return len(name) }},
			{"Rename", func(p *assist.Publication) int {
				plan, err := p.Rename(p.Buffer(name, []byte(text)), evidence, "anders")
				if err != nil {
					b.Fatal(err)
				}
				return len(plan.Set.Texts)
			}},
			{"Symbols", func(p *assist.Publication) int { return len(p.Symbols(buffer, diag.Dutch)) }},
			{"Folds", func(p *assist.Publication) int { return len(p.Folds(buffer)) }},
			{"Links", func(p *assist.Publication) int { return len(p.Links(buffer)) }},
			{"FindWord", func(p *assist.Publication) int { return len(p.Find("werk", assist.FindOptions{}, diag.Dutch)) }},
			{"FindWords", func(p *assist.Publication) int {
				return len(p.Find("schoolwerk taal", assist.FindOptions{}, diag.Dutch))
			}},
			{"FindNothing", func(p *assist.Publication) int { return 1 + len(p.Find("werkloos", assist.FindOptions{}, diag.Dutch)) }},
			{"FindAll", func(p *assist.Publication) int { return len(p.Find("", assist.FindOptions{}, diag.Dutch)) }},
		} {
			fresh := func() *assist.Publication {
				next := in
				next.Before = before
				next.Documents = slices.Clone(in.Documents)
				changed := *next.Documents[n/2]
				next.Documents[n/2] = &changed
				return assist.New(next)
			}
			buffer = before.Buffer(name, []byte(link))
			if ask.do(before) == 0 {
				b.Fatalf("%s gives nothing", ask.what)
			}
			for _, when := range []string{"first", "next"} {
				b.Run(fmt.Sprintf("%s/%d/%s", ask.what, n, when), func(b *testing.B) {
					p, used := before, time.Duration(0)
					for b.Loop() {
						b.StopTimer()
						if when == "first" {
							p = fresh()
						}
						from := cpuTime()
						b.StartTimer()
						ask.do(p)
						used += cpuTime() - from
					}
					b.ReportMetric(float64(used.Microseconds())/1000/float64(b.N), "cpu-ms/op")
				})
			}
		}
	}
}
