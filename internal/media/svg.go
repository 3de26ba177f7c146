package media

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
)

// UnsafeSVGError names what an SVG contains that could run code, fetch from elsewhere or lead away, as it is written.
type UnsafeSVGError struct {
	What string
}

func (e *UnsafeSVGError) Error() string {
	return fmt.Sprintf("unsafe SVG: %s", e.What)
}

const svgSpace = "http://www.w3.org/2000/svg"

// inspectSVG accepts only what a drawing needs: the picture may be opened by itself, as a page of the site.
func inspectSVG(data []byte) (Info, error) {
	decoder := xml.NewDecoder(bytes.NewReader(data))
	var root *xml.StartElement
	var styles strings.Builder // joined, since a comment may split a word
	inStyle := 0
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return Info{}, damaged(err)
		}
		if what := unsafeToken(token); what != "" {
			return Info{}, &UnsafeSVGError{What: what}
		}
		switch token := token.(type) {
		case xml.StartElement:
			if root == nil {
				copied := token.Copy()
				root = &copied
			}
			if strings.EqualFold(token.Name.Local, "style") {
				inStyle++
			}
		case xml.EndElement:
			if strings.EqualFold(token.Name.Local, "style") {
				inStyle--
			}
		case xml.CharData:
			if inStyle > 0 {
				styles.Write(token)
			}
		}
	}
	if what := unsafeCSS(styles.String()); what != "" {
		return Info{}, &UnsafeSVGError{What: what}
	}
	if root == nil || root.Name != (xml.Name{Space: svgSpace, Local: "svg"}) {
		return Info{}, fmt.Errorf("%w: no <svg> element of the namespace %q", ErrDamaged, svgSpace)
	}
	return svgSize(*root)
}

func unsafeToken(token xml.Token) string {
	switch token := token.(type) {
	case xml.StartElement:
		return unsafeElement(token)
	case xml.Directive: // Clean takes it out, so that attributes cannot come from it
		if bytes.Contains(bytes.ToUpper(token), []byte("<!ENTITY")) {
			return "<!ENTITY>"
		}
	case xml.ProcInst:
		if token.Target != "xml" {
			return "<?" + token.Target + "?>"
		}
	}
	return ""
}

func unsafeElement(element xml.StartElement) string {
	switch strings.ToLower(element.Name.Local) {
	case "script", "foreignobject", "a":
		return "<" + element.Name.Local + ">"
	}
	if strings.HasSuffix(element.Name.Space, "/xhtml") {
		return "<" + element.Name.Local + "> (HTML)"
	}
	for _, attribute := range element.Attr {
		if what := unsafeAttribute(attribute); what != "" {
			return what
		}
	}
	return ""
}

func unsafeAttribute(attribute xml.Attr) string {
	name, value := strings.ToLower(attribute.Name.Local), attribute.Value
	switch {
	case attribute.Name.Space == "xmlns":
		return ""
	case strings.HasPrefix(name, "on"):
		return name + "="
	case name == "href" && !localReference(value):
		return "href=" + shorten(value)
	case name == "base" && attribute.Name.Space != "":
		return "xml:base="
	case name == "attributename" && strings.HasSuffix(strings.ToLower(strings.TrimSpace(value)), "href"):
		return "attributeName=href"
	case attribute.Name.Space == "":
		return unsafeCSS(value)
	}
	return ""
}

// unsafeCSS also stands for presentation attributes; a backslash could spell url( in another way.
func unsafeCSS(text string) string {
	text = strings.ToLower(text)
	for _, word := range []string{`\`, "@import", "image-set(", "src("} {
		if strings.Contains(text, word) {
			return word
		}
	}
	for {
		_, rest, found := strings.Cut(text, "url(")
		if !found {
			return ""
		}
		address, _, _ := strings.Cut(rest, ")")
		if !localReference(strings.Trim(address, "\"' \t\r\n\f")) {
			return "url(" + shorten(address) + ")"
		}
		text = rest
	}
}

// localReference leaves out nested SVG, which nobody has looked into.
func localReference(address string) bool {
	address = strings.ToLower(strings.TrimSpace(address))
	return strings.HasPrefix(address, "#") ||
		strings.HasPrefix(address, "data:image/") && !strings.HasPrefix(address, "data:image/svg")
}

func shorten(text string) string {
	const limit = 60
	if runes := []rune(text); len(runes) > limit {
		return string(runes[:limit]) + "…"
	}
	return text
}

// svgSize takes width and height, one of them with the viewBox's proportion, or else the viewBox.
func svgSize(root xml.StartElement) (Info, error) {
	var width, height float64
	var box [4]float64
	for _, attribute := range root.Attr {
		switch attribute.Name.Local {
		case "width":
			width = svgLength(attribute.Value)
		case "height":
			height = svgLength(attribute.Value)
		case "viewBox":
			box = viewBox(attribute.Value)
		}
	}
	switch ratio := box[3] / box[2]; {
	case width > 0 && height > 0:
	case !(ratio > 0) || math.IsInf(ratio, 0):
		return Info{}, fmt.Errorf("%w: neither width and height nor viewBox", ErrDamaged)
	case width > 0:
		height = width * ratio
	case height > 0:
		width = height / ratio
	default:
		width, height = box[2], box[3]
	}
	const most = 1_000_000
	if width > most || height > most {
		return Info{}, fmt.Errorf("%w: size over %d pixels", ErrDamaged, most)
	}
	return Info{Format: "svg", Width: pixels(width), Height: pixels(height), Transparent: true}, nil
}

func pixels(length float64) int {
	return max(1, int(math.Round(length)))
}

// svgLength gives CSS pixels, CSS Values 4 section 6.2, and 0 for a length that depends on its surroundings.
func svgLength(text string) float64 {
	text = strings.ToLower(strings.TrimSpace(text))
	number := strings.TrimRight(text, "abcdefghijklmnopqrstuvwxyz%")
	perUnit := map[string]float64{
		"": 1, "px": 1, "pt": 96.0 / 72, "pc": 16, "in": 96, "cm": 96 / 2.54, "mm": 96 / 25.4,
	}[text[len(number):]]
	return positive(number) * perUnit
}

func viewBox(text string) (box [4]float64) {
	fields := strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(", \t\r\n", r) })
	if len(fields) == len(box) {
		box[2], box[3] = positive(fields[2]), positive(fields[3])
	}
	return box
}

func positive(text string) float64 {
	number, err := strconv.ParseFloat(text, 64)
	if err != nil || !(number > 0) || math.IsInf(number, 0) {
		return 0
	}
	return number
}
