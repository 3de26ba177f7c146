package build

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"

	"leerblad/internal/diag"
	"leerblad/internal/document"
	"leerblad/internal/edit"
	"leerblad/internal/frontmatter"
	"leerblad/internal/newsletter"
	"leerblad/internal/publication"
	"leerblad/internal/site"
	"leerblad/internal/source"
)

// sentFolder holds the mails that were sent, as messages.
const sentFolder = "sent"

// sentFile is where the message of a mail that was sent is, by its digest: moving an issue does not change it.
func sentFile(digest string) string { return sentFolder + "/" + digest[:16] + ".eml" }

// stale reports whether the mail of an issue, whose message has a digest, is not the one that somebody approved of. One that was sent needs no
// approval any more.
func stale(e *publication.Entry, digest string) bool {
	approved := e.Meta.Approved.Digest.Value
	return approved != "" && approved != digest && e.Meta.Sent.Digest.Value == ""
}

// sealing gives the changes with which a key of an issue is v.
func sealing(f *source.File, key string, v any) (edit.Changes, error) {
	return frontmatter.Set(f, frontmatter.Front, document.Shape(document.Keys), []string{key}, v)
}

// archived is the digest of a file as it was when it was read.
type archived struct {
	file   *source.File
	digest string
}

// checkSent says which mails that were sent are not kept as they were.
func (b *Builder) checkSent(r *Result) (diags diag.List, err error) {
	kept := map[string]archived{}
	for _, i := range r.plan.Issues {
		s := i.Entry.Meta.Sent
		if s.Digest.Value == "" {
			continue
		}
		name := sentFile(s.Digest.Value)
		file := b.tree.File(name)
		if file == nil {
			diags.Add("sent-lost", s.Span, string(s.Date.Day), name)
			continue
		}
		if kept[name] = b.sent[name]; kept[name].file != file {
			digest, err := b.digestOf(name)
			if err != nil {
				return nil, err
			}
			kept[name] = archived{file, digest}
		}
		if kept[name].digest != s.Digest.Value {
			diags.Add("sent-changed", s.Span, name, string(s.Date.Day))
		}
	}
	b.sent = kept
	return diags, nil
}

// digestOf gives the SHA-256 of a file of the publication, in hexadecimal digits; "" for one that cannot be read.
func (b *Builder) digestOf(name string) (string, error) {
	root, err := os.OpenRoot(b.options.Content)
	if err != nil {
		return "", err
	}
	defer root.Close()
	f, err := source.OpenIn(root, name)
	if err != nil {
		return "", nil
	}
	defer f.Close()
	sum := sha256.New()
	if _, err := io.Copy(sum, f); err != nil {
		return "", fmt.Errorf("read %s: %w", name, err)
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}

// Seal is what an issue says of its mail.
type Seal struct {
	File           string // of the issue, in the publication folder
	Digest         string // of its mail as it is now
	Approved, Sent document.Seal
	Stale          bool   // its mail, or the one that was sent, is another than the one that was approved of
	SentFile       string // the mail that was sent, in the publication folder; "" for none
	Draft, Wrong   bool   // the issue is a draft; it or its mail has errors

	entry *publication.Entry
	mail  *newsletter.Mail
}

// Seal gives what an issue says of its mail; ok is false where there is no such issue.
func (r *Result) Seal(slug string) (s Seal, ok bool, err error) {
	at := slices.IndexFunc(r.plan.Issues, func(i site.Issue) bool { return i.Entry.Slug == slug })
	if at < 0 {
		return s, false, nil
	}
	e := r.plan.Issues[at].Entry
	m, err := r.compose(r.plan.Issues[at], r.profile())
	if err != nil {
		return s, true, err
	}
	s = Seal{
		File: e.Source().Path, Digest: m.Digest(), Approved: e.Meta.Approved, Sent: e.Meta.Sent,
		Draft: e.Meta.Draft, Wrong: r.AboutIssue(slug, m).HasErrors(), entry: e, mail: m,
	}
	last := s.Digest
	if sent := s.Sent.Digest.Value; sent != "" {
		last, s.SentFile = sent, sentFile(sent)
	}
	s.Stale = s.Approved.Digest.Value != "" && s.Approved.Digest.Value != last
	return s, true, nil
}

// Day gives a day as readers see it, "" for none.
func (r *Result) Day(d frontmatter.Day) string {
	if d == "" {
		return ""
	}
	return site.Date(r.theme.Words, d)
}

// Approve gives what makes an issue say who approved of its mail, on a day.
func (s Seal) Approve(by string, day frontmatter.Day) (edit.Set, error) {
	changes, err := sealing(s.entry.Source(), "approved", map[string]any{"by": by, "date": string(day), "digest": s.Digest})
	return edit.Set{Texts: changes}, err
}

// Send gives what makes an issue say that its mail was sent on a day, and keeps that mail, unless it is kept.
func (s Seal) Send(root *os.Root, day frontmatter.Day) (edit.Set, error) {
	changes, err := sealing(s.entry.Source(), "sent", map[string]any{"date": string(day), "digest": s.Digest})
	set := edit.Set{Texts: changes}
	if _, there := root.Lstat(sentFile(s.Digest)); errors.Is(there, fs.ErrNotExist) {
		set.New = []edit.New{{Path: sentFile(s.Digest), Data: s.mail.Message}}
	}
	return set, err
}
