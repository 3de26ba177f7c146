package feed

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"leerblad/internal/filetype"
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

var robots = [2]string{"X-Robots-Tag", "noindex"} // of what is no page for readers

var anybody = [2]string{"Access-Control-Allow-Origin", "*"} // of data that portals fetch

const cacheControl = "Cache-Control"

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

// settings are the files that hosts read, and nobody else. Apache refuses its own, .htaccess, by itself.
var settings = []string{"_headers", "_redirects", nginxName, caddyName}

const (
	nginxName  = "headers.nginx.conf"
	caddyName  = "headers.Caddyfile"
	apacheName = ".htaccess"
)

// Host gives the settings that hosts read: _headers and _redirects for hosts that take those, pieces to include for nginx and
// Caddy, and Apache's .htaccess. newsletters is the word in URLs for them; pages of any site may read the files named open. Below a sub-path they say nothing of the rest of the server.
func Host(root, newsletters string, open []string, moved []site.Move) []File {
	h := host{root: root, mails: root + newsletters + "/*/mail.html", moved: moved}
	var quotedOpen []string
	for _, file := range open {
		h.open, quotedOpen = append(h.open, root+file), append(quotedOpen, regexp.QuoteMeta(root+file))
	}
	h.openPattern = "^(" + strings.Join(quotedOpen, "|") + ")$"
	h.mailPattern = "^" + regexp.QuoteMeta(root+newsletters) + `/[^/]+/mail\.html$`
	var quoted []string
	for _, name := range settings {
		quoted = append(quoted, regexp.QuoteMeta(name))
	}
	h.settings = strings.Join(quoted, "|")
	files := []File{
		Constant(settings[0], []byte(h.headers())),
		Constant(nginxName, []byte(h.nginx())),
		Constant(caddyName, []byte(h.caddy())),
		Constant(apacheName, []byte(h.apache())),
	}
	if len(moved) > 0 {
		files = append(files, Constant(settings[1], []byte(h.redirects())))
	}
	return files
}

// host is what the settings say.
type host struct {
	root, mails           string
	settings, mailPattern string   // as regular expressions; settings without the root
	open                  []string // paths on the site
	openPattern           string   // of these, as a regular expression
	moved                 []site.Move
}

func (h *host) headers() string {
	var out strings.Builder
	fmt.Fprintf(&out, "%s*\n", h.root)
	for _, x := range headers {
		fmt.Fprintf(&out, "  %s: %s\n", x[0], x[1])
	}
	fmt.Fprintf(&out, "  Cache-Control: %s\n%sassets/*\n  ! Cache-Control\n  Cache-Control: %s\n", filetype.Fresh, h.root, filetype.Immutable)
	for _, mail := range []string{h.mails, strings.TrimSuffix(h.mails, ".html")} { // as Cloudflare Pages has it
		fmt.Fprintf(&out, "%s\n  ! %s\n  %[2]s: %s\n  X-Robots-Tag: noindex\n", mail, policy, MailPolicy)
	}
	for _, file := range h.open {
		fmt.Fprintf(&out, "%s\n  %s: %s\n", file, anybody[0], anybody[1])
	}
	fmt.Fprintf(&out, "%s404.html\n  X-Robots-Tag: noindex\n", h.root)
	return out.String()
}

func (h *host) redirects() string {
	var out strings.Builder
	for _, m := range h.moved {
		fmt.Fprintf(&out, "%s %s 301\n", m.From, m.To)
	}
	return out.String()
}

// nginx drops inherited add_header lines in a location that has one, so such a location has them all; without always,
// they go with good answers alone. The types are the only ones, whatever nginx itself knows.
func (h *host) nginx() string {
	var names, squeezed []string // but for HTML, which nginx always takes
	for _, t := range filetype.All[1:] {
		if t.HasCharset() {
			names = append(names, t.Name)
		}
		if t.Text {
			squeezed = append(squeezed, t.Name)
		}
	}
	var out strings.Builder
	add := func(indent string, caching string, more ...[2]string) {
		for _, x := range more {
			fmt.Fprintf(&out, "%sadd_header %s %q always;\n", indent, x[0], x[1])
		}
		if caching != "" {
			fmt.Fprintf(&out, "%sadd_header %s %q;\n", indent, cacheControl, caching)
		}
	}
	fmt.Fprintf(&out, "absolute_redirect off;\ncharset utf-8;\ncharset_types %s;\n", strings.Join(names, " "))
	fmt.Fprintf(&out, "gzip on;\ngzip_vary on;\ngzip_proxied any;\ngzip_min_length 512;\ngzip_types %s;\n", strings.Join(squeezed, " "))
	fmt.Fprintf(&out, "default_type %s;\ntypes {\n", filetype.Unknown)
	for _, t := range filetype.All {
		fmt.Fprintf(&out, "\t%s %s;\n", t.Name, strings.Join(t.Extensions, " "))
	}
	out.WriteString("}\n")
	add("", filetype.Fresh, headers...)
	fmt.Fprintf(&out, "error_page 403 404 =404 %s404.html;\nlocation = %[1]s404.html {\n\tinternal;\n", h.root)
	add("\t", "", append(slices.Clone(headers), robots, [2]string{cacheControl, filetype.Stale})...)
	fmt.Fprintf(&out, "}\nlocation ~ \"^%s(%s)$\" { return 404; }\n", regexp.QuoteMeta(h.root), h.settings)
	const hidden = "location ~ /\\.(?!well-known/) { return 404; }\n"
	fmt.Fprintf(&out, "%slocation ^~ %sassets/ {\n\t%[1]s", hidden, h.root)
	add("\t", filetype.Immutable, headers...)
	fmt.Fprintf(&out, "}\nlocation ~ \"%s\" {\n", h.openPattern)
	add("\t", filetype.Fresh, append(slices.Clone(headers), anybody)...)
	fmt.Fprintf(&out, "}\nlocation ~ \"%s\" {\n", h.mailPattern)
	add("\t", filetype.Fresh, append([][2]string{{policy, MailPolicy}, robots}, headers[1:]...)...)
	out.WriteString("}\n")
	for _, m := range h.moved {
		fmt.Fprintf(&out, "location = %s { return 301 %s; }\n", m.From, m.To)
	}
	use := fmt.Sprintf("# nginx: in the server block that serves %s, beside root, stands\n#     include …/%s;\n", h.root, nginxName)
	const reload = "# Reload nginx after a build that changed this file.\n"
	if h.root == "/" {
		return use + "# and no gzip, gzip_types, charset, types or error_page besides.\n" + reload + out.String()
	}
	// No regular expression elsewhere in the block has a say here.
	body := strings.ReplaceAll(strings.TrimSuffix(out.String(), "\n"), "\n", "\n\t")
	return fmt.Sprintf("%s# The site's files stand in root%s.\n%slocation ^~ %[2]s {\n\t%[4]s\n}\n", use, h.root, reload, body)
}

// caddy is a route, in which Caddy keeps the order; elsewhere it runs the more specific lines first.
func (h *host) caddy() string {
	var encode strings.Builder
	encode.WriteString("\tencode zstd gzip {\n\t\tmatch {\n")
	for _, t := range filetype.All {
		if t.Text {
			fmt.Fprintf(&encode, "\t\t\theader Content-Type %s*\n", t.Name)
		}
	}
	encode.WriteString("\t\t}\n\t}\n")
	var out strings.Builder
	fmt.Fprintf(&out, "# Caddy: in the site block that serves %s, beside root and file_server, stands\n#     import …/%s\n", h.root, caddyName)
	if h.root != "/" {
		fmt.Fprintf(&out, "# The site's files stand in root%s.\n", h.root)
	}
	fmt.Fprintf(&out, "# Reload Caddy after a build that changed this file.\nroute %s* {\n%s\theader {\n", h.root, encode.String())
	for _, x := range headers {
		fmt.Fprintf(&out, "\t\t%s %q\n", x[0], x[1])
	}
	fmt.Fprintf(&out, "\t\t%s %q\n\t}\n\theader %sassets/* %s %q\n", cacheControl, filetype.Fresh, h.root, cacheControl, filetype.Immutable)
	for _, t := range filetype.All {
		matcher := "@" + t.Extensions[0]
		fmt.Fprintf(&out, "\t%s path *.%s\n\theader %s Content-Type %q\n", matcher, strings.Join(t.Extensions, " *."), matcher, t.Header())
	}
	fmt.Fprintf(&out, "\theader %s {\n\t\t%s %q\n\t\t%s %s\n\t}\n", h.mails, policy, MailPolicy, robots[0], robots[1])
	fmt.Fprintf(&out, "\t@open path %s\n\theader @open %s %q\n", strings.Join(h.open, " "), anybody[0], anybody[1])
	fmt.Fprintf(&out, "\t@settings path_regexp ^%s(%s|404\\.html)$\n\terror @settings 404\n", regexp.QuoteMeta(h.root), h.settings)
	fmt.Fprintf(&out, "\t@hidden {\n\t\tpath_regexp /\\.\n\t\tnot path %s.well-known/*\n\t}\n\terror @hidden 404\n", h.root)
	for _, m := range h.moved {
		fmt.Fprintf(&out, "\tredir %s %s permanent\n", m.From, m.To)
	}
	fmt.Fprintf(&out, "}\nhandle_errors {\n\t@missing {\n\t\tpath %s*\n\t\texpression {http.error.status_code} == 404\n\t}\n\troute @missing {\n", h.root)
	out.WriteString(strings.ReplaceAll("\n"+strings.TrimSuffix(encode.String(), "\n"), "\n", "\n\t")[1:])
	for _, field := range []string{"If-Match", "If-Modified-Since", "If-None-Match", "If-Range", "If-Unmodified-Since", "Range"} { // else the page is empty, or a part
		fmt.Fprintf(&out, "\n\t\trequest_header -%s", field)
	}
	fmt.Fprintf(&out, "\n\t\theader {\n\t\t\t%s %s\n\t\t\t%s %s\n\t\t\tContent-Type %q\n\t\t}\n", cacheControl, filetype.Stale, robots[0], robots[1], filetype.Of(".html").Header())
	fmt.Fprintf(&out, "\t\trewrite * %s404.html\n\t\tfile_server\n\t}\n}\n", h.root)
	return out.String()
}

// apache forces types, for Apache itself looks at every extension in a name. An ETag would not be known again once
// Apache has compressed the file.
func (h *host) apache() string {
	var texts []string
	for _, t := range filetype.All {
		if t.Text {
			texts = append(texts, t.Name)
		}
	}
	var out strings.Builder
	out.WriteString("# Apache reads this by itself in a folder with AllowOverride All; it needs its modules headers, rewrite, filter and deflate, and brotli if it has that.\n")
	fmt.Fprintf(&out, "# The site's files stand in DocumentRoot%s.\n", strings.TrimSuffix(h.root, "/"))
	fmt.Fprintf(&out, "ErrorDocument 404 %s404.html\nDirectoryIndex index.html\nFileETag None\n", h.root)
	// No file is a program, whatever its name.
	fmt.Fprintf(&out, "<FilesMatch \"\\..\">\n\tSetHandler default-handler\n\tForceType %s\n</FilesMatch>\n", filetype.Unknown)
	for _, t := range filetype.All {
		fmt.Fprintf(&out, "<FilesMatch \"(?i)\\.(%s)$\">\n\tForceType '%s'\n</FilesMatch>\n", strings.Join(t.Extensions, "|"), t.Header())
	}
	out.WriteString("<IfModule mod_filter.c>\n")
	for _, module := range [][2]string{{"brotli", "BROTLI_COMPRESS"}, {"deflate", "DEFLATE"}} {
		fmt.Fprintf(&out, "\t<IfModule mod_%s.c>\n\t\tAddOutputFilterByType %s %s\n\t</IfModule>\n", module[0], module[1], strings.Join(texts, " "))
	}
	out.WriteString("</IfModule>\n<IfModule mod_headers.c>\n")
	set := func(x [2]string, condition string) {
		fmt.Fprintf(&out, "\tHeader always set %s %q", x[0], x[1])
		if condition != "" {
			fmt.Fprintf(&out, " \"expr=%s\"", condition)
		}
		out.WriteString("\n")
	}
	for _, x := range headers {
		set(x, "")
	}
	const good, missing = "%{REQUEST_STATUS} -lt 400", "%{REQUEST_STATUS} -ge 400"
	isMail := "%{REQUEST_URI} =~ m#" + h.mailPattern + "#"
	set([2]string{policy, MailPolicy}, isMail)
	set(robots, isMail+" || "+missing)
	set(anybody, "%{REQUEST_URI} =~ m#"+h.openPattern+"#")
	set([2]string{cacheControl, filetype.Fresh}, good)
	set([2]string{cacheControl, filetype.Immutable}, good+" && %{REQUEST_URI} =~ m#^"+regexp.QuoteMeta(h.root)+"assets/#")
	set([2]string{cacheControl, filetype.Stale}, missing)
	out.WriteString("</IfModule>\n<IfModule mod_rewrite.c>\n\tRewriteEngine On\n")
	out.WriteString("\tRewriteRule ^ - [E=filter-errordocs:1]\n") // compresses the page for what is not there
	// Else gzip may win where the server's own settings have it.
	out.WriteString("\t<IfModule mod_brotli.c>\n\t\tRewriteCond %{HTTP:Accept-Encoding} \\bbr\\b [NV]\n\t\tRewriteRule ^ - [E=no-gzip:1]\n\t</IfModule>\n")
	fmt.Fprintf(&out, "\tRewriteRule ^(%s)$ - [R=404,L]\n\tRewriteRule (^|/)\\.(?!well-known/) - [R=404,L]\n", h.settings)
	// The page itself is asked for by Apache alone; a folder without a page is not listed.
	out.WriteString("\tRewriteCond %{ENV:REDIRECT_STATUS} ^$\n\tRewriteRule ^404\\.html$ - [R=404,L]\n")
	out.WriteString("\tRewriteCond %{REQUEST_FILENAME} -d\n\tRewriteCond %{REQUEST_FILENAME}/index.html !-f\n\tRewriteRule /$ - [R=404,L]\n")
	for _, m := range h.moved {
		fmt.Fprintf(&out, "\tRewriteRule ^%s$ %s [R=301,L]\n", regexp.QuoteMeta(strings.TrimPrefix(m.From, h.root)), m.To)
	}
	out.WriteString("</IfModule>\n")
	return out.String()
}
