package markdown

import (
	"html"
	"strings"
	"sync"
)

// within are the elements that stand within words.
var within = map[string]bool{"a": true, "em": true, "strong": true, "del": true, "code": true, "span": true}

// Passage is what a body says in one place: in a finding, or below a heading and in no finding.
type Passage struct {
	Heading int // index of the heading above it, or -1
	Finding int // index of the finding, or -1
	Text    string
}

// Text gives what the body says, without markup. Headings, cards and words of the interface are left out; pictures count
// as their texts.
func (b *Body) Text() string {
	var out strings.Builder
	for _, p := range b.Passages() {
		out.WriteString(p.Text)
	}
	return out.String()
}

var rooms sync.Pool // of *[]byte, to put texts together in

// Passages gives what Text gives in the places where it stands, in their order; none is empty.
func (b *Body) Passages() (passages []Passage) {
	room, ok := rooms.Get().(*[]byte)
	if !ok {
		room = new([]byte)
	}
	defer rooms.Put(room)
	out := (*room)[:0]
	at := Passage{Heading: -1, Finding: -1}
	end := func() {
		if at.Text = html.UnescapeString(string(out)); strings.TrimSpace(at.Text) != "" {
			passages = append(passages, at)
		}
		*room, out = out, out[:0]
	}
	tag, heading := false, false // what stands in them is no text
	next := 0                    // finding
	for i, p := range b.Parts {
		if at.Finding >= 0 && i == b.Findings[at.Finding].Last {
			end()
			at.Finding = -1
		}
		if next < len(b.Findings) && i == b.Findings[next].First {
			end()
			at.Finding = next
			next++
		}
		for rest := p.HTML; rest != ""; {
			var text string
			if tag {
				_, rest, tag = strings.Cut(rest, ">")
				tag = !tag
				continue
			}
			text, rest, tag = strings.Cut(rest, "<")
			if !heading {
				out = append(out, text...)
			}
			if !tag {
				continue
			}
			name, closing := strings.CutPrefix(rest, "/")
			length := 0
			for length < len(name) && name[length] != ' ' && name[length] != '>' {
				length++
			}
			if name = name[:length]; !within[name] {
				out = append(out, ' ')
				if heading = !closing && len(name) == 2 && name[0] == 'h' && name[1] != 'r'; heading {
					end()
					at.Heading++
				}
			}
		}
		if p.Hole == Inline || p.Hole == Figure {
			pic := b.Pictures[p.Index]
			out = append(out, " "+html.EscapeString(pic.Alt+" "+pic.Caption)+" "...)
		}
	}
	end()
	return passages
}
