package devserver

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"net/http"
	"path"
	"slices"
	"strings"
	"unicode/utf8"
)

const newslettersPath = ownPath + "newsletters/"

// The policies of the newsletter desk and of the mails in it: a desk has frames, and a mail in a frame shows the site's pictures alone.
const (
	mailDeskPolicy = pagePolicy + "; frame-src 'self'"
	framePolicy    = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)

// mailPage is a part of the newsletter desk: the list of issues, the desk of an issue, or one of its files.
type mailPage struct {
	slug    string // "" for the list
	profile string // "" for that of the settings
	file    string // "" for the desk
}

// mailFiles are the names of an issue's files on its desk.
var mailFiles = []string{mailName, "mail.txt", "mail.eml"}

// findMail reads what follows newslettersPath in an address: SLUG/FILE or SLUG/PROFILE/FILE. ok is false where there is no such page.
func findMail(n Newsletters, rest string) (at *mailPage, ok bool) {
	if n == nil || rest == "" {
		return &mailPage{}, n != nil
	}
	parts := strings.Split(rest, "/")
	at = &mailPage{slug: parts[0], file: parts[len(parts)-1]}
	if len(parts) == 3 {
		at.profile = parts[1]
	}
	return at, slices.ContainsFunc(n.Issues(), func(i Issue) bool { return i.Slug == at.slug }) &&
		(len(parts) == 2 || len(parts) == 3 && slices.Contains(n.Profiles(), at.profile)) &&
		(at.file == "" || slices.Contains(mailFiles, at.file))
}

// mailOf gives where the newsletter desk has what a page of the site shows: an issue, or a list of them; "" for other pages.
func (s *Server) mailOf(now *state, p page) string {
	if now.newsletters == nil || p.name == "" || p.status != http.StatusOK {
		return ""
	}
	address, list := s.base+strings.TrimSuffix(p.name, "index.html"), ""
	for _, i := range now.newsletters.Issues() {
		if i.Path == address {
			return newslettersPath + i.Slug + "/"
		}
		if strings.HasPrefix(address, path.Dir(path.Clean(i.Path))+"/") {
			list = newslettersPath
		}
	}
	return list
}

// mailView is what the desk of an issue shows.
type mailView struct {
	Words              words
	Issue              Issue
	Mail               Mail
	Sum                string // changes with the mail
	Text               string
	Report             report
	Subject, Preheader int      // lengths in characters
	Sizes              []string // of HTML, text and message
	TestTo             string   // the addresses that get test mail
	Profiles           []profileView
}

type profileView struct {
	Name, Path string
	Current    bool
}

// listView is what the list of issues shows.
type listView struct {
	Words  words
	Issues []Issue
}

// mailDesk makes a page of the newsletter desk.
func (s *Server) mailDesk(now *state, at mailPage) ([]byte, error) {
	if at.slug == "" {
		return execute("newsletters.html", listView{s.words, now.newsletters.Issues()})
	}
	m, err := mailAt(now, at)
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(m.Message)
	v := mailView{
		Words: s.words, Mail: m, Sum: hex.EncodeToString(sum[:8]), Text: string(m.Text), Report: report{Problems: notices(m.Problems()), Words: s.words},
		Subject: utf8.RuneCountInString(m.Subject), Preheader: utf8.RuneCountInString(m.Preheader),
		TestTo: strings.Join(m.Seal.Test, ", "),
		Sizes:  []string{s.words.kilobytes(m.HTML), s.words.kilobytes(m.Text), s.words.kilobytes(m.Message)},
	}
	for _, i := range now.newsletters.Issues() {
		if i.Slug == at.slug {
			v.Issue = i
		}
	}
	for _, name := range now.newsletters.Profiles() {
		v.Profiles = append(v.Profiles, profileView{name, newslettersPath + at.slug + "/" + name + "/", name == m.Profile})
	}
	return execute("newsletter.html", v)
}

// mailAt gives the mail of a page of the newsletter desk. An issue that is gone is fs.ErrNotExist.
func mailAt(now *state, at mailPage) (Mail, error) {
	m, ok, err := now.newsletters.Mail(at.slug, at.profile)
	if !ok && err == nil {
		err = fs.ErrNotExist
	}
	return m, err
}

// serveMail sends a file of an issue: exactly what is published, unless a frame asks to show it in some way.
func serveMail(w http.ResponseWriter, r *http.Request, now *state, at mailPage) {
	m, err := mailAt(now, at)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	data := map[string][]byte{mailName: m.HTML, "mail.txt": m.Text, "mail.eml": m.Message}[at.file]
	switch path.Ext(at.file) {
	case ".html":
		policy := framePolicy
		switch show := r.URL.Query().Get("show"); show {
		case "plain":
			policy = strings.Replace(policy, "img-src 'self'; ", "", 1)
			data = shown(data, m.Origin, false)
		case "light", "dark":
			data = shown(data, m.Origin, show == "dark")
		}
		w.Header().Set("Content-Security-Policy", policy)
		w.Header().Set("X-Frame-Options", "SAMEORIGIN")
	case ".eml":
		w.Header().Set("Content-Disposition", `attachment; filename="`+at.slug+`.eml"`)
	}
	serveFile(w, r, at.file, data)
}

// shown gives a mail as a frame shows it: light or dark whatever the browser prefers, and with the site's pictures from the preview, for
// before a site is published they are nowhere else.
func shown(mail []byte, origin string, dark bool) []byte {
	media := "@media not all"
	if dark {
		media = "@media all"
	}
	mail = bytes.Replace(mail, []byte("@media (prefers-color-scheme:dark)"), []byte(media), 1)
	return bytes.ReplaceAll(mail, []byte(`<img src="`+origin+"/"), []byte(`<img src="/`))
}
