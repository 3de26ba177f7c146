package search

import (
	"cmp"
	"crypto/sha256"
	"math"
	"slices"
	"strings"
)

// Saturation and length normalisation of BM25F (Robertson and Zaragoza, The Probabilistic Relevance Framework, 2009).
const (
	saturation = 2.5
	lengthness = .45
)

// levels is the number of steps in which impacts are written; the greatest impact is 1.
const levels = 63

// What a part of a compound counts for beside the word itself.
const (
	headPart     = .5
	modifierPart = .25
)

// Indexer makes indexes and keeps the analyses of documents, so that the index of a changed site takes little time.
// It is for one goroutine.
type Indexer struct {
	reader *reader
	opts   Options
	known  map[[sha256.Size]byte]*analysis
	packed map[[sha256.Size]byte][]byte // files by what is in them
}

// New makes an Indexer.
func New(o Options) *Indexer { return &Indexer{reader: newReader(o), opts: o} }

// index is an index in the making. Words and classes have the numbers of the reader.
type index struct {
	*reader
	docs     []Document // by date and URL
	units    []*unit    // of the documents, then of the findings
	forms    []form     // by text
	own      lists      // by word
	extra    lists      // by class: parts of compounds and synonyms
	language string
}

// form is a word that can be looked up.
type form struct {
	text  string
	word  int // -1 for one that no text has
	class uint32
}

// posting says how much a unit has to do with a word.
type posting struct {
	unit   uint32
	impact uint8
}

// lists are lists of postings by unit, one after the other.
type lists struct {
	start    []uint32
	postings []posting
}

func (l *lists) of(i uint32) []posting { return l.postings[l.start[i]:l.start[i+1]] }

// Index gives the files of the index of docs. It fails if two documents have the same URL.
func (x *Indexer) Index(docs []Document) ([]File, error) {
	in := index{reader: x.reader, docs: slices.Clone(docs), language: x.opts.Language}
	slices.SortFunc(in.docs, func(a, b Document) int {
		return cmp.Or(cmp.Compare(a.Date, b.Date), cmp.Compare(a.URL, b.URL))
	})
	known := make(map[[sha256.Size]byte]*analysis, len(docs))
	var findings []*unit
	for i := range in.docs {
		d := &in.docs[i]
		sum := d.digest()
		a := x.known[sum]
		if a == nil {
			a = x.reader.analyse(d)
		}
		known[sum] = a
		d.Text = strings.Clone(d.Text[:min(len(d.Text), 2*excerptLength)]) // all that a record needs
		in.units = append(in.units, &a.units[0])
		for j := range a.units[1:] {
			findings = append(findings, &a.units[1+j])
		}
	}
	x.known = known
	in.units = append(in.units, findings...)
	in.weigh()
	if err := in.gather(); err != nil {
		return nil, err
	}
	return x.write(&in)
}

// weigh makes the lists of the words themselves.
func (in *index) weigh() {
	l := &in.own
	l.start = make([]uint32, len(in.words)+1)
	lengths := [2]int{}
	for i, u := range in.units {
		if i < len(in.docs) {
			lengths[0] += u.length
		} else {
			lengths[1] += u.length
		}
		for _, o := range u.words {
			l.start[o.word+1]++
		}
	}
	for i := range in.words {
		l.start[i+1] += l.start[i]
	}
	l.postings = make([]posting, l.start[len(in.words)])
	next := slices.Clone(l.start)
	entries := coarse(float64(lengths[0]) / float64(max(1, len(in.docs))))
	others := coarse(float64(lengths[1]) / float64(max(1, len(in.units)-len(in.docs))))
	for i, u := range in.units {
		mean := entries
		if i >= len(in.docs) {
			mean = others
		}
		norm := 1 - lengthness + lengthness*coarse(float64(u.length))/mean
		for _, o := range u.words {
			w := float64(o.head)/64 + float64(o.text)/norm
			l.postings[next[o.word]] = posting{uint32(i), impact(w / (saturation + w))}
			next[o.word]++
		}
	}
}

// coarse rounds a length to a power of the square root of two, so that most edits change no more than their own words.
func coarse(length float64) float64 {
	return math.Exp2(math.Round(2*math.Log2(max(1, length))) / 2)
}

// impact gives an impact between 0 and 1 in levels.
func impact(w float64) uint8 { return uint8(max(1, math.Round(w*levels))) }
