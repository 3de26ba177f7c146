package importer

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"io"
	"io/fs"
	"strings"

	"golang.org/x/net/html/charset"
)

// Bounds that all readers keep to.
const (
	// maxFile is the size of a file that is read.
	maxFile = 200 << 20
	// maxUnpacked is how much may be unpacked of one archive.
	maxUnpacked = 200 << 20
	// maxParts is how many parts an archive may have.
	maxParts = 10_000
	// maxDepth is how deep elements of XML or HTML may stand inside each other.
	maxDepth = 500
	// maxNesting is how deep lists, tables and quotations of a Document may stand inside each other.
	maxNesting = 50
	// maxCells is how many cells the tables of a Document may have, with those that are covered.
	maxCells = 100_000
)

// archive is a zip file, of which no more is unpacked than maxUnpacked.
type archive struct {
	files map[string]*zip.File
	names []string // in the order of the archive
	left  int64
}

// openArchive gives the parts of a zip file. Their names have no slash before them; those that lead out of it are left out.
func openArchive(data []byte) (*archive, error) {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, &Error{Code: "broken-file"}
	}
	if len(z.File) > maxParts {
		return nil, &Error{Code: "too-many-parts", Args: []any{maxParts}}
	}
	a := &archive{files: map[string]*zip.File{}, left: maxUnpacked}
	for _, f := range z.File {
		name := strings.TrimPrefix(strings.ReplaceAll(f.Name, `\`, "/"), "/")
		if _, double := a.files[name]; double || !fs.ValidPath(name) || f.FileInfo().IsDir() {
			continue
		}
		a.files[name] = f
		a.names = append(a.names, name)
	}
	return a, nil
}

func (a *archive) has(name string) bool { return a.files[name] != nil }

// read unpacks a part. The error is fs.ErrNotExist if there is none of that name. Of a damaged part it gives what could be read, too.
func (a *archive) read(name string) ([]byte, error) {
	f := a.files[name]
	if f == nil {
		return nil, fs.ErrNotExist
	}
	if f.Flags&1 != 0 {
		return nil, &Error{Code: "encrypted"}
	}
	r, err := f.Open()
	if err != nil {
		return nil, &Error{Code: "broken-file"}
	}
	defer r.Close()
	data, err := io.ReadAll(io.LimitReader(r, a.left+1))
	if int64(len(data)) > a.left {
		return nil, &Error{Code: "too-large", Args: []any{maxUnpacked >> 20}}
	}
	a.left -= int64(len(data))
	if err != nil {
		return data, &Error{Code: "broken-file"}
	}
	return data, nil
}

// xmlTokens reads XML that is nested no deeper than maxDepth. Entities of its own are not known to it.
type xmlTokens struct {
	*xml.Decoder
	depth int
}

func newXML(data []byte) *xmlTokens {
	d := xml.NewDecoder(bytes.NewReader(data))
	d.CharsetReader = charset.NewReaderLabel
	return &xmlTokens{Decoder: d}
}

// Token gives the next token; io.EOF at the end.
func (x *xmlTokens) Token() (xml.Token, error) {
	t, err := x.Decoder.Token()
	switch t.(type) {
	case xml.StartElement:
		if x.depth++; x.depth > maxDepth {
			return nil, &Error{Code: "too-deep", Args: []any{maxDepth}}
		}
	case xml.EndElement:
		x.depth--
	}
	if err != nil && err != io.EOF {
		err = &Error{Code: "broken-file"}
	}
	return t, err
}
