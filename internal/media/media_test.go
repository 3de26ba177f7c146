package media

import (
	"encoding/binary"
	"errors"
	"image"
	"image/color"
	"slices"
	"testing"
)

func TestInspectReadsFormatAndSize(t *testing.T) {
	picture := corners(30, 20)
	for _, c := range []struct {
		name string
		data []byte
		want Info
	}{
		{"a.jpg", asJPEG(t, picture), Info{Format: "jpeg", Width: 30, Height: 20}},
		{"a.PNG", asPNG(t, picture), Info{Format: "png", Width: 30, Height: 20}},
		{"wrong.jpg", asPNG(t, picture), Info{Format: "png", Width: 30, Height: 20}},
		{"a.png", withChunks(asPNG(t, picture), pngChunk("acTL", "12345678")), Info{Format: "png", Width: 30, Height: 20, Animated: true}},
		{"a.png", asPNG(t, image.NewNRGBA(picture.Rect)), Info{Format: "png", Width: 30, Height: 20, Transparent: true}},
		{"a.png", asPNG(t, image.NewPaletted(picture.Rect, color.Palette{color.Black})), Info{Format: "png", Width: 30, Height: 20}},
		{"a.png", asPNG(t, image.NewPaletted(picture.Rect, color.Palette{color.Transparent})), Info{Format: "png", Width: 30, Height: 20, Transparent: true}},
		{"a.gif", asGIF(t, 30, 20), Info{Format: "gif", Width: 30, Height: 20, Transparent: true}},
		{"a.webp", fromBase64(t, lossyWebP), Info{Format: "webp", Width: 1, Height: 1}},
		{"a.webp", fromBase64(t, losslessWebP), Info{Format: "webp", Width: 1, Height: 1, Transparent: true}},
		{"a.webp", fromBase64(t, animatedWebP), Info{Format: "webp", Width: 1, Height: 1, Animated: true, Transparent: true}},
	} {
		got, err := Inspect(c.name, c.data)
		if got.room = 0; got != c.want || err != nil {
			t.Errorf("%s: %+v, %v; want %+v", c.name, got, err, c.want)
		}
	}
}

func TestInspectTurnsTheSizeOfARotatedPhotograph(t *testing.T) {
	for _, order := range []struct {
		binary.AppendByteOrder
		mark string
	}{{binary.LittleEndian, "II"}, {binary.BigEndian, "MM"}} {
		for turn := uint16(0); turn <= 9; turn++ {
			info := mustInspect(t, "a.jpg", asJPEG(t, corners(30, 20), exif(order, order.mark, turn)))
			if turned := info.Width == 20; turned != (turn >= 5 && turn <= 8) {
				t.Errorf("orientation %d, %s: %d × %d", turn, order.mark, info.Width, info.Height)
			}
		}
	}
}

func TestInspectTellsWhyAPictureCannotBeUsed(t *testing.T) {
	whole := asPNG(t, corners(30, 20))
	for name, want := range map[string]error{
		"":                         ErrCutOff,
		"geen foto":                ErrUnknownFormat,
		"%PDF-1.7":                 ErrUnknownFormat,
		"<svg xmlns='x'/>":         ErrDamaged,
		"<svg ":                    ErrCutOff,
		string(whole[:20]):         ErrCutOff,
		"\xFF\xD8\xFF\xE0\x00":     ErrCutOff,
		"GIF89a":                   ErrCutOff,
		"RIFF\x10\x00\x00\x00WEBP": ErrDamaged,
	} {
		if _, err := Inspect("a.png", []byte(name)); !errors.Is(err, want) {
			t.Errorf("%q: %v, want %v", name, err, want)
		}
	}
}

// header gives a PNG that says to have a size, depth and colour type, and nothing else.
func header(width, height uint32, depth, colour, interlaced byte) []byte {
	text := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, width), height)
	chunks := append([]byte(pngHeader), pngChunk("IHDR", string(append(text, depth, colour, 0, 0, interlaced)))...)
	if colour == 3 {
		chunks = append(chunks, pngChunk("PLTE", "rgb")...)
	}
	return append(append(chunks, pngChunk("IDAT", "")...), pngChunk("IEND", "")...)
}

func TestInspectKeepsToBounds(t *testing.T) {
	for _, c := range []struct {
		width, height             uint32
		depth, colour, interlaced byte
		tooLarge                  bool
	}{
		{65_535, 1, 1, 3, 0, false},
		{65_536, 1, 1, 3, 0, true},
		{1, 100_000_000, 1, 3, 0, true},
		{10_000, 10_000, 1, 3, 0, false},
		{10_000, 10_000, 8, 6, 0, false},
		{11_000, 11_000, 8, 6, 0, false},
		{11_200, 11_200, 8, 6, 0, true},
		{10_000, 10_000, 16, 6, 0, true},
		{10_000, 10_000, 8, 6, 1, false},
		{11_000, 11_000, 8, 6, 1, true}, // the decoder holds half of it twice
		{1601, 60_000, 1, 3, 0, false},
		{1601, 62_500, 8, 6, 0, false},
	} {
		_, err := Inspect("a.png", header(c.width, c.height, c.depth, c.colour, c.interlaced))
		var tooLarge *TooLargeError
		if errors.As(err, &tooLarge) != c.tooLarge || !c.tooLarge && err != nil {
			t.Errorf("%+v: %v", c, err)
		}
	}
}

func TestWidthsAreSmallerThanTheOriginal(t *testing.T) {
	for _, c := range []struct {
		info Info
		want []int
	}{
		{Info{Format: "jpeg", Width: 480}, nil},
		{Info{Format: "jpeg", Width: 2000, Height: 20_000}, []int{480, 800, 1200}},
		{Info{Format: "jpeg", Width: 2000, Height: 65_535}, []int{480}},
		{Info{Format: "jpeg", Width: 481}, []int{480}},
		{Info{Format: "png", Width: 1200}, []int{480, 800}},
		{Info{Format: "webp", Width: 4000}, []int{480, 800, 1200, 1600}},
		{Info{Format: "webp", Width: 4000, Animated: true}, nil},
		{Info{Format: "gif", Width: 4000}, nil},
		{Info{Format: "svg", Width: 4000}, nil},
	} {
		if got := Widths(c.info); !slices.Equal(got, c.want) {
			t.Errorf("%+v: %v, want %v", c.info, got, c.want)
		}
	}
}

func FuzzInspect(f *testing.F) {
	picture := corners(9, 7)
	f.Add("a.jpg", asJPEG(f, picture, exif(binary.LittleEndian, "II", 6), jpegSegment(markerCOM, "c")))
	f.Add("a.png", withChunks(asPNG(f, picture), pngChunk("tEXt", "a")))
	f.Add("a.gif", asGIF(f, 9, 7))
	f.Add("a.svg", []byte(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 7"><style>a{fill:url(#a)}</style></svg>`))
	for _, webp := range []string{lossyWebP, losslessWebP, alphaWebP, animatedWebP} {
		f.Add("a.webp", fromBase64(f, webp))
	}
	scaler := New("")
	f.Fuzz(func(t *testing.T, name string, data []byte) {
		info, err := Inspect(name, data)
		if err != nil {
			return
		}
		if info.Width < 1 || info.Height < 1 {
			t.Errorf("size %d × %d", info.Width, info.Height)
		}
		if info.Width*info.Height > 1<<16 {
			return
		}
		clean, err := scaler.Clean(data, info)
		if err != nil {
			return
		}
		if after, err := Inspect(name, clean); err != nil || after.Width != info.Width || after.Height != info.Height {
			t.Errorf("cleaning made %+v of %+v, %v", after, info, err)
		}
	})
}
