package main

import (
	"path"
	"path/filepath"
	"slices"

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

func (n newsletters) Mail(slug, profile string) (out devserver.Mail, ok bool, err error) {
	m, err := n.Result.Mail(slug, profile)
	if m == nil || err != nil {
		return out, false, err
	}
	return devserver.Mail{
		Profile: m.Profile, From: m.From, Subject: m.Subject, Preheader: m.Preheader, HTML: m.HTML, Text: m.Text, Message: m.Message,
		Origin: n.Origin(), Problems: func() []devserver.Problem { return problems(n.printer, n.about(slug, m)) },
	}, true, nil
}

// about gives what is wrong with an issue and its mail.
func (n newsletters) about(slug string, m *newsletter.Mail) diag.List {
	var file string
	for _, i := range n.Result.Issues() {
		if i.Slug == slug {
			file = i.File
		}
	}
	list := append(n.CheckProfile(m.Profile), m.Check()...)
	for _, d := range slices.Concat(n.Problems, n.Hints()) {
		if d.Span.File != nil && d.Span.File.Path == file {
			list = append(list, d)
		}
	}
	return list.Sorted()
}
