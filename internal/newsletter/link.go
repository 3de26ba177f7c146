package newsletter

import (
	"net/url"
	"strings"

	"leerblad/internal/site"
)

// address makes what a link leads to, a path on the site or an address, complete and tame. Addresses of the site get the parameters
// of the settings, unless they have them.
func address(v *site.IssueView, target string) string {
	if strings.HasPrefix(target, "/") {
		target = v.Origin + target
	}
	if !strings.HasPrefix(target, v.Origin+v.Site.Root) {
		return tameAddress(target)
	}
	rest, fragment, _ := strings.Cut(target, "#")
	_, query, asked := strings.Cut(rest, "?")
	has, _ := url.ParseQuery(query)
	for _, p := range v.Parameters {
		if has.Has(p.Name) {
			continue
		}
		sign := "&"
		if !asked {
			sign, asked = "?", true
		}
		rest += sign + p.Name + "=" + url.QueryEscape(p.Value)
	}
	if fragment != "" {
		rest += "#" + fragment
	}
	return tameAddress(rest)
}
