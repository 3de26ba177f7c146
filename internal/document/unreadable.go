package document

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"regexp"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"leerblad/internal/diag"
	"leerblad/internal/edit"
	"leerblad/internal/source"
)

// Unreadable says why a text cannot be read at all, or gives nil.
func Unreadable(f *source.File) diag.List {
	start := source.At(f, 0, 0)
	if f.Data == nil && f.Size > 0 {
		return diag.List{{Code: "file-too-large", Span: start, Args: []any{fmt.Sprintf("%.1f", float64(f.Size)/(1<<20))}}}
	}
	if order := utf16Order(f.Data); order != nil {
		return diag.List{{Code: "utf-16", Span: start, Fixes: rewritten(f, "save-as", fromUTF16(f.Data, order), false)}}
	}
	if at := source.InvalidUTF8(f.Data); at >= 0 {
		d := diag.Diagnostic{Code: "not-utf8", Span: source.At(f, at, at+1)}
		if text, mixed := fromWindows(f.Data); text != "" {
			d.Code, d.Args = "windows-1252", []any{string(charmap.Windows1252.DecodeByte(f.Data[at]))}
			d.Fixes = rewritten(f, "save-as", text, mixed)
		}
		return diag.List{d}
	}
	if at := loneReturn(f.Data); at >= 0 {
		ends := "\n"
		if bytes.IndexByte(f.Data, '\n') < 0 {
			at = 0 // all of it is one line
		}
		if bytes.Contains(f.Data, []byte("\r\n")) {
			ends = "\r\n"
		}
		text := oldEnds.ReplaceAllString(string(f.Data), ends)
		return diag.List{{Code: "line-ends", Span: source.At(f, at, at), Fixes: rewritten(f, "lines", text, false)}}
	}
	return nil
}

// rewritten is the fix that gives a file another text, if there is one.
func rewritten(f *source.File, title, text string, choose bool) []diag.Fix {
	if text == "" {
		return nil
	}
	return []diag.Fix{{Title: title, Changes: edit.Changes{{Span: source.At(f, 0, len(f.Data)), Text: text}}, Choose: choose}}
}

// oldEnds are the line ends of a file in which some are a carriage return alone.
var oldEnds = regexp.MustCompile("\r*\n|\r")

// loneReturn gives the offset of the first carriage return that no line feed follows, or -1.
func loneReturn(data []byte) int {
	for at := 0; ; at++ {
		i := bytes.IndexByte(data[at:], '\r')
		if i < 0 {
			return -1
		}
		if at += i; at+1 == len(data) || data[at+1] != '\n' {
			return at
		}
	}
}

// utf16Order gives the order of the bytes of a text in UTF-16, or nil for another: there is a byte order mark, or most characters of its
// beginning are of ASCII.
func utf16Order(data []byte) binary.ByteOrder {
	const beginning = 1000
	switch {
	case len(data) < 2:
		return nil
	case bytes.HasPrefix(data, []byte("\xff\xfe\x00\x00")):
		return nil // UTF-32
	case bytes.HasPrefix(data, []byte("\xff\xfe")):
		return binary.LittleEndian
	case bytes.HasPrefix(data, []byte("\xfe\xff")):
		return binary.BigEndian
	}
	zeros := [2]int{}
	some := data[:min(len(data), beginning)&^1]
	for i, b := range some {
		if b == 0 {
			zeros[i%2]++
		}
	}
	switch most := len(some) / 2; {
	case zeros[1] > most*2/3 && zeros[0] < most/10:
		return binary.LittleEndian
	case zeros[0] > most*2/3 && zeros[1] < most/10:
		return binary.BigEndian
	}
	return nil
}

// fromUTF16 gives a text in UTF-16 as UTF-8 without its byte order mark, "" for one that is damaged.
func fromUTF16(data []byte, order binary.ByteOrder) string {
	units := make([]uint16, len(data)/2)
	for i := range units {
		units[i] = order.Uint16(data[2*i:])
	}
	text := strings.TrimPrefix(string(utf16.Decode(units)), "\ufeff")
	if len(data)%2 != 0 || strings.ContainsRune(text, utf8.RuneError) {
		return ""
	}
	return text
}

// fromWindows gives a text in Windows-1252 as UTF-8, "" where a byte is no sign of it. Mixed says that parts of it are UTF-8 already, which stay.
func fromWindows(data []byte) (text string, mixed bool) {
	var out strings.Builder
	for len(data) > 0 {
		r, n := utf8.DecodeRune(data)
		if r == utf8.RuneError && n == 1 {
			if r = charmap.Windows1252.DecodeByte(data[0]); r == utf8.RuneError || r >= 0x80 && r < 0xa0 {
				return "", false
			}
		} else if n > 1 {
			mixed = true
		}
		if r == 0 {
			return "", false
		}
		out.WriteRune(r)
		data = data[n:]
	}
	return out.String(), mixed
}
