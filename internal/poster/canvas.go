package poster

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image/color"

	"github.com/klauspost/compress/zlib"
	"golang.org/x/image/math/fixed"
)

// stride is the bytes of a row: one that says that it is not filtered, and two pixels in each other.
const stride = 1 + Width/2

// canvas is the rows of a PNG of sixteen colours, and what encoding it needs. It is used again for the next picture.
type canvas struct {
	pixels []byte
	w      *zlib.Writer
	data   bytes.Buffer
}

func newCanvas() *canvas {
	w, _ := zlib.NewWriterLevel(nil, level) // a level that there is
	return &canvas{pixels: make([]byte, stride*Height), w: w}
}

// set colours a pixel, unless it has a darker shade already.
func (c *canvas) set(x, y int, colour byte) {
	at := &c.pixels[y*stride+1+x/2]
	if x%2 == 0 {
		*at = max(*at>>4, colour)<<4 | *at&15
	} else {
		*at = *at&0xf0 | max(*at&15, colour)
	}
}

func (c *canvas) rect(left, top, width, height int, colour byte) {
	for y := top; y < top+height; y++ {
		for x := left; x < left+width; x++ {
			c.set(x, y, colour)
		}
	}
}

// text writes a line from a point on its baseline, in shades of which first is the lightest.
func (c *canvas) text(f *face, line string, left, baseline, first, shades int) {
	at := fixed.I(left)
	for _, r := range line {
		g := f.glyph(r)
		x0, i := at.Round()+g.bounds.Min.X, 0
		for y := baseline + g.bounds.Min.Y; y < baseline+g.bounds.Max.Y; y++ {
			for x := x0; x < x0+g.bounds.Dx(); x++ {
				if shade := (int(g.cover[i])*shades + 127) / 255; shade > 0 && x >= 0 && x < Width && y >= 0 && y < Height {
					c.set(x, y, byte(first+shade-1))
				}
				i++
			}
		}
		at += g.advance
	}
}

// encode appends the picture to dst as a PNG (ISO/IEC 15948).
func (c *canvas) encode(dst []byte, palette []color.RGBA) []byte {
	const bits, indexed = 4, 3
	head := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, Width), Height)
	var colours []byte
	for _, p := range palette {
		colours = append(colours, p.R, p.G, p.B)
	}
	c.data.Reset()
	c.w.Reset(&c.data)
	_, _ = c.w.Write(c.pixels) // a bytes.Buffer takes every write
	_ = c.w.Close()
	dst = append(dst, "\x89PNG\r\n\x1a\n"...)
	dst = chunk(dst, "IHDR", append(head, bits, indexed, 0, 0, 0))
	dst = chunk(dst, "PLTE", colours)
	dst = chunk(dst, "IDAT", c.data.Bytes())
	return chunk(dst, "IEND", nil)
}

// level is that of compression: the others take longer, or give more.
const level = 1

func chunk(dst []byte, name string, data []byte) []byte {
	dst = binary.BigEndian.AppendUint32(dst, uint32(len(data)))
	from := len(dst)
	dst = append(append(dst, name...), data...)
	return binary.BigEndian.AppendUint32(dst, crc32.ChecksumIEEE(dst[from:]))
}
