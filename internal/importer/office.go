package importer

import (
	"errors"
	"path"
	"regexp"
	"slices"
	"strings"
)

// office is what readers of Word and OpenDocument share.
type office struct {
	archive *archive // nil of a file that is XML itself
	trees   *xmlTrees
	doc     *Document
	parts   map[string][]byte // pictures that have been unpacked
	told    map[string]bool   // remarks
	quiet   bool              // what is read is no part of the text: there is nothing to remark
	fault   error             // the first that stops the reading
	cells   int               // of all tables
	depth   int               // tables, notes and text boxes around what is read
	words   int               // of the main text, until there is a heading
	sizes   map[int]int       // the characters of each size of type, in half points
	sized   []sized
}

// usualSize is the size of type where nothing says one, in half points.
const usualSize = 20

// wordsAbove is how many words may stand above what is in a title's style.
const wordsAbove = 12

// sized is a paragraph and the size of its smallest type.
type sized struct {
	paragraph *Paragraph
	size      int
}

func newOffice(a *archive) office {
	return office{archive: a, trees: newXMLTrees(), doc: &Document{}, parts: map[string][]byte{}, told: map[string]bool{}, sizes: map[int]int{}}
}

// remark tells the editor something, once.
func (o *office) remark(code string, args ...any) {
	key := code
	for _, a := range args {
		if s, ok := a.(string); ok {
			key += "\x00" + s
		}
	}
	if !o.quiet && !o.told[key] && len(o.told) < maxRemarks {
		o.told[key] = true
		o.doc.Remarks = append(o.doc.Remarks, Remark{code, args})
	}
}

// fail keeps the first fault that stops the reading.
func (o *office) fail(err error) {
	var e *Error
	if o.fault == nil && errors.As(err, &e) && e.Code != "broken-file" {
		o.fault = err
	}
}

// made gives text that the file makes of less, such as the numbers of items, as long as there is not too much of it.
func (o *office) made(text string) string {
	if o.trees.text += len(text); o.trees.text > maxOfficeText {
		o.fail(tooMuchText())
		return ""
	}
	return text
}

// tree reads a part of XML, as far as it can be read. It gives nil if there is no such part.
func (o *office) tree(name string) *xmlNode {
	if o.archive == nil || !o.archive.has(name) {
		return nil
	}
	data, err := o.archive.readXML(name)
	if err != nil {
		o.fail(err)
		o.remark("damaged-part", path.Base(name))
	}
	if len(data) == 0 {
		return nil
	}
	n, fault := o.trees.read(data)
	if fault == errDamaged {
		o.remark("damaged-part", path.Base(name))
	} else if fault != nil {
		o.fail(fault)
	}
	return n
}

// unpack gives a part that is a picture.
func (o *office) unpack(name string) []byte {
	if data, seen := o.parts[name]; seen {
		return data
	}
	if o.archive == nil {
		return nil
	}
	data, err := o.archive.read(name)
	if err != nil {
		o.fail(err)
	}
	o.parts[name] = data
	return data
}

// addPicture keeps a picture, and gives its index, from 1.
func (o *office) addPicture(p Picture) int {
	if p.Alt = strings.TrimSpace(p.Alt); len(p.Data) > 0 {
		p.Hint = ""
	}
	o.doc.Pictures = append(o.doc.Pictures, p)
	return len(o.doc.Pictures)
}

// measure counts the size of some words' type.
func (o *office) measure(words string, size int, smallest *int) {
	if strings.TrimSpace(words) == "" {
		return
	}
	if o.depth == 0 {
		o.sizes[size] += len(words)
	}
	if *smallest == 0 || size < *smallest {
		*smallest = size
	}
}

// large marks the paragraphs in larger type than most of the text.
func (o *office) large() {
	usual, most := 0, 0
	for size, n := range o.sizes {
		if n > most || n == most && size < usual {
			usual, most = size, n
		}
	}
	for _, s := range o.sized {
		s.paragraph.Large = usual > 0 && s.size*10 >= usual*12
	}
}

// aside gives on one line the words of what is no part of the text, such as a comment: nothing else of it is kept.
func (o *office) aside(read func() []Block) string {
	notes, pictures := len(o.doc.Notes), len(o.doc.Pictures)
	var text []string
	o.depth++
	o.quiet = true
	eachText(read(), func(line []Inline) []Inline {
		if s := plain(line); s != "" {
			text = append(text, s)
		}
		return line
	})
	o.depth--
	o.quiet = false
	o.doc.Notes, o.doc.Pictures = o.doc.Notes[:notes], o.doc.Pictures[:pictures]
	return strings.Join(text, " ")
}

// pageEdge is what says no more at the top or foot of a page than its number.
var pageEdge = regexp.MustCompile(`(?i)^(?:pagina|page|blad|bladzijde|pag\.?|p\.?|van|of|[^\p{L}])*$`)

// edges tells what stood at the top and foot of pages, and is no part of the text.
func (o *office) edges(texts []string) {
	var told []string
	for _, text := range texts {
		if s := short(text); !pageEdge.MatchString(text) && !slices.Contains(told, s) {
			told = append(told, s)
		}
	}
	if told != nil {
		o.remark("head-left-out", quoted(told))
	}
}

// typed reads a file as typed text if all of it has the style of code: LibreOffice gives that to a file of plain text.
func (o *office) typed() {
	if code, ok := at(o.doc.Blocks, 0).(*Code); ok && len(o.doc.Blocks) == 1 && len(code.Text) <= maxText {
		o.doc.Blocks = textBlocks(strings.Split(code.Text, "\n"), 0)
	}
}

// maxColumns is how many columns a table may have; Word allows 63.
const maxColumns = 1000

// filled gives a table in which every row has as many cells. One that would have too many becomes text.
func (o *office) filled(t *Table) Block {
	columns := 0
	for _, row := range t.Rows {
		columns = max(columns, len(row))
	}
	if columns == 0 {
		return nil
	}
	if o.cells+columns*len(t.Rows) > 2*maxCells {
		o.remark("table-too-large")
		q := &Quote{}
		for _, row := range t.Rows {
			for _, c := range row {
				q.Blocks = append(q.Blocks, c.Blocks...)
			}
		}
		return q
	}
	for i, row := range t.Rows {
		o.cells += columns - len(row)
		t.Rows[i] = append(row, make([]Cell, columns-len(row))...)
	}
	return t
}
