package devserver

import (
	"bytes"
	"net/http"
	"net/url"
	"path"
	"strconv"
	"time"

	"leerblad/internal/filetype"
)

// The policies of the published site; a mail has all its styles inline and runs nothing.
const (
	pagePolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; " +
		"connect-src 'self'; media-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; " +
		"frame-ancestors 'none'"
	mailPolicy = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' https:; base-uri 'none'; " +
		"form-action 'none'; frame-ancestors 'none'"
)

// mailName is the newsletter for copying, in which the preview's script would be sent along.
const mailName = "mail.html"

// servePath sends what stands at a path: the page with the preview's script in it, or another file as it is.
func (s *Server) servePath(w http.ResponseWriter, r *http.Request, now *state) {
	p := s.find(now, r.URL.Path)
	if p.location != "" {
		target := url.URL{Path: p.location, RawQuery: r.URL.RawQuery}
		http.Redirect(w, r, target.String(), p.status)
		return
	}
	if p.mail != nil && p.mail.file != "" {
		serveMail(w, r, now, *p.mail)
		return
	}
	if p.name != "" && p.status == http.StatusOK && !p.early(now) && serveStream(w, r, p.name, now.site) {
		return
	}
	p.query = r.URL.Query().Get("q")
	data, status := s.content(now, p)
	if status == http.StatusOK && p.name != "" && path.Ext(p.name) != ".html" {
		serveFile(w, r, p.name, data)
		return
	}
	w.Header().Set("Content-Security-Policy", pagePolicy)
	if p.mail != nil {
		w.Header().Set("Content-Security-Policy", mailDeskPolicy)
	}
	if path.Base(p.name) == mailName {
		w.Header().Set("Content-Security-Policy", mailPolicy)
	} else {
		data = s.inject(data, now, p)
	}
	w.Header().Set("Content-Type", filetype.Of(".html").Header())
	w.Header().Set("Content-Length", strconv.Itoa(len(data)))
	w.WriteHeader(status)
	if r.Method != http.MethodHead {
		_, _ = w.Write(data)
	}
}

// serveFile sends a file, or the part of it that was asked for.
func serveFile(w http.ResponseWriter, r *http.Request, name string, data []byte) {
	w.Header().Set("Content-Type", filetype.Of(name).Header())
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(data))
}

// serveStream sends a file that is never held, or the part of it that was asked for. It reports whether it is such a file.
func serveStream(w http.ResponseWriter, r *http.Request, name string, site Site) bool {
	f, err := site.Open(name)
	switch {
	case err != nil: // it was there when the site was made, and the next build knows
		http.NotFound(w, r)
	case f == nil:
		return false
	default:
		defer f.Close()
		w.Header().Set("Content-Type", filetype.Of(name).Header())
		http.ServeContent(w, r, "", time.Time{}, f)
	}
	return true
}
