package devserver

import (
	"errors"
	"strings"
	"testing"
)

// letters are newsletters of one issue, "een", in the voice of a tool.
type letters struct{}

const letterHTML = "<style>\n@media (prefers-color-scheme:dark){p{color:red}}</style><img src=\"https://example.org/le/a.png\"> https://example.org/le/ of "

func (letters) Issues() []Issue {
	return []Issue{{"een", "<i>Eén</i>", "content/newsletters/een.md", "/le/brieven/een/"}, {"stuk", "Stuk", "content/newsletters/stuk.md", "/le/brieven/stuk/"}}
}

func (letters) Profiles() []string { return []string{"a", "b"} }

func (letters) Mail(slug, profile string) (Mail, bool, error) {
	if slug == "stuk" {
		return Mail{}, false, errors.New("the <disk> is gone")
	}
	if profile == "" {
		profile = "a"
	}
	return Mail{
		Profile: profile, From: "Wij", Subject: "Óver <b>", Preheader: "Meer", HTML: []byte(letterHTML + profile), Text: []byte("tekst <" + profile + ">"),
		Message: []byte("Subject: x\r\n"), Origin: "https://example.org",
		Problems: func() []Problem {
			return []Problem{{Severity: "warning", Message: "te lang", File: "content/newsletters/een.md", Line: 3}}
		},
	}, true, nil
}

func withLetters() *Server {
	s := New("/le/", "nl")
	s.Show(Build{Newsletters: letters{}, Site: fake{
		"index.html": homePage, "404.html": "<p>weg", "brieven/index.html": homePage, "brieven/pagina/2/index.html": homePage, "brieven/een/index.html": homePage, "brievenbus/index.html": homePage,
	}})
	return s
}

func TestTheNewsletterDeskShowsAnIssue(t *testing.T) {
	s := withLetters()
	for address, wanted := range map[string][]string{
		newslettersPath: {`<a href="/_leerblad/newsletters/een/">&lt;i&gt;Eén&lt;/i&gt;</a>`, `data-leerblad-place="content/newsletters/een.md:1"`},
		newslettersPath + "een/": {
			"<h1>&lt;i&gt;Eén&lt;/i&gt;</h1>", "<strong>Wij</strong>", "Óver &lt;b&gt;", "onderwerp 8 tekens, preheader 4", `href="/le/brieven/een/"`, "tekst &lt;a&gt;",
			`<a href="/_leerblad/newsletters/een/a/" aria-current="page">a</a>`, `<a href="/_leerblad/newsletters/een/b/">b</a>`,
			"te lang", `data-leerblad-place="content/newsletters/een.md:3"`, scriptPath,
		},
		newslettersPath + "een/b/": {`/een/b/" aria-current="page">b</a>`, "tekst &lt;b&gt;"},
		buildsPath:                 {`<a href="/_leerblad/newsletters/">`},
	} {
		response := get(s, address)
		text := body(t, response)
		for _, want := range wanted {
			if !strings.Contains(text, want) {
				t.Errorf("%s: no %q in %s", address, want, text)
			}
		}
		policy := response.Header.Get("Content-Security-Policy")
		if response.StatusCode != 200 || strings.Contains(policy, "frame-src 'self'") != (address != buildsPath) || strings.Contains(policy, "unsafe") {
			t.Errorf("%s: %d %s", address, response.StatusCode, policy)
		}
	}
	if text := body(t, get(New("/", "nl"), buildsPath)); strings.Contains(text, newslettersPath) {
		t.Error("a page of builds without newsletters leads to them")
	}
}

func TestFilesOfAnIssueAreWhatIsPublished(t *testing.T) {
	s := withLetters()
	const light, dark = "@media not all{p{color:red}}", "@media all{p{color:red}}"
	for address, want := range map[string]string{
		"een/mail.html": letterHTML + "a", "een/b/mail.html": letterHTML + "b", "een/mail.txt": "tekst <a>", "een/b/mail.txt": "tekst <b>", "een/mail.eml": "Subject: x\r\n",
		"een/mail.html?show=light": "<style>\n" + light + `</style><img src="/le/a.png"> https://example.org/le/ of a`,
		"een/mail.html?show=plain": "<style>\n" + light + `</style><img src="/le/a.png"> https://example.org/le/ of a`,
		"een/mail.html?show=dark":  "<style>\n" + dark + `</style><img src="/le/a.png"> https://example.org/le/ of a`,
	} {
		response := get(s, newslettersPath+address)
		if got := body(t, response); got != want || response.StatusCode != 200 {
			t.Errorf("%s: %d %q, want %q", address, response.StatusCode, got, want)
		}
		policy := response.Header.Get("Content-Security-Policy")
		if html := strings.Contains(address, "html"); strings.Contains(policy, "default-src 'none'") != html || strings.Contains(policy, "img-src 'self'") != (html && !strings.HasSuffix(address, "plain")) {
			t.Errorf("%s: policy %q", address, policy)
		}
		if saved := response.Header.Get("Content-Disposition"); (saved == `attachment; filename="een.eml"`) != strings.HasSuffix(address, "eml") {
			t.Errorf("%s: disposition %q", address, saved)
		}
	}
}

func TestTheNewsletterDeskRefuses(t *testing.T) {
	s := withLetters()
	for address, want := range map[string]int{
		"twee/": 404, "een": 404, "een/c/": 404, "een/mail.pdf": 404, "een/a/b/": 404, "een//": 404, "een/../": 404, "een/a": 404, "stuk/": 500, "stuk/mail.html": 500,
	} {
		if response := get(s, newslettersPath+address); response.StatusCode != want || strings.Contains(body(t, response), "<disk>") && !strings.Contains(response.Header.Get("Content-Type"), "plain") {
			t.Errorf("%s: %d, want %d", address, response.StatusCode, want)
		}
	}
	if response := get(s, newslettersPath+"een/mail.html", "Host", "example.org"); response.StatusCode != 403 {
		t.Errorf("for another name: %d", response.StatusCode)
	}
	if response := get(s, newslettersPath+"een/mail.html", "Sec-Fetch-Site", "cross-site"); response.StatusCode != 403 {
		t.Errorf("for another site: %d", response.StatusCode)
	}
	empty := New("/", "en")
	empty.Show(Build{Site: fake{"404.html": "<p>gone"}})
	if response := get(empty, newslettersPath); response.StatusCode != 404 {
		t.Errorf("without newsletters: %d", response.StatusCode)
	}
}

func TestPagesOfNewslettersLeadToTheirDesk(t *testing.T) {
	s := withLetters()
	for address, want := range map[string]string{
		"/le/": "", "/le/brieven/": newslettersPath, "/le/brieven/pagina/2/": newslettersPath, "/le/brieven/een/": newslettersPath + "een/", "/le/brievenbus/": "", "/le/brieven/weg/": "",
	} {
		if text := body(t, get(s, address)); !strings.Contains(text, ` data-mail="`+want+`"></script>`) {
			t.Errorf("%s: not %q in %s", address, want, text)
		}
	}
}

func TestTheLastGoodMailStays(t *testing.T) {
	s := withLetters()
	s.Show(Build{Problems: []Problem{mistake("x")}})
	if response := get(s, newslettersPath+"een/"); response.StatusCode != 200 {
		t.Errorf("%d", response.StatusCode)
	}
}
