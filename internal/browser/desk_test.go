package browser_test

import (
	"archive/zip"
	"bytes"
	"flag"
	"image"
	"image/color"
	"image/jpeg"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

var wholeDesk = flag.Bool("desk", false, "do all tasks on the desk both ways in each browser, and look at its states in all looks")

// TestDesk does with the browser editor what editors come for, in two browsers: by keyboard alone in one and with a mouse in the other, or both in
// both.
func TestDesk(t *testing.T) {
	t.Parallel()
	program := leerblad(t)
	for browser, way := range map[string]string{"chrome": "keyboard", "firefox": "pointer"} {
		t.Run(browser, func(t *testing.T) {
			t.Parallel()
			env := []string{"BROWSER=" + browser}
			if !*wholeDesk {
				env = append(env, "WAY="+way)
			}
			onDesk(t, program, "desk.mjs", env...)
		})
	}
}

// TestDeskInWebKit does the first of those tasks in a third browser.
func TestDeskInWebKit(t *testing.T) {
	if !*webkit {
		t.Skip("needs -webkit, webkit2gtk-driver and xvfb")
	}
	onDesk(t, leerblad(t), "desk.mjs", "BROWSER=webkit", "TASKS=factsheet|evidence")
}

// TestDeskStates opens each state of the browser editor and has axe look at it, in light, or in all looks.
func TestDeskStates(t *testing.T) {
	t.Parallel()
	looks := "light"
	if *wholeDesk {
		looks = "light,dark,forced,narrow,zoomed"
	}
	onDesk(t, leerblad(t), "desk-states.mjs", "LOOKS="+looks)
}

// onDesk runs a file of tests on the sample publication, with what editors bring beside it.
func onDesk(t *testing.T, program, file string, env ...string) {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(filepath.Join(dir, "content"), os.DirFS("../../content")); err != nil {
		t.Fatal(err)
	}
	brought(t, dir)
	cmd := exec.Command("node", "--test", "--test-timeout=480000", file)
	cmd.Env = append(append(os.Environ(), "LEERBLAD="+program, "FOLDER="+dir, "CACHE="+pictures), env...)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
}

// brought makes what editors bring: a factsheet of Word, and a picture of a phone, which was held upright.
func brought(t *testing.T, dir string) {
	t.Helper()
	paragraph := func(style, text string) string {
		return `<w:p><w:pPr><w:pStyle w:val="` + style + `"/></w:pPr><w:r><w:t xml:space="preserve">` + text + `</w:t></w:r></w:p>`
	}
	var doc strings.Builder
	doc.WriteString(`<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>`)
	for _, p := range [][2]string{
		{"Title", "Factsheet over de eerste ronde"}, {"Normal", "Vijf regio’s vertelden wat zij zagen."},
		{"Heading1", "Samenwerking"}, {"Normal", "⊕ Partijen vinden elkaar sneller."}, {"Normal", "☺ Het overleg vraagt veel tijd."},
		{"Heading1", "Praktijkleren"}, {"Normal", "⊕ Werkgevers bieden meer plekken aan."}, {"Normal", "☺ Begeleiding is er niet overal."},
	} {
		doc.WriteString(paragraph(p[0], p[1]))
	}
	doc.WriteString(`</w:body></w:document>`)
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, part := range [][2]string{
		{"[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`},
		{"_rels/.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`},
		{"word/document.xml", doc.String()},
		{"word/_rels/document.xml.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="s" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>`},
		{"word/styles.xml", `<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style><w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/></w:style><w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style></w:styles>`},
	} {
		w, err := z.Create(part[0])
		if err == nil {
			_, err = w.Write([]byte(part[1]))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	picture := image.NewRGBA(image.Rect(0, 0, 1600, 1200))
	for i := range picture.Pix {
		picture.Pix[i] = byte(i >> 8)
	}
	picture.Set(0, 0, color.White)
	var shot bytes.Buffer
	if err := jpeg.Encode(&shot, picture, nil); err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string][]byte{"Factsheet ronde 1.docx": b.Bytes(), "IMG_20210701.JPG": upright(shot.Bytes())} {
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o666); err != nil {
			t.Fatal(err)
		}
	}
}

// upright says in a JPEG, as phones do, that it is to be turned by a quarter.
func upright(data []byte) []byte {
	exif := "Exif\x00\x00MM\x00*\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00\x06\x00\x00\x00\x00\x00\x00"
	n := len(exif) + 2
	return append(append([]byte{0xff, 0xd8, 0xff, 0xe1, byte(n >> 8), byte(n)}, exif...), data[2:]...)
}
