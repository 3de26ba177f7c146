package diag

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"leerblad/internal/bounds"
	"leerblad/internal/source"
)

var placeholder = regexp.MustCompile(`\{=?[0-9s]\}`)

func TestTextsExistInBothLanguagesWithTheSamePlaceholders(t *testing.T) {
	for code, text := range texts {
		for _, pair := range []words{{text.nl, text.en}, text.hint} {
			if pair.nl == "" || pair.en == "" {
				t.Errorf("%s lacks words: %+v", code, pair)
			}
			if nl, en := marks(pair.nl), marks(pair.en); !slices.Equal(nl, en) {
				t.Errorf("%s: placeholders %v and %v", code, nl, en)
			}
		}
	}
}

func marks(s string) []string {
	found := placeholder.FindAllString(s, -1)
	slices.Sort(found)
	return found
}

// Every code is shown by a golden publication or a script of the command.
func TestEveryCodeHasAGoldenCase(t *testing.T) {
	var shown strings.Builder
	for _, pattern := range []string{"../build/testdata/golden/*.txtar", "../../cmd/leerblad/testdata/script/*.txtar"} {
		files, _ := filepath.Glob(pattern)
		for _, f := range files {
			data, err := os.ReadFile(f)
			if err != nil {
				t.Fatal(err)
			}
			shown.WriteString(strings.NewReplacer(`\[`, "[", `\]`, "]").Replace(string(data)))
		}
	}
	for code := range texts {
		if !strings.Contains(shown.String(), "["+string(code)+"]") {
			t.Errorf("%s has no golden case", code)
		}
	}
}

// Every code that the program names is in the table.
func TestEveryCodeHasWords(t *testing.T) {
	named := regexp.MustCompile(`(?:Add|AddNear|atText|at|slug)\((?:[^"\n]*, )?"([a-z0-9]+(?:-[a-z0-9]+)+|taken|twice)"|Code:? *(?:=|:)? *"([a-z0-9-]+)"`)
	files, _ := filepath.Glob("../*/*.go")
	n := 0
	for _, f := range files {
		if strings.HasSuffix(f, "_test.go") || filepath.Base(filepath.Dir(f)) == "importer" { // which has a table of its own
			continue
		}
		data, _ := os.ReadFile(f)
		for _, m := range named.FindAllSubmatch(data, -1) {
			code := Code(string(m[1]) + string(m[2]))
			if _, ok := texts[code]; !ok {
				t.Errorf("%s: %q has no words", f, code)
			}
			n++
		}
	}
	if n < 40 {
		t.Errorf("only %d codes found in the program", n)
	}
}

func TestNearest(t *testing.T) {
	for _, c := range []struct{ word, want string }{
		{"summry", "summary"}, {"sumary", "summary"}, {"Title", "title"}, {"titel", "title"}, {"regios", "regions"}, {"xyz", ""}, {"", ""}, {"t", ""}, {"dtae", "date"},
	} {
		if got := Nearest(c.word, []string{"title", "summary", "date", "regions"}); got != c.want {
			t.Errorf("Nearest(%q) = %q, want %q", c.word, got, c.want)
		}
	}
}

func TestPrinterNeverSteersTheTerminal(t *testing.T) {
	f := source.NewFile("pages/\x1b[2Jx.md", []byte("a\x1b]0;title\x07 \u202Eb\n"))
	list := List{{Code: "broken-link", Span: source.At(f, 0, 3), Args: []any{"\x1b[31mrood\n"}, Suggest: "\u009b"}}
	var out bytes.Buffer
	if err := (Printer{Root: "content", Language: Dutch}).Text(&out, list); err != nil {
		t.Fatal(err)
	}
	if i := strings.IndexAny(out.String(), "\x1b\x07\u009b\u202E"); i >= 0 {
		t.Errorf("a control character in %q", out.String())
	}
}

func TestSortedIsStableAndHasNoDoubles(t *testing.T) {
	a, b := source.NewFile("a", []byte("xxxx")), source.NewFile("b", []byte("xxxx"))
	list := List{{Code: "twice", Span: source.At(b, 0, 1)}, {Code: "twice", Span: source.At(a, 2, 3)}, {Code: "taken", Span: source.At(a, 2, 3)}, {Code: "twice", Span: source.At(b, 0, 1)}}
	var got []string
	for _, d := range list.Sorted() {
		got = append(got, d.Span.File.Path+" "+string(d.Code))
	}
	if want := []string{"a taken", "a twice", "b twice"}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

// Of each code the first are told, in text and as JSON, and the rest are counted where the first of them is, however often the
// list is sorted.
func TestSortedCountsWhatIsTooMuch(t *testing.T) {
	f := source.NewFile("a.md", bytes.Repeat([]byte("x\n"), 13_000))
	var list List
	for i := range 12_380 {
		list.Add("twice", source.At(f, 2*i, 2*i+1), "x")
	}
	list.Add("long-sentence", source.At(f, 10, 11), 30)
	list = list.Sorted()
	list.Add("twice", source.At(f, 1, 2), "x")
	list = list.Sorted()
	if n, _ := list.Count(); len(list) != bounds.Diagnostics+2 || n != 12_381 {
		t.Fatalf("%d diagnostics, %d errors", len(list), n)
	}
	var text, records bytes.Buffer
	if err := errors.Join(Printer{Language: Dutch}.Text(&text, list), Printer{Language: English}.JSON(&records, list, false)); err != nil {
		t.Fatal(err)
	}
	for _, want := range []struct{ in, part string }{
		{text.String(), "a.md:1000:1: fout [twice]: en nog 11.381 van zulke meldingen, de eerste hier\n"},
		{records.String(), `"code":"twice","file":"a.md","line":1000,"column":1,"message":"and 11,381 more of these, the first here"`},
		{records.String(), `"more":11381}`},
	} {
		if !strings.Contains(want.in, want.part) {
			t.Errorf("there is no %q in …%s", want.part, want.in[len(want.in)-400:])
		}
	}
}

func TestFixesAreToldInWordsAndAsChanges(t *testing.T) {
	f := source.NewFile("a.md", []byte("\ufeffdat: 1\r\n"))
	key := source.At(f, 3, 6)
	sure := Diagnostic{Code: "unknown-key", Span: key, Args: []any{"dat", "date"}, Fixes: []Fix{Replace(key, "date")}}
	choice := sure
	choice.Fixes = []Fix{Replace(key, "date"), Replace(key, "data")}
	guess := sure
	guess.Fixes = []Fix{{Title: "replace", Args: []any{"dat", "date"}, Choose: true}}
	if _, ok := sure.Sure(); !ok {
		t.Error("a single fix is not sure")
	}
	for _, d := range []Diagnostic{choice, guess} {
		if _, ok := d.Sure(); ok {
			t.Errorf("%v is sure", d.Fixes)
		}
	}
	p := Printer{Root: "content", Language: English}
	var text, data bytes.Buffer
	if err := errors.Join(p.Text(&text, List{sure, choice}), p.JSON(&data, List{sure}, false)); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"      = check --fix: replace ‘dat’ by ‘date’\n", "      = choose: replace ‘dat’ by ‘date’; or replace ‘dat’ by ‘data’\n"} {
		if !strings.Contains(text.String(), want) {
			t.Errorf("%q is not in\n%s", want, &text)
		}
	}
	want := `"fixes":[{"title":"replace ‘dat’ by ‘date’","edits":[{"file":"content/a.md","start":3,"end":6,"text":"date"}]}]`
	if !strings.Contains(data.String(), want) {
		t.Errorf("%s is not in\n%s", want, &data)
	}
}

// Every title that the program names is in the table, in both languages with the same placeholders.
func TestEveryFixHasWords(t *testing.T) {
	for title, pair := range titles {
		if pair.nl == "" || pair.en == "" || !slices.Equal(marks(pair.nl), marks(pair.en)) {
			t.Errorf("%s: %+v", title, pair)
		}
	}
	named := regexp.MustCompile(`Fix\{(?:\{)?Title: *"([a-z-]+)"`)
	files, _ := filepath.Glob("../*/*.go")
	for _, f := range files {
		data, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range named.FindAllSubmatch(data, -1) {
			if _, ok := titles[string(m[1])]; !ok {
				t.Errorf("%s: %s has no words", f, m[1])
			}
		}
	}
}
