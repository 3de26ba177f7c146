package media

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
)

// cleanSVG leaves out comments, the DOCTYPE, <metadata>, and the elements and attributes of other namespaces than those that say what is seen:
// editors keep names, folders and settings there. All else stays as it is written.
func cleanSVG(data []byte) ([]byte, error) {
	decoder := xml.NewDecoder(bytes.NewReader(data))
	clean := bytes.NewBuffer(make([]byte, 0, len(data)))
	left := 0 // how many open elements are left out
	for {
		start := decoder.InputOffset()
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return clean.Bytes(), nil
		}
		if err != nil {
			return nil, damaged(err)
		}
		text := data[start:decoder.InputOffset()]
		switch token := token.(type) {
		case xml.Comment, xml.Directive:
			continue
		case xml.StartElement:
			if left > 0 || !keptSpace(token.Name.Space) || token.Name.Local == "metadata" {
				left++
				continue
			}
			text = cleanTag(text, token.Attr)
		case xml.EndElement:
			if left > 0 {
				left--
				continue
			}
		}
		if left == 0 {
			clean.Write(text)
		}
	}
}

// keptSpace reports whether a namespace says what is seen.
func keptSpace(space string) bool {
	switch space {
	case "", svgSpace, "http://www.w3.org/1999/xlink", "http://www.w3.org/XML/1998/namespace", "xml":
		return true
	}
	return false
}

// cleanTag leaves attributes of other namespaces, and the namespaces, out of a start tag as it is written.
func cleanTag(tag []byte, attributes []xml.Attr) []byte {
	out := make([]byte, 0, len(tag))
	at := 0
	for _, a := range attributes {
		equals := bytes.IndexByte(tag[at:], '=') // no name has one
		if equals < 0 {
			break
		}
		open := at + equals + bytes.IndexAny(tag[at+equals:], `"'`)
		end := open + 1 + bytes.IndexByte(tag[open+1:], tag[open]) + 1
		kept := keptSpace(a.Name.Space)
		if a.Name.Space == "xmlns" {
			kept = keptSpace(a.Value)
		}
		switch {
		case kept:
			out = append(out, tag[at:end]...)
		case len(out) == 0: // the element's own name is before it
			name := 1 + bytes.IndexAny(tag[1:], " \t\r\n")
			out = append(out, tag[:name]...)
		}
		at = end
	}
	return append(out, tag[at:]...)
}
