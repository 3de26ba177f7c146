package devserver

import (
	"bytes"
	"net/http"
	"net/url"
	"path"
	"strconv"
	"strings"
	"time"

	"leerblad/internal/filetype"
)

// The policies of the published site, which the desk has in a frame, and of the server's own pages. A mail has all its styles inline and
// runs nothing; nor does what somebody put beside the texts, such as a drawing or a page that was saved elsewhere, which could else
// write by the desk.
const (
	anyPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; " +
		"connect-src 'self'; media-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; "
	sitePolicy = anyPolicy + "frame-ancestors 'self'"
	pagePolicy = anyPolicy + "frame-ancestors 'none'"
	filePolicy = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; media-src 'self'; sandbox; frame-ancestors 'none'"
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
	if status == http.StatusOK && p.name != "" && (path.Ext(p.name) != ".html" || inert(p.name)) {
		serveFile(w, r, p.name, data)
		return
	}
	policy := pagePolicy
	switch {
	case path.Base(p.name) == mailName:
		policy = mailPolicy
	case p.mail != nil:
		policy = mailDeskPolicy
	case !strings.HasPrefix(r.URL.Path, ownPath):
		policy = sitePolicy
		w.Header().Set("X-Frame-Options", "SAMEORIGIN")
	}
	w.Header().Set("Content-Security-Policy", policy)
	if policy != mailPolicy {
		data = s.inject(data, now, p)
	}
	w.Header().Set("Content-Type", filetype.Of(".html").Header())
	w.Header().Set("Content-Length", strconv.Itoa(len(data)))
	w.WriteHeader(status)
	if r.Method != http.MethodHead {
		_, _ = w.Write(data)
	}
}

// inert reports whether a file of the site is one of the publication's own that browsers could run scripts of as a page.
func inert(name string) bool {
	switch filetype.Of(name).Name {
	case "text/html", "image/svg+xml", "application/xml":
		return strings.HasPrefix(name, "assets/")
	}
	return false
}

// serveFile sends a file, or the part of it that was asked for.
func serveFile(w http.ResponseWriter, r *http.Request, name string, data []byte) {
	if inert(name) {
		w.Header().Set("Content-Security-Policy", filePolicy)
	}
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
		if inert(name) {
			w.Header().Set("Content-Security-Policy", filePolicy)
		}
		w.Header().Set("Content-Type", filetype.Of(name).Header())
		http.ServeContent(w, r, "", time.Time{}, f)
	}
	return true
}
