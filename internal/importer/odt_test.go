package importer

import (
	"errors"
	"strings"
	"testing"

	"leerblad/internal/diag"
)

const odtSpaces = `xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" ` +
	`xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" ` +
	`xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" ` +
	`xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/" ` +
	`xmlns:field="urn:openoffice:names:experimental:ooo-ms-interop:xmlns:field:1.0" xmlns:math="http://www.w3.org/1998/Math/MathML" xmlns:chart="urn:oasis:names:tc:opendocument:xmlns:chart:1.0" ` +
	`xmlns:loext="urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0"`

const odtStylesPart = `<office:document-styles ` + odtSpaces + `><office:font-face-decls><style:font-face style:name="W" svg:font-family="Wingdings"/></office:font-face-decls><office:styles>
<style:style style:name="Standard" style:family="paragraph"/>
<style:style style:name="Title" style:family="paragraph"/><style:style style:name="Subtitle" style:family="paragraph"/>
<style:style style:name="Heading_20_1" style:display-name="Heading 1" style:family="paragraph"><style:text-properties fo:font-weight="bold"/></style:style>
<style:style style:name="Quotations" style:family="paragraph"/><style:style style:name="Preformatted_20_Text" style:display-name="Preformatted Text" style:family="paragraph"/>
<style:style style:name="Caption" style:family="paragraph"/><style:style style:name="Figure" style:family="paragraph" style:parent-style-name="Caption"/>
<text:outline-style style:name="Outline"><text:outline-level-style text:level="1" style:num-format="1" style:num-suffix="."/><text:outline-level-style text:level="2" style:num-format="a" text:display-levels="2"/></text:outline-style>
<text:list-style style:name="Bol"><text:list-level-style-bullet text:level="1" text:bullet-char="•"/><text:list-level-style-bullet text:level="2" text:bullet-char="◦"/><text:list-level-style-bullet text:level="3" text:bullet-char="▪"/></text:list-style>
<text:list-style style:name="Num"><text:list-level-style-number text:level="1" style:num-format="1"/><text:list-level-style-number text:level="2" style:num-format="a"/></text:list-style>
<text:list-style style:name="Blij"><text:list-level-style-bullet text:level="1" text:bullet-char="&#xF04A;"><style:text-properties style:font-name="W"/></text:list-level-style-bullet></text:list-style>
<text:list-style style:name="Kaal"><text:list-level-style-bullet text:level="1" text:bullet-char=" "/></text:list-style>
</office:styles></office:document-styles>`

const odtAutomatic = `<office:automatic-styles><style:style style:name="B" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>
<style:style style:name="I" style:family="text" style:parent-style-name="B"><style:text-properties fo:font-weight="normal" fo:font-style="italic"/></style:style>
<style:style style:name="S" style:family="text"><style:text-properties style:text-line-through-style="solid"/></style:style><style:style style:name="U" style:family="text"><style:text-properties style:text-position="super 58%"/></style:style>
<style:style style:name="H" style:family="text"><style:text-properties text:display="none"/></style:style><style:style style:name="W" style:family="text"><style:text-properties style:font-name="W"/></style:style>
<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Standard"><style:text-properties fo:font-weight="bold"/></style:style>
<style:style style:name="In" style:family="paragraph"><style:paragraph-properties fo:margin-left="1.27cm"/></style:style>
</office:automatic-styles>`

// odtFile makes an OpenDocument text of what stands in its body, and of other parts or instead of the usual ones.
func odtFile(t testing.TB, body string, parts map[string]string) []byte {
	all := map[string]string{
		"mimetype":    "application/vnd.oasis.opendocument.text",
		"content.xml": `<office:document-content ` + odtSpaces + `>` + odtAutomatic + `<office:body><office:text>` + body + `</office:text></office:body></office:document-content>`,
		"styles.xml":  odtStylesPart,
	}
	for name, text := range parts {
		if all[name] = text; text == "" {
			delete(all, name)
		}
	}
	return zipped(t, all)
}

func op(style, text string) string {
	return `<text:p text:style-name="` + style + `">` + text + `</text:p>`
}

// ol makes a list of items.
func ol(attributes string, items ...string) string {
	return `<text:list ` + attributes + `><text:list-item>` + strings.Join(items, `</text:list-item><text:list-item>`) + `</text:list-item></text:list>`
}

func TestODT(t *testing.T) {
	bullets, numbers := `text:style-name="Bol"`, `text:style-name="Num"`
	for _, c := range []struct {
		name, body string
		parts      map[string]string
		want       string
	}{
		{"titles and headings", op("Title", "Titel") + op("Subtitle", "Onder") + `<text:h text:outline-level="1"><text:bookmark-start text:name="x"/>Een</text:h><text:h text:outline-level="2">Twee</text:h><text:h text:outline-level="2">Drie</text:h>` +
			op("Standard", `<text:a xlink:href="#x">naar een</text:a>`) + op("Title", "Nog een"), nil, `
			title Titel
			subtitle Onder
			h1 Een (1.) #x
			h2 Twee (1.a)
			h2 Drie (1.b)
			p {:naar een→#x}
			h1 Nog een`},
		{"lists", ol(bullets, op("", "a")+ol("", op("", "binnen")), op("", "b")+op("", "nog b")) + ol(`text:style-name="Blij"`, op("", "blij")), nil, `
			- a
			  - binnen
			- b
			  p nog b
			☺ blij`},
		{"empty lines in code", op("Preformatted_20_Text", "a") + op("Preformatted_20_Text", "") + op("Preformatted_20_Text", "b") + op("Standard", "tekst"), nil, `
			code "a\n\nb"
			p tekst`},
		{"a text that is code as a whole was typed", op("Preformatted_20_Text", "Een kop") + op("Preformatted_20_Text", "") + op("Preformatted_20_Text", "Eerste alinea."), nil, `
			p Een kop
			p Eerste alinea.`},
		{"skipped levels and unmarked items", ol(bullets, op("", "a")) + ol(bullets, ol("", ol("", op("", "diep")))) + ol(`text:style-name="Kaal"`, op("", "hoort bij a")) + op("Standard", "los") + ol(bullets, ol("", op("", "alleen"))), nil, `
			- a
			  - diep
			  p hoort bij a
			p los
			- alleen`},
		{"numbers with words are text", ol(`text:style-name="Aanbeveling"`, op("", "Doe dit"), op("", "En dat")), map[string]string{"styles.xml": strings.Replace(odtStylesPart, "</office:styles>", `<text:list-style style:name="Aanbeveling"><text:list-level-style-number text:level="1" style:num-format="1" style:num-prefix="Aanbeveling " style:num-suffix=":"/></text:list-style></office:styles>`, 1)}, `
			p Aanbeveling 1: Doe dit
			p Aanbeveling 2: En dat`},
		{"levels that the style does not have", ol(numbers, op("", "een")+ol("", op("", "a")+ol("", op("", "i")))) + ol(`text:style-name="Zoek"`, op("", "punt")), nil, `
			1. een
			  1. a
			    1. i
			- punt`},
		{"numbers that go on and restart", ol(numbers+` xml:id="een"`, op("", "een")+ol("", op("", "a"), op("", "b")), op("", "twee")+ol("", op("", "weer a"))) + op("Standard", "tussen") + ol(numbers+` text:continue-numbering="true"`, op("", "drie")) + op("Standard", "tussen") +
			ol(numbers, op("", "weer een")) + op("Standard", "tussen") + ol(numbers+` text:continue-list="een"`, op("", "vier")) + `<text:list text:style-name="Num"><text:list-header>` + op("", "kop") + `</text:list-header><text:list-item text:start-value="7">` + op("", "zeven") + `</text:list-item></text:list>`, nil, `
			1. een
			  1. a
			  2. b
			2. twee
			  1. weer a
			p tussen
			3. drie
			p tussen
			1. weer een
			p tussen
			4. vier
			  p kop
			7. zeven`},
		{"styles of text", op("P1", `vet <text:span text:style-name="I">schuin</text:span>`) + op("Standard", `<text:span text:style-name="B">v</text:span><text:span text:style-name="S">d</text:span><text:span text:style-name="U">2</text:span><text:span text:style-name="H">weg</text:span><text:span text:style-name="W">J</text:span>`), nil, `
			p {b:vet }{i:schuin}
			p {b:v}{x:d}{^:2}{s:☺}
			! hidden-text`},
		{"white space, fields and what is hidden", op("Standard", `a<text:s text:c="2"/>b<text:tab/>c<text:line-break/>d <text:date>1 mei</text:date> <text:page-number>3</text:page-number><text:placeholder>vul in</text:placeholder><text:hidden-text text:is-hidden="true">weg</text:hidden-text>`+
			`<text:text-input>e</text:text-input><text:ruby><text:ruby-base>o</text:ruby-base><text:ruby-text>b</text:ruby-text></text:ruby>`) + `<text:section text:display="none">` + op("", "weg") + `</text:section>`, nil, "p a  b\tc⏎d 1 mei eo (b)\n! page-number\n! hidden-text"},
		{"form fields", op("Standard", `<field:fieldmark field:type="vnd.oasis.opendocument.field.FORMCHECKBOX"><field:param field:name="Checkbox_Checked" field:value="true"/></field:fieldmark> <field:fieldmark field:type="vnd.oasis.opendocument.field.FORMCHECKBOX"/> `+
			`<field:fieldmark field:type="vnd.oasis.opendocument.field.FORMDROPDOWN"><field:param field:name="Dropdown_ListEntry" field:value="nee"/><field:param field:name="Dropdown_ListEntry" field:value="ja"/><field:param field:name="Dropdown_Selected" field:value="1"/></field:fieldmark>`), nil, "p ☒ ☐ ja"},
		{"tracked changes, contents and comments", `<text:tracked-changes><text:changed-region><text:deletion>` + op("", "weg") + `</text:deletion></text:changed-region></text:tracked-changes><text:table-of-content><text:index-body>` + op("", "weg") + `</text:index-body></text:table-of-content>` +
			op("Standard", `a<text:change text:change-id="1"/><text:change-start text:change-id="2"/>b<text:change-end text:change-id="2"/><office:annotation><dc:creator>A</dc:creator>`+op("", "Klopt dit?")+`</office:annotation>c<office:annotation-end/>`), nil, `
			p abc
			comment A: Klopt dit?
			! tracked`},
		{"a deletion from one paragraph into the next", `<text:tracked-changes><text:changed-region text:id="1"><text:deletion>` + op("", "weg") + op("", "") + `</text:deletion></text:changed-region><text:changed-region text:id="2"><text:deletion>` + op("", "weg") + `</text:deletion></text:changed-region></text:tracked-changes>` +
			op("", `een<text:change text:change-id="1"/>twee<text:change text:change-id="1"/>, drie<text:change text:change-id="2"/>voudig`), nil, "p een twee, drievoudig\n! tracked"},
		{"hidden paragraphs", op("", `weg<text:hidden-paragraph text:is-hidden="true"/>`) + op("", `hier<text:hidden-paragraph text:is-hidden="false"/>`), nil, "p hier\n! hidden-text"},
		{"tables", `<table:table><table:table-column table:number-columns-repeated="3"/><table:table-header-rows><table:table-row><table:table-cell table:number-columns-spanned="2">` + op("", "breed") + `</table:table-cell><table:covered-table-cell/><table:table-cell>` + op("", "kop") + `</table:table-cell></table:table-row></table:table-header-rows>` +
			`<table:table-row><table:table-cell table:number-columns-repeated="2"/><table:table-cell><table:table><table:table-row><table:table-cell>` + op("", "binnen") + `</table:table-cell></table:table-row></table:table></table:table-cell></table:table-row></table:table>`, nil, `
			table 1
			  row
			    p breed
			    ^
			    p kop
			  row
			    .
			    .
			    table 0
			      row
			        p binnen`},
		{"notes, pictures and text boxes", op("Standard", `a<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body>`+op("", "noot")+`</text:note-body></text:note> <draw:a xlink:href="https://example.org/"><draw:frame><draw:image xlink:href="Pictures/x.wmf"/><draw:image xlink:href="Pictures/x.png"/><svg:title>t</svg:title><svg:desc>Een hal</svg:desc></draw:frame></draw:a>`+
			`<draw:frame><draw:text-box>`+op("", "In het kader")+`</draw:text-box></draw:frame>b<draw:custom-shape>`+op("", "vorm")+`</draw:custom-shape>`), map[string]string{"Pictures/x.png": "\x89PNG\r\n\x1a\n", "Pictures/x.wmf": "?"}, `
			p a[^1] {:![Een hal](x.png)→https://example.org/}b
			p In het kader
			p vorm
			note 1
			  p noot`},
		{"equations, charts and objects", op("Standard", `<draw:frame><draw:object xlink:href="./Object 1"/></draw:frame><draw:frame><draw:object xlink:href="./Object 2"/></draw:frame><draw:frame><draw:object xlink:href="./Object 3"/></draw:frame>`), map[string]string{
			"Object 1/content.xml": `<math xmlns="http://www.w3.org/1998/Math/MathML"><semantics><mrow><msup><mi>x</mi><mn>2</mn></msup><mo>=</mo><mfrac><mi>a</mi><mi>b</mi></mfrac></mrow><annotation>x^2</annotation></semantics></math>`,
			"Object 2/content.xml": `<office:document-content ` + odtSpaces + `><office:body><office:chart><chart:chart><chart:title>` + op("", "Groei") + `</chart:title><table:table><table:table-row><table:table-cell>` + op("", "7") + `</table:table-cell></table:table-row></table:table></chart:chart></office:chart></office:body></office:document-content>`}, `
			p x²=a/b
			p Groei
			table 1
			  row
			    p 7
			! equation
			! chart
			! object-left-out`},
		{"quotations, code, captions and indents", op("Quotations", "een") + op("Quotations", "twee") + op("Preformatted_20_Text", "a<text:s/>b") + op("Preformatted_20_Text", "c") + op("Figure", "Figuur 1"), nil, `
			> p een
			> p twee
			code "a b\nc"
			caption Figuur 1`},
		{"a damaged part", "", map[string]string{"styles.xml": "", "content.xml": `<office:document-content ` + odtSpaces + `><office:body><office:text>` + op("", "een") + op("", "twee") + `</office:body>`}, `
			p een
			p twee
			! damaged-part content.xml`},
	} {
		t.Run(c.name, func(t *testing.T) {
			doc, err := readODT(odtFile(t, c.body, c.parts))
			if err != nil {
				t.Fatal(err)
			}
			sketched(t, sketch(doc), c.want)
		})
	}
}

// TestFlatODT reads a file that is XML itself.
func TestFlatODT(t *testing.T) {
	doc, err := Read("a.fodt", []byte(`<?xml version="1.0"?><office:document `+odtSpaces+`><office:body><office:text>`+op("", "plat")+`</office:text></office:body></office:document>`), diag.Dutch)
	if err != nil {
		t.Fatal(err)
	}
	sketched(t, sketch(doc), "p plat")
}

func TestODTRefused(t *testing.T) {
	for name, c := range map[string]struct {
		body  string
		parts map[string]string
		code  string
	}{
		"no text":   {"", map[string]string{"content.xml": ""}, "broken-file"},
		"depth":     {strings.Repeat("<text:section>", 600), nil, "too-deep"},
		"encrypted": {"", map[string]string{"META-INF/manifest.xml": `<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><m:file-entry><m:encryption-data/></m:file-entry></m:manifest>`}, "encrypted"},
	} {
		_, err := readODT(odtFile(t, c.body, c.parts))
		var e *Error
		if !errors.As(err, &e) || e.Code != c.code {
			t.Errorf("%s: %v, want %s", name, err, c.code)
		}
	}
}

// TestODTHostile reads files that would take long, or much memory, if nothing bounded them.
func TestODTHostile(t *testing.T) {
	for name, body := range map[string]string{
		"tables in tables": strings.Repeat("<table:table><table:table-row><table:table-cell>", 150) + op("", "x") + strings.Repeat("</table:table-cell></table:table-row></table:table>", 150),
		"repeated cells":   "<table:table>" + strings.Repeat(`<table:table-row><table:table-cell table:number-columns-repeated="100000000"/></table:table-row>`, 2000) + "</table:table>",
		"spaces":           op("", strings.Repeat(`<text:s text:c="1000000000"/>`, 1000)),
		"lists":            strings.Repeat("<text:list><text:list-item>", 200) + op("", "x") + strings.Repeat("</text:list-item></text:list>", 200),
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := readODT(odtFile(t, body, nil)); err != nil {
				t.Error(err)
			}
		})
	}
}

// FuzzODT reads OpenDocument texts of which the parts are damaged.
func FuzzODT(f *testing.F) {
	f.Add([]byte(ol(`text:style-name="Num"`, op("", "a")+ol("", op("", "b")))), []byte(odtStylesPart))
	f.Add([]byte(`<table:table><table:table-row><table:table-cell table:number-columns-repeated="2"/></table:table-row></table:table>`), []byte(""))
	f.Add([]byte(op("P1", `<text:note><text:note-body>`+op("", "x")+`</text:note-body></text:note><draw:frame><draw:object xlink:href="Object 1"/></draw:frame>`)), []byte(odtStylesPart))
	f.Fuzz(func(t *testing.T, body, styles []byte) {
		data := odtFile(t, string(body), map[string]string{"styles.xml": string(styles), "Object 1/content.xml": string(body)})
		if doc, err := readODT(data); err == nil {
			valid(t, doc)
			Import(doc, Options{Name: "a.odt", Today: "2026-01-01"})
		}
	})
}
