package pdf

import (
	"bytes"
	"compress/zlib"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"
)

// Info is what a PDF tells of itself.
type Info struct {
	Title, Author string
	Date          string // YYYY-MM-DD of the newest change, or "": the moment at which it is made is told nowhere
}

// errForm says that a PDF is not written as browsers write theirs.
var errForm = errors.New("the browser made a PDF of an unknown form")

// object is one of the objects of a PDF.
type object struct {
	number int
	body   []byte // between "obj" and "endobj"
}

// stream reports whether there are bytes behind its dictionary.
func (o object) stream() bool { return bytes.HasSuffix(o.body, []byte("endstream")) }

// file is a PDF that was read.
type file struct {
	objects    []object // in the order in which they stand in it
	size       int      // one more than the highest number
	root, info int      // their numbers
}

// rewrite gives a PDF as Skia, Chromium's library for it, writes them the info that it should have, and packs it: PDF 1.4 leaves the tree of tags,
// half of all, uncompressed. Numbers and streams stay as they are.
func rewrite(data []byte, info Info) ([]byte, error) {
	f, err := read(data)
	if err != nil {
		return nil, err
	}
	for i, o := range f.objects {
		switch {
		case o.number == f.info:
			f.objects[i].body = info.dictionary(o.body)
		case bytes.HasPrefix(o.body, []byte("<</Type /StructTreeRoot\n")) && !bytes.Contains(o.body, []byte("/RoleMap")):
			f.objects[i].body = append([]byte("<</RoleMap <</Strong /Span /Em /Span>>\n"), o.body[2:]...) // names of PDF 2 to those of PDF 1
		}
	}
	return f.write(), nil
}

var (
	ending  = regexp.MustCompile(`trailer\n<</Size (\d+)\n/Root (\d+) 0 R\n/Info (\d+) 0 R>>\nstartxref\n(\d+)\n%%EOF\n?$`)
	heading = regexp.MustCompile(`^(\d+) 0 obj\n`)
)

// read reads a PDF by its table of objects (ISO 32000-1, 7.5.4).
func read(data []byte) (file, error) {
	tail := data[max(0, len(data)-256):]
	match := ending.FindSubmatch(tail)
	if match == nil {
		return file{}, errForm
	}
	var n [4]int
	for i := range n {
		n[i], _ = strconv.Atoi(string(match[i+1]))
	}
	f := file{size: n[0], root: n[1], info: n[2]}
	table := n[3]
	begin := fmt.Sprintf("xref\n0 %d\n", f.size)
	const row = 20
	if f.size > len(data)/row || table > len(data) || table+len(begin)+f.size*row > len(data) || !bytes.HasPrefix(data[table:], []byte(begin)) {
		return file{}, errForm
	}
	ends := []int{table}
	for i := range f.size {
		entry := data[table+len(begin)+i*row:][:row]
		if offset, err := strconv.Atoi(string(entry[:10])); err == nil && entry[17] == 'n' && offset < table {
			ends = append(ends, offset)
		}
	}
	slices.Sort(ends)
	for i, from := range ends[:len(ends)-1] {
		text := bytes.TrimSuffix(bytes.TrimRight(data[from:ends[i+1]], "\n"), []byte("\nendobj"))
		head := heading.FindSubmatch(text)
		if head == nil {
			return file{}, errForm
		}
		number, err := strconv.Atoi(string(head[1]))
		if err != nil || number >= f.size {
			return file{}, errForm
		}
		f.objects = append(f.objects, object{number, text[len(head[0]):]})
	}
	return f, nil
}

// packed is the number of objects in one compressed stream: a reader unpacks all for one.
const packed = 200

// write writes the PDF with its objects in compressed streams (ISO 32000-1, 7.5.7 and 7.5.8), and with an ID that its bytes give.
func (f *file) write() []byte {
	out := bytes.NewBufferString("%PDF-1.5\n%\xe2\xe3\xcf\xd3\n")
	table := make([]entry, f.size, f.size+len(f.objects)/packed+2)
	var plain []object
	for _, o := range f.objects {
		if !o.stream() {
			plain = append(plain, o)
			continue
		}
		table[o.number] = entry{1, out.Len(), 0}
		fmt.Fprintf(out, "%d 0 obj\n%s\nendobj\n", o.number, o.body)
	}
	for group := range slices.Chunk(plain, packed) {
		var index, bodies bytes.Buffer
		for i, o := range group {
			table[o.number] = entry{2, len(table), i}
			fmt.Fprintf(&index, "%d %d ", o.number, bodies.Len())
			bodies.Write(append(o.body, '\n'))
		}
		table = append(table, entry{1, out.Len(), 0})
		writeStream(out, len(table)-1, fmt.Sprintf("/Type /ObjStm /N %d /First %d", len(group), index.Len()), append(index.Bytes(), bodies.Bytes()...))
	}
	at := out.Len()
	table = append(table, entry{1, at, 0})
	var rows []byte
	for _, e := range table {
		rows = append(rows, byte(e.kind))
		rows = binary.BigEndian.AppendUint32(rows, uint32(e.place))
		rows = binary.BigEndian.AppendUint16(rows, uint16(e.index))
	}
	id := sha256.Sum256(out.Bytes())
	writeStream(out, len(table)-1, fmt.Sprintf("/Type /XRef /W [1 4 2] /Size %d /Root %d 0 R /Info %d 0 R /ID [<%x> <%x>]", len(table), f.root, f.info, id[:16], id[:16]), rows)
	fmt.Fprintf(out, "startxref\n%d\n%%%%EOF\n", at)
	return out.Bytes()
}

// entry says where an object is: 1, at a place in the file; 2, in the compressed stream of that number; 0, nowhere.
type entry struct{ kind, place, index int }

func writeStream(out *bytes.Buffer, number int, dictionary string, data []byte) {
	var small bytes.Buffer
	w, _ := zlib.NewWriterLevel(&small, zlib.BestCompression) // a level that there is
	_, _ = w.Write(data)                                      // a bytes.Buffer takes every write
	_ = w.Close()
	fmt.Fprintf(out, "%d 0 obj\n<<%s /Filter /FlateDecode /Length %d>>\nstream\n%s\nendstream\nendobj\n", number, dictionary, small.Len(), small.Bytes())
}

var producer = regexp.MustCompile(`/Producer \([^()\\]*\)`)

// dictionary gives the info as a PDF has it, with the producer that it had before.
func (i Info) dictionary(before []byte) []byte {
	out := fmt.Sprintf("<</Title %s /Author %s /Creator (leerblad)", text(i.Title), text(i.Author))
	if made := producer.Find(before); made != nil {
		out += " " + string(made)
	}
	if day := strings.ReplaceAll(i.Date, "-", ""); day != "" {
		out += fmt.Sprintf(" /CreationDate (D:%s000000Z) /ModDate (D:%s000000Z)", day, day)
	}
	return []byte(out + ">>")
}

// text writes a text in UTF-16.
func text(s string) string {
	out := []byte{0xfe, 0xff}
	for _, unit := range utf16.Encode([]rune(s)) {
		out = binary.BigEndian.AppendUint16(out, unit)
	}
	return "<" + hex.EncodeToString(out) + ">"
}
