// Package mailpit runs the mail server of that name on loopback, for tests of others: it takes mail and says what came. internal/test.sh
// installs it.
package mailpit

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"io"
	"math/big"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// User and Password are those of the only user, of a server that asks for them.
const User, Password = "redactie", "een-geheim-dat-niemand-mag-zien"

// Server is a server that runs.
type Server struct {
	Port        int    // where it takes mail
	Certificate string // the file with its certificate, which is for localhost and mail.test, or ""
	Roots       *x509.CertPool
	api         string
}

// Options say what the server is like.
type Options struct {
	TLS, Auth bool
	Args      []string
}

// Start runs a server until the test ends.
func Start(t testing.TB, o Options) *Server {
	t.Helper()
	program, err := exec.LookPath("mailpit")
	if err != nil {
		t.Fatal(err, "(internal/test.sh installs it)")
	}
	dir := t.TempDir()
	smtp, api := free(t), free(t)
	s := &Server{Port: smtp.Port, api: "http://" + api.String() + "/api/v1/"}
	args := append([]string{"--smtp", smtp.String(), "--listen", api.String(), "--disable-version-check", "--smtp-disable-rdns", "--quiet"}, o.Args...)
	if o.TLS {
		cert, key := filepath.Join(dir, "cert.pem"), filepath.Join(dir, "key.pem")
		s.Roots, s.Certificate = certify(t, cert, key), cert
		args = append(args, "--smtp-tls-cert", cert, "--smtp-tls-key", key)
	}
	if o.Auth {
		file := filepath.Join(dir, "auth")
		if err := os.WriteFile(file, []byte(User+":"+Password+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		args = append(args, "--smtp-auth-file", file)
		if !o.TLS {
			args = append(args, "--smtp-auth-allow-insecure")
		}
	}
	server := exec.Command(program, args...)
	server.Env = append(os.Environ(), "TMPDIR="+dir)
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
		c, err := net.Dial("tcp", smtp.String())
		if err == nil {
			c.Close()
			if r, err := http.Get(s.api + "info"); err == nil {
				r.Body.Close()
				return s
			}
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Fatalf("mailpit does not answer: %s", out.String())
	return nil
}

// free gives an address on loopback that nobody listens at.
func free(t testing.TB) *net.TCPAddr {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr)
}

// certify makes a certificate and its key.
func certify(t testing.TB, cert, key string) *x509.CertPool {
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		DNSNames: []string{"localhost", "mail.test"}, IsCA: true, BasicConstraintsValid: true,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, private.Public(), private)
	if err != nil {
		t.Fatal(err)
	}
	encoded, err := x509.MarshalECPrivateKey(private)
	if err != nil {
		t.Fatal(err)
	}
	for name, block := range map[string]*pem.Block{cert: {Type: "CERTIFICATE", Bytes: der}, key: {Type: "EC PRIVATE KEY", Bytes: encoded}} {
		if err := os.WriteFile(name, pem.EncodeToMemory(block), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	roots := x509.NewCertPool()
	made, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	roots.AddCert(made)
	return roots
}

// Message is a mail that came. Text and HTML are decoded, with lines that end in \r\n.
type Message struct {
	ID         string
	To, Bcc    []struct{ Address string }
	Text, HTML string
}

// Messages gives all that came, the oldest first.
func (s *Server) Messages(t testing.TB) (out []Message) {
	t.Helper()
	var list struct{ Messages []struct{ ID string } }
	s.get(t, "messages", &list)
	for _, m := range list.Messages {
		var next Message
		s.get(t, "message/"+m.ID, &next)
		out = append([]Message{next}, out...)
	}
	return out
}

// Raw gives a mail as it came, with the lines that the server put before it.
func (s *Server) Raw(t testing.TB, id string) string {
	t.Helper()
	var data string
	s.get(t, "message/"+id+"/raw", &data)
	return data
}

// get asks the server's interface: for a text, or for JSON.
func (s *Server) get(t testing.TB, what string, into any) {
	t.Helper()
	r, err := http.Get(s.api + what)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	data, err := io.ReadAll(r.Body)
	if err == nil && r.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s: %s: %s", what, r.Status, data)
	}
	if text, ok := into.(*string); ok && err == nil {
		*text = string(data)
	} else if err == nil {
		err = json.Unmarshal(data, into)
	}
	if err != nil {
		t.Fatal(err)
	}
}
