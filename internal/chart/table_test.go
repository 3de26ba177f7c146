package chart

import (
	"fmt"
	"strings"
	"testing"

	"leerblad/internal/source"
)

// Whatever stands before and between the cells of a file, each knows its place, so that what is wrong with it is told there.
func TestCellsOfCSVKnowTheirPlaces(t *testing.T) {
	for _, data := range []string{
		"Maand;Plannen;Banen\njan;x;1\nfeb;1;y\n",
		"\ufeffMaand;Plannen;Banen\r\njan;x;1\r\n\r\nfeb;1;y\r\n",
		"\ufeffsep=;\r\nMaand;Plannen;Banen;;\r\njan;x;1;;\r\n;;;;\r\nfeb;1;y;;",
		"Maand\tPlannen\tBanen\njan\tx\t1\nfeb\t1\ty",
		"Maand,\"Plannen, ook \"\"oude\"\"\",Banen\n\"jan\",x,1\n\"fe\nb\",1,y\n",
		"Máánd;Plannen;Banen\njän; x ;1\nfeb;1;\"y\"\n",
	} {
		f := source.NewFile("t.csv", []byte(data))
		table, problems := ReadCSV(f)
		c, diags := Read(&Fence{Kind: Line, Title: "T", File: "t.csv"}, table, true)
		if problems != nil || c != nil || len(diags) != 2 {
			t.Errorf("%q: %v, %v", data, problems, diags)
			continue
		}
		for i, want := range []string{"x", "y"} {
			d := diags[i]
			if got := strings.Trim(d.Span.Text(), ` "`); d.Code != "chart-number" || got != want || fmt.Sprint(d.Args[0]) != want {
				t.Errorf("%q: %s %v at %q, want %s", data, d.Code, d.Args, d.Span.Text(), want)
			}
		}
	}
}

// A large file costs no more than reading it: what a chart cannot show is counted.
func TestRowsBeyondAChartAreCounted(t *testing.T) {
	head := "A" + strings.Repeat(";B", 500)
	f := source.NewFile("t.csv", []byte(head+"\n"+strings.Repeat("x"+strings.Repeat(";1", 500)+"\n", 900)))
	table, _ := ReadCSV(f)
	if len(table.Rows) > 50 || len(table.Rows[0].Cells) > 10 {
		t.Errorf("%d rows of %d cells are kept", len(table.Rows), len(table.Rows[0].Cells))
	}
	_, diags := Read(&Fence{Kind: Bar, Title: "T"}, table, true)
	if len(diags) != 2 || diags[0].Args[0] != 500 || diags[1].Args[0] != 900 {
		t.Errorf("got %v", diags)
	}
}
