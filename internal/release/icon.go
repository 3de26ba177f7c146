package release

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/color"
	"image/png"

	"golang.org/x/image/vector"
)

// Icon draws the default theme's icon.svg as a PNG of so many pixels wide and high: the leaf with its three lines, on paper.
func Icon(size int) ([]byte, error) {
	img := image.NewNRGBA(image.Rect(0, 0, size, size))
	scale := float32(size) / 32
	fill := func(c color.NRGBA, draw func(*vector.Rasterizer)) {
		r := vector.NewRasterizer(size, size)
		draw(r)
		r.Draw(img, img.Bounds(), image.NewUniform(c), image.Point{})
	}
	line := func(r *vector.Rasterizer, points ...float32) {
		r.MoveTo(points[0]*scale, points[1]*scale)
		for i := 2; i < len(points); i += 2 {
			r.LineTo(points[i]*scale, points[i+1]*scale)
		}
		r.ClosePath()
	}
	paper, leaf := color.NRGBA{0xf7, 0xf3, 0xea, 0xff}, color.NRGBA{0x0b, 0x55, 0x63, 0xff}
	fill(paper, func(r *vector.Rasterizer) { line(r, 0, 0, 32, 0, 32, 32, 0, 32) })
	fill(leaf, func(r *vector.Rasterizer) {
		r.MoveTo(5*scale, 27*scale)
		r.CubeTo(5*scale, 12.5*scale, 12.5*scale, 5*scale, 27*scale, 5*scale)
		r.CubeTo(27*scale, 19.5*scale, 19.5*scale, 27*scale, 5*scale, 27*scale)
		r.ClosePath()
	})
	fill(paper, func(r *vector.Rasterizer) {
		line(r, 13.5, 12, 24, 12, 24, 14, 13.5, 14)
		line(r, 11, 16.5, 21.5, 16.5, 21.5, 18.5, 11, 18.5)
		line(r, 9.5, 21, 16.5, 21, 16.5, 23, 9.5, 23)
	})
	var out bytes.Buffer
	err := png.Encode(&out, img)
	return out.Bytes(), err
}

// Favicon gives the default theme's favicon.ico: Icon in the sizes of tabs and lists, as PNG, which an ICO may hold.
func Favicon() ([]byte, error) {
	sizes := []int{16, 32, 48}
	const header, entry = 6, 16 // bytes
	head := []byte{0, 0, 1, 0, byte(len(sizes)), 0}
	var pictures []byte
	for _, size := range sizes {
		picture, err := Icon(size)
		if err != nil {
			return nil, err
		}
		head = append(head, byte(size), byte(size), 0, 0, 1, 0, 32, 0) // no palette, one plane, 32 bits a pixel
		head = binary.LittleEndian.AppendUint32(head, uint32(len(picture)))
		head = binary.LittleEndian.AppendUint32(head, uint32(header+entry*len(sizes)+len(pictures)))
		pictures = append(pictures, picture...)
	}
	return append(head, pictures...), nil
}
