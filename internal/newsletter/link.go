package newsletter

import (
	"net/url"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/idna"

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

// hostOf gives where the host and port begin and end in an address that has one.
func hostOf(address string) (begin, end int) {
	begin = strings.Index(address, "//") + len("//")
	end = len(address)
	if i := strings.IndexAny(address[begin:], "/?#"); i >= 0 {
		end = begin + i
	}
	return begin + strings.LastIndexByte(address[begin:end], '@') + 1, end
}

// asciiHost gives a host, perhaps with a port, in punycode (RFC 5891): browsers make that of it themselves, many mail programs do not.
func asciiHost(host string) string {
	if !strings.ContainsFunc(host, func(r rune) bool { return r >= utf8.RuneSelf }) {
		return host
	}
	name, port, _ := strings.Cut(host, ":")
	ascii, err := idna.Lookup.ToASCII(name)
	if err != nil { // a registry may have let it pass
		if ascii, err = idna.Punycode.ToASCII(strings.ToLower(name)); err != nil {
			return (&url.URL{Host: host}).String()[len("//"):]
		}
	}
	if port != "" {
		ascii += ":" + port
	}
	return ascii
}

// asciiMailboxes gives a mailto: address with the hosts of its mailboxes in punycode, and any other as it is.
func asciiMailboxes(address string) string {
	const scheme = "mailto:"
	if len(address) < len(scheme) || !strings.EqualFold(address[:len(scheme)], scheme) {
		return address
	}
	boxes, query, asked := strings.Cut(address[len(scheme):], "?")
	all := strings.Split(boxes, ",")
	for i, box := range all {
		all[i] = asciiMailbox(box)
	}
	address = address[:len(scheme)] + strings.Join(all, ",")
	if asked {
		address += "?" + query
	}
	return address
}

// asciiMailbox gives a mail address with its host, which may be percent-encoded, in punycode.
func asciiMailbox(box string) string {
	at := strings.LastIndexByte(box, '@') + 1
	if host, err := url.PathUnescape(box[at:]); at > 0 && err == nil {
		if ascii := asciiHost(host); ascii != host {
			return box[:at] + ascii
		}
	}
	return box
}
