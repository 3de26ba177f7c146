package search

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"sync"

	"github.com/klauspost/compress/flate"
)

// Passage is what a document says in one place, from which readers see why it was found.
type Passage struct {
	Anchor  string // of the place on the page: the id of a heading or finding, or empty
	Heading string // what stands above it, or empty
	Text    string
}

// PassagesFolder is where the files of passages are, in the folder of the index.
const PassagesFolder = "passages/"

// PassagesFile gives the file of the passages of a page, of which path is the place below the site's root, such as "sheets/een/".
func PassagesFile(path string) string {
	if path = strings.TrimSuffix(path, "/"); path == "" {
		path = "index"
	}
	return PassagesFolder + path + ".bin"
}

// Of the passages of a document its file holds what fits in passageBytes, compressed. Their texts are cut to passageText bytes together to
// begin with: about what Dutch text of that size compresses to.
const (
	passageBytes = 2000
	passageText  = 4500
	passageLevel = 3 // a tenth larger than the smallest, in a third of the time
)

// packer makes files of passages.
type packer struct {
	flate *flate.Writer
	out   bytes.Buffer
	rows  [][3]string
	line  []byte
}

var packers = sync.Pool{New: func() any {
	w, _ := flate.NewWriter(nil, passageLevel)    // which is a level that there is
	return &packer{flate: w, rows: [][3]string{}} // no rows are [], never null
}}

// AppendPassages appends a file of passages to dst. Where not all of them fit, each is cut after the same number of bytes, so that every
// heading and finding has its beginning. Several goroutines may call it.
func AppendPassages(dst []byte, list []Passage) ([]byte, error) {
	p := packers.Get().(*packer)
	defer packers.Put(p)
	total := 0
	for _, passage := range list {
		total += len(passage.Text)
	}
	for room := min(total, 2*passageText); ; room = min(room, passageText) * 4 / 5 {
		most := cutAt(list, room)
		if err := p.pack(list, most); err != nil {
			return dst, fmt.Errorf("write passages: %w", err)
		}
		switch {
		case p.out.Len() <= passageBytes:
			return append(dst, p.out.Bytes()...), nil
		case most < 20: // there are hundreds of headings
			list = list[:len(list)/2]
		}
	}
}

// pack makes a file of passages cut to so many bytes.
func (p *packer) pack(list []Passage, most int) error {
	p.rows = p.rows[:0]
	for _, passage := range list {
		if text := shorten(p.squash(passage.Text), most); text != "" {
			p.rows = append(p.rows, [3]string{passage.Anchor, passage.Heading, text})
		}
	}
	p.out.Reset()
	p.flate.Reset(&p.out)
	if err := json.NewEncoder(p.flate).Encode(p.rows); err != nil {
		return err
	}
	return p.flate.Close()
}

// squash gives a text with one blank wherever there is space.
func (p *packer) squash(text string) string {
	out, space := p.line[:0], false
	for from := 0; from < len(text); {
		to := from
		for to < len(text) && text[to] != ' ' && text[to] != '\n' && text[to] != '\t' && text[to] != '\r' {
			to++
		}
		if to > from {
			if space {
				out = append(out, ' ')
			}
			out, space = append(out, text[from:to]...), true
		}
		from = to + 1
	}
	p.line = out
	return string(out)
}

// cutAt gives the length that texts may have to fit in room together.
func cutAt(list []Passage, room int) int {
	low, high := 0, room
	for low < high {
		middle := (low + high + 1) / 2
		total := 0
		for _, p := range list {
			total += min(len(p.Text), middle)
		}
		if total <= room {
			low = middle
		} else {
			high = middle - 1
		}
	}
	return low
}

// shorten gives a text, or its beginning of at most so many bytes up to a blank.
func shorten(text string, most int) string {
	if len(text) <= most {
		return text
	}
	at := strings.LastIndexByte(text[:most], ' ')
	if at < most/2 {
		return strings.ToValidUTF8(text[:most], "") + "…"
	}
	return text[:at] + "…"
}
