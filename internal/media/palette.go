package media

import (
	"image"
	"image/color"
)

// How far colours may be from those of the palette, in squares of differences summed over the channels, each 0 to 255: any one pixel, so that
// no thin line is lost, and all on average, below which a picture looks the same (38 dB of signal to noise, 10 log₁₀(255² ÷ 10), in
// three channels).
const (
	maxPixelError = 3 * 24 * 24
	maxMeanError  = 3 * 10
)

// withPalette draws a scaled copy in the colours of its original, each pixel in the nearest of them: a drawing of few
// colours keeps to few, which takes a third of the bytes. It gives nil where that would show, as in an original that
// mixes its colours from dots.
func withPalette(from *image.RGBA, colours color.Palette) *image.Paletted {
	to := image.NewPaletted(from.Rect, colours)
	type nearest struct {
		index uint8
		off   int
	}
	known := map[color.RGBA]nearest{}
	total := 0
	for i := range to.Pix {
		c := color.RGBA{R: from.Pix[4*i], G: from.Pix[4*i+1], B: from.Pix[4*i+2], A: from.Pix[4*i+3]}
		near, ok := known[c]
		if !ok {
			near.index = uint8(colours.Index(c))
			p := color.RGBAModel.Convert(colours[near.index]).(color.RGBA)
			near.off = square(c.R, p.R) + square(c.G, p.G) + square(c.B, p.B) + square(c.A, p.A)
			if near.off > maxPixelError {
				return nil
			}
			known[c] = near
		}
		to.Pix[i] = near.index
		total += near.off
	}
	if total > maxMeanError*len(to.Pix) {
		return nil
	}
	return to
}

func square(a, b uint8) int {
	d := int(a) - int(b)
	return d * d
}
