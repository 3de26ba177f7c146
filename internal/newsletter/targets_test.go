package newsletter_test

import (
	"bytes"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/net/html"

	"leerblad/internal/newsletter"
)

// seen is what readers and programs find in HTML.
type seen struct {
	text      string // with each run of white space as one space
	headings  []string
	addresses []string // of links
	pictures  []map[string]string
}

func read(t *testing.T, data []byte) seen {
	t.Helper()
	root, err := html.Parse(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	var s seen
	var text strings.Builder
	for n := range root.Descendants() {
		switch {
		case n.Type == html.TextNode && n.Parent.Data != "style" && n.Parent.Data != "title" && n.Parent.Data != "noscript":
			text.WriteString(n.Data)
		case n.Type != html.ElementNode:
		case regexp.MustCompile(`^h[1-6]$`).MatchString(n.Data):
			s.headings = append(s.headings, words(textOf(n)))
		case n.Data == "a":
			s.addresses = append(s.addresses, attributes(n)["href"])
		case n.Data == "img":
			s.pictures = append(s.pictures, attributes(n))
		}
	}
	s.text = words(text.String())
	return s
}

func textOf(n *html.Node) string {
	var out strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			out.WriteString(d.Data)
		}
	}
	return out.String()
}

func attributes(n *html.Node) map[string]string {
	out := map[string]string{}
	for _, a := range n.Attr {
		out[a.Key] = a.Val
	}
	return out
}

// attributesOf gives the names of all attributes.
func attributesOf(t *testing.T, data []byte) (names []string) {
	t.Helper()
	root, err := html.Parse(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	for n := range root.Descendants() {
		for _, a := range n.Attr {
			names = append(names, a.Key)
		}
	}
	return names
}

func words(s string) string { return strings.Join(strings.Fields(s), " ") }

func TestMailIsSmall(t *testing.T) {
	t.Parallel()
	for name, m := range issues(t, "") {
		s := read(t, m.HTML)
		ratio := float64(len(m.HTML)) / float64(utf8.RuneCountInString(s.text))
		t.Logf("%s: %d bytes, %.2f a character", name, len(m.HTML), ratio)
		if len(m.HTML) > 15_000 && name != "alles" || ratio > 5 {
			t.Errorf("%s has %d bytes, %.2f a character of text", name, len(m.HTML), ratio)
		}
		style := regexp.MustCompile(`(?s)<style>(.*?)</style>`).FindAllSubmatch(m.HTML, -1)
		if sheet := style[len(style)-1][1]; len(sheet) > 2000 || regexp.MustCompile(`(?s)@[^{}]*\{[^{}]*(?:\{[^{}]*\}[^{}]*)*@`).Match(sheet) {
			t.Errorf("%s: style block of %d bytes: %s", name, len(sheet), sheet)
		}
	}
}

func TestLinesFit(t *testing.T) {
	t.Parallel()
	for name, m := range issues(t, "") {
		for l := range bytes.Lines(m.HTML) {
			if len(l) > 998 {
				t.Errorf("%s: HTML line of %d bytes", name, len(l))
			}
		}
		if bytes.Contains(m.HTML, []byte("<wbr")) {
			t.Errorf("%s: a word is broken", name)
		}
		for l := range strings.Lines(string(m.Text)) {
			l = strings.TrimSuffix(l, "\n")
			if alone := strings.HasPrefix(strings.TrimLeft(l, " >"), "<https://") && !strings.Contains(strings.TrimLeft(l, " >"), " "); utf8.RuneCountInString(l) > 78 && !alone {
				t.Errorf("%s: text line of %d characters: %s", name, utf8.RuneCountInString(l), l)
			}
			if strings.HasPrefix(l, "Beste *|IF") {
				continue // of one word, and a tag that is whole
			}
			if l != strings.TrimRight(l, " ") {
				t.Errorf("%s: blank at the end of %q", name, l)
			}
		}
		if bytes.Contains(bytes.ReplaceAll(m.Message, []byte("\r\n"), nil), []byte("\n")) || bytes.Contains(bytes.ReplaceAll(m.Message, []byte("\r\n"), nil), []byte("\r")) {
			t.Errorf("%s: a bare LF or CR in the message", name)
		}
		for l := range strings.SplitSeq(string(m.Message), "\r\n") {
			if len(l) > 76 {
				t.Errorf("%s: message line of %d bytes: %s", name, len(l), l)
			}
		}
	}
}

func TestTextHasTheHeadingsAndAddressesOfTheHTMLInTheirOrder(t *testing.T) {
	t.Parallel()
	for name, m := range issues(t, "") {
		s := read(t, m.HTML)
		text := string(m.Text)
		at := 0
		for _, a := range s.addresses {
			shown := "<" + a + ">"
			if strings.HasPrefix(a, "*|") {
				shown = a
			}
			i := strings.Index(text[at:], shown)
			if i < 0 {
				t.Fatalf("%s: %s is not in the text after byte %d", name, shown, at)
			}
			at += i + len(shown)
		}
		if n := strings.Count(text, "<https://") + strings.Count(text, "<mailto:") + strings.Count(text, ": *|"); n != len(s.addresses) {
			t.Errorf("%s: %d addresses in the text, %d in the HTML", name, n, len(s.addresses))
		}
		rest := words(text)
		for _, h := range s.headings {
			i := strings.Index(rest, h)
			if i < 0 {
				t.Fatalf("%s: heading %q is not in the text in its place", name, h)
			}
			rest = rest[i:]
		}
		if len(s.headings) < 10 {
			t.Errorf("%s: only %d headings", name, len(s.headings))
		}
	}
}

func TestOwnLinksHaveTheParametersOnce(t *testing.T) {
	t.Parallel()
	own, others := 0, 0
	for _, a := range read(t, issues(t, "")["alles"].HTML).addresses {
		switch {
		case !strings.HasPrefix(a, "https://example.org/le/"):
			others++
			if strings.Contains(a, "utm_") {
				t.Errorf("a foreign link with parameters: %s", a)
			}
		case strings.Contains(a, "utm_source=anders"):
			if a != "https://example.org/le/zoeken/?utm_source=anders&utm_medium=e-mail#x" {
				t.Errorf("its own source: %s", a)
			}
		default:
			own++
			if strings.Count(a, "utm_source=nieuwsbrief&utm_medium=e-mail") != 1 || strings.Count(a, "utm_") != 2 {
				t.Errorf("parameters of %s", a)
			}
			if i := strings.Index(a, "#"); i >= 0 && i < strings.Index(a, "?") {
				t.Errorf("parameters in a fragment: %s", a)
			}
		}
	}
	if own < 12 || others < 3 {
		t.Errorf("%d own links, %d others", own, others)
	}
}

func TestPicturesFitMail(t *testing.T) {
	t.Parallel()
	r := all(t)
	pictures := read(t, mailOf(t, r, "alles", "").HTML).pictures
	if len(pictures) != 2 {
		t.Fatalf("%d pictures", len(pictures))
	}
	set, err := r.Set()
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range pictures {
		file, own := strings.CutPrefix(p["src"], "https://example.org/le/")
		data, ok, _ := set.Get(file)
		if !own || !ok || len(data) > 200_000 || p["width"] == "" || p["height"] == "" {
			t.Errorf("%v: %d bytes", p, len(data))
		}
	}
	if p := pictures[0]; p["alt"] != "Een brug over de rivier" || p["width"] != "400" || p["height"] != "300" {
		t.Errorf("the figure is %v", p)
	}
	if p := pictures[1]; p["alt"] != "" || p["width"] != "558" || p["height"] != "313" {
		t.Errorf("the card's picture is %v", p)
	}
}

func TestProfilesHaveTheirOwnTagsAndNoOthers(t *testing.T) {
	t.Parallel()
	tags := map[string][]string{ // in HTML, and then in text
		"mailchimp":        {`href="*|UNSUB|*"`, `href="*|ARCHIVE|*"`, "Afmelden: *|UNSUB|*\n", "browser: *|ARCHIVE|*\n"},
		"campaign-monitor": {"<unsubscribe>Afmelden</unsubscribe>", "<webversion>", "Afmelden: [unsubscribe]\n", "browser: [webversion]\n"},
		"brevo":            {`href="{{ unsubscribe }}"`, `href="{{ mirror }}"`, "Afmelden: {{ unsubscribe }}\n", "browser: {{ mirror }}\n"},
		"activecampaign":   {`href="%UNSUBSCRIBELINK%"`, `href="%WEBCOPY%"`, "Afmelden: %UNSUBSCRIBELINK%\n", "browser: %WEBCOPY%\n"},
		"mailjet":          {`href="[[UNSUB_LINK_NL]]"`, `href="[[PERMALINK]]"`, "Afmelden: [[UNSUB_LINK_NL]]\n", "browser: [[PERMALINK]]\n"},
		"laposta":          nil, "spotler": nil, "outlook": nil, "plain": nil,
	}
	r := all(t)
	for _, name := range newsletter.Profiles() {
		own, known := tags[name]
		if !known {
			t.Errorf("%s is not in the test", name)
		}
		m := mailOf(t, r, "alles", name)
		for other, list := range tags {
			for i, tag := range list {
				data := m.HTML
				if i > 1 {
					data = m.Text
				}
				if has := bytes.Contains(data, []byte(tag)); has != (other == name) {
					t.Errorf("%s: %q is there: %t", name, tag, has)
				}
			}
		}
		const page = "https://example.org/le/nieuwsbrieven/alles/?utm_source=nieuwsbrief&utm_medium=e-mail"
		if !slices.Contains(read(t, m.HTML).addresses, page) {
			t.Errorf("%s: no link to the issue's own page", name)
		}
		adds := bytes.Contains(m.HTML, []byte("Zet hier de afmeldlink")) && bytes.Contains(m.Text, []byte("Zet hier de afmeldlink"))
		if adds != (own == nil && name != "laposta") {
			t.Errorf("%s: says what to add: %t", name, adds)
		}
		p, ok := newsletter.ProfileOf(name)
		if !ok || p.Complete() != (own != nil || name == "laposta") || (p.Checked == "") != (name == "outlook" || name == "plain") {
			t.Errorf("%+v", p)
		}
		if r := p.Reader; (r.Tag == "") != (r.Seen == "" && r.Checked == "") || r.Seen == newsletter.Documented && r.Source == "" {
			t.Errorf("%s: no evidence of %+v", name, r)
		}
		for _, tag := range []newsletter.Tag{p.Unsubscribe, p.WebVersion} {
			if (own == nil) != (tag.Seen == "") || tag.Seen == newsletter.Documented && p.Source == "" {
				t.Errorf("%s: no evidence of %+v", name, tag)
			}
		}
	}
}

func TestGreetingsHaveTheToolsOwnTag(t *testing.T) {
	t.Parallel()
	r := all(t)
	for name, want := range map[string]string{
		"mailchimp":        "Beste *|IF:FNAME|**|FNAME|**|ELSE:|*lezer*|END:IF|*,",
		"campaign-monitor": "Beste [firstname,fallback=lezer],",
		"brevo":            `Beste {{ contact.FIRSTNAME | default: "lezer" }},`,
		"activecampaign":   "Beste %FIRSTNAME%,",
		"mailjet":          `Beste [[data:firstname:"lezer"]],`,
		"laposta":          "Beste lezer,", "spotler": "Beste lezer,", "outlook": "Beste lezer,", "plain": "Beste lezer,",
	} {
		m := mailOf(t, r, "alles", name)
		t.Logf("%s: %s", name, want)
		if !bytes.Contains(m.HTML, []byte(">"+want+"</p>")) || !strings.Contains(read(t, m.HTML).text, want) {
			t.Errorf("%s: not in the HTML: %s", name, want)
		}
		if !bytes.Contains(m.Text, []byte("\n"+want+"\n")) {
			t.Errorf("%s: not in the text: %s", name, want)
		}
		p, _ := newsletter.ProfileOf(name)
		var codes []string
		for _, d := range m.Check() {
			codes = append(codes, string(d.Code))
		}
		told := ""
		switch {
		case p.Reader.Tag == "":
			told = "no-name-tag"
		case name == "activecampaign":
			told = "no-unknown"
		}
		if strings.Join(codes, " ") != told {
			t.Errorf("%s: told of %v, not of %q", name, codes, told)
		}
	}
	if page, _, _ := r.Preview("nieuwsbrieven/alles/index.html"); !bytes.Contains(page, []byte("<p>Beste lezer,</p>")) {
		t.Error("the page does not greet the reader")
	}
}

func TestOffsetsOfTheHTMLHavePlaces(t *testing.T) {
	t.Parallel()
	m := mailOf(t, all(t), "alles", "")
	source, err := os.ReadFile("testdata/all.txtar")
	if err != nil {
		t.Fatal(err)
	}
	_, issue, _ := strings.Cut(string(source), "-- newsletters/alles.md --\n")
	for text, written := range map[string]string{
		"<!doctype": "---", "Een kop met": "## Een kop met", "Een bevinding in": "Een bevinding in", "Samen over": "![Een brug", "Zeeland": "| Zeeland", "regel twee": "<b>regel",
		"Leg afspraken": "recommendations/advies", "Van overleg": "stories/verhaal", "Noten staan": "[^1]: Noten", "https://example.com/a": "Gewone tekst",
	} {
		at := bytes.Index(m.HTML, []byte(text))
		if at < 0 {
			t.Fatalf("no %q", text)
		}
		span := m.Place(at)
		want := 1 + strings.Count(issue[:strings.Index(issue, written)], "\n")
		if got, _ := span.Position(); got != want || span.File.Path != "newsletters/alles.md" {
			t.Errorf("%q is from %s:%d, want line %d", text, span.File.Path, got, want)
		}
	}
}

func TestTheSameIssueGivesTheSameBytes(t *testing.T) {
	t.Parallel()
	r := all(t)
	a, b := mailOf(t, r, "alles", ""), mailOf(t, all(t), "alles", "")
	if !bytes.Equal(a.HTML, b.HTML) || !bytes.Equal(a.Text, b.Text) || !bytes.Equal(a.Message, b.Message) {
		t.Error("two builds differ")
	}
	if bytes.Contains(a.Message, []byte("Date:")) || bytes.Contains(a.Message, []byte("Message-ID:")) {
		t.Error("the message has a date or an id")
	}
}

func TestTextInOneStyleIsOneElement(t *testing.T) {
	t.Parallel()
	if html := mailOf(t, all(t), "alles", "").HTML; !bytes.Contains(html, []byte("<strong>vet “met” meer</strong>")) {
		t.Error("quotation marks cut an element in pieces")
	}
}

// Word's engine knows mso-hide alone; Gmail for Android leaves display:none out of mails of other accounts.
func TestPreheaderIsHiddenEverywhere(t *testing.T) {
	t.Parallel()
	for name, m := range issues(t, "") {
		style := regexp.MustCompile(`<div style="([^"]*)">` + regexp.QuoteMeta(m.Preheader)).FindSubmatch(bytes.ReplaceAll(m.HTML, []byte("\n"), []byte(" ")))
		if style == nil {
			t.Fatalf("%s: no preheader", name)
		}
		for _, want := range []string{"display:none", "mso-hide:all", "max-height:0", "overflow:hidden"} {
			if !strings.Contains(string(style[1]), want) {
				t.Errorf("%s: the preheader's style is %s, without %s", name, style[1], want)
			}
		}
	}
}
