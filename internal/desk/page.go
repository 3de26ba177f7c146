package desk

import (
	"bytes"
	"crypto/rand"
	"embed"
	"encoding/json"
	"html/template"
	"net/http"
	"strings"

	"leerblad/internal/diag"
	"leerblad/internal/document"
	"leerblad/internal/filetype"
)

//go:embed client
var client embed.FS

var page = template.Must(template.ParseFS(client, "client/desk.html"))

// pagePolicy is that of the desk's page. The preview is in its frame, pictures that are not stored yet are blobs, and the editor's style sheet
// is let in by a nonce.
const pagePolicy = "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-NONCE'; img-src 'self' blob: data:; font-src 'self'; " +
	"connect-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// kind is a kind of text, in the words of the theme.
type kind struct {
	Name   string `json:"name"`
	Label  string `json:"label"`
	Plural string `json:"plural"`
}

// about is what the page's scripts know from the start.
type about struct {
	Language  diag.Language     `json:"language"`
	Title     string            `json:"title"`
	Base      string            `json:"base"`
	Folder    string            `json:"folder"` // a name of the publication for what the browser keeps
	ReadOnly  bool              `json:"readOnly"`
	Stops     bool              `json:"stops"`     // the page can end the program
	Publishes bool              `json:"publishes"` // the page can put the site where readers are
	Kinds     []kind            `json:"kinds"`
	Words     map[string]string `json:"words"`
}

// page sends the desk. Where nothing can be written it has no token.
func (d *Desk) page(w http.ResponseWriter, r *http.Request) error {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		return methods(w, "GET, HEAD")
	}
	result := d.session.Now()
	a := about{Language: result.Language, Title: result.Title(), Base: result.Base, Folder: d.folder, ReadOnly: !here(r), Stops: here(r) && d.options.Stop != nil,
		Publishes: here(r) && d.options.Publish != nil}
	for _, row := range document.Kinds {
		one, many := result.KindNames(row.Kind)
		a.Kinds = append(a.Kinds, kind{string(row.Kind), one, many})
	}
	words, err := client.ReadFile("client/words." + string(result.Language) + ".json")
	if err == nil {
		err = json.Unmarshal(words, &a.Words)
	}
	if err != nil {
		return err
	}
	token, nonce := d.token, rand.Text()
	if a.ReadOnly {
		token = ""
	}
	var out bytes.Buffer
	if err := page.Execute(&out, struct {
		about
		About        about
		Token, Nonce string
	}{a, a, token, nonce}); err != nil {
		return err
	}
	w.Header().Set("Content-Security-Policy", strings.Replace(pagePolicy, "NONCE", nonce, 1))
	w.Header().Set("Content-Type", filetype.Of(".html").Header())
	_, err = w.Write(out.Bytes())
	return err
}

// file sends a file of the page. The page itself and its words are no files.
func (d *Desk) file(w http.ResponseWriter, r *http.Request, name string) error {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		return methods(w, "GET, HEAD")
	}
	data, err := client.ReadFile("client/" + name)
	if err != nil || strings.HasSuffix(name, ".html") || strings.HasSuffix(name, ".json") {
		return refusal(http.StatusNotFound, "not-found")
	}
	return send(w, r, filetype.Of(name).Header(), data)
}
