package importer

import (
	"encoding/base64"
	"net/url"
	"path"
	"regexp"
	"strings"

	"golang.org/x/net/html"
)

// isBox reports whether a text is but a box to be checked.
func isBox(text []Inline) bool {
	return len(text) == 1 && (text[0].Text == "☑ " || text[0].Text == "☐ ")
}

// address gives where a link leads: past the pages of Google and Outlook that only lead on.
func (r *htmlReader) address(href string) string {
	if name := within(href); name != "" {
		return "#" + name
	}
	for range 3 {
		u, err := url.Parse(href)
		if err != nil {
			return href
		}
		host, to := strings.ToLower(u.Host), ""
		switch {
		case strings.TrimPrefix(host, "www.") == "google.com" && u.Path == "/url":
			to = first(u.Query().Get("q"), u.Query().Get("url"))
		case strings.HasSuffix(host, ".safelinks.protection.outlook.com"):
			to = u.Query().Get("url")
		}
		if !strings.HasPrefix(to, "http") {
			if u.Scheme == "" && r.base != nil && r.base.Host != "" && (u.Path != "" || u.Host != "") {
				return r.base.ResolveReference(u).String()
			}
			break
		}
		href = to
	}
	return href
}

// picture adds a picture. Those that stand for a sign are that sign; those of one point tell a sender that a mail was read.
func (f *flow) picture(n *html.Node, l look) {
	alt := strings.TrimSpace(attr(n, "alt"))
	if runes := []rune(alt); len(runes) > 0 && len(runes) <= 3 && isSign(alt) {
		f.write(alt, l)
		return
	}
	src := strings.TrimSpace(first(attr(n, "src"), attr(n, "data-src"), attr(n, "o:href")))
	w, h := attr(n, "width"), attr(n, "height")
	if src == "" || (w == "0" || w == "1") && (h == "0" || h == "1") || f.r.field > 0 {
		return
	}
	if alt == attr(n, "name") && madeName.MatchString(alt) {
		if next := nextElement(n); next != nil && next.Data == "span" && madeName.MatchString(attr(next, "id")) {
			return // LibreOffice's picture of the frame whose text follows
		}
		alt = ""
	}
	p := Picture{Alt: alt}
	if meta, body, ok := strings.Cut(src, ","); ok && len(src) > 5 && strings.EqualFold(src[:5], "data:") {
		if strings.HasSuffix(meta, ";base64") {
			clean := strings.NewReplacer(" ", "", "\n", "", "\t", "", "%2B", "+", "%2F", "/", "%3D", "=").Replace(body)
			p.Data, _ = base64.RawStdEncoding.DecodeString(strings.TrimRight(clean, "="))
		} else if text, err := url.PathUnescape(body); err == nil {
			p.Data = []byte(text)
		}
		kind, _, _ := strings.Cut(strings.TrimPrefix(meta[5:], "image/"), ";")
		p.Name, p.Hint = "image."+kind, short(meta)
	} else {
		p.Hint = src
		if u, err := url.Parse(src); err == nil {
			p.Name = path.Base(strings.ReplaceAll(u.Path+u.Opaque, `\`, "/"))
		}
	}
	if before, after := n.PrevSibling, n.NextSibling; l.link == "" && before != nil && after != nil { // LibreOffice's link around a picture
		if blank(before) && before.Type == html.TextNode {
			before = before.PrevSibling
		}
		if blank(after) && after.Type == html.TextNode {
			after = after.NextSibling
		}
		if href := linkOf(before); href != "" && href == linkOf(after) && blank(before) && blank(after) {
			l.link = f.r.address(href)
		}
	}
	f.r.doc.Pictures = append(f.r.doc.Pictures, p)
	f.add(Inline{Picture: len(f.r.doc.Pictures), Link: l.link})
}

// madeName is a name that LibreOffice made.
var madeName = regexp.MustCompile(`^\p{L}+ ?\d+$`)

func nextElement(n *html.Node) *html.Node {
	for n = n.NextSibling; n != nil && n.Type != html.ElementNode; n = n.NextSibling {
	}
	return n
}

func blank(n *html.Node) bool { return strings.TrimSpace(textOf(n, 100)) == "" }

// linkOf gives where a link leads; "" for other nodes.
func linkOf(n *html.Node) string {
	if n == nil || n.Type != html.ElementNode || n.Data != "a" {
		return ""
	}
	return attr(n, "href")
}
