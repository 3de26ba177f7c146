package site

import (
	"regexp"
	"slices"
	"strings"

	"leerblad/internal/document"
	"leerblad/internal/frontmatter"
	"leerblad/internal/publication"
)

// DataFiles are the files of the data set of findings, as paths below the site's root.
type DataFiles struct {
	CSV, JSON string
	Columns   string // what the columns of CSV are: metadata of CSV on the Web, found by its name
	Schema    string // the JSON Schema of JSON
	Catalog   string // the description for catalogues of open data
	Filter    string // the index of the page's own filter
}

// NewDataFiles gives the files of the data set by the word in URLs for findings.
func NewDataFiles(word string) DataFiles {
	folder := word + "/"
	name := folder + word
	return DataFiles{name + ".csv", name + ".json", name + ".csv-metadata.json", name + ".schema.json", folder + "dcat.jsonld", folder + "filter.json"}
}

// Public gives the files that programs of others read.
func (f DataFiles) Public() []string { return []string{f.CSV, f.JSON, f.Columns, f.Schema, f.Catalog} }

// DataSet is what there is to say of the findings as data. Its addresses are complete.
type DataSet struct {
	Home, Page                 string // of the site, and of the findings
	CSV, JSON, Columns, Schema string
	Title, Description         string
	SiteTitle, SiteDescription string
	Contact, Email             string // "" without
	Language                   string // a tag, of all but the findings
	Languages                  []string
	Topics                     []string // titles
	Kinds                      []string // that a source may be of
	License                    string   // its address, or ""
	Issued, Modified           frontmatter.Day
}

// DataSet tells of the findings as data.
func (p *Plan) DataSet() DataSet { return p.shared.dataSet() }

func (s *shared) dataSet() DataSet {
	files := NewDataFiles(s.word("findings"))
	at := func(file string) string { return s.address(s.site.Root + file) }
	d := DataSet{
		Home: s.address(s.site.Root), Page: s.address(s.site.Findings.URL), CSV: at(files.CSV), JSON: at(files.JSON), Columns: at(files.Columns), Schema: at(files.Schema),
		Title: s.Words("data.title", s.site.Title), Description: s.Words("data.description", s.site.Title), SiteTitle: s.site.Title,
		SiteDescription: s.site.Description, Contact: s.site.ContactName, Email: s.site.ContactEmail, Language: string(s.site.Language),
		Languages: []string{string(s.site.Language)}, Topics: publication.Titles(s.pub.Of(document.Topics)), License: s.pub.Settings.License.Value,
		Kinds: append(document.Folders(), string(document.Home)),
	}
	var last *publication.Entry
	for _, f := range s.pub.Findings {
		e := f.Entry
		if e == last {
			continue
		}
		last = e
		if e.Language != "" && !slices.Contains(d.Languages, e.Language) {
			d.Languages = append(d.Languages, e.Language)
		}
		d.Modified = max(d.Modified, e.Date, e.Updated)
		if e.Date != "" && (d.Issued == "" || e.Date < d.Issued) {
			d.Issued = e.Date
		}
	}
	return d
}

// creative matches the addresses of licences of Creative Commons.
var creative = regexp.MustCompile(`^https?://creativecommons\.org/(licenses|publicdomain)/([a-z-]+)/(\d\.\d)/?`)

// licenseName gives what a licence is called whose address is known: "CC BY 4.0"; of others the address.
func licenseName(address string) string {
	m := creative.FindStringSubmatch(address)
	switch {
	case m == nil:
		return address
	case m[1] == "publicdomain" && m[2] == "zero":
		return "CC0 " + m[3]
	case m[1] == "publicdomain":
		return address
	}
	return "CC " + strings.ToUpper(m[2]) + " " + m[3]
}

// dataOfFindings gives the data set as JSON-LD of schema.org.
func (p *presenter) dataOfFindings() *Data {
	set := p.dataSet()
	d := &Data{
		Context: "https://schema.org", Type: "Dataset", Name: set.Title, Description: set.Description, URL: set.Page, Language: set.Language,
		Published: string(set.Issued), Modified: string(set.Modified), License: set.License, Publisher: &Data{Type: "Organization", Name: set.SiteTitle, URL: set.Home},
	}
	for _, f := range [][2]string{{set.CSV, "text/csv"}, {set.JSON, "application/json"}} {
		d.Distributions = append(d.Distributions, &Data{Type: "DataDownload", Name: f[0][strings.LastIndexByte(f[0], '/')+1:], ContentURL: f[0], Format: f[1]})
	}
	return d
}
