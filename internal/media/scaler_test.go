package media

import (
	"bytes"
	"encoding/binary"
	"errors"
	"image"
	"image/color"
	"image/jpeg"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"leerblad/internal/cache"
)

func TestCopyScalesAndKeepsTheKindOfPicture(t *testing.T) {
	for _, c := range []struct {
		name  string
		data  []byte
		width int
		ext   string
	}{
		{"a.jpg", asJPEG(t, corners(60, 40)), 30, "jpg"},
		{"a.png", asPNG(t, corners(60, 40)), 30, "png"},
		{"a.gif", asGIF(t, 60, 40), 30, "png"},
		{"a.webp", fromBase64(t, lossyWebP), 1, "jpg"},
		{"a.webp", fromBase64(t, losslessWebP), 1, "png"},
		{"a.webp", fromBase64(t, alphaWebP), 1, "png"},
	} {
		info := mustInspect(t, c.name, c.data)
		out, ext, err := New("").Copy(c.data, info, c.width)
		if err != nil || ext != c.ext {
			t.Errorf("%s: %q, %v", c.name, ext, err)
			continue
		}
		after := mustInspect(t, "a."+ext, out)
		if after.Width != c.width || after.Height != max(1, c.width*2/3) {
			t.Errorf("%s: %d × %d", c.name, after.Width, after.Height)
		}
	}
}

// copied gives a copy of a picture that was stored as PNG.
func copied(t *testing.T, picture image.Image, width int) image.Image {
	t.Helper()
	data := asPNG(t, picture)
	out, _, err := New("").Copy(data, mustInspect(t, "a.png", data), width)
	if err != nil {
		t.Fatal(err)
	}
	small, err := decode("png", out)
	if err != nil {
		t.Fatal(err)
	}
	return small
}

func TestCopyMixesNeighbouringPixels(t *testing.T) {
	picture := image.NewGray(image.Rect(0, 0, 60, 40))
	for i := range picture.Pix {
		picture.Pix[i] = uint8(i % 2 * 255)
	}
	small := copied(t, picture, 30)
	wantColour(t, "stripes", small.At(15, 10), grey)
}

func TestACopyKeepsToThePaletteOfADrawing(t *testing.T) {
	colours := color.Palette{color.Black, color.White, color.Gray{0x40}, color.Gray{0x80}, color.Gray{0xc0}}
	drawing := image.NewPaletted(image.Rect(0, 0, 400, 300), colours)
	for i := range drawing.Pix {
		drawing.Pix[i] = uint8(i % 400 / 200) // a black half and a white one
	}
	dots := image.NewPaletted(drawing.Rect, colours[:2])
	for i := range dots.Pix {
		dots.Pix[i] = uint8((i + i/400) % 2) // grey, to the eye
	}
	line := image.NewPaletted(image.Rect(0, 0, 1600, 1000), colours[:2])
	for i := range line.Pix {
		if line.Pix[i] = 1; i%1600 == 801 {
			line.Pix[i] = 0
		}
	}
	for name, c := range map[string]struct {
		picture  image.Image
		paletted bool
	}{"a drawing": {drawing, true}, "dots": {dots, false}, "a thin line": {line, false}} {
		small := copied(t, c.picture, 199)
		if _, paletted := small.(*image.Paletted); paletted != c.paletted {
			t.Errorf("%s: the copy is a %T", name, small)
		}
	}
}

func TestCopyKeepsTransparency(t *testing.T) {
	picture := corners(60, 40)
	for i := range 30 * 40 {
		picture.Pix[i%30*4+i/30*picture.Stride+3] = 0
	}
	small := copied(t, picture, 30)
	if _, _, _, alpha := small.At(2, 2).RGBA(); alpha != 0 {
		t.Errorf("alpha %d where the picture is transparent", alpha)
	}
	wantColour(t, "opaque half", small.At(27, 2), green)
}

// TestPicturesComeOutUpright follows the Exif table: which side the first stored row and column are on.
func TestPicturesComeOutUpright(t *testing.T) {
	type corner struct{ right, bottom bool }
	for turn, first := range map[uint16]struct{ origin, rowEnd corner }{
		1: {corner{}, corner{right: true}},
		2: {corner{right: true}, corner{}},
		3: {corner{true, true}, corner{bottom: true}},
		4: {corner{bottom: true}, corner{true, true}},
		5: {corner{}, corner{bottom: true}},
		6: {corner{right: true}, corner{true, true}},
		7: {corner{true, true}, corner{right: true}},
		8: {corner{bottom: true}, corner{}},
	} {
		data := asJPEG(t, corners(64, 32), exif(binary.BigEndian, "MM", turn))
		info := mustInspect(t, "a.jpg", data)
		scaler := New("")
		small, _, err := scaler.Copy(data, info, info.Width/2)
		if err != nil {
			t.Fatal(err)
		}
		clean, err := scaler.Clean(data, info)
		if err != nil {
			t.Fatal(err)
		}
		for what, out := range map[string][]byte{"copy": small, "clean": clean} {
			if orientation(out) != 1 || bytes.Contains(out, []byte("Exif")) {
				t.Errorf("orientation %d: %s still has Exif", turn, what)
			}
			picture, err := jpeg.Decode(bytes.NewReader(out))
			if err != nil {
				t.Fatal(err)
			}
			size := picture.Bounds()
			if (size.Dx() > size.Dy()) != (info.Width > info.Height) {
				t.Errorf("orientation %d: %s is %v", turn, what, size)
			}
			at := func(c corner) image.Point {
				point := image.Pt(2, 2)
				if c.right {
					point.X = size.Dx() - 3
				}
				if c.bottom {
					point.Y = size.Dy() - 3
				}
				return point
			}
			origin, rowEnd := at(first.origin), at(first.rowEnd)
			wantColour(t, what+" origin", picture.At(origin.X, origin.Y), red)
			wantColour(t, what+" row end", picture.At(rowEnd.X, rowEnd.Y), green)
		}
	}
}

func TestCopyIsTheSameBytesEveryTime(t *testing.T) {
	data := asJPEG(t, corners(300, 200))
	info := mustInspect(t, "a.jpg", data)
	dir := filepath.Join(t.TempDir(), "cache")
	var group sync.WaitGroup
	outs := make([][]byte, 8)
	scaler := New(dir)
	for i := range outs {
		group.Go(func() {
			s := scaler
			if i%2 == 0 {
				s = New("")
			}
			out, _, err := s.Copy(data, info, 100)
			if err != nil {
				t.Error(err)
			}
			outs[i] = out
		})
	}
	group.Wait()
	for _, out := range outs {
		if !bytes.Equal(out, outs[0]) {
			t.Error("copies differ")
		}
	}
}

func TestCopyUsesTheCacheUnlessItIsDamaged(t *testing.T) {
	dir := t.TempDir()
	data := asPNG(t, corners(60, 40))
	info := mustInspect(t, "a.png", data)
	copyOnce := func() []byte {
		out, _, err := New(dir).Copy(data, info, 30)
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	first := copyOnce()
	files, err := filepath.Glob(filepath.Join(dir, "*"))
	if err != nil || len(files) != 1 {
		t.Fatalf("cache holds %v, %v", files, err)
	}
	stored, err := os.ReadFile(files[0])
	if err != nil || !bytes.HasSuffix(stored, first) {
		t.Fatal("cache does not hold the copy")
	}
	hit := false
	out, err := kept{cache.Folder(dir)}.get(data, 30, func() ([]byte, error) { hit = true; return nil, nil })
	if err != nil || hit || !bytes.Equal(out, first) {
		t.Error("the copy was made again")
	}
	for _, damaged := range [][]byte{nil, stored[:len(stored)-1], append(bytes.Clone(stored[:len(stored)-1]), 'x')} {
		if err := os.WriteFile(files[0], damaged, 0o666); err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(copyOnce(), first) {
			t.Error("a damaged cache was used")
		}
	}
}

func TestCopyRefusesWhatItCannotScale(t *testing.T) {
	data := asPNG(t, corners(60, 40))
	info := mustInspect(t, "a.png", data)
	scaler := New("")
	if _, _, err := scaler.Copy(data, info, 61); err == nil {
		t.Error("a copy larger than the original was made")
	}
	if _, _, err := scaler.Copy(nil, Info{Format: "svg", Width: 9, Height: 9}, 5); err == nil {
		t.Error("a copy of an SVG was made")
	}
	if _, _, err := scaler.Copy(data[:len(data)-30], info, 30); !errors.Is(err, ErrDamaged) {
		t.Errorf("a damaged picture gave %v", err)
	}
}

func TestCleanTakesPrivateDataOutOfAJPEGWithoutLoss(t *testing.T) {
	icc := jpegSegment(markerAPP2, "ICC_PROFILE\x00\x01\x01profile")
	private := [][]byte{
		exif(binary.BigEndian, "MM", 1), jpegSegment(markerCOM, "secret"), jpegSegment(markerAPP2, "MPF\x00secret"),
		jpegSegment(markerAPP0, "JFXX\x00secret"), jpegSegment(0xED, "Photoshop 3.0\x00secret"),
	}
	picture := corners(60, 40)
	kept := [][]byte{jpegSegment(markerAPP0, "JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"), icc,
		jpegSegment(markerAPP14, "Adobe\x00\x64\x00\x00\x00\x00\x01")}
	want := asJPEG(t, picture, kept...)
	data := append(asJPEG(t, picture, append(kept, private...)...), "secret film after the picture"...)
	got, err := New("").Clean(data, mustInspect(t, "a.jpg", data))
	if err != nil || !bytes.Equal(got, want) {
		t.Errorf("%d bytes, want %d, %v", len(got), len(want), err)
	}
}

func TestCleanReadsJPEGMarkersAsDecodersDo(t *testing.T) {
	const start, scan, end = "\xFF\xD8", "\xFF\xDA\x00\x02a\xFF\x00b\xFF\xD0c", "\xFF\xD9"
	fill := "\xFF" + string(jpegSegment(markerCOM, "secret"))
	between := string(jpegSegment(markerCOM, "secret"))
	got, err := New("").Clean([]byte(start+fill+scan+between+scan+end), Info{Format: "jpeg"})
	if want := start + scan + scan + end; err != nil || string(got) != want {
		t.Errorf("%q, want %q, %v", got, want, err)
	}
}

func TestReencodedJPEGKeepsItsColourProfile(t *testing.T) {
	icc := jpegSegment(markerAPP2, "ICC_PROFILE\x00\x01\x01profile")
	data := asJPEG(t, corners(60, 40), exif(binary.BigEndian, "MM", 3), icc)
	info := mustInspect(t, "a.jpg", data)
	small, _, err := New("").Copy(data, info, 30)
	if err != nil {
		t.Fatal(err)
	}
	clean, err := New("").Clean(data, info)
	if err != nil {
		t.Fatal(err)
	}
	for _, out := range [][]byte{small, clean} {
		if !bytes.Contains(out, icc) {
			t.Error("no profile")
		}
		mustInspect(t, "a.jpg", out)
	}
	grey := asJPEG(t, image.NewGray(image.Rect(0, 0, 60, 40)), icc)
	small, _, err = New("").Copy(grey, mustInspect(t, "a.jpg", grey), 30)
	if err != nil || bytes.Contains(small, icc) {
		t.Errorf("a profile for grey was put on a colour picture, %v", err)
	}
}

func TestCleanTakesTextOutOfAPNGAndLeavesTheRest(t *testing.T) {
	physical := pngChunk("pHYs", "123456789")
	want := withChunks(asPNG(t, corners(60, 40)), physical)
	data := withChunks(asPNG(t, corners(60, 40)), physical, pngChunk("tEXt", "secret"), pngChunk("zTXt", "secret"),
		pngChunk("iTXt", "secret"), pngChunk("eXIf", "secret"))
	data = append(data, pngChunk("prVt", "secret after the picture")...)
	got, err := New("").Clean(data, mustInspect(t, "a.png", data))
	if err != nil || !bytes.Equal(got, want) {
		t.Errorf("%d bytes, want %d, %v", len(got), len(want), err)
	}
}

func TestCleanRefusesAPictureThatIsCutOff(t *testing.T) {
	for name, data := range map[string][]byte{
		"a.jpg": asJPEG(t, corners(60, 40)), "a.png": asPNG(t, corners(60, 40)),
	} {
		if _, err := New("").Clean(data[:len(data)-1], mustInspect(t, name, data)); !errors.Is(err, ErrDamaged) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
