package devserver

import (
	"bytes"
	"errors"
	"fmt"
	"html"
	"io/fs"
	"path"
	"slices"
	"strings"
)

// page is what stands at a path of the preview.
type page struct {
	status   int
	name     string    // the file of the site, or "" for a page of the server's own
	location string    // where a redirect leads
	builds   bool      // the page of builds
	query    string    // what is searched for on it
	mail     *mailPage // of the newsletter desk, nil for other pages
}

// early reports whether the page is shown ahead of its build.
func (p page) early(now *state) bool { return now.early != nil && p.name == now.early.Name }

// find says what stands at a path.
func (s *Server) find(now *state, address string) page {
	switch address {
	case buildsPath:
		return page{status: 200, builds: true}
	case ownPath, strings.TrimSuffix(buildsPath, "/"):
		return page{status: 302, location: buildsPath}
	}
	if now.site == nil {
		return page{status: 503}
	}
	missing := page{status: 404, name: "404.html"}
	requested, inside := strings.CutPrefix(address, s.base)
	switch {
	case address == ownPath[:len(ownPath)-1]:
		return page{status: 302, location: ownPath}
	case strings.HasPrefix(address, newslettersPath):
		if at, ok := findMail(now.newsletters, strings.TrimPrefix(address, newslettersPath)); ok {
			return page{status: 200, mail: at}
		}
		return missing
	case strings.HasPrefix(address, ownPath):
		return missing
	case !inside && (address == "/" || address+"/" == s.base):
		return page{status: 302, location: s.base}
	case !inside:
		return missing
	}
	name := strings.TrimPrefix(path.Clean("/"+requested), "/")
	index := path.Join(name, "index.html")
	if requested == "" || strings.HasSuffix(requested, "/") {
		name = index
	}
	switch {
	case now.site.Sum(name) != "":
		return page{status: 200, name: name}
	case now.site.Sum(index) != "":
		return page{status: 302, location: s.base + name + "/"}
	}
	return missing
}

// sum changes whenever what a browser shows of the page may have changed, and with every run of the server.
func (s *Server) sum(now *state, p page) string {
	own := p.location
	switch {
	case p.early(now):
		own = now.early.Sum
	case p.name != "":
		own = now.site.Sum(p.name)
	case own == "": // the server's own pages tell of the build
		own = fmt.Sprint(now.build)
	}
	return fmt.Sprintf("%s.%d.%s", s.run, p.status, own)
}

// content gives the bytes of the page and its status, which a failure changes.
func (s *Server) content(now *state, p page) (data []byte, status int) {
	var err error
	switch {
	case p.early(now):
		data = now.early.Page
	case p.builds:
		data, err = s.builds(now, p.query)
	case p.mail != nil:
		data, err = s.mailDesk(now, *p.mail)
	case p.name == "":
		data, err = execute("problems.html", s.report(now))
	default:
		var ok bool
		if data, ok, err = now.site.Get(p.name); !ok && err == nil {
			data = []byte("<!doctype html><title>404</title><p>404")
		}
	}
	if errors.Is(err, fs.ErrNotExist) { // a picture that was there when the site was made
		return nil, 404
	}
	if err != nil {
		data = []byte("<!doctype html><title>500</title><p>" + html.EscapeString(err.Error()))
		if len(now.problems) > 0 { // which say it better
			data, _ = execute("problems.html", s.report(now))
		}
		return data, 500
	}
	return data, p.status
}

func execute(name string, data any) ([]byte, error) {
	var out bytes.Buffer
	if err := pages.ExecuteTemplate(&out, name, data); err != nil {
		return nil, fmt.Errorf("make a page of the preview: %w", err)
	}
	return out.Bytes(), nil
}

// inject puts in the preview's script, which tells the server what the browser shows. It comes first, so that it
// sees the page before the site's own scripts change it. A minified page may have neither tag; the end of the
// file is then in the body.
func (s *Server) inject(data []byte, now *state, p page) []byte {
	const head = "<head>"
	at := bytes.Index(data, []byte(head))
	if at >= 0 {
		at += len(head)
	} else if at = bytes.LastIndex(data, []byte("</body>")); at < 0 {
		at = len(data)
	}
	tag := fmt.Appendf(nil, `<script type="module" src="%s" data-client="%s" data-sum="%s" data-seen="%d" data-mail="%s"></script>`,
		scriptPath, clientSum(), html.EscapeString(s.sum(now, p)), now.build, html.EscapeString(s.mailOf(now, p)))
	return slices.Concat(data[:at], tag, data[at:])
}
