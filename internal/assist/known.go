package assist

import (
	"cmp"
	"strings"
	"sync"

	"leerblad/internal/document"
	"leerblad/internal/fold"
	"leerblad/internal/frontmatter"
	"leerblad/internal/markdown"
	"leerblad/internal/refactor"
)

// known is what there is to know of a text by itself. Words are folded: each has a blank before it, and the last one behind it.
type known struct {
	rank     rank
	refers   string // what it mentions
	title    string
	names    string // its slug, and other names
	summary  string
	all      string // all of them and those of its findings
	findings []string
}

// rank orders texts that are found alike: drafts last, by kind, the newest first.
type rank struct {
	draft bool
	kind  int
	day   frontmatter.Day
}

func (r rank) compare(other rank) int {
	if r.draft != other.draft {
		if other.draft {
			return -1
		}
		return 1
	}
	return cmp.Or(cmp.Compare(r.kind, other.kind), -cmp.Compare(r.day, other.day))
}

// kindOrder is the order in which readers see the kinds, the home page first.
var kindOrder = func() map[document.Kind]int {
	out := map[document.Kind]int{}
	for i, r := range document.Kinds {
		out[r.Kind] = i + 1
	}
	return out
}()

// memory keeps what is known of texts from one build to the next, by the document that a build keeps for a text that did not change.
type memory struct {
	sync.Mutex
	of map[*document.Document]*known
}

// know gives what is known of documents, in their order, and forgets all others.
func (m *memory) know(documents []*document.Document) []*known {
	m.Lock()
	defer m.Unlock()
	out, next := make([]*known, len(documents)), m.of
	if len(m.of) > 2*len(documents) || m.of == nil {
		next = make(map[*document.Document]*known, len(documents))
	}
	for i, d := range documents {
		k := m.of[d]
		if k == nil {
			k = learn(d)
		}
		out[i], next[d] = k, k
	}
	m.of = next
	return out
}

func learn(d *document.Document) *known {
	k := &known{rank: rank{d.Meta.Draft, kindOrder[d.Kind], d.Meta.Date.Day}, refers: refactor.Mentions(d), title: folded(d.Meta.Title.Value), summary: folded(d.Meta.Summary.Value)}
	names := append([]string{d.Slug}, d.Meta.Texts(d.Kind.Row().Named)...)
	k.names = folded(strings.Join(names, " "))
	var all strings.Builder
	all.WriteString(k.title + k.names + k.summary)
	for i := range d.Body.Findings {
		k.findings = append(k.findings, foldedFinding(&d.Body.Findings[i]))
		all.WriteString(k.findings[i])
	}
	k.all = all.String()
	return k
}

func foldedFinding(f *markdown.Finding) string { return folded(f.Text + " " + f.ID) }

// folded gives the words of s with a blank before each and one behind the last, as letters that readers take for one; "" without words.
func folded(s string) string {
	var out strings.Builder
	out.Grow(len(s) + 2)
	apart := true
	write := func(r rune) {
		switch {
		case r == fold.Apostrophe:
			return
		case r == fold.Separator || r == fold.Hyphen:
			apart = true
			return
		case apart:
			out.WriteByte(' ')
			apart = false
		}
		out.WriteRune(r)
	}
	for _, r := range s {
		switch {
		case 'a' <= r && r <= 'z' || '0' <= r && r <= '9':
			write(r)
		case 'A' <= r && r <= 'Z':
			write(r + 'a' - 'A')
		case r < 0x80 && r != '\'':
			apart = true
		default:
			for _, c := range fold.Rune(r) {
				write(c)
			}
		}
	}
	if out.Len() > 0 {
		out.WriteByte(' ')
	}
	return out.String()
}
