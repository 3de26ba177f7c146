package history

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"time"
)

// How long git may take to read, and to get and share.
const (
	readTime = 10 * time.Second
	actTime  = 3 * time.Minute
)

// maxOutput is how much of git's answer is read, in bytes.
const maxOutput = 32 << 20

// ErrTooLong says that git took longer than it may, or answered more.
var ErrTooLong = errors.New("git took too long, or told too much")

// Failure is that git did not do something; Said is what it told of it.
type Failure struct{ Said string }

func (f *Failure) Error() string { return "git: " + f.Said }

// harmless are settings under which nothing runs that the repository names, and no version is left out, whatever its own are.
var harmless = []string{
	"core.fsmonitor=false", "core.hooksPath=" + os.DevNull, "core.pager=", "core.sshCommand=false", "core.askPass=", "core.gitProxy=", "core.alternateRefsCommand=false",
	"diff.external=", "log.showSignature=false", "log.mailmap=false", "gpg.program=false", "gpg.ssh.program=false", "gpg.x509.program=false", "protocol.allow=never", "credential.helper=",
	"safe.bareRepository=explicit", "submodule.recurse=false", "maintenance.auto=false", "gc.auto=0", "core.quotePath=false", "log.showRoot=true",
}

// kept are the variables for git that stay: where the user's own settings are. Those of acts say who the user is, and how others are reached.
var (
	kept       = []string{"GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM", "GIT_CONFIG_NOSYSTEM", "GIT_CEILING_DIRECTORIES", "GIT_EXEC_PATH"}
	keptOfActs = []string{"GIT_SSH", "GIT_SSH_COMMAND", "GIT_ASKPASS", "GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL", "GIT_COMMITTER_NAME", "GIT_COMMITTER_EMAIL"}
)

// environment gives the variables of this process for git, with those that name another repository left out.
func environment(act bool) []string {
	env := slices.DeleteFunc(os.Environ(), func(v string) bool {
		name, _, _ := strings.Cut(v, "=")
		return strings.HasPrefix(name, "GIT_") && !slices.Contains(kept, name) && !(act && slices.Contains(keptOfActs, name))
	})
	env = append(env, "GIT_TERMINAL_PROMPT=0", "GIT_OPTIONAL_LOCKS=0", "GIT_LITERAL_PATHSPECS=1", "LC_ALL=C")
	if act {
		return append(env, "GIT_EDITOR=true", "GIT_SEQUENCE_EDITOR=true")
	}
	return append(env, "GIT_NO_LAZY_FETCH=1", "GIT_ALLOW_PROTOCOL=none", "GIT_ATTR_NOSYSTEM=1")
}

// read runs a command of git that changes nothing.
func (g *Git) read(ctx context.Context, most int64, args ...string) ([]byte, error) {
	return g.readWith(ctx, nil, most, args...)
}

// readWith is read, of a command that reads input.
func (g *Git) readWith(ctx context.Context, input []byte, most int64, args ...string) ([]byte, error) {
	all := []string{"--no-pager"}
	for _, setting := range harmless {
		all = append(all, "-c", setting)
	}
	return g.run(ctx, readTime, false, most, input, append(all, args...))
}

// act runs a command of git as the user would.
func (g *Git) act(ctx context.Context, input []byte, args ...string) ([]byte, error) {
	return g.run(ctx, actTime, true, maxOutput, input, append([]string{"--no-pager", "-c", "safe.bareRepository=explicit"}, args...))
}

func (g *Git) run(ctx context.Context, limit time.Duration, act bool, most int64, input []byte, args []string) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	cmd := exec.CommandContext(ctx, g.program, args...)
	cmd.Dir, cmd.Env, cmd.Stdin = g.dir, environment(act), bytes.NewReader(input)
	cmd.WaitDelay = 2 * time.Second
	out, said := &bounded{most: most, full: cancel}, &bounded{most: 64 << 10}
	cmd.Stdout, cmd.Stderr = out, said
	err := cmd.Run()
	switch {
	case ctx.Err() != nil || out.over:
		return nil, ErrTooLong
	case err == nil:
		return out.Bytes(), nil
	}
	var exit *exec.ExitError
	if !errors.As(err, &exit) {
		return nil, fmt.Errorf("git: %w", err)
	}
	return nil, &Failure{clean(said.String() + "\n" + out.String())}
}

// bounded keeps the first bytes that are written to it.
type bounded struct {
	bytes.Buffer
	most int64
	over bool
	full func() // is called at the first byte too many
}

func (b *bounded) Write(p []byte) (int, error) {
	if room := b.most - int64(b.Len()); int64(len(p)) > room {
		b.Buffer.Write(p[:room])
		b.over = b.over || b.full != nil
		if b.full != nil {
			b.full()
			return 0, io.ErrShortWrite
		}
		return len(p), nil
	}
	return b.Buffer.Write(p)
}

var secret = regexp.MustCompile(`://[^/\s@]*@`)

// clean gives what git said, without names and passwords in addresses, as a text for people.
func clean(said string) string {
	said = secret.ReplaceAllString(strings.ToValidUTF8(said, "?"), "://")
	said = strings.Join(strings.FieldsFunc(said, func(r rune) bool { return r < ' ' && r != '\t' }), "\n")
	if runes := []rune(said); len(runes) > 2000 {
		said = string(runes[:2000]) + "…"
	}
	return strings.TrimSpace(said)
}
