package newsletter

import (
	"strings"
	"unicode/utf8"

	"leerblad/internal/source"
)

// htmlWriter writes HTML. No line is longer than a mail may have, as long as no address is.
type htmlWriter struct {
	style *Style
	out   []byte
	start int // of the line that is being written
	marks []mark
}

// attribute is an attribute of an element.
type attribute struct{ name, value string }

// fullLine is the length in bytes after which a line ends at the next blank.
const fullLine = 240

// tooLong is the length in bytes after which a word is broken.
const tooLong = 500

var escapeAttribute = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;")

// raw writes HTML as it is.
func (w *htmlWriter) raw(html string) {
	if i := strings.LastIndexByte(html, '\n'); i >= 0 {
		w.start = len(w.out) + i + 1
	}
	w.out = append(w.out, html...)
}

// text writes text, with a line end in place of a blank now and then. A word that is too long for a line is broken within a
// tag, which nobody sees.
func (w *htmlWriter) text(text string) {
	for _, r := range text {
		switch length := len(w.out) - w.start; {
		case r == ' ' && length > fullLine:
			w.raw("\n")
			continue
		case length > tooLong:
			w.raw("<wbr\n>")
		}
		switch r {
		case '&':
			w.out = append(w.out, "&amp;"...)
		case '<':
			w.out = append(w.out, "&lt;"...)
		case '>':
			w.out = append(w.out, "&gt;"...)
		default:
			w.out = utf8.AppendRune(w.out, r)
		}
	}
}

// value writes an attribute's value, with a line end in place of a blank now and then.
func (w *htmlWriter) value(text string) {
	for i, word := range strings.Split(text, " ") {
		switch {
		case i > 0 && len(w.out)-w.start > fullLine:
			w.raw("\n")
		case i > 0:
			w.raw(" ")
		}
		w.raw(escapeAttribute.Replace(word))
	}
}

// open writes an element's opening tag.
func (w *htmlWriter) open(name string, attributes ...attribute) {
	w.raw("<" + name)
	for _, a := range attributes {
		w.raw(" " + a.name + `="`)
		w.value(a.value)
		w.raw(`"`)
	}
	w.raw(">")
}

// mark notes that what follows was written at span.
func (w *htmlWriter) mark(span source.Span) {
	w.marks = append(w.marks, mark{len(w.out), span})
}

// link writes a link in a colour, which other declarations may follow.
func (w *htmlWriter) link(l link, colour string) {
	w.raw(`<a href="` + escapeAttribute.Replace(l.address) + `" style="color:` + colour + `">`)
	w.text(l.text)
	w.raw("</a>")
}
