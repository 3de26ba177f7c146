package media

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"path"
	"slices"
	"strings"
)

// extensions are those by which files of each format are known everywhere; one with another gets the first.
var extensions = map[string][]string{
	"jpeg": {"jpg", "jpeg"}, "png": {"png"}, "gif": {"gif"}, "webp": {"webp"}, "svg": {"svg"},
}

// Named gives the name of a file of the picture's format: its own, or one with the right extension.
func (i Info) Named(name string) string {
	ext := path.Ext(name)
	if slices.Contains(extensions[i.Format], strings.ToLower(strings.TrimPrefix(ext, "."))) {
		return name
	}
	return strings.TrimSuffix(name, ext) + "." + extensions[i.Format][0]
}

// A ForeignError says that the bytes are something else than a picture that can be shown. What is one of the values that foreign gives.
type ForeignError struct {
	What string
}

func (e *ForeignError) Error() string { return fmt.Sprintf("%v: %s", ErrUnknownFormat, e.What) }

// Unwrap makes it an ErrUnknownFormat.
func (e *ForeignError) Unwrap() error { return ErrUnknownFormat }

func sniff(data []byte) string {
	switch {
	case bytes.HasPrefix(data, []byte("\xFF\xD8\xFF")):
		return "jpeg"
	case bytes.HasPrefix(data, []byte(pngHeader)):
		return "png"
	case bytes.HasPrefix(data, []byte("GIF8")):
		return "gif"
	case len(data) >= 12 && string(data[:4]) == "RIFF" && string(data[8:12]) == "WEBP":
		return "webp"
	case drawing(data):
		return "svg"
	}
	return ""
}

// beginning is how far it is looked for what a file is, in bytes.
const beginning = 4096

// drawing reports whether a text begins like an SVG.
func drawing(data []byte) bool {
	text := bytes.TrimLeft(data[:min(len(data), beginning)], "\ufeff \t\r\n")
	for _, start := range []string{"<?xml", "<!--", "<!DOCTYPE svg"} {
		if bytes.HasPrefix(text, []byte(start)) {
			return bytes.Contains(text, []byte("<svg"))
		}
	}
	return bytes.HasPrefix(text, []byte("<svg"))
}

// magic is what files of other formats begin with.
var magic = []struct{ start, what string }{
	{"%PDF", "pdf"}, {"II*\x00", "tiff"}, {"MM\x00*", "tiff"}, {"BM", "bmp"}, {"8BPS", "psd"}, {"%!PS", "eps"}, {"\xC5\xD0\xD3\xC6", "eps"},
	{"\xFF\x0A", "jxl"}, {"\x00\x00\x00\x0cJXL ", "jxl"}, {"\x00\x00\x00\x0cjP  ", "jp2"}, {"\x00\x00\x01\x00", "ico"},
	{"\xD7\xCD\xC6\x9A", "wmf"}, {"\x01\x00\x00\x00", "wmf"}, {"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "office"}, {"{\\rtf", "rtf"},
	{"Rar!", "archive"}, {"7z\xBC\xAF\x27\x1C", "archive"}, {"\x1F\x8B", "archive"}, {"version https://git-lfs", "pointer"},
}

// foreign says what bytes are that are no picture which can be shown, or gives "".
func foreign(data []byte) string {
	switch {
	case len(data) >= 12 && string(data[4:8]) == "ftyp":
		return brand(data)
	case bytes.HasPrefix(data, []byte("PK\x03\x04")):
		return packed(data)
	}
	for _, m := range magic {
		if bytes.HasPrefix(data, []byte(m.start)) {
			return m.what
		}
	}
	text := bytes.ToLower(bytes.TrimLeft(data[:min(len(data), beginning)], "\ufeff \t\r\n"))
	if bytes.HasPrefix(text, []byte("<!doctype html")) || bytes.HasPrefix(text, []byte("<html")) {
		return "html"
	}
	return ""
}

// brand says what a file of ISO/IEC 14496-12 holds, by the brands in its first box.
func brand(data []byte) string {
	box := data[8:min(len(data), int(max(12, min(beginning, binary.BigEndian.Uint32(data)))))]
	is := func(brands ...string) bool {
		for at := 0; at+4 <= len(box); at += 4 {
			if at != 4 && slices.Contains(brands, string(box[at:at+4])) { // 4 is a version
				return true
			}
		}
		return false
	}
	switch {
	case is("avif", "avis"):
		return "avif"
	case is("heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1"):
		return "heic"
	}
	return "film"
}

// packed says what is in a ZIP file, by the names of its files.
func packed(data []byte) string {
	for _, p := range []struct{ name, what string }{
		{"word/", "docx"}, {"xl/", "xlsx"}, {"ppt/", "pptx"}, {"mimetypeapplication/vnd.oasis.opendocument", "odf"},
	} {
		if bytes.Contains(data[:min(len(data), beginning)], []byte(p.name)) || bytes.Contains(data[max(0, len(data)-16*beginning):], []byte(p.name)) {
			return p.what
		}
	}
	return "archive"
}
