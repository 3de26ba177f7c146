package courier

import (
	"context"
	"errors"
	"fmt"
	"net"
	"strings"
	"testing"
	"time"

	"leerblad/internal/mailpit"
)

// at gives a server by a name that is not this machine's, although it runs here.
func at(s *mailpit.Server, name string) Server {
	return Server{Host: name, Port: s.Port, Roots: s.Roots, User: mailpit.User, Password: mailpit.Password,
		dial: func(ctx context.Context, network, _ string) (net.Conn, error) {
			return (&net.Dialer{}).DialContext(ctx, network, fmt.Sprintf("127.0.0.1:%d", s.Port))
		}}
}

func letters(to ...string) (out []Letter) {
	for _, a := range to {
		out = append(out, Letter{a, []byte("From: <redactie@example.org>\r\nTo: <" + a + ">\r\nSubject: proef\r\n\r\n.punt\r\n")})
	}
	return out
}

// reasonOf gives why mail was not taken, and fails the test if a secret can be seen.
func reasonOf(t *testing.T, err error) Reason {
	t.Helper()
	var e *Error
	if !errors.As(err, &e) {
		t.Fatalf("no reason: %v", err)
	}
	t.Log(e)
	if strings.Contains(e.Error(), mailpit.Password) {
		t.Errorf("the password is in %q", e)
	}
	return e.Reason
}

func TestEachAddressGetsALetterOfItsOwn(t *testing.T) {
	t.Parallel()
	pit := mailpit.Start(t, mailpit.Options{TLS: true, Auth: true, Args: []string{"--smtp-require-starttls", "--smtp-allowed-recipients", `@example\.org$`}})
	errs, err := at(pit, "mail.test").Send(t.Context(), "redactie@example.org", letters("a@example.org", "x@elders.example", "b@example.org"))
	if err != nil || len(errs) != 3 || errs[0] != nil || errs[2] != nil || reasonOf(t, errs[1]) != Recipient {
		t.Fatal(errs, err)
	}
	came := pit.Messages(t)
	if len(came) != 2 || came[0].To[0].Address != "a@example.org" || came[1].To[0].Address != "b@example.org" || came[0].Text != ".punt\r\n" {
		t.Errorf("came: %+v", came)
	}
	for _, m := range came {
		if raw := pit.Raw(t, m.ID); len(m.To)+len(m.Bcc) != 1 || !strings.HasSuffix(raw, string(letters(m.To[0].Address)[0].Data)) {
			t.Errorf("%+v came as\n%s", m, raw)
		}
	}
}

func TestNothingIsSentInClear(t *testing.T) {
	t.Parallel()
	pit := mailpit.Start(t, mailpit.Options{Auth: true})
	if _, err := at(pit, "mail.test").Send(t.Context(), "a@example.org", letters("b@example.org")); reasonOf(t, err) != NoTLS {
		t.Error(err)
	}
	s := at(pit, "mail.test")
	s.Port = submissions
	if _, err := s.Send(t.Context(), "a@example.org", letters("b@example.org")); reasonOf(t, err) != NoTLS {
		t.Error("where all is encrypted:", err)
	}
	if errs, err := at(pit, "localhost").Send(t.Context(), "a@example.org", letters("b@example.org")); err != nil || errs[0] != nil {
		t.Error("on this machine:", errs, err)
	}
}

func TestServersThatRefuse(t *testing.T) {
	t.Parallel()
	pit := mailpit.Start(t, mailpit.Options{TLS: true, Auth: true, Args: []string{"--max-message-size", "1"}})
	with := func(change func(*Server)) Server {
		s := at(pit, "mail.test")
		change(&s)
		return s
	}
	heavy := letters("b@example.org")
	heavy[0].Data = append(heavy[0].Data, []byte(strings.Repeat("Een regel van een mail.\r\n", 60_000))...)
	for name, c := range map[string]struct {
		server  Server
		letters []Letter
		want    Reason
	}{
		"password":    {with(func(s *Server) { s.Password = "niet-" + s.Password }), nil, BadPassword},
		"no user":     {with(func(s *Server) { s.User = "" }), nil, NeedsPassword},
		"name":        {with(func(s *Server) { s.Host = "andere.test" }), nil, Certificate},
		"not trusted": {with(func(s *Server) { s.Roots = nil }), nil, Certificate},
		"too large":   {with(func(*Server) {}), heavy, TooLarge},
	} {
		if c.letters == nil {
			c.letters = letters("b@example.org")
		}
		errs, err := c.server.Send(t.Context(), "a@example.org", c.letters)
		if err == nil && len(errs) == 1 {
			err = errs[0]
		}
		if got := reasonOf(t, err); got != c.want {
			t.Errorf("%s: %s", name, got)
		}
	}
	if came := pit.Messages(t); len(came) != 0 {
		t.Errorf("%d letters came", len(came))
	}
}

func TestSendersThatAreRefused(t *testing.T) {
	t.Parallel()
	pit := mailpit.Start(t, mailpit.Options{Args: []string{"--chaos-triggers", "Sender:550:100"}})
	errs, err := Server{Host: "127.0.0.1", Port: pit.Port}.Send(t.Context(), "a@example.org", letters("b@example.org"))
	if err != nil || reasonOf(t, errs[0]) != Sender {
		t.Error(errs, err)
	}
}

func TestServersThatDoNotAnswer(t *testing.T) {
	t.Parallel()
	silent, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	port := silent.Addr().(*net.TCPAddr).Port
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	if _, err := (Server{Host: "127.0.0.1", Port: port}).Send(ctx, "a@example.org", letters("b@example.org")); !errors.Is(err, context.DeadlineExceeded) {
		t.Error("who gives up waits:", err)
	}
	silent.Close()
	if _, err := (Server{Host: "127.0.0.1", Port: port}).Send(t.Context(), "a@example.org", letters("b@example.org")); reasonOf(t, err) != Unreachable {
		t.Error(err)
	}
	slow := Server{Host: "127.0.0.1", Port: port, dial: func(context.Context, string, string) (net.Conn, error) {
		return nil, &net.OpError{Op: "dial", Err: &timeout{}}
	}}
	if _, err := slow.Send(t.Context(), "a@example.org", letters("b@example.org")); reasonOf(t, err) != Timeout {
		t.Error(err)
	}
	unknown := Server{Host: "mail.invalid", Port: port, dial: func(context.Context, string, string) (net.Conn, error) {
		return nil, &net.OpError{Op: "dial", Err: &net.DNSError{Err: "no such host", Name: "mail.invalid", IsNotFound: true}}
	}}
	if _, err := unknown.Send(t.Context(), "a@example.org", letters("b@example.org")); reasonOf(t, err) != UnknownHost {
		t.Error(err)
	}
}

type timeout struct{}

func (timeout) Error() string   { return "i/o timeout" }
func (timeout) Timeout() bool   { return true }
func (timeout) Temporary() bool { return true }
