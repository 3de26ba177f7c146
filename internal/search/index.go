package search

import (
	"cmp"
	"crypto/sha256"
	"iter"
	"math"
	"slices"
)

// Saturation and length normalisation of BM25F (Robertson and Zaragoza, The Probabilistic Relevance Framework, 2009).
const (
	saturation = 2.5
	lengthness = .45
)

// levels is the number of steps in which impacts are written, in impactBits bits; the greatest impact is 1.
const (
	impactBits = 6
	levels     = 1<<impactBits - 1
)

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
	words    []word     // of the reader, in the classes of this index
	members  [][]uint32 // likewise
	foreign  []bool     // by word: only texts in other languages have it; nil where there are none
	docs     []Document // by date and URL, without their texts
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

// posting is a unit, and in its lowest bits the impact of a word: how much the unit has to do with it. Postings sort by unit.
type posting uint32

func newPosting(unit uint32, impact uint8) posting { return posting(unit<<impactBits | uint32(impact)) }

func (p posting) unit() uint32  { return uint32(p >> impactBits) }
func (p posting) impact() uint8 { return uint8(p & levels) }

// lists are lists of postings by unit, one after the other.
type lists struct {
	start    []uint32
	postings []posting
}

func (l *lists) of(i uint32) []posting { return l.postings[l.start[i]:l.start[i+1]] }

// Index gives the files of the index of docs, of which it keeps one text at a time. It fails if two documents have the
// same URL.
func (x *Indexer) Index(docs iter.Seq[Document]) ([]File, error) {
	type analysed struct {
		Document
		units []unit
	}
	var all []analysed
	known := map[[sha256.Size]byte]*analysis{}
	for d := range docs {
		a := x.analysis(&d, known)
		d.Summary, d.Language, d.passages, d.Passages = excerpt(&d), cmp.Or(d.Language, x.opts.Language), min(1, len(d.Passages)), nil
		all = append(all, analysed{d, a.units})
	}
	x.known = known
	slices.SortFunc(all, func(a, b analysed) int {
		return cmp.Or(cmp.Compare(a.Date, b.Date), cmp.Compare(a.URL, b.URL))
	})
	in := index{reader: x.reader, words: x.reader.words, members: slices.Clip(x.reader.members), language: x.opts.Language}
	for i := range all {
		in.docs = append(in.docs, all[i].Document)
		in.units = append(in.units, &all[i].units[0])
	}
	for _, a := range all {
		for i := range a.units[1:] {
			in.units = append(in.units, &a.units[1+i])
		}
	}
	in.weigh()
	if x.opts.Once {
		for _, u := range in.units {
			u.words = nil
		}
	}
	if err := in.gather(); err != nil {
		return nil, err
	}
	return x.write(&in)
}

// analysis gives the analysis of a document, and adds it to known unless no other index follows.
func (x *Indexer) analysis(d *Document, known map[[sha256.Size]byte]*analysis) *analysis {
	if x.opts.Once {
		return x.reader.analyse(d)
	}
	sum := d.digest()
	a := x.known[sum]
	if a == nil {
		a = x.reader.analyse(d)
	}
	known[sum] = a
	return a
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
			l.postings[next[o.word]] = newPosting(uint32(i), impact(w/(saturation+w)))
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
