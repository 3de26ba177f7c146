package deploy

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/pkg/sftp"
	"golang.org/x/crypto/ssh"
	"golang.org/x/crypto/ssh/knownhosts"
)

// sshd starts OpenSSH's server on loopback, which lets this user in by a key in a home of its own, and gives its address. options are those of sftp-server.
func sshd(t *testing.T, options ...string) string {
	t.Helper()
	program, err := exec.LookPath("sshd")
	if err != nil {
		program = "/usr/sbin/sshd" // where Debian has it
	}
	if _, err := os.Stat(program); err != nil {
		t.Fatal(err, "(internal/test.sh installs it)")
	}
	if os.Getuid() == 0 { // whom sshd gives its rights up for, there
		if err := os.MkdirAll("/run/sshd", 0o755); err != nil {
			t.Fatal(err)
		}
	}
	t.Setenv("SSH_AUTH_SOCK", "")
	t.Setenv("HOME", t.TempDir())
	if err := os.Mkdir(inHome(""), 0o700); err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	for _, kind := range []string{"ecdsa", "ed25519"} {
		keygen(t, filepath.Join(dir, "host_"+kind), kind, "")
	}
	keygen(t, inHome("id_ed25519"), "ed25519", "")
	address := freeAddress(t)
	config := fmt.Sprintf("ListenAddress %s\nPidFile none\nStrictModes no\nUsePAM no\nPasswordAuthentication no\nKbdInteractiveAuthentication no\nMaxStartups 100\nSubsystem sftp internal-sftp %s\n"+
		"HostKey %s/host_ecdsa\nHostKey %[3]s/host_ed25519\nAuthorizedKeysFile %[4]s\n", address, strings.Join(options, " "), dir, inHome("id_ed25519.pub"))
	if err := os.WriteFile(filepath.Join(dir, "config"), []byte(config), 0o600); err != nil {
		t.Fatal(err)
	}
	server := exec.Command(program, "-D", "-e", "-f", filepath.Join(dir, "config"))
	server.WaitDelay = time.Second // for those that it began for connections
	running(t, server, address)
	trust(t, address, filepath.Join(dir, "host_ed25519.pub"))
	return address
}

func keygen(t *testing.T, file, kind, passphrase string) {
	t.Helper()
	if out, err := exec.Command("ssh-keygen", "-q", "-t", kind, "-N", passphrase, "-f", file).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
}

// trust makes a key the only one that is known, of a host that is written as a hash.
func trust(t *testing.T, address, key string) {
	t.Helper()
	data, err := os.ReadFile(key)
	if err != nil {
		t.Fatal(err)
	}
	line := knownhosts.HashHostname(knownhosts.Normalize(address)) + " " + string(data)
	if err := os.WriteFile(inHome("known_hosts"), []byte(line), 0o600); err != nil {
		t.Fatal(err)
	}
}

func me(t *testing.T) string {
	u, err := user.Current()
	if err != nil {
		t.Fatal(err)
	}
	return u.Username
}

func TestSFTP(t *testing.T) {
	address, dir := sshd(t), t.TempDir()
	suite(t, func() Target { return openTarget(t, "sftp://"+address+dir) })
	if left, err := filepath.Glob(filepath.Join(dir, ".*"+tempSuffix)); len(left) > 0 || err != nil {
		t.Error(left, err)
	}
}

func TestSFTPAsksForTheKeyThatIsKnown(t *testing.T) {
	t.Setenv("HOME", t.TempDir())
	if err := os.Mkdir(inHome(""), 0o700); err != nil {
		t.Fatal(err)
	}
	for kind, want := range map[string]string{"rsa": ssh.KeyAlgoRSASHA256, "ecdsa": ssh.KeyAlgoECDSA256, "ed25519": ssh.KeyAlgoED25519} {
		keygen(t, inHome(kind), kind, "")
		trust(t, "example.org:2222", inHome(kind+".pub"))
		known, err := knownHosts()
		if err != nil {
			t.Fatal(err)
		}
		plain := slices.DeleteFunc(hostKeyAlgorithms(known, "example.org:2222"), func(a string) bool { return strings.Contains(a, "-cert-") })
		if plain[0] != want || len(plain) < 6 {
			t.Errorf("where %s is known: %q", kind, plain)
		}
	}
}

func TestSFTPLeavesNothingBehind(t *testing.T) {
	address, dir := sshd(t), t.TempDir()
	target := openTarget(t, "sftp://"+address+dir)
	defer target.Close()
	if _, err := deployTo(t.Context(), target, site(t, 1)); err != nil {
		t.Fatal(err)
	}
	killed := filepath.Join(dir, tempOf("page/0/index.html"))
	if err := os.WriteFile(killed, []byte("half"), 0o666); err != nil {
		t.Fatal(err)
	}
	if _, err := deployTo(t.Context(), target, site(t, 0)); err != nil {
		t.Fatal(err)
	}
	if exists(dir, "page") || exists(dir, lockName) || !exists(dir, "old/index.html") {
		t.Error("what a deploy that was killed was writing, emptied folders and the lock must go")
	}
}

func TestSFTPLetsOneOfManyWrite(t *testing.T) {
	address, dir := sshd(t), t.TempDir()
	const many = 8
	var targets []Target
	for range many {
		target := openTarget(t, "sftp://"+address+dir)
		defer target.Close()
		targets = append(targets, target)
	}
	results := make(chan error, many)
	for i, target := range targets {
		go func() {
			_, err := target.Write(t.Context(), "own", fmt.Append(nil, i), "")
			results <- err
		}()
	}
	won := 0
	for range many {
		if err := <-results; err == nil {
			won++
		} else if !errors.Is(err, ErrBusy) {
			t.Error(err)
		}
	}
	if won != 1 {
		t.Errorf("%d wrote", won)
	}
}

func TestSFTPWithoutExtensions(t *testing.T) {
	address, dir := sshd(t, "-P", "posix-rename,statvfs,hardlink,fsync"), t.TempDir()
	suite(t, func() Target { return openTarget(t, "sftp://"+address+dir) })
}

func TestSFTPMayNotWrite(t *testing.T) {
	address, dir := sshd(t, "-R"), t.TempDir()
	target := openTarget(t, "sftp://"+address+dir)
	defer target.Close()
	var refused *RefusedError
	if _, err := deployTo(t.Context(), target, site(t, 1)); !errors.As(err, &refused) || refused.Reason != Denied {
		t.Errorf("gave %v", err)
	}
}

// fullDisk is what a server says of a disk with so many bytes left, on which nothing can be written.
type fullDisk struct{ free uint64 }

func (d fullDisk) Filewrite(*sftp.Request) (io.WriterAt, error) { return nil, errors.New("no") }

func (d fullDisk) Filecmd(*sftp.Request) error { return os.ErrNotExist }

func (d fullDisk) StatVFS(*sftp.Request) (*sftp.StatVFS, error) {
	return &sftp.StatVFS{Bsize: 1, Frsize: 1, Bfree: 1 << 40, Bavail: d.free}, nil
}

func TestSFTPTellsAFullDisk(t *testing.T) {
	for free, want := range map[uint64]Reason{0: Full, 99: Full, 100: Other} {
		here, there := net.Pipe()
		memory := sftp.InMemHandler()
		disk := sftp.NewRequestServer(there, sftp.Handlers{FileGet: memory.FileGet, FilePut: fullDisk{}, FileCmd: fullDisk{free: free}, FileList: memory.FileList})
		go func() { _ = disk.Serve() }()
		t.Cleanup(func() { disk.Close() })
		connection, err := sftp.NewClientPipe(here, here)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { connection.Close() })
		c, s := &client{Client: connection}, &server{root: "/"}
		err = s.link.refused(t.Context(), c, s.upload(c, "/new", 100, strings.NewReader("")))
		var refused *RefusedError
		if !errors.As(err, &refused) || refused.Reason != want {
			t.Errorf("with %d bytes left: %v", free, err)
		}
	}
}

func TestSFTPSaysWhyItRefuses(t *testing.T) {
	address, dir := sshd(t), t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "file"), nil, 0o666); err != nil {
		t.Fatal(err)
	}
	other := filepath.Join(t.TempDir(), "other")
	keygen(t, other, "rsa", "")
	good := "sftp://" + me(t) + "@" + address + dir
	refused := func(what, address string, want Reason, detail string) {
		t.Helper()
		a, err := ParseAddress(address)
		if err != nil {
			t.Fatal(err)
		}
		target, err := a.Open(t.Context())
		if err == nil {
			target.Close()
		}
		var refused *RefusedError
		if !errors.As(err, &refused) || refused.Reason != want || !strings.HasPrefix(refused.Detail, detail) {
			t.Errorf("%s: %v, want %s", what, err, want)
		}
	}
	openTarget(t, good).Close()
	refused("no such folder", good+"/nowhere", NoPlace, "")
	refused("a file", good+"/file", NoPlace, "")
	refused("nobody listens", "sftp://"+freeAddress(t)+dir, Unreachable, "connection refused")

	hosts, err := os.ReadFile(inHome("known_hosts"))
	if err != nil {
		t.Fatal(err)
	}
	trust(t, address, other+".pub")
	refused("another key", good, OtherHost, "SHA256:")
	trust(t, "127.0.0.1:1", other+".pub")
	refused("another port", good, UnknownHost, "SHA256:")
	os.Remove(inHome("known_hosts"))
	refused("no known_hosts", good, UnknownHost, "SHA256:")
	if err := os.WriteFile(inHome("known_hosts"), hosts, 0o600); err != nil {
		t.Fatal(err)
	}

	mine := inHome("id_ed25519")
	if err := os.Rename(mine, mine+".mine"); err != nil {
		t.Fatal(err)
	}
	refused("no key", good, NoCredentials, "")
	keygen(t, inHome("id_rsa"), "rsa", "secret")
	refused("an encrypted key", good, NoCredentials, "id_rsa")
	os.Remove(inHome("id_rsa"))
	keygen(t, inHome("id_rsa"), "rsa", "")
	refused("another key", good, BadCredentials, "")
	if err := errors.Join(os.Rename(inHome("id_rsa"), mine), os.Rename(mine+".mine", inHome("id_rsa"))); err != nil {
		t.Fatal(err)
	}
	openTarget(t, good).Close() // with the second of two keys
}

func TestSFTPAsksTheAgent(t *testing.T) {
	address, dir := sshd(t), t.TempDir()
	socket := filepath.Join(t.TempDir(), "agent")
	agent := exec.Command("ssh-agent", "-D", "-a", socket)
	if err := agent.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = agent.Process.Kill()
		_ = agent.Wait()
	})
	t.Setenv("SSH_AUTH_SOCK", socket)
	var out []byte
	err := errors.New("not tried")
	for range 100 {
		if out, err = exec.Command("ssh-add", "-q", inHome("id_ed25519")).CombinedOutput(); err == nil {
			break
		}
		time.Sleep(50 * time.Millisecond)
	}
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	os.Remove(inHome("id_ed25519"))
	openTarget(t, "sftp://"+address+dir).Close()
}

func TestSFTPFollowsNoLink(t *testing.T) {
	address, dir, outside := sshd(t), t.TempDir(), t.TempDir()
	secret := filepath.Join(outside, "index.html")
	if err := os.WriteFile(secret, []byte("<p>é"), 0o666); err != nil { // what the site has
		t.Fatal(err)
	}
	link := func(to, from string) {
		t.Helper()
		if err := os.Symlink(to, filepath.Join(dir, from)); err != nil {
			t.Fatal(err)
		}
	}
	link(secret, "index.html")
	target := openTarget(t, "sftp://"+address+dir)
	defer target.Close()
	var foreign *ForeignError
	if _, err := deployTo(t.Context(), target, site(t, 1)); !errors.As(err, &foreign) || foreign.Paths[0] != "index.html" {
		t.Errorf("a link in the way: %v", err)
	}
	os.Remove(filepath.Join(dir, "index.html"))
	link(outside, "page")
	if _, err := deployTo(t.Context(), target, site(t, 1)); !errors.As(err, &foreign) || foreign.Paths[0] != "page" {
		t.Errorf("a folder elsewhere: %v", err)
	}
	os.Remove(filepath.Join(dir, "page"))
	link(secret, tempOf("index.html"))
	put := func(name string) {
		t.Helper()
		if err := target.Put(t.Context(), File{Name: name, Size: 3, Body: strings.NewReader("new")}); err != nil {
			t.Error(err)
		}
	}
	put("index.html")
	link(secret, "other.html")
	put("other.html")
	if data, err := os.ReadFile(secret); err != nil || string(data) != "<p>é" {
		t.Errorf("what was led to is %q %v", data, err)
	}
	if names, err := os.ReadDir(outside); err != nil || len(names) != 1 {
		t.Errorf("there are %v %v", names, err)
	}
	if info, err := os.Lstat(filepath.Join(dir, "other.html")); err != nil || !info.Mode().IsRegular() {
		t.Errorf("%v %v", info, err)
	}
}

// passing passes connections on to a server; after gives how many bytes of one come through, and what happens to it then.
func passing(t *testing.T, server string, after func() (int64, func())) string {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { listener.Close() })
	go func() {
		for {
			in, err := listener.Accept()
			if err != nil {
				return
			}
			go func() {
				defer in.Close()
				out, err := net.Dial("tcp", server)
				if err != nil {
					return
				}
				defer out.Close()
				go func() {
					_, _ = io.Copy(in, out)
					in.Close()
				}()
				bytes, then := after()
				_, _ = io.CopyN(out, in, bytes)
				then()
			}()
		}
	}()
	address := listener.Addr().String()
	hosts, err := os.ReadFile(inHome("known_hosts"))
	if err != nil {
		t.Fatal(err)
	}
	_, key, _ := strings.Cut(string(hosts), " ")
	hosts = fmt.Appendf(hosts, "%s %s", knownhosts.Normalize(address), key)
	if err := os.WriteFile(inHome("known_hosts"), hosts, 0o600); err != nil {
		t.Fatal(err)
	}
	return address
}

func TestSFTPOnABadDay(t *testing.T) {
	address, dir := sshd(t), t.TempDir()
	through := passing(t, address, func() (int64, func()) {
		if rand.N(10) == 0 {
			return 0, func() {}
		}
		return 10_000 + rand.N[int64](100_000), func() {}
	})
	set := site(t, 300)
	bad := openTarget(t, "sftp://"+through+dir)
	defer bad.Close()
	good := openTarget(t, "sftp://"+address+dir)
	defer good.Close()
	survivesABadDay(t, bad, good, set, 311)
}

func TestSFTPGivesASilentConnectionUp(t *testing.T) {
	address, dir := sshd(t), t.TempDir()
	before := silence
	silence = time.Second
	t.Cleanup(func() { silence = before })
	var connections atomic.Int32
	through := passing(t, address, func() (int64, func()) {
		if connections.Add(1) == 1 {
			return 20_000, func() { <-t.Context().Done() }
		}
		return 1 << 40, func() {}
	})
	target := openTarget(t, "sftp://"+through+dir)
	defer target.Close()
	if report, err := deployTo(t.Context(), target, site(t, 100)); err != nil || report.Sent != 111 {
		t.Errorf("%+v %v", report, err)
	}
	if n := connections.Load(); n != 3 { // one that fell silent, another, and that of the lock
		t.Errorf("%d connections", n)
	}
}

func TestSFTPStopsWhenItIsTold(t *testing.T) {
	address, dir := sshd(t), t.TempDir()
	through := passing(t, address, func() (int64, func()) { return 20_000, func() { <-t.Context().Done() } })
	target := openTarget(t, "sftp://"+through+dir)
	defer target.Close()
	ctx, stop := context.WithTimeout(t.Context(), time.Second)
	defer stop()
	start := time.Now()
	err := target.Put(ctx, File{Name: "film.mp4", Size: 1 << 20, Body: strings.NewReader(strings.Repeat("x", 1<<20))})
	if took := time.Since(start); !errors.Is(err, context.DeadlineExceeded) || took > 5*time.Second {
		t.Errorf("after %v: %v", took, err)
	}
}
