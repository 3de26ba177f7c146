package publication

import (
	"cmp"
	"strings"
	"unicode/utf8"

	"leerblad/internal/document"
)

// Subject gives the subject of a newsletter's mail.
func (e *Entry) Subject() string { return cmp.Or(e.Meta.Subject.Value, e.Title) }

// newsletter resolves an issue's items and says what is wrong with it as a mail.
func (a *assembler) newsletter(n *Entry) {
	a.items(n)
	m := n.Meta
	if len(m.Items) == 0 && !n.doc.NoBody && len(n.Body.Parts) == 1 && n.Body.Parts[0].HTML == "" {
		a.diags.Add("empty-issue", n.Top)
	}
	subject := m.Subject
	if !subject.Set() {
		subject = m.Title
	}
	if length := utf8.RuneCountInString(n.Subject()); length > document.MaxSubject {
		a.diags.Add("long-subject", subject.Span, length, document.MaxSubject)
	}
	switch length := utf8.RuneCountInString(m.Preheader.Value); {
	case m.Preheader.Value == "" && !n.doc.Unread:
		a.diags.Add("missing-preheader", n.Top, document.MinPreheader, document.MaxPreheader)
	case m.Preheader.Value != "" && (length < document.MinPreheader || length > document.MaxPreheader):
		a.diags.Add("preheader-length", m.Preheader.Span, length, document.MinPreheader, document.MaxPreheader)
	}
	for _, p := range n.Body.Pictures {
		a.mailed(p)
	}
	for _, item := range n.Items {
		a.mailed(item.Image)
	}
	for _, t := range n.Body.Cards {
		if t.Entry != nil {
			a.mailed(t.Entry.Image)
		}
	}
}

// GreetingTo gives a newsletter's greeting with a name in it, or "".
func (e *Entry) GreetingTo(name string) string {
	return strings.ReplaceAll(e.Meta.Greeting.Value, document.NamePlace, name)
}

func (a *assembler) items(n *Entry) {
	seen := map[*Entry]bool{}
	for _, t := range n.Meta.Items {
		e, _ := a.refers(t, "items")
		switch {
		case e == nil:
		case seen[e]:
			a.diags.Add("twice", t.Span, t.Value)
		default:
			seen[e] = true
			n.Items = append(n.Items, Item{e, t.Span})
		}
	}
}

// mailed notes that a mail shows a picture.
func (a *assembler) mailed(p *Picture) {
	if p == nil || p.File == "" {
		return
	}
	use := a.uses[p.File]
	use.Mail = true
	a.uses[p.File] = use
}

// sender says what the settings lack that every newsletter must tell: who sends it, and from where.
func (a *assembler) sender() {
	if len(a.pub.of[document.Newsletters]) == 0 {
		return
	}
	s := a.Settings
	if !s.Newsletter.NamesSender && s.ContactEmail == "" {
		a.diags.Add("missing-sender", s.Newsletter.Span, "from")
	}
	if s.Newsletter.Address == "" {
		a.diags.Add("missing-sender", s.Newsletter.Span, "address")
	}
}
