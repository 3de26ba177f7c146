package importer

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"leerblad/internal/bounds"
	"leerblad/internal/diag"
)

// refused gives the code of the error with which a file is not read; "" if it is.
func refused(name string, data []byte) string {
	_, err := Read(name, data, diag.Dutch)
	var e *Error
	errors.As(err, &e)
	if e == nil {
		return ""
	}
	return e.Code
}

func TestTextsLargerThanThePublicationReadsAreRefused(t *testing.T) {
	words := strings.Repeat("woorden ", bounds.Text/8+1)
	sheet := func(cells string) map[string]string {
		return map[string]string{"xl/worksheets/sheet1.xml": `<worksheet><row>` + cells + `</row></worksheet>`}
	}
	long := sheet(strings.Repeat(`<c t="s"><v>0</v></c>`, 100))
	long["xl/sharedStrings.xml"] = "<sst><si><t>" + words[:20_000] + "</t></si></sst>"
	runs := sheet(strings.Repeat(`<c t="s"><v>0</v></c>`, 10_000))
	runs["xl/sharedStrings.xml"] = "<sst><si>" + strings.Repeat("<r><t>a</t></r>", 10_000) + "</si></sst>"
	links := docxRels(`<Relationship Id="l" Type="x/hyperlink" TargetMode="External" Target="https://example.org/` + words[:3000] + `"/>`)
	chunk := docxRels(`<Relationship Id="c" Type="x/aFChunk" Target="chunk.html"/>`)
	for name, data := range map[string][]byte{
		"a.docx":                            docxFile(t, wp("", words), nil),
		"a.odt":                             odtFile(t, op("", words), nil),
		"a.html":                            []byte("<p>" + words),
		"a.md":                              []byte(words),
		"a.txt":                             []byte(words),
		"a.csv":                             []byte("a,b\n1," + words),
		"a.xlsx":                            xlsxOf(sheet(`<c t="inlineStr"><is><t>` + words + `</t></is></c>`)),
		"one text in many cells.xlsx":       xlsxOf(long),
		"one text of runs in cells.xlsx":    xlsxOf(runs),
		"spaces by their number.odt":        odtFile(t, op("", strings.Repeat(`<text:s text:c="100"/>a`, bounds.Text/100)), nil),
		"one address at many links.docx":    docxFile(t, wp("", strings.Repeat(`<w:hyperlink r:id="l">`+wr("", "a")+`</w:hyperlink>`+wr("", "b"), 400)), map[string]string{"word/_rels/document.xml.rels": links}),
		"one part named many times.docx":    docxFile(t, strings.Repeat(`<w:altChunk r:id="c"/>`, 2000), map[string]string{"word/_rels/document.xml.rels": chunk, "word/chunk.html": "<p>" + words[:20_000]}),
		"one description of a picture.docx": docxFile(t, strings.Repeat(`<w:p><w:r><w:drawing><wp:docPr descr="`+words[:900]+`"/><pic:pic><a:blip r:embed="img"/></pic:pic></w:drawing></w:r></w:p>`, 1300), nil),
		"numbers of items.docx": docxFile(t, strings.Repeat(wp(`<w:numPr><w:numId w:val="1"/></w:numPr>`, "a"), 6000), map[string]string{"word/numbering.xml": `<w:numbering ` + docxSpaces +
			`><w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/><w:lvlText w:val="` + words[:200] + `%1"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num></w:numbering>`}),
	} {
		if code := refused(name, data); code != "text-too-large" {
			t.Errorf("%s: %q", name, code)
		}
	}
	if text := imported("a.md", []byte(words[:bounds.Text*9/10])); !strings.Contains(text, "woorden") {
		t.Errorf("%.200s", text)
	}
}

// lying makes a Word file whose text is of another size than the archive says.
func lying(t *testing.T, body string, says uint64) []byte {
	t.Helper()
	r, err := zip.NewReader(bytes.NewReader(docxFile(t, body, nil)), int64(len(docxFile(t, body, nil))))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, f := range r.File {
		in, err := f.OpenRaw()
		if err != nil {
			t.Fatal(err)
		}
		head := f.FileHeader
		if head.Name == "word/document.xml" {
			head.UncompressedSize64 = says
		}
		to, err := w.CreateRaw(&head)
		if err == nil {
			_, err = io.Copy(to, in)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestHostileArchivesAreRefused(t *testing.T) {
	parts := map[string]string{}
	for i := range maxParts {
		parts[fmt.Sprint("word/x", i)] = "x"
	}
	var bomb bytes.Buffer
	z := zip.NewWriter(&bomb)
	z.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) { return flate.NewWriter(w, 1) })
	for _, name := range []string{"[Content_Types].xml", "word/document.xml"} {
		w, _ := z.Create(name)
		for range maxXML>>20 + 1 {
			_, _ = w.Write(make([]byte, 1<<20))
		}
	}
	_ = z.Close()
	entities := `<!DOCTYPE a [<!ENTITY a "lol"><!ENTITY b "&a;&a;"><!ENTITY c SYSTEM "file:///etc/hostname">]>`
	row := func(s string) []byte {
		return xlsxOf(map[string]string{"xl/worksheets/sheet1.xml": s})
	}
	for name, c := range map[string]struct {
		data []byte
		code string
	}{
		"bomb.docx":              {bomb.Bytes(), "too-large"},
		"says too much.docx":     {lying(t, wp("", "a"), maxUnpacked+1), "too-large"},
		"says too little.docx":   {lying(t, wp("", strings.Repeat("woorden ", 10_000)), 100), "broken-file"},
		"parts.docx":             {docxFile(t, wp("", "a"), parts), "too-many-parts"},
		"deep.odt":               {odtFile(t, op("", strings.Repeat("<text:span>", 10_000)+"a"), nil), "too-deep"},
		"deep.xlsx":              {row("<worksheet><row>" + strings.Repeat("<c>", 10_000)), "too-deep"},
		"a row of elements.xlsx": {row("<worksheet><row>" + strings.Repeat("<c/>", maxRowNodes) + "</row></worksheet>"), "too-many-nodes"},
		"entities.xlsx":          {row(entities + "<worksheet><row><c><v>&b;</v></c></row></worksheet>"), "broken-file"},
		"password.docx":          {compounded("EncryptedPackage"), "encrypted"},
		"old.doc":                {compounded("WordDocument"), "legacy-doc"},
		"old.xls":                {compounded("Workbook"), "legacy-xls"},
		"a.docx":                 {[]byte("%PDF-1.7\n"), "pdf"},
	} {
		if code := refused(name, c.data); code != c.code {
			t.Errorf("%s: %q, want %q", name, code, c.code)
		}
	}
	for _, name := range []string{"&b;", "&c;"} { // what stands before is read
		part := entities + `<w:document ` + docxSpaces + `><w:body>` + wp("", "voor") + wp("", name) + `</w:body></w:document>`
		got := imported("a.docx", docxFile(t, "", map[string]string{"word/document.xml": part}))
		if !strings.Contains(got, "\nvoor\n") || strings.Contains(got, "lol") || !strings.Contains(got, "damaged") {
			t.Errorf("%s: %s", name, got)
		}
	}
}

// compounded is a file in Microsoft's older form with a part of a name.
func compounded(name string) []byte {
	out := []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
	for _, b := range []byte(name) {
		out = append(out, b, 0)
	}
	return out
}

func TestNothingOutsideOfAFileIsNamed(t *testing.T) {
	var rels, body strings.Builder
	png := "\x89PNG\r\n\x1a\n"
	parts := map[string]string{}
	for i, target := range []string{"../../../evil.png", "/etc/evil.png", `..\..\evil.png`, "media/../../../evil.png", "media/con.png", "media/e\x00vil.png", "file:///etc/passwd", "media/.png"} {
		fmt.Fprintf(&rels, `<Relationship Id="p%d" Type="x/image" Target="%s"/>`, i, strings.ReplaceAll(target, "\x00", ""))
		fmt.Fprintf(&body, `<w:p><w:r><w:drawing><pic:pic><a:blip r:embed="p%d"/></pic:pic></w:drawing></w:r></w:p>`, i)
		parts[target], parts["word/"+target] = png+target, png+"word/"+target
	}
	for i, target := range []string{"http://127.0.0.1:9/x.png", "file:///etc/passwd"} {
		fmt.Fprintf(&rels, `<Relationship Id="e%d" Type="x/image" Target="%s" TargetMode="External"/>`, i, target)
		fmt.Fprintf(&body, `<w:p><w:r><w:drawing><pic:pic><a:blip r:link="e%d"/></pic:pic></w:drawing></w:r></w:p><w:altChunk r:id="e%d"/><w:subDoc r:id="e%d"/>`, i, i, i)
	}
	parts["word/_rels/document.xml.rels"] = docxRels(rels.String())
	doc, err := Read("a.docx", docxFile(t, wp("", "tekst")+body.String(), parts), diag.Dutch)
	if err != nil {
		t.Fatal(err)
	}
	text := Import(doc, Options{Name: "a.docx", Language: diag.English})
	for _, f := range text.Files {
		if strings.ContainsAny(f.Name, `/\:`+"\x00") || strings.HasPrefix(f.Name, ".") {
			t.Errorf("%q", f.Name)
		}
	}
	if len(text.Files) == 0 || strings.Contains(string(text.Markdown), "passwd") || strings.Contains(string(text.Markdown), "127.0.0.1") {
		t.Errorf("%d files\n%s", len(text.Files), text.Markdown)
	}
}

// A paragraph may have more emphasis than is read of one: its words are kept.
func TestCrowdedParagraphsKeepTheirWords(t *testing.T) {
	var text []Inline
	for i := range 2 * bounds.Signs {
		text = append(text, Inline{Text: "a", Style: Style(i % 2)})
	}
	got := string(Import(&Document{Blocks: []Block{&Paragraph{Text: text}}}, Options{}).Markdown)
	if n := strings.Count(got, "a"); n < len(text) || strings.Contains(got, `\*`) {
		t.Errorf("%d of %d: %.200s", n, len(text), got)
	}
}

func TestEqualPicturesAreOneFile(t *testing.T) {
	png := "\x89PNG\r\n\x1a\n"
	parts := map[string]string{"word/_rels/document.xml.rels": docxRels(`<Relationship Id="a" Type="x/image" Target="a.png"/><Relationship Id="b" Type="x/image" Target="b.png"/><Relationship Id="c" Type="x/image" Target="c.png"/>`),
		"word/a.png": png, "word/b.png": png, "word/c.png": png + "c"}
	var body string
	for _, id := range []string{"a", "b", "c"} {
		body += `<w:p><w:r><w:drawing><pic:pic><a:blip r:embed="` + id + `"/></pic:pic></w:drawing></w:r></w:p>`
	}
	doc, err := Read("a.docx", docxFile(t, body+wp("", "tekst"), parts), diag.Dutch)
	if err != nil {
		t.Fatal(err)
	}
	if files := Import(doc, Options{}).Files; len(files) != 2 || files[0].Name != "a.png" || files[1].Name != "c.png" {
		t.Error(files)
	}
}
