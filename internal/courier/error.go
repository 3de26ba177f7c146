package courier

import (
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"net/textproto"
	"strconv"
	"strings"
	"syscall"
	"unicode"
)

// Reason is why mail was not taken.
type Reason string

// The reasons.
const (
	UnknownHost   Reason = "unknown-host"   // there is no server of that name
	Unreachable   Reason = "unreachable"    // no answer, or none of a mail server
	Timeout       Reason = "timeout"        // an answer that did not come in time
	NoTLS         Reason = "no-tls"         // the server does not encrypt
	Certificate   Reason = "certificate"    // it is not proven to be the server that it says it is
	NoAuth        Reason = "no-auth"        // no way to log in that is known here
	NeedsPassword Reason = "needs-password" // it takes mail only of those who log in
	BadPassword   Reason = "bad-password"   // the user or password is wrong
	Sender        Reason = "sender"         // it does not take mail of this sender
	Recipient     Reason = "recipient"      // nor for this address
	TooLarge      Reason = "too-large"      // nor as large
	Refused       Reason = "refused"        // as the detail says
)

// Reasons are all.
var Reasons = []Reason{UnknownHost, Unreachable, Timeout, NoTLS, Certificate, NoAuth, NeedsPassword, BadPassword, Sender, Recipient, TooLarge, Refused}

// Error says why mail was not taken. Detail is what the server or the system says, on one line, or "": never about a password.
type Error struct {
	Reason Reason
	Detail string
}

func (e *Error) Error() string { return strings.TrimSpace(string(e.Reason) + " " + e.Detail) }

// reason makes an *Error of what broke a connection, and ctx's error where that ended.
func (s Server) reason(ctx context.Context, err error) error {
	var known *Error
	var name *net.DNSError
	var wait net.Error
	var certificate *tls.CertificateVerificationError
	var header tls.RecordHeaderError
	var number syscall.Errno
	var answer *textproto.Error
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.As(err, &known):
		return known
	case errors.As(err, &certificate):
		return &Error{Certificate, clean(certificate.Err.Error())}
	case errors.As(err, &header): // no TLS where all of it should be
		return &Error{Reason: NoTLS}
	case errors.As(err, &name) && !name.IsTimeout:
		return &Error{UnknownHost, s.Host}
	case errors.As(err, &wait) && wait.Timeout():
		return &Error{Timeout, s.at()}
	case errors.As(err, &answer):
		return &Error{Refused, clean(strconv.Itoa(answer.Code) + " " + answer.Msg)}
	case errors.As(err, &number):
		return &Error{Unreachable, s.at() + ": " + number.Error()}
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return &Error{Unreachable, s.at()}
	}
	return &Error{Unreachable, s.at() + ": " + clean(err.Error())}
}

// at is where the server is.
func (s Server) at() string { return net.JoinHostPort(s.Host, strconv.Itoa(s.Port)) }

// clean gives what a server says as one line that a terminal can show.
func clean(text string) string {
	const most = 200
	out := []rune(strings.Join(strings.FieldsFunc(text, func(r rune) bool { return unicode.IsSpace(r) || !unicode.IsPrint(r) }), " "))
	if len(out) > most {
		out = append(out[:most], '…')
	}
	return string(out)
}
