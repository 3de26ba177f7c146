package browser_test

import (
	"bytes"
	"net/url"
	"path"
	"slices"
	"strings"

	"golang.org/x/net/html"

	"leerblad/internal/output"
)

// brokenLinks gives the links, fragments and resources of a site's pages that lead nowhere on it, sorted. Addresses at
// example.org are the site's own.
func brokenLinks(site *output.Set, base string) []string {
	refs := map[string][]string{} // by page
	ids := map[string]map[string]bool{}
	for _, p := range site.Paths() {
		if path.Ext(p) != ".html" {
			continue
		}
		data, _, _ := site.Get(p)
		refs[p], ids[p] = read(data)
	}
	var out []string
	for p, list := range refs {
		for _, ref := range list {
			if why := broken(site, ids, base, p, ref); why != "" {
				out = append(out, p+": "+ref+": "+why)
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// read gives what a page refers to, and its ids.
func read(data []byte) (refs []string, ids map[string]bool) {
	ids = map[string]bool{}
	root, err := html.Parse(bytes.NewReader(data))
	if err != nil {
		return []string{"unreadable page"}, ids
	}
	for n := range root.Descendants() {
		for _, a := range n.Attr {
			switch {
			case a.Key == "id":
				ids[a.Val] = true
			case a.Key == "srcset":
				for _, part := range strings.Split(a.Val, ",") {
					refs = append(refs, strings.Fields(part)[0])
				}
			case a.Key == "href", a.Key == "src", a.Key == "poster", a.Key == "action":
				refs = append(refs, a.Val)
			}
		}
	}
	return refs, ids
}

func broken(site *output.Set, ids map[string]map[string]bool, base, page, ref string) string {
	u, err := url.Parse(ref)
	if err != nil {
		return "unreadable address"
	}
	if u.Host != "" && u.Host != "example.org" || u.Scheme == "mailto" || u.Scheme == "tel" {
		return ""
	}
	target := page
	if u.Path != "" {
		if !strings.HasPrefix(u.Path, base) {
			return "outside the site"
		}
		target = strings.TrimPrefix(u.Path, base)
		if target == "" || strings.HasSuffix(target, "/") {
			target += "index.html"
		}
	}
	if !site.Has(target) {
		return "no such page"
	}
	if u.Fragment != "" && !ids[target][u.Fragment] {
		return "no such fragment"
	}
	return ""
}
