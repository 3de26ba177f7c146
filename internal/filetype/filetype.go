// Package filetype says as what a file of the site is sent, and for how long it may be kept: by the preview, and by hosts that read the settings which package feed writes.
package filetype

import (
	"path"
	"strings"
)

// Unknown is the type of a file of which no other is known.
const Unknown = "application/octet-stream"

// Type is how files of some extensions are sent.
type Type struct {
	Name       string   // without parameters
	Text       bool     // is text, which gets smaller when it is compressed
	Extensions []string // in lower case, without dots
}

// All are the types of what a site may hold. All text but mail is UTF-8: a message says itself what its parts are.
var All = []Type{
	{"text/html", true, []string{"html"}},
	{"text/css", true, []string{"css"}},
	{"text/csv", true, []string{"csv"}},
	{"text/javascript", true, []string{"js", "mjs"}},
	{"text/plain", true, []string{"txt"}},
	{"text/vtt", true, []string{"vtt"}},
	{"application/json", true, []string{"json"}},
	{"application/ld+json", true, []string{"jsonld"}},
	{"application/manifest+json", true, []string{"webmanifest"}},
	{"application/xml", true, []string{"xml"}},
	{"image/svg+xml", true, []string{"svg"}},
	{mail, true, []string{"eml"}},
	{"image/avif", false, []string{"avif"}},
	{"image/gif", false, []string{"gif"}},
	{"image/jpeg", false, []string{"jpg", "jpeg"}},
	{"image/png", false, []string{"png"}},
	{"image/webp", false, []string{"webp"}},
	{"image/x-icon", false, []string{"ico"}},
	{"audio/mp4", false, []string{"m4a"}},
	{"audio/mpeg", false, []string{"mp3"}},
	{"audio/ogg", false, []string{"ogg", "oga", "opus"}},
	{"audio/wav", false, []string{"wav"}},
	{"video/mp4", false, []string{"mp4", "m4v"}},
	{"video/webm", false, []string{"webm"}},
	{"font/woff2", false, []string{"woff2"}},
	{Unknown, false, []string{"bin"}}, // of the search index
	{"application/pdf", false, []string{"pdf"}},
	{"application/zip", false, []string{"zip"}},
	{"application/vnd.oasis.opendocument.text", false, []string{"odt"}},
	{"application/vnd.openxmlformats-officedocument.presentationml.presentation", false, []string{"pptx"}},
	{"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", false, []string{"xlsx"}},
	{"application/vnd.openxmlformats-officedocument.wordprocessingml.document", false, []string{"docx"}},
}

const mail = "message/rfc822"

// HasCharset reports whether a type is sent with its charset.
func (t Type) HasCharset() bool { return t.Text && t.Name != mail }

// Header is the type as Content-Type has it.
func (t Type) Header() string {
	if t.HasCharset() {
		return t.Name + "; charset=utf-8"
	}
	return t.Name
}

var byExtension = func() map[string]Type {
	m := map[string]Type{}
	for _, t := range All {
		for _, extension := range t.Extensions {
			m["."+extension] = t
		}
	}
	return m
}()

// Of gives the type of a file, by its extension. It does not ask the system, whose table differs from one machine to the next.
func Of(name string) Type {
	if t, ok := byExtension[strings.ToLower(path.Ext(name))]; ok {
		return t
	}
	return Type{Name: Unknown}
}

// Caching of what is sent, as Cache-Control.
const (
	Stale     = "no-cache"                            // of what is not there: it may come
	Immutable = "public, max-age=31536000, immutable" // names in assets/ change with their bytes
	Fresh     = "public, max-age=300"
)

// CacheControl gives for how long a file of the site, by its path below the site's root, may be kept.
func CacheControl(name string) string {
	switch {
	case name == "404.html":
		return Stale
	case strings.HasPrefix(name, "assets/"):
		return Immutable
	}
	return Fresh
}
