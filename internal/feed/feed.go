// Package feed turns a site's plan into the files that programs read: feeds, sitemap, the data set of findings, and
// what hosts want to know.
package feed

import (
	"bytes"
	"cmp"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"iter"
	"strings"

	"leerblad/internal/filetype"
	"leerblad/internal/frontmatter"
	"leerblad/internal/site"
)

// File is one file of the site. Append makes its bytes, which are always the same, and appends them to dst.
type File struct {
	Path   string
	Append func(dst []byte) []byte
}

// Constant is a file of bytes that are there already.
func Constant(path string, data []byte) File {
	return File{path, func(dst []byte) []byte { return append(dst, data...) }}
}

// Atom gives a feed as Atom (RFC 4287). now dates a feed without entries.
func Atom(f site.Feed, s *site.Site, now frontmatter.Day) File {
	return File{f.File, func(dst []byte) []byte { return append(dst, atom(f, s, now)...) }}
}

func atom(f site.Feed, s *site.Site, now frontmatter.Day) []byte {
	type link struct {
		Rel    string `xml:"rel,attr,omitempty"`
		Href   string `xml:"href,attr"`
		Type   string `xml:"type,attr,omitempty"`
		Length int64  `xml:"length,attr,omitempty"`
	}
	type person struct {
		Name string `xml:"name"`
	}
	type category struct {
		Term string `xml:"term,attr"`
	}
	type entry struct {
		Lang      string   `xml:"xml:lang,attr,omitempty"` // where it is not the feed's
		Title     string   `xml:"title"`
		Links     []link   `xml:"link"`
		ID        string   `xml:"id"`
		Published string   `xml:"published"`
		Updated   string   `xml:"updated"`
		Authors   []person `xml:"author"`
		Category  category `xml:"category"`
		Summary   string   `xml:"summary,omitempty"`
	}
	type feed struct {
		XMLName xml.Name `xml:"http://www.w3.org/2005/Atom feed"`
		Lang    string   `xml:"xml:lang,attr"`
		Title   string   `xml:"title"`
		ID      string   `xml:"id"`
		Links   []link   `xml:"link"`
		Updated string   `xml:"updated"`
		Author  person   `xml:"author"`
		Entries []entry  `xml:"entry"`
	}
	const midnight = "T00:00:00Z"
	out := feed{
		Lang: string(s.Language), Title: f.Title, ID: f.Address, Author: person{s.Title},
		Links: []link{{Rel: "self", Href: f.Address}, {Rel: "alternate", Href: f.Link}},
	}
	updated := ""
	for _, e := range f.Entries() {
		updated = max(updated, e.Updated)
		x := entry{
			Lang: e.Language, Title: e.Title, Links: []link{{Href: e.Address}}, ID: e.Address, Published: string(e.Date) + midnight,
			Updated: e.Updated + midnight, Category: category{e.Kind}, Summary: e.Summary,
		}
		if e.PDF != nil {
			x.Links = append(x.Links, link{Rel: "enclosure", Href: e.PDF.URL, Type: filetype.Of(e.PDF.URL).Name, Length: e.PDF.Size})
		}
		for _, name := range e.Authors {
			x.Authors = append(x.Authors, person{name})
		}
		out.Entries = append(out.Entries, x)
	}
	if updated == "" {
		updated = string(now)
	}
	out.Updated = updated + midnight
	return encode(out)
}

// Sitemap gives the addresses of all pages that search engines may show (sitemaps.org protocol 0.9).
func Sitemap(pages []site.Page, address func(string) string) File {
	type entry struct {
		Location string `xml:"loc"`
		Modified string `xml:"lastmod,omitempty"`
	}
	type set struct {
		XMLName   xml.Name `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 urlset"`
		Addresses []entry  `xml:"url"`
	}
	return File{"sitemap.xml", func(dst []byte) []byte {
		var out set
		for _, p := range pages {
			if !p.NoIndex {
				out.Addresses = append(out.Addresses, entry{address(p.Path), string(p.Modified)})
			}
		}
		return append(dst, encode(out)...)
	}}
}

func encode(v any) []byte {
	data, err := xml.Marshal(v)
	if err != nil {
		panic(err) // the types above hold strings alone
	}
	return append([]byte(xml.Header), append(data, '\n')...)
}

// Record is a finding in the data set.
type Record struct {
	ID      string   `json:"id"`
	Valence string   `json:"valence"`
	Label   string   `json:"label"`
	Reach   string   `json:"reach"`
	Text    string   `json:"text"`
	Topics  []string `json:"topics"`
	Source  string   `json:"source"`
	Kind    string   `json:"kind"`
	Date    string   `json:"date"`
	URL     string   `json:"url"`
	Follows string   `json:"follows"`
	// Language is the tag of the language that the finding and its source are in (BCP 47).
	Language string `json:"language"`
}

// Findings gives the data set as JSON (a list of Record) and as CSV (RFC 4180, UTF-8), named as the findings page.
func Findings(rows func() []site.Row, words func(string, ...any) string, address func(string) string) []File {
	records := func(yield func(Record) bool) {
		for _, r := range rows() {
			if !yield(record(&r, words, address)) {
				return
			}
		}
	}
	files := site.NewDataFiles(words("url.findings"))
	return []File{
		{files.JSON, func(dst []byte) []byte { return appendList(dst, records) }},
		{files.CSV, func(dst []byte) []byte { return appendTable(dst, records, words) }},
	}
}

func record(f *site.Row, words func(string, ...any) string, address func(string) string) Record {
	r := Record{
		ID: f.ID, Valence: string(f.Valence), Label: words("valence." + string(f.Valence)), Reach: f.Reach, Text: f.Text,
		Topics: append([]string{}, f.Themes...), Source: f.Source.Title, Kind: f.Source.Kind, Date: string(f.Source.Date), URL: address(f.URL),
		Language: cmp.Or(f.Source.Language, words("language")),
	}
	if f.Preceding != "" {
		r.Follows = address(f.Preceding)
	}
	return r
}

// appendList writes one record after the other, so that the whole is never held twice.
func appendList(out []byte, records iter.Seq[Record]) []byte {
	out = append(out, '[')
	first := true
	for r := range records {
		data, err := json.MarshalIndent(r, " ", " ")
		if err != nil {
			panic(err) // records hold strings alone
		}
		if !first {
			out = append(out, ',')
		}
		first = false
		out = append(append(out, "\n "...), data...)
	}
	if !first {
		out = append(out, '\n')
	}
	return append(out, "]\n"...)
}

func appendTable(dst []byte, records iter.Seq[Record], words func(string, ...any) string) []byte {
	out := bytes.NewBuffer(dst)
	w := csv.NewWriter(out)
	w.UseCRLF = true
	head := []string{"finding", "valence", "reach", "text", "topics", "source", "kind", "date", "address", "follows", "language"}
	for i, key := range head {
		head[i] = words("data." + key)
	}
	_ = w.Write(head) // a bytes.Buffer takes every write
	for r := range records {
		reach, kind := "", words("kind."+r.Kind)
		if r.Reach != "" {
			reach = words("reach." + r.Reach)
		}
		row := []string{r.ID, r.Label, reach, r.Text, strings.Join(r.Topics, topicSeparator), r.Source, kind, r.Date, r.URL, r.Follows, r.Language}
		for i, cell := range row {
			row[i] = harmless(cell)
		}
		_ = w.Write(row)
	}
	w.Flush()
	return out.Bytes()
}

// harmless puts an apostrophe before a cell that a spreadsheet would take for a formula.
func harmless(cell string) string {
	if cell != "" && strings.ContainsRune("=+-@\t\r", rune(cell[0])) {
		return "'" + cell
	}
	return cell
}

// Robots lets search engines in and shows them the sitemap.
func Robots(address func(string) string, root string) File {
	return Constant("robots.txt", fmt.Appendf(nil, "User-agent: *\nAllow: /\n\nSitemap: %s\n", address(root+"sitemap.xml")))
}
