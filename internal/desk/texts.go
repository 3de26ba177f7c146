package desk

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"net/http"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"leerblad/internal/build"
	"leerblad/internal/diag"
	"leerblad/internal/edit"
	"leerblad/internal/publication"
	"leerblad/internal/source"
)

// row is an entry in the list of texts.
type row struct {
	Path      string `json:"path"`
	Reference string `json:"reference"`
	Kind      string `json:"kind"`
	Title     string `json:"title"`
	State     string `json:"state"` // published, draft, scheduled or expired
	Date      string `json:"date,omitempty"`
	Expires   string `json:"expires,omitempty"`
	Page      string `json:"page,omitempty"` // its path on the site that browsers have
	Errors    int    `json:"errors"`
	Warnings  int    `json:"warnings"`
	Hints     int    `json:"hints"`
	Digest    string `json:"digest"` // of the text on disk, as its ETag has it
}

// list answers with all entries.
func (d *Desk) list(w http.ResponseWriter, r *http.Request) error {
	result := d.session.Now()
	counts := map[string]*[diag.Hint + 1]int{} // by severity
	for _, p := range slices.Concat(result.Problems, result.Hints()) {
		if p.Span.File == nil {
			continue
		}
		n := counts[p.Span.File.Path]
		if n == nil {
			n = new([diag.Hint + 1]int)
			counts[p.Span.File.Path] = n
		}
		n[p.Severity()] += max(1, p.More)
	}
	pages := map[string]string{}
	if good := d.session.Good(); good != nil {
		for _, e := range good.All() {
			pages[e.File] = e.Path
		}
	}
	unsaved := d.session.Unsaved()
	rows := []row{}
	for _, e := range result.All() {
		next := row{Path: e.File, Reference: e.Reference, Kind: string(e.Kind), Title: e.Title, State: e.Status, Date: string(e.Date), Expires: string(e.Expires), Page: pages[e.File]}
		if n := counts[e.File]; n != nil {
			next.Errors, next.Warnings, next.Hints = n[diag.Error], n[diag.Warning], n[diag.Hint]
		}
		switch {
		case slices.Contains(unsaved, e.File):
			if data, err := d.read(e.File); err == nil {
				next.Digest = digest(data)
			}
		case e.Digest != source.Digest{}:
			next.Digest = hex.EncodeToString(e.Digest[:])
		}
		rows = append(rows, next)
	}
	slices.SortStableFunc(rows, func(a, b row) int { return strings.Compare(a.Path, b.Path) })
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(rows); err != nil {
		return err
	}
	return send(w, r, "application/json; charset=utf-8", out.Bytes())
}

// send sends bytes with their ETag, unless the client has them.
func send(w http.ResponseWriter, r *http.Request, kind string, data []byte) error {
	tag := etag(digest(data))
	w.Header().Set("ETag", tag)
	if slices.Contains(tags(r.Header.Values("If-None-Match")), tag) {
		w.WriteHeader(http.StatusNotModified)
		return nil
	}
	w.Header().Set("Content-Type", kind)
	_, err := w.Write(data) // net/http leaves it out of the answer to HEAD
	return err
}

func digest(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

func etag(digest string) string { return `"` + digest + `"` }

// tags gives the strong entity tags of a header field, and "*".
func tags(fields []string) (out []string) {
	for _, field := range fields {
		for tag := range strings.SplitSeq(field, ",") {
			out = append(out, strings.TrimSpace(tag))
		}
	}
	return out
}

// textType is as what a text is sent.
func textType(p string) string {
	switch path.Ext(p) {
	case ".vtt":
		return "text/vtt; charset=utf-8"
	case ".yaml":
		return "text/yaml; charset=utf-8"
	}
	return "text/markdown; charset=utf-8"
}

// text answers for one text: its bytes as they are on disk.
func (d *Desk) text(w http.ResponseWriter, r *http.Request, p string) error {
	if err := textPath(p); err != nil {
		return err
	}
	switch r.Method {
	case http.MethodGet, http.MethodHead:
		data, err := d.read(p)
		if err != nil {
			return err
		}
		return send(w, r, textType(p), data)
	case http.MethodPut:
		return d.save(w, r, p)
	case http.MethodDelete:
		return d.delete(w, r, p)
	}
	return methods(w, "GET, HEAD, PUT, DELETE")
}

// read gives a text. The error is a refusal where there is none.
func (d *Desk) read(p string) ([]byte, error) {
	there, err := d.stands(p)
	var twin *refused
	if errors.As(err, &twin) && twin.code == "same-name" || err == nil && !there {
		return nil, refusal(http.StatusNotFound, "not-found")
	} else if err != nil {
		return nil, err
	}
	f, err := source.OpenIn(d.session.Root(), p)
	if err != nil {
		return nil, refusal(http.StatusNotFound, "not-found")
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, maxText+1))
	if err == nil && len(data) > maxText {
		return nil, refusal(http.StatusRequestEntityTooLarge, "too-large", maxText>>20)
	}
	return data, err
}

// condition is what a request says of the text that it is about.
type condition struct {
	none bool     // there is to be none yet
	tags []string // it is to be one of these
}

// conditionOf reads the condition that a change of a text must have. Any version at all is none: it names no text.
func conditionOf(r *http.Request) (c condition, err error) {
	c.none = slices.Equal(tags(r.Header.Values("If-None-Match")), []string{"*"})
	c.tags = slices.DeleteFunc(tags(r.Header.Values("If-Match")), func(t string) bool { return !strings.HasPrefix(t, `"`) })
	if c.none == (len(c.tags) > 0) {
		return c, refusal(http.StatusPreconditionRequired, "no-version")
	}
	return c, nil
}

// holds gives the text at p as it is now, nil for none. The error says that it is not what the request is about, with the text that there is.
func (d *Desk) holds(w http.ResponseWriter, p string, c condition) (data []byte, err error) {
	there, err := d.stands(p)
	if err != nil {
		return nil, err
	}
	if there {
		info, err := d.session.Root().Lstat(p)
		if err != nil || info.Mode()&fs.ModeSymlink != 0 {
			return nil, refusal(http.StatusForbidden, "link")
		}
		if data, err = d.read(p); err != nil {
			return nil, err
		}
	}
	w.Header().Del("ETag")
	code := ""
	switch {
	case there && c.none:
		code = "exists"
	case there && !slices.Contains(c.tags, etag(digest(data))):
		code = "changed"
	case !there && !c.none:
		return nil, refusal(http.StatusPreconditionFailed, "gone").with("text", nil).with("etag", nil)
	}
	if code != "" {
		w.Header().Set("ETag", etag(digest(data)))
		return nil, refusal(http.StatusPreconditionFailed, code).with("text", string(data)).with("etag", etag(digest(data)))
	}
	if there && data == nil {
		data = []byte{}
	}
	return data, nil
}

// save writes a text.
func (d *Desk) save(w http.ResponseWriter, r *http.Request, p string) error {
	c, err := conditionOf(r)
	if err != nil {
		return err
	}
	text, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxText))
	if err != nil {
		return tooLarge(err, maxText>>20)
	}
	if !utf8.Valid(text) {
		return refusal(http.StatusBadRequest, "not-utf8")
	}
	status := http.StatusOK
	err = d.write(r, func() (edit.Set, error) {
		now, err := d.holds(w, p, c)
		switch {
		case err != nil:
			return edit.Set{}, err
		case now == nil:
			status = http.StatusCreated
			return edit.Set{New: []edit.New{{Path: p, Data: text}}}, nil
		case bytes.Equal(now, text):
			return edit.Set{}, nil
		}
		return edit.Set{Texts: edit.Changes{edit.Difference(source.NewFile(p, now), text)}}, nil
	})
	if err != nil {
		return err
	}
	w.Header().Set("ETag", etag(digest(text)))
	return sendJSON(w, status, map[string]string{"path": p, "digest": digest(text)})
}

// tooLarge gives the refusal of a body that was larger than so many megabytes, or err where that was not the reason.
func tooLarge(err error, most int) error {
	var large *http.MaxBytesError
	if errors.As(err, &large) {
		return refusal(http.StatusRequestEntityTooLarge, "too-large", most)
	}
	return err
}

// write does what a function says of the folder as it is now, and asks it again where that changed meanwhile.
func (d *Desk) write(r *http.Request, set func() (edit.Set, error)) error {
	d.writing.Lock()
	defer d.writing.Unlock()
	return build.Steadily(func() error {
		s, err := set()
		if err == nil {
			d.keep(r, s)
			err = d.session.Write(s)
		}
		if errors.Is(err, edit.ErrTaken) { // by what came since
			err = errors.Join(edit.ErrChanged, err)
		}
		return err
	})
}

// delete removes a text, and the files in the folder of an entry that has one.
func (d *Desk) delete(w http.ResponseWriter, r *http.Request, p string) error {
	c, err := conditionOf(r)
	if err != nil {
		return err
	}
	if p == publication.SettingsFile {
		return refusal(http.StatusForbidden, "no-text")
	}
	force := r.URL.Query().Get("force") == "1"
	return d.planned(w, r, change{force: force, holds: func() error {
		_, err := d.holds(w, p, c)
		return err
	}, plan: removal(p, force)})
}
