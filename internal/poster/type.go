package poster

import (
	"image"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

// face is a typeface in one size. Each of its glyphs is drawn once.
type face struct {
	mu     sync.Mutex
	face   font.Face
	lead   int // pixels from one baseline to the next
	glyphs map[rune]*glyph
}

// glyph is how a letter covers pixels from the point at which it stands, row after row, from 0 to 255.
type glyph struct {
	bounds  image.Rectangle
	cover   []byte
	advance fixed.Int26_6
}

func newFace(f *sfnt.Font, size float64) *face {
	made, err := opentype.NewFace(f, &opentype.FaceOptions{Size: size, DPI: 72, Hinting: font.HintingNone})
	if err != nil {
		panic(err) // the font and the size are part of the program
	}
	return &face{face: made, lead: int(size * 1.22), glyphs: map[rune]*glyph{}}
}

// glyph gives a letter that the typeface has.
func (f *face) glyph(r rune) *glyph {
	f.mu.Lock()
	defer f.mu.Unlock()
	if known := f.glyphs[r]; known != nil {
		return known
	}
	bounds, mask, at, advance, _ := f.face.Glyph(fixed.P(0, 0), r)
	g := &glyph{bounds: bounds, advance: advance, cover: make([]byte, 0, bounds.Dx()*bounds.Dy())}
	for y := range bounds.Dy() {
		for x := range bounds.Dx() {
			_, _, _, alpha := mask.At(at.X+x, at.Y+y).RGBA()
			g.cover = append(g.cover, byte(alpha>>8))
		}
	}
	f.glyphs[r] = g
	return g
}

func (f *face) width(s string) int {
	var w fixed.Int26_6
	for _, r := range s {
		w += f.glyph(r).advance
	}
	return w.Ceil()
}

// dots end what was cut off.
const dots = "…"

// wrap breaks a text into lines of a width in pixels, one at least; what does not fit in the last ends in dots.
func (f *face) wrap(s string, width, lines int) []string {
	var out []string
	line := ""
	for _, word := range strings.Fields(s) {
		for {
			longer := strings.TrimPrefix(line+" "+word, " ")
			if f.width(longer) <= width {
				line = longer
				break
			}
			if line == "" { // one word is too long
				head := f.cut(word, width)
				line, word = head, word[len(head):]
			}
			out, line = append(out, line), ""
			if len(out) == lines {
				last := f.cut(out[lines-1], width-f.width(dots))
				if i := strings.LastIndexByte(last, ' '); len(last) < len(out[lines-1]) && i > len(last)/2 {
					last = last[:i]
				}
				out[lines-1] = strings.TrimRight(last, " .,:;-–—") + dots
				return out
			}
		}
	}
	if line != "" || out == nil {
		out = append(out, line)
	}
	return out
}

// cut gives the beginning of a text that fits in a width: one letter at least.
func (f *face) cut(s string, width int) string {
	end := 0
	for i, r := range s {
		if end > 0 && f.width(s[:i+len(string(r))]) > width {
			break
		}
		end = i + len(string(r))
	}
	return s[:end]
}

// written reports whether a text without a character would say something else; signs such as emoji may be left out.
func written(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r) }
