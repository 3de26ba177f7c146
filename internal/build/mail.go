package build

import (
	"context"
	"fmt"
	"path"
	"slices"
	"strings"

	"leerblad/internal/diag"
	"leerblad/internal/digest"
	"leerblad/internal/newsletter"
	"leerblad/internal/publication"
	"leerblad/internal/site"
)

// checkedMail is what was wrong with the mail of an issue while its sum was this.
type checkedMail struct {
	sum      digest.Sum
	problems diag.List
	digest   string // of the message
}

// Issue is a newsletter's issue, as Mail knows it.
type Issue struct {
	Slug, Title string
	File        string // in the publication folder
	Folder      string // of the files of its page and its mail
	Path        string // on the site, of its page
}

// Issues gives all issues, newest first.
func (r *Result) Issues() []Issue {
	var out []Issue
	for _, i := range r.plan.Issues {
		out = append(out, Issue{i.Entry.Slug, i.Entry.Title, i.Entry.Source().Path, i.Folder, r.plan.Path(i.Entry)})
	}
	return out
}

// Mail makes the mail of the issue with a slug for a profile, that of the settings where it is "". It is nil where there is no such issue;
// an unknown profile is taken for newsletter.Plain. The error is the machine's.
func (r *Result) Mail(slug, profile string) (*newsletter.Mail, error) {
	for _, i := range r.plan.Issues {
		if i.Entry.Slug == slug {
			if profile == "" {
				return r.compose(i, r.profile())
			}
			p, _ := newsletter.ProfileOf(profile)
			return r.compose(i, p)
		}
	}
	return nil, nil
}

// profile gives the profile of the settings.
func (r *Result) profile() newsletter.Profile {
	p, _ := newsletter.ProfileOf(r.pub.Settings.Newsletter.Profile.Value)
	return p
}

// compose makes the mail of an issue.
func (r *Result) compose(i site.Issue, profile newsletter.Profile) (m *newsletter.Mail, err error) {
	defer func() {
		if bug := recover(); bug != nil {
			err = fmt.Errorf("make the mail of %s: internal error: %v", i.Entry.Reference(), bug)
		}
	}()
	return newsletter.Compose(newsletter.Input{Issue: i.View(), Body: i.Entry.Tree(), Words: r.theme.Words, Size: r.theme.Size, Style: r.theme.mail, Profile: profile}), nil
}

// issueOf gives the issue of which a file of the site is the mail.
func (r *Result) issueOf(name string) (i site.Issue, ok bool) {
	folder, file := path.Split(name)
	if !slices.Contains(site.MailFiles, file) {
		return i, false
	}
	for _, i := range r.plan.Issues {
		if i.Folder+"/" == folder {
			return i, true
		}
	}
	return i, false
}

// madeMail is the mail of which a file was wanted last: its other files mostly come next.
type madeMail struct {
	folder string
	*newsletter.Mail
}

// mailFile gives a file of an issue's mail; ok is false for another file.
func (r *Result) mailFile(name string) (data []byte, ok bool, err error) {
	i, ok := r.issueOf(name)
	if !ok {
		return nil, false, nil
	}
	data, err = r.mailFileOf(i, name)
	return data, true, err
}

// mailFileOf gives the file of that name of an issue's mail.
func (r *Result) mailFileOf(i site.Issue, name string) ([]byte, error) {
	m := r.lastMail.Load()
	if m == nil || m.folder != i.Folder {
		made, err := r.compose(i, r.profile())
		if err != nil {
			return nil, err
		}
		m = &madeMail{i.Folder, made}
		r.lastMail.Store(m)
	}
	switch path.Ext(name) {
	case ".html":
		return m.HTML, nil
	case ".txt":
		return m.Text, nil
	}
	return m.Message, nil
}

// checkMails gives what is wrong with the mails of all issues; it makes those that are not as they were.
func (b *Builder) checkMails(ctx context.Context, r *Result) (diag.List, error) {
	diags := checkProfile(r.pub.Settings.Newsletter)
	if len(r.plan.Issues) == 0 { // what is unknown is wrong all the same
		b.mails = nil
		return slices.DeleteFunc(diags, func(d diag.Diagnostic) bool { return d.Severity() != diag.Error }), nil
	}
	diags = append(diags, r.theme.mailProblems...)
	checked := make([]checkedMail, len(r.plan.Issues))
	profile := r.profile()
	err := b.each(ctx, len(checked), func(at int) error {
		i := r.plan.Issues[at]
		sum := r.plan.IssueSum(i)
		if checked[at] = b.mails[i.Folder]; checked[at].sum == sum {
			return nil
		}
		m, err := r.compose(i, profile)
		if err != nil {
			return err
		}
		checked[at] = checkedMail{sum, m.Check(), m.Digest()}
		return nil
	})
	if err != nil {
		return nil, err
	}
	b.mails = make(map[string]checkedMail, len(checked))
	general := map[string]bool{} // by code and what tells two of a code apart
	for at, c := range checked {
		b.mails[r.plan.Issues[at].Folder] = c
		if e := r.plan.Issues[at].Entry; stale(e, c.digest) {
			a := e.Meta.Approved
			diags.Add("approval-stale", a.Span, a.By.Value, string(a.Date.Day))
		}
		for _, d := range c.problems {
			key := ""
			switch d.Code { // these are in all issues alike, and are told of the newest
			case "mail-contrast":
				key = fmt.Sprint(d.Code, d.Args[3:]) // colours and where they are shown so
			case "mail-fault":
				key = fmt.Sprint(d.Code, d.Args[0])
			}
			if key == "" || !general[key] {
				diags = append(diags, d)
			}
			general[key] = true
		}
	}
	problems, err := b.checkSent(r)
	return append(diags, problems...), err
}

// Origin gives the scheme and host of the site, which mails put before paths on it.
func (r *Result) Origin() string { return r.pub.Settings.Complete("") }

// Newsletter gives what the settings say of newsletters.
func (r *Result) Newsletter() publication.NewsletterSettings { return r.pub.Settings.Newsletter }

// AboutIssue gives what is wrong with an issue, its mail m and the settings: of these only errors, and what there is to say of m's profile.
func (r *Result) AboutIssue(slug string, m *newsletter.Mail) diag.List {
	list := append(r.CheckProfile(m.Profile), m.Check()...)
	var file string
	for _, i := range r.plan.Issues {
		if i.Entry.Slug == slug {
			file = i.Entry.Source().Path
		}
	}
	for _, d := range slices.Concat(r.Problems, r.Hints()) {
		switch {
		case d.Span.File == nil:
		case d.Span.File.Path == file,
			d.Span.File.Path == publication.SettingsFile && d.Severity() == diag.Error && d.Code != "unknown-profile": // which the profile has
			list = append(list, d)
		}
	}
	return list.Sorted()
}

// CheckProfile says what is wrong with mail for a sending tool, in the place of that of the settings.
func (r *Result) CheckProfile(name string) diag.List {
	s := r.pub.Settings.Newsletter
	s.Profile.Value = name
	return checkProfile(s)
}

// checkProfile says what is wrong with the sending tool in the settings.
func checkProfile(s publication.NewsletterSettings) (diags diag.List) {
	names := strings.Join(newsletter.Profiles(), ", ")
	switch p, known := newsletter.ProfileOf(s.Profile.Value); {
	case !known && s.Profile.Value != "":
		diags.AddNear("unknown-profile", s.Profile.Span, s.Profile.Value, newsletter.Profiles(), s.Profile.Value, names)
	case !p.Complete() && s.Profile.Value != "":
		diags.Add("no-unsubscribe", s.Profile.Span, p.Name, names)
	case !p.Complete():
		diags.Add("no-unsubscribe", s.Span, p.Name, names)
	}
	return diags
}
