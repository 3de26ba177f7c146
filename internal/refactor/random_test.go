package refactor_test

import (
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"

	"leerblad/internal/diag"
	"leerblad/internal/document"
	"leerblad/internal/publication"
	"leerblad/internal/refactor"
)

var moves = flag.Int("moves", 300, "how many random moves TestRandomMoves makes")

// TestRandomMoves moves random entries and findings of random publications, and back. Afterwards everything refers to what it referred to, nothing
// is wrong that was not, and after the way back all bytes are as they were, but for what leads on.
func TestRandomMoves(t *testing.T) {
	done := map[string]int{}
	for i := range *moves {
		g := &generator{Rand: rand.New(rand.NewPCG(7, uint64(i)))}
		files := g.publication()
		before := read(t, files)
		from, to := g.move()
		lead := g.IntN(2) == 0
		what := fmt.Sprintf("seed %d: %s → %s, lead %v", i, from, to, lead)
		plan, err := before.Move(from, to, lead)
		alike(t, what, before, from, to, lead, plan, err)
		var refusal *refactor.Refusal
		if errors.As(err, &refusal) {
			done[string(refusal.Why)]++
			continue
		}
		after := before.apply(t, plan)
		if more := added(before.problems, after.problems); more != nil {
			done["worse "+string(more[0].Code)]++ // which the command refuses
			continue
		}
		done["done"]++
		if got, want := after.targets("", ""), before.targets(from, plan.To); !slices.Equal(got, want) {
			t.Fatalf("%s: references\n%s\nwant\n%s", what, strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
		back, err := after.Move(plan.To, plan.From, lead)
		if err != nil {
			t.Fatalf("%s: no way back: %v\n%v", what, err, plan.Set.Texts)
		}
		home := after.apply(t, back)
		if _, carried, _ := strings.Cut(from, "#"); carried != "" && plan.Leads == nil && path(from) != path(to) {
			done["lost its place"]++ // nothing tells where it stood
			continue
		}
		for p, was := range files {
			f := home.Tree.File(p)
			if f == nil {
				t.Fatalf("%s: %s is gone", what, p)
			}
			is, was := string(f.Data), was
			if f.Data == nil {
				continue // a picture
			}
			if lead {
				is, was = withoutLeads(is), withoutLeads(was)
			}
			if is != was {
				t.Fatalf("%s: %s is not as it was:\n%q\n%q\nin between\n%q", what, p, was, is, dump(after, p))
			}
		}
		if len(home.Tree.Paths()) != len(before.Tree.Paths()) {
			t.Fatalf("%s: %v", what, home.Tree.Paths())
		}
	}
	t.Log(done)
	if done["done"] < *moves/2 {
		t.Errorf("only %d of %d moves were made", done["done"], *moves)
	}
}

// alike checks that the texts that mention one are enough to move it.
func alike(t *testing.T, what string, p *pub, from, to string, lead bool, plan *refactor.Plan, failed error) {
	t.Helper()
	i := slices.IndexFunc(p.Documents, func(d *document.Document) bool { return d.Reference() == path(from) })
	if i < 0 {
		return
	}
	open := refactor.Open(p.Input, address)
	about := open.About(p.Documents[i], func(i int) string { return refactor.Mentions(p.Documents[i]) })
	got, err := about.Move(from, to, lead)
	switch {
	case fmt.Sprint(err) != fmt.Sprint(failed):
		t.Fatalf("%s: %v, but %v of all texts", what, err, failed)
	case err == nil && (fmt.Sprint(got.Set.Texts) != fmt.Sprint(plan.Set.Texts) || fmt.Sprint(got.Set.Moves) != fmt.Sprint(plan.Set.Moves)):
		t.Fatalf("%s:\n%v\nbut of all texts\n%v", what, got.Set.Texts, plan.Set.Texts)
	}
}

// path is a reference without an id.
func path(ref string) string {
	entry, _, _ := strings.Cut(ref, "#")
	return entry
}

func dump(p *pub, name string) string {
	if f := p.Tree.File(name); f != nil {
		return string(f.Data)
	}
	return ""
}

var leads = []struct {
	form *regexp.Regexp
	with string
}{
	{regexp.MustCompile(`(?:\r?\n)+[ \t]*(?:[-*+]|\d+[.)])[ \t]+\{#[^}\s]+ moved=[^}\s]+\}`), ""},
	{regexp.MustCompile(`[ \t]*aliases=[a-z0-9,-]+`), ""},
	{regexp.MustCompile(`[ \t]*\{[ \t]*\}`), ""},
	{regexp.MustCompile(`(?m)^aliases:.*\n(?:[ \t]*- .*\n)*`), ""},
}

// withoutLeads takes out of a text all that leads on from an old address or id.
func withoutLeads(s string) string {
	for _, l := range leads {
		s = l.form.ReplaceAllString(s, l.with)
	}
	return s
}

// added gives the problems of which there are more afterwards.
func added(before, after diag.List) (out diag.List) {
	count := map[diag.Code]int{}
	for _, d := range before {
		count[d.Code]++
	}
	for _, d := range after {
		if count[d.Code]--; count[d.Code] < 0 {
			out = append(out, d)
		}
	}
	return out
}

// targets gives what all references lead to, as they are named once from has become to.
func (p *pub) targets(from, to string) (out []string) {
	name := func(ref, id string) string {
		full := ref
		if id != "" {
			full += "#" + id
		}
		if from == "" {
			return full
		}
		entry, fromID, finding := strings.Cut(from, "#")
		switch {
		case finding && ref == entry && id == fromID:
			return to
		case !finding && ref == entry:
			return to + strings.TrimPrefix(full, ref)
		}
		return full
	}
	for _, r := range p.All() {
		if r.Key == "moved" {
			continue // which come with a move
		}
		target := r.File
		if r.Entry != nil {
			target = name(r.Entry.Reference(), r.ID)
		} else if i := strings.LastIndexByte(target, '/'); i >= 0 {
			target = target[i:]
		}
		out = append(out, r.Key+" "+target)
	}
	slices.Sort(out)
	return out
}

// generator makes publications in which things are written in every way there is.
type generator struct {
	*rand.Rand
	docs []*entry
	refs []string // definitions that the text has so far
	from *entry
}

type entry struct {
	document.Place
	path string
	ids  []string // of its findings
	made []bool   // the id is not written
}

func (e *entry) ref() string { return string(e.Kind) + "/" + e.Slug }

func pick[T any](g *generator, list ...T) T { return list[g.IntN(len(list))] }

func (g *generator) chance(n int) bool { return g.IntN(n) == 0 }

func (g *generator) publication() map[string]string {
	kinds := document.Folders()
	names := []string{"a", "b-c", "tiel", "x1", "lang-woord-hier"}
	taken := map[string]bool{}
	for range 4 + g.IntN(6) {
		e := &entry{Place: document.Place{Kind: document.Kind(pick(g, kinds...)), Slug: pick(g, names...)}}
		if g.IntN(3) > 0 {
			e.Kind = pick(g, document.Sheets, document.Stories, document.Pages)
		}
		if taken[e.ref()] {
			continue
		}
		taken[e.ref()] = true
		e.path = e.ref() + ".md"
		if g.chance(3) {
			e.path = e.ref() + "/index.md"
		}
		for i := range g.IntN(5) {
			e.ids, e.made = append(e.ids, pick(g, "stroef", "samen", "de", "z9")+fmt.Sprint("-", i)), append(e.made, g.chance(3))
		}
		g.docs = append(g.docs, e)
	}
	g.docs = append(g.docs, &entry{Place: document.Place{Kind: document.Topics, Slug: "thema"}, path: "topics/thema.md"})
	files := map[string]string{"media/m.png": "x", "media/m.csv": "A,B\nx,1\n", "media/t.md": "Zie [x](../" + g.docs[0].path + ").\n"}
	for _, e := range g.docs {
		files[e.path] = g.text(e)
		if strings.HasSuffix(e.path, "/index.md") {
			files[strings.TrimSuffix(e.path, "index.md")+"foto é (1).png"] = "p"
			files[strings.TrimSuffix(e.path, "index.md")+"cijfers é.csv"] = "A;B\nx;1\n"
		}
	}
	files[publication.SettingsFile] = "title: Proef\nurl: https://example.org/le/\nnavigation: [sheets, " + g.yaml(pick(g, g.docs...).ref(), true) + "]\n"
	return files
}

// yaml writes a value in one of the ways there are.
func (g *generator) yaml(s string, flow bool) string {
	n := 5
	if flow {
		n = 3
	}
	switch g.IntN(n) {
	case 0:
		return `"` + s + `"`
	case 1:
		return "'" + s + "'"
	case 2:
		return s
	case 3:
		return ">-\n    " + s
	}
	return s + "  # " + s
}

// list writes a list of values.
func (g *generator) list(key string, values ...string) string {
	if len(values) == 0 {
		return ""
	}
	var out strings.Builder
	if g.chance(2) {
		out.WriteString(key + ": [")
		for i, v := range values {
			if i > 0 {
				out.WriteString(pick(g, ",", ", ", " , "))
			}
			out.WriteString(g.yaml(v, true))
		}
		return out.String() + "]" + pick(g, "", "  # einde") + "\n"
	}
	indent := pick(g, "", "  ", "    ")
	out.WriteString(key + ":\n")
	for _, v := range values {
		out.WriteString(indent + "- " + g.yaml(v, true) + pick(g, "", " # x") + "\n")
	}
	return out.String()
}

// finding gives a reference to a random finding, or an entry.
func (g *generator) finding() string {
	e := pick(g, g.docs...)
	if len(e.ids) == 0 || g.chance(3) {
		return e.ref()
	}
	return e.ref() + "#" + pick(g, e.ids...)
}

func (g *generator) some(from func() string) (out []string) {
	for range g.IntN(4) {
		if v := from(); !slices.Contains(out, v) {
			out = append(out, v)
		}
	}
	return out
}

func (g *generator) text(e *entry) string {
	g.from, g.refs = e, nil
	var out strings.Builder
	fmt.Fprintf(&out, "---%s\ntitle: %s\n", pick(g, "", "  "), g.yaml("Titel "+e.Slug, false))
	parts := []string{}
	add := func(s string) {
		if s != "" {
			parts = append(parts, s)
		}
	}
	date := pick(g, "2021-01-01", "2021-01-02", "2099-01-01")
	if e.Kind.Knows("date") && (e.Kind != document.Pages || g.chance(2)) {
		add("date: " + date + "\n")
	}
	if g.chance(4) {
		add("draft: true\n")
	}
	switch {
	case g.chance(5):
		add(pick(g, "aliases: []\n", "aliases:\n", "aliases: [ ] # geen\n"))
	case g.chance(3):
		add(g.list("aliases", "/oud/"+e.ref()+"/", "ouder/"+e.ref()))
	}
	if e.Kind.Knows("topics") && g.chance(2) {
		add(g.list("topics", "thema"))
	}
	if e.Kind == document.Documents {
		add("type: other\n")
	}
	switch e.Kind {
	case document.Recommendations:
		add(g.list("evidence", g.some(g.finding)...))
	case document.Newsletters:
		add(g.list("items", g.some(func() string { return pick(g, g.docs...).ref() })...))
	case document.Stories:
		if g.chance(2) {
			add("media:\n- type: testimonial\n  quote: Fijn\n  person: deelnemer\n  transcript: |\n    Zie " + g.link() + ".\n    En " + g.link() + "\n")
		}
	}
	if folder, ok := strings.CutSuffix(e.path, "index.md"); ok && g.chance(2) {
		add("image:\n  src: " + g.yaml("foto é (1).png", false) + "\n  alt: ''\n")
		_ = folder
	}
	g.Shuffle(len(parts), func(i, j int) { parts[i], parts[j] = parts[j], parts[i] })
	out.WriteString(strings.Join(parts, "") + "---\n")
	g.refs = nil
	for i, id := range e.ids {
		if g.chance(3) {
			fmt.Fprintf(&out, "\n## Kop %d%s\n\n", i, pick(g, "", " {#kop-"+fmt.Sprint(i)+"}", " {topic=thema}", " thema {topic=\"thema\"}"))
		}
		bullet := pick(g, "- ", "- ", "*   ", "1. ")
		words := strings.ReplaceAll(id, "-", " ")
		attributes := []string{}
		if !e.made[i] {
			attributes = append(attributes, "#"+id)
			words = "Tekst " + fmt.Sprint(i)
		}
		if g.chance(3) {
			attributes = append(attributes, "reach=most")
		}
		if f := g.finding(); g.chance(3) && strings.Contains(f, "#") {
			attributes = append(attributes, pick(g, "follows="+f, `follows="`+f+`"`))
		}
		g.Shuffle(len(attributes), func(i, j int) { attributes[i], attributes[j] = attributes[j], attributes[i] })
		line := words
		if !e.made[i] && g.chance(2) {
			line += " " + g.inline()
		}
		if len(attributes) > 0 {
			line += pick(g, " {", "  {") + strings.Join(attributes, pick(g, " ", "  ")) + "}"
		}
		fmt.Fprintf(&out, "%s[%s] %s\n", bullet, pick(g, "+", "!", "~", "-", "?"), line)
		pad := strings.Repeat(" ", len(bullet))
		switch g.IntN(6) {
		case 0:
			fmt.Fprintf(&out, "\n%sNog %s\n", pad, g.inline())
		case 1:
			fmt.Fprintf(&out, "%s- los %s\n", pad, g.inline())
		case 2:
			fmt.Fprintf(&out, "\n%s```\n%s[geen](link.md)\n%s```\n", pad, pad, pad)
		}
		if g.chance(3) {
			out.WriteString("\n")
		}
	}
	for range g.IntN(5) {
		out.WriteString("\n" + g.block() + "\n")
	}
	for i, dest := range g.refs {
		fmt.Fprintf(&out, "\n[ref %d]: %s%s\n", i, dest, pick(g, "", " 'titel'", "\n  \"titel\""))
	}
	text := strings.ReplaceAll(out.String(), "\n", pick(g, "\n", "\r\n"))
	if g.chance(4) {
		text = strings.TrimRight(text, "\r\n")
	}
	return pick(g, "", "\ufeff") + text
}

func (g *generator) block() string {
	switch g.IntN(8) {
	case 7:
		file := publication.Relative(g.from.path, "media/m.csv")
		if g.from.path == g.from.ref()+"/index.md" {
			file = pick(g, file, "cijfers é.csv")
		}
		return "```chart " + pick(g, "line", "bar", "stacked") + " \"Grafiek\" file=\"" + pick(g, "", "./") + file + "\" unit=x\n```"
	case 0:
		return "> " + g.inline()
	case 1:
		return "| a | b |\n|---|---|\n| " + g.link() + " | x |"
	case 2:
		return g.link() // a card perhaps
	case 3:
		return "- " + g.inline() + "\n- " + g.inline()
	case 4:
		return "    [code](geen.md)"
	case 5:
		return "![-](" + g.address("media/m.png", "") + ")"
	}
	return "Alinea met " + g.inline() + " en\n" + g.inline()
}

func (g *generator) inline() string {
	switch g.IntN(5) {
	case 0:
		return "`[code](a.md)` en " + g.link()
	case 1:
		return "*" + g.link() + "*"
	}
	return g.link()
}

// link writes a link to a random heading, finding or entry.
func (g *generator) link() string {
	e := pick(g, g.docs...)
	fragment := ""
	if len(e.ids) > 0 && g.chance(2) {
		fragment = "#" + pick(g, e.ids...)
	}
	if e == g.from && fragment != "" { // by the name of its own file it would come back as this
		return "[zelf](" + fragment + ")"
	}
	if g.chance(10) && e.Kind != document.Home {
		return "<https://example.org/le/" + e.ref() + "/" + fragment + ">"
	}
	dest := g.address(e.path, fragment)
	switch g.IntN(8) {
	case 0:
		return "[tekst " + e.Slug + ".md](<" + dest + ">)"
	case 1:
		return "[tekst](" + dest + " \"" + dest + "\")"
	case 2:
		return "[" + dest + "](" + dest + ")"
	case 3:
		g.refs = append(g.refs, pick(g, dest, "<"+dest+">"))
		return fmt.Sprintf("[tekst][Ref %d]", len(g.refs)-1)
	}
	return "[een tekst](" + dest + ")"
}

// address writes the path of a file as seen from the text that is being written.
func (g *generator) address(p, fragment string) string {
	rel := publication.Relative(g.from.path, p)
	switch {
	case g.chance(8):
		rel = "./" + rel
	case g.chance(8):
		rel = strings.Replace(rel, ".md", ".%6Dd", 1)
	case g.chance(8) && strings.HasSuffix(rel, ".md"):
		rel = strings.Replace(rel, ".md", `\.md`, 1)
	}
	return rel + fragment
}

// move chooses what to move, and where to.
func (g *generator) move() (from, to string) {
	e := pick(g, g.docs...)
	if len(e.ids) > 0 && g.chance(2) {
		other, id := e, pick(g, e.ids...)
		if g.chance(2) {
			other = pick(g, g.docs...)
		}
		return e.ref() + "#" + id, other.ref() + "#" + pick(g, "nieuw", id, "stroef-1", "Kop 0")
	}
	kind := e.Kind
	if g.chance(4) {
		kind = pick(g, document.Sheets, document.Stories, document.Documents, document.Pages)
	}
	return e.ref(), string(kind) + "/" + pick(g, "nieuw", "tiel", "nog-nieuwer", e.Slug)
}
