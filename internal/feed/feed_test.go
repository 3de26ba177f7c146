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
