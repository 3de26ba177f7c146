package media

import (
	"bytes"
	"encoding/binary"
	"slices"
)

// cleanWebP drops Exif and XMP, WebP container specification, "Metadata".
func cleanWebP(data []byte) ([]byte, error) {
	const header, chunkHeader = 12, 8
	if cutWebP(data) {
		return nil, ErrCutOff
	}
	clean := bytes.NewBuffer(make([]byte, 0, len(data)))
	clean.Write(data[:header])
	for rest := data[header : 8+binary.LittleEndian.Uint32(data[4:])]; len(rest) >= chunkHeader; {
		size := uint64(binary.LittleEndian.Uint32(rest[4:]))
		end := chunkHeader + size + size%2
		if end > uint64(len(rest)) {
			if end-uint64(len(rest)) > size%2 { // some leave the last padding out
				return nil, ErrCutOff
			}
			end = uint64(len(rest))
		}
		chunk := rest[:end]
		switch string(chunk[:4]) {
		case "EXIF", "XMP ":
		case "VP8X":
			chunk = bytes.Clone(chunk)
			if len(chunk) > chunkHeader {
				chunk[chunkHeader] &^= 1<<3 | 1<<2 // there are no such chunks any more
			}
			clean.Write(chunk)
		default:
			clean.Write(chunk)
		}
		rest = rest[end:]
	}
	out := clean.Bytes()
	binary.LittleEndian.PutUint32(out[4:], uint32(len(out)-8))
	return out, nil
}

// cutWebP reports whether a WebP is shorter than its header says, which decoders may call by other names.
func cutWebP(data []byte) bool {
	return len(data) < 12 || uint64(binary.LittleEndian.Uint32(data[4:]))+8 > uint64(len(data))
}

// cleanGIF drops comments and what applications keep for themselves, XMP among it, GIF89a sections 24 and 26.
func cleanGIF(data []byte) ([]byte, error) {
	const screen = 13 // header and logical screen
	if len(data) < screen {
		return nil, ErrCutOff
	}
	at := screen + colourTable(data[10])
	clean := bytes.NewBuffer(make([]byte, 0, len(data)))
	clean.Write(data[:min(at, len(data))])
	images := 0
	for at < len(data) {
		start, end := at, 0
		kept := true
		switch data[at] {
		case ';':
			clean.WriteByte(';')
			return clean.Bytes(), nil
		case ',':
			const descriptor = 10
			if at+descriptor >= len(data) {
				return nil, ErrCutOff
			}
			images++
			end = subBlocks(data, at+descriptor+colourTable(data[at+9])+1) // with the size of codes
		case '!':
			if at+2 >= len(data) {
				return nil, ErrCutOff
			}
			end = subBlocks(data, at+2)
			kept = keptExtension(data[at+1], data[at+2:])
		default: // decoders stop here too
			if images == 0 {
				return nil, ErrCutOff
			}
			clean.WriteByte(';')
			return clean.Bytes(), nil
		}
		if end < 0 {
			return nil, ErrCutOff
		}
		if kept {
			clean.Write(data[start:end])
		}
		at = end
	}
	if images == 0 {
		return nil, ErrCutOff
	}
	clean.WriteByte(';') // some leave it out
	return clean.Bytes(), nil
}

// colourTable gives the bytes of the table that packed fields announce.
func colourTable(packed byte) int {
	if packed&0x80 == 0 {
		return 0
	}
	return 3 << (packed&7 + 1)
}

// subBlocks gives the offset behind the blocks that begin at an offset, -1 where they are cut off.
func subBlocks(data []byte, at int) int {
	for at < len(data) {
		n := int(data[at])
		at += n + 1
		if n == 0 {
			return at
		}
	}
	return -1
}

// keptExtension reports whether an extension, whose blocks are given, changes what is seen.
func keptExtension(label byte, blocks []byte) bool {
	const comment, application, name = 0xFE, 0xFF, 11
	if label != application {
		return label != comment
	}
	known := []string{"NETSCAPE2.0", "ANIMEXTS1.0", "ICCRGBG1012"}
	return len(blocks) > name && blocks[0] == name && slices.Contains(known, string(blocks[1:1+name]))
}
