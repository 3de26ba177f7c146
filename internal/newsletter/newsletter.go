// Package newsletter turns an issue into mail: HTML, plain text and a message file.
//
// # From issue to mail
//
// Compose makes a tree of components (tree.go) from an issue's view and the syntax tree of its body. Three writers make the same
// tree into HTML (html.go), text (text.go) and both of them into a message (message.go). All that HTML needs is inline: it reads the same
// with its head, styles, comments and classes gone, as sending tools and mail programs take those away.
//
// # Texts and tags
//
// Sending tools replace tags, such as *|UNSUB|*, wherever they stand. The only tags in a mail are those of its Profile, which stand in the
// footer; what looks like a tag in a text is broken up (tame.go), so that it stays what the editor wrote.
//
// # What is wrong with a mail
//
// Package lint reads the HTML as mail programs do; Check (check.go) says what it found of the text that it comes from.
package newsletter

import (
	"cmp"
	"slices"

	"leerblad/internal/diag"
	"leerblad/internal/markdown"
	"leerblad/internal/newsletter/lint"
	"leerblad/internal/site"
	"leerblad/internal/source"
)

// Input is what Compose works on.
type Input struct {
	Issue   *site.IssueView
	Body    markdown.Node                        // of the issue's text, whose holes Issue.Body fills
	Words   func(key string, args ...any) string // the theme's interface texts
	Size    func(bytes int64) string             // in the theme's words
	Style   *Style
	Profile Profile
}

// Mail is an issue as mail. From, Subject and Preheader are as an inbox shows them.
type Mail struct {
	From, Subject, Preheader string
	Profile                  string // the name of the one that it is for
	HTML, Text               []byte // of UTF-8, with lines that end in \n
	Message                  []byte // of RFC 5322, with lines that end in \r\n

	from   string // as the settings have it
	proof  string // what the subject of a test begins with
	top    source.Span
	marks  []mark    // by offset
	diags  diag.List // of making it
	linter *lint.Linter
}

// mark says where the HTML from an offset on was written.
type mark struct {
	offset int
	span   source.Span
}

// Compose makes the mail of an issue, the same bytes each time.
func Compose(in Input) *Mail {
	c := composer{Input: in}
	t := c.tree()
	m := &Mail{From: sentBy(in.Issue.From), Subject: t.subject, Preheader: t.preheader, Profile: in.Profile.Name, top: in.Issue.Top,
		from: in.Issue.From, proof: in.Words("mail.proof")}
	m.HTML, m.marks = writeHTML(t, in.Style)
	m.Text = writeText(t)
	m.Message = writeMessage(m.from, m, nil)
	m.diags, m.linter = c.diags, in.Style.linter
	return m
}

// Place gives where in the publication the byte at an offset of HTML comes from.
func (m *Mail) Place(offset int) source.Span {
	i, found := slices.BinarySearchFunc(m.marks, offset, func(k mark, offset int) int { return cmp.Compare(k.offset, offset) })
	if !found {
		i--
	}
	if i < 0 || m.marks[i].span.File == nil {
		return m.top
	}
	return m.marks[i].span
}
