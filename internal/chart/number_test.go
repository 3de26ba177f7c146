package chart

import (
	"slices"
	"strings"
	"testing"

	"leerblad/internal/source"
)

func TestNumbersAreReadInEitherLanguage(t *testing.T) {
	for _, c := range []struct {
		text           string
		dutch, english string // as written back with a comma and with a point before decimals; "" for one that is no number there
	}{
		{"0", "0", "0"},
		{"12", "12", "12"},
		{"+12", "12", "12"},
		{"-12", "−12", "−12"},
		{"−1,5", "−1,5", "−1.5"},
		{"– 3", "−3", "−3"},
		{"1,5", "1,5", "1.5"},
		{"1.5", "1,5", "1.5"},
		{"0,125", "0,125", "0.125"},
		{"0.125", "0,125", "0.125"},
		{"1.000", "1.000", "1.000"},
		{"1,000", "1,000", "1,000"},
		{"1.000,5", "1.000,5", "1,000.5"},
		{"1,000.5", "1.000,5", "1,000.5"},
		{"1.000.000", "1.000.000", "1,000,000"},
		{"1,000,000", "1.000.000", "1,000,000"},
		{"1 000 000,25", "1.000.000,25", "1,000,000.25"},
		{"1\u00a0000", "1.000", "1,000"},
		{"1\u202f000", "1.000", "1,000"},
		{"1'000.5", "1.000,5", "1,000.5"},
		{"1000.000", "1.000,000", "1,000.000"},
		{"12.3456", "12,3456", "12.3456"},
		{"0012", "12", "12"},
		{"-0", "0", "0"},
		{"999999999999999", "999.999.999.999.999", "999,999,999,999,999"},
		{"", "", ""},
		{"-", "", ""},
		{".", "", ""},
		{"1.", "", ""},
		{",5", "", ""},
		{"1,2,3", "", ""},
		{"1.00.000", "", ""},
		{"1.000,5,5", "", ""},
		{"1.5,5", "", ""},
		{"12%", "", ""},
		{"€ 5", "", ""},
		{"1e3", "", ""},
		{"--1", "", ""},
		{"٣", "", ""},
		{"1000000000000000", "", ""},
	} {
		for _, in := range []struct {
			dutch bool
			signs Signs
			want  string
		}{{true, Signs{".", ","}, c.dutch}, {false, Signs{",", "."}, c.english}} {
			chart, _ := Read(&Fence{Kind: Line, Title: "x"}, table("A|B", "x|"+c.text, "y|7"), in.dutch)
			got := ""
			if chart != nil && chart.Series[0].Values[0].Known {
				got = in.signs.Text(chart.Series[0].Values[0])
			}
			if got != in.want {
				t.Errorf("%q, dutch %v: got %q, want %q", c.text, in.dutch, got, in.want)
			}
		}
	}
}

// table makes rows of lines.
func table(lines ...string) Table {
	var f Fence
	for _, l := range lines {
		f.AddLine(l, func(int, int) source.Span { return source.At(source.NewFile("t.md", nil), 0, 0) })
	}
	return f.Table
}

func TestTheRestOfATableTellsHowANumberIsRead(t *testing.T) {
	for _, c := range []struct {
		cells string
		dutch bool
		want  string // with the codes of what is wrong
	}{
		{"1.000|1,5", false, "1,000 1.5"},
		{"1,000|2.5", true, "1.000 2,5"},
		{"1.000|2", true, "1.000 2"},
		{"1.000|2", false, "1.000 2"},
		{"1,000|1.000,5", false, "1.000 1,000.5"},
		{"1,5|2.5", true, "chart-mixed"},
		{"1,5|2.5|3.5", true, "chart-mixed"},
		{"1,5|x", true, "chart-number"},
	} {
		row := "x|" + c.cells
		heads := strings.Repeat("|K", strings.Count(row, "|"))
		chart, diags := Read(&Fence{Kind: Bar, Title: "x"}, table("A"+heads, row), c.dutch)
		var got []string
		for _, d := range diags {
			got = append(got, string(d.Code))
		}
		if chart != nil {
			for _, s := range chart.Series {
				signs := Signs{",", "."}
				if c.dutch {
					signs = Signs{".", ","}
				}
				got = append(got, signs.Text(s.Values[0]))
			}
		}
		if got := strings.Join(got, " "); got != c.want {
			t.Errorf("%q, dutch %v: got %q, want %q", c.cells, c.dutch, got, c.want)
		}
	}
}

// What is written can be read, as the same value.
func FuzzNumbers(f *testing.F) {
	for _, s := range []string{"1.000,5", "1,000.5", "-12", "0,125", "1 000", "1.2.3", "999999999999999"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		r := readingOf(text)
		if r == noNumber || r == tooLong {
			return
		}
		for _, as := range []reading{comma, point} {
			if r != as && r != either && r != anyway {
				continue
			}
			signs := Signs{".", ","}
			if as == point {
				signs = Signs{",", "."}
			}
			v := valueOf(text, as)
			again := signs.Text(v)
			if !slices.Contains([]reading{as, either, anyway}, readingOf(again)) || valueOf(again, as) != v {
				t.Errorf("%q is %v, written %q, which is %v", text, v, again, valueOf(again, as))
			}
		}
	})
}
