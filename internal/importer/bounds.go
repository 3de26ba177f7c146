package importer

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"io"
	"io/fs"
	"strings"

	"golang.org/x/net/html/charset"

	"leerblad/internal/bounds"
)

// Bounds that all readers keep to.
const (
	// maxFile is the size of a file that is read.
	maxFile = 200 << 20
	// maxPlain is the size of a file that is but text, or values: far more than the text in it may be.
	maxPlain = 8 << 20
	// maxUnpacked is how much may be unpacked of one archive.
	maxUnpacked = 200 << 20
	// maxXML is how much of that may be one part of XML.
	maxXML = 100 << 20
	// maxParts is how many parts an archive may have.
	maxParts = 10_000
	// maxRemarks is how many remarks a reader makes.
	maxRemarks = 1000
	// maxDepth is how deep elements of XML or HTML may stand inside each other.
	maxDepth = 500
	// maxNesting is how deep lists, tables and quotations of a Document may stand inside each other.
	maxNesting = 50
	// maxCells is how many cells the tables of a Document may have, with those that are covered.
	maxCells = 100_000
)

// tooMuchText says that a text is larger than those that a publication reads.
func tooMuchText() *Error { return &Error{Code: "text-too-large", Args: []any{bounds.Text >> 20}} }

// size gives about how many bytes the Markdown of a Document has, and at least those of its words and addresses. A file may name one
// long text, or address, many times over.
func size(doc *Document) int {
	n := 0
	words := func(text []Inline, depth int) {
		link := ""
		for _, t := range text {
			if n += len(t.Text); t.Link != link {
				n += len(t.Link)
				link = t.Link
			}
			switch {
			case t.Break:
				n += 2 * depth
			case t.Note > 0:
				n += len("[^1]")
			case t.Picture > 0:
				n += len("![](a.png)") + len(doc.Pictures[t.Picture-1].Alt)
			case t.Style != 0:
				n += len("**")
			}
		}
	}
	var blocks func(list []Block, depth int)
	blocks = func(list []Block, depth int) {
		for _, b := range list {
			n += 2 * depth // line breaks, or the spaces and signs before each line
			switch b := b.(type) {
			case *Heading:
				words(b.Text, depth)
			case *Paragraph:
				words(b.Text, depth)
			case *Code:
				n += len(b.Text) + 2*depth*strings.Count(b.Text, "\n")
			case *List:
				for _, item := range b.Items {
					blocks(item.Blocks, depth+1)
				}
			case *Definitions:
				for _, d := range b.Items {
					words(d.Term, depth)
					blocks(d.Blocks, depth+1)
				}
			case *Table:
				for _, row := range b.Rows {
					n += 2 * len(row)
					for _, c := range row {
						blocks(c.Blocks, 0)
					}
				}
			case *Quote:
				blocks(b.Blocks, depth+1)
			}
		}
	}
	words(doc.Title, 0)
	words(doc.Subtitle, 0)
	blocks(doc.Blocks, 1)
	for _, note := range doc.Notes {
		blocks(note.Blocks, 2)
	}
	return n
}

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
	if f.UncompressedSize64 > uint64(a.left) {
		return nil, &Error{Code: "too-large", Args: []any{maxUnpacked >> 20}}
	}
	r, err := f.Open()
	if err != nil {
		return nil, &Error{Code: "broken-file"}
	}
	defer r.Close()
	var out bytes.Buffer
	out.Grow(bytes.MinRead + int(min(f.UncompressedSize64, mostDeflated*f.CompressedSize64))) // what it says of its size need not be so
	_, err = out.ReadFrom(r)                                                                  // no more than it says
	a.left -= int64(out.Len())
	if err != nil {
		return out.Bytes(), &Error{Code: "broken-file"}
	}
	return out.Bytes(), nil
}

// readXML is read for a part that is XML.
func (a *archive) readXML(name string) ([]byte, error) {
	if f := a.files[name]; f != nil && f.UncompressedSize64 > maxXML {
		return nil, &Error{Code: "too-large", Args: []any{maxXML >> 20}}
	}
	return a.read(name)
}

// mostDeflated is how many times smaller deflating makes something at most.
const mostDeflated = 1032

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
