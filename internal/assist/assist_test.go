package assist_test

import (
	"maps"
	"strings"
	"sync"
	"testing"

	"golang.org/x/tools/txtar"

	"leerblad/internal/assist"
	"leerblad/internal/diag"
	"leerblad/internal/edit"
	"leerblad/internal/source"
)

// small gives the files of testdata/pub.txtar.
func small(t testing.TB) map[string]string {
	t.Helper()
	archive, err := txtar.ParseFile("testdata/pub.txtar")
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	for _, f := range archive.Files {
		files[f.Name] = string(f.Data)
	}
	return files
}

// caret is where the tests ask.
const caret = "‸"

// asked gives a publication, and a buffer with the offset of the caret in text.
func asked(t testing.TB, files map[string]string, name, text string) (*assist.Publication, *assist.Buffer, int) {
	t.Helper()
	p := assist.New(read(t, files))
	before, after, ok := strings.Cut(text, caret)
	if !ok {
		t.Fatalf("no caret in %q", text)
	}
	return p, p.Buffer(name, []byte(before+after)), len(before)
}

// show writes spans as path:line:column "text".
func show(spans ...source.Span) string {
	var out []string
	for _, s := range spans {
		out = append(out, place(s))
	}
	return strings.Join(out, "\n")
}

func TestBufferReadsTheTextOfTheEditor(t *testing.T) {
	files := small(t)
	p := assist.New(read(t, files))
	b := p.Buffer("sheets/eerste.md", []byte(files["sheets/eerste.md"]))
	if !b.Built() || b.Doc == nil || b.Doc.Reference() != "sheets/eerste" {
		t.Errorf("the text as it was built: %+v", b)
	}
	b = p.Buffer("sheets/eerste.md", []byte("---\ntitle: Anders\n---\n"))
	if b.Built() || b.Doc.Meta.Title.Value != "Anders" {
		t.Errorf("a newer text: %+v", b.Doc.Meta.Title)
	}
	if b = p.Buffer("sheets/vierde.md", []byte("---\ntitle: Nieuw\n---\n")); b.Built() || b.Doc.Reference() != "sheets/vierde" {
		t.Errorf("a text that is not there yet: %+v", b.Doc)
	}
	for _, name := range []string{"site.yaml", "media/gesprek.vtt", "media/gesprek.md"} {
		if b := p.Buffer(name, []byte(files[name])); b.Doc != nil || !b.Built() {
			t.Errorf("%s: %+v", name, b)
		}
	}
}

// What is kept from one build to the next is of texts that are the same.
func TestNextBuildFindsWhatChanged(t *testing.T) {
	files := small(t)
	first := assist.New(read(t, files))
	if found := first.Find("eerste", assist.FindOptions{}, diag.Dutch); len(found) == 0 {
		t.Fatal("nothing found")
	}
	next := maps.Clone(files)
	next["sheets/eerste.md"] = strings.ReplaceAll(files["sheets/eerste.md"], "Eerste sheet", "Het begin")
	in := read(t, next)
	in.Before = first
	second := assist.New(in)
	if found := second.Find("het begin", assist.FindOptions{Texts: true}, diag.Dutch); len(found) != 1 {
		t.Errorf("%+v", found)
	}
}

func TestActionsAreOfTheBytesInTheEditor(t *testing.T) {
	files := small(t)
	files["stories/mis.md"] = "---\ntitle: Mis\ndate: 2021-05-01\noutcome: workd\nregions: [tiell]\n---\n\nLees [de sheet](../sheets/eerst.md) en [nog](../regions/tie.md).\n\n-[+] Los.\n"
	p := assist.New(read(t, files))
	mended := func(text string) (out []string) {
		b := p.Buffer("stories/mis.md", []byte(text))
		for _, a := range p.Actions(b, source.At(b.File, 0, len(text)), diag.Dutch) {
			got, err := edit.Apply(b.File.Data, a.Changes)
			if err != nil {
				t.Fatal(err)
			}
			c := edit.Difference(b.File, got)
			line := source.At(source.NewFile("", got), c.Span.Start, c.Span.Start).LineText()
			if a.Preferred {
				line += " !"
			}
			out = append(out, string(a.Problem.Code)+": "+line)
		}
		return out
	}
	text := files["stories/mis.md"]
	if got, want := strings.Join(mended(text), "\n"), `bad-choice: outcome: worked
loose-marker: - [+] Los. !
unknown-region: regions: [tiel]
broken-link: Lees [de sheet](../sheets/eerste.md) en [nog](../regions/tie.md).
broken-link: Lees [de sheet](../sheets/eerst.md) en [nog](../regions/tiel.md).`; got != want {
		t.Errorf("as it was built:\n%s\nwant\n%s", got, want)
	}
	// What was typed in between keeps what is before and behind it; what it touches is left out.
	newer := strings.Replace(text, "en [nog]", "en dan ook [nog]", 1)
	if got, want := strings.Join(mended(newer), "\n"), `bad-choice: outcome: worked
loose-marker: - [+] Los. !
unknown-region: regions: [tiel]
broken-link: Lees [de sheet](../sheets/eerste.md) en dan ook [nog](../regions/tie.md).
broken-link: Lees [de sheet](../sheets/eerst.md) en dan ook [nog](../regions/tiel.md).`; got != want {
		t.Errorf("with words in between:\n%s\nwant\n%s", got, want)
	}
	newer = strings.Replace(text, "eerst.md", "eersteling.md", 1)
	if got, want := strings.Join(mended(newer), "\n"), `bad-choice: outcome: worked
loose-marker: - [+] Los. !
unknown-region: regions: [tiel]
broken-link: Lees [de sheet](../sheets/eersteling.md) en [nog](../regions/tiel.md).`; got != want {
		t.Errorf("with another address:\n%s\nwant\n%s", got, want)
	}
}

// Several editors may ask one build, and the next one meanwhile.
func TestSeveralAskAtOnce(t *testing.T) {
	files := small(t)
	first := assist.New(read(t, files))
	in := read(t, files)
	in.Before = first
	second := assist.New(in)
	var wait sync.WaitGroup
	for i := range 8 {
		wait.Go(func() {
			p := first
			if i%2 == 0 {
				p = second
			}
			text := files["sheets/tweede/index.md"]
			b := p.Buffer("sheets/tweede/index.md", []byte(text))
			for at := i; at < len(text); at += 20 {
				everything(t, p, b, at)
			}
			wholeBuffer(t, p, b)
			p.Find("sheet", assist.FindOptions{}, diag.English)
		})
	}
	wait.Wait()
}
