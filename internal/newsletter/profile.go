package newsletter

import (
	"slices"
	"strings"
)

// Profile is a tool that sends newsletters, with the tags that it replaces by addresses of its own. Where a Tag is zero the tool has
// none, or none that is known.
type Profile struct {
	Name        string
	Unsubscribe Tag
	WebVersion  Tag
	Reader      NameTag
	Adds        bool   // the tool adds a link to unsubscribe by itself
	Source      string // the maker's page that says so, "" where none was seen
	Checked     string // the day on which a copy of that page was read, or tags were looked for in use; "" where there is nothing to check
}

// Tag is what a tool replaces: by an address, or else an element that it makes a link.
type Tag struct {
	Address string // in a link, and in the text as it is
	Element string // the name of an element around the link's words
	Text    string // what stands for the element in the text
	Seen    Evidence
}

// NameTag is what a tool replaces by the first name of a reader. A tool without one has a zero NameTag.
type NameTag struct {
	Tag     string // with unknownPlace where what stands there for readers without a name is written, if the tag has room for it
	Seen    Evidence
	Source  string // the maker's page that says so, "" where none was seen
	Checked string // as in Profile
}

// unknownPlace is where a NameTag has what stands there for readers without a name.
const unknownPlace = "{unknown}"

// fill gives the tag with what stands there for readers without a name; told is false where the tool must be told of that in another way.
func (t NameTag) fill(unknown string) (tag string, told bool) {
	return strings.ReplaceAll(t.Tag, unknownPlace, unknown), strings.Contains(t.Tag, unknownPlace)
}

// Evidence says where a tag was seen.
type Evidence string

// Documented tags stand on the maker's page that is the profile's Source. Tags that are InUse stand in published templates and programs of
// others for the tool; no page of the maker's was seen that names them.
const (
	Documented Evidence = "documented"
	InUse      Evidence = "in use"
)

// known reports whether there is a tag.
func (t Tag) known() bool { return t != Tag{} }

// Plain is the profile for mail without a tool.
const Plain = "plain"

// profiles are the tools that leerblad knows.
var profiles = []Profile{
	{Name: "laposta", Adds: true, Source: "https://docs.laposta.nl/article/1117-opt-out", Checked: "2026-11-22"},
	{Name: "spotler", Source: "https://helpcenter.spotler.nl/hc/en-us/articles/360015019759-Unsubscribe-link", Checked: "2026-11-22"}, // it names no tag
	{Name: "mailchimp", Unsubscribe: Tag{Address: "*|UNSUB|*", Seen: Documented}, WebVersion: Tag{Address: "*|ARCHIVE|*", Seen: InUse},
		Reader: NameTag{Tag: "*|IF:FNAME|**|FNAME|**|ELSE:|*{unknown}*|END:IF|*", Seen: Documented, Checked: "2026-11-30", // FNAME itself is in use
			Source: "https://mandrill.zendesk.com/hc/en-us/articles/360039278713-About-Dynamic-and-Conditional-Merge-Tags"},
		Source: "http://kb.mailchimp.com/tag/unsubscribe", Checked: "2026-11-22"},
	{Name: "brevo", Unsubscribe: Tag{Address: "{{ unsubscribe }}", Seen: Documented}, WebVersion: Tag{Address: "{{ mirror }}", Seen: InUse},
		Reader: NameTag{Tag: `{{ contact.FIRSTNAME | default: "{unknown}" }}`, Seen: Documented, Checked: "2026-11-30", // its default is in use
			Source: "https://help.brevo.com/hc/fr/articles/4402386448530"},
		Source: "https://help.sendinblue.com/hc/en-us/articles/209502605-Manage-your-transactional-email-unsubscriptions", Checked: "2026-11-22"},
	{Name: "campaign-monitor", Unsubscribe: Tag{Element: "unsubscribe", Text: "[unsubscribe]", Seen: InUse},
		WebVersion: Tag{Element: "webversion", Text: "[webversion]", Seen: InUse}, Checked: "2026-11-22",
		Reader: NameTag{Tag: "[firstname,fallback={unknown}]", Seen: InUse, Checked: "2026-11-30"}},
	{Name: "activecampaign", Unsubscribe: Tag{Address: "%UNSUBSCRIBELINK%", Seen: InUse}, WebVersion: Tag{Address: "%WEBCOPY%", Seen: InUse}, Checked: "2026-11-22",
		Reader: NameTag{Tag: "%FIRSTNAME%", Seen: InUse, Checked: "2026-11-30"}},
	{Name: "mailjet", Unsubscribe: Tag{Address: "[[UNSUB_LINK_NL]]", Seen: InUse}, WebVersion: Tag{Address: "[[PERMALINK]]", Seen: InUse}, // the page has it for other languages
		Reader: NameTag{Tag: `[[data:firstname:"{unknown}"]]`, Seen: InUse, Checked: "2026-11-30"},
		Source: "https://documentation.mailjet.com/hc/en-us/articles/360042707434-How-to-add-an-unsubscribe-link-to-your-newsletter", Checked: "2026-11-22"},
	{Name: "outlook"},
	{Name: Plain},
}

// Profiles gives the names of all profiles.
func Profiles() []string {
	out := make([]string, len(profiles))
	for i, p := range profiles {
		out[i] = p.Name
	}
	return out
}

// naming gives the names of the profiles that put a reader's name in a mail.
func naming() (out []string) {
	for _, p := range profiles {
		if p.Reader.Tag != "" {
			out = append(out, p.Name)
		}
	}
	return out
}

// ProfileOf gives the profile of a name, and Plain's with ok false if there is none.
func ProfileOf(name string) (p Profile, ok bool) {
	i := slices.IndexFunc(profiles, func(p Profile) bool { return p.Name == name })
	if i < 0 {
		return Profile{Name: Plain}, false
	}
	return profiles[i], true
}

// Complete reports whether a reader of the sent mail can unsubscribe without more being added to it by hand.
func (p Profile) Complete() bool { return p.Adds || p.Unsubscribe.known() }
