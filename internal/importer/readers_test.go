package importer

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"leerblad/internal/diag"
)

func TestHostilePagesAreBounded(t *testing.T) {
	formats := ""
	for i := range 300 {
		formats += fmt.Sprintf("<b a=%d>", i)
	}
	for _, c := range []struct{ name, page, code string }{
		{"elements that are opened again", "<div>" + formats + "</div>" + strings.Repeat("<div>x</div>", 1e5), "page-too-large"},
		{"end tags that close nothing", formats + "<table></b>" + strings.Repeat("</b>", 300) + "</table>" + strings.Repeat("<div>x</div>", 1e5), "page-too-large"},
		{"tags", strings.Repeat("<p>x", maxTags+1), "page-too-large"},
		{"text", strings.Repeat("woorden en nog eens woorden ", 2e5), "text-too-large"},
		{"depth", strings.Repeat("<div>", 1e5), "too-deep"},
		{"cells", "<table>" + strings.Repeat("<tr><td rowspan=5000 colspan=900>x", 2000), "too-many-cells"},
		{"lists in lists", strings.Repeat("<ul><li>x", 200), ""},
		{"indentsOf", indentsOf(5000), ""},
		{"links that lead to each other", strings.Repeat("<p><a id=x href=#x>1</a>", 3e4), ""},
		{"classes", "<style>" + strings.Repeat(".x{color:red}", 1e4) + "</style>" + strings.Repeat("<p class=x>x", 1000), ""},
	} {
		start := time.Now()
		doc, err := Read("x.html", []byte(c.page), diag.Dutch)
		if err == nil {
			Import(doc, Options{})
		}
		t.Log(c.name, time.Since(start))
		if took := time.Since(start); took > 20*time.Second {
			t.Errorf("%s: %v", c.name, took)
		}
		var e *Error
		if c.code == "" && err != nil || c.code != "" && (!errors.As(err, &e) || e.Code != c.code) {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

func TestHostileTextsOfOtherGeneratorsAreBounded(t *testing.T) {
	for _, piece := range []string{"[", "![a](", "> ", "- ", "1. ", "*a ", "a_", "` `` ", "<a ", "[^1]", "{{< ", "{% ", "%%a", "[[a|", "^[a", "!!! note\n    ", "|a", "a\n: b\n", "a~b", "[a]: b\n[a]"} {
		start := time.Now()
		_, _ = Read("x.md", []byte(strings.Repeat(piece, 1e5/len(piece))), diag.Dutch)
		if took := time.Since(start); took > 10*time.Second {
			t.Errorf("%q: %v", piece, took)
		}
	}
}

func indentsOf(n int) (out string) {
	for i := range n {
		out += fmt.Sprintf("<p style='text-indent:-9pt;margin-left:%dpt'><span>1.<span style='font:7pt Times'>&nbsp;</span></span>x", i*10)
	}
	return out
}

func TestEncodings(t *testing.T) {
	latin, _ := charmap.Windows1252.NewEncoder().String("naam;café € 5\nx;y\n")
	wide, _ := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String("naam;café € 5\nx;y\n")
	for _, data := range []string{latin, wide, "\ufeffnaam;café € 5\r\nx;y\r\n"} {
		if got := imported("x.csv", []byte(data)); !strings.Contains(got, "| naam | café € 5 |\n") {
			t.Errorf("%q: %s", data, got)
		}
	}
	page, _ := charmap.ISO8859_2.NewEncoder().String("<meta charset=iso-8859-2><p>Łódź en kér")
	for _, data := range []string{page, "<meta charset=windows-1252><p>Łódź en kér"} {
		if got := imported("x.html", []byte(data)); !strings.Contains(got, "Łódź en kér") {
			t.Errorf("%q: %s", data, got)
		}
	}
}

func TestWorkbook(t *testing.T) {
	sheet := `<worksheet xmlns:r="r"><cols><col min="7" max="7" hidden="1"/></cols><sheetData>
<row r="2"><c r="B2" t="s"><v>0</v></c><c r="C2" t="s"><v>1</v></c><c r="D2" t="inlineStr"><is><t>dag</t></is></c><c r="E2" t="str"><f>A1</f><v>uitkomst</v></c><c r="G2"><v>1</v></c></row>
<row r="4"><c r="B4"><v>0.30000000000000004</v></c><c r="C4" s="4"><v>0.255</v></c><c r="D4" s="2"><v>46085</v></c><c r="E4" s="3"><v>1234.5</v></c></row>
<row r="5" hidden="1"><c r="B5"><v>99</v></c></row>
<row r="6"><c r="B6" s="1"><v>46085</v></c><c r="C6" s="5"><v>-1234567.891</v></c><c r="D6" t="b"><v>1</v></c><c r="E6" t="e"><v>#N/A</v></c></row>
<row r="7"><c r="B7" t="inlineStr"><is><t>breed</t></is></c><c r="C7"><v>7</v></c><c r="D7" t="inlineStr"><is><t>link</t></is></c></row></sheetData>
<mergeCells><mergeCell ref="B7:C7"/></mergeCells><hyperlinks><hyperlink ref="D7" r:id="rId1"/></hyperlinks></worksheet>`
	got := imported("cijfers.xlsx", xlsxOf(map[string]string{"xl/worksheets/sheet1.xml": sheet,
		"xl/worksheets/_rels/sheet1.xml.rels": `<Relationships><Relationship Id="rId1" Target="https://example.org/" TargetMode="External"/></Relationships>`,
		"xl/workbook.xml":                     `<workbook xmlns:r="r"><sheets><sheet name="Een" r:id="rId1"/><sheet name="Weg" state="hidden" r:id="rId1"/></sheets></workbook>`}))
	const want = `---
title: Cijfers
---

| Regio | **vet** en | dag | uitkomst |
| --- | --- | --- | --- |
| 0,3 | 26% | 4 maart 2026 | € 1.234,50 |
| 4-3-2026 | -1.234.567,89 | WAAR | #N/A |
| breed | | [link](https://example.org/) | |
! the hidden sheet “Weg” is not taken over
! hidden rows or columns of the sheet “Een” are not taken over
! the table with Regio had merged cells; what they held stands in the first of them
`
	if got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
	many := "<worksheet>" + strings.Repeat(`<row><c><v>1</v></c><c r="XFD1"><v>1</v></c></row>`, 51_000) + "</worksheet>"
	if got := imported("x.xlsx", xlsxOf(map[string]string{"xl/worksheets/sheet1.xml": many})); !strings.Contains(got, "cells") {
		t.Errorf("%.200s", got)
	}
}

func TestFormsOfNumbers(t *testing.T) {
	for _, c := range []struct{ value, format, english, dutch string }{
		{"1234.5", "", "1234.5", "1234,5"}, {"1234.5", "General", "1234.5", "1234,5"}, {"1234.5", "#,##0.00", "1,234.50", "1.234,50"}, {"0.5", "0%", "50%", "50%"},
		{"-5", "0;[Red](0)", "(5)", "(5)"}, {"0", `0;-0;"–"`, "–", "–"}, {"7", "000", "007", "007"}, {"1.50", "0.##", "1.5", "1,5"}, {"12", `0" km"`, "12 km", "12 km"},
		{"5", `[$€-413]\ #,##0`, "€ 5", "€ 5"}, {"46085.75", "d-m-yyyy h:mm", "4-3-2026 18:00", "4-3-2026 18:00"}, {"46085", "dddd d mmmm yyyy", "Wednesday 4 March 2026", "woensdag 4 maart 2026"},
		{"46085.5", "h:mm AM/PM", "12:00 PM", "12:00 PM"}, {"1.5", "[h]:mm", "36:00", "36:00"}, {"46085", "yyyy-mm-dd", "2026-03-04", "2026-03-04"}, {"0.0104166667", "mm:ss", "15:00", "15:00"},
		{"1", "d-m-yyyy", "1-1-1900", "1-1-1900"}, {"61", "d-m-yyyy", "1-3-1900", "1-3-1900"}, {"12345", "#,##0,", "12", "12"}, {"x", "0", "x", "x"}, {"3", "@", "3", "3"}, {"0.5", "# ?/?", "0.5", "0,5"},
		{"2.5", "0", "3", "3"}, {"123456789012345", "0.00", "123456789012345.00", "123456789012345,00"}, {"1.005", "0.00", "1.01", "1,01"}, {"0.125", "0%", "13%", "13%"}, {"-0.125", "0.00", "-0.13", "-0,13"}, {"-5", `[$€-413]\ #,##0`, "-€ 5", "-€ 5"}} {
		for _, dutch := range []bool{false, true} {
			want := map[bool]string{false: c.english, true: c.dutch}[dutch]
			if got := (&workbook{dutch: dutch}).show(c.value, c.format); got != want {
				t.Errorf("%s as %s: %q, want %q", c.value, c.format, got, want)
			}
		}
	}
}
