// Package media turns the bytes of a picture into what a page may use: its size, smaller copies, and a
// published original without private data.
//
// Everything is decided from the bytes, never from the file system. The same bytes give the same copies
// on one kind of processor; the cache only saves time. Sizes are as displayed: a camera's orientation
// has already been applied to them.
package media

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"math"
	"path"
	"strings"

	"golang.org/x/image/webp"
)

// ErrUnknownFormat says that the bytes are not a JPEG, PNG, GIF, WebP or SVG picture.
var ErrUnknownFormat = errors.New("unknown picture format")

// ErrDamaged says that the bytes begin like a picture but cannot be read as one.
var ErrDamaged = errors.New("damaged picture")

// ErrCutOff is an ErrDamaged of a picture whose end is missing.
var ErrCutOff = fmt.Errorf("%w: the end is missing", ErrDamaged)

// damaged gives what a decoder says as an ErrDamaged or ErrCutOff.
func damaged(err error) error {
	if strings.HasSuffix(err.Error(), "EOF") { // not all of them wrap it
		return fmt.Errorf("%w: %w", ErrCutOff, err)
	}
	return fmt.Errorf("%w: %w", ErrDamaged, err)
}

// Info is what the header of a picture says.
type Info struct {
	Format        string // jpeg, png, gif, webp or svg
	Width, Height int    // in pixels, as displayed
	Animated      bool   // WebP and PNG only; a scaled copy would lose the movement
	Transparent   bool   // what is behind it may show through
	CMYK          bool   // a JPEG in the colours of print, which is published in those of screens
	room          int64  // bytes that making copies of it takes at most
}

// Inspect reads a picture's header, and all of an SVG. Its format is what the bytes say, whatever its name; the error is or wraps
// ErrUnknownFormat, ErrDamaged, a *ForeignError, an *UnsafeSVGError or a *TooLargeError.
func Inspect(name string, data []byte) (Info, error) {
	format := sniff(data)
	if what := foreign(data); format == "" && what != "" {
		return Info{}, &ForeignError{What: what}
	}
	if format == "svg" || format == "" && strings.EqualFold(path.Ext(name), ".svg") {
		if len(data) > maxSVG {
			return Info{}, &TooLargeError{File: int64(len(data))}
		}
		return inspectSVG(data)
	}
	if len(data) == 0 {
		return Info{}, ErrCutOff
	}
	var config image.Config
	var err error
	switch reader := bytes.NewReader(data); format {
	case "jpeg":
		config, err = jpeg.DecodeConfig(bytes.NewReader(withAdobe(data)))
	case "png":
		config, err = png.DecodeConfig(reader)
	case "gif":
		config, err = gif.DecodeConfig(reader)
	case "webp":
		config, err = webp.DecodeConfig(reader)
	default:
		return Info{}, ErrUnknownFormat
	}
	switch {
	case err != nil && format == "webp" && cutWebP(data):
		return Info{}, ErrCutOff
	case err != nil:
		return Info{}, damaged(err)
	}
	info := Info{Format: format, Width: config.Width, Height: config.Height, Animated: animated(format, data)}
	switch format {
	case "png":
		info.Transparent = transparentPNG(data)
	case "jpeg":
		info.CMYK = config.ColorModel == color.CMYKModel
	case "webp":
		info.Transparent = config.ColorModel != color.YCbCrModel
	case "gif":
		info.Transparent = true // which of its colours are is beyond the header
	}
	if info.Width <= 0 || info.Height <= 0 {
		return Info{}, fmt.Errorf("%w: no size", ErrDamaged)
	}
	if info.room, err = bounded(format, data, config); err != nil {
		return Info{}, err
	}
	if format == "jpeg" && orientation(data) >= 5 {
		info.Width, info.Height = info.Height, info.Width
	}
	return info, nil
}

// widths of scaled copies, in pixels: for a card on a screen, for a phone or a picture in a text, for mail and phones of many pixels, and
// for a text on a screen of many.
var widths = [...]int{480, 800, MailWidth, 1600}

// Widths returns the widths in pixels of the scaled copies that a page should offer beside the original.
func Widths(info Info) []int {
	if info.Format == "svg" || info.Format == "gif" || info.Animated {
		return nil
	}
	var out []int
	for _, width := range widths {
		if width < info.Width && (width == widths[0] || width*info.copyHeight(width) <= maxCopy) {
			out = append(out, width)
		}
	}
	return out
}

// copyHeight gives the height of a copy of a width, in pixels.
func (i Info) copyHeight(width int) int {
	return max(1, int(math.Round(float64(i.Height)*float64(width)/float64(i.Width))))
}

func animated(format string, data []byte) bool {
	switch format {
	case "png":
		for kind := range pngChunks(data) {
			if kind == "acTL" {
				return true
			}
		}
	case "webp":
		const flagsAt, animationFlag = 20, 1 << 1 // WebP container specification, extended file format
		return len(data) > flagsAt && string(data[12:16]) == "VP8X" && data[flagsAt]&animationFlag != 0
	}
	return false
}

func decode(format string, data []byte) (image.Image, error) {
	var picture image.Image
	var err error
	switch reader := bytes.NewReader(data); format {
	case "jpeg":
		picture, err = decodeJPEG(data)
	case "png":
		picture, err = png.Decode(reader)
	case "gif":
		picture, err = gif.Decode(reader)
	case "webp":
		picture, err = webp.Decode(reader)
	default:
		return nil, ErrUnknownFormat
	}
	if err != nil {
		return nil, damaged(err)
	}
	return picture, nil
}
