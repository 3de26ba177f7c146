package main

import (
	"path"
	"path/filepath"

	"leerblad/internal/build"
	"leerblad/internal/devserver"
	"leerblad/internal/diag"
	"leerblad/internal/newsletter"
)

// newsletters are those of a build, as the server shows them.
type newsletters struct {
	*build.Result
	printer diag.Printer
}

func (n newsletters) Profiles() []string { return newsletter.Profiles() }

func (n newsletters) Issues() []devserver.Issue {
	var out []devserver.Issue
	for _, i := range n.Result.Issues() {
		out = append(out, devserver.Issue{
			Slug: i.Slug, Title: i.Title, File: path.Join(filepath.ToSlash(n.printer.Root), i.File), Path: i.Path,
		})
	}
	return out
}

// seal gives what an issue says of its mail, for its desk.
func (n newsletters) seal(slug string) (out devserver.Seal, err error) {
	s, _, err := n.Result.Seal(slug)
	out = devserver.Seal{
		Digest: s.Digest, By: s.Approved.By.Value, Approved: n.Day(s.Approved.Date.Day), Stale: s.Stale,
		Sent: n.Day(s.Sent.Date.Day), SentFile: s.SentFile, Draft: s.Draft, Wrong: s.Wrong,
	}
	set := n.Newsletter()
	if out.Profile = set.Profile.Value; out.Profile == "" {
		out.Profile = newsletter.Plain
	}
	if set.SMTP.Host != "" {
		out.Test = set.Test
	}
	return out, err
}

func (n newsletters) Mail(slug, profile string) (out devserver.Mail, ok bool, err error) {
	m, err := n.Result.Mail(slug, profile)
	if m == nil || err != nil {
		return out, false, err
	}
	seal, err := n.seal(slug)
	if err != nil {
		return out, false, err
	}
	return devserver.Mail{
		Seal:    seal,
		Profile: m.Profile, From: m.From, Subject: m.Subject, Preheader: m.Preheader, HTML: m.HTML, Text: m.Text, Message: m.Message,
		Origin: n.Origin(), Problems: func() []devserver.Problem { return problems(n.printer, n.AboutIssue(slug, m)) },
	}, true, nil
}
