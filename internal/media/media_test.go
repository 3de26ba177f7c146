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
		if got, err := Inspect(c.name, c.data); got != c.want || err != nil {
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
		"":                         ErrUnknownFormat,
		"%PDF-1.7":                 ErrUnknownFormat,
		"<svg xmlns='x'/>":         ErrUnknownFormat,
		string(whole[:20]):         ErrDamaged,
		"\xFF\xD8\xFF\xE0\x00":     ErrDamaged,
		"GIF89a":                   ErrDamaged,
		"RIFF\x10\x00\x00\x00WEBP": ErrDamaged,
	} {
		if _, err := Inspect("a.png", []byte(name)); !errors.Is(err, want) {
			t.Errorf("%q: %v, want %v", name, err, want)
		}
	}
	large := slices.Clone(whole)
	binary.BigEndian.PutUint32(large[16:], 10_001)
	binary.BigEndian.PutUint32(large[20:], 10_000)
	binary.BigEndian.PutUint32(large[29:], binary.BigEndian.Uint32(pngChunk("IHDR", string(large[16:29]))[8+13:]))
	var tooLarge *TooLargeError
	if _, err := Inspect("a.png", large); !errors.As(err, &tooLarge) || tooLarge.Width != 10_001 {
		t.Errorf("a picture of 100 million pixels and more gave %v", err)
	}
}

func TestWidthsAreSmallerThanTheOriginal(t *testing.T) {
	for _, c := range []struct {
		info Info
		want []int
	}{
		{Info{Format: "jpeg", Width: 480}, nil},
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
