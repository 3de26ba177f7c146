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
	var entries, findings [][]any
	var urls, places []string
	seen := make(map[string]bool, len(w.in.docs))
	for i := range w.in.docs {
		d := &w.in.docs[i]
		if seen[d.URL] {
			return folders, fmt.Errorf("index %s: two documents have this address", d.URL)
		}
		seen[d.URL] = true
		urls = append(urls, d.URL)
		entries = append(entries, []any{d.URL, d.Title, d.Kind, d.Date, excerpt(d)})
		for _, f := range d.Findings {
			places = append(places, f.URL)
			findings = append(findings, []any{f.URL, f.Text, d.Date, d.Title, f.Label, f.Valence, f.Reach})
		}
	}
	if folders[0], err = w.groups(entries, urls, perRecord); err != nil {
		return folders, err
	}
	folders[1], err = w.groups(findings, places, perFindings)
	return folders, err
}

// groups writes records, per to a file. A folder's name says of which addresses it has the records: a page that
// still has an older directory never shows one page's title for another.
func (w *writer) groups(records [][]any, urls []string, per int) (string, error) {
	var names strings.Builder
	for from := 0; from < len(records); from += per * perGroup {
		to := min(len(records), from+per*perGroup)
		folder := w.name([]byte(strings.Join(urls[from:to], "\n")))
		names.WriteString(folder)
		for i := from; i < to; i += per {
			data, err := json.Marshal(records[i:min(to, i+per)])
			if err != nil {
				return "", fmt.Errorf("write search record: %w", err)
			}
			w.files = append(w.files, File{fmt.Sprintf("%s/%d.bin", folder, (i-from)/per), w.squeeze(data)})
		}
	}
	return names.String(), nil
}

// excerpt gives what a result shows below its title.
func excerpt(d *Document) string {
	text := d.Summary
	if text == "" {
		text = strings.Join(strings.Fields(d.Text[:min(len(d.Text), 2*excerptLength)]), " ")
	}
	if len(text) <= excerptLength {
		return text
	}
	cut := strings.LastIndexByte(text[:excerptLength], ' ')
	if cut < excerptLength/2 {
		return strings.ToValidUTF8(text[:excerptLength], "") + "…"
	}
	return text[:cut] + "…"
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
	header, err := json.Marshal(map[string][]string{
		"kind": kind.Names, "year": year.Names, "topic": topics.Names, "region": regions.Names, "valence": valence.Names,
	})
	if err != nil {
		return nil, fmt.Errorf("write search facets: %w", err)
	}
	out := append(header, '\n')
	return append(out, slices.Concat(columns[:]...)...), nil
}
