package main

import (
	"errors"
	"net/mail"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"leerblad/internal/mailpit"
)

// called is what a call of leerblad printed, and its exit status.
type called struct {
	out, err string
	status   int
}

// publicationWith makes a publication with an issue, a draft, for a mail server, and gives what calls leerblad in it.
func publicationWith(t *testing.T, smtp string) func(environment []string, args ...string) called {
	t.Helper()
	dir := t.TempDir()
	for name, text := range map[string]string{
		"site.yaml": "title: Proef\nurl: https://example.org/\n" +
			"newsletter:\n  profile: brevo\n  from: \"Redactie <redactie@example.org>\"\n  address: Plein 1\n  test: [ene@example.org, andere@example.org, weg@elders.example]\n" + smtp,
		"newsletters/maart.md": "---\ntitle: Maart\ndate: 2024-03-01\ndraft: true\nsubject: Wat óók werkt\ngreeting: \"Beste {name},\"\n" +
			"preheader: \"Een preheader die lang genoeg is om in een postvak naast het onderwerp te staan en te blijven.\"\n---\n\nEen tekst met *nadruk*.\n",
	} {
		name = filepath.Join(dir, "content", name)
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	program, err := exec.LookPath("leerblad")
	if err != nil {
		t.Fatal(err)
	}
	return func(environment []string, args ...string) called {
		t.Helper()
		cmd := exec.Command(program, append([]string{"newsletter", "maart", "--now", "2024-02-01"}, args...)...)
		cmd.Dir, cmd.Env = dir, append(os.Environ(), environment...)
		var out, printed strings.Builder
		cmd.Stdout, cmd.Stderr = &out, &printed
		var exit *exec.ExitError
		if err := cmd.Run(); err != nil && !errors.As(err, &exit) {
			t.Fatal(err)
		}
		if all := out.String() + printed.String(); strings.Contains(all, mailpit.Password) {
			t.Errorf("%v: the password is in\n%s", args, all)
		}
		return called{out.String(), printed.String(), cmd.ProcessState.ExitCode()}
	}
}

func TestTestMailIsTheMail(t *testing.T) {
	t.Parallel()
	pit := mailpit.Start(t, mailpit.Options{TLS: true, Auth: true, Args: []string{"--smtp-require-starttls", "--smtp-allowed-recipients", `@example\.org$`}})
	leerblad := publicationWith(t, "  smtp: {host: localhost, port: "+strconv.Itoa(pit.Port)+", user: "+mailpit.User+"}\n")
	trusts, password := "SSL_CERT_FILE="+pit.Certificate, "LEERBLAD_SMTP_PASSWORD="+mailpit.Password
	for _, c := range []struct {
		environment []string
		args        []string
		want        string
		status      int
	}{
		{[]string{trusts, password}, []string{"ene@example.org", "vreemd@example.org"}, "vreemd@example.org staat niet onder newsletter: test: in site.yaml; proefmail gaat alleen daarheen", 2},
		{[]string{trusts}, nil, "er is een gebruiker maar geen wachtwoord; zet het voor deze opdracht in de omgeving als LEERBLAD_SMTP_PASSWORD", 2},
		{[]string{trusts, password + "-niet"}, nil, "de mailserver kent deze gebruiker met dit wachtwoord niet (535)", 2},
		{[]string{password}, nil, "het certificaat van de mailserver klopt niet (x509: certificate signed by unknown authority)", 2},
		{[]string{trusts, password}, []string{"--profile", "x"}, "kies uit", 2},
	} {
		if got := leerblad(c.environment, append(c.args, "--send-test")...); got.status != c.status || !strings.Contains(got.err, c.want) || got.out != "" {
			t.Errorf("%v: %+v", c.args, got)
		}
	}
	if came := pit.Messages(t); len(came) != 0 {
		t.Fatalf("%d came", len(came))
	}
	got := leerblad([]string{trusts, password}, "--send-test")
	if got.status != 2 || got.out != "proefmail verstuurd aan ene@example.org\nproefmail verstuurd aan andere@example.org\n" ||
		!strings.Contains(got.err, "niet verstuurd aan weg@elders.example: de mailserver neemt voor dit adres geen mail aan (550 5.1.0") {
		t.Errorf("%+v", got)
	}
	if got := leerblad([]string{trusts, password}, "--send-test", "ENE@example.org", "--json"); got.status != 0 || got.out != `{"to":"ene@example.org","sent":true}`+"\n" {
		t.Errorf("%+v", got)
	}
	came := pit.Messages(t)
	if len(came) != 3 {
		t.Fatalf("%d came", len(came))
	}
	format := func(name string) string { return leerblad(nil, "--drafts", "--future", "--format", name).out }
	html, text, eml := format("html"), format("text"), format("eml")
	ids := map[string]bool{}
	for i, to := range []string{"ene@example.org", "andere@example.org", "ene@example.org"} {
		m := came[i]
		if strings.ReplaceAll(m.HTML, "\r\n", "\n") != html || strings.ReplaceAll(m.Text, "\r\n", "\n") != text || len(m.To) != 1 || m.To[0].Address != to {
			t.Errorf("%s got\n%s\n%s", to, m.HTML, m.Text)
		}
		raw := pit.Raw(t, m.ID)
		head, body, _ := strings.Cut(raw, "\r\n\r\n")
		if _, want, _ := strings.Cut(eml, "\r\n\r\n"); body != want {
			t.Errorf("%s got another body than the .eml has", to)
		}
		read, err := mail.ReadMessage(strings.NewReader(raw))
		if err != nil {
			t.Fatal(err)
		}
		_, err = read.Header.Date()
		if id := read.Header.Get("Message-ID"); err != nil || ids[id] || !strings.HasSuffix(id, "@example.org>") || strings.Contains(head, "X-Unsent") {
			t.Errorf("%s got %v\n%s", to, err, head)
		} else {
			ids[id] = true
		}
		if !strings.Contains(head, "From: \"Redactie\" <redactie@example.org>\r\n") || !strings.Contains(head, "Subject: =?utf-8?q?=5Bproef=5D_Wat_=C3=B3=C3=B3k_werkt?=") {
			t.Errorf("%s got\n%s", to, head)
		}
	}
	t.Logf("as it came:\n%s", pit.Raw(t, came[0].ID)[:1200])
}

func TestTestMailWithoutSettings(t *testing.T) {
	t.Parallel()
	for settings, want := range map[string]string{
		"":                        "er staat nog niet welke mailserver proefmail verstuurt; zet newsletter: {smtp: {host: …, user: …}} in site.yaml",
		"  smtp: {port: 25}\n":    "[missing-key]: ‘host’ ontbreekt",
		"  smtp: {host: a.b c}\n": "[bad-host]: dit is geen naam van een mailserver",
		"  smtp: {host: 'smtp://redactie:" + mailpit.Password + "@mail.example.org'}\n":   "[bad-host]: dit is geen naam van een mailserver",
		"  smtp: {host: mail.example.org, password: " + mailpit.Password + ", port: x}\n": "[secret-key]: een wachtwoord hoort niet in een bestand",
	} {
		got := publicationWith(t, settings)(nil, "--send-test")
		if got.status == 0 || !strings.Contains(got.err, want) || got.out != "" {
			t.Errorf("%q: %+v", settings, got)
		}
	}
}
