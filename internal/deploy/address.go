package deploy

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
)

// Address says where a site goes, without any secret.
type Address struct{ u *url.URL }

// ErrAddress says that a text is no address of a target. The text is not repeated: there may be a password in it.
var ErrAddress = errors.New("no address of a target")

// scheme is a kind of target: the parameters that its address may have, whether it names a host, and what opens it.
type scheme struct {
	parameters []string
	host, user bool
	open       func(context.Context, *url.URL) (Target, error)
}

var schemes = map[string]scheme{
	"s3":    {parameters: []string{"endpoint", "region"}, host: true, open: openS3},
	"azure": {parameters: []string{"endpoint"}, host: true, open: openAzure},
	"sftp":  {host: true, user: true, open: openSFTP},
	"file":  {open: func(_ context.Context, u *url.URL) (Target, error) { return Folder(filepath.FromSlash(u.Path)) }},
}

// ParseAddress reads an address of the form that the README tells.
func ParseAddress(text string) (Address, error) {
	u, err := url.Parse(text)
	if err != nil {
		return Address{}, ErrAddress
	}
	known, ok := schemes[u.Scheme]
	_, password := u.User.Password()
	if !ok || password || u.User != nil && !known.user || known.host != (u.Host != "") || !known.host && u.Path == "" || u.Opaque != "" || u.Fragment != "" {
		return Address{}, ErrAddress
	}
	query, err := url.ParseQuery(u.RawQuery)
	if err != nil {
		return Address{}, ErrAddress
	}
	for name := range query {
		if !slices.Contains(known.parameters, name) {
			return Address{}, ErrAddress
		}
	}
	return Address{u}, nil
}

// Folder gives the folder that an address names; ok is false for one elsewhere.
func (a Address) Folder() (dir string, ok bool) {
	return filepath.FromSlash(a.u.Path), a.u.Scheme == "file"
}

// String gives the address without what belongs to the connection alone.
func (a Address) String() string {
	if a.u == nil {
		return ""
	}
	return a.u.Scheme + "://" + a.u.Host + a.u.Path
}

// Open gives the target.
func (a Address) Open(ctx context.Context) (Target, error) { return schemes[a.u.Scheme].open(ctx, a.u) }

// prefix gives a path as names at a target begin with it: "" or with a slash at its end.
func prefix(path string) string {
	if path = strings.Trim(path, "/"); path != "" {
		path += "/"
	}
	return path
}

// Reason is why a target refuses, where its user can mend that.
type Reason string

// What a target may say.
const (
	NoCredentials  Reason = "no-credentials"  // none were found
	BadCredentials Reason = "bad-credentials" // they are not taken
	Denied         Reason = "denied"          // they do not go so far
	Clock          Reason = "clock"           // of this machine is wrong
	NoPlace        Reason = "no-place"        // no such bucket, container or folder
	Full           Reason = "full"            // no space
	UnknownHost    Reason = "unknown-host"    // its key is not in known_hosts
	OtherHost      Reason = "other-host"      // its key is another than in known_hosts
	Unreachable    Reason = "unreachable"     // no answer, or a broken one, time after time
	Other          Reason = "other"           // as the detail says
)

// Reasons are all.
var Reasons = []Reason{NoCredentials, BadCredentials, Denied, Clock, NoPlace, Full, UnknownHost, OtherHost, Unreachable, Other}

// RefusedError is what a target refuses. Detail is a code or name that its maker's documentation knows, or "": never an address or a header, where secrets may be.
type RefusedError struct {
	Reason Reason
	Detail string
}

func (e *RefusedError) Error() string { return string(e.Reason) + " " + e.Detail }

// networkDetail says what is wrong with a connection, without the address that was asked: there may be a secret in it.
func networkDetail(err error) string {
	var number syscall.Errno
	var name *net.DNSError
	var timeout net.Error
	var certificate *tls.CertificateVerificationError
	switch {
	case errors.As(err, &number):
		return number.Error()
	case errors.As(err, &name):
		return name.Name
	case errors.As(err, &certificate):
		return certificate.Err.Error()
	case errors.As(err, &timeout) && timeout.Timeout():
		return "timeout"
	}
	return ""
}
