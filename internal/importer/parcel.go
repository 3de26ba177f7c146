package importer

import (
	"archive/zip"
	"bytes"
	"io"
	"io/fs"
	"path"
	"regexp"
	"strings"

	"leerblad/internal/source"
)

// Bounds of contributions. The form makes no file that is larger than 18 MB, as mail takes no more, of some thirty files; who packs one
// anew may press it into a smaller one, so that what is unpacked counts.
const (
	// maxParcel is the size of a contribution, packed and unpacked.
	maxParcel = 40 << 20
	// maxParcelFiles is how many files it may have.
	maxParcelFiles = 50
	// maxSender is how much the sender may tell the editors.
	maxSender = 20_000
)

// Names of the files of a contribution that are not beside the story.
const (
	storyFile  = "story.md"
	senderFile = "sender.txt"
)

// parcelName is how files beside a story may be called: as the form calls them, and as no other path, device or file on any system is.
var parcelName = regexp.MustCompile(`^[a-z0-9]+(?:-[a-z0-9]+)*\.(?:jpg|png|webp|mp4|webm|mp3|m4a|vtt)$`)

// unpack gives the files of a contribution by their names, and the names in their order. Who unpacks one and packs its folder again, as some
// browsers make them do, gets the same. Not a byte of a file is read before all names are known to be good, and nothing is written.
func unpack(data []byte) (files map[string][]byte, names []string, err error) {
	if len(data) > maxParcel {
		return nil, nil, &Error{Code: "parcel-large", Args: []any{maxParcel >> 20}}
	}
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, nil, &Error{Code: "parcel-broken"}
	}
	if len(z.File) > maxParcelFiles {
		return nil, nil, &Error{Code: "parcel-files", Args: []any{maxParcelFiles}}
	}
	found := map[string]*zip.File{}
	folder := commonFolder(z.File)
	for _, f := range z.File {
		name := strings.TrimPrefix(f.Name, folder)
		if leftBehind(f) || name == "" {
			continue
		}
		if code := strange(f, name); code != "" {
			return nil, nil, &Error{Code: code, Args: []any{short(source.Visible(strings.ToValidUTF8(f.Name, "?")))}}
		}
		if found[name] != nil {
			return nil, nil, &Error{Code: "parcel-twice", Args: []any{name}}
		}
		found[name] = f
		names = append(names, name)
	}
	files, left := map[string][]byte{}, int64(maxParcel)
	for _, name := range names {
		data, err := unpackFile(found[name], left)
		if err != nil {
			return nil, nil, err
		}
		left -= int64(len(data))
		files[name] = data
	}
	return files, names, nil
}

// unpackFile reads a file, and no more than so many bytes whatever the archive says of its size.
func unpackFile(f *zip.File, most int64) ([]byte, error) {
	large := &Error{Code: "parcel-large", Args: []any{maxParcel >> 20}}
	if f.UncompressedSize64 > uint64(most) {
		return nil, large
	}
	r, err := f.Open()
	if err != nil {
		return nil, &Error{Code: "parcel-broken"}
	}
	defer r.Close()
	data, err := io.ReadAll(io.LimitReader(r, most+1))
	switch {
	case int64(len(data)) > most:
		return nil, large
	case err != nil: // a wrong checksum or size among them
		return nil, &Error{Code: "parcel-broken"}
	}
	return data, nil
}

// commonFolder gives the folder that all files stand in, with its slash, or "".
func commonFolder(files []*zip.File) (folder string) {
	for _, f := range files {
		if leftBehind(f) {
			continue
		}
		first, _, inside := strings.Cut(f.Name, "/")
		if !inside || first == "" || first == ".." || folder != "" && folder != first+"/" {
			return ""
		}
		folder = first + "/"
	}
	return folder
}

// leftBehind reports whether a file is one that macOS adds to what it packs.
func leftBehind(f *zip.File) bool {
	return strings.HasPrefix(f.Name, "__MACOSX/") || path.Base(f.Name) == ".DS_Store"
}

// strange gives the code of what is wrong with a file by what the archive says of it, or "".
func strange(f *zip.File, name string) string {
	const encrypted, masked = 1, 1 << 13 // APPNOTE 4.4.4
	switch {
	case f.Flags&(encrypted|masked) != 0:
		return "parcel-encrypted"
	case f.Mode()&(fs.ModeType&^fs.ModeDir) != 0:
		return "parcel-link"
	case name == storyFile || name == senderFile:
	case !parcelName.MatchString(name) || len(name) > 100 || source.Device(name):
		return "parcel-name"
	}
	if f.Method != zip.Store && f.Method != zip.Deflate {
		return "parcel-method"
	}
	return ""
}
