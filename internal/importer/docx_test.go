package importer

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const docxSpaces = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" ` +
	`xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" ` +
	`xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" ` +
	`xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" ` +
	`xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" ` +
	`xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram" ` +
	`xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative"`

// docxStylesPart has styles as a Dutch Word has them: ids in Dutch, names in English.
const docxStylesPart = `<w:styles ` + docxSpaces + `><w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="22"/></w:rPr></w:rPrDefault></w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="Standaard"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="Kop1"><w:name w:val="heading 1"/><w:basedOn w:val="Standaard"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/><w:sz w:val="32"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Kop2"><w:name w:val="heading 2"/><w:basedOn w:val="Standaard"/><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="9"/></w:numPr><w:outlineLvl w:val="1"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Eigen"><w:name w:val="Eigen kop"/><w:basedOn w:val="Kop1"/></w:style>
<w:style w:type="paragraph" w:styleId="Kopvaninhoudsopgave"><w:name w:val="TOC Heading"/><w:basedOn w:val="Kop1"/><w:pPr><w:outlineLvl w:val="9"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Inhopg1"><w:name w:val="toc 1"/></w:style>
<w:style w:type="paragraph" w:styleId="Titel"><w:name w:val="Title"/></w:style>
<w:style w:type="paragraph" w:styleId="Ondertitel"><w:name w:val="Subtitle"/></w:style>
<w:style w:type="paragraph" w:styleId="Bijschrift"><w:name w:val="caption"/><w:rPr><w:i/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Citaat"><w:name w:val="Quote"/><w:rPr><w:i/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Code"><w:name w:val="HTML Preformatted"/></w:style>
<w:style w:type="paragraph" w:styleId="Vet"><w:name w:val="Vette alinea"/><w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Lijst"><w:name w:val="List Bullet"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Ring"><w:name w:val="Ring"/><w:basedOn w:val="Ring2"/></w:style>
<w:style w:type="paragraph" w:styleId="Ring2"><w:name w:val="Ring2"/><w:basedOn w:val="Ring"/></w:style>
<w:style w:type="character" w:styleId="Zwaar"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="character" w:styleId="Weg"><w:name w:val="Weg"/><w:rPr><w:vanish/></w:rPr></w:style>
</w:styles>`

// docxNumberingPart: 1 bullets, 2 and 3 numbers of one abstract numbering, 3 from one again, 4 none, 5 signs, 6 letters within numbers, 7 by way of a
// style, 9 headings.
const docxNumberingPart = `<w:numbering ` + docxSpaces + `>
<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="&#xF0B7;"/><w:pPr><w:ind w:left="720" w:hanging="360"/></w:pPr><w:rPr><w:rFonts w:ascii="Symbol"/></w:rPr></w:lvl><w:lvl w:ilvl="1"><w:numFmt w:val="bullet"/><w:lvlText w:val="o"/><w:pPr><w:ind w:left="1440" w:hanging="360"/></w:pPr></w:lvl><w:lvl w:ilvl="2"><w:numFmt w:val="bullet"/><w:lvlText w:val="&#xF0A7;"/><w:pPr><w:ind w:left="2160" w:hanging="360"/></w:pPr><w:rPr><w:rFonts w:ascii="Wingdings"/></w:rPr></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="2"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/><w:pPr><w:ind w:left="720" w:hanging="360"/></w:pPr></w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%2)"/><w:pPr><w:ind w:left="1440" w:hanging="360"/></w:pPr></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="4"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val=" "/><w:pPr><w:ind w:left="720"/></w:pPr></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="5"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="&#xF04A;"/><w:rPr><w:rFonts w:ascii="Wingdings"/></w:rPr></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="7"><w:numStyleLink w:val="Mijnlijst"/></w:abstractNum>
<w:abstractNum w:abstractNumId="8"><w:styleLink w:val="Mijnlijst"/><w:lvl w:ilvl="0"><w:start w:val="4"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="9"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1"/></w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:pStyle w:val="Kop2"/><w:lvlText w:val="%1.%2"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="2"/></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="2"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>
<w:num w:numId="4"><w:abstractNumId w:val="4"/></w:num><w:num w:numId="5"><w:abstractNumId w:val="5"/></w:num>
<w:num w:numId="7"><w:abstractNumId w:val="7"/></w:num><w:num w:numId="8"><w:abstractNumId w:val="8"/></w:num><w:num w:numId="9"><w:abstractNumId w:val="9"/></w:num></w:numbering>`

// docxFile makes a Word file of what stands in its body, and of other parts or instead of the usual ones.
func docxFile(t testing.TB, body string, parts map[string]string) []byte {
	all := map[string]string{
		"[Content_Types].xml":          `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`,
		"_rels/.rels":                  docxRels(`<Relationship Id="r" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>`),
		"word/document.xml":            `<?xml version="1.0"?><w:document ` + docxSpaces + `><w:body>` + body + `</w:body></w:document>`,
		"word/styles.xml":              docxStylesPart,
		"word/numbering.xml":           docxNumberingPart,
		"word/_rels/document.xml.rels": docxRels(`<Relationship Id="web" Type="x/hyperlink" Target="https://example.org/" TargetMode="External"/><Relationship Id="img" Type="x/image" Target="media/image1.png"/><Relationship Id="far" Type="x/image" Target="file:///c:/plaatje.png" TargetMode="External"/><Relationship Id="chart" Type="x/chart" Target="/word/chart1.xml"/><Relationship Id="data" Type="x/diagramData" Target="data1.xml"/><Relationship Id="chunk" Type="x/aFChunk" Target="chunk.bin"/>`),
		"word/media/image1.png":        "\x89PNG\r\n\x1a\n",
	}
	for name, text := range parts {
		if all[name] = text; text == "" {
			delete(all, name)
		}
	}
	return zipped(t, all)
}

func docxRels(text string) string {
	return `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` + text + `</Relationships>`
}

// wp makes a paragraph: properties, and text or runs.
func wp(properties, runs string) string {
	if !strings.HasPrefix(runs, "<") && runs != "" {
		runs = wr("", runs)
	}
	return "<w:p><w:pPr>" + properties + "</w:pPr>" + runs + "</w:p>"
}

func wr(properties, text string) string {
	return `<w:r><w:rPr>` + properties + `</w:rPr><w:t xml:space="preserve">` + text + `</w:t></w:r>`
}

func wli(num, level int, text string) string {
	return wp(fmt.Sprintf(`<w:numPr><w:ilvl w:val="%d"/><w:numId w:val="%d"/></w:numPr>`, level, num), text)
}

func wstyle(id string) string { return `<w:pStyle w:val="` + id + `"/>` }

func wfield(instruction, result string) string {
	return `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>` + instruction + `</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>` + result + `<w:r><w:fldChar w:fldCharType="end"/></w:r>`
}

func wtc(properties, text string) string {
	return "<w:tc><w:tcPr>" + properties + "</w:tcPr>" + wp("", text) + "</w:tc>"
}

func TestDOCX(t *testing.T) {
	box := `<w:txbxContent>` + wp("", "In het kader.") + `</w:txbxContent>`
	shape := func(inner string) string {
		return `<w:drawing><wp:anchor><wp:docPr id="1" name="x"/><a:graphic><a:graphicData><wps:wsp><wps:txbx>` + inner + `</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing>`
	}
	picture := func(docPr, blip string) string {
		return `<w:r><w:drawing><wp:inline><wp:docPr id="1" name="x" ` + docPr + `</wp:docPr><a:graphic><a:graphicData><pic:pic><pic:nvPicPr><pic:cNvPr id="0" name="image1.png"/></pic:nvPicPr><pic:blipFill><a:blip ` + blip + `/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>`
	}
	for _, c := range []struct {
		name, body string
		parts      map[string]string
		want       string
	}{
		{"titles and headings", wp(wstyle("Titel"), "Titel") + wp(wstyle("Ondertitel"), "Onder") + wp("", "") + wp(wstyle("Kop1"), "Een") + wp(wstyle("Kop2"), "Twee") + wp(wstyle("Kop2"), "Drie") +
			wp(wstyle("Eigen"), "Vier") + wp(`<w:outlineLvl w:val="2"/>`, "Vijf") + wp(wstyle("Kop1")+`<w:outlineLvl w:val="9"/>`, "Tekst") + wp(wstyle("Titel"), "Nog een titel") + wp(wstyle("Ring"), "Rond"), nil, `
			title Titel
			subtitle Onder
			h1 Een
			h2 Twee (1.1)
			h2 Drie (1.2)
			h1 Vier
			h3 Vijf
			large Tekst
			h1 Nog een titel
			p Rond`},
		{"anchors of headings", `<w:bookmarkStart w:id="1" w:name="voor"/>` + wp(wstyle("Kop1"), `<w:bookmarkStart w:id="2" w:name="_Toc1"/>`+wr("", "Een")+`<w:bookmarkEnd w:id="2"/>`) +
			wp("", `<w:hyperlink w:anchor="_Toc1">`+wr("", "daar")+`</w:hyperlink>`+wfield(` REF voor \h `, wr("", "hier"))), nil, `
			h1 Een #voor #_Toc1
			p {:daar→#_Toc1}{:hier→#voor}`},
		{"bullets, skipped levels, going on", wli(1, 0, "a") + wli(1, 2, "diep") + wli(1, 1, "b") + wp("", "") + wli(1, 0, "c") + wp(`<w:ind w:left="720"/>`, "nog c") + wp("", "los") + wli(1, 1, "alleen"), nil, `
			- a
			  - diep
			  - b
			- c
			  p nog c
			p los
			- alleen`},
		{"numbers that go on and restart", wli(2, 0, "een") + wli(2, 1, "a") + wli(2, 1, "b") + wli(2, 0, "twee") + wli(2, 1, "weer a") + wp("", "tussen") + wli(2, 0, "drie") + wli(3, 0, "weer een") + wli(3, 0, "weer twee"), nil, `
			1. een
			  1. a
			  2. b
			2. twee
			  1. weer a
			p tussen
			3. drie
			1. weer een
			2. weer twee`},
		{"lists by style, unmarked, none and unknown", wp(wstyle("Lijst"), "punt") + wli(4, 0, "hoort bij punt") + wp(wstyle("Lijst")+`<w:numPr><w:numId w:val="0"/></w:numPr>`, "geen punt") + wli(77, 0, "onbekend") + wli(4, 0, "los"), nil, `
			- punt
			  p hoort bij punt
			p geen punt
			p onbekend
			p los`},
		{"signs and style links", wli(5, 0, "blij") + wli(7, 0, "vier") + wli(7, 0, "vijf"), nil, `
			☺ blij
			4. vier
			5. vijf`},
		{"indents tell lists of one level apart", wli(1, 0, "a") + wp(`<w:numPr><w:ilvl w:val="0"/><w:numId w:val="2"/></w:numPr><w:ind w:left="1440"/>`, "binnen") + wli(1, 0, "b"), nil, `
			- a
			  1. binnen
			- b`},
		{"styles of text", wp("", wr("<w:b/>", "vet")+wr(`<w:b w:val="0"/><w:i/>`, "schuin")+wr("<w:strike/>", "door")+wr(`<w:vertAlign w:val="superscript"/>`, "2")+wr(`<w:rFonts w:ascii="Courier New"/>`, "m")+
			wr(`<w:color w:val="00B050"/>`, "groen")+wr(`<w:color w:val="333333"/>`, "grijs")+wr(`<w:caps/><w:u w:val="single"/>`, "k")) +
			wp(wstyle("Vet"), wr("", "vet")+wr(`<w:rStyle w:val="Zwaar"/>`, "niet")+wr(`<w:b w:val="false"/>`, "ook niet")) + wp(wstyle("Kop1"), "kop"), nil, `
			p {b:vet}{i:schuin}{x:door}{^:2}{m:m}{#00b050:groen}grijs{u:k}
			p {b:vet}nietook niet
			h1 kop`},
		{"hidden text", wp("", wr("<w:vanish/>", "weg")+wr(`<w:rStyle w:val="Weg"/>`, "weg")+wr("<w:webHidden/>", "weg")+wr("", "hier")), nil, "p hier\n! hidden-text"},
		{"large type", wp("", "gewone tekst van de alinea") + wp("", wr(`<w:sz w:val="30"/>`, "Groot")), nil, "p gewone tekst van de alinea\nlarge Groot"},
		{"tracked changes", wp("", wr("", "a")+`<w:del>`+wr("", "weg")+`</w:del><w:ins>`+wr("", "b")+`</w:ins><w:moveFrom>`+wr("", "weg")+`</w:moveFrom><w:moveTo>`+wr("", "c")+`</w:moveTo>`) +
			wp("<w:rPr><w:del/></w:rPr>", "eerste") + wp("<w:rPr><w:ins/><w:del/></w:rPr>", "tweede") + wp("", "derde") +
			"<w:tbl><w:tr><w:trPr><w:del/></w:trPr>" + wtc("", "weg") + "</w:tr><w:tr>" + wtc("", "x") + wtc("<w:cellDel/>", "weg") + "</w:tr></w:tbl>", nil, `
			p abc
			p eerste tweede derde
			table 0
			  row
			    p x
			! tracked`},
		{"a large first letter", wp(`<w:framePr w:dropCap="drop"/>`, "E") + wp("", "en alinea."), nil, "p Een alinea."},
		{"links", wp("", `<w:hyperlink r:id="web" w:anchor="deel">`+wr("", "web")+`</w:hyperlink>`+wfield(` HYPERLINK "https://example.org/b" \l "c" \o "tip" `, wr("", "veld")+wfield(" PAGEREF x ", wr("", "3")))+
			`<w:fldSimple w:instr=" HYPERLINK &quot;mailto:a@example.org&quot; ">`+wr("", "mail")+`</w:fldSimple>`), nil,
			"p {:web→https://example.org/#deel}{:veld3→https://example.org/b#c}{:mail→mailto:a@example.org}\n! page-number"},
		{"fields", wp("", wfield(" SEQ Tabel ", wr("", "1"))+wfield(" PAGE ", wr("", "12"))+wfield(` HYPERLINK `+`</w:instrText></w:r>`+wfield("REF x", wr("", "y"))+`<w:r><w:instrText>`, wr("", "z"))+
			`<w:r><w:fldChar w:fldCharType="begin"/></w:r>`+wr("", "zonder einde")) +
			wp("", `<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:checked/></w:checkBox></w:ffData></w:fldChar></w:r><w:r><w:instrText>FORMCHECKBOX</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>`+
				wfield(`SYMBOL 74 \f Wingdings`, "")+wfield("EQ \\f(1;2)", "")), nil, `
			p 1{:z→y}zonder einde
			p ☒{s:☺}(1;2)
			! page-number
			! equation`},
		{"the ends of pages and columns", wp("", wr("", "een")+`<w:r><w:br w:type="page"/></w:r>`+wr("", "twee")) + wp(wstyle("Kop1"), `<w:r><w:br w:type="column"/></w:r>`+wr("", "Kop")), nil, `
			p een⏎⏎twee
			h1 ⏎⏎Kop`},
		{"a heading by its level alone, taken out of a list", wp(`<w:numPr><w:numId w:val="0"/></w:numPr><w:outlineLvl w:val="1"/>`, "Kop"), nil, "h2 Kop"},
		{"the top and foot of pages", wp("", "tekst"), map[string]string{
			"word/_rels/document.xml.rels": docxRels(`<Relationship Id="h" Type="x/header" Target="h.xml"/><Relationship Id="f" Type="x/footer" Target="f.xml"/><Relationship Id="g" Type="x/footer" Target="g.xml"/>`),
			"word/h.xml":                   `<w:hdr ` + docxSpaces + `>` + wp("", wr("<w:vanish/>", "weg")+wr("", "Vertrouwelijk")) + `</w:hdr>`,
			"word/f.xml":                   `<w:ftr ` + docxSpaces + `>` + wp("", "Pagina "+"3"+" van 9") + `</w:ftr>`,
			"word/g.xml":                   `<w:ftr ` + docxSpaces + `>` + wp("", "Pagina "+"3"+" van 9") + wp("", "Versie 2") + `</w:ftr>`}, `
			p tekst
			! head-left-out “Pagina 3 van 9 Versie 2”, “Vertrouwelijk”`},
		{"contents", wp(wstyle("Kopvaninhoudsopgave"), "Inhoud") + wp(wstyle("Inhopg1"), `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC \o</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>`+wr("", "Een 1")) +
			wp("", wr("", "Twee 2")) + wp("", `<w:r><w:fldChar w:fldCharType="end"/></w:r>`+wr("", "Na")) +
			`<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr><w:sdtContent>` + wp("", "weg") + `</w:sdtContent></w:sdt>`, nil, "p Na"},
		{"content controls", `<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>` + wp("", "Klik hier") + `</w:sdtContent></w:sdt>` + wp("", `<w:sdt><w:sdtPr/><w:sdtContent>`+wr("", "keuze")+`</w:sdtContent></w:sdt>`) +
			`<w:tbl><w:sdt><w:sdtContent><w:tr><w:sdt><w:sdtContent>` + wtc("", "cel") + `</w:sdtContent></w:sdt></w:tr></w:sdtContent></w:sdt></w:tbl>`, nil, `
			p keuze
			table 0
			  row
			    p cel`},
		{"merged cells", `<w:tbl><w:tblPr><w:tblLook w:firstRow="1"/></w:tblPr><w:tr>` + wtc(`<w:gridSpan w:val="2"/>`, "breed") + wtc(`<w:vMerge w:val="restart"/>`, "hoog") + `</w:tr><w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr>` +
			wtc("", "b") + wtc("<w:vMerge/>", "weg") + `</w:tr><w:tr>` + wtc("", "kort") + `</w:tr></w:tbl>`, nil, `
			table 1
			  row
			    p breed
			    ^
			    p hoog
			  row
			    .
			    p b
			    ^
			  row
			    p kort
			    .
			    .`},
		{"a table in an item", wli(2, 0, "een") + `<w:tbl><w:tblPr><w:tblInd w:w="720"/></w:tblPr><w:tr>` + wtc("", "x") + `</w:tr></w:tbl>` + wli(2, 0, "twee") + `<w:tbl><w:tr>` + wtc("", "y") + `</w:tr></w:tbl>` + wli(2, 0, "drie"), nil, `
			1. een
			  table 0
			    row
			      p x
			2. twee
			table 0
			  row
			    p y
			3. drie`},
		{"header rows and tables in tables", `<w:tbl><w:tr><w:trPr><w:tblHeader/></w:trPr>` + wtc("", "kop") + `</w:tr><w:tr><w:tc><w:tbl><w:tr>` + wtc("", "binnen") + `</w:tr></w:tbl>` + wp("", "") + `</w:tc></w:tr></w:tbl>`, nil, `
			table 1
			  row
			    p kop
			  row
			    table 0
			      row
			        p binnen`},
		{"notes", wp("", wr("", "tekst")+`<w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:endnoteReference w:id="2" w:customMarkFollows="1"/><w:t>*</w:t></w:r><w:r><w:footnoteReference w:id="9"/></w:r>`),
			map[string]string{"word/footnotes.xml": `<w:footnotes ` + docxSpaces + `><w:footnote w:type="separator" w:id="-1">` + wp("", "---") + `</w:footnote><w:footnote w:id="2">` + wp("", `<w:r><w:footnoteRef/></w:r>`+wr("", " de noot")) + `</w:footnote></w:footnotes>`,
				"word/endnotes.xml": `<w:endnotes ` + docxSpaces + `><w:endnote w:id="2">` + wp("", "eind") + wp("", "tweede") + `</w:endnote></w:endnotes>`}, `
			p tekst[^1][^2]
			note 1
			  p  de noot
			note 2
			  p eind
			  p tweede
			! note-missing`},
		{"comments", wp("", `<w:commentRangeStart w:id="1"/>`+wr("", "tekst")+`<w:r><w:commentReference w:id="1"/></w:r>`), map[string]string{"word/comments.xml": `<w:comments ` + docxSpaces + `><w:comment w:id="1" w:author="A">` + wp("", "Klopt dit?") + `</w:comment></w:comments>`},
			"p tekst\ncomment A: Klopt dit?"},
		{"pictures", wp("", picture(`descr="Een hal">`, `r:embed="img"`)+picture(`descr="x"><a:extLst><a:ext><adec:decorative val="1"/></a:ext></a:extLst>`, `r:embed="img"`)+picture(`title="ver"><a:hlinkClick r:id="web"/>`, `r:link="far"`)+
			`<w:r><w:pict><v:shape alt="oud"><v:imagedata r:id="img"/></v:shape></w:pict></w:r>`+picture(`>`, `r:embed="nergens"`)), nil,
			"p ![Een hal](image1.png)![-](image1.png){:![ver](file:///c:/plaatje.png)→https://example.org/}![oud](image1.png)\n! picture-missing"},
		{"text boxes, once and after their paragraph", wp("", wr("", "a")+`<w:r><mc:AlternateContent><mc:Choice Requires="wps">`+shape(box)+`</mc:Choice><mc:Fallback><w:pict><v:textbox>`+box+`</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>`+wr("", "b")) +
			wli(2, 0, "een") + wli(2, 0, `<w:r>`+shape(box)+`</w:r>`+wr("", "twee")) + wli(2, 0, "drie"), nil, `
			p ab
			p In het kader.
			1. een
			2. twee
			  p In het kader.
			3. drie`},
		{"signs", wp("", `<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>`+wr(`<w:rFonts w:ascii="Symbol"/>`, "a")+wr("", "&#xF0B7; b")), nil, "p {s:✓α•} b"},
		{"white space", wp("", `<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:noBreakHyphen/><w:t>d</w:t><w:softHyphen/><w:t>e</w:t></w:r>`), nil, "p a\tb⏎c-d\u00ade"},
		{"ruby", wp("", `<w:r><w:ruby><w:rt>`+wr("", "boven")+`</w:rt><w:rubyBase>`+wr("", "onder")+`</w:rubyBase></w:ruby></w:r>`), nil, "p onder (boven)"},
		{"equations", wp("", wr("", "Met ")+`<m:oMath><m:sSup><m:e><m:r><m:t>x</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup><m:r><m:t>=</m:t></m:r><m:f><m:num><m:r><m:t>a+b</m:t></m:r></m:num><m:den><m:r><m:t>c</m:t></m:r></m:den></m:f><m:rad><m:deg/><m:e><m:r><m:t>n</m:t></m:r></m:e></m:rad><m:d><m:e><m:r><m:t>k</m:t></m:r></m:e></m:d></m:oMath>`), nil,
			"p Met x²=(a+b)/c√n(k)\n! equation"},
		{"charts", wp("", `<w:r><w:drawing><wp:inline><a:graphic><a:graphicData><c:chart r:id="chart"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>`), map[string]string{"word/chart1.xml": `<c:chartSpace ` + docxSpaces + `><c:lang val="nl-NL"/><c:chart><c:title><c:tx><c:rich><a:p><a:r><a:t>Groei</a:t></a:r></a:p></c:rich></c:tx></c:title><c:plotArea><c:barChart><c:ser><c:tx><c:strRef><c:strCache><c:pt idx="0"><c:v>2024</c:v></c:pt></c:strCache></c:strRef></c:tx><c:cat><c:strRef><c:strCache><c:pt idx="0"><c:v>Noord</c:v></c:pt></c:strCache></c:strRef></c:cat><c:val><c:numRef><c:numCache><c:formatCode>0.0%</c:formatCode><c:pt idx="0"><c:v>0.070000000000000001</c:v></c:pt></c:numCache></c:numRef></c:val></c:ser></c:barChart><c:valAx><c:title><c:tx><c:rich><a:p><a:r><a:t>Aantal</a:t></a:r></a:p></c:rich></c:tx></c:title></c:valAx></c:plotArea></c:chart></c:chartSpace>`}, `
			p Groei
			p Aantal
			table 1
			  row
			    .
			    p 2024
			  row
			    p Noord
			    p 7,0%
			! chart`},
		{"diagrams", wp("", `<w:r><w:drawing><wp:inline><a:graphic><a:graphicData><dgm:relIds r:dm="data"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>`), map[string]string{"word/data1.xml": `<dgm:dataModel ` + docxSpaces + `><dgm:ptLst><dgm:pt modelId="0" type="doc"/><dgm:pt modelId="1"><dgm:t><a:p><a:r><a:t>Plan</a:t></a:r></a:p></dgm:t></dgm:pt><dgm:pt modelId="2"><dgm:t><a:p><a:r><a:t>Stap</a:t></a:r></a:p></dgm:t></dgm:pt></dgm:ptLst><dgm:cxnLst><dgm:cxn srcId="1" destId="2" srcOrd="0"/><dgm:cxn srcId="0" destId="1" srcOrd="0"/><dgm:cxn srcId="2" destId="1" srcOrd="0"/></dgm:cxnLst></dgm:dataModel>`}, `
			- Plan
			  - Stap
			! diagram`},
		{"objects and other parts", wp("", `<w:r><w:object/></w:r>`+wr("", "x")) + `<w:altChunk r:id="chunk"/>`, map[string]string{"word/chunk.bin": "\x00"}, `
			p x
			! object-left-out
			! part-left-out chunk.bin`},
		{"links that the file does not call external", wp("", `<w:hyperlink r:id="near">`+wr("", "x")+`</w:hyperlink>`), map[string]string{"word/_rels/document.xml.rels": docxRels(`<Relationship Id="near" Type="x/hyperlink" Target="https://example.org/a"/>`)}, "p {:x→https://example.org/a}"},
		{"lists of which the numbering is missing", wli(2, 0, "een") + wli(2, 1, "a") + wli(2, 0, "twee"), map[string]string{"word/numbering.xml": ""}, `
			- een
			  - a
			- twee
			! lists-missing`},
		{"macros", wp("", "x"), map[string]string{"word/_rels/document.xml.rels": docxRels(`<Relationship Id="m" Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject" Target="vbaProject.bin"/>`)}, "p x\n! macros"},
		{"numbers with words are text", wli(6, 0, "Doe dit") + wli(6, 0, "En dat"), map[string]string{"word/numbering.xml": `<w:numbering ` + docxSpaces + `><w:abstractNum w:abstractNumId="6"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="Aanbeveling %1:"/></w:lvl></w:abstractNum><w:num w:numId="6"><w:abstractNumId w:val="6"/></w:num></w:numbering>`}, `
			p Aanbeveling 1: Doe dit
			p Aanbeveling 2: En dat`},
		{"cells that are to be filled in", `<w:tbl><w:tr><w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>` + wtc("", "Klik") + `</w:sdtContent></w:sdt>` + wtc("", "b") + `</w:tr></w:tbl>`, nil, `
			table 0
			  row
			    .
			    p b`},
		{"a code block in an item", wli(2, 0, "een") + wp(wstyle("Code")+`<w:numPr><w:numId w:val="4"/></w:numPr>`, "code") + wli(2, 0, "twee"), nil, `
			1. een
			  code "code"
			2. twee`},
		{"quotations, code, captions and lines", wp(wstyle("Citaat"), "een") + wp(wstyle("Citaat"), "twee") + wp(wstyle("Code"), "a  b") + wp(wstyle("Code"), "c") + wp(wstyle("Bijschrift"), "Figuur 1") +
			`<w:p><w:r><w:pict><v:rect o:hr="t"/></w:pict></w:r></w:p>` + wp(`<w:pBdr><w:bottom w:val="single"/></w:pBdr>`, ""), nil, `
			> p een
			> p twee
			code "a  b\nc"
			caption Figuur 1
			---
			---`},
		{"empty lines in code", wp(wstyle("Code"), "a") + wp(wstyle("Code"), "") + wp(wstyle("Code"), "b") + wp(wstyle("Code"), "") + wp("", "tekst") + wp(wstyle("Code"), ""), nil, `
			code "a\n\nb"
			p tekst`},
		{"a text that is code as a whole was typed", wp(wstyle("Code"), "Een kop") + wp(wstyle("Code"), "") + wp(wstyle("Code"), "Eerste alinea.") + wp(wstyle("Code"), "") + wp(wstyle("Code"), "• punt"), nil, `
			p Een kop
			p Eerste alinea.
			p • punt`},
		{"the strict edition, and other names", "", map[string]string{"word/document.xml": "", "_rels/.rels": docxRels(`<Relationship Id="r" Type="http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument" Target="/word/document22.xml"/>`),
			"word/document22.xml": "\ufeff" + `<x:document xmlns:x="http://purl.oclc.org/ooxml/wordprocessingml/main"><x:body><x:p><x:pPr><x:pStyle x:val="Kop1"/></x:pPr><x:r><x:t>Strikt</x:t></x:r></x:p></x:body></x:document>`}, "h1 Strikt"},
		{"damaged and missing parts", "", map[string]string{"word/styles.xml": "<w:styles", "word/numbering.xml": "", "word/document.xml": `<w:document ` + docxSpaces + `><w:body>` + wp("", "een") + wp(wstyle("Kop1"), "twee") + `<w:p></w:q>`}, `
			p een
			h1 twee
			! damaged-part document.xml
			! damaged-part styles.xml`},
	} {
		t.Run(c.name, func(t *testing.T) {
			doc, err := readDOCX(docxFile(t, c.body, c.parts))
			if err != nil {
				t.Fatal(err)
			}
			sketched(t, sketch(doc), c.want)
		})
	}
}

func TestDOCXRefused(t *testing.T) {
	for name, c := range map[string]struct {
		body  string
		parts map[string]string
		code  string
	}{
		"no text":  {"", map[string]string{"word/document.xml": ""}, "broken-file"},
		"depth":    {strings.Repeat("<w:sdt>", 600), nil, "too-deep"},
		"text":     {wp("", strings.Repeat("woord ", maxOfficeText/6+1)), nil, "text-too-large"},
		"elements": {strings.Repeat("<w:p/>", maxNodes+1), nil, "too-many-nodes"},
	} {
		_, err := readDOCX(docxFile(t, c.body, c.parts))
		var e *Error
		if !errors.As(err, &e) || e.Code != c.code {
			t.Errorf("%s: %v, want %s", name, err, c.code)
		}
	}
}

// TestDOCXHostile reads files that would take long, or much memory, if nothing bounded them.
func TestDOCXHostile(t *testing.T) {
	span := wtc(`<w:gridSpan w:val="100000000"/>`, "x")
	for name, body := range map[string]string{
		"tables in tables": strings.Repeat("<w:tbl><w:tr><w:tc>", 150) + wp("", "x") + strings.Repeat("</w:tc></w:tr></w:tbl>", 150),
		"spans":            "<w:tbl>" + strings.Repeat("<w:tr>"+span+"</w:tr>", 2000) + "</w:tbl>",
		"fields":           wp("", strings.Repeat(`<w:r><w:fldChar w:fldCharType="begin"/></w:r>`, 20_000)+wr("", "x")+strings.Repeat(`<w:r><w:fldChar w:fldCharType="end"/></w:r>`, 20_000)),
		"runs":             wp("", strings.Repeat(wr("", "x"), 100_000)),
		"code":             strings.Repeat(wp(wstyle("Code"), strings.Repeat("code ", 20)), 20_000),
		"levels":           strings.Repeat(wli(1, 0, "a")+wli(2, 8, "b"), 5000),
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := readDOCX(docxFile(t, body, nil)); err != nil {
				t.Error(err)
			}
		})
	}
}

// FuzzDOCX reads Word files of which the parts are damaged.
func FuzzDOCX(f *testing.F) {
	f.Add([]byte(wli(1, 0, "a")+wli(1, 2, "b")), []byte(docxStylesPart), []byte(docxNumberingPart))
	f.Add([]byte("<w:tbl><w:tr>"+wtc(`<w:gridSpan w:val="3"/>`, "x")+"</w:tr></w:tbl>"), []byte(""), []byte(""))
	f.Add([]byte(wp("", wfield(` HYPERLINK "x" \l "y" `, wr("<w:b/>", "x"))+`<m:oMath><m:f/></m:oMath>`)), []byte(docxStylesPart), []byte(""))
	samples, _ := filepath.Glob("testdata/*.docx.xml")
	for _, name := range samples {
		body, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(body, []byte(docxStylesPart), []byte(docxNumberingPart))
	}
	f.Fuzz(func(t *testing.T, body, styles, numbering []byte) {
		data := docxFile(t, string(body), map[string]string{"word/styles.xml": string(styles), "word/numbering.xml": string(numbering), "word/footnotes.xml": string(body), "word/data1.xml": string(body), "word/chart1.xml": string(body)})
		if doc, err := readDOCX(data); err == nil {
			valid(t, doc)
			Import(doc, Options{Name: "a.docx", Today: "2026-01-01"})
		}
	})
}

// valid checks what the tree promises.
func valid(t *testing.T, doc *Document) {
	t.Helper()
	text := func(text []Inline) []Inline {
		for _, i := range text {
			if i.Note > len(doc.Notes) || i.Picture > len(doc.Pictures) {
				t.Fatal("a note or picture that there is none of")
			}
		}
		return text
	}
	eachText(doc.Blocks, text)
	for _, n := range doc.Notes {
		eachText(n.Blocks, text)
	}
	var walk func(list []Block, depth int)
	walk = func(list []Block, depth int) {
		if depth > 200 {
			t.Fatal("blocks stand too deep")
		}
		for _, b := range list {
			switch b := b.(type) {
			case *Heading:
				if b.Level < 1 || b.Level > 9 {
					t.Fatal("level", b.Level)
				}
			case *List:
				for _, item := range b.Items {
					walk(item.Blocks, depth+1)
				}
			case *Quote:
				walk(b.Blocks, depth+1)
			case *Table:
				for _, row := range b.Rows {
					if len(row) != len(b.Rows[0]) {
						t.Fatal("rows differ in length")
					}
					for _, c := range row {
						walk(c.Blocks, depth+1)
					}
				}
			}
		}
	}
	walk(doc.Blocks, 0)
}
