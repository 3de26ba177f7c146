package chart

import (
	"encoding/xml"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"leerblad/internal/source"
)

var update = flag.Bool("update", false, "rewrite the golden drawings")

// english are the words of charts, enough for tests.
func english(key string, args ...any) string { return key + fmt.Sprint(args...) + "." }

func figure(t *testing.T, f Fence, lines ...string) Figure {
	t.Helper()
	c, diags := Read(&f, table(lines...), true)
	if diags != nil {
		t.Fatal(diags)
	}
	signs := Signs{".", ","}
	return Figure{c, signs, c.Says(english, signs)}
}

func TestDrawings(t *testing.T) {
	quarters := []string{"Kwartaal|Aanmeldingen|Matches", "2020-Q3|120|80", "2020-Q4|140|95", "2021-Q1|165|110", "2021-Q2|180|132"}
	six := []string{"Punt|a|b|c|d|e|f"}
	for i := range 40 {
		six = append(six, fmt.Sprintf("punt nummer %d|%d|%d|%d|%d||%d", i, i, 40-i, i*i%41, -i%7, i%3))
	}
	for name, fig := range map[string]Figure{
		"bar":      figure(t, Fence{Kind: Bar, Title: "Matches per kwartaal", Unit: "mensen"}, quarters...),
		"stacked":  figure(t, Fence{Kind: Stacked, Title: "Matches per kwartaal", Unit: "mensen"}, quarters...),
		"line":     figure(t, Fence{Kind: Line, Title: "Matches per kwartaal", Unit: "mensen"}, quarters...),
		"negative": figure(t, Fence{Kind: Bar, Title: "<Verschil> & meer"}, "Regio|Verschil", "Een naam die nergens op past, ook niet op een breed scherm, en dus wordt afgekapt|-12,5", "Zuid|8", "Leeg|", "Nul|0"),
		"most":     figure(t, Fence{Kind: Line, Title: "Zes lijnen"}, six...),
		"one":      figure(t, Fence{Kind: Line, Title: "Eén punt"}, "A|B", "x|0"),
	} {
		file := filepath.Join("testdata", name+".svg")
		got := strings.ReplaceAll(fig.SVG(), "><", ">\n<") + "\n"
		if *update {
			if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		if want, _ := os.ReadFile(file); string(want) != got {
			t.Errorf("%s is another drawing; see -update", file)
		}
	}
}

// number is a place or a length in a drawing.
var number = regexp.MustCompile(`^(-?[0-9.]+)(%|em)?$`)

// check tells what is wrong with a drawing: it is no XML, gives colours or sizes itself, or draws beside its place.
func check(drawing string) error {
	d := xml.NewDecoder(strings.NewReader(drawing))
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		element, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		for _, a := range element.Attr {
			switch name := a.Name.Local; name {
			case "style", "fill", "stroke", "font-size", "id":
				return fmt.Errorf("%s has %s", element.Name.Local, name)
			case "x", "x1", "x2", "y", "y1", "y2", "width", "height":
				m := number.FindStringSubmatch(a.Value)
				if m == nil {
					return fmt.Errorf("%s=%q", name, a.Value)
				}
				if n, err := strconv.ParseFloat(m[1], 64); err != nil || n < 0 || m[2] == "%" && n > 100.01 {
					return fmt.Errorf("%s=%q", name, a.Value)
				}
			case "d":
				if strings.Contains(a.Value, "NaN") || strings.Contains(a.Value, "Inf") {
					return fmt.Errorf("d=%q", a.Value)
				}
			}
		}
	}
}

// Any text is a chart that can be drawn, or has problems; never both or neither.
func FuzzCharts(f *testing.F) {
	f.Add(`chart bar "Titel" unit=%`, "A | B | C\nx | 1,5 | 2\ny | | -3", "A;B\nx;1\n", true)
	f.Add(`chart line "T\"i" source="x"`, "| A | B |\n|---|---|\n| x | 1.000 |", "\xef\xbb\xbfsep=,\nA,\"B\"\n\"x\"\"y\",\"1,000\"", false)
	f.Add(`chart stacked „T”`, "A|B\nx|999999999999999\ny|0,000000000000001", "A\tB\n\"x", true)
	f.Fuzz(func(t *testing.T, info, text, data string, dutch bool) {
		all := source.NewFile("t.md", []byte(info+text))
		at := func(base int) func(from, to int) source.Span {
			return func(from, to int) source.Span {
				if from < 0 || to < from || base+to > len(all.Data) {
					t.Fatalf("place %d to %d", from, to)
				}
				return source.At(all, base+from, base+to)
			}
		}
		if !IsFence(info) || strings.ContainsAny(info, "\r\n") {
			return
		}
		fence, diags := ParseFence(info, at(0))
		if (fence.Kind == "" || fence.Title == "") != (diags != nil) && diags == nil {
			t.Fatalf("%q: %+v without a problem", info, fence)
		}
		base := len(info)
		for line := range strings.Lines(text) {
			fence.AddLine(line, at(base))
			base += len(line)
		}
		csv := source.NewFile("t.csv", []byte(data))
		file, problems := ReadCSV(csv)
		for _, d := range problems {
			d.Span.Position()
		}
		for _, r := range []Table{fence.Table, file} {
			c, diags := Read(&fence, r, dutch)
			if (c == nil) != (diags != nil) {
				t.Fatalf("chart %v, problems %v", c, diags)
			}
			for _, d := range diags {
				d.Span.Position()
			}
			if c == nil {
				continue
			}
			signs := Signs{",", "."}
			for _, kind := range Kinds {
				if c.Kind = kind; kind == Stacked && fence.Kind != Stacked {
					continue
				}
				// Text with signs that XML does not know is HTML all the same.
				plain := *c
				plain.Title, plain.Points = "t", make([]string, len(c.Points))
				if err := check(Figure{&plain, signs, "says"}.SVG()); err != nil {
					t.Fatal(err)
				}
				c.Says(english, signs)
			}
		}
	})
}
