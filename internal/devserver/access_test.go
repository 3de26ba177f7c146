package devserver

import (
	"context"
	"html"
	"net"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
)

// at makes a request for an address come in at one of the machine's own.
func at(local, address string) *http.Request {
	r := httptest.NewRequest(http.MethodGet, address, nil)
	tcp, err := net.ResolveTCPAddr("tcp", local)
	if err != nil {
		panic(err)
	}
	return r.WithContext(context.WithValue(r.Context(), http.LocalAddrContextKey, net.Addr(tcp)))
}

const cookie = "leerblad-8080=K"

func TestBeyondThisMachineOnlyTheServersOwnAddressIsAnswered(t *testing.T) {
	s := published(t, "/")
	s.SetAccess(Access{Host: "Preview.local", Key: "K"})
	for _, c := range []struct {
		local, host string
		status      int
	}{
		{"192.0.2.1:8080", "192.0.2.1:8080", 200}, {"192.0.2.1:8080", "preview.local:8080", 200}, {"[::ffff:192.0.2.1]:8080", "192.0.2.1:8080", 200},
		{"[2001:db8::1]:8080", "[2001:db8::1]:8080", 200}, {"127.0.0.1:8080", "127.0.0.1:8080", 200},
		{"192.0.2.1:8080", "localhost:8080", 403}, {"192.0.2.1:8080", "127.0.0.1:8080", 403}, {"192.0.2.1:8080", "[::1]:8080", 403},
		{"192.0.2.1:8080", "192.0.2.2:8080", 403}, {"192.0.2.1:8080", "evil.example", 403}, {"192.0.2.1:8080", "", 403}, {"127.0.0.1:8080", "localhost:8080", 403},
		{"192.0.2.1:8080", "0.0.0.0:8080", 403},
	} {
		if got := do(s, at(c.local, "/"), "Host", c.host, "Cookie", cookie).StatusCode; got != c.status {
			t.Errorf("host %q at %s: %d, want %d", c.host, c.local, got, c.status)
		}
	}
	if got := get(s, "/", "Host", "192.0.2.1", "Cookie", cookie).StatusCode; got != 403 {
		t.Errorf("at an unknown address: %d", got)
	}
}

func TestWithoutTheKeyNothingIsAnswered(t *testing.T) {
	s, addresses := everything()
	s.SetAccess(Access{Key: "K"})
	for address := range addresses {
		for _, fields := range [][]string{{}, {"Cookie", "leerblad-8080=k"}, {"Cookie", "leerblad-8081=K"}, {"Cookie", "leerblad-8080="}, {"Referer", "http://192.0.2.1:8080/le/?key=K"}} {
			response := do(s, at("192.0.2.1:8080", address), append([]string{"Host", "192.0.2.1:8080"}, fields...)...)
			if text := body(t, response); response.StatusCode != 403 || !strings.Contains(text, "leerblad watch") || response.Header.Get("Set-Cookie") != "" {
				t.Errorf("%s with %q: %d %s", address, fields, response.StatusCode, text)
			}
			if policy := response.Header.Get("Content-Security-Policy"); !strings.Contains(policy, "frame-ancestors 'none'") {
				t.Errorf("%s: policy %q", address, policy)
			}
		}
		if got := do(s, at("192.0.2.1:8080", address+"?key=k"), "Host", "192.0.2.1:8080").StatusCode; got != 403 {
			t.Errorf("%s with another key: %d", address, got)
		}
	}
	for address, status := range addresses {
		r := at("192.0.2.1:8080", address)
		r.Method = http.MethodHead
		if got := do(s, r, "Host", "192.0.2.1:8080", "Cookie", "a=b; leerblad-8080=x; "+cookie).StatusCode; got != status {
			t.Errorf("%s with the cookie: %d, want %d", address, got, status)
		}
	}
}

func TestTheKeyBecomesACookie(t *testing.T) {
	s := published(t, "/le/")
	access := Access{Key: "K&K"}
	s.SetAccess(access)
	entrance := access.Entrance("http://192.0.2.1:8080", "/le/")
	for address, want := range map[string]string{
		entrance: "/le/", entrance + "&q=a+b": "/le/?q=a+b", "http://192.0.2.1:8080//evil.example/?key=K%26K": "/evil.example/",
	} {
		response := do(s, at("192.0.2.1:8080", address), "Host", "192.0.2.1:8080", "Sec-Fetch-Site", "cross-site", "Sec-Fetch-Dest", "document")
		if got := response.Header.Get("Set-Cookie"); got != `leerblad-8080=K&K; Path=/; HttpOnly; SameSite=Strict` {
			t.Errorf("%s: cookie %s", address, got)
		}
		text := body(t, response)
		found := regexp.MustCompile(`content="0; url=([^"]*)"`).FindStringSubmatch(text)
		if found == nil || response.StatusCode != 200 || strings.Contains(text, homePage) {
			t.Fatalf("%s: %d %s", address, response.StatusCode, text)
		}
		if got := html.UnescapeString(found[1]); got != want {
			t.Errorf("%s leads to %s, want %s", address, got, want)
		}
	}
	if got := (Access{}).Entrance("http://127.0.0.1:8080", "/le/"); got != "http://127.0.0.1:8080/le/" {
		t.Errorf("on this machine: %s", got)
	}
}
