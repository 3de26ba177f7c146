package feed

import (
	"encoding/json"

	"leerblad/internal/site"
)

// filterIndex is all findings in the order of the pages of findings, by their sources.
type filterIndex struct {
	Valences list           `json:"valences"`
	Reaches  list           `json:"reaches"`
	Topics   list           `json:"topics"` // titles
	Sources  []filterSource `json:"sources"`
}

// filterSource is an entry with its findings: of each the places of its valence, its reach and its topics in the lists above.
type filterSource struct {
	URL      string  `json:"url"`
	Title    string  `json:"title"`
	Date     string  `json:"date"`
	Language string  `json:"language,omitempty"` // of the title, where it is not the publication's
	Findings [][]int `json:"findings"`
}

// list is different texts in the order in which they were first met.
type list []string

// place gives the place of a text, which known remembers.
func (l *list) place(known map[string]int, text string) int {
	i, ok := known[text]
	if !ok {
		i = len(*l)
		known[text], *l = i, append(*l, text)
	}
	return i
}

// Filter gives the index by which browsers filter the page of all findings. It has no texts: those stand on the pages of findings.
func Filter(rows func() []site.Row, words func(string, ...any) string) File {
	return File{site.NewDataFiles(words("url.findings")).Filter, func(dst []byte) []byte {
		out := filterIndex{list{}, list{}, list{}, []filterSource{}}
		valences, reaches, topics := map[string]int{}, map[string]int{}, map[string]int{}
		for _, f := range rows() {
			if n := len(out.Sources); n == 0 || out.Sources[n-1].URL != f.Source.URL {
				out.Sources = append(out.Sources, filterSource{URL: f.Source.URL, Title: f.Source.Title, Date: string(f.Source.Date), Language: f.Source.Language})
			}
			row := []int{out.Valences.place(valences, string(f.Valence)), out.Reaches.place(reaches, f.Reach)}
			for _, title := range f.Themes {
				row = append(row, out.Topics.place(topics, title))
			}
			source := &out.Sources[len(out.Sources)-1]
			source.Findings = append(source.Findings, row)
		}
		data, err := json.Marshal(out)
		if err != nil {
			panic(err) // the types above hold strings and numbers alone
		}
		return append(append(dst, data...), '\n')
	}}
}
