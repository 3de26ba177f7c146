package importer

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"
)

// maxNodes is how many elements and texts the XML of one file may have.
const maxNodes = 2_000_000

// maxOfficeText is how many bytes of text they may have: some thousands of pages.
const maxOfficeText = 10 << 20

// xmlNode is an element of XML, or, where name is "", a text. Names have the usual prefix of their namespace, whatever the file calls it.
type xmlNode struct {
	name  string
	text  string
	attrs []xmlAttribute
	kids  []*xmlNode
}

type xmlAttribute struct{ name, value string }

// attr gives an attribute; "" if there is none. It may be asked of nil.
func (n *xmlNode) attr(name string) string {
	v, _ := n.lookup(name)
	return v
}

func (n *xmlNode) lookup(name string) (string, bool) {
	if n != nil {
		for _, a := range n.attrs {
			if a.name == name {
				return a.value, true
			}
		}
	}
	return "", false
}

// child gives the first element below n along names; nil if there is none. It may be asked of nil.
func (n *xmlNode) child(names ...string) *xmlNode {
	for _, name := range names {
		if n == nil {
			return nil
		}
		var found *xmlNode
		for _, k := range n.kids {
			if k.name == name {
				found = k
				break
			}
		}
		n = found
	}
	return n
}

// children gives the elements of a name right below n, which may be nil.
func (n *xmlNode) children(name string) []*xmlNode {
	var out []*xmlNode
	if n != nil {
		for _, k := range n.kids {
			if k.name == name {
				out = append(out, k)
			}
		}
	}
	return out
}

// words gives all text within n, which may be nil.
func (n *xmlNode) words() string {
	var out strings.Builder
	var walk func(n *xmlNode)
	walk = func(n *xmlNode) {
		out.WriteString(n.text)
		for _, k := range n.kids {
			walk(k)
		}
	}
	if n != nil {
		walk(n)
	}
	return out.String()
}

// find gives the first element of one of these names within n, which may be nil.
func (n *xmlNode) find(names ...string) *xmlNode {
	if n == nil {
		return nil
	}
	for _, k := range n.kids {
		for _, name := range names {
			if k.name == name {
				return k
			}
		}
		if found := k.find(names...); found != nil {
			return found
		}
	}
	return nil
}

// prefixes are the usual prefixes of namespaces, in both editions of Office Open XML.
var prefixes = map[string]string{
	"http://schemas.openxmlformats.org/wordprocessingml/2006/main":           "w",
	"http://schemas.openxmlformats.org/officeDocument/2006/relationships":    "r",
	"http://schemas.openxmlformats.org/officeDocument/2006/math":             "m",
	"http://schemas.openxmlformats.org/drawingml/2006/main":                  "a",
	"http://schemas.openxmlformats.org/drawingml/2006/picture":               "pic",
	"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing": "wp",
	"http://schemas.openxmlformats.org/drawingml/2006/chart":                 "c",
	"http://schemas.openxmlformats.org/drawingml/2006/diagram":               "dgm",
	"http://schemas.openxmlformats.org/markup-compatibility/2006":            "mc",
	"http://schemas.openxmlformats.org/package/2006/relationships":           "rel",
	"http://schemas.openxmlformats.org/package/2006/content-types":           "ct",
	"http://purl.oclc.org/ooxml/wordprocessingml/main":                       "w",
	"http://purl.oclc.org/ooxml/officeDocument/relationships":                "r",
	"http://purl.oclc.org/ooxml/officeDocument/math":                         "m",
	"http://purl.oclc.org/ooxml/drawingml/main":                              "a",
	"http://purl.oclc.org/ooxml/drawingml/picture":                           "pic",
	"http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing":             "wp",
	"http://purl.oclc.org/ooxml/drawingml/chart":                             "c",
	"http://purl.oclc.org/ooxml/drawingml/diagram":                           "dgm",
	"http://schemas.microsoft.com/office/word/2010/wordprocessingShape":      "wps",
	"http://schemas.microsoft.com/office/word/2010/wordml":                   "w14",
	"http://schemas.microsoft.com/office/drawing/2017/decorative":            "adec",
	"urn:schemas-microsoft-com:vml":                                          "v",
	"urn:schemas-microsoft-com:office:office":                                "o",
	"urn:oasis:names:tc:opendocument:xmlns:drawing:1.0":                      "draw",
	"urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0":               "svg",
	"urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0":            "fo",
	"urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0":   "loext",
	"urn:openoffice:names:experimental:ooo-ms-interop:xmlns:field:1.0":       "field",
	"http://www.w3.org/1999/xlink":                                           "xlink",
	"http://www.w3.org/1998/Math/MathML":                                     "math",
	"http://purl.org/dc/elements/1.1/":                                       "dc",
	"http://www.w3.org/XML/1998/namespace":                                   "xml",
	"xml":                                                                    "xml",
}

// prefixed names are made once for each name of a file.
type xmlNames map[xml.Name]string

func (n xmlNames) of(name xml.Name) string {
	if s, ok := n[name]; ok {
		return s
	}
	prefix, known := prefixes[name.Space]
	if !known {
		prefix = name.Space // of a prefix that the file declares nowhere, that itself
		if rest, odf := strings.CutPrefix(prefix, "urn:oasis:names:tc:opendocument:xmlns:"); odf {
			prefix, _, _ = strings.Cut(rest, ":")
		}
	}
	s := name.Local
	if prefix != "" {
		s = prefix + ":" + s
	}
	n[name] = s
	return s
}

// xmlTrees reads the XML of the parts of one file.
type xmlTrees struct {
	names xmlNames
	left  int // nodes that may still be made
	text  int // bytes of text so far
}

func newXMLTrees() *xmlTrees { return &xmlTrees{names: xmlNames{}, left: maxNodes} }

// errDamaged says that a tree holds what could be read of XML that is damaged.
var errDamaged = errors.New("damaged XML")

// read gives the root of some XML. With errDamaged it is what could be read; it is nil if nothing could.
func (t *xmlTrees) read(data []byte) (*xmlNode, error) {
	if bytes.HasPrefix(data, []byte("\xff\xfe")) || bytes.HasPrefix(data, []byte("\xfe\xff")) {
		text := decode(data)
		if strings.HasPrefix(text, "<?xml") {
			_, text, _ = strings.Cut(text, "?>")
		}
		data = []byte(text)
	}
	x := newXML(bytes.TrimPrefix(data, []byte("\xef\xbb\xbf")))
	top := &xmlNode{}
	open := []*xmlNode{top}
	root := func() *xmlNode {
		for _, k := range top.kids {
			if k.name != "" {
				return k
			}
		}
		return nil
	}
	for {
		token, err := x.Token()
		if err == io.EOF {
			if root() == nil {
				return nil, errDamaged
			}
			return root(), nil
		}
		if err != nil {
			var e *Error
			if errors.As(err, &e) && e.Code == "too-deep" {
				return nil, err
			}
			return root(), errDamaged
		}
		parent := open[len(open)-1]
		switch token := token.(type) {
		case xml.StartElement:
			n := &xmlNode{name: t.names.of(token.Name)}
			for _, a := range token.Attr {
				if a.Name.Space == "xmlns" || a.Name.Local == "xmlns" || strings.HasPrefix(a.Name.Local, "rsid") || a.Name.Local == "gfxdata" {
					continue
				}
				n.attrs = append(n.attrs, xmlAttribute{t.names.of(a.Name), a.Value})
				if len(a.Value) > 1000 {
					t.text += len(a.Value)
				}
			}
			parent.kids = append(parent.kids, n)
			open = append(open, n)
		case xml.EndElement:
			if len(open) > 1 {
				open = open[:len(open)-1]
			}
			continue
		case xml.CharData:
			if !t.counts(parent.name) && len(bytes.TrimSpace(token)) == 0 {
				continue
			}
			parent.kids = append(parent.kids, &xmlNode{text: string(token)})
			if parent.name != "office:binary-data" {
				t.text += len(token)
			}
		default:
			continue
		}
		switch t.left--; {
		case t.text > maxOfficeText:
			return nil, tooMuchText()
		case t.left < 0:
			return nil, &Error{Code: "too-many-nodes", Args: []any{maxNodes}}
		}
	}
}

// counts reports whether white space alone says something in an element.
func (t *xmlTrees) counts(name string) bool {
	switch name {
	case "w:t", "w:instrText", "m:t", "a:t":
		return true
	}
	return strings.HasPrefix(name, "text:")
}
