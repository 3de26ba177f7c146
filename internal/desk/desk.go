// Package desk is the server of the browser editor: it reads and writes the texts and pictures of one publication over HTTP.
//
// A text is saved over the very bytes that its editor opened, which a digest names; where the disk holds something else nothing is written, and
// the answer has what is there. All writing goes through session.Write, which does all of a change or nothing. What is written is what a
// publication holds, texts and media, under names that are the same on every system; no symbolic link is followed for it.
//
// Somebody who only knows the address can change nothing: that takes the token which stands in the desk's page, from a page of the desk's own
// origin, on this machine. The handler is to be mounted where foreign names and foreign pages are kept out already, as devserver does. See
// docs/desk-api.md.
package desk

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"sync"
	"time"

	"leerblad/internal/frontmatter"
	"leerblad/internal/session"
)

const (
	root     = "/_leerblad/"
	apiPath  = root + "api/"
	lspPath  = root + "lsp"
	filePath = root + "client/"
)

// What may come in one request, in bytes. A body that is larger gets 413.
const (
	maxText    = 1 << 20
	maxPicture = 50_000_000
	maxUpload  = 200_000_000 // several files at once
	maxImport  = 100_000_000
	maxJSON    = 1 << 20
)

// Options say what the desk cannot know of itself.
type Options struct {
	Today frontmatter.Day
	// LSP answers a language client until it has gone or ctx ends; nil leaves it out.
	LSP func(ctx context.Context, conn Conn) error
	// Clock says what time it is, for the texts that are kept when they are saved over; nil keeps none.
	Clock func() time.Time
	// Publish puts the site where readers are; nil leaves that to others.
	Publish Publisher
	// Test sends test mail; nil leaves that to others.
	Test Tester
	// Stop ends the program; nil where who started it stops it.
	Stop func()
}

// Desk is the desk of one publication. It is made anew at each start of the program, and so is its token.
type Desk struct {
	session    *session.Session
	options    Options
	token      string
	folder     string     // differs from that of every other publication, and says nothing of the disk
	writing    sync.Mutex // one writes at a time: a second would be told that the folder is busy
	unkept     error      // why texts that were saved over could not be kept; writing guards it
	found      found      // whether there is git
	publishing sync.Mutex
	importing  chan struct{} // one imports at a time: that takes memory
	clients    chan struct{} // a place for each language client
}

// New makes the desk of a publication.
func New(s *session.Session, o Options) *Desk {
	sum := sha256.Sum256([]byte(s.Content()))
	return &Desk{
		session: s, options: o, token: rand.Text(), folder: hex.EncodeToString(sum[:8]),
		importing: make(chan struct{}, 1), clients: make(chan struct{}, maxClients),
	}
}

// ServeHTTP answers all requests below /_leerblad/.
func (d *Desk) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	header := w.Header()
	header.Set("Cache-Control", "no-store")
	header.Set("X-Content-Type-Options", "nosniff")
	header.Set("X-Frame-Options", "DENY")
	header.Set("Referrer-Policy", "no-referrer")
	header.Set("Content-Security-Policy", answerPolicy)
	if err := d.serve(w, r); err != nil {
		d.refuse(w, err)
	}
}

// answerPolicy is that of answers which are no pages.
const answerPolicy = "default-src 'none'; sandbox; frame-ancestors 'none'"

func (d *Desk) serve(w http.ResponseWriter, r *http.Request) error {
	if name, ok := strings.CutPrefix(r.URL.Path, filePath); ok {
		return d.file(w, r, name)
	}
	switch r.URL.Path {
	case root:
		return d.page(w, r)
	case lspPath:
		return d.lsp(w, r)
	}
	name, ok := strings.CutPrefix(r.URL.Path, apiPath)
	if !ok {
		return refusal(http.StatusNotFound, "not-found")
	}
	reading := r.Method == http.MethodGet || r.Method == http.MethodHead
	if !reading {
		if err := d.mayWrite(r); err != nil {
			return err
		}
	}
	if p, ok := strings.CutPrefix(name, "texts/"); ok {
		return d.text(w, r, p)
	}
	if p, ok := strings.CutPrefix(name, "media/"); ok {
		return d.medium(w, r, p)
	}
	if p, ok := strings.CutPrefix(name, "versions"); ok && reading && (p == "" || p[0] == '/') {
		return d.versions(w, r, strings.TrimPrefix(p, "/"))
	}
	answers := map[string]func(http.ResponseWriter, *http.Request) error{"texts": d.list, "media": d.media, "references": d.references}
	if !reading {
		answers = map[string]func(http.ResponseWriter, *http.Request) error{
			"import": d.imported, "pictures": d.pictures, "move": d.move, "remove": d.remove, "new": d.create, "duplicate": d.duplicate, "stop": d.stop,
			"commit": d.commit, "get": d.get, "share": d.share, "publish": d.publish, "test": d.testMail, "approve": d.approve, "sent": d.sent,
		}
	}
	answer := answers[name]
	switch {
	case answer == nil:
		return refusal(http.StatusNotFound, "not-found")
	case !reading && r.Method != http.MethodPost:
		return methods(w, "POST")
	}
	return answer(w, r)
}

// methods refuses a request of another method.
func methods(w http.ResponseWriter, allowed string) error {
	w.Header().Set("Allow", allowed)
	return refusal(http.StatusMethodNotAllowed, "method", allowed)
}

// mayWrite gives the reason why a request may change nothing, or nil. A browser says with each such request from where it comes; what says
// nothing is no browser, and has the token.
func (d *Desk) mayWrite(r *http.Request) error {
	switch {
	case !here(r):
		return refusal(http.StatusForbidden, "elsewhere")
	case !sameOrigin(r):
		return refusal(http.StatusForbidden, "foreign")
	case !d.isToken(r.Header.Get("X-Leerblad-Token")):
		return refusal(http.StatusForbidden, "token")
	}
	return nil
}

func (d *Desk) isToken(s string) bool {
	return subtle.ConstantTimeCompare([]byte(s), []byte(d.token)) == 1
}

// here reports whether both ends of the request are this machine's own loopback address.
func here(r *http.Request) bool {
	peer, err := netip.ParseAddrPort(r.RemoteAddr)
	local, ok := r.Context().Value(http.LocalAddrContextKey).(net.Addr)
	if err != nil || !ok {
		return false
	}
	own, err := netip.ParseAddrPort(local.String())
	return err == nil && peer.Addr().Unmap().IsLoopback() && own.Addr().Unmap().IsLoopback()
}

// sameOrigin reports whether nothing says that the request comes from a page of another origin.
func sameOrigin(r *http.Request) bool {
	if site := r.Header.Get("Sec-Fetch-Site"); site != "" && site != "same-origin" {
		return false
	}
	origins := r.Header.Values("Origin")
	if len(origins) == 0 {
		return true
	}
	u, err := url.Parse(origins[0])
	return err == nil && len(origins) == 1 && u.Scheme == "http" && u.Host != "" && strings.EqualFold(u.Host, r.Host)
}

// stop ends the program, after the answer.
func (d *Desk) stop(w http.ResponseWriter, r *http.Request) error {
	if d.options.Stop == nil {
		return refusal(http.StatusNotFound, "not-found")
	}
	if r.Method != http.MethodPost {
		return methods(w, "POST")
	}
	defer d.options.Stop()
	w.WriteHeader(http.StatusNoContent)
	return nil
}
