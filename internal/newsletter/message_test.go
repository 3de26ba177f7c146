package newsletter_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"
	"net"
	"net/mail"
	"net/smtp"
	"net/textproto"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"leerblad/internal/newsletter"
)

// messages gives mails whose messages differ most: the sample's, the one with everything, and hostile ones.
func messages(t *testing.T) []*newsletter.Mail {
	var out []*newsletter.Mail
	for _, m := range issues(t, "") {
		out = append(out, m)
	}
	for _, bad := range []string{"*|UNSUB|*", "=?utf-8?q?x?=", ".\r\n.\r\nQUIT", "🙂 Ünïcödé, “quoted”; <x@y>"} {
		bad, _ := json.Marshal(bad)
		r := buildWith(t, &txtar.Archive{Files: []txtar.File{
			{Name: "site.yaml", Data: []byte("title: " + string(bad) + "\nurl: https://example.org/\nnewsletter: {from: '\"Ünïcödé, redactie\" <a.b@example.org>'}\n")},
			{Name: "newsletters/n.md", Data: []byte("---\ntitle: " + string(bad) + "\ndate: 2021-01-01\n---\n\nFrom hier\n\n.\n\n```\n.\n..\nFrom x\n```\n")},
		}})
		out = append(out, mailOf(t, r, "n", ""))
	}
	return out
}

// parsed is what a parser makes of a message.
type parsed struct {
	Defects             []string
	Type, Subject, From string
	Types               []string
	Text, HTML          string
}

func TestPythonReadsMessagesWithoutDefects(t *testing.T) {
	t.Parallel()
	list := messages(t)
	args := []string{"testdata/parse.py"}
	for i, m := range list {
		file := filepath.Join(t.TempDir(), string(rune('a'+i))+".eml")
		if err := os.WriteFile(file, m.Message, 0o644); err != nil {
			t.Fatal(err)
		}
		args = append(args, file)
	}
	out, err := exec.Command("python3", args...).Output()
	if err != nil {
		t.Fatalf("python3: %v\nThe line under Tests in README.md installs what the tests need.", err)
	}
	lines := json.NewDecoder(bytes.NewReader(out))
	for _, m := range list {
		var p parsed
		if err := lines.Decode(&p); err != nil {
			t.Fatal(err)
		}
		if len(p.Defects) > 0 || p.Type != "multipart/alternative" || !slices.Equal(p.Types, []string{"text/plain", "text/html"}) {
			t.Errorf("%s: %v %s %v", m.Subject, p.Defects, p.Type, p.Types)
		}
		if p.Subject != m.Subject || !strings.Contains(p.From, "@example.org") {
			t.Errorf("from %q, subject %q, want %q", p.From, p.Subject, m.Subject)
		}
		if p.Text != string(m.Text) || p.HTML != string(m.HTML) {
			t.Errorf("%s: the parts differ", m.Subject)
		}
	}
}

// sink is a mail server on this machine that keeps what it is sent.
func sink(t *testing.T) (address string, received <-chan []byte) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { listener.Close() })
	out := make(chan []byte, 1)
	go func() {
		for {
			c, err := listener.Accept()
			if err != nil {
				return
			}
			serve(c, out)
		}
	}()
	return listener.Addr().String(), out
}

// serve answers as RFC 5321 asks for.
func serve(c net.Conn, out chan<- []byte) {
	defer c.Close()
	r := textproto.NewReader(bufio.NewReader(c))
	say := func(s string) { _, _ = io.WriteString(c, s+"\r\n") }
	say("220 sink")
	for {
		l, err := r.ReadLine()
		if err != nil {
			return
		}
		switch verb, _, _ := strings.Cut(strings.ToUpper(l), " "); verb {
		case "DATA":
			say("354 go on")
			data, err := r.ReadDotBytes()
			if err != nil {
				return
			}
			out <- data
			say("250 kept")
		case "QUIT":
			say("221 bye")
			return
		default:
			say("250 ok")
		}
	}
}

func TestMessagesSurviveTheWay(t *testing.T) {
	t.Parallel()
	address, received := sink(t)
	for _, m := range messages(t) {
		message, err := mail.ReadMessage(bytes.NewReader(m.Message))
		if err != nil {
			t.Fatal(err)
		}
		from, err := mail.ParseAddress(message.Header.Get("From"))
		if err != nil {
			t.Fatalf("from %q: %v", message.Header.Get("From"), err)
		}
		if err := smtp.SendMail(address, nil, from.Address, []string{"lezer@example.org"}, m.Message); err != nil {
			t.Fatal(err)
		}
		// ReadDotBytes gives lines that end in \n.
		if got := <-received; !bytes.Equal(got, bytes.ReplaceAll(m.Message, []byte("\r\n"), []byte("\n"))) {
			t.Errorf("%s came out another", m.Subject)
		}
	}
}
