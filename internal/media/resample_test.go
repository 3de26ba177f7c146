package media

import (
	"bytes"
	"image"
	"image/color"
	"math/rand/v2"
	"testing"

	"golang.org/x/image/draw"
)

func TestResampleGivesWhatDrawGives(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	fill := func(parts ...[]byte) {
		for _, p := range parts {
			for i := range p {
				p[i] = byte(random.Uint32())
			}
		}
	}
	palette := color.Palette{}
	for range 256 {
		palette = append(palette, color.NRGBA{uint8(random.Uint32()), uint8(random.Uint32()), uint8(random.Uint32()), uint8(random.Uint32())})
	}
	size := image.Rect(0, 0, 101, 67)
	var pictures []image.Image
	for ratio := image.YCbCrSubsampleRatio444; ratio <= image.YCbCrSubsampleRatio410; ratio++ {
		p := image.NewYCbCr(size, ratio)
		fill(p.Y, p.Cb, p.Cr)
		pictures = append(pictures, p)
	}
	grey, grey16, nrgba, wide, paletted, cmyk := image.NewGray(size), image.NewGray16(size), image.NewNRGBA(size), image.NewNRGBA64(size), image.NewPaletted(size, palette), image.NewCMYK(size)
	fill(grey.Pix, grey16.Pix, nrgba.Pix, wide.Pix, paletted.Pix, cmyk.Pix)
	rgba := image.NewRGBA(size)
	draw.Draw(rgba, size, nrgba, image.Point{}, draw.Src)
	webp := image.NewNYCbCrA(size, image.YCbCrSubsampleRatio420)
	fill(webp.Y, webp.Cb, webp.Cr, webp.A)
	pictures = append(pictures, grey, grey16, nrgba, wide, paletted, cmyk, rgba, webp, nrgba.SubImage(image.Rect(7, 5, 80, 60)))
	for _, p := range pictures {
		for _, width := range []int{1, 30, 73} {
			want := image.NewRGBA(image.Rect(0, 0, width, width/2+1))
			draw.CatmullRom.Scale(want, want.Rect, p, p.Bounds(), draw.Src, nil)
			if got := resample(p, width, width/2+1); !bytes.Equal(got.Pix, want.Pix) {
				t.Errorf("%T, %d pixels wide: another picture", p, width)
			}
		}
	}
}

func TestShrinkGivesMeans(t *testing.T) {
	p := image.NewGray(image.Rect(0, 0, 5, 3))
	for i := range p.Pix {
		p.Pix[i] = byte(i)
	}
	small := shrink(p, 2)
	for at, want := range map[image.Point]uint16{{}: 3 * 0x101, {X: 2}: 1670, {X: 2, Y: 1}: 14 * 0x101} {
		if got := small.RGBA64At(at.X, at.Y).R; got != want && got != want+1 {
			t.Errorf("%v: %d, want %d", at, got, want)
		}
	}
}
