package importer

import (
	"archive/zip"
	"bytes"
	"strings"
	"testing"

	"leerblad/internal/diag"
)

// fuzz tries a reader: no panic, and what it reads can be written.
func fuzz(f *testing.F, name string, seeds ...string) {
	for _, s := range seeds {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		doc, err := Read(name, data, diag.Dutch)
		if err == nil {
			Import(doc, Options{Name: name, Today: "2026-01-01"})
		}
	})
}

func FuzzHTML(f *testing.F) {
	fuzz(f, "x.html", `<p class=MsoListParagraph style='mso-list:l0 level2 lfo1;margin-left:36pt'><![if !supportLists]><span style='font-family:Wingdings'><span style='mso-list:Ignore'>J<span style='font:7.0pt "Times New Roman"'>&nbsp; </span></span></span><![endif]>a<p class=MsoListParagraph style="margin-left:3cm">b`,
		`<style>@list l0:level1 {mso-level-number-format:roman-lower} p.x, .y {font-weight:bold;display:none} h1{mso-outline-level:2}</style><ul><ul><li value=3>a<ol><li>b</ul><p class="x y">c`,
		`<a href="#_ftn1" name="_ftnref1">[1]</a><div style='mso-element:footnote' id=ftn1><p><a href="#_ftnref1" name="_ftn1">[1]</a> noot<table><tr><td rowspan=3 colspan=2>a<td>b<tr><th>c</table>`,
		`<table role=presentation><tr><td><dl><dt>a<dd>b<dl></table><blockquote><pre>x</pre><img src="data:image/png;base64,aa"><input type=checkbox><!--[if !supportFootnotes]-->`)
}

func FuzzCSV(f *testing.F) {
	fuzz(f, "x.csv", "sep=;\na;b\n\"1\n2\";3", "a,b\n1,2,3\n\n,,", "\xef\xbb\xbfa\tb", "\xff\xfea\x00,\x00", "\"\"\"")
}

func FuzzText(f *testing.F) {
	fuzz(f, "x.txt", "Kop\n===\n\n> a\n>> b\n\n- c\n  d\n\na\tb\nc\td\n", strings.Repeat("woord ", 13)+"\nverder\n\n---\nx")
}

func FuzzMarkdown(f *testing.F) {
	fuzz(f, "x.md", "---\ntitle: x\ntags: [a]\n---\n!!! note \"T\"\n    a\n\n    b\n", "+++\ntitle = 'x'\n+++\n{{< figure src=\"a.png\" >}} [[a|b]]^[n]\n\n> [!tip] x\n", "% t\n% a\n\n::: warning\n:::\n[^1]\n\n[^1]: n\n",
		"- [   b", "% d", "{\n\"title\": 1}\n=== \"Tab\"\n    <details>x</details>\n```\n{{\n```\n")
}

func FuzzXLSX(f *testing.F) {
	for _, sheet := range []string{`<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B2" s="1"><v>44000.5</v></c></row>`, `<cols><col min="1" max="3" hidden="1"/></cols><row r="3" hidden="1"><c t="inlineStr"><is><t>a</t></is></c></row>`} {
		f.Add(sheet, "0.00;[Red]-0,0 %", "3.5")
	}
	f.Fuzz(func(t *testing.T, sheet, format, value string) {
		(&workbook{dutch: len(value)%2 == 0}).show(value, format)
		if doc, err := Read("x.xlsx", xlsxOf(map[string]string{"xl/worksheets/sheet1.xml": "<worksheet>" + sheet + "</worksheet>"}), diag.Dutch); err == nil {
			Import(doc, Options{Today: "2026-01-01"})
		}
	})
}

// xlsxOf makes a workbook of one sheet; parts are put in place of its own.
func xlsxOf(parts map[string]string) []byte {
	all := map[string]string{
		"[Content_Types].xml":        `<Types><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>`,
		"xl/workbook.xml":            `<workbook xmlns:r="r"><sheets><sheet name="Een" sheetId="1" r:id="rId1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Target="styles.xml"/><Relationship Id="rId3" Target="sharedStrings.xml"/></Relationships>`,
		"xl/styles.xml":              `<styleSheet><numFmts><numFmt numFmtId="164" formatCode="[$-413]d\ mmmm\ yyyy"/><numFmt numFmtId="165" formatCode="&quot;€&quot;\ #,##0.00"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="9"/><xf numFmtId="4"/></cellXfs></styleSheet>`,
		"xl/sharedStrings.xml":       `<sst><si><t>Regio</t></si><si><r><rPr><b/></rPr><t>vet</t></r><r><t xml:space="preserve"> en</t></r><rPh><t>x</t></rPh></si></sst>`,
	}
	for name, text := range parts {
		all[name] = text
	}
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for name, text := range all {
		w, _ := z.Create(name)
		_, _ = w.Write([]byte(text))
	}
	_ = z.Close()
	return out.Bytes()
}
