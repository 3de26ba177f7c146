// Package hosts tests the sample site on the web servers that it has settings for. It holds no code of the product.
//
// It needs nginx, Caddy and Apache; where one is missing the tests fail.
package hosts_test

import (
	"compress/gzip"
	"io"
	"maps"
	"path"
	"regexp"
	"slices"

	"bytes"
	"context"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/klauspost/compress/zstd"

	"leerblad/internal/build"
	"leerblad/internal/feed"
	"leerblad/internal/filetype"
	"leerblad/internal/frontmatter"
	"leerblad/internal/output"
)

// The paths of the site that each server serves, each at a port of its own.
var roots = []string{"/", "/le/"}

// server is a web server that is running.
type server struct {
	name      string
	encodings []string          // that it knows, the one that it prefers first
	address   map[string]string // by the site's path
}

// publish builds the sample once for each path, as it stands in a folder dir that serves that path, and gives its files.
func publish(t *testing.T, dir func(root string) string) map[string]*output.Set {
	sets := map[string]*output.Set{}
	pictures := t.TempDir()
	for _, root := range roots {
		o := build.Options{Content: "../../content", BaseURL: "https://example.org" + root, Now: frontmatter.Day("2021-07-01"), Cache: pictures}
		result, err := build.New(o, nil).Build(context.Background())
		if err != nil || len(result.Problems) > 0 {
			t.Fatal(err, result.Problems)
		}
		if sets[root], err = result.Set(); err != nil {
			t.Fatal(err)
		}
		folder := filepath.Join(dir(root), filepath.FromSlash(root))
		if err := os.MkdirAll(folder, 0o755); err != nil {
			t.Fatal(err)
		}
		if _, err := output.Sync(t.Context(), sets[root], folder); err != nil {
			t.Fatal(err)
		}
		// What nobody may see: a rest of a build that was killed, and what editors leave.
		for _, name := range hidden {
			if err := os.MkdirAll(filepath.Dir(filepath.Join(folder, name)), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(filepath.Join(folder, name), []byte("secret"), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	return sets
}

// readable is a folder that a server which gives up its rights can read.
func readable(t *testing.T) string {
	dir, err := os.MkdirTemp("", "leerblad-hosts-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	return dir
}

func freePort(t *testing.T) string {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	return listener.Addr().String()
}

// start runs a server until the test ends, with a configuration in a folder of its own; args get that file's name.
func start(t *testing.T, s server, site func(root string) string, config func(dir string, address map[string]string) string, command string, args ...string) server {
	t.Helper()
	dir := readable(t)
	s.address = map[string]string{}
	for _, root := range roots {
		s.address[root] = freePort(t)
	}
	file := filepath.Join(dir, "config")
	if err := os.WriteFile(file, []byte(config(dir, s.address)), 0o644); err != nil {
		t.Fatal(err)
	}
	for i, arg := range args {
		args[i] = strings.NewReplacer("CONFIG", file, "DIR", dir).Replace(arg)
	}
	cmd := exec.Command(command, args...)
	cmd.Env = append(os.Environ(), "HOME="+dir, "XDG_DATA_HOME="+dir, "XDG_CONFIG_HOME="+dir)
	var log bytes.Buffer
	cmd.Stdout, cmd.Stderr = &log, &log
	if err := cmd.Start(); err != nil {
		t.Fatalf("%v\nThe line under Tests in README.md installs what the tests need.", err)
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	t.Cleanup(func() {
		_ = cmd.Process.Signal(syscall.SIGTERM)
		select {
		case <-ended:
		case <-time.After(10 * time.Second):
			_ = cmd.Process.Kill()
			<-ended
		}
	})
	for _, address := range s.address {
		for begun := time.Now(); ; time.Sleep(10 * time.Millisecond) {
			if connection, err := net.Dial("tcp", address); err == nil {
				connection.Close()
				break
			}
			select {
			case err := <-ended:
				ended <- err
				t.Fatalf("%s ended: %v\n%s", command, err, log.String())
			default:
			}
			if time.Since(begun) > 20*time.Second {
				t.Fatalf("%s does not answer", command)
			}
		}
	}
	return s
}

func nginx(t *testing.T, site func(root string) string) server {
	return start(t, server{name: "nginx", encodings: []string{"gzip"}}, site, func(dir string, address map[string]string) string {
		var out strings.Builder
		fmt.Fprintf(&out, "daemon off;\nmaster_process off;\npid %s/pid;\nerror_log stderr;\nevents {}\nhttp {\naccess_log off;\n", dir)
		for _, kind := range []string{"client_body", "proxy", "fastcgi", "uwsgi", "scgi"} {
			fmt.Fprintf(&out, "%s_temp_path %s;\n", kind, dir)
		}
		for _, root := range roots { // as Debian has it
			fmt.Fprintf(&out, "server {\nlisten %s;\nroot %s;\nindex index.html;\ninclude %[2]s%sheaders.nginx.conf;\nlocation ~ \\.php$ { return 418; }\n}\n", address[root], site(root), root)
		}
		return out.String() + "include /etc/nginx/mime.types;\n}\n"
	}, "nginx", "-p", "DIR", "-e", "stderr", "-c", "CONFIG")
}

func caddy(t *testing.T, site func(root string) string) server {
	return start(t, server{name: "caddy", encodings: []string{"zstd", "gzip"}}, site, func(dir string, address map[string]string) string {
		var out strings.Builder
		out.WriteString("{\nadmin off\nauto_https off\n}\n")
		for _, root := range roots {
			fmt.Fprintf(&out, "http://%s {\nbind 127.0.0.1\nroot * %s\nimport %[2]s%sheaders.Caddyfile\nfile_server\n}\n", address[root], site(root), root)
		}
		return out.String()
	}, "caddy", "run", "--adapter", "caddyfile", "--config", "CONFIG")
}

func apache(t *testing.T, site func(root string) string) server {
	return start(t, server{name: "apache", encodings: []string{"br", "gzip"}}, site, func(dir string, address map[string]string) string {
		var out strings.Builder
		fmt.Fprintf(&out, "ServerRoot %s\nServerName localhost\nPidFile pid\nErrorLog /dev/stderr\nMutex file:%[1]s\n", dir)
		if os.Getuid() == 0 {
			out.WriteString("User nobody\nGroup nogroup\n")
		}
		for _, module := range strings.Fields("mpm_event authz_core mime dir autoindex filter deflate brotli headers rewrite status") {
			fmt.Fprintf(&out, "LoadModule %s_module /usr/lib/apache2/modules/mod_%[1]s.so\n", module)
		}
		out.WriteString("TypesConfig /etc/mime.types\n<FilesMatch \"^\\.ht\">\nRequire all denied\n</FilesMatch>\n") // as Debian has it
		out.WriteString("<FilesMatch \"\\.php$\">\nSetHandler server-status\n</FilesMatch>\n")                       // as PHP has it, with a handler of its own
		out.WriteString("AddOutputFilterByType DEFLATE text/html text/plain text/css application/xml\n")             // as Debian has it
		for _, root := range roots {
			fmt.Fprintf(&out, "Listen %s\n<VirtualHost %[1]s>\nDocumentRoot %s\n<Directory %[2]s>\nOptions Indexes FollowSymLinks\n"+
				"AllowOverride All\nRequire all granted\n</Directory>\n</VirtualHost>\n", address[root], site(root))
		}
		return out.String()
	}, "apache2", "-D", "FOREGROUND", "-f", "CONFIG")
}

var client = &http.Client{
	Transport:     &http.Transport{DisableCompression: true},
	CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
}

// hidden are files that no build made.
var hidden = []string{
	".leerblad-tmp-stage/index.html", "assets/.leerblad-tmp-x", ".git/config", ".env", ".htpasswd", "sheets/.draft.html", "assets/program.php",
}

// answer gets an address, with header fields in pairs.
func answer(t *testing.T, address string, fields ...string) (*http.Response, []byte) {
	t.Helper()
	r, err := http.NewRequest(http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(fields); i += 2 {
		r.Header.Set(fields[i], fields[i+1])
	}
	response, err := client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response, body
}

func TestServers(t *testing.T) {
	top := readable(t)
	site := func(root string) string { return filepath.Join(top, "of"+strings.ReplaceAll(root, "/", "-")) }
	sets := publish(t, site)
	for _, begin := range []func(*testing.T, func(string) string) server{nginx, caddy, apache} {
		s := begin(t, site)
		for _, root := range roots {
			t.Run(s.name+root, func(t *testing.T) { s.check(t, root, sets[root]) })
		}
	}
}

const (
	page   = "public, max-age=300"
	asset  = "public, max-age=31536000, immutable"
	absent = "no-cache"
)

func (s server) check(t *testing.T, root string, set *output.Set) {
	base := "http://" + s.address[root]
	missing := map[string]bool{"404.html": true, "_headers": true, "_redirects": true, "headers.nginx.conf": true, "headers.Caddyfile": true, ".htaccess": true}
	moved := regexp.MustCompile(`http-equiv="?refresh`)
	for _, name := range set.Paths() {
		want, _, err := set.Get(name)
		if err != nil {
			t.Fatal(err)
		}
		if missing[name] || moved.Match(want) {
			continue
		}
		kind, caching, policy := filetype.Of(name), page, feed.Policy
		if strings.HasPrefix(name, "assets/") {
			caching = asset
		}
		address := base + root + strings.TrimSuffix(name, "index.html")
		for _, accepted := range append([]string{"", "gzip, deflate, br, zstd"}, s.encodings...) { // a browser's, and single ones
			response, body := answer(t, address, "Accept-Encoding", accepted)
			encoding, best := response.Header.Get("Content-Encoding"), accepted
			if strings.Contains(accepted, ",") {
				best = s.encodings[0]
			}
			if must := kind.Text && len(want) > 1000; encoding != best && (must || encoding != "") || encoding != "" && !kind.Text {
				t.Errorf("%s of %d bytes to who takes %q: encoded as %q", name, len(want), accepted, encoding)
			}
			if encoding != "" && !strings.EqualFold(response.Header.Get("Vary"), "Accept-Encoding") {
				t.Errorf("%s: Vary %q", name, response.Header.Values("Vary"))
			}
			if response.StatusCode != 200 || encoding != "br" && !bytes.Equal(decoded(t, encoding, body), want) || encoding != "" && len(body) >= len(want) {
				t.Errorf("%s: %d, other bytes than the site's", name, response.StatusCode)
			}
			mail := path.Base(name) == "mail.html"
			if mail {
				policy = feed.MailPolicy
			}
			s.fields(t, response, name, policy, caching, kind.Header(), mail)
		}
		response, _ := answer(t, address, "Accept-Encoding", "identity")
		for _, pair := range [][2]string{{"If-None-Match", response.Header.Get("ETag")}, {"If-Modified-Since", response.Header.Get("Last-Modified")}} {
			if pair[1] == "" {
				continue
			}
			if again, body := answer(t, address, pair[0], pair[1]); again.StatusCode != 304 || len(body) > 0 || again.Header.Get("Cache-Control") != caching {
				t.Errorf("%s with %s: %d, %v", name, pair[0], again.StatusCode, again.Header)
			}
		}
	}
	s.compressedAgain(t, base+root)
	if part, body := answer(t, base+root+first(set, ".mp4"), "Range", "bytes=2-5"); part.StatusCode != 206 || len(body) != 4 {
		t.Errorf("part of a film: %d, %d bytes", part.StatusCode, len(body))
	}
	s.redirects(t, base, root, set)

	wrong := []string{".leerblad.json", "nope", "nope/", "assets/nope.css", "assets/nope.eml", "assets/", "search/", ".well-known", "sheets/nope.json", "404.html?x=1"}
	page404, _, _ := set.Get("404.html")
	for _, name := range slices.Concat(wrong, hidden, slices.Collect(maps.Keys(missing))) {
		if name == "assets/program.php" {
			continue
		}
		for _, fields := range [][]string{{"Accept-Encoding", "gzip"}, {"If-Modified-Since", "Fri, 01 Jan 2100 00:00:00 GMT"}, {"If-None-Match", "*"}, {"Range", "bytes=0-9"}} {
			response, body := answer(t, base+root+name, fields...)
			if s.name == "apache" && strings.HasPrefix(name, ".ht") && response.StatusCode == 403 && !bytes.Contains(body, []byte("secret")) {
				continue // by Apache's own rule
			}
			encoding := response.Header.Get("Content-Encoding")
			if response.StatusCode != 404 || !bytes.Equal(decoded(t, encoding, body), page404) {
				t.Errorf("%s with %q: %d %.300s", name, fields, response.StatusCode, body)
				continue
			}
			if fields[0] == "Accept-Encoding" && encoding != "gzip" {
				t.Errorf("%s is not compressed", name)
			}
			s.fields(t, response, name, feed.Policy, absent, "text/html; charset=utf-8", true)
		}
	}
	if response, body := answer(t, base+root+"assets/program.php"); string(body) != "secret" || response.Header.Get("Content-Type") != filetype.Unknown && s.name != "caddy" {
		t.Errorf("a program: %d %v %s", response.StatusCode, response.Header, body)
	}
	if root != "/" {
		bare := strings.TrimSuffix(root, "/")
		if response, _ := answer(t, base+bare); response.StatusCode != 301 && response.StatusCode != 308 || strings.TrimPrefix(response.Header.Get("Location"), base) != root {
			t.Errorf("%s: %d %v", bare, response.StatusCode, response.Header)
		}
		for _, address := range []string{"/", "/other/"} {
			if response, _ := answer(t, base+address); response.Header.Get("Content-Security-Policy") != "" || response.Header.Get("Cache-Control") != "" {
				t.Errorf("%s, which is not the site's: %d %v", address, response.StatusCode, response.Header)
			}
		}
	}
}

// openData are the files that pages of any site may read.
var openData = regexp.MustCompile(`^bevindingen/(bevindingen\..*|dcat\.jsonld)$`)

// fields checks the header of an answer with a body.
func (s server) fields(t *testing.T, response *http.Response, name, policy, caching, kind string, noindex bool) {
	t.Helper()
	want := [][2]string{
		{"Content-Type", kind}, {"Cache-Control", caching}, {"Content-Security-Policy", policy}, {"X-Content-Type-Options", "nosniff"},
		{"Strict-Transport-Security", "max-age=31536000"}, {"Referrer-Policy", "strict-origin-when-cross-origin"}, {"Permissions-Policy", "camera=(), geolocation=(), microphone=()"},
	}
	if noindex {
		want = append(want, [2]string{"X-Robots-Tag", "noindex"})
	} else if response.Header.Get("X-Robots-Tag") != "" {
		t.Errorf("%s: kept out of search engines", name)
	}
	if anybody := response.Header.Get("Access-Control-Allow-Origin"); (anybody == "*") != openData.MatchString(name) {
		t.Errorf("%s: pages of other sites may read it: %q", name, anybody)
	}
	for _, field := range want {
		if got := response.Header.Values(field[0]); len(got) != 1 || got[0] != field[1] {
			t.Errorf("%s: %s is %q, want %q", name, field[0], got, field[1])
		}
	}
}

// compressedAgain asks whether what came compressed is still good.
func (s server) compressedAgain(t *testing.T, address string) {
	for _, encoding := range s.encodings {
		response, _ := answer(t, address, "Accept-Encoding", encoding)
		fields := []string{"Accept-Encoding", encoding}
		for _, pair := range [][2]string{{"If-None-Match", "ETag"}, {"If-Modified-Since", "Last-Modified"}} {
			if value := response.Header.Get(pair[1]); value != "" { // as a browser sends them
				fields = append(fields, pair[0], value)
			}
		}
		if again, _ := answer(t, address, fields...); len(fields) == 2 || again.StatusCode != 304 {
			t.Errorf("%s again: %q gives %d", encoding, fields, again.StatusCode)
		}
	}
}

func (s server) redirects(t *testing.T, base, root string, set *output.Set) {
	lines, _, _ := set.Get("_redirects")
	want := map[string]string{root + "sheets": root + "sheets/"}
	for line := range strings.Lines(string(lines)) {
		fields := strings.Fields(line)
		want[fields[0]] = fields[1]
	}
	if len(want) < 2 {
		t.Error("the sample has no aliases")
	}
	for from, to := range want {
		response, _ := answer(t, base+from)
		location := response.Header.Get("Location")
		if s.name == "apache" { // which has its own idea of its address
			location = strings.TrimPrefix(location, base)
		}
		if moved := response.StatusCode == 301 || from == root+"sheets" && response.StatusCode == 308; !moved || location != to && path.Base(from)+"/" != location {
			t.Errorf("%s: %d to %s, want %s", from, response.StatusCode, location, to)
		}
		if response.Header.Get("Cache-Control") != page {
			t.Errorf("%s: Cache-Control %q", from, response.Header.Values("Cache-Control"))
		}
	}
}

func decoded(t *testing.T, encoding string, data []byte) []byte {
	t.Helper()
	var r io.Reader = bytes.NewReader(data)
	var err error
	switch encoding {
	case "gzip":
		r, err = gzip.NewReader(r)
	case "zstd":
		r, err = zstd.NewReader(r)
	}
	if err != nil {
		t.Fatal(err)
	}
	if data, err = io.ReadAll(r); err != nil {
		t.Fatal(err)
	}
	return data
}

// first gives the first file of an extension.
func first(set *output.Set, extension string) string {
	for _, name := range set.Paths() {
		if path.Ext(name) == extension {
			return name
		}
	}
	return "no" + extension
}
