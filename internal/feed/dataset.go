package feed

import (
	"encoding/json"
	"path"
	"regexp"
	"strings"

	"leerblad/internal/lang"
	"leerblad/internal/markdown"
	"leerblad/internal/site"
)

// object is a JSON object, whose keys are written in their order.
type object = map[string]any

// DataSet gives what programs read of the data set besides itself: the JSON Schema of its JSON, the metadata of its columns (CSV on the Web), and its
// description for catalogues of open data (DCAT-AP 3 as JSON-LD).
func DataSet(d site.DataSet, words func(string, ...any) string) []File {
	files := site.NewDataFiles(words("url.findings"))
	return []File{
		{files.Schema, func(dst []byte) []byte { return appendObject(dst, schema(d, words)) }},
		{files.Columns, func(dst []byte) []byte { return appendObject(dst, columns(d, words)) }},
		{files.Catalog, func(dst []byte) []byte { return appendObject(dst, catalog(d, words)) }},
	}
}

func appendObject(dst []byte, o object) []byte {
	data, err := json.MarshalIndent(o, "", "  ")
	if err != nil {
		panic(err) // objects hold strings, lists and objects alone
	}
	return append(append(dst, data...), '\n')
}

// schema gives the JSON Schema (draft 2020-12) of a list of Record.
func schema(d site.DataSet, words func(string, ...any) string) object {
	text := func(more object) object {
		more["type"] = "string"
		return more
	}
	properties := object{
		"id": text(object{"minLength": 1}), "valence": text(object{"enum": markdown.Valences}), "label": text(object{"minLength": 1}),
		"reach": text(object{"enum": append([]string{""}, markdown.Reaches...)}), "text": text(object{}), "topics": object{"type": "array", "items": text(object{"minLength": 1})},
		"source": text(object{"minLength": 1}), "kind": text(object{"enum": d.Kinds}), "date": text(object{"anyOf": []object{{"const": ""}, {"format": "date"}}}),
		"url": text(object{"format": "uri"}), "follows": text(object{"anyOf": []object{{"const": ""}, {"format": "uri"}}}),
		"language": text(object{"pattern": "^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$"}),
	}
	for name, property := range properties {
		property.(object)["description"] = words("about." + name)
	}
	return object{
		"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": d.Schema, "title": d.Title, "description": d.Description,
		"type": "array", "items": object{"$ref": "#/$defs/finding"},
		"$defs": object{"finding": object{"type": "object", "properties": properties, "required": recordKeys, "additionalProperties": false}},
	}
}

// recordKeys are the keys of a Record, in its order.
var recordKeys = []string{"id", "valence", "label", "reach", "text", "topics", "source", "kind", "date", "url", "follows", "language"}

// column is a column of the CSV file: its name, what tells about it, and what else is said of it.
type column struct {
	name, about string
	more        object
}

// tableColumns are the columns of the CSV file, in their order.
func tableColumns(d site.DataSet, words func(string, ...any) string) []column {
	choice := func(prefix string, values []string) object {
		var quoted []string
		for _, v := range values {
			quoted = append(quoted, regexp.QuoteMeta(words(prefix+v)))
		}
		return object{"datatype": object{"base": "string", "format": "^(" + strings.Join(quoted, "|") + ")$"}}
	}
	var valences []string
	for _, v := range markdown.Valences {
		valences = append(valences, string(v))
	}
	needed := func(o object) object {
		o["required"] = true
		return o
	}
	return []column{
		{"finding", "id", needed(object{"datatype": "string"})},
		{"valence", "label", needed(choice("valence.", valences))},
		{"reach", "reach", choice("reach.", markdown.Reaches)},
		{"text", "text", object{"datatype": "string"}},
		{"topics", "topics", object{"datatype": "string", "separator": topicSeparator}},
		{"source", "source", needed(object{"datatype": "string"})},
		{"kind", "kind", needed(choice("kind.", d.Kinds))},
		{"date", "date", object{"datatype": object{"base": "date", "format": "yyyy-MM-dd"}}},
		{"address", "url", needed(object{"datatype": "anyURI"})},
		{"follows", "follows", object{"datatype": "anyURI"}},
		{"language", "language", needed(object{"datatype": "language"})},
	}
}

// topicSeparator stands between the topics of a finding in the CSV file.
const topicSeparator = "; "

// columns gives the metadata of the CSV file (W3C, Metadata Vocabulary for Tabular Data), which has the dialect that CSV on the Web takes for granted.
func columns(d site.DataSet, words func(string, ...any) string) object {
	var list []object
	for _, c := range tableColumns(d, words) {
		c.more["name"], c.more["titles"], c.more["dc:description"] = c.name, words("data."+c.name), words("about."+c.about)
		list = append(list, c.more)
	}
	out := object{
		"@context": []any{"http://www.w3.org/ns/csvw", object{"@language": d.Language}}, "url": path.Base(d.CSV), "dc:title": d.Title, "dc:description": d.Description,
		"dc:publisher": d.SiteTitle, "dc:language": d.Language, "tableSchema": object{"columns": list, "primaryKey": "address"},
	}
	if d.Modified != "" {
		out["dc:modified"] = object{"@value": string(d.Modified), "@type": "xsd:date"}
	}
	if d.License != "" {
		out["dc:license"] = object{"@id": d.License}
	}
	return out
}

// authority is where the Publications Office of the European Union has its lists, which DCAT-AP asks for.
const authority = "http://publications.europa.eu/resource/authority/"

// prefixes are the vocabularies of the description.
var prefixes = object{
	"dcat": "http://www.w3.org/ns/dcat#", "dct": "http://purl.org/dc/terms/", "foaf": "http://xmlns.com/foaf/0.1/",
	"vcard": "http://www.w3.org/2006/vcard/ns#", "xsd": "http://www.w3.org/2001/XMLSchema#",
}

// catalog gives the description of the data set for catalogues: a catalogue with one data set in two files.
func catalog(d site.DataSet, words func(string, ...any) string) object {
	said := func(text string) object { return object{"@language": d.Language, "@value": text} }
	at := func(address string) object { return object{"@id": address} }
	a := func(address, class string) object { return object{"@id": address, "@type": class} }
	var languages, keywords []object
	for _, tag := range d.Languages {
		languages = append(languages, a(lang.Authority(tag), "dct:LinguisticSystem"))
	}
	for _, title := range d.Topics {
		keywords = append(keywords, said(title))
	}
	dated := func(o object) object {
		for key, day := range map[string]string{"dct:issued": string(d.Issued), "dct:modified": string(d.Modified)} {
			if day != "" {
				o[key] = object{"@type": "xsd:date", "@value": day}
			}
		}
		return o
	}
	licensed := func(o object) object {
		if d.License != "" {
			o["dct:license"] = a(d.License, "dct:LicenseDocument")
		}
		return o
	}
	publisher := object{"@id": d.Home + "#publisher", "@type": "foaf:Agent", "foaf:name": said(d.SiteTitle), "foaf:homepage": a(d.Home, "foaf:Document")}
	contact := object{"@id": d.Home + "#contact", "@type": "vcard:Organization", "vcard:fn": d.SiteTitle, "vcard:hasURL": at(d.Home)}
	if d.Contact != "" {
		contact["vcard:fn"] = d.Contact
	}
	if d.Email != "" {
		contact["vcard:hasEmail"] = at("mailto:" + d.Email)
	}
	file := func(id, address, mediaType, format, standard, title string) object {
		return dated(licensed(object{
			"@id": d.Page + id, "@type": "dcat:Distribution", "dct:title": said(title), "dct:description": said(d.Description), "dcat:accessURL": at(address), "dcat:downloadURL": at(address),
			"dcat:mediaType": a("http://www.iana.org/assignments/media-types/"+mediaType, "dct:MediaType"), "dct:format": a(authority+"file-type/"+format, "dct:MediaTypeOrExtent"),
			"dct:conformsTo": a(standard, "dct:Standard"), "dct:language": languages,
		}))
	}
	set := dated(object{
		"@id": d.Page + "#data_", "@type": "dcat:Dataset", "dct:identifier": d.Page + "#data_", "dct:title": said(d.Title), "dct:description": said(d.Description), "dct:publisher": at(d.Home + "#publisher"),
		"dct:creator": at(d.Home + "#publisher"), "dcat:contactPoint": contact, "dcat:keyword": keywords, "dcat:landingPage": a(d.Page, "foaf:Document"), "dct:language": languages,
		"dcat:theme":       a(authority+"data-theme/SOCI", "http://www.w3.org/2004/02/skos/core#Concept"), // population and society, to which work belongs
		"dct:accessRights": a(authority+"access-right/PUBLIC", "dct:RightsStatement"), "dct:accrualPeriodicity": a(authority+"frequency/IRREG", "dct:Frequency"),
		"dcat:distribution": []object{
			file("#csv_", d.CSV, "text/csv", "CSV", d.Columns, words("findings.csv")), file("#json_", d.JSON, "application/json", "JSON", d.Schema, words("findings.json")),
		},
	})
	description := d.SiteDescription
	if description == "" {
		description = d.Description
	}
	return dated(licensed(object{
		"@context": prefixes, "@id": d.Home + "#catalog", "@type": "dcat:Catalog", "dct:title": said(d.SiteTitle), "dct:description": said(description), "dct:publisher": publisher,
		"dcat:contactPoint": at(d.Home + "#contact"), "dct:language": languages, "foaf:homepage": a(d.Home, "foaf:Document"),
		"dcat:themeTaxonomy": a(authority+"data-theme", "http://www.w3.org/2004/02/skos/core#ConceptScheme"), "dcat:dataset": set,
	}))
}
