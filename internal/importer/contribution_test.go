package importer

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io/fs"
	"slices"
	"strings"
	"testing"

	"leerblad/internal/bounds"
	"leerblad/internal/diag"
	"leerblad/internal/document"
	"leerblad/internal/markdown"
	"leerblad/internal/source"
)

// packed is a file of an archive; change makes its header what no honest program writes.
type packed struct {
	name, data string
	change     func(*zip.FileHeader)
}

const goodStory = "---\ntitle: \"Een proef: met z'n allen\"\ndate: 2026-11-30\ndraft: true\nregions: [friesland]\noutcome: mixed\nlessons:\n  - \"Begin: klein\"\n---\n\n## Aanleiding\n\nHet begon \\* klein.\n"

// parcelOf packs files, a good story first if none of them is one.
func parcelOf(t testing.TB, files ...packed) []byte {
	t.Helper()
	if !slices.ContainsFunc(files, func(f packed) bool { return strings.HasSuffix(f.name, storyFile) }) {
		files = append([]packed{{name: storyFile, data: goodStory}}, files...)
	}
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, f := range files {
		h := &zip.FileHeader{Name: f.name, Method: zip.Deflate}
		if f.change != nil {
			f.change(h)
		}
		create := w.CreateHeader
		if h.UncompressedSize64 > 0 || h.CRC32 > 0 || h.Method > zip.Deflate {
			create = w.CreateRaw
		}
		part, err := create(h)
		if err == nil {
			_, err = part.Write([]byte(f.data))
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

// withMedia is a story with media items in its front matter.
func withMedia(items string) packed {
	return packed{name: storyFile, data: strings.Replace(goodStory, "---\n\n", "media:\n"+items+"---\n\n", 1)}
}

func withBody(body string) packed {
	return packed{name: storyFile, data: goodStory + "\n" + body + "\n"}
}

func pictureOf(t testing.TB, ending string, w, h int) string {
	t.Helper()
	var out bytes.Buffer
	var err error
	switch m := image.NewPaletted(image.Rect(0, 0, w, h), []color.Color{color.White, color.Black}); ending {
	case "png":
		err = png.Encode(&out, m)
	case "jpg":
		err = jpeg.Encode(&out, m, nil)
	case "gif":
		err = gif.Encode(&out, m, nil)
	}
	if err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestContributionsThatNoFormMadeAreRefused(t *testing.T) {
	pic := "  - {type: image, src: a.png, alt: iets}\n"
	raw := func(change func(*zip.FileHeader)) []packed { return []packed{{"a.png", "x", change}} }
	named := func(name string) []packed { return []packed{{name: name, data: "x"}} }
	many := make([]packed, maxParcelFiles)
	for i := range many {
		many[i].name = "a-" + strings.Repeat("1", i+1) + ".png"
	}
	good := parcelOf(t, packed{name: senderFile, data: strings.Repeat("ik ben het ", 100)})
	stored := parcelOf(t, packed{senderFile, "het mag", func(h *zip.FileHeader) { h.Method = zip.Store }})
	for name, c := range map[string]struct {
		files []packed
		data  []byte
		want  string
	}{
		"a file of 41 MB of nothing":          {[]packed{{name: "a.png", data: strings.Repeat("\x00", maxParcel+1)}}, nil, "parcel-large"},
		"many that are too much together":     {[]packed{{name: "a.png", data: strings.Repeat("\x00", maxParcel/2)}, {name: "b.png", data: strings.Repeat("\x00", maxParcel/2)}}, nil, "parcel-large"},
		"a size of an exabyte":                {raw(func(h *zip.FileHeader) { h.UncompressedSize64, h.CompressedSize64 = 1<<60, 1 }), nil, "parcel-large"},
		"a size that is less than there is":   {nil, understated(t, strings.Repeat("\x00", maxParcel+1)), "parcel-broken"},
		"a size that is less by a byte":       {nil, understated(t, strings.Repeat("\x00", 1000)), "parcel-broken"},
		"more files than there are fields":    {many, nil, "parcel-files"},
		"a file that leads out":               {named("../a.png"), nil, "parcel-name"},
		"one that leads out of the folder":    {[]packed{{name: "x/" + storyFile, data: goodStory}, {name: "x/../../a.png"}}, nil, "parcel-name"},
		"an absolute path":                    {named("/etc/a.png"), nil, "parcel-name"},
		"a path of Windows":                   {named(`..\a.png`), nil, "parcel-name"},
		"a drive":                             {named("C:a.png"), nil, "parcel-name"},
		"a device":                            {named("con.png"), nil, "parcel-name"},
		"a folder":                            {named("b/a.png"), nil, "parcel-name"},
		"a name that is not UTF-8":            {named("a\xff.png"), nil, "parcel-name"},
		"a name with a capital":               {named("A.png"), nil, "parcel-name"},
		"a name with a line in it":            {named("a\n.png"), nil, "parcel-name"},
		"a long name":                         {named(strings.Repeat("a", 200) + ".png"), nil, "parcel-name"},
		"an archive within":                   {named("a.zip"), nil, "parcel-name"},
		"a page":                              {named("a.html"), nil, "parcel-name"},
		"a drawing":                           {named("a.svg"), nil, "parcel-name"},
		"another text":                        {named("index.md"), nil, "parcel-name"},
		"a hidden file":                       {named(".htaccess"), nil, "parcel-name"},
		"two of one name":                     {append(named("a.png"), named("a.png")...), nil, "parcel-twice"},
		"a link":                              {raw(func(h *zip.FileHeader) { h.SetMode(0o777 | fs.ModeSymlink) }), nil, "parcel-link"},
		"a device file":                       {raw(func(h *zip.FileHeader) { h.SetMode(0o666 | fs.ModeDevice) }), nil, "parcel-link"},
		"an encrypted file":                   {raw(func(h *zip.FileHeader) { h.Flags |= 1 }), nil, "parcel-encrypted"},
		"a method of its own":                 {raw(func(h *zip.FileHeader) { h.Method = 12 }), nil, "parcel-method"},
		"a wrong checksum":                    {nil, bytes.Replace(stored, []byte("het mag"), []byte("het mat"), 1), "parcel-broken"},
		"half a file":                         {nil, good[:len(good)/2], "parcel-broken"},
		"a file without its end":              {nil, good[:len(good)-1], "parcel-broken"},
		"no archive":                          {nil, []byte("<html>"), "parcel-broken"},
		"an empty archive":                    {nil, []byte("PK\x05\x06" + strings.Repeat("\x00", 18)), "parcel-story"},
		"no story":                            {[]packed{{name: senderFile, data: "x"}, {name: "x/" + storyFile}}, nil, "parcel-name"},
		"a story of 1 MB":                     {[]packed{{name: storyFile, data: goodStory + strings.Repeat("a b\n", bounds.Text/4)}}, nil, "text-too-large"},
		"a key of no story":                   {[]packed{{name: storyFile, data: strings.Replace(goodStory, "---\n", "---\nlayout: x\n", 1)}}, nil, "parcel-mistake"},
		"a key of sheets":                     {[]packed{{name: storyFile, data: strings.Replace(goodStory, "---\n", "---\nnumber: 1\n", 1)}}, nil, "parcel-mistake"},
		"a story without a title":             {[]packed{{name: storyFile, data: "---\ndate: 2026-01-01\n---\n"}}, nil, "parcel-mistake"},
		"a story without front matter":        {[]packed{{name: storyFile, data: "Tekst."}}, nil, "parcel-mistake"},
		"a story in UTF-16":                   {[]packed{{name: storyFile, data: "\xff\xfe-\x00-\x00-\x00"}}, nil, "parcel-mistake"},
		"a script in the text":                {[]packed{withBody("<script>alert(1)</script>")}, nil, "parcel-mistake"},
		"an element with an event":            {[]packed{withBody("a <img src=x onerror=alert(1)> b")}, nil, "parcel-mistake"},
		"a link that runs":                    {[]packed{withBody("[x](javascript:alert(1))")}, nil, "parcel-more"},
		"one that hides what it is":           {[]packed{withBody("[x](java&#10;script:alert(1))")}, nil, "parcel-more"},
		"a link of data":                      {[]packed{withBody("[x][y]\n\n[y]: data:text/html,x")}, nil, "parcel-more"},
		"a definition that nothing uses":      {[]packed{withBody("[y]: file:///etc/passwd")}, nil, "parcel-more"},
		"a link into the publication":         {[]packed{withBody("Zie [x](../../site.yaml) hier.")}, nil, "parcel-more"},
		"a card":                              {[]packed{withBody("[x](../ander.md)")}, nil, "parcel-more"},
		"a picture of the publication":        {[]packed{withBody("![x](../../media/geheim.png)")}, nil, "parcel-more"},
		"a finding":                           {[]packed{withBody("- [+] Wij zijn de beste. {#vinden}")}, nil, "parcel-more"},
		"a finding that has moved":            {[]packed{withBody("- {#a moved=sheets/b#a}")}, nil, "parcel-more"},
		"a page as a picture":                 {[]packed{withMedia(pic), {name: "a.png", data: "<html><script>alert(1)</script>"}}, nil, "parcel-picture"},
		"a drawing with a script as picture":  {[]packed{withMedia(pic), {name: "a.png", data: `<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>`}}, nil, "parcel-picture"},
		"a GIF as a picture":                  {[]packed{withMedia(pic), {name: "a.png", data: pictureOf(t, "gif", 9, 9)}}, nil, "parcel-picture"},
		"a picture of 100 million pixels":     {[]packed{withMedia(pic), {name: "a.png", data: pictureOf(t, "png", 10_000, 10_000)}}, nil, "parcel-pixels"},
		"a picture wider than any":            {[]packed{withMedia(pic), {name: "a.png", data: wide(pictureOf(t, "png", 9, 9))}}, nil, "parcel-pixels"},
		"half a picture":                      {[]packed{withMedia(pic), {name: "a.png", data: pictureOf(t, "png", 99, 99)[:60]}}, nil, "parcel-damaged"},
		"an empty picture":                    {[]packed{withMedia(pic), {name: "a.png"}}, nil, "parcel-damaged"},
		"a picture that is not there":         {[]packed{withMedia(pic)}, nil, "parcel-missing"},
		"a picture elsewhere in the folder":   {[]packed{withMedia("  - {type: image, src: ../../media/overleg.png, alt: iets}\n")}, nil, "parcel-missing"},
		"what the sender tells, as a picture": {[]packed{withMedia("  - {type: image, src: sender.txt, alt: iets}\n"), {name: senderFile, data: "x"}}, nil, "parcel-missing"},
		"a picture without a description":     {[]packed{withMedia("  - {type: image, src: a.png}\n"), {name: "a.png", data: pictureOf(t, "png", 9, 9)}}, nil, "parcel-mistake"},
		"a page as a film":                    {[]packed{withMedia("  - {type: video, src: a.mp4, transcript: x}\n"), {name: "a.mp4", data: "<html><script>"}}, nil, "parcel-recording"},
		"a page as a document":                {[]packed{withMedia("  - {type: article, src: a.mp4}\n"), {name: "a.mp4", data: "\x00\x00\x00\x18ftypmp42"}}, nil, "parcel-picture"},
		"a page as captions":                  {[]packed{withMedia("  - {type: audio, link: \"https://example.org/\", captions: a.vtt}\n"), {name: "a.vtt", data: "<html>"}}, nil, "parcel-captions"},
		"a medium at an address that runs":    {[]packed{withMedia("  - {type: article, link: \"javascript:alert(1)\"}\n")}, nil, "parcel-mistake"},
		"a transcript with a script":          {[]packed{withMedia("  - {type: audio, link: \"https://example.org/\", transcript: \"<script>x</script>\"}\n")}, nil, "parcel-mistake"},
		"a transcript with a picture":         {[]packed{withMedia("  - {type: audio, link: \"https://example.org/\", transcript: \"![x](../a.png)\"}\n")}, nil, "parcel-more"},
	} {
		if c.data == nil {
			c.data = parcelOf(t, c.files...)
		}
		_, err := Contribution(c.data, Options{Regions: []string{"friesland"}})
		var e *Error
		if !errors.As(err, &e) || e.Code != c.want {
			t.Errorf("%s: %v, want %s", name, err, c.want)
			continue
		}
		for _, l := range []diag.Language{diag.Dutch, diag.English} {
			if text := e.Text(l); !strings.Contains(text, "\n  ") || strings.Contains(text, "%!") || len(text) > 500 {
				t.Errorf("%s: it does not say what to do: %s", name, text)
			}
		}
	}
}

// understated packs a file whose sizes are said to be a byte of what they are.
func understated(t testing.TB, data string) []byte {
	out := parcelOf(t, packed{name: "a.png", data: data})
	z, err := zip.NewReader(bytes.NewReader(out), int64(len(out)))
	if err != nil {
		t.Fatal(err)
	}
	at := bytes.LastIndex(out, []byte("PK\x01\x02"))
	binary.LittleEndian.PutUint32(out[at+24:], uint32(z.File[1].UncompressedSize64-1))
	if len(data) > maxParcel {
		binary.LittleEndian.PutUint32(out[at+24:], 1)
	}
	return out
}

// wide makes the header of a PNG say that it is two billion pixels wide.
func wide(data string) string {
	out := []byte(data)
	binary.BigEndian.PutUint32(out[16:], 1<<31-1)
	binary.BigEndian.PutUint32(out[29:], crc32.ChecksumIEEE(out[12:29]))
	return string(out)
}

func TestContributionBecomesADraft(t *testing.T) {
	exif := "\xff\xe1\x00\x14Exif\x00\x00GPS 52.1 4.3"
	photo := pictureOf(t, "jpg", 40, 30)
	photo = photo[:2] + exif + photo[2:]
	story := withMedia("  - {type: image, src: a.png, alt: \"Een: foto\", credit: ik}\n  - {type: image, src: a.png, alt: dezelfde}\n" +
		"  - {type: video, src: b.mp4, captions: c.vtt, transcript: geheim.md}\n  - {type: testimonial, quote: ja, person: een jobcoach}\n")
	story.data = strings.Replace(story.data, "[friesland]", "[friesland, nergens]\naliases: [/over/]\nauthors: [Iemand]", 1) + "\nZie <https://example.org/x>.\n"
	files := []packed{story, {name: senderFile, data: "Naam: \x1b[31mIemand\u202e\r\nMail: x@example.org\n"}, {name: "a.png", data: photo}, {name: "b.mp4", data: "\x00\x00\x00\x18ftypmp42"},
		{name: "c.vtt", data: "WEBVTT\n\n00:00.000 --> 00:01.000\nhoi\n"}, {name: "los.png", data: "x"}}
	data := parcelOf(t, files...)
	text, err := Contribution(data, Options{Regions: []string{"friesland"}})
	if err != nil {
		t.Fatal(err)
	}
	want := `---
title: "Een proef: met z'n allen"
date: 2026-11-30
draft: true
# Ingestuurd met het formulier. Wie het stuurde, en de toestemming, staan in sender.txt in het zip-bestand: bewaar dat.
regions: [friesland]
outcome: mixed
lessons:
  - "Begin: klein"
media:
  - type: image
    src: a.jpg
    alt: "Een: foto"
    credit: ik
  - type: image
    src: a.jpg
    alt: dezelfde
  - type: video
    src: b.mp4
    captions: c.vtt
    transcript: "geheim.md <!-- text -->"
  - type: testimonial
    quote: ja
    person: een jobcoach
---

## Aanleiding

Het begon \* klein.

Zie <https://example.org/x>.
`
	if string(text.Markdown) != want || text.Slug != "een-proef-met-zn-allen" {
		t.Errorf("%s: %s", text.Slug, text.Markdown)
	}
	var names []string
	for _, f := range text.Files {
		names = append(names, f.Name)
		if bytes.Contains(f.Data, []byte("GPS")) {
			t.Errorf("%s says where it was taken", f.Name)
		}
	}
	if got := strings.Join(names, " "); got != "a.jpg b.mp4 c.vtt" {
		t.Errorf("files %s", got)
	}
	var said []string
	for _, r := range text.Remarks {
		said = append(said, r.Text(diag.Dutch))
	}
	all := strings.Join(said, "\n")
	for _, part := range []string{"https://example.org/x", "“nergens”", "aliases is niet", "authors is niet", "“los.png”", "“b.mp4”", "\n  Naam: [31mIemand\n  Mail: x@example.org"} {
		if !strings.Contains(all, part) {
			t.Errorf("nothing says %q: %s", part, all)
		}
	}
	if bytes.Contains(text.Markdown, []byte("x@example.org")) {
		t.Error("the sender is in the text")
	}

	// A Mac unpacks what it downloads, and packs the folder with what it knows of it.
	for i := range files {
		files[i].name = "een-proef.leerblad/" + files[i].name
	}
	files = append(files, packed{name: "een-proef.leerblad/.DS_Store"}, packed{name: "__MACOSX/een-proef.leerblad/._a.png"}, packed{name: "een-proef.leerblad/"})
	again, err := Contribution(parcelOf(t, files...), Options{Regions: []string{"friesland"}})
	if err != nil || !bytes.Equal(again.Markdown, text.Markdown) {
		t.Errorf("from a Mac: %v", err)
	}
}

func TestContributionsAreKnown(t *testing.T) {
	good := parcelOf(t)
	for name, want := range map[string]bool{
		"proef.leerblad.zip": true, "map/proef.leerblad (1).ZIP": true, "proef.leerblad - kopie.zip": true, "verhaal.zip": true, "verhaal.docx": false,
		"leerblad.zip": false, "proef.leerblad.zip.exe": false,
	} {
		data := good
		if name == "leerblad.zip" {
			data = []byte("PK\x03\x04")
		}
		if got := IsContribution(name, data); got != want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

// Whatever is in an archive: what is taken over has no mistakes that stop a site, stays a draft, and brings files under names of their own.
func FuzzContribution(f *testing.F) {
	f.Add(parcelOf(f, packed{name: senderFile, data: "x"}), []byte(goodStory))
	f.Add(parcelOf(f, withMedia("  - {type: image, src: a.png, alt: x}\n"), packed{name: "a.png", data: pictureOf(f, "png", 3, 3)}), []byte("---\ntitle: \"a\\nb\"\ndate: 2026-01-01\ntranscript: [x]\n---\n***\n> a\n\n[a]: <b>"))
	f.Add(understated(f, "xx"), []byte("---\r\ntitle: 'a'\r\ndate: 2026-01-01\r\nmedia: [{type: audio, link: https://a.b/, transcript: \"a.md\"}]\r\n---\r\n\r\n[^1]\r\n\r\n[^1]: a\r\n"))
	parser := markdown.New()
	f.Fuzz(func(t *testing.T, data, story []byte) {
		for _, data := range [][]byte{data, parcelOf(t, packed{name: storyFile, data: string(story)})} {
			text, err := Contribution(data, Options{})
			if err != nil {
				if e := new(Error); !errors.As(err, &e) || strings.Contains(e.Text(diag.Dutch)+e.Text(diag.English), "%!") {
					t.Fatal(err)
				}
				continue
			}
			file := source.NewFile("stories/x.md", text.Markdown)
			doc, problems := document.Parse(parser, file, document.Place{Kind: document.Stories, Slug: "x"})
			if problems.HasErrors() || !doc.Meta.Draft {
				t.Fatalf("%v: %q", problems, text.Markdown)
			}
			for _, file := range text.Files {
				if !parcelName.MatchString(file.Name) {
					t.Errorf("%q", file.Name)
				}
			}
		}
	})
}
