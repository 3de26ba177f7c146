package media

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"path"
	"strings"
)

// What a picture may be at most: maxFile is for its file, or maxSVG, maxDecoded for its pixels and maxRoom for all that making copies of
// it takes, in bytes; maxSide, in pixels, is that of JPEG, and maxCopy is for the pixels of copies but the smallest.
const (
	maxFile    = 100_000_000
	maxSVG     = 10_000_000
	maxDecoded = 500_000_000
	maxRoom    = 700_000_000
	maxSide    = 65_535
	maxCopy    = 16_000_000
)

// MaxSize gives the most bytes that the file of a picture of this name may have.
func MaxSize(name string) int64 {
	if strings.EqualFold(path.Ext(name), ".svg") {
		return maxSVG
	}
	return maxFile
}

// TooLargeError says that a picture is beyond a bound: its file or its decoded pixels of a size in bytes, or a side in pixels.
type TooLargeError struct {
	File, Decoded, Side int64 // two of them are 0
}

func (e *TooLargeError) Error() string {
	return fmt.Sprintf("picture too large: %d bytes, decoded %d bytes, %d pixels", e.File, e.Decoded, e.Side)
}

// bounded gives the bytes that making copies of a picture takes at most, or an error for one that is beyond a bound.
func bounded(format string, data []byte, config image.Config) (room int64, err error) {
	if side := max(config.Width, config.Height); side > maxSide {
		return 0, &TooLargeError{Side: int64(side)}
	}
	perPixel, more := 4.0, 0.0 // more is what only the decoder needs
	switch format {
	case "png":
		perPixel, more = pngPixel(data, config.ColorModel)
	case "jpeg":
		perPixel, more = jpegPixel(data)
	case "gif":
		perPixel, more = 1, 1 // an interlaced one is put in order in a copy
	case "webp":
		switch config.ColorModel {
		case color.YCbCrModel:
			perPixel = 1.5
		case color.NYCbCrAModel:
			perPixel, more = 2.5, 8
		default:
			more = 4 // the transforms make a copy
		}
	}
	pixels := float64(config.Width) * float64(config.Height)
	turns, shown := 1.0, Info{Width: config.Width, Height: config.Height}
	if format == "jpeg" && (orientation(data) != 1 || config.ColorModel == color.CMYKModel) {
		more, turns = more+4, 2
		if orientation(data) >= 5 {
			shown.Width, shown.Height = shown.Height, shown.Width
		}
	}
	copied := 0
	for _, width := range Widths(shown) {
		copied = max(copied, width*shown.copyHeight(width))
	}
	if times := shrinkTimes(config.Width); times > 1 {
		more += 8 / float64(times*times)
	}
	room = int64(pixels*(perPixel+more) + 4*turns*float64(copied))
	switch {
	case pixels*perPixel > maxDecoded:
		return 0, &TooLargeError{Decoded: int64(pixels * perPixel)}
	case room > maxRoom:
		return 0, &TooLargeError{Decoded: room}
	}
	return room, nil
}

// shrinkTimes says how many times a picture of a width is made smaller before copies are made of it.
func shrinkTimes(width int) int { return width / (2 * widths[len(widths)-1]) }

func pngPixel(data []byte, model color.Model) (perPixel, more float64) {
	perPixel = 4
	transparent := transparentPNG(data)
	_, paletted := model.(color.Palette)
	switch {
	case paletted, model == color.GrayModel && !transparent:
		perPixel = 1
	case model == color.Gray16Model && !transparent:
		perPixel = 2
	case model == color.Gray16Model, model == color.RGBA64Model, model == color.NRGBA64Model:
		perPixel = 8
	}
	const interlaced = 28 // the offset in the file, of IHDR's last byte
	if len(data) > interlaced && data[interlaced] != 0 {
		more = perPixel / 2 // the last of its passes has half of the pixels
	}
	return perPixel, more
}

// jpegPixel reads the frame header, ITU-T T.81 section B.2.2.
func jpegPixel(data []byte) (perPixel, more float64) {
	all, _ := segments(data)
	rgb := false
	for _, s := range all {
		switch {
		case s.marker == markerAPP14 && bytes.HasPrefix(s.payload, []byte("Adobe")) && len(s.payload) >= 12:
			rgb = s.payload[11] == 0
		case s.marker >= 0xC0 && s.marker <= 0xC2 && len(s.payload) >= 6+3:
			samples, most := 0.0, 1.0
			parts := s.payload[6:]
			for i := 0; i+2 < len(parts); i += 3 {
				n := float64(parts[i+1]>>4) * float64(parts[i+1]&15)
				samples, most = samples+n, max(most, n)
			}
			perPixel = samples / most
			if s.marker == 0xC2 { // progressive: all coefficients are kept, of four bytes
				more = 4 * perPixel
			}
			if count := len(parts) / 3; count == 4 || count == 3 && (rgb || parts[0] == 'R') {
				more += 4 // its colours are converted
			}
			return perPixel, more
		}
	}
	return 4, 4
}
