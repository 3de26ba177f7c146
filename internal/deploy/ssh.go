package deploy

import (
	"bytes"
	"cmp"
	"context"
	"crypto/ed25519"
	"errors"
	"io"
	"io/fs"
	"net"
	"net/url"
	"os"
	"os/user"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/pkg/sftp"
	"golang.org/x/crypto/ssh"
	"golang.org/x/crypto/ssh/agent"
	"golang.org/x/crypto/ssh/knownhosts"
	"golang.org/x/sync/singleflight"
)

const (
	dialTime  = 10 * time.Second // in which a server answers
	loginTime = 30 * time.Second // in which it lets in
)

// silence is how long nothing is sent or read until a connection is as good as cut.
var silence = 2 * time.Minute

// link is a connection over which SFTP is spoken, opened when it is needed, and anew when it was cut.
type link struct {
	address, user string
	known         ssh.HostKeyCallback
	opening       singleflight.Group
	mu            sync.Mutex
	open          *client
}

type client struct {
	*sftp.Client
	ssh *ssh.Client
}

func newLink(u *url.URL) (*link, error) {
	l := &link{address: net.JoinHostPort(u.Hostname(), cmp.Or(u.Port(), "22")), user: u.User.Username()}
	if l.user == "" {
		me, err := user.Current()
		if err != nil {
			return nil, err
		}
		l.user = me.Username[strings.LastIndexByte(me.Username, '\\')+1:] // Windows puts a domain before it
	}
	var err error
	l.known, err = knownHosts()
	return l, err
}

// another gives a second connection to the same server, which does not wait for what the first sends.
func (l *link) another() *link { return &link{address: l.address, user: l.user, known: l.known} }

func (l *link) Close() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.open == nil {
		return nil
	}
	return l.open.ssh.Close()
}

// use does something at the server. alive is to be called as long as something comes or goes.
func (l *link) use(ctx context.Context, do func(c *client, alive func()) error) error {
	c, err := l.client(ctx)
	if err != nil {
		return err
	}
	return l.over(ctx, c, do)
}

func (l *link) over(ctx context.Context, c *client, do func(c *client, alive func()) error) error {
	timer := time.AfterFunc(silence, func() { l.drop(c) })
	defer timer.Stop()
	defer context.AfterFunc(ctx, func() { l.drop(c) })()
	return l.refused(ctx, c, do(c, func() { timer.Reset(silence) }))
}

func (l *link) client(ctx context.Context) (*client, error) {
	opened := l.opening.DoChan("", func() (any, error) {
		l.mu.Lock()
		c := l.open
		l.mu.Unlock()
		if c != nil {
			return c, nil
		}
		c, err := l.connect()
		if err != nil {
			return nil, err
		}
		l.mu.Lock()
		l.open = c
		l.mu.Unlock()
		return c, nil
	})
	select {
	case <-ctx.Done():
		return nil, ctx.Err()
	case result := <-opened:
		if result.Err != nil {
			return nil, result.Err
		}
		return result.Val.(*client), nil
	}
}

func (l *link) drop(c *client) {
	c.ssh.Close()
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.open == c {
		l.open = nil
	}
}

// connect does not end with a context: several wait for it.
func (l *link) connect() (*client, error) {
	signers, closeAgent, err := signers()
	if err != nil {
		return nil, err
	}
	defer closeAgent()
	conn, err := net.DialTimeout("tcp", l.address, dialTime)
	var name *net.DNSError
	if errors.As(err, &name) && name.IsNotFound {
		return nil, &RefusedError{Unreachable, networkDetail(err)}
	}
	if err != nil {
		return nil, again{&RefusedError{Unreachable, networkDetail(err)}}
	}
	_ = conn.SetDeadline(time.Now().Add(loginTime))
	sure := false
	config := &ssh.ClientConfig{
		User:              l.user,
		Auth:              []ssh.AuthMethod{ssh.PublicKeys(signers...)},
		HostKeyAlgorithms: hostKeyAlgorithms(l.known, l.address),
		HostKeyCallback: func(address string, remote net.Addr, key ssh.PublicKey) error {
			err := checkHost(l.known, address, remote, key)
			sure = err == nil
			return err
		},
	}
	sshConn, channels, requests, err := ssh.NewClientConn(conn, l.address, config)
	if err != nil {
		conn.Close()
		return nil, refusedLogin(err, sure)
	}
	c := &client{ssh: ssh.NewClient(sshConn, channels, requests)}
	c.Client, err = sftp.NewClient(c.ssh, sftp.UseConcurrentWrites(true), sftp.MaxConcurrentRequestsPerFile(16))
	if err != nil {
		c.ssh.Close()
		if !broken(err) {
			return nil, &RefusedError{Denied, "sftp"}
		}
		return nil, again{&RefusedError{Unreachable, networkDetail(err)}}
	}
	_ = conn.SetDeadline(time.Time{})
	return c, nil
}

// refusedLogin says why a server does not let in, or is not let in itself. sure says that it was the right server.
func refusedLogin(err error, sure bool) error {
	var refused *RefusedError
	var algorithms *ssh.AlgorithmNegotiationError
	switch {
	case errors.As(err, &refused):
		return refused
	case errors.As(err, &algorithms):
		return &RefusedError{Other, "no common algorithm"}
	case sure && !broken(err):
		return &RefusedError{Reason: BadCredentials}
	}
	return again{&RefusedError{Unreachable, networkDetail(err)}}
}

// signers gives the keys of this user, those of the agent first. closeAgent is called when nothing is to be signed any more.
func signers() (all []ssh.Signer, closeAgent func(), err error) {
	add := func(s ssh.Signer) {
		same := func(other ssh.Signer) bool { return bytes.Equal(other.PublicKey().Marshal(), s.PublicKey().Marshal()) }
		if !slices.ContainsFunc(all, same) {
			all = append(all, s)
		}
	}
	closeAgent = func() {}
	if socket := os.Getenv("SSH_AUTH_SOCK"); socket != "" {
		if conn, err := net.DialTimeout("unix", socket, dialTime); err == nil {
			closeAgent = func() { conn.Close() }
			_ = conn.SetDeadline(time.Now().Add(dialTime + loginTime))
			held, _ := agent.NewClient(conn).Signers() // an agent that gives none is as good as none
			for _, s := range held {
				add(s)
			}
		}
	}
	var encrypted []string
	for _, name := range []string{"id_ed25519", "id_ecdsa", "id_rsa"} {
		data, err := os.ReadFile(inHome(name))
		if err != nil {
			continue
		}
		s, err := ssh.ParsePrivateKey(data)
		switch {
		case err == nil:
			add(s)
		case errors.As(err, new(*ssh.PassphraseMissingError)):
			encrypted = append(encrypted, name)
		}
	}
	if all == nil {
		closeAgent()
		return nil, nil, &RefusedError{NoCredentials, strings.Join(encrypted, " ")}
	}
	return all, closeAgent, nil
}

// inHome gives the path of a file of this user's SSH, "" where there is no home.
func inHome(name string) string {
	home, err := os.UserHomeDir()
	if err != nil {
		return ""
	}
	return filepath.Join(home, ".ssh", name)
}

func knownHosts() (ssh.HostKeyCallback, error) {
	var files []string
	for _, name := range []string{inHome("known_hosts"), "/etc/ssh/ssh_known_hosts"} {
		if _, err := os.Stat(name); err == nil {
			files = append(files, name)
		}
	}
	return knownhosts.New(files...)
}

// checkHost compares a server's key with those that are known. A certificate of nobody known is as good as the key in it.
func checkHost(known ssh.HostKeyCallback, address string, remote net.Addr, key ssh.PublicKey) error {
	err := known(address, remote, key)
	if c, ok := key.(*ssh.Certificate); ok && err != nil {
		key = c.Key
		err = known(address, remote, key)
	}
	var unlike *knownhosts.KeyError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &unlike) && len(unlike.Want) == 0:
		return &RefusedError{UnknownHost, ssh.FingerprintSHA256(key)}
	}
	return &RefusedError{OtherHost, ssh.FingerprintSHA256(key)}
}

// hostKeyAlgorithms puts first what the known keys of a host are for: a server has several keys, and seldom are all known. Those for RSA, which are called otherwise than its keys, stand first anyway.
func hostKeyAlgorithms(known ssh.HostKeyCallback, address string) []string {
	nobodys, err := ssh.NewPublicKey(ed25519.PublicKey(make([]byte, ed25519.PublicKeySize)))
	if err != nil {
		panic(err) // it has the right size
	}
	var unlike *knownhosts.KeyError
	errors.As(known(address, &net.TCPAddr{}, nobodys), &unlike)
	wanted := func(algorithm string) bool {
		return unlike != nil && (strings.Contains(algorithm, "-cert-") || slices.ContainsFunc(unlike.Want, func(k knownhosts.KnownKey) bool { return k.Key.Type() == algorithm }))
	}
	all := ssh.SupportedAlgorithms().HostKeys
	return slices.Concat(slices.DeleteFunc(slices.Clone(all), func(a string) bool { return !wanted(a) }), slices.DeleteFunc(all, wanted))
}

// broken reports whether an error is of the connection, and not what the other side says.
func broken(err error) bool {
	return errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, sftp.ErrSSHFxConnectionLost) || errors.As(err, new(net.Error)) || errors.As(err, new(syscall.Errno))
}

// refused gives an error of a server in words of its own at most.
func (l *link) refused(ctx context.Context, c *client, err error) error {
	var status *sftp.StatusError
	switch {
	case err == nil:
		return nil
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.Is(err, fs.ErrNotExist):
		return fs.ErrNotExist
	case errors.Is(err, fs.ErrPermission):
		return &RefusedError{Reason: Denied}
	case errors.Is(err, ErrBusy), errors.As(err, new(*RefusedError)), errors.As(err, new(*ForeignError)):
		return err
	case errors.As(err, &status):
		return &RefusedError{Other, status.FxCode().Error()}
	}
	l.drop(c)
	return again{&RefusedError{Unreachable, networkDetail(err)}}
}
