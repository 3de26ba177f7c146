package media

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/jpeg"
	"slices"
)

// Markers of ITU-T T.81, table B.1.
const (
	markerSOI   = 0xD8
	markerEOI   = 0xD9
	markerSOS   = 0xDA
	markerAPP0  = 0xE0
	markerAPP1  = 0xE1
	markerAPP2  = 0xE2
	markerAPP14 = 0xEE
	markerAPP15 = 0xEF
	markerCOM   = 0xFE
)

// segment is a marker with its bytes; a scan's compressed data belong to its SOS segment.
type segment struct {
	marker  byte
	bytes   []byte
	payload []byte
}

// segments leaves out what lies between segments or after the end of the picture; whole says that the end
// was found.
func segments(data []byte) (all []segment, whole bool) {
	all = []segment{{marker: markerSOI, bytes: data[:2]}}
	for pos := 2; ; {
		start := bytes.IndexByte(data[pos:], 0xFF)
		if start < 0 || pos+start+1 >= len(data) {
			return all, false
		}
		pos += start
		marker := data[pos+1]
		switch {
		case marker == markerEOI:
			return append(all, segment{marker: marker, bytes: data[pos : pos+2]}), true
		case marker == 0xFF: // fill
			pos++
			continue
		case marker <= 1 || restart(marker):
			pos += 2
			continue
		}
		if pos+4 > len(data) {
			return all, false
		}
		length := int(binary.BigEndian.Uint16(data[pos+2:]))
		if length < 2 || pos+2+length > len(data) {
			return all, false
		}
		payload := data[pos+4 : pos+2+length]
		end := pos + 2 + length
		if marker == markerSOS {
			end = scanEnd(data, end)
		}
		all = append(all, segment{marker: marker, bytes: data[pos:end], payload: payload})
		pos = end
	}
}

// scanEnd finds the next marker that is neither a stuffed zero nor a restart.
func scanEnd(data []byte, pos int) int {
	for {
		next := bytes.IndexByte(data[pos:], 0xFF)
		if next < 0 || pos+next+1 >= len(data) {
			return len(data)
		}
		pos += next
		if marker := data[pos+1]; marker != 0 && marker != 0xFF && !restart(marker) {
			return pos
		}
		pos++
	}
}

func restart(marker byte) bool {
	return marker >= 0xD0 && marker <= 0xD7
}

func (s segment) isICC() bool {
	return s.marker == markerAPP2 && bytes.HasPrefix(s.payload, []byte("ICC_PROFILE\x00"))
}

// needed says whether a picture looks the same only with this segment: all but comments and the
// applications' own data, where places, times, names and thumbnails are kept.
func (s segment) needed() bool {
	switch {
	case s.marker == markerAPP0:
		return bytes.HasPrefix(s.payload, []byte("JFIF\x00"))
	case s.marker == markerAPP14:
		return bytes.HasPrefix(s.payload, []byte("Adobe"))
	case s.marker == markerCOM || s.marker > markerAPP0 && s.marker <= markerAPP15:
		return s.isICC()
	}
	return true
}

func cleanJPEG(data []byte) ([]byte, error) {
	all, whole := segments(data)
	if !whole {
		return nil, ErrCutOff
	}
	clean := bytes.NewBuffer(make([]byte, 0, len(data)))
	for _, s := range all {
		if s.needed() {
			clean.Write(s.bytes)
		}
	}
	return clean.Bytes(), nil
}

// adobe is the segment that says that four colours are cyan, magenta, yellow and black.
const adobe = "\xFF\xEE\x00\x0EAdobe\x00\x64\x00\x00\x00\x00\x00"

// withAdobe gives a JPEG of four colours with the segment that the decoder asks for; others have it or need none.
func withAdobe(data []byte) []byte {
	if all, _ := segments(data); len(all) == 0 || !bare(all) {
		return data
	}
	return slices.Concat(data[:2], []byte(adobe), data[2:])
}

// bare reports whether a JPEG has four colours and does not say which.
func bare(all []segment) bool {
	four := false
	for _, s := range all {
		if s.marker == markerAPP14 && bytes.HasPrefix(s.payload, []byte("Adobe")) && len(s.payload) >= 12 {
			return false
		}
		if s.marker >= 0xC0 && s.marker <= 0xC2 && len(s.payload) >= 6 {
			four = s.payload[5] == 4
		}
	}
	return four
}

// decodeJPEG decodes a JPEG. Adobe writes the colours of print inverted, which the decoder knows; what does not say that Adobe wrote it is not.
func decodeJPEG(data []byte) (image.Image, error) {
	known := withAdobe(data)
	picture, err := jpeg.Decode(bytes.NewReader(known))
	if print, ok := picture.(*image.CMYK); ok && len(known) != len(data) {
		for i, v := range print.Pix {
			print.Pix[i] = 255 - v
		}
	}
	return picture, err
}

// orientation returns the Exif orientation, 1 to 8; 1, upright, also when there is none.
func orientation(data []byte) int {
	all, _ := segments(data)
	for _, s := range all {
		if tiff, ok := bytes.CutPrefix(s.payload, []byte("Exif\x00\x00")); ok && s.marker == markerAPP1 {
			return tiffOrientation(tiff)
		}
	}
	return 1
}

// tiffOrientation reads tag 0x0112 of the first directory, TIFF 6.0 section 8.
func tiffOrientation(tiff []byte) int {
	var order binary.ByteOrder = binary.BigEndian
	if len(tiff) < 8 {
		return 1
	}
	if string(tiff[:2]) == "II" {
		order = binary.LittleEndian
	}
	offset := int64(order.Uint32(tiff[4:]))
	if offset+2 > int64(len(tiff)) {
		return 1
	}
	directory := tiff[offset:]
	count := int(order.Uint16(directory))
	for entry := directory[2:]; count > 0 && len(entry) >= 12; count-- {
		if order.Uint16(entry) == 0x0112 {
			if value := int(order.Uint16(entry[8:])); value >= 1 && value <= 8 {
				return value
			}
			return 1
		}
		entry = entry[12:]
	}
	return 1
}

// encodeJPEG carries the colour profile of an original over whose pixels are kept in a JPEG's colours, without which the wide-gamut
// photographs of telephones look dull.
func encodeJPEG(picture image.Image, quality int, lossy bool, data []byte) ([]byte, error) {
	var encoded bytes.Buffer
	if err := jpeg.Encode(&encoded, picture, &jpeg.Options{Quality: quality}); err != nil {
		return nil, err
	}
	if !lossy || sniff(data) != "jpeg" {
		return encoded.Bytes(), nil
	}
	out := bytes.NewBuffer(bytes.Clone(encoded.Bytes()[:2]))
	all, _ := segments(data)
	for _, s := range all {
		if s.isICC() {
			out.Write(s.bytes)
		}
	}
	out.Write(encoded.Bytes()[2:])
	return out.Bytes(), nil
}
