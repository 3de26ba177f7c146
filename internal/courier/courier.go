// Package courier takes mail to people, through a mail server (SMTP).
//
// Each address gets a mail of its own, which is handed over byte for byte. Nothing is said to a server in clear but on this machine itself:
// the connection is encrypted and the server's certificate holds, or nothing is sent. No error has the password in it, nor what a server
// answered to it.
package courier

import (
	"bytes"
	"cmp"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/textproto"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/wneessen/go-mail/smtp"
)

// Server is a mail server that takes mail of people. Without a User it is asked to take it of anybody.
type Server struct {
	Host           string
	Port           int
	User, Password string
	Roots          *x509.CertPool // whom certificates are trusted from, nil for those of the system

	dial func(ctx context.Context, network, address string) (net.Conn, error) // nil for the system's
}

// Letter is a mail for one address. Data is a message with lines that end in \r\n.
type Letter struct {
	To   string
	Data []byte
}

const (
	// patience is how long an answer of the server may take.
	patience = 30 * time.Second
	// submissions is the port where all of a connection is encrypted (RFC 8314).
	submissions = 465
)

// Send hands letters to the server, as mail of from, in one connection. errs has nil for each letter that it took, an *Error for each that it did
// not; err, an *Error too, or ctx's, is what stood in the way of the rest of them.
func (s Server) Send(ctx context.Context, from string, letters []Letter) (errs []error, err error) {
	conn, err := s.connect(ctx)
	if err != nil {
		return errs, s.reason(ctx, err)
	}
	defer conn.Close()
	defer context.AfterFunc(ctx, func() { conn.Close() })()
	client, err := s.greet(conn)
	if err != nil {
		return errs, s.reason(ctx, err)
	}
	for _, l := range letters {
		_ = conn.SetDeadline(time.Now().Add(patience + time.Duration(len(l.Data)/10_000)*time.Second)) // an expired one fails what follows
		err := hand(client, from, l)
		var refused *Error
		if err != nil && !errors.As(err, &refused) {
			return errs, s.reason(ctx, err)
		}
		if refused == nil {
			errs = append(errs, nil)
		} else {
			errs = append(errs, refused)
			if err := client.Reset(); err != nil {
				return errs, s.reason(ctx, err)
			}
		}
	}
	_ = client.Quit() // all is handed over
	return errs, nil
}

// connect opens a connection.
func (s Server) connect(ctx context.Context) (net.Conn, error) {
	dial := s.dial
	if dial == nil {
		dial = (&net.Dialer{Timeout: patience}).DialContext
	}
	conn, err := dial(ctx, "tcp", net.JoinHostPort(s.Host, strconv.Itoa(s.Port)))
	if err != nil {
		return nil, err
	}
	_ = conn.SetDeadline(time.Now().Add(patience)) // as above
	if s.Port != submissions {
		return conn, nil
	}
	secure := tls.Client(conn, s.tls())
	if err := secure.HandshakeContext(ctx); err != nil {
		conn.Close()
		return nil, err
	}
	return secure, nil
}

func (s Server) tls() *tls.Config {
	return &tls.Config{ServerName: s.Host, RootCAs: s.Roots, MinVersion: tls.VersionTLS12}
}

// local reports whether the server is this machine, to which nothing need be encrypted.
func (s Server) local() bool {
	ip := net.ParseIP(s.Host)
	return strings.EqualFold(s.Host, "localhost") || ip != nil && ip.IsLoopback()
}

// greet begins to talk with the server, encrypted, and tells who sends.
func (s Server) greet(conn net.Conn) (*smtp.Client, error) {
	client, err := smtp.NewClient(conn, s.Host)
	if err != nil {
		return nil, err
	}
	if err := client.Hello(literal(conn.LocalAddr())); err != nil {
		return nil, err
	}
	_, secure := conn.(*tls.Conn)
	if offered, _ := client.Extension("STARTTLS"); offered && !secure {
		if err := client.StartTLS(s.tls()); err != nil {
			return nil, err
		}
		secure = true
	}
	if !secure && !s.local() {
		return nil, &Error{Reason: NoTLS}
	}
	if s.User == "" {
		return client, nil
	}
	_, offered := client.Extension("AUTH")
	auth := s.auth(strings.Fields(strings.ToUpper(offered)))
	if auth == nil {
		return nil, &Error{Reason: NoAuth, Detail: clean(offered)}
	}
	if err := client.Auth(auth); err != nil {
		var answer *textproto.Error
		if errors.As(err, &answer) {
			return nil, &Error{Reason: BadPassword, Detail: strconv.Itoa(answer.Code)} // not what it says, which may have secrets in it
		}
		if _, gone := errors.AsType[net.Error](err); gone || errors.Is(err, io.EOF) {
			return nil, err
		}
		return nil, &Error{Reason: BadPassword}
	}
	return client, nil
}

// auth gives the first of the ways to log in that the server offers, nil for none: those that keep the password from it first.
func (s Server) auth(offered []string) smtp.Auth {
	for _, way := range []struct {
		name string
		auth smtp.Auth
	}{
		{"SCRAM-SHA-256", smtp.ScramSHA256Auth(s.User, s.Password)},
		{"PLAIN", smtp.PlainAuth("", s.User, s.Password, s.Host, s.local())},
		{"LOGIN", smtp.LoginAuth(s.User, s.Password, s.Host, s.local())},
		{"CRAM-MD5", smtp.CRAMMD5Auth(s.User, s.Password)},
	} {
		if slices.Contains(offered, way.name) {
			return way.auth
		}
	}
	return nil
}

// literal is an address by which this machine calls itself (RFC 5321, section 4.1.3): its name is nobody's business.
func literal(a net.Addr) string {
	host, _, _ := net.SplitHostPort(a.String())
	if strings.Contains(host, ":") {
		host = "IPv6:" + host
	}
	return "[" + cmp.Or(host, "127.0.0.1") + "]"
}

// hand hands over one letter. An *Error says that the server did not take this one.
func hand(client *smtp.Client, from string, l Letter) error {
	client.SkipSMTPUTF8(!strings.ContainsFunc(from+l.To, func(r rune) bool { return r > '~' }))
	if err := client.Mail("<" + from + ">"); err != nil {
		return refusal(Sender, err)
	}
	if err := client.Rcpt("<" + l.To + ">"); err != nil {
		return refusal(Recipient, err)
	}
	w, err := client.Data()
	if err != nil {
		return refusal(Refused, err)
	}
	if _, err := io.Copy(w, bytes.NewReader(l.Data)); err != nil {
		return err
	}
	if err := w.Close(); err != nil {
		return refusal(Refused, err)
	}
	return nil
}

// refusal makes an *Error of the server's answer to one letter; an error of the connection stays as it is.
func refusal(reason Reason, err error) error {
	var answer *textproto.Error
	if !errors.As(err, &answer) {
		return err
	}
	switch answer.Code {
	case 552, 523:
		reason = TooLarge
	case 530, 535:
		reason = NeedsPassword
	case 421:
		reason = Refused
	}
	return &Error{Reason: reason, Detail: clean(fmt.Sprintf("%d %s", answer.Code, answer.Msg))}
}
