package feed_test

import (
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"slices"
	"strings"
	"testing"

	"leerblad/internal/feed"
	"leerblad/internal/site"
)

func words(key string, _ ...any) string { return key }

func address(path string) string { return "https://example.org" + path }

func TestDataSetSurvivesSpreadsheets(t *testing.T) {
	f := site.Row{ID: "a", Valence: "works", Text: "=HYPERLINK(\"x\"), \"y\"\nz", URL: "/x/#a", Source: site.Source{Link: site.Link{Title: "-1"}, Kind: "sheets"}}
	files := feed.Findings(func() []site.Row { return []site.Row{f} }, words, address)
	var records []feed.Record
	if err := json.Unmarshal(files[0].Append(nil), &records); err != nil || len(records) != 1 {
		t.Fatalf("%v: %s", err, files[0].Append(nil))
	}
	if records[0].Text != f.Text || records[0].Topics == nil {
		t.Errorf("JSON changes a text, or has no list: %+v", records[0])
	}
	rows, err := csv.NewReader(strings.NewReader(string(files[1].Append(nil)))).ReadAll()
	if err != nil || len(rows) != 2 {
		t.Fatalf("%v: %s", err, files[1].Append(nil))
	}
	for i, cell := range rows[1] {
		if strings.ContainsAny(cell[:min(1, len(cell))], "=+-@") {
			t.Errorf("%s is a formula: %s", rows[0][i], cell)
		}
	}
}

func TestEmptyDataSetIsAList(t *testing.T) {
	if files := feed.Findings(func() []site.Row { return nil }, words, address); strings.TrimSpace(string(files[0].Append(nil))) != "[]" {
		t.Errorf("got %s", files[0].Append(nil))
	}
}

func TestAtomIsDatedByItsNewestChange(t *testing.T) {
	s := &site.Site{Title: "A & <B>", Language: "nl"}
	entries := []site.FeedEntry{
		{Card: &site.Card{Title: "Nieuw", Date: "2021-02-01"}, Updated: "2021-02-01", Address: address("/n/")},
		{Card: &site.Card{Title: "Oud", Date: "2021-01-01"}, Updated: "2021-03-01", Address: address("/o/")},
	}
	for _, c := range []struct {
		entries []site.FeedEntry
		want    string
	}{{entries, "2021-03-01T00:00:00Z"}, {nil, "2021-06-01T00:00:00Z"}} {
		file := feed.Atom(site.Feed{Title: s.Title, Address: address("/feed.xml"), Entries: func() []site.FeedEntry { return c.entries }}, s, "2021-06-01")
		var got struct {
			Title   string `xml:"title"`
			Updated string `xml:"updated"`
		}
		if err := xml.Unmarshal(file.Append(nil), &got); err != nil || got.Title != s.Title || got.Updated != c.want {
			t.Errorf("%v: %+v, want %s", err, got, c.want)
		}
	}
}

func TestSecurityHoldsLessThanAYear(t *testing.T) {
	file, ok := feed.Security(&site.Site{ContactEmail: "a@example.org"}, address("/"), "2024-02-29")
	if !ok || !strings.Contains(string(file.Append(nil)), "Expires: 2024-12-25T00:00:00Z\n") {
		t.Errorf("got %s", file.Append(nil))
	}
	if _, ok := feed.Security(&site.Site{}, address("/"), "2024-02-29"); ok {
		t.Error("a file without the contact that it needs")
	}
}

// What the settings for nginx, Caddy and Apache do is tried in package hosts; these are for hosts that none can run here.
func TestHeadersLetMailHaveItsStyles(t *testing.T) {
	files := feed.Host("/le/", "nieuwsbrieven", []string{"f/a.csv"}, []site.Move{{From: "/le/oud/", To: "/le/nieuw/"}})
	text := func(name string) string {
		i := slices.IndexFunc(files, func(f feed.File) bool { return f.Path == name })
		if i < 0 {
			t.Fatalf("no %s", name)
		}
		return string(files[i].Append(nil))
	}
	headers := text("_headers")
	for _, want := range []string{
		"/le/*\n  Content-Security-Policy: " + feed.Policy + "\n",
		"\n/le/assets/*\n  ! Cache-Control\n  Cache-Control: public, max-age=31536000, immutable\n",
		"\n/le/nieuwsbrieven/*/mail.html\n  ! Content-Security-Policy\n  Content-Security-Policy: " + feed.MailPolicy + "\n  X-Robots-Tag: noindex\n",
		"\n/le/nieuwsbrieven/*/mail\n  ! Content-Security-Policy\n  Content-Security-Policy: " + feed.MailPolicy + "\n  X-Robots-Tag: noindex\n",
		"\n/le/f/a.csv\n  Access-Control-Allow-Origin: *\n",
		"\n/le/404.html\n  X-Robots-Tag: noindex\n",
	} {
		if !strings.Contains(headers, want) {
			t.Errorf("no %q in\n%s", want, headers)
		}
	}
	if got := text("_redirects"); got != "/le/oud/ /le/nieuw/ 301\n" {
		t.Errorf("redirects: %q", got)
	}
}

func TestWithoutAliasesThereAreNoRedirects(t *testing.T) {
	for _, f := range feed.Host("/", "nieuwsbrieven", []string{"f/a.csv"}, nil) {
		if text := string(f.Append(nil)); f.Path == "_redirects" || strings.Contains(text, "301") || strings.Contains(text, "redir ") {
			t.Errorf("%s:\n%s", f.Path, text)
		}
	}
}

func TestDataSetIsDescribedAsItIs(t *testing.T) {
	set := site.DataSet{
		Home: address("/le/"), Page: address("/le/f/"), CSV: address("/le/f/f.csv"), JSON: address("/le/f/f.json"), Columns: address("/le/f/f.csv-metadata.json"),
		Schema: address("/le/f/f.schema.json"), Title: "A", Description: "B", SiteTitle: "C", Language: "nl", Languages: []string{"nl", "en-GB"}, Kinds: []string{"sheets"},
	}
	files := feed.DataSet(set, words)
	read := func(i int) (out map[string]any) {
		data := files[i].Append(nil)
		if err := json.Unmarshal(data, &out); err != nil {
			t.Fatalf("%v: %s", err, data)
		}
		if string(data) != string(feed.DataSet(set, words)[i].Append(nil)) {
			t.Errorf("%s differs from one time to the next", files[i].Path)
		}
		return out
	}
	// The schema has the keys of a record, and needs them all.
	record, _ := json.Marshal(feed.Record{Topics: []string{}})
	var keys, needed map[string]any
	_ = json.Unmarshal(record, &keys)
	finding := read(0)["$defs"].(map[string]any)["finding"].(map[string]any)
	needed = finding["properties"].(map[string]any)
	if len(finding["required"].([]any)) != len(keys) || len(needed) != len(keys) {
		t.Errorf("the schema has %v and a record %v", needed, keys)
	}
	for key := range keys {
		if needed[key] == nil || !slices.Contains(finding["required"].([]any), any(key)) {
			t.Errorf("the schema does not need %s", key)
		}
	}
	// The columns are those of the CSV file.
	table := feed.Findings(func() []site.Row { return nil }, words, address)[1].Append(nil)
	head, err := csv.NewReader(strings.NewReader(string(table))).Read()
	if err != nil {
		t.Fatal(err)
	}
	columns := read(1)["tableSchema"].(map[string]any)["columns"].([]any)
	if len(columns) != len(head) {
		t.Fatalf("%d columns are described of %d", len(columns), len(head))
	}
	for i, title := range head {
		if got := columns[i].(map[string]any)["titles"]; got != title {
			t.Errorf("column %d is %s, and described as %s", i, title, got)
		}
	}
	// A licence, days and an e-mail address are told only where there are any.
	text := string(files[2].Append(nil))
	for _, absent := range []string{"license", "issued", "modified", "hasEmail"} {
		if strings.Contains(text, absent) {
			t.Errorf("the description has %s", absent)
		}
	}
	for _, present := range []string{"language/NLD", "language/ENG", "https://example.org/le/f/#data_"} {
		if !strings.Contains(text, present) {
			t.Errorf("the description has no %s", present)
		}
	}
}
