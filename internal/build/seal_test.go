package build_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"leerblad/internal/build"
	"leerblad/internal/edit"
)

// Somebody approves of an issue and marks it as sent, and then what it shows changes: its text, an item, the settings or the theme.
func TestSealsHoldUntilTheMailIsAnother(t *testing.T) {
	dir := t.TempDir()
	put := func(name, text string) {
		t.Helper()
		name = filepath.Join(dir, "content", name)
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	const issue = "---\ntitle: Brief\ndate: 2021-01-02\nitems: [sheets/een]\n---\n\nTekst.\n"
	original := map[string]string{
		"site.yaml":            "title: Proef\nurl: https://example.org/\nnewsletter: {profile: mailchimp, from: r@example.org, address: Plein 1}\n",
		"newsletters/brief.md": issue,
		"sheets/een.md":        "---\ntitle: Een\ndate: 2021-01-01\n---\n\n- [+] Goed.\n",
		"pages/los.md":         "---\ntitle: Los\n---\n\nTekst.\n",
	}
	for name, text := range original {
		put(name, text)
	}
	root, err := os.OpenRoot(filepath.Join(dir, "content"))
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	state := func() (build.Seal, string) {
		t.Helper()
		r, _ := buildFolder(t, dir)
		s, ok, err := r.Seal("brief")
		if !ok || err != nil {
			t.Fatal(ok, err)
		}
		var codes []string
		for _, d := range r.Problems {
			if strings.HasPrefix(string(d.Code), "approval") || strings.HasPrefix(string(d.Code), "sent") {
				codes = append(codes, string(d.Code))
			}
		}
		return s, strings.Join(codes, " ")
	}
	write := func(set edit.Set, err error) {
		t.Helper()
		if err == nil {
			err = set.Write(root)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	s, _ := state()
	write(s.Approve("Redactie: eindredactie", "2021-01-03"))
	approved, _ := os.ReadFile(filepath.Join(dir, "content", "newsletters/brief.md"))
	if now, codes := state(); codes != "" || now.Stale || now.Digest != s.Digest || now.Approved.By.Value != "Redactie: eindredactie" || now.Approved.Date.Day != "2021-01-03" {
		t.Fatalf("approved of: %+v %s", now, codes)
	}
	for name, text := range map[string]string{
		"newsletters/brief.md": strings.Replace(string(approved), "Tekst.", "Andere tekst.", 1),
		"sheets/een.md":        strings.Replace(original["sheets/een.md"], "Goed", "Beter", 1),
		"site.yaml":            strings.Replace(original["site.yaml"], "Plein 1", "Plein 2", 1),
	} {
		before, _ := os.ReadFile(filepath.Join(dir, "content", name))
		put(name, text)
		if now, codes := state(); codes != "approval-stale" || !now.Stale {
			t.Errorf("%s changed: %q", name, codes)
		}
		put(name, string(before))
		if _, codes := state(); codes != "" {
			t.Errorf("%s is as it was: %q", name, codes)
		}
	}
	put("pages/los.md", strings.Replace(original["pages/los.md"], "Tekst", "Andere tekst", 1))
	if _, codes := state(); codes != "" {
		t.Errorf("what the mail does not show changed: %q", codes)
	}

	s, _ = state()
	write(s.Send(root, "2021-01-04"))
	kept := filepath.Join(dir, "content", filepath.FromSlash("sent/"+s.Digest[:16]+".eml"))
	data, err := os.ReadFile(kept)
	if err != nil {
		t.Fatal(err)
	}
	r, files := buildFolder(t, dir)
	m, err := r.Mail("brief", "")
	if err != nil || string(m.Message) != string(data) {
		t.Error("another message is kept", err)
	}
	for name := range files {
		if strings.Contains(name, s.Digest[:16]) {
			t.Errorf("%s is published", name)
		}
	}
	put("sheets/een.md", strings.Replace(original["sheets/een.md"], "Goed", "Later anders", 1))
	if now, codes := state(); codes != "" || now.Stale || now.Digest == s.Digest || now.SentFile != "sent/"+s.Digest[:16]+".eml" {
		t.Errorf("what was sent needs no approval: %+v %q", now, codes)
	}
	s, _ = state()
	s.Digest = s.Sent.Digest.Value // marked once more, with what is kept already
	write(s.Send(root, "2021-01-05"))
	if err := os.WriteFile(kept, append(data, '!'), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, codes := state(); codes != "sent-changed" {
		t.Errorf("the message was changed: %q", codes)
	}
	if err := os.Remove(kept); err != nil {
		t.Fatal(err)
	}
	if _, codes := state(); codes != "sent-lost" {
		t.Errorf("the message is gone: %q", codes)
	}
}
