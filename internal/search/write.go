package search

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/klauspost/compress/flate"
)

// directory is what the client knows before it has read anything. FORMAT.md says what each field means.
type directory struct {
	Entries  int        `json:"entries"`
	Findings int        `json:"findings"`
	Terms    shards     `json:"terms"`
	Endings  shards     `json:"endings"`
	Records  [2]string  `json:"records"` // of entries and of findings: the names of the groups' folders
	Facets   string     `json:"facets"`
	Light    bool       `json:"light"` // the facets are small
	Filters  []string   `json:"filters"`
	Language string     `json:"language"`
	Mixed    bool       `json:"mixed,omitempty"` // lists of classes may have the words of other languages
	Stop     string     `json:"stop"`
	Linkers  []string   `json:"linkers"`
	Synonyms [][]string `json:"synonyms"` // so that readers see what was looked for; empty where there are too many
	Pack     string     `json:"pack,omitempty"`
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
	fewSynonyms = 2_000 // bytes
	flateLevel  = 6     // within a few hundredths of the smallest, in a third of the time
	ownCodes    = 500   // bytes of one kind that are worth codes of their own
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
	w.flate, _ = flate.NewWriter(nil, flateLevel)
	d := directory{
		Entries: len(in.docs), Findings: len(in.units) - len(in.docs),
		Stop: strings.Join(stopWords(in.language), " "), Filters: Facets, Language: in.language, Mixed: in.foreign != nil,
		Linkers: []string{}, Synonyms: [][]string{}, // not nil, which the client could not read
	}
	if in.language == "nl" {
		d.Linkers = linkers
	}
	if said := fmt.Sprint(x.opts.Synonyms); len(said) <= fewSynonyms && x.opts.Synonyms != nil {
		d.Synonyms = x.opts.Synonyms
	}
	total := 0
	for i := range in.forms {
		total += in.size(i)
	}
	d.Terms = w.terms(shardSize(total, 2.8))
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

// sumOf gives the digest of parts, one after the other.
func sumOf(parts ...[]byte) (sum [sha256.Size]byte) {
	h := sha256.New()
	for _, part := range parts {
		h.Write(part)
	}
	h.Sum(sum[:0])
	return sum
}

// name gives a name for content with a digest: the beginning of that, or what follows it if that is another's name.
func (w *writer) name(sum [sha256.Size]byte) string {
	text := base64.RawURLEncoding.EncodeToString(sum[:])
	for i := 0; ; i++ {
		name := text[i : i+hashLength]
		if other, taken := w.names[name]; !taken || other == sum {
			w.names[name] = sum
			return name
		}
	}
}

// squeeze gives data deflated. Parts of different kinds have codes of their own.
func (w *writer) squeeze(parts ...[]byte) []byte {
	sum := sumOf(parts...)
	out, ok := w.x.packed[sum]
	if !ok {
		var b bytes.Buffer
		w.flate.Reset(&b)
		for i, part := range parts {
			if i > 0 && len(part) > ownCodes {
				w.flate.Flush() // a buffer does not fail
			}
			w.flate.Write(part)
		}
		w.flate.Close()
		out = slices.Clone(b.Bytes())
	}
	w.packed[sum] = out
	return out
}

// file adds a file named by its content and gives its name.
func (w *writer) file(parts ...[]byte) string {
	there := len(w.names)
	name := w.name(sumOf(parts...))
	if len(w.names) > there {
		w.files = append(w.files, File{name + ".bin", w.squeeze(parts...)})
	}
	return name
}

// add writes a shard and adds its name, and as much of its first text as sets it apart from the text before.
func (s *shards) add(w *writer, texts []string, starts []int, n int, data ...[]byte) {
	if n > 0 {
		i := starts[n]
		s.Starts += "|" + apart(texts[i-1], texts[i])
	}
	s.Names += w.file(data...)
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
		s.add(w, texts, starts, n, encodeWords(texts[from:to]))
	}
	return s
}

func isDigit(r rune) bool { return '0' <= r && r <= '9' }

func backwards(s string) string {
	r := []rune(s)
	slices.Reverse(r)
	return string(r)
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
	d.Pack = w.name(sumOf(b.Bytes()))
	w.files = []File{{d.Pack + ".bin", b.Bytes()}}
}
