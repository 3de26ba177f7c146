package media

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/color/palette"
	"image/gif"
	"image/jpeg"
	"image/png"
	"testing"
)

// The smallest WebP pictures, of one pixel.
const (
	lossyWebP    = "UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA"
	losslessWebP = "UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA=="
	alphaWebP    = "UklGRkoAAABXRUJQVlA4WAoAAAAQAAAAAAAAAAAAQUxQSAwAAAARBxAR/Q9ERP8DAABWUDggGAAAABQBAJ0BKgEAAQAAAP4AAA3AAP7mtQAAAA=="
	animatedWebP = "UklGRlIAAABXRUJQVlA4WAoAAAASAAAAAAAAAAAAQU5JTQYAAAD/////AABBTk1GJgAAAAAAAAAAAAAAAAAAAGQAAABWUDhMDQAAAC8AAAAQBxAREYiI/gcA"
)

var (
	red, green = color.NRGBA{R: 255, A: 255}, color.NRGBA{G: 255, A: 255}
	blue, grey = color.NRGBA{B: 255, A: 255}, color.NRGBA{R: 128, G: 128, B: 128, A: 255}
)

// corners is red at the top left, green at the top right, blue at the bottom left, and grey.
func corners(width, height int) *image.NRGBA {
	picture := image.NewNRGBA(image.Rect(0, 0, width, height))
	for y := range height {
		for x := range width {
			switch left, top := x < width/2, y < height/2; {
			case left && top:
				picture.Set(x, y, red)
			case top:
				picture.Set(x, y, green)
			case left:
				picture.Set(x, y, blue)
			default:
				picture.Set(x, y, grey)
			}
		}
	}
	return picture
}

func asPNG(t testing.TB, picture image.Image) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := png.Encode(&out, picture); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func asGIF(t testing.TB, width, height int) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := gif.Encode(&out, image.NewPaletted(image.Rect(0, 0, width, height), palette.WebSafe), nil); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// asJPEG puts extra segments behind the SOI marker.
func asJPEG(t testing.TB, picture image.Image, extra ...[]byte) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := jpeg.Encode(&out, picture, &jpeg.Options{Quality: 100}); err != nil {
		t.Fatal(err)
	}
	parts := append([][]byte{out.Bytes()[:2]}, extra...)
	return bytes.Join(append(parts, out.Bytes()[2:]), nil)
}

func jpegSegment(marker byte, payload string) []byte {
	length := binary.BigEndian.AppendUint16(nil, uint16(len(payload)+2))
	return append(append([]byte{0xFF, marker}, length...), payload...)
}

func exif(order binary.AppendByteOrder, mark string, orientation uint16) []byte {
	tiff := []byte(mark)
	tiff = order.AppendUint16(tiff, 42)
	tiff = order.AppendUint32(tiff, 8)
	tiff = order.AppendUint16(tiff, 2)
	for _, entry := range [][2]uint16{{0x010F, 7}, {0x0112, orientation}} {
		tiff = order.AppendUint16(tiff, entry[0])
		tiff = order.AppendUint16(tiff, 3)
		tiff = order.AppendUint32(tiff, 1)
		tiff = order.AppendUint16(tiff, entry[1])
		tiff = order.AppendUint16(tiff, 0)
	}
	return jpegSegment(markerAPP1, "Exif\x00\x00"+string(tiff)+"GPS secret")
}

func pngChunk(kind, payload string) []byte {
	chunk := binary.BigEndian.AppendUint32(nil, uint32(len(payload)))
	chunk = append(append(chunk, kind...), payload...)
	return binary.BigEndian.AppendUint32(chunk, crc32.ChecksumIEEE(chunk[4:]))
}

// withChunks puts chunks behind IHDR.
func withChunks(data []byte, chunks ...[]byte) []byte {
	const headerEnd = 8 + 25
	parts := append([][]byte{data[:headerEnd]}, chunks...)
	return bytes.Join(append(parts, data[headerEnd:]), nil)
}

func fromBase64(t testing.TB, text string) []byte {
	t.Helper()
	data, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func mustInspect(t testing.TB, name string, data []byte) Info {
	t.Helper()
	info, err := Inspect(name, data)
	if err != nil {
		t.Fatal(err)
	}
	return info
}

func wantColour(t *testing.T, what string, got color.Color, want color.NRGBA) {
	t.Helper()
	r, g, b, _ := got.RGBA()
	for i, pair := range [][2]int{{int(r >> 8), int(want.R)}, {int(g >> 8), int(want.G)}, {int(b >> 8), int(want.B)}} {
		if diff := pair[0] - pair[1]; diff < -12 || diff > 12 {
			t.Errorf("%s: channel %d of %v, want %v", what, i, got, want)
			return
		}
	}
}
