package importer

import (
	"bytes"
	"path/filepath"
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"leerblad/internal/bounds"
	"leerblad/internal/diag"
)

// Read reads a file for a publication in a language. What kind of file it is, its first bytes say; where they leave it open, the end of
// its name does. The error is an *Error if the file cannot be read.
func Read(name string, data []byte, l diag.Language) (*Document, error) {
	doc, err := read(name, data, l)
	if err != nil {
		return nil, err
	}
	if size(doc) > bounds.Text {
		return nil, tooMuchText()
	}
	if doc.Blocks = tidyBlocks(doc.Blocks); doc.Title == nil && len(doc.Blocks) == 0 {
		return nil, &Error{Code: "empty-file"}
	}
	return doc, nil
}

func read(name string, data []byte, l diag.Language) (*Document, error) {
	if len(data) > maxFile {
		return nil, &Error{Code: "too-large", Args: []any{maxFile >> 20}}
	}
	ending := strings.ToLower(filepath.Ext(name))
	head := data[:min(len(data), 4096)]
	switch {
	case bytes.HasPrefix(data, []byte("PK\x03\x04")):
		return readArchive(ending, data, l)
	case bytes.HasPrefix(data, []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")):
		return nil, &Error{Code: compound(ending, data)}
	case bytes.Contains(data[:min(len(data), 1024)], []byte("%PDF-")):
		return nil, &Error{Code: "pdf"}
	case bytes.Contains(head, []byte("<office:document ")):
		return readODT(data)
	case bytes.HasPrefix(data, []byte(`{\rtf`)):
		return nil, &Error{Code: "rtf"}
	case !bytes.HasPrefix(data, []byte("\xff\xfe")) && !bytes.HasPrefix(data, []byte("\xfe\xff")) && bytes.IndexByte(head, 0) >= 0:
		return nil, &Error{Code: "unknown-file"}
	}
	switch ending {
	case ".docx", ".docm", ".dotx", ".odt", ".xlsx", ".xlsm", ".pages", ".numbers":
		if len(data) > 0 {
			return nil, &Error{Code: "broken-file"}
		}
	case ".html", ".htm", ".xhtml":
		return readHTML(data)
	case ".csv", ".tsv", ".tab":
		if len(data) > maxPlain {
			return nil, tooMuchText()
		}
		return readCSV(data)
	case ".md", ".markdown", ".mdown", ".mkd":
		return readMarkdown(data)
	}
	if looksLikeHTML.MatchString(decode(head)) {
		return readHTML(data)
	}
	return readText(data)
}

// looksLikeHTML is how a page or a clipboard begins.
var looksLikeHTML = regexp.MustCompile(`(?is)^\s*(?:Version:[\d.]+\s+StartHTML:|(?:<!--.*?-->\s*|<\?xml[^>]*>\s*)*<(?:!doctype html|html|head|body|meta|div|p|span|table|b|ul|ol|h[1-6])\b)`)

// readArchive tells the kinds of archives apart by what is in them.
func readArchive(ending string, data []byte, l diag.Language) (*Document, error) {
	a, err := openArchive(data)
	if err != nil {
		return nil, err
	}
	part := func(name string) string {
		text, _ := a.read(name)
		return string(text)
	}
	types, mime := part("[Content_Types].xml"), part("mimetype")
	switch {
	case strings.Contains(types, "wordprocessingml"), strings.Contains(types, "ms-word"), a.has("word/document.xml"):
		return readDOCX(data)
	case strings.Contains(types, "spreadsheetml"), strings.Contains(types, "ms-excel"):
		return readXLSX(data, l)
	case strings.HasPrefix(mime, "application/vnd.oasis.opendocument.text"):
		return readODT(data)
	case strings.HasPrefix(mime, "application/vnd.oasis.opendocument.spreadsheet"):
		return nil, &Error{Code: "ods"}
	case a.has("Index/Document.iwa"), a.has("index.xml"), ending == ".pages", ending == ".numbers":
		return nil, &Error{Code: "pages"}
	}
	return nil, &Error{Code: "unknown-file"}
}

// compound tells what a file is that is in Microsoft's older form: names in it are in UTF-16.
func compound(ending string, data []byte) string {
	has := func(name string) bool {
		var wide []byte
		for _, b := range []byte(name) {
			wide = append(wide, b, 0)
		}
		return bytes.Contains(data, wide)
	}
	switch {
	case has("EncryptedPackage"):
		return "encrypted"
	case has("WordDocument"):
		return "legacy-doc"
	case has("Workbook"), ending == ".xls":
		return "legacy-xls"
	}
	return "unknown-file"
}

// decode gives the characters of a text that does not say its own encoding: by its byte order mark, else UTF-8 if it is that, else
// Windows' own. Lines end in "\n".
func decode(data []byte) string {
	switch {
	case bytes.HasPrefix(data, []byte("\xff\xfe")), bytes.HasPrefix(data, []byte("\xfe\xff")):
		if out, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder().Bytes(data); err == nil {
			data = out
		}
	case !utf8.Valid(trimRune(data)):
		if out, err := charmap.Windows1252.NewDecoder().Bytes(data); err == nil {
			data = out
		}
	}
	text := strings.TrimPrefix(string(data), "\ufeff")
	return strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
}

// trimRune drops a character at the end of which not all bytes are there.
func trimRune(data []byte) []byte {
	for i := 1; i < utf8.UTFMax && i <= len(data); i++ {
		if utf8.RuneStart(data[len(data)-i]) {
			if !utf8.FullRune(data[len(data)-i:]) {
				return data[:len(data)-i]
			}
			break
		}
	}
	return data
}
