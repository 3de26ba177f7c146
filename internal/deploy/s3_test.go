package deploy

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"maps"
	"math/rand/v2"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/minio/minio-go/v7"

	"leerblad/internal/output"
)

const s3Secret = "a-secret-that-nobody-may-see"

// versitygw starts the S3 server of that name on loopback, with empty buckets, and gives its address.
func versitygw(t *testing.T, buckets ...string) string {
	t.Helper()
	program, err := exec.LookPath("versitygw")
	if err != nil {
		t.Fatal(err, "(internal/test.sh installs it)")
	}
	dir := t.TempDir()
	for _, name := range buckets {
		if err := os.Mkdir(filepath.Join(dir, name), 0o777); err != nil {
			t.Fatal(err)
		}
	}
	address := freeAddress(t)
	server := exec.Command(program, "--port", address, "--access", "me", "--secret", s3Secret, "--quiet", "posix", dir)
	running(t, server, address)
	t.Setenv("AWS_ACCESS_KEY_ID", "me")
	t.Setenv("AWS_SECRET_ACCESS_KEY", s3Secret)
	t.Setenv("AWS_SHARED_CREDENTIALS_FILE", filepath.Join(dir, "none"))
	return "http://" + address
}

// freeAddress gives one on loopback that nobody listens at.
func freeAddress(t *testing.T) string {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

// running starts a server that listens at the address, and ends it with the test.
func running(t *testing.T, server *exec.Cmd, address string) {
	t.Helper()
	var out strings.Builder
	server.Stdout, server.Stderr = &out, &out
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = server.Process.Signal(syscall.SIGTERM)
		_ = server.Wait()
	})
	for range 200 {
		if c, err := net.Dial("tcp", address); err == nil {
			c.Close()
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Fatalf("%s does not answer: %s", server.Path, out.String())
}

func openTarget(t *testing.T, address string) Target {
	t.Helper()
	a, err := ParseAddress(address)
	if err != nil {
		t.Fatal(err)
	}
	target, err := a.Open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return target
}

func TestS3(t *testing.T) {
	server := versitygw(t, "site", "sub")
	t.Run("at the root", func(t *testing.T) {
		suite(t, func() Target { return openTarget(t, "s3://site?endpoint="+server) })
	})
	t.Run("below a prefix", func(t *testing.T) {
		suite(t, func() Target { return openTarget(t, "s3://sub/le/site/?endpoint="+server) })
	})
}

// site makes a site with a file of each kind and many pages.
func site(t *testing.T, pages int) *output.Set {
	set := output.NewSet()
	files := map[string]string{"index.html": "<p>é", "404.html": "<p>", "assets/a.1.css": "p{}", "assets/a.1.png": "png", "feed.xml": "<feed/>", "data.csv": "a,b", "mail.eml": "To: x",
		"old/index.html": "<p>old", "_headers": "x", ".htaccess": "x", "headers.nginx.conf": "x"}
	for i := range pages {
		files[fmt.Sprintf("page/%d/index.html", i)] = strings.Repeat("<p>text", 100)
	}
	for name, data := range files {
		if err := set.Add(name, []byte(data)); err != nil {
			t.Fatal(err)
		}
	}
	return set
}

func deployTo(ctx context.Context, target Target, set *output.Set) (Report, error) {
	p, err := NewPlan(ctx, set, target, Options{Day: "2030-01-01", Moved: map[string]string{"old/index.html": "/new/"}})
	if err != nil {
		return Report{}, err
	}
	return p.Run(ctx)
}

func TestS3SaysHowFilesAreServed(t *testing.T) {
	target := openTarget(t, "s3://site?endpoint="+versitygw(t, "site"))
	serves(t, target, func(name string) string {
		signed, err := target.(*bucket).core.Client.PresignedGetObject(t.Context(), "site", name, time.Hour, nil)
		if err != nil {
			t.Fatal(err)
		}
		return signed.String()
	})
}

// proxy passes requests on to a server; before decides of each what happens to it first, and false ends it.
func proxy(t *testing.T, server string, before func(http.ResponseWriter, *http.Request) bool) string {
	to, err := url.Parse(server)
	if err != nil {
		t.Fatal(err)
	}
	pass := &httputil.ReverseProxy{Rewrite: func(r *httputil.ProxyRequest) { r.SetURL(to); r.Out.Host = r.In.Host }, ErrorHandler: func(http.ResponseWriter, *http.Request, error) {},
		Transport: &http.Transport{DisableCompression: true}, // what is squeezed stays so
		ErrorLog:  log.New(io.Discard, "", 0)}
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if before(w, r) {
			pass.ServeHTTP(w, r)
		}
	}))
	t.Cleanup(s.Close)
	return s.URL
}

// faulty does to a tenth of requests what a bad day does, in so many of these ways: 503, a connection cut before, one cut after the server did what was asked, one cut
// in the middle of its answer.
func faulty(server string, ways int) func(http.ResponseWriter, *http.Request) bool {
	cut := func(w http.ResponseWriter) {
		if c, _, err := http.NewResponseController(w).Hijack(); err == nil {
			c.Close()
		}
	}
	return func(w http.ResponseWriter, r *http.Request) bool {
		switch way := rand.IntN(10 * ways); {
		case way >= ways:
			return true
		case way == 0:
			w.WriteHeader(http.StatusServiceUnavailable)
		case way == 1:
			cut(w)
		default:
			request := r.Clone(r.Context())
			request.RequestURI = ""
			request.URL.Scheme, request.URL.Host = "http", strings.TrimPrefix(server, "http://")
			if answer, err := http.DefaultTransport.RoundTrip(request); err == nil {
				data, _ := io.ReadAll(answer.Body)
				answer.Body.Close()
				if way == 3 {
					maps.Copy(w.Header(), answer.Header)
					w.WriteHeader(answer.StatusCode)
					_, _ = w.Write(data[:len(data)/2])
					_ = http.NewResponseController(w).Flush()
				}
			}
			cut(w)
		}
		return false
	}
}

func TestS3OnABadDay(t *testing.T) {
	server := versitygw(t, "site")
	through := proxy(t, server, faulty(server, 4))
	set := site(t, 150)
	bad := openTarget(t, "s3://site?endpoint="+through)
	survivesABadDay(t, bad, openTarget(t, "s3://site?endpoint="+server), set, 158)
}

func TestS3SaysWhyItRefuses(t *testing.T) {
	server := versitygw(t, "site")
	answering := func(status int, code string) string {
		return proxy(t, server, func(w http.ResponseWriter, r *http.Request) bool {
			if r.Method != http.MethodPut {
				return true
			}
			w.WriteHeader(status)
			fmt.Fprintf(w, "<Error><Code>%s</Code><Message>%s</Message></Error>", code, s3Secret)
			return false
		})
	}
	for _, c := range []struct {
		address, key, secret string
		want                 Reason
	}{
		{"s3://site?endpoint=" + server, "me", "wrong", BadCredentials},
		{"s3://site?endpoint=" + server, "nobody", s3Secret, BadCredentials},
		{"s3://site?endpoint=" + server, "", "", NoCredentials},
		{"s3://nowhere?endpoint=" + server, "me", s3Secret, NoPlace},
		{"s3://site?endpoint=http://" + freeAddress(t), "me", s3Secret, Unreachable},
		{"s3://site?endpoint=" + answering(403, "RequestTimeTooSkewed"), "me", s3Secret, Clock},
		{"s3://site?endpoint=" + answering(507, "XMinioStorageFull"), "me", s3Secret, Full},
		{"s3://site?endpoint=" + answering(403, "AccessDenied"), "me", s3Secret, Denied},
		{"s3://site?endpoint=" + answering(400, "Strange"), "me", s3Secret, Other},
	} {
		t.Setenv("AWS_ACCESS_KEY_ID", c.key)
		t.Setenv("AWS_SECRET_ACCESS_KEY", c.secret)
		a, err := ParseAddress(c.address)
		if err != nil {
			t.Fatal(err)
		}
		target, err := a.Open(t.Context())
		if err == nil {
			_, err = deployTo(t.Context(), target, site(t, 0))
		}
		var refused *RefusedError
		if !errors.As(err, &refused) || refused.Reason != c.want {
			t.Errorf("%s as %s: %v, want %s", c.address, c.key, err, c.want)
		}
		if err != nil && strings.Contains(err.Error(), s3Secret) {
			t.Errorf("there is a secret in %q", err)
		}
	}
}

func TestS3LeadsOnByItself(t *testing.T) {
	var heads []string
	server := versitygw(t, "site")
	through := proxy(t, server, func(w http.ResponseWriter, r *http.Request) bool {
		if to := r.Header.Get("X-Amz-Website-Redirect-Location"); to != "" {
			if heads = append(heads, to); len(heads) == 1 { // a store that does not know it
				w.WriteHeader(http.StatusNotImplemented)
				fmt.Fprint(w, "<Error><Code>NotImplemented</Code></Error>")
				return false
			}
		}
		return true
	})
	for range 2 {
		target := openTarget(t, "s3://site?endpoint="+through)
		if _, err := deployTo(t.Context(), target, site(t, 0)); err != nil {
			t.Fatal(err)
		}
		if err := target.(*bucket).core.Client.RemoveObject(t.Context(), "site", "old/index.html", minio.RemoveObjectOptions{}); err != nil {
			t.Fatal(err)
		}
	}
	if !slices.Equal(heads, []string{"/new/", "/new/"}) {
		t.Errorf("sent %q", heads)
	}
}
