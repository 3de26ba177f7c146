// Package poster draws the pictures that other sites show with a link to a page that has no picture of its own: what the page is, its title and
// the name of the publication, in the theme's colours.
//
// A picture is a function of its Text and of the colours. It has sixteen colours, so that thousands of them cost little to make, keep and
// send. The typeface is Go (golang.org/x/image/font/gofont, of the Go project's licence), which has the letters of Europe; a title in other letters
// is left out.
package poster

import (
	"crypto/sha256"
	"fmt"
	"image/color"
	"strconv"
	"strings"
	"sync"

	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/text/unicode/norm"
)

// Width and Height are those of a picture, in pixels: what sites that show them ask for.
const (
	Width  = 1200
	Height = 630
)

// Text is what a picture says. Title may be "".
type Text struct {
	Site, Label, Title string
}

// Colours are those of a theme, each as #rrggbb.
type Colours struct {
	Paper, Ink, Accent string
	Valences           []string // five at most
}

// Press draws pictures in the colours of one theme; several goroutines may use it.
type Press struct {
	colours  Colours
	palette  []color.RGBA
	font     *sfnt.Font
	large    *face // of a title of few words
	middle   *face // of another
	small    *face
	grounds  sync.Map // []byte by name of the publication
	canvases sync.Pool
}

// version changes whenever the same text would give another picture.
const version = 1

// The shades of the palette: of ink and accent on paper, from the lightest, and the valences.
const (
	inkShades    = 3
	accentShades = 3
	ink          = 1
	accent       = ink + inkShades
	valences     = accent + accentShades
)

// New makes a press. A colour that is none is black, and paper white.
func New(c Colours) *Press {
	parsed, err := opentype.Parse(gobold.TTF)
	if err != nil {
		panic(err) // it is part of the program
	}
	p := &Press{colours: c, font: parsed, large: newFace(parsed, 96), middle: newFace(parsed, 72), small: newFace(parsed, 38)}
	paper := parse(c.Paper, color.RGBA{255, 255, 255, 255})
	p.canvases.New = func() any { return newCanvas() }
	p.palette = []color.RGBA{paper}
	for _, of := range []struct {
		colour string
		shades int
	}{{c.Ink, inkShades}, {c.Accent, accentShades}} {
		for i := 1; i <= of.shades; i++ {
			p.palette = append(p.palette, mix(paper, parse(of.colour, color.RGBA{A: 255}), i, of.shades))
		}
	}
	for _, v := range c.Valences {
		p.palette = append(p.palette, parse(v, color.RGBA{A: 255}))
	}
	return p
}

// Digest says what the picture of a text is made from.
func (p *Press) Digest(t Text) [sha256.Size]byte {
	return sha256.Sum256(fmt.Appendf(nil, "poster %d %q %q\n", version, p.colours, t))
}

func parse(s string, fallback color.RGBA) color.RGBA {
	if n, err := strconv.ParseUint(s[min(1, len(s)):], 16, 32); err == nil && len(s) == 7 && s[0] == '#' {
		return color.RGBA{byte(n >> 16), byte(n >> 8), byte(n), 255}
	}
	return fallback
}

// mix gives part i of n of the way from one colour to another.
func mix(from, to color.RGBA, i, n int) color.RGBA {
	part := func(a, b byte) byte { return byte((int(a)*(n-i) + int(b)*i) / n) }
	return color.RGBA{part(from.R, to.R), part(from.G, to.G), part(from.B, to.B), 255}
}

// Measures, in pixels.
const (
	margin      = 80
	siteLine    = 92 // a baseline, as the next
	ruleTop     = 120
	ruleDepth   = 4
	labelLine   = 188
	titleGap    = 10
	largeLines  = 3
	middleLines = 4
	stripTop    = 606
)

// Draw draws a picture as a PNG and appends it to dst.
func (p *Press) Draw(dst []byte, t Text) []byte {
	t = Text{p.readable(t.Site), p.readable(t.Label), p.readable(t.Title)}
	c := p.canvases.Get().(*canvas)
	defer p.canvases.Put(c)
	copy(c.pixels, p.ground(t.Site))
	c.text(p.small, p.small.wrap(t.Label, Width-2*margin, 1)[0], margin, labelLine, accent, accentShades)
	title := t.Title
	if title == "" {
		title = t.Site
	}
	face, lines := p.large, p.large.wrap(title, Width-2*margin, largeLines)
	if strings.HasSuffix(lines[len(lines)-1], dots) {
		face, lines = p.middle, p.middle.wrap(title, Width-2*margin, middleLines)
	}
	for i, line := range lines {
		c.text(face, line, margin, labelLine+titleGap+(i+1)*face.lead, ink, inkShades)
	}
	return c.encode(dst, p.palette)
}

// ground is what all pictures of a publication have, drawn once.
func (p *Press) ground(site string) []byte {
	if known, ok := p.grounds.Load(site); ok {
		return known.([]byte)
	}
	c := canvas{pixels: make([]byte, stride*Height)}
	c.text(p.small, p.small.wrap(site, Width-2*margin, 1)[0], margin, siteLine, ink, inkShades)
	c.rect(margin, ruleTop, Width-2*margin, ruleDepth, ink+inkShades-1)
	for i := range p.colours.Valences {
		each := Width / len(p.colours.Valences)
		c.rect(i*each, stripTop, each, Height-stripTop, byte(valences+i))
	}
	p.grounds.Store(site, c.pixels)
	return c.pixels
}

// readable gives a text without the signs that the typeface lacks, "" where it lacks letters.
func (p *Press) readable(s string) string {
	var out []rune
	var room sfnt.Buffer
	for _, r := range norm.NFC.String(s) {
		glyph, err := p.font.GlyphIndex(&room, r)
		switch {
		case err == nil && glyph != 0:
			out = append(out, r)
		case written(r):
			return ""
		}
	}
	return string(out)
}
