package feed

import (
	"fmt"
	"strings"
	"time"

	"leerblad/internal/frontmatter"
	"leerblad/internal/site"
)

// Policy is the Content-Security-Policy that every page keeps to.
const Policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; " +
	"media-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

// MailPolicy is the Content-Security-Policy of a newsletter as mail, which has all its styles inline and runs nothing.
const MailPolicy = "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

const policy = "Content-Security-Policy"

// headers go with every answer.
var headers = [][2]string{
	{policy, Policy},
	{"Strict-Transport-Security", "max-age=31536000"},
	{"X-Content-Type-Options", "nosniff"},
	{"Referrer-Policy", "strict-origin-when-cross-origin"},
	{"Permissions-Policy", "camera=(), geolocation=(), microphone=()"},
}

const (
	immutable = "public, max-age=31536000, immutable" // names in assets/ change with their bytes
	fresh     = "public, max-age=300"
)

// expiry is how long security.txt holds from the build's day; RFC 9116 advises less than a year.
const expiry = 300 * 24 * time.Hour

// Expiry gives the day on which security.txt of a build expires.
func Expiry(now frontmatter.Day) frontmatter.Day {
	day, _ := time.Parse(time.DateOnly, string(now))
	return frontmatter.Day(day.Add(expiry).Format(time.DateOnly))
}

// Security gives .well-known/security.txt (RFC 9116); ok is false without a contact.
func Security(s *site.Site, address string, now frontmatter.Day) (file File, ok bool) {
	day, err := time.Parse(time.DateOnly, string(now))
	if s.ContactEmail == "" || err != nil {
		return File{}, false
	}
	const name = ".well-known/security.txt"
	return Constant(name, fmt.Appendf(nil, "Contact: mailto:%s\nExpires: %s\nPreferred-Languages: nl, en\nCanonical: %s\n",
		s.ContactEmail, day.Add(expiry).Format(time.RFC3339), address+name)), true
}

// Host gives the settings that hosts read: _headers and _redirects for hosts that take those, and pieces to include
// for nginx and Caddy. newsletters is the word in URLs for them.
func Host(root, newsletters string, moved []site.Move) []File {
	var plain, redirects, nginx, caddy strings.Builder
	fmt.Fprintf(&plain, "%s*\n", root)
	fmt.Fprintf(&nginx, "# Inside the server block that serves %s\nerror_page 404 %s404.html;\n", root, root)
	fmt.Fprintf(&caddy, "# Inside the site block that serves %s\nheader {\n", root)
	for _, h := range headers {
		fmt.Fprintf(&plain, "  %s: %s\n", h[0], h[1])
		fmt.Fprintf(&nginx, "add_header %s %q always;\n", h[0], h[1])
		fmt.Fprintf(&caddy, "\t%s %q\n", h[0], h[1])
	}
	fmt.Fprintf(&plain, "  Cache-Control: %s\n%sassets/*\n  ! Cache-Control\n  Cache-Control: %s\n", fresh, root, immutable)
	// In a route, Caddy keeps this order; elsewhere it runs the more specific one first.
	fmt.Fprintf(&caddy, "}\nroute {\n\theader %s* Cache-Control %q\n\theader %sassets/* Cache-Control %q\n", root, fresh, root, immutable)
	// Nobody reads these settings, or what a build keeps for itself under names with a dot.
	settings := "^" + root + `(_headers|_redirects|headers\.nginx\.conf|headers\.Caddyfile)$`
	fmt.Fprintf(&nginx, "location ~ %s { return 404; }\nlocation ~ /\\.(?!well-known/) { return 404; }\n", settings)
	fmt.Fprintf(&caddy, "\t@settings path_regexp %s\n\terror @settings 404\n", settings)
	fmt.Fprintf(&caddy, "\t@hidden {\n\t\tpath_regexp /\\.\n\t\tnot path %s.well-known/*\n\t}\n\terror @hidden 404\n", root)
	mails := root + newsletters + "/*/mail.html"
	fmt.Fprintf(&caddy, "\theader %s %s %q\n\theader %[1]s X-Robots-Tag noindex\n\theader %[4]s404.html X-Robots-Tag noindex\n}\n", mails, policy, MailPolicy, root)
	fmt.Fprintf(&caddy, "handle_errors {\n\trewrite * %s404.html\n\tfile_server\n}\n", root)
	// nginx drops inherited add_header lines in a location that has one, so caching is set by expires.
	fmt.Fprintf(&nginx, "expires 5m;\nlocation %sassets/ {\n\texpires 1y;\n}\n", root)
	fmt.Fprintf(&plain, "%s\n  ! %s\n  %[2]s: %s\n  X-Robots-Tag: noindex\n", mails, policy, MailPolicy)
	fmt.Fprintf(&plain, "%s404.html\n  X-Robots-Tag: noindex\n", root)
	fmt.Fprintf(&nginx, "location = %s404.html { internal; }\n", root)
	fmt.Fprintf(&nginx, "location ~ ^%s%s/[^/]+/mail\\.html$ {\n\tadd_header %s %q always;\n\tadd_header X-Robots-Tag noindex always;\n", root, newsletters, policy, MailPolicy)
	for _, h := range headers[1:] {
		fmt.Fprintf(&nginx, "\tadd_header %s %q always;\n", h[0], h[1])
	}
	nginx.WriteString("}\n")
	for _, m := range moved {
		fmt.Fprintf(&redirects, "%s %s 301\n", m.From, m.To)
		fmt.Fprintf(&nginx, "location = %s { return 301 %s; }\n", m.From, m.To)
		fmt.Fprintf(&caddy, "redir %s %s permanent\n", m.From, m.To)
	}
	files := []File{
		Constant("_headers", []byte(plain.String())),
		Constant("headers.nginx.conf", []byte(nginx.String())),
		Constant("headers.Caddyfile", []byte(caddy.String())),
	}
	if redirects.Len() > 0 {
		files = append(files, Constant("_redirects", []byte(redirects.String())))
	}
	return files
}
