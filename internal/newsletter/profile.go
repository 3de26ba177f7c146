package newsletter

import "slices"

// Profile is a tool that sends newsletters, with the tags that it replaces by addresses of its own. Where a Tag is zero the tool has
// none, or none that is known.
type Profile struct {
	Name        string
	Unsubscribe Tag
	WebVersion  Tag
	Adds        bool   // the tool adds a link to unsubscribe by itself
	Source      string // where the tags are documented
	Checked     string // the day on which that was read, or the tags were seen in use
}

// Tag is what a tool replaces: by an address, or else an element that it makes a link.
type Tag struct {
	Address string // in a link, and in the text as it is
	Element string // the name of an element around the link's words
	Text    string // what stands for the element in the text
}

// known reports whether there is a tag.
func (t Tag) known() bool { return t != Tag{} }

// Plain is the profile for mail without a tool.
const Plain = "plain"

// profiles are the tools that leerblad knows.
var profiles = []Profile{
	{Name: "laposta", Adds: true, Source: "https://docs.laposta.nl/article/1117-opt-out", Checked: "2026-11-22"},
	{Name: "spotler", Source: "https://helpcenter.spotler.nl/hc/en-us/articles/360015019759-Unsubscribe-link", Checked: "2026-11-22"},
	{Name: "mailchimp", Unsubscribe: Tag{Address: "*|UNSUB|*"}, WebVersion: Tag{Address: "*|ARCHIVE|*"},
		Source: "https://mailchimp.com/help/all-the-merge-tags-cheat-sheet/", Checked: "2026-11-22"},
	{Name: "brevo", Unsubscribe: Tag{Address: "{{ unsubscribe }}"}, WebVersion: Tag{Address: "{{ mirror }}"},
		Source: "https://help.brevo.com/", Checked: "2026-11-22"},
	{Name: "campaign-monitor", Unsubscribe: Tag{Element: "unsubscribe", Text: "[unsubscribe]"}, WebVersion: Tag{Element: "webversion", Text: "[webversion]"},
		Source: "https://help.campaignmonitor.com/", Checked: "2026-11-22"},
	{Name: "activecampaign", Unsubscribe: Tag{Address: "%UNSUBSCRIBELINK%"}, WebVersion: Tag{Address: "%WEBCOPY%"},
		Source: "https://help.activecampaign.com/", Checked: "2026-11-22"},
	{Name: "mailjet", Unsubscribe: Tag{Address: "[[UNSUB_LINK_NL]]"}, WebVersion: Tag{Address: "[[PERMALINK]]"},
		Source: "https://documentation.mailjet.com/hc/en-us/articles/360042707434", Checked: "2026-11-22"},
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
