// Package start serves the page on which an editor opens a publication or makes a new one, for who has no terminal to say it in.
//
// It needs no script: forms, with a token that only the page itself has. It offers folders below the editor's home and the publications that
// were opened before; nothing else on the disk can be named to it.
package start

import (
	"bytes"
	"crypto/rand"
	"crypto/subtle"
	"embed"
	"errors"
	"html/template"
	"io/fs"
	"net/http"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"leerblad/internal/diag"
	"leerblad/internal/source"
)

// Options say what the page offers and what becomes of the answers.
type Options struct {
	Language diag.Language // of the page; the browser may ask for the other
	Home     string        // the folder below which publications are
	Recent   *Recent
	// Open opens the publication folder at a path; afterwards this handler gets no more requests and the browser is sent to the desk. The error is
	// told in words.
	Open func(content string) error
	// Make makes a new publication in a folder that is not there or empty, and gives its publication folder.
	Make func(dir, title string, l diag.Language) (content string, err error)
	Stop func() // ends the program
	Desk string // where the browser goes when a publication is open
}

// Handler is the page.
type Handler struct {
	Options
	token string
}

// New makes a page.
func New(o Options) *Handler { return &Handler{o, rand.Text()} }

//go:embed page
var files embed.FS

var page = template.Must(template.ParseFS(files, "page/start.html"))

// Policy is the page's own; devserver.Guard says who may ask for it.
const policy = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// maxForm is more than the forms can hold.
const maxForm = 1 << 16

// maxFolders is how many folders are listed.
const maxFolders = 500

// ServeHTTP answers for the page and its style sheet, and does what its forms ask.
func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("Content-Security-Policy", policy)
	w.Header().Set("Referrer-Policy", "no-referrer")
	switch {
	case r.Method == http.MethodPost:
		h.post(w, r)
	case r.Method != http.MethodGet && r.Method != http.MethodHead:
		w.Header().Set("Allow", "GET, HEAD, POST")
		http.Error(w, "method not allowed", http.StatusMethodNotAllowed)
	case r.URL.Path == stylePath:
		http.ServeFileFS(w, r, files, "page/start.css")
	case r.URL.Path == "/":
		h.send(w, http.StatusOK, h.view(r))
	default:
		http.Redirect(w, r, "/", http.StatusFound)
	}
}

const stylePath = "/_leerblad/start.css"

// view is what the page shows.
type view struct {
	Words
	Language, Other diag.Language
	Token, Style    string
	Error           string
	Recent          []Publication
	Home            string // in words
	Dir             string // the folder that is open, below Home, with slashes; "." for Home itself
	Up              string // the folder above it, "" for Home
	FoldersIn       []Folder
	More            bool // there are more folders than are listed
	Title, Place    string
	Stopped         bool
}

// Folder is a folder below home.
type Folder struct {
	Name, Dir   string
	Publication bool // it holds one
}

func (h *Handler) language(r *http.Request) diag.Language {
	switch l := diag.Language(r.FormValue("lang")); l {
	case diag.Dutch, diag.English:
		return l
	}
	return h.Language
}

// view reads the folder that the address names.
func (h *Handler) view(r *http.Request) view {
	l := h.language(r)
	v := view{
		Words: wordsIn(l), Language: l, Other: diag.English, Token: h.token, Style: stylePath, Recent: h.Recent.List(), Home: h.Home,
		Dir: clean(r.FormValue("dir")), Title: r.FormValue("title"), Place: r.FormValue("place"),
	}
	if l == diag.English {
		v.Other = diag.Dutch
	}
	if v.Place == "" {
		v.Place = v.DefaultPlace
	}
	if v.Dir != "." {
		v.Up = path.Dir(v.Dir)
	}
	root, err := os.OpenRoot(h.Home)
	if err != nil {
		v.Error = v.NoFolder
		return v
	}
	defer root.Close()
	entries, err := fs.ReadDir(root.FS(), v.Dir)
	if err != nil {
		v.Error = v.NoFolder
	}
	for _, e := range entries {
		if !e.IsDir() || source.Ignored(e.Name()) {
			continue
		}
		if v.More = len(v.FoldersIn) == maxFolders; v.More {
			break
		}
		dir := path.Join(v.Dir, e.Name())
		v.FoldersIn = append(v.FoldersIn, Folder{e.Name(), dir, content(root.FS(), dir) != ""})
	}
	return v
}

// clean gives a folder below home, home itself for what is none.
func clean(dir string) string {
	dir = path.Clean(dir)
	if !fs.ValidPath(dir) || !filepath.IsLocal(filepath.FromSlash(dir)) {
		return "."
	}
	return dir
}

// settings is the file by which a publication folder is known.
const settings = "site.yaml"

// content gives the publication folder that is at dir or in it, or "".
func content(home fs.FS, dir string) string {
	for _, name := range []string{dir, path.Join(dir, "content")} {
		if info, err := fs.Stat(home, path.Join(name, settings)); err == nil && info.Mode().IsRegular() {
			return name
		}
	}
	return ""
}

// Content gives the publication folder that is at dir or in it, or "".
func Content(dir string) string {
	name := content(os.DirFS(dir), ".")
	if name == "" {
		return ""
	}
	return filepath.Join(dir, name)
}

func (h *Handler) post(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, maxForm)
	if subtle.ConstantTimeCompare([]byte(r.PostFormValue("token")), []byte(h.token)) != 1 {
		v := h.view(r)
		v.Error = v.Stale
		h.send(w, http.StatusForbidden, v)
		return
	}
	var err error
	v := h.view(r)
	switch r.URL.Path {
	case "/open":
		err = h.open(r.PostFormValue("dir"), r.PostFormValue("recent"), v.Words)
	case "/make":
		err = h.make(r.PostFormValue("place"), strings.TrimSpace(r.PostFormValue("title")), v.Language, v.Words)
	case "/stop":
		v.Stopped = true
		h.send(w, http.StatusOK, v)
		h.Stop()
		return
	default:
		http.NotFound(w, r)
		return
	}
	if err != nil {
		v.Error = err.Error()
		h.send(w, http.StatusUnprocessableEntity, v)
		return
	}
	http.Redirect(w, r, h.Desk, http.StatusSeeOther)
}

// open opens a publication below home, or one that was opened before.
func (h *Handler) open(dir, recent string, w Words) error {
	folder := ""
	if recent != "" {
		if slices.ContainsFunc(h.Recent.List(), func(p Publication) bool { return p.Content == recent }) {
			folder = recent
		}
		if folder == "" || Content(folder) == "" {
			return errors.New(w.Gone)
		}
	} else {
		root, err := os.OpenRoot(h.Home)
		if err != nil {
			return errors.New(w.NoFolder)
		}
		defer root.Close()
		found := content(root.FS(), clean(dir))
		if found == "" {
			return errors.New(w.NoPublication)
		}
		folder = filepath.Join(h.Home, filepath.FromSlash(found))
	}
	return h.Open(folder)
}

// make makes a publication below home and opens it.
func (h *Handler) make(place, title string, l diag.Language, w Words) error {
	place = strings.TrimSpace(place)
	dir := clean(filepath.ToSlash(place))
	if place == "" || dir == "." || slices.ContainsFunc(strings.Split(dir, "/"), source.Ignored) {
		return errors.New(w.BadPlace)
	}
	if title == "" {
		return errors.New(w.NoTitle)
	}
	root, err := os.OpenRoot(h.Home)
	if err != nil {
		return errors.New(w.NoFolder)
	}
	defer root.Close()
	if err := root.MkdirAll(filepath.FromSlash(dir), 0o777); err != nil { // no link leads out
		return errors.New(w.BadPlace)
	}
	made, err := h.Make(filepath.Join(h.Home, filepath.FromSlash(dir)), title, l)
	if err != nil {
		return err
	}
	return h.Open(made)
}

func (h *Handler) send(w http.ResponseWriter, status int, v view) {
	var out bytes.Buffer
	if err := page.Execute(&out, v); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write(out.Bytes()) // net/http leaves it out of the answer to HEAD
}
