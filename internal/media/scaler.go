package media

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/png"
	"math"

	"golang.org/x/image/draw"
	"golang.org/x/sync/semaphore"
)

const (
	copyQuality    = 82 // JPEG; no visible loss at the sizes of a page
	uprightQuality = 90 // JPEG; the original itself, so more careful
)

// Scaler makes copies of pictures and keeps them in a cache; it may be used from many goroutines.
type Scaler struct {
	cache  cache
	pixels *semaphore.Weighted // being decoded, so that many large pictures do not fill the memory
}

// New returns a Scaler that keeps its results in the folder dir, or nowhere if dir is empty.
func New(dir string) *Scaler {
	return &Scaler{cache: cache{dir: dir}, pixels: semaphore.NewWeighted(maxPixels)}
}

// Copy returns the picture width pixels wide, upright and without metadata, and the file extension "jpg"
// or "png"; width is at most the original's, an SVG cannot be copied, and of an animation it is the first
// frame. The error wraps ErrDamaged when the picture cannot be decoded.
func (s *Scaler) Copy(data []byte, info Info, width int) (out []byte, ext string, err error) {
	if width < 1 || width > info.Width || info.Format == "svg" {
		return nil, "", fmt.Errorf("cannot scale a %s picture %d pixels wide to %d", info.Format, info.Width, width)
	}
	out, err = s.cache.get(data, width, func() ([]byte, error) {
		return s.scale(data, info, width)
	})
	if err != nil {
		return nil, "", err
	}
	if sniff(out) == "jpeg" {
		return out, "jpg", nil
	}
	return out, "png", nil
}

// Clean returns the picture as it may be published: a JPEG without Exif, places and comments, upright; a
// PNG without text and Exif; other formats as they are. Only a JPEG that was not upright loses a little
// quality. The error wraps ErrDamaged when the picture is cut off or cannot be decoded.
func (s *Scaler) Clean(data []byte, info Info) ([]byte, error) {
	switch info.Format {
	case "png":
		return cleanPNG(data)
	case "jpeg":
		if orientation(data) == 1 {
			return cleanJPEG(data)
		}
		return s.cache.get(data, 0, func() ([]byte, error) { return s.upright(data, info) })
	}
	return data, nil
}

func (s *Scaler) scale(data []byte, info Info, width int) ([]byte, error) {
	release := s.reserve(info)
	defer release()
	original, err := decode(info.Format, data)
	if err != nil {
		return nil, err
	}
	height := max(1, int(math.Round(float64(info.Height)*float64(width)/float64(info.Width))))
	turn := 1
	if info.Format == "jpeg" {
		turn = orientation(data)
	}
	if turn >= 5 {
		width, height = height, width
	}
	small := image.NewRGBA(image.Rect(0, 0, width, height))
	draw.CatmullRom.Scale(small, small.Bounds(), original, original.Bounds(), draw.Src, nil)
	small = orient(small, turn)
	_, lossyWebP := original.(*image.YCbCr)
	if info.Format == "jpeg" || info.Format == "webp" && lossyWebP {
		return encodeJPEG(small, copyQuality, original, data)
	}
	var picture image.Image = small
	if original, ok := original.(*image.Paletted); ok {
		if drawn := withPalette(small, original.Palette); drawn != nil {
			picture = drawn
		}
	}
	var out bytes.Buffer
	encoder := png.Encoder{CompressionLevel: png.BestCompression}
	if err := encoder.Encode(&out, picture); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

func (s *Scaler) upright(data []byte, info Info) ([]byte, error) {
	release := s.reserve(info)
	defer release()
	original, err := decode(info.Format, data)
	if err != nil {
		return nil, err
	}
	bounds := original.Bounds()
	full := image.NewRGBA(image.Rect(0, 0, bounds.Dx(), bounds.Dy()))
	draw.Draw(full, full.Bounds(), original, bounds.Min, draw.Src)
	return encodeJPEG(orient(full, orientation(data)), uprightQuality, original, data)
}

// reserve waits until the picture's pixels fit; the context never ends, so there is no error.
func (s *Scaler) reserve(info Info) (release func()) {
	weight := min(maxPixels, int64(info.Width)*int64(info.Height))
	_ = s.pixels.Acquire(context.Background(), weight)
	return func() { s.pixels.Release(weight) }
}

// orient turns a picture that was stored with an Exif orientation (1 to 8) upright.
func orient(from *image.RGBA, turn int) *image.RGBA {
	if turn == 1 {
		return from
	}
	width, height := from.Rect.Dx(), from.Rect.Dy()
	size := image.Rect(0, 0, width, height)
	if turn >= 5 {
		size = image.Rect(0, 0, height, width)
	}
	to := image.NewRGBA(size)
	for y := range size.Dy() {
		for x := range size.Dx() {
			fromX, fromY := x, y
			if turn >= 5 {
				fromX, fromY = y, x
			}
			if turn == 2 || turn == 3 || turn == 7 || turn == 8 {
				fromX = width - 1 - fromX
			}
			if turn == 3 || turn == 4 || turn == 6 || turn == 7 {
				fromY = height - 1 - fromY
			}
			copy(to.Pix[to.PixOffset(x, y):][:4], from.Pix[from.PixOffset(fromX, fromY):][:4])
		}
	}
	return to
}
