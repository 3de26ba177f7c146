package desk

import (
	"encoding/json"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"path"
	"slices"
	"strconv"
	"strings"

	"leerblad/internal/diag"
	"leerblad/internal/document"
	"leerblad/internal/draft"
	"leerblad/internal/frontmatter"
	"leerblad/internal/importer"
	"leerblad/internal/markdown"
	"leerblad/internal/media"
	"leerblad/internal/source"
)

// importing is what a request to import gives. Files are one text, and the pictures beside it if it is a saved page.
type importing struct {
	HTML     string            `json:"html"` // as a clipboard has it
	Kind     string            `json:"kind"`
	Title    string            `json:"title"`
	Date     string            `json:"date"`
	Signs    map[string]string `json:"signs"` // what signs before items mean
	Unnumber bool              `json:"unnumber"`
	Part     bool              `json:"part"` // it goes into another text: no front matter

	name     string // of the text's file
	data     []byte
	pictures map[string][]byte // by the names of their files
}

// importedPicture is a picture of an imported text, which the browser stores beside the text once that has a place.
type importedPicture struct {
	Name   string `json:"name"` // as the text calls it
	Type   string `json:"type"`
	Data   []byte `json:"data"` // in base64
	Width  int    `json:"width"`
	Height int    `json:"height"`
}

// importAnswer is what a file or fragment becomes.
type importAnswer struct {
	Markdown  string            `json:"markdown"`
	Title     string            `json:"title,omitempty"`
	Slug      string            `json:"slug,omitempty"`
	Path      string            `json:"path,omitempty"` // where there is room for it
	Pictures  []importedPicture `json:"pictures"`
	Questions []json.RawMessage `json:"questions"`
	Problems  []any             `json:"problems"`
}

// remark is what the editor must know of what was left out, among the problems.
type remark struct {
	Severity string `json:"severity"`
	Code     string `json:"code"`
	Message  string `json:"message"`
}

// imported answers with what a file, or what a clipboard holds, becomes. It writes nothing.
func (d *Desk) imported(w http.ResponseWriter, r *http.Request) error {
	select {
	case d.importing <- struct{}{}:
		defer func() { <-d.importing }()
	default:
		return refusal(http.StatusServiceUnavailable, "busy-import")
	}
	q, err := d.importingOf(w, r)
	if err != nil {
		return err
	}
	kind := document.Sheets
	if q.Kind != "" {
		if kind, err = kindOf(q.Kind); err != nil {
			return err
		}
	}
	if q.Date != "" {
		if _, err := frontmatter.ParseDay(q.Date); err != nil {
			return refusal(http.StatusBadRequest, "bad-date", shown(q.Date))
		}
	}
	o := importer.Options{
		Name: q.name, Title: q.Title, Date: q.Date, Today: string(d.options.Today), Dated: kind.Row().Dated, Undated: !kind.Knows("date"),
		Topics: draft.Topics(d.files()), Unnumber: q.Unnumber, Language: d.session.Language(), Signs: map[string]string{},
	}
	for sign, meaning := range q.Signs {
		if meaning != "" && !slices.Contains(importer.Valences, meaning) {
			return refusal(http.StatusBadRequest, "bad-signs", shown(meaning))
		}
		if meaning != "" {
			o.Signs[strings.TrimRight(sign, "\ufe0f\ufe0e")] = meaning
		}
	}
	if importer.IsContribution(q.name, q.data) {
		return d.contribution(w, q.data, q.Part, o)
	}
	doc, err := importer.Read(q.name, q.data, d.session.Language())
	if err != nil {
		return err
	}
	for i := range doc.Pictures {
		if p := &doc.Pictures[i]; len(p.Data) == 0 {
			hint, _ := url.PathUnescape(p.Hint)
			p.Data = q.pictures[path.Base(hint)]
		}
	}
	if q.Part {
		partOf(doc)
		o.Title, o.Undated, o.Dated = partTitle, true, false
	}
	return sendJSON(w, http.StatusOK, d.answer(importer.Import(doc, o), kind, q.Part))
}

// contribution answers with what a practice story becomes that a reader has sent.
func (d *Desk) contribution(w http.ResponseWriter, data []byte, part bool, o importer.Options) error {
	if part {
		return refusal(http.StatusUnprocessableEntity, "whole-text")
	}
	o.Regions = draft.Slugs(d.files(), document.Regions)
	text, err := importer.Contribution(data, o)
	if err != nil {
		return err
	}
	return sendJSON(w, http.StatusOK, d.answer(text, document.Stories, false))
}

// partTitle stands in for the title of what has none: it is taken out again with the front matter.
const partTitle = "part of a text"

// partOf makes a title into a heading, for what goes into another text.
func partOf(doc *importer.Document) {
	var first []importer.Block
	if doc.Title != nil {
		first = append(first, &importer.Heading{Level: 1, Text: doc.Title})
	}
	if doc.Subtitle != nil {
		first = append(first, &importer.Paragraph{Text: doc.Subtitle})
	}
	doc.Title, doc.Subtitle, doc.Blocks = nil, nil, append(first, doc.Blocks...)
}

// answer tells what came of an import.
func (d *Desk) answer(text *importer.Text, kind document.Kind, part bool) importAnswer {
	l := d.session.Language()
	out := importAnswer{Markdown: string(text.Markdown), Pictures: []importedPicture{}, Questions: []json.RawMessage{}, Problems: []any{}}
	for _, f := range text.Files {
		info, _ := media.Inspect(f.Name, f.Data) // what cannot be read is told when it is stored
		out.Pictures = append(out.Pictures, importedPicture{f.Name, http.DetectContentType(f.Data), f.Data, info.Width, info.Height})
	}
	for _, q := range text.Questions {
		if part && (q.Kind == "title" || q.Kind == "date") {
			continue
		}
		if data, err := q.JSON(l); err == nil {
			out.Questions = append(out.Questions, data)
		}
	}
	for _, r := range text.Remarks {
		out.Problems = append(out.Problems, remark{diag.Warning.String(), r.Code, r.Text(l)})
	}
	f := source.NewFile("import.md", text.Markdown)
	body, before := 0, 0
	if _, from, ok, _ := frontmatter.Split(f); ok && part {
		for body = from; body < len(text.Markdown) && text.Markdown[body] == '\n'; body++ {
		}
		line, _ := source.At(f, body, body).Position()
		before = line - 1
	}
	_, problems := document.Parse(markdown.New(), f, document.Place{Kind: kind, Slug: "import"})
	problems, _ = problems.Hints()
	for _, p := range problems.Sorted() {
		if p.Code == "loose-sign" || p.Span.Start < body { // what signs mean is asked
			continue
		}
		record := diag.Printer{Language: l}.Record(p)
		record.File, record.Line, record.Fixes = "", record.Line-before, nil
		out.Problems = append(out.Problems, record)
	}
	out.Markdown = out.Markdown[body:]
	if !part {
		out.Title, out.Slug, out.Path = text.Title, text.Slug, d.room(kind, text)
	}
	return out
}

// room gives a path for a text that nothing stands at: in a folder of its own if it has pictures.
func (d *Desk) room(kind document.Kind, text *importer.Text) string {
	slug := text.Slug
	for n := 2; draft.Taken(d.files(), kind, slug) != ""; n++ {
		slug = text.Slug + "-" + strconv.Itoa(n)
	}
	if len(text.Files) > 0 {
		return path.Join(string(kind), slug, "index.md")
	}
	return path.Join(string(kind), slug+".md")
}

// importingOf reads a request to import: a form, or JSON.
func (d *Desk) importingOf(w http.ResponseWriter, r *http.Request) (q importing, err error) {
	if err := mayBe(r, "multipart/form-data", "application/json"); err != nil {
		return q, err
	}
	r.Body = http.MaxBytesReader(w, r.Body, maxImport)
	q.pictures = map[string][]byte{}
	if mayBe(r, "application/json") == nil {
		err = readJSON(w, r, maxImport, &q)
	} else {
		err = q.form(r)
	}
	switch {
	case err != nil:
	case q.HTML != "" && q.data != nil:
		err = refusal(http.StatusBadRequest, "one-text")
	case q.HTML != "":
		q.name, q.data = ".html", []byte(q.HTML)
		q.Part = q.Part || q.Kind == "" // a clipboard is pasted into a text
	case q.data == nil:
		err = refusal(http.StatusBadRequest, "nothing")
	}
	return q, err
}

// form reads the parts of a form.
func (q *importing) form(r *http.Request) error {
	parts, err := r.MultipartReader()
	if err != nil {
		return refusal(http.StatusBadRequest, "bad-request")
	}
	n := 0
	return eachPart(parts, func(p *multipart.Part) error {
		if n++; n > maxFiles {
			return refusal(http.StatusRequestEntityTooLarge, "too-many", maxFiles)
		}
		data, err := io.ReadAll(p)
		if err != nil {
			return err
		}
		if file := p.FileName(); file != "" {
			return q.file(path.Base(strings.ReplaceAll(file, `\`, "/")), data)
		}
		value := string(data)
		switch p.FormName() {
		case "html":
			q.HTML = value
		case "kind":
			q.Kind = value
		case "title":
			q.Title = value
		case "date":
			q.Date = value
		case "signs":
			if json.Unmarshal(data, &q.Signs) != nil {
				return refusal(http.StatusBadRequest, "bad-request")
			}
		case "unnumber":
			q.Unnumber = yes(value)
		case "part":
			q.Part = yes(value)
		}
		return nil
	})
}

func yes(s string) bool { return s == "1" || s == "true" }

// file takes a file of the form.
func (q *importing) file(name string, data []byte) error {
	switch {
	case isPicture(name):
		q.pictures[name] = data
	case q.data != nil:
		return refusal(http.StatusBadRequest, "one-text")
	default:
		q.name, q.data = name, data
	}
	return nil
}
