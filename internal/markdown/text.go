package markdown

import (
	"html"
	"strings"
)

// within are the elements that stand within words.
var within = map[string]bool{"a": true, "em": true, "strong": true, "del": true, "code": true}

// Text gives what the body says, without markup. Headings, cards and words of the interface are left out; pictures count
// as their texts.
func (b *Body) Text() string {
	var out strings.Builder
	tag, heading := false, false // what stands in them is no text
	for _, p := range b.Parts {
		for rest := p.HTML; rest != ""; {
			var text string
			if tag {
				_, rest, tag = strings.Cut(rest, ">")
				tag = !tag
				continue
			}
			text, rest, tag = strings.Cut(rest, "<")
			if !heading {
				out.WriteString(text)
			}
			name, closing := strings.CutPrefix(rest, "/")
			name = name[:max(0, strings.IndexAny(name, " >"))]
			if tag && !within[name] {
				out.WriteByte(' ')
				heading = !closing && len(name) == 2 && name[0] == 'h' && name[1] != 'r'
			}
		}
		if p.Hole == Inline || p.Hole == Figure {
			pic := b.Pictures[p.Index]
			out.WriteString(" " + html.EscapeString(pic.Alt+" "+pic.Caption) + " ")
		}
	}
	return html.UnescapeString(out.String())
}
