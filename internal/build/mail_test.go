package build

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"testing"
)

func TestMailFollowsItsItems(t *testing.T) {
	b, r := publish(t, map[string]string{
		"media/schema.svg":   `<svg xmlns="http://www.w3.org/2000/svg" width="4" height="3"/>`,
		"stories/verhaal.md": "---\ntitle: Verhaal\ndate: 2021-05-01\n---\n",
		"pages/los.md":       "---\ntitle: Los\n---\n",
		"newsletters/n.md":   "---\ntitle: N\ndate: 2021-05-01\nitems: [stories/verhaal]\n---\n",
	})
	const name = "nieuwsbrieven/n/mail.html"
	codes := func(r *Result) (n int) {
		for _, d := range r.Problems {
			if d.Code == "mail-picture" {
				n++
			}
		}
		return n
	}
	rebuild := func(file, text string) *Result {
		t.Helper()
		file = filepath.Join(b.options.Content, file)
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		r, err := b.Build(context.Background(), file)
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	before := r.Sum(name)
	if data, ok, err := r.Preview(name); !ok || err != nil || !bytes.Contains(data, []byte(">Verhaal</a>")) || before == "" || r.Sum("nieuwsbrieven/n/mail.pdf") != "" {
		t.Fatalf("no mail: %t %v %s", ok, err, data)
	}
	if codes(r) != 0 {
		t.Fatal(r.Problems)
	}
	if r = rebuild("pages/los.md", "---\ntitle: Anders\n---\n"); r.Sum(name) != before {
		t.Error("the mail changed with a page that is not in it")
	}
	if r = rebuild("stories/verhaal.md", "---\ntitle: Ander verhaal\ndate: 2021-05-01\nimage: {src: ../media/schema.svg, alt: \"\"}\n---\n"); r.Sum(name) == before || codes(r) != 1 {
		t.Errorf("the mail did not follow its item: %v", r.Problems)
	}
	if r = rebuild("pages/los.md", "---\ntitle: Los\n---\n"); codes(r) != 1 {
		t.Errorf("a problem was forgotten: %v", r.Problems)
	}
	if m, err := r.Mail("geen", ""); m != nil || err != nil || len(r.Issues()) != 1 || r.Issues()[0].Folder != "nieuwsbrieven/n" {
		t.Errorf("issues: %v", r.Issues())
	}
}

func TestAnAddressOfAMailIsTaken(t *testing.T) {
	_, r := publish(t, map[string]string{
		"newsletters/n.md": "---\ntitle: N\ndate: 2021-05-01\naliases: [/nieuwsbrieven/n/mail.html]\n---\n\nDag.\n",
	})
	for _, d := range r.Problems {
		if d.Code == "duplicate-url" {
			return
		}
	}
	t.Errorf("problems: %v", r.Problems)
}
