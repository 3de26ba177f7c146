package media

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"runtime"

	"golang.org/x/sync/semaphore"

	"leerblad/internal/cache"
)

const (
	copyQuality    = 82 // JPEG; no visible loss at the sizes of a page
	uprightQuality = 90 // JPEG; the original itself, so more careful
)

// Scaler makes copies of pictures and keeps them in a cache; it may be used from many goroutines.
type Scaler struct {
	cache kept
	room  *semaphore.Weighted // bytes for what is being decoded, so that many large pictures do not fill the memory
}

// New returns a Scaler that keeps its results in the folder dir, or nowhere if dir is empty.
func New(dir string) *Scaler {
	return &Scaler{cache: kept{cache.Folder(dir)}, room: semaphore.NewWeighted(maxRoom)}
}

// Picture is a picture of which copies are made. It is decoded once at most, when that is needed.
type Picture struct {
	scaler  *Scaler
	data    []byte
	info    Info
	decoded *decoded
}

// decoded is a picture as it is scaled from.
type decoded struct {
	image   image.Image
	lossy   bool // its pixels are kept as in a JPEG
	palette color.Palette
}

// Open returns the picture of the bytes that Inspect gave info of. It must be closed.
func (s *Scaler) Open(data []byte, info Info) *Picture {
	return &Picture{scaler: s, data: data, info: info}
}

// large is from how many bytes on the room of a decoded picture is given back at once.
const large = 100_000_000

// Close lets go of what was decoded.
func (p *Picture) Close() {
	if p.decoded == nil {
		return
	}
	p.decoded = nil
	p.scaler.release(p.info)
}

// reserve waits until there is room to decode a picture; the context never ends, so there is no error.
func (s *Scaler) reserve(info Info) { _ = s.room.Acquire(context.Background(), info.room) }

func (s *Scaler) release(info Info) {
	if info.room >= large {
		runtime.GC() // else the next one comes beside what this one left
	}
	s.room.Release(info.room)
}

// decode decodes the picture, and makes one much larger than its copies smaller at once: all of them are made from that.
func (p *Picture) decode() (*decoded, error) {
	if p.decoded != nil {
		return p.decoded, nil
	}
	p.scaler.reserve(p.info)
	original, err := decode(p.info.Format, p.data)
	if err != nil {
		p.scaler.release(p.info)
		return nil, err
	}
	d := &decoded{image: original}
	_, d.lossy = original.(*image.YCbCr)
	if paletted, ok := original.(*image.Paletted); ok {
		d.palette = paletted.Palette
	}
	if times := shrinkTimes(original.Bounds().Dx()); times > 1 {
		d.image = shrink(original, times)
	}
	p.decoded = d
	return d, nil
}

// Copy is Picture.Copy.
func (s *Scaler) Copy(data []byte, info Info, width int) (out []byte, ext string, err error) {
	p := s.Open(data, info)
	defer p.Close()
	return p.Copy(width)
}

// Copy returns the picture width pixels wide, upright and without metadata, and the file extension "jpg"
// or "png"; width is at most the original's, an SVG cannot be copied, and of an animation it is the first
// frame. The error wraps ErrDamaged when the picture cannot be decoded.
func (p *Picture) Copy(width int) (out []byte, ext string, err error) {
	if width < 1 || width > p.info.Width || p.info.Format == "svg" {
		return nil, "", fmt.Errorf("cannot scale a %s picture %d pixels wide to %d", p.info.Format, p.info.Width, width)
	}
	out, err = p.scaler.cache.get(p.data, width, func() ([]byte, error) { return p.scale(width) })
	if err != nil {
		return nil, "", err
	}
	if sniff(out) == "jpeg" {
		return out, "jpg", nil
	}
	return out, "png", nil
}

// Kept reports whether all copies are in the cache, or none are wanted.
func (p *Picture) Kept() bool {
	for _, width := range Widths(p.info) {
		if !p.scaler.cache.has(p.data, width) {
			return p.scaler.cache.Folder == "" // where they would be made twice, they are made at once
		}
	}
	return true
}

// Check decodes the picture, unless it is known to be whole; of an animation the first frame. The error wraps ErrDamaged.
func (p *Picture) Check() error {
	if p.info.Format == "svg" || p.info.Format == "webp" && p.info.Animated { // which cannot be decoded
		return nil
	}
	_, err := p.scaler.cache.get(p.data, -1, func() ([]byte, error) {
		_, err := p.decode()
		return []byte("whole"), err
	})
	return err
}

// Clean returns the picture as it may be published: without places, names, comments and what drawing programs note for
// themselves, and a JPEG upright and in the colours of screens. Only a JPEG that was not so loses a little quality. The error wraps ErrDamaged when the
// picture is cut off or cannot be decoded.
func (s *Scaler) Clean(data []byte, info Info) ([]byte, error) {
	switch info.Format {
	case "png":
		return cleanPNG(data)
	case "gif":
		return cleanGIF(data)
	case "webp":
		return cleanWebP(data)
	case "svg":
		return cleanSVG(data)
	}
	if !redrawn(data, info) {
		return cleanJPEG(data)
	}
	return s.cache.get(data, 0, func() ([]byte, error) { return s.upright(data, info) })
}

// redrawn reports whether a picture is published as another one.
func redrawn(data []byte, info Info) bool {
	return info.Format == "jpeg" && (info.CMYK || orientation(data) != 1)
}

func (p *Picture) scale(width int) ([]byte, error) {
	original, err := p.decode()
	if err != nil {
		return nil, err
	}
	height := p.info.copyHeight(width)
	turn := 1
	if p.info.Format == "jpeg" {
		turn = orientation(p.data)
	}
	if turn >= 5 {
		width, height = height, width
	}
	small := orient(resample(original.image, width, height), turn)
	if p.info.Format == "jpeg" || p.info.Format == "webp" && original.lossy {
		return encodeJPEG(small, copyQuality, original.lossy, p.data)
	}
	var picture image.Image = small
	if original.palette != nil {
		if drawn := withPalette(small, original.palette); drawn != nil {
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
	s.reserve(info)
	defer s.release(info)
	if _, whole := segments(data); !whole {
		return nil, ErrCutOff
	}
	original, err := decode(info.Format, data)
	if err != nil {
		return nil, err
	}
	_, lossy := original.(*image.YCbCr)
	return encodeJPEG(turned(original, orientation(data)), uprightQuality, lossy, data)
}

// turned gives a picture that was stored with an Exif orientation upright, by way of some rows at a time.
func turned(original image.Image, turn int) *image.RGBA {
	size := original.Bounds()
	width, height := size.Dx(), size.Dy()
	to := image.NewRGBA(orientedRect(width, height, turn))
	const rows = 64
	strip := image.NewRGBA(image.Rect(0, 0, width, rows))
	for from := 0; from < height; from += rows {
		draw.Draw(strip, strip.Rect, original, size.Min.Add(image.Pt(0, from)), draw.Src)
		orientRows(to, strip, from, min(rows, height-from), height, turn)
	}
	return to
}

// orient turns a picture that was stored with an Exif orientation (1 to 8) upright.
func orient(from *image.RGBA, turn int) *image.RGBA {
	if turn == 1 {
		return from
	}
	width, height := from.Rect.Dx(), from.Rect.Dy()
	to := image.NewRGBA(orientedRect(width, height, turn))
	orientRows(to, from, 0, height, height, turn)
	return to
}

func orientedRect(width, height, turn int) image.Rectangle {
	if turn >= 5 {
		return image.Rect(0, 0, height, width)
	}
	return image.Rect(0, 0, width, height)
}

// orientRows puts count rows of a picture of a height, which begin at row first and stand at the top of from, where they are when it
// is upright.
func orientRows(to, from *image.RGBA, first, count, height, turn int) {
	width := from.Rect.Dx()
	for row := range count {
		for x := range width {
			toX, toY := x, first+row
			if turn == 2 || turn == 3 || turn == 7 || turn == 8 {
				toX = width - 1 - toX
			}
			if turn == 3 || turn == 4 || turn == 6 || turn == 7 {
				toY = height - 1 - toY
			}
			if turn >= 5 {
				toX, toY = toY, toX
			}
			copy(to.Pix[to.PixOffset(toX, toY):][:4], from.Pix[from.PixOffset(x, row):][:4])
		}
	}
}
