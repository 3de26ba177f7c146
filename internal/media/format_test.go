package media

import (
	"bytes"
	"encoding/binary"
	"errors"
	"image"
	"image/color"
	"image/jpeg"
	"math/bits"
	"testing"
)

func TestInspectSaysWhatIsNoPicture(t *testing.T) {
	t.Parallel()
	box := func(brands string) string {
		return string([]byte{0, 0, 0, byte(8 + len(brands))}) + "ftyp" + brands + "more"
	}
	zip := func(name string) string { return "PK\x03\x04\x14\x00\x06\x00" + string(make([]byte, 22)) + name }
	for data, want := range map[string]string{
		box("heic\x00\x00\x00\x00mif1heic"): "heic", box("mif1\x00\x00\x00\x00mif1heic"): "heic", box("mif1\x00\x00\x00\x00mif1avif"): "avif", box("avif\x00\x00\x00\x00"): "avif",
		box("isom\x00\x00\x00\x00mp42"): "film", box("qt  heic"): "film", "\x00\x00\x00\x00ftypheic": "heic", "\xff\xff\xff\xffftypheic": "heic",
		"II*\x00\x10": "tiff", "MM\x00*": "tiff", "BM6\x00": "bmp", "8BPS\x00": "psd", "%PDF-1.7": "pdf", "%!PS-Adobe-3.0 EPSF": "eps", "\xff\x0a\x00": "jxl",
		zip("word/document.xml"): "docx", zip("[Content_Types].xml") + string(make([]byte, 90_000)) + "xl/workbook.xml": "xlsx", zip("ppt/x"): "pptx",
		zip("mimetypeapplication/vnd.oasis.opendocument.text"): "odf", zip("foto.jpg"): "archive", "Rar!\x1a": "archive", "\x1f\x8b\x08": "archive",
		"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": "office", "{\\rtf1": "rtf", "\n<!DOCTYPE HTML><svg>": "html", "version https://git-lfs.github.com/spec/v1\n": "pointer",
	} {
		_, err := Inspect("a.png", []byte(data))
		var foreign *ForeignError
		if !errors.As(err, &foreign) || foreign.What != want || !errors.Is(err, ErrUnknownFormat) {
			t.Errorf("%.60q: %v, want %s", data, err, want)
		}
	}
}

func TestAPictureIsWhatItsBytesSay(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, format, named string }{
		{"a/foto.png", "jpeg", "a/foto.jpg"}, {"foto.JPEG", "jpeg", "foto.JPEG"}, {"foto.jfif", "jpeg", "foto.jpg"}, {"foto.svg", "png", "foto.png"}, {"foto", "gif", "foto.gif"},
		{"foto.v2.heic", "webp", "foto.v2.webp"}, {"foto.jpg", "svg", "foto.svg"}, {"foto.SVG", "svg", "foto.SVG"},
	} {
		data := map[string][]byte{
			"jpeg": asJPEG(t, corners(8, 8)), "png": asPNG(t, corners(8, 8)), "gif": asGIF(t, 8, 8), "webp": fromBase64(t, losslessWebP),
			"svg": []byte("<?xml version=\"1.0\"?>\n" + string(svg(`width="1" height="1"`, ""))),
		}[c.format]
		info, err := Inspect(c.name, data)
		if err != nil || info.Format != c.format || info.Named(c.name) != c.named {
			t.Errorf("%s: %s named %s, %v; want %+v", c.name, info.Format, info.Named(c.name), err, c)
		}
	}
}

func TestEachCutOffPictureIsToldAsSuch(t *testing.T) {
	t.Parallel()
	for name, data := range map[string][]byte{
		"jpeg": asJPEG(t, corners(60, 40)), "turned": asJPEG(t, corners(60, 40), exif(binary.BigEndian, "MM", 6)), "cmyk": asCMYK([4]byte{0, 255, 255, 255}, true), "png": asPNG(t, corners(60, 40)),
		"gif": asGIF(t, 60, 40), "lossy webp": fromBase64(t, alphaWebP), "webp": fromBase64(t, losslessWebP), "svg": svg(`width="1" height="1"`, "<g><path/></g>"),
	} {
		for n := range len(data) - 2 {
			cut := data[:n]
			info, err := Inspect("a."+name, cut)
			if err == nil {
				_, err = New("").Clean(cut, info)
			}
			known := n > 12 // what it is
			if err == nil || known && !errors.Is(err, ErrCutOff) {
				t.Errorf("%s, %d of %d bytes: %v", name, n, len(data), err)
				break
			}
		}
	}
}

// asCMYK gives a JPEG of one colour in four parts as they are stored, with or without the mark of Adobe, of which parts are inverted.
func asCMYK(colour [4]byte, marked bool) []byte {
	out := []byte{0xFF, markerSOI}
	add := func(marker byte, payload string) { out = append(out, jpegSegment(marker, payload)...) }
	if marked {
		add(markerAPP14, "Adobe\x00\x64\x00\x00\x00\x00\x00")
	}
	add(0xDB, "\x00"+string(bytes.Repeat([]byte{1}, 64)))
	add(0xC0, "\x08\x00\x08\x00\x08\x04\x01\x11\x00\x02\x11\x00\x03\x11\x00\x04\x11\x00")
	add(0xC4, "\x00\x00\x00\x00\x0c\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x01\x02\x03\x04\x05\x06\x07\x08\x09\x0a\x0b") // twelve codes of four bits
	add(0xC4, "\x10\x01"+string(make([]byte, 16)))                                                                                    // one of one bit: the block's end
	add(markerSOS, "\x04\x01\x00\x02\x00\x03\x00\x04\x00\x00\x3f\x00")
	acc, count := uint64(0), 0
	for _, v := range colour {
		level := (int(v) - 128) * 8
		size := bits.Len(uint(max(level, -level)))
		if level < 0 {
			level += 1<<size - 1
		}
		acc, count = (acc<<4|uint64(size))<<(size+1)|uint64(level)<<1, count+4+size+1
		for count >= 8 {
			b := byte(acc >> (count - 8))
			if out = append(out, b); b == 0xFF {
				out = append(out, 0)
			}
			count -= 8
		}
	}
	out = append(out, byte(acc<<(8-count))|byte(1<<(8-count)-1))
	return append(out, 0xFF, markerEOI)
}

func TestColoursOfPrintBecomeThoseOfScreens(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		stored [4]byte
		marked bool
		want   color.NRGBA
	}{
		{[4]byte{0, 255, 255, 255}, true, color.NRGBA{G: 255, B: 255, A: 255}}, {[4]byte{255, 255, 255, 255}, true, color.NRGBA{R: 255, G: 255, B: 255, A: 255}},
		{[4]byte{255, 0, 0, 255}, true, color.NRGBA{R: 255, A: 255}}, {[4]byte{255, 0, 0, 0}, false, color.NRGBA{G: 255, B: 255, A: 255}},
		{[4]byte{0, 0, 0, 0}, false, color.NRGBA{R: 255, G: 255, B: 255, A: 255}}, {[4]byte{0, 0, 0, 128}, false, color.NRGBA{R: 127, G: 127, B: 127, A: 255}},
	} {
		data := asCMYK(c.stored, c.marked)
		info := mustInspect(t, "a.jpg", data)
		if !info.CMYK || info.Width != 8 {
			t.Errorf("%v: %+v", c, info)
		}
		for what, draw := range map[string]func() ([]byte, error){
			"original": func() ([]byte, error) { return New("").Clean(data, info) },
			"copy":     func() ([]byte, error) { out, _, err := New("").Copy(data, info, 4); return out, err },
			"mail":     func() ([]byte, error) { out, _, _, err := New("").ForMail(data, info); return out, err },
		} {
			out, err := draw()
			if err != nil {
				t.Fatalf("%s: %v", what, err)
			}
			got, err := jpeg.Decode(bytes.NewReader(out))
			if err != nil {
				t.Fatal(err)
			}
			if _, ok := got.(*image.YCbCr); !ok {
				t.Errorf("%s is %T", what, got)
			}
			wantColour(t, what, got.At(1, 1), c.want)
		}
	}
}
