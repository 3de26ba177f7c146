package lint

import (
	"embed"
	"maps"
	"net/url"
	"path"
	"slices"
	"strings"
	"sync"

	"github.com/tdewolff/parse/v2/css"
)

// A client is an e-mail client, by caniemail's name and by its own.
type client struct{ id, name string }

// clients are the ones that count. The first shows mail with Word; Outlook.com also stands for the new Outlook for Windows.
var clients = []client{
	{"outlook.windows", "Outlook (Windows)"}, {"outlook.outlook-com", "Outlook.com"}, {"outlook.macos", "Outlook (macOS)"},
	{"outlook.ios", "Outlook (iOS)"}, {"outlook.android", "Outlook (Android)"},
	{"gmail.desktop-webmail", "Gmail"}, {"gmail.ios", "Gmail (iOS)"}, {"gmail.android", "Gmail (Android)"}, {"gmail.mobile-webmail", "Gmail (mobile web)"},
	{"apple-mail.macos", "Apple Mail (macOS)"}, {"apple-mail.ios", "Apple Mail (iOS)"},
	{"yahoo.desktop-webmail", "Yahoo"}, {"yahoo.ios", "Yahoo (iOS)"}, {"yahoo.android", "Yahoo (Android)"}, {"samsung-email.android", "Samsung Email"},
}

// A feature is what a client may support. Its support has a letter a client, in their order: y, n, a (in part) or u (unknown).
type feature struct {
	slug, title, support string
	patterns             []string
	allowed              string // the letters that are no problem, beside y
}

//go:embed data/features.txt data/support.txt data/progressive.txt
var data embed.FS

// features reads the data, once. Mistakes in it are found by the tests.
var features = sync.OnceValue(func() []feature {
	patterns, allowed := map[string][]string{}, map[string]string{}
	for fields := range rows("features.txt") {
		for pattern := range strings.SplitSeq(strings.Join(fields[1:], " "), ",") {
			if pattern = strings.TrimSpace(pattern); pattern != "" {
				patterns[fields[0]] = append(patterns[fields[0]], pattern)
			}
		}
	}
	for fields := range rows("progressive.txt") {
		allowed[fields[0]] = map[string]string{"partial": "au", "none": "aun"}[fields[1]]
	}
	var out []feature
	for fields := range rows("support.txt") {
		out = append(out, feature{fields[0], strings.Join(fields[2:], " "), fields[1], patterns[fields[0]], allowed[fields[0]]})
	}
	return out
})

// rows gives the fields of each line of a data file that is not empty and no comment.
func rows(name string) func(func([]string) bool) {
	return func(yield func([]string) bool) {
		file, _ := data.ReadFile(path.Join("data", name))
		for line := range strings.Lines(string(file)) {
			if fields := strings.Fields(line); len(fields) > 0 && fields[0] != "#" && !yield(fields) {
				return
			}
		}
	}
}

// support checks that clients support what their reading of the mail uses. Each feature is told once, at its first place.
func (c *checker) support(word, others map[string]int) {
	for _, f := range features() {
		inWord, usedInWord := f.used(word)
		inOthers, usedInOthers := f.used(others)
		if !usedInWord && !usedInOthers {
			continue
		}
		for code, letters := range map[Code]string{Support: "n", Partial: "au"} {
			var names []string
			at := max(inWord, inOthers)
			for i, client := range clients {
				used, offset := usedInOthers, inOthers
				if i == 0 {
					used, offset = usedInWord, inWord
				}
				if letter := f.support[i : i+1]; used && strings.Contains(letters, letter) && !strings.Contains(f.allowed, letter) {
					names = append(names, client.name)
					at = min(at, offset)
				}
			}
			if names != nil {
				c.add(at, code, f.title, strings.Join(names, ", "), "https://www.caniemail.com/features/"+f.slug+"/")
			}
		}
	}
}

// used gives the first place where a feature is used.
func (f feature) used(uses map[string]int) (offset int, used bool) {
	for _, pattern := range f.patterns {
		if at, ok := uses[pattern]; ok && (!used || at < offset) {
			offset, used = at, true
		}
	}
	return offset, used
}

// groups are the patterns that end in *, which many uses belong to.
var groups = sync.OnceValue(func() (out []string) {
	for _, f := range features() {
		for _, pattern := range f.patterns {
			if strings.HasSuffix(pattern, "*") {
				out = append(out, pattern)
			}
		}
	}
	return out
})

// uses gives what a mail uses, in the words of data/features.txt, each with its first offset.
func (m *mail) uses() map[string]int {
	uses := map[string]int{}
	add := func(use string, offset int) {
		if at, ok := uses[use]; !ok || offset < at {
			uses[use] = offset
		}
	}
	if m.doctype >= 0 {
		add("doctype", m.doctype)
	}
	for _, offset := range m.comments {
		add("comment html", offset)
	}
	styled := map[*style]bool{}
	for _, n := range m.nodes {
		n.uses(add)
		if n.style == nil || styled[n.style] {
			continue
		}
		styled[n.style] = true
		for _, use := range n.style.uses {
			add(use, n.offset)
		}
	}
	for _, b := range m.blocks {
		for _, offset := range b.sheet.comments {
			add("comment css", b.offset+offset)
		}
		for _, r := range b.sheet.rules {
			r.uses(func(use string) { add(use, b.offset+r.offset) })
		}
	}
	for use, at := range maps.Clone(uses) {
		for _, group := range groups() {
			if strings.HasPrefix(use, strings.TrimSuffix(group, "*")) {
				add(group, at)
			}
		}
	}
	return uses
}

func (n *node) uses(add func(use string, offset int)) {
	if n.tag == "" {
		return
	}
	here := func(use string) { add(use, n.offset) }
	here("element " + n.tag)
	for _, a := range n.attrs {
		here("attribute " + a.Key)
		if a.Key != "style" {
			here("attribute " + n.tag + "." + a.Key + "=" + a.Val)
		}
		switch a.Key {
		case "src", "background", "poster":
			here(image(a.Val))
		case "srcset":
			for candidate := range strings.SplitSeq(a.Val, ",") {
				if fields := strings.Fields(candidate); len(fields) > 0 {
					here(image(fields[0]))
				}
			}
		}
	}
}

func (r *rule) uses(add func(use string)) {
	for _, d := range r.declarations {
		d.uses(add)
	}
	if r.at != "" {
		add("at " + r.at)
		for _, t := range r.prelude {
			if t.TokenType == css.IdentToken {
				add(r.at + " " + strings.ToLower(string(t.Data)))
			}
		}
		return
	}
	if slices.ContainsFunc(r.within, func(outer *rule) bool { return outer.at == "" }) {
		add("selector nesting")
	}
	for _, s := range r.selectors {
		for _, kind := range s.kinds {
			add(kind)
		}
	}
	if len(r.selectors) > 1 {
		add("selector grouping")
	}
}

func (d declaration) uses(add func(use string)) {
	add("property " + d.property)
	if d.important {
		add("important")
	}
	for _, t := range d.tokens {
		word := strings.ToLower(string(t.Data))
		switch t.TokenType {
		case css.IdentToken:
			add("value " + word)
			add("declaration " + d.property + ":" + word)
		case css.FunctionToken:
			add("function " + strings.TrimSuffix(word, "("))
		case css.URLToken:
			add("declaration " + d.property + ":url()")
			add(image(strings.Trim(string(t.Data[len("url("):]), `"') `)))
		case css.PercentageToken:
			add("unit %")
		case css.DimensionToken:
			add("unit " + strings.TrimLeft(word, "+-.0123456789"))
		}
	}
}

// image gives the use of a picture's format, by its address.
func image(address string) string {
	if kind, found := strings.CutPrefix(address, "data:image/"); found {
		kind, _, _ = strings.Cut(kind, ";")
		return "image data:" + kind
	}
	if u, err := url.Parse(address); err == nil {
		address = u.Path
	}
	return "image " + strings.ToLower(strings.TrimPrefix(path.Ext(address), "."))
}
