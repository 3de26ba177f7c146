package main

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"leerblad/internal/build"
	"leerblad/internal/courier"
	"leerblad/internal/desk"
	"leerblad/internal/diag"
	"leerblad/internal/newsletter"
)

// passwordName is the variable of the environment that alone holds the mail server's password.
const passwordName = "LEERBLAD_SMTP_PASSWORD"

// testMail is an issue that goes to some of the test addresses.
type testMail struct {
	mail   *newsletter.Mail
	server courier.Server
	from   string // as the settings have it, "" for the mail's own
	to     []string
}

// testOf prepares an issue to be sent to addresses, which are test addresses all, or to all of those.
func testOf(words words, result *build.Result, m *newsletter.Mail, addresses []string) (t testMail, err error) {
	s := result.Newsletter()
	t = testMail{mail: m, from: s.SMTP.From, server: courier.Server{Host: s.SMTP.Host, Port: s.SMTP.Port, User: s.SMTP.User, Password: os.Getenv(passwordName)}}
	for _, a := range addresses {
		i := slices.IndexFunc(s.Test, func(listed string) bool { return strings.EqualFold(listed, strings.TrimSpace(a)) })
		if i < 0 {
			return t, errors.New(words.get("test.unlisted", a))
		}
		t.to = append(t.to, s.Test[i])
	}
	switch {
	case t.server.Host == "":
		return t, errors.New(words.get("test.no-server"))
	case len(s.Test) == 0:
		return t, errors.New(words.get("test.no-addresses"))
	case m.Sender(t.from) == "":
		return t, errors.New(words.get("test.no-sender"))
	case t.server.User != "" && t.server.Password == "":
		return t, errors.New(words.get("test.no-password"))
	case len(addresses) == 0:
		t.to = s.Test
	}
	return t, nil
}

// send sends it, and says what became of it for each address that it came to.
func (t testMail) send(ctx context.Context, words words) (out []desk.Tested, err error) {
	var letters []courier.Letter
	for _, to := range t.to {
		letters = append(letters, courier.Letter{To: to, Data: t.mail.Proof(newsletter.Proof{From: t.from, To: to, At: time.Now(), ID: rand.Text()})})
	}
	errs, err := t.server.Send(ctx, t.mail.Sender(t.from), letters)
	for i, refused := range errs {
		next := desk.Tested{To: t.to[i], Sent: refused == nil}
		if refused != nil {
			next.Message = describe(refused, words)
		}
		out = append(out, next)
	}
	return out, err
}

// test sends an issue as test mail, as newsletter --send-test asks.
func (o *options) test(cmd *cobra.Command, words words, result *build.Result, profile string, args []string) error {
	m, err := result.Mail(args[0], profile)
	if err != nil {
		return err
	}
	if m == nil {
		return unknownIssue(words, result, args[0])
	}
	problems := slices.DeleteFunc(result.AboutIssue(args[0], m), func(d diag.Diagnostic) bool { return d.Severity() == diag.Hint })
	if err := o.print(cmd, words, result, problems); err != nil {
		if errors.Is(err, errContent) {
			fmt.Fprintln(cmd.ErrOrStderr(), words.get("test.errors"))
		}
		return err
	}
	t, err := testOf(words, result, m, args[1:])
	if err != nil {
		return err
	}
	all, err := t.send(cmd.Context(), words)
	failed := false
	for _, next := range all {
		failed = failed || !next.Sent
		switch {
		case o.json:
			if err := json.NewEncoder(cmd.OutOrStdout()).Encode(next); err != nil {
				return err
			}
		case next.Sent:
			fmt.Fprintln(cmd.OutOrStdout(), words.get("test.sent", next.To))
		default:
			fmt.Fprintln(cmd.ErrOrStderr(), words.get("test.not-sent", next.To, next.Message))
		}
	}
	if err == nil && failed {
		return errFailed
	}
	return err
}

// test sends an issue of a build as test mail, as the desk asks. What an error says is for people.
func (p *preview) test(ctx context.Context, result *build.Result, slug string) (out []desk.Tested, err error) {
	words := words(result.Language)
	m, err := result.Mail(slug, "")
	switch {
	case err != nil:
		return nil, err
	case m == nil:
		return nil, errors.New(words.get("no-issues"))
	case result.AboutIssue(slug, m).HasErrors():
		return nil, errors.New(words.get("test.errors"))
	}
	t, err := testOf(words, result, m, nil)
	if err != nil {
		return nil, err
	}
	out, err = t.send(ctx, words)
	if err != nil {
		err = errors.New(describe(err, words))
	}
	return out, err
}
