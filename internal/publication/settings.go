package publication

import (
	"net/mail"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"leerblad/internal/bounds"
	"leerblad/internal/diag"
	"leerblad/internal/document"
	"leerblad/internal/frontmatter"
	"leerblad/internal/source"
)

// SettingsFile is the path of the publication's settings.
const SettingsFile = "site.yaml"

// Settings is what site.yaml says.
type Settings struct {
	Title, Tagline, Description string
	URL                         *url.URL // ends in a slash
	Language                    diag.Language
	ContactName, ContactEmail   string
	License                     frontmatter.Text // the address of the licence that the data are under, or nothing
	Theme                       string           // the name of a folder
	ThemeSpan                   source.Span      // where it was written
	Navigation                  []frontmatter.Text
	Synonyms                    [][]string
	Newsletter                  NewsletterSettings
	Deploy                      DeploySettings
	Image                       document.Image // for pages without one, as other sites show it; its Credit is not told
	PDF                         bool           // each sheet is there as a PDF too
	PDFSpan                     source.Span    // where that was written
}

// DeploySettings say where the site goes, and for how many days what it no longer needs stays there.
type DeploySettings struct {
	To   frontmatter.Text // an address of package deploy, or nothing
	Keep int
}

// keepDays is how long what is no longer needed stays for readers who have an old page open.
const keepDays = 7

// NewsletterSettings are those of the mail that an issue becomes.
type NewsletterSettings struct {
	Profile       frontmatter.Text // the tool that sends it
	From, Address string
	Unknown       string // what greetings say in place of a name that is not known
	SMTP          SMTPSettings
	Test          []string    // the addresses that get test mail
	UTM           []Parameter // in the order of utmKeys
	NamesSender   bool        // from is written, though it may not be readable
	Span          source.Span // where what is missing is reported
}

// SMTPSettings say which server sends test mail, and for whom. Host is "" where none is written that can be read.
type SMTPSettings struct {
	Host       string
	Port       int
	User, From string
}

// submission is the port at which mail servers take mail of people (RFC 6409).
const submission = 587

// hostForm is the name of a server, or its address.
var hostForm = regexp.MustCompile(`^(?:[\pL\pN](?:[\pL\pN-]*[\pL\pN])?(?:\.[\pL\pN](?:[\pL\pN-]*[\pL\pN])?)*|\[?[0-9A-Fa-f:]*:[0-9A-Fa-f:.]+\]?)$`)

// nameForm is what may stand in place of a name: it comes within the tags of sending tools, which other signs would end.
var nameForm = regexp.MustCompile(`^[\p{L}\p{N}][\p{L}\p{N} ’'-]{0,39}$`)

// unknown stands in place of names where the settings say nothing.
var unknown = map[diag.Language]string{diag.Dutch: "lezer", diag.English: "reader"}

// Parameter is one that links get, such as utm_source.
type Parameter struct{ Name, Value string }

// Base gives the path under which the site is served; it begins and ends with a slash.
func (s Settings) Base() string { return s.URL.EscapedPath() }

// Complete makes a path on the site, which begins with Base, a complete address.
func (s Settings) Complete(path string) string { return s.URL.Scheme + "://" + s.URL.Host + path }

// Sender gives who sends a newsletter, as an address with a name, or "".
func (s Settings) Sender() string {
	if s.Newsletter.From != "" || s.ContactEmail == "" {
		return s.Newsletter.From
	}
	return (&mail.Address{Name: s.ContactName, Address: s.ContactEmail}).String()
}

// ReadSettings reads site.yaml; f is nil where it is missing. baseURL, where not empty, stands in for its url.
func ReadSettings(f *source.File, baseURL string) (Settings, diag.List) {
	var diags diag.List
	s := Settings{Language: diag.Dutch, Deploy: DeploySettings{Keep: keepDays}, URL: &url.URL{Scheme: "https", Host: "example.org", Path: "/"}}
	if f == nil {
		f = source.NewFile(SettingsFile, nil)
		diags.Add("missing-settings", source.At(f, 0, 0))
		return s, diags
	}
	if problems := document.Unreadable(f); problems != nil {
		return s, problems
	}
	diags = frontmatter.Conflicts(f)
	fields, problems := frontmatter.Read(source.At(f, len(f.Data)-len(strings.TrimPrefix(string(f.Data), "\ufeff")), len(f.Data)))
	diags = append(diags, problems...)
	if fields == nil && problems.HasErrors() {
		return s, diags
	}
	d := frontmatter.NewDecoder(fields, &diags)
	d.Only(document.Names(SettingsKeys))
	top := source.Line(f, 1)
	s.Newsletter.Span = top
	if span, ok := d.KeySpan("newsletter"); ok {
		s.Newsletter.Span = span
	}
	s.Title, s.Tagline, s.Description = d.Text("title").Value, d.Text("tagline").Value, d.Text("description").Value
	if s.Title == "" {
		diags.Add("missing-key", top, "title")
	}
	s.readURL(d, top, baseURL, &diags)
	if l := d.Text("language"); l.Value == string(diag.English) {
		s.Language = diag.English
	} else if l.Value != "" && l.Value != string(diag.Dutch) {
		diags = append(diags, frontmatter.BadChoice(l.Value, "language", []string{"nl", "en"}, l.Span))
	}
	d.Mapping("contact", document.Names(contactKeys), func(d *frontmatter.Decoder) {
		s.ContactName, s.ContactEmail = d.Text("name").Value, email(d.Text("email"), "email", &diags)
	})
	if s.License = d.Text("license"); s.License.Value != "" && !document.IsAddress(s.License.Value) {
		diags = append(diags, document.BadAddress(s.License))
		s.License = frontmatter.Text{}
	}
	if t := d.Text("theme"); t.Value != "" && !document.SlugForm.MatchString(t.Value) {
		diags.Add("bad-form", t.Span, t.Value, "theme", "default")
	} else {
		s.Theme, s.ThemeSpan = t.Value, t.Span
	}
	d.Mapping("image", document.Names(imageKeys), func(d *frontmatter.Decoder) {
		if s.Image = (document.Image{Src: d.Text("src"), Alt: d.Text("alt")}); s.Image.Src.Value == "" {
			span, _ := d.KeySpan("src")
			diags.Add("missing-key", span, "src")
		}
	})
	s.PDF = d.Bool("pdf")
	s.PDFSpan, _ = d.KeySpan("pdf")
	s.Navigation = d.Texts("navigation")
	d.Mapping("search", document.Names(searchKeys), func(d *frontmatter.Decoder) {
		room := bounds.Synonyms
		for _, list := range d.TextLists("synonyms") {
			if len(list) > room {
				if room >= 0 {
					diags.Add("too-many", list[room].Span, bounds.Synonyms, diag.Term("bound-synonyms"))
				}
				list = list[:max(0, room)]
				room = -1
			} else {
				room -= len(list)
			}
			s.Synonyms = append(s.Synonyms, document.Values(list))
		}
	})
	s.Newsletter.Unknown = unknown[s.Language]
	d.Mapping("newsletter", document.Names(newsletterKeys), func(d *frontmatter.Decoder) {
		n := &s.Newsletter
		_, n.NamesSender = d.KeySpan("from")
		n.Profile, n.From, n.Address = d.Text("profile"), email(d.Text("from"), "from", &diags), d.Text("address").Value
		if t := d.Text("unknown"); t.Value != "" && !nameForm.MatchString(t.Value) {
			diags.Add("bad-form", t.Span, t.Value, "unknown", unknown[s.Language])
		} else if t.Value != "" {
			n.Unknown = t.Value
		}
		n.readSMTP(d, &diags)
		for _, t := range d.Texts("test") {
			switch a := email(t, "email", &diags); {
			case a == "":
			case slices.Contains(n.Test, a):
				diags.Add("twice", t.Span, a)
			default:
				n.Test = append(n.Test, a)
			}
		}
		d.Mapping("utm", document.Names(utmKeys), func(d *frontmatter.Decoder) {
			for _, key := range document.Names(utmKeys) {
				if v := d.Text(key).Value; v != "" {
					n.UTM = append(n.UTM, Parameter{"utm_" + key, v})
				}
			}
		})
	})
	d.Mapping("deploy", document.Names(deployKeys), func(d *frontmatter.Decoder) {
		s.Deploy.To = d.Text("to")
		if keep := d.Number("keep"); keep.Value < 0 {
			diags.Add("bad-form", keep.Span, strconv.Itoa(keep.Value), "keep", strconv.Itoa(keepDays))
		} else if keep.Set() {
			s.Deploy.Keep = keep.Value
		}
	})
	return s, diags
}

// readSMTP reads which server sends test mail.
func (n *NewsletterSettings) readSMTP(d *frontmatter.Decoder, diags *diag.List) {
	n.SMTP.Port = submission
	d.Mapping("smtp", document.Names(smtpKeys), func(sub *frontmatter.Decoder) {
		host, port := sub.Text("host"), sub.Number("port")
		switch span, _ := d.KeySpan("smtp"); {
		case host.Value == "":
			diags.Add("missing-key", span, "host")
		case !hostForm.MatchString(host.Value):
			diags.Add("bad-host", host.Span) // without it, as there may be a password in it
		default:
			n.SMTP.Host = strings.Trim(host.Value, "[]")
		}
		switch {
		case port.Value < 0 || port.Value > 65535 || port.Set() && port.Value == 0:
			diags.Add("bad-form", port.Span, strconv.Itoa(port.Value), "port", strconv.Itoa(submission))
		case port.Set():
			n.SMTP.Port = port.Value
		}
		n.SMTP.User, n.SMTP.From = sub.Text("user").Value, email(sub.Text("from"), "from", diags)
	})
}

func (s *Settings) readURL(d *frontmatter.Decoder, top source.Span, baseURL string, diags *diag.List) {
	address := d.Text("url")
	if baseURL != "" {
		address = frontmatter.Text{Value: baseURL, Span: top}
	}
	switch {
	case address.Value == "":
		diags.Add("missing-key", top, "url")
		return
	case !document.IsAddress(address.Value):
		*diags = append(*diags, document.BadAddress(address))
		return
	}
	u, _ := url.Parse(address.Value)
	if !strings.HasSuffix(u.Path, "/") {
		u.Path += "/"
	}
	u.RawQuery, u.Fragment, u.RawPath = "", "", ""
	s.URL = u
}

// email checks an address, with or without a name before it.
func email(t frontmatter.Text, key string, diags *diag.List) string {
	if t.Value == "" {
		return ""
	}
	if a, err := mail.ParseAddress(t.Value); err != nil || key == "email" && a.Address != t.Value {
		diags.Add("bad-form", t.Span, t.Value, key, "redactie@example.org")
		return ""
	}
	return t.Value
}

// Lists are the words in navigation that stand for a list instead of an entry.
func Lists() []string {
	lists := slices.DeleteFunc(document.Folders(), func(k string) bool { return k == string(document.Pages) })
	return append(lists, "findings", "search")
}
