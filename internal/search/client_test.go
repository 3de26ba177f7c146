package search

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// asked is a search for testdata/ask.mjs, and answer what it gives.
type asked struct {
	Query   string         `json:"query"`
	Options map[string]any `json:"options,omitempty"`
	Warm    bool           `json:"warm,omitempty"`
	Without string         `json:"without,omitempty"`
	Damaged string         `json:"damaged,omitempty"`
	Why     bool           `json:"why,omitempty"`
}

type answer struct {
	Total   int
	AtLeast bool
	Results []struct {
		URL, Title, Kind, Date, Excerpt, Label, Valence, Language string
		Shown, Why                                                string // with what was found in brackets
		Score                                                     float64
	}
	Instead []struct {
		Typed string
		Words []string
	}
	Facets  map[string]map[string]int
	Error   string
	Fetched []string
}

func (a answer) urls() string {
	var urls []string
	for _, r := range a.Results {
		urls = append(urls, r.URL)
	}
	return strings.Join(urls, " ")
}

// modulesFolder makes a folder in which node reads .js files as modules.
func modulesFolder(t testing.TB) string {
	dir := t.TempDir()
	write(t, dir, "package.json", []byte(`{"type":"module"}`))
	return dir
}

func write(t testing.TB, dir, path string, data []byte) {
	t.Helper()
	file := filepath.Join(dir, filepath.FromSlash(path))
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, data, 0o644); err != nil {
		t.Fatal(err)
	}
}

// makeIndex makes the index of docs.
func makeIndex(t testing.TB, o Options, docs []Document) []File {
	t.Helper()
	files, err := New(o).Index(slices.Values(docs))
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// ask searches the index of docs, served below /sub/.
func ask(t *testing.T, docs []Document, searches ...asked) []answer {
	t.Helper()
	return askIn(t, Options{Language: "nl", Synonyms: [][]string{{"PoW", "Perspectief op Werk"}, {"factsheet", "sheet"}}}, docs, searches...)
}

func askIn(t *testing.T, o Options, docs []Document, searches ...asked) []answer {
	t.Helper()
	dir := modulesFolder(t)
	for _, f := range makeIndex(t, o, docs) {
		write(t, dir, "search/"+f.Path, f.Data)
	}
	for _, d := range docs {
		if len(d.Passages) > 0 {
			data, err := AppendPassages(nil, d.Passages)
			if err != nil {
				t.Fatal(err)
			}
			write(t, dir, "search/"+PassagesFile(strings.TrimPrefix(d.URL, "/sub/")), data)
		}
	}
	pages := map[string]string{} // two thousand files would take longer than all searches
	for _, d := range docs {
		pages[d.URL] = fmt.Sprintf("<html><body>menu<main><h1>%s</h1><p>%s</p></main></body></html>", d.Title, d.text())
	}
	made, err := json.Marshal(pages)
	if err != nil {
		t.Fatal(err)
	}
	write(t, dir, "pages.json", made)
	in, err := json.Marshal(searches)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("node", "testdata/ask.mjs", dir, "/sub/")
	cmd.Stdin, cmd.Stderr = bytes.NewReader(in), os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	var answers []answer
	if err := json.Unmarshal(out, &answers); err != nil {
		t.Fatal(err)
	}
	return answers
}

func TestClientPassesTheVectorsOfTheWriter(t *testing.T) {
	t.Parallel()
	dir := modulesFolder(t)
	if err := os.CopyFS(dir, client); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command("node", "testdata/client.mjs", dir+"/client", "testdata").CombinedOutput()
	if err != nil || len(out) > 0 {
		t.Errorf("%v\n%s", err, out)
	}
}
