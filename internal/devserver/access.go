package devserver

import (
	"crypto/subtle"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
)

// Access says who is answered.
type Access struct {
	Host string // a name by which the server is reached, beside those that it has by itself; may be ""
	Key  string // that a browser has to give once, "" on this machine alone
}

// keyName is the name of the key in the first address.
const keyName = "key"

// Guard makes h answer only this machine's browsers, at its own names, and pages of its own.
func Guard(h http.Handler) http.Handler {
	own := &Server{}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !own.ownName(r) || !sameOrigin(r) {
			http.Error(w, "forbidden", http.StatusForbidden)
			return
		}
		w.Header().Set("X-Content-Type-Options", "nosniff")
		w.Header().Set("Cross-Origin-Resource-Policy", "same-origin")
		w.Header().Set("Cross-Origin-Opener-Policy", "same-origin")
		w.Header().Set("X-Frame-Options", "DENY")
		h.ServeHTTP(w, r)
	})
}

// SetAccess must come before the first request. Without it this machine's browsers are answered, at its own names.
func (s *Server) SetAccess(access Access) { s.access = access }

// Entrance is the address, of a site at base below origin, that lets a browser in.
func (a Access) Entrance(origin, base string) string {
	if a.Key == "" {
		return origin + base
	}
	return origin + base + "?" + url.Values{keyName: {a.Key}}.Encode()
}

// ownName keeps out a foreign name that was made to point at this machine (DNS rebinding). With a key, other machines are answered: then
// the server has the address that the request came to, and not that of the machine itself.
func (s *Server) ownName(r *http.Request) bool {
	host := r.Host
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	host = strings.ToLower(strings.Trim(host, "[]"))
	if own := s.access.Host; own != "" && host == strings.ToLower(own) {
		return true
	}
	if s.access.Key == "" {
		return host == "localhost" || host == "127.0.0.1" || host == "::1"
	}
	address, err := netip.ParseAddr(host)
	local := localAddress(r)
	return err == nil && local.IsValid() && address == local.Addr().Unmap().WithZone("")
}

// localAddress is where the request came in.
func localAddress(r *http.Request) netip.AddrPort {
	if local, ok := r.Context().Value(http.LocalAddrContextKey).(*net.TCPAddr); ok {
		return local.AddrPort()
	}
	return netip.AddrPort{}
}

// admit reports whether the browser is let in. One that gives the key gets it as a cookie, with a page that leads on to the same
// address without it: a redirect would not bring the cookie along for who comes from another site's link, a page does.
func (s *Server) admit(w http.ResponseWriter, r *http.Request) bool {
	if s.access.Key == "" {
		return true
	}
	name := "leerblad-" + strconv.Itoa(int(localAddress(r).Port())) // all ports of a machine have their cookies together
	query := r.URL.Query()
	if s.isKey(query.Get(keyName)) {
		http.SetCookie(w, &http.Cookie{Name: name, Value: s.access.Key, Path: "/", HttpOnly: true, SameSite: http.SameSiteStrictMode})
		query.Del(keyName)
		on := url.URL{Path: "/" + strings.TrimLeft(r.URL.Path, "/"), RawQuery: query.Encode()}
		s.sendAccess(w, http.StatusOK, on.String())
		return false
	}
	for _, cookie := range r.CookiesNamed(name) {
		if s.isKey(cookie.Value) {
			return true
		}
	}
	s.sendAccess(w, http.StatusForbidden, "")
	return false
}

func (s *Server) isKey(key string) bool {
	return subtle.ConstantTimeCompare([]byte(key), []byte(s.access.Key)) == 1
}

// sendAccess sends a page that leads on, or says how to get in.
func (s *Server) sendAccess(w http.ResponseWriter, status int, on string) {
	data, err := execute("access.html", struct {
		Words words
		On    string
	}{s.words, on})
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Security-Policy", "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
	w.Header().Set("Referrer-Policy", "no-referrer")
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write(data) // net/http leaves it out of the answer to HEAD
}
