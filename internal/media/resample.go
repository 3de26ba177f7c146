package media

import (
	"image"
	"image/color"
	"math"
)

// resample scales a picture down with the Catmull-Rom kernel, to the bit as golang.org/x/image/draw does. That holds all rows of the
// original at the new width, 32 bytes a pixel; this holds those that one row of the copy is made from.
func resample(src image.Image, width, height int) *image.RGBA {
	size := src.Bounds()
	across, down := distribute(width, size.Dx()), distribute(height, size.Dy())
	out := image.NewRGBA(image.Rect(0, 0, width, height))
	read, opaque := rowReader(src)
	row := make([]pixel, size.Dx())
	most := 0
	for _, t := range down {
		most = max(most, len(t.weights))
	}
	ring := make([][]pixel, most)
	for i := range ring {
		ring[i] = make([]pixel, width)
	}
	next := 0 // the first row that is not in the ring
	for y, t := range down {
		for ; next < t.from+len(t.weights); next++ {
			if next < t.from {
				continue
			}
			read(row, size.Min.Y+next)
			across.row(ring[next%most], row, opaque)
		}
		to := out.Pix[y*out.Stride:]
		for x := range width {
			var p pixel
			for i, w := range t.weights {
				from := &ring[(t.from+i)%most][x]
				for c := range p {
					p[c] += float64(from[c] * w)
				}
			}
			for c, v := range p {
				to[4*x+c] = eight(min(v, p[3]) * t.inverse)
			}
		}
	}
	return out
}

// pixel holds red, green, blue and alpha, the colours multiplied by alpha: 0 to 65,535 of an original, 0 to 1 between the two passes.
type pixel [4]float64

// eight converts the range 0 to 1 to that of a byte.
func eight(v float64) uint8 {
	return uint8(min(max(int32(float64(0xffff*v)+0.5), 0), 0xffff) >> 8)
}

// taps are the weights of the pixels, from one on, that a pixel is made from, and the inverse of their sum.
type taps struct {
	from    int
	weights []float64
	inverse float64
}

// distribution has the taps of each pixel of a row or column.
type distribution []taps

// distribute distributes the pixels of an original's row or column over those of a copy.
func distribute(to, from int) distribution {
	const support = 2
	scale := float64(from) / float64(to)
	half, narrow := float64(support), 1.0
	if scale > 1 {
		half, narrow = half*scale, 1/scale
	}
	out := make(distribution, to)
	for x := range out {
		center := float64((float64(x)+0.5)*scale) - 0.5
		first, end := max(int(math.Floor(center-half)), 0), min(int(math.Ceil(center+half)), from)
		t, total := taps{}, 0.0
		for i := first; i < end; i++ {
			at := math.Abs((center - float64(i)) * narrow)
			w := 0.0
			if at < support {
				w = catmullRom(at)
			}
			if w == 0 && len(t.weights) == 0 {
				continue
			}
			if len(t.weights) == 0 {
				t.from = i
			}
			t.weights = append(t.weights, w)
			total += w
		}
		t.inverse = 1 / total
		out[x] = t
	}
	return out
}

// catmullRom is the kernel, Mitchell and Netravali 1988 with B = 0 and C = ½; the conversions keep processors from joining operations.
func catmullRom(t float64) float64 {
	if t < 1 {
		return float64((float64(1.5*t)-2.5)*t*t) + 1
	}
	return float64((float64(float64(float64(-0.5*t)+2.5)*t)-4)*t) + 2
}

// row scales one row.
func (d distribution) row(to, from []pixel, opaque bool) {
	for x, t := range d {
		var p pixel
		for i, w := range t.weights {
			f := &from[t.from+i]
			p[0] += float64(f[0] * w)
			p[1] += float64(f[1] * w)
			p[2] += float64(f[2] * w)
			p[3] += float64(f[3] * w)
		}
		inverse := t.inverse / 0xffff
		to[x] = pixel{p[0] * inverse, p[1] * inverse, p[2] * inverse, p[3] * inverse}
		if opaque {
			to[x][3] = 1
		}
	}
}

// rowReader gives what reads a row of a picture; opaque says that no pixel of its kind can be transparent.
func rowReader(src image.Image) (read func(row []pixel, y int), opaque bool) {
	left := src.Bounds().Min.X
	var wide [256]float64 // bytes as 16 bits
	for i := range wide {
		wide[i] = float64(i * 0x101)
	}
	switch src := src.(type) {
	case *image.YCbCr:
		return func(row []pixel, y int) {
			for x := range row {
				r, g, b, _ := color.YCbCr{Y: src.Y[src.YOffset(left+x, y)], Cb: src.Cb[src.COffset(left+x, y)], Cr: src.Cr[src.COffset(left+x, y)]}.RGBA()
				row[x] = pixel{float64(r), float64(g), float64(b), 0xffff}
			}
		}, src.SubsampleRatio <= image.YCbCrSubsampleRatio440
	case *image.Gray:
		return func(row []pixel, y int) {
			for x, v := range src.Pix[src.PixOffset(left, y):][:len(row)] {
				grey := float64(uint32(v) * 0x101)
				row[x] = pixel{grey, grey, grey, 0xffff}
			}
		}, true
	case *image.Paletted:
		colours := make([]pixel, 256) // the decoders let no index be beyond the palette
		for i, c := range src.Palette {
			r, g, b, a := c.RGBA()
			colours[i] = pixel{float64(r), float64(g), float64(b), float64(a)}
		}
		return func(row []pixel, y int) {
			for x, v := range src.Pix[src.PixOffset(left, y):][:len(row)] {
				row[x] = colours[v]
			}
		}, false
	case *image.RGBA:
		return func(row []pixel, y int) {
			pixels := src.Pix[src.PixOffset(left, y):][:4*len(row)]
			for x := range row {
				for c, v := range pixels[4*x:][:4] {
					row[x][c] = wide[v]
				}
			}
		}, false
	case *image.NRGBA:
		return func(row []pixel, y int) {
			pixels := src.Pix[src.PixOffset(left, y):][:4*len(row)]
			for x := range row {
				from := pixels[4*x:][:4]
				a := uint32(from[3]) * 0x101
				if from[3] == 0xff {
					row[x] = pixel{wide[from[0]], wide[from[1]], wide[from[2]], 0xffff}
					continue
				}
				row[x] = pixel{float64(uint32(from[0]) * a / 0xff), float64(uint32(from[1]) * a / 0xff), float64(uint32(from[2]) * a / 0xff), float64(a)}
			}
		}, false
	case image.RGBA64Image:
		return func(row []pixel, y int) {
			for x := range row {
				c := src.RGBA64At(left+x, y)
				row[x] = pixel{float64(c.R), float64(c.G), float64(c.B), float64(c.A)}
			}
		}, false
	}
	return func(row []pixel, y int) {
		for x := range row {
			r, g, b, a := src.At(left+x, y).RGBA()
			row[x] = pixel{float64(r), float64(g), float64(b), float64(a)}
		}
	}, false
}

// shrink gives a picture of a whole number of times fewer pixels each way, the mean of each square.
func shrink(src image.Image, times int) *image.RGBA64 {
	size := src.Bounds()
	width := (size.Dx() + times - 1) / times
	out := image.NewRGBA64(image.Rect(0, 0, width, (size.Dy()+times-1)/times))
	read, _ := rowReader(src)
	row, sums := make([]pixel, size.Dx()), make([]pixel, width)
	for y := range out.Rect.Dy() {
		clear(sums)
		end := min((y+1)*times, size.Dy())
		for from := y * times; from < end; from++ {
			read(row, size.Min.Y+from)
			for i := range sums {
				s := &sums[i]
				for _, p := range row[i*times : min((i+1)*times, len(row))] {
					s[0], s[1], s[2], s[3] = s[0]+p[0], s[1]+p[1], s[2]+p[2], s[3]+p[3]
				}
			}
		}
		for i, s := range sums {
			n := float64((end - y*times) * (min((i+1)*times, len(row)) - i*times))
			out.SetRGBA64(i, y, color.RGBA64{R: uint16(s[0]/n + 0.5), G: uint16(s[1]/n + 0.5), B: uint16(s[2]/n + 0.5), A: uint16(s[3]/n + 0.5)})
		}
	}
	return out
}
