package desk

import (
	"io/fs"
	"net/http"
	"slices"
	"strings"

	"leerblad/internal/diag"
	"leerblad/internal/document"
	"leerblad/internal/draft"
	"leerblad/internal/edit"
	"leerblad/internal/markdown"
	"leerblad/internal/refactor"
	"leerblad/internal/source"
)

// change is one that concerns many texts.
type change struct {
	plan  func(*refactor.Texts) (*refactor.Plan, error)
	holds func() error // says whether the texts are what they are to be; nil where that does not matter
	force bool
	dry   bool
}

// planned does a change and answers with its plan, and with the path that its text has then.
func (d *Desk) planned(w http.ResponseWriter, r *http.Request, c change) error {
	var p *refactor.Plan
	holds := func() error { return nil }
	if c.holds != nil {
		holds = c.holds
	}
	err := d.write(r, func() (set edit.Set, err error) {
		if err = holds(); err == nil {
			p, err = d.session.Plan(r.Context(), c.force, c.plan)
		}
		if err == nil {
			err = holds() // what changes from here on, Write sees
		}
		if err != nil || c.dry {
			return edit.Set{}, err
		}
		return p.Set, nil
	})
	if err != nil {
		return err
	}
	return sendJSON(w, http.StatusOK, struct {
		refactor.Record
		Path string `json:"path,omitempty"`
	}{p.Record(func(path string) string { return path }, c.dry), destination(p)})
}

// destination gives the path of the text that a plan moves, "" for none.
func destination(p *refactor.Plan) string {
	for _, m := range p.Set.Moves {
		if m.To == p.To+".md" || m.To == p.To+"/index.md" {
			return m.To
		}
	}
	return ""
}

// removal plans to remove the file at p: an entry with its files, or a file that is no entry.
func removal(p string, force bool) func(*refactor.Texts) (*refactor.Plan, error) {
	return func(t *refactor.Texts) (*refactor.Plan, error) {
		f := t.Tree.File(p)
		if f == nil {
			return nil, refusal(http.StatusNotFound, "not-found")
		}
		if slices.ContainsFunc(t.Documents, func(d *document.Document) bool { return d.File == f }) {
			plan, err := t.Remove(p, "", false, force)
			if err != nil || slices.Contains(plan.Set.Removed, f) { // else another file is the same entry
				return plan, err
			}
		}
		var refers diag.List
		for _, r := range t.All() {
			if r.Entry == nil && r.File == p {
				refers.Add("refers", r.Span, p)
			}
		}
		if len(refers) > 0 && !force {
			return nil, &refactor.Refusal{Why: refactor.Referred, Args: []any{p, len(refers)}, Problems: refers}
		}
		return &refactor.Plan{From: p, Removal: true, Set: edit.Set{Removed: []*source.File{f}}}, nil
	}
}

// move gives an entry or finding another reference.
func (d *Desk) move(w http.ResponseWriter, r *http.Request) error {
	var q struct {
		From, To string
		Alias    *bool // nil is yes
		DryRun   bool
	}
	if err := d.asked(w, r, &q); err != nil {
		return err
	}
	return d.planned(w, r, change{dry: q.DryRun, plan: func(t *refactor.Texts) (*refactor.Plan, error) {
		return t.Move(q.From, q.To, q.Alias == nil || *q.Alias)
	}})
}

// remove removes an entry or finding.
func (d *Desk) remove(w http.ResponseWriter, r *http.Request) error {
	var q struct {
		Reference, To string
		Alias         *bool
		Force, DryRun bool
	}
	if err := d.asked(w, r, &q); err != nil {
		return err
	}
	return d.planned(w, r, change{force: q.Force, dry: q.DryRun, plan: func(t *refactor.Texts) (*refactor.Plan, error) {
		return t.Remove(q.Reference, q.To, q.Alias == nil || *q.Alias, q.Force)
	}})
}

// asked reads what a request asks, as JSON.
func (d *Desk) asked(w http.ResponseWriter, r *http.Request, into any) error {
	if err := mayBe(r, "application/json"); err != nil {
		return err
	}
	return tooLarge(readJSON(w, r, maxJSON, into), maxJSON>>20)
}

// reference is a place that refers to something.
type reference struct {
	Path      string `json:"path"`
	Reference string `json:"reference,omitempty"` // of the entry that it is in
	Title     string `json:"title,omitempty"`
	Line      int    `json:"line"`
	Column    int    `json:"column"`
	Key       string `json:"key"` // of front matter, or link, picture, follows …
}

// references answers with what refers to an entry, or to one finding, from elsewhere.
func (d *Desk) references(w http.ResponseWriter, r *http.Request) error {
	asked, id, _ := strings.Cut(r.URL.Query().Get("reference"), "#")
	out := []reference{}
	found := false
	_, err := d.session.Plan(r.Context(), false, func(t *refactor.Texts) (*refactor.Plan, error) {
		out, found = out[:0], false
		byFile := map[*source.File]*document.Document{}
		var entry *document.Document
		for _, doc := range t.Documents {
			byFile[doc.File] = doc
			if entry == nil && (doc.Reference() == asked || doc.File.Path == asked) {
				entry = doc
			}
		}
		if entry == nil || id != "" && entry.Body.Finding(id) == nil {
			return nil, nil
		}
		found = true
		for _, ref := range t.To(entry, id, nil) {
			if ref.Span.File == entry.File && id == "" {
				continue
			}
			next := reference{Path: ref.Span.File.Path, Key: ref.Key}
			next.Line, next.Column = ref.Span.Position()
			if doc := byFile[ref.Span.File]; doc != nil {
				next.Reference, next.Title = doc.Reference(), doc.Meta.Title.Value
			}
			out = append(out, next)
		}
		return nil, nil
	})
	switch {
	case err != nil:
		return err
	case !found:
		return refusal(http.StatusNotFound, "not-found")
	}
	return sendJSON(w, http.StatusOK, out)
}

// made answers with a new text, which is the first of the files.
func (d *Desk) made(w http.ResponseWriter, r *http.Request, files func() ([]edit.New, error)) error {
	var made []edit.New
	err := d.write(r, func() (set edit.Set, err error) {
		if made, err = files(); err != nil {
			return edit.Set{}, err
		}
		for _, n := range made {
			if err := checkPath(n.Path); err != nil {
				return edit.Set{}, err
			}
			there, err := d.stands(n.Path)
			if err == nil && there {
				err = refusal(http.StatusConflict, "taken", n.Path)
			}
			if err != nil {
				return edit.Set{}, err
			}
		}
		return edit.Set{New: made}, nil
	})
	if err != nil {
		return err
	}
	return sendJSON(w, http.StatusCreated, map[string]string{"path": made[0].Path, "digest": digest(made[0].Data)})
}

// slugFor gives the name of the file of a new text. The error says that none can be made of the title, or that it is taken.
func (d *Desk) slugFor(kind document.Kind, title string) (string, error) {
	slug := markdown.Slug(title)
	if slug == "" || len(slug) > maxName-len(".md") {
		return "", refusal(http.StatusBadRequest, "bad-title")
	}
	if taken := draft.Taken(d.files(), kind, slug); taken != "" {
		return "", refusal(http.StatusConflict, "taken", taken).with("path", taken)
	}
	return slug, nil
}

func (d *Desk) files() fs.FS { return source.FS(d.session.Root()) }

func kindOf(name string) (document.Kind, error) {
	kind, ok := document.Called(name)
	if !ok {
		return "", refusal(http.StatusBadRequest, "bad-kind", shown(name), strings.Join(document.Folders(), ", "))
	}
	return kind, nil
}

// create makes a new text by the template of its kind.
func (d *Desk) create(w http.ResponseWriter, r *http.Request) error {
	var q struct{ Kind, Title string }
	if err := d.asked(w, r, &q); err != nil {
		return err
	}
	kind, err := kindOf(q.Kind)
	if err != nil {
		return err
	}
	title := strings.Join(strings.Fields(q.Title), " ")
	return d.made(w, r, func() ([]edit.New, error) {
		slug, err := d.slugFor(kind, title)
		if err != nil {
			return nil, err
		}
		text, err := draft.New(d.files(), kind, title, d.options.Today, d.session.Language())
		return []edit.New{{Path: string(kind) + "/" + slug + ".md", Data: text}}, err
	})
}

// duplicate makes another text like one that is there.
func (d *Desk) duplicate(w http.ResponseWriter, r *http.Request) error {
	var q struct{ Path, Title string }
	if err := d.asked(w, r, &q); err != nil {
		return err
	}
	if err := textPath(q.Path); err != nil {
		return err
	}
	title := strings.Join(strings.Fields(q.Title), " ")
	return d.made(w, r, func() ([]edit.New, error) {
		data, err := d.read(q.Path)
		if err != nil {
			return nil, err
		}
		f := source.NewFile(q.Path, data)
		place, ok, _ := document.Locate(f, func(p string) bool { _, err := d.session.Root().Lstat(p); return err == nil })
		if !ok || place.Kind == document.Home {
			return nil, refusal(http.StatusConflict, "no-text")
		}
		slug, err := d.slugFor(place.Kind, title)
		if err != nil {
			return nil, err
		}
		return draft.Copy(d.files(), f, place, slug, title, d.options.Today)
	})
}
