package search

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// excerptLength is how much of a text without summary results show, in bytes.
const excerptLength = 160

// records writes the files of what results show, and gives the names of the folders they are in.
func (w *writer) records() (folders [2]string, err error) {
	seen := make(map[string]bool, len(w.in.docs))
	for _, d := range w.in.docs {
		if seen[d.URL] {
			return folders, fmt.Errorf("index %s: two documents have this address", d.URL)
		}
		seen[d.URL] = true
	}
	entries := group{w: w, per: perRecord}
	findings := group{w: w, per: perFindings}
	for _, d := range w.in.docs {
		if err := entries.add(d.URL, w.spoken(&d, d.URL, d.Title, d.Kind, d.Date, d.Summary, d.passages)...); err != nil {
			return folders, err
		}
		for _, f := range d.Findings {
			if err := findings.add(f.URL, w.spoken(&d, f.URL, f.Text, d.Date, d.Title, f.Label, f.Valence, f.Reach)...); err != nil {
				return folders, err
			}
		}
	}
	if err := entries.end(); err != nil {
		return folders, err
	}
	err = findings.end()
	return [2]string{entries.names, findings.names}, err
}

// spoken adds to a record the language of its document, where that is not the index's.
func (w *writer) spoken(d *Document, record ...any) []any {
	if d.Language == w.in.language {
		return record
	}
	return append(record, d.Language)
}

// group is a folder of records in the making. Its name says of which addresses it has the records: a page that
// still has an older directory never shows one page's title for another.
type group struct {
	w     *writer
	per   int      // records in a file
	names string   // of the folders before it
	urls  []string // of its records
	files [][]byte
	file  []any // the records of the file that is being filled
}

// add adds a record; the folder is written when it is full.
func (g *group) add(url string, record ...any) error {
	g.urls = append(g.urls, url)
	g.file = append(g.file, record)
	if len(g.file) == g.per {
		if err := g.endFile(); err != nil {
			return err
		}
	}
	if len(g.files) == perGroup {
		return g.end()
	}
	return nil
}

func (g *group) endFile() error {
	data, err := json.Marshal(g.file)
	if err != nil {
		return fmt.Errorf("write search record: %w", err)
	}
	g.files, g.file = append(g.files, g.w.squeeze(data)), g.file[:0]
	return nil
}

// end writes the folder.
func (g *group) end() error {
	if len(g.file) > 0 {
		if err := g.endFile(); err != nil {
			return err
		}
	}
	if len(g.urls) == 0 {
		return nil
	}
	folder := g.w.name(sumOf([]byte(strings.Join(g.urls, "\n"))))
	for i, data := range g.files {
		g.w.files = append(g.w.files, File{fmt.Sprintf("%s/%d.bin", folder, i), data})
	}
	g.names += folder
	g.urls, g.files = nil, nil
	return nil
}

// excerpt gives what a result shows below its title.
func excerpt(d *Document) string {
	text := d.Summary
	if text == "" && len(d.Passages) > 0 {
		first := d.Passages[0].Text
		text = strings.Join(strings.Fields(first[:min(len(first), 2*excerptLength)]), " ")
	}
	return shorten(text, excerptLength)
}

// values numbers the values of a facet.
type values struct {
	Names []string `json:"names"`
	ids   map[string]int
}

func (v *values) id(name string) int {
	if i, ok := v.ids[name]; ok {
		return i
	}
	if v.ids == nil {
		v.ids = map[string]int{}
	}
	v.ids[name] = len(v.Names)
	v.Names = append(v.Names, name)
	return len(v.Names) - 1
}

// Facets are what results can be filtered by, in the order in which readers choose. The index tells its client.
var Facets = []string{"kind", "topic", "region", "year", "valence"}

// facets gives the columns of the facets: a header in JSON with the values, and a number a unit for each facet. Sets
// of topics and regions are values of which the names are joined by line ends.
func (in *index) facets() ([]byte, error) {
	var kind, year, topics, regions, valence values
	var columns [7][]byte
	add := func(column, value int) { columns[column] = binary.AppendUvarint(columns[column], uint64(value)) }
	last := -1
	for i := range in.docs {
		d := &in.docs[i]
		add(0, kind.id(d.Kind))
		add(1, year.id(d.Date[:min(4, len(d.Date))]))
		add(2, topics.id(strings.Join(d.Topics, "\n")))
		add(3, regions.id(strings.Join(d.Regions, "\n")))
		for _, f := range d.Findings {
			add(4, i-max(last, 0))
			last = i
			add(5, topics.id(strings.Join(f.Topics, "\n")))
			add(6, valence.id(f.Valence))
		}
	}
	known := map[string]*values{"kind": &kind, "topic": &topics, "region": &regions, "year": &year, "valence": &valence}
	names := map[string][]string{}
	for _, facet := range Facets {
		names[facet] = known[facet].Names
	}
	header, err := json.Marshal(names)
	if err != nil {
		return nil, fmt.Errorf("write search facets: %w", err)
	}
	out := append(header, '\n')
	return append(out, slices.Concat(columns[:]...)...), nil
}
