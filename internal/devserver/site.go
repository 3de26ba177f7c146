package devserver

import (
	"bytes"
	"fmt"
	"net/http"
	"net/url"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"
)

// The policies of the published site; a mail has all its styles inline and runs nothing.
const (
	pagePolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; " +
		"connect-src 'self'; media-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; " +
		"frame-ancestors 'none'"
	mailPolicy = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' https:; base-uri 'none'; " +
		"form-action 'none'; frame-ancestors 'self'"
)

// mailName is the newsletter for copying, in which the reload script would be sent along.
const mailName = "mail.html"

func (s *Server) serveSite(w http.ResponseWriter, r *http.Request, now *state) {
	if now.site == nil {
		s.serveProblems(w, now)
		return
	}
	requested, inside := strings.CutPrefix(r.URL.Path, s.base)
	if !inside {
		if r.URL.Path == "/" || r.URL.Path+"/" == s.base {
			redirect(w, r, s.base)
			return
		}
		http.Error(w, "not found", http.StatusNotFound)
		return
	}
	name := strings.TrimPrefix(path.Clean("/"+requested), "/")
	index := path.Join(name, "index.html")
	if requested == "" || strings.HasSuffix(requested, "/") {
		name = index
	}
	if data, ok, err := now.site.Get(name); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	} else if ok {
		serveFile(w, r, name, data, now.version)
		return
	}
	if now.site.Has(index) {
		redirect(w, r, s.base+name+"/")
		return
	}
	data, ok, err := now.site.Get("404.html")
	if !ok || err != nil {
		data = []byte("<!doctype html><title>404</title><p>404")
	}
	servePage(w, http.StatusNotFound, inject(data, now.version))
}

// serveFile sends a file, or the part of it that was asked for; version is that of the site.
func serveFile(w http.ResponseWriter, r *http.Request, name string, data []byte, version uint64) {
	w.Header().Set("Content-Type", contentType(name))
	switch {
	case path.Base(name) == mailName:
		w.Header().Set("Content-Security-Policy", mailPolicy)
	case path.Ext(name) == ".html":
		w.Header().Set("Content-Security-Policy", pagePolicy)
		data = inject(data, version)
	}
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(data))
}

// servePage is for pages with a status of their own, which http.ServeContent does not give.
func servePage(w http.ResponseWriter, status int, data []byte) {
	w.Header().Set("Content-Type", contentType(".html"))
	w.Header().Set("Content-Security-Policy", pagePolicy)
	w.Header().Set("Content-Length", strconv.Itoa(len(data)))
	w.WriteHeader(status)
	_, _ = w.Write(data)
}

// inject puts in the reload script, which compares the page's version with the server's. A minified page
// may have neither end tag; the end of the file is then in the body.
func inject(page []byte, version uint64) []byte {
	at := bytes.Index(page, []byte("</head>"))
	if at < 0 {
		at = bytes.LastIndex(page, []byte("</body>"))
	}
	if at < 0 {
		at = len(page)
	}
	tag := fmt.Appendf(nil, `<script src="%s" defer data-version="%d"></script>`, scriptPath, version)
	return slices.Concat(page[:at], tag, page[at:])
}

func redirect(w http.ResponseWriter, r *http.Request, to string) {
	target := url.URL{Path: to, RawQuery: r.URL.RawQuery}
	http.Redirect(w, r, target.String(), http.StatusFound)
}

// contentType does not ask the system, whose table differs from one machine to the next.
func contentType(name string) string {
	switch extension := strings.ToLower(path.Ext(name)); extension {
	case ".html", ".css", ".csv", ".vtt":
		return "text/" + extension[1:] + "; charset=utf-8"
	case ".js", ".mjs":
		return "text/javascript; charset=utf-8"
	case ".txt":
		return "text/plain; charset=utf-8"
	case ".json", ".xml":
		return "application/" + extension[1:] + "; charset=utf-8"
	case ".webmanifest":
		return "application/manifest+json; charset=utf-8"
	case ".svg":
		return "image/svg+xml; charset=utf-8"
	case ".png", ".gif", ".webp", ".avif", ".jpeg":
		return "image/" + extension[1:]
	case ".jpg":
		return "image/jpeg"
	case ".ico":
		return "image/x-icon"
	case ".mp4", ".webm":
		return "video/" + extension[1:]
	case ".mp3":
		return "audio/mpeg"
	case ".ogg", ".oga":
		return "audio/ogg"
	case ".m4a":
		return "audio/mp4"
	case ".wav":
		return "audio/wav"
	case ".pdf", ".zip":
		return "application/" + extension[1:]
	case ".woff2":
		return "font/woff2"
	case ".eml":
		return "message/rfc822"
	case ".docx":
		return "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
	case ".xlsx":
		return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	case ".pptx":
		return "application/vnd.openxmlformats-officedocument.presentationml.presentation"
	case ".odt":
		return "application/vnd.oasis.opendocument.text"
	}
	return "application/octet-stream"
}
