package search

import (
	"bytes"
	"compress/flate"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// directory is what the client knows before it has read anything. FORMAT.md says what each field means.
type directory struct {
	Entries  int       `json:"entries"`
	Findings int       `json:"findings"`
	Terms    shards    `json:"terms"`
	Endings  shards    `json:"endings"`
	Records  [2]string `json:"records"` // of entries and of findings: the names of the groups' folders
	Facets   string    `json:"facets"`
	Light    bool      `json:"light"` // the facets are small
	Stop     string    `json:"stop"`
	Linkers  []string  `json:"linkers"`
	Pack     string    `json:"pack,omitempty"`
}

// shards names the shards of a sorted list.
type shards struct {
	Starts string `json:"starts"` // where each begins, with | between
	Names  string `json:"names"`  // nameLength characters each
}

const (
	hashLength  = 4   // characters of a name
	perRecord   = 4   // entries in a file of records
	perFindings = 8   // findings in a file of records
	perGroup    = 256 // files of records in a group
	smallIndex  = 30_000
	lightFacets = 4_000
	mostListed  = 48 // units listed for the beginning of words
)

// writer collects the files of an index.
type writer struct {
	x      *Indexer
	in     *index
	files  []File
	packed map[[sha256.Size]byte][]byte
	names  map[string][sha256.Size]byte // digests by name
	flate  *flate.Writer
}

// write gives the files of an index: all in one where that is small, else in shards.
func (x *Indexer) write(in *index) ([]File, error) {
	w := &writer{x: x, in: in, packed: map[[sha256.Size]byte][]byte{}, names: map[string][sha256.Size]byte{}}
	w.flate, _ = flate.NewWriter(nil, flate.DefaultCompression)
	terms, sizes := in.entries()
	total := 0
	for _, s := range sizes {
		total += s
	}
	d := directory{
		Entries: len(in.docs), Findings: len(in.units) - len(in.docs),
		Stop: strings.Join(stopWords(in.language), " "),
	}
	if in.language == "nl" {
		d.Linkers = linkers
	}
	d.Terms = w.terms(terms, sizes, shardSize(total, 4))
	d.Endings = w.endings(shardSize(total, 6))
	var err error
	if d.Records, err = w.records(); err != nil {
		return nil, err
	}
	facets, err := in.facets()
	if err != nil {
		return nil, err
	}
	d.Facets = w.file(facets)
	d.Light = len(w.squeeze(facets)) <= lightFacets
	x.packed = w.packed
	w.pack(&d)
	data, err := json.Marshal(d)
	if err != nil {
		return nil, fmt.Errorf("write search directory: %w", err)
	}
	client, err := bundle(data)
	if err != nil {
		return nil, err
	}
	files := append(w.files, File{"client.js", client})
	slices.SortFunc(files, func(a, b File) int { return strings.Compare(a.Path, b.Path) })
	return files, nil
}

// name gives a name for content: the beginning of its digest, or what follows it if that is another's name.
func (w *writer) name(data []byte) string {
	sum := sha256.Sum256(data)
	text := base64.RawURLEncoding.EncodeToString(sum[:])
	for i := 0; ; i++ {
		name := text[i : i+hashLength]
		if other, taken := w.names[name]; !taken || other == sum {
			w.names[name] = sum
			return name
		}
	}
}

// squeeze gives data deflated.
func (w *writer) squeeze(data []byte) []byte {
	sum := sha256.Sum256(data)
	out, ok := w.x.packed[sum]
	if !ok {
		var b bytes.Buffer
		w.flate.Reset(&b)
		w.flate.Write(data) // a buffer does not fail
		w.flate.Close()
		out = b.Bytes()
	}
	w.packed[sum] = out
	return out
}

// file adds a file named by its content and gives its name.
func (w *writer) file(data []byte) string {
	there := len(w.names)
	name := w.name(data)
	if len(w.names) > there {
		w.files = append(w.files, File{name + ".bin", w.squeeze(data)})
	}
	return name
}

// entries gives the forms as shards hold them, and how many bytes each takes about.
func (in *index) entries() ([]entry, []int) {
	out := make([]entry, len(in.forms))
	sizes := make([]int, len(in.forms))
	for i, f := range in.forms {
		e := entry{text: f.text, class: int(f.class), extra: in.extra.of(f.class)}
		if f.word >= 0 {
			e.own = in.own.of(uint32(f.word))
		}
		out[i] = e
		sizes[i] = 4 + len(e.text)/2 + len(e.own) + len(e.extra)
	}
	return out, sizes
}

// terms writes the shards of terms.
func (w *writer) terms(entries []entry, sizes []int, limit int) shards {
	texts := make([]string, len(entries))
	byClass := map[int][]int{}
	for i, e := range entries {
		texts[i] = e.text
		byClass[e.class] = append(byClass[e.class], i)
	}
	starts := partition(texts, sizes, limit)
	beginnings := w.in.beginnings(entries, starts)
	var s shards
	for n, from := range starts {
		to := len(entries)
		if n+1 < len(starts) {
			to = starts[n+1]
		}
		shard := slices.Clone(entries[from:to])
		seen := map[int]bool{}
		for _, e := range entries[from:to] {
			if seen[e.class] {
				continue
			}
			seen[e.class] = true
			for _, i := range byClass[e.class] {
				if i < from || i >= to {
					shard = append(shard, entries[i])
				}
			}
		}
		shard = append(shard, beginnings[n]...)
		slices.SortFunc(shard, func(a, b entry) int { return strings.Compare(a.text, b.text) })
		s.add(encodeTerms(shard, uint32(len(w.in.docs))), texts, starts, n, w)
	}
	return s
}

// add writes a shard and adds its name, and as much of its first text as sets it apart from the text before.
func (s *shards) add(data []byte, texts []string, starts []int, n int, w *writer) {
	if n > 0 {
		i := starts[n]
		s.Starts += "|" + apart(texts[i-1], texts[i])
	}
	s.Names += w.file(data)
}

// apart gives the shortest beginning of text that sorts after previous.
func apart(previous, text string) string {
	for i, r := range text {
		if to := i + utf8.RuneLen(r); text[:to] > previous {
			return text[:to]
		}
	}
	return text
}

// endings writes the shards of the words backwards, by which mistakes in the first letters are found.
func (w *writer) endings(limit int) shards {
	var texts []string
	for _, f := range w.in.forms {
		if !isPair(f.text) && utf8.RuneCountInString(f.text) >= 4 && strings.IndexFunc(f.text, isDigit) < 0 {
			texts = append(texts, backwards(f.text))
		}
	}
	slices.Sort(texts)
	sizes := make([]int, len(texts))
	for i := range texts {
		sizes[i] = 4
	}
	starts := partition(texts, sizes, limit)
	var s shards
	for n, from := range starts {
		to := len(texts)
		if n+1 < len(starts) {
			to = starts[n+1]
		}
		s.add(encodeWords(texts[from:to]), texts, starts, n, w)
	}
	return s
}

func isDigit(r rune) bool { return '0' <= r && r <= '9' }

func backwards(s string) string {
	r := []rune(s)
	slices.Reverse(r)
	return string(r)
}

// beginnings gives, by shard, an entry for each beginning of one to three letters that more than two shards share,
// with the units that have most to do with words that begin so.
func (in *index) beginnings(entries []entry, starts []int) map[int][]entry {
	out := map[int][]entry{}
	best := make([]uint8, len(in.units))
	for letters := 1; letters <= 3; letters++ {
		for from := 0; from < len(entries); {
			to := from + 1
			begin, ok := firstLetters(entries[from].text, letters)
			for to < len(entries) && strings.HasPrefix(entries[to].text, begin) {
				to++
			}
			first, last := shardOf(starts, from), shardOf(starts, to-1)
			if ok && last-first >= 2 {
				var touched []uint32
				for _, e := range entries[from:to] {
					for _, p := range e.own {
						if best[p.unit] == 0 {
							touched = append(touched, p.unit)
						}
						best[p.unit] = max(best[p.unit], p.impact)
					}
				}
				var list []posting
				for _, u := range touched {
					list = append(list, posting{u, best[u]})
					best[u] = 0
				}
				slices.SortFunc(list, func(a, b posting) int {
					if a.impact != b.impact {
						return int(b.impact) - int(a.impact)
					}
					return int(b.unit) - int(a.unit)
				})
				list = list[:min(len(list), mostListed)]
				slices.SortFunc(list, func(a, b posting) int { return int(a.unit) - int(b.unit) })
				at := shardOf(starts, max(0, from-1))
				if from == 0 || starts[first] == from {
					at = first
				}
				out[at] = append(out[at], entry{text: begin + "*", class: -1, own: list})
			}
			from = to
		}
	}
	return out
}

// firstLetters gives the first n characters of a text, ok if it has that many.
func firstLetters(text string, n int) (begin string, ok bool) {
	for i := range text {
		if n == 0 {
			return text[:i], true
		}
		n--
	}
	return text, n == 0
}

// shardOf gives the shard that holds the entry at i.
func shardOf(starts []int, i int) int {
	n, ok := slices.BinarySearch(starts, i)
	if !ok {
		n--
	}
	return n
}

// pack puts all files in one if they are small together.
func (w *writer) pack(d *directory) {
	total := 0
	for _, f := range w.files {
		total += len(f.Data)
	}
	if total > smallIndex {
		return
	}
	var b bytes.Buffer
	for _, f := range w.files {
		fmt.Fprintf(&b, "%s %d\n", f.Path, len(f.Data))
	}
	b.WriteByte('\n')
	for _, f := range w.files {
		b.Write(f.Data)
	}
	d.Pack = w.name(b.Bytes())
	w.files = []File{{d.Pack + ".bin", b.Bytes()}}
}
