package build_test

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"leerblad/internal/build"
	"leerblad/internal/diag"
	"leerblad/internal/edit"
	"leerblad/internal/frontmatter"
)

var texts = flag.Int("texts", 300, "how many texts TestFixesMendRandomTexts mends")

// mend mends the publication in dir/content, and gives what it did and, as lines of words, the problems before and after.
func mend(t *testing.T, dir string, change func(*build.Options)) (m *build.Mended, before, after []string) {
	t.Helper()
	o := build.Options{Content: filepath.Join(dir, "content"), Now: frontmatter.Day("2021-06-01")}
	if change != nil {
		change(&o)
	}
	problems := func() []string {
		result, err := build.New(o, nil).Build(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		return lines(append(result.Problems, result.Hints()...))
	}
	before = problems()
	m, err := build.New(o, nil).Mend(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	root, err := os.OpenRoot(o.Content)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	if err := m.Set.Write(root); err != nil {
		t.Fatal(err)
	}
	after = problems()
	if told := lines(append(m.Result.Problems, m.Result.Hints()...)); !slices.Equal(told, after) {
		t.Errorf("Mend tells of %s\nand there are %s", told, after)
	}
	return m, before, after
}

func lines(list diag.List) (out []string) {
	for _, d := range list {
		out = append(out, wordsOf(d))
	}
	slices.Sort(out)
	return out
}

func wordsOf(d diag.Diagnostic) string {
	p := ""
	if d.Span.File != nil {
		p = d.Span.File.Path
	}
	return fmt.Sprintf("%s: %s %s: %s", p, d.Severity(), d.Code, d.Message(diag.Dutch))
}

// rest takes the lines of one list out of another, once each, and gives what is left of both.
func rest(all, out []string) (left, over []string) {
	count := map[string]int{}
	for _, l := range out {
		count[l]++
	}
	for _, l := range all {
		if count[l]--; count[l] < 0 {
			left = append(left, l)
		}
	}
	for _, l := range slices.Sorted(maps.Keys(count)) {
		for range max(0, count[l]) {
			over = append(over, l)
		}
	}
	return left, over
}

// TestFixesMendGolden applies the fixes of every golden file: what they mend is gone, all else stays as it was, but for what comes to
// light in files that could not be read, and a second time nothing changes.
func TestFixesMendGolden(t *testing.T) {
	files, _ := filepath.Glob("testdata/golden/*.txtar")
	fixed := 0
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			dir := t.TempDir()
			options := unpackGolden(t, archive, dir)
			m, before, after := mend(t, dir, options)
			fixed += len(m.Fixed)
			var unread []string // files of which more comes to light, or less as they are drafts
			for _, d := range m.Fixed {
				t.Log(wordsOf(d))
				if d.Hides() || d.Code == "wrong-type" && d.Args[0] == "draft" {
					unread = append(unread, d.Span.File.Path+":")
				}
			}
			gone, fresh := rest(before, after)
			kept, more := rest(lines(m.Fixed), gone)
			for what, list := range map[string][]string{"not mended": kept, "gone too": more, "new": fresh} {
				for _, l := range list {
					if !slices.ContainsFunc(unread, func(file string) bool { return strings.HasPrefix(l, file) }) {
						t.Errorf("%s: %s", what, l)
					}
				}
			}
			again, _, _ := mend(t, dir, options)
			if len(again.Fixed) > 0 || len(again.Set.Texts) > 0 {
				t.Errorf("a second time: %v", lines(again.Fixed))
			}
		})
	}
	if fixed < 30 {
		t.Errorf("only %d problems were mended", fixed)
	}
}

// Lines that random texts are made of: with mistakes of all kinds, and without.
var (
	keyLines = []string{
		"title: Een titel", "titel: Een titel", "title: Deel 1: begin", "title: 's Avonds", "title: \"Half", "title: \"Samen\" sterker", "title: 'het 'plan'",
		"title: !Let op", "title: @naam", "title: Plek #1 voor", "title: Plek #goed", "title: \"a \\\" b\"", "title:Strak", "title: [a, b", "title: T # opmerking", "\"titel\": x",
		"title: >\n  gevouwen\n  tekst", "title: \"over\n  twee regels\"", "title: een: twee\n  drie", "summary: true", "summary: x\ty",
		"date: 2021-01-01", "date: 8-4-2021", "date: 4/8/2021", "date: 8 april 2021", "date: 31-02-2021", "date: \"2021-4-8\"", "datum: 2021-01-01", "date: 2021-04-08T10:00", "date: 2021-01-01 #ja",
		"topics: samenwerking", "topics: [samenwerking, samenwerking]", "topics:\n  - samenwerking\n  - samenwerking", "topics:\n\t- samenwerking", "thema: samenwerking",
		"topics: [samenwerking, \"samenwerking\" ]", "topics:\n- samenwerking\n- samenwerkin", "topics: samenwerking, regie",
		"number: \"3\"", "number: een", "number: 0x1f", "draft: nee", "draft: \"no\"", "draft: 0", "report: {title: R, link: www.example.org}", "report: {title: R, link: \"www.example.org\"",
		"changes:\n  - date: 1-2-2021\n    note: a: b\n  - {date: 2021-02-03, note: !x}", "summry: x", "sumary: y", "kleur: rood", "", "  date: 2021", "? [a]", "# opmerking", "authors: [a, &b]",
	}
	bodyLines = []string{
		"Tekst.", "", "", "## Kop {#Kop_A}", "## Kop {#kop-b reech=x}", "# Een", "- [+] Een. {#A_b reach=most}", "- [+] Twee. {#b reech=most}", "- [!] Drie. {# c}", "- [x] Vier.",
		"- [~] Vijf. {reach = many}", "- [?] Zes. {#d reach=mst}", "Een <b>vet</b> en <i>schuin</i> woord.", "<B>Groot</B>.", "on<b>mid</b>dellijk <em>a*b</em> <strong> x</strong>", "<div>", "<!-- weg --> en tekst",
		"<!-- weg", "meer --> rest", "a\x0bb\x0c\x01c", "`<b>x</b>` {# x}", "> - [+] Citaat. {#E_f}", "    <b>code</b>", "[a](www.example.org)", "é 字 <i>字</i>", "(#x)", "\\<b>x</b>", "| <b>a</b> | b |\n| - | - |\n| <i>c</i> | d |",
		"• Een\n• Twee", "o\tDrie", "– vier", "1)Vijf", "- • zes", "- [+]zeven", "- + acht", "-[!] negen", "a\tb\nc\td", "a | b\nc | d", "| a |\n| - | - |", "**Vet**", "1.2 Kop", "##Kop", "Een zin.\n---",
		"\t\teen twee drie", "[a](b c.md)", "[a] (b.md)", "!!! tip \"T\"\n\n    Een.", ":::note\nTwee.\n:::", "[TOC]", "==ja== H~2~O {.x}", "%%\nweg\n%%", "> [!tip] T\n> Drie.", "{% raw %}", "<Tabs>",
	}
)

// randomText makes a text of lines, with some of the oddities that files have.
func randomText(random *rand.Rand) []byte {
	pick := func(lines []string) string { return lines[random.IntN(len(lines))] + "\n" }
	odds := func(n int) bool { return random.IntN(n) == 0 }
	var b strings.Builder
	if !odds(20) {
		b.WriteString("---\n")
	}
	if odds(2) {
		b.WriteString("title: T\ndate: 2021-01-01\n")
	}
	for range random.IntN(4) {
		b.WriteString(pick(keyLines))
	}
	if !odds(12) {
		b.WriteString("---\n")
	}
	b.WriteString("\n")
	for range random.IntN(8) {
		b.WriteString(pick(bodyLines))
	}
	text := b.String()
	if odds(3) {
		text = strings.TrimRight(text, "\n")
	}
	switch random.IntN(12) {
	case 0, 1, 2, 3:
		text = strings.ReplaceAll(text, "\n", "\r\n")
	case 4:
		text = strings.ReplaceAll(text, "\n", "\r")
	case 5:
		text = strings.Replace(text, "\n", "\r\n", 1+random.IntN(5))
	}
	if odds(4) {
		text = "\ufeff" + text
	}
	return []byte(text)
}

// TestFixesMendRandomTexts mends random texts: no byte changes outside the spans of fixes, the byte order mark and line ends stay, and mending
// twice is mending once.
func TestFixesMendRandomTexts(t *testing.T) {
	const batch = 100
	fixed := map[diag.Code]int{}
	for seed := range (*texts + batch - 1) / batch {
		random := rand.New(rand.NewPCG(uint64(seed), 1))
		dir := t.TempDir()
		write(t, filepath.Join(dir, "content/site.yaml"), []byte("title: Proef\nurl: https://example.org/\n"))
		write(t, filepath.Join(dir, "content/topics/samenwerking.md"), []byte("---\ntitle: Samenwerking\n---\n"))
		was := map[string][]byte{}
		for i := range batch {
			name := fmt.Sprintf("sheets/tekst-%d.md", i)
			was[name] = randomText(random)
			write(t, filepath.Join(dir, "content", name), was[name])
		}
		m, before, after := mend(t, dir, nil)
		// What the fixes say, applied one after the other, is all that has changed.
		now := maps.Clone(was)
		for i := 0; i < len(m.Fixed); {
			f := m.Fixed[i].Span.File
			var changes edit.Changes
			for ; i < len(m.Fixed) && m.Fixed[i].Span.File == f; i++ {
				fix, _ := m.Fixed[i].Sure()
				changes = append(changes, fix.Changes...)
				fixed[m.Fixed[i].Code]++
			}
			if !bytes.Equal(f.Data, now[f.Path]) {
				t.Fatalf("seed %d: a fix of %s was made for\n%q\nand the text was\n%q", seed, f.Path, f.Data, now[f.Path])
			}
			data, err := edit.Apply(f.Data, changes)
			if err != nil {
				t.Fatal(err)
			}
			now[f.Path] = data
		}
		for name, want := range now {
			got, err := os.ReadFile(filepath.Join(dir, "content", name))
			if err != nil || !bytes.Equal(got, want) {
				t.Errorf("seed %d, %s: %q, want %q (%v)", seed, name, got, want, err)
			}
			if bytes.HasPrefix(got, []byte("\ufeff")) != bytes.HasPrefix(was[name], []byte("\ufeff")) {
				t.Errorf("seed %d, %s: another byte order mark: %q", seed, name, got)
			}
			bare := func(data []byte) int { return bytes.Count(data, []byte("\n")) - bytes.Count(data, []byte("\r\n")) }
			if bytes.Contains(was[name], []byte("\n")) && bare(was[name]) == 0 && bare(got) > 0 {
				t.Errorf("seed %d, %s: other line ends: %q from %q", seed, name, got, was[name])
			}
		}
		if again, _, _ := mend(t, dir, nil); len(again.Fixed) > 0 || len(again.Set.Texts) > 0 {
			t.Errorf("seed %d: a second time: %v", seed, lines(again.Fixed))
		}
		hidden := map[string]bool{}
		for _, d := range m.Fixed {
			hidden[d.Span.File.Path] = hidden[d.Span.File.Path] || d.Hides()
		}
		_, fresh := rest(before, after)
		for _, l := range fresh {
			if name, _, _ := strings.Cut(l, ":"); !hidden[name] && !strings.Contains(l, ": hint ") {
				t.Errorf("seed %d: new: %s", seed, l)
			}
		}
	}
	t.Logf("mended: %v", fixed)
}
