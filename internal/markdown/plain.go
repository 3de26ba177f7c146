package markdown

import (
	"bytes"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/util"
)

// plain gives the text of n's inline nodes without markup, on one line. Pictures in it count as their alt text, decoration as none.
func (e *extractor) plain(n ast.Node) string { return string(e.plainBytes(n)) }

// plainBytes is plain in a buffer that the next call writes over.
func (e *extractor) plainBytes(n ast.Node) []byte {
	out, top, picture := e.text[:0], n, 0
	_ = ast.Walk(n, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			if n.Kind() == ast.KindImage && n != top && decorates(string(out[picture:])) {
				out = out[:picture]
			}
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Text:
			out = append(out, unescape(n.Segment.Value(e.src))...)
			if n.SoftLineBreak() || n.HardLineBreak() {
				out = append(out, ' ')
			}
		case *ast.String:
			out = append(out, n.Value...)
		case *ast.AutoLink:
			out = append(out, n.Label(e.src)...)
		case *ast.CodeSpan:
			for c := n.FirstChild(); c != nil; c = c.NextSibling() {
				if t, ok := c.(*ast.Text); ok {
					out = append(out, t.Segment.Value(e.src)...)
				}
			}
			return ast.WalkSkipChildren, nil
		case *ast.RawHTML:
			out = append(out, ' ')
		case *ast.Image:
			picture = len(out)
		case *east.FootnoteLink, *east.FootnoteBacklink:
			return ast.WalkSkipChildren, nil
		}
		return ast.WalkContinue, nil
	})
	e.text = out
	return squeeze(out)
}

// squeeze makes each run of white space one space, and drops it at the ends; it writes over text.
func squeeze(text []byte) []byte {
	n := 0
	for i := 0; i < len(text); {
		if b := text[i]; b > ' ' && b < utf8.RuneSelf { // nearly all
			text[n] = b
			n, i = n+1, i+1
			continue
		}
		r, size := utf8.DecodeRune(text[i:])
		if !unicode.IsSpace(r) {
			n += copy(text[n:], text[i:i+size])
		} else if n > 0 && text[n-1] != ' ' {
			text[n] = ' '
			n++
		}
		i += size
	}
	return bytes.TrimSuffix(text[:n], []byte(" "))
}

// unescape gives text without backslashes before signs, and with the characters that references stand for. A reference of which a
// sign has a backslash before it is none.
func unescape(text []byte) []byte {
	escaped := bytes.IndexByte(text, '\\') >= 0
	if !escaped && bytes.IndexByte(text, '&') < 0 {
		return text
	}
	var out []byte
	from := 0
	for i := 0; escaped && i+1 < len(text); i++ {
		if text[i] == '\\' && util.IsPunct(text[i+1]) {
			out = append(append(out, resolve(text[from:i])...), text[i+1])
			i++
			from = i + 1
		}
	}
	return append(out, resolve(text[from:])...)
}

func resolve(text []byte) []byte {
	return util.ResolveEntityNames(util.ResolveNumericReferences(text))
}
