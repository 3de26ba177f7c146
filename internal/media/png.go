package media

import (
	"bytes"
	"encoding/binary"
	"iter"
)

const pngHeader = "\x89PNG\r\n\x1a\n"

// pngChunks yields each chunk's type and all its bytes, up to IEND or the first damage.
func pngChunks(data []byte) iter.Seq2[string, []byte] {
	return func(yield func(string, []byte) bool) {
		const overhead = 12 // length, type and checksum
		for rest := data[len(pngHeader):]; len(rest) >= overhead; {
			end := int64(binary.BigEndian.Uint32(rest)) + overhead
			if end > int64(len(rest)) {
				return
			}
			kind := string(rest[4:8])
			if !yield(kind, rest[:end]) || kind == "IEND" {
				return
			}
			rest = rest[end:]
		}
	}
}

// cleanPNG drops text, Exif and whatever follows the picture, such as the rest of an uncropped one.
func cleanPNG(data []byte) ([]byte, error) {
	last := ""
	clean := bytes.NewBuffer(make([]byte, 0, len(data)))
	clean.WriteString(pngHeader)
	for kind, chunk := range pngChunks(data) {
		last = kind
		switch kind {
		case "tEXt", "zTXt", "iTXt", "eXIf":
		default:
			clean.Write(chunk)
		}
	}
	if last != "IEND" {
		return nil, ErrCutOff
	}
	return clean.Bytes(), nil
}

// transparentPNG says whether the pixels have an alpha channel, or some colour is transparent.
func transparentPNG(data []byte) bool {
	for kind, chunk := range pngChunks(data) {
		switch kind {
		case "IHDR":
			const colourType = 8 + 9 // behind length and name: width, height and depth
			if len(chunk) > colourType && chunk[colourType]&4 != 0 {
				return true
			}
		case "tRNS":
			return true
		case "IDAT":
			return false
		}
	}
	return false
}
