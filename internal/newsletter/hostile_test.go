package newsletter_test

import (
	"bytes"
	"fmt"
	"mime"
	"net/mail"
	"regexp"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/tools/txtar"

	"leerblad/internal/newsletter"
)

// hostile are texts that a sending tool, a mail program or a browser must never take for a tag, a header or markup.
var hostile = []string{
	"*|UNSUB|*", "*|ARCHIVE|*", "{{ x }}", "{{ unsubscribe }}", "{% if x %}", "{{{x}}}", "{#x#}", "%UNSUBSCRIBELINK%", "%WEBCOPY%", "%%x%%", "[[PERMALINK]]",
	"[[UNSUB_LINK_NL]]", "[unsubscribe]", "[webversion]", "[%x%]", "<%x%>", "${x}", "#{x}", "<unsubscribe>x</unsubscribe>", "<script>alert(1)</script>",
	"\" onload=\"x", "]]><!--[if mso]>-->", "\u202egeheim\u202c", "\u2067x", "a\u2028b",
}

// anyTag is what a tool may take for a tag, in HTML or in text.
var anyTag = regexp.MustCompile(`\*\||\|\*|\{\{|\}\}|\{[%#]|[%#]\}|\[\[|\]\]|\[%|%\]|<%|%>|\$\{|#\{|%%|\[\pL|%[A-Za-z_][\w:-]{2,}%|<unsubscribe|<webversion|<script`)

// hostileIssue is a publication of which every text that a mail shows is bad.
func hostileIssue(bad string) *txtar.Archive {
	quoted := `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(bad) + ` en verder een heel gewone tekst"`
	body := "Alinea `" + bad + "` " + escape(bad) + "\n\n## Kop " + escape(bad) + "\n\n- [+] Punt " + escape(bad) + "\n\n![" + escape(bad) + "](../media/foto.jpg \"" + escape(bad) +
		"\")\n\n| " + strings.ReplaceAll(escape(bad), "|", `\|`) + " |\n| - |\n| x |\n\n```\n" + bad + "\n```\n\n> " + escape(bad) + "\n\n[link](<https://example.com/" + address(bad) + "?x=" + address(bad) + ">)\n"
	return &txtar.Archive{Files: []txtar.File{
		{Name: "site.yaml", Data: fmt.Appendf(nil, "title: %[1]s\ntagline: %[1]s\nurl: https://example.org/\nnewsletter: {profile: laposta, from: redactie@example.org, address: %[1]s}\n", quoted)},
		{Name: "recommendations/r.md", Data: fmt.Appendf(nil, "---\ntitle: %[1]s\nsummary: %[1]s\ndate: 2021-01-01\naudience: [%[1]s]\n---\n", quoted)},
		{Name: "newsletters/n.md", Data: fmt.Appendf(nil, "---\ntitle: %[1]s\nsummary: %[1]s\ndate: 2021-01-01\nsubject: %[1]s\npreheader: %[1]s\nitems: [recommendations/r]\n---\n\n%[2]s", quoted, body)},
	}}
}

// escape gives a text in Markdown.
func escape(text string) string {
	return regexp.MustCompile("[!-/:-@\\[-`{-~]").ReplaceAllStringFunc(text, func(s string) string { return `\` + s })
}

// address gives what may stand between < and > as an address.
func address(text string) string {
	return strings.NewReplacer("<", "", ">", "", "\u2028", "", `"`, "").Replace(text)
}

func TestHostileTextsStayTexts(t *testing.T) {
	t.Parallel()
	for _, bad := range hostile {
		t.Run(bad, func(t *testing.T) {
			r := buildWith(t, hostileIssue(bad))
			if r.Problems.HasErrors() {
				t.Fatal(r.Problems)
			}
			m := mailOf(t, r, "n", "")
			plain := regexp.MustCompile(`(?s)<!--\[if mso\].*?<!\[endif\]-->|<style>.*?</style>|width="100%"|width:100%`).ReplaceAll(m.HTML, nil)
			for name, data := range map[string][]byte{"HTML": plain, "text": m.Text, "subject": []byte(m.Subject), "preheader": []byte(m.Preheader)} {
				if tag := anyTag.Find(data); tag != nil && (name == "HTML" || tag[0] != '<') {
					at := bytes.Index(data, tag)
					t.Errorf("%s has %q in %q", name, tag, data[max(0, at-60):min(len(data), at+60)])
				}
				for _, c := range string(data) {
					if unicode.Is(unicode.Bidi_Control, c) || c == '\u2028' || unicode.IsControl(c) && c != '\n' {
						t.Errorf("%s has the control character %U", name, c)
					}
				}
			}
			for _, name := range attributesOf(t, m.HTML) {
				if name == "onload" {
					t.Error("an attribute from a text")
				}
			}
			headers := header(t, m)
			if len(headers) != 5 {
				t.Errorf("headers: %v", headers)
			}
			shown := strings.Map(func(c rune) rune {
				if c == '\u200c' || c == '\u200b' {
					return -1
				}
				return c
			}, read(t, m.HTML).text)
			want := strings.Map(func(c rune) rune {
				if unicode.Is(unicode.Bidi_Control, c) {
					return -1
				}
				return c
			}, bad)
			// Title, lead, preheader, body (alinea twice, kop, punt, caption, cell, code, quote), card (3), footer and masthead (3).
			if n := strings.Count(shown, words(want)); n < 15 {
				t.Errorf("a reader sees %q %d times: %s", want, n, shown)
			}
		})
	}
}

func header(t *testing.T, m *newsletter.Mail) mail.Header {
	t.Helper()
	message, err := mail.ReadMessage(bytes.NewReader(m.Message))
	if err != nil {
		t.Fatal(err)
	}
	if got, err := new(mime.WordDecoder).DecodeHeader(message.Header.Get("Subject")); err != nil || got != m.Subject {
		t.Errorf("subject %q, want %q: %v", got, m.Subject, err)
	}
	return message.Header
}

func TestASubjectOfManyLinesIsOneHeader(t *testing.T) {
	t.Parallel()
	for _, subject := range []string{`"Een\r\nBcc: x@example.org\r\n\r\nHallo"`, `"` + strings.Repeat("Wóórd ", 60) + `"`, `"` + strings.Repeat("lang", 200) + `"`, `"🙂 ` + strings.Repeat("é", 90) + `"`} {
		r := buildWith(t, &txtar.Archive{Files: []txtar.File{
			{Name: "site.yaml", Data: []byte("title: T\nurl: https://example.org/\n")},
			{Name: "newsletters/n.md", Data: []byte("---\ntitle: T\ndate: 2021-01-01\nsubject: " + subject + "\n---\n\nDag.\n")},
		}})
		m := mailOf(t, r, "n", "")
		if h := header(t, m); h.Get("Bcc") != "" || len(h) != 4 {
			t.Errorf("headers of %.40s: %v", subject, h)
		}
		head, _, _ := strings.Cut(string(m.Message), "\r\n\r\n")
		for _, l := range strings.Split(head, "\r\n") {
			if len(l) > 78 && strings.Contains(subject, "ó") {
				t.Errorf("header line of %d bytes", len(l))
			}
		}
	}
}

func TestLongWordsAndLinesBreak(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("aaaaaaaaaé", 300)
	r := buildWith(t, &txtar.Archive{Files: []txtar.File{
		{Name: "site.yaml", Data: []byte("title: T\nurl: https://example.org/\n")},
		{Name: "newsletters/n.md", Data: []byte("---\ntitle: T\ndate: 2021-01-01\n---\n\n" + long + "\n\n" + strings.Repeat("&amp;", 400) + "\n\n" + strings.Repeat("woord ", 900) + "\n\n```\n" + long + "\n" + strings.Repeat("a b ", 600) + "\n```\n")},
	}})
	m := mailOf(t, r, "n", "")
	for l := range bytes.Lines(m.HTML) {
		if len(l) > 998 {
			t.Errorf("line of %d bytes", len(l))
		}
	}
	for l := range bytes.Lines(m.Text) {
		if n := len([]rune(string(l))); n > 79 && strings.Contains(strings.TrimSpace(string(l)), " ") || len(l) > 999 {
			t.Errorf("text line of %d characters: %s", n, l)
		}
	}
	if got := read(t, m.HTML).text; !strings.Contains(got, long) || !strings.Contains(got, strings.Repeat("&", 400)) {
		t.Error("a long word changed")
	}
}
